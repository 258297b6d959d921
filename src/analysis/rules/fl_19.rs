//! Steps one after the other that could run side by side.

use super::Meta;
use super::flows::only;
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-19",
    title: "Could run side by side",
    severity: Severity::Info,
    why: "Two steps of different people, of which the second needs nothing from the first, take as long as both when they take turns.",
    wrong: "Order the oven → then write the job advertisement",
    right: "Both begin when the shop is rented",
    formula: "a step and the one right behind it, of different performers, the first with stated outputs, the second with stated \
              inputs, none of them the same, and nothing named on the arrow",
    source: Source::Literature("parallelism heuristic of redesign (Reijers, Liman Mansar)"),
    thresholds: &[],
    remedies: &["Let both begin at once, with a parallel gateway before and after."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    for (count, (id, step)) in document.steps().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let flow = only(context.index.flows_out(FlowNode::Step(id))).and_then(|flow| document.flows().get(flow));
        let Some((flow, next)) = flow.and_then(|flow| match flow.to {
            FlowNode::Step(next) => Some((flow, next)),
            _ => None,
        }) else {
            continue;
        };
        let Some(behind) = document.steps().get(next).filter(|_| only(context.index.flows_in(flow.to)).is_some())
        else {
            continue;
        };
        let (Some(one), Some(other)) = (context.index.performer(id), context.index.performer(next)) else { continue };
        // A step that needs nothing opens the case: what comes behind it cannot begin before.
        let stated = !step.inputs.is_empty() && !step.outputs.is_empty() && !behind.inputs.is_empty();
        let apart = one != other && flow.artefact.is_none() && stated;
        if !apart
            || behind.inputs.iter().any(|input| step.outputs.contains(input))
            || behind.outputs.iter().any(|output| step.outputs.contains(output))
        {
            continue;
        }
        let (first, second) = (context.quoted(id), context.quoted(next));
        let saved = match (step.work, behind.work) {
            (Some(a), Some(b)) => Some(a.0.min(b.0)),
            _ => None,
        };
        let mut finding = Finding::new(format!(
            "{second} by {} needs nothing that {first} by {} makes, and waits for it.",
            context.name(other),
            context.name(one)
        ))
        .about([id, next])
        .formula("artefacts that both touch = 0")
        .number("shared_artefacts", 0.0)
        .criticality(context.criticality(step.process));
        if let Some(saved) = saved {
            finding = finding.number("saved_minutes_per_case", saved);
        }
        sink.report(finding.remedy(format!("Let {first} and {second} begin at once.")));
    }
}
