//! Sister units with different systems for the same purpose.

use std::collections::BTreeMap;

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "DU-08",
    title: "Two systems for one purpose",
    severity: Severity::Low,
    why: "Two systems are bought, learnt and kept twice, and their numbers cannot be added up.",
    wrong: "Shop North has one till program, Shop South another",
    right: "One till program in both shops, or a reason written down",
    formula: "systems with the same purpose, case aside, of which two serve different units below the same unit, and neither serves both",
    source: Source::Literature("shared services"),
    thresholds: &[],
    remedies: &["Agree on one of them.", "Write down why there are two."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    let mut by_purpose: BTreeMap<String, Vec<SystemId>> = BTreeMap::new();
    for (id, system) in document.systems().iter() {
        let purpose = system.purpose.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if !purpose.is_empty() && !system.serves.is_empty() {
            by_purpose.entry(purpose).or_default().push(id);
        }
    }
    for (count, systems) in by_purpose.into_values().filter(|systems| systems.len() > 1).enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let parent = |unit: UnitId| document.units().get(unit).and_then(|unit| unit.parent);
        let serves = |id: SystemId| document.systems().get(id).map_or(&[][..], |system| system.serves.as_slice());
        let mut apart: Vec<SystemId> = Vec::new();
        let mut units: Vec<UnitId> = Vec::new();
        for (place, one) in systems.iter().enumerate() {
            for other in systems.iter().skip(place + 1) {
                let pairs = serves(*one).iter().flat_map(|a| serves(*other).iter().map(move |b| (*a, *b)));
                let sisters: Vec<(UnitId, UnitId)> =
                    pairs.filter(|(a, b)| a != b && parent(*a).is_some() && parent(*a) == parent(*b)).collect();
                let shared = serves(*one).iter().any(|unit| serves(*other).contains(unit));
                if shared || sisters.is_empty() {
                    continue;
                }
                apart.extend([*one, *other]);
                units.extend(sisters.into_iter().flat_map(|(a, b)| [a, b]));
            }
        }
        units.sort_unstable();
        units.dedup();
        apart.sort_unstable();
        apart.dedup();
        let Some(first) = apart.first() else { continue };
        let purpose = document.systems().get(*first).map_or("", |system| system.purpose.as_str());
        sink.report(
            Finding::new(format!(
                "{} serve one purpose, “{purpose}”, in {}.",
                words::named_list(document, apart.iter().copied()),
                words::named_list(document, units.iter().copied())
            ))
            .about(apart.iter().copied())
            .about(units.iter().copied())
            .formula(format!("systems of one purpose in sister units = {}", apart.len()))
            .number("systems", apart.len() as f64)
            .number("units", units.len() as f64)
            .remedy("Agree on one of them, or write down why there are two."),
        );
    }
}
