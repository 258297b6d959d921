//! Equal distances while moving: the gap to a neighbour becomes like the gap between two neighbours. Pure.

use emath::{Pos2, Rect};

use super::snap::Axis;

/// A free distance between two boxes, as a line from border to border in world units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    /// At the border of the first box.
    pub from: Pos2,
    /// At the border of the second box.
    pub to: Pos2,
}

/// The least shift along an axis that makes equal gaps, within `reach`: between two neighbours, or as far from one as
/// that one is from the next.
pub fn nearest(moved: Rect, neighbours: &[Rect], reach: f32, axis: Axis) -> Option<f32> {
    let row = row(moved, neighbours, axis);
    let (start, end) = (axis.start(moved), axis.end(moved));
    let mut best: Option<f32> = None;
    let mut offer = |shift: f32| {
        if shift.abs() <= reach && best.is_none_or(|least: f32| shift.abs() < least.abs()) {
            best = Some(shift);
        }
    };
    for (index, first) in row.iter().enumerate() {
        for second in row.iter().skip(index + 1) {
            let gap = axis.start(*second) - axis.end(*first);
            if gap <= 0.0 {
                continue;
            }
            let between = f32::midpoint(axis.end(*first), axis.start(*second)) - f32::midpoint(start, end);
            if end - start < gap {
                offer(between);
            }
            offer(axis.end(*second) + gap - start);
            offer(axis.start(*first) - gap - end);
        }
    }
    best
}

/// The gaps beside a box that equal another one: those to show.
pub fn equal(moved: Rect, neighbours: &[Rect], axis: Axis) -> Vec<Gap> {
    const NEAR: f32 = 0.6;
    let row = row(moved, neighbours, axis);
    let before = row.iter().copied().filter(|rect| axis.end(*rect) <= axis.start(moved) + NEAR);
    let after = row.iter().copied().filter(|rect| axis.start(*rect) >= axis.end(moved) - NEAR);
    let before = before.max_by(|a, b| axis.end(*a).total_cmp(&axis.end(*b)));
    let after = after.min_by(|a, b| axis.start(*a).total_cmp(&axis.start(*b)));
    let length = |first: Rect, second: Rect| axis.start(second) - axis.end(first);
    let is_like = |own: f32, other: f32| own > NEAR && (own - other).abs() < NEAR;
    let mut gaps = Vec::new();
    if let (Some(before), Some(after)) = (before, after)
        && is_like(length(before, moved), length(moved, after))
    {
        return vec![gap(before, moved, axis), gap(moved, after, axis)];
    }
    for (index, first) in row.iter().enumerate() {
        for second in row.iter().skip(index + 1) {
            let other = length(*first, *second);
            if before == Some(*second) && is_like(length(*second, moved), other) {
                gaps = vec![gap(*first, *second, axis), gap(*second, moved, axis)];
            } else if after == Some(*first) && is_like(length(moved, *first), other) {
                gaps = vec![gap(moved, *first, axis), gap(*first, *second, axis)];
            }
        }
    }
    gaps
}

/// The neighbours beside a box along an axis, in their order, each once.
fn row(moved: Rect, neighbours: &[Rect], axis: Axis) -> Vec<Rect> {
    /// So many are looked at; more would not be seen in one glance.
    const MOST: usize = 24;
    let mut row: Vec<Rect> = neighbours.iter().copied().filter(|rect| axis.is_beside(*rect, moved)).collect();
    row.sort_by(|a, b| {
        let distance = |rect: &Rect| (axis.middle(*rect) - axis.middle(moved)).abs();
        distance(a).total_cmp(&distance(b))
    });
    row.truncate(MOST);
    row.sort_by(|a, b| axis.start(*a).total_cmp(&axis.start(*b)));
    row
}

fn gap(first: Rect, second: Rect, axis: Axis) -> Gap {
    let (from, to) = (axis.end(first), axis.start(second));
    match axis {
        Axis::X => {
            let y = f32::midpoint(first.top().max(second.top()), first.bottom().min(second.bottom()));
            Gap { from: Pos2::new(from, y), to: Pos2::new(to, y) }
        }
        Axis::Y => {
            let x = f32::midpoint(first.left().max(second.left()), first.right().min(second.right()));
            Gap { from: Pos2::new(x, from), to: Pos2::new(x, to) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use emath::vec2;

    fn boxed(x: f32) -> Rect {
        Rect::from_center_size(Pos2::new(x, 0.0), vec2(100.0, 40.0))
    }

    #[test]
    fn the_third_box_of_a_row_takes_up_the_gap_of_the_first_two() {
        let row = [boxed(0.0), boxed(150.0)];
        assert_eq!(nearest(boxed(296.0), &row, 6.0, Axis::X), Some(4.0));
        assert_eq!(nearest(boxed(-153.0), &row, 6.0, Axis::X), Some(3.0));
        assert_eq!(nearest(boxed(320.0), &row, 6.0, Axis::X), None);
        let gaps = equal(boxed(300.0), &row, Axis::X);
        assert_eq!(gaps.iter().map(|gap| gap.to.x - gap.from.x).collect::<Vec<_>>(), [50.0, 50.0]);
        assert!(equal(boxed(310.0), &row, Axis::X).is_empty());
    }

    #[test]
    fn a_box_between_two_comes_to_their_middle_and_others_do_not_count() {
        let row = [boxed(0.0), boxed(400.0), boxed(200.0).translate(vec2(0.0, 300.0))];
        assert_eq!(nearest(boxed(197.0), &row, 6.0, Axis::X), Some(3.0));
        assert_eq!(equal(boxed(200.0), &row, Axis::X).len(), 2);
        assert_eq!(nearest(boxed(197.0), &row, 6.0, Axis::Y), None);
    }
}
