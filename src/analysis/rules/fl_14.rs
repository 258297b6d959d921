//! Flows whose time is hardly ever spent on what the customer wants.

use super::Meta;
use super::flows::{duration, ours};
use crate::analysis::{Context, Finding, Severity, Sink, Source, Threshold, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-14",
    title: "Little of the time adds value",
    severity: Severity::Medium,
    why: "Where a case mostly waits, faster work changes nothing; the waits do.",
    wrong: "45 minutes of value in 17 hours: 4 %",
    right: "45 minutes in 3 hours: a quarter, world class for services",
    formula: "process cycle efficiency = Σ visits × work that adds value ÷ lead time, at most: work that says nothing counts as \
              adding value, waits that nobody stated count as none. Below medium it is medium, below info a note",
    source: Source::Literature(
        "value-stream mapping: about 5 % is common in services, above 25 % is called world class",
    ),
    thresholds: &[
        Threshold {
            name: "medium",
            default: 0.05,
            unit: "of the lead time",
            meaning: "below it is medium",
            source: Source::Literature("common in services"),
        },
        ours("info", 0.10, "of the lead time", "below it is a note", "twice that"),
    ],
    remedies: &["Begin with the longest wait.", "Say of each step what it does for the customer."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.processes().ids(), check_process);
}

fn check_process(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &process: &ProcessId) {
    let Some(record) = context.document.processes().get(process) else { return };
    let Some(times) = context.times.of(process).filter(|times| times.wait > 0.0) else { return };
    let steps = context.index.steps_of(process).iter().copied();
    sink.missing(
        "step with work does not say what it does for the customer",
        "steps with work do not say what they do for the customer",
        steps.filter(|id| {
            context.document.steps().get(*id).is_some_and(|step| step.value.is_none() && step.work.is_some())
        }),
    );
    let Some(efficiency) = times.cycle_efficiency() else { return };
    let severity = if efficiency < sink.threshold("medium") {
        Severity::Medium
    } else if efficiency < sink.threshold("info") {
        Severity::Info
    } else {
        return;
    };
    let waits: Vec<StepId> = longest_waits(context, process);
    let value = times.adds_value + times.unclassified;
    let finding = Finding::new(format!(
        "Of the {} that a case of {} takes, {} are work that adds value: {}.",
        duration(times.lead),
        context.quoted(process),
        duration(value),
        words::percent(efficiency)
    ))
    .about([ElementRef::from(process)])
    .about(waits.iter().copied())
    .formula(format!("{} ÷ {} min = {}", words::number(value), words::number(times.lead), words::number(efficiency)))
    .number("efficiency", efficiency)
    .number("value_minutes", value)
    .number("lead_time_minutes", times.lead)
    .criticality(record.criticality)
    .remedy(if waits.is_empty() {
        "Begin with the longest wait.".to_owned()
    } else {
        format!("Begin with the waits before {}.", words::quoted_list(context.document, waits))
    });
    sink.report_as(severity, finding);
}

/// The three steps with the longest waits of a case.
fn longest_waits(context: &Context<'_>, process: ProcessId) -> Vec<StepId> {
    let wait = |id: &StepId| {
        let visits = context.visits.of(&context.index, FlowNode::Step(*id))?;
        let wait = context.document.steps().get(*id)?.wait?;
        (visits * wait.0 > 0.0).then_some((*id, visits * wait.0))
    };
    let mut waits: Vec<(StepId, f64)> = context.index.steps_of(process).iter().filter_map(wait).collect();
    waits.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    waits.into_iter().take(3).map(|(id, _)| id).collect()
}
