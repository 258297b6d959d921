//! Which of two routes in one channel runs left of the other, so that they do not cross.
//!
//! Two routes that share a stretch are followed along it until they part, in both directions; whoever turns left there
//! belongs on the left. The side is kept around bends, so the answer for one stretch fits that for the next (the idea of
//! the ordering step of Wybrow, Marriott, Stuckey 2009, section 4.1).

use std::cmp::Ordering;

use super::obstacles::NEAR;
use crate::layout::geometry::Point;

/// Most corners that two routes are followed.
const MOST_CORNERS: usize = 64;

/// An upright piece of a route: from its corner `index` to the next one.
#[derive(Clone, Copy)]
pub(super) struct On<'a> {
    pub(super) line: &'a [Point],
    pub(super) index: usize,
}

/// A route followed in one direction: the corner ahead and the step to the next one.
struct Walk<'a> {
    line: &'a [Point],
    at: usize,
    forward: bool,
}

impl Walk<'_> {
    fn corner(&self) -> Point {
        self.line[self.at]
    }

    fn next(&self) -> Option<usize> {
        if self.forward { Some(self.at + 1).filter(|next| *next < self.line.len()) } else { self.at.checked_sub(1) }
    }

    /// Direction behind the corner ahead; none at the end of the route.
    fn onward(&self) -> Option<(f64, f64)> {
        let (from, to) = (self.corner(), self.line[self.next()?]);
        Some((
            (to.x - from.x).signum() * f64::from((to.x - from.x).abs() > NEAR),
            (to.y - from.y).signum() * f64::from((to.y - from.y).abs() > NEAR),
        ))
    }
}

/// Where an upright piece belongs beside another one that overlaps it: what the lower and the upper end say, and whether
/// the routes have to cross in any case.
pub(super) fn compare(one: On<'_>, other: On<'_>) -> Verdict {
    // Walking up, left is smaller x; walking down, left is larger x.
    let up = followed(start(one, true), start(other, true), (0.0, -1.0));
    let down =
        followed(start(one, false), start(other, false), (0.0, 1.0)).map(|(order, meet)| (order.reverse(), meet));
    let met = [up, down].into_iter().flatten().find(|(_, meet)| *meet);
    Verdict { up: up.map(|(order, _)| order), down: down.map(|(order, _)| order), meeting: met.map(|(order, _)| order) }
}

/// What the two ends of a common stretch say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Verdict {
    /// Found by walking up: `Less` if the first piece belongs at smaller x.
    pub(super) up: Option<Ordering>,
    /// Found by walking down.
    pub(super) down: Option<Ordering>,
    /// What an end says at which the routes come from opposite sides at one height: in the other order they would run
    /// on one another, which is worse than crossing.
    pub(super) meeting: Option<Ordering>,
}

impl Verdict {
    /// The order both ends agree on, or the only one that has an opinion.
    pub(super) fn agreed(self) -> Option<Ordering> {
        match (self.up, self.down) {
            (Some(up), Some(down)) if up != down => None,
            (up, down) => up.or(down),
        }
    }
}

fn start(piece: On<'_>, up: bool) -> Walk<'_> {
    let (from, to) = (piece.line[piece.index], piece.line[piece.index + 1]);
    let forward = (to.y < from.y) == up;
    Walk { line: piece.line, at: if forward { piece.index + 1 } else { piece.index }, forward }
}

/// Whether the first route is left (`Less`) or right of the second one, in the direction of walking; and whether they
/// part at their first corner, one to each side.
fn followed(mut one: Walk<'_>, mut other: Walk<'_>, mut way: (f64, f64)) -> Option<(Ordering, bool)> {
    let turn = |way: (f64, f64), onward: (f64, f64)| way.0 * onward.1 - way.1 * onward.0;
    for corner in 0..MOST_CORNERS {
        let along = |at: Point| at.x * way.0 + at.y * way.1;
        let (a, b) = (along(one.corner()), along(other.corner()));
        if a < b - NEAR {
            return Some((if turn(way, one.onward()?) < 0.0 { Ordering::Less } else { Ordering::Greater }, false));
        }
        if b < a - NEAR {
            return Some((if turn(way, other.onward()?) < 0.0 { Ordering::Greater } else { Ordering::Less }, false));
        }
        let (first, second) = (one.onward()?, other.onward()?);
        if first != second {
            return turn(way, first).partial_cmp(&turn(way, second)).map(|order| (order, corner == 0));
        }
        way = first;
        one.at = one.next()?;
        other.at = other.next()?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(f64, f64)]) -> Vec<Point> {
        points.iter().map(|&(x, y)| Point::new(x, y)).collect()
    }

    #[test]
    fn who_turns_left_belongs_on_the_left() {
        // Both come from below on one line; one turns left, the other one right.
        let left = line(&[(0.0, 100.0), (0.0, 0.0), (-50.0, 0.0)]);
        let right = line(&[(0.0, 100.0), (0.0, -20.0), (50.0, -20.0)]);
        let verdict = compare(On { line: &left, index: 0 }, On { line: &right, index: 0 });
        assert_eq!(verdict.agreed(), Some(Ordering::Less));
        let reverse = compare(On { line: &right, index: 0 }, On { line: &left, index: 0 });
        assert_eq!(reverse.agreed(), Some(Ordering::Greater));
    }

    #[test]
    fn the_side_is_kept_around_a_common_bend() {
        // Up, then both to the right, then one turns down: seen from the upright piece it belongs on the right.
        let down = line(&[(0.0, 100.0), (0.0, 0.0), (60.0, 0.0), (60.0, 40.0)]);
        let on = line(&[(0.0, 120.0), (0.0, 0.0), (90.0, 0.0), (90.0, -40.0)]);
        let verdict = compare(On { line: &down, index: 0 }, On { line: &on, index: 0 });
        assert_eq!(verdict.up, Some(Ordering::Greater));
        assert_eq!(verdict.down, None, "a route that ends says nothing");
    }

    #[test]
    fn routes_that_have_to_cross_do_not_agree() {
        let one = line(&[(-50.0, 100.0), (0.0, 100.0), (0.0, 0.0), (50.0, 0.0)]);
        let other = line(&[(50.0, 90.0), (0.0, 90.0), (0.0, 10.0), (-50.0, 10.0)]);
        let verdict = compare(On { line: &one, index: 1 }, On { line: &other, index: 1 });
        assert_eq!(verdict.agreed(), None);
    }
}
