//! Parts of a graph and the nodes that hold it together.
//!
//! Components by search; cut points (articulation points) by one depth-first search that knows how far up each subtree
//! reaches (J. Hopcroft, R. Tarjan, Efficient algorithms for graph manipulation, 1973). Both need each tie once.

use super::Graph;

/// Number of the component of each node of an undirected graph, by the first node in it.
pub fn components(graph: &Graph) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let mut component = vec![NONE; graph.len()];
    let mut open: Vec<u32> = Vec::new();
    let mut next = 0;
    for start in 0..graph.len() {
        if component[start] != NONE {
            continue;
        }
        component[start] = next;
        open.push(start as u32);
        while let Some(node) = open.pop() {
            for other in graph.of(node as usize) {
                if component[*other as usize] == NONE {
                    component[*other as usize] = next;
                    open.push(*other);
                }
            }
        }
        next += 1;
    }
    component
}

/// Sizes of the components, in the order of their numbers.
pub fn component_sizes(components: &[u32]) -> Vec<usize> {
    let mut sizes = vec![0; components.iter().max().map_or(0, |last| *last as usize + 1)];
    for component in components {
        sizes[*component as usize] += 1;
    }
    sizes
}

/// A node without which its component falls apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CutPoint {
    /// The node.
    pub node: usize,
    /// Sizes of the parts that are left of its component without it, largest first.
    pub parts: Vec<usize>,
}

/// The nodes of an undirected graph without which their component falls apart, in order.
pub fn cut_points(graph: &Graph) -> Vec<CutPoint> {
    const UNSEEN: u32 = u32::MAX;
    let size = graph.len();
    let components = components(graph);
    let sizes = component_sizes(&components);
    let (mut order, mut low, mut below) = (vec![UNSEEN; size], vec![0_u32; size], vec![1_usize; size]);
    // What hangs on each node alone.
    let mut hanging: Vec<Vec<usize>> = vec![Vec::new(); size];
    let mut next = 0;
    for root in 0..size {
        if order[root] != UNSEEN {
            continue;
        }
        // Node, the one it was reached from, and how many of its ties were followed.
        let mut calls: Vec<(usize, usize, usize)> = vec![(root, root, 0)];
        (order[root], low[root]) = (next, next);
        next += 1;
        while let Some((node, from, followed)) = calls.pop() {
            if let Some(other) = graph.of(node).get(followed).map(|other| *other as usize) {
                calls.push((node, from, followed + 1));
                if order[other] == UNSEEN {
                    (order[other], low[other]) = (next, next);
                    next += 1;
                    calls.push((other, node, 0));
                } else if other != from {
                    low[node] = low[node].min(order[other]);
                }
            } else if node != root {
                low[from] = low[from].min(low[node]);
                below[from] += below[node];
                if low[node] >= order[from] {
                    hanging[from].push(below[node]);
                }
            }
        }
    }
    let mut found = Vec::new();
    for (node, mut parts) in hanging.into_iter().enumerate() {
        let rest = sizes[components[node] as usize] - 1 - parts.iter().sum::<usize>();
        parts.extend((rest > 0).then_some(rest));
        parts.sort_unstable_by(|a, b| b.cmp(a));
        if parts.len() > 1 {
            found.push(CutPoint { node, parts });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::testing::*;
    use super::*;

    #[test]
    fn parts_and_cut_points() {
        let point = |node, parts: &[usize]| CutPoint { node, parts: parts.to_vec() };
        assert_eq!(cut_points(&two_triangles()), [point(2, &[3, 2]), point(3, &[3, 2])]);
        assert_eq!(cut_points(&star(4)), [point(0, &[1, 1, 1])]);
        assert_eq!(cut_points(&ring(6)), []);
        let apart = Graph::undirected(5, &[(0, 1), (3, 4)]);
        assert_eq!(components(&apart), [0, 0, 1, 2, 2]);
        assert_eq!(component_sizes(&components(&apart)), [2, 1, 2]);
        // A chain: every inner node.
        let chain = Graph::undirected(4, &[(0, 1), (1, 2), (2, 3)]);
        assert_eq!(cut_points(&chain), [point(1, &[2, 1]), point(2, &[2, 1])]);
    }
}
