//! Why work waits: each wait is cut into the five causes of Lashkevich, Milani, Chapela-Campa, Suvorau and Dumas, Why am
//! I waiting? Data-driven analysis of waiting times in business processes (CAiSE 2023).
//!
//! A wait lasts from the time when work became ready to its start. Each moment of it has one cause, the first of these
//! that applies, as in the paper and its program:
//!
//! 1. **Batching**: the work was done in a batch, and not all of the batch was ready yet.
//! 2. **Contention**: whoever did it worked on something that was ready no later.
//! 3. **Prioritisation**: they worked on something that became ready later. Later than this work, or than its batch.
//! 4. **Unavailability**: it was outside their hours of work (see [`Calendars`]).
//! 5. **Extraneous**: none of these; all of it where the log does not say who did the work.
//!
//! A **batch** is a run of the same activity by the same person, each begun within a minute after the one before ended or
//! while it went on, all ready before the first began, in which somebody waited although the person was free and at
//! work at some time before the batch was complete. That last condition is ours: without it every queue that is worked
//! off without a break would be a batch.

use super::calendar::{Calendar, Calendars};
use super::enabled::Ready;
use super::{EventLog, MINUTE};

/// How long after one piece of a batch the next one begins at most.
const PAUSE: i64 = MINUTE;
/// The most other work that all waits together are compared with; beyond it, a part of the waits stands for all.
const MOST_COMPARED: usize = 40_000_000;

/// Milliseconds by cause, in the order of [`WaitCause::ALL`](crate::model::WaitCause::ALL).
pub(super) type Parts = [i64; 5];

/// One wait with its causes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wait {
    /// Milliseconds in all.
    pub length: i64,
    /// Its parts; none where it is not among those that stand for all.
    pub parts: Option<Parts>,
}

/// A piece of work as its resource sees it.
#[derive(Clone, Copy, Debug)]
struct Work {
    start: i64,
    end: i64,
    ready: i64,
    activity: u32,
    /// Place of its case and of the instance in it.
    place: (usize, usize),
    is_known: bool,
}

/// The work of one resource by start.
struct Desk {
    works: Vec<Work>,
    /// The last end of all up to a place.
    ends: Vec<i64>,
    /// When the batch of each was complete.
    batches: Vec<Option<i64>>,
}

/// The waits of a log, in the places of its instances; none where nobody knows when work became ready.
pub(super) fn waits(log: &EventLog, ready: &[Vec<Option<Ready>>]) -> Vec<Vec<Option<Wait>>> {
    let calendars = Calendars::of(log);
    let desks = desks(log, ready, &calendars);
    let compared: usize = desks.iter().map(Desk::compared).sum();
    let stride = compared.div_ceil(MOST_COMPARED).max(1);
    let mut found: Vec<Vec<Option<Wait>>> = ready
        .iter()
        .zip(&log.cases)
        .map(|(ready, case)| {
            let length = |(ready, start): (&Option<Ready>, i64)| ready.map(|ready| (start - ready.at).max(0));
            let starts = case.instances.iter().map(|instance| instance.start);
            // Work that nobody is named for waits for reasons that the log does not know.
            let whole = |length: i64| Wait { length, parts: Some([0, 0, 0, 0, length]) };
            ready.iter().zip(starts).map(length).map(|length| length.map(whole)).collect()
        })
        .collect();
    for (resource, desk) in (0_u32..).zip(&desks) {
        let calendar = calendars.of_resource(resource);
        for (place, work) in desk.works.iter().enumerate().filter(|(_, work)| work.is_known) {
            let parts = (place % stride == 0).then(|| desk.parts(place, calendar));
            let slot = found.get_mut(work.place.0).and_then(|case| case.get_mut(work.place.1));
            if let Some(slot) = slot {
                *slot = Some(Wait { length: work.start - work.ready, parts });
            }
        }
    }
    found
}

fn desks(log: &EventLog, ready: &[Vec<Option<Ready>>], calendars: &Calendars) -> Vec<Desk> {
    let mut works: Vec<Vec<Work>> = log.resources.iter().map(|_| Vec::new()).collect();
    for (case, (record, ready)) in log.cases.iter().zip(ready).enumerate() {
        for (place, (instance, ready)) in record.instances.iter().zip(ready).enumerate() {
            let Some(works) = instance.resource.and_then(|resource| works.get_mut(resource as usize)) else { continue };
            let at = ready.map_or(instance.start, |ready| ready.at.min(instance.start));
            let (start, end, activity) = (instance.start, instance.end, instance.activity);
            works.push(Work { start, end, ready: at, activity, place: (case, place), is_known: ready.is_some() });
        }
    }
    (0_u32..).zip(works).map(|(resource, works)| Desk::new(works, calendars.of_resource(resource))).collect()
}

impl Desk {
    fn new(mut works: Vec<Work>, calendar: Option<&Calendar>) -> Self {
        works.sort_by_key(|work| (work.start, work.end, work.place));
        let mut last = i64::MIN;
        let ends = works.iter().map(|work| {
            last = last.max(work.end);
            last
        });
        let ends = ends.collect();
        let mut desk = Self { batches: vec![None; works.len()], works, ends };
        desk.find_batches(calendar);
        desk
    }

    /// Places of the work that may lie in a span of time.
    fn within(&self, from: i64, to: i64) -> std::ops::Range<usize> {
        let first = self.ends.partition_point(|end| *end <= from);
        first..self.works.partition_point(|work| work.start < to).max(first)
    }

    fn compared(&self) -> usize {
        let waiting = self.works.iter().filter(|work| work.is_known && work.ready < work.start);
        waiting.map(|work| self.within(work.ready, work.start).len()).sum()
    }

    fn find_batches(&mut self, calendar: Option<&Calendar>) {
        let mut first = 0;
        while first < self.works.len() {
            let after = self.end_of_run(first);
            let run = self.works.get(first..after).unwrap_or_default();
            let complete = run.iter().map(|work| work.ready).max().unwrap_or_default();
            if run.len() > 1 && self.was_held_back(first..after, complete, calendar) {
                for batch in self.batches.get_mut(first..after).unwrap_or_default() {
                    *batch = Some(complete);
                }
            }
            first = after.max(first + 1);
        }
    }

    /// The place behind the run that begins at a place: the same activity without a pause, all ready before it began.
    fn end_of_run(&self, first: usize) -> usize {
        let Some(begin) = self.works.get(first) else { return first };
        let mut end = begin.end;
        let rest = self.works.get(first + 1..).unwrap_or_default();
        let more = rest.iter().take_while(|work| {
            let belongs = work.activity == begin.activity && work.start <= end + PAUSE && work.ready <= begin.start;
            end = end.max(work.end);
            belongs && work.is_known
        });
        first + 1 + more.count()
    }

    /// Whether the first of a run was ready while the person was free and at work, and the batch not complete.
    fn was_held_back(&self, run: std::ops::Range<usize>, complete: i64, calendar: Option<&Calendar>) -> bool {
        let members = self.works.get(run).unwrap_or_default();
        let Some(earliest) = members.iter().map(|work| work.ready).min().filter(|earliest| *earliest < complete) else {
            return false;
        };
        let busy = self.works.get(self.within(earliest, complete)).unwrap_or_default();
        let busy = merged(busy.iter().map(|work| (work.start.max(earliest), work.end.min(complete))).collect());
        let free = gaps(&busy, earliest, complete);
        free.iter().any(|(from, to)| calendar.is_none_or(|calendar| calendar.working(*from, *to) > 0))
    }

    /// The parts of the wait of the work at a place.
    fn parts(&self, place: usize, calendar: Option<&Calendar>) -> Parts {
        let Some(work) = self.works.get(place) else { return [0; 5] };
        let (from, to) = (work.ready, work.start);
        let batch = self.batches.get(place).copied().flatten();
        let gathered = batch.map_or(from, |complete| complete.clamp(from, to));
        let (mut earlier, mut later) = (Vec::new(), Vec::new());
        for other in self.within(gathered, to) {
            let Some(busy) = self.works.get(other).filter(|_| other != place) else { continue };
            let span = (busy.start.max(gathered), busy.end.min(to));
            if span.0 < span.1 {
                let is_later = busy.ready > gathered;
                if is_later { later.push(span) } else { earlier.push(span) }
            }
        }
        let earlier = merged(earlier);
        let both = merged(earlier.iter().copied().chain(later).collect());
        let contention = length(&earlier);
        let prioritisation = length(&both) - contention;
        let free = gaps(&both, gathered, to);
        let working = |(from, to): &(i64, i64)| calendar.map_or(to - from, |calendar| calendar.working(*from, *to));
        let extraneous: i64 = free.iter().map(working).sum();
        let unavailability = length(&free) - extraneous;
        [gathered - from, contention, prioritisation, unavailability, extraneous]
    }
}

type Span = (i64, i64);

/// Spans of time without overlap, in order.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|(from, to)| from < to);
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for (from, to) in spans {
        match merged.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => merged.push((from, to)),
        }
    }
    merged
}

/// What lies between spans without overlap.
fn gaps(spans: &[Span], from: i64, to: i64) -> Vec<Span> {
    let mut gaps = Vec::new();
    let mut at = from;
    for (begin, end) in spans {
        if *begin > at {
            gaps.push((at, *begin));
        }
        at = at.max(*end);
    }
    if at < to {
        gaps.push((at, to));
    }
    gaps
}

fn length(spans: &[Span]) -> i64 {
    spans.iter().map(|(from, to)| to - from).sum()
}

#[cfg(test)]
mod tests {
    use rustc_hash::FxHashSet;

    use super::super::enabled::ready;
    use super::super::testing::{Row, log};
    use super::*;
    use crate::model::WaitCause;

    /// Minutes of each cause, of the instance at a place of a case: batching, contention, prioritisation,
    /// unavailability, extraneous.
    fn parts(log: &EventLog, case: &str, place: usize) -> [i64; 5] {
        let ready: Vec<_> = log.cases.iter().map(|case| ready(case, &FxHashSet::default())).collect();
        let at = log.cases.iter().position(|known| known.name == case).unwrap();
        let wait = waits(log, &ready)[at][place].unwrap();
        let parts = wait.parts.unwrap();
        assert_eq!(parts.iter().sum::<i64>(), wait.length);
        parts.map(|part| part / MINUTE)
    }

    #[test]
    fn busy_with_earlier_work_is_contention() {
        // Ana checks 1 (ready at 10) from 10 to 40; 2 is ready at 15 and begins at 40.
        let log = log(&[
            ("1", &[("Ask", "Ben", 0, 10), ("Check", "Ana", 10, 40)]),
            ("2", &[("Ask", "Ben", 10, 15), ("Check", "Ana", 40, 50)]),
        ]);
        assert_eq!(parts(&log, "2", 1), [0, 25, 0, 0, 0]);
        assert_eq!(parts(&log, "1", 1), [0; 5]);
    }

    #[test]
    fn busy_with_later_work_is_prioritisation() {
        // 1 is ready at 10; Ana takes 2, ready at 20, from 20 to 50, then 1 at 60: 10 before and 10 after it are free.
        let log = log(&[
            ("1", &[("Ask", "Ben", 0, 10), ("Check", "Ana", 60, 70)]),
            ("2", &[("Ask", "Ben", 10, 20), ("Decide", "Ana", 20, 50)]),
        ]);
        assert_eq!(parts(&log, "1", 1), [0, 0, 30, 0, 20]);
    }

    #[test]
    fn gathered_work_is_batching_until_the_last_one_is_there() {
        // Three forms are ready at 10, 30 and 60; Ana is free all the time and books them one after the other from 70.
        let log = log(&[
            ("1", &[("Ask", "Ben", 0, 10), ("Book", "Ana", 70, 75)]),
            ("2", &[("Ask", "Ben", 10, 30), ("Book", "Ana", 75, 80)]),
            ("3", &[("Ask", "Ben", 30, 60), ("Book", "Ana", 80, 85)]),
        ]);
        // To 60 the batch fills; then 10 minutes of nothing known; then the others of the batch.
        assert_eq!(parts(&log, "1", 1), [50, 0, 0, 0, 10]);
        assert_eq!(parts(&log, "2", 1), [30, 5, 0, 0, 10]);
        assert_eq!(parts(&log, "3", 1), [0, 10, 0, 0, 10]);
    }

    #[test]
    fn a_queue_without_a_break_is_no_batch() {
        // Ana is busy from 0 to 60, then works off what came meanwhile.
        let log = log(&[
            ("0", &[("Wake", "Ben", -5, 0), ("Book", "Ana", 0, 60)]),
            ("1", &[("Ask", "Ben", 0, 10), ("Check", "Ana", 60, 65)]),
            ("2", &[("Ask", "Ben", 10, 30), ("Check", "Ana", 65, 70)]),
        ]);
        assert_eq!(parts(&log, "1", 1), [0, 50, 0, 0, 0]);
        assert_eq!(parts(&log, "2", 1), [0, 35, 0, 0, 0]);
    }

    #[test]
    fn nights_are_unavailability_and_the_rest_is_extraneous() {
        // Ana works nine to seventeen on the weekdays of four weeks; work is ready on a Monday at 16:00 and begins on
        // Tuesday at 10:00: an hour of Monday and one of Tuesday are at work, 16 are not.
        let mut days: Vec<Row<'_>> = Vec::new();
        for week in 0..4 {
            for day in 0..5 {
                let midnight = (week * 7 + day) * 1440;
                days.push(("Desk", "Ana", midnight + 540, midnight + 541));
                for hour in 10..17 {
                    days.push(("Desk", "Ana", midnight + hour * 60 + 30, midnight + hour * 60 + 31));
                }
            }
        }
        let monday = 14 * 1440;
        let ask = ("Ask", "", monday + 900, monday + 960);
        let log = log(&[("0", &days), ("1", &[ask, ("Check", "Ana", monday + 1440 + 600, monday + 1440 + 610)])]);
        let parts = parts(&log, "1", 1);
        assert_eq!(parts[3], 16 * 60);
        // At her desk at 16:30 and at 9:00, for a minute each, with what became ready later.
        assert_eq!((parts[1] + parts[2], parts[4]), (2, 118));
    }

    #[test]
    fn work_of_nobody_waits_for_reasons_outside_the_log() {
        let log = log(&[("1", &[("Ask", "Ben", 0, 10), ("Check", "", 40, 50)])]);
        assert_eq!(parts(&log, "1", 1), [0, 0, 0, 0, 30]);
        assert_eq!(WaitCause::ALL[4], WaitCause::Extraneous, "parts stand in this order");
    }
}
