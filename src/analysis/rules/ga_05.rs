//! Hand-overs to another unit with nothing in the hand.

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GA-05",
    title: "Handed over with nothing in the hand",
    severity: Severity::Medium,
    why: "Where nobody has said what is handed over, half of it comes back with questions.",
    wrong: "“Plan the batch” in the bakehouse → “Pack the order” in the shop, 150 times a week, nothing named",
    right: "The packing list goes with it",
    formula: "moves from a step to one of another unit that nothing on the way names an artefact for, whose receiving step states \
              no input, cases a week ≥ per_week; those between two performers of a process are one finding",
    source: Source::Literature("waste of hand-offs (Lean office)"),
    thresholds: &[ours("per_week", 5.0, "a week", "from here on it is reported", "once a working day")],
    remedies: &[
        "Write down what has to be there before it is handed over.",
        "Name the form, list or record that goes along.",
    ],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.processes().ids(), check_process);
}

fn check_process(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &process: &ProcessId) {
    let document = context.document;
    let Some(record) = context.document.processes().get(process) else { return };
    let Some(cases) = record.cases.map(Rate::per_week) else { return };
    let mut found: Vec<((Actor, Actor), f64, Vec<StepId>)> = Vec::new();
    for pass in context.handovers.passes(process) {
        let (Some(from), Some(to)) = (context.index.performer(pass.from), context.index.performer(pass.to)) else {
            continue;
        };
        let (one, other) = (document.unit_of_actor(from), document.unit_of_actor(to));
        let crosses = one.is_some() && other.is_some() && one != other;
        let says_input = document.steps().get(pass.to).is_some_and(|step| !step.inputs.is_empty());
        if from == to || !crosses || pass.carries || says_input {
            continue;
        }
        match found.iter_mut().find(|(pair, ..)| *pair == (from, to)) {
            Some((_, sum, steps)) => {
                *sum += pass.per_case * cases;
                steps.extend([pass.from, pass.to]);
            }
            None => found.push(((from, to), pass.per_case * cases, vec![pass.from, pass.to])),
        }
    }
    for ((from, to), times, steps) in
        found.into_iter().filter(|(_, times, _)| *times >= sink.threshold("per_week") - 1e-9).collect::<Vec<_>>()
    {
        let (giver, taker) = (context.name(from), context.name(to));
        sink.report(
            Finding::new(format!(
                "{giver} hands work to {taker} {} times a week in {}, and nothing says what goes along.",
                words::number(times),
                context.quoted(process)
            ))
            .about([from, to])
            .about(steps)
            .formula(format!("hand-overs a week without an artefact = {}", words::number(times)))
            .number("per_week", times)
            .criticality(record.criticality)
            .remedy(format!("Name what {taker} needs to begin, and write it on the arrow or as an input of the step.")),
        );
    }
}
