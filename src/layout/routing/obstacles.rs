//! Boxes in columns, so that a ray or a small window meets only those near it.
//!
//! One [`Columns`] answers for upright rays; the same boxes mirrored at the diagonal answer for level ones. Each column
//! holds the boxes that reach into it twice: sorted by top and by bottom. Borders count as outside.

use crate::layout::geometry::Rect;

/// Coordinates closer than this are equal.
pub(super) const NEAR: f64 = 1e-6;
/// Most columns.
const MOST_COLUMNS: f64 = 2048.0;

/// A box in a column.
#[derive(Clone, Copy)]
struct Held {
    area: Rect,
    index: usize,
}

/// Boxes in columns of equal width.
pub(super) struct Columns {
    left: f64,
    width: f64,
    tallest: f64,
    /// Start of each column in the two lists, and the end of the last one.
    starts: Vec<usize>,
    by_top: Vec<Held>,
    by_bottom: Vec<Held>,
}

impl Columns {
    /// Sorts boxes, each with the index by which it is known, into columns.
    pub(super) fn new(boxes: &[(usize, Rect)]) -> Self {
        let left = boxes.iter().map(|(_, one)| one.min.x).fold(f64::INFINITY, f64::min);
        let right = boxes.iter().map(|(_, one)| one.max.x).fold(f64::NEG_INFINITY, f64::max);
        let tallest = boxes.iter().map(|(_, one)| one.height()).fold(0.0, f64::max);
        let total: f64 = boxes.iter().map(|(_, one)| one.width()).sum();
        let mean = total / boxes.len().max(1) as f64;
        let extent = (right - left).max(0.0);
        let width = mean.max(extent / MOST_COLUMNS).max(1.0);
        let count = if boxes.is_empty() { 1 } else { (extent / width) as usize + 1 };
        let mut columns =
            Self { left, width, tallest, starts: vec![0; count + 1], by_top: Vec::new(), by_bottom: Vec::new() };
        for (_, one) in boxes {
            for column in columns.reach(one.min.x, one.max.x) {
                columns.starts[column + 1] += 1;
            }
        }
        for column in 0..count {
            columns.starts[column + 1] += columns.starts[column];
        }
        let mut next = columns.starts.clone();
        let nothing = Held { area: Rect::default(), index: 0 };
        columns.by_top = vec![nothing; columns.starts[count]];
        for &(index, area) in boxes {
            for column in columns.reach(area.min.x, area.max.x) {
                columns.by_top[next[column]] = Held { area, index };
                next[column] += 1;
            }
        }
        columns.by_bottom.clone_from(&columns.by_top);
        for column in 0..count {
            let range = columns.starts[column]..columns.starts[column + 1];
            columns.by_top[range.clone()]
                .sort_by(|a, b| a.area.min.y.total_cmp(&b.area.min.y).then(a.index.cmp(&b.index)));
            columns.by_bottom[range].sort_by(|a, b| a.area.max.y.total_cmp(&b.area.max.y).then(a.index.cmp(&b.index)));
        }
        columns
    }

    fn column(&self, x: f64) -> usize {
        let column = ((x - self.left) / self.width).floor();
        (column.max(0.0) as usize).min(self.starts.len() - 2)
    }

    fn reach(&self, low: f64, high: f64) -> std::ops::RangeInclusive<usize> {
        self.column(low)..=self.column(high)
    }

    fn top_down(&self, column: usize) -> &[Held] {
        &self.by_top[self.starts[column]..self.starts[column + 1]]
    }

    fn bottom_up(&self, column: usize) -> &[Held] {
        &self.by_bottom[self.starts[column]..self.starts[column + 1]]
    }

    /// Top of the first box that a ray from a point downwards meets.
    pub(super) fn below(&self, x: f64, y: f64) -> Option<f64> {
        let held = self.top_down(self.column(x));
        let first = held.partition_point(|one| one.area.min.y < y - NEAR);
        held[first..].iter().find(|one| covers(&one.area, x)).map(|one| one.area.min.y)
    }

    /// Bottom of the first box that a ray from a point upwards meets.
    pub(super) fn above(&self, x: f64, y: f64) -> Option<f64> {
        let held = self.bottom_up(self.column(x));
        let end = held.partition_point(|one| one.area.max.y <= y + NEAR);
        held[..end].iter().rev().find(|one| covers(&one.area, x)).map(|one| one.area.max.y)
    }

    /// Whether a point lies inside a box other than the given one.
    pub(super) fn is_inside(&self, x: f64, y: f64, except: usize) -> bool {
        let held = self.top_down(self.column(x));
        let end = held.partition_point(|one| one.area.min.y < y - NEAR);
        let near = held[..end].iter().rev().take_while(|one| one.area.min.y > y - self.tallest - NEAR);
        let mut near = near.filter(|one| one.index != except);
        near.any(|one| one.area.max.y > y + NEAR && covers(&one.area, x))
    }

    /// The boxes that share an area with a window, each once, by their indices.
    pub(super) fn in_window(&self, window: &Rect, mut found: impl FnMut(usize, &Rect)) {
        let reach = self.reach(window.min.x, window.max.x);
        let first = *reach.start();
        for column in reach {
            let held = self.top_down(column);
            let end = held.partition_point(|one| one.area.min.y < window.max.y);
            for one in held[..end].iter().rev().take_while(|one| one.area.min.y > window.min.y - self.tallest - NEAR) {
                // A box that reaches over several columns is told in the first of them only.
                if self.column(one.area.min.x).max(first) == column && one.area.overlaps(window) {
                    found(one.index, &one.area);
                }
            }
        }
    }

    /// How far a level stretch (from `low` to `high` at height `y`) can move up and down without meeting a box, at most
    /// to the given heights.
    pub(super) fn room(&self, y: f64, low: f64, high: f64, least: f64, most: f64) -> (f64, f64) {
        let (mut least, mut most) = (least, most);
        let overlaps = |area: &Rect| area.min.x < high - NEAR && low + NEAR < area.max.x;
        for column in self.reach(low, high) {
            let held = self.top_down(column);
            let first = held.partition_point(|one| one.area.min.y < y - NEAR);
            let next = held[first..].iter().take_while(|one| one.area.min.y < most).find(|one| overlaps(&one.area));
            most = next.map_or(most, |one| one.area.min.y);
            let held = self.bottom_up(column);
            let end = held.partition_point(|one| one.area.max.y <= y + NEAR);
            let next =
                held[..end].iter().rev().take_while(|one| one.area.max.y > least).find(|one| overlaps(&one.area));
            least = next.map_or(least, |one| one.area.max.y);
        }
        (least, most)
    }
}

fn covers(area: &Rect, x: f64) -> bool {
    area.min.x < x - NEAR && x + NEAR < area.max.x
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::geometry::{Point, Size};

    fn boxes() -> Vec<(usize, Rect)> {
        let one = |index: usize, x: f64, y: f64| (index, Rect::from_min_size(Point::new(x, y), Size::new(100.0, 50.0)));
        vec![one(0, 0.0, 0.0), one(1, 300.0, 20.0), one(2, 0.0, 200.0), one(3, 40.0, 400.0)]
    }

    #[test]
    fn rays_stop_at_the_first_box_and_pass_along_borders() {
        let columns = Columns::new(&boxes());
        assert_eq!(columns.below(50.0, 50.0), Some(200.0));
        assert_eq!(columns.above(50.0, 200.0), Some(50.0));
        assert_eq!(columns.below(100.0, 0.0), Some(400.0), "a border is passed");
        assert_eq!((columns.below(200.0, 0.0), columns.above(350.0, 20.0)), (None, None));
        assert!(columns.is_inside(50.0, 25.0, 9) && !columns.is_inside(50.0, 25.0, 0));
    }

    #[test]
    fn windows_tell_each_box_once_and_room_ends_at_boxes() {
        let columns = Columns::new(&boxes());
        let mut found = Vec::new();
        columns.in_window(&Rect::new(Point::new(-500.0, 10.0), Point::new(900.0, 210.0)), |index, _| found.push(index));
        found.sort_unstable();
        assert_eq!(found, [0, 1, 2]);
        assert_eq!(columns.room(100.0, 10.0, 90.0, -1000.0, 1000.0), (50.0, 200.0));
        assert_eq!(columns.room(100.0, 110.0, 290.0, -1000.0, 150.0), (-1000.0, 150.0));
        assert_eq!(Columns::new(&[]).below(0.0, 0.0), None);
    }
}
