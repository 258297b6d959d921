//! Checks that end a case late, behind dearer ones that seldom do.

use super::Meta;
use super::flows::{only, ours};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-18",
    title: "Check comes too late",
    severity: Severity::Medium,
    why: "A check that often ends a case should come before those that cost much and seldom end one.",
    wrong: "Read the application (2 h, 10 % end) and then check the work permit (5 min, 40 % end)",
    right: "Check the work permit first",
    formula: "two checks in a row, each a step with an exclusive gateway behind it of which one branch leads to the end by no other \
              step; exchanged they save second chance of ending × first work − first chance × second work, in minutes a case. Reported where that is more \
              than the share of the work of both, and the second needs nothing that the first makes",
    source: Source::Literature("knock-out heuristic of redesign (Reijers, Liman Mansar)"),
    thresholds: &[ours("share", 0.1, "of the work of both", "above it is reported", "a tenth of the effort")],
    remedies: &["Exchange the two checks."],
};

struct Check {
    step: StepId,
    ends: f64,
    work: f64,
    /// Where the cases that are not ended go on.
    next: Option<FlowNode>,
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (count, process) in context.document.processes().ids().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        for first in context.index.steps_of(process).iter().filter_map(|step| knock_out(context, *step)) {
            let Some(FlowNode::Step(next)) = first.next else { continue };
            let Some(second) = knock_out(context, next).filter(|second| second.step != first.step) else { continue };
            let saved = second.ends * first.work - first.ends * second.work;
            let both = first.work + second.work;
            if saved <= sink.threshold("share") * both || needs(context, first.step, second.step) {
                continue;
            }
            report(context, sink, process, &first, &second, saved);
        }
    }
}

fn report(context: &Context<'_>, sink: &mut Sink<'_>, process: ProcessId, first: &Check, second: &Check, saved: f64) {
    let (early, late) = (context.quoted(first.step), context.quoted(second.step));
    let record = context.document.processes().get(process);
    let mut finding = Finding::new(format!(
        "{late} ends {} of the cases in {} minutes and comes after {early}, which takes {} and ends {}.",
        words::percent(second.ends),
        words::number(second.work),
        words::number(first.work),
        words::percent(first.ends)
    ))
    .about([second.step, first.step])
    .formula(format!(
        "saved = {} × {} − {} × {} = {} min a case",
        words::number(second.ends),
        words::number(first.work),
        words::number(first.ends),
        words::number(second.work),
        words::number(saved)
    ))
    .number("saved_minutes_per_case", saved)
    .criticality(context.criticality(process))
    .remedy(format!("Put {late} before {early}."));
    if let Some(cases) = record.and_then(|record| record.cases) {
        finding = finding.costs_hours_per_week(cases.per_week() * saved / 60.0);
    }
    sink.report(finding);
}

/// The check that a step is, where it is one.
fn knock_out(context: &Context<'_>, id: StepId) -> Option<Check> {
    let document = context.document;
    let work = document.steps().get(id)?.work?.0;
    let flow = document.flows().get(only(context.index.flows_out(FlowNode::Step(id)))?)?;
    let FlowNode::Gateway(gateway) = flow.to else { return None };
    if document.gateways().get(gateway)?.kind != GatewayKind::Exclusive {
        return None;
    }
    let (mut ends, mut next) = (0.0, Vec::new());
    for branch in context.index.flows_out(flow.to) {
        let share = context.visits.share_of_flow(*branch)?;
        let to = document.flows().get(*branch)?.to;
        if leads_to_end(context, to) {
            ends += share;
        } else {
            next.push(to);
        }
    }
    (ends > 0.0 && ends < 1.0).then_some(Check { step: id, ends, work, next: only(&next) })
}

/// Whether nothing but the end of the case lies behind a node.
fn leads_to_end(context: &Context<'_>, node: FlowNode) -> bool {
    let mut node = node;
    for _ in 0..16 {
        match node {
            FlowNode::Step(_) => return false,
            FlowNode::Event(id)
                if context.document.events().get(id).is_some_and(|event| event.kind == EventKind::End) =>
            {
                return true;
            }
            _ => {}
        }
        let out = context.index.flows_out(node);
        let Some(flow) = only(out).and_then(|flow| context.document.flows().get(flow)) else { return out.is_empty() };
        node = flow.to;
    }
    false
}

/// Whether the second needs something that the first makes.
fn needs(context: &Context<'_>, first: StepId, second: StepId) -> bool {
    let (Some(first), Some(second)) = (context.document.steps().get(first), context.document.steps().get(second))
    else {
        return true;
    };
    second.inputs.iter().any(|input| first.outputs.contains(input))
}
