//! Decisions that are taken after they are carried out.

use super::rows::rows;
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;
use rustc_hash::FxHashSet;

pub(super) const META: Meta = Meta {
    id: "X-04",
    title: "Decided after it is done",
    severity: Severity::High,
    why: "A decision that comes after the deed is a signature.",
    wrong: "Clerk pays, then Owner approves",
    right: "Owner approves, then Clerk pays",
    formula: "linked steps of deciders that a case only reaches through a linked step of a doer > 0",
    source: Source::Literature("reachability in the flow"),
    thresholds: &[],
    remedies: &["Put the deciding step first."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        let deciders = row.holders(context, Duty::Decide);
        let doers: Vec<Actor> =
            row.holders(context, Duty::Do).into_iter().filter(|doer| !deciders.contains(doer)).collect();
        let by = |actors: &[Actor]| -> Vec<StepId> {
            let performed =
                |step: &&StepId| context.index.performer(**step).is_some_and(|actor| actors.contains(&actor));
            row.decision.steps.iter().filter(performed).copied().collect()
        };
        let (deciding, doing) = (by(&deciders), by(&doers));
        if deciding.is_empty() || doing.is_empty() {
            continue;
        }
        let late = deciding.iter().all(|step| is_only_reached_through(context, *step, &doing));
        let (Some(first), Some(done)) = (deciding.first().copied().filter(|_| late), doing.first().copied()) else {
            continue;
        };
        sink.report(
            Finding::new(format!(
                "{} is decided in {}, after it is carried out in {}.",
                row_name(context, row.subject()),
                context.quoted(first),
                context.quoted(done)
            ))
            .about([ElementRef::from(row.id), first.into(), done.into()])
            .formula("ways to the deciding step that do not pass the doing one = 0")
            .number("ways", 0.0)
            .criticality(context.criticality_of(row.subject()))
            .remedy(format!("Put {} before {}.", context.quoted(first), context.quoted(done))),
        );
    }
}

/// Whether a case comes to a step, and never without passing one of the others.
fn is_only_reached_through(context: &Context<'_>, step: StepId, others: &[StepId]) -> bool {
    let mut seen = FxHashSet::default();
    let mut open = vec![FlowNode::Step(step)];
    let mut passed = false;
    // Backward from the step: where the search ends without meeting one of the others, there is another way.
    while let Some(node) = open.pop() {
        if !seen.insert(node) {
            continue;
        }
        let is_other = matches!(node, FlowNode::Step(id) if id != step && others.contains(&id));
        if is_other {
            passed = true;
            continue;
        }
        let before = context.index.flows_in(node);
        if before.is_empty() {
            return false;
        }
        open.extend(before.iter().filter_map(|flow| context.document.flows().get(*flow)).map(|flow| flow.from));
    }
    passed
}
