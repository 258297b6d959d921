//! Flows of which much of the work is waste.

use super::Meta;
use super::flows::{duration, ours};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-16",
    title: "Much of the work is waste",
    severity: Severity::Medium,
    why: "Work that neither the customer nor the law asks for is paid for all the same.",
    wrong: "Three approvals: 27 of 66 minutes",
    right: "One approval above 2000 EUR",
    formula: "Σ visits × work of steps marked as waste ÷ Σ visits × work of all steps > share",
    source: Source::Literature("value-added analysis (Lean)"),
    thresholds: &[ours("share", 0.3, "of the work", "above it is reported", "nearly a third")],
    remedies: &["Drop the step.", "Do it for a sample, or above a limit only."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (count, (process, record)) in context.document.processes().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let Some(times) = context.times.of(process).filter(|times| times.work > 0.0) else { continue };
        let share = times.waste / times.work;
        if share <= sink.threshold("share") {
            continue;
        }
        let is_waste =
            |id: &&StepId| context.document.steps().get(**id).is_some_and(|step| step.value == Some(ValueClass::Waste));
        let steps: Vec<StepId> = context.index.steps_of(process).iter().filter(is_waste).copied().collect();
        let mut finding = Finding::new(format!(
            "{} of the {} of work on a case of {} are waste: {}.",
            words::percent(share),
            duration(times.work),
            context.quoted(process),
            words::quoted_list(context.document, steps.iter().copied())
        ))
        .about([ElementRef::from(process)])
        .about(steps.iter().copied())
        .formula(format!(
            "{} ÷ {} min = {}",
            words::number(times.waste),
            words::number(times.work),
            words::number(share)
        ))
        .number("share", share)
        .number("waste_minutes", times.waste)
        .number("work_minutes", times.work)
        .criticality(record.criticality);
        if let Some(cases) = record.cases {
            finding = finding.costs_hours_per_week(cases.per_week() * times.waste / 60.0);
        }
        sink.report(finding.remedy("Drop these steps, or keep them for a sample or above a limit."));
    }
}
