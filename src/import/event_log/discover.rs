//! A process out of a log that has none in the project: a step for each activity, and what follows on what.
//!
//! This is the directly-follows graph of process mining (W. van der Aalst, Process mining: data science in action, 2016,
//! section 3.2), with exclusive gateways where several ways part or meet. Steps that run beside each other come out as
//! loops; that is the limit of this picture. Ways that less than one case in a hundred takes are left out, but never the
//! most frequent way into and out of a step.

use std::collections::BTreeSet;

use crate::analysis::log::{EventLog, LogFigures};
use crate::edit::{LoggedFlow, LoggedKind, LoggedNode, LoggedOther, Measured};
use crate::model::{MeasuredFact, Measurement};

/// The share of cases below which a way is left out; ours.
const RARE: f64 = 0.01;

/// Gateways, events and flows of a new process; its steps stand in the order of the activities.
pub(super) struct Discovered {
    pub others: Vec<LoggedOther>,
    pub flows: Vec<LoggedFlow>,
    /// How many ways were left out as rare.
    pub rare: usize,
}

/// A way between two ends with the number of times it was gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Arc {
    from: End,
    to: End,
    count: usize,
}

/// Begin and end of cases are ends like the activities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Begin,
    Activity(usize),
    Finish,
}

pub(super) fn discover(
    log: &EventLog,
    figures: &LogFigures,
    measured: impl Fn(MeasuredFact, usize) -> Measurement,
) -> Discovered {
    let all = arcs(figures);
    let arcs = kept(&all, log.cases.len());
    let rare = all.len() - arcs.len();
    let place_of = |tally: &[(u32, usize)]| tally.first().map(|(activity, _)| *activity as usize);
    let events = [(LoggedKind::Start, place_of(&figures.starts)), (LoggedKind::End, place_of(&figures.ends))];
    let others = events.map(|(kind, beside)| LoggedOther { kind, beside }).to_vec();
    let mut drawing = Drawing { others, flows: Vec::new() };
    let ends: Vec<End> =
        [End::Begin].into_iter().chain((0..log.activities.len()).map(End::Activity)).chain([End::Finish]).collect();
    // Where ways part and where they meet, a gateway stands behind and before the node.
    let out: Vec<LoggedNode> = ends.iter().map(|end| drawing.behind(*end, &arcs)).collect();
    let into: Vec<LoggedNode> = ends.iter().map(|end| drawing.before(*end, &arcs)).collect();
    let place = |end: End| ends.iter().position(|known| *known == end).unwrap_or_default();
    for end in &ends {
        let leaving: Vec<&Arc> = arcs.iter().filter(|arc| arc.from == *end).collect();
        let total: usize = leaving.iter().map(|arc| arc.count).sum();
        let shares = shares(&leaving.iter().map(|arc| arc.count).collect::<Vec<_>>());
        for (arc, share) in leaving.iter().zip(shares) {
            let (from, to) = (out.get(place(arc.from)), into.get(place(arc.to)));
            let (Some(from), Some(to)) = (from.copied(), to.copied()) else { continue };
            let measurement = || measured(MeasuredFact::Probability, total);
            let probability = (leaving.len() > 1).then(|| Measured { value: share, measurement: measurement() });
            drawing.flows.push(LoggedFlow::New { from, to, probability });
        }
    }
    Discovered { others: drawing.others, flows: drawing.flows, rare }
}

fn arcs(figures: &LogFigures) -> Vec<Arc> {
    let activity = |place: u32| End::Activity(place as usize);
    let begin = figures.starts.iter().map(|(to, count)| Arc { from: End::Begin, to: activity(*to), count: *count });
    let finish = figures.ends.iter().map(|(from, count)| Arc { from: activity(*from), to: End::Finish, count: *count });
    let between = figures.follows.iter();
    let between =
        between.map(|follow| Arc { from: activity(follow.from), to: activity(follow.to), count: follow.count });
    let mut all: Vec<Arc> = begin.chain(between).chain(finish).collect();
    all.sort_unstable();
    all
}

fn kept(all: &[Arc], cases: usize) -> Vec<Arc> {
    let fewest = RARE * cases as f64;
    let most = |same: &dyn Fn(&Arc) -> bool| {
        all.iter().filter(|arc| same(arc)).max_by_key(|arc| (arc.count, std::cmp::Reverse((arc.from, arc.to)))).copied()
    };
    let ends: BTreeSet<End> = all.iter().flat_map(|arc| [arc.from, arc.to]).collect();
    // The busiest way into and out of each, not counting ways back to itself.
    let mut needed: BTreeSet<Arc> = BTreeSet::new();
    for end in ends {
        needed.extend(most(&|arc| arc.from == end && arc.to != end));
        needed.extend(most(&|arc| arc.to == end && arc.from != end));
    }
    all.iter().filter(|arc| arc.count as f64 >= fewest || needed.contains(arc)).copied().collect()
}

/// Shares of a whole with four decimal places that add up to exactly 1; what rounding leaves goes to the largest.
pub(super) fn shares(counts: &[usize]) -> Vec<f64> {
    let total: usize = counts.iter().sum();
    let mut parts: Vec<i64> =
        counts.iter().map(|count| (*count as f64 / total.max(1) as f64 * 10_000.0).round() as i64).collect();
    let missing = if total > 0 { 10_000 - parts.iter().sum::<i64>() } else { 0 };
    if let Some(largest) = parts.iter_mut().rev().max_by_key(|part| **part) {
        *largest += missing;
    }
    parts.into_iter().map(|part| part as f64 / 10_000.0).collect()
}

struct Drawing {
    others: Vec<LoggedOther>,
    flows: Vec<LoggedFlow>,
}

impl Drawing {
    fn node(end: End) -> LoggedNode {
        match end {
            End::Begin => LoggedNode::Other(0),
            End::Finish => LoggedNode::Other(1),
            End::Activity(place) => LoggedNode::Step(place),
        }
    }

    /// A gateway in the lane of an end.
    fn gateway(&mut self, end: End) -> LoggedNode {
        let beside = match end {
            End::Activity(place) => Some(place),
            End::Begin => self.others.first().and_then(|other| other.beside),
            End::Finish => self.others.get(1).and_then(|other| other.beside),
        };
        self.others.push(LoggedOther { kind: LoggedKind::Choice, beside });
        LoggedNode::Other(self.others.len() - 1)
    }

    fn behind(&mut self, end: End, arcs: &[Arc]) -> LoggedNode {
        if arcs.iter().filter(|arc| arc.from == end).count() < 2 {
            return Self::node(end);
        }
        let gateway = self.gateway(end);
        self.flows.push(LoggedFlow::New { from: Self::node(end), to: gateway, probability: None });
        gateway
    }

    fn before(&mut self, end: End, arcs: &[Arc]) -> LoggedNode {
        let count = arcs.iter().filter(|arc| arc.to == end).count();
        if count < 2 || end == End::Finish {
            return Self::node(end);
        }
        let gateway = self.gateway(end);
        self.flows.push(LoggedFlow::New { from: gateway, to: Self::node(end), probability: None });
        gateway
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_add_up_to_one() {
        assert_eq!(shares(&[1, 1, 1]), [0.3334, 0.3333, 0.3333]);
        assert_eq!(shares(&[390, 610]), [0.39, 0.61]);
        assert_eq!(shares(&[0, 0]), [0.0, 0.0]);
        for counts in [vec![1, 2, 3, 4, 5, 6, 7], vec![1; 11], vec![99_999, 1]] {
            let sum: f64 = shares(&counts).iter().sum();
            assert!((sum - 1.0).abs() < 1e-9, "{counts:?}");
        }
    }
}
