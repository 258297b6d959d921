//! How often work passes from one performer to another.
//!
//! h(r, s) = λ · Σ vᵢ pᵢⱼ over the ways from a step i of r to a step j of s that pass only gateways and events, whose
//! lanes do not count: the work changes hands where a step of another performer begins. A way into a sub-flow leads to
//! where its inside begins, one to an end inside leads on behind the sub-flow.

use std::collections::BTreeMap;

use super::visits::{Visits, same_numbers};
use crate::analysis::Index;
use crate::analysis::ways::is_set_off;
use crate::model::*;

/// Ways between two steps are followed through at most this many gateways and events.
const LONGEST_WAY: usize = 64;
/// Nodes looked at for one step; nets of parallel gateways without a step between them could go on for ever.
const MOST_NODES: usize = 20_000;
/// Branches that fewer cases than this share take are left out.
const LEAST_SHARE: f64 = 1e-9;
/// Steps of one performer that are followed until the work is handed on.
const MOST_RETURNS: usize = 2_000;
/// Rounds that fewer cases than this share take are left out.
const LEAST_RETURN: f64 = 1e-6;

/// Work passing from one performer to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Handover {
    /// Who gives.
    pub from: Actor,
    /// Who takes.
    pub to: Actor,
    /// How often in a week.
    pub per_week: f64,
}

/// Work that goes from one step to the next one, of whoever performs it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pass {
    /// The step that is done.
    pub from: StepId,
    /// The step that comes next.
    pub to: StepId,
    /// How often a case goes this way.
    pub per_case: f64,
    /// Whether one of the flows on the way names what is handed over.
    pub carries: bool,
}

/// Hand-overs of all processes whose cases and visits are known.
#[derive(Debug, Default)]
pub struct Handovers {
    /// Sorted by giver and taker, every pair once.
    pub pairs: Vec<Handover>,
    per_case: Vec<f64>,
    moves_per_case: Vec<f64>,
    passes: Vec<Vec<Pass>>,
}

impl PartialEq for Handovers {
    /// What is not known in both is the same.
    fn eq(&self, other: &Self) -> bool {
        self.pairs == other.pairs
            && same_numbers(&self.per_case, &other.per_case)
            && same_numbers(&self.moves_per_case, &other.moves_per_case)
            && self.passes == other.passes
    }
}

impl Handovers {
    /// Works out the hand-overs of every process.
    pub fn new(document: &Document, index: &Index<'_>, visits: &Visits) -> Self {
        let mut sums: BTreeMap<(Actor, Actor), f64> = BTreeMap::new();
        let mut per_case = vec![f64::NAN; document.processes().next_index() as usize];
        let mut moves_per_case = per_case.clone();
        let mut passes = vec![Vec::new(); per_case.len()];
        for (process, record) in document.processes().iter() {
            if !visits.is_known(process) {
                continue;
            }
            let (mut sum, mut moves) = (0.0, 0.0);
            let mut found = Vec::new();
            for step in index.steps_of(process) {
                for pass in from_step(document, index, visits, *step) {
                    let (Some(from), Some(to)) = (index.performer(pass.from), index.performer(pass.to)) else {
                        continue;
                    };
                    moves += pass.per_case;
                    if from != to {
                        sum += pass.per_case;
                        if let Some(cases) = record.cases {
                            *sums.entry((from, to)).or_insert(0.0) += pass.per_case * cases.per_week();
                        }
                    }
                    found.push(pass);
                }
            }
            let place = process.index() as usize;
            if let (Some(slot), Some(all), Some(list)) =
                (per_case.get_mut(place), moves_per_case.get_mut(place), passes.get_mut(place))
            {
                (*slot, *all, *list) = (sum, moves, found);
            }
        }
        let pairs = sums.into_iter().map(|((from, to), per_week)| Handover { from, to, per_week }).collect();
        Self { pairs, per_case, moves_per_case, passes }
    }

    /// Hand-overs of one case of a process; none where its visits are not known.
    pub fn per_case(&self, process: ProcessId) -> Option<f64> {
        self.per_case.get(process.index() as usize).copied().filter(|sum| !sum.is_nan())
    }

    /// Moves of one case of a process from a step to the next, hand-overs among them; none where its visits are not
    /// known.
    pub fn moves_per_case(&self, process: ProcessId) -> Option<f64> {
        self.moves_per_case.get(process.index() as usize).copied().filter(|sum| !sum.is_nan())
    }

    /// Moves of a process from a step to the next, of steps with performers, in the order of the steps.
    pub fn passes(&self, process: ProcessId) -> &[Pass] {
        self.passes.get(process.index() as usize).map_or(&[], Vec::as_slice)
    }

    /// How often in a case work goes from one performer to another whose next hand-over gives it back, for each such
    /// pair of a process, in order.
    pub fn returns(&self, index: &Index<'_>, visits: &Visits, process: ProcessId) -> Vec<((Actor, Actor), f64)> {
        let passes = self.passes(process);
        let mut out: BTreeMap<StepId, Vec<&Pass>> = BTreeMap::new();
        for pass in passes {
            out.entry(pass.from).or_default().push(pass);
        }
        let mut sums: BTreeMap<(Actor, Actor), f64> = BTreeMap::new();
        for pass in passes {
            let (Some(giver), Some(taker)) = (index.performer(pass.from), index.performer(pass.to)) else { continue };
            if giver == taker {
                continue;
            }
            let (mut open, mut looked_at) = (vec![(pass.to, pass.per_case)], 0);
            while let Some((step, count)) = open.pop() {
                looked_at += 1;
                let all = visits.of(index, FlowNode::Step(step)).unwrap_or(0.0);
                if looked_at > MOST_RETURNS || count <= LEAST_RETURN || all <= 0.0 {
                    continue;
                }
                for next in out.get(&step).into_iter().flatten() {
                    let part = count * next.per_case / all;
                    match index.performer(next.to) {
                        Some(actor) if actor == taker => open.push((next.to, part)),
                        Some(actor) if actor == giver => *sums.entry((giver, taker)).or_insert(0.0) += part,
                        _ => {}
                    }
                }
            }
        }
        sums.into_iter().collect()
    }
}

/// Moves out of a step, each with how often a case makes it.
fn from_step(document: &Document, index: &Index<'_>, visits: &Visits, step: StepId) -> Vec<Pass> {
    let mut found: Vec<Pass> = Vec::new();
    let node = FlowNode::Step(step);
    let Some(count) = visits.of(index, node).filter(|_| index.performer(step).is_some()) else { return found };
    if is_container(index, step) {
        return found;
    }
    let carries = |node: FlowNode, next: FlowNode| {
        let flows = index.flows_out(node).iter().filter_map(|flow| document.flows().get(*flow));
        flows.into_iter().any(|flow| flow.to == next && flow.artefact.is_some())
    };
    let (mut open, mut looked_at) = (vec![(node, count, 0, false)], 0);
    while let Some((node, count, passed, carried)) = open.pop() {
        looked_at += 1;
        if looked_at > MOST_NODES {
            break;
        }
        for (next, share) in onward(document, index, visits, node) {
            let count = count * share;
            let carried = carried || carries(node, next);
            match next {
                FlowNode::Step(to) if !is_container(index, to) => {
                    found.push(Pass { from: step, to, per_case: count, carries: carried });
                }
                other if count > LEAST_SHARE && passed < LONGEST_WAY => {
                    open.push((other, count, passed + 1, carried));
                }
                _ => {}
            }
        }
    }
    found
}

/// Whether a step is done by what is inside it.
fn is_container(index: &Index<'_>, step: StepId) -> bool {
    !index.inside(step).is_empty()
}

/// Nodes that come next, with their share: those of the same scope, the starts inside a sub-flow, and behind the last
/// node inside one what comes after the sub-flow.
fn onward(document: &Document, index: &Index<'_>, visits: &Visits, node: FlowNode) -> Vec<(FlowNode, f64)> {
    if let FlowNode::Step(step) = node
        && is_container(index, step)
    {
        let is_start = |node: &&FlowNode| match node {
            FlowNode::Event(id) => document.events().get(*id).is_some_and(|event| event.kind == EventKind::Start),
            FlowNode::Step(_) | FlowNode::Gateway(_) => false,
        };
        let inside = index.inside(step);
        let starts: Vec<FlowNode> = inside.iter().filter(is_start).copied().collect();
        let is_entry = |node: &&FlowNode| index.flows_in(**node).is_empty() && !is_set_off(document, **node);
        let entries = || inside.iter().filter(is_entry).copied().collect();
        let starts = if starts.is_empty() { entries() } else { starts };
        let known = starts.into_iter().filter(|start| visits.of(index, *start).is_some());
        return known.map(|start| (start, 1.0)).collect();
    }
    let next = visits.after(index, node).to_vec();
    match document.parent_of(node) {
        Some(around) if next.is_empty() => visits.after(index, FlowNode::Step(around)).to_vec(),
        _ => next,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::figures::visits::tests::{REFUND, process};

    #[test]
    fn refund_flow() {
        let mut document = Document::default();
        let nodes = process(&mut document, REFUND);
        let roles = ["Clerk", "Owner", "Accountant"].map(|name| document.insert(Role::new(name)));
        let performers = [("receive", 0), ("check", 0), ("clerk", 0), ("owner", 1), ("pay", 2)];
        for (name, role) in performers {
            let Some((_, FlowNode::Step(step))) = nodes.iter().find(|(known, _)| known == name) else { panic!() };
            document.get_mut::<Step>(*step).unwrap().performer = Some(Actor::Role(roles[role]));
        }
        let index = Index::new(&document);
        let handovers = Handovers::new(&document, &index, &Visits::new(&document, &index));
        let per_week = |from: usize, to: usize| {
            let wanted = (Actor::Role(roles[from]), Actor::Role(roles[to]));
            handovers.pairs.iter().find(|pair| (pair.from, pair.to) == wanted).map_or(0.0, |pair| pair.per_week)
        };
        for (from, to, expected) in [(0, 1, 13.33), (0, 2, 46.67), (1, 2, 13.33), (1, 0, 0.0)] {
            assert!((per_week(from, to) - expected).abs() < 0.005, "{from} to {to}");
        }
        let per_case = handovers.per_case(document.processes().ids().next().unwrap()).unwrap();
        assert!((per_case - 1.222).abs() < 0.0005);
    }

    #[test]
    fn work_that_comes_back_is_counted() {
        let mut document = Document::default();
        let arrows = [
            ("start", "ask", None),
            ("ask", "look", None),
            ("look", "think", None),
            ("think", "?", None),
            ("?", "ask", Some(0.25)),
            ("?", "pay", Some(0.75)),
            ("pay", "end", None),
        ];
        let nodes = process(&mut document, &arrows);
        let [clerk, owner] = ["Clerk", "Owner"].map(|name| Actor::Role(document.insert(Role::new(name))));
        for (name, role) in [("ask", clerk), ("look", owner), ("think", owner), ("pay", owner)] {
            let Some((_, FlowNode::Step(step))) = nodes.iter().find(|(known, _)| known == name) else { panic!() };
            document.get_mut::<Step>(*step).unwrap().performer = Some(role);
        }
        let index = Index::new(&document);
        let visits = Visits::new(&document, &index);
        let handovers = Handovers::new(&document, &index, &visits);
        let process = document.processes().ids().next().unwrap();
        // A third of a round comes back from the owner to the clerk, and each of these goes to the owner again.
        let returns = handovers.returns(&index, &visits, process);
        let [((giver, taker), back), ((other, _), again)] = returns.as_slice() else { panic!("{returns:?}") };
        assert_eq!((*giver, *taker, *other), (clerk, owner, owner));
        assert!((back - 1.0 / 3.0).abs() < 1e-5 && (again - 1.0 / 3.0).abs() < 1e-5);
        assert!((handovers.moves_per_case(process).unwrap() - 4.0).abs() < 1e-9);
    }

    #[test]
    fn work_changes_hands_into_and_out_of_sub_flows() {
        let mut document = Document::default();
        let process = document.insert(Process { cases: Some(Rate::weekly(10.0)), ..Process::new("Order") });
        let [clerk, baker] = ["Clerk", "Baker"].map(|name| Actor::Role(document.insert(Role::new(name))));
        let mut step =
            |performer, parent, kind| document.insert(Step { performer, parent, kind, ..Step::new(process, "Work") });
        let first = step(Some(clerk), None, StepKind::Task);
        let around = step(Some(baker), None, StepKind::SubFlow);
        let inside = step(None, Some(around), StepKind::Task);
        let last = step(Some(clerk), None, StepKind::Task);
        let end = Event { parent: Some(around), ..Event::new(process, EventKind::End, "") };
        let end = FlowNode::Event(document.insert(end));
        let [first, around, inside, last] = [first, around, inside, last].map(FlowNode::Step);
        for (from, to) in [(first, around), (inside, end), (around, last)] {
            document.insert(Flow::new(process, from, to));
        }
        let index = Index::new(&document);
        let handovers = Handovers::new(&document, &index, &Visits::new(&document, &index));
        let pair = |from, to| Handover { from, to, per_week: 10.0 };
        assert_eq!(handovers.pairs, [pair(clerk, baker), pair(baker, clerk)]);
        assert_eq!(handovers.per_case(process), Some(2.0));
    }
}
