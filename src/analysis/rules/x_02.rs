//! Gateways that ask for a judgement and have no decision.

use super::Meta;
use crate::analysis::{Context, Finding, Fix, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "X-02",
    title: "Branch by judgement, no decision",
    severity: Severity::Medium,
    why: "Where a flow parts by somebody’s judgement and no decision says whose, each case is judged anew.",
    wrong: "Gateway “Approve?” with no decision linked",
    right: "Gateway “Approve?” linked to “Grant refund”",
    formula: "exclusive gateways with 2 ways or more whose name asks for a judgement (approve, accept, grant, \
              allow, agree, good enough, worth, OK), performed by no system, and without a linked decision > 0",
    source: Source::Ours(" a judgement is a decision"),
    thresholds: &[],
    remedies: &["Make a decision of the gateway."],
};

const JUDGING: [&str; 10] =
    ["approv", "accept", "grant", "allow", "agree", "good enough", "worth", "ok?", "release", "permit"];

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (count, (id, gateway)) in context.document.gateways().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let name = gateway.name.to_lowercase();
        let is_judged = JUDGING.iter().any(|word| name.contains(word));
        let ways = context.index.flows_out(FlowNode::Gateway(id)).len();
        let by_system = matches!(gateway.performer, Some(Actor::System(_)));
        let linked = !context.index.decisions_of_gateway(id).is_empty();
        if gateway.kind != GatewayKind::Exclusive || !is_judged || ways < 2 || by_system || linked {
            continue;
        }
        let label = gateway.name.trim().trim_end_matches('?').to_owned();
        let decision = Decision { gateways: vec![id], ..Decision::new(label.clone()) };
        sink.report(
            Finding::new(format!("{} parts the flow by a judgement, and no decision says whose.", context.quoted(id)))
                .about([id])
                .formula("linked decisions = 0")
                .number("decisions", 0.0)
                .number("ways", ways as f64)
                .criticality(context.criticality(gateway.process))
                .remedy_with(
                    format!("Make a decision of it: {label}."),
                    Fix::insert(format!("Make a decision of “{label}”"), decision),
                ),
        );
    }
}
