//! Critical processes without a recovery target, or with one that is too long.

use super::Meta;
use super::flows::{duration, ours};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "RI-06",
    title: "Recovery later than can be borne",
    severity: Severity::High,
    why: "A plan that brings the work back after the firm is dead is no plan.",
    wrong: "The bakery can bear a day without baking; nobody has said how fast baking must be back",
    right: "Back within 12 hours, in the oven of the baker next door",
    formula: "recovery target > tolerable outage; or no recovery target where criticality ≥ least",
    source: Source::Literature("business impact analysis"),
    thresholds: &[ours("criticality", 4.0, "of 5", "from here on a target is wanted", "those that must not stop")],
    remedies: &["Say how fast it has to be back, and what that needs.", "Try it once a year."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (count, (id, process)) in context.document.processes().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let critical = process.criticality.filter(|level| f64::from(*level) >= sink.threshold("criticality"));
        let name = context.quoted(id);
        let finding = match (process.recovery_target, process.tolerable_outage) {
            (Some(target), Some(outage)) if target.0 > outage.0 => Finding::new(format!(
                "{name} is to be back after {}; the firm can bear {} without it.",
                duration(target.0),
                duration(outage.0)
            ))
            .formula(format!("{} > {} min", words::number(target.0), words::number(outage.0)))
            .number("recovery_minutes", target.0)
            .number("tolerable_minutes", outage.0)
            .remedy("Plan a faster way back: a stand-in, a spare, a way by hand."),
            (None, outage) if critical.is_some() => {
                let bears = outage.map_or_else(String::new, |outage| {
                    format!(" The firm can bear {} without it.", duration(outage.0))
                });
                let level = critical.unwrap_or(0);
                Finding::new(format!("Nobody has said how fast {name} has to run again after an outage.{bears}"))
                    .formula(format!(
                        "recovery targets = 0, criticality {level} ≥ {}",
                        words::number(sink.threshold("criticality"))
                    ))
                    .number("recovery_targets", 0.0)
                    .remedy("Say how fast it has to be back, and what that needs.")
            }
            _ => continue,
        };
        sink.report(finding.about([ElementRef::from(id)]).about(process.owner).criticality(process.criticality));
    }
}
