//! Groups that are tied more closely within than to others.
//!
//! Modularity Q = Σ over groups of (ties within ÷ ties − (degrees ÷ 2 · ties)²) (M. Newman, M. Girvan, Finding and
//! evaluating community structure in networks, 2004). Groups are found by moving each node to the neighbouring group that
//! gains the most until nothing moves, then taking groups for nodes and beginning again (V. Blondel and others, Fast
//! unfolding of communities in large networks, 2008). Nodes move in their order, and of equal gains the group with the
//! lowest number wins: the same graph always gives the same groups.

use super::Graph;

/// Gains below this are none, so that rounding moves nobody back and forth.
const LEAST_GAIN: f64 = 1e-12;
const MOST_ROUNDS: usize = 64;

/// Number of the group of each node of an undirected graph, by the first node in it.
pub fn groups(graph: &Graph) -> Vec<u32> {
    let mut of_node: Vec<u32> = (0..graph.len() as u32).collect();
    let mut level = Level::of(graph);
    for _ in 0..MOST_ROUNDS {
        let (moved, groups) = level.settle();
        if !moved {
            break;
        }
        let (numbers, count) = renumbered(&groups);
        for group in &mut of_node {
            *group = numbers[*group as usize];
        }
        level = level.joined(&numbers, count);
    }
    renumbered(&of_node).0
}

/// Modularity of a division into groups, −0.5 to 1; none without ties.
pub fn modularity(graph: &Graph, groups: &[u32]) -> Option<f64> {
    let arrows = graph.arrows() as f64;
    if arrows <= 0.0 {
        return None;
    }
    let count = groups.iter().max().map_or(0, |last| *last as usize + 1);
    let (mut within, mut degrees) = (vec![0.0; count], vec![0.0; count]);
    for node in 0..graph.len() {
        let group = groups[node] as usize;
        degrees[group] += graph.degree(node) as f64;
        within[group] += graph.of(node).iter().filter(|other| groups[**other as usize] == groups[node]).count() as f64;
    }
    Some(within.iter().zip(&degrees).map(|(within, degree)| within / arrows - (degree / arrows).powi(2)).sum())
}

/// Numbers from 0 in the order of their first appearance, and how many there are.
fn renumbered(groups: &[u32]) -> (Vec<u32>, usize) {
    let mut numbers = vec![u32::MAX; groups.iter().max().map_or(0, |last| *last as usize + 1)];
    let mut count = 0;
    let number = |group: &u32| {
        let slot = &mut numbers[*group as usize];
        if *slot == u32::MAX {
            *slot = count;
            count += 1;
        }
        *slot
    };
    let renumbered = groups.iter().map(number).collect();
    (renumbered, count as usize)
}

/// A graph with weights: that of the nodes, or of groups of them.
struct Level {
    starts: Vec<u32>,
    ties: Vec<(u32, f64)>,
    /// Weight within each node, both directions.
    within: Vec<f64>,
    /// Weight of all ties of each node, those within included.
    degrees: Vec<f64>,
    total: f64,
}

impl Level {
    fn of(graph: &Graph) -> Self {
        let size = graph.len();
        let ties = (0..size).flat_map(|node| graph.of(node).iter().map(|other| (*other, 1.0))).collect();
        let degrees: Vec<f64> = (0..size).map(|node| graph.degree(node) as f64).collect();
        Self { starts: graph.starts.clone(), ties, within: vec![0.0; size], total: degrees.iter().sum(), degrees }
    }

    fn ties_of(&self, node: usize) -> &[(u32, f64)] {
        &self.ties[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// Moves nodes until nothing is gained: whether any moved, and the group of each.
    fn settle(&self) -> (bool, Vec<u32>) {
        let size = self.degrees.len();
        let mut groups: Vec<u32> = (0..size as u32).collect();
        let mut sums = self.degrees.clone();
        let mut weights = vec![0.0; size];
        let mut near: Vec<u32> = Vec::new();
        let mut any = false;
        for _ in 0..MOST_ROUNDS {
            let mut moved = false;
            for node in 0..size {
                let own = groups[node];
                near.push(own);
                for (other, weight) in self.ties_of(node) {
                    let group = groups[*other as usize];
                    if weights[group as usize] == 0.0 && group != own {
                        near.push(group);
                    }
                    weights[group as usize] += weight;
                }
                sums[own as usize] -= self.degrees[node];
                let gain =
                    |group: u32| weights[group as usize] - self.degrees[node] * sums[group as usize] / self.total;
                let mut best = (own, gain(own));
                for group in near.iter().copied() {
                    let gained = gain(group);
                    let better = gained > best.1 + LEAST_GAIN;
                    if better || ((gained - best.1).abs() <= LEAST_GAIN && best.0 != own && group < best.0) {
                        best = (group, gained);
                    }
                }
                sums[best.0 as usize] += self.degrees[node];
                groups[node] = best.0;
                moved |= best.0 != own;
                for group in near.drain(..) {
                    weights[group as usize] = 0.0;
                }
            }
            any |= moved;
            if !moved {
                break;
            }
        }
        (any, groups)
    }

    /// The graph whose nodes are the groups.
    fn joined(&self, numbers: &[u32], count: usize) -> Self {
        let mut within = vec![0.0; count];
        let mut degrees = vec![0.0; count];
        let mut pairs: Vec<(u32, u32, f64)> = Vec::with_capacity(self.ties.len());
        for node in 0..self.degrees.len() {
            let group = numbers[node];
            within[group as usize] += self.within[node];
            degrees[group as usize] += self.degrees[node];
            for (other, weight) in self.ties_of(node) {
                let to = numbers[*other as usize];
                if to == group {
                    within[group as usize] += weight;
                } else {
                    pairs.push((group, to, *weight));
                }
            }
        }
        pairs.sort_unstable_by_key(|(from, to, _)| (*from, *to));
        let mut starts = vec![0_u32; count + 1];
        let mut ties: Vec<(u32, f64)> = Vec::new();
        let mut last = None;
        for (from, to, weight) in pairs {
            match ties.last_mut() {
                Some((_, sum)) if last == Some((from, to)) => *sum += weight,
                _ => {
                    ties.push((to, weight));
                    starts[from as usize + 1] += 1;
                }
            }
            last = Some((from, to));
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        Self { starts, ties, within, degrees, total: self.total }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn triangles_are_groups() {
        let graph = two_triangles();
        let found = groups(&graph);
        assert_eq!(found, [0, 0, 0, 1, 1, 1]);
        // 6 of 7 ties are within, and each group has half of the degrees.
        assert!((modularity(&graph, &found).unwrap() - (6.0 / 7.0 - 0.5)).abs() < 1e-12);
        assert_eq!(groups(&mesh(5)), [0; 5]);
        assert_eq!(groups(&Graph::undirected(3, &[])), [0, 1, 2]);
        assert_eq!(modularity(&Graph::undirected(3, &[]), &[0, 1, 2]), None);
    }
}
