//! The same run of steps in two flows.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Meta;
use super::flows::{only, ours};
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
    let places: FxHashMap<StepId, usize> = steps.iter().enumerate().map(|(place, id)| (*id, place)).collect();
    let threshold = sink.threshold("likeness");
    let alike = context.alike_steps(threshold);
    let next: Vec<Option<usize>> = steps.iter().map(|id| next_step(context, *id, &places)).collect();
    let mut before: Vec<Option<usize>> = vec![None; steps.len()];
    for (place, after) in next.iter().enumerate() {
        if let Some(slot) = after.and_then(|after| before.get_mut(after)) {
            *slot = Some(place);
        }
    }
    let same_object = |a: usize, b: usize| match (alike.phrases.get(a), alike.phrases.get(b)) {
        (Some(one), Some(other)) => one.has_same_object(other, threshold),
        _ => false,
    };
    let known: FxHashSet<(usize, usize)> =
        alike.pairs.iter().flat_map(|pair| [(pair.a, pair.b), (pair.b, pair.a)]).collect();
    let is_pair = |a: usize, b: usize| known.contains(&(a, b)) && same_object(a, b);
    let at = |list: &[Option<usize>], place: usize| list.get(place).copied().flatten();
    for (count, pair) in alike.pairs.iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let (mut a, mut b) = (pair.a, pair.b);
        // A run is looked at from its first pair.
        let later = at(&next, a).zip(at(&next, b));
        let earlier = at(&before, a).zip(at(&before, b));
        if !later.is_some_and(|later| known.contains(&later))
            || !same_object(a, b)
            || earlier.is_some_and(|(c, d)| is_pair(c, d))
        {
            continue;
        }
        let (mut first, mut second) = (vec![a], vec![b]);
        while let Some((c, d)) = at(&next, a).zip(at(&next, b)) {
            // Steps that all have one name are no run.
            let repeats = is_pair(a, c);
            if repeats
                || !is_pair(c, d)
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
        if (first.len() as f64) < sink.threshold("steps") {
            continue;
        }
        let run =
            |places: &[usize]| places.iter().filter_map(|place| steps.get(*place).copied()).collect::<Vec<StepId>>();
        report(context, sink, &run(&first), &run(&second));
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
