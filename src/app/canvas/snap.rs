//! Alignment while moving: edges and centres of the moving box meet those of its neighbours, or its gaps become equal to
//! theirs. Pure.

use emath::{Pos2, Rect, Vec2};

use super::spacing::{self, Gap};

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
    /// Which gaps it makes equal.
    pub gaps: Vec<Gap>,
}

/// Changes a move of a box so that it aligns with neighbours within `reach`, in world units, or keeps their distance;
/// whichever is less of a change.
pub fn snap(moving: Rect, by: Vec2, neighbours: &[Rect], reach: f32) -> Snapped {
    let moved = moving.translate(by);
    let (x, y) = (nearest(moved, neighbours, reach, Axis::X), nearest(moved, neighbours, reach, Axis::Y));
    let shift = Vec2::new(
        nearer(x, spacing::nearest(moved, neighbours, reach, Axis::X)),
        nearer(y, spacing::nearest(moved, neighbours, reach, Axis::Y)),
    );
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
    let guides = [guide(Axis::X, x), guide(Axis::Y, y)].into_iter().flatten().collect();
    let gaps = [Axis::X, Axis::Y].into_iter().flat_map(|axis| spacing::equal(aligned, neighbours, axis)).collect();
    Snapped { by: by + shift, guides, gaps }
}

/// The sides of neighbours that two sides of a box come close to: where they are, and whose.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sides {
    /// An upright side.
    pub x: Option<(f32, Rect)>,
    /// A level side.
    pub y: Option<(f32, Rect)>,
}

/// The nearest sides of neighbours within `reach` of the two sides that meet in a corner; among equal ones those of the
/// nearest neighbour.
pub fn sides(corner: Pos2, neighbours: &[Rect], reach: f32) -> Sides {
    let nearest = |axis: Axis, at: f32| {
        let all = neighbours.iter().flat_map(|rect| [(axis.start(*rect), *rect), (axis.end(*rect), *rect)]);
        let near = all.filter(|(side, _)| (side - at).abs() <= reach);
        let cost = |(side, rect): &(f32, Rect)| ((side - at).abs(), rect.distance_sq_to_pos(corner));
        near.min_by(|a, b| cost(a).0.total_cmp(&cost(b).0).then(cost(a).1.total_cmp(&cost(b).1)))
    };
    Sides { x: nearest(Axis::X, corner.x), y: nearest(Axis::Y, corner.y) }
}

impl Sides {
    /// Lines through the sides that a box shares with neighbours, where its corner came there.
    pub fn guides(self, rect: Rect, corner: Pos2) -> Vec<Guide> {
        let upright = self.x.filter(|(x, _)| (x - corner.x).abs() < 0.01).map(|(x, neighbour)| {
            let both = rect.union(neighbour);
            Guide { from: Pos2::new(x, both.top()), to: Pos2::new(x, both.bottom()) }
        });
        let level = self.y.filter(|(y, _)| (y - corner.y).abs() < 0.01).map(|(y, neighbour)| {
            let both = rect.union(neighbour);
            Guide { from: Pos2::new(both.left(), y), to: Pos2::new(both.right(), y) }
        });
        upright.into_iter().chain(level).collect()
    }
}

/// The lesser one of a shift that aligns and a shift that makes gaps equal.
fn nearer(aligned: Option<(f32, Rect)>, spaced: Option<f32>) -> f32 {
    match (aligned.map(|(shift, _)| shift), spaced) {
        (Some(aligned), Some(spaced)) if spaced.abs() < aligned.abs() => spaced,
        (Some(aligned), _) => aligned,
        (None, spaced) => spaced.unwrap_or(0.0),
    }
}

/// A direction in which boxes follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Sideways.
    X,
    /// Downward.
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

    /// Where a box begins along the axis.
    pub fn start(self, rect: Rect) -> f32 {
        match self {
            Self::X => rect.left(),
            Self::Y => rect.top(),
        }
    }

    /// Where a box ends along the axis.
    pub fn end(self, rect: Rect) -> f32 {
        match self {
            Self::X => rect.right(),
            Self::Y => rect.bottom(),
        }
    }

    /// The middle of a box along the axis.
    pub fn middle(self, rect: Rect) -> f32 {
        f32::midpoint(self.start(rect), self.end(rect))
    }

    /// Whether two boxes stand side by side along the axis: they share some of their extent across it.
    pub fn is_beside(self, a: Rect, b: Rect) -> bool {
        match self {
            Self::X => a.top() < b.bottom() && b.top() < a.bottom(),
            Self::Y => a.left() < b.right() && b.left() < a.right(),
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
        assert_eq!(snapped, Snapped { by: vec2(57.0, 300.0), ..Snapped::default() });
    }

    #[test]
    fn a_corner_meets_the_sides_of_the_nearest_neighbour_and_nothing_farther() {
        let (near, far) = (boxed(pos2(0.0, 100.0)), boxed(pos2(4.0, 900.0)));
        let found = sides(pos2(47.0, 40.0), &[far, near], 6.0);
        assert_eq!((found.x, found.y), (Some((50.0, near)), None));
        let rect = Rect::from_min_max(pos2(-80.0, 0.0), pos2(50.0, 40.0));
        assert_eq!(found.guides(rect, rect.max), [Guide { from: pos2(50.0, 0.0), to: pos2(50.0, 120.0) }]);
        assert!(found.guides(rect, pos2(52.0, 40.0)).is_empty(), "the box could not become so small");
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
