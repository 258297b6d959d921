//! How long a case takes, how much of that is work, and how much of it is right at the first try.
//!
//! Flow analysis (M. Dumas and others, Fundamentals of Business Process Management, 2018, chapter 7): a node takes its
//! work + wait; of exclusive branches the mean weighted by probability counts, of parallel ones the slowest, a loop
//! with the chance r of another round takes T ÷ (1 − r). In general the time T from a node on solves
//! T = t + Σ p · T of the next node; a parallel split counts as t + the slowest branch up to the node where all its
//! branches have come together (its immediate postdominator), and goes on there. The rolled yield R = y · Σ p · R of
//! the next node, of parallel branches the product, is the share of cases that every step gets right at the first try.
//!
//! Waits and yields that nobody stated count as none: lead times are then lower bounds and yields upper bounds, and
//! the figures name the steps. What the visits cannot say, this cannot say either.

use super::linear::{solve, strong_parts};
use super::visits::Visits;
use crate::analysis::Index;
use crate::analysis::ways::{Scope, is_set_off};
use crate::model::*;

/// Loops longer than this are not solved.
const LONGEST_LOOP: usize = 200;

/// Times of one process, each for one case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProcessTimes {
    /// Minutes from start to end; a lower bound where steps state no wait or no work.
    pub lead: f64,
    /// Minutes of work of all steps together.
    pub work: f64,
    /// Minutes of waiting of all steps and events together; those of parallel branches all count.
    pub wait: f64,
    /// Work minutes for which a customer would pay.
    pub adds_value: f64,
    /// Work minutes that are waste.
    pub waste: f64,
    /// Work minutes of steps that do not say what they do for the customer.
    pub unclassified: f64,
    /// Share of cases that are right at the first try in every step; none where no step says.
    pub rolled_yield: Option<f64>,
    /// What steps cost beside work, by currency, in the order in which the currencies appear.
    pub cost: Vec<(Currency, f64)>,
    /// Steps that case come to and that state no work.
    pub without_work: Vec<StepId>,
    /// Steps that case come to and that state no wait.
    pub without_wait: Vec<StepId>,
    /// Where parallel branches wait for the slowest.
    pub joins: Vec<Synchronisation>,
}

impl ProcessTimes {
    /// Work that adds value ÷ lead time, at most: unclassified work counts as if it did. None without a lead time.
    pub fn cycle_efficiency(&self) -> Option<f64> {
        (self.lead > 0.0).then(|| (self.adds_value + self.unclassified) / self.lead)
    }
}

/// Parallel branches that come together.
#[derive(Clone, Debug, PartialEq)]
pub struct Synchronisation {
    /// Where they part.
    pub split: GatewayId,
    /// Where they come together.
    pub join: GatewayId,
    /// First node of the slowest branch, and of the second slowest.
    pub branches: [FlowNode; 2],
    /// Their minutes.
    pub minutes: [f64; 2],
    /// How often a case comes here.
    pub visits: f64,
}

/// Times of all processes whose visits are known and of which a step states work or wait.
#[derive(Debug, Default)]
pub struct Times {
    of_process: Vec<Option<ProcessTimes>>,
}

impl Times {
    /// Works out the times of every process.
    pub fn new(document: &Document, index: &Index<'_>, visits: &Visits) -> Self {
        let mut inner = vec![None; document.steps().next_index() as usize];
        let mut of_process = vec![None; document.processes().next_index() as usize];
        for process in document.processes().ids().filter(|process| visits.is_known(*process)) {
            if let Some(slot) = of_process.get_mut(process.index() as usize) {
                *slot = process_times(document, index, visits, process, &mut inner);
            }
        }
        Self { of_process }
    }

    /// Times of a process; none where they are not known.
    pub fn of(&self, process: ProcessId) -> Option<&ProcessTimes> {
        self.of_process.get(process.index() as usize)?.as_ref()
    }
}

/// Time and yield from a node on.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Outlook {
    time: f64,
    yielded: f64,
}

const AT_ONCE: Outlook = Outlook { time: 0.0, yielded: 1.0 };

fn process_times(
    document: &Document,
    index: &Index<'_>,
    visits: &Visits,
    process: ProcessId,
    inner: &mut [Option<Outlook>],
) -> Option<ProcessTimes> {
    let mut times = sums(document, index, visits, process)?;
    let mut scopes = Scope::all(document, index, process);
    let above = |step: &StepId| document.steps().get(*step).and_then(|step| step.parent);
    let depth = |scope: &Scope| std::iter::successors(scope.around, above).take(document.steps().len()).count();
    // A sub-flow takes as long as what is inside it.
    scopes.sort_by_cached_key(|scope| std::cmp::Reverse(depth(scope)));
    let mut whole = None;
    for scope in &scopes {
        let part = Part::new(document, index, visits, scope, inner);
        let starts = scope.starts(document);
        let outlook = part.outlook(index, visits, &starts, &mut times.joins);
        match scope.around {
            None => whole = outlook,
            Some(step) => {
                if let Some(slot) = inner.get_mut(step.index() as usize) {
                    *slot = outlook;
                }
            }
        }
    }
    let whole = whole?;
    times.lead = whole.time;
    let says_yield = |step: &StepId| document.steps().get(*step).is_some_and(|step| step.first_time_right.is_some());
    times.rolled_yield = index.steps_of(process).iter().any(says_yield).then_some(whole.yielded);
    Some(times)
}

/// What can be added up over the visits; none where no step states work or wait.
fn sums(document: &Document, index: &Index<'_>, visits: &Visits, process: ProcessId) -> Option<ProcessTimes> {
    let mut times = ProcessTimes::default();
    let mut stated = false;
    for id in index.steps_of(process) {
        let Some(step) = document.steps().get(*id) else { continue };
        let Some(count) = visits.of(index, FlowNode::Step(*id)).filter(|count| *count > 0.0) else { continue };
        stated |= step.work.is_some() || step.wait.is_some();
        let work = count * step.work.map_or(0.0, |work| work.0);
        times.work += work;
        times.wait += count * step.wait.map_or(0.0, |wait| wait.0);
        match step.value {
            Some(ValueClass::AddsValue) => times.adds_value += work,
            Some(ValueClass::Waste) => times.waste += work,
            Some(ValueClass::Needed) => {}
            None => times.unclassified += work,
        }
        if let Some(cost) = step.cost {
            let amount = count * cost.amount.to_f64();
            match times.cost.iter_mut().find(|(currency, _)| *currency == cost.currency) {
                Some((_, sum)) => *sum += amount,
                None => times.cost.push((cost.currency, amount)),
            }
        }
        let has_own = index.inside(*id).is_empty() && !step.kind.is_automatic();
        if has_own && step.work.is_none() {
            times.without_work.push(*id);
        }
        if has_own && step.wait.is_none() {
            times.without_wait.push(*id);
        }
    }
    for node in index.nodes_of(process) {
        let FlowNode::Event(id) = node else { continue };
        let wait = document.events().get(*id).and_then(|event| event.wait);
        if let (Some(wait), Some(count)) = (wait, visits.of(index, *node)) {
            times.wait += count * wait.0;
            stated = true;
        }
    }
    stated.then_some(times)
}

/// One scope in local numbering; the number behind the last node is where all ways end.
struct Part<'a> {
    nodes: &'a [FlowNode],
    out: Vec<Vec<(usize, f64)>>,
    /// Minutes and yield of each node by itself.
    own: Vec<Outlook>,
    splits: Vec<Option<GatewayId>>,
}

impl<'a> Part<'a> {
    fn new(
        document: &Document,
        index: &Index<'_>,
        visits: &Visits,
        scope: &'a Scope,
        inner: &[Option<Outlook>],
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
            own: nodes.iter().map(|node| own_time(document, index, *node, inner)).collect(),
            splits: nodes.iter().map(split).collect(),
        }
    }

    /// Time and yield from the starts to the end; none where a loop or parallel branches cannot be told apart.
    fn outlook(
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
            blocks[place] =
                Some(Outlook { time, yielded: branches.iter().map(|(_, outlook)| outlook.yielded).product() });
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
fn own_time(document: &Document, index: &Index<'_>, node: FlowNode, inner: &[Option<Outlook>]) -> Outlook {
    match node {
        FlowNode::Step(id) => {
            let Some(step) = document.steps().get(id) else { return AT_ONCE };
            let wait = step.wait.map_or(0.0, |wait| wait.0);
            let filled = !index.inside(id).is_empty() && !is_set_off(document, node);
            let behind = inner.get(id.index() as usize).copied().flatten().filter(|_| filled).unwrap_or(AT_ONCE);
            let work = step.work.map_or(behind.time, |work| work.0);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::figures::visits::tests::{REFUND, process};

    /// Times of a process of these arrows whose steps have work, wait and yield.
    fn times(arrows: &[(&str, &str, Option<f64>)], steps: &[(&str, f64, f64, Option<f64>)]) -> Option<ProcessTimes> {
        let mut document = Document::default();
        let nodes = process(&mut document, arrows);
        for (name, work, wait, first_time_right) in steps {
            let Some((_, FlowNode::Step(id))) = nodes.iter().find(|(known, _)| known == name) else { panic!("{name}") };
            let step = document.get_mut::<Step>(*id).unwrap();
            (step.work, step.wait) = (Some(Minutes(*work)), Some(Minutes(*wait)));
            step.first_time_right = *first_time_right;
        }
        let index = Index::new(&document);
        let visits = Visits::new(&document, &index);
        let process = document.processes().ids().next().unwrap();
        Times::new(&document, &index, &visits).of(process).cloned()
    }

    fn lead(arrows: &[(&str, &str, Option<f64>)], steps: &[(&str, f64)]) -> f64 {
        let steps: Vec<_> = steps.iter().map(|(name, work)| (*name, *work, 0.0, None)).collect();
        times(arrows, &steps).unwrap().lead
    }

    const PARALLEL: &[(&str, &str, Option<f64>)] = &[
        ("start", "+", None),
        ("+", "a", None),
        ("+", "b", None),
        ("a", "+join", None),
        ("b", "+join", None),
        ("+join", "c", None),
        ("c", "end", None),
    ];

    #[test]
    fn exclusive_branches_are_weighted_parallel_ones_take_the_slowest_and_loops_repeat() {
        let exclusive = [
            ("start", "?", None),
            ("?", "a", Some(0.7)),
            ("?", "b", Some(0.3)),
            ("a", "?join", None),
            ("b", "?join", None),
            ("?join", "end", None),
        ];
        assert!((lead(&exclusive, &[("a", 5.0), ("b", 15.0)]) - 8.0).abs() < 1e-9);
        assert!((lead(PARALLEL, &[("a", 10.0), ("b", 4.0)]) - 10.0).abs() < 1e-9);
        let rework = [("start", "a", None), ("a", "?", None), ("?", "a", Some(0.2)), ("?", "end", Some(0.8))];
        assert!((lead(&rework, &[("a", 12.0)]) - 15.0).abs() < 1e-9);
    }

    #[test]
    fn refund_flow() {
        let work = [("receive", 4.0), ("check", 10.0), ("clerk", 2.0), ("owner", 6.0), ("pay", 5.0)];
        // 1.1111 × 14 + .7778 × 2 + .2222 × 6 + 5.
        assert!((lead(REFUND, &work) - 23.4444).abs() < 0.00005);
    }

    #[test]
    fn parallel_branches_within_parallel_branches_and_loops() {
        let arrows = [
            ("start", "+", None),
            ("+", "a", None),
            ("+", "+inner", None),
            ("+inner", "b", None),
            ("+inner", "c", None),
            ("b", "+both", None),
            ("c", "+both", None),
            ("+both", "?", None),
            ("?", "+inner2", Some(0.5)),
            ("?", "d", Some(0.5)),
            ("+inner2", "e", None),
            ("+inner2", "f", None),
            ("e", "+ef", None),
            ("f", "+ef", None),
            ("+ef", "d", None),
            ("d", "+join", None),
            ("a", "+join", None),
            ("+join", "end", None),
        ];
        let work = [("a", 20.0), ("b", 3.0), ("c", 8.0), ("d", 4.0), ("e", 10.0), ("f", 2.0)];
        // max(20, max(3, 8) + .5 × max(10, 2) + 4) = 20; with a of 5 minutes the other branch counts: 17.
        assert!((lead(&arrows, &work) - 20.0).abs() < 1e-9);
        let steps: Vec<_> = work.iter().map(|(name, work)| (*name, work.min(8.0), 0.0, None)).collect();
        let times = times(&arrows, &steps).unwrap();
        assert!((times.lead - 16.0).abs() < 1e-9, "max(8, 8 + .5 × 8 + 4)");
        assert_eq!(times.joins.len(), 3);
        let outer = times.joins.last().unwrap();
        assert_eq!((outer.minutes, outer.visits), ([16.0, 8.0], 1.0));
    }

    #[test]
    fn branches_that_never_meet_take_the_slowest() {
        let arrows =
            [("start", "+", None), ("+", "a", None), ("+", "b", None), ("a", "end", None), ("b", "end2", None)];
        assert!((lead(&arrows, &[("a", 3.0), ("b", 7.0)]) - 7.0).abs() < 1e-9);
    }

    #[test]
    fn rolled_yield_and_cycle_efficiency() {
        let line = [("start", "a", None), ("a", "b", None), ("b", "c", None), ("c", "end", None)];
        let steps = [("a", 15.0, 330.0, Some(0.95)), ("b", 15.0, 330.0, Some(0.90)), ("c", 15.0, 330.0, Some(0.80))];
        let found = times(&line, &steps).unwrap();
        assert!((found.rolled_yield.unwrap() - 0.684).abs() < 1e-9);
        assert_eq!((found.lead, found.work, found.wait, found.unclassified), (1035.0, 45.0, 990.0, 45.0));
        assert!((found.cycle_efficiency().unwrap() - 0.0435).abs() < 0.00005);
        let both = times(PARALLEL, &[("a", 1.0, 0.0, Some(0.9)), ("b", 1.0, 0.0, Some(0.8))]).unwrap();
        assert!((both.rolled_yield.unwrap() - 0.72).abs() < 1e-9);
        let half = [("start", "?", None), ("?", "a", Some(0.5)), ("?", "end", Some(0.5)), ("a", "end", None)];
        let half = times(&half, &[("a", 1.0, 0.0, Some(0.8))]).unwrap();
        assert!((half.rolled_yield.unwrap() - 0.9).abs() < 1e-9);
        // Each round has to be right: .9 × (.8 + .2 R) = R.
        let rework = [("start", "a", None), ("a", "?", None), ("?", "a", Some(0.2)), ("?", "end", Some(0.8))];
        let rework = times(&rework, &[("a", 1.0, 0.0, Some(0.9))]).unwrap();
        assert!((rework.rolled_yield.unwrap() - 0.72 / 0.82).abs() < 1e-9);
    }

    #[test]
    fn without_any_minutes_there_are_no_times() {
        assert_eq!(times(PARALLEL, &[]), None);
        let found = times(PARALLEL, &[("a", 1.0, 2.0, None)]).unwrap();
        assert_eq!((found.without_work.len(), found.without_wait.len(), found.rolled_yield), (2, 2, None));
    }
}
