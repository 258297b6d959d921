//! What the brand hangs on, done in several units, each as it likes.

use std::collections::{BTreeMap, BTreeSet};

use super::Meta;
use super::du_06::{is_check, next_step};
use super::flows::ours;
use crate::analysis::likeness::Alike;
use crate::analysis::{Context, Finding, Fix, FixChange, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "RI-13",
    title: "Quality left to chance",
    severity: Severity::Medium,
    why: "Customers take the worst of the places for the brand; without a standard or a check nobody knows which \
              one that is.",
    wrong: "“Bake croissants” is critical for quality and done in two bakehouses, with no recipe and nobody who \
              tastes",
    right: "One recipe for both, and a sample is tasted every morning",
    formula: "steps with labels at least so much alike and the same object (as in DU-02), one of them critical \
              for quality, done in so many units; reported where one of them states no standard and is not \
              checked: no step that checks right behind it and nobody who verifies it",
    source: Source::Literature("standards and local autonomy of distributed units"),
    thresholds: &[
        ours("likeness", 0.8, "of 1", "from here on two labels mean the same", "as in DU-02"),
        ours("units", 2.0, "units", "from here on it is reported", "one place keeps its own standard in its hands"),
    ],
    remedies: &["Write one standard for all of them.", "Look at a sample of each."],
};

/// A step of a group that somebody in a unit does.
struct Member<'c> {
    id: StepId,
    step: &'c Step,
    unit: UnitId,
    is_checked: bool,
}

impl Member<'_> {
    fn is_left_to_chance(&self) -> bool {
        self.step.standard.trim().is_empty() && !self.is_checked
    }
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let steps: Vec<(StepId, &Step)> = context.document.steps().iter().collect();
    let critical = || steps.iter().enumerate().filter(|(_, (_, step))| step.quality_critical);
    if critical().next().is_none() {
        return;
    }
    let unknown: Vec<StepId> =
        critical().map(|(_, (id, _))| *id).filter(|id| context.index.performer(*id).is_none()).collect();
    let alike = context.alike_steps(sink.threshold("likeness"));
    let neighbours = neighbours(&alike);
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    for (count, (place, _)) in critical().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let Some(crowd) = alike.crowd_of(place).filter(|crowd| !seen.contains(crowd)) else { continue };
        let crowds = reached(crowd, &neighbours);
        seen.extend(&crowds);
        let mut places: Vec<usize> = crowds.iter().flat_map(|crowd| alike.texts_of(*crowd)).copied().collect();
        places.sort_unstable();
        let of_group = places.iter().filter_map(|place| steps.get(*place));
        let members: Vec<Member<'_>> = of_group.filter_map(|(id, step)| member(context, *id, step)).collect();
        report(context, sink, &members);
    }
    sink.missing(
        "step that is critical for quality has no performer",
        "steps that are critical for quality have no performer",
        unknown,
    );
}

/// For each crowd of labels those of the same object that are alike.
fn neighbours(alike: &Alike) -> BTreeMap<usize, Vec<usize>> {
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for crowds in alike.crowds().iter().filter(|crowds| crowds.same_object && crowds.pair.a != crowds.pair.b) {
        found.entry(crowds.pair.a).or_default().push(crowds.pair.b);
        found.entry(crowds.pair.b).or_default().push(crowds.pair.a);
    }
    found
}

/// A crowd and all that are alike, directly or through others.
fn reached(start: usize, neighbours: &BTreeMap<usize, Vec<usize>>) -> BTreeSet<usize> {
    let (mut found, mut open) = (BTreeSet::from([start]), vec![start]);
    while let Some(crowd) = open.pop() {
        let next = neighbours.get(&crowd).into_iter().flatten();
        open.extend(next.filter(|next| found.insert(**next)));
    }
    found
}

fn member<'c>(context: &Context<'_>, id: StepId, step: &'c Step) -> Option<Member<'c>> {
    let performer = context.index.performer(id)?;
    if matches!(performer, Actor::System(_) | Actor::External(_)) || step.kind.is_automatic() || step.calls.is_some() {
        return None;
    }
    let unit = context.document.unit_of_actor(performer)?;
    let behind = next_step(context, id).and_then(|next| context.document.steps().get(next));
    let verified = context.index.rights_with(Subject::Step(id), Duty::Verify).next().is_some();
    Some(Member { id, step, unit, is_checked: verified || behind.is_some_and(is_check) })
}

fn report(context: &Context<'_>, sink: &mut Sink<'_>, members: &[Member<'_>]) {
    let units: BTreeSet<UnitId> = members.iter().map(|member| member.unit).collect();
    let open: Vec<&Member<'_>> = members.iter().filter(|member| member.is_left_to_chance()).collect();
    let Some(first) = open.first().filter(|_| units.len() as f64 >= sink.threshold("units")) else { return };
    let name = context.quoted(first.id);
    let places: BTreeSet<UnitId> = open.iter().map(|member| member.unit).collect();
    let places = words::named_list(context.document, places);
    let mut finding = Finding::new(format!(
        "{name} is critical for quality and done in {} units; in {places} it has no standard and no check.",
        units.len()
    ))
    .about(open.iter().map(|member| member.id))
    .about(members.iter().map(|member| member.id))
    .formula(format!("units = {}, steps without standard and check = {} of {}", units.len(), open.len(), members.len()))
    .number("units", units.len() as f64)
    .number("open_steps", open.len() as f64)
    .number("steps", members.len() as f64);
    for member in members {
        finding = finding.criticality(context.criticality(member.step.process));
    }
    let standard = members.iter().map(|member| member.step.standard.trim()).find(|standard| !standard.is_empty());
    finding = match standard {
        Some(standard) => {
            let changes = open.iter().map(|member| {
                let step = Step { standard: standard.to_owned(), ..member.step.clone() };
                FixChange::Replace(member.id.into(), step.into())
            });
            let fix = Fix {
                label: format!("Set the standard “{standard}” in {places}, too"),
                changes: changes.collect(),
            };
            finding.remedy_with(format!("Let “{standard}” hold in {places}, too."), fix)
        }
        None => finding.remedy(format!("Write one standard for {name}, and state it at each of the steps.")),
    };
    sink.report(finding.remedy("Look at a sample of each, in a step right behind or by somebody who verifies."));
}
