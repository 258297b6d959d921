//! Aligning and distributing boxes: where each of them goes. Pure.
//!
//! What stands together, such as a group, counts as one box. Boxes that are fixed are not moved; where there are some,
//! the others align to them.

use emath::{Rect, Vec2};

use super::snap::Axis;

/// How boxes are to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alignment {
    /// Their left borders in one line.
    Left,
    /// Their middles in one upright line.
    Center,
    /// Their right borders in one line.
    Right,
    /// Their upper borders in one line.
    Top,
    /// Their middles in one level line.
    Middle,
    /// Their lower borders in one line.
    Bottom,
    /// The same gap between each and the next, sideways.
    Across,
    /// The same gap between each and the next, downward.
    Down,
}

impl Alignment {
    /// Of how many boxes it has a meaning.
    pub fn least(self) -> usize {
        match self {
            Self::Across | Self::Down => 3,
            _ => 2,
        }
    }
}

/// A box, or several that stand together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Body {
    /// Around all of it.
    pub rect: Rect,
    /// Whether it stays.
    pub is_fixed: bool,
}

/// How far each box goes, in whole units.
pub fn shifts(bodies: &[Body], how: Alignment) -> Vec<Vec2> {
    match how {
        Alignment::Across => distributed(bodies, Axis::X),
        Alignment::Down => distributed(bodies, Axis::Y),
        _ => aligned(bodies, how),
    }
}

fn aligned(bodies: &[Body], how: Alignment) -> Vec<Vec2> {
    let fixed = bodies.iter().filter(|body| body.is_fixed).map(|body| body.rect).reduce(|all, one| all.union(one));
    let all = || bodies.iter().map(|body| body.rect).reduce(|all, one| all.union(one));
    let Some(bounds) = fixed.or_else(all) else { return Vec::new() };
    let shift = |rect: Rect| match how {
        Alignment::Left => Vec2::new(bounds.left() - rect.left(), 0.0),
        Alignment::Center => Vec2::new(bounds.center().x - rect.center().x, 0.0),
        Alignment::Right => Vec2::new(bounds.right() - rect.right(), 0.0),
        Alignment::Top => Vec2::new(0.0, bounds.top() - rect.top()),
        Alignment::Middle => Vec2::new(0.0, bounds.center().y - rect.center().y),
        Alignment::Bottom => Vec2::new(0.0, bounds.bottom() - rect.bottom()),
        Alignment::Across | Alignment::Down => Vec2::ZERO,
    };
    bodies.iter().map(|body| if body.is_fixed { Vec2::ZERO } else { shift(body.rect).round() }).collect()
}

/// The first and the last stay, the others get equal gaps between them.
fn distributed(bodies: &[Body], axis: Axis) -> Vec<Vec2> {
    let mut order: Vec<(usize, Rect)> = bodies.iter().enumerate().map(|(index, body)| (index, body.rect)).collect();
    order.sort_by(|(_, a), (_, b)| axis.middle(*a).total_cmp(&axis.middle(*b)));
    let mut shifts = vec![Vec2::ZERO; bodies.len()];
    let (Some((_, first)), Some((_, last))) = (order.first(), order.last()) else { return shifts };
    let length = |rect: Rect| axis.end(rect) - axis.start(rect);
    let filled: f32 = order.iter().map(|(_, rect)| length(*rect)).sum();
    let gap = (axis.end(*last) - axis.start(*first) - filled) / (order.len().saturating_sub(1).max(1)) as f32;
    let mut start = axis.start(*first);
    for (index, rect) in &order {
        let by = (start - axis.start(*rect)).round();
        let is_fixed = bodies.get(*index).is_some_and(|body| body.is_fixed);
        if let Some(shift) = shifts.get_mut(*index).filter(|_| !is_fixed) {
            *shift = match axis {
                Axis::X => Vec2::new(by, 0.0),
                Axis::Y => Vec2::new(0.0, by),
            };
        }
        start += length(*rect) + gap;
    }
    shifts
}

#[cfg(test)]
mod tests {
    use super::*;
    use emath::{pos2, vec2};

    fn body(x: f32, y: f32, width: f32) -> Body {
        Body { rect: Rect::from_min_size(pos2(x, y), vec2(width, 40.0)), is_fixed: false }
    }

    #[test]
    fn borders_and_middles_come_into_one_line() {
        let bodies = [body(0.0, 0.0, 100.0), body(40.0, 100.0, 60.0), body(90.0, 30.0, 50.0)];
        let x = |how| shifts(&bodies, how).iter().map(|shift| shift.x).collect::<Vec<_>>();
        let y = |how| shifts(&bodies, how).iter().map(|shift| shift.y).collect::<Vec<_>>();
        assert_eq!(x(Alignment::Left), [0.0, -40.0, -90.0]);
        assert_eq!(x(Alignment::Right), [40.0, 40.0, 0.0]);
        assert_eq!(x(Alignment::Center), [20.0, 0.0, -45.0]);
        assert_eq!(y(Alignment::Top), [0.0, -100.0, -30.0]);
        assert_eq!(y(Alignment::Bottom), [100.0, 0.0, 70.0]);
        assert_eq!(y(Alignment::Middle), [50.0, -50.0, 20.0]);
    }

    #[test]
    fn gaps_become_equal_and_the_outermost_stay() {
        let bodies = [body(0.0, 0.0, 100.0), body(400.0, 0.0, 100.0), body(120.0, 0.0, 60.0)];
        assert_eq!(shifts(&bodies, Alignment::Across), [Vec2::ZERO, Vec2::ZERO, vec2(100.0, 0.0)]);
    }

    #[test]
    fn what_is_fixed_stays_and_the_others_come_to_it() {
        let fixed = Body { is_fixed: true, ..body(70.0, 0.0, 100.0) };
        let moved = shifts(&[body(0.0, 50.0, 100.0), fixed], Alignment::Left);
        assert_eq!(moved, [vec2(70.0, 0.0), Vec2::ZERO]);
    }
}
