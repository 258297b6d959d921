//! One who leads one, and managers with hardly anybody to lead.

use super::Meta;
use super::flows::{only, ours};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "ST-02",
    title: "One leads one",
    severity: Severity::Low,
    why: "A manager of one person is a layer without work of its own.",
    wrong: "Head of sales leads the sales manager, who leads four",
    right: "Head of sales leads the four",
    formula: "roles held by one person at most with exactly one person below, who leads others; with a stated kind of leading \
              other than doing the same work: people right below < span",
    source: Source::Literature("spans of control by archetype of manager (McKinsey)"),
    thresholds: &[ours("span", 3.0, "people", "below it is reported", "two are led beside one’s own work")],
    remedies: &["Join the two roles.", "Let those below report one level up."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let seats = |role: &RoleId| context.document.roles().get(*role).map_or(1, |role| role.holders.len().max(1));
    for (count, (id, role)) in context.document.roles().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let reports = context.index.reports_of(id);
        let people: usize = reports.iter().map(seats).sum();
        let single = only(reports)
            .filter(|report| people == 1 && role.holders.len() < 2 && !context.index.reports_of(*report).is_empty());
        let leads = role.archetype.is_some_and(|kind| kind != Archetype::PlayerCoach);
        let few = leads && people > 0 && (people as f64) < sink.threshold("span");
        if single.is_none() && !few {
            continue;
        }
        let name = context.name(id);
        let below = words::named_list(context.document, reports.iter().copied());
        let finding = Finding::new(format!("{name} leads {}: {below}.", words::count(people, "person", "people")))
            .about([id])
            .about(reports.iter().copied())
            .formula(format!("people right below = {people}"))
            .number("people", people as f64);
        sink.report(match single {
            Some(report) => finding
                .remedy(format!("Join {name} and {}, or let those below report to {name}.", context.name(report))),
            None => finding.remedy(format!("Give {name} more people to lead, or work of its own.")),
        });
    }
}
