//! When each piece of work became ready, where the log does not say so.
//!
//! Work is ready when what comes before it in its case has ended. What runs beside it does not come before it: two
//! activities are **concurrent** if each follows the other about as often. That is the oracle of the heuristics miner
//! (A. Weijters, W. van der Aalst, A. de Medeiros, Process mining with the HeuristicsMiner algorithm, 2006) as used to
//! estimate enablement times by Lashkevich and others, Why am I waiting? (CAiSE 2023): |ab − ba| / (ab + ba + 1) below
//! 0.9, and no loop of the two, that is (aba + bab) / (aba + bab + 1) below 0.9.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Case, EventLog, Instance};

/// Two activities in this order.
pub(super) type Pair = (u32, u32);

/// From this dependency on, an order is a rule, and a loop is a loop.
const DEPENDENCY: f64 = 0.9;

/// When a piece of work became ready.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ready {
    /// The time, never after the start.
    pub at: i64,
    /// The activity whose end made it ready; none where nothing came before.
    pub by: Option<u32>,
}

/// How often each activity is directly followed by each.
pub(super) fn follows(log: &EventLog) -> BTreeMap<Pair, usize> {
    let mut counts: FxHashMap<Pair, usize> = FxHashMap::default();
    for case in &log.cases {
        for pair in case.instances.windows(2) {
            if let [a, b] = pair {
                *counts.entry((a.activity, b.activity)).or_default() += 1;
            }
        }
    }
    counts.into_iter().collect()
}

/// Pairs of activities that run beside each other, both ways round.
pub(super) fn concurrent(log: &EventLog, follows: &BTreeMap<Pair, usize>) -> FxHashSet<Pair> {
    let count = |pair: Pair| follows.get(&pair).copied().unwrap_or(0) as f64;
    let mut loops: FxHashMap<Pair, usize> = FxHashMap::default();
    for case in &log.cases {
        for three in case.instances.windows(3) {
            if let [a, b, c] = three
                && a.activity == c.activity
                && a.activity != b.activity
            {
                let pair = (a.activity.min(b.activity), a.activity.max(b.activity));
                *loops.entry(pair).or_default() += 1;
            }
        }
    }
    let mut found = FxHashSet::default();
    for (a, b) in follows.keys().copied().filter(|(a, b)| a < b) {
        let (there, back) = (count((a, b)), count((b, a)));
        let looped = loops.get(&(a, b)).copied().unwrap_or(0) as f64;
        let is_ordered = (there - back).abs() / (there + back + 1.0) >= DEPENDENCY;
        if there > 0.0 && back > 0.0 && !is_ordered && looped / (looped + 1.0) < DEPENDENCY {
            found.insert((a, b));
            found.insert((b, a));
        }
    }
    found
}

/// When each instance of a case became ready: as the log states, else when the last one before it ended that does not
/// run beside it. None for those with nothing before them, and those of which nobody knows when they began.
pub(super) fn ready(case: &Case, concurrent: &FxHashSet<Pair>) -> Vec<Option<Ready>> {
    // Last end of each activity among what has ended so far, and what has not.
    let mut ended: BTreeMap<u32, i64> = BTreeMap::new();
    let mut open: BinaryHeap<Reverse<(i64, u32)>> = BinaryHeap::new();
    let mut found = Vec::with_capacity(case.instances.len());
    for instance in &case.instances {
        while let Some(Reverse((end, activity))) = open.peek().copied().filter(|open| open.0.0 <= instance.start) {
            open.pop();
            let last = ended.entry(activity).or_insert(end);
            *last = (*last).max(end);
        }
        let before = ended.iter().filter(|(activity, _)| !concurrent.contains(&(**activity, instance.activity)));
        let last = before.max_by_key(|(activity, end)| (**end, Reverse(**activity)));
        found.push(if !instance.timed {
            None
        } else {
            stated(instance, last.map(|(activity, end)| Ready { at: *end, by: Some(*activity) }))
        });
        open.push(Reverse((instance.end, instance.activity)));
    }
    found
}

fn stated(instance: &Instance, estimated: Option<Ready>) -> Option<Ready> {
    match instance.enabled {
        Some(at) => Some(Ready { at: at.min(instance.start), by: estimated.and_then(|ready| ready.by) }),
        None => estimated,
    }
}

#[cfg(test)]
mod tests {
    use super::super::MINUTE;
    use super::super::testing::{MONDAY, log};
    use super::*;

    #[test]
    fn what_runs_beside_does_not_come_before() {
        // B and C follow A in either order; D waits for both.
        let log = log(&[
            ("1", &[("A", "", 0, 10), ("B", "", 12, 20), ("C", "", 25, 30), ("D", "", 33, 40)]),
            ("2", &[("A", "", 0, 10), ("C", "", 12, 20), ("B", "", 25, 30), ("D", "", 33, 40)]),
        ]);
        let follows = follows(&log);
        let concurrent = concurrent(&log, &follows);
        assert_eq!(concurrent.len(), 2, "B and C, both ways round");
        let ready = ready(&log.cases[0], &concurrent);
        let at: Vec<_> = ready.iter().map(|ready| ready.map(|ready| (ready.at - MONDAY) / MINUTE)).collect();
        assert_eq!(at, [None, Some(10), Some(10), Some(30)]);
    }

    #[test]
    fn a_loop_of_two_is_an_order() {
        let rounds: Vec<(&str, &str, i64, i64)> =
            (0..12).map(|turn| (if turn % 2 == 0 { "A" } else { "B" }, "", turn * 10, turn * 10 + 5)).collect();
        let log = log(&[("1", &rounds)]);
        assert!(concurrent(&log, &follows(&log)).is_empty());
    }

    #[test]
    fn work_of_no_length_is_not_ready_by_itself() {
        let log = log(&[("1", &[("A", "", 5, 5), ("A", "", 5, 5)])]);
        let ready = ready(&log.cases[0], &FxHashSet::default());
        assert_eq!(ready.iter().map(Option::is_some).collect::<Vec<_>>(), [false, true]);
    }
}
