//! What is left of a graph when its hubs go one after the other.
//!
//! R = (1 ÷ N) · Σ S(q) for q = 1 … N, with S(q) the share of all nodes that the largest component holds after the q nodes
//! with the most ties are gone, counted anew after each (C. Schneider and others, Mitigation of malicious attacks on
//! networks, 2011). Ties between equal nodes go to the lower number. The nodes come back in reverse, each joining what is
//! there already, so that the whole costs hardly more than sorting.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::Graph;

/// Robustness R of an undirected graph, 0 to 0.5; none without nodes.
pub fn robustness(graph: &Graph) -> Option<f64> {
    let size = graph.len();
    if size == 0 {
        return None;
    }
    let order = attack_order(graph);
    // Sets of nodes that are joined, each known by its first node.
    let mut first: Vec<u32> = (0..size as u32).collect();
    let mut sizes = vec![0_u32; size];
    let (mut largest, mut sum) = (0_u32, 0.0);
    // After the last one nothing is left; then each node comes back, but for the one that goes first.
    for node in order.iter().skip(1).rev() {
        let node = *node as usize;
        sizes[node] = 1;
        largest = largest.max(1);
        for other in graph.of(node) {
            let other = *other as usize;
            if sizes[find(&mut first, other) as usize] == 0 {
                continue;
            }
            let (a, b) = (find(&mut first, node) as usize, find(&mut first, other) as usize);
            if a != b {
                let (keep, join) = if sizes[a] >= sizes[b] { (a, b) } else { (b, a) };
                first[join] = keep as u32;
                sizes[keep] += sizes[join];
                largest = largest.max(sizes[keep]);
            }
        }
        sum += f64::from(largest) / size as f64;
    }
    Some(sum / size as f64)
}

/// The nodes in the order in which they go: always the one with the most ties left.
fn attack_order(graph: &Graph) -> Vec<u32> {
    let size = graph.len();
    let mut degrees: Vec<u32> = (0..size).map(|node| graph.degree(node) as u32).collect();
    let mut gone = vec![false; size];
    let mut queue: BTreeSet<(Reverse<u32>, u32)> =
        degrees.iter().enumerate().map(|(node, degree)| (Reverse(*degree), node as u32)).collect();
    let mut order = Vec::with_capacity(size);
    while let Some((_, node)) = queue.pop_first() {
        gone[node as usize] = true;
        order.push(node);
        for other in graph.of(node as usize) {
            let slot = *other as usize;
            if !gone[slot] {
                queue.remove(&(Reverse(degrees[slot]), *other));
                degrees[slot] -= 1;
                queue.insert((Reverse(degrees[slot]), *other));
            }
        }
    }
    order
}

fn find(first: &mut [u32], node: usize) -> u32 {
    let mut node = node as u32;
    while first[node as usize] != node {
        first[node as usize] = first[first[node as usize] as usize];
        node = first[node as usize];
    }
    node
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn known_graphs() {
        for (graph, expected) in [(star(5), 0.16), (mesh(5), 0.40), (ring(6), 0.3056), (two_triangles(), 0.25)] {
            assert!((robustness(&graph).unwrap() - expected).abs() < 0.00005);
        }
        assert_eq!(robustness(&Graph::undirected(0, &[])), None);
    }
}
