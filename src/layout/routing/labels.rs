//! Places for labels of edges: on their own line, off boxes, other labels and foreign lines.

use rustc_hash::FxHashMap;

use super::passes_through;
use crate::layout::geometry::{Point, Polyline, Rect, Size};

/// Side of the cells in which neighbours are looked for.
const CELL: f64 = 192.0;
/// Distance between a label and the end of the piece on which it lies.
const END: f64 = 10.0;
/// Distance between a label and what it does not cover.
const ROOM: f64 = 1.5;
/// What covering a whole box or label costs, beside crossing one foreign line.
const COVERED: f64 = 20.0;

/// The label of an edge.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Label {
    /// Its size.
    pub size: Size,
    /// Whether it belongs near the start: the condition of a branch. Otherwise the longest piece is best.
    pub near_start: bool,
}

/// Centre of the label of each edge that has a label and a route.
///
/// Places on the own line come first, then places beside it. The first that covers nothing is taken; if there is none,
/// the one that covers least, lines before labels and boxes. Labels are placed in the order of the edges.
pub fn place_labels(boxes: &[Rect], routes: &[Option<Polyline>], labels: &[Option<Label>]) -> Vec<Option<Point>> {
    if labels.iter().all(Option::is_none) {
        return vec![None; labels.len()];
    }
    let mut ground = Ground::default();
    boxes.iter().for_each(|one| ground.add_area(one));
    for (edge, line) in routes.iter().enumerate() {
        line.iter().for_each(|line| ground.add_line(edge, line));
    }
    let one = |(edge, (label, line)): (usize, (&Option<Label>, &Option<Polyline>))| {
        Some(ground.place(edge, line.as_ref()?, label.as_ref()?)?.center)
    };
    labels.iter().zip(routes).enumerate().map(one).collect()
}

/// Where a label goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelPlace {
    /// Its centre.
    pub center: Point,
    /// The box around all places that were looked at: as long as nothing changes there, the label stays.
    pub looked_at: Rect,
}

/// The box around all places at which the label of a line may stand.
pub fn label_reach(line: &[Point], label: &Label) -> Rect {
    let size = label.size.sane();
    around(&places(line, size, label.near_start), size)
}

/// The box around labels of a size at some centres, and what they must be clear of.
fn around(centers: &[Point], size: Size) -> Rect {
    let boxes = centers.iter().map(|center| Rect::from_center_size(*center, size).grown(ROOM));
    boxes.reduce(|all, one| all.union(&one)).unwrap_or_default()
}

/// The border of a box as four thin boxes, for boxes in which labels may stand.
pub fn border_of(one: &Rect) -> [Rect; 4] {
    let [min, max] = [one.min, one.max];
    let side = |a: Point, b: Point| Rect::new(a, b).grown(0.5);
    let (right_top, left_bottom) = (Point::new(max.x, min.y), Point::new(min.x, max.y));
    [side(min, right_top), side(right_top, max), side(left_bottom, max), side(min, left_bottom)]
}

/// Centres at which a label may stand, best first.
fn places(line: &[Point], size: Size, near_start: bool) -> Vec<Point> {
    let mut pieces: Vec<(f64, f64, Point, Point)> = Vec::new();
    let mut begun = 0.0;
    for pair in line.windows(2) {
        let [from, to] = pair else { continue };
        let length = (from.x - to.x).abs() + (from.y - to.y).abs();
        let needed = if (from.y - to.y).abs() < (from.x - to.x).abs() { size.width } else { size.height };
        let lacking = (needed + 2.0 * END - length).max(0.0);
        pieces.push((if near_start { begun + 4.0 * lacking } else { 4.0 * lacking - length }, needed, *from, *to));
        begun += length;
    }
    pieces.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut on_line = Vec::new();
    let mut beside = Vec::new();
    for (_, needed, from, to) in pieces {
        let length = (from.x - to.x).abs() + (from.y - to.y).abs();
        let at = |along: f64| {
            let share = if length > 0.0 { (along / length).clamp(0.0, 1.0) } else { 0.0 };
            Point::new(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share)
        };
        let near = needed / 2.0 + END;
        let stops = if near_start {
            [near, near + 16.0, length / 2.0, length - near, length * 0.75]
        } else {
            [length / 2.0, length * 0.35, length * 0.65, near, length - near]
        };
        let is_level = (from.y - to.y).abs() < (from.x - to.x).abs();
        for stop in stops {
            let center = at(stop);
            if length >= needed + END {
                on_line.push(center);
            }
            for step in [1.0, 2.0, 4.0] {
                let (x, y) = if is_level {
                    (0.0, (size.height / 2.0 + 4.0) * step)
                } else {
                    ((size.width / 2.0 + 4.0) * step, 0.0)
                };
                beside.extend([center.moved(-x, -y), center.moved(x, y)]);
            }
        }
    }
    on_line.extend(beside);
    on_line
}

/// What is drawn already.
#[derive(Clone, Copy, Debug)]
enum Thing {
    /// A box or a label.
    Area(Rect),
    /// A piece of the line of an edge.
    Piece(usize, Point, Point),
}

/// Boxes, lines and labels among which labels are placed one after another. The order of adding matters where sums of
/// what is covered are nearly equal: boxes, lines, labels, each in their own order.
#[derive(Debug, Default)]
pub struct Ground {
    cells: FxHashMap<(i64, i64), Vec<Thing>>,
}

fn cells(one: &Rect) -> impl Iterator<Item = (i64, i64)> {
    let cell = |value: f64| (value / CELL).floor().clamp(-1e9, 1e9) as i64;
    let (left, right) = (cell(one.min.x), cell(one.max.x));
    let (top, bottom) = (cell(one.min.y), cell(one.max.y));
    (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
}

impl Ground {
    /// Adds a box, or a label that stands already.
    pub fn add_area(&mut self, area: &Rect) {
        self.add(Thing::Area(*area));
    }

    /// Adds the line of an edge.
    pub fn add_line(&mut self, edge: usize, line: &[Point]) {
        for pair in line.windows(2) {
            if let [from, to] = pair {
                self.add(Thing::Piece(edge, *from, *to));
            }
        }
    }

    /// Places the label of an edge; from now on it is in the way of others. None for a line without pieces.
    pub fn place(&mut self, edge: usize, line: &[Point], label: &Label) -> Option<LabelPlace> {
        let size = label.size.sane();
        let places = places(line, size, label.near_start);
        let (center, count) = self.best(edge, size, &places)?;
        self.add_area(&Rect::from_center_size(center, size));
        Some(LabelPlace { center, looked_at: around(places.get(..count).unwrap_or_default(), size) })
    }

    fn add(&mut self, thing: Thing) {
        let bounds = match thing {
            Thing::Area(area) => area,
            Thing::Piece(_, from, to) => Rect::new(from, from).union(&Rect::new(to, to)),
        };
        let corners = [bounds.min.x, bounds.min.y, bounds.max.x, bounds.max.y];
        if corners.iter().all(|value| value.is_finite()) {
            for cell in cells(&bounds) {
                self.cells.entry(cell).or_default().push(thing);
            }
        }
    }

    /// The best of some places, and how many of them were looked at.
    fn best(&self, edge: usize, size: Size, places: &[Point]) -> Option<(Point, usize)> {
        let mut best: Option<(f64, Point)> = None;
        let mut count = 0;
        for &center in places {
            count += 1;
            let price = self.price(edge, &Rect::from_center_size(center, size));
            if best.is_none_or(|(least, _)| price < least - 1e-9) {
                best = Some((price, center));
            }
            if price <= 0.0 {
                break;
            }
        }
        best.map(|(_, center)| (center, count))
    }

    /// What a label would cover; a thing in several cells counts in each, which only matters where nothing is free.
    fn price(&self, edge: usize, label: &Rect) -> f64 {
        let room = label.grown(ROOM);
        let of = |thing: &Thing| match thing {
            Thing::Area(area) if area.overlaps(&room) => {
                let width = area.max.x.min(room.max.x) - area.min.x.max(room.min.x);
                let height = area.max.y.min(room.max.y) - area.min.y.max(room.min.y);
                2.0 + COVERED * width * height / (room.width() * room.height()).max(1.0)
            }
            Thing::Piece(own, from, to) if *own != edge && passes_through(&[*from, *to], &room) => 1.0,
            _ => 0.0,
        };
        cells(&room).filter_map(|cell| self.cells.get(&cell)).flatten().map(of).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(points: &[(f64, f64)]) -> Option<Polyline> {
        Some(points.iter().map(|&(x, y)| Point::new(x, y)).collect())
    }

    fn label(near_start: bool) -> Option<Label> {
        Some(Label { size: Size::new(40.0, 16.0), near_start })
    }

    #[test]
    fn labels_of_branches_stand_near_the_start_and_others_on_the_longest_piece() {
        let route = line(&[(0.0, 0.0), (80.0, 0.0), (80.0, 300.0), (120.0, 300.0)]);
        let place = |near_start: bool| place_labels(&[], std::slice::from_ref(&route), &[label(near_start)]);
        assert_eq!(place(true), [Some(Point::new(30.0, 0.0))]);
        assert_eq!(place(false), [Some(Point::new(80.0, 150.0))]);
    }

    #[test]
    fn labels_keep_off_boxes_other_labels_and_foreign_lines() {
        let boxes = [Rect::from_min_size(Point::new(70.0, -30.0), Size::new(60.0, 60.0))];
        let routes = [line(&[(0.0, 0.0), (200.0, 0.0)]), line(&[(165.0, -80.0), (165.0, 80.0)]), None];
        let places = place_labels(&boxes, &routes, &[label(false), label(false), label(false)]);
        let areas: Vec<Rect> =
            places.iter().flatten().map(|&center| Rect::from_center_size(center, Size::new(40.0, 16.0))).collect();
        assert_eq!(areas.len(), 2);
        assert!(!areas[0].overlaps(&areas[1]));
        for area in &areas {
            assert!(!area.overlaps(&boxes[0]), "{area:?}");
        }
        for (edge, area) in areas.iter().enumerate() {
            let other = routes[1 - edge].as_ref().unwrap();
            assert!(!passes_through(other, area), "{edge} {area:?}");
        }
    }
}
