//! Orthogonal routes: every upright stretch gets a track of its own between two ranks.
//!
//! The space between two ranks is a **channel**. Edges that leave one node, or enter one node,
//! in the same channel share an upright **trunk**. Trunks that would touch get different tracks,
//! in the order that crosses least. Level stretches run at the height of a node's port or of a
//! dummy, and the coordinates keep both clear of boxes; so no route meets a foreign box.
//! A gateway may also be left and entered by its top and bottom corner, where nothing of its
//! own rank stands between the corner and the level stretch.

use super::graph::{Exit, Layered, Part, Role};
use crate::layout::geometry::{Point, Polyline, Rect, simplify};
use crate::layout::request::{FlowSpacing, NodeKind};

/// Boxes and routes of one part, x from 0 on.
pub(super) struct Drawing {
    pub boxes: Vec<Rect>,
    pub routes: Vec<Polyline>,
}

/// Places the ranks along the flow and draws every edge.
pub(super) fn draw(part: &Part, graph: &Layered, across: &[f64], spacing: &FlowSpacing) -> Drawing {
    let mut ports = Ports::new(part, graph, across, spacing);
    let plans: Vec<EdgePlan> = (0..part.edges.len()).map(|edge| ports.plan(edge)).collect();
    let mut channels = Channels::new(graph, spacing);
    let mut trunks: Vec<Vec<Option<(usize, usize)>>> = Vec::with_capacity(plans.len());
    for plan in &plans {
        trunks.push(plan.hops.iter().map(|hop| channels.add(hop)).collect());
    }
    let columns = channels.place(part, graph, &plans);
    let boxes: Vec<Rect> = part
        .nodes
        .iter()
        .enumerate()
        .map(|(node, one)| {
            let center = Point::new(columns.center(graph.rank[node]), across[node]);
            Rect::from_center_size(center, one.size)
        })
        .collect();
    let routes = plans.iter().zip(&trunks).enumerate();
    let routes = routes
        .map(|(edge, (plan, trunks))| {
            let ends = part.edges[edge];
            plan.line(&boxes[ends.0], &boxes[ends.1], trunks, &channels, &columns)
        })
        .collect();
    Drawing { boxes, routes }
}

/// Where a route leaves or enters a box.
#[derive(Clone, Copy, Debug)]
enum Port {
    /// The side that faces along the flow.
    Side,
    /// The top or bottom corner, then level at this height.
    Corner(f64),
    /// A box attached to the border.
    Attached(Exit),
}

/// One passage of a channel: the heights on its left and right side it joins.
#[derive(Clone, Copy, Debug)]
struct Hop {
    channel: usize,
    from: (End, f64),
    to: (End, f64),
    key: Key,
}

/// A side of a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Left,
    Right,
}

/// Which hops share a trunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Key {
    From(usize),
    To(usize),
    Alone,
}

struct EdgePlan {
    exit: Port,
    entry: Port,
    hops: Vec<Hop>,
}

impl EdgePlan {
    fn line(
        &self,
        from: &Rect,
        to: &Rect,
        trunks: &[Option<(usize, usize)>],
        channels: &Channels<'_>,
        columns: &Columns,
    ) -> Polyline {
        let mut line = Vec::with_capacity(4 + 2 * self.hops.len());
        let (start, end) = (from.center(), to.center());
        match self.exit {
            Port::Side => line.push(Point::new(from.max.x, start.y)),
            Port::Corner(level) => {
                let y = if level < start.y { from.min.y } else { from.max.y };
                line.push(Point::new(start.x, y));
                line.push(Point::new(start.x, level));
            }
            Port::Attached(exit) => {
                line.push(start.moved(exit.x, exit.start));
                line.push(start.moved(exit.x, exit.level));
            }
        }
        for (hop, trunk) in self.hops.iter().zip(trunks) {
            if let Some((channel, trunk)) = *trunk {
                let x = channels.x(channel, trunk, columns);
                line.push(Point::new(x, hop.from.1));
                line.push(Point::new(x, hop.to.1));
            }
        }
        match self.entry {
            Port::Side | Port::Attached(_) => line.push(Point::new(to.min.x, end.y)),
            Port::Corner(level) => {
                let y = if level < end.y { to.min.y } else { to.max.y };
                line.push(Point::new(end.x, level));
                line.push(Point::new(end.x, y));
            }
        }
        simplify(&mut line);
        line
    }
}

/// Who uses a corner of a gateway: lines that leave, or lines that enter, never both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Use {
    #[default]
    Free,
    Leaving,
    Entering,
}

/// Decides where edges leave and enter.
struct Ports<'a> {
    part: &'a Part,
    graph: &'a Layered,
    across: &'a [f64],
    margin: f64,
    /// Per real node: the nodes of its rank right above and below it.
    above: Vec<Option<usize>>,
    below: Vec<Option<usize>>,
    corners: Vec<[Use; 2]>,
    /// Edges that leave or enter each node by its side, through the channel beside it.
    leaving: Vec<usize>,
    entering: Vec<usize>,
}

impl<'a> Ports<'a> {
    fn new(part: &'a Part, graph: &'a Layered, across: &'a [f64], spacing: &FlowSpacing) -> Self {
        let count = part.nodes.len();
        let mut ports = Self {
            part,
            graph,
            across,
            margin: spacing.edge_gap,
            above: vec![None; count],
            below: vec![None; count],
            corners: vec![[Use::Free; 2]; count],
            leaving: vec![0; count],
            entering: vec![0; count],
        };
        for rank in &graph.ranks {
            let mut last = None;
            for &node in rank.iter().filter(|&&node| graph.role[node] != Role::Turn) {
                if node < count {
                    ports.above[node] = last;
                }
                if let Some(last) = last.filter(|&last| last < count) {
                    ports.below[last] = Some(node);
                }
                last = Some(node);
            }
        }
        for &(from, to) in &part.edges {
            ports.leaving[from] += 1;
            ports.entering[to] += 1;
        }
        ports
    }

    /// Whether the level stretch at `level` can be reached straight from a corner of `node`.
    fn corner(&mut self, node: usize, other: usize, as_use: Use) -> Option<f64> {
        if self.part.nodes[node].kind != NodeKind::Gateway || self.part.nodes[node].extra > 0.0 {
            return None;
        }
        let (leaving, entering) = (self.leaving[node], self.entering[node]);
        let first = if leaving >= entering { Use::Leaving } else { Use::Entering };
        if as_use != first && leaving.min(entering) > 1 || leaving.max(entering) < 2 {
            return None;
        }
        let level = self.across[other];
        let half = self.part.nodes[node].size.height / 2.0 + self.margin / 2.0;
        let up = level < self.across[node];
        if (level - self.across[node]).abs() < half {
            return None;
        }
        let neighbour = if up { self.above[node] } else { self.below[node] };
        if let Some(neighbour) = neighbour.filter(|&neighbour| neighbour != other) {
            let reach = self.graph.height[neighbour] / 2.0 + self.margin;
            let free = if up { level > self.across[neighbour] + reach } else { level < self.across[neighbour] - reach };
            if !free {
                return None;
            }
        }
        let corner = &mut self.corners[node][usize::from(up)];
        if *corner != Use::Free && *corner != as_use {
            return None;
        }
        *corner = as_use;
        Some(level)
    }

    fn plan(&mut self, edge: usize) -> EdgePlan {
        let (from, to) = self.part.edges[edge];
        let chain = &self.graph.chains[edge];
        let mut stops = Vec::with_capacity(chain.dummies.len() + 2);
        stops.push(from);
        if chain.backward {
            stops.extend(chain.dummies.iter().rev());
        } else {
            stops.extend(&chain.dummies);
        }
        stops.push(to);
        let backward = chain.backward;
        let attached = self.part.exits.get(edge).copied().flatten();
        let exit = if attached.is_some() { None } else { self.corner(from, stops[1], Use::Leaving) };
        let entry = self.corner(to, stops[stops.len() - 2], Use::Entering);
        // Between two corners there would be no level stretch left to stand on.
        let entry = entry.filter(|_| exit.is_none() && attached.is_none() || stops.len() > 2);
        let mut hops = self.hops(&stops, backward, exit.is_some(), entry.is_some());
        let port = |level: Option<f64>| level.map_or(Port::Side, Port::Corner);
        if let (Some(exit), Some(first)) = (attached, hops.first_mut()) {
            first.from.1 += exit.level;
            first.key = Key::From(self.part.nodes.len() + exit.key);
        }
        EdgePlan { exit: attached.map_or(port(exit), Port::Attached), entry: port(entry), hops }
    }

    fn hops(&self, stops: &[usize], backward: bool, exit: bool, entry: bool) -> Vec<Hop> {
        let last = stops.len() - 1;
        let mut hops = Vec::with_capacity(last);
        for at in 0..last {
            let (a, b) = (stops[at], stops[at + 1]);
            if at == 0 && exit || at + 1 == last && entry {
                continue;
            }
            let (rank_a, rank_b) = (self.graph.rank[a], self.graph.rank[b]);
            let turning = backward && rank_a == rank_b;
            let (channel, from, to) = if turning && at == 0 {
                (rank_a, End::Left, End::Left)
            } else if turning {
                (rank_a - 1, End::Right, End::Right)
            } else if rank_a < rank_b {
                (rank_a, End::Left, End::Right)
            } else {
                (rank_b, End::Right, End::Left)
            };
            let key = if at == 0 && (at + 1 < last || self.leaving[a] > 1) {
                Key::From(a)
            } else if at + 1 == last {
                Key::To(b)
            } else {
                Key::Alone
            };
            hops.push(Hop { channel, from: (from, self.across[a]), to: (to, self.across[b]), key });
        }
        hops
    }
}

/// An upright stretch in a channel with the level stretches that meet it.
#[derive(Clone, Debug)]
struct Trunk {
    key: Key,
    lefts: Vec<f64>,
    rights: Vec<f64>,
    low: f64,
    high: f64,
    track: usize,
}

impl Trunk {
    fn add(&mut self, (end, y): (End, f64)) {
        let list = match end {
            End::Left => &mut self.lefts,
            End::Right => &mut self.rights,
        };
        if !list.contains(&y) {
            list.push(y);
        }
        self.low = self.low.min(y);
        self.high = self.high.max(y);
    }

    /// What it costs to have `self` left of `other`: crossings, and lines drawn over lines.
    fn cost_left_of(&self, other: &Self) -> i64 {
        const NEAR: f64 = 1.0;
        let inside = |y: &f64, span: &Self| span.low + NEAR < *y && *y < span.high - NEAR;
        let mut cost = 0;
        for y in &self.rights {
            cost += i64::from(inside(y, other));
            let over = other.lefts.iter().filter(|&left| (left - y).abs() < NEAR);
            cost += 20 * i64::try_from(over.count()).unwrap_or(0);
        }
        for y in &other.lefts {
            cost += i64::from(inside(y, self));
        }
        cost
    }
}

/// The trunks of all channels.
struct Channels<'a> {
    spacing: &'a FlowSpacing,
    trunks: Vec<Vec<Trunk>>,
    tracks: Vec<usize>,
}

impl<'a> Channels<'a> {
    fn new(graph: &Layered, spacing: &'a FlowSpacing) -> Self {
        Self { spacing, trunks: vec![Vec::new(); graph.ranks.len()], tracks: vec![0; graph.ranks.len()] }
    }

    /// Adds a hop; `None` when it is a straight line and needs no trunk.
    fn add(&mut self, hop: &Hop) -> Option<(usize, usize)> {
        if (hop.from.1 - hop.to.1).abs() < 0.01 && hop.from.0 != hop.to.0 {
            return None;
        }
        let trunks = self.trunks.get_mut(hop.channel)?;
        let shared = trunks.iter().position(|trunk| hop.key != Key::Alone && trunk.key == hop.key);
        let index = shared.unwrap_or_else(|| {
            trunks.push(Trunk {
                key: hop.key,
                lefts: Vec::new(),
                rights: Vec::new(),
                low: f64::INFINITY,
                high: f64::NEG_INFINITY,
                track: 0,
            });
            trunks.len() - 1
        });
        trunks[index].add(hop.from);
        trunks[index].add(hop.to);
        Some((hop.channel, index))
    }

    fn assign_tracks(&mut self) {
        for (channel, tracks) in self.trunks.iter_mut().zip(&mut self.tracks) {
            *tracks = assign_channel(channel, self.spacing.edge_gap * 0.6);
        }
    }

    /// Assigns tracks and gives every rank its place along the flow.
    fn place(&mut self, part: &Part, graph: &Layered, plans: &[EdgePlan]) -> Columns {
        self.assign_tracks();
        let count = graph.ranks.len();
        let mut width = vec![0.0_f64; count];
        let mut filled = vec![false; count];
        for (node, one) in part.nodes.iter().enumerate() {
            let rank = graph.rank[node];
            filled[rank] = true;
            width[rank] = width[rank].max(one.size.width + 2.0 * one.beside);
        }
        let mut label_room = vec![0.0_f64; count];
        for (edge, _) in plans.iter().enumerate() {
            if let Some(size) = part.labels.get(edge).copied().flatten() {
                let rank = graph.rank[part.edges[edge].0];
                let room = size.width + self.spacing.edge_gap;
                label_room[rank] = label_room[rank].max(room);
            }
        }
        let mut columns = Columns { left: Vec::with_capacity(count), width, base: Vec::with_capacity(count) };
        let mut x = 0.0;
        for rank in 0..count {
            columns.left.push(x);
            let tracks = self.tracks[rank] as f64;
            let outer = !filled[rank] || !filled.get(rank + 1).copied().unwrap_or(false);
            let mut base = (tracks + 1.0) * self.spacing.edge_gap;
            if !outer {
                base = base.max(self.spacing.rank_gap);
            } else if self.tracks[rank] == 0 {
                base = 0.0;
            }
            columns.base.push(base);
            x += columns.width[rank] + base + label_room[rank];
        }
        columns
    }

    fn x(&self, channel: usize, trunk: usize, columns: &Columns) -> f64 {
        let track = self.trunks[channel][trunk].track as f64;
        let start = columns.left[channel] + columns.width[channel];
        let spread = (self.tracks[channel] as f64 - 1.0) * self.spacing.edge_gap;
        start + (columns.base[channel] - spread) / 2.0 + track * self.spacing.edge_gap
    }
}

/// Gives the trunks of one channel their tracks; how many there are.
fn assign_channel(trunks: &mut [Trunk], margin: f64) -> usize {
    let count = trunks.len();
    if count == 0 {
        return 0;
    }
    // Conflicting pairs, found by sweeping down the channel.
    let mut by_low: Vec<usize> = (0..count).collect();
    by_low.sort_by(|&a, &b| trunks[a].low.total_cmp(&trunks[b].low).then(a.cmp(&b)));
    let mut conflicts: Vec<Vec<(usize, i64)>> = vec![Vec::new(); count];
    let mut pressure = vec![0_i64; count];
    for (at, &a) in by_low.iter().enumerate() {
        for &b in &by_low[at + 1..] {
            if trunks[b].low > trunks[a].high + margin {
                break;
            }
            // Positive: better with `a` on the left.
            let gain = trunks[b].cost_left_of(&trunks[a]) - trunks[a].cost_left_of(&trunks[b]);
            conflicts[a].push((b, gain));
            conflicts[b].push((a, -gain));
            pressure[b] += gain.max(0);
            pressure[a] += (-gain).max(0);
        }
    }
    let mut done = vec![false; count];
    let mut track = vec![0_usize; count];
    let mut tracks = 0;
    for _ in 0..count {
        let free = (0..count).filter(|&trunk| !done[trunk]);
        let Some(next) = free.min_by_key(|&trunk| (pressure[trunk], trunk)) else {
            break;
        };
        done[next] = true;
        tracks = tracks.max(track[next] + 1);
        for &(other, gain) in &conflicts[next] {
            if !done[other] {
                pressure[other] -= gain.max(0);
                track[other] = track[other].max(track[next] + 1);
            }
        }
    }
    for (trunk, track) in trunks.iter_mut().zip(track) {
        trunk.track = track;
    }
    tracks
}

/// Places of the ranks along the flow.
struct Columns {
    left: Vec<f64>,
    width: Vec<f64>,
    /// Width of the part of the channel after each rank in which the tracks lie.
    base: Vec<f64>,
}

impl Columns {
    fn center(&self, rank: usize) -> f64 {
        self.left[rank] + self.width[rank] / 2.0
    }
}
