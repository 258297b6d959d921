//! Time and yield of one scope of a process, from each node to its end.
//!
//! A parallel split and all up to where its branches meet again count as one node; what is left are loops and choices,
//! which are solved backward from the end.

use super::linear::{solve, strong_parts};
use super::times::{Picks, Synchronisation};
use super::visits::Visits;
use crate::analysis::Index;
use crate::analysis::ways::{Scope, is_set_off};
use crate::model::*;

/// Loops longer than this are not solved.
const LONGEST_LOOP: usize = 200;

/// Time and yield from a node on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Outlook {
    /// Minutes.
    pub(super) time: f64,
    /// Share of cases that are right at the first try in every step; not a number where it cannot be said.
    pub(super) yielded: f64,
}

const AT_ONCE: Outlook = Outlook { time: 0.0, yielded: 1.0 };

/// One scope in local numbering; the number behind the last node is where all ways end.
pub(super) struct Part<'a> {
    nodes: &'a [FlowNode],
    out: Vec<Vec<(usize, f64)>>,
    /// Minutes and yield of each node by itself.
    own: Vec<Outlook>,
    splits: Vec<Option<GatewayId>>,
}

impl<'a> Part<'a> {
    pub(super) fn new(
        document: &Document,
        index: &Index<'_>,
        visits: &Visits,
        scope: &'a Scope,
        (picks, inner): (Picks, &[Option<Outlook>]),
    ) -> Self {
        let nodes = scope.nodes.as_slice();
        let places: rustc_hash::FxHashMap<FlowNode, usize> =
            nodes.iter().enumerate().map(|(place, node)| (*node, place)).collect();
        let runs_beside = |node: FlowNode| {
            matches!(node, FlowNode::Event(id)
                if document.events().get(id).is_some_and(|event| event.attached.is_some() && event.keeps_running))
        };
        let ways = |node: &FlowNode| {
            let next = visits.after(index, *node).iter().filter(|(to, share)| *share > 0.0 && !runs_beside(*to));
            next.filter_map(|(to, share)| Some((*places.get(to)?, *share))).collect()
        };
        let split = |node: &FlowNode| match node {
            FlowNode::Gateway(id) if document.gateways().get(*id)?.kind == GatewayKind::Parallel => Some(*id),
            _ => None,
        };
        Self {
            nodes,
            out: nodes.iter().map(ways).collect(),
            own: nodes.iter().map(|node| own_time(document, index, *node, picks, inner)).collect(),
            splits: nodes.iter().map(split).collect(),
        }
    }

    /// Time and yield from the starts to the end; none where a loop or parallel branches cannot be told apart.
    pub(super) fn outlook(
        &self,
        index: &Index<'_>,
        visits: &Visits,
        starts: &[FlowNode],
        joins: &mut Vec<Synchronisation>,
    ) -> Option<Outlook> {
        let end = self.nodes.len();
        let starts: Vec<usize> =
            self.nodes.iter().enumerate().filter(|(_, node)| starts.contains(node)).map(|(place, _)| place).collect();
        let after = self.postdominators();
        let order = self.order_from(&starts);
        let mut rank = vec![usize::MAX; end];
        for (number, place) in order.iter().enumerate() {
            rank[*place] = number;
        }
        // Each parallel split with what its branches take, the inner ones first.
        let mut blocks: Vec<Option<Outlook>> = vec![None; end];
        let mut scratch = Scratch { local: vec![usize::MAX; end] };
        for place in order.iter().rev().copied().filter(|place| self.is_split(*place)) {
            let join = after[place];
            let mut branches = Vec::new();
            for (first, _) in &self.out[place] {
                branches.push((*first, self.from(*first, join, &after, &blocks, &mut scratch)?));
            }
            branches.sort_by(|a, b| b.1.time.total_cmp(&a.1.time).then(rank[a.0].cmp(&rank[b.0])));
            let time = branches.first().map_or(0.0, |(_, outlook)| outlook.time);
            // Branches that meet somewhere and not always: what is behind that would count several times.
            let mixed = join == end && self.branches_meet(place);
            let product = branches.iter().map(|(_, outlook)| outlook.yielded).product();
            blocks[place] = Some(Outlook { time, yielded: if mixed { f64::NAN } else { product } });
            let at_join = self.splits.get(join).copied().flatten();
            if let (Some(split), Some(join), [slow, second, ..]) = (self.splits[place], at_join, branches.as_slice()) {
                joins.push(Synchronisation {
                    split,
                    join,
                    branches: [self.nodes[slow.0], self.nodes[second.0]],
                    minutes: [slow.1.time, second.1.time],
                    visits: visits.of(index, self.nodes[place]).unwrap_or(0.0),
                });
            }
        }
        let from_each = starts.iter().map(|start| self.from(*start, end, &after, &blocks, &mut scratch));
        let from_each: Option<Vec<Outlook>> = from_each.collect();
        // Several starts inside a sub-flow all begin.
        let all =
            from_each?.into_iter().reduce(|a, b| Outlook { time: a.time.max(b.time), yielded: a.yielded * b.yielded });
        Some(all.unwrap_or(AT_ONCE))
    }

    fn is_split(&self, place: usize) -> bool {
        self.splits[place].is_some() && self.out[place].len() > 1
    }

    /// Whether a node can be reached by two branches of a split.
    fn branches_meet(&self, split: usize) -> bool {
        let mut seen_by = vec![usize::MAX; self.nodes.len()];
        for (branch, (first, _)) in self.out[split].iter().enumerate() {
            let mut open = vec![*first];
            while let Some(place) = open.pop() {
                match seen_by[place] {
                    known if known == branch => {}
                    usize::MAX => {
                        seen_by[place] = branch;
                        open.extend(self.out[place].iter().map(|(next, _)| *next));
                    }
                    _ => return true,
                }
            }
        }
        false
    }

    /// Time and yield from a node to another one, that one excluded.
    fn from(
        &self,
        start: usize,
        stop: usize,
        after: &[usize],
        blocks: &[Option<Outlook>],
        scratch: &mut Scratch,
    ) -> Option<Outlook> {
        if start == stop {
            return Some(AT_ONCE);
        }
        let mut region = vec![start];
        scratch.local[start] = 0;
        let mut targets: Vec<Vec<usize>> = Vec::new();
        let mut shares: Vec<Vec<f64>> = Vec::new();
        let mut known = true;
        let mut head = 0;
        while let Some(place) = region.get(head).copied() {
            head += 1;
            let block = [(after[place], 1.0)];
            let next = if self.is_split(place) { &block[..] } else { &self.out[place] };
            known &= !self.is_split(place) || blocks[place].is_some();
            let (mut to, mut share) = (Vec::new(), Vec::new());
            for (target, part) in next.iter().filter(|(target, _)| *target != stop && *target < self.nodes.len()) {
                if scratch.local[*target] == usize::MAX {
                    scratch.local[*target] = region.len();
                    region.push(*target);
                }
                to.push(scratch.local[*target]);
                share.push(*part);
            }
            targets.push(to);
            shares.push(share);
        }
        for place in &region {
            scratch.local[*place] = usize::MAX;
        }
        if !known {
            return None;
        }
        // A share of cases goes on within the region, the rest leaves it.
        let own: Vec<Outlook> = region
            .iter()
            .map(|place| {
                let (own, block) = (self.own[*place], blocks[*place].unwrap_or(AT_ONCE));
                Outlook { time: own.time + block.time, yielded: own.yielded * block.yielded }
            })
            .collect();
        let leaving: Vec<f64> = shares.iter().map(|shares| (1.0 - shares.iter().sum::<f64>()).max(0.0)).collect();
        backward(&own, &targets, &shares, &leaving)?.first().copied()
    }

    /// Nodes in reverse postorder from the starts.
    fn order_from(&self, starts: &[usize]) -> Vec<usize> {
        let mut seen = vec![false; self.nodes.len()];
        let mut order = Vec::new();
        for start in starts {
            let mut calls = vec![(*start, 0)];
            if std::mem::replace(&mut seen[*start], true) {
                continue;
            }
            while let Some((place, followed)) = calls.pop() {
                match self.out[place].get(followed) {
                    Some((next, _)) => {
                        calls.push((place, followed + 1));
                        if !std::mem::replace(&mut seen[*next], true) {
                            calls.push((*next, 0));
                        }
                    }
                    None => order.push(place),
                }
            }
        }
        order.reverse();
        order
    }

    /// For each node the first one that all its ways lead over; where all ways end for those that have none (K. Cooper, T.
    /// Harvey, K. Kennedy, A simple, fast dominance algorithm, 2001, on the reversed graph).
    fn postdominators(&self) -> Vec<usize> {
        let end = self.nodes.len();
        let mut back: Vec<Vec<usize>> = vec![Vec::new(); end + 1];
        for (place, out) in self.out.iter().enumerate() {
            for (target, _) in out {
                back[*target].push(place);
            }
            if out.is_empty() {
                back[end].push(place);
            }
        }
        let mut order = Vec::with_capacity(end + 1);
        let mut seen = vec![false; end + 1];
        let mut calls = vec![(end, 0)];
        seen[end] = true;
        while let Some((place, followed)) = calls.pop() {
            match back[place].get(followed) {
                Some(next) => {
                    calls.push((place, followed + 1));
                    if !std::mem::replace(&mut seen[*next], true) {
                        calls.push((*next, 0));
                    }
                }
                None => order.push(place),
            }
        }
        let mut number = vec![0; end + 1];
        for (count, place) in order.iter().enumerate() {
            number[*place] = count;
        }
        const NONE: usize = usize::MAX;
        let mut after = vec![NONE; end + 1];
        after[end] = end;
        let mut moved = true;
        while std::mem::take(&mut moved) {
            for place in order.iter().rev().copied().filter(|place| *place != end) {
                let only_end = [(end, 1.0)];
                let out = if self.out[place].is_empty() { &only_end[..] } else { &self.out[place] };
                let mut found = NONE;
                for (next, _) in out.iter().filter(|(next, _)| after[*next] != NONE) {
                    let (mut a, mut b) = (*next, if found == NONE { *next } else { found });
                    while a != b {
                        while number[a] < number[b] {
                            a = after[a];
                        }
                        while number[b] < number[a] {
                            b = after[b];
                        }
                    }
                    found = a;
                }
                if found != after[place] {
                    after[place] = found;
                    moved = true;
                }
            }
        }
        after.truncate(end);
        after.iter().map(|next| if *next == NONE { end } else { *next }).collect()
    }
}

struct Scratch {
    /// Number of a node within the region at hand.
    local: Vec<usize>,
}

/// Minutes and yield of a node by itself.
fn own_time(
    document: &Document,
    index: &Index<'_>,
    node: FlowNode,
    picks: Picks,
    inner: &[Option<Outlook>],
) -> Outlook {
    match node {
        FlowNode::Step(id) => {
            let Some(step) = document.steps().get(id) else { return AT_ONCE };
            let wait = picks.wait(step).unwrap_or(0.0);
            let filled = !index.inside(id).is_empty() && !is_set_off(document, node);
            let behind = inner.get(id.index() as usize).copied().flatten().filter(|_| filled).unwrap_or(AT_ONCE);
            let work = picks.work(step).unwrap_or(behind.time);
            Outlook { time: wait + work, yielded: step.first_time_right.unwrap_or(1.0) * behind.yielded }
        }
        FlowNode::Event(id) => {
            let wait = document.events().get(id).and_then(|event| event.wait).map_or(0.0, |wait| wait.0);
            Outlook { time: wait, yielded: 1.0 }
        }
        FlowNode::Gateway(_) => AT_ONCE,
    }
}

/// Solves T = t + Σ p · T and R = y · (Σ p · R + share that leaves), later nodes first.
fn backward(own: &[Outlook], targets: &[Vec<usize>], shares: &[Vec<f64>], leaving: &[f64]) -> Option<Vec<Outlook>> {
    let mut known = vec![Outlook { time: 0.0, yielded: 0.0 }; own.len()];
    for part in strong_parts(own.len(), targets) {
        let looped = part.len() > 1 || part.iter().any(|node| targets[*node].contains(node));
        if part.len() > LONGEST_LOOP {
            return None;
        }
        let size = part.len();
        let place = |node: &usize| part.binary_search(node).ok();
        let (mut times, mut yields) = (vec![vec![0.0; size]; size], vec![vec![0.0; size]; size]);
        let (mut time_right, mut yield_right) = (vec![0.0; size], vec![0.0; size]);
        for (row, node) in part.iter().enumerate() {
            times[row][row] = 1.0;
            yields[row][row] = 1.0;
            let mut onward = Outlook { time: 0.0, yielded: leaving[*node] };
            for (target, share) in targets[*node].iter().zip(&shares[*node]) {
                match place(target) {
                    Some(column) if looped => {
                        times[row][column] -= share;
                        yields[row][column] -= own[*node].yielded * share;
                    }
                    _ => {
                        onward.time += share * known[*target].time;
                        onward.yielded += share * known[*target].yielded;
                    }
                }
            }
            time_right[row] = own[*node].time + onward.time;
            yield_right[row] = own[*node].yielded * onward.yielded;
        }
        let (times, yields) =
            if looped { (solve(times, time_right)?, solve(yields, yield_right)?) } else { (time_right, yield_right) };
        for (node, (time, yielded)) in part.iter().zip(times.into_iter().zip(yields)) {
            if !time.is_finite() || time < -1e-9 {
                return None;
            }
            known[*node] = Outlook { time, yielded };
        }
    }
    Some(known)
}
