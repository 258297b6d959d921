//! Places for new boxes in a drawing that people know: what stands, stays.
//!
//! A new box goes between what it follows and what follows it, if there is room; else the few
//! boxes to the right move on just as far as they must; where they would be many, a free place
//! beside the line is taken. Containers and lanes grow around what is new in them. With nothing
//! new nothing moves.

use std::collections::VecDeque;

use super::cluster::{self, Cluster};
use super::search::Search;
use super::standing::{Standing, snapped};
use super::structure::{Role, Structure};
use super::{Making, mirror};
use crate::layout::geometry::{Point, Rect, Size};
use crate::layout::request::{Direction, FlowRequest};
use crate::layout::result::FlowResult;

/// Boxes that may move for one new box at all events; in large flows one in a hundred.
const FEW: usize = 16;

/// Places the boxes of a flow that have no place yet; all others stay, apart from the few that
/// must make room. With no box placed at all the flow is arranged as a whole. Lines that may stay
/// as they are come back as `None`.
pub fn insert(request: &FlowRequest, current: &[Option<Rect>]) -> FlowResult {
    if current.iter().all(Option::is_none) {
        return super::arrange(request);
    }
    match request.direction {
        Direction::LeftToRight => insert_along_x(request, current),
        Direction::TopToBottom => {
            let current: Vec<Option<Rect>> = current.iter().map(|one| one.map(|one| one.transposed())).collect();
            mirror::result(insert_along_x(&mirror::request(request), &current))
        }
    }
}

fn insert_along_x(request: &FlowRequest, current: &[Option<Rect>]) -> FlowResult {
    let structure = Structure::new(request);
    let standing = Standing::new(request, &structure, current);
    let mut inserting = Inserting::new(standing);
    for level in (0..structure.levels.len()).rev() {
        inserting.fill_level(level);
    }
    let drawing = inserting.standing.blank();
    inserting.standing.finish(drawing)
}

/// A drawing that stands, being filled.
pub(super) struct Inserting<'a> {
    pub standing: Standing<'a>,
    /// What is new, arranged by itself from the inside out.
    pub making: Making<'a>,
    /// Containers that grew, by node.
    pub grown: Vec<bool>,
    /// Nodes before and behind each owner on its level.
    before: Vec<Vec<usize>>,
    behind: Vec<Vec<usize>>,
}

impl<'a> Inserting<'a> {
    pub fn new(standing: Standing<'a>) -> Self {
        let (request, structure) = (standing.request, standing.structure);
        let count = request.nodes.len();
        let (mut before, mut behind) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for level in &structure.levels {
            let ties = level.edges.iter().map(|edge| (edge.from, edge.to)).chain(level.pulls.iter().copied());
            for (from, to) in ties {
                before[to].push(from);
                behind[from].push(to);
            }
        }
        let making = Making::new(request, structure);
        Self { standing, making, grown: vec![false; count], before, behind }
    }

    /// Gives every new box of a level its place.
    fn fill_level(&mut self, index: usize) {
        let structure = self.standing.structure;
        let level = &structure.levels[index];
        let is_new = |standing: &Standing<'_>, member: usize| !standing.placed[member];
        if let Some(container) = level.container
            && is_new(&self.standing, container)
        {
            if level.members.iter().all(|&member| is_new(&self.standing, member)) {
                // All new: arranged by itself, put in its place with its container.
                self.making.arrange_level(index);
                return;
            }
            self.wrap(container, &level.members);
        }
        for &member in &level.members {
            self.cling(member);
            if self.grown[member] {
                self.make_room_for_grown(index, member);
            }
        }
        for member in self.order(&level.members) {
            self.place(index, member);
        }
        if let Some(container) = level.container {
            self.grown[container] |= self.standing.grow_container(container);
        }
    }

    /// A new container around boxes that stand.
    fn wrap(&mut self, container: usize, members: &[usize]) {
        let standing = &mut self.standing;
        let areas = members.iter().filter(|&&member| standing.placed[member]).map(|&member| standing.hull(member));
        let Some(content) = areas.reduce(|all, one| all.union(&one)) else { return };
        let around = standing.insets.around(&content);
        standing.put(container, around);
        self.grown[container] = true;
    }

    /// New attached boxes and satellites of an owner that stands: in its free slots.
    fn cling(&mut self, owner: usize) {
        let structure = self.standing.structure;
        let clinging = structure.attached[owner].iter().chain(&structure.satellites[owner]);
        let new: Vec<usize> = clinging.copied().filter(|&node| !self.standing.placed[node]).collect();
        if new.is_empty() || !self.standing.placed[owner] {
            return;
        }
        self.making.sizes[owner] = self.standing.boxes[owner].size();
        let (request, making) = (self.standing.request, &self.making);
        let shape = cluster::shape(&request.spacing, structure, owner, &making.sizes, &making.ends);
        let corner = self.standing.boxes[owner].min;
        for &node in new.iter().filter(|&&node| cluster::is_attached(structure, node)) {
            let slots = shape.members.iter().filter(|(other, _)| cluster::is_attached(structure, *other));
            let slots: Vec<Rect> = slots.map(|(_, one)| one.moved(corner.x, corner.y)).collect();
            let taken: Vec<Rect> = structure.attached[owner]
                .iter()
                .filter(|&&other| self.standing.placed[other])
                .map(|&other| self.standing.boxes[other])
                .collect();
            let is_free = |slot: &&Rect| !taken.iter().any(|one| one.overlaps(slot));
            let slot = slots.iter().find(is_free).or(slots.first()).copied().unwrap_or_default();
            let one = Rect::from_center_size(slot.center(), self.making.sizes[node]);
            let pin = self.making.pins[node];
            self.standing.put(node, pin.map_or(one, |pin| Rect::from_min_size(pin, one.size())));
        }
        for &node in new.iter().filter(|&&node| structure.role[node] == Role::Satellite) {
            self.place_satellite(owner, node);
        }
    }

    fn place_satellite(&mut self, owner: usize, node: usize) {
        let gap = self.standing.request.spacing.satellite_gap;
        let (host, size) = (self.standing.boxes[owner], self.making.sizes[node]);
        let area = self.standing.hull(owner);
        let x = host.center().x - size.width / 2.0;
        let wanted = Rect::from_min_size(Point::new(x, area.min.y - gap - size.height), size);
        let other = area.max.y + gap;
        let search = Search {
            size,
            wanted: wanted.min,
            more: vec![Point::new(x, other)],
            range: (f64::NEG_INFINITY, f64::INFINITY),
            gap: (gap.min(8.0), gap.min(8.0)),
            reach: Size::new(size.width * 2.0 + host.width(), size.height * 3.0 + host.height()),
        };
        let level = self.standing.structure.level_of[owner];
        let found = self.find(level, owner, &search, Some(owner));
        let min = found.unwrap_or_else(|| self.far_place(level, owner, size, wanted.min.y));
        self.standing.put(node, Rect::from_min_size(min, size));
        self.standing.tied[node] = found.is_some();
        self.keep_in_lane(owner);
        self.keep_in_lane(node);
    }

    /// New boxes so that each comes, if it can be, after a neighbour that has a place.
    fn order(&self, members: &[usize]) -> Vec<usize> {
        let is_new = |node: usize| !self.standing.placed[node];
        let mut queue: VecDeque<usize> = VecDeque::new();
        let stands = |nodes: &[usize]| nodes.iter().any(|&node| !is_new(node));
        let new = || members.iter().copied().filter(|&member| is_new(member));
        queue.extend(new().filter(|&member| stands(&self.before[member])));
        queue.extend(new().filter(|&member| !stands(&self.before[member]) && stands(&self.behind[member])));
        queue.extend(new());
        let mut seen = vec![false; self.standing.boxes.len()];
        let mut order = Vec::new();
        while let Some(node) = queue.pop_front() {
            if std::mem::replace(&mut seen[node], true) {
                continue;
            }
            order.push(node);
            for &next in self.behind[node].iter().rev().filter(|&&next| is_new(next)) {
                queue.push_front(next);
            }
        }
        order
    }

    /// Places a new owner with all that clings to it or lies in it.
    fn place(&mut self, level: usize, owner: usize) {
        self.making.make_cluster(owner);
        let cluster = self.making.clusters[owner].clone();
        let area = cluster.area(&Rect::from_min_size(Point::default(), cluster.size));
        let min = match self.making.pins[owner] {
            Some(pin) => pin,
            None => {
                let corner = self.place_area(level, owner, area.size(), -area.min.y + cluster.size.height / 2.0);
                corner.moved(-area.min.x, -area.min.y)
            }
        };
        self.put_cluster(owner, &cluster, min);
        if self.making.pins[owner].is_none() {
            self.keep_in_lane(owner);
        }
    }

    fn put_cluster(&mut self, owner: usize, cluster: &Cluster, min: Point) {
        self.standing.put(owner, Rect::from_min_size(min, cluster.size));
        for &(node, place) in &cluster.members {
            if !self.standing.placed[node] {
                self.standing.put(node, place.moved(min.x, min.y));
                self.standing.tied[node] = self.standing.structure.role[node] == Role::Satellite;
            }
        }
        let clinging = cluster.members.iter().map(|(node, _)| *node);
        for node in clinging.chain([owner]).collect::<Vec<usize>>() {
            self.put_content(node);
        }
    }

    /// Puts what was arranged inside new containers into its place.
    fn put_content(&mut self, container: usize) {
        let structure = self.standing.structure;
        let mut waiting = vec![container];
        while let Some(container) = waiting.pop() {
            let Some(level) = structure.inside[container] else { continue };
            let made = std::mem::take(&mut self.making.made[level]);
            let room = self.standing.insets.within(&self.standing.boxes[container]);
            let (mut x, mut y) = (room.min.x - made.content.min.x, room.min.y - made.content.min.y);
            if made.fixed {
                (x, y) = (0.0, 0.0);
            }
            for (&member, one) in structure.levels[level].members.iter().zip(&made.picture.boxes) {
                let one = one.moved(x, y);
                let cluster = self.making.clusters[member].clone();
                self.standing.put(member, one);
                waiting.push(member);
                for (node, place) in &cluster.members {
                    self.standing.put(*node, place.moved(one.min.x, one.min.y));
                    self.standing.tied[*node] = structure.role[*node] == Role::Satellite;
                    waiting.push(*node);
                }
            }
        }
    }

    /// Finds a place for an area of a new owner; `line` is where in it the lines run, from its top.
    fn place_area(&mut self, level: usize, owner: usize, size: Size, line: f64) -> Point {
        let spacing = self.standing.request.spacing;
        if let Some(lane) = self.standing.lane_of(owner) {
            let lane_index = self.standing.structure.lane[owner];
            self.standing.grow_lane(lane_index, lane.offset + size.height + 2.0 * spacing.edge_gap);
        }
        let standing = &self.standing;
        let near = |nodes: &[usize]| -> Vec<usize> {
            nodes.iter().copied().filter(|&node| standing.placed[node] && node != owner).collect()
        };
        let (before, behind) = (near(&self.before[owner]), near(&self.behind[owner]));
        let left = before.iter().map(|&node| standing.area(node).max.x + spacing.rank_gap).reduce(f64::max);
        let follows = |&node: &usize| left.is_none_or(|left| standing.area(node).min.x > left - spacing.rank_gap);
        let behind_edges = behind.iter().copied().filter(follows);
        let right = behind_edges.map(|node| standing.area(node).min.x - spacing.rank_gap - size.width).reduce(f64::min);
        let wanted_x = match (left, right) {
            (Some(left), Some(right)) if left <= right => snapped(f64::midpoint(left, right)),
            (Some(left), _) => left,
            (None, Some(right)) => right,
            (None, None) => self.end_of(level, owner) + spacing.rank_gap,
        };
        let wanted = Point::new(wanted_x, self.wanted_height(owner, &before, &behind, size, line));
        let wanted =
            self.room_of(owner).map_or(wanted, |room| Point::new(wanted.x.max(room.min.x), wanted.y.max(room.min.y)));
        let range = match (left, right) {
            (Some(left), Some(right)) if left <= right => (left, right),
            (Some(left), None) => (left, f64::INFINITY),
            (None, Some(right)) => (f64::NEG_INFINITY, right),
            (None, None) => (f64::NEG_INFINITY, f64::INFINITY),
            (Some(_), Some(_)) => return self.squeeze_in(level, owner, size, wanted),
        };
        let search = self.search(size, wanted, range);
        if let Some(found) = self.find(level, owner, &search, None) {
            return found;
        }
        self.squeeze_in(level, owner, size, wanted)
    }

    fn search(&self, size: Size, wanted: Point, range: (f64, f64)) -> Search {
        let spacing = &self.standing.request.spacing;
        Search {
            size,
            wanted,
            more: Vec::new(),
            range,
            gap: (spacing.edge_gap * 2.0, spacing.node_gap * 0.75),
            reach: Size::new((size.width + spacing.rank_gap) * 2.0, (size.height + spacing.node_gap) * 3.0),
        }
    }

    /// Where there is no room between: the boxes to the right move on if they are few, else a
    /// place beside the line is taken, else they move all the same; at last behind everything.
    fn squeeze_in(&mut self, level: usize, owner: usize, size: Size, wanted: Point) -> Point {
        let spacing = self.standing.request.spacing;
        let few = (self.standing.boxes.len() / 100).max(FEW);
        let place = self.behind_overlaps(level, owner, Rect::from_min_size(wanted, size));
        let pushed = self.standing.push(level, &[place], &[owner]);
        if let Some(pushed) = pushed.as_ref().filter(|pushed| pushed.len() <= few) {
            self.apply(pushed);
            return place.min;
        }
        let mut search = self.search(size, wanted, (f64::NEG_INFINITY, f64::INFINITY));
        search.reach = Size::new(size.width * 2.0 + spacing.rank_gap, (size.height + spacing.node_gap) * 6.0);
        if let Some(found) = self.find(level, owner, &search, None) {
            return found;
        }
        if let Some(pushed) = pushed {
            self.apply(&pushed);
            return place.min;
        }
        self.far_place(level, owner, size, wanted.y)
    }

    /// The place moved right until no box that begins left of it reaches into it.
    fn behind_overlaps(&self, level: usize, owner: usize, mut place: Rect) -> Rect {
        let spacing = &self.standing.request.spacing;
        let (along, across) = (spacing.edge_gap * 2.0, spacing.node_gap * 0.5);
        let units = self.standing.units(level).filter(|&unit| unit != owner);
        let mut areas: Vec<Rect> = units
            .map(|unit| self.standing.area(unit))
            .filter(|area| area.min.y < place.max.y + across && place.min.y < area.max.y + across)
            .collect();
        areas.sort_by(|a, b| a.min.x.total_cmp(&b.min.x));
        for area in areas {
            if area.min.x < place.min.x && area.max.x + along > place.min.x {
                place = place.moved(area.max.x + along - place.min.x, 0.0);
            }
        }
        place
    }

    fn apply(&mut self, pushed: &[(usize, f64)]) {
        for &(member, by) in pushed {
            self.standing.shift(member, by, 0.0);
        }
    }

    /// A container that grew pushes what it reaches.
    pub fn make_room_for_grown(&mut self, level: usize, member: usize) {
        self.keep_in_lane(member);
        let area = self.standing.area(member);
        let own =
            |unit: usize| unit == member || self.standing.tied[unit] && self.standing.structure.owner[unit] == member;
        let others: Vec<usize> = self.standing.units(level).filter(|&unit| !own(unit)).collect();
        if others.iter().any(|&other| self.standing.area(other).overlaps(&area)) {
            let skip: Vec<usize> = self.standing.units(level).filter(|&unit| own(unit)).collect();
            let pushed = self.standing.push(level, &[area], &skip);
            if let Some(pushed) = pushed {
                self.apply(&pushed);
            }
            self.push_down(level, member);
        }
    }

    /// What still stands in the way, because it begins further left or a pin is in the way, goes
    /// below.
    fn push_down(&mut self, level: usize, member: usize) {
        let gap = self.standing.request.spacing.node_gap;
        let movable = |unit: &usize| *unit != member && !self.standing.tied[*unit] && !self.standing.holds_pin(*unit);
        let mut others: Vec<usize> = self.standing.units(level).filter(movable).collect();
        let mut placed = vec![self.standing.hull(member)];
        let pinned = self.standing.units(level).filter(|&unit| unit != member && self.standing.holds_pin(unit));
        placed.extend(pinned.map(|unit| self.standing.area(unit)));
        let top = |standing: &Standing<'_>, node: usize| standing.hull(node).min.y;
        others.sort_by(|&a, &b| top(&self.standing, a).total_cmp(&top(&self.standing, b)).then(a.cmp(&b)));
        for other in others {
            let before = self.standing.hull(other);
            let mut area = before;
            while let Some(hit) = placed.iter().find(|one| one.overlaps(&area)) {
                area = area.moved(0.0, snapped(hit.max.y + gap - area.min.y));
            }
            if area != before {
                self.standing.shift(other, 0.0, area.min.y - before.min.y);
                placed.push(area);
                self.keep_in_lane(other);
            }
        }
    }

    /// Lets the lane of an owner reach around it.
    fn keep_in_lane(&mut self, owner: usize) {
        let structure = self.standing.structure;
        let lane = structure.lane[owner];
        if structure.container[owner].is_some() || lane >= self.standing.lanes.len() {
            return;
        }
        let padding = self.standing.request.spacing.lane_padding.min(self.standing.request.spacing.edge_gap);
        let area = self.standing.hull(owner);
        self.standing.grow_lane(lane, area.max.y + padding);
    }

    /// The height of a new area so that its lines meet those of its neighbours, inside its lane.
    fn wanted_height(&self, owner: usize, before: &[usize], behind: &[usize], size: Size, line: f64) -> f64 {
        let same_lane = |node: &&usize| self.standing.structure.lane[**node] == self.standing.structure.lane[owner];
        let neighbours = before.iter().chain(behind);
        let known = neighbours.clone().find(same_lane).or_else(|| neighbours.clone().next());
        let level = known.map(|&node| self.standing.boxes[node].center().y - line);
        let lane = self.standing.lane_of(owner);
        match (level, lane) {
            (Some(level), Some(lane)) => self.clamped(lane, level, size),
            (None, Some(lane)) => self.clamped(lane, lane.offset + (lane.extent - size.height) / 2.0, size),
            (Some(level), None) => level,
            (None, None) => self.room_of(owner).map_or(0.0, |room| room.min.y),
        }
    }

    /// The room in the container of an owner.
    fn room_of(&self, owner: usize) -> Option<Rect> {
        let container = self.standing.structure.container[owner]?;
        Some(self.standing.insets.within(&self.standing.boxes[container]))
    }

    fn clamped(&self, lane: crate::layout::geometry::Extent, y: f64, size: Size) -> f64 {
        let padding = self.standing.request.spacing.edge_gap;
        y.min(lane.end() - padding - size.height).max(lane.offset + padding)
    }

    /// Where the boxes of the owner's lane (or of the level) end along the flow.
    fn end_of(&self, level: usize, owner: usize) -> f64 {
        let structure = self.standing.structure;
        let beside =
            |&&member: &&usize| self.standing.placed[member] && structure.lane[member] == structure.lane[owner];
        let members = structure.levels[level].members.iter();
        let end = members.filter(beside).map(|&member| self.standing.area(member).max.x).reduce(f64::max);
        let all = || structure.levels[level].members.iter().filter(|&&member| self.standing.placed[member]);
        let gap = self.standing.request.spacing.rank_gap;
        let first = || all().map(|&member| self.standing.area(member).min.x - gap).reduce(f64::min);
        let inside = || Some(self.room_of(owner)?.min.x - gap);
        end.or_else(first).or_else(inside).unwrap_or(-gap)
    }

    /// Behind everything on the level, where there is always room.
    fn far_place(&self, level: usize, owner: usize, size: Size, y: f64) -> Point {
        let ends = self.standing.units(level).map(|unit| self.standing.area(unit).max.x);
        let end = ends.fold(f64::NEG_INFINITY, f64::max);
        let x = if end.is_finite() { end + self.standing.request.spacing.rank_gap } else { self.end_of(level, owner) };
        Point::new(x, self.standing.lane_of(owner).map_or(y, |lane| self.clamped(lane, y, size)))
    }

    /// The free place nearest to the wanted one.
    fn find(&self, level: usize, owner: usize, search: &Search, host: Option<usize>) -> Option<Point> {
        let reach = Rect::from_min_size(search.wanted, search.size);
        let (wide, high) = (search.reach.width, search.reach.height);
        let window = Rect::new(reach.min.moved(-wide, -high), reach.max.moved(wide, high));
        let mut obstacles: Vec<Rect> = Vec::new();
        for unit in self.standing.units(level).filter(|&unit| unit != owner || host.is_some()) {
            if Some(unit) == host {
                // The host does not claim the corners between it and what is attached to it.
                obstacles.push(self.standing.boxes[unit]);
                let attached = self.standing.structure.attached[unit].iter();
                obstacles.extend(
                    attached.filter(|&&node| self.standing.placed[node]).map(|&node| self.standing.boxes[node]),
                );
            } else {
                obstacles.push(self.standing.area(unit));
            }
        }
        obstacles.retain(|one| one.overlaps(&window));
        if let Some(container) = self.standing.structure.container[owner] {
            // What is attached to the container reaches into it.
            let attached = self.standing.structure.attached[container].iter();
            obstacles
                .extend(attached.filter(|&&node| self.standing.placed[node]).map(|&node| self.standing.boxes[node]));
        }
        let (lane, room) = (self.standing.lane_of(owner), self.room_of(owner));
        search.nearest(&obstacles, |place| {
            let padding = self.standing.request.spacing.edge_gap - 1e-6;
            let inside = |room: Rect| room.min.x <= place.min.x + 1e-6 && room.min.y <= place.min.y + 1e-6;
            room.is_none_or(inside)
                && lane.is_none_or(|lane| lane.offset + padding <= place.min.y && place.max.y + padding <= lane.end())
                && window.contains(place.min)
                && window.contains(place.max)
        })
    }
}
