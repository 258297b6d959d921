//! Figures of graphs: who is tied to whom, and what hangs on single ties.
//!
//! A [`Graph`] is two flat arrays (compressed rows), so that every linear measure is one pass over them. The measures are
//! functions over it: parts and cut points ([`connected`]), who stands between others ([`betweenness`]), groups
//! ([`groups`]), how tightly knit ([`density`]), how much hangs on the largest hubs ([`robustness`]), how much of a
//! tree ([`hierarchy`]). Nodes are numbers from 0; what they stand for is the caller's. Invariants: neighbours are
//! sorted, each once, nobody is tied to itself; equal graphs give equal figures on every machine.

pub mod betweenness;
pub mod connected;
pub mod density;
pub mod groups;
pub mod hierarchy;
pub mod rank;
pub mod robustness;

/// A simple graph in compressed rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    starts: Vec<u32>,
    targets: Vec<u32>,
}

impl Graph {
    /// The graph in which every edge can be gone both ways. Edges beyond `nodes`, loops and repetitions are left out.
    pub fn undirected(nodes: usize, edges: &[(u32, u32)]) -> Self {
        let both = edges.iter().flat_map(|(from, to)| [(*from, *to), (*to, *from)]);
        Self::new(nodes, both.collect())
    }

    /// The graph in which every edge leads from its first node to its second. Edges beyond `nodes`, loops and
    /// repetitions are left out.
    pub fn directed(nodes: usize, edges: &[(u32, u32)]) -> Self {
        Self::new(nodes, edges.to_vec())
    }

    fn new(nodes: usize, mut pairs: Vec<(u32, u32)>) -> Self {
        pairs.retain(|(from, to)| from != to && (*from as usize) < nodes && (*to as usize) < nodes);
        pairs.sort_unstable();
        pairs.dedup();
        let mut starts = vec![0_u32; nodes + 1];
        for (from, _) in &pairs {
            starts[*from as usize + 1] += 1;
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        Self { starts, targets: pairs.into_iter().map(|(_, to)| to).collect() }
    }

    /// Number of nodes.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is no node.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of arrows: twice the edges of an undirected graph.
    pub fn arrows(&self) -> usize {
        self.targets.len()
    }

    /// Nodes that a node leads to, sorted.
    pub fn of(&self, node: usize) -> &[u32] {
        &self.targets[self.starts[node] as usize..self.starts[node + 1] as usize]
    }

    /// How many nodes a node leads to.
    pub fn degree(&self, node: usize) -> usize {
        (self.starts[node + 1] - self.starts[node]) as usize
    }

    /// The same ties without their directions.
    #[must_use]
    pub fn without_directions(&self) -> Self {
        let pairs = (0..self.len()).flat_map(|from| self.of(from).iter().map(move |to| (from as u32, *to)));
        Self::undirected(self.len(), &pairs.collect::<Vec<_>>())
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! Small graphs with known figures.

    use super::Graph;

    /// One node tied to all others.
    pub(crate) fn star(nodes: u32) -> Graph {
        Graph::undirected(nodes as usize, &(1..nodes).map(|node| (0, node)).collect::<Vec<_>>())
    }

    /// Every node tied to the next, the last one to the first.
    pub(crate) fn ring(nodes: u32) -> Graph {
        Graph::undirected(nodes as usize, &(0..nodes).map(|node| (node, (node + 1) % nodes)).collect::<Vec<_>>())
    }

    /// Every node tied to every other.
    pub(crate) fn mesh(nodes: u32) -> Graph {
        let pairs = (0..nodes).flat_map(|a| (0..a).map(move |b| (a, b)));
        Graph::undirected(nodes as usize, &pairs.collect::<Vec<_>>())
    }

    /// Two triangles joined by one edge between nodes 2 and 3.
    pub(crate) fn two_triangles() -> Graph {
        Graph::undirected(6, &[(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Figures of ten fixed graphs as NetworkX works them out; `make.py` beside the file says how.
    #[test]
    fn figures_are_those_of_networkx() {
        let all: serde_json::Value =
            serde_json::from_str(include_str!("../../../../tests/data/graphs/networkx.json")).unwrap();
        let all = all.as_array().unwrap();
        assert_eq!(all.len(), 10);
        for one in all {
            let name = one["name"].as_str().unwrap();
            let numbers = |value: &serde_json::Value| -> Vec<f64> {
                value.as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
            };
            let edges: Vec<(u32, u32)> = one["edges"]
                .as_array()
                .unwrap()
                .iter()
                .map(numbers)
                .map(|pair| (pair[0] as u32, pair[1] as u32))
                .collect();
            let graph = Graph::undirected(one["nodes"].as_u64().unwrap() as usize, &edges);
            let close = |measure: &str, value: f64, expected: f64| {
                assert!((value - expected).abs() < 1e-9, "{name}: {measure} is {value}, not {expected}");
            };
            let number = |measure: &str, value: f64| close(measure, value, one[measure].as_f64().unwrap());
            let each = |measure: &str, values: &[f64]| {
                let expected = numbers(&one[measure]);
                assert_eq!(values.len(), expected.len(), "{name}: {measure}");
                values.iter().zip(expected).for_each(|(value, expected)| close(measure, *value, expected));
            };
            let as_numbers = |values: &[u32]| values.iter().map(|value| f64::from(*value)).collect::<Vec<_>>();
            number("density", density::density(&graph).unwrap());
            number("degree_centralisation", density::degree_centralisation(&graph).unwrap());
            number("robustness", robustness::robustness(&graph).unwrap());
            each("clustering", &density::clustering(&graph));
            each("components", &as_numbers(&connected::components(&graph)));
            let cuts: Vec<f64> = connected::cut_points(&graph).iter().map(|point| point.node as f64).collect();
            each("cut_points", &cuts);
            each("betweenness", &betweenness::normalised(&betweenness::betweenness(&graph)));
            each("page_rank", &rank::page_rank(&graph));
            let mut division = vec![0; graph.len()];
            for (number, group) in one["division"].as_array().unwrap().iter().enumerate() {
                numbers(group).into_iter().for_each(|node| division[node as usize] = number as u32);
            }
            number("division_modularity", groups::modularity(&graph, &division).unwrap());
            // The best of fifty tries with random orders; ours has one fixed order.
            let found = groups::modularity(&graph, &groups::groups(&graph)).unwrap();
            assert!(found > one["best_modularity"].as_f64().unwrap() - 0.03, "{name}: modularity is {found}");
        }
    }

    #[test]
    fn ties_are_counted_once() {
        let graph = Graph::undirected(3, &[(0, 1), (1, 0), (1, 1), (1, 2), (7, 0)]);
        assert_eq!((graph.len(), graph.arrows(), graph.of(1)), (3, 4, &[0, 2][..]));
        let arrows = Graph::directed(3, &[(0, 1), (1, 0), (1, 2)]);
        assert_eq!((arrows.degree(1), arrows.degree(2)), (2, 0));
        assert_eq!(arrows.without_directions(), graph);
        assert!(Graph::default().is_empty() && Graph::directed(0, &[]).is_empty());
    }
}
