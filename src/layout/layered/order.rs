//! Order within the ranks, so that few edges cross.
//!
//! What splits and joins again, and what runs in sequence, keeps together as a block ([`blocks`]).
//! From several deterministic starting orders (depth-first from either end, either way round)
//! the blocks are sifted as wholes ([`sifting`]); the best order is disturbed and mended as long
//! as there is work left. At last single nodes are exchanged and sifted in their rank. Within a
//! rank the lane always comes first, so lanes never mix; only the order inside a lane is free.
//! Lines across the flow, such as messages to other pools, count as if they ran straight from
//! their box to the border of its lane: what stands between is passed.
//! Work is bounded by the size of the graph.

mod blocks;
mod sifting;

use super::graph::Layered;
use sifting::Sifting;

/// Pairs of blocks compared in any flow; per node and doubling of the nodes; and the number of
/// nodes at which the latter has doubled.
const WORK_AT_LEAST: usize = 100_000;
const WORK: usize = 9;
const LARGE: usize = 16_384;
/// Orders to start from, the best first, and rounds of settling and sifting from each.
const STARTS: [usize; 4] = [0, 2, 1, 3];
const SETTLING_ROUNDS: usize = 300;
const MOST_ROUNDS: usize = 12;
/// Disturbances per block.
const KICKS: usize = 40;
/// A node that has come to cross so many lines more than at the best place looks no further.
const HOPELESS: i64 = 6;
/// Rounds in which single nodes are moved.
const FINE_ROUNDS: usize = 8;

/// Orders every rank in place; `seed` decides how a good order is disturbed in search of a better one.
pub(super) fn arrange(graph: &mut Layered, seed: u64) {
    let nodes = graph.rank.len();
    let blocks = blocks::find(graph);
    let mut sifting = Sifting::new(graph, &blocks);
    let mut ordering = Ordering::new(graph);
    let limit = work_for(nodes);
    let mut best: Option<(u64, Vec<u32>)> = None;
    for start in STARTS {
        ordering.start(start);
        sifting.set_order(&ordering.block_order(&blocks));
        sifting.settle(SETTLING_ROUNDS);
        for round in 0..MOST_ROUNDS {
            if sifting.round(round % 2 == 1, limit / 2) == 0 {
                break;
            }
        }
        ordering.expand(&blocks, &sifting);
        let crossings = ordering.crossings();
        if best.as_ref().is_none_or(|(known, _)| crossings < *known) {
            best = Some((crossings, sifting.order().to_vec()));
        }
        if crossings == 0 || sifting.work > limit / 3 {
            break;
        }
    }
    if let Some((crossings, order)) = best {
        sifting.set_order(&order);
        if crossings > 0 {
            sifting.shake(KICKS * blocks.count, limit, seed);
        }
        ordering.expand(&blocks, &sifting);
        ordering.refine();
        graph.ranks = ordering.ranks;
    }
}

/// Pairs of blocks that may be compared: more for each node of a larger flow, where more lines
/// cross, but in proportion to the nodes of a huge one.
fn work_for(nodes: usize) -> usize {
    let doublings = nodes.max(2).ilog2() as usize;
    let share = LARGE + nodes.min(2 * LARGE);
    WORK_AT_LEAST + nodes / 16 * WORK * doublings * (share / (LARGE / 16))
}

struct Ordering<'a> {
    graph: &'a Layered,
    ranks: Vec<Vec<usize>>,
    position: Vec<usize>,
    counter: Vec<u32>,
    scratch: Vec<usize>,
    /// Crossings between each rank and the one before, as counted last.
    crossed: Vec<u64>,
    /// What lines across the flow pass in each rank, as counted last.
    passed: Vec<u64>,
}

impl<'a> Ordering<'a> {
    fn new(graph: &'a Layered) -> Self {
        let count = graph.rank.len();
        Self {
            graph,
            ranks: graph.ranks.clone(),
            position: vec![0; count],
            counter: Vec::new(),
            scratch: Vec::new(),
            crossed: Vec::new(),
            passed: Vec::new(),
        }
    }

    /// Puts the nodes into the order in which a depth-first walk meets them.
    fn start(&mut self, attempt: usize) {
        let graph = self.graph;
        let (upwards, mirrored) = (attempt % 2 == 1, attempt / 2 % 2 == 1);
        let whole = attempt / 4 % 2 == 1;
        let (ahead, behind) = if upwards { (&graph.up, &graph.down) } else { (&graph.down, &graph.up) };
        for rank in &mut self.ranks {
            rank.clear();
        }
        let count = graph.rank.len();
        let mut seen = vec![false; count];
        let mut path = Vec::new();
        let sources = (0..count).filter(|&node| behind.of(node).is_empty());
        for source in sources.chain(0..count) {
            if seen[source] {
                continue;
            }
            path.push(source);
            while let Some(node) = path.pop() {
                if std::mem::replace(&mut seen[node], true) {
                    continue;
                }
                self.ranks[graph.rank[node]].push(node);
                // Pushed in reverse, so that the first neighbour is walked first.
                if whole {
                    path.extend(behind.of(node).iter().rev().filter(|&&next| !seen[next]));
                }
                let next = ahead.of(node).iter().filter(|&&next| !seen[next]);
                if mirrored {
                    path.extend(next);
                } else {
                    path.extend(next.rev());
                }
            }
        }
        for rank in &mut self.ranks {
            rank.sort_by_key(|&node| graph.band[node]);
        }
        for rank in 0..self.ranks.len() {
            self.number(rank);
        }
    }

    /// Blocks by the mean of the places of their nodes, ranks being of one length.
    fn block_order(&self, blocks: &blocks::Blocks) -> Vec<u32> {
        let mut sums = vec![(0.0, 0.0); blocks.count];
        for (node, &block) in blocks.block.iter().enumerate() {
            let width = self.ranks[self.graph.rank[node]].len();
            sums[block].0 += (self.position[node] as f64 + 0.5) / width as f64;
            sums[block].1 += 1.0;
        }
        let mean = |block: u32| sums[block as usize].0 / sums[block as usize].1;
        let mut order: Vec<u32> = (0..blocks.count as u32).collect();
        order.sort_by(|&a, &b| mean(a).total_cmp(&mean(b)));
        order
    }

    /// Orders the ranks by blocks, and inside these as they are built.
    fn expand(&mut self, blocks: &blocks::Blocks, sifting: &Sifting) {
        let mut place = vec![0; blocks.count];
        for (at, &block) in sifting.order().iter().enumerate() {
            place[block as usize] = at;
        }
        for rank in 0..self.ranks.len() {
            self.ranks[rank].sort_by_key(|&node| (place[blocks.block[node]], blocks.inner[node]));
            self.number(rank);
        }
    }

    fn number(&mut self, rank: usize) {
        for (position, &node) in self.ranks[rank].iter().enumerate() {
            self.position[node] = position;
        }
    }

    /// Moves single nodes as long as that helps.
    fn refine(&mut self) {
        let mut known = self.crossings();
        for _ in 0..FINE_ROUNDS {
            if known == 0 {
                break;
            }
            self.exchange_all(false);
            self.sift_all();
            let crossings = self.crossings();
            if crossings == known {
                break;
            }
            known = crossings;
        }
    }

    /// Exchanges neighbours in their rank as long as crossings vanish; `even` also exchanges once
    /// where as many vanish as appear, to get out of a dead end.
    fn exchange_all(&mut self, even: bool) {
        for round in 0..6 {
            let mut gained = false;
            for rank in 0..self.ranks.len() {
                if !self.is_crossed(rank) {
                    continue;
                }
                gained |= self.exchange_rank(rank, round == 0 && even);
            }
            if !gained {
                break;
            }
        }
    }

    /// Moves every node to the place of its rank and lane where it crosses least.
    fn sift_all(&mut self) {
        for rank in 0..self.ranks.len() {
            if !self.is_crossed(rank) {
                continue;
            }
            let mut nodes = std::mem::take(&mut self.scratch);
            nodes.clone_from(&self.ranks[rank]);
            for &node in &nodes {
                self.sift(rank, node);
            }
            self.scratch = nodes;
        }
    }

    /// After a change in a rank, links on both its sides may cross.
    fn suspect(&mut self, rank: usize) {
        for crossings in self.crossed.iter_mut().skip(rank).take(2) {
            *crossings = (*crossings).max(1);
        }
    }

    /// Whether links before or after a rank may cross; exact after counting.
    fn is_crossed(&self, rank: usize) -> bool {
        let crossed = |at: usize| self.crossed.get(at).is_some_and(|&crossings| crossings > 0);
        crossed(rank) || crossed(rank + 1) || self.passed.get(rank).is_some_and(|&passed| passed > 0)
    }

    fn sift(&mut self, rank: usize, node: usize) {
        let graph = self.graph;
        let here = self.position[node];
        let (mut best, mut best_at) = (0_i64, here);
        for rightwards in [false, true] {
            let (mut cost, mut at) = (0_i64, here);
            loop {
                let next = if rightwards { Some(at + 1) } else { at.checked_sub(1) };
                let Some((next, &other)) = next.and_then(|next| Some((next, self.ranks[rank].get(next)?))) else {
                    break;
                };
                if graph.band[other] != graph.band[node] {
                    break;
                }
                let (node_first, other_first) = self.pair_costs(node, other);
                let change = i64::from(other_first) - i64::from(node_first);
                cost += if rightwards { change } else { -change };
                at = next;
                if cost < best {
                    (best, best_at) = (cost, at);
                } else if cost > best + HOPELESS {
                    break;
                }
            }
        }
        if best_at == here {
            return;
        }
        self.suspect(rank);
        let members = &mut self.ranks[rank];
        let changed = if best_at < here {
            members[best_at..=here].rotate_right(1);
            best_at..=here
        } else {
            members[here..=best_at].rotate_left(1);
            here..=best_at
        };
        for at in changed {
            self.position[self.ranks[rank][at]] = at;
        }
    }

    fn exchange_rank(&mut self, rank: usize, even: bool) -> bool {
        let graph = self.graph;
        let mut gained = false;
        for left in 1..self.ranks[rank].len() {
            let (a, b) = (self.ranks[rank][left - 1], self.ranks[rank][left]);
            if graph.band[a] != graph.band[b] {
                continue;
            }
            let (now, then) = self.pair_costs(a, b);
            if then < now || even && then == now && now > 0 {
                self.ranks[rank].swap(left - 1, left);
                self.position[a] = left;
                self.position[b] = left - 1;
                gained = true;
            }
        }
        if gained {
            self.suspect(rank);
        }
        gained
    }

    /// Crossings of two neighbours and what lines across the flow pass: as they are, and exchanged.
    fn pair_costs(&self, a: usize, b: usize) -> (u32, u32) {
        let graph = self.graph;
        let (mut now, mut then) = (graph.passed(a, b), graph.passed(b, a));
        for links in [&graph.up, &graph.down] {
            let (kept, exchanged) = self.pair_crossings(links.of(a), links.of(b));
            now += kept;
            then += exchanged;
        }
        (now, then)
    }

    /// Crossings between the links of two neighbours: as they are, and exchanged.
    fn pair_crossings(&self, a: &[usize], b: &[usize]) -> (u32, u32) {
        let (mut kept, mut exchanged) = (0, 0);
        for &from_a in a {
            let x = self.position[from_a];
            for &from_b in b {
                let y = self.position[from_b];
                kept += u32::from(x > y);
                exchanged += u32::from(x < y);
            }
        }
        (kept, exchanged)
    }

    fn crossings(&mut self) -> u64 {
        self.crossed.resize(self.ranks.len(), 0);
        for rank in 1..self.ranks.len() {
            self.crossed[rank] = self.rank_crossings(rank);
        }
        self.passed = self.ranks.iter().map(|rank| self.passed_in(rank)).collect();
        self.crossed.iter().chain(&self.passed).sum()
    }

    /// What lines across the flow pass within the bands of a rank.
    fn passed_in(&self, rank: &[usize]) -> u64 {
        let graph = self.graph;
        if graph.across.is_empty() {
            return 0;
        }
        let (mut cost, mut band, mut descending, mut hindering) = (0, usize::MAX, 0, 0);
        for &node in rank {
            if graph.band[node] != band {
                (band, descending, hindering) = (graph.band[node], 0, 0);
            }
            let (own, [up, down]) = (u64::from(graph.hindrance(node)), graph.across[node].map(u64::from));
            cost += descending * own + up * hindering;
            descending += down;
            hindering += own;
        }
        cost
    }

    /// Crossings between a rank and the one before: inversions, counted in a Fenwick tree.
    fn rank_crossings(&mut self, rank: usize) -> u64 {
        let graph = self.graph;
        let width = self.ranks[rank].len();
        self.counter.clear();
        self.counter.resize(width + 1, 0);
        let (mut crossings, mut placed) = (0_u64, 0_u64);
        for &node in &self.ranks[rank - 1] {
            let ends = graph.down.of(node);
            for &end in ends {
                let mut at = self.position[end] + 1;
                let mut before = 0_u64;
                while at > 0 {
                    before += u64::from(self.counter[at]);
                    at &= at - 1;
                }
                crossings += placed - before;
            }
            for &end in ends {
                let mut at = self.position[end] + 1;
                while at <= width {
                    self.counter[at] += 1;
                    at += at & at.wrapping_neg();
                }
                placed += 1;
            }
        }
        crossings
    }
}

/// A layered graph of bare nodes without lanes, for the tests of this folder.
#[cfg(test)]
fn test_graph(count: usize, edges: &[(usize, usize)]) -> Layered {
    use super::graph::{Part, PartNode};
    use super::{cycles, rank};
    let bare = PartNode {
        size: crate::layout::geometry::Size::new(10.0, 10.0),
        band: 0,
        kind: crate::layout::request::NodeKind::Other,
        extra: 0.0,
        beside: 0.0,
        across: [0; 2],
    };
    let part = Part { nodes: vec![bare; count], edges: edges.to_vec(), ..Part::default() };
    let oriented = cycles::orient(&part);
    let directed = edges.iter().zip(&oriented.backward);
    let constraints = directed.map(|(&(from, to), &backward)| {
        let (from, to) = if backward { (to, from) } else { (from, to) };
        rank::Constraint { from, to, length: 1 }
    });
    let ranks = rank::assign(count, &constraints.collect::<Vec<_>>());
    Layered::new(&part, &oriented, &ranks.iter().map(|rank| rank + 1).collect::<Vec<_>>())
}
