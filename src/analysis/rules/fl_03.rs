//! Splits and joins without a gateway.

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-03",
    title: "Arrows split without a gateway",
    severity: Severity::Medium,
    why: "Two arrows out of a step mean both or one of them, as each reader likes: BPMN says both, most people mean one.",
    wrong: "“Check the receipt” → “Pay” and → “Refuse”",
    right: "“Check the receipt” → “In order?” → yes “Pay”, no “Refuse”",
    formula: "flows out of a step or event > 1, of which two or more have no label, condition or probability (medium); \
              flows into a step > 1 (info: read as either of them)",
    source: Source::Literature("bpmnlint: no implicit split, fake join"),
    thresholds: &[],
    remedies: &["Draw a gateway that says which of them, or that all, are taken."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.processes().ids(), check_process);
}

fn check_process(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &process: &ProcessId) {
    let Some(record) = context.document.processes().get(process) else { return };
    let mut joins: Vec<FlowNode> = Vec::new();
    for node in context.index.nodes_of(process) {
        if matches!(node, FlowNode::Gateway(_)) {
            continue;
        }
        if matches!(node, FlowNode::Step(_)) && context.index.flows_in(*node).len() > 1 {
            joins.push(*node);
        }
        let out = context.index.flows_out(*node);
        let unsaid = out.iter().filter(|id| says_nothing(context, **id)).count();
        if out.len() < 2 || unsaid < 2 {
            continue;
        }
        let targets = out.iter().filter_map(|id| context.document.flows().get(*id)).map(|flow| flow.to);
        let name = context.quoted(*node);
        let finding = Finding::new(format!(
            "{} arrows leave {name} in {}, and nothing says whether all are taken or one.",
            out.len(),
            context.quoted(process)
        ))
        .about([*node])
        .about(targets)
        .formula(format!("flows out = {}, without label, condition or probability = {unsaid}", out.len()))
        .number("flows_out", out.len() as f64)
        .number("unsaid", unsaid as f64)
        .criticality(record.criticality)
        .remedy(format!("Draw a gateway behind {name}: exclusive where one is taken, parallel where all are."));
        sink.report(finding);
    }
    if joins.is_empty() {
        return;
    }
    let names = words::quoted_list(context.document, joins.iter().copied());
    let finding = Finding::new(format!(
        "In {} several arrows lead to {names}; each case that comes by one of them is worked on.",
        context.quoted(process)
    ))
    .about([ElementRef::from(process)])
    .about(joins.iter().copied())
    .formula(format!("steps with several flows in = {}", joins.len()))
    .number("steps", joins.len() as f64)
    .remedy("Where the step should wait for all of them, draw a parallel gateway before it.");
    sink.report_as(Severity::Info, finding);
}

fn says_nothing(context: &Context<'_>, id: FlowId) -> bool {
    context.document.flows().get(id).is_some_and(|flow| {
        flow.probability.is_none()
            && !flow.is_default
            && flow.name.trim().is_empty()
            && flow.condition.trim().is_empty()
    })
}
