//! The same run of steps in two flows.

use rustc_hash::FxHashMap;

use super::Meta;
use super::flows::{only, ours};
use crate::analysis::likeness::Alike;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "DU-03",
    title: "Same run of steps twice",
    severity: Severity::Medium,
    why: "Steps copied from one flow into another are changed in one of them and forgotten in the other.",
    wrong: "“Check invoice → Approve invoice → Pay invoice” in “Purchase” and in “Rent”",
    right: "“Settle an invoice” is a process of its own that both call",
    formula: "steps that follow each other directly in two flows, or twice in one, each alike the one at its place in the other ≥ \
              likeness, with the same object: at least so many in a row",
    source: Source::Literature("clone detection in collections of process models"),
    thresholds: &[
        ours("steps", 3.0, "steps", "from here on it is reported", "two in a row may be chance"),
        ours("likeness", 0.8, "of 1", "from here on two labels mean the same", "as in DU-02"),
    ],
    remedies: &["Draw the run once, as a process or sub-flow that both use."],
};

/// Runs that are longer are cut here.
const LONGEST: usize = 100;

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let steps: Vec<StepId> = context.document.steps().ids().collect();
    let alike = context.alike_steps(sink.threshold("likeness"));
    let runs = Runs::new(context, &steps, &alike);
    let mut starts = runs.starts(context);
    starts.sort_unstable();
    starts.dedup();
    for (count, (a, b)) in starts.into_iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let (first, second) = runs.from(a, b);
        if (first.len() as f64) < sink.threshold("steps") {
            continue;
        }
        let run =
            |places: &[usize]| places.iter().filter_map(|place| steps.get(*place).copied()).collect::<Vec<StepId>>();
        report(context, sink, &run(&first), &run(&second));
    }
}

/// A step by what it says and what the next one says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Row {
    crowd: usize,
    after: usize,
    place: usize,
}

/// Steps by their places in the table, which of them follow each other, and which are alike.
struct Runs<'a> {
    alike: &'a Alike,
    next: Vec<Option<usize>>,
    before: Vec<Option<usize>>,
    /// Alike crowds, the smaller number first, and whether they have the same object.
    pairs: FxHashMap<(usize, usize), bool>,
}

impl<'a> Runs<'a> {
    fn new(context: &Context<'_>, steps: &[StepId], alike: &'a Alike) -> Self {
        let places: FxHashMap<StepId, usize> = steps.iter().enumerate().map(|(place, id)| (*id, place)).collect();
        let next: Vec<Option<usize>> = steps.iter().map(|id| next_step(context, *id, &places)).collect();
        let mut before: Vec<Option<usize>> = vec![None; steps.len()];
        for (place, after) in next.iter().enumerate() {
            if let Some(slot) = after.and_then(|after| before.get_mut(after)) {
                *slot = Some(place);
            }
        }
        let pairs = alike.crowds().iter().map(|crowds| ((crowds.pair.a, crowds.pair.b), crowds.same_object));
        Self { alike, next, before, pairs: pairs.collect() }
    }

    fn both(list: &[Option<usize>], a: usize, b: usize) -> Option<(usize, usize)> {
        let at = |place: usize| list.get(place).copied().flatten();
        at(a).zip(at(b))
    }

    /// Whether two steps are alike, and whether they have the same object; a step is not like itself.
    fn likeness(&self, a: usize, b: usize) -> Option<bool> {
        let (one, other) = (self.alike.crowd_of(a)?, self.alike.crowd_of(b)?);
        self.pairs.get(&(one.min(other), one.max(other))).copied().filter(|_| a != b)
    }

    fn is_pair(&self, a: usize, b: usize) -> bool {
        self.likeness(a, b) == Some(true)
    }

    /// Pairs of steps with which a run begins: alike, and so are those behind them, but not those before them.
    fn starts(&self, context: &Context<'_>) -> Vec<(usize, usize)> {
        let crowd_after = |place: usize| self.alike.crowd_of(self.next.get(place).copied().flatten()?);
        let row = |place: usize| Some(Row { crowd: self.alike.crowd_of(place)?, after: crowd_after(place)?, place });
        let mut rows: Vec<Row> = (0..self.next.len()).filter_map(row).collect();
        rows.sort_unstable();
        let of_crowd = |crowd: usize| {
            let start = rows.partition_point(|row| row.crowd < crowd);
            let rest = rows.get(start..).unwrap_or_default();
            rest.get(..rest.partition_point(|row| row.crowd == crowd)).unwrap_or_default()
        };
        let mut starts = Vec::new();
        for (count, crowds) in self.alike.crowds().iter().filter(|crowds| crowds.same_object).enumerate() {
            if context.is_cancelled(count) {
                break;
            }
            let (one, other) = (of_crowd(crowds.pair.a), of_crowd(crowds.pair.b));
            for firsts in one.chunk_by(|a, b| a.after == b.after) {
                for seconds in other.chunk_by(|a, b| a.after == b.after) {
                    let (Some(first), Some(second)) = (firsts.first(), seconds.first()) else { continue };
                    let key = (first.after.min(second.after), first.after.max(second.after));
                    if self.pairs.contains_key(&key) {
                        self.add_starts(firsts, seconds, &mut starts);
                    }
                }
            }
        }
        starts
    }

    fn add_starts(&self, firsts: &[Row], seconds: &[Row], starts: &mut Vec<(usize, usize)>) {
        for a in firsts.iter().map(|row| row.place) {
            for b in seconds.iter().map(|row| row.place).filter(|b| *b != a) {
                let (a, b) = (a.min(b), a.max(b));
                let goes_on = Self::both(&self.next, a, b).is_some_and(|(c, d)| self.likeness(c, d).is_some());
                let began = Self::both(&self.before, a, b).is_some_and(|(c, d)| self.is_pair(c, d));
                if goes_on && !began {
                    starts.push((a, b));
                }
            }
        }
    }

    /// The two runs that begin with a pair of steps.
    fn from(&self, mut a: usize, mut b: usize) -> (Vec<usize>, Vec<usize>) {
        let (mut first, mut second) = (vec![a], vec![b]);
        while let Some((c, d)) = Self::both(&self.next, a, b) {
            // Steps that all have one name are no run.
            let repeats = self.is_pair(a, c);
            if repeats
                || !self.is_pair(c, d)
                || first.len() >= LONGEST
                || first.contains(&c)
                || second.contains(&d)
                || first.contains(&d)
            {
                break;
            }
            (a, b) = (c, d);
            first.push(c);
            second.push(d);
        }
        (first, second)
    }
}

/// The step right behind a step, where nothing else is and nothing else leads to it.
fn next_step(context: &Context<'_>, id: StepId, places: &FxHashMap<StepId, usize>) -> Option<usize> {
    let flow = context.document.flows().get(only(context.index.flows_out(FlowNode::Step(id)))?)?;
    match flow.to {
        FlowNode::Step(next) if context.index.flows_in(flow.to).len() == 1 => places.get(&next).copied(),
        _ => None,
    }
}

fn report(context: &Context<'_>, sink: &mut Sink<'_>, first: &[StepId], second: &[StepId]) {
    let process =
        |steps: &[StepId]| steps.first().and_then(|id| context.document.steps().get(*id)).map(|step| step.process);
    let (Some(one), Some(other)) = (process(first), process(second)) else { return };
    let places = if one == other {
        format!("twice in {}", context.quoted(one))
    } else {
        format!("in {} and in {}", context.quoted(one), context.quoted(other))
    };
    sink.report(
        Finding::new(format!(
            "{} steps in a row stand {places}: {}.",
            first.len(),
            words::quoted_list(context.document, first.iter().copied())
        ))
        .about(first.iter().copied())
        .about(second.iter().copied())
        .formula(format!("steps in a row that are alike = {}", first.len()))
        .number("steps", first.len() as f64)
        .criticality(context.criticality(one))
        .criticality(context.criticality(other))
        .remedy("Draw them once, as a process of their own, and call it from both places."),
    );
}
