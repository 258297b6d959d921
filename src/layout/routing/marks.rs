//! Where routes run already, so that a new one can count what it would cross.
//!
//! Level stretches are kept in columns, sorted by height; an upright stretch looks into one column. The same structure,
//! mirrored, holds upright stretches. Stretches can be taken out again, for a second try of a route.

use super::obstacles::NEAR;
use crate::layout::geometry::{Point, Rect};

/// Width of a column.
const CELL: f64 = 192.0;
/// Most columns.
const MOST_COLUMNS: f64 = 4096.0;

/// Level stretches: height, left end, right end.
struct Levels {
    left: f64,
    columns: Vec<Vec<(f64, f64, f64)>>,
}

impl Levels {
    fn new(left: f64, right: f64) -> Self {
        let count = ((right - left).max(0.0) / CELL).min(MOST_COLUMNS) as usize + 1;
        Self { left, columns: vec![Vec::new(); count] }
    }

    /// What lies outside belongs to the outermost columns.
    fn column(&self, x: f64) -> usize {
        (((x - self.left) / CELL).max(0.0) as usize).min(self.columns.len().saturating_sub(1))
    }

    fn add(&mut self, y: f64, low: f64, high: f64) {
        for index in self.column(low)..=self.column(high) {
            let Some(held) = self.columns.get_mut(index) else { continue };
            let at = held.partition_point(|one| one.0 < y);
            held.insert(at, (y, low, high));
        }
    }

    fn remove(&mut self, y: f64, low: f64, high: f64) {
        for index in self.column(low)..=self.column(high) {
            let Some(held) = self.columns.get_mut(index) else { continue };
            let first = held.partition_point(|one| one.0 < y);
            let found = held[first..].iter().take_while(|one| one.0 <= y).position(|one| *one == (y, low, high));
            if let Some(at) = found {
                held.remove(first + at);
            }
        }
    }

    /// How many stretches an upright one at `x` crosses, its lower height included, its higher one not.
    fn crossed(&self, x: f64, low: f64, high: f64) -> usize {
        let Some(held) = self.columns.get(self.column(x)) else { return 0 };
        let first = held.partition_point(|one| one.0 < low);
        let near = held[first..].iter().take_while(|one| one.0 < high);
        near.filter(|one| one.1 + NEAR < x && x < one.2 - NEAR).count()
    }

    /// How much of a stretch at this height lies on what is held.
    fn covered(&self, y: f64, low: f64, high: f64) -> f64 {
        let mut covered = 0.0;
        let columns = self.column(low)..=self.column(high);
        for index in columns.clone() {
            let Some(held) = self.columns.get(index) else { continue };
            // What reaches over several columns counts in each for its part there.
            let left = if index == *columns.start() { low } else { self.left + index as f64 * CELL };
            let right = if index == *columns.end() { high } else { self.left + (index + 1) as f64 * CELL };
            let first = held.partition_point(|one| one.0 < y - NEAR);
            for one in held[first..].iter().take_while(|one| one.0 <= y + NEAR) {
                covered += (one.2.min(right) - one.1.max(left)).max(0.0);
            }
        }
        covered
    }

    /// Whether a stretch at this height and place runs on one that is held.
    fn shared(&self, y: f64, x: f64) -> bool {
        let Some(held) = self.columns.get(self.column(x)) else { return false };
        let first = held.partition_point(|one| one.0 < y - NEAR);
        held[first..].iter().take_while(|one| one.0 <= y + NEAR).any(|one| one.1 <= x && x <= one.2)
    }
}

/// Routes that lie already.
pub(super) struct Marks {
    level: Levels,
    upright: Levels,
}

impl Marks {
    /// No routes yet, in a picture of this extent.
    pub(super) fn new(bounds: &Rect) -> Self {
        Self { level: Levels::new(bounds.min.x, bounds.max.x), upright: Levels::new(bounds.min.y, bounds.max.y) }
    }

    /// Adds a route.
    pub(super) fn add(&mut self, line: &[Point]) {
        self.each(line, Levels::add);
    }

    /// Takes a route out.
    pub(super) fn remove(&mut self, line: &[Point]) {
        self.each(line, Levels::remove);
    }

    fn each(&mut self, line: &[Point], act: impl Fn(&mut Levels, f64, f64, f64)) {
        for (a, b) in line.iter().zip(line.iter().skip(1)) {
            if !(a.x.is_finite() && a.y.is_finite() && b.x.is_finite() && b.y.is_finite()) {
                continue;
            }
            if (a.y - b.y).abs() < NEAR {
                act(&mut self.level, a.y, a.x.min(b.x), a.x.max(b.x));
            } else if (a.x - b.x).abs() < NEAR {
                act(&mut self.upright, a.x, a.y.min(b.y), a.y.max(b.y));
            }
        }
    }

    /// How many routes the stretch from one point to another crosses.
    pub(super) fn crossed(&self, from: Point, to: Point) -> usize {
        if (from.x - to.x).abs() < NEAR {
            self.level.crossed(from.x, from.y.min(to.y), from.y.max(to.y))
        } else {
            self.upright.crossed(from.y, from.x.min(to.x), from.x.max(to.x))
        }
    }

    /// How much of a stretch lies on routes that run the same way.
    pub(super) fn covered(&self, from: Point, to: Point) -> f64 {
        if (from.x - to.x).abs() < NEAR {
            self.upright.covered(from.x, from.y.min(to.y), from.y.max(to.y))
        } else {
            self.level.covered(from.y, from.x.min(to.x), from.x.max(to.x))
        }
    }

    /// Whether the middle of a stretch lies on a route that runs the same way.
    pub(super) fn shared(&self, from: Point, to: Point) -> bool {
        let (x, y) = (f64::midpoint(from.x, to.x), f64::midpoint(from.y, to.y));
        if (from.x - to.x).abs() < NEAR { self.upright.shared(x, y) } else { self.level.shared(y, x) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crossings_are_counted_once_and_can_be_taken_back() {
        let line = [Point::new(0.0, 50.0), Point::new(400.0, 50.0), Point::new(400.0, 300.0)];
        let mut marks = Marks::new(&Rect::new(line[0], line[2]));
        marks.add(&line);
        let upright = |x: f64, a: f64, b: f64| marks.crossed(Point::new(x, a), Point::new(x, b));
        assert_eq!([upright(200.0, 0.0, 100.0), upright(200.0, 0.0, 50.0), upright(200.0, 50.0, 90.0)], [1, 0, 1]);
        assert_eq!(upright(400.0, 0.0, 100.0), 0, "a corner is not crossed");
        assert_eq!(marks.crossed(Point::new(390.0, 100.0), Point::new(600.0, 100.0)), 1);
        assert!(marks.shared(Point::new(100.0, 50.0), Point::new(120.0, 50.0)));
        assert!(!marks.shared(Point::new(100.0, 51.0), Point::new(120.0, 51.0)));
        assert_eq!(marks.covered(Point::new(500.0, 50.0), Point::new(100.0, 50.0)), 300.0);
        assert_eq!(marks.covered(Point::new(400.0, 0.0), Point::new(400.0, 100.0)), 50.0);
        marks.remove(&line);
        assert_eq!(marks.crossed(Point::new(200.0, 0.0), Point::new(200.0, 100.0)), 0);
    }
}
