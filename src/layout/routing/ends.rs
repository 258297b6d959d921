//! The ends of routes: which are usable, how far they may move along their side, and steps just before them.

use super::field::Field;
use super::gates::side_of;
use super::nudging::side_range;
use super::obstacles::NEAR;
use crate::layout::geometry::{Point, Polyline, Rect, simplify};
use crate::layout::request::{End, PortShape, RouteEdge, RouteRequest};

/// Whether an end can be routed to.
pub(super) fn is_usable(request: &RouteRequest, end: End) -> bool {
    let is_finite = |point: Point| point.x.is_finite() && point.y.is_finite();
    match end {
        End::Box(index) => request.boxes.get(index).is_some_and(|one| is_finite(one.min) && is_finite(one.max)),
        End::Point(at) => is_finite(at),
        End::Line(from, to) => {
            let is_straight = (from.x - to.x).abs() < NEAR || (from.y - to.y).abs() < NEAR;
            is_finite(from) && is_finite(to) && is_straight
        }
    }
}

/// The box, point or stretch of an end as a box.
pub(super) fn area_of(boxes: &[Rect], end: End) -> Rect {
    match end {
        End::Box(index) => boxes.get(index).copied().unwrap_or_default(),
        End::Point(at) => Rect::new(at, at),
        End::Line(from, to) => Rect::new(from, from).union(&Rect::new(to, to)),
    }
}

/// How far the place at which a route meets an end may move along it.
pub(super) fn range_of(field: &Field, end: End, at: Point) -> (f64, f64) {
    match end {
        End::Box(index) if field.shapes[index] == PortShape::Rectangle => match side_of(&field.boxes[index], at) {
            Some(side) => side_range(&field.boxes[index], side),
            None => (at.x, at.x),
        },
        End::Box(index) => match side_of(&field.boxes[index], at) {
            Some(side) if side % 2 == 0 => (at.y, at.y),
            _ => (at.x, at.x),
        },
        End::Line(from, to) if (from.y - to.y).abs() < NEAR => (from.x.min(to.x), from.x.max(to.x)),
        End::Line(from, to) => (from.y.min(to.y), from.y.max(to.y)),
        // A point is met level or upright; which of the two is known to the caller.
        End::Point(_) => (f64::NAN, f64::NAN),
    }
}

/// The limits of both ends of a route.
pub(super) fn ranges(field: &Field, edge: &RouteEdge, line: &[Point]) -> [(f64, f64); 2] {
    let fixed = |at: Point, next: Point| if (at.y - next.y).abs() < NEAR { (at.y, at.y) } else { (at.x, at.x) };
    let one = |end: End, at: Point, next: Point| {
        let range = range_of(field, end, at);
        let place = fixed(at, next).0;
        // A place outside its range (a side too short for it) stays.
        if range.0 <= place + NEAR && place - NEAR <= range.1 { range } else { (place, place) }
    };
    match line {
        [] | [_] => [(0.0, 0.0); 2],
        [first, second, ..] => {
            let (last, before) = (line[line.len() - 1], line[line.len() - 2]);
            [one(edge.start(), *first, *second), one(edge.finish(), last, before)]
        }
    }
}

/// Takes out a step just before an end, where the end can move along its side instead: two bends less.
pub(super) fn straighten(field: &Field, edge: &RouteEdge, line: &mut Polyline) {
    straighten_last(field, edge.finish(), line);
    line.reverse();
    straighten_last(field, edge.start(), line);
    line.reverse();
}

fn straighten_last(field: &Field, end: End, line: &mut Polyline) {
    let [.., third, second, first, at] = line.as_slice() else { return };
    let (third, second, first, at) = (*third, *second, *first, *at);
    let is_level = (first.y - at.y).abs() < NEAR;
    let onward = if is_level {
        (second.x - third.x) * (at.x - first.x) > 0.0
    } else {
        (second.y - third.y) * (at.y - first.y) > 0.0
    };
    let (low, high) = range_of(field, end, at);
    let place = if is_level { second.y } else { second.x };
    if !onward || !(low..=high).contains(&place) {
        return;
    }
    let moved = if is_level { Point::new(at.x, place) } else { Point::new(place, at.y) };
    if is_clear(field, second, moved, end) {
        line.truncate(line.len() - 3);
        line.push(second);
        line.push(moved);
        simplify(line);
    }
}

/// Whether a stretch that ends at the border of a box meets no other box, nor the keep-out of one.
fn is_clear(field: &Field, from: Point, to: Point, end: End) -> bool {
    let own = match end {
        End::Box(index) => index,
        _ => usize::MAX,
    };
    let stretch = Rect::new(from, from).union(&Rect::new(to, to)).grown(0.5);
    let mut is_clear = true;
    field.upright.in_window(&stretch, |index, _| is_clear &= index == own);
    // Rooms are passed by their own edges only; those keep their step.
    is_clear && !field.rooms.iter().any(|&room| room != own && field.boxes[room].overlaps(&stretch))
}
