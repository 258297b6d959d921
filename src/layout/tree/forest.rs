//! The visible boxes of a chart as a forest: circles cut open, collapsed parts left out.

use crate::layout::request::TreeRequest;

/// The visible part of the request as a forest in flat arrays.
pub(in crate::layout) struct Forest {
    /// Parent among visible nodes.
    pub parent: Vec<Option<usize>>,
    /// Start of each node's children in `children`; one entry more than nodes.
    pub first_child: Vec<usize>,
    /// Visible children of all nodes, grouped by parent: assistants first, then in request order.
    pub children: Vec<usize>,
    /// How many of each node's children are assistants.
    assistants: Vec<usize>,
    pub roots: Vec<usize>,
    /// Visible nodes, parents before children.
    pub order: Vec<usize>,
    pub hidden: Vec<usize>,
}

impl Forest {
    pub fn new(request: &TreeRequest) -> Self {
        let count = request.nodes.len();
        let mut parent: Vec<Option<usize>> = request
            .nodes
            .iter()
            .enumerate()
            .map(|(node, one)| one.parent.filter(|&p| p < count && p != node))
            .collect();
        break_circles(&mut parent);
        let (first_child, children) = group_by_parent(&parent);
        let roots: Vec<usize> = (0..count).filter(|&node| parent[node].is_none()).collect();
        let mut all = roots.clone();
        let mut at = 0;
        while at < all.len() {
            let node = all[at];
            all.extend_from_slice(&children[first_child[node]..first_child[node + 1]]);
            at += 1;
        }
        let mut below = vec![0; count];
        for &node in all.iter().rev() {
            if let Some(up) = parent[node] {
                below[up] += below[node] + 1;
            }
        }
        let (hidden, assistants) = (vec![0; count], vec![0; count]);
        let mut forest = Self { parent, first_child, children, assistants, roots, order: all, hidden };
        if request.nodes.iter().any(|node| node.collapsed) {
            forest.hide(request, &below);
        }
        if request.nodes.iter().any(|node| node.assistant) {
            forest.put_assistants_first(request);
        }
        forest
    }

    /// Drops everything below collapsed nodes.
    fn hide(&mut self, request: &TreeRequest, below: &[usize]) {
        let mut shown = vec![true; self.parent.len()];
        for &node in &self.order {
            if let Some(up) = self.parent[node] {
                shown[node] = shown[up] && !request.nodes[up].collapsed;
            }
            if shown[node] && request.nodes[node].collapsed {
                self.hidden[node] = below[node];
            }
        }
        self.order.retain(|&node| shown[node]);
        for (parent, shown) in self.parent.iter_mut().zip(shown) {
            if !shown {
                *parent = None;
            }
        }
        (self.first_child, self.children) = group_by_parent(&self.parent);
    }

    fn put_assistants_first(&mut self, request: &TreeRequest) {
        for &node in &self.order {
            let children = &mut self.children[self.first_child[node]..self.first_child[node + 1]];
            children.sort_by_key(|&child| !request.nodes[child].assistant);
            self.assistants[node] = children.partition_point(|&child| request.nodes[child].assistant);
        }
    }

    /// The assistants of a node, which stand beside the line below it.
    pub fn beside(&self, node: usize) -> &[usize] {
        &self.children_of(node)[..self.assistants[node]]
    }

    /// The children of a node that hang below it.
    pub fn below(&self, node: usize) -> &[usize] {
        &self.children_of(node)[self.assistants[node]..]
    }

    pub fn children_of(&self, node: usize) -> &[usize] {
        &self.children[self.first_child[node]..self.first_child[node + 1]]
    }

    pub fn is_leaf(&self, node: usize) -> bool {
        self.first_child[node] == self.first_child[node + 1]
    }
}

/// Makes the first node of every circle of parents a root.
fn break_circles(parent: &mut [Option<usize>]) {
    let mut seen = vec![0_usize; parent.len()];
    for start in 0..parent.len() {
        let mut node = start;
        while seen[node] == 0 {
            seen[node] = start + 1;
            let Some(up) = parent[node] else { break };
            if seen[up] == start + 1 {
                parent[up] = None;
                break;
            }
            node = up;
        }
    }
}

fn group_by_parent(parent: &[Option<usize>]) -> (Vec<usize>, Vec<usize>) {
    let mut first = vec![0; parent.len() + 1];
    for up in parent.iter().flatten() {
        first[up + 1] += 1;
    }
    for node in 0..parent.len() {
        first[node + 1] += first[node];
    }
    let mut next = first.clone();
    let mut children = vec![0; first.last().copied().unwrap_or(0)];
    for (node, up) in parent.iter().enumerate() {
        if let Some(up) = up {
            children[next[*up]] = node;
            next[*up] += 1;
        }
    }
    (first, children)
}
