//! A drawing that stands: boxes with their places, of which few move.
//!
//! The modes that keep a picture work on this. What moves, moves with all that clings to it or
//! lies in it; what is pushed, moves along the flow just as far as it must, so that the order of
//! boxes side by side stays; lanes and containers grow and never shrink.

use super::later::{Ground, Wanted};
use super::structure::{Role, Structure};
use super::sweep::Sweep;
use super::{Drawing, Insets};
use crate::layout::geometry::{Extent, Rect, Size};
use crate::layout::request::{FlowRequest, LaneEnd};
use crate::layout::result::FlowResult;

/// Places of boxes are kept on a grid this fine, so that a second run finds what the first left.
pub(super) const GRID: f64 = 64.0;

/// The nearest place on the grid.
pub(super) fn snapped(value: f64) -> f64 {
    (value * GRID).round() / GRID
}

/// Boxes with their places, and what has moved so far.
pub(super) struct Standing<'a> {
    pub request: &'a FlowRequest,
    pub structure: &'a Structure,
    pub insets: Insets,
    pub boxes: Vec<Rect>,
    /// Which boxes have a place.
    pub placed: Vec<bool>,
    pub moved: Vec<bool>,
    /// Satellites that stand close to their host and move with it.
    pub tied: Vec<bool>,
    pub lanes: Vec<Extent>,
    /// Whether a lane grew.
    lanes_moved: bool,
}

impl<'a> Standing<'a> {
    pub fn new(request: &'a FlowRequest, structure: &'a Structure, current: &[Option<Rect>]) -> Self {
        let count = request.nodes.len();
        let sane = |one: &Rect| [one.min.x, one.min.y, one.max.x, one.max.y].iter().all(|value| value.is_finite());
        let place = |node: usize| current.get(node).copied().flatten().filter(sane);
        let mut standing = Self {
            request,
            structure,
            insets: Insets::new(&request.spacing, request.direction),
            boxes: (0..count).map(|node| place(node).unwrap_or_default()).collect(),
            placed: (0..count).map(|node| place(node).is_some()).collect(),
            moved: vec![false; count],
            tied: vec![false; count],
            lanes: Vec::new(),
            lanes_moved: false,
        };
        // What is attached to a new box is new itself.
        for node in 0..count {
            if let Role::Attached(host) = structure.role[node] {
                standing.placed[node] &= standing.placed[host];
            }
        }
        let near = 2.0 * request.spacing.satellite_gap + request.spacing.edge_gap;
        for node in (0..count).filter(|&node| structure.role[node] == Role::Satellite) {
            let host = structure.owner[node];
            let close = standing.boxes[host].grown(near).overlaps(&standing.boxes[node]);
            standing.tied[node] = close && standing.placed[node] && standing.placed[host];
        }
        standing.find_lanes();
        standing
    }

    /// Lanes where the request says they are, else around their boxes, one below the other.
    fn find_lanes(&mut self) {
        let spacing = &self.request.spacing;
        let mut hulls: Vec<Option<Rect>> = vec![None; self.request.lanes.len() + 1];
        for (node, one) in self.boxes.iter().enumerate().filter(|(node, _)| self.placed[*node]) {
            let hull = &mut hulls[self.structure.lane[node]];
            *hull = Some(hull.map_or(*one, |known| known.union(one)));
        }
        let mut end: Option<f64> = None;
        for (lane, hull) in self.request.lanes.iter().zip(hulls) {
            let sane = |extent: f64| Size::new(extent, 0.0).sane().width;
            let top = hull.map(|hull| hull.min.y - spacing.lane_padding);
            let offset = end.map_or(top.unwrap_or(0.0), |end| end + sane(lane.gap_before));
            let least = if hull.is_none() && lane.minimum_extent <= 0.0 { 2.0 * spacing.lane_padding } else { 0.0 };
            let reach = hull.map_or(0.0, |hull| hull.max.y + spacing.lane_padding - offset);
            let found = Extent { offset, extent: sane(lane.minimum_extent).max(reach).max(least) };
            let given = lane.place.filter(|place| place.offset.is_finite() && place.extent.is_finite());
            let place = given.unwrap_or(found);
            end = Some(place.end());
            self.lanes.push(place);
        }
    }

    /// What moves by itself on a level and has a place: its owners, and their satellites.
    pub fn units(&self, level: usize) -> impl Iterator<Item = usize> + '_ {
        let members = self.structure.levels[level].members.iter();
        let satellites = members.clone().flat_map(|&member| &self.structure.satellites[member]);
        members.chain(satellites).copied().filter(|&unit| self.placed[unit])
    }

    /// The area of an owner with what is attached to it, or of a satellite.
    pub fn area(&self, unit: usize) -> Rect {
        let attached = self.structure.attached[unit].iter().filter(|&&node| self.placed[node]);
        attached.map(|&node| self.boxes[node]).fold(self.boxes[unit], |area, one| area.union(&one))
    }

    /// The area of an owner with its satellites, too.
    pub fn hull(&self, owner: usize) -> Rect {
        let satellites = self.structure.satellites[owner].iter().filter(|&&node| self.tied[node]);
        satellites.map(|&node| self.boxes[node]).fold(self.area(owner), |area, one| area.union(&one))
    }

    pub fn is_pinned(&self, node: usize) -> bool {
        self.request.nodes[node].pin.is_some()
    }

    /// The lane an owner of the outermost level must keep to.
    pub fn lane_of(&self, owner: usize) -> Option<Extent> {
        if self.structure.container[owner].is_some() {
            return None;
        }
        self.lanes.get(self.structure.lane[owner]).copied()
    }

    /// An owner with everything that clings to it or lies in it.
    pub fn subtree(&self, owner: usize) -> Vec<usize> {
        let mut found = vec![owner];
        let mut at = 0;
        while let Some(&node) = found.get(at) {
            at += 1;
            found.extend(&self.structure.attached[node]);
            // Inside a container all satellites come along, whether close to their host or not.
            let comes = |satellite: &&usize| node != owner || self.tied[**satellite];
            found.extend(self.structure.satellites[node].iter().filter(comes));
            if let Some(level) = self.structure.inside[node] {
                found.extend(&self.structure.levels[level].members);
            }
        }
        found
    }

    /// Whether a box that must not move belongs to an owner.
    pub fn holds_pin(&self, owner: usize) -> bool {
        self.subtree(owner).into_iter().any(|node| self.is_pinned(node) && self.placed[node])
    }

    /// Moves an owner with all that belongs to it.
    pub fn shift(&mut self, owner: usize, x: f64, y: f64) {
        if x == 0.0 && y == 0.0 {
            return;
        }
        for node in self.subtree(owner) {
            if self.placed[node] {
                self.boxes[node] = self.boxes[node].moved(x, y);
                self.moved[node] = true;
            }
        }
    }

    /// Gives a box its place.
    pub fn put(&mut self, node: usize, one: Rect) {
        if !self.placed[node] || self.boxes[node] != one {
            self.moved[node] = true;
        }
        self.placed[node] = true;
        self.boxes[node] = one;
    }

    /// Makes a lane reach down to a height; everything in the lanes below moves on.
    pub fn grow_lane(&mut self, lane: usize, down_to: f64) {
        let by = down_to - self.lanes[lane].end();
        if by <= 1e-6 {
            return;
        }
        let by = snapped(by + 0.5 / GRID);
        self.lanes_moved = true;
        self.lanes[lane].extent += by;
        for below in &mut self.lanes[lane + 1..] {
            below.offset += by;
        }
        let units: Vec<usize> = self.units(0).filter(|&unit| !self.tied[unit]).collect();
        for unit in units {
            if self.structure.lane[unit] > lane && !self.holds_pin(unit) {
                self.shift(unit, 0.0, by);
            }
        }
    }

    /// What has to move right, and how far, when `pushing` areas come to stand: boxes beside
    /// them to the right, and what follows these in the flow. Every box keeps its order along the
    /// flow with the boxes at its height and with its successors; none moves further than that
    /// needs. `None` if a pinned box would have to move.
    ///
    /// One sweep from left to right over the longest paths of these orders, as in the
    /// compaction of layouts by constraint graphs (Lengauer, "Combinatorial Algorithms for
    /// Integrated Circuit Layout", 1990).
    pub fn push(&self, level: usize, pushing: &[Rect], skip: &[usize]) -> Option<Vec<(usize, f64)>> {
        let spacing = &self.request.spacing;
        let units: Vec<usize> = self.units(level).filter(|unit| !skip.contains(unit)).collect();
        let mut sweep = Sweep::new(self, units);
        for edge in &self.structure.levels[level].edges {
            sweep.tie(edge.from, edge.to, spacing.rank_gap);
        }
        sweep.run(pushing, spacing.edge_gap * 2.0, spacing.node_gap * 0.5);
        let found = sweep.found();
        let blocked = found.iter().any(|&(member, _)| self.holds_pin(member));
        (!blocked).then_some(found)
    }

    /// Everything as a result; lines of what moved are drawn anew.
    pub fn finish(self, mut drawing: Drawing) -> FlowResult {
        let (request, structure) = (self.request, self.structure);
        let stale: Vec<usize> = (0..request.edges.len())
            .filter(|&edge| {
                let one = &request.edges[edge];
                let known = one.from < self.boxes.len() && one.to < self.boxes.len();
                known && drawing.routes[edge].is_none() && (self.moved[one.from] || self.moved[one.to])
            })
            .collect();
        let moved = |end: LaneEnd| matches!(end, LaneEnd::Node(node) if self.moved.get(node) == Some(&true));
        let is_stale = |edge: &usize| {
            let ends = &request.lane_edges[*edge];
            self.lanes_moved || moved(ends.from) || moved(ends.to)
        };
        let stale_lane_edges = (0..request.lane_edges.len()).filter(is_stale).map(Wanted::LaneEdge);
        let stale: Vec<Wanted> = stale.into_iter().map(Wanted::Edge).chain(stale_lane_edges).collect();
        let ground = Ground { request, structure, boxes: &self.boxes, lanes: &self.lanes };
        let lane_routes = ground.route_anew(&stale, &mut drawing.routes);
        drawing.columns = super::columns::standing(request, structure, &self.boxes);
        drawing.boxes = self.boxes;
        drawing.lanes = self.lanes;
        super::finish_labels(request, structure, drawing, lane_routes)
    }

    /// A drawing without lines.
    pub fn blank(&self) -> Drawing {
        Drawing { routes: vec![None; self.request.edges.len()], ..Drawing::default() }
    }

    /// Lets a container reach around what is in it; whether it grew.
    pub fn grow_container(&mut self, container: usize) -> bool {
        let Some(level) = self.structure.inside[container] else { return false };
        let areas = self.units(level).map(|unit| self.area(unit));
        let Some(content) = areas.reduce(|all, one| all.union(&one)) else { return false };
        let around = self.insets.around(&content);
        let grown = self.boxes[container].union(&around);
        let before = self.boxes[container];
        let wider = grown.width() - before.width() > 1e-6 || grown.height() - before.height() > 1e-6;
        if !wider || self.is_pinned(container) {
            return false;
        }
        self.put(container, grown);
        for &node in &self.structure.attached[container] {
            if !self.placed[node] || self.is_pinned(node) {
                continue;
            }
            let center = self.boxes[node].center();
            let follow = |at: f64, (low, high): (f64, f64), (new_low, new_high): (f64, f64)| {
                if (at - high).abs() < (at - low).abs() { at + new_high - high } else { at + new_low - low }
            };
            // On the lower or upper border it follows that border.
            let y = follow(center.y, (before.min.y, before.max.y), (grown.min.y, grown.max.y));
            let moved = self.boxes[node].moved(0.0, y - center.y);
            self.put(node, moved);
        }
        for &node in &self.structure.satellites[container] {
            if !self.tied[node] {
                continue;
            }
            if self.boxes[node].min.y >= before.max.y - 1e-6 {
                self.shift(node, 0.0, grown.max.y - before.max.y);
            } else if self.boxes[node].max.y <= before.min.y + 1e-6 {
                self.shift(node, 0.0, grown.min.y - before.min.y);
            }
        }
        true
    }
}
