//! The same step in several flows, done by different units.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Meta;
use super::Threshold;
use crate::analysis::likeness::{Alike, Pair, Why};
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

/// Who does a step where.
#[derive(Clone, Copy, PartialEq)]
struct Done {
    id: StepId,
    process: ProcessId,
    performer: Option<Actor>,
    unit: Option<UnitId>,
    /// Whether it is done by a system or in the process that it calls, so that nobody does it apart.
    elsewhere: bool,
}

impl Done {
    fn is_apart_from(&self, other: &Self) -> bool {
        self.process != other.process && self.unit.is_some() && other.unit.is_some() && self.unit != other.unit
    }
}

/// Alike steps of several units, with the two of them that are least alike.
#[derive(Clone, PartialEq)]
struct Group {
    steps: Vec<StepId>,
    weakest: [StepId; 2],
    likeness: f64,
    why: Why,
}

/// The groups by their first steps, and the steps that are like one of another process.
struct Found {
    groups: Vec<(StepId, Group)>,
    looked_at: Vec<Done>,
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    if context.document.processes().len() < 2 {
        return;
    }
    let parts = context.gather(&(), context.document.steps().ids(), |context, (), ids: &[StepId]| {
        ids.iter().filter_map(|id| done(context, *id)).collect::<Vec<Done>>()
    });
    let steps: Vec<Done> = parts.iter().flat_map(|part| part.iter().copied()).collect();
    let alike = context.alike_steps(sink.threshold("likeness"));
    let found = context.once(&(alike, Arc::new(steps)), |context, (alike, steps)| gather(context, alike, steps));
    context.each(sink, &(), found.groups.iter().cloned(), report);
    sink.missing(
        "step like one of another process has no performer",
        "steps like those of other processes have no performer",
        found.looked_at.iter().filter(|step| step.performer.is_none()).map(|step| step.id),
    );
    let in_unit = |actor: &Actor| !matches!(actor, Actor::System(_) | Actor::External(_));
    sink.missing(
        "performer of such a step belongs to no unit",
        "performers of such steps belong to no unit",
        found.looked_at.iter().filter(|step| step.unit.is_none()).filter_map(|step| step.performer.filter(in_unit)),
    );
}

fn done(context: &Context<'_>, id: StepId) -> Option<Done> {
    let step = context.document.steps().get(id)?;
    let performer = context.index.performer(id);
    let inside = performer.filter(|actor| !matches!(actor, Actor::System(_) | Actor::External(_)));
    let unit = inside.and_then(|actor| context.document.unit_of_actor(actor));
    let elsewhere = step.kind.is_automatic() || step.calls.is_some();
    Some(Done { id, process: step.process, performer, unit, elsewhere })
}

/// Gathers alike steps; `steps` are those of the table in its order, as in `alike`.
fn gather(context: &Context<'_>, alike: &Alike, steps: &[Done]) -> Found {
    let mut earlier: Vec<usize> = (0..steps.len()).collect();
    let mut looked_at = vec![false; steps.len()];
    let crowds = || alike.crowds().iter().filter(|crowds| crowds.same_object);
    for (count, crowds) in crowds().enumerate() {
        if context.is_cancelled(count) {
            break;
        }
        let [one, other] = [crowds.pair.a, crowds.pair.b].map(|crowd| alike.texts_of(crowd));
        note_looked_at(steps, one, other, &mut looked_at);
        for_apart(steps, one, other, |a, b| {
            let (a, b) = (first_of(&mut earlier, a), first_of(&mut earlier, b));
            if let Some(slot) = earlier.get_mut(a.max(b)) {
                *slot = a.min(b);
            }
        });
    }
    let mut weakest: BTreeMap<usize, Weakest> = BTreeMap::new();
    for crowds in crowds() {
        let [one, other] = [crowds.pair.a, crowds.pair.b].map(|crowd| alike.texts_of(crowd));
        for_apart(steps, one, other, |a, b| {
            let pair = Pair { a: a.min(b), b: a.max(b), ..crowds.pair };
            let group = weakest.entry(first_of(&mut earlier, a)).or_insert_with(|| Weakest { pair, steps: Vec::new() });
            group.steps.extend([a, b]);
            let order = |pair: &Pair| (pair.a, pair.b);
            if pair.likeness.total_cmp(&group.pair.likeness).then(order(&pair).cmp(&order(&group.pair))).is_lt() {
                group.pair = pair;
            }
        });
    }
    let groups = weakest.into_values().filter_map(|group| group.told(steps)).collect();
    let looked_at = steps.iter().zip(&looked_at).filter(|(_, looked)| **looked).map(|(step, _)| *step).collect();
    Found { groups, looked_at }
}

/// Notes the steps of two alike crowds that have one like them in another process.
fn note_looked_at(steps: &[Done], one: &[usize], other: &[usize], looked_at: &mut [bool]) {
    for (crowd, facing) in [(one, other), (other, one)] {
        let process = |place: &usize| steps.get(*place).filter(|step| !step.elsewhere).map(|step| step.process);
        let mut facing = facing.iter().filter_map(process);
        let Some(first) = facing.next() else { continue };
        let several = facing.any(|process| process != first);
        for place in crowd {
            if let (Some(process), Some(slot)) = (process(place), looked_at.get_mut(*place)) {
                *slot |= several || process != first;
            }
        }
    }
}

/// Calls back with the steps of two alike crowds, or of one, that different units do in different processes.
fn for_apart(steps: &[Done], one: &[usize], other: &[usize], mut found: impl FnMut(usize, usize)) {
    let is_one = one.first() == other.first();
    for (place, a) in one.iter().enumerate() {
        let Some(first) = steps.get(*a).filter(|step| !step.elsewhere && step.unit.is_some()) else { continue };
        // Of one crowd each two once.
        for b in other.get(if is_one { place + 1 } else { 0 }..).unwrap_or_default() {
            if steps.get(*b).is_some_and(|second| !second.elsewhere && first.is_apart_from(second)) {
                found(*a, *b);
            }
        }
    }
}

/// Alike steps by their places, and the pair that is least alike.
struct Weakest {
    pair: Pair,
    steps: Vec<usize>,
}

impl Weakest {
    fn told(mut self, steps: &[Done]) -> Option<(StepId, Group)> {
        self.steps.sort_unstable();
        self.steps.dedup();
        let id = |place: &usize| steps.get(*place).map(|step| step.id);
        let members: Vec<StepId> = self.steps.iter().filter_map(id).collect();
        let weakest = [id(&self.pair.a)?, id(&self.pair.b)?];
        let first = *members.first()?;
        Some((first, Group { steps: members, weakest, likeness: self.pair.likeness, why: self.pair.why }))
    }
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

fn report(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), (_, group): &(StepId, Group)) {
    let members: Vec<Done> = group.steps.iter().filter_map(|id| done(context, *id)).collect();
    let mut units: Vec<UnitId> = members.iter().filter_map(|done| done.unit).collect();
    units.sort_unstable();
    units.dedup();
    let places: Vec<String> = members
        .iter()
        .map(|done| {
            let performer = done.performer.map_or_else(String::new, |actor| context.name(actor));
            let unit = done.unit.map_or_else(String::new, |unit| format!(" of {}", context.name(unit)));
            format!("{} in {} ({performer}{unit})", context.quoted(done.id), context.quoted(done.process))
        })
        .collect();
    let message = format!("{} units do the same step apart: {}.", units.len(), words::joined(&places));
    let [a, b] = group.weakest.map(|id| context.quoted(id));
    let mut finding = Finding::new(message)
        .about(group.steps.iter().copied())
        .formula(format!("likeness of {a} and {b} = {} ({}), same object", words::number(group.likeness), group.why))
        .number("likeness", group.likeness)
        .number("steps", members.len() as f64)
        .number("units", units.len() as f64);
    for done in &members {
        finding = finding.criticality(context.criticality(done.process));
    }
    let first = members.first().map_or_else(String::new, |done| context.quoted(done.id));
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
