//! Sister units that do the same process in ways of their own, and nobody has said why.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};

use super::Meta;
use super::flows::ours;
use crate::analysis::likeness::Alike;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "DU-09",
    title: "Local variant nobody meant",
    severity: Severity::Low,
    why: "Small differences that nobody meant cost training, spare parts and comparable figures, and nobody gains \
              by them.",
    wrong: "“Refund” in Shop North and in Shop South are 82 % the same; in one the till is counted, in the other not",
    right: "A common core and one local option, with a reason written down",
    formula: "processes of one purpose, case aside, whose owners sit in different units below the same unit: \
              likeness = (2 × matched steps ÷ steps of both + 2 × matched moves ÷ moves of both) ÷ 2, between low \
              and high, and no reason given in either. Steps match one to one, with labels at least so much alike \
              and the same object (as in DU-02); a move leads from a step to the next, past gateways and events, \
              and matches where both its ends do. Without any move the steps count alone",
    source: Source::Literature(
        "graph similarity of process models (Dijkman and others); standards and local \
              autonomy",
    ),
    thresholds: &[
        ours("low", 0.6, "of 1", "less alike flows are different ones", "more than half of steps and moves"),
        ours("high", 0.99, "of 1", "more alike flows are one", "nothing differs"),
        ours("likeness", 0.8, "of 1", "from here on two labels mean the same", "as in DU-02"),
        ours("steps", 3.0, "steps", "shorter flows are left out", "two may be alike by chance"),
    ],
    remedies: &["Agree on a common core with local options.", "Write down why it is done otherwise here."],
};

/// A process with a purpose, and the unit of its owner.
struct Local<'c> {
    id: ProcessId,
    process: &'c Process,
    unit: UnitId,
}

/// Two processes and how alike they are.
struct Variant {
    one: ProcessId,
    other: ProcessId,
    likeness: Likeness,
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut by_purpose: BTreeMap<String, Vec<(ProcessId, &Process)>> = BTreeMap::new();
    for (id, process) in context.document.processes().iter() {
        let purpose = process.purpose.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        if !purpose.is_empty() {
            by_purpose.entry(purpose).or_default().push((id, process));
        }
    }
    by_purpose.retain(|_, processes| processes.len() > 1);
    if by_purpose.is_empty() {
        return;
    }
    let flows = Flows::new(context, &context.alike_steps(sink.threshold("likeness")));
    let mut homeless = Vec::new();
    for (count, processes) in by_purpose.into_values().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let mut sisters: BTreeMap<UnitId, Vec<Local<'_>>> = BTreeMap::new();
        for (id, process) in processes {
            let unit = process.owner.and_then(|owner| context.document.unit_of_actor(Actor::Role(owner)));
            let Some(unit) = unit else {
                homeless.push(id);
                continue;
            };
            if let Some(above) = context.document.units().get(unit).and_then(|unit| unit.parent) {
                sisters.entry(above).or_default().push(Local { id, process, unit });
            }
        }
        for locals in sisters.into_values() {
            let variants = variants(context, sink, &flows, &locals);
            report(context, sink, &locals, &variants);
        }
    }
    sink.missing(
        "process shares its purpose with another one and has no owner in a unit",
        "processes share their purpose with others and have no owner in a unit",
        homeless,
    );
}

/// The pairs of different units that are alike and not the same, and differ without a reason.
fn variants(context: &Context<'_>, sink: &Sink<'_>, flows: &Flows<'_>, locals: &[Local<'_>]) -> Vec<Variant> {
    let is_long = |local: &Local<'_>| context.index.steps_of(local.id).len() as f64 >= sink.threshold("steps");
    let is_meant = |local: &Local<'_>| !local.process.variant_on_purpose.trim().is_empty();
    let mut found = Vec::new();
    for (place, one) in locals.iter().enumerate().filter(|(_, local)| is_long(local) && !is_meant(local)) {
        let others = locals.iter().skip(place + 1).filter(|local| is_long(local) && !is_meant(local));
        for other in others.filter(|other| other.unit != one.unit) {
            let likeness = flows.compare(one.id, other.id);
            let share = likeness.share();
            if share >= sink.threshold("low") && share <= sink.threshold("high") {
                found.push(Variant { one: one.id, other: other.id, likeness });
            }
        }
    }
    found
}

fn report(context: &Context<'_>, sink: &mut Sink<'_>, locals: &[Local<'_>], variants: &[Variant]) {
    let by_share = |a: &&Variant, b: &&Variant| a.likeness.share().total_cmp(&b.likeness.share());
    let Some(least) = variants.iter().min_by(by_share) else { return };
    let is_in = |local: &&Local<'_>| variants.iter().any(|one| one.one == local.id || one.other == local.id);
    let members: Vec<&Local<'_>> = locals.iter().filter(is_in).collect();
    let units: BTreeSet<UnitId> = members.iter().map(|local| local.unit).collect();
    let names: Vec<String> =
        members.iter().map(|local| format!("{} of {}", context.quoted(local.id), context.name(local.unit))).collect();
    let Likeness { steps, moves, differing } = &least.likeness;
    let (one, other) = (context.quoted(least.one), context.quoted(least.other));
    let differ = match differing.as_slice() {
        [] => "the order differs".to_owned(),
        steps => format!("only one of them has {}", words::quoted_list(context.document, steps.iter().copied())),
    };
    let share = least.likeness.share();
    let moved = moves.map_or_else(String::new, |moves| format!(", moves {}", moves.text()));
    let mut finding = Finding::new(format!(
        "{} serve one purpose; {one} and {other} are {} the same: {differ}.",
        words::joined(&names),
        words::percent(share)
    ))
    .about(members.iter().map(|local| local.id))
    .about(differing.iter().copied())
    .formula(format!("steps {}{moved}; likeness = {}", steps.text(), words::number(share)))
    .number("likeness", share)
    .number("processes", members.len() as f64)
    .number("units", units.len() as f64);
    for local in &members {
        finding = finding.criticality(local.process.criticality);
    }
    let units = words::named_list(context.document, units);
    sink.report(
        finding
            .remedy(format!("Let {units} agree on a common core, and on which options are local."))
            .remedy("If one of them has to differ, write down why, in “Differs because”."),
    );
}

/// How many of two lists have their like in the other one.
#[derive(Clone, Copy)]
struct Matched {
    pairs: usize,
    all: usize,
}

impl Matched {
    fn share(self) -> f64 {
        2.0 * self.pairs as f64 / self.all.max(1) as f64
    }

    fn text(self) -> String {
        format!("2 × {} ÷ {} = {}", self.pairs, self.all, words::number(self.share()))
    }
}

/// How alike two flows are.
struct Likeness {
    steps: Matched,
    /// None where neither has a move.
    moves: Option<Matched>,
    /// Steps without their like.
    differing: Vec<StepId>,
}

impl Likeness {
    fn share(&self) -> f64 {
        self.moves.map_or(self.steps.share(), |moves| f64::midpoint(self.steps.share(), moves.share()))
    }
}

/// What is known of the steps of all flows.
struct Flows<'c> {
    context: &'c Context<'c>,
    crowd_of: FxHashMap<StepId, usize>,
    /// Alike crowds with the same object, both ways.
    alike: FxHashSet<(usize, usize)>,
}

impl<'c> Flows<'c> {
    fn new(context: &'c Context<'c>, alike: &Alike) -> Self {
        let places = context.document.steps().ids().enumerate();
        let crowd_of = places.filter_map(|(place, id)| Some((id, alike.crowd_of(place)?))).collect();
        let same = alike.crowds().iter().filter(|crowds| crowds.same_object);
        let both = same.flat_map(|crowds| [(crowds.pair.a, crowds.pair.b), (crowds.pair.b, crowds.pair.a)]);
        Self { context, crowd_of, alike: both.collect() }
    }

    fn compare(&self, one: ProcessId, other: ProcessId) -> Likeness {
        let (first, second) = (self.context.index.steps_of(one), self.context.index.steps_of(other));
        let matched = self.matched(first, second);
        let taken: FxHashSet<StepId> = matched.values().copied().collect();
        let alone = first.iter().filter(|step| !matched.contains_key(step));
        let differing = alone.chain(second.iter().filter(|step| !taken.contains(step))).copied().collect();
        let (here, there) = (self.moves(first), self.moves(second));
        let there_too = |(from, to): &&(StepId, StepId)| {
            matched.get(from).zip(matched.get(to)).is_some_and(|(from, to)| there.contains(&(*from, *to)))
        };
        let moves = Matched { pairs: here.iter().filter(there_too).count(), all: here.len() + there.len() };
        Likeness {
            steps: Matched { pairs: matched.len(), all: first.len() + second.len() },
            moves: (moves.all > 0).then_some(moves),
            differing,
        }
    }

    /// Each step with its like: first those with the same words, then alike ones, in their order.
    fn matched(&self, first: &[StepId], second: &[StepId]) -> FxHashMap<StepId, StepId> {
        let mut matched: FxHashMap<StepId, StepId> = FxHashMap::default();
        let mut taken: FxHashSet<StepId> = FxHashSet::default();
        for needs_same_words in [true, false] {
            for step in first {
                if matched.contains_key(step) {
                    continue;
                }
                let fits = |other: &&StepId| !taken.contains(other) && self.is_like(*step, **other, needs_same_words);
                if let Some(other) = second.iter().find(fits) {
                    matched.insert(*step, *other);
                    taken.insert(*other);
                }
            }
        }
        matched
    }

    fn is_like(&self, one: StepId, other: StepId, needs_same_words: bool) -> bool {
        let (Some(a), Some(b)) = (self.crowd_of.get(&one), self.crowd_of.get(&other)) else { return false };
        a == b || (!needs_same_words && self.alike.contains(&(*a, *b)))
    }

    /// The moves from a step to the next ones, past gateways and events.
    fn moves(&self, steps: &[StepId]) -> BTreeSet<(StepId, StepId)> {
        let mut found = BTreeSet::new();
        for step in steps {
            let start = FlowNode::Step(*step);
            let (mut seen, mut open) = (BTreeSet::from([start]), vec![start]);
            while let Some(node) = open.pop() {
                for flow in self.context.index.flows_out(node) {
                    match self.context.document.flows().get(*flow).map(|flow| flow.to) {
                        Some(FlowNode::Step(next)) => {
                            found.insert((*step, next));
                        }
                        Some(node) if seen.insert(node) => open.push(node),
                        _ => {}
                    }
                }
            }
        }
        found
    }
}
