//! Messages between a box and a whole lane or closed pool, or between two of these.
//!
//! Such a line runs straight across the flow to the border of the lane that faces the other end,
//! where no box stands in its way; else the router leads it to that border.

use super::later::outward;
use super::structure::Structure;
use crate::layout::geometry::{Extent, Point, Polyline, Rect, Size, bounds_of};
use crate::layout::request::{FlowRequest, LaneEdge, LaneEnd, RouteEdge, RouteRequest, Side};
use crate::layout::routing;

/// The line of every message to or from a lane.
pub(super) fn route(
    request: &FlowRequest,
    structure: &Structure,
    boxes: &[Rect],
    lanes: &[Extent],
) -> Vec<Option<Polyline>> {
    let mut between = Between { request, structure, boxes, lanes, taken: Vec::new() };
    request.lane_edges.iter().map(|edge| between.line(edge)).collect()
}

struct Between<'a> {
    request: &'a FlowRequest,
    structure: &'a Structure,
    boxes: &'a [Rect],
    lanes: &'a [Extent],
    /// Upright lines drawn so far, so that none covers another.
    taken: Vec<(Point, Point)>,
}

impl Between<'_> {
    fn line(&mut self, edge: &LaneEdge) -> Option<Polyline> {
        match (edge.from, edge.to) {
            (LaneEnd::Node(node), LaneEnd::Lane(lane)) => self.leaving_node(node, lane),
            (LaneEnd::Lane(lane), LaneEnd::Node(node)) => {
                let mut line = self.leaving_node(node, lane)?;
                line.reverse();
                Some(line)
            }
            (LaneEnd::Lane(from), LaneEnd::Lane(to)) => self.between_lanes(from, to),
            (LaneEnd::Node(_), LaneEnd::Node(_)) => None,
        }
    }

    fn leaving_node(&mut self, node: usize, lane: usize) -> Option<Polyline> {
        let (one, lane) = (*self.boxes.get(node)?, *self.lanes.get(lane)?);
        // From inside the lane to its lower border.
        let (down, border) = match one.center().y {
            y if y < lane.offset => (true, lane.offset),
            y if y > lane.end() => (false, lane.end()),
            _ => (true, lane.end()),
        };
        let start = if down { one.max.y } else { one.min.y };
        let wanted = if down { Side::Bottom } else { Side::Top };
        let leaves = outward(self.structure, self.boxes, node);
        let beyond = if down { start < border } else { start > border };
        if beyond && leaves.is_none_or(|side| side == wanted) {
            for x in self.places(one.min.x, one.max.x) {
                let (a, b) = (Point::new(x, start), Point::new(x, border));
                if self.is_clear(node, a, b) {
                    self.taken.push((a, b));
                    return Some(vec![a, b]);
                }
            }
        }
        self.led_around(node, leaves.unwrap_or(wanted), (border, down))
    }

    /// Places along the flow within a stretch, its middle first.
    fn places(&self, left: f64, right: f64) -> Vec<f64> {
        let step = self.request.spacing.edge_gap.max(1.0);
        let middle = f64::midpoint(left, right);
        let count = ((right - left) / 2.0 / step).floor().clamp(0.0, 1000.0) as usize;
        let mut places = vec![middle];
        for at in 1..=count {
            let away = at as f64 * step;
            if middle + away <= right - step / 2.0 {
                places.extend([middle + away, middle - away]);
            }
        }
        places
    }

    /// Whether an upright line that begins at a node meets no box it has no business with, and
    /// no line drawn before.
    fn is_clear(&self, node: usize, a: Point, b: Point) -> bool {
        let open: Vec<usize> = self.structure.around(node).collect();
        let foreign = |other: &usize| *other != node && !open.contains(other);
        let mut others = (0..self.boxes.len()).filter(foreign);
        !others.any(|other| routing::passes_through(&[a, b], &self.boxes[other].grown(2.0))) && !self.is_taken(a, b)
    }

    fn is_taken(&self, a: Point, b: Point) -> bool {
        let (low, high) = (a.y.min(b.y), a.y.max(b.y));
        let near = self.request.spacing.edge_gap / 2.0;
        self.taken.iter().any(|(c, d)| (c.x - a.x).abs() < near && c.y.min(d.y) < high && low < c.y.max(d.y))
    }

    /// Leads a line from a node to a border with the router, which takes the border for a tiny box.
    fn led_around(&mut self, node: usize, exit: Side, (border, down): (f64, bool)) -> Option<Polyline> {
        let one = self.boxes.get(node)?;
        let open: Vec<usize> = self.structure.around(node).collect();
        let margin = self.request.spacing.edge_gap;
        let before = if down { border - margin } else { border + margin };
        let is_free = |x: f64| {
            let gate =
                Rect::new(Point::new(x, before.min(border)), Point::new(x, before.max(border))).grown(margin / 2.0);
            !self.boxes.iter().enumerate().any(|(at, other)| !open.contains(&at) && other.overlaps(&gate))
        };
        let center = one.center().x;
        let tries = (0..400).map(|at| {
            let away = f64::from((at + 1) / 2) * margin.max(1.0) * 2.0;
            if at % 2 == 1 { center + away } else { center - away }
        });
        let used = |x: f64| self.is_taken(Point::new(x, border), Point::new(x, before));
        let x = tries.filter(|&x| !used(x)).find(|&x| is_free(x)).unwrap_or(center);
        let tip = if down { Point::new(x, border) } else { Point::new(x, border - 2.0) };
        let mut boxes: Vec<Rect> = vec![*one, Rect::from_center_size(tip.moved(0.0, 1.0), Size::new(2.0, 2.0))];
        let others = self.boxes.iter().enumerate().filter(|(at, _)| *at != node && !open.contains(at));
        boxes.extend(others.map(|(_, other)| *other));
        let entry = Some(if down { Side::Top } else { Side::Bottom });
        let edges = vec![RouteEdge { exit: Some(exit), entry, ..RouteEdge::between(0, 1) }];
        let line = routing::route(&RouteRequest { boxes, edges, margin, ..RouteRequest::default() }).pop().flatten()?;
        // Where there is no way around, straight to the border.
        let meets = line.last().is_some_and(|end| (end.y - border).abs() < 1e-6);
        let line = if meets {
            line
        } else {
            let side = if (one.max.y < border) == down { one.max.y } else { one.min.y };
            vec![Point::new(center, side), Point::new(center, border)]
        };
        self.taken.push((Point::new(x, border), Point::new(x, before)));
        Some(line)
    }

    /// An upright line from one lane to another, at the first place where nothing stands between.
    fn between_lanes(&mut self, from: usize, to: usize) -> Option<Polyline> {
        let (a, b) = (*self.lanes.get(from)?, *self.lanes.get(to)?);
        let (start, end) = if a.offset <= b.offset { (a.end(), b.offset) } else { (a.offset, b.end()) };
        if from == to {
            return None;
        }
        let all = bounds_of(self.boxes.iter(), std::iter::empty()).unwrap_or_default();
        let step = self.request.spacing.edge_gap.max(1.0) * 2.0;
        let count = (all.width() / step).floor().clamp(0.0, 2000.0) as usize;
        let middle = all.center().x;
        let places = (0..=count + 2).map(|at| {
            let away = at.div_ceil(2) as f64 * step;
            if at % 2 == 1 { middle + away } else { middle - away }
        });
        let clear = |x: &f64| {
            let line = [Point::new(*x, start), Point::new(*x, end)];
            let free = !self.boxes.iter().any(|one| routing::passes_through(&line, &one.grown(2.0)));
            free && !self.is_taken(line[0], line[1])
        };
        let x = { places }.find(clear).unwrap_or(all.max.x + step);
        let line = vec![Point::new(x, start), Point::new(x, end)];
        self.taken.push((line[0], line[1]));
        Some(line)
    }
}
