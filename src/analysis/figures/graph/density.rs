//! How tightly a graph is knit, and how much of it hangs on one node.
//!
//! Density = ties ÷ possible ties. Clustering of a node = ties between its neighbours ÷ possible ones, 0 with fewer than
//! two (D. Watts, S. Strogatz, Collective dynamics of small-world networks, 1998). Degree centralisation =
//! Σ (largest degree − degree) ÷ ((n − 1)(n − 2)): 1 for a star, 0 for a ring (L. Freeman, Centrality in social networks,
//! 1979).

use super::Graph;

/// Ties ÷ possible ties, 0 to 1; none with fewer than two nodes.
pub fn density(graph: &Graph) -> Option<f64> {
    let nodes = graph.len() as f64;
    (graph.len() > 1).then(|| graph.arrows() as f64 / (nodes * (nodes - 1.0)))
}

/// Clustering of every node of an undirected graph.
pub fn clustering(graph: &Graph) -> Vec<f64> {
    // Every triangle is found once from its corner of the lowest rank, where nodes with more ties rank higher: no node
    // then has more than √(2 ties) neighbours of a higher rank.
    let size = graph.len();
    let higher = |a: u32, b: u32| (graph.degree(a as usize), a) < (graph.degree(b as usize), b);
    let mut starts = vec![0_usize; size + 1];
    let mut above: Vec<u32> = Vec::with_capacity(graph.arrows() / 2);
    for node in 0..size {
        above.extend(graph.of(node).iter().filter(|other| higher(node as u32, **other)));
        starts[node + 1] = above.len();
    }
    let mut triangles = vec![0_u64; size];
    let mut marked = vec![u32::MAX; size];
    for node in 0..size {
        let up = &above[starts[node]..starts[node + 1]];
        for other in up {
            marked[*other as usize] = node as u32;
        }
        for middle in up.iter().map(|other| *other as usize) {
            for third in above[starts[middle]..starts[middle + 1]].iter().map(|third| *third as usize) {
                if marked[third] == node as u32 {
                    triangles[node] += 1;
                    triangles[middle] += 1;
                    triangles[third] += 1;
                }
            }
        }
    }
    let share = |(node, count): (usize, u64)| {
        let degree = graph.degree(node) as f64;
        if degree < 2.0 { 0.0 } else { 2.0 * count as f64 / (degree * (degree - 1.0)) }
    };
    triangles.into_iter().enumerate().map(share).collect()
}

/// Mean clustering of all nodes; none without nodes.
pub fn mean_clustering(graph: &Graph) -> Option<f64> {
    (!graph.is_empty()).then(|| clustering(graph).iter().sum::<f64>() / graph.len() as f64)
}

/// How much the ties of an undirected graph hang on one node: 1 for a star, 0 where all have the same number. None with
/// fewer than three nodes.
pub fn degree_centralisation(graph: &Graph) -> Option<f64> {
    let nodes = graph.len() as f64;
    let degrees = || (0..graph.len()).map(|node| graph.degree(node));
    let largest = degrees().max().filter(|_| graph.len() > 2)?;
    Some(degrees().map(|degree| (largest - degree) as f64).sum::<f64>() / ((nodes - 1.0) * (nodes - 2.0)))
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn known_graphs() {
        let close = |value: Option<f64>, expected: f64| assert!((value.unwrap() - expected).abs() < 1e-12);
        for (graph, centralisation) in [(star(5), 1.0), (ring(6), 0.0), (two_triangles(), 0.2)] {
            close(degree_centralisation(&graph), centralisation);
        }
        close(density(&two_triangles()), 7.0 / 15.0);
        close(density(&Graph::directed(3, &[(0, 1)])), 1.0 / 6.0);
        close(mean_clustering(&mesh(5)), 1.0);
        close(mean_clustering(&star(5)), 0.0);
        // Bridge ends have three neighbours, of whom one pair is tied.
        close(mean_clustering(&two_triangles()), (4.0 + 2.0 / 3.0) / 6.0);
        assert_eq!((density(&star(1)), degree_centralisation(&star(2))), (None, None));
    }
}
