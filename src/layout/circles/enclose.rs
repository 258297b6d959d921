//! The smallest circle around circles: from a basis of at most three that touch it (Welzl, 1991).

use crate::layout::geometry::Point;

/// A circle in world units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Circle {
    /// Its middle.
    pub center: Point,
    /// Its radius.
    pub radius: f64,
}

impl Circle {
    /// Whether another circle lies in it, up to a small tolerance.
    pub fn contains(&self, other: &Self) -> bool {
        let slack = 1e-6 * (1.0 + self.radius.max(other.radius));
        let reach = self.radius - other.radius + slack;
        let (x, y) = (self.center.x - other.center.x, self.center.y - other.center.y);
        reach >= 0.0 && reach * reach >= x * x + y * y
    }
}

/// The smallest circle around all; of radius 0 for none.
///
/// The basis grows by a circle that lies outside until none does; its radius grows each time, so
/// it ends, and a bound on the rounds holds even where numbers fail.
pub(super) fn enclose(circles: &[Circle]) -> Circle {
    let mut basis: Vec<Circle> = Vec::with_capacity(3);
    let mut around = Circle::default();
    let mut rounds = 0;
    let mut at = 0;
    while let Some(circle) = circles.get(at) {
        if !basis.is_empty() && around.contains(circle) {
            at += 1;
            continue;
        }
        rounds += 1;
        let Some(grown) = extended(&basis, *circle).filter(|_| rounds < 4 * circles.len() + 64) else { break };
        basis = grown;
        around = around_basis(&basis);
        at = 0;
    }
    let reach = |circle: &Circle| {
        let (x, y) = (circle.center.x - around.center.x, circle.center.y - around.center.y);
        x.hypot(y) + circle.radius
    };
    around.radius = circles.iter().map(reach).fold(0.0, f64::max);
    around
}

/// The basis of a new circle and some of the old ones with the smallest circle that holds them all.
fn extended(basis: &[Circle], new: Circle) -> Option<Vec<Circle>> {
    let mut candidates = vec![vec![new]];
    for (at, one) in basis.iter().enumerate() {
        candidates.push(vec![*one, new]);
        candidates.extend(basis.iter().skip(at + 1).map(|other| vec![*one, *other, new]));
    }
    let holds = |around: &Circle| basis.iter().chain([&new]).all(|one| around.contains(one));
    let measured = candidates.into_iter().map(|candidate| (around_basis(&candidate), candidate));
    let fitting = measured.filter(|(around, _)| holds(around));
    fitting.min_by(|(a, _), (b, _)| a.radius.total_cmp(&b.radius)).map(|(_, candidate)| candidate)
}

fn around_basis(basis: &[Circle]) -> Circle {
    match basis {
        [one] => *one,
        [one, other] => around_two(*one, *other),
        [one, other, third] => around_three(*one, *other, *third),
        _ => Circle::default(),
    }
}

fn around_two(one: Circle, other: Circle) -> Circle {
    let (x, y) = (other.center.x - one.center.x, other.center.y - one.center.y);
    let distance = x.hypot(y);
    if distance + other.radius <= one.radius {
        return one;
    }
    if distance + one.radius <= other.radius {
        return other;
    }
    let radius = (distance + one.radius + other.radius) / 2.0;
    let along = (radius - one.radius) / distance;
    Circle { center: one.center.moved(x * along, y * along), radius }
}

/// The circle that three circles touch from the inside.
///
/// From |p − pᵢ| = r − rᵢ for each of them: the differences of the squares are linear in p and r, so
/// p = u + v·r; put into the first one, that is a quadratic equation for r.
fn around_three(one: Circle, other: Circle, third: Circle) -> Circle {
    let row = |circle: Circle| {
        let (x, y) = (circle.center.x - one.center.x, circle.center.y - one.center.y);
        let shrink = circle.radius - one.radius;
        let right = (x * x + y * y - circle.radius * circle.radius + one.radius * one.radius) / 2.0;
        (x, y, shrink, right)
    };
    let ((a, b, p, c), (d, e, q, f)) = (row(other), row(third));
    let determinant = a * e - b * d;
    if determinant.abs() < 1e-12 {
        let pairs = [around_two(one, other), around_two(one, third), around_two(other, third)];
        return pairs.into_iter().max_by(|x, y| x.radius.total_cmp(&y.radius)).unwrap_or_default();
    }
    // a·x + b·y = c + p·r and d·x + e·y = f + q·r, with the first circle's middle as origin.
    let (ux, vx) = ((c * e - f * b) / determinant, (p * e - q * b) / determinant);
    let (uy, vy) = ((a * f - d * c) / determinant, (a * q - d * p) / determinant);
    let square = vx * vx + vy * vy - 1.0;
    let half = ux * vx + uy * vy + one.radius;
    let rest = ux * ux + uy * uy - one.radius * one.radius;
    let radius = if square.abs() < 1e-9 {
        -rest / (2.0 * half)
    } else {
        let root = (half * half - square * rest).max(0.0).sqrt();
        let roots = [(-half - root) / square, (-half + root) / square];
        let least = one.radius.max(other.radius).max(third.radius);
        let fitting = roots.into_iter().filter(|radius| *radius >= least - 1e-9);
        fitting.min_by(f64::total_cmp).unwrap_or_else(|| roots[0].max(roots[1]))
    };
    Circle { center: one.center.moved(ux + vx * radius, uy + vy * radius), radius }
}
