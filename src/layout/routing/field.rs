//! The boxes of a request prepared for routing: who holds whom, how much room each side has, and where edges may meet.
//!
//! A box that wholly holds another one is a **room** (a pool, an open sub-process). Edges of what is in it pass its
//! border; for all others it is an obstacle. All other boxes are obstacles always, grown by a part of the room before
//! each side, so that routes keep off them where they can and still pass where boxes stand close. Boxes less than
//! [`SEALED`] apart have no way between them.

use super::obstacles::Columns;
use crate::layout::geometry::{Point, Rect};
use crate::layout::request::{PortShape, RouteRequest, Side};

/// Two boxes with less than this between them touch: nothing passes.
pub(super) const SEALED: f64 = 1.0;
/// Part of the room before a side that only edges of the box itself may use.
const HALO: f64 = 0.6;
/// An obstacle is at least grown by this much, so that nothing passes between boxes that touch.
const LEAST_HALO: f64 = 0.05;

/// The number of a side: 0 right, 1 bottom, 2 left, 3 top. An edge that leaves by a side runs that way.
pub(super) fn number(side: Side) -> usize {
    match side {
        Side::Right => 0,
        Side::Bottom => 1,
        Side::Left => 2,
        Side::Top => 3,
    }
}

/// Distance of the border from the origin on each side, along x for right and left.
pub(super) fn border(one: &Rect, side: usize) -> f64 {
    match side {
        0 => one.max.x,
        1 => one.max.y,
        2 => one.min.x,
        _ => one.min.y,
    }
}

/// The boxes of a request, prepared.
pub(super) struct Field {
    /// Which boxes are looked at.
    pub(super) indices: Vec<usize>,
    /// All boxes.
    pub(super) boxes: Vec<Rect>,
    /// Outlines.
    pub(super) shapes: Vec<PortShape>,
    /// Distance of the lines beside each side from it; 0 for a side that another box closes.
    pub(super) distances: Vec<[f64; 4]>,
    /// Indices of the boxes that hold others, the smallest first.
    pub(super) rooms: Vec<usize>,
    is_room: Vec<bool>,
    /// Obstacles with what is kept free around them, for upright rays.
    pub(super) upright: Columns,
    /// The same mirrored, for level rays.
    pub(super) level: Columns,
    /// Everything, with room around it.
    pub(super) bounds: Rect,
    /// Distance kept from boxes.
    pub(super) margin: f64,
}

impl Field {
    /// Prepares the boxes with the given indices.
    pub(super) fn new(request: &RouteRequest, indices: &[usize]) -> Self {
        let boxes = request.boxes.clone();
        let usable = |index: &usize| boxes.get(*index).is_some_and(is_usable);
        let listed: Vec<(usize, Rect)> =
            indices.iter().filter(|index| usable(index)).map(|&index| (index, boxes[index])).collect();
        let margin = request.margin.max(2.0);
        let plain = Columns::new(&listed);
        let is_room = rooms(&boxes, &listed, &plain);
        let mut rooms: Vec<usize> = listed.iter().map(|(index, _)| *index).filter(|&index| is_room[index]).collect();
        rooms.sort_by(|&a, &b| area(&boxes[a]).total_cmp(&area(&boxes[b])).then(a.cmp(&b)));
        let mut distances = vec![[margin; 4]; boxes.len()];
        for &(index, one) in &listed {
            distances[index] = distances_of(&one, index, &is_room, &plain, margin);
        }
        let grown: Vec<(usize, Rect)> = listed
            .iter()
            .filter(|(index, _)| !is_room[*index])
            .map(|&(index, one)| (index, with_halo(&one, &distances[index])))
            .collect();
        let mirrored: Vec<(usize, Rect)> = grown.iter().map(|(index, one)| (*index, one.transposed())).collect();
        let bounds = listed.iter().map(|(_, one)| *one).reduce(|all, one| all.union(&one)).unwrap_or_default();
        Self {
            indices: listed.iter().map(|(index, _)| *index).collect(),
            shapes: (0..boxes.len()).map(|index| request.shape(index)).collect(),
            boxes,
            distances,
            rooms,
            is_room,
            upright: Columns::new(&grown),
            level: Columns::new(&mirrored),
            bounds: bounds.grown(margin * 4.0),
            margin,
        }
    }

    /// Whether a box holds others.
    pub(super) fn is_room(&self, index: usize) -> bool {
        self.is_room.get(index).copied().unwrap_or(false)
    }

    /// Where an edge meets a side: in its middle, or, where another box covers that, at another place of the side.
    pub(super) fn place(&self, index: usize, side: usize) -> Option<Point> {
        let one = &self.boxes[index];
        let center = one.center();
        let is_round = self.shapes.get(index).is_some_and(|shape| *shape != PortShape::Rectangle);
        let shares: &[f64] = if is_round { &[0.5] } else { &[0.5, 0.25, 0.75, 0.1, 0.9] };
        let place = |share: f64| match side {
            0 | 2 if share == 0.5 => Point::new(border(one, side), center.y),
            0 | 2 => Point::new(border(one, side), one.min.y + one.height() * share),
            _ if share == 0.5 => Point::new(center.x, border(one, side)),
            _ => Point::new(one.min.x + one.width() * share, border(one, side)),
        };
        let outside = |point: &Point| match side {
            0 => point.moved(0.2, 0.0),
            1 => point.moved(0.0, 0.2),
            2 => point.moved(-0.2, 0.0),
            _ => point.moved(0.0, -0.2),
        };
        let is_free = |point: &Point| {
            let front = outside(point);
            !self.upright.is_inside(front.x, front.y, index)
        };
        shares.iter().map(|share| place(*share)).find(is_free)
    }
}

/// Whether a box has finite corners in the right order; one without any extent stands for none.
fn is_usable(one: &Rect) -> bool {
    let corners = [one.min.x, one.min.y, one.max.x, one.max.y];
    let has_extent = one.width() >= 0.0 && one.height() >= 0.0 && one.width() + one.height() > 0.0;
    corners.iter().all(|value| value.is_finite()) && has_extent
}

fn area(one: &Rect) -> f64 {
    one.width() * one.height()
}

/// Whether the first box wholly holds the second one.
pub(super) fn holds(outer: &Rect, inner: &Rect) -> bool {
    outer.min.x <= inner.min.x
        && outer.min.y <= inner.min.y
        && inner.max.x <= outer.max.x
        && inner.max.y <= outer.max.y
        && area(outer) > area(inner)
}

fn rooms(boxes: &[Rect], listed: &[(usize, Rect)], plain: &Columns) -> Vec<bool> {
    let mut is_room = vec![false; boxes.len()];
    for &(index, inner) in listed {
        let center = inner.center();
        let around = Rect::new(center, center).grown(0.5);
        plain.in_window(&around, |other, outer| {
            if other != index && holds(outer, &inner) {
                is_room[other] = true;
            }
        });
    }
    is_room
}

/// How far from each side the lines beside it run: the margin, or half of the way to the next box.
fn distances_of(one: &Rect, index: usize, is_room: &[bool], plain: &Columns, margin: f64) -> [f64; 4] {
    let mut distances = [margin; 4];
    let mut limit = |side: usize, room: f64| {
        distances[side] = distances[side].min(if room < SEALED { 0.0 } else { room / 2.0 });
    };
    plain.in_window(&one.grown(2.0 * margin), |other, found| {
        if other == index || holds(one, found) {
            return;
        }
        if is_room[other] && holds(found, one) {
            let inner =
                [found.max.x - one.max.x, found.max.y - one.max.y, one.min.x - found.min.x, one.min.y - found.min.y];
            for (side, room) in inner.into_iter().enumerate() {
                limit(side, room.max(SEALED));
            }
            return;
        }
        let gaps = [found.min.x - one.max.x, found.min.y - one.max.y, one.min.x - found.max.x, one.min.y - found.max.y];
        // Boxes that stand askew are kept apart along the axis on which they are farther apart.
        let mut side = 0;
        for (candidate, gap) in gaps.iter().enumerate() {
            if *gap > gaps[side] {
                side = candidate;
            }
        }
        if gaps[side] >= 0.0 {
            limit(side, gaps[side]);
        }
    });
    distances
}

fn with_halo(one: &Rect, distances: &[f64; 4]) -> Rect {
    let [right, bottom, left, top] = distances.map(|distance| (distance * HALO).max(LEAST_HALO));
    Rect::new(one.min.moved(-left, -top), one.max.moved(right, bottom))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::geometry::Size;

    fn field(boxes: Vec<Rect>) -> Field {
        let request = RouteRequest { boxes, ..RouteRequest::default() };
        let indices: Vec<usize> = (0..request.boxes.len()).collect();
        Field::new(&request, &indices)
    }

    fn rect(x: f64, y: f64, width: f64, height: f64) -> Rect {
        Rect::from_min_size(Point::new(x, y), Size::new(width, height))
    }

    #[test]
    fn lines_run_in_the_middle_of_a_narrow_channel_and_not_at_all_in_a_closed_one() {
        let field =
            field(vec![rect(0.0, 0.0, 100.0, 50.0), rect(110.0, 0.0, 100.0, 50.0), rect(210.0, 10.0, 50.0, 50.0)]);
        assert_eq!(field.distances[0], [5.0, 12.0, 12.0, 12.0]);
        assert_eq!(field.distances[1], [0.0, 12.0, 5.0, 12.0]);
        assert!(field.rooms.is_empty());
    }

    #[test]
    fn a_box_around_others_is_a_room_and_covered_sides_offer_another_place() {
        let field =
            field(vec![rect(0.0, 0.0, 400.0, 300.0), rect(50.0, 50.0, 100.0, 80.0), rect(150.0, 80.0, 60.0, 20.0)]);
        assert_eq!(field.rooms, [0]);
        assert_eq!(field.place(1, 0), Some(Point::new(150.0, 70.0)), "the middle of the side is covered");
        assert_eq!(field.place(1, 2), Some(Point::new(50.0, 90.0)));
    }
}
