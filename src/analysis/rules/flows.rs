//! What the rules about flows share: desks and their minutes, thresholds of our own, minutes in words.

use super::Threshold;
use crate::analysis::{Context, Source, words};
use crate::model::*;

/// A threshold that Remit sets itself: its name, value, unit, what happens beyond it, and why it lies there.
pub(super) const fn ours(
    name: &'static str,
    default: f64,
    unit: &'static str,
    meaning: &'static str,
    why: &'static str,
) -> Threshold {
    Threshold { name, default, unit, meaning, source: Source::Ours(why) }
}

/// The work of one desk in one process.
pub(super) struct DeskWork {
    /// A person, or a role with several holders or none.
    pub(super) desk: Actor,
    /// Minutes a week.
    pub(super) minutes: f64,
    /// The steps, in order.
    pub(super) steps: Vec<StepId>,
}

/// The work of each desk in a process whose cases and visits are known, in the order of the steps.
pub(super) fn desk_work(context: &Context<'_>, process: ProcessId) -> Vec<DeskWork> {
    let mut found: Vec<DeskWork> = Vec::new();
    let cases = context.document.processes().get(process).and_then(|process| process.cases);
    let Some(cases) = cases.map(Rate::per_week) else { return found };
    for id in context.index.steps_of(process) {
        let work = context.document.steps().get(*id).and_then(|step| step.work);
        let visits = context.visits.of(&context.index, FlowNode::Step(*id));
        let (Some(work), Some(visits), Some(actor)) = (work, visits, context.index.performer(*id)) else { continue };
        let desk = context.index.desk_of(actor);
        let minutes = cases * visits * work.0;
        match found.iter_mut().find(|work| work.desk == desk) {
            Some(known) => {
                known.minutes += minutes;
                known.steps.push(*id);
            }
            None => found.push(DeskWork { desk, minutes, steps: vec![*id] }),
        }
    }
    found.retain(|work| work.minutes > 0.0);
    found
}

/// Minutes a week of all work of a desk, the minutes it has, and how many share it; none where they are not known.
pub(super) fn desk_minutes(context: &Context<'_>, desk: Actor) -> Option<(f64, f64, u32)> {
    let (load, hours, holders) = match desk {
        Actor::Person(id) => (context.loads.of_person(id)?, context.loads.hours_of_person(id), 1),
        Actor::Role(id) => {
            let holders = context.document.roles().get(id)?.holders.len() as u32;
            (context.loads.of_role(id)?, context.loads.hours_of_role(id), holders)
        }
        _ => return None,
    };
    let hours = *hours.as_ref().ok()?;
    (hours > 0.0 && holders > 0).then(|| (load.hours() * 60.0, hours * 60.0, holders))
}

/// Minutes as a person says them: `25 min`, `9.7 h`, `2.1 days`.
pub(in crate::analysis) fn duration(minutes: f64) -> String {
    if minutes < 90.0 {
        format!("{} min", words::number(minutes))
    } else if minutes < 48.0 * 60.0 {
        format!("{} h", words::number(minutes / 60.0))
    } else {
        format!("{} days", words::number(minutes / 1440.0))
    }
}

/// The only thing in a list, where it has exactly one.
pub(super) fn only<T: Copy>(list: &[T]) -> Option<T> {
    match list {
        [one] => Some(*one),
        _ => None,
    }
}
