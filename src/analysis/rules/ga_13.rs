//! Units that share something, and nobody settles who has it when.

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GA-13",
    title: "Shared, and nobody settles disputes",
    severity: Severity::Medium,
    why: "Two shops want the van on Saturday; without a rule the louder one has it.",
    wrong: "Three shops use the van; nobody looks after it",
    right: "The dispatcher looks after it and decides",
    formula: "systems that serve several units, none of them within another, with no role that looks after them, and bodies over \
              several units with no rule for conflicts that are tied",
    source: Source::Literature("conflict resolution in networks of units"),
    thresholds: &[],
    remedies: &["Name a role that settles it.", "Write a rule: who has it when."],
};

/// The units that a system serves, each once, and how many of them lie in none of the others.
pub(super) fn units_apart(document: &Document, system: &System) -> (Vec<UnitId>, usize) {
    let mut units: Vec<UnitId> = system.serves.clone();
    units.sort_unstable();
    units.dedup();
    let nested = |unit: &UnitId| units.iter().any(|other| other != unit && document.unit_is_within(*unit, *other));
    let apart = units.iter().filter(|unit| !nested(unit)).count();
    (units, apart)
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    for (count, (id, system)) in document.systems().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let (units, apart) = units_apart(document, system);
        if system.owner.is_some() || apart < 2 {
            continue;
        }
        let name = context.name(id);
        sink.report(
            Finding::new(format!(
                "{} share {name}, and nobody looks after it or settles who has it when.",
                words::named_list(document, units.iter().copied())
            ))
            .about([ElementRef::from(id)])
            .about(units.iter().copied())
            .formula(format!("units = {apart}, roles that look after it = 0"))
            .number("units", apart as f64)
            .remedy(format!("Name a role that looks after {name} and decides when two want it."))
            .remedy("Write a rule: who has it when."),
        );
    }
}
