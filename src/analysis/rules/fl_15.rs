//! Flows that are seldom right the first time from end to end.

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-15",
    title: "Seldom right first time",
    severity: Severity::Medium,
    why: "Steps that are nearly always right multiply into a flow that seldom is.",
    wrong: "95 % × 90 % × 80 %: two of three cases go through without a mend",
    right: "95 % × 97 % × 96 %: nine of ten",
    formula: "rolled yield = Σ over the ways of a case of P(way) × the product of the shares right first time, at most: steps that state none \
              count as always right. Below medium it is medium, below high it is high",
    source: Source::Literature("rolled percent complete and accurate (value-stream mapping)"),
    thresholds: &[
        ours("medium", 0.8, "of the cases", "below it is medium", "one in five is mended"),
        ours("high", 0.5, "of the cases", "below it is high", "most are mended"),
    ],
    remedies: &["Begin with the step that is right least often.", "Check before the step, not after the flow."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.processes().ids(), check_process);
}

fn check_process(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &process: &ProcessId) {
    let Some(record) = context.document.processes().get(process) else { return };
    let Some(yielded) = context.times.of(process).and_then(|times| times.rolled_yield) else { return };
    let severity = if yielded < sink.threshold("high") {
        Severity::High
    } else if yielded < sink.threshold("medium") {
        Severity::Medium
    } else {
        return;
    };
    let right =
        |id: &StepId| Some((*id, context.document.steps().get(*id)?.first_time_right.filter(|right| *right < 1.0)?));
    let mut steps: Vec<(StepId, f64)> = context.index.steps_of(process).iter().filter_map(right).collect();
    steps.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let factors: Vec<String> =
        steps.iter().take(6).map(|(id, right)| format!("{} {}", context.quoted(*id), words::percent(*right))).collect();
    let worst = steps.first().map_or_else(String::new, |(id, _)| context.quoted(*id));
    let finding = Finding::new(format!(
        "{} of the cases of {} go through without a mend.",
        words::percent(yielded),
        context.quoted(process)
    ))
    .about([ElementRef::from(process)])
    .about(steps.iter().map(|(id, _)| *id))
    .formula(format!("rolled yield = {} ({})", words::number(yielded), words::joined(&factors)))
    .number("rolled_yield", yielded)
    .number("steps", steps.len() as f64)
    .criticality(record.criticality)
    .remedy(format!("Begin with {worst}: what is wrong when it is not right first time?"));
    sink.report_as(severity, finding);
}
