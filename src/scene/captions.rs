//! Free places for captions, badges and labels of lines: beside boxes, off other texts, off lines where possible.
//!
//! A place is chosen among a few candidates by what it would cover; the first of equal ones wins, so callers list the
//! habitual place first. Boxes and lines are kept in a grid of cells, so that a large picture stays cheap.

use emath::{Pos2, Rect};
use rustc_hash::FxHashMap;

const CELL: f32 = 160.0;
/// What covering a whole box costs, beside crossing a whole label by a line.
const BOX_PRICE: f32 = 20.0;

/// Number of a line, so that its own label may lie on it.
pub(crate) type Line = usize;

/// What is drawn already.
#[derive(Default)]
pub(crate) struct Ground {
    boxes: Grid<Rect>,
    lines: Grid<(Pos2, Pos2, Line)>,
}

/// Things by the cells of the plane that they lie in.
///
/// Each cell leads to its latest entry and each entry to the one before it in its cell, so that a cell needs no list of
/// its own.
pub(crate) struct Grid<T> {
    cells: FxHashMap<(i32, i32), usize>,
    /// Index of a thing, and of the entry before.
    entries: Vec<(usize, Option<usize>)>,
    things: Vec<T>,
}

impl<T> Default for Grid<T> {
    fn default() -> Self {
        Self { cells: FxHashMap::default(), entries: Vec::new(), things: Vec::new() }
    }
}

impl<T: Copy> Grid<T> {
    pub(crate) fn add(&mut self, thing: T, bounds: Rect) {
        let index = self.things.len();
        self.things.push(thing);
        for cell in cells(bounds) {
            let before = self.cells.insert(cell, self.entries.len());
            self.entries.push((index, before));
        }
    }

    /// What may meet a box, each once, in the order of adding.
    pub(crate) fn near(&self, bounds: Rect) -> impl Iterator<Item = T> + '_ {
        let mut found: Vec<usize> = Vec::new();
        for cell in cells(bounds) {
            let mut next = self.cells.get(&cell).copied();
            while let Some((thing, before)) = next.and_then(|at| self.entries.get(at)) {
                found.push(*thing);
                next = *before;
            }
        }
        found.sort_unstable();
        found.dedup();
        found.into_iter().filter_map(|index| self.things.get(index).copied())
    }
}

fn cells(bounds: Rect) -> impl Iterator<Item = (i32, i32)> {
    let index = |coordinate: f32| (coordinate / CELL).floor().clamp(-1.0e6, 1.0e6) as i32;
    let (left, right) = (index(bounds.left()), index(bounds.right()));
    let (top, bottom) = (index(bounds.top()), index(bounds.bottom()));
    (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
}

impl Ground {
    pub(crate) fn add_box(&mut self, rect: Rect) {
        self.boxes.add(rect, rect);
    }

    pub(crate) fn add_line(&mut self, points: &[Pos2], line: Line) {
        for (from, to) in points.iter().zip(points.iter().skip(1)) {
            self.lines.add((*from, *to, line), Rect::from_two_pos(*from, *to));
        }
    }

    /// The candidate that covers least, now taken; and the box around those that were looked at.
    pub(crate) fn take(&mut self, candidates: &[Rect], own: Option<Line>) -> Option<(Rect, Rect)> {
        let mut best: Option<(f32, Rect)> = None;
        let mut looked_at = Rect::NOTHING;
        for candidate in candidates {
            looked_at = looked_at.union(candidate.expand(2.0));
            let price = self.price(*candidate, own);
            if best.is_none_or(|(least, _)| price < least - 0.01) {
                best = Some((price, *candidate));
            }
            if price <= 0.0 {
                break;
            }
        }
        let (_, rect) = best?;
        self.add_box(rect);
        Some((rect, looked_at))
    }

    fn price(&self, rect: Rect, own: Option<Line>) -> f32 {
        let area = rect.area().max(1.0);
        let covered = |other: Rect| {
            let common = rect.expand(2.0).intersect(other);
            if common.is_positive() { common.area() / area } else { 0.0 }
        };
        let boxes: f32 = self.boxes.near(rect.expand(2.0)).map(covered).sum();
        let crossed = |(from, to, line): (Pos2, Pos2, Line)| {
            if own == Some(line) {
                return 0.0;
            }
            let common = rect.intersect(Rect::from_two_pos(from, to));
            let (width, height) = (common.width(), common.height());
            if width < 0.0 || height < 0.0 { 0.0 } else { 0.2 + (width + height) / (rect.width() + rect.height()) }
        };
        let lines: f32 = self.lines.near(rect).map(crossed).sum();
        boxes * BOX_PRICE + lines
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use emath::{pos2, vec2};

    fn rect(x: f32, y: f32) -> Rect {
        Rect::from_min_size(pos2(x, y), vec2(40.0, 18.0))
    }

    #[test]
    fn the_first_free_place_is_taken_and_then_it_is_not_free() {
        let mut ground = Ground::default();
        ground.add_box(rect(0.0, 0.0));
        let candidates = [rect(10.0, 4.0), rect(0.0, 40.0), rect(0.0, 80.0)];
        assert_eq!(ground.take(&candidates, None).map(|found| found.0), Some(candidates[1]));
        assert_eq!(ground.take(&candidates, None).map(|found| found.0), Some(candidates[2]));
        assert_eq!(ground.take(&[], None), None);
    }

    #[test]
    fn a_line_is_covered_rather_than_a_box() {
        let mut ground = Ground::default();
        ground.add_box(rect(0.0, 0.0));
        ground.add_line(&[pos2(0.0, 49.0), pos2(100.0, 49.0)], 7);
        let places = [rect(0.0, 0.0), rect(0.0, 40.0)];
        assert_eq!(ground.take(&places, None).map(|found| found.0), Some(places[1]));
    }

    #[test]
    fn a_label_lies_on_its_own_line_rather_than_on_another() {
        let mut ground = Ground::default();
        ground.add_line(&[pos2(0.0, 9.0), pos2(300.0, 9.0)], 0);
        ground.add_line(&[pos2(0.0, 9.0), pos2(100.0, 9.0)], 1);
        let places = [rect(10.0, 0.0), rect(200.0, 0.0)];
        assert_eq!(ground.take(&places, Some(0)).map(|found| found.0), Some(places[1]));
    }
}
