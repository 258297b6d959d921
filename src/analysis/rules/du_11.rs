//! One measure with two owners or two targets.

use std::collections::BTreeMap;

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "DU-11",
    title: "One measure, two targets",
    severity: Severity::Medium,
    why: "Two who are measured by the same number with different targets pull at it from both sides.",
    wrong: "Waste: bakehouse below 3 %, shops below 8 %",
    right: "Waste: 5 % together, answered for by the head baker",
    formula: "measures (KPIs) of roles and units that are alike ≥ likeness and have different targets; the same measure of a unit and \
              one of its own roles, or of sister units with one target, is one measure",
    source: Source::Literature("alignment of goals"),
    thresholds: &[ours("likeness", 0.8, "of 1", "from here on two measures are one", "as for labels of steps")],
    remedies: &["Agree on one target.", "Name one who answers for it."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    let of_units =
        document.units().iter().flat_map(|(id, unit)| unit.kpis.iter().map(move |kpi| (ElementRef::from(id), kpi)));
    let of_roles =
        document.roles().iter().flat_map(|(id, role)| role.kpis.iter().map(move |kpi| (ElementRef::from(id), kpi)));
    let all: Vec<(ElementRef, &Kpi)> = of_units.chain(of_roles).collect();
    let labels: Vec<&str> = all.iter().map(|(_, kpi)| kpi.name.as_str()).collect();
    let folded = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
    // Alike crowds of measures under the first of them.
    let alike = context.alike("measures", &labels, sink.threshold("likeness"));
    let mut first: Vec<usize> = (0..labels.len()).collect();
    for pair in alike.crowds().iter().map(|crowds| crowds.pair) {
        let (a, b) = (first.get(pair.a).copied().unwrap_or(pair.a), first.get(pair.b).copied().unwrap_or(pair.b));
        if a != b {
            for slot in first.iter_mut().filter(|slot| **slot == a.max(b)) {
                *slot = a.min(b);
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for place in 0..all.len() {
        let root = alike.crowd_of(place).and_then(|crowd| first.get(crowd).copied());
        groups.entry(root.unwrap_or(place)).or_default().push(place);
    }
    for (count, places) in groups.into_values().filter(|places| places.len() > 1).enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let members: Vec<(ElementRef, &Kpi)> = places.iter().filter_map(|place| all.get(*place).copied()).collect();
        let mut targets: Vec<String> =
            members.iter().map(|(_, kpi)| folded(&kpi.target)).filter(|target| !target.is_empty()).collect();
        targets.sort_unstable();
        targets.dedup();
        if targets.len() < 2 {
            continue;
        }
        let name = members.first().map_or("", |(_, kpi)| kpi.name.as_str());
        let shown: Vec<String> =
            members.iter().map(|(owner, kpi)| format!("{} {}", context.name(*owner), kpi.target)).collect();
        sink.report(
            Finding::new(format!("“{name}” has {} targets: {}.", targets.len(), words::joined(&shown)))
                .about(members.iter().map(|(owner, _)| *owner))
                .formula(format!("targets of one measure = {}", targets.len()))
                .number("targets", targets.len() as f64)
                .number("owners", members.len() as f64)
                .remedy("Agree on one target, and on one who answers for it."),
        );
    }
}
