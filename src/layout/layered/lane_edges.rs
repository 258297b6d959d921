//! Ends of messages at whole lanes and closed pools, and messages between two of these.
//!
//! A message from a box ends at the border of the lane that faces the box; the router leads it there. One from lane to
//! lane runs straight across the flow where it meets no box and crosses least.

use super::later::{Ground, Wanted};
use crate::layout::geometry::{Extent, Point, Polyline, bounds_of};
use crate::layout::request::{LaneEnd, Side};
use crate::layout::routing;

/// The border of a lane as an end of lines.
pub(super) struct Border {
    pub from: Point,
    pub to: Point,
    /// From where it is met.
    pub met: Side,
    /// The side of a box that faces it.
    pub facing: Side,
}

/// The border of a lane that faces a box; the lower one for a box inside the lane.
pub(super) fn border(ground: &Ground<'_>, node: usize, lane: usize) -> Option<Border> {
    let (one, lane) = (ground.boxes.get(node)?, ground.lanes.get(lane)?);
    let all = bounds_of(ground.boxes.iter(), std::iter::empty())?;
    let y = one.center().y;
    let (border, met, facing) = if y < lane.offset {
        (lane.offset, Side::Top, Side::Bottom)
    } else if y > lane.end() {
        (lane.end(), Side::Bottom, Side::Top)
    } else {
        (lane.end(), Side::Top, Side::Bottom)
    };
    Some(Border { from: Point::new(all.min.x, border), to: Point::new(all.max.x, border), met, facing })
}

/// Draws the wanted lines from lane to lane.
pub(super) fn between(
    ground: &Ground<'_>,
    wanted: &[Wanted],
    lane_routes: &mut [Option<Polyline>],
    routes: &[Option<Polyline>],
) {
    for &one in wanted {
        let Wanted::LaneEdge(edge) = one else { continue };
        let ends = &ground.request.lane_edges[edge];
        if let (LaneEnd::Lane(from), LaneEnd::Lane(to)) = (ends.from, ends.to)
            && let (Some(from), Some(to)) = (ground.lanes.get(from), ground.lanes.get(to))
            && from != to
        {
            let others: Vec<&Polyline> = routes.iter().chain(lane_routes.iter()).flatten().collect();
            let line = upright(ground, from, to, &others);
            lane_routes[edge] = Some(line);
        }
    }
}

/// An upright line from one lane to another, at the place nearest to the middle where nothing stands between and the
/// fewest lines are crossed.
fn upright(ground: &Ground<'_>, from: &Extent, to: &Extent, others: &[&Polyline]) -> Polyline {
    let (start, end) = if from.offset <= to.offset { (from.end(), to.offset) } else { (from.offset, to.end()) };
    let all = bounds_of(ground.boxes.iter(), std::iter::empty()).unwrap_or_default();
    let step = ground.request.spacing.edge_gap.max(1.0) * 2.0;
    let count = (all.width() / step).floor().clamp(0.0, 2000.0) as usize;
    let middle = all.center().x;
    let places = (0..=count + 2).map(|at| {
        let away = at.div_ceil(2) as f64 * step;
        if at % 2 == 1 { middle + away } else { middle - away }
    });
    let line_at = |x: f64| [Point::new(x, start), Point::new(x, end)];
    let is_clear = |line: &[Point; 2]| {
        let is_foreign = |end: Point| ground.boxes.iter().all(|one| !one.contains(end));
        is_foreign(line[0]) && !ground.boxes.iter().any(|one| routing::passes_through(line, &one.grown(2.0)))
    };
    let least = places.map(line_at).filter(is_clear).min_by_key(|line| met(line, step / 2.0, others));
    least.unwrap_or(line_at(all.max.x + step)).to_vec()
}

/// How many lines an upright one crosses; one that runs beside it closely counts for several.
fn met(line: &[Point; 2], near: f64, others: &[&Polyline]) -> usize {
    let (x, low, high) = (line[0].x, line[0].y.min(line[1].y), line[0].y.max(line[1].y));
    let price = |(a, b): (&Point, &Point)| {
        if a.y.max(b.y) < low || high < a.y.min(b.y) {
            return 0;
        }
        let is_upright = (a.x - b.x).abs() < 1e-6;
        match is_upright {
            true if (a.x - x).abs() < near => 10,
            false if a.x.min(b.x) < x && x < a.x.max(b.x) => 1,
            _ => 0,
        }
    };
    others.iter().flat_map(|other| other.iter().zip(other.iter().skip(1))).map(price).sum()
}
