//! A routed picture that answers what moving some boxes would change.

use super::ends::area_of;
use super::passes_through;
use super::plan::route_among;
use super::route;
use crate::layout::geometry::{Polyline, Rect};
use crate::layout::request::{End, RouteEdge, RouteRequest};

/// Distance around what moves in which other boxes are looked at first, in world units.
const SURROUNDINGS: f64 = 240.0;
/// So many edges are few.
const FEW: usize = 24;
/// In smaller pictures all is looked at.
const MANY_BOXES: usize = 300;

/// A picture with its routes.
#[derive(Clone, Debug, PartialEq)]
pub struct Router {
    request: RouteRequest,
    routes: Vec<Option<Polyline>>,
}

impl Router {
    /// Routes a picture.
    pub fn new(request: RouteRequest) -> Self {
        let routes = route(&request);
        Self { request, routes }
    }

    /// A picture whose routes are known; edges without one are not drawn until an end of them moves.
    pub fn with_routes(request: RouteRequest, mut routes: Vec<Option<Polyline>>) -> Self {
        routes.resize(request.edges.len(), None);
        Self { request, routes }
    }

    /// The routes, in the order of the edges.
    pub fn routes(&self) -> &[Option<Polyline>] {
        &self.routes
    }

    /// The boxes, in their order.
    pub fn boxes(&self) -> &[Rect] {
        &self.request.boxes
    }

    /// The edges that would be routed anew if boxes stood elsewhere, with their new routes, by increasing number: those
    /// that end at a moved box, and those that a moved box would stand on. All others stay as they are; the route of an
    /// edge whose two boxes move alike moves with them where it still meets no box.
    pub fn after_move(&self, moved: &[(usize, Rect)]) -> Vec<(usize, Polyline)> {
        let mut boxes = self.request.boxes.clone();
        let mut is_moved = vec![false; boxes.len()];
        for &(index, to) in moved {
            if let (Some(one), Some(flag)) = (boxes.get_mut(index), is_moved.get_mut(index)) {
                *flag |= *one != to;
                *one = to;
            }
        }
        let stale = self.stale(&boxes, &is_moved);
        if stale.is_empty() {
            return Vec::new();
        }
        let mut is_stale = vec![false; self.request.edges.len()];
        stale.iter().for_each(|&edge| is_stale[edge] = true);
        let mut carried = Vec::new();
        let mut stale = stale;
        stale.retain(|&edge| match self.carried(edge, &boxes) {
            Some(line) => {
                carried.push((edge, line));
                false
            }
            None => true,
        });
        let kept = self.routes.iter().zip(&is_stale).filter(|(_, is_stale)| !**is_stale);
        let kept = kept.filter_map(|(line, _)| line.as_ref()).chain(carried.iter().map(|(_, line)| line));
        let fixed = self.request.fixed.iter().chain(kept).cloned().collect();
        let request = RouteRequest {
            edges: stale.iter().map(|&edge| self.request.edges[edge]).collect(),
            shapes: self.request.shapes.clone(),
            fixed,
            boxes,
            margin: self.request.margin,
            gap: self.request.gap,
            crossing: self.request.crossing,
            corridors: self.request.corridors.clone(),
        };
        let routes = route_nearby(&request);
        let routed = stale.into_iter().zip(routes).filter_map(|(edge, line)| Some((edge, line?)));
        let mut changed: Vec<(usize, Polyline)> = carried.into_iter().chain(routed).collect();
        changed.sort_by_key(|(edge, _)| *edge);
        changed
    }

    /// The route of an edge whose two boxes moved alike, moved with them; none where it would meet a box.
    fn carried(&self, edge: usize, boxes: &[Rect]) -> Option<Polyline> {
        let one = &self.request.edges[edge];
        let near = |a: f64, b: f64| (a - b).abs() < 1e-3;
        let by = |end: End| match end {
            End::Box(index) => {
                let (old, new) = (self.request.boxes.get(index)?, boxes.get(index)?);
                let is_moved_only = near(old.width(), new.width()) && near(old.height(), new.height());
                is_moved_only.then_some((new.min.x - old.min.x, new.min.y - old.min.y))
            }
            _ => None,
        };
        let ((x, y), (other_x, other_y)) = (by(one.start())?, by(one.finish())?);
        if !near(x, other_x) || !near(y, other_y) {
            return None;
        }
        let line: Polyline = self.routes[edge].as_ref()?.iter().map(|point| point.moved(x, y)).collect();
        let meets = |one: &Rect| passes_through(&line, one);
        let is_clear = boxes.iter().all(|found| !meets(found) || holds_end(found, boxes, one));
        is_clear.then_some(line)
    }

    /// Moves boxes for good; tells which edges have new routes.
    pub fn move_boxes(&mut self, moved: &[(usize, Rect)]) -> Vec<usize> {
        let changed = self.after_move(moved);
        for &(index, to) in moved {
            if let Some(one) = self.request.boxes.get_mut(index) {
                *one = to;
            }
        }
        let mut edges = Vec::with_capacity(changed.len());
        for (edge, line) in changed {
            self.routes[edge] = Some(line);
            edges.push(edge);
        }
        edges
    }

    fn stale(&self, boxes: &[Rect], is_moved: &[bool]) -> Vec<usize> {
        let now: Vec<(usize, Rect)> =
            (0..boxes.len()).filter(|&index| is_moved[index]).map(|index| (index, boxes[index])).collect();
        let around = now.iter().map(|(_, one)| *one).reduce(|all, one| all.union(&one)).unwrap_or_default();
        let touches = |end: End| matches!(end, End::Box(index) if is_moved.get(index) == Some(&true));
        let is_stale = |edge: &usize| {
            let one = &self.request.edges[*edge];
            if touches(one.start()) || touches(one.finish()) {
                return true;
            }
            let Some(line) = &self.routes[*edge] else { return false };
            let reach = line.iter().map(|point| Rect::new(*point, *point)).reduce(|all, one| all.union(&one));
            let is_near = reach.is_some_and(|reach| reach.grown(1.0).overlaps(&around));
            is_near
                && now.iter().any(|(_, moved)| passes_through(line, &moved.grown(1.0)) && !holds_end(moved, boxes, one))
        };
        (0..self.request.edges.len()).filter(is_stale).collect()
    }
}

/// Whether a box holds an end of an edge, so that its line passes the border in any case.
fn holds_end(outer: &Rect, boxes: &[Rect], edge: &RouteEdge) -> bool {
    [edge.start(), edge.finish()].into_iter().any(|end| super::field::holds(outer, &area_of(boxes, end)))
}

/// Routes few edges of a large picture: those that are near each other together, each group by a look at its
/// surroundings. Otherwise as [`route`].
pub fn route_few(request: &RouteRequest) -> Vec<Option<Polyline>> {
    if request.edges.len() > FEW || request.boxes.len() < MANY_BOXES {
        return route(request);
    }
    let mut routes = vec![None; request.edges.len()];
    let mut part = request.clone();
    for group in groups(request) {
        part.edges = group.iter().map(|&edge| request.edges[edge]).collect();
        for (edge, line) in group.into_iter().zip(route_nearby(&part)) {
            part.fixed.extend(line.clone());
            routes[edge] = line;
        }
    }
    routes
}

/// Edges that come near each other, directly or over others.
fn groups(request: &RouteRequest) -> Vec<Vec<usize>> {
    let area = |edge: &RouteEdge| {
        let [from, to] = [edge.start(), edge.finish()].map(|end| area_of(&request.boxes, end));
        from.union(&to).grown(SURROUNDINGS)
    };
    let mut groups: Vec<(Rect, Vec<usize>)> = Vec::new();
    for (edge, own) in request.edges.iter().map(area).enumerate() {
        let mut joined = (own, vec![edge]);
        while let Some(at) = groups.iter().position(|(other, _)| other.overlaps(&joined.0)) {
            let (other, edges) = groups.swap_remove(at);
            joined.0 = joined.0.union(&other);
            joined.1.extend(edges);
        }
        joined.1.sort_unstable();
        groups.push(joined);
    }
    groups.sort_by(|(_, a), (_, b)| a.cmp(b));
    groups.into_iter().map(|(_, edges)| edges).collect()
}

/// Routes a few edges looking at their surroundings only, then farther where there is no way, at last at everything.
pub(super) fn route_nearby(request: &RouteRequest) -> Vec<Option<Polyline>> {
    let ends = request.edges.iter().flat_map(|edge| [edge.start(), edge.finish()]);
    let around = ends.map(|end| area_of(&request.boxes, end)).reduce(|all, one| all.union(&one)).unwrap_or_default();
    let mut reach = SURROUNDINGS.max(8.0 * request.margin);
    for _ in 0..2 {
        let window = around.grown(reach);
        let near: Vec<usize> =
            (0..request.boxes.len()).filter(|&index| request.boxes[index].overlaps(&window)).collect();
        if near.len() * 4 > request.boxes.len() * 3 {
            break;
        }
        let is_near = |line: &&Polyline| {
            let reach = line.iter().map(|point| Rect::new(*point, *point)).reduce(|all, one| all.union(&one));
            reach.is_some_and(|reach| reach.grown(1.0).overlaps(&window))
        };
        let part = RouteRequest {
            boxes: request.boxes.clone(),
            shapes: request.shapes.clone(),
            edges: request.edges.clone(),
            fixed: request.fixed.iter().filter(is_near).cloned().collect(),
            corridors: request.corridors.clone(),
            ..*request
        };
        let routes = route_among(&part, &near);
        if is_sound(request, &routes, &window) {
            return routes;
        }
        reach *= 4.0;
    }
    route(request)
}

/// Whether the routes stay where all boxes were looked at, and meet none.
fn is_sound(request: &RouteRequest, routes: &[Option<Polyline>], window: &Rect) -> bool {
    let stays = |line: &Polyline| line.iter().all(|point| window.contains(*point));
    routes.iter().flatten().all(stays)
        && !routes.is_empty()
        && routes.iter().zip(&request.edges).all(|(line, edge)| {
            let Some(line) = line else { return true };
            let near = line.iter().map(|point| Rect::new(*point, *point)).reduce(|all, one| all.union(&one));
            let near = near.unwrap_or_default().grown(1.0);
            let is_foreign = |index: usize| edge.start() != End::Box(index) && edge.finish() != End::Box(index);
            request.boxes.iter().enumerate().all(|(index, one)| {
                !(one.overlaps(&near) && is_foreign(index) && passes_through(line, one))
                    || holds_end(one, &request.boxes, edge)
            })
        })
}
