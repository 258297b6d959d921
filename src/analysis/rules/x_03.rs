//! Gateways in the lane of somebody who may not decide there.

use rustc_hash::FxHashSet;

use super::rows::Row;
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "X-03",
    title: "Decided in the wrong lane",
    severity: Severity::High,
    why: "A flow that parts in the lane of somebody who may not decide there parts without a right, or \
              waits for a visit.",
    wrong: "Clerk’s lane holds “Refund?”, Owner decides, and nothing comes from the owner",
    right: "the gateway is in the owner’s lane",
    formula: "gateways with a linked decision whose performer has no deciding letter on it, no flow comes in \
              from a step of a decider, and no linked step of a decider follows > 0",
    source: Source::Ours(" flow and rights must tell the same"),
    thresholds: &[],
    remedies: &[
        "Move the gateway to the decider’s lane.",
        "Add a step of the decider before it.",
        "Give the right to the role in whose lane it is.",
    ],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.gateways().ids(), check_gateway);
}

fn check_gateway(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &id: &GatewayId) {
    let Some(gateway) = context.document.gateways().get(id) else { return };
    for linked in context.index.decisions_of_gateway(id) {
        let Some(decision) = context.document.decisions().get(*linked) else { continue };
        let row = Row { id: *linked, decision };
        let deciders = row.holders(context, Duty::Decide);
        if deciders.is_empty() {
            continue;
        }
        let Some(performer) = gateway.performer.filter(|performer| !matches!(performer, Actor::System(_))) else {
            continue;
        };
        let same = |decider: &Actor| {
            *decider == performer
                || context
                    .index
                    .people_of(*decider)
                    .iter()
                    .any(|person| context.index.people_of(performer).contains(person))
        };
        let from_decider = |flow: &FlowId| match context.document.flows().get(*flow).map(|flow| flow.from) {
            Some(FlowNode::Step(step)) => context.index.performer(step).is_some_and(|actor| deciders.contains(&actor)),
            _ => false,
        };
        // A step that follows, in which the decider takes it, is where it is decided.
        let is_decided = |step: StepId| {
            let of_decider = context.index.performer(step).is_some_and(|actor| deciders.contains(&actor));
            of_decider && row.decision.steps.contains(&step)
        };
        let decided_after = comes_to(context, FlowNode::Gateway(id), is_decided);
        let comes_in = context.index.flows_in(FlowNode::Gateway(id)).iter().any(from_decider);
        if deciders.iter().any(same) || comes_in || decided_after {
            continue;
        }
        let names = words::named_list(context.document, deciders.iter().copied());
        sink.report(
            Finding::new(format!(
                "{} parts the flow at {}, and {names} decides {}.",
                context.name(performer),
                context.quoted(id),
                row_name(context, row.subject())
            ))
            .about([ElementRef::from(row.id), id.into()])
            .about([performer])
            .about(deciders.iter().copied())
            .formula("deciding letters of the performer = 0, flows from a decider = 0")
            .number("deciding_letters", 0.0)
            .criticality(context.criticality(gateway.process))
            .remedy("Move the gateway to the decider’s lane, or add a step of the decider before it.")
            .remedy(format!("Or let {} decide.", context.name(performer))),
        );
    }
}

/// Whether a case that leaves a node can come to a step that is meant.
fn comes_to(context: &Context<'_>, node: FlowNode, is_meant: impl Fn(StepId) -> bool) -> bool {
    let mut seen = FxHashSet::default();
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        if !seen.insert(node) {
            continue;
        }
        if let FlowNode::Step(step) = node
            && is_meant(step)
        {
            return true;
        }
        let next = context.index.flows_out(node).iter().filter_map(|flow| context.document.flows().get(*flow));
        open.extend(next.map(|flow| flow.to));
    }
    false
}
