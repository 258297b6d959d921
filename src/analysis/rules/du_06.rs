//! A second check of the same thing, with nothing changed between.

use super::Meta;
use super::flows::{only, ours};
use crate::analysis::likeness::{Language, Vocabulary};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "DU-06",
    title: "Checked twice",
    severity: Severity::Medium,
    why: "The second check finds what the first one missed, which is nearly nothing, and lets the first one be careless.",
    wrong: "Office approves the request, then accounting approves the request; one in a hundred is sent back",
    right: "Accounting approves a sample",
    formula: "two steps that authorise or check, one reached from the other by steps that make or change nothing of it, with an input \
              in common; the choice behind the second sends on all but a share of the cases < rejects, or there is none",
    source: Source::Literature("task elimination heuristic of redesign (Reijers, Liman Mansar)"),
    thresholds: &[ours("rejects", 0.02, "of the cases", "below it is reported", "one in fifty")],
    remedies: &["Drop the second check.", "Do it for a sample, or above a limit."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (count, (id, first)) in context.document.steps().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        if first.inputs.is_empty() || !is_check(first) {
            continue;
        }
        let Some(second_id) = next_step(context, id) else { continue };
        let Some(second) = context.document.steps().get(second_id).filter(|second| is_check(second)) else { continue };
        let shared: Vec<ArtefactId> =
            second.inputs.iter().copied().filter(|input| first.inputs.contains(input)).collect();
        let changed = first.outputs.iter().any(|output| shared.contains(output));
        if shared.is_empty() || changed {
            continue;
        }
        // With another limit or another person on purpose it is a decision in two parts, which BN-07 looks at.
        let Some(rejects) = rejects_behind(context, second_id) else { continue };
        if rejects >= sink.threshold("rejects") {
            continue;
        }
        let (early, late) = (context.quoted(id), context.quoted(second_id));
        let things = words::quoted_list(context.document, shared.iter().copied());
        sink.report(
            Finding::new(format!(
                "{late} looks at {things} again, right behind {early}, and sends {} of the cases back.",
                words::percent(rejects)
            ))
            .about([ElementRef::from(id), ElementRef::from(second_id)])
            .about(shared.iter().copied())
            .formula(format!(
                "rejected by the second = {} < {}",
                words::number(rejects),
                words::number(sink.threshold("rejects"))
            ))
            .number("rejects", rejects)
            .number("artefacts", shared.len() as f64)
            .criticality(context.criticality(second.process))
            .remedy(format!("Drop {late}, or do it for a sample or above a limit only.")),
        );
    }
}

/// Whether a step authorises or checks something, by its duties or its verb.
pub(super) fn is_check(step: &Step) -> bool {
    let verb = step.name.split_whitespace().next().unwrap_or("").to_lowercase();
    step.duties.contains(&DutyTag::Authorise)
        || ["check", "verify", "review", "inspect", "control", "audit"].contains(&verb.as_str())
        || Vocabulary::of(Language::English).is_deciding(&step.name)
}

/// The step right behind, gateways that only lead on aside.
pub(super) fn next_step(context: &Context<'_>, id: StepId) -> Option<StepId> {
    let mut node = FlowNode::Step(id);
    for _ in 0..8 {
        let flow = context.document.flows().get(only(context.index.flows_out(node))?)?;
        match flow.to {
            FlowNode::Step(next) => return Some(next),
            other => node = other,
        }
    }
    None
}

/// Share of the cases that do not take the main branch behind a step: 0 where there is no choice; none where the shares are not
/// known.
fn rejects_behind(context: &Context<'_>, id: StepId) -> Option<f64> {
    let flow = context.document.flows().get(only(context.index.flows_out(FlowNode::Step(id)))?)?;
    let FlowNode::Gateway(gateway) = flow.to else { return Some(0.0) };
    let out = context.index.flows_out(flow.to);
    if context.document.gateways().get(gateway)?.kind == GatewayKind::Parallel || out.len() < 2 {
        return Some(0.0);
    }
    let shares: Option<Vec<f64>> = out.iter().map(|flow| context.visits.share_of_flow(*flow)).collect();
    Some(1.0 - shares?.into_iter().fold(0.0, f64::max))
}
