//! Flows too large to read at a glance, and nodes with too many arrows.

use super::Meta;
use super::flows::ours;
use crate::analysis::ways::Scope;
use crate::analysis::{Context, Finding, Severity, Sink, Source, Threshold, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-08",
    title: "Too much at a glance",
    severity: Severity::Low,
    why: "Errors in models grow with their size and with the arrows of a node.",
    wrong: "64 steps, gateways and events in one flow",
    right: "Four sub-flows of fifteen",
    formula: "steps, gateways and events of a flow, or right inside a sub-flow, > elements; flows in and out of a node > degree",
    source: Source::Literature("7PMG, G7 and G2 (Mendling, Reijers, van der Aalst)"),
    thresholds: &[
        Threshold {
            name: "elements",
            default: MOST_ELEMENTS_AT_A_GLANCE as f64,
            unit: "elements",
            meaning: "above it a flow is reported",
            source: Source::Literature("7PMG, G7"),
        },
        ours("degree", 5.0, "arrows", "above it a node is reported", "more than a hand"),
    ],
    remedies: &["Put steps that belong together into a sub-flow.", "Split a gateway into two questions."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.processes().ids(), check_process);
}

fn check_process(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &process: &ProcessId) {
    for scope in Scope::all(context.document, &context.index, process) {
        let whole = scope.around.map_or(ElementRef::from(process), ElementRef::from);
        if scope.nodes.len() as f64 > sink.threshold("elements") {
            sink.report(
                Finding::new(format!("{} has {} elements.", context.quoted(whole), scope.nodes.len()))
                    .about([whole])
                    .formula(format!(
                        "elements = {} > {}",
                        scope.nodes.len(),
                        words::number(sink.threshold("elements"))
                    ))
                    .number("elements", scope.nodes.len() as f64)
                    .remedy("Mark steps that belong together and put them into a sub-flow."),
            );
        }
    }
    for node in context.index.nodes_of(process) {
        let (flows_in, flows_out) = (context.index.flows_in(*node).len(), context.index.flows_out(*node).len());
        let degree = flows_in + flows_out;
        if degree as f64 <= sink.threshold("degree") {
            continue;
        }
        sink.report(
            Finding::new(format!(
                "{} arrows lead to and from {} in {}.",
                degree,
                context.quoted(*node),
                context.quoted(process)
            ))
            .about([*node])
            .formula(format!("flows in and out = {flows_in} + {flows_out} = {degree}"))
            .number("degree", degree as f64)
            .remedy("Ask one question after the other, or join what ends alike before."),
        );
    }
}
