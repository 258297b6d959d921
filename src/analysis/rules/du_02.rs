//! The same step in several flows, done by different units.

use rustc_hash::FxHashMap;

use super::Meta;
use super::Threshold;
use crate::analysis::likeness::Pair;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "DU-02",
    title: "Same step in several places",
    severity: Severity::Medium,
    why: "Units that do the same work apart learn it apart, do it differently, and pay for it twice.",
    wrong: "“Check invoice” by Clerk (Shop North) in “Order” and “Verify invoices” by Accountant (Office) in “Purchase”",
    right: "“Check invoice” by Accountant (Office) for both",
    formula: "likeness of two labels ≥ threshold, with the same object, in two processes, performers in different \
              units. Likeness = the larger of shared words ÷ all words (stems, synonyms counted as one) and \
              1 − letters to change ÷ letters of the longer label (words in alphabetical order). Object = the words \
              without the verb; one misspelt word is no other object. Alike steps are gathered into one finding",
    source: Source::Literature("clone detection in collections of process models"),
    thresholds: &[Threshold {
        name: "likeness",
        default: 0.8,
        unit: "of 1",
        meaning: "from here on two labels mean the same",
        source: Source::Ours("tells “Approve refund / Approve refunds” from “Check stock / Count stock”"),
    }],
    remedies: &[
        "Let one unit do it for all, as a shared service.",
        "Give the step one owner, who sets how it is done everywhere.",
        "Draw it once, as a process of its own that the others use.",
    ],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    if document.processes().len() < 2 {
        return;
    }
    let steps: Vec<(StepId, &Step)> = document.steps().iter().collect();
    let (mut unperformed, mut unplaced) = (Vec::new(), Vec::new());
    let threshold = sink.threshold("likeness");
    let alike = context.alike_steps(threshold);
    let phrases = &alike.phrases;
    let mut links = Vec::new();
    for (count, pair) in alike.pairs.iter().copied().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let (Some((a, first)), Some((b, second))) = (steps.get(pair.a), steps.get(pair.b)) else { continue };
        let (Some(phrase), Some(other)) = (phrases.get(pair.a), phrases.get(pair.b)) else { continue };
        if first.process == second.process
            || is_done_elsewhere(first)
            || is_done_elsewhere(second)
            || !phrase.has_same_object(other, threshold)
        {
            continue;
        }
        let mut unit_of = |id: StepId| match context.index.performer(id) {
            None => {
                unperformed.push(id);
                None
            }
            Some(Actor::System(_) | Actor::External(_)) => None,
            Some(actor) => {
                let unit = document.unit_of_actor(actor);
                if unit.is_none() {
                    unplaced.push(actor);
                }
                unit
            }
        };
        let units = (unit_of(*a), unit_of(*b));
        if units.0.is_some() && units.1.is_some() && units.0 != units.1 {
            links.push(pair);
        }
    }
    for group in groups(steps.len(), &links) {
        report(context, sink, &steps, &group);
    }
    sink.missing(
        "step like one of another process has no performer",
        "steps like those of other processes have no performer",
        unperformed,
    );
    sink.missing("performer of such a step belongs to no unit", "performers of such steps belong to no unit", unplaced);
}

/// Steps that are alike, directly or through others, with the pairs among them.
struct Group {
    steps: Vec<usize>,
    pairs: Vec<Pair>,
}

fn groups(count: usize, links: &[Pair]) -> Vec<Group> {
    // Each step knows an earlier one of its group, or itself; the way ends at the first.
    let mut earlier: Vec<usize> = (0..count).collect();
    for link in links {
        let (a, b) = (first_of(&mut earlier, link.a), first_of(&mut earlier, link.b));
        if let Some(slot) = earlier.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
    let mut place_of: FxHashMap<usize, usize> = FxHashMap::default();
    let mut groups: Vec<Group> = Vec::new();
    for link in links {
        let place = *place_of.entry(first_of(&mut earlier, link.a)).or_insert(groups.len());
        if place == groups.len() {
            groups.push(Group { steps: Vec::new(), pairs: Vec::new() });
        }
        let Some(group) = groups.get_mut(place) else { continue };
        group.steps.extend([link.a, link.b]);
        group.pairs.push(*link);
    }
    for group in &mut groups {
        group.steps.sort_unstable();
        group.steps.dedup();
    }
    groups
}

/// The first of the group of a step; the way to it becomes shorter.
fn first_of(earlier: &mut [usize], mut step: usize) -> usize {
    while let Some(up) = earlier.get(step).copied().filter(|up| *up != step) {
        let above = earlier.get(up).copied().unwrap_or(up);
        if let Some(slot) = earlier.get_mut(step) {
            *slot = above;
        }
        step = up;
    }
    step
}

/// Whether a step is done by a system or in the process that it calls, so that nobody does it apart.
fn is_done_elsewhere(step: &Step) -> bool {
    step.kind.is_automatic() || step.calls.is_some()
}

fn report(context: &Context<'_>, sink: &mut Sink<'_>, steps: &[(StepId, &Step)], group: &Group) {
    let members: Vec<(StepId, &Step)> = group.steps.iter().filter_map(|place| steps.get(*place).copied()).collect();
    let unit_of = |id: StepId| context.index.performer(id).and_then(|actor| context.document.unit_of_actor(actor));
    let mut units: Vec<UnitId> = members.iter().filter_map(|(id, _)| unit_of(*id)).collect();
    units.sort_unstable();
    units.dedup();
    let places: Vec<String> = members
        .iter()
        .map(|(id, step)| {
            let performer = context.index.performer(*id).map_or_else(String::new, |actor| context.name(actor));
            let unit = unit_of(*id).map_or_else(String::new, |unit| format!(" of {}", context.name(unit)));
            format!("{} in {} ({performer}{unit})", context.quoted(*id), context.quoted(step.process))
        })
        .collect();
    let message = format!("{} units do the same step apart: {}.", units.len(), words::joined(&places));
    let likeness = group.pairs.iter().map(|pair| pair.likeness).min_by(f64::total_cmp).unwrap_or(1.0);
    let name = |place: usize| steps.get(place).map_or_else(String::new, |(id, _)| context.quoted(*id));
    let weakest = group.pairs.iter().find(|pair| pair.likeness <= likeness);
    let formula = weakest.map_or_else(String::new, |pair| {
        let (a, b) = (name(pair.a), name(pair.b));
        format!("likeness of {a} and {b} = {} ({}), same object", words::number(pair.likeness), pair.why)
    });
    let mut finding = Finding::new(message)
        .about(members.iter().map(|(id, _)| *id))
        .formula(formula)
        .number("likeness", likeness)
        .number("steps", members.len() as f64)
        .number("units", units.len() as f64);
    for (_, step) in &members {
        finding = finding.criticality(context.criticality(step.process));
    }
    let first = members.first().map_or_else(String::new, |(id, _)| context.quoted(*id));
    let unit_names = words::named_list(context.document, units);
    sink.report(
        finding
            .remedy(format!("Let one of {unit_names} do {first} for the others."))
            .remedy("If it has to stay in several places, name one owner who sets how it is done."),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::{findings, silence};

    /// Steps of one process each, performed by a role in a unit of its own; equal unit names are one unit.
    fn steps(labels: &[(&str, &str)]) -> Document {
        let mut document = Document::default();
        let mut units: Vec<(&str, UnitId)> = Vec::new();
        for (label, unit) in labels {
            let known = units.iter().find(|(name, _)| name == unit).map(|(_, id)| *id);
            let id = known.unwrap_or_else(|| document.insert(Unit::new(*unit)));
            units.push((unit, id));
            let role = document.insert(Role { unit: Some(id), ..Role::new(format!("Clerk {unit}")) });
            let process = document.insert(Process::new(format!("Flow {unit}")));
            document.insert(Step { performer: Some(Actor::Role(role)), ..Step::new(process, *label) });
        }
        document
    }

    #[test]
    fn alike_steps_of_different_units_are_gathered() {
        let document =
            steps(&[("Check invoice", "Shop"), ("Bake bread", "Bakehouse"), ("Verify the invoices", "Office")]);
        let found = findings("DU-02", &document);
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(
            finding.message,
            "2 units do the same step apart: “Check invoice” in “Flow Shop” (Clerk Shop of Shop) and “Verify the \
             invoices” in “Flow Office” (Clerk Office of Office)."
        );
        assert_eq!(finding.number_named("likeness"), Some(1.0));
        assert!(finding.formula.text.contains("= 1 (2 of 2 words shared), same object"));
    }

    #[test]
    fn three_shops_make_one_finding() {
        let document = steps(&[("Count stock", "North"), ("Count the stock", "South"), ("Stock counting", "East")]);
        let found = findings("DU-02", &document);
        assert_eq!(found.len(), 1);
        assert_eq!(found.first().unwrap().number_named("units"), Some(3.0));
    }

    #[test]
    fn other_verbs_other_objects_and_the_same_unit_are_left_alone() {
        for labels in [
            [("Check stock", "Shop"), ("Count stock", "Office")],
            [("Check stock in cold room one", "Shop"), ("Check stock in cold room two", "Office")],
            [("Check invoice", "Shop"), ("Check invoice", "Shop")],
        ] {
            assert!(findings("DU-02", &steps(&labels)).is_empty(), "{labels:?}");
        }
    }

    #[test]
    fn performers_without_a_unit_are_named_as_missing() {
        let mut document = steps(&[("Check invoice", "Shop"), ("Check invoice", "Office")]);
        let role = document.roles().ids().next().unwrap();
        document.get_mut::<Role>(role).unwrap().unit = None;
        assert!(findings("DU-02", &document).is_empty());
        assert_eq!(silence("DU-02", &document).unwrap().missing.first().unwrap().elements, [role.into()]);
    }

    #[test]
    fn the_threshold_may_be_moved() {
        let mut document = steps(&[("Order flour and yeast", "Shop"), ("Procure flour and yeast", "Office")]);
        assert!(findings("DU-02", &document).is_empty());
        document.project_mut().thresholds.insert("DU-02.likeness".into(), 0.5);
        assert_eq!(findings("DU-02", &document).len(), 1);
    }
}
