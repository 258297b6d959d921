//! Whether a process can run to its end: cases stuck at a parallel join, and work done twice behind an exclusive one.
//!
//! A process is played with tokens on its flows, as a workflow net (W. van der Aalst, The application of Petri nets to
//! workflow management, 1998; the two conflicts are named in W. Sadiq, M. Orlowska, Analyzing process models using
//! graph reduction techniques, 2000). Each start event is a case of its own. A parallel gateway waits for all its
//! flows and marks all that leave it; an exclusive one passes each token on and takes every branch in turn. Found are
//!
//! - **deadlock**: a state in which nothing can move while a parallel join has some of its tokens and not all;
//! - **missing synchronisation**: a state in which two tokens of one case arrive at an exclusive join.
//!
//! In such nets what one node does never prevents another from acting, so it is enough to follow one node a state with
//! all its branches (a stubborn set of one cluster: A. Valmari, Stubborn sets for reduced state space generation,
//! 1989). The node earliest in reverse postorder goes first; so parallel branches are played one after the other, and
//! both tokens are at an exclusive join before it passes them on. States grow with the choices that are open at the
//! same time, not with the ways to interleave parallel work. Where there are more than the bound, what was found until
//! then stands (each state can be reached), and the outcome says that it is not complete.
//!
//! Each sub-flow is played by itself, and so is the outermost level of the process. An event on the border of a step is
//! another way out of it, or one more where it lets the step go on. Behind an end that ends everything nothing is left.
//!
//! Limits: a node other than a gateway that several flows lead to passes tokens on without complaint. One that several
//! flows leave, without probabilities or names on them, may mean "one of them" or "all of them"; only what is wrong
//! either way is reported; so for inclusive and complex gateways. A join is not reported for a flow that this start never reaches.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Context;
use super::ways::{Scope, WayKind, ends_all};
use crate::model::*;

/// What goes wrong at a join.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fault {
    /// A parallel join waits for a token that does not come.
    Deadlock,
    /// An exclusive join gets several tokens of one case.
    MissingSynchronisation,
}

/// One fault with its cause.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// The join.
    pub join: GatewayId,
    /// What goes wrong.
    pub fault: Fault,
    /// Flows on which tokens have arrived.
    pub arrived: Vec<FlowId>,
    /// For a deadlock: flows on which a token is waited for.
    pub missing: Vec<FlowId>,
    /// The nearest node at which the branches parted.
    pub split: Option<FlowNode>,
}

/// What playing a process has shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// What goes wrong, in the order of the flow, one entry per join.
    pub conflicts: Vec<Conflict>,
    /// Number of states looked at.
    pub states: usize,
    /// Whether all states were looked at.
    pub complete: bool,
}

/// Plays a process, as if some gateways were of another kind, looking at no more than `bound` states per start.
pub fn play(context: &Context<'_>, process: ProcessId, changed: &[(GatewayId, GatewayKind)], bound: usize) -> Outcome {
    let mut all = Outcome { complete: true, ..Outcome::default() };
    for scope in Scope::all(context.document, &context.index, process) {
        let outcome = play_scope(context, &scope, changed, bound);
        all.conflicts.extend(outcome.conflicts);
        all.states += outcome.states;
        all.complete &= outcome.complete;
    }
    all
}

fn play_scope(context: &Context<'_>, scope: &Scope, changed: &[(GatewayId, GatewayKind)], bound: usize) -> Outcome {
    let (net, ambiguous) = Net::new(context.document, scope, changed, false);
    let mut outcome = net.outcome(context, bound);
    if ambiguous && !outcome.conflicts.is_empty() {
        let other = Net::new(context.document, scope, changed, true).0.outcome(context, bound);
        let in_other = |conflict: &Conflict| {
            other.conflicts.iter().any(|known| (known.join, known.fault) == (conflict.join, conflict.fault))
        };
        outcome.conflicts.retain(in_other);
        outcome.states += other.states;
        outcome.complete &= other.complete;
    }
    outcome
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Join {
    /// Passes tokens on, whatever their number.
    Any,
    Exclusive,
    Parallel,
}

struct Node {
    node: FlowNode,
    join: Join,
    /// Which edges are taken together: one of these sets each time.
    choices: Vec<Vec<usize>>,
    /// Whether everything ends here.
    ends_all: bool,
    incoming: Vec<usize>,
    /// All edges that leave it, those of events on its border included.
    outgoing: Vec<usize>,
    /// Place in reverse postorder from the starts.
    rank: usize,
}

struct Edge {
    /// None for what is no flow.
    flow: Option<FlowId>,
    from: usize,
    to: usize,
}

struct Net {
    nodes: Vec<Node>,
    edges: Vec<Edge>,
    starts: Vec<usize>,
}

/// Which edges have a token: one bit each.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Marking(Box<[u64]>);

impl Marking {
    fn new(edges: usize) -> Self {
        Self(vec![0; edges.div_ceil(64)].into())
    }

    fn has(&self, edge: usize) -> bool {
        self.0.get(edge / 64).is_some_and(|word| word >> (edge % 64) & 1 == 1)
    }

    fn set(&mut self, edge: usize, token: bool) {
        let Some(word) = self.0.get_mut(edge / 64) else { return };
        if token {
            *word |= 1 << (edge % 64);
        } else {
            *word &= !(1 << (edge % 64));
        }
    }

    fn edges(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(place, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
                rest &= rest - 1;
                Some(place * 64 + bit)
            })
        })
    }
}

impl Net {
    /// The net of a scope, and whether a node leaves open if it takes one branch or all. Such nodes take all where
    /// `open_takes_all`, else one.
    fn new(
        document: &Document,
        scope: &Scope,
        changed: &[(GatewayId, GatewayKind)],
        open_takes_all: bool,
    ) -> (Self, bool) {
        let places: FxHashMap<FlowNode, usize> =
            scope.nodes.iter().enumerate().map(|(place, node)| (*node, place)).collect();
        // What comes after an event on a border comes after its step.
        let host = |place: usize| match scope.nodes.get(place) {
            Some(node) => document.host_of(*node).and_then(|host| places.get(&FlowNode::Step(host)).copied()),
            None => None,
        };
        let mut edges: Vec<Edge> = Vec::new();
        let mut net = Self { nodes: Vec::new(), edges: Vec::new(), starts: Vec::new() };
        let mut own: Vec<Vec<usize>> = vec![Vec::new(); scope.nodes.len()];
        let mut incoming = own.clone();
        for way in &scope.ways {
            let (Some(from), Some(to)) = (places.get(&way.from), places.get(&way.to)) else { continue };
            if matches!(way.kind, WayKind::Border { .. }) {
                continue;
            }
            own.get_mut(*from).into_iter().for_each(|list| list.push(edges.len()));
            incoming.get_mut(*to).into_iter().for_each(|list| list.push(edges.len()));
            edges.push(Edge { flow: way.flow(), from: host(*from).unwrap_or(*from), to: *to });
        }
        let mut ambiguous = false;
        for ((node, incoming), outgoing) in scope.nodes.iter().zip(incoming).zip(&own) {
            let (join, takes_all, open) = behaviour(document, *node, changed, &edges, outgoing);
            ambiguous |= open;
            let takes_all = takes_all || (open && open_takes_all);
            let choices = match takes_all || outgoing.is_empty() {
                true => vec![outgoing.clone()],
                false => outgoing.iter().map(|edge| vec![*edge]).collect(),
            };
            let ends_all = ends_all(document, *node);
            let outgoing = outgoing.clone();
            net.nodes.push(Node { node: *node, join, choices, ends_all, incoming, outgoing, rank: usize::MAX });
        }
        for way in &scope.ways {
            let (WayKind::Border { keeps_running }, Some(event)) = (way.kind, places.get(&way.to)) else { continue };
            let Some(node) = places.get(&way.from).and_then(|place| net.nodes.get_mut(*place)) else { continue };
            let taken = own.get(*event).cloned().unwrap_or_default();
            node.outgoing.extend(&taken);
            match keeps_running {
                // The step goes on, and so does what the event sets off.
                true => node.choices.extend(node.choices.first().map(|first| [first.as_slice(), &taken].concat())),
                false => node.choices.push(taken),
            }
        }
        net.edges = edges;
        net.starts = starts(document, scope, &places);
        for (rank, place) in reverse_postorder(&net.nodes, &net.edges, &net.starts).into_iter().enumerate() {
            if let Some(node) = net.nodes.get_mut(place) {
                node.rank = rank;
            }
        }
        (net, ambiguous)
    }

    fn outcome(&self, context: &Context<'_>, bound: usize) -> Outcome {
        let mut outcome = Outcome { complete: true, ..Outcome::default() };
        let mut found: Vec<(usize, Conflict)> = Vec::new();
        let mut known: FxHashSet<(GatewayId, Fault)> = FxHashSet::default();
        for start in &self.starts {
            let reached = self.edges_from(*start);
            let mut seen: FxHashSet<Marking> = FxHashSet::default();
            let mut open = self.after(*start, &Marking::new(self.edges.len()));
            while let Some(marking) = open.pop() {
                if seen.contains(&marking) {
                    continue;
                }
                if seen.len() >= bound || context.is_cancelled(seen.len()) {
                    outcome.complete = false;
                    break;
                }
                let next = self.next(&marking);
                let faults = match next {
                    Some(node) => self.crowd_at(node, &marking).into_iter().collect(),
                    None => self.stuck(&marking, &reached),
                };
                for (rank, conflict) in faults {
                    if known.insert((conflict.join, conflict.fault)) {
                        found.push((rank, conflict));
                    }
                }
                if let Some(node) = next {
                    open.extend(self.after(node, &self.without_tokens_at(node, &marking)));
                }
                seen.insert(marking);
            }
            outcome.states += seen.len();
        }
        found.sort();
        outcome.conflicts = found.into_iter().map(|(_, conflict)| conflict).collect();
        outcome
    }

    /// The first node in the order of ranks that can act.
    fn next(&self, marking: &Marking) -> Option<usize> {
        let targets = marking.edges().filter_map(|edge| self.edges.get(edge)).map(|edge| edge.to);
        let can_act = |place: &usize| {
            self.nodes
                .get(*place)
                .is_some_and(|node| node.join != Join::Parallel || node.incoming.iter().all(|edge| marking.has(*edge)))
        };
        targets.filter(can_act).min_by_key(|place| (self.rank(*place), *place))
    }

    fn without_tokens_at(&self, place: usize, marking: &Marking) -> Marking {
        let mut marking = marking.clone();
        for edge in self.nodes.get(place).into_iter().flat_map(|node| &node.incoming) {
            marking.set(*edge, false);
        }
        marking
    }

    /// The states after a node has acted: one, or one for each branch.
    fn after(&self, place: usize, marking: &Marking) -> Vec<Marking> {
        let Some(node) = self.nodes.get(place) else { return Vec::new() };
        let with = |edges: &[usize]| {
            let mut marking = marking.clone();
            edges.iter().for_each(|edge| marking.set(*edge, true));
            marking
        };
        if node.ends_all {
            return vec![Marking::new(self.edges.len())];
        }
        node.choices.iter().map(|choice| with(choice)).collect()
    }

    /// The fault of an exclusive join that several tokens are at.
    fn crowd_at(&self, place: usize, marking: &Marking) -> Option<(usize, Conflict)> {
        let node = self.nodes.get(place).filter(|node| node.join == Join::Exclusive)?;
        let FlowNode::Gateway(join) = node.node else { return None };
        let arrived: Vec<usize> = node.incoming.iter().copied().filter(|edge| marking.has(*edge)).collect();
        let [first, second, ..] = arrived.as_slice() else { return None };
        let split = self.parting(place, &[*first], &[*second], true);
        let (fault, arrived) = (Fault::MissingSynchronisation, self.flows(&arrived));
        Some((node.rank, Conflict { join, fault, arrived, missing: Vec::new(), split }))
    }

    /// The joins that a state in which nothing can move is stuck at; those that only wait for another one are left out.
    fn stuck(&self, marking: &Marking, reached: &FxHashSet<usize>) -> Vec<(usize, Conflict)> {
        let mut waiting: Vec<usize> =
            marking.edges().filter_map(|edge| self.edges.get(edge)).map(|edge| edge.to).collect();
        waiting.sort_unstable_by_key(|place| (self.rank(*place), *place));
        waiting.dedup();
        let mut conflicts = Vec::new();
        for (index, place) in waiting.iter().enumerate() {
            let Some(node) = self.nodes.get(*place) else { continue };
            let FlowNode::Gateway(join) = node.node else { continue };
            let (arrived, missing): (Vec<usize>, Vec<usize>) =
                node.incoming.iter().partition(|edge| marking.has(**edge));
            let earlier = waiting.get(..index).unwrap_or_default();
            let follows = earlier.iter().any(|other| {
                let behind = self.edges_from(*other);
                missing.iter().any(|edge| behind.contains(edge))
            });
            if follows || missing.is_empty() || missing.iter().any(|edge| !reached.contains(edge)) {
                continue;
            }
            let split = self.parting(*place, &arrived, &missing, false);
            let (arrived, missing) = (self.flows(&arrived), self.flows(&missing));
            conflicts.push((node.rank, Conflict { join, fault: Fault::Deadlock, arrived, missing, split }));
        }
        conflicts
    }

    /// The node nearest to a join that has a way to `first` by one branch and to `second` by another one, which it takes
    /// both, or of which it takes one.
    fn parting(&self, join: usize, first: &[usize], second: &[usize], takes_all: bool) -> Option<FlowNode> {
        let (to_first, to_second) = (self.edges_to(first, join), self.edges_to(second, join));
        let parts = |node: &&Node| {
            let branches = |to: &FxHashSet<usize>| {
                node.outgoing.iter().copied().filter(|edge| to.contains(edge)).collect::<Vec<usize>>()
            };
            let (a, b) = (branches(&to_first), branches(&to_second));
            let together = |one: &usize, two: &usize| {
                node.choices.iter().any(|choice| choice.contains(one) && choice.contains(two))
            };
            a.iter().any(|one| b.iter().any(|two| one != two && together(one, two) == takes_all))
        };
        let candidates = self.nodes.iter().filter(|node| node.outgoing.len() > 1 && node.rank != usize::MAX);
        candidates.filter(parts).max_by_key(|node| node.rank).map(|node| node.node)
    }

    /// Edges that can be reached from a node.
    fn edges_from(&self, place: usize) -> FxHashSet<usize> {
        let mut seen = FxHashSet::default();
        let mut open: Vec<usize> = self.nodes.get(place).map(|node| node.outgoing.clone()).unwrap_or_default();
        while let Some(edge) = open.pop() {
            if seen.insert(edge) {
                let target = self.edges.get(edge).and_then(|edge| self.nodes.get(edge.to));
                open.extend(target.into_iter().flat_map(|node| &node.outgoing));
            }
        }
        seen
    }

    /// Edges from which one of these edges can be reached without passing a node, themselves included.
    fn edges_to(&self, targets: &[usize], without: usize) -> FxHashSet<usize> {
        let mut seen = FxHashSet::default();
        let mut open = targets.to_vec();
        while let Some(edge) = open.pop() {
            if seen.insert(edge) {
                let source = self.edges.get(edge).map(|edge| edge.from).filter(|from| *from != without);
                let node = source.and_then(|from| self.nodes.get(from));
                open.extend(node.into_iter().flat_map(|node| &node.incoming));
            }
        }
        seen
    }

    fn rank(&self, place: usize) -> usize {
        self.nodes.get(place).map_or(usize::MAX, |node| node.rank)
    }

    fn flows(&self, edges: &[usize]) -> Vec<FlowId> {
        edges.iter().filter_map(|edge| self.edges.get(*edge)).filter_map(|edge| edge.flow).collect()
    }
}

fn kind_of(document: &Document, node: FlowNode, changed: &[(GatewayId, GatewayKind)]) -> Option<GatewayKind> {
    let FlowNode::Gateway(id) = node else { return None };
    let other = changed.iter().find(|(known, _)| *known == id).map(|(_, kind)| *kind);
    other.or_else(|| document.gateways().get(id).map(|gateway| gateway.kind))
}

/// How a node joins, whether it takes all branches, and whether it leaves that open.
fn behaviour(
    document: &Document,
    node: FlowNode,
    changed: &[(GatewayId, GatewayKind)],
    edges: &[Edge],
    outgoing: &[usize],
) -> (Join, bool, bool) {
    match kind_of(document, node, changed) {
        Some(GatewayKind::Parallel) => (Join::Parallel, true, false),
        Some(GatewayKind::Exclusive | GatewayKind::EventBased) => (Join::Exclusive, false, false),
        // How many branches an inclusive or complex split takes is open, and its join knows how many come.
        Some(GatewayKind::Inclusive | GatewayKind::Complex) => (Join::Any, false, outgoing.len() > 1),
        None => (Join::Any, false, outgoing.len() > 1 && !says_which(document, edges, outgoing)),
    }
}

/// Whether the flows that leave a node are marked as alternatives, by a probability or a name. Conditions are none:
/// several of them may hold.
fn says_which(document: &Document, edges: &[Edge], outgoing: &[usize]) -> bool {
    let flows = outgoing.iter().filter_map(|edge| document.flows().get(edges.get(*edge)?.flow?));
    flows.into_iter().any(|flow| flow.probability.is_some() || !flow.name.trim().is_empty())
}

/// Places where cases begin.
fn starts(document: &Document, scope: &Scope, places: &FxHashMap<FlowNode, usize>) -> Vec<usize> {
    let starts = scope.starts(document).into_iter();
    starts.filter_map(|node| places.get(&node).copied()).collect()
}

/// Nodes in reverse postorder of a depth-first walk: each before all that follow it, back edges aside.
fn reverse_postorder(nodes: &[Node], edges: &[Edge], starts: &[usize]) -> Vec<usize> {
    let mut visited = vec![false; nodes.len()];
    let mut order = Vec::with_capacity(nodes.len());
    for start in starts {
        let mut stack = vec![(*start, 0_usize)];
        match visited.get_mut(*start) {
            Some(seen) if !*seen => *seen = true,
            _ => continue,
        }
        while let Some((place, branch)) = stack.pop() {
            let edge = nodes.get(place).and_then(|node| node.outgoing.get(branch));
            let Some(edge) = edge else {
                order.push(place);
                continue;
            };
            stack.push((place, branch + 1));
            let Some(target) = edges.get(*edge).map(|edge| edge.to) else { continue };
            if let Some(seen) = visited.get_mut(target).filter(|seen| !**seen) {
                *seen = true;
                stack.push((target, 0));
            }
        }
    }
    order.reverse();
    order
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::{CancelToken, Settings};

    /// A process grown by replacing a flow with a block again and again, then with flows added that leap forward.
    /// Nodes are in the order of the flow.
    fn grown(choices: &[(u8, u8, u8)], leaps: &[(u8, u8)]) -> (Document, ProcessId) {
        let mut document = Document::default();
        let process = document.insert(Process::new("Flow"));
        let start = FlowNode::Event(document.insert(Event::new(process, EventKind::Start, "")));
        let end = FlowNode::Event(document.insert(Event::new(process, EventKind::End, "")));
        let mut order = vec![start, end];
        let mut flows = vec![(start, end)];
        let kind = |bit: bool| if bit { GatewayKind::Parallel } else { GatewayKind::Exclusive };
        for (place, split, join) in choices {
            let (from, to) = flows.swap_remove(usize::from(*place) % flows.len());
            let mut gateway = |bit: bool| FlowNode::Gateway(document.insert(Gateway::new(process, kind(bit), "")));
            let (split, join) = (gateway(split % 2 == 0), gateway(join % 2 == 0));
            let at = order.iter().position(|node| *node == to).unwrap();
            order.splice(at..at, [split, join]);
            flows.extend([(from, split), (split, join), (split, join), (join, to)]);
        }
        for (from, to) in leaps {
            let gateways = order.len() - 2;
            if gateways < 2 {
                continue;
            }
            let (a, b) = (usize::from(*from) % gateways, usize::from(*to) % gateways);
            if a != b {
                flows.push((order[1 + a.min(b)], order[1 + a.max(b)]));
            }
        }
        for (from, to) in flows {
            document.insert(Flow::new(process, from, to));
        }
        (document, process)
    }

    /// Whether some way to interleave the work leads to a fault: every state by every order, tokens counted.
    fn some_order_fails(net: &Net) -> bool {
        let Some(start) = net.starts.first() else { return false };
        let mut seen: FxHashSet<Vec<u8>> = FxHashSet::default();
        let mut open = vec![vec![0_u8; net.edges.len()]];
        for edge in &net.nodes[*start].outgoing {
            open[0][*edge] += 1;
        }
        while let Some(marking) = open.pop() {
            if !seen.insert(marking.clone()) {
                continue;
            }
            let mut moved = false;
            for node in &net.nodes {
                let arrived: Vec<usize> = node.incoming.iter().copied().filter(|edge| marking[*edge] > 0).collect();
                let all = arrived.len() == node.incoming.len();
                if arrived.iter().any(|edge| marking[*edge] > 1) || (node.join == Join::Exclusive && arrived.len() > 1)
                {
                    return true;
                }
                if arrived.is_empty() || (node.join == Join::Parallel && !all) {
                    continue;
                }
                moved = true;
                let mut after = marking.clone();
                arrived.iter().for_each(|edge| after[*edge] -= 1);
                for branch in node.choices.clone() {
                    let mut next = after.clone();
                    branch.iter().for_each(|edge| next[*edge] += 1);
                    open.push(next);
                }
            }
            if !moved && marking.iter().any(|tokens| *tokens > 0) {
                return true;
            }
        }
        false
    }

    proptest! {
        #[test]
        fn one_order_a_state_finds_a_fault_where_any_order_does(
            choices in prop::collection::vec((0_u8..32, 0_u8..2, 0_u8..2), 1..6),
            leaps in prop::collection::vec((0_u8..32, 0_u8..32), 0..3),
        ) {
            let (document, process) = grown(&choices, &leaps);
            let (settings, cancel) = (Settings::default(), CancelToken::default());
            let context = Context::new(&document, &settings, &cancel);
            let scope = Scope::all(&document, &context.index, process).remove(0);
            let (net, ambiguous) = Net::new(&document, &scope, &[], false);
            prop_assert!(!ambiguous);
            let outcome = net.outcome(&context, 100_000);
            prop_assert!(outcome.complete);
            prop_assert_eq!(!outcome.conflicts.is_empty(), some_order_fails(&net), "{:?}", outcome);
        }
    }
}
