//! How much a directed graph is like a tree: the four measures of D. Krackhardt (Graph theoretical dimensions of informal
//! organizations, 1994). Each is 1 for a tree whose arrows lead downward.
//!
//! - Connectedness: 1 − pairs that no way joins, directions aside ÷ pairs.
//! - Hierarchy: 1 − pairs that reach each other ÷ pairs of which one reaches the other.
//! - Efficiency: 1 − ties beyond those that a tree needs ÷ the most there could be, within the components.
//! - Least upper bound: 1 − pairs without one ÷ the most there could be, within the components. Somebody is above a pair who
//!   reaches both, themselves included; the lowest of them is one whom all others above the pair reach.

use super::Graph;
use super::connected::{component_sizes, components};
use crate::analysis::figures::linear::strong_parts;

/// More nodes are not compared pair by pair.
pub const MOST_NODES: usize = 1_500;

/// The four measures, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// How much hangs together.
    pub connectedness: f64,
    /// How much goes one way only.
    pub hierarchy: f64,
    /// How few ties there are beyond those needed.
    pub efficiency: f64,
    /// How many pairs have one above both.
    pub least_upper_bound: f64,
}

/// The measures of a directed graph whose arrows lead downward; none with fewer than two nodes or more than
/// [`MOST_NODES`].
pub fn shape(graph: &Graph) -> Option<Shape> {
    if graph.len() < 2 || graph.len() > MOST_NODES {
        return None;
    }
    let plain = graph.without_directions();
    let of_node = components(&plain);
    let sizes = component_sizes(&of_node);
    let pairs = |count: usize| (count * count.saturating_sub(1) / 2) as f64;
    let share = |part: f64, whole: f64| if whole > 0.0 { 1.0 - part / whole } else { 1.0 };
    let joined: f64 = sizes.iter().map(|size| pairs(*size)).sum();
    let needed: usize = sizes.iter().map(|size| size - 1).sum();
    let spare = (plain.arrows() / 2 - needed) as f64;
    let below = Reach::new(graph);
    let (mutual, one_way) = below.pairs();
    let unbounded = below.pairs_without_bound(&of_node) as f64;
    let most_unbounded: f64 = sizes.iter().map(|size| pairs(size - 1)).sum();
    Some(Shape {
        connectedness: share(pairs(graph.len()) - joined, pairs(graph.len())),
        hierarchy: share(mutual as f64, (mutual + one_way) as f64),
        efficiency: share(spare, joined - needed as f64),
        least_upper_bound: share(unbounded, most_unbounded),
    })
}

/// Who reaches whom, a bit for each pair, everybody themselves included.
struct Reach {
    words: usize,
    /// Nodes that each node reaches.
    below: Vec<u64>,
    /// Nodes that reach each node.
    above: Vec<u64>,
}

impl Reach {
    fn new(graph: &Graph) -> Self {
        let size = graph.len();
        let words = size.div_ceil(64);
        let targets: Vec<Vec<usize>> =
            (0..size).map(|node| graph.of(node).iter().map(|other| *other as usize).collect()).collect();
        let mut below = vec![0_u64; size * words];
        // Later parts come first, so that all that a part leads to is known.
        for part in strong_parts(size, &targets) {
            let mut row = vec![0_u64; words];
            for node in &part {
                row[node / 64] |= 1 << (node % 64);
                for other in &targets[*node] {
                    let from = &below[other * words..(other + 1) * words];
                    row.iter_mut().zip(from).for_each(|(slot, bits)| *slot |= bits);
                }
            }
            for node in part {
                below[node * words..(node + 1) * words].copy_from_slice(&row);
            }
        }
        let mut above = vec![0_u64; size * words];
        for node in 0..size {
            for other in (0..size).filter(|other| below[node * words + other / 64] >> (other % 64) & 1 == 1) {
                above[other * words + node / 64] |= 1 << (node % 64);
            }
        }
        Self { words, below, above }
    }

    fn size(&self) -> usize {
        self.below.len() / self.words.max(1)
    }

    fn above(&self, node: usize) -> &[u64] {
        &self.above[node * self.words..(node + 1) * self.words]
    }

    fn reaches(&self, from: usize, to: usize) -> bool {
        self.below[from * self.words + to / 64] >> (to % 64) & 1 == 1
    }

    /// Pairs that reach each other, and pairs of which only one reaches the other.
    fn pairs(&self) -> (usize, usize) {
        let (mut mutual, mut one_way) = (0, 0);
        for a in 0..self.size() {
            for b in 0..a {
                match (self.reaches(a, b), self.reaches(b, a)) {
                    (true, true) => mutual += 1,
                    (false, false) => {}
                    _ => one_way += 1,
                }
            }
        }
        (mutual, one_way)
    }

    /// Pairs of one component above whom nobody is the lowest.
    fn pairs_without_bound(&self, component: &[u32]) -> usize {
        let counts: Vec<u32> = (0..self.size()).map(|node| ones(self.above(node))).collect();
        let mut without = 0;
        let mut both = vec![0_u64; self.words];
        for a in 0..self.size() {
            for b in (0..a).filter(|b| component[*b] == component[a]) {
                // One above the other is the bound.
                if self.reaches(a, b) || self.reaches(b, a) {
                    continue;
                }
                let rows = self.above(a).iter().zip(self.above(b));
                both.iter_mut().zip(rows).for_each(|(slot, (one, two))| *slot = one & two);
                let shared = ones(&both);
                // The lowest has all shared ones above it, and nobody else.
                without += usize::from(shared == 0 || !bits(&both).any(|node| counts[node] == shared));
            }
        }
        without
    }
}

fn ones(row: &[u64]) -> u32 {
    row.iter().map(|bits| bits.count_ones()).sum()
}

/// Places of the ones of a row.
fn bits(row: &[u64]) -> impl Iterator<Item = usize> + '_ {
    row.iter().enumerate().flat_map(|(word, bits)| {
        let rest = |bits: &u64| (*bits != 0).then_some(*bits);
        let without_lowest = move |bits: &u64| rest(&(bits & (bits - 1)));
        let each = std::iter::successors(rest(bits), without_lowest);
        each.map(move |bits| word * 64 + bits.trailing_zeros() as usize)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measures(nodes: usize, edges: &[(u32, u32)]) -> [f64; 4] {
        let shape = shape(&Graph::directed(nodes, edges)).unwrap();
        [shape.connectedness, shape.hierarchy, shape.efficiency, shape.least_upper_bound]
    }

    #[test]
    fn a_tree_is_one_and_each_measure_falls_by_itself() {
        assert_eq!(measures(5, &[(0, 1), (0, 2), (1, 3), (1, 4)]), [1.0; 4]);
        // Two trees of 2 and 3: 4 of 10 pairs are joined.
        let [connected, ..] = measures(5, &[(0, 1), (2, 3), (2, 4)]);
        assert!((connected - 0.4).abs() < 1e-12);
        // A circle of 3 above one: 3 pairs reach each other, 3 go one way.
        let [_, hierarchy, ..] = measures(4, &[(0, 1), (1, 2), (2, 0), (2, 3)]);
        assert!((hierarchy - 0.5).abs() < 1e-12);
        // 4 nodes need 3 ties and could have 6; there are 4.
        let [_, _, efficiency, _] = measures(4, &[(0, 1), (0, 2), (1, 3), (2, 3)]);
        assert!((efficiency - (1.0 - 1.0 / 3.0)).abs() < 1e-12);
        // Nobody is above the two bosses 0 and 1 of 2: one of the 1 possible pairs has no bound.
        let [.., bound] = measures(3, &[(0, 2), (1, 2)]);
        assert!(bound.abs() < 1e-12);
    }

    #[test]
    fn two_bosses_of_two_are_no_bound() {
        // 1 and 2 are both above 3 and 4, and neither is above the other: the pair 3, 4 has no lowest one above it.
        let [.., bound] = measures(5, &[(0, 1), (0, 2), (1, 3), (1, 4), (2, 3), (2, 4)]);
        assert!((bound - (1.0 - 1.0 / 6.0)).abs() < 1e-12);
        assert_eq!(shape(&Graph::directed(1, &[])), None);
    }
}
