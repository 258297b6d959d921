//! Units that serve the same customers and hardly know each other.

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "CO-02",
    title: "Same customers, no ties",
    severity: Severity::Medium,
    why: "A customer tells the shop what the workshop never hears.",
    wrong: "Shop and workshop serve the same customers; no work, question or report passes between them",
    right: "They meet once a week about complaints",
    formula: "for two units that a customer names as serving it: ties between their roles (units below included) ÷ possible \
              ones < density; ties are hand-overs, reporting, asking and telling",
    source: Source::Ours("fragmentation, as far as the model holds it"),
    thresholds: &[ours("density", 0.1, "of the possible ties", "below it is reported", "one pair in ten")],
    remedies: &["Let the two units meet about their customers.", "Give them a goal in common."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    let mut seen: Vec<(UnitId, UnitId)> = Vec::new();
    for (id, external) in document.externals().iter() {
        if external.kind != Some(ExternalKind::Customer) {
            continue;
        }
        for (place, one) in external.serves.iter().enumerate() {
            for other in external.serves.iter().skip(place + 1) {
                let pair = (*one.min(other), *one.max(other));
                let nested = document.unit_is_within(*one, *other) || document.unit_is_within(*other, *one);
                if nested || seen.contains(&pair) {
                    continue;
                }
                seen.push(pair);
                check_pair(context, sink, id, pair);
            }
        }
    }
}

fn check_pair(context: &Context<'_>, sink: &mut Sink<'_>, customer: ExternalId, (one, other): (UnitId, UnitId)) {
    let net = &context.networks.information;
    let (ours, theirs) = (roles_in(context, one), roles_in(context, other));
    let possible = ours.len() * theirs.len();
    if possible == 0 {
        return;
    }
    let places: Vec<u32> =
        theirs.iter().filter_map(|role| net.place(Actor::Role(*role))).map(|place| place as u32).collect();
    let ties: usize = ours
        .iter()
        .filter_map(|role| net.place(Actor::Role(*role)))
        .map(|place| places.iter().filter(|other| net.ties.of(place).binary_search(other).is_ok()).count())
        .sum();
    let density = ties as f64 / possible as f64;
    if density >= sink.threshold("density") {
        return;
    }
    let (first, second) = (context.name(one), context.name(other));
    sink.report(
        Finding::new(format!(
            "{first} and {second} both serve {}, and {} of {possible} possible ties between them are there.",
            context.name(customer),
            words::number(ties as f64)
        ))
        .about([ElementRef::from(one), ElementRef::from(other), ElementRef::from(customer)])
        .formula(format!("{ties} ÷ ({} × {}) = {}", ours.len(), theirs.len(), words::number(density)))
        .number("ties", ties as f64)
        .number("density", density)
        .remedy(format!(
            "Let {first} and {second} meet about {}, or name one who speaks with both.",
            context.name(customer)
        )),
    );
}

/// Roles of a unit and the units below it.
fn roles_in(context: &Context<'_>, unit: UnitId) -> Vec<RoleId> {
    let (mut roles, mut open, mut seen) = (Vec::new(), vec![unit], 0);
    while let Some(unit) = open.pop() {
        seen += 1;
        if seen > context.document.units().len() {
            break;
        }
        roles.extend(context.index.roles_of_unit(unit));
        open.extend(context.index.child_units(unit));
    }
    roles
}
