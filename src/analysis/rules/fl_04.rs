//! Gateways that join and split at once, and gateways that do neither.

use super::Meta;
use super::flows::only;
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-04",
    title: "Gateway with two jobs, or none",
    severity: Severity::Low,
    why: "A gateway that joins and splits at once is read wrongly; one that does neither is ink.",
    wrong: "A gateway with two arrows in and two out",
    right: "One gateway joins, the next one splits",
    formula: "flows in ≥ 2 and flows out ≥ 2; or flows in ≤ 1 and flows out ≤ 1",
    source: Source::Literature("bpmnlint: no gateway join fork, superfluous gateway"),
    thresholds: &[],
    remedies: &["Draw two gateways.", "Take the gateway out."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (count, (id, gateway)) in context.document.gateways().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let node = FlowNode::Gateway(id);
        let (flows_in, flows_out) = (context.index.flows_in(node), context.index.flows_out(node));
        let both = flows_in.len() >= 2 && flows_out.len() >= 2;
        let neither = flows_in.len() == 1 && flows_out.len() == 1;
        if !both && !neither {
            continue;
        }
        let from =
            |flow: Option<FlowId>| flow.and_then(|flow| context.document.flows().get(flow)).map(|flow| flow.from);
        let name = super::fl_05::describe(context, id);
        let message = if both {
            format!(
                "In {} {name} joins {} arrows and splits into {} at once.",
                context.quoted(gateway.process),
                flows_in.len(),
                flows_out.len()
            )
        } else {
            format!("In {} {name} neither joins nor splits.", context.quoted(gateway.process))
        };
        let finding = Finding::new(message)
            .about([node])
            .about(only(flows_in).and_then(|flow| from(Some(flow))))
            .formula(format!("flows in = {}, flows out = {}", flows_in.len(), flows_out.len()))
            .number("flows_in", flows_in.len() as f64)
            .number("flows_out", flows_out.len() as f64);
        sink.report(if both {
            finding.remedy("Draw a gateway that joins, and behind it one that splits.")
        } else {
            finding.remedy("Take it out and draw the arrow straight on.")
        });
    }
}
