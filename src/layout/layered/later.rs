//! Lines and labels that are drawn when all boxes stand.
//!
//! Messages, associations, edges across the border of a container, and edges that a pin made
//! stale are routed around all boxes by the router for standing boxes. A container is no
//! obstacle to a line that begins or ends in it; so edges are routed in groups that share the
//! containers they may enter.

use std::collections::BTreeMap;

use super::structure::{Role, Structure};
use super::tries::Lines;
use super::{cluster, lane_edges, loop_around};
use crate::layout::geometry::{Extent, Point, Polyline, Rect, Size};
use crate::layout::request::{
    Direction, EdgeKind, End, FlowEdge, FlowRequest, LaneEnd, NodeKind, PortShape, RouteEdge, RouteRequest, Side,
};
use crate::layout::routing::{self, Label};

/// Boxes and lanes that stand, between which lines are drawn.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub request: &'a FlowRequest,
    pub structure: &'a Structure,
    pub boxes: &'a [Rect],
    pub lanes: &'a [Extent],
}

/// A line to be drawn, by its index in the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    Edge(usize),
    /// An edge to or from a whole lane.
    LaneEdge(usize),
}

/// Length that crossing another line is worth going around.
const CROSSING: f64 = 150.0;
/// Most rounds in which lines are looked at again.
const MENDING_ROUNDS: usize = 2;

impl Ground<'_> {
    /// Draws every proper edge that has no line yet, and all lines to and from lanes.
    pub fn route(&self, routes: &mut [Option<Polyline>]) -> Vec<Option<Polyline>> {
        let missing = |edge: &usize| {
            let one = &self.request.edges[*edge];
            routes[*edge].is_none() && one.from < self.boxes.len() && one.to < self.boxes.len()
        };
        let edges = (0..self.request.edges.len()).filter(missing).map(Wanted::Edge);
        let wanted: Vec<Wanted> = edges.chain((0..self.request.lane_edges.len()).map(Wanted::LaneEdge)).collect();
        self.route_anew(&wanted, routes)
    }

    /// Draws the given lines anew; those to and from lanes are the answer, by their index.
    pub fn route_anew(&self, wanted: &[Wanted], routes: &mut [Option<Polyline>]) -> Vec<Option<Polyline>> {
        let mut lane_routes = vec![None; self.request.lane_edges.len()];
        let mut groups: BTreeMap<Vec<usize>, Vec<Wanted>> = BTreeMap::new();
        for &one in wanted {
            if let Wanted::Edge(edge) = one
                && let Some(line) = plain_line(self.structure, self.boxes, &self.request.edges[edge])
            {
                routes[edge] = Some(line);
                continue;
            }
            groups.entry(self.open(one)).or_default().push(one);
        }
        for (open, wanted) in &groups {
            self.route_group(open, wanted, routes, &mut lane_routes);
        }
        lane_edges::between(self, wanted, &mut lane_routes, routes);
        lane_routes
    }

    /// The boxes at which a line ends.
    fn ends(&self, wanted: Wanted) -> Vec<usize> {
        match wanted {
            Wanted::Edge(edge) => vec![self.request.edges[edge].from, self.request.edges[edge].to],
            Wanted::LaneEdge(edge) => {
                let edge = &self.request.lane_edges[edge];
                let node = |end: LaneEnd| match end {
                    LaneEnd::Node(node) => Some(node).filter(|&node| node < self.boxes.len()),
                    LaneEnd::Lane(_) => None,
                };
                [edge.from, edge.to].into_iter().filter_map(node).collect()
            }
        }
    }

    fn route_group(
        &self,
        open: &[usize],
        wanted: &[Wanted],
        routes: &mut [Option<Polyline>],
        lane_routes: &mut [Option<Polyline>],
    ) {
        let fixed = routes.iter().chain(lane_routes.iter()).flatten().cloned().collect();
        let (mut asked, place) = self.ask(open, fixed);
        let routed: Vec<(Wanted, RouteEdge)> =
            wanted.iter().filter_map(|&one| Some((one, self.route_edge(one, &place)?))).collect();
        asked.edges = routed.iter().map(|(_, edge)| *edge).collect();
        let mut found = routing::route_few(&asked);
        let crowded: Vec<usize> = (0..routed.len()).filter(|&at| is_crowded(&asked, at, found[at].as_ref())).collect();
        if !crowded.is_empty() {
            // Where lines crowd each other into a box, each of these goes its own way.
            asked.fixed.clear();
            let all = std::mem::take(&mut asked.edges);
            for at in crowded {
                asked.edges = vec![all[at]];
                found[at] = routing::route_few(&asked).pop().flatten();
            }
        }
        for ((one, _), line) in routed.into_iter().zip(found) {
            match one {
                Wanted::Edge(edge) => routes[edge] = line,
                Wanted::LaneEdge(edge) => lane_routes[edge] = line,
            }
        }
    }

    /// What the router is asked, without edges: all boxes but the open containers, and the number of each box there.
    fn ask(&self, open: &[usize], fixed: Vec<Polyline>) -> (RouteRequest, Vec<usize>) {
        let mut place = vec![usize::MAX; self.boxes.len()];
        let mut asked = RouteRequest {
            fixed,
            corridors: self.corridors(),
            margin: self.request.spacing.edge_gap,
            gap: self.request.spacing.edge_gap * 0.75,
            crossing: CROSSING,
            ..RouteRequest::default()
        };
        for (node, one) in self.boxes.iter().enumerate() {
            if open.binary_search(&node).is_err() {
                place[node] = asked.boxes.len();
                asked.boxes.push(*one);
                asked.shapes.push(outline(self.request, self.structure, node));
            }
        }
        (asked, place)
    }

    /// Looks for another way for every line that crosses others, also for flows, while that helps.
    pub fn mend(&self, routes: &mut [Option<Polyline>], lane_routes: &mut [Option<Polyline>]) {
        let count = routes.len() + lane_routes.len();
        // How many lines were mended before each was looked at in vain: as long as no other is, it stays in vain.
        let mut in_vain = vec![None; count];
        let mut mended = 0;
        for _ in 0..MENDING_ROUNDS {
            let before = mended;
            for (at, in_vain) in in_vain.iter_mut().enumerate() {
                if *in_vain == Some(mended) {
                    continue;
                }
                match self.mend_one(at, routes, lane_routes) {
                    true => mended += 1,
                    false => *in_vain = Some(mended),
                }
            }
            if mended == before {
                break;
            }
        }
    }

    fn mend_one(&self, at: usize, routes: &mut [Option<Polyline>], lane_routes: &mut [Option<Polyline>]) -> bool {
        let lines = Lines::new(self.request, self.boxes, routes, lane_routes);
        let all = 0..lines.all.len();
        let known = lines.crossed(at, all.clone());
        if known == 0 {
            return false;
        }
        let one = at.checked_sub(routes.len()).map_or(Wanted::Edge(at), Wanted::LaneEdge);
        let others = lines.all.iter().enumerate().filter(|(other, _)| *other != at);
        let fixed = others.filter_map(|(_, (_, line, _))| (*line).cloned()).collect();
        let (mut asked, place) = self.ask(&self.open(one), fixed);
        let Some(edge) = self.route_edge(one, &place) else { return false };
        asked.edges = vec![edge];
        let found = routing::route(&asked).pop().flatten();
        let is_better = |line: &Polyline| lines.crossed_by(at, line, all) < known;
        match found.filter(|line| !is_crowded(&asked, 0, Some(line)) && is_better(line)) {
            Some(line) => {
                match one {
                    Wanted::Edge(edge) => routes[edge] = Some(line),
                    Wanted::LaneEdge(edge) => lane_routes[edge] = Some(line),
                }
                true
            }
            None => false,
        }
    }

    /// The containers that a line may enter: those around its ends.
    fn open(&self, wanted: Wanted) -> Vec<usize> {
        let ends = self.ends(wanted);
        let mut open: Vec<usize> = ends.iter().flat_map(|&node| self.structure.around(node)).collect();
        open.sort_unstable();
        open.dedup();
        open.retain(|container| !ends.contains(container));
        open
    }

    /// A line as the router wants it; `place` tells the numbers of boxes there. None from lane to lane.
    fn route_edge(&self, wanted: Wanted, place: &[usize]) -> Option<RouteEdge> {
        match wanted {
            Wanted::Edge(edge) => {
                let one = &self.request.edges[edge];
                let (exit, entry) = sides(self.structure, self.boxes, one);
                Some(RouteEdge { exit, entry, ..RouteEdge::between(place[one.from], place[one.to]) })
            }
            Wanted::LaneEdge(edge) => {
                let edge = &self.request.lane_edges[edge];
                let ((node, lane), is_leaving) = match (edge.from, edge.to) {
                    (LaneEnd::Node(node), LaneEnd::Lane(lane)) => ((node, lane), true),
                    (LaneEnd::Lane(lane), LaneEnd::Node(node)) => ((node, lane), false),
                    _ => return None,
                };
                let (place, border) = (*place.get(node)?, lane_edges::border(self, node, lane)?);
                let own = outward(self.structure, self.boxes, node).unwrap_or(border.facing);
                let (line, met) = (Some(End::Line(border.from, border.to)), Some(border.met));
                let (own, none) = (Some(own), usize::MAX);
                Some(if is_leaving {
                    RouteEdge { from: place, to: none, exit: own, entry: met, start: None, finish: line }
                } else {
                    RouteEdge { from: none, to: place, exit: met, entry: own, start: line, finish: None }
                })
            }
        }
    }

    /// The free space between lanes that stand apart.
    fn corridors(&self) -> Vec<Point> {
        let left = self.boxes.iter().map(|one| one.min.x).fold(f64::INFINITY, f64::min);
        let pairs = self.lanes.iter().zip(self.lanes.iter().skip(1));
        let apart = pairs.filter(|(above, below)| below.offset - above.end() > self.request.spacing.edge_gap);
        apart.map(|(above, below)| Point::new(left, f64::midpoint(above.end(), below.offset))).collect()
    }
}

/// Whether a line meets a box it has no business with. Looked at only where that is quick.
fn is_crowded(request: &RouteRequest, at: usize, line: Option<&Polyline>) -> bool {
    const MOST: usize = 1_000_000;
    let (Some(line), edge) = (line, request.edges[at]) else { return false };
    let foreign = |other: &usize| *other != edge.from && *other != edge.to;
    let ends = [edge.from, edge.to];
    request.edges.len() * request.boxes.len() < MOST
        && (0..request.boxes.len()).filter(foreign).any(|other| {
            let one = &request.boxes[other];
            let mut ends = ends.iter().filter_map(|&end| request.boxes.get(end));
            !ends.any(|end| one.contains(end.center())) && routing::passes_through(line, one)
        })
}

/// Where lines may meet a box.
pub(super) fn outline(request: &FlowRequest, structure: &Structure, node: usize) -> PortShape {
    match (request.nodes[node].kind, structure.role[node]) {
        (NodeKind::Gateway, _) => PortShape::Rhomb,
        (NodeKind::Start | NodeKind::End, _) | (_, Role::Attached(_)) => PortShape::Ellipse,
        _ => PortShape::Rectangle,
    }
}

/// The straight line between two boxes of which one lies in the other or that face each other
/// closely: no search is needed.
fn plain_line(structure: &Structure, boxes: &[Rect], edge: &FlowEdge) -> Option<Polyline> {
    if structure.around(edge.from).any(|container| container == edge.to) {
        return Some(to_border(structure, boxes, edge.from, edge.to));
    }
    if structure.around(edge.to).any(|container| container == edge.from) {
        let mut line = to_border(structure, boxes, edge.to, edge.from);
        line.reverse();
        return Some(line);
    }
    if edge.from == edge.to {
        return Some(self_loop(structure, boxes, edge.from));
    }
    let satellite = |node: usize| structure.role[node] == Role::Satellite;
    let ties = structure.owner[edge.from] == structure.owner[edge.to] && (satellite(edge.from) || satellite(edge.to));
    if ties { tie(structure, boxes, edge.from, edge.to) } else { None }
}

/// A line from a box to itself that keeps off what clings to it: over the top right corner, for an
/// attached box over the corner that looks away from its host.
fn self_loop(structure: &Structure, boxes: &[Rect], node: usize) -> Polyline {
    const REACH: f64 = 3.0;
    let (one, center) = (boxes[node], boxes[node].center());
    let right = one.max.x + REACH;
    if let Some(side) = outward(structure, boxes, node) {
        let (border, way) = if side == Side::Top { (one.min.y, -1.0) } else { (one.max.y, 1.0) };
        let end = f64::midpoint(center.y, border);
        let y = border + way * REACH;
        let corner = [Point::new(center.x, y), Point::new(right, y), Point::new(right, end)];
        return [Point::new(center.x, border)].into_iter().chain(corner).chain([Point::new(one.max.x, end)]).collect();
    }
    let attached = structure.attached[node].iter().map(|&other| boxes[other]);
    let hull = attached.fold(one, |hull, other| hull.union(&other));
    loop_around(&one, &hull, REACH)
}

/// The straight line between two boxes of one cluster that face each other.
fn tie(structure: &Structure, boxes: &[Rect], from: usize, to: usize) -> Option<Polyline> {
    let owner = structure.owner[from];
    let members = structure.attached[owner].iter().chain(&structure.satellites[owner]).copied();
    let others = members.chain([owner]).filter(|&node| node != from && node != to);
    cluster::tie(&boxes[from], &boxes[to], others.map(|node| &boxes[node]))
}

/// From a box straight to the nearest border of the container around it that can be reached
/// without meeting another box in it.
fn to_border(structure: &Structure, boxes: &[Rect], node: usize, container: usize) -> Polyline {
    let (one, frame) = (&boxes[node], &boxes[container]);
    let center = one.center();
    let mut ways = [
        (Point::new(center.x, one.min.y), Point::new(center.x, frame.min.y)),
        (Point::new(center.x, one.max.y), Point::new(center.x, frame.max.y)),
        (Point::new(one.min.x, center.y), Point::new(frame.min.x, center.y)),
        (Point::new(one.max.x, center.y), Point::new(frame.max.x, center.y)),
    ];
    let length = |(a, b): &(Point, Point)| (a.x - b.x).abs() + (a.y - b.y).abs();
    ways.sort_by(|a, b| length(a).total_cmp(&length(b)));
    let around: Vec<usize> = structure.around(node).collect();
    let obstacle = |other: usize| other != node && other != container && !around.contains(&other);
    let is_free = |way: &&(Point, Point)| {
        let mut others = (0..boxes.len()).filter(|&other| obstacle(other));
        !others.any(|other| routing::passes_through(&[way.0, way.1], &boxes[other]))
    };
    let &(start, end) = ways.iter().find(is_free).unwrap_or(&ways[0]);
    vec![start, end]
}

/// The sides by which an edge leaves and enters: messages across the flow, attached boxes away from their host, and what
/// is kept close to a box beside it, away from that box.
fn sides(structure: &Structure, boxes: &[Rect], edge: &FlowEdge) -> (Option<Side>, Option<Side>) {
    let (from, to) = (&boxes[edge.from], &boxes[edge.to]);
    let (mut exit, mut entry) = (None, None);
    if edge.kind == EdgeKind::Message {
        (exit, entry) = if from.max.y <= to.min.y {
            (Some(Side::Bottom), Some(Side::Top))
        } else if to.max.y <= from.min.y {
            (Some(Side::Top), Some(Side::Bottom))
        } else {
            (Some(Side::Bottom), Some(Side::Bottom))
        };
    }
    let beside = |node: usize, own: &Rect, other: &Rect| {
        let side = if other.center().x >= own.center().x { Side::Right } else { Side::Left };
        Some(side).filter(|_| structure.role[node] == Role::Satellite)
    };
    let exit = outward(structure, boxes, edge.from).or(beside(edge.from, from, to)).or(exit);
    (exit, outward(structure, boxes, edge.to).or(beside(edge.to, to, from)).or(entry))
}

/// The side of an attached box that looks away from its host.
pub(super) fn outward(structure: &Structure, boxes: &[Rect], node: usize) -> Option<Side> {
    let Role::Attached(host) = structure.role[node] else { return None };
    let (center, host) = (boxes[node].center(), &boxes[host]);
    let ways = [
        ((center.y - host.max.y).abs(), Side::Bottom),
        ((center.y - host.min.y).abs(), Side::Top),
        ((center.x - host.max.x).abs(), Side::Right),
        ((center.x - host.min.x).abs(), Side::Left),
    ];
    ways.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, side)| side)
}

/// Places of the labels of edges and of messages to lanes. Labels keep off all boxes; of a
/// container only the head, since lines run inside it.
pub(super) fn labels(
    request: &FlowRequest,
    structure: &Structure,
    boxes: &[Rect],
    routes: &[Option<Polyline>],
    lane_routes: &[Option<Polyline>],
) -> (Vec<Option<Point>>, Vec<Option<Point>>) {
    let nodes = boxes.iter().enumerate();
    let keep_off: Vec<Rect> = nodes
        .flat_map(|(node, one)| if structure.is_container(node) { borders(request, one) } else { vec![*one] })
        .collect();
    let sizes = request.edges.iter().map(|edge| (edge.label, edge.kind == EdgeKind::Sequence));
    let sizes = sizes.chain(request.lane_edges.iter().map(|edge| (edge.label, false)));
    // What a case needs to take a branch is read where the branch begins.
    let label = |(size, near_start): (Option<Size>, bool)| Some(Label { size: size?.sane(), near_start });
    let labels: Vec<Option<Label>> = sizes.map(label).collect();
    if labels.iter().all(Option::is_none) {
        return (vec![None; request.edges.len()], vec![None; request.lane_edges.len()]);
    }
    let lines: Vec<Option<Polyline>> = routes.iter().chain(lane_routes).cloned().collect();
    let mut found = routing::place_labels(&keep_off, &lines, &labels);
    let of_lanes = found.split_off(request.edges.len().min(found.len()));
    (found, of_lanes)
}

/// The head of a container, where its name stands, and its border.
fn borders(request: &FlowRequest, container: &Rect) -> Vec<Rect> {
    let header = request.spacing.container_header;
    let end = match request.direction {
        Direction::LeftToRight => Point::new(container.max.x, container.min.y + header),
        Direction::TopToBottom => Point::new(container.min.x + header, container.max.y),
    };
    let head = (header > 0.0).then(|| Rect::new(container.min, end));
    routing::border_of(container).into_iter().chain(head).collect()
}
