//! Orthogonal routes among boxes that stay where they are.
//!
//! For edges whose bends are not known any more, because a box was moved by hand or an edge is
//! new. Each edge is routed on a sparse grid: the lines beside and through the middle of the
//! boxes near it, searched by A* with a price for every bend. Invariants: routes keep off all
//! boxes in the window that was searched, the search is bounded (a route that cannot be found
//! within the bound is a plain elbow), and the same request gives the same routes.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::geometry::{Point, Polyline, Rect, simplify};
use super::request::{RouteEdge, RouteRequest, Side};

/// Most boxes a search looks at; the nearest ones count.
const MOST_BOXES: usize = 160;
/// Most grid points a search visits.
const MOST_VISITS: usize = 60_000;
/// Length that a bend costs, in world units.
const BEND: f64 = 40.0;

/// Routes every edge around all boxes; `None` for an edge that names no box.
pub fn route(request: &RouteRequest) -> Vec<Option<Polyline>> {
    let nearby = Nearby::new(&request.boxes);
    let one = |edge: &RouteEdge| route_one(request, &nearby, edge);
    request.edges.iter().map(one).collect()
}

/// Whether a line has a stretch inside a box; running along the border does not count.
pub fn passes_through(line: &[Point], one: &Rect) -> bool {
    const BORDER: f64 = 1e-6;
    let inner = one.grown(-BORDER);
    if inner.width() <= 0.0 || inner.height() <= 0.0 {
        return false;
    }
    line.windows(2).any(|pair| match pair {
        [a, b] => stretch_meets(*a, *b, &inner),
        _ => false,
    })
}

/// Whether the straight stretch between two points meets a box (slab method).
fn stretch_meets(a: Point, b: Point, one: &Rect) -> bool {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (start, end, low, high) in [(a.x, b.x, one.min.x, one.max.x), (a.y, b.y, one.min.y, one.max.y)] {
        let way = end - start;
        if way.abs() < 1e-12 {
            if start <= low || start >= high {
                return false;
            }
            continue;
        }
        let (first, second) = ((low - start) / way, (high - start) / way);
        enter = enter.max(first.min(second));
        leave = leave.min(first.max(second));
    }
    enter < leave
}

fn route_one(request: &RouteRequest, nearby: &Nearby<'_>, edge: &RouteEdge) -> Option<Polyline> {
    let from = request.boxes.get(edge.from)?;
    let to = request.boxes.get(edge.to)?;
    if edge.from == edge.to {
        return Some(around_itself(from, request.margin));
    }
    let span = from.union(to);
    for reach in [4.0, 16.0, 48.0] {
        let window = span.grown(request.margin * reach + 40.0);
        let boxes = nearby.in_window(&window, [edge.from, edge.to]);
        let grid = Grid::new(&boxes, from, to, request.margin, &window);
        let found = grid.search(from, to, edge);
        if let Some(line) = found {
            return Some(line);
        }
    }
    Some(elbow(from, to))
}

fn around_itself(one: &Rect, margin: f64) -> Polyline {
    let center = one.center();
    let (right, top) = (one.max.x + margin, one.min.y - margin);
    vec![
        Point::new(one.max.x, center.y),
        Point::new(right, center.y),
        Point::new(right, top),
        Point::new(center.x, top),
        Point::new(center.x, one.min.y),
    ]
}

/// The plain way: out to the side, across in the middle, in from the side.
fn elbow(from: &Rect, to: &Rect) -> Polyline {
    let (a, b) = (from.center(), to.center());
    let (start, end) = if a.x <= b.x { (from.max.x, to.min.x) } else { (from.min.x, to.max.x) };
    let middle = f64::midpoint(start, end);
    let mut line = vec![Point::new(start, a.y), Point::new(middle, a.y), Point::new(middle, b.y), Point::new(end, b.y)];
    simplify(&mut line);
    line
}

/// The boxes sorted by x, to find those in a window without looking at all.
struct Nearby<'a> {
    boxes: &'a [Rect],
    by_left: Vec<usize>,
    widest: f64,
}

impl<'a> Nearby<'a> {
    fn new(boxes: &'a [Rect]) -> Self {
        let mut by_left: Vec<usize> = (0..boxes.len()).collect();
        by_left.sort_by(|&a, &b| boxes[a].min.x.total_cmp(&boxes[b].min.x).then(a.cmp(&b)));
        let widest = boxes.iter().map(Rect::width).fold(0.0, f64::max);
        Self { boxes, by_left, widest }
    }

    /// Boxes in the window, without the two ends; the nearest to its middle if too many.
    fn in_window(&self, window: &Rect, ends: [usize; 2]) -> Vec<Rect> {
        let left = window.min.x - self.widest;
        let first = self.by_left.partition_point(|&one| self.boxes[one].min.x < left);
        let mut found: Vec<Rect> = self.by_left[first..]
            .iter()
            .take_while(|&&one| self.boxes[one].min.x < window.max.x)
            .filter(|&&one| !ends.contains(&one) && self.boxes[one].overlaps(window))
            .map(|&one| self.boxes[one])
            .collect();
        if found.len() > MOST_BOXES {
            let middle = window.center();
            let distance = |one: &Rect| {
                let center = one.center();
                (center.x - middle.x).abs() + (center.y - middle.y).abs()
            };
            found.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
            found.truncate(MOST_BOXES);
        }
        found
    }
}

/// The lines a route may run on, and which stretches of them are blocked.
struct Grid {
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// Per grid point: whether the stretch to the next point right, or below, is blocked.
    blocked_right: Vec<bool>,
    blocked_below: Vec<bool>,
    margin: f64,
}

/// A way to move on the grid: right, down, left, up.
const STEPS: [(isize, isize); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];

impl Grid {
    fn new(boxes: &[Rect], from: &Rect, to: &Rect, margin: f64, window: &Rect) -> Self {
        let (mut xs, mut ys) = (Vec::new(), Vec::new());
        for one in boxes.iter().chain([from, to]) {
            xs.extend([one.min.x - margin, one.max.x + margin]);
            ys.extend([one.min.y - margin, one.max.y + margin]);
        }
        for end in [from, to] {
            xs.push(end.center().x);
            ys.push(end.center().y);
        }
        xs.push(f64::midpoint(from.center().x, to.center().x));
        ys.push(f64::midpoint(from.center().y, to.center().y));
        // Only inside the window are all boxes known.
        xs.retain(|&x| window.min.x <= x && x <= window.max.x);
        ys.retain(|&y| window.min.y <= y && y <= window.max.y);
        let (xs, ys) = (sorted(xs), sorted(ys));
        let mut grid = Self {
            blocked_right: vec![false; xs.len() * ys.len()],
            blocked_below: vec![false; xs.len() * ys.len()],
            xs,
            ys,
            margin,
        };
        for one in boxes {
            grid.block(&one.grown(margin * 0.4));
        }
        grid.block(&from.grown(margin * 0.4));
        grid.block(&to.grown(margin * 0.4));
        grid
    }

    /// Blocks every stretch that has a part inside the box.
    fn block(&mut self, one: &Rect) {
        let inside = |lines: &[f64], low: f64, high: f64| {
            let first = lines.partition_point(|&line| line <= low);
            let last = lines.partition_point(|&line| line < high);
            (first, last)
        };
        let (left, right) = inside(&self.xs, one.min.x, one.max.x);
        let (top, bottom) = inside(&self.ys, one.min.y, one.max.y);
        let width = self.xs.len();
        for row in top..bottom {
            for column in left.saturating_sub(1)..right {
                self.blocked_right[row * width + column] = true;
            }
        }
        for row in top.saturating_sub(1)..bottom {
            for column in left..right {
                self.blocked_below[row * width + column] = true;
            }
        }
    }

    fn find(lines: &[f64], value: f64) -> usize {
        let at = lines.partition_point(|&line| line < value - 1e-6);
        at.min(lines.len().saturating_sub(1))
    }

    /// Grid point in front of a side of a box, and the direction a line leaves there.
    fn gate(&self, one: &Rect, side: Side) -> (usize, usize, usize) {
        let center = one.center();
        let (x, y, step) = match side {
            Side::Right => (one.max.x + self.margin, center.y, 0),
            Side::Bottom => (center.x, one.max.y + self.margin, 1),
            Side::Left => (one.min.x - self.margin, center.y, 2),
            Side::Top => (center.x, one.min.y - self.margin, 3),
        };
        (Self::find(&self.xs, x), Self::find(&self.ys, y), step)
    }

    fn is_blocked(&self, x: usize, y: usize, step: usize) -> bool {
        let width = self.xs.len();
        match step {
            0 => self.blocked_right[y * width + x],
            1 => self.blocked_below[y * width + x],
            2 => x == 0 || self.blocked_right[y * width + x - 1],
            _ => y == 0 || self.blocked_below[(y - 1) * width + x],
        }
    }

    /// Whether all four stretches at a point are blocked: it lies inside a box.
    fn is_inside(&self, x: usize, y: usize) -> bool {
        (0..4).all(|step| self.is_blocked(x, y, step))
    }

    fn search(&self, from: &Rect, to: &Rect, edge: &RouteEdge) -> Option<Polyline> {
        let mut search = Search::new(self, to.center());
        let goals = self.sides(to, from, edge.entry);
        for (side, price) in self.sides(from, to, edge.exit) {
            let (x, y, step) = self.gate(from, side);
            if !self.is_inside(x, y) {
                search.open(x, y, step, price, usize::MAX);
            }
        }
        let gates: Vec<((usize, usize, usize), f64)> =
            goals.iter().map(|&(side, price)| (self.gate(to, side), price)).collect();
        let (state, side) = search.run(&gates)?;
        let mut line = search.trace(state);
        line.insert(0, border_point(from, *line.first()?));
        let (goal, _) = goals.get(side)?;
        line.push(side_point(to, *goal));
        simplify(&mut line);
        Some(line)
    }

    /// The sides a line may use, each with what it costs: the side facing the other box is free.
    fn sides(&self, one: &Rect, other: &Rect, wanted: Option<Side>) -> Vec<(Side, f64)> {
        if let Some(side) = wanted {
            return vec![(side, 0.0)];
        }
        let (a, b) = (one.center(), other.center());
        let price = |away: bool| if away { BEND } else { 0.0 };
        vec![
            (Side::Right, price(b.x < a.x)),
            (Side::Left, price(b.x >= a.x)),
            (Side::Bottom, 1.0 + price(b.y < a.y)),
            (Side::Top, 1.0 + price(b.y >= a.y)),
        ]
    }
}

fn sorted(mut lines: Vec<f64>) -> Vec<f64> {
    lines.sort_by(f64::total_cmp);
    lines.dedup_by(|a, b| (*a - *b).abs() < 1e-6);
    lines
}

fn side_point(one: &Rect, side: Side) -> Point {
    let center = one.center();
    match side {
        Side::Right => Point::new(one.max.x, center.y),
        Side::Left => Point::new(one.min.x, center.y),
        Side::Bottom => Point::new(center.x, one.max.y),
        Side::Top => Point::new(center.x, one.min.y),
    }
}

/// The point of the border nearest to a point straight in front of it.
fn border_point(one: &Rect, front: Point) -> Point {
    Point::new(front.x.clamp(one.min.x, one.max.x), front.y.clamp(one.min.y, one.max.y))
}

/// The A* search over (grid point, direction).
struct Search<'a> {
    grid: &'a Grid,
    target: Point,
    cost: Vec<f64>,
    before: Vec<usize>,
    queue: BinaryHeap<Waiting>,
}

struct Waiting {
    estimate: f64,
    cost: f64,
    state: usize,
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Waiting {}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> Ordering {
        let estimate = other.estimate.total_cmp(&self.estimate);
        estimate.then_with(|| other.state.cmp(&self.state))
    }
}

impl<'a> Search<'a> {
    fn new(grid: &'a Grid, target: Point) -> Self {
        let states = grid.xs.len() * grid.ys.len() * 4;
        Self {
            grid,
            target,
            cost: vec![f64::INFINITY; states],
            before: vec![usize::MAX; states],
            queue: BinaryHeap::new(),
        }
    }

    fn point(&self, state: usize) -> (usize, usize) {
        let width = self.grid.xs.len();
        (state / 4 % width, state / 4 / width)
    }

    fn open(&mut self, x: usize, y: usize, step: usize, cost: f64, before: usize) {
        let state = (y * self.grid.xs.len() + x) * 4 + step;
        if cost < self.cost[state] {
            self.cost[state] = cost;
            self.before[state] = before;
            let right = (self.grid.xs[x] - self.target.x).abs();
            let down = (self.grid.ys[y] - self.target.y).abs();
            // A point beside both middle lines of the target needs one more bend at least.
            let bend = if right.min(down) > 1e-6 { BEND } else { 0.0 };
            let estimate = cost + right + down + bend;
            self.queue.push(Waiting { estimate, cost, state });
        }
    }

    /// The best state at one of the gates, and which gate it is.
    fn run(&mut self, gates: &[((usize, usize, usize), f64)]) -> Option<(usize, usize)> {
        let mut best: Option<(f64, usize, usize)> = None;
        for _ in 0..MOST_VISITS {
            let Some(Waiting { estimate, cost, state }) = self.queue.pop() else {
                break;
            };
            if best.is_some_and(|(known, ..)| known <= estimate) {
                break;
            }
            if cost > self.cost[state] {
                continue;
            }
            let (x, y) = self.point(state);
            let step = state % 4;
            for (index, &((gate_x, gate_y, outward), price)) in gates.iter().enumerate() {
                if (x, y) == (gate_x, gate_y) && step != outward {
                    let turn = if step == (outward + 2) % 4 { 0.0 } else { BEND };
                    // The last stretch, so that all gates are compared at the same point.
                    let total = cost + price + turn;
                    if best.is_none_or(|(known, ..)| total < known) {
                        best = Some((total, state, index));
                    }
                }
            }
            self.expand(x, y, step, cost, state);
        }
        best.map(|(_, state, gate)| (state, gate))
    }

    fn expand(&mut self, x: usize, y: usize, step: usize, cost: f64, state: usize) {
        for (next, &(right, down)) in STEPS.iter().enumerate() {
            if next == (step + 2) % 4 || self.grid.is_blocked(x, y, next) {
                continue;
            }
            let (Some(to_x), Some(to_y)) = (x.checked_add_signed(right), y.checked_add_signed(down)) else {
                continue;
            };
            if to_x >= self.grid.xs.len() || to_y >= self.grid.ys.len() {
                continue;
            }
            let length = (self.grid.xs[to_x] - self.grid.xs[x]).abs() + (self.grid.ys[to_y] - self.grid.ys[y]).abs();
            let turn = if next == step { 0.0 } else { BEND };
            self.open(to_x, to_y, next, cost + length + turn, state);
        }
    }

    fn trace(&self, mut state: usize) -> Polyline {
        let mut line = Vec::new();
        while state != usize::MAX {
            let (x, y) = self.point(state);
            line.push(Point::new(self.grid.xs[x], self.grid.ys[y]));
            state = self.before[state];
        }
        line.reverse();
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::geometry::Size;
    use proptest::prelude::*;

    fn rect(x: f64, y: f64) -> Rect {
        Rect::from_min_size(Point::new(x, y), Size::new(100.0, 50.0))
    }

    fn edge(from: usize, to: usize) -> RouteEdge {
        RouteEdge { from, to, ..RouteEdge::default() }
    }

    #[test]
    fn a_box_in_the_way_is_gone_around() {
        let request = RouteRequest {
            boxes: vec![rect(0.0, 0.0), rect(400.0, 0.0), rect(200.0, 0.0)],
            edges: vec![edge(0, 1)],
            ..RouteRequest::default()
        };
        let routes = route(&request);
        let line = routes[0].as_ref().expect("a route");
        assert!(!passes_through(line, &request.boxes[2]));
        assert_eq!(line.len(), 4, "around in one bow: {line:?}");
    }

    #[test]
    fn boxes_side_by_side_get_a_straight_line() {
        let request = RouteRequest {
            boxes: vec![rect(0.0, 0.0), rect(200.0, 0.0)],
            edges: vec![edge(0, 1)],
            ..RouteRequest::default()
        };
        let line = vec![Point::new(100.0, 25.0), Point::new(200.0, 25.0)];
        assert_eq!(route(&request), vec![Some(line)]);
    }

    #[test]
    fn wanted_sides_are_used() {
        let request = RouteRequest {
            boxes: vec![rect(0.0, 0.0), rect(300.0, 200.0)],
            edges: vec![RouteEdge { from: 0, to: 1, exit: Some(Side::Bottom), entry: Some(Side::Top), ..RouteEdge::default() }],
            ..RouteRequest::default()
        };
        let routes = route(&request);
        let line = routes[0].as_ref().expect("a route");
        assert_eq!(line.first(), Some(&Point::new(50.0, 50.0)));
        assert_eq!(line.last(), Some(&Point::new(350.0, 200.0)));
    }

    #[test]
    fn an_edge_without_a_box_has_no_route() {
        let request = RouteRequest { boxes: vec![rect(0.0, 0.0)], edges: vec![edge(0, 7)], ..RouteRequest::default() };
        assert_eq!(route(&request), vec![None]);
    }

    #[test]
    fn lines_along_a_border_do_not_pass_through() {
        let one = rect(0.0, 0.0);
        let along = [Point::new(-10.0, 50.0), Point::new(200.0, 50.0)];
        let across = [Point::new(-10.0, 49.0), Point::new(200.0, 49.0)];
        assert!(!passes_through(&along, &one));
        assert!(passes_through(&across, &one));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Boxes on a jittered grid always leave a way; no route may meet a foreign box.
        #[test]
        fn routes_keep_off_boxes(
            jitter in prop::collection::vec((0.0..40.0_f64, 0.0..40.0_f64), 36),
            pairs in prop::collection::vec((0..36_usize, 0..36_usize), 1..12),
        ) {
            let boxes: Vec<Rect> = jitter.iter().enumerate().map(|(index, &(x, y))| {
                rect((index % 6) as f64 * 190.0 + x, (index / 6) as f64 * 140.0 + y)
            }).collect();
            let edges = pairs.iter().map(|&(from, to)| edge(from, to)).collect();
            let request = RouteRequest { boxes, edges, ..RouteRequest::default() };
            let routes = route(&request);
            prop_assert_eq!(&routes, &route(&request));
            for (edge, line) in request.edges.iter().zip(&routes) {
                let line = line.as_ref().expect("a route");
                for pair in line.windows(2) {
                    let level = (pair[0].x - pair[1].x).abs() < 1e-6;
                    prop_assert!(level || (pair[0].y - pair[1].y).abs() < 1e-6);
                }
                for (index, one) in request.boxes.iter().enumerate() {
                    if index != edge.from && index != edge.to {
                        prop_assert!(!passes_through(line, one));
                    }
                }
            }
        }
    }
}
