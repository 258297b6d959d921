//! Performers of the next step who do not hear of the decision.

use super::rows::rows;
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Fix, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "X-06",
    title: "The next one does not hear of it",
    severity: Severity::Medium,
    why: "Who has to go on with what was decided, in another unit, should hear of it.",
    wrong: "After “Grant refund” the accountant pays, and has no letter on it",
    right: "the accountant has I",
    formula: "performers of the next step after a linked step, in another unit than its performer, without a \
              letter on the row > 0",
    source: Source::Ours(" hand-over of a decision"),
    thresholds: &[],
    remedies: &["Tell them: add I."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        let known = row.everybody(context);
        if known.is_empty() {
            continue;
        }
        let mut unaware: Vec<(Actor, StepId)> = Vec::new();
        for step in &row.decision.steps {
            let Some(from) = context.index.performer(*step) else { continue };
            for next in next_steps(context, *step) {
                let Some(to @ Actor::Role(_)) = context.index.performer(next) else { continue };
                let units = [from, to].map(|actor| context.document.unit_of_actor(actor));
                let elsewhere = matches!(units, [Some(one), Some(two)] if one != two);
                if elsewhere && !known.contains(&to) && !unaware.iter().any(|(actor, _)| *actor == to) {
                    unaware.push((to, next));
                }
            }
        }
        let Some((actor, step)) = unaware.first().copied() else { continue };
        let (name, row_label) = (
            words::named_list(context.document, unaware.iter().map(|(actor, _)| *actor)),
            row_name(context, row.subject()),
        );
        let letter =
            context.document.framework_of(row.subject()).and_then(|(_, framework)| framework.letter_for(Duty::Inform));
        let fix = letter.filter(|_| unaware.len() == 1).map(|letter| {
            let label = format!("Tell {name} about {row_label}");
            Fix::insert(label, Right::new(row.subject(), actor, letter.code.as_str()))
        });
        sink.report(
            Finding::new(format!(
                "{name} goes on after {row_label} with {}, and has no part in it.",
                context.quoted(step)
            ))
            .about([row.id])
            .about(unaware.iter().map(|(actor, _)| *actor))
            .about(unaware.iter().map(|(_, step)| *step))
            .formula(format!("next performers in other units without a letter = {}", unaware.len()))
            .number("roles", unaware.len() as f64)
            .criticality(context.criticality_of(row.subject()))
            .remedy_with("Tell them of it.", fix),
        );
    }
}

/// Steps right after a step; gateways and events between are passed.
fn next_steps(context: &Context<'_>, step: StepId) -> Vec<StepId> {
    let mut seen = Vec::new();
    let mut open = vec![FlowNode::Step(step)];
    let mut found = Vec::new();
    while let Some(node) = open.pop() {
        for flow in context.index.flows_out(node).iter().filter_map(|flow| context.document.flows().get(*flow)) {
            if seen.contains(&flow.to) {
                continue;
            }
            seen.push(flow.to);
            match flow.to {
                FlowNode::Step(next) => found.push(next),
                other => open.push(other),
            }
        }
    }
    found.sort_unstable();
    found
}
