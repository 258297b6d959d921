//! Packs circles beside one another along a front chain (Wang and others, 2006).
//!
//! The chain is the ring of circles at the rim. A new circle is set into the notch of two
//! neighbours that is nearest to the middle; where it would run into a third one of the chain, the
//! circles between are closed in and the notch becomes a wider one.

use super::enclose::Circle;
use crate::layout::geometry::Point;

/// How far circles may run into one another by the limits of numbers.
const TOUCH: f64 = 1e-6;

/// Centres of circles, which should come with falling radius, and the indices of those at the rim.
pub(super) fn pack(radii: &[f64]) -> (Vec<Point>, Vec<usize>) {
    let mut packing = Packing {
        circles: radii.iter().map(|&radius| Circle { center: Point::default(), radius }).collect(),
        next: vec![0; radii.len()],
        previous: vec![0; radii.len()],
    };
    if let [first, second, ..] = radii {
        packing.circles[0].center.x = -second;
        packing.circles[1].center.x = *first;
    }
    if radii.len() > 2 {
        packing.begin();
        let mut start = packing.nearest_notch(0);
        for circle in 3..radii.len() {
            start = packing.add(circle, start);
        }
        let centers = packing.circles.iter().map(|circle| circle.center).collect();
        return (centers, packing.ring(start));
    }
    (packing.circles.iter().map(|circle| circle.center).collect(), (0..radii.len()).collect())
}

struct Packing {
    circles: Vec<Circle>,
    /// Neighbours on the chain; meaningless for circles that are closed in.
    next: Vec<usize>,
    previous: Vec<usize>,
}

impl Packing {
    /// The first three circles, each touching the others, as a ring whose outside lies at its left.
    fn begin(&mut self) {
        self.circles[2].center = self.notch(0, 1, 2);
        for (one, other) in [(1, 0), (0, 2), (2, 1)] {
            self.link(one, other);
        }
    }

    fn link(&mut self, one: usize, other: usize) {
        self.next[one] = other;
        self.previous[other] = one;
    }

    fn ring(&self, start: usize) -> Vec<usize> {
        let mut ring = vec![start];
        let mut at = self.next[start];
        while at != start {
            ring.push(at);
            at = self.next[at];
        }
        ring
    }

    /// Where a circle touches two others, at the left of the way from one to the other.
    fn notch(&self, one: usize, other: usize, new: usize) -> Point {
        let (a, b, radius) = (self.circles[one], self.circles[other], self.circles[new].radius);
        let (x, y) = (b.center.x - a.center.x, b.center.y - a.center.y);
        let distance = x.hypot(y).max(1e-9);
        let (from_a, from_b) = (a.radius + radius, b.radius + radius);
        let along = (distance * distance + from_a * from_a - from_b * from_b) / (2.0 * distance);
        let across = (from_a * from_a - along * along).max(0.0).sqrt();
        let (x, y) = (x / distance, y / distance);
        a.center.moved(along * x - across * y, along * y + across * x)
    }

    fn meet(&self, one: usize, other: usize) -> bool {
        let (a, b) = (self.circles[one], self.circles[other]);
        let reach = a.radius + b.radius - TOUCH;
        let (x, y) = (b.center.x - a.center.x, b.center.y - a.center.y);
        reach > 0.0 && reach * reach > x * x + y * y
    }

    /// Adds a circle in the notch after `start` or a wider one, and returns the next notch.
    fn add(&mut self, new: usize, start: usize) -> usize {
        let (mut one, mut other) = (start, self.next[start]);
        loop {
            self.circles[new].center = self.notch(one, other, new);
            match self.obstacle(one, other, new) {
                Some(Obstacle::Ahead(circle)) => other = circle,
                Some(Obstacle::Behind(circle)) => one = circle,
                None => break,
            }
            self.link(one, other);
        }
        self.link(one, new);
        self.link(new, other);
        self.nearest_notch(new)
    }

    /// The circle of the chain that a new one runs into, nearest along the chain to its notch.
    fn obstacle(&self, one: usize, other: usize, new: usize) -> Option<Obstacle> {
        let (mut ahead, mut behind) = (self.next[other], self.previous[one]);
        let (mut way_ahead, mut way_behind) = (self.circles[other].radius, self.circles[one].radius);
        loop {
            if way_ahead <= way_behind {
                if self.meet(ahead, new) {
                    return Some(Obstacle::Ahead(ahead));
                }
                way_ahead += self.circles[ahead].radius;
                if ahead == behind {
                    return None;
                }
                ahead = self.next[ahead];
            } else {
                if self.meet(behind, new) {
                    return Some(Obstacle::Behind(behind));
                }
                way_behind += self.circles[behind].radius;
                if ahead == behind {
                    return None;
                }
                behind = self.previous[behind];
            }
        }
    }

    /// The circle of the chain whose notch with the next one is nearest to the middle.
    fn nearest_notch(&self, start: usize) -> usize {
        let score = |one: usize| {
            let (a, b) = (self.circles[one], self.circles[self.next[one]]);
            let whole = a.radius + b.radius;
            let x = (a.center.x * b.radius + b.center.x * a.radius) / whole;
            let y = (a.center.y * b.radius + b.center.y * a.radius) / whole;
            x * x + y * y
        };
        let (mut best, mut nearest) = (score(start), start);
        let mut at = self.next[start];
        while at != start {
            let distance = score(at);
            if distance < best {
                (best, nearest) = (distance, at);
            }
            at = self.next[at];
        }
        nearest
    }
}

/// A circle in the way of a new one.
enum Obstacle {
    Ahead(usize),
    Behind(usize),
}
