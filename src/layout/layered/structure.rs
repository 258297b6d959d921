//! What stands where by its nature: in a container, on a border, beside a host, or for itself.
//!
//! A request may name any indices; [`Structure::new`] drops links that lead nowhere or in a
//! circle and answers for every node who **owns** it: the box of its level that carries it
//! (itself, the host on whose border it sits, or the host it is a satellite of). Each container
//! is a **level** with its own owners and edges; the outermost level comes first. Nothing
//! recurses, so nesting of any depth is fine.

use crate::layout::request::{EdgeKind, FlowRequest, LaneEnd, NodeKind};

/// What a node is within its level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A box for itself.
    Own,
    /// Sits on the border of this box, which owns it.
    Attached(usize),
    /// Stands beside its owner.
    Satellite,
}

/// One edge inside a level that takes part in its arrangement; by nodes of the request.
#[derive(Clone, Copy, Debug)]
pub(super) struct LevelEdge {
    /// Its index in the request.
    pub edge: usize,
    /// Owner it leaves.
    pub from: usize,
    /// Owner it enters.
    pub to: usize,
    /// The attached box it leaves, if it is not the owner itself.
    pub exit: Option<usize>,
}

/// The boxes side by side in one container, or outside all containers.
#[derive(Clone, Debug, Default)]
pub(super) struct Level {
    /// The container; `None` for the outermost level.
    pub container: Option<usize>,
    /// The owners, in the order of the request.
    pub members: Vec<usize>,
    /// Edges that decide the ranks.
    pub edges: Vec<LevelEdge>,
    /// Pairs of owners that want to be near each other.
    pub pulls: Vec<(usize, usize)>,
}

/// The request with its structure made plain.
#[derive(Clone, Debug)]
pub(super) struct Structure {
    pub role: Vec<Role>,
    /// The owner of every node.
    pub owner: Vec<usize>,
    /// The container of every node (of its owner).
    pub container: Vec<Option<usize>>,
    /// Attached boxes and satellites of every owner, in the order of the request.
    pub attached: Vec<Vec<usize>>,
    pub satellites: Vec<Vec<usize>>,
    /// The levels, containers before what they contain.
    pub levels: Vec<Level>,
    /// The level of every node, and its place among the members there (of its owner).
    pub level_of: Vec<usize>,
    pub local: Vec<usize>,
    /// The level inside every container.
    pub inside: Vec<Option<usize>>,
    /// Lane of every node, or one past the last.
    pub lane: Vec<usize>,
    /// Column of every node on the outermost level.
    pub column: Vec<Option<usize>>,
    /// Lines that leave every node across the flow for other lanes, [`UP`] and [`DOWN`]; those of what stands in a
    /// container or clings to a box count for that, too.
    pub across: Vec<[u32; 2]>,
    /// Whether satellites had better stand above (less than 0) or below their host.
    pub leaning: Vec<i64>,
    /// Artifacts without a host and without a part in the flow.
    pub free: Vec<bool>,
    /// Edges that are routed after everything else stands.
    pub later: Vec<usize>,
    /// Edges from a box to itself.
    pub loops: Vec<usize>,
}

/// Places in [`Structure::across`]: toward smaller and toward larger lanes.
pub(super) const UP: usize = 0;
pub(super) const DOWN: usize = 1;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    Border,
    Beside,
    Inside,
}

impl Structure {
    /// Reads the structure of a request.
    pub fn new(request: &FlowRequest) -> Self {
        let links = links(request);
        let order = roots_first(&links);
        let mut structure = Self::own_all(request.nodes.len());
        for &node in &order {
            structure.settle(request, node, links[node]);
        }
        structure.make_levels(&order);
        structure.classify_edges(request);
        structure.count_across(request);
        structure.find_free(request);
        structure.share_columns(request);
        structure
    }

    fn own_all(count: usize) -> Self {
        Self {
            role: vec![Role::Own; count],
            owner: (0..count).collect(),
            container: vec![None; count],
            attached: vec![Vec::new(); count],
            satellites: vec![Vec::new(); count],
            levels: Vec::new(),
            level_of: vec![0; count],
            local: vec![0; count],
            inside: vec![None; count],
            lane: vec![0; count],
            column: vec![None; count],
            across: vec![[0; 2]; count],
            leaning: vec![0; count],
            free: vec![false; count],
            later: Vec::new(),
            loops: Vec::new(),
        }
    }

    fn settle(&mut self, request: &FlowRequest, node: usize, link: Option<(usize, Link)>) {
        let lanes = request.lanes.len();
        self.lane[node] = request.nodes[node].lane.map_or(lanes, |lane| lane.min(lanes));
        let Some((upper, link)) = link else { return };
        self.lane[node] = self.lane[upper];
        if link == Link::Inside {
            self.container[node] = Some(upper);
            return;
        }
        let owner = self.owner[upper];
        self.owner[node] = owner;
        self.container[node] = self.container[owner];
        self.role[node] = if link == Link::Border && owner == upper { Role::Attached(upper) } else { Role::Satellite };
    }

    fn make_levels(&mut self, order: &[usize]) {
        let count = self.role.len();
        self.levels.push(Level::default());
        let mut inhabited = vec![false; count];
        for node in 0..count {
            if let Some(container) = self.container[node] {
                inhabited[container] = true;
            }
        }
        for &node in order.iter().filter(|&&node| inhabited[node]) {
            self.inside[node] = Some(self.levels.len());
            self.levels.push(Level { container: Some(node), ..Level::default() });
        }
        for node in 0..count {
            let level = self.container[node].and_then(|container| self.inside[container]).unwrap_or(0);
            self.level_of[node] = level;
            match self.role[node] {
                Role::Own => {
                    self.local[node] = self.levels[level].members.len();
                    self.levels[level].members.push(node);
                }
                Role::Attached(host) => self.attached[host].push(node),
                Role::Satellite => self.satellites[self.owner[node]].push(node),
            }
        }
        for node in 0..count {
            self.local[node] = self.local[self.owner[node]];
        }
    }

    fn classify_edges(&mut self, request: &FlowRequest) {
        let count = request.nodes.len();
        for (index, edge) in request.edges.iter().enumerate() {
            if edge.from >= count || edge.to >= count {
                continue;
            }
            let (from, to) = (self.owner[edge.from], self.owner[edge.to]);
            if from == to {
                let plain = edge.from == edge.to && self.attached[from].is_empty() && self.satellites[from].is_empty();
                let list = if plain { &mut self.loops } else { &mut self.later };
                list.push(index);
                continue;
            }
            let beside = |node: usize| self.role[node] == Role::Satellite;
            let ranked = edge.kind == EdgeKind::Sequence
                && self.container[from] == self.container[to]
                && !beside(edge.from)
                && edge.to == to;
            if ranked {
                let exit = (edge.from != from).then_some(edge.from);
                let level = self.level_of[from];
                self.levels[level].edges.push(LevelEdge { edge: index, from, to, exit });
                continue;
            }
            self.later.push(index);
            if !beside(edge.from) && !beside(edge.to) {
                self.add_pull(from, to);
            }
        }
        // What leaves by a border comes last, so that the main path is met first.
        for level in &mut self.levels {
            level.edges.sort_by_key(|edge| edge.exit.is_some());
        }
    }

    /// Ties two owners, or the containers around them that lie on one level.
    fn add_pull(&mut self, mut from: usize, mut to: usize) {
        while self.level_of[from] != self.level_of[to] {
            // Levels are numbered from the outside in, so the later one is not further out.
            let inner = if self.level_of[from] > self.level_of[to] { &mut from } else { &mut to };
            let Some(container) = self.container[*inner] else { return };
            *inner = self.owner[container];
        }
        if from != to {
            let level = self.level_of[from];
            self.levels[level].pulls.push((from, to));
        }
    }

    /// Counts what leaves boxes for other lanes: messages, and lines to what stands beside boxes there.
    fn count_across(&mut self, request: &FlowRequest) {
        let mut ends: Vec<(usize, usize)> = Vec::new();
        for edge in self.later.iter().map(|&edge| &request.edges[edge]).filter(|edge| edge.kind != EdgeKind::Sequence) {
            ends.extend([(edge.from, self.lane[edge.to]), (edge.to, self.lane[edge.from])]);
        }
        let lane_of = |end: LaneEnd| match end {
            LaneEnd::Node(node) => self.lane.get(node).copied(),
            LaneEnd::Lane(lane) => Some(lane),
        };
        for edge in &request.lane_edges {
            for (end, other) in [(edge.from, edge.to), (edge.to, edge.from)] {
                if let (LaneEnd::Node(node), Some(lane)) = (end, lane_of(other))
                    && node < self.lane.len()
                {
                    ends.push((node, lane));
                }
            }
        }
        for (node, toward) in ends.into_iter().filter(|&(node, toward)| self.lane[node] != toward) {
            let way = if toward < self.lane[node] { UP } else { DOWN };
            let outward = |&node: &usize| self.container[node].map(|container| self.owner[container]);
            let around: Vec<usize> = std::iter::successors(Some(self.owner[node]), outward).collect();
            around.into_iter().for_each(|owner| self.across[owner][way] += 1);
            if self.role[node] == Role::Satellite {
                self.leaning[node] += if way == UP { -1 } else { 1 };
            }
        }
    }

    fn find_free(&mut self, request: &FlowRequest) {
        for (node, one) in request.nodes.iter().enumerate() {
            self.free[node] =
                one.kind == NodeKind::Artifact && self.role[node] == Role::Own && self.inside[node].is_none();
        }
        for level in &mut self.levels {
            for edge in &level.edges {
                self.free[edge.from] = false;
                self.free[edge.to] = false;
            }
            level.pulls.retain(|&(from, to)| !self.free[from] && !self.free[to]);
        }
    }

    /// A container without a column takes that of the first box in it that has one.
    fn share_columns(&mut self, request: &FlowRequest) {
        for (node, one) in request.nodes.iter().enumerate() {
            self.column[node] = one.column;
        }
        for level in self.levels.iter().skip(1).rev() {
            let column = level.members.iter().find_map(|&member| self.column[member]);
            if let Some(container) = level.container {
                self.column[container] = self.column[container].or(column);
            }
        }
    }

    /// Whether a node is a container with something in it.
    pub fn is_container(&self, node: usize) -> bool {
        self.inside[node].is_some()
    }

    /// The containers around a node, from the inside out.
    pub fn around(&self, node: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.container[node], |&container| self.container[container])
    }
}

/// The one link of every node that counts, without circles.
fn links(request: &FlowRequest) -> Vec<Option<(usize, Link)>> {
    let count = request.nodes.len();
    let derived = derived_hosts(request);
    let mut links: Vec<Option<(usize, Link)>> = Vec::with_capacity(count);
    for (node, one) in request.nodes.iter().enumerate() {
        let valid = |other: &usize| *other < count && *other != node;
        let pinned = one.pin.is_some_and(|pin| pin.x.is_finite() && pin.y.is_finite());
        let host = one.satellite_of.or(derived[node]).filter(valid).filter(|_| !pinned);
        let host = host.filter(|&host| one.parent.is_none() || one.parent == request.nodes[host].parent);
        let border = one.attached.filter(valid).map(|host| (host, Link::Border));
        let beside = host.map(|host| (host, Link::Beside));
        links.push(border.or(beside).or(one.parent.filter(valid).map(|parent| (parent, Link::Inside))));
    }
    break_circles(&mut links);
    links
}

/// For artifacts without a named host, the other end of their first association.
fn derived_hosts(request: &FlowRequest) -> Vec<Option<usize>> {
    let mut hosts = vec![None; request.nodes.len()];
    let is_artifact = |node: usize| request.nodes.get(node).is_some_and(|one| one.kind == NodeKind::Artifact);
    for edge in request.edges.iter().filter(|edge| edge.kind == EdgeKind::Association) {
        for (artifact, host) in [(edge.from, edge.to), (edge.to, edge.from)] {
            if is_artifact(artifact) && !is_artifact(host) && hosts[artifact].is_none() {
                hosts[artifact] = Some(host);
            }
        }
    }
    hosts
}

fn break_circles(links: &mut [Option<(usize, Link)>]) {
    let mut seen = vec![usize::MAX; links.len()];
    for start in 0..links.len() {
        let mut node = start;
        while seen[node] == usize::MAX {
            seen[node] = start;
            let Some((upper, _)) = links[node] else { break };
            if seen[upper] == start {
                links[node] = None;
                break;
            }
            node = upper;
        }
    }
}

/// All nodes, each after the one its link leads to.
fn roots_first(links: &[Option<(usize, Link)>]) -> Vec<usize> {
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); links.len()];
    let mut order = Vec::with_capacity(links.len());
    for (node, link) in links.iter().enumerate() {
        match link {
            Some((upper, _)) => below[*upper].push(node),
            None => order.push(node),
        }
    }
    let mut at = 0;
    while let Some(&node) = order.get(at) {
        order.extend(&below[node]);
        at += 1;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::request::{FlowEdge, FlowNode};

    fn inside(parent: usize) -> FlowNode {
        FlowNode { parent: Some(parent), ..FlowNode::default() }
    }

    #[test]
    fn circles_and_dangling_links_are_dropped() {
        let nodes =
            vec![inside(1), inside(2), inside(0), inside(9), FlowNode { attached: Some(4), ..FlowNode::default() }];
        let structure = Structure::new(&FlowRequest { nodes, ..FlowRequest::default() });
        assert_eq!(structure.container.iter().filter(|one| one.is_none()).count(), 3);
        assert_eq!(structure.role[4], Role::Own);
    }

    #[test]
    fn owners_of_satellites_of_attached_boxes_are_the_hosts() {
        let nodes = vec![
            FlowNode::default(),
            FlowNode { attached: Some(0), ..FlowNode::default() },
            FlowNode { kind: NodeKind::Artifact, ..FlowNode::default() },
            inside(0),
        ];
        let edges = vec![FlowEdge { from: 2, to: 1, kind: EdgeKind::Association, ..FlowEdge::default() }];
        let structure = Structure::new(&FlowRequest { nodes, edges, ..FlowRequest::default() });
        assert_eq!(structure.owner, vec![0, 0, 0, 3]);
        assert_eq!(structure.role[2], Role::Satellite);
        assert_eq!(structure.inside[0], Some(1));
        assert_eq!(structure.later, vec![0]);
    }

    #[test]
    fn edges_across_a_border_pull_the_containers() {
        let nodes = vec![FlowNode::default(), inside(0), FlowNode::default()];
        let edges = vec![FlowEdge { from: 1, to: 2, ..FlowEdge::default() }];
        let structure = Structure::new(&FlowRequest { nodes, edges, ..FlowRequest::default() });
        assert_eq!(structure.levels[0].pulls, vec![(0, 2)]);
        assert!(structure.levels.iter().all(|level| level.edges.is_empty()));
    }
}
