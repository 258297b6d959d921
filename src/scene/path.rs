//! Lines with rounded bends, as curves for exporters and as points for painters.
//!
//! A bend of radius r replaces a corner by a quadratic curve that starts r before it and ends r behind it; where a
//! segment is shorter than two bends, each gets half of it.

use emath::Pos2;

use super::item::PathItem;

/// A piece of an outline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Segment {
    /// Begins at a point.
    Move(Pos2),
    /// A straight line to a point.
    Line(Pos2),
    /// A quadratic curve: control point, end.
    Curve(Pos2, Pos2),
    /// Back to the beginning.
    Close,
}

/// The pieces of a path, its bends rounded.
pub fn segments(path: &PathItem) -> Vec<Segment> {
    let points = &path.points;
    let mut pieces = Vec::with_capacity(points.len() * 2 + 1);
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return pieces };
    if points.len() == 1 {
        return pieces;
    }
    let count = points.len();
    for (index, corner) in points.iter().enumerate() {
        let is_end = !path.closed && (index == 0 || index + 1 == count);
        let before = if index == 0 { *last } else { points.get(index - 1).copied().unwrap_or(*last) };
        let after = points.get(index + 1).copied().unwrap_or(*first);
        match bend(before, *corner, after, path.bend).filter(|_| !is_end) {
            Some((from, to)) => {
                pieces.push(if index == 0 { Segment::Move(from) } else { Segment::Line(from) });
                pieces.push(Segment::Curve(*corner, to));
            }
            None => pieces.push(if index == 0 { Segment::Move(*corner) } else { Segment::Line(*corner) }),
        }
    }
    if path.closed {
        pieces.push(Segment::Close);
    }
    pieces
}

/// Where the bend at a corner begins and ends; none where there is nothing to round.
fn bend(before: Pos2, corner: Pos2, after: Pos2, radius: f32) -> Option<(Pos2, Pos2)> {
    let (back, forth) = (before - corner, after - corner);
    let reach = radius.min(back.length() / 2.0).min(forth.length() / 2.0);
    let is_straight = (back.x * forth.y - back.y * forth.x).abs() < 1e-3;
    (reach > 0.1 && !is_straight).then(|| (corner + back.normalized() * reach, corner + forth.normalized() * reach))
}

/// The path as straight pieces, each bend as `pieces_per_bend` of them; a closed one ends where it begins.
pub fn flattened(path: &PathItem, pieces_per_bend: usize) -> Vec<Pos2> {
    let mut points = Vec::new();
    let mut start = None;
    let steps = pieces_per_bend.max(1);
    for segment in segments(path) {
        match segment {
            Segment::Move(point) => {
                start = Some(point);
                points.push(point);
            }
            Segment::Line(point) => points.push(point),
            Segment::Curve(control, end) => {
                let from = points.last().copied().unwrap_or(control);
                points.extend((1..=steps).map(|step| quadratic(from, control, end, step as f32 / steps as f32)));
            }
            Segment::Close => points.extend(start),
        }
    }
    points
}

fn quadratic(from: Pos2, control: Pos2, to: Pos2, t: f32) -> Pos2 {
    let one = from + (control - from) * t;
    let two = control + (to - control) * t;
    one + (two - one) * t
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::item::Style;
    use emath::pos2;

    fn elbow(bend: f32, closed: bool) -> PathItem {
        let points = vec![pos2(0.0, 0.0), pos2(100.0, 0.0), pos2(100.0, 10.0)];
        PathItem { points, closed, bend, style: Style::default() }
    }

    #[test]
    fn a_bend_is_cut_down_to_half_of_a_short_segment() {
        let expected = [
            Segment::Move(pos2(0.0, 0.0)),
            Segment::Line(pos2(95.0, 0.0)),
            Segment::Curve(pos2(100.0, 0.0), pos2(100.0, 5.0)),
            Segment::Line(pos2(100.0, 10.0)),
        ];
        assert_eq!(segments(&elbow(8.0, false)), expected);
        assert_eq!(segments(&elbow(0.0, false)).len(), 3);
    }

    #[test]
    fn a_closed_path_returns_to_its_start() {
        let points = flattened(&elbow(2.0, true), 4);
        assert_eq!(points.first(), points.last());
        assert_eq!(flattened(&elbow(0.0, false), 4).len(), 3);
    }
}
