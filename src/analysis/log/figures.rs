//! All figures of a log.

use std::collections::BTreeMap;

use super::enabled::{Pair, Ready, concurrent, follows, ready};
use super::waits::{Parts, Wait, waits};
use super::{EventLog, Instance, Spread, at, minutes};
use crate::model::WaitCause;

/// What a log tells by itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LogFigures {
    /// Cases that arrive in a week; none for fewer than two.
    pub cases_per_week: Option<f64>,
    /// Each activity, in the order of the log.
    pub activities: Vec<ActivityFigures>,
    /// What follows directly on what, most frequent first.
    pub follows: Vec<Follow>,
    /// Activities with which cases begin, and how many do.
    pub starts: Vec<(u32, usize)>,
    /// Activities with which cases end, and how many do.
    pub ends: Vec<(u32, usize)>,
    /// Waits between the end of one activity and the start of another, by both, longest in all first.
    pub transitions: Vec<Transition>,
    /// Who hands over to whom.
    pub handovers: HandoverFigures,
    /// The same between roles.
    pub role_handovers: HandoverFigures,
    /// Those who do the work, in the order of the log.
    pub resources: Vec<ResourceFigures>,
    /// Of how many waits the causes were worked out.
    pub explained_waits: usize,
    /// How many waits there are.
    pub waits: usize,
}

/// Figures of an activity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActivityFigures {
    /// How many times it was carried out.
    pub count: usize,
    /// In how many cases.
    pub cases: usize,
    /// How many times in a case, over all cases (v).
    pub visits: f64,
    /// Minutes from start to end (x); none where the log has no durations.
    pub work: Option<Spread>,
    /// Minutes from the end of the instance before it in the case to its start; below 0 where they overlap.
    pub gap: Option<Spread>,
    /// The same, summed where it is above 0.
    pub gap_total: f64,
    /// Minutes from being ready to its start (w); none where nobody knows when it became ready.
    pub wait: Option<Spread>,
    /// Mean minutes of each cause of waiting; they add up to the mean wait. Empty where there is no wait.
    pub causes: Vec<(WaitCause, f64)>,
    /// Who did it and how many times, most frequent first.
    pub resources: Vec<(u32, usize)>,
    /// In which roles and how many times, most frequent first.
    pub roles: Vec<(u32, usize)>,
}

impl ActivityFigures {
    /// The cause of most of the wait; none where there is no wait.
    pub fn main_cause(&self) -> Option<WaitCause> {
        let causes = self.causes.iter().rev().filter(|(_, minutes)| *minutes > 0.0);
        causes.max_by(|a, b| a.1.total_cmp(&b.1)).map(|(cause, _)| *cause)
    }
}

/// That an activity follows directly on another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Follow {
    /// The first.
    pub from: u32,
    /// The next.
    pub to: u32,
    /// How many times.
    pub count: usize,
    /// Mean minutes from the end of the first to the start of the next; below 0 where they overlap.
    pub gap: f64,
}

/// The waits between two activities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Transition {
    /// The activity whose end made the next one ready.
    pub from: u32,
    /// The activity that waits.
    pub to: u32,
    /// How many times.
    pub count: usize,
    /// Mean minutes.
    pub wait: f64,
    /// Mean minutes by cause, in the order of [`WaitCause::ALL`].
    pub causes: [f64; 5],
}

/// Neighbours in a case, by who did them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HandoverFigures {
    /// Neighbours of which both are known.
    pub pairs: usize,
    /// Done by the same.
    pub same: usize,
    /// Handed over.
    pub between: usize,
    /// Handed over in a week.
    pub per_week: Option<f64>,
    /// From, to, how many times; most frequent first.
    pub flows: Vec<(u32, u32, usize)>,
}

/// Somebody who does work.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ResourceFigures {
    /// How many times they did something.
    pub count: usize,
    /// In how many cases.
    pub cases: usize,
    /// How many different activities.
    pub activities: usize,
    /// Minutes of work in all.
    pub minutes: f64,
    /// Minutes of work in a week; none where the number of cases in a week is not known.
    pub minutes_per_week: Option<f64>,
    /// The role in which they work most.
    pub role: Option<u32>,
}

/// Works out all figures of a log.
pub fn figures(log: &EventLog) -> LogFigures {
    let follow_counts = follows(log);
    let concurrent = concurrent(log, &follow_counts);
    let ready: Vec<Vec<Option<Ready>>> = log.cases.iter().map(|case| ready(case, &concurrent)).collect();
    let waits = waits(log, &ready);
    let per_week = log.cases_per_week();
    let weekly = |count: f64| per_week.map(|rate| count * rate / log.cases.len().max(1) as f64);
    let all = || waits.iter().flatten().flatten();
    LogFigures {
        cases_per_week: per_week,
        activities: activities(log, &waits),
        follows: neighbours(log, &follow_counts),
        starts: tally(log.cases.iter().filter_map(|case| case.instances.first()).map(|instance| instance.activity)),
        ends: tally(log.cases.iter().filter_map(|case| case.instances.last()).map(|instance| instance.activity)),
        transitions: transitions(log, &ready, &waits),
        handovers: handovers(log, |instance| instance.resource, weekly),
        role_handovers: handovers(log, |instance| instance.role, weekly),
        resources: resources(log, weekly),
        explained_waits: all().filter(|wait| wait.parts.is_some()).count(),
        waits: all().count(),
    }
}

/// How many of each there are: most frequent first, then in the order of the log.
fn tally(items: impl Iterator<Item = u32>) -> Vec<(u32, usize)> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for item in items {
        *counts.entry(item).or_default() += 1;
    }
    let mut counts: Vec<(u32, usize)> = counts.into_iter().collect();
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts
}

/// What is gathered of an activity.
#[derive(Default)]
struct Gathered {
    work: Vec<f64>,
    gaps: Vec<f64>,
    waits: Vec<f64>,
    parts: Vec<Parts>,
    cases: usize,
    last_case: Option<usize>,
    done: Vec<Instance>,
}

fn activities(log: &EventLog, waits: &[Vec<Option<Wait>>]) -> Vec<ActivityFigures> {
    let mut gathered: Vec<Gathered> = log.activities.iter().map(|_| Gathered::default()).collect();
    for (place, (case, waits)) in log.cases.iter().zip(waits).enumerate() {
        let mut before: Option<&Instance> = None;
        for (instance, wait) in case.instances.iter().zip(waits) {
            let Some(own) = gathered.get_mut(instance.activity as usize) else { continue };
            own.done.push(*instance);
            own.work.extend(instance.timed.then(|| minutes(instance.end - instance.start)));
            own.gaps.extend(before.map(|before| minutes(instance.start - before.end)));
            if let Some(wait) = wait {
                own.waits.push(minutes(wait.length));
                own.parts.extend(wait.parts);
            }
            if own.last_case.replace(place) != Some(place) {
                own.cases += 1;
            }
            before = Some(instance);
        }
    }
    gathered.iter().map(|gathered| activity(log, gathered)).collect()
}

fn activity(log: &EventLog, gathered: &Gathered) -> ActivityFigures {
    let wait = Spread::of(&gathered.waits);
    let causes = wait.filter(|wait| wait.mean > 0.0).map_or_else(Vec::new, |wait| {
        let means = mean_parts(&gathered.parts);
        // Where a part of the waits stands for all, its causes are brought to the mean of all.
        let sum: f64 = means.iter().sum();
        let scale = if sum > 0.0 { wait.mean / sum } else { 0.0 };
        WaitCause::ALL.iter().zip(means).map(|(cause, mean)| (*cause, mean * scale)).collect()
    });
    ActivityFigures {
        count: gathered.done.len(),
        cases: gathered.cases,
        visits: gathered.done.len() as f64 / log.cases.len().max(1) as f64,
        work: Spread::of(&gathered.work),
        gap: Spread::of(&gathered.gaps),
        gap_total: gathered.gaps.iter().filter(|gap| **gap > 0.0).sum(),
        wait,
        causes,
        resources: tally(gathered.done.iter().filter_map(|instance| instance.resource)),
        roles: tally(gathered.done.iter().filter_map(|instance| instance.role)),
    }
}

/// The mean of each part, in minutes.
fn mean_parts(parts: &[Parts]) -> [f64; 5] {
    let mut means = [0.0; 5];
    for (place, mean) in means.iter_mut().enumerate() {
        let sum: f64 = parts.iter().filter_map(|parts| parts.get(place)).map(|part| minutes(*part)).sum();
        *mean = sum / parts.len().max(1) as f64;
    }
    means
}

fn neighbours(log: &EventLog, counts: &BTreeMap<Pair, usize>) -> Vec<Follow> {
    let mut gaps: BTreeMap<Pair, f64> = BTreeMap::new();
    for case in &log.cases {
        for pair in case.instances.windows(2) {
            if let [a, b] = pair {
                *gaps.entry((a.activity, b.activity)).or_default() += minutes(b.start - a.end);
            }
        }
    }
    let gap = |pair: &Pair, count: usize| gaps.get(pair).copied().unwrap_or_default() / count.max(1) as f64;
    let mut all: Vec<Follow> = counts
        .iter()
        .map(|(pair, count)| Follow { from: pair.0, to: pair.1, count: *count, gap: gap(pair, *count) })
        .collect();
    let names = |follow: &Follow| (at(&log.activities, follow.from), at(&log.activities, follow.to));
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| names(a).cmp(&names(b))));
    all
}

fn transitions(log: &EventLog, ready: &[Vec<Option<Ready>>], waits: &[Vec<Option<Wait>>]) -> Vec<Transition> {
    let mut gathered: BTreeMap<Pair, (f64, usize, Vec<Parts>)> = BTreeMap::new();
    for ((case, ready), waits) in log.cases.iter().zip(ready).zip(waits) {
        for ((instance, ready), wait) in case.instances.iter().zip(ready).zip(waits) {
            let (Some(by), Some(wait)) = (ready.and_then(|ready| ready.by), wait) else { continue };
            let (sum, count, parts) = gathered.entry((by, instance.activity)).or_default();
            *sum += minutes(wait.length);
            *count += 1;
            parts.extend(wait.parts);
        }
    }
    let mut all: Vec<Transition> = gathered
        .into_iter()
        .map(|((from, to), (sum, count, parts))| Transition {
            from,
            to,
            count,
            wait: sum / count.max(1) as f64,
            causes: mean_parts(&parts),
        })
        .collect();
    let total = |transition: &Transition| transition.wait * transition.count as f64;
    all.sort_by(|a, b| total(b).total_cmp(&total(a)));
    all
}

fn handovers(
    log: &EventLog,
    who: impl Fn(&Instance) -> Option<u32>,
    weekly: impl Fn(f64) -> Option<f64>,
) -> HandoverFigures {
    let mut figures = HandoverFigures::default();
    let mut counts: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for case in &log.cases {
        for pair in case.instances.windows(2) {
            let [a, b] = pair else { continue };
            let Some((from, to)) = who(a).zip(who(b)) else { continue };
            figures.pairs += 1;
            if from == to {
                figures.same += 1;
            } else {
                figures.between += 1;
                *counts.entry((from, to)).or_default() += 1;
            }
        }
    }
    figures.flows = counts.into_iter().map(|((from, to), count)| (from, to, count)).collect();
    figures.flows.sort_by_key(|(_, _, count)| std::cmp::Reverse(*count));
    figures.per_week = weekly(figures.between as f64).filter(|_| figures.pairs > 0);
    figures
}

fn resources(log: &EventLog, weekly: impl Fn(f64) -> Option<f64>) -> Vec<ResourceFigures> {
    let mut figures = vec![ResourceFigures::default(); log.resources.len()];
    /// The last case of a resource, its steps with their counts, and its days.
    type Seen = (Option<usize>, BTreeMap<u32, usize>, Vec<u32>);
    let mut seen: Vec<Seen> = vec![Seen::default(); log.resources.len()];
    for (place, instance) in log
        .cases
        .iter()
        .enumerate()
        .flat_map(|(place, case)| case.instances.iter().map(move |instance| (place, instance)))
    {
        let Some(resource) = instance.resource.map(|resource| resource as usize) else { continue };
        let (Some(own), Some(seen)) = (figures.get_mut(resource), seen.get_mut(resource)) else { continue };
        own.count += 1;
        own.minutes += minutes(instance.end - instance.start);
        if seen.0.replace(place) != Some(place) {
            own.cases += 1;
        }
        *seen.1.entry(instance.activity).or_default() += 1;
        seen.2.extend(instance.role);
    }
    for (own, (_, activities, roles)) in figures.iter_mut().zip(seen) {
        own.activities = activities.len();
        own.role = tally(roles.into_iter()).first().map(|(role, _)| *role);
        own.minutes_per_week = weekly(own.minutes);
    }
    figures
}

#[cfg(test)]
mod tests {
    use super::super::testing::log;
    use super::super::{MINUTE, WEEK};
    use super::*;

    #[test]
    fn figures_of_a_small_log() {
        let mut log = log(&[
            ("1", &[("Ask", "Ben", 0, 10), ("Check", "Ana", 30, 50), ("Pay", "Ana", 60, 61)]),
            ("2", &[("Ask", "Ben", 5040, 5060), ("Check", "Ana", 5065, 5105)]),
            (
                "3",
                &[("Ask", "Ana", 10_080, 10_090), ("Check", "Ana", 10_085, 10_100), ("Check", "Ben", 10_110, 10_120)],
            ),
        ]);
        log.roles = vec!["Clerk".to_owned()];
        let found = figures(&log);
        assert_eq!(found.cases_per_week, Some(2.0), "3 cases, two distances of half a week");
        assert_eq!(log.period().map(|(from, to)| (to - from) / MINUTE), Some(10_120));
        assert_eq!(WEEK / MINUTE, 10_080);
        let check = &found.activities[1];
        assert_eq!((check.count, check.cases, check.visits), (4, 3, 4.0 / 3.0));
        assert_eq!(check.work.unwrap().mean, (20.0 + 40.0 + 15.0 + 10.0) / 4.0);
        assert_eq!(check.gap.unwrap().mean, (20.0 + 5.0 - 5.0 + 10.0) / 4.0, "below 0 where they overlap");
        assert_eq!(check.gap_total, 35.0);
        let wait = check.wait.unwrap();
        assert_eq!((wait.count, wait.mean), (3, 35.0 / 3.0), "what overlaps was made ready by nothing known");
        assert!((check.causes.iter().map(|(_, minutes)| minutes).sum::<f64>() - wait.mean).abs() < 1e-9);
        assert_eq!(check.resources, [(1, 3), (0, 1)]);
        assert_eq!(found.starts, [(0, 3)]);
        assert_eq!(found.ends, [(1, 2), (2, 1)]);
        let follow = found.follows[0];
        assert_eq!((follow.from, follow.to, follow.count, follow.gap), (0, 1, 3, 20.0 / 3.0));
        assert_eq!((found.handovers.pairs, found.handovers.same, found.handovers.between), (5, 2, 3));
        assert_eq!(found.handovers.flows, [(0, 1, 2), (1, 0, 1)]);
        assert_eq!(found.handovers.per_week, Some(2.0));
        assert_eq!((found.resources[0].count, found.resources[0].cases, found.resources[0].activities), (3, 3, 2));
        assert_eq!(found.resources[0].minutes, 40.0);
        assert_eq!((found.waits, found.explained_waits), (4, 4));
        assert_eq!(found.role_handovers.pairs, 0);
    }
}
