//! Orthogonal routes among boxes that stay where they are.
//!
//! For edges whose bends are not known any more, because a box was moved by hand or an edge is new, and for lines that
//! no arrangement places: messages, dotted lines, associations. After M. Wybrow, K. Marriott, P. J. Stuckey,
//! "Orthogonal connector routing" (Graph Drawing 2009), in four steps:
//!
//! 1. [`field`] prepares the boxes, [`visibility`] makes the sparse grid of tracks beside and between them;
//! 2. [`search`] finds for each edge, short ones first, the route with the least price of length, bends and crossings;
//!    edges that cross others get a second try;
//! 3. small steps before a side are straightened ([`ends`]);
//! 4. [`nudging`] sets parallel pieces apart, in an order without crossings ([`order`], [`separation`]).
//!
//! [`Router`] keeps a routed picture and answers what moving some boxes would change, by looking at their surroundings
//! only. [`place_labels`] finds places for labels.
//!
//! Invariants: a route keeps off the inside of every box but those that hold one of its ends, unless the end itself is
//! walled in on all sides: then boxes that touch the end are passed, and if that does not help all boxes. A side that is
//! asked for is used unless the way to it is closed. Pieces are level or upright; the same request gives the same routes.

mod ends;
mod field;
mod gates;
mod labels;
mod marks;
mod nudging;
mod obstacles;
mod order;
mod plan;
mod router;
mod search;
mod separation;
#[cfg(test)]
mod tests;
mod visibility;

pub use labels::{Ground, Label, LabelPlace, border_of, label_reach, place_labels};
pub use router::{Router, route_few};

use super::geometry::{Point, Polyline, Rect};
use super::request::RouteRequest;

/// Routes every edge around all boxes; `None` for an edge that names no box.
pub fn route(request: &RouteRequest) -> Vec<Option<Polyline>> {
    let all: Vec<usize> = (0..request.boxes.len()).collect();
    plan::route_among(request, &all)
}

/// Whether a line has a stretch inside a box; running along the border does not count.
pub fn passes_through(line: &[Point], one: &Rect) -> bool {
    const BORDER: f64 = 1e-6;
    let inner = one.grown(-BORDER);
    if inner.width() <= 0.0 || inner.height() <= 0.0 {
        return false;
    }
    line.windows(2).any(|pair| match pair {
        [a, b] => stretch_meets(*a, *b, &inner),
        _ => false,
    })
}

/// Where two lines of level and upright pieces cross; meeting at a corner does not count.
pub fn crossings(one: &[Point], other: &[Point]) -> Vec<Point> {
    const NEAR: f64 = 1e-6;
    let within = |at: f64, a: f64, b: f64| a.min(b) + NEAR < at && at < a.max(b) - NEAR;
    let meeting = |(a, b): (&Point, &Point), (c, d): (&Point, &Point)| {
        let is_crossed = (a.y - b.y).abs() < NEAR && (c.x - d.x).abs() < NEAR;
        (is_crossed && within(c.x, a.x, b.x) && within(a.y, c.y, d.y)).then(|| Point::new(c.x, a.y))
    };
    let mut found = Vec::new();
    for piece in one.iter().zip(one.iter().skip(1)) {
        for other in other.iter().zip(other.iter().skip(1)) {
            found.extend(meeting(piece, other).or_else(|| meeting(other, piece)));
        }
    }
    found
}

/// Whether the straight stretch between two points meets a box (slab method).
fn stretch_meets(a: Point, b: Point, one: &Rect) -> bool {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (start, end, low, high) in [(a.x, b.x, one.min.x, one.max.x), (a.y, b.y, one.min.y, one.max.y)] {
        let way = end - start;
        if way.abs() < 1e-12 {
            if start <= low || start >= high {
                return false;
            }
            continue;
        }
        let (first, second) = ((low - start) / way, (high - start) / way);
        enter = enter.max(first.min(second));
        leave = leave.min(first.max(second));
    }
    enter < leave
}
