//! How often somebody who follows ties at random comes by (PageRank).
//!
//! xᵥ = (1 − d) ÷ n + d · Σ xᵤ ÷ degree of u over the nodes u that lead to v, with d = 0.85; nodes that lead nowhere share
//! theirs with all (S. Brin, L. Page, The anatomy of a large-scale hypertextual web search engine, 1998).

use super::Graph;

const FOLLOWED: f64 = 0.85;
const MOST_ROUNDS: usize = 200;
/// Change of all nodes together below which it stands.
const TOLERANCE: f64 = 1e-10;

/// The rank of every node; they add up to 1.
pub fn page_rank(graph: &Graph) -> Vec<f64> {
    let size = graph.len();
    let nodes = size as f64;
    let mut ranks = vec![1.0 / nodes; size];
    for _ in 0..MOST_ROUNDS {
        let lost: f64 = (0..size).filter(|node| graph.degree(*node) == 0).map(|node| ranks[node]).sum();
        let mut next = vec![(1.0 - FOLLOWED + FOLLOWED * lost) / nodes; size];
        for (node, rank) in ranks.iter().enumerate() {
            let given = FOLLOWED * rank / graph.degree(node).max(1) as f64;
            for other in graph.of(node) {
                next[*other as usize] += given;
            }
        }
        let moved: f64 = ranks.iter().zip(&next).map(|(old, new)| (old - new).abs()).sum();
        ranks = next;
        if moved < TOLERANCE {
            break;
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn ranks_add_up_and_hubs_come_first() {
        let ranks = page_rank(&star(5));
        assert!((ranks.iter().sum::<f64>() - 1.0).abs() < 1e-9 && ranks[0] > ranks[1]);
        assert!(page_rank(&ring(6)).iter().all(|rank| (rank - 1.0 / 6.0).abs() < 1e-9));
        assert!(page_rank(&Graph::directed(0, &[])).is_empty());
    }
}
