//! The layered graph the phases work on: real nodes, dummies on long edges, and turns.
//!
//! Coordinates inside this folder are those of a flow from left to right: **along** is x,
//! **across** is y. A *rank* is a column. Invariants after [`Layered::new`]: every link joins
//! two neighbouring ranks; a dummy has one link on each side; a *turn* stands beyond the end
//! of a backward edge, in the rank after its source or before its target, and ties that end to
//! the dummy beside it; turns take part in ordering only.

use super::cycles::Oriented;
use crate::layout::geometry::Size;
use crate::layout::request::NodeKind;

/// What stands at a place of a rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A node of the request.
    Real,
    /// Where an edge passes a rank.
    Dummy,
    /// Where a backward edge turns round.
    Turn,
}

/// One node of the part being arranged.
#[derive(Clone, Copy, Debug)]
pub(super) struct PartNode {
    pub size: Size,
    pub band: usize,
    pub kind: NodeKind,
    /// Space kept free above and below the box, for loops and what clings to the box.
    pub extra: f64,
    /// Space kept free left and right of the box.
    pub beside: f64,
    /// Lines that leave it across the flow for other bands: up and down.
    pub across: [u32; 2],
}

/// How a line leaves a box that is attached to the border of a node: straight away from the
/// border to a level of its own, then along the flow. Heights and x from the node's centre.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exit {
    /// The attached box; its lines share one trunk.
    pub key: usize,
    /// Where the attached box stands along the flow.
    pub x: f64,
    /// Where the line begins, on the outer border of the attached box.
    pub start: f64,
    /// The height at which it runs along the flow, within the extra space of the node.
    pub level: f64,
}

/// Nodes and edges of one part, in its own indices.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub nodes: Vec<PartNode>,
    /// Edges (from, to) without loops.
    pub edges: Vec<(usize, usize)>,
    /// Size of each edge's label.
    pub labels: Vec<Option<Size>>,
    /// How each edge leaves, if it does so by an attached box.
    pub exits: Vec<Option<Exit>>,
}

/// The path of one edge through the ranks.
#[derive(Clone, Debug, Default)]
pub(super) struct Chain {
    /// The two nodes of the part it joins, the one of the lower rank first.
    pub ends: (usize, usize),
    /// Dummies in order of rank.
    pub dummies: Vec<usize>,
    /// Where a backward edge turns round, the turn of the lower rank first.
    pub turns: Option<(usize, usize)>,
    /// Whether the edge runs against the ranks.
    pub backward: bool,
}

/// The graph with dummies, by rank.
pub(super) struct Layered {
    pub role: Vec<Role>,
    pub band: Vec<usize>,
    pub rank: Vec<usize>,
    /// Extent across, with the free space around it.
    pub height: Vec<f64>,
    /// Members of each rank in their present order.
    pub ranks: Vec<Vec<usize>>,
    /// Links to the next and from the previous rank.
    pub down: Links,
    pub up: Links,
    pub chains: Vec<Chain>,
    /// Lines that leave each node across the flow for other bands: up and down. Empty where none does.
    pub across: Vec<[u32; 2]>,
}

/// Neighbours of every node in one flat array.
#[derive(Clone, Debug, Default)]
pub(super) struct Links {
    first: Vec<usize>,
    ends: Vec<usize>,
}

impl Links {
    fn new(count: usize, pairs: impl Iterator<Item = (usize, usize)> + Clone) -> Self {
        let mut first = vec![0; count + 1];
        for (from, _) in pairs.clone() {
            first[from + 1] += 1;
        }
        for node in 0..count {
            first[node + 1] += first[node];
        }
        let mut next = first.clone();
        let mut ends = vec![0; first[count]];
        for (from, to) in pairs {
            ends[next[from]] = to;
            next[from] += 1;
        }
        Self { first, ends }
    }

    pub fn of(&self, node: usize) -> &[usize] {
        &self.ends[self.first[node]..self.first[node + 1]]
    }
}

impl Layered {
    /// Adds dummies and turns. `rank` is the rank of each node of the part, from 1 on, so that
    /// turns find room in rank 0 and in the last.
    pub fn new(part: &Part, oriented: &Oriented, rank: &[usize]) -> Self {
        let mut building = Building::new(part, rank);
        let chains: Vec<Chain> = part
            .edges
            .iter()
            .enumerate()
            .map(|(edge, &ends)| building.add_edge(part, ends, oriented.backward[edge]))
            .collect();
        let count = building.rank.len();
        let last = building.rank.iter().copied().max().unwrap_or(0);
        let mut ranks = vec![Vec::new(); last + 1];
        for (node, &rank) in building.rank.iter().enumerate() {
            ranks[rank].push(node);
        }
        let pairs = &building.links;
        Self {
            down: Links::new(count, pairs.iter().copied()),
            up: Links::new(count, pairs.iter().map(|&(from, to)| (to, from))),
            role: building.role,
            band: building.band,
            rank: building.rank,
            height: building.height,
            ranks,
            chains,
            across: across_of(part, count),
        }
    }

    /// How many more lines leave a node upward than downward, across the flow.
    pub fn rise(&self, node: usize) -> i64 {
        self.across.get(node).map_or(0, |&[up, down]| i64::from(up) - i64::from(down))
    }

    /// What it costs a line across the flow to pass a node of its rank: it crosses a line, or goes around a box.
    pub fn hindrance(&self, node: usize) -> u32 {
        u32::from(self.role[node] != Role::Turn)
    }

    /// What lines across the flow pass when `a` stands before `b` in their rank and band.
    pub fn passed(&self, a: usize, b: usize) -> u32 {
        match (self.across.get(a), self.across.get(b)) {
            (Some([_, down]), Some([up, _])) => down * self.hindrance(b) + up * self.hindrance(a),
            _ => 0,
        }
    }
}

/// Lines across the flow by node; empty where there are none.
fn across_of(part: &Part, count: usize) -> Vec<[u32; 2]> {
    if part.nodes.iter().all(|node| node.across == [0; 2]) {
        return Vec::new();
    }
    let mut across: Vec<[u32; 2]> = part.nodes.iter().map(|node| node.across).collect();
    across.resize(count, [0; 2]);
    across
}

/// The graph while dummies are being added.
struct Building {
    role: Vec<Role>,
    band: Vec<usize>,
    rank: Vec<usize>,
    height: Vec<f64>,
    links: Vec<(usize, usize)>,
    leaving: Vec<usize>,
    entering: Vec<usize>,
}

impl Building {
    fn new(part: &Part, rank: &[usize]) -> Self {
        let mut leaving = vec![0; part.nodes.len()];
        let mut entering = vec![0; part.nodes.len()];
        for &(from, to) in &part.edges {
            leaving[from] += 1;
            entering[to] += 1;
        }
        let height = |node: &PartNode| node.size.height + 2.0 * node.extra;
        Self {
            role: vec![Role::Real; part.nodes.len()],
            band: part.nodes.iter().map(|node| node.band).collect(),
            rank: rank.to_vec(),
            height: part.nodes.iter().map(height).collect(),
            links: Vec::with_capacity(part.edges.len() * 2),
            leaving,
            entering,
        }
    }

    fn add(&mut self, role: Role, band: usize, rank: usize) -> usize {
        self.role.push(role);
        self.band.push(band);
        self.rank.push(rank);
        self.height.push(0.0);
        self.role.len() - 1
    }

    fn add_edge(&mut self, part: &Part, (from, to): (usize, usize), backward: bool) -> Chain {
        let ends = if backward { (to, from) } else { (from, to) };
        let mut chain = Chain { ends, dummies: Vec::new(), turns: None, backward };
        let (bands, leaving) = ((part.nodes[from].band, part.nodes[to].band), self.leaving[from]);
        if backward {
            let band = bands.1;
            let (low, high) = (self.rank[to], self.rank[from]);
            let first_turn = self.add(Role::Turn, band, low - 1);
            self.links.push((first_turn, to));
            let mut last = first_turn;
            for rank in low..=high {
                let dummy = self.add(Role::Dummy, band, rank);
                self.links.push((last, dummy));
                chain.dummies.push(dummy);
                last = dummy;
            }
            let last_turn = self.add(Role::Turn, band, high + 1);
            self.links.push((last, last_turn));
            self.links.push((from, last_turn));
            chain.turns = Some((first_turn, last_turn));
            return chain;
        }
        // A long edge runs in the lane of the end that it has for itself.
        let band = if leaving > 1 || self.entering[to] == 1 { bands.1 } else { bands.0 };
        let mut last = from;
        for rank in self.rank[from] + 1..self.rank[to] {
            let dummy = self.add(Role::Dummy, band, rank);
            self.links.push((last, dummy));
            chain.dummies.push(dummy);
            last = dummy;
        }
        self.links.push((last, to));
        chain
    }
}
