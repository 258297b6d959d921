//! How often a case comes to each node of a process.
//!
//! Visit counts v solve `v = e + Pᵀ v` (flow analysis): e is 1 at the start, P holds the share of a node's visits that
//! takes each flow: 1 for a single flow and for every branch of a parallel gateway, the stated probability after an
//! exclusive one. A parallel gateway with k incoming flows fires once for all of them, so each counts 1 ÷ k. The
//! equations are solved in the order of the flow: nodes outside of loops directly, each strongly connected part by
//! elimination, very large ones by repeated substitution. What is missing is never guessed: a scope with a gap has no
//! visits, and the gap says why.
//!
//! Each sub-flow is a scope of its own that begins as often as the sub-flow is visited (e is that). An event on the
//! border of a step takes the share of its visits that the flow behind it states; where it interrupts the step, only the
//! rest goes on as usual.

use super::linear::{solve, strong_parts};
use crate::analysis::ways::{Scope, Way, WayKind, is_set_off};
use crate::analysis::{Grouped, Index};
use crate::model::*;

/// Probabilities of a split may miss 1 by this much, as thirds written .33 do; they are then divided by their sum.
const SUM_TOLERANCE: f64 = 0.011;
/// Strongly connected parts above this size are solved step by step (Gauss and Seidel) instead of by elimination.
const LARGEST_ELIMINATED: usize = 200;
/// Steps after which that is given up.
const MOST_SWEEPS: usize = 5_000;

/// Why the visits of a process cannot be worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FlowGap {
    /// There is no single node where cases begin.
    Start(ProcessId),
    /// A flow out of an exclusive split has no probability.
    Probability(GatewayId),
    /// The probabilities out of an exclusive split do not add up to 1.
    Sum(GatewayId),
    /// Several flows leave a step or event, and no gateway says which of them are taken.
    Split(FlowNode),
    /// Cases that come here never leave.
    Exit(FlowNode),
    /// The loops around this node are too long to be solved.
    Loop(FlowNode),
    /// A parallel join waits for branches that do not all arrive.
    Join(GatewayId),
    /// An inclusive or complex split that may take several branches at once.
    Several(GatewayId),
    /// The flow behind an event on a border has no probability, or those of one border add up to more than 1.
    Border(EventId),
    /// Nothing says how often what is inside a sub-flow is done: it is repeated, has no order or no single start, or is
    /// set off by an event.
    Inside(StepId),
}

fn is_border(way: &Way) -> bool {
    matches!(way.kind, WayKind::Border { .. })
}

/// Visits of all nodes of all processes.
#[derive(Debug)]
pub struct Visits {
    of_node: Vec<f64>,
    of_flow: Vec<f64>,
    gaps: Vec<Vec<FlowGap>>,
    /// Whether the outermost level of a process is solved.
    solved: Vec<bool>,
    /// Ways out of each node with the share of its visits that take them.
    ways: Grouped<(FlowNode, f64)>,
}

impl PartialEq for Visits {
    /// What is not known in both is the same.
    fn eq(&self, other: &Self) -> bool {
        same_numbers(&self.of_node, &other.of_node)
            && same_numbers(&self.of_flow, &other.of_flow)
            && self.gaps == other.gaps
            && self.solved == other.solved
            && self.ways == other.ways
    }
}

/// Whether numbers are the same to the last bit, those that are none among them.
pub(super) fn same_numbers(a: &[f64], b: &[f64]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits())
}

impl Visits {
    /// Works out the visits of every process.
    pub fn new(document: &Document, index: &Index<'_>) -> Self {
        let mut visits = Self {
            of_node: vec![f64::NAN; index.node_count()],
            of_flow: vec![f64::NAN; document.flows().next_index() as usize],
            gaps: vec![Vec::new(); document.processes().next_index() as usize],
            solved: vec![false; document.processes().next_index() as usize],
            ways: Grouped::new(0, std::iter::empty()),
        };
        let mut place = vec![usize::MAX; index.node_count()];
        let mut ways: Vec<(usize, (FlowNode, f64))> = Vec::new();
        for process in document.processes().ids() {
            // A sub-flow comes behind the scope in which it stands.
            let mut gaps: Vec<FlowGap> = Vec::new();
            for scope in by_depth(document, Scope::all(document, index, process)) {
                let entry = match scope.around {
                    None => Ok(1.0),
                    Some(step) => entry_count(document, index, &visits, step),
                };
                let outcome = entry.and_then(|entry| {
                    let case = Case::new(document, index, &scope, &mut place, entry);
                    case.solve_into(&mut visits, &mut ways)
                });
                if scope.around.is_none()
                    && let Some(slot) = visits.solved.get_mut(process.index() as usize)
                {
                    *slot = outcome.is_ok();
                }
                gaps.extend(outcome.err().unwrap_or_default());
            }
            if let Some(slot) = visits.gaps.get_mut(process.index() as usize) {
                *slot = gaps;
            }
        }
        visits.ways = Grouped::new(index.node_count(), ways.into_iter());
        visits
    }

    /// How often a case comes to a node; none where it is not known.
    pub fn of(&self, index: &Index<'_>, node: FlowNode) -> Option<f64> {
        self.of_node.get(index.node(node)).copied().filter(|visits| !visits.is_nan())
    }

    /// Share of the visits of its first node that take a flow; none where it is not known.
    pub fn share_of_flow(&self, flow: FlowId) -> Option<f64> {
        self.of_flow.get(flow.index() as usize).copied().filter(|share| !share.is_nan())
    }

    /// Nodes of the same scope that come next, with the share of the visits of a node that go there; none where that is
    /// not known.
    pub fn after(&self, index: &Index<'_>, node: FlowNode) -> &[(FlowNode, f64)] {
        self.ways.of(index.node(node))
    }

    /// Whether the visits of the outermost level of a process are known.
    pub fn is_known(&self, process: ProcessId) -> bool {
        self.solved.get(process.index() as usize) == Some(&true)
    }

    /// Why visits of nodes of a process are not known; empty where all are.
    pub fn gaps(&self, process: ProcessId) -> &[FlowGap] {
        self.gaps.get(process.index() as usize).map_or(&[], Vec::as_slice)
    }
}

/// The scopes with those around others before them.
fn by_depth(document: &Document, mut scopes: Vec<Scope>) -> Vec<Scope> {
    let above = |step: &StepId| document.steps().get(*step).and_then(|step| step.parent);
    scopes.sort_by_cached_key(|scope| std::iter::successors(scope.around, above).take(document.steps().len()).count());
    scopes
}

/// How often the inside of a sub-flow is begun for one case.
fn entry_count(document: &Document, index: &Index<'_>, visits: &Visits, id: StepId) -> Result<f64, Vec<FlowGap>> {
    let Some(step) = document.steps().get(id) else { return Err(Vec::new()) };
    let has_order = !matches!(step.kind, StepKind::AdHoc | StepKind::EventSubFlow);
    if step.repetition.is_some() || step.compensates || !has_order {
        return Err(vec![FlowGap::Inside(id)]);
    }
    // Where the count of the sub-flow is not known, the scope around it has said why.
    visits.of(index, FlowNode::Step(id)).ok_or_else(Vec::new)
}

/// One scope in local numbering.
struct Case<'a> {
    document: &'a Document,
    index: &'a Index<'a>,
    process: ProcessId,
    scope: &'a Scope,
    nodes: &'a [FlowNode],
    /// Way, and local numbers of its ends.
    flows: Vec<(Way, usize, usize)>,
    /// How often it is begun for one case.
    entry: f64,
    gaps: Vec<FlowGap>,
}

impl<'a> Case<'a> {
    fn new(document: &'a Document, index: &'a Index<'a>, scope: &'a Scope, place: &mut [usize], entry: f64) -> Self {
        let nodes = scope.nodes.as_slice();
        for (local, node) in nodes.iter().enumerate() {
            if let Some(slot) = place.get_mut(index.node(*node)) {
                *slot = local;
            }
        }
        let local = |node: FlowNode| place.get(index.node(node)).copied().filter(|local| *local != usize::MAX);
        let flows = scope.ways.iter().filter_map(|way| Some((*way, local(way.from)?, local(way.to)?))).collect();
        Self { document, index, process: scope.process, scope, nodes, flows, entry, gaps: Vec::new() }
    }

    /// Solves the scope and writes its visits and shares, or says why not.
    fn solve_into(mut self, visits: &mut Visits, ways: &mut Vec<(usize, (FlowNode, f64))>) -> Result<(), Vec<FlowGap>> {
        if self.nodes.is_empty() {
            return Ok(());
        }
        let starts = self.starts()?;
        let reached = self.reached_from(&starts);
        let shares = self.shares(&reached, visits);
        if !self.gaps.is_empty() {
            return Err(self.gaps);
        }
        let Some(counts) = self.counts(&starts, &reached, &shares) else { return Err(self.gaps) };
        self.find_uneven_joins(&counts, &shares);
        if !self.gaps.is_empty() {
            return Err(self.gaps);
        }
        for ((node, count), reached) in self.nodes.iter().zip(&counts).zip(&reached) {
            // How often something is taken back, or set off by an event, is not said.
            let is_open = !reached && matches!(node, FlowNode::Step(_)) && is_set_off(self.document, *node);
            if let Some(slot) = visits.of_node.get_mut(self.index.node(*node)).filter(|_| !is_open) {
                *slot = *count;
            }
        }
        let known = self.flows.iter().zip(&shares).filter(|((_, from, _), _)| reached.get(*from) == Some(&true));
        ways.extend(known.map(|((way, ..), share)| (self.index.node(way.from), (way.to, *share))));
        Ok(())
    }

    /// The only start event, else the only node that no flow leads to. Inside a sub-flow several such nodes are all
    /// begun (BPMN 2.0, section 10.3.5).
    fn starts(&self) -> Result<Vec<usize>, Vec<FlowGap>> {
        let starts = self.scope.starts(self.document);
        let several_begin = self.scope.around.is_some() && self.scope.start_events(self.document).next().is_none();
        let gap = self.scope.around.map_or(FlowGap::Start(self.process), FlowGap::Inside);
        let locals = self.nodes.iter().enumerate().filter(|(_, node)| starts.contains(node)).map(|(local, _)| local);
        match locals.collect::<Vec<_>>() {
            only if only.len() == 1 => Ok(only),
            several if several.len() > 1 && several_begin => Ok(several),
            _ => Err(vec![gap]),
        }
    }

    fn reached_from(&self, starts: &[usize]) -> Vec<bool> {
        let targets = self.targets(|_| true);
        let mut reached = vec![false; self.nodes.len()];
        let mut open = starts.to_vec();
        while let Some(node) = open.pop() {
            let Some(slot) = reached.get_mut(node).filter(|slot| !**slot) else { continue };
            *slot = true;
            open.extend(targets.get(node).into_iter().flatten());
        }
        reached
    }

    fn targets(&self, keep: impl Fn(usize) -> bool) -> Vec<Vec<usize>> {
        let mut targets = vec![Vec::new(); self.nodes.len()];
        for (_, from, to) in self.flows.iter().filter(|(_, from, _)| keep(*from)) {
            if let Some(list) = targets.get_mut(*from) {
                list.push(*to);
            }
        }
        targets
    }

    /// Share of each flow of the process, in the order of `flows`; gaps where one is not known.
    fn shares(&mut self, reached: &[bool], visits: &mut Visits) -> Vec<f64> {
        let mut shares = vec![0.0; self.flows.len()];
        let mut by_source: Vec<Vec<usize>> = vec![Vec::new(); self.nodes.len()];
        for (place, (_, from, _)) in self.flows.iter().enumerate() {
            if let Some(list) = by_source.get_mut(*from) {
                list.push(place);
            }
        }
        for (local, out) in by_source.iter().enumerate() {
            let Some(node) = self.nodes.get(local).copied().filter(|_| reached.get(local) == Some(&true)) else {
                continue;
            };
            let (onward, borders): (Vec<usize>, Vec<usize>) =
                out.iter().partition(|place| self.flows.get(**place).is_some_and(|(way, ..)| !is_border(way)));
            let stays = self.border_shares(&borders, &mut shares);
            let stated: Vec<_> = onward.iter().map(|place| self.probability(*place)).collect();
            match split_shares(self.document, node, &stated) {
                Ok(split) => {
                    for (place, share) in onward.iter().zip(split) {
                        if let Some(slot) = shares.get_mut(*place) {
                            *slot = share * stays;
                        }
                    }
                }
                Err(gap) => self.gaps.push(gap),
            }
        }
        for ((way, from, _), share) in self.flows.iter().zip(&shares) {
            if reached.get(*from) == Some(&true)
                && self.gaps.is_empty()
                && let Some(flow) = way.flow()
                && let Some(slot) = visits.of_flow.get_mut(flow.index() as usize)
            {
                *slot = *share;
            }
        }
        shares
    }

    /// Writes which share of a step's visits each event on its border interrupts or accompanies, as the flow behind it
    /// states, and gives the share that goes on as usual.
    fn border_shares(&mut self, borders: &[usize], shares: &mut [f64]) -> f64 {
        let mut stays = 1.0;
        for place in borders {
            let Some((way, ..)) = self.flows.get(*place).copied() else { continue };
            let behind = self.index.flows_out(way.to).iter().filter_map(|flow| self.document.flows().get(*flow));
            let stated = behind.filter_map(|flow| flow.probability).next();
            let FlowNode::Event(event) = way.to else { continue };
            let Some(share) = stated else {
                self.gaps.push(FlowGap::Border(event));
                continue;
            };
            if let Some(slot) = shares.get_mut(*place) {
                *slot = share;
            }
            if way.kind == (WayKind::Border { keeps_running: false }) {
                stays -= share;
            }
        }
        if stays < -SUM_TOLERANCE {
            let first = borders.first().and_then(|place| self.flows.get(*place));
            if let Some((Way { to: FlowNode::Event(event), .. }, ..)) = first {
                self.gaps.push(FlowGap::Border(*event));
            }
        }
        stays.max(0.0)
    }

    fn probability(&self, place: usize) -> Option<f64> {
        let (way, ..) = self.flows.get(place)?;
        self.document.flows().get(way.flow()?)?.probability
    }

    fn is_parallel(&self, local: usize) -> Option<GatewayId> {
        let Some(FlowNode::Gateway(id)) = self.nodes.get(local) else { return None };
        self.document.gateways().get(*id).filter(|node| node.kind == GatewayKind::Parallel).map(|_| *id)
    }

    /// Visits by local number; none with a gap noted where a loop has no way out.
    fn counts(&mut self, starts: &[usize], reached: &[bool], shares: &[f64]) -> Option<Vec<f64>> {
        let is_reached = |local: usize| reached.get(local) == Some(&true);
        let mut incoming = vec![0_u32; self.nodes.len()];
        let live: Vec<_> = self.flows.iter().zip(shares).filter(|((_, from, _), _)| is_reached(*from)).collect();
        for ((_, _, to), _) in &live {
            if let Some(count) = incoming.get_mut(*to) {
                *count += 1;
            }
        }
        let mut out: Vec<Vec<(usize, f64)>> = vec![Vec::new(); self.nodes.len()];
        for ((_, from, to), share) in live {
            let joined = if self.is_parallel(*to).is_some() { incoming.get(*to).copied().unwrap_or(1) } else { 1 };
            if let Some(list) = out.get_mut(*from) {
                list.push((*to, share / f64::from(joined.max(1))));
            }
        }
        let mut counts = vec![0.0; self.nodes.len()];
        for start in starts {
            *counts.get_mut(*start)? = self.entry;
        }
        let parts = strong_parts(self.nodes.len(), &self.targets(is_reached));
        for part in parts.iter().rev().filter(|part| part.iter().any(|local| is_reached(*local))) {
            if solve_part(part, &out, &mut counts).is_none() {
                let first = part.first().and_then(|local| self.nodes.get(*local));
                let gap = if leaves(part, &out) { FlowGap::Loop } else { FlowGap::Exit };
                self.gaps.extend(first.map(|node| gap(*node)));
                return None;
            }
            for local in part {
                let count = counts.get(*local).copied().unwrap_or(0.0);
                for (to, share) in
                    out.get(*local).into_iter().flatten().filter(|(to, _)| part.binary_search(to).is_err())
                {
                    if let Some(slot) = counts.get_mut(*to) {
                        *slot += count * share;
                    }
                }
            }
        }
        Some(counts)
    }

    /// Notes parallel joins whose branches are not visited equally often: cases would wait there for ever.
    fn find_uneven_joins(&mut self, counts: &[f64], shares: &[f64]) {
        let mut first_arrival = vec![f64::NAN; self.nodes.len()];
        for ((_, from, to), share) in self.flows.iter().zip(shares) {
            let Some(gateway) = self.is_parallel(*to) else { continue };
            let arriving = counts.get(*from).copied().unwrap_or(0.0) * share;
            let Some(first) = first_arrival.get_mut(*to) else { continue };
            if first.is_nan() {
                *first = arriving;
            } else if (*first - arriving).abs() > 1e-6 * first.abs().max(1.0) {
                self.gaps.push(FlowGap::Join(gateway));
            }
        }
        self.gaps.dedup();
    }
}

/// Shares of the flows out of a node, from their stated probabilities.
fn split_shares(document: &Document, node: FlowNode, stated: &[Option<f64>]) -> Result<Vec<f64>, FlowGap> {
    if stated.len() <= 1 {
        return Ok(vec![1.0; stated.len()]);
    }
    let kind = match node {
        FlowNode::Gateway(id) => document.gateways().get(id).map(|gateway| gateway.kind),
        FlowNode::Step(_) | FlowNode::Event(_) => None,
    };
    if kind == Some(GatewayKind::Parallel) {
        return Ok(vec![1.0; stated.len()]);
    }
    let all: Option<Vec<f64>> = stated.iter().copied().collect();
    let sum: Option<f64> = all.as_ref().map(|all| all.iter().sum());
    match (node, all, sum) {
        (_, Some(all), Some(sum)) if (sum - 1.0).abs() <= SUM_TOLERANCE => {
            Ok(all.iter().map(|share| share / sum).collect())
        }
        (FlowNode::Gateway(id), ..) if matches!(kind, Some(GatewayKind::Inclusive | GatewayKind::Complex)) => {
            Err(FlowGap::Several(id))
        }
        (FlowNode::Gateway(id), Some(_), _) => Err(FlowGap::Sum(id)),
        (FlowNode::Gateway(id), None, _) => Err(FlowGap::Probability(id)),
        _ => Err(FlowGap::Split(node)),
    }
}

/// Visits within a strongly connected part, from what has come in so far; none where nothing leaves it.
fn solve_part(part: &[usize], out: &[Vec<(usize, f64)>], counts: &mut [f64]) -> Option<()> {
    let flows = |local: usize| out.get(local).into_iter().flatten();
    if let [only] = part
        && flows(*only).all(|(to, _)| to != only)
    {
        return Some(());
    }
    if part.len() > LARGEST_ELIMINATED {
        return sweep_part(part, out, counts);
    }
    // (I − Pᵀ) v = what came in.
    let mut rows = vec![vec![0.0; part.len()]; part.len()];
    let mut right = Vec::with_capacity(part.len());
    for (column, local) in part.iter().enumerate() {
        *rows.get_mut(column)?.get_mut(column)? += 1.0;
        for (to, share) in flows(*local) {
            if let Ok(row) = part.binary_search(to) {
                *rows.get_mut(row)?.get_mut(column)? -= share;
            }
        }
        right.push(*counts.get(*local)?);
    }
    let solution = solve(rows, right)?;
    if solution.iter().any(|count| !count.is_finite() || *count < -1e-9) {
        return None;
    }
    for (local, count) in part.iter().zip(solution) {
        *counts.get_mut(*local)? = count;
    }
    Some(())
}

/// Whether some cases leave a part.
fn leaves(part: &[usize], out: &[Vec<(usize, f64)>]) -> bool {
    let flows = part.iter().flat_map(|local| out.get(*local).into_iter().flatten());
    flows.into_iter().any(|(to, share)| *share > 0.0 && part.binary_search(to).is_err())
}

/// Visits within a large part, by repeated substitution until nothing moves.
fn sweep_part(part: &[usize], out: &[Vec<(usize, f64)>], counts: &mut [f64]) -> Option<()> {
    let mut incoming: Vec<Vec<(usize, f64)>> = vec![Vec::new(); part.len()];
    for (from, local) in part.iter().enumerate() {
        for (to, share) in out.get(*local).into_iter().flatten() {
            if let Some(list) = part.binary_search(to).ok().and_then(|to| incoming.get_mut(to)) {
                list.push((from, *share));
            }
        }
    }
    let came_in: Vec<f64> = part.iter().map(|local| counts.get(*local).copied().unwrap_or(0.0)).collect();
    let mut visits = came_in.clone();
    for _ in 0..MOST_SWEEPS {
        let mut moved: f64 = 0.0;
        for (place, sources) in incoming.iter().enumerate() {
            let sum: f64 = sources.iter().map(|(from, share)| visits.get(*from).map_or(0.0, |v| v * share)).sum();
            let next = came_in.get(place)? + sum;
            let slot = visits.get_mut(place)?;
            moved = moved.max((next - *slot).abs() / next.abs().max(1.0));
            *slot = next;
        }
        if moved < 1e-12 {
            for (local, count) in part.iter().zip(visits) {
                *counts.get_mut(*local)? = count;
            }
            return Some(());
        }
    }
    None
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::model::Flow;

    /// A process written as arrows: `start>check`, `?>a .7` where `?…` is an exclusive and `+…` a parallel gateway,
    /// `start` and `end…` events, everything else a step.
    pub(crate) fn process(document: &mut Document, arrows: &[(&str, &str, Option<f64>)]) -> Vec<(String, FlowNode)> {
        let process = document.insert(Process { cases: Some(Rate::weekly(60.0)), ..Process::new("Process") });
        let mut nodes: Vec<(String, FlowNode)> = Vec::new();
        let mut node = |document: &mut Document, name: &str| {
            if let Some((_, node)) = nodes.iter().find(|(known, _)| known == name) {
                return *node;
            }
            let made = match name {
                "start" => FlowNode::Event(document.insert(Event::new(process, EventKind::Start, ""))),
                _ if name.starts_with("end") => {
                    FlowNode::Event(document.insert(Event::new(process, EventKind::End, "")))
                }
                _ if name.starts_with('?') => {
                    FlowNode::Gateway(document.insert(Gateway::new(process, GatewayKind::Exclusive, name)))
                }
                _ if name.starts_with('+') => {
                    FlowNode::Gateway(document.insert(Gateway::new(process, GatewayKind::Parallel, name)))
                }
                _ => FlowNode::Step(document.insert(Step::new(process, name))),
            };
            nodes.push((name.to_owned(), made));
            made
        };
        for (from, to, probability) in arrows {
            let (from, to) = (node(document, from), node(document, to));
            document.insert(Flow { probability: *probability, ..Flow::new(process, from, to) });
        }
        nodes
    }

    /// The refund process of the worked values.
    pub(crate) const REFUND: &[(&str, &str, Option<f64>)] = &[
        ("start", "receive", None),
        ("receive", "check", None),
        ("check", "?", None),
        ("?", "receive", Some(0.10)),
        ("?", "clerk", Some(0.70)),
        ("?", "owner", Some(0.20)),
        ("clerk", "pay", None),
        ("owner", "pay", None),
        ("pay", "end", None),
    ];

    fn visits_of(arrows: &[(&str, &str, Option<f64>)]) -> (Vec<(String, Option<f64>)>, Vec<FlowGap>) {
        let mut document = Document::default();
        let nodes = process(&mut document, arrows);
        let index = Index::new(&document);
        let visits = Visits::new(&document, &index);
        let gaps = visits.gaps(document.processes().ids().next().unwrap()).to_vec();
        (nodes.into_iter().map(|(name, node)| (name, visits.of(&index, node))).collect(), gaps)
    }

    fn check(arrows: &[(&str, &str, Option<f64>)], expected: &[(&str, f64)]) {
        let (visits, gaps) = visits_of(arrows);
        assert_eq!(gaps, []);
        for (name, expected) in expected {
            let found = visits.iter().find(|(known, _)| known == name).unwrap().1.unwrap();
            assert!((found - expected).abs() < 0.00005, "{name}: {found} is not {expected}");
        }
    }

    #[test]
    fn refund_flow_with_its_loop() {
        check(REFUND, &[("receive", 1.1111), ("check", 1.1111), ("clerk", 0.7778), ("owner", 0.2222), ("pay", 1.0)]);
    }

    #[test]
    fn rework_repeats_a_step() {
        // 12 minutes with a fifth done again: 12 ÷ (1 − .2) = 15 minutes.
        let arrows = [("start", "a", None), ("a", "?", None), ("?", "a", Some(0.2)), ("?", "end", Some(0.8))];
        check(&arrows, &[("a", 1.25)]);
    }

    #[test]
    fn exclusive_and_parallel_splits() {
        let exclusive = [
            ("start", "?", None),
            ("?", "a", Some(0.7)),
            ("?", "b", Some(0.3)),
            ("a", "?join", None),
            ("b", "?join", None),
            ("?join", "end", None),
        ];
        check(&exclusive, &[("a", 0.7), ("b", 0.3), ("?join", 1.0)]);
        let parallel = [
            ("start", "+", None),
            ("+", "a", None),
            ("+", "b", None),
            ("a", "+join", None),
            ("b", "+join", None),
            ("+join", "c", None),
        ];
        check(&parallel, &[("a", 1.0), ("b", 1.0), ("+join", 1.0), ("c", 1.0)]);
    }

    #[test]
    fn large_loops_are_solved_too() {
        let names: Vec<String> = (0..LARGEST_ELIMINATED + 50).map(|number| format!("step {number}")).collect();
        let mut arrows = vec![("start", names[0].as_str(), None)];
        arrows.extend(names.windows(2).map(|pair| (pair[0].as_str(), pair[1].as_str(), None)));
        let last = names.last().unwrap().as_str();
        arrows.extend([(last, "?", None), ("?", names[0].as_str(), Some(0.5)), ("?", "end", Some(0.5))]);
        check(&arrows, &[("step 0", 2.0), (last, 2.0), ("end", 1.0)]);
    }

    #[test]
    fn gaps_are_named_and_nothing_is_guessed() {
        let gap_of = |arrows: &[(&str, &str, Option<f64>)]| {
            let (visits, gaps) = visits_of(arrows);
            assert!(visits.iter().all(|(_, visits)| visits.is_none()));
            gaps
        };
        let missing = gap_of(&[("start", "?", None), ("?", "a", Some(0.7)), ("?", "b", None)]);
        assert!(matches!(missing.as_slice(), [FlowGap::Probability(_)]));
        let sum = gap_of(&[("start", "?", None), ("?", "a", Some(0.7)), ("?", "b", Some(0.1))]);
        assert!(matches!(sum.as_slice(), [FlowGap::Sum(_)]));
        let split = gap_of(&[("start", "a", None), ("a", "b", None), ("a", "c", None)]);
        assert!(matches!(split.as_slice(), [FlowGap::Split(_)]));
        let exit = gap_of(&[("start", "a", None), ("a", "b", None), ("b", "a", None)]);
        assert!(matches!(exit.as_slice(), [FlowGap::Exit(_)]));
        let starts = gap_of(&[("a", "b", None), ("c", "b", None)]);
        assert!(matches!(starts.as_slice(), [FlowGap::Start(_)]));
        let join = gap_of(&[
            ("start", "?", None),
            ("?", "a", Some(0.7)),
            ("?", "b", Some(0.3)),
            ("a", "+", None),
            ("b", "+", None),
        ]);
        assert!(matches!(join.as_slice(), [FlowGap::Join(_)]));
    }

    /// A start, a sub-flow with two steps inside, a step behind it, and an event on the border of the sub-flow that leads
    /// to a step of its own.
    fn with_sub_flow(share: Option<f64>, change: impl FnOnce(&mut Step, &mut Event)) -> (Document, Vec<FlowNode>) {
        let mut document = Document::default();
        let process = document.insert(Process::new("Process"));
        let start = FlowNode::Event(document.insert(Event::new(process, EventKind::Start, "")));
        let mut around = Step { kind: StepKind::SubFlow, ..Step::new(process, "around") };
        let mut late = Event::new(process, EventKind::Intermediate, "late");
        change(&mut around, &mut late);
        let around = document.insert(around);
        let late = FlowNode::Event(document.insert(Event { attached: Some(around), ..late }));
        let inside = ["a", "b"]
            .map(|name| FlowNode::Step(document.insert(Step { parent: Some(around), ..Step::new(process, name) })));
        let [behind, instead] =
            ["behind", "instead"].map(|name| FlowNode::Step(document.insert(Step::new(process, name))));
        let around = FlowNode::Step(around);
        for (from, to, probability) in
            [(start, around, None), (inside[0], inside[1], None), (around, behind, None), (late, instead, share)]
        {
            document.insert(Flow { probability, ..Flow::new(process, from, to) });
        }
        (document, vec![around, inside[0], inside[1], behind, late, instead])
    }

    fn counts(document: &Document, nodes: &[FlowNode]) -> (Vec<Option<f64>>, Vec<FlowGap>) {
        let index = Index::new(document);
        let visits = Visits::new(document, &index);
        let process = document.processes().ids().next().unwrap();
        (nodes.iter().map(|node| visits.of(&index, *node)).collect(), visits.gaps(process).to_vec())
    }

    #[test]
    fn a_sub_flow_is_a_scope_and_its_border_takes_the_stated_share() {
        let (document, nodes) = with_sub_flow(Some(0.25), |_, _| {});
        let expected = [1.0, 1.0, 1.0, 0.75, 0.25, 0.25].map(Some).to_vec();
        assert_eq!(counts(&document, &nodes), (expected, Vec::new()));
        let (document, nodes) = with_sub_flow(Some(0.25), |_, late| late.keeps_running = true);
        let expected = [1.0, 1.0, 1.0, 1.0, 0.25, 0.25].map(Some).to_vec();
        assert_eq!(counts(&document, &nodes), (expected, Vec::new()));
        let (document, nodes) = with_sub_flow(None, |_, _| {});
        let (found, gaps) = counts(&document, &nodes);
        assert!(found.iter().all(Option::is_none) && matches!(gaps.as_slice(), [FlowGap::Border(_)]));
    }

    #[test]
    fn what_is_repeated_or_has_no_order_is_not_counted_inside() {
        for change in [(|around: &mut Step| around.repetition = Some(Repetition::Loop)) as fn(&mut Step), |around| {
            around.kind = StepKind::AdHoc;
        }] {
            let (document, nodes) = with_sub_flow(Some(0.5), |around, _| change(around));
            let (found, gaps) = counts(&document, &nodes);
            assert_eq!(found, [Some(1.0), None, None, Some(0.5), Some(0.5), Some(0.5)]);
            assert!(matches!(gaps.as_slice(), [FlowGap::Inside(_)]));
        }
    }

    #[test]
    fn a_case_goes_on_where_its_link_is_caught() {
        let (mut document, _) = with_sub_flow(Some(0.5), |_, _| {});
        let process = document.processes().ids().next().unwrap();
        let behind = document.steps().iter().find(|(_, step)| step.name == "behind").unwrap().0;
        let link =
            |throws| Event { trigger: EventTrigger::Link, throws, ..Event::new(process, EventKind::Intermediate, "A") };
        let [throws, catches] = [true, false].map(|throws| FlowNode::Event(document.insert(link(throws))));
        let last = FlowNode::Step(document.insert(Step::new(process, "last")));
        document.insert(Flow::new(process, FlowNode::Step(behind), throws));
        document.insert(Flow::new(process, catches, last));
        assert_eq!(counts(&document, &[catches, last]), (vec![Some(0.5), Some(0.5)], Vec::new()));
    }
}
