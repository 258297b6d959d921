//! Steps that go wrong now and then, and no way for when they do.

use std::collections::BTreeSet;

use super::Meta;
use super::flows::{only, ours};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GA-12",
    title: "No way for when it goes wrong",
    severity: Severity::Medium,
    why: "What goes wrong every tenth time has a way back already; it is just not drawn, and nobody counts it.",
    wrong: "“Take the order” is right in 85 of 100, and the only arrow leads on",
    right: "“Complete?” → no: ask the customer",
    formula: "share right first time < level, and the next node that splits, before another step, is none: neither an exclusive \
              or other choice, nor an event on the border of the step",
    source: Source::Literature("percent complete and accurate (value-stream mapping)"),
    thresholds: &[ours("level", 0.95, "right first time", "below it a way is wanted", "one in twenty")],
    remedies: &["Draw a gateway behind it: what happens with those that are not right?"],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let guarded: BTreeSet<StepId> = context.document.events().iter().filter_map(|(_, event)| event.attached).collect();
    context.each(sink, &guarded, context.document.steps().ids(), check_step);
}

fn check_step(context: &Context<'_>, sink: &mut Sink<'_>, guarded: &BTreeSet<StepId>, &id: &StepId) {
    let Some(step) = context.document.steps().get(id) else { return };
    let Some(right) = step.first_time_right.filter(|right| *right < sink.threshold("level")) else { return };
    if guarded.contains(&id) || step.repetition == Some(Repetition::Loop) || splits_behind(context, FlowNode::Step(id))
    {
        return;
    }
    let name = context.quoted(id);
    sink.report(
        Finding::new(format!(
            "{name} in {} is right first time in {}, and no way is drawn for the others.",
            context.quoted(step.process),
            words::percent(right)
        ))
        .about([ElementRef::from(id)])
        .about(context.index.performer(id))
        .formula(format!(
            "right first time = {} < {}, choices behind it = 0",
            words::number(right),
            words::number(sink.threshold("level"))
        ))
        .number("first_time_right", right)
        .criticality(context.criticality(step.process))
        .remedy(format!("Draw a gateway behind {name}: who mends what is not right, and where does it go?")),
    );
}

/// Whether a choice comes before the next step, or the way is not drawn on.
fn splits_behind(context: &Context<'_>, node: FlowNode) -> bool {
    let mut node = node;
    for _ in 0..64 {
        let out = context.index.flows_out(node);
        let Some(flow) = only(out).and_then(|flow| context.document.flows().get(flow)) else { return out.len() > 1 };
        match flow.to {
            FlowNode::Step(_) => return false,
            FlowNode::Gateway(id) => {
                let kind = context.document.gateways().get(id).map(|gateway| gateway.kind);
                if kind != Some(GatewayKind::Parallel) && context.index.flows_out(flow.to).len() > 1 {
                    return true;
                }
            }
            FlowNode::Event(_) => {}
        }
        node = flow.to;
    }
    false
}
