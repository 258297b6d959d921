//! What the waits of a process come from.

use super::Meta;
use super::bn_03::{load_of, mean_work_time};
use super::flows::{desk_minutes, duration, ours};
use crate::analysis::figures::queue;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "BN-06",
    title: "What waits come from",
    severity: Severity::Info,
    why: "Each cause of waiting has its own cure: a busy desk needs hands, a batch needs a shorter rhythm, an outsider needs \
          an agreement.",
    wrong: "3 days of waiting, of which a queue explains 2 hours: nobody looks at it before Friday",
    right: "It is looked at daily; 2 hours are left",
    formula: "for each wait of a process, weighted by visits: the causes that a log of cases told, where there is one; else \
              outside = all of it where an external performs the step; batch = half of the batch period; queue = Wq of \
              the desk (as in BN-03); each at most what is left of the stated wait; the rest is unexplained. Reported where \
              waits make up the part of the lead time",
    source: Source::Literature(
        "five causes of waiting between activities (Lashkevich and others); two of them, calendars and priorities, are \
         known from a log only",
    ),
    thresholds: &[ours("part", 0.2, "of the lead time", "from here on it is reported", "as in BN-05")],
    remedies: &[
        "Queue: more hands, or fewer cases.",
        "Batch: work it off more often.",
        "Outside: agree on a time.",
        "Unexplained: ask who looks at it when.",
    ],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.processes().ids(), check_process);
}

fn check_process(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &process: &ProcessId) {
    let Some(record) = context.document.processes().get(process) else { return };
    let Some(times) = context.times.of(process) else { return };
    if times.lead <= 0.0 || times.wait / times.lead < sink.threshold("part") {
        return;
    }
    let mut causes = CAUSES.map(|cause| (cause, 0.0));
    let mut steps: Vec<(StepId, f64)> = Vec::new();
    for id in context.index.steps_of(process) {
        let Some(step) = context.document.steps().get(*id) else { continue };
        let visits = context.visits.of(&context.index, FlowNode::Step(*id));
        let (Some(visits), Some(wait)) = (visits, step.wait.filter(|wait| wait.0 > 0.0)) else { continue };
        let parts = if step.wait_causes.is_empty() { reckoned(context, *id, step, wait) } else { told(step, wait) };
        causes.iter_mut().zip(parts).for_each(|((_, sum), part)| *sum += visits * part);
        steps.push((*id, visits * wait.0));
    }
    let all: f64 = causes.iter().map(|(_, sum)| sum).sum();
    if all <= 0.0 {
        return;
    }
    let largest = causes.iter().max_by(|a, b| a.1.total_cmp(&b.1)).copied().unwrap_or(("", 0.0));
    steps.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    // The last two are known from logs alone.
    let shown = causes.iter().enumerate().filter(|(place, (_, sum))| *place < RECKONED || *sum > 0.0);
    let parts: Vec<String> = shown.map(|(_, (cause, sum))| format!("{cause} {}", duration(*sum))).collect();
    sink.report(
        Finding::new(format!(
            "Of the {} that a case of {} waits, {} come from {}.",
            duration(all),
            context.quoted(process),
            words::percent(largest.1 / all),
            largest.0
        ))
        .about([ElementRef::from(process)])
        .about(steps.iter().take(5).map(|(step, _)| *step))
        .formula(format!("waits of a case = {}", parts.join(" + ")))
        .number("queue_minutes", causes[0].1)
        .number("batch_minutes", causes[1].1)
        .number("outside_minutes", causes[2].1)
        .number("unexplained_minutes", causes[3].1)
        .number("other_work_minutes", causes[4].1)
        .number("absence_minutes", causes[5].1)
        .criticality(record.criticality)
        .remedy("Ask at each step who looks at waiting cases, and when."),
    );
}

/// What waits come from.
const CAUSES: [&str; 6] =
    ["a full desk", "work in batches", "somebody outside", "nothing known", "other work done first", "nobody at work"];
/// How many of them are reckoned where no log tells.
const RECKONED: usize = 4;

/// Minutes of each cause as a log told them, scaled to the wait.
fn told(step: &Step, wait: Minutes) -> [f64; 6] {
    let mut parts = [0.0; 6];
    let all: f64 = step.wait_causes.iter().map(|part| part.minutes.0).sum();
    for part in &step.wait_causes {
        let place = match part.cause {
            WaitCause::Contention => 0,
            WaitCause::Batching => 1,
            WaitCause::Extraneous => 3,
            WaitCause::Prioritisation => 4,
            WaitCause::Unavailability => 5,
        };
        if let Some(slot) = parts.get_mut(place) {
            *slot += if all > 0.0 { part.minutes.0 * wait.0 / all } else { 0.0 };
        }
    }
    parts
}

/// Minutes of each cause as the model lets one reckon them.
fn reckoned(context: &Context<'_>, id: StepId, step: &Step, wait: Minutes) -> [f64; 6] {
    let performer = context.index.performer(id);
    let outside = if matches!(performer, Some(Actor::External(_))) { wait.0 } else { 0.0 };
    let batch = step.batch_period.map_or(0.0, |period| period.0 / 2.0).min(wait.0 - outside);
    let queued = performer.and_then(|actor| queue_of(context, actor)).unwrap_or(0.0);
    let queued = queued.min(wait.0 - outside - batch);
    [queued, batch, outside, wait.0 - outside - batch - queued, 0.0, 0.0]
}

/// Minutes that a case waits in the queue of a performer: for all that comes there, not only for cases like itself.
fn queue_of(context: &Context<'_>, performer: Actor) -> Option<f64> {
    let desk = context.index.desk_of(performer);
    let (load, minutes, holders) = desk_minutes(context, desk)?;
    let utilisation = load / minutes;
    let work_time = mean_work_time(context, load_of(context, desk)?, load)?;
    (utilisation < 1.0).then_some(queue::wait_in_work_times(utilisation, holders) * work_time)
}
