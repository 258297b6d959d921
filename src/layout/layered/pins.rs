//! Pinned boxes: they keep their place, the others make room, and touched edges are drawn anew.
//!
//! The arrangement first ignores pins; then the drawing is moved as a whole so that it fits the
//! pinned boxes best, these are put back exactly, and boxes that would overlap move across the
//! flow to the nearest free place, inside their lane, which grows where it must. A pinned box
//! that lies outside its lane stays outside: a pin is stronger than a lane.

use super::Picture;
use crate::layout::geometry::{Point, Rect};
use crate::layout::request::{FlowRequest, RouteEdge, RouteRequest};
use crate::layout::routing;

/// Puts pinned boxes at their places.
pub(super) fn apply(request: &FlowRequest, picture: &mut Picture) {
    let pinned: Vec<(usize, Point)> = request
        .nodes
        .iter()
        .enumerate()
        .filter_map(|(node, one)| Some((node, one.pin?)))
        .filter(|(_, pin)| pin.x.is_finite() && pin.y.is_finite())
        .collect();
    if pinned.is_empty() {
        return;
    }
    fit(&pinned, picture);
    let before = picture.boxes.clone();
    for &(node, pin) in &pinned {
        picture.boxes[node] = Rect::from_min_size(pin, before[node].size());
    }
    grow_lanes(request, picture);
    make_room(request, picture);
    redraw(request, picture, &before);
}

/// Moves the drawing by the median difference between the pins and the arranged places.
fn fit(pinned: &[(usize, Point)], picture: &mut Picture) {
    let middle = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(0.0)
    };
    let place = |node: usize| picture.boxes[node].min;
    let x = middle(pinned.iter().map(|&(node, pin)| pin.x - place(node).x).collect());
    let y = middle(pinned.iter().map(|&(node, pin)| pin.y - place(node).y).collect());
    for one in &mut picture.boxes {
        *one = one.moved(x, y);
    }
    for point in picture.routes.iter_mut().flatten().flatten() {
        *point = point.moved(x, y);
    }
    for lane in &mut picture.lanes {
        lane.offset += y;
    }
}

/// Lets lanes reach their pinned boxes as far as these lie below the lane's beginning.
fn grow_lanes(request: &FlowRequest, picture: &mut Picture) {
    let padding = request.spacing.lane_padding;
    for lane in 0..picture.lanes.len() {
        let lowest = request
            .nodes
            .iter()
            .zip(&picture.boxes)
            .filter(|(node, _)| node.lane == Some(lane) && node.pin.is_some())
            .map(|(_, one)| one.max.y + padding)
            .reduce(f64::max);
        let end = picture.lanes[lane].end();
        let next = picture.lanes.get(lane + 1).map(|next| next.end());
        let within = next.is_none_or(|next| lowest.is_some_and(|lowest| lowest < next));
        if let Some(lowest) = lowest.filter(|&lowest| lowest > end && within) {
            push_down(request, picture, lane, lowest - end);
        }
    }
}

/// Makes a lane longer and moves everything free below it.
fn push_down(request: &FlowRequest, picture: &mut Picture, lane: usize, by: f64) {
    let count = picture.lanes.len();
    picture.lanes[lane].extent += by;
    for below in &mut picture.lanes[lane + 1..] {
        below.offset += by;
    }
    for (node, one) in request.nodes.iter().zip(&mut picture.boxes) {
        let band = node.lane.unwrap_or(count).min(count);
        if band > lane && node.pin.is_none() {
            *one = one.moved(0.0, by);
        }
    }
}

/// Moves free boxes that overlap a pinned or an already placed one.
fn make_room(request: &FlowRequest, picture: &mut Picture) {
    let gap = request.spacing.node_gap;
    let mut placed: Vec<Rect> = Vec::new();
    for (node, one) in request.nodes.iter().zip(&picture.boxes) {
        if node.pin.is_some() {
            placed.push(*one);
        }
    }
    let mut free: Vec<usize> = (0..request.nodes.len()).filter(|&node| request.nodes[node].pin.is_none()).collect();
    let lanes = picture.lanes.len();
    let band = |node: usize| request.nodes[node].lane.unwrap_or(lanes).min(lanes);
    free.sort_by(|&a, &b| {
        let (one, other) = (picture.boxes[a].min, picture.boxes[b].min);
        let across = one.y.total_cmp(&other.y);
        band(a).cmp(&band(b)).then(across).then(a.cmp(&b))
    });
    for node in free {
        let wanted = picture.boxes[node];
        let lane = picture.lanes.get(band(node)).copied();
        let found = nearest_free(&wanted, &placed, gap, |one| {
            lane.is_none_or(|lane| lane.offset <= one.min.y && one.max.y <= lane.end())
        });
        let found = found.unwrap_or_else(|| below_all(&wanted, &placed, gap));
        picture.boxes[node] = found;
        placed.push(found);
        if let Some(lane) = lane {
            let need = found.max.y + request.spacing.lane_padding - lane.end();
            if found != wanted && need > 0.0 {
                push_down(request, picture, band(node), need);
            }
        }
    }
}

/// The place nearest to the wanted one, on the same line along the flow, that is free.
fn nearest_free(wanted: &Rect, placed: &[Rect], gap: f64, allowed: impl Fn(&Rect) -> bool) -> Option<Rect> {
    let column = wanted.grown(gap / 2.0);
    let beside: Vec<&Rect> = placed.iter().filter(|one| one.min.x < column.max.x && column.min.x < one.max.x).collect();
    let mut tries = vec![*wanted];
    for one in &beside {
        tries.push(wanted.moved(0.0, one.max.y + gap - wanted.min.y));
        tries.push(wanted.moved(0.0, one.min.y - gap - wanted.max.y));
    }
    let is_free = |one: &&Rect| {
        let tight = one.grown(gap * 0.45);
        allowed(one) && beside.iter().all(|other| !other.overlaps(&tight))
    };
    let away = |one: &Rect| (one.min.y - wanted.min.y).abs();
    let free = tries.iter().filter(is_free);
    free.min_by(|a, b| away(a).total_cmp(&away(b))).copied()
}

fn below_all(wanted: &Rect, placed: &[Rect], gap: f64) -> Rect {
    let column = wanted.grown(gap / 2.0);
    let beside = placed.iter().filter(|one| one.min.x < column.max.x && column.min.x < one.max.x);
    let lowest = beside.map(|one| one.max.y).fold(wanted.min.y, f64::max);
    wanted.moved(0.0, lowest + gap - wanted.min.y)
}

/// Draws the edges again whose box moved or whose line meets a box that did.
fn redraw(request: &FlowRequest, picture: &mut Picture, before: &[Rect]) {
    let moved: Vec<usize> = (0..before.len()).filter(|&node| before[node] != picture.boxes[node]).collect();
    if moved.is_empty() {
        return;
    }
    let mut stale = Vec::new();
    for (edge, one) in request.edges.iter().enumerate() {
        let Some(route) = &picture.routes[edge] else {
            continue;
        };
        let meets = |&node: &usize| {
            node == one.from || node == one.to || routing::passes_through(route, &picture.boxes[node].grown(2.0))
        };
        if moved.iter().any(meets) {
            stale.push(edge);
        }
    }
    let routes = routing::route(&RouteRequest {
        boxes: picture.boxes.clone(),
        edges: stale
            .iter()
            .map(|&edge| RouteEdge {
                from: request.edges[edge].from,
                to: request.edges[edge].to,
                ..RouteEdge::default()
            })
            .collect(),
        margin: request.spacing.edge_gap,
        ..RouteRequest::default()
    });
    for (edge, route) in stale.into_iter().zip(routes) {
        picture.routes[edge] = route;
    }
}
