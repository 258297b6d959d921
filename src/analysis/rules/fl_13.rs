//! Work that is done again.

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-13",
    title: "Rework",
    severity: Severity::Medium,
    why: "Every round of a loop costs its work again, and the customer waits for it.",
    wrong: "A third of the orders goes back to the desk; they are taken 1.5 times each",
    right: "The form asks for what is missing: one in twenty goes back",
    formula: "visits of a step in a case > visits, or a case goes round a loop with the chance of 1 − 1 ÷ visits ≥ back. \
              Inside a sub-flow the visits count for one visit of the sub-flow",
    source: Source::Literature("flow analysis: rework takes T ÷ (1 − r)"),
    thresholds: &[
        ours("visits", 1.2, "visits", "above it is reported", "a fifth is done twice"),
        ours("back", 0.15, "of the cases", "from here on it is reported", "about one in seven"),
    ],
    remedies: &["Mend it where it goes wrong, before the loop.", "Ask for what is missing at once."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.processes().ids(), check_process);
}

fn check_process(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &process: &ProcessId) {
    let Some(record) = context.document.processes().get(process) else { return };
    let mut repeated: Vec<(StepId, f64)> = Vec::new();
    for id in context.index.steps_of(process) {
        let Some(step) = context.document.steps().get(*id) else { continue };
        let entry = step.parent.map_or(Some(1.0), |around| context.visits.of(&context.index, FlowNode::Step(around)));
        let visits = context.visits.of(&context.index, FlowNode::Step(*id));
        let (Some(entry), Some(visits)) = (entry.filter(|entry| *entry > 0.0), visits) else { continue };
        let visits = visits / entry;
        if visits > sink.threshold("visits") + 1e-9
            || visits > 1.0 && 1.0 - 1.0 / visits >= sink.threshold("back") - 1e-9
        {
            repeated.push((*id, visits));
        }
    }
    repeated.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let Some((_, most)) = repeated.first().copied() else { return };
    let minutes: f64 = repeated
        .iter()
        .filter_map(|(id, visits)| Some((visits - 1.0) * context.document.steps().get(*id)?.work?.0))
        .sum();
    let names = words::quoted_list(context.document, repeated.iter().map(|(id, _)| *id));
    let mut finding = Finding::new(format!(
        "In {} {names} {} done up to {} times a case; {} of the cases go round again.",
        context.quoted(process),
        if repeated.len() == 1 { "is" } else { "are" },
        words::number(most),
        words::percent(1.0 - 1.0 / most)
    ))
    .about(repeated.iter().map(|(id, _)| *id))
    .formula(format!(
        "visits = {}, 1 − 1 ÷ {} = {}",
        words::number(most),
        words::number(most),
        words::number(1.0 - 1.0 / most)
    ))
    .number("visits", most)
    .number("again", 1.0 - 1.0 / most)
    .number("rework_minutes_per_case", minutes)
    .criticality(record.criticality);
    if let Some(cases) = record.cases.filter(|_| minutes > 0.0) {
        finding = finding.costs_hours_per_week(cases.per_week() * minutes / 60.0);
    }
    sink.report(finding.remedy("Find out what is missing when a case goes back, and ask for it at the start."));
}
