//! Order within the ranks, so that few edges cross.
//!
//! Several deterministic starting orders (depth-first from either end, either way round) are
//! improved by barycentre and median sweeps and by exchanging neighbours; the best one wins.
//! Within a rank the lane always comes first, so lanes never mix; only the order inside a lane
//! is free. Work is bounded by the size of the graph.

use super::graph::Layered;

/// Steps of work (links looked at) that all attempts together may take.
const WORK: usize = 6_000_000;

/// Orders every rank in place.
pub(super) fn arrange(graph: &mut Layered) {
    let mut ordering = Ordering::new(graph);
    let mut best: Option<(u64, Vec<Vec<usize>>)> = None;
    let size = graph.rank.len() + graph.ranks.len();
    let attempts = (WORK / (size * 24).max(1)).clamp(2, 8);
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
        self.exchange_all();
        let mut best = (self.crossings(), self.ranks.clone());
        let mut idle = 0;
        for sweep in 0..24 {
            if best.0 == 0 || idle == 5 {
                break;
            }
            self.sweep(sweep % 2 == 0, (sweep / 2 + attempt) % 2 == 0);
            self.exchange_all();
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

    fn sweep(&mut self, downwards: bool, median: bool) {
        let count = self.ranks.len();
        for step in 1..count {
            let rank = if downwards { step } else { count - 1 - step };
            let fixed = if downwards { rank - 1 } else { rank + 1 };
            self.weigh(rank, fixed, downwards, median);
            let (value, band) = (&self.value, &self.graph.band);
            self.ranks[rank].sort_by(|&a, &b| band[a].cmp(&band[b]).then_with(|| value[a].total_cmp(&value[b])));
            self.number(rank);
        }
    }

    /// The place each node of a rank would like, from its neighbours in the fixed rank.
    fn weigh(&mut self, rank: usize, fixed: usize, downwards: bool, median: bool) {
        let graph = self.graph;
        let links = if downwards { &graph.up } else { &graph.down };
        let scale = self.ranks[fixed].len() as f64 / self.ranks[rank].len().max(1) as f64;
        for index in 0..self.ranks[rank].len() {
            let node = self.ranks[rank][index];
            let neighbours = links.of(node);
            self.value[node] = match neighbours {
                [] => self.position[node] as f64 * scale,
                [one] => self.position[*one] as f64,
                _ if median => self.median(neighbours),
                _ => {
                    let sum: usize = neighbours.iter().map(|&n| self.position[n]).sum();
                    sum as f64 / neighbours.len() as f64
                }
            };
        }
    }

    fn median(&mut self, neighbours: &[usize]) -> f64 {
        let position = &self.position;
        self.scratch.clear();
        self.scratch.extend(neighbours.iter().map(|&n| position[n]));
        self.scratch.sort_unstable();
        let middle = self.scratch.len() / 2;
        if self.scratch.len() % 2 == 1 {
            return self.scratch[middle] as f64;
        }
        f64::midpoint(self.scratch[middle - 1] as f64, self.scratch[middle] as f64)
    }

    /// Exchanges neighbours in their rank as long as crossings vanish.
    fn exchange_all(&mut self) {
        for _ in 0..6 {
            let mut gained = false;
            for rank in 0..self.ranks.len() {
                gained |= self.exchange_rank(rank);
            }
            if !gained {
                break;
            }
        }
    }

    fn exchange_rank(&mut self, rank: usize) -> bool {
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
            if then < now {
                self.ranks[rank].swap(left - 1, left);
                self.position[a] = left;
                self.position[b] = left - 1;
                gained = true;
            }
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
        (1..self.ranks.len()).map(|rank| self.rank_crossings(rank)).sum()
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
