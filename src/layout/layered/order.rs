//! Order within the ranks, so that few edges cross.
//!
//! Several deterministic starting orders (depth-first from either end, either way round) are
//! improved by barycentre and median sweeps and by exchanging neighbours; the best one wins.
//! Within a rank the lane always comes first, so lanes never mix; only the order inside a lane
//! is free. Work is bounded by the size of the graph.

use super::graph::{Layered, Role};

/// Steps of work (links looked at) that all attempts together may take.
const WORK: usize = 720_000;
/// Sweeps of one attempt, and how many in a row may bring nothing.
const MOST_SWEEPS: usize = 24;
const MOST_IDLE: usize = 5;
/// Rounds in which nodes settle between their neighbours.
const ROUNDS: usize = 30;

/// Orders every rank in place.
pub(super) fn arrange(graph: &mut Layered) {
    let mut ordering = Ordering::new(graph);
    let mut best: Option<(u64, Vec<Vec<usize>>)> = None;
    let size = graph.rank.len() + graph.ranks.len();
    let attempts = (WORK / (size * 24).max(1)).clamp(2, 6);
    for attempt in 0..attempts {
        ordering.start(attempt);
        let (crossings, ranks) = ordering.improve(attempt);
        if best.as_ref().is_none_or(|(known, _)| crossings < *known) {
            best = Some((crossings, ranks));
        }
        if crossings == 0 {
            break;
        }
    }
    if let Some((_, ranks)) = best {
        graph.ranks = ranks;
    }
}

struct Ordering<'a> {
    graph: &'a Layered,
    ranks: Vec<Vec<usize>>,
    position: Vec<usize>,
    value: Vec<f64>,
    counter: Vec<u32>,
    scratch: Vec<usize>,
    /// Crossings between each rank and the one before, as counted last.
    crossed: Vec<u64>,
    beside_turns: Vec<(usize, usize)>,
}

impl<'a> Ordering<'a> {
    fn new(graph: &'a Layered) -> Self {
        let count = graph.rank.len();
        Self {
            graph,
            ranks: graph.ranks.clone(),
            position: vec![0; count],
            value: vec![0.0; count],
            counter: Vec::new(),
            scratch: Vec::new(),
            crossed: Vec::new(),
            beside_turns: Vec::new(),
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

    fn number(&mut self, rank: usize) {
        for (position, &node) in self.ranks[rank].iter().enumerate() {
            self.position[node] = position;
        }
    }

    /// Sweeps until nothing gets better; the best order met and its crossings.
    fn improve(&mut self, attempt: usize) -> (u64, Vec<Vec<usize>>) {
        if !attempt.is_multiple_of(2) {
            self.settle();
        }
        self.crossings();
        self.exchange_all(false);
        let mut best = (self.crossings(), self.ranks.clone());
        let mut idle = 0;
        for sweep in 0..MOST_SWEEPS {
            if best.0 == 0 || idle == MOST_IDLE {
                break;
            }
            self.sweep(sweep % 2 == 0, (sweep / 4 + attempt).is_multiple_of(2), sweep / 2 % 2 == 1);
            self.crossings();
            self.sift_all();
            self.exchange_all(sweep % 4 > 1);
            let crossings = self.crossings();
            if crossings < best.0 {
                best.0 = crossings;
                best.1.clone_from(&self.ranks);
                idle = 0;
            } else {
                idle += 1;
            }
        }
        best
    }

    /// Lets all nodes drift towards the mean of their neighbours on both sides, as beads on
    /// springs with room to keep; brings together what belongs together across many ranks, which
    /// sweeps from rank to rank cannot.
    fn settle(&mut self) {
        let graph = self.graph;
        let mut place = vec![0.0; graph.rank.len()];
        for rank in &self.ranks {
            let middle = rank.len() as f64 / 2.0;
            for (at, &node) in rank.iter().enumerate() {
                place[node] = at as f64 - middle;
            }
        }
        for round in 0..ROUNDS {
            for step in 0..self.ranks.len() {
                let rank = if round % 2 == 0 { step } else { self.ranks.len() - 1 - step };
                for &node in &self.ranks[rank] {
                    let (up, down) = (graph.up.of(node), graph.down.of(node));
                    let sum: f64 = up.iter().chain(down).map(|&other| place[other]).sum();
                    let count = up.len() + down.len();
                    self.value[node] = if count == 0 { place[node] } else { sum / count as f64 };
                }
                self.sort(rank, false);
                self.spread(rank, &mut place);
            }
        }
    }

    /// Keeps one unit between the nodes of a rank, moved as little as possible.
    fn spread(&mut self, rank: usize, place: &mut [f64]) {
        // Runs of nodes that push one another, each as (sum of wishes less offset, count).
        let mut runs: Vec<(f64, f64)> = Vec::new();
        for (at, &node) in self.ranks[rank].iter().enumerate() {
            runs.push((self.value[node] - at as f64, 1.0));
            while let [.., a, b] = runs.as_slice() {
                if a.0 / a.1 <= b.0 / b.1 {
                    break;
                }
                let joined = (a.0 + b.0, a.1 + b.1);
                runs.truncate(runs.len() - 2);
                runs.push(joined);
            }
        }
        let mut at = 0;
        for (sum, count) in runs {
            for _ in 0..count as usize {
                place[self.ranks[rank][at]] = sum / count + at as f64;
                at += 1;
            }
        }
    }

    fn sort(&mut self, rank: usize, reversed: bool) {
        if reversed {
            self.ranks[rank].reverse();
        }
        let (value, band) = (&self.value, &self.graph.band);
        self.ranks[rank].sort_by(|&a, &b| band[a].cmp(&band[b]).then_with(|| value[a].total_cmp(&value[b])));
        self.number(rank);
    }

    fn sweep(&mut self, downwards: bool, median: bool, reversed: bool) {
        let count = self.ranks.len();
        for step in 1..count {
            let rank = if downwards { step } else { count - 1 - step };
            let fixed = if downwards { rank - 1 } else { rank + 1 };
            self.weigh(rank, fixed, downwards, median);
            self.sort(rank, reversed);
        }
    }

    /// The place each node of a rank would like, from its neighbours in the fixed rank.
    fn weigh(&mut self, rank: usize, fixed: usize, downwards: bool, median: bool) {
        let graph = self.graph;
        let links = if downwards { &graph.up } else { &graph.down };
        let scale = self.ranks[fixed].len() as f64 / self.ranks[rank].len().max(1) as f64;
        let is_turn = |node: usize| graph.role[node] == Role::Turn;
        let mut beside_turns = std::mem::take(&mut self.beside_turns);
        for index in 0..self.ranks[rank].len() {
            let node = self.ranks[rank][index];
            let neighbours = links.of(node);
            self.value[node] = match neighbours {
                [] => self.position[node] as f64 * scale,
                [turn] if is_turn(*turn) => {
                    beside_turns.push((node, *turn));
                    self.position[node] as f64 * scale
                }
                [one] => self.position[*one] as f64,
                _ if median => self.median(neighbours),
                _ => {
                    let (mut sum, mut count) = (0, 0);
                    for &other in neighbours.iter().filter(|&&other| !is_turn(other)) {
                        sum += self.position[other];
                        count += 1;
                    }
                    f64::from(sum as u32) / f64::from(count.max(1))
                }
            };
        }
        // A turn stands beyond the rank and says nothing about it: what is tied to it follows
        // its partner.
        for (node, turn) in beside_turns.drain(..) {
            let ends = if downwards { &graph.down } else { &graph.up };
            let partner = ends.of(turn).iter().find(|&&end| end != node);
            if let Some(&partner) = partner.filter(|_| graph.role[node] == Role::Dummy) {
                self.value[node] = self.value[partner];
            }
        }
        self.beside_turns = beside_turns;
    }

    fn median(&mut self, neighbours: &[usize]) -> f64 {
        let position = &self.position;
        self.scratch.clear();
        let role = &self.graph.role;
        let weighty = neighbours.iter().filter(|&&other| role[other] != Role::Turn);
        self.scratch.extend(weighty.map(|&other| position[other]));
        if self.scratch.is_empty() {
            return 0.0;
        }
        self.scratch.sort_unstable();
        let middle = self.scratch.len() / 2;
        if self.scratch.len() % 2 == 1 {
            return self.scratch[middle] as f64;
        }
        f64::midpoint(self.scratch[middle - 1] as f64, self.scratch[middle] as f64)
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
        crossed(rank) || crossed(rank + 1)
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
                for links in [&graph.up, &graph.down] {
                    let (node_first, other_first) = self.pair_crossings(links.of(node), links.of(other));
                    let change = i64::from(other_first) - i64::from(node_first);
                    cost += if rightwards { change } else { -change };
                }
                at = next;
                if cost < best {
                    (best, best_at) = (cost, at);
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
            let (mut now, mut then) = (0, 0);
            for links in [&graph.up, &graph.down] {
                let (kept, exchanged) = self.pair_crossings(links.of(a), links.of(b));
                now += kept;
                then += exchanged;
            }
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
        self.crossed.iter().sum()
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
