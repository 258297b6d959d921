//! Work handed over between people who are hardly ever at work at the same time.

use std::collections::{BTreeMap, BTreeSet};

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "BN-15",
    title: "Never at work together",
    severity: Severity::Medium,
    why: "A question about what was handed over waits until the next day, and each answer that raises another \
              question one day more.",
    wrong: "The night shift hands 60 batches a week to the office; they share half an hour a day",
    right: "They share two hours, or a form says all that the office asks",
    formula: "hours a day in which both are at work < hours, between the performers of two steps that work passes \
              between, both ways together, at least so often a week. Hours are those of the role, else of its \
              unit or one above, by the clock of the unit; where neither unit says how far its clock is ahead of \
              UTC, it is one clock",
    source: Source::Ours("waiting by unavailability (BN-06), seen in the hours of both"),
    thresholds: &[
        ours("hours", 2.0, "hours a day", "less is reported", "a question and its answer fit in"),
        ours("per_week", 5.0, "a week", "rarer hand-overs are left out", "once a working day"),
    ],
    remedies: &["Shift the hours of one, so that they share a few.", "Write down all that the other needs to begin."],
};

/// Work that passes between two performers, both ways together.
#[derive(Default)]
struct Between {
    per_week: f64,
    criticality: Option<u8>,
    steps: BTreeSet<StepId>,
}

/// When somebody is at work.
#[derive(Clone, Copy)]
struct Day {
    hours: WorkingHours,
    offset: Option<UtcOffset>,
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let (mut no_hours, mut no_offset) = (Vec::new(), Vec::new());
    let often = sink.threshold("per_week") - 1e-9;
    for ((one, other), between) in between(context).into_iter().filter(|(_, between)| between.per_week >= often) {
        let days = [one, other].map(|actor| day(context, actor));
        let [Some(a), Some(b)] = days else {
            no_hours
                .extend([one, other].into_iter().zip(days).filter(|(_, day)| day.is_none()).map(|(actor, _)| actor));
            continue;
        };
        match (a.offset, b.offset) {
            (Some(_), None) => no_offset.push(other),
            (None, Some(_)) => no_offset.push(one),
            (own, others) => {
                let (own, others) = (own.unwrap_or_default(), others.unwrap_or_default());
                let shared = f64::from(a.hours.overlap(own, b.hours, others)) / 60.0;
                if shared < sink.threshold("hours") {
                    report(context, sink, [(one, a), (other, b)], shared, &between);
                }
            }
        }
    }
    sink.missing(
        "performer who hands work over or gets it says no working hours",
        "performers who hand work over or get it say no working hours",
        no_hours,
    );
    sink.missing(
        "performer works with one in another time zone and says none of their own",
        "performers work with others in another time zone and say none of their own",
        no_offset,
    );
}

/// The work that passes between each two performers, the one with the lower handle first.
fn between(context: &Context<'_>) -> BTreeMap<(Actor, Actor), Between> {
    let has_hours = |actor: &Actor| !matches!(actor, Actor::System(_) | Actor::External(_));
    let mut found: BTreeMap<(Actor, Actor), Between> = BTreeMap::new();
    for (count, (process, record)) in context.document.processes().iter().enumerate() {
        if context.is_cancelled(count) {
            return BTreeMap::new();
        }
        let Some(cases) = record.cases.map(Rate::per_week) else { continue };
        for pass in context.handovers.passes(process) {
            let ends = context.index.performer(pass.from).zip(context.index.performer(pass.to));
            let Some((from, to)) = ends.filter(|(from, to)| from != to && has_hours(from) && has_hours(to)) else {
                continue;
            };
            let between = found.entry((from.min(to), from.max(to))).or_default();
            between.per_week += pass.per_case * cases;
            between.criticality = between.criticality.max(record.criticality);
            between.steps.extend([pass.from, pass.to]);
        }
    }
    found
}

/// The hours of a performer, and its clock; none where nobody has said when it works.
fn day(context: &Context<'_>, actor: Actor) -> Option<Day> {
    let units = context.document.units();
    let above = |id: &UnitId| units.get(*id).and_then(|unit| unit.parent);
    let chain = || std::iter::successors(context.document.unit_of_actor(actor), above).take(units.len());
    let own = match actor {
        Actor::Role(role) => context.document.roles().get(role).and_then(|role| role.working_hours),
        _ => None,
    };
    let hours = own.or_else(|| chain().find_map(|unit| units.get(unit)?.working_hours))?;
    Some(Day { hours, offset: chain().find_map(|unit| units.get(unit)?.utc_offset) })
}

fn report(context: &Context<'_>, sink: &mut Sink<'_>, days: [(Actor, Day); 2], shared: f64, between: &Between) {
    let [(one, a), (other, b)] = days;
    let least = words::number(sink.threshold("hours"));
    let (first, second) = (context.name(one), context.name(other));
    let clock = |day: Day| match day.offset {
        Some(offset) => format!("{} (UTC{offset})", day.hours),
        None => day.hours.to_string(),
    };
    let together =
        if shared > 0.0 { format!("share {} h a day", words::number(shared)) } else { "never meet".to_owned() };
    sink.report(
        Finding::new(format!(
            "{first} and {second} hand work to each other {} times a week and {together}: {} and {}.",
            words::number(between.per_week),
            clock(a),
            clock(b)
        ))
        .about([one, other])
        .about(between.steps.iter().copied())
        .formula(format!(
            "{} and {} share {} h < {} h a day; hand-overs = {} a week",
            clock(a),
            clock(b),
            words::number(shared),
            least,
            words::number(between.per_week)
        ))
        .number("shared_hours", shared)
        .number("per_week", between.per_week)
        .criticality(between.criticality)
        .remedy(format!("Shift the hours of {first} or {second}, so that they share {least} h a day."))
        .remedy("Write down all that the other needs to begin, so that no question is left."),
    );
}
