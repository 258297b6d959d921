//! Places for labels: on their edge, free of boxes and of the labels placed before.
//!
//! A level stretch is preferred, an early one before a late one, since a label at a branch tells
//! why one takes it. Where the whole edge is crowded the label moves off its line.

use crate::layout::geometry::{Point, Polyline, Rect, Size};
use crate::layout::request::FlowRequest;

/// Centre of each label that has a size and a route.
pub(super) fn place(request: &FlowRequest, boxes: &[Rect], routes: &[Option<Polyline>]) -> Vec<Option<Point>> {
    if request.edges.iter().all(|edge| edge.label.is_none()) {
        return vec![None; request.edges.len()];
    }
    let mut taken = Taken::new(boxes);
    let pairs = request.edges.iter().zip(routes);
    pairs
        .map(|(edge, route)| {
            let size = edge.label?.sane();
            let center = place_one(route.as_ref()?, size, &taken)?;
            taken.add(Rect::from_center_size(center, size));
            Some(center)
        })
        .collect()
}

fn place_one(route: &Polyline, size: Size, taken: &Taken) -> Option<Point> {
    let candidates = candidates(route, size);
    let free = |center: &&Point| taken.is_free(&Rect::from_center_size(**center, size));
    if let Some(found) = candidates.iter().find(free) {
        return Some(*found);
    }
    // Off the line, first just beside it.
    for step in 1..=40 {
        let away = f64::from(step) * 8.0;
        for &center in candidates.iter().take(4) {
            for moved in [center.moved(0.0, -away), center.moved(0.0, away)] {
                if taken.is_free(&Rect::from_center_size(moved, size)) {
                    return Some(moved);
                }
            }
        }
    }
    candidates.first().copied()
}

/// Points of the route at which a label may stand, best first.
fn candidates(route: &Polyline, size: Size) -> Vec<Point> {
    let mut found: Vec<(f64, Point)> = Vec::new();
    for (index, pair) in route.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        let length = (a.x - b.x).abs() + (a.y - b.y).abs();
        let level = (a.y - b.y).abs() < 1e-6;
        let room = length - if level { size.width } else { size.height };
        let price = index as f64 * 4.0 + if level { 0.0 } else { 30.0 } + (-room).max(0.0);
        for (share, more) in [(0.5, 0.0), (0.35, 1.0), (0.65, 1.0), (0.2, 2.0), (0.8, 2.0)] {
            let point = Point::new(a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share);
            found.push((price + more, point));
        }
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, point)| point).collect()
}

/// Boxes and labels in a coarse grid.
struct Taken {
    cells: rustc_hash::FxHashMap<(i64, i64), Vec<Rect>>,
}

const CELL: f64 = 256.0;

impl Taken {
    fn new(boxes: &[Rect]) -> Self {
        let mut taken = Self { cells: rustc_hash::FxHashMap::default() };
        for one in boxes {
            taken.add(*one);
        }
        taken
    }

    fn cells_of(one: &Rect) -> impl Iterator<Item = (i64, i64)> {
        let cell = |value: f64| (value / CELL).floor() as i64;
        let (left, right) = (cell(one.min.x), cell(one.max.x));
        let (top, bottom) = (cell(one.min.y), cell(one.max.y));
        (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
    }

    fn add(&mut self, one: Rect) {
        for cell in Self::cells_of(&one) {
            self.cells.entry(cell).or_default().push(one);
        }
    }

    fn is_free(&self, wanted: &Rect) -> bool {
        Self::cells_of(wanted).all(|cell| {
            let there = self.cells.get(&cell);
            there.is_none_or(|there| there.iter().all(|one| !one.overlaps(wanted)))
        })
    }
}
