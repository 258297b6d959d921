//! Roles to be asked from whom nothing comes in the flow.

use super::rows::{Row, rows};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;
use rustc_hash::FxHashSet;

pub(super) const META: Meta = Meta {
    id: "X-05",
    title: "Asked, but nothing comes from them",
    severity: Severity::Low,
    why: "Who should be asked before, but has no way into the flow, is asked when somebody thinks of it.",
    wrong: "Accountant has C on “Hire staff”, and no step or message of the accountant comes before",
    right: "a message from the accountant, or no C",
    formula: "consulting roles without a step, and without a line to one, before the linked steps of the \
              decision > 0",
    source: Source::Ours(" a letter without a way"),
    thresholds: &[],
    remedies: &["Draw the question, or drop the letter."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let senders = senders(context);
    for row in rows(context).filter(|row| !row.decision.steps.is_empty()) {
        let before = performers_before(context, &row);
        let unheard: Vec<Actor> = row
            .holders(context, Duty::Consult)
            .into_iter()
            .filter(|actor| {
                matches!(actor, Actor::Role(_))
                    && !before.contains(actor)
                    && !senders.contains(&ElementRef::from(*actor))
            })
            .collect();
        if unheard.is_empty() {
            continue;
        }
        let names = words::named_list(context.document, unheard.iter().copied());
        let verb = if unheard.len() == 1 { "is" } else { "are" };
        sink.report(
            Finding::new(format!(
                "{names} {verb} to be asked before {}, and nothing in the flow comes from there.",
                row_name(context, row.subject())
            ))
            .about([row.id])
            .about(unheard.iter().copied())
            .formula(format!("asked without a way in = {}", unheard.len()))
            .number("holders", unheard.len() as f64)
            .remedy("Draw the question in the flow, or drop the letter."),
        );
    }
}

/// Performers of all steps from which a case comes to a linked step, and of the linked steps.
fn performers_before(context: &Context<'_>, row: &Row<'_>) -> Vec<Actor> {
    let mut seen = FxHashSet::default();
    let mut open: Vec<FlowNode> = row.decision.steps.iter().map(|step| FlowNode::Step(*step)).collect();
    let mut found = Vec::new();
    while let Some(node) = open.pop() {
        if !seen.insert(node) {
            continue;
        }
        if let FlowNode::Step(step) = node {
            found.extend(context.index.performer(step));
        }
        let before = context.index.flows_in(node).iter().filter_map(|flow| context.document.flows().get(*flow));
        open.extend(before.map(|flow| flow.from));
    }
    found
}

/// Everything that a message starts from.
fn senders(context: &Context<'_>) -> FxHashSet<ElementRef> {
    let messages = context.document.links().iter().filter(|(_, link)| link.kind == LinkKind::Message);
    messages.map(|(_, link)| link.from).collect()
}
