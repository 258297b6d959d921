//! Who stands between others.
//!
//! Betweenness of v = Σ over pairs s ≠ t ≠ v of the share of the shortest ways from s to t that lead over v (L. Freeman,
//! A set of measures of centrality based on betweenness, 1977), by one search from every node and adding up backward (U.
//! Brandes, A faster algorithm for betweenness centrality, 2001): exact, nodes × ties steps. From a part of the nodes,
//! evenly spread and scaled up, it is an estimate (U. Brandes, C. Pich, Centrality estimation in large networks, 2007).

use super::Graph;

/// What one search after the other needs.
struct Search {
    distance: Vec<u32>,
    /// Number of shortest ways from the start.
    ways: Vec<f64>,
    dependency: Vec<f64>,
    order: Vec<u32>,
}

/// Betweenness of every node, not normalised, each pair counted in both directions.
pub fn betweenness(graph: &Graph) -> Vec<f64> {
    from_sources(graph, 0..graph.len())
}

/// What the shortest ways from some nodes to all others add to the betweenness of every node. The sums over all nodes
/// make the whole, so that the work can be shared out.
pub fn from_sources(graph: &Graph, sources: impl Iterator<Item = usize>) -> Vec<f64> {
    const FAR: u32 = u32::MAX;
    let size = graph.len();
    let mut sums = vec![0.0; size];
    let mut search = Search {
        distance: vec![FAR; size],
        ways: vec![0.0; size],
        dependency: vec![0.0; size],
        order: Vec::with_capacity(size),
    };
    for source in sources {
        let Search { distance, ways, dependency, order } = &mut search;
        order.clear();
        order.push(source as u32);
        (distance[source], ways[source]) = (0, 1.0);
        let mut head = 0;
        while let Some(node) = order.get(head).map(|node| *node as usize) {
            head += 1;
            let (next, count) = (distance[node] + 1, ways[node]);
            for other in graph.of(node) {
                let other = *other as usize;
                if distance[other] == FAR {
                    distance[other] = next;
                    order.push(other as u32);
                }
                if distance[other] == next {
                    ways[other] += count;
                }
            }
        }
        for node in order.iter().rev().map(|node| *node as usize) {
            // All nodes behind it have added to it what depends on it.
            let next = distance[node] + 1;
            let mut sum = 0.0;
            for other in graph.of(node) {
                let other = *other as usize;
                if distance[other] == next {
                    sum += (1.0 + dependency[other]) / ways[other];
                }
            }
            dependency[node] = sum * ways[node];
            if node != source {
                sums[node] += dependency[node];
            }
        }
        for node in order.iter().map(|node| *node as usize) {
            (distance[node], ways[node], dependency[node]) = (FAR, 0.0, 0.0);
        }
    }
    sums
}

/// An estimate from so many nodes, evenly spread; exact where there are no more.
pub fn estimated(graph: &Graph, pivots: usize) -> Vec<f64> {
    let size = graph.len();
    if pivots >= size || pivots == 0 {
        return betweenness(graph);
    }
    let mut sums = from_sources(graph, (0..pivots).map(|pivot| pivot * size / pivots));
    for sum in &mut sums {
        *sum *= size as f64 / pivots as f64;
    }
    sums
}

/// The share of all pairs of others: 0 to 1. Betweenness ÷ ((n − 1)(n − 2)), each pair counted in both directions.
pub fn normalised(betweenness: &[f64]) -> Vec<f64> {
    let others = betweenness.len().saturating_sub(1) as f64;
    let pairs = others * (others - 1.0);
    betweenness.iter().map(|sum| if pairs > 0.0 { sum / pairs } else { 0.0 }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn bridge_ends_of_two_triangles() {
        let shares = normalised(&betweenness(&two_triangles()));
        for (node, expected) in [0.0, 0.0, 0.6, 0.6, 0.0, 0.0].into_iter().enumerate() {
            assert!((shares[node] - expected).abs() < 1e-12, "{node}");
        }
        let star = normalised(&betweenness(&star(5)));
        assert_eq!(star, [1.0, 0.0, 0.0, 0.0, 0.0]);
        // The way round a directed ring leads over all others.
        let ring = Graph::directed(4, &[(0, 1), (1, 2), (2, 3), (3, 0)]);
        assert_eq!(betweenness(&ring), [3.0; 4]);
    }

    #[test]
    fn parts_add_up_and_many_pivots_are_exact() {
        let graph = two_triangles();
        let (all, first, rest) = (betweenness(&graph), from_sources(&graph, 0..2), from_sources(&graph, 2..6));
        for node in 0..6 {
            assert!((first[node] + rest[node] - all[node]).abs() < 1e-12);
        }
        assert_eq!(estimated(&graph, 6), all);
        assert_eq!(estimated(&ring(8), 4).len(), 8);
    }
}
