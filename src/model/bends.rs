//! How the bends of a hand-made line follow boxes that move.

use super::view::{Point, Size};

/// Coordinates closer than this are equal, in world units.
const NEAR: f64 = 0.001;

/// The box at an end of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EndBox {
    /// Its middle.
    pub center: Point,
    /// Its size; none for the natural size of its text, which only the picture knows.
    pub size: Option<Size>,
}

impl EndBox {
    /// The box around a centre.
    pub fn new(center: Point, size: Option<Size>) -> Self {
        Self { center, size }
    }
}

/// A line, ends included, after the boxes at its ends moved or changed their sizes.
///
/// Where both ends move alike the whole line moves. Else each end stays at its place of its box, the piece beside it
/// stays level or upright, all bends between keep their places, and bends that have become none are dropped. A straight
/// line whose ends no longer face each other gets a step in its middle.
pub fn follow(line: &[Point], old_from: EndBox, old_to: EndBox, new_from: EndBox, new_to: EndBox) -> Vec<Point> {
    let [first, second, ..] = line else { return line.to_vec() };
    let (last, before) = (line[line.len() - 1], line[line.len() - 2]);
    let start = carried(*first, is_level(*first, *second), old_from, new_from);
    let end = carried(last, is_level(before, last), old_to, new_to);
    let (x, y) = (start.x - first.x, start.y - first.y);
    if (end.x - last.x - x).abs() < NEAR && (end.y - last.y - y).abs() < NEAR {
        return line.iter().map(|point| Point::new(point.x + x, point.y + y)).collect();
    }
    let mut bends = if line.len() == 2 {
        stepped(start, end, is_level(*first, *second))
    } else {
        let mut bends = line.to_vec();
        pull_first(&mut bends, start);
        bends.reverse();
        pull_first(&mut bends, end);
        bends.reverse();
        bends
    };
    drop_straight(&mut bends);
    bends
}

fn is_level(a: Point, b: Point) -> bool {
    (a.y - b.y).abs() <= (a.x - b.x).abs()
}

/// The place of an end at its box after that has changed.
fn carried(end: Point, is_level: bool, old: EndBox, new: EndBox) -> Point {
    let axis = |offset: f64, old: Option<f64>, new: Option<f64>, is_along: bool| match (old, new) {
        (Some(old), Some(new)) if old > NEAR => offset * new / old,
        // The end lies on the border of a box of unknown size: along the line its offset is half of that size.
        (None, Some(new)) if is_along => offset.signum() * new / 2.0,
        (None, Some(new)) => offset.clamp(-new / 2.0, new / 2.0),
        _ => offset,
    };
    let (old_size, new_size) = (old.size, new.size);
    let width = |size: Option<Size>| size.map(|size| size.width);
    let height = |size: Option<Size>| size.map(|size| size.height);
    let x = axis(end.x - old.center.x, width(old_size), width(new_size), is_level);
    let y = axis(end.y - old.center.y, height(old_size), height(new_size), !is_level);
    Point::new(new.center.x + x, new.center.y + y)
}

/// Moves the first point; the second one follows so that the piece between them keeps its direction.
fn pull_first(bends: &mut [Point], to: Point) {
    let [first, second, ..] = bends else { return };
    if is_level(*first, *second) {
        second.y = if (first.y - second.y).abs() < NEAR { to.y } else { second.y };
    } else {
        second.x = if (first.x - second.x).abs() < NEAR { to.x } else { second.x };
    }
    *first = to;
}

/// A straight line, with a step in its middle if its ends do not face each other.
fn stepped(start: Point, end: Point, is_level: bool) -> Vec<Point> {
    let (middle_x, middle_y) = (f64::midpoint(start.x, end.x), f64::midpoint(start.y, end.y));
    if is_level {
        vec![start, Point::new(middle_x, start.y), Point::new(middle_x, end.y), end]
    } else {
        vec![start, Point::new(start.x, middle_y), Point::new(end.x, middle_y), end]
    }
}

/// Drops repeated points and points within a straight piece; the ends stay.
fn drop_straight(bends: &mut Vec<Point>) {
    let near = |a: f64, b: f64| (a - b).abs() < NEAR;
    let mut kept: Vec<Point> = Vec::with_capacity(bends.len());
    for point in bends.iter().copied() {
        if kept.last().is_some_and(|last| near(last.x, point.x) && near(last.y, point.y)) {
            kept.pop();
        }
        if let [.., before, last] = kept.as_slice() {
            let in_column = near(before.x, last.x) && near(last.x, point.x);
            let in_row = near(before.y, last.y) && near(last.y, point.y);
            if in_column || in_row {
                kept.pop();
            }
        }
        kept.push(point);
    }
    if let (1, Some(first)) = (kept.len(), bends.first()) {
        kept.insert(0, *first);
    }
    *bends = kept;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn points(list: &[(f64, f64)]) -> Vec<Point> {
        list.iter().map(|&(x, y)| Point::new(x, y)).collect()
    }

    fn at(x: f64, y: f64) -> EndBox {
        EndBox::new(Point::new(x, y), Some(Size::new(20.0, 20.0)))
    }

    #[test]
    fn bends_between_stay_and_the_pieces_at_the_ends_follow() {
        let line = points(&[(10.0, 0.0), (50.0, 0.0), (50.0, 40.0), (80.0, 40.0), (80.0, 90.0), (90.0, 90.0)]);
        let (from, to) = (at(0.0, 0.0), at(100.0, 90.0));
        let moved = follow(&line, from, to, at(-5.0, 7.0), to);
        assert_eq!(moved[..3], points(&[(5.0, 7.0), (50.0, 7.0), (50.0, 40.0)]));
        assert_eq!(moved[3..], line[3..]);
        let both = follow(&line, from, to, at(3.0, 4.0), at(103.0, 94.0));
        let shifted: Vec<Point> = line.iter().map(|point| Point::new(point.x + 3.0, point.y + 4.0)).collect();
        assert_eq!(both, shifted);
    }

    #[test]
    fn bends_that_have_become_none_are_dropped_and_straight_lines_get_a_step() {
        let line = points(&[(10.0, 0.0), (50.0, 0.0), (50.0, 40.0), (90.0, 40.0)]);
        let level = follow(&line, at(0.0, 0.0), at(100.0, 40.0), at(0.0, 40.0), at(100.0, 40.0));
        assert_eq!(level, points(&[(10.0, 40.0), (90.0, 40.0)]));
        let stepped = follow(&level, at(0.0, 40.0), at(100.0, 40.0), at(0.0, 0.0), at(100.0, 40.0));
        assert_eq!(stepped, line);
    }

    #[test]
    fn the_end_stays_on_the_border_of_a_box_that_grows() {
        let line = points(&[(10.0, 5.0), (50.0, 5.0), (50.0, 40.0)]);
        let wide = |size| EndBox::new(Point::new(0.0, 0.0), size);
        let to = at(50.0, 50.0);
        let known = follow(&line, at(0.0, 0.0), to, wide(Some(Size::new(60.0, 40.0))), to);
        assert_eq!(known[..2], points(&[(30.0, 10.0), (50.0, 10.0)]));
        let unknown = follow(&line, wide(None), to, wide(Some(Size::new(60.0, 40.0))), to);
        assert_eq!(unknown[..2], points(&[(30.0, 5.0), (50.0, 5.0)]));
    }

    proptest! {
        #[test]
        fn ends_stay_attached_and_pieces_level_or_upright(
            runs in prop::collection::vec(-80.0..80.0_f64, 1..8),
            moves in prop::array::uniform4(-120.0..120.0_f64),
        ) {
            let mut line = vec![Point::new(10.0, 3.0)];
            for (index, run) in runs.iter().enumerate() {
                let last = line[line.len() - 1];
                let run = if run.abs() < 1.0 { 5.0 } else { *run };
                line.push(if index % 2 == 0 { Point::new(last.x + run, last.y) } else { Point::new(last.x, last.y + run) });
            }
            let end = line[line.len() - 1];
            let (old_from, old_to) = (at(0.0, 0.0), at(end.x + 10.0, end.y));
            let new_from = at(moves[0], moves[1]);
            let new_to = at(old_to.center.x + moves[2], old_to.center.y + moves[3]);
            let moved = follow(&line, old_from, old_to, new_from, new_to);
            let near = |a: Point, b: Point| (a.x - b.x).abs() < 0.01 && (a.y - b.y).abs() < 0.01;
            prop_assert!(near(moved[0], Point::new(10.0 + moves[0], 3.0 + moves[1])));
            prop_assert!(near(moved[moved.len() - 1], Point::new(end.x + moves[2], end.y + moves[3])));
            prop_assert!(moved.len() <= line.len().max(4));
            for pair in moved.windows(2) {
                let square = (pair[0].x - pair[1].x).abs() < 0.01 || (pair[0].y - pair[1].y).abs() < 0.01;
                prop_assert!(square, "{moved:?}");
            }
        }
    }
}
