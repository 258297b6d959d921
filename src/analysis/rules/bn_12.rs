//! Managers with more people than their kind of leading can bear.

use super::Meta;
use super::Threshold;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

const SPANS: Source = Source::Literature("spans of control by archetype of manager (McKinsey)");

const fn bound(name: &'static str, default: f64) -> Threshold {
    Threshold { name, default, unit: "people", meaning: "above it is reported", source: SPANS }
}

pub(super) const META: Meta = Meta {
    id: "BN-12",
    title: "Too many to lead",
    severity: Severity::Medium,
    why: "Past a number that depends on the work, questions queue at the desk of who leads.",
    wrong: "Shop manager, who serves customers herself, leads 9 people",
    right: "Two shift leads with 4 and 5 people",
    formula: "people who hold the roles that report to one, each counted once, vacant roles as 1, and not who \
              leads, > bound of the kind of leading. Self-managing teams have no bound",
    source: SPANS,
    thresholds: &[
        bound("player_coach", 5.0),
        bound("coach", 7.0),
        bound("supervisor", 10.0),
        bound("facilitator", 15.0),
    ],
    remedies: &["Name team leads.", "Let the team manage itself, and lead it as such."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.roles().ids(), check_role);
}

fn check_role(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &id: &RoleId) {
    let Some(role) = context.document.roles().get(id) else { return };
    let reports = context.index.reports_of(id);
    let people = led(context, role, reports);
    let (bound, word) = match role.archetype {
        Some(Archetype::PlayerCoach) => (sink.threshold("player_coach"), "does the same work"),
        Some(Archetype::Coach) => (sink.threshold("coach"), "leads varied work"),
        Some(Archetype::Supervisor) => (sink.threshold("supervisor"), "leads similar work"),
        Some(Archetype::Facilitator) => (sink.threshold("facilitator"), "leads standard work"),
        Some(Archetype::Coordinator) => return,
        None => {
            if people as f64 > sink.threshold("player_coach") {
                sink.missing(
                    "role that leads more than a handful does not say what kind of leading it asks for",
                    "roles that lead more than a handful do not say what kind of leading they ask for",
                    [id],
                );
            }
            return;
        }
    };
    if people as f64 <= bound {
        return;
    }
    let name = context.name(id);
    sink.report(
        Finding::new(format!(
            "{name}, who {word}, leads {people} people; {} are as many as that bears.",
            words::number(bound)
        ))
        .about([id])
        .about(reports.iter().copied())
        .formula(format!("people = {people} > {}", words::number(bound)))
        .number("people", people as f64)
        .number("bound", bound)
        .remedy(format!("Name a team lead below {name}, or let the team manage itself.")),
    );
}

/// How many hold the roles that report to one: nobody is counted twice, nor as led by themselves; a role without a
/// holder is one to be.
fn led(context: &Context<'_>, role: &Role, reports: &[RoleId]) -> usize {
    let roles = || reports.iter().filter_map(|report| context.document.roles().get(*report));
    let mut people: Vec<PersonId> = roles().flat_map(|report| &report.holders).map(|holder| holder.person).collect();
    people.retain(|person| role.holders.iter().all(|holder| holder.person != *person));
    people.sort_unstable();
    people.dedup();
    people.len() + roles().filter(|report| report.holders.is_empty()).count()
}
