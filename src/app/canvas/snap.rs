//! Alignment while moving: edges and centres of the moving box meet those of its neighbours. Pure.

use emath::{Pos2, Rect, Vec2};

/// How close two lines must be to become one, in screen points.
pub const REACH: f32 = 6.0;

/// A line that shows what is aligned, in world units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guide {
    /// One end.
    pub from: Pos2,
    /// The other end.
    pub to: Pos2,
}

/// What snapping made of a move.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapped {
    /// The move to make.
    pub by: Vec2,
    /// What it aligns.
    pub guides: Vec<Guide>,
}

/// Changes a move of a box so that it aligns with neighbours within `reach`, in world units.
pub fn snap(moving: Rect, by: Vec2, neighbours: &[Rect], reach: f32) -> Snapped {
    let moved = moving.translate(by);
    let (x, y) = (nearest(moved, neighbours, reach, Axis::X), nearest(moved, neighbours, reach, Axis::Y));
    let shift = Vec2::new(x.map_or(0.0, |(shift, _)| shift), y.map_or(0.0, |(shift, _)| shift));
    let aligned = moved.translate(shift);
    let guide = |axis: Axis, found: Option<(f32, Rect)>| {
        let (_, neighbour) = found?;
        let at = axis
            .lines(aligned)
            .into_iter()
            .find(|line| axis.lines(neighbour).iter().any(|other| (line - other).abs() < 0.01))?;
        let both = aligned.union(neighbour);
        Some(match axis {
            Axis::X => Guide { from: Pos2::new(at, both.top()), to: Pos2::new(at, both.bottom()) },
            Axis::Y => Guide { from: Pos2::new(both.left(), at), to: Pos2::new(both.right(), at) },
        })
    };
    Snapped { by: by + shift, guides: [guide(Axis::X, x), guide(Axis::Y, y)].into_iter().flatten().collect() }
}

#[derive(Clone, Copy)]
enum Axis {
    X,
    Y,
}

impl Axis {
    /// Middle, beginning and end of a box along the axis. The middle comes first: it wins a tie.
    fn lines(self, rect: Rect) -> [f32; 3] {
        match self {
            Self::X => [rect.center().x, rect.left(), rect.right()],
            Self::Y => [rect.center().y, rect.top(), rect.bottom()],
        }
    }

    fn distance_across(self, a: Rect, b: Rect) -> f32 {
        match self {
            Self::X => (a.center().y - b.center().y).abs(),
            Self::Y => (a.center().x - b.center().x).abs(),
        }
    }
}

/// The least shift that aligns two lines, with the neighbour; among equal ones the nearest neighbour.
fn nearest(moved: Rect, neighbours: &[Rect], reach: f32, axis: Axis) -> Option<(f32, Rect)> {
    let mut best: Option<(f32, f32, Rect)> = None;
    let own = axis.lines(moved);
    for neighbour in neighbours {
        let across = axis.distance_across(moved, *neighbour);
        for line in own {
            for other in axis.lines(*neighbour) {
                let shift = other - line;
                let is_better = best.is_none_or(|(least, least_across, _)| {
                    let difference = shift.abs() - f32::abs(least);
                    difference < -0.01 || (difference < 0.01 && across < least_across)
                });
                if shift.abs() <= reach && is_better {
                    best = Some((shift, across, *neighbour));
                }
            }
        }
    }
    best.map(|(shift, _, neighbour)| (shift, neighbour))
}

#[cfg(test)]
mod tests {
    use super::*;
    use emath::{pos2, vec2};

    fn boxed(center: Pos2) -> Rect {
        Rect::from_center_size(center, vec2(100.0, 40.0))
    }

    #[test]
    fn a_centre_close_to_a_neighbours_centre_meets_it() {
        let snapped = snap(boxed(pos2(0.0, 0.0)), vec2(200.0, 96.0), &[boxed(pos2(0.0, 100.0))], 6.0);
        assert_eq!(snapped.by, vec2(200.0, 100.0));
        assert_eq!(snapped.guides, [Guide { from: pos2(-50.0, 100.0), to: pos2(250.0, 100.0) }]);
    }

    #[test]
    fn far_from_every_neighbour_a_move_stays_as_it_is() {
        let snapped = snap(boxed(pos2(0.0, 0.0)), vec2(57.0, 300.0), &[boxed(pos2(0.0, 0.0))], 6.0);
        assert_eq!(snapped, Snapped { by: vec2(57.0, 300.0), guides: Vec::new() });
    }

    #[test]
    fn edges_align_and_the_nearest_neighbour_wins() {
        let far = boxed(pos2(500.0, 1000.0));
        let near = boxed(pos2(500.0, 100.0));
        let snapped = snap(boxed(pos2(0.0, 0.0)), vec2(396.0, 30.0), &[far, near], 6.0);
        assert_eq!(snapped.by.x, 400.0);
        assert!(snapped.guides.iter().all(|guide| guide.to.y <= 120.0));
    }
}
