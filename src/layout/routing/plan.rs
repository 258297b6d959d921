//! Routing of a whole request: the order of edges, second tries, and what is done where there is no way.

use super::ends::{area_of, is_usable, ranges, straighten};
use super::field::{Field, SEALED, holds};
use super::gates::{Gate, Uses, away, gates};
use super::marks::Marks;
use super::nudging::{Path, nudge};
use super::passes_through;
use super::search::{Found, Ground, Search};
use super::visibility::Grid;
use crate::layout::geometry::{Point, Polyline, Rect, simplify};
use crate::layout::request::{End, PortShape, RouteEdge, RouteRequest, Side};

/// How far around its ends an edge looks for its way first: so far, and this part of the way on top.
const NEARBY: f64 = 120.0;
const NEARBY_SHARE: f64 = 0.1;
/// Routes keep at least so far from the borders of rooms that are closed to them.
const BORDER: f64 = 0.4;
/// Edges with a longer way get no second try: they cross others anyhow.
const LONG_WAY: f64 = 2_000.0;
/// A line that lies already uses a side as much as so many others: it cannot move aside.
const FIXED_WEIGHT: usize = 3;
/// In pictures of more edges there is none at all: it saves one crossing in thirty and takes as long as the first.
const MANY_EDGES: usize = 300;
/// Most rounds of further tries.
const MOST_ROUNDS: usize = 4;

/// Routes all edges among the boxes with the given indices; the ends of edges must be among them.
pub(super) fn route_among(request: &RouteRequest, indices: &[usize]) -> Vec<Option<Polyline>> {
    if request.edges.is_empty() {
        return Vec::new();
    }
    let mut plan = Plan::new(request, indices);
    plan.count_fixed();
    plan.route_all();
    plan.improve();
    plan.finish()
}

struct Plan<'a> {
    request: &'a RouteRequest,
    field: Field,
    grid: Grid,
    marks: Marks,
    /// The first and last pieces at corners and fixed points.
    fixed: Marks,
    uses: Uses,
    search: Search,
    routes: Vec<Option<Polyline>>,
    /// Edges in the order in which they are routed: short ones first.
    order: Vec<usize>,
}

impl<'a> Plan<'a> {
    fn new(request: &'a RouteRequest, indices: &[usize]) -> Self {
        let field = Field::new(request, indices);
        let usable = |edge: &&RouteEdge| is_usable(request, edge.start()) && is_usable(request, edge.finish());
        let ends: Vec<End> =
            request.edges.iter().filter(usable).flat_map(|edge| [edge.start(), edge.finish()]).collect();
        let point = |end: &End| if let End::Point(at) = end { Some(*at) } else { None };
        let line = |end: &End| if let End::Line(from, to) = end { Some((*from, *to)) } else { None };
        let points: Vec<Point> = ends.iter().filter_map(point).collect();
        let mut lines: Vec<(Point, Point)> = Vec::new();
        for one in ends.iter().filter_map(line) {
            if !lines.contains(&one) {
                lines.push(one);
            }
        }
        let grid = Grid::new(&field, &points, &lines, &request.corridors);
        let (mut marks, fixed) = (Marks::new(&field.bounds), Marks::new(&field.bounds));
        request.fixed.iter().for_each(|line| marks.add(line));
        let length = |edge: usize| {
            let edge = &request.edges[edge];
            let (start, finish) = (area_of(&request.boxes, edge.start()), area_of(&request.boxes, edge.finish()));
            // Of a border the place that faces the other end.
            let place = |end: End, own: &Rect, other: &Rect| match end {
                End::Line(..) => own.nearest(other.center()),
                _ => own.center(),
            };
            away(place(edge.start(), &start, &finish), place(edge.finish(), &finish, &start))
        };
        let mut order: Vec<usize> = (0..request.edges.len())
            .filter(|&edge| {
                let edge = &request.edges[edge];
                is_usable(request, edge.start()) && is_usable(request, edge.finish())
            })
            .collect();
        order.sort_by(|&a, &b| length(a).total_cmp(&length(b)).then(a.cmp(&b)));
        Self {
            uses: Uses::new(request.boxes.len()),
            search: Search::new(&grid),
            routes: vec![None; request.edges.len()],
            request,
            field,
            grid,
            marks,
            fixed,
            order,
        }
    }

    /// Lines that lie already use the sides of boxes, too.
    fn count_fixed(&mut self) {
        let ends = |line: &'a Polyline| [line.first(), line.last()].into_iter().flatten().copied();
        let mut ends: Vec<Point> = self.request.fixed.iter().flat_map(ends).filter(|end| end.x.is_finite()).collect();
        ends.sort_by(|a, b| a.x.total_cmp(&b.x));
        let of_edge = |edge: &RouteEdge| [edge.start(), edge.finish()];
        let mut boxes: Vec<usize> = Vec::new();
        for end in self.order.iter().flat_map(|&edge| of_edge(&self.request.edges[edge])) {
            if let End::Box(index) = end {
                boxes.push(index);
            }
        }
        boxes.sort_unstable();
        boxes.dedup();
        for index in boxes {
            let one = self.field.boxes[index];
            let first = ends.partition_point(|end| end.x < one.min.x - BORDER);
            for end in ends[first..].iter().take_while(|end| end.x <= one.max.x + BORDER) {
                for _ in 0..FIXED_WEIGHT {
                    self.uses.count(&self.field, End::Box(index), *end, true);
                }
            }
        }
    }

    fn route_all(&mut self) {
        for edge in self.order.clone() {
            let line = self.find(edge).map(|found| found.line);
            let line = line.unwrap_or_else(|| self.fall_back(edge));
            self.keep(edge, line);
        }
    }

    fn keep(&mut self, edge: usize, line: Polyline) {
        self.marks.add(&line);
        self.count(edge, &line, true);
        self.routes[edge] = Some(line);
    }

    fn take_out(&mut self, edge: usize) -> Option<Polyline> {
        let line = self.routes[edge].take()?;
        self.marks.remove(&line);
        self.count(edge, &line, false);
        Some(line)
    }

    fn count(&mut self, edge: usize, line: &[Point], more: bool) {
        let edge = &self.request.edges[edge];
        let is_fixed = |end: End| match end {
            End::Box(index) => self.request.shape(index) != PortShape::Rectangle,
            End::Point(_) => true,
            End::Line(..) => false,
        };
        let pieces = [(edge.start(), line.first_chunk::<2>()), (edge.finish(), line.last_chunk::<2>())];
        for piece in pieces.into_iter().filter(|(end, _)| is_fixed(*end)).filter_map(|(_, piece)| piece) {
            if more { self.fixed.add(piece) } else { self.fixed.remove(piece) }
        }
        if let (Some(first), Some(last)) = (line.first(), line.last()) {
            self.uses.count(&self.field, edge.start(), *first, more);
            self.uses.count(&self.field, edge.finish(), *last, more);
        }
    }

    /// The cheapest route of an edge; none where the grid has no way.
    fn find(&mut self, index: usize) -> Option<Found> {
        let edge = self.request.edges[index];
        self.find_edge(&edge)
    }

    fn find_edge(&mut self, edge: &RouteEdge) -> Option<Found> {
        let (start, finish) = (edge.start(), edge.finish());
        if start == finish && matches!(start, End::Box(_)) {
            return self.find_loop(edge);
        }
        let starts = gates(&self.field, &self.grid, &self.uses, start, finish, edge.exit);
        let goals = gates(&self.field, &self.grid, &self.uses, finish, start, edge.entry);
        self.search(edge, &starts, &goals)
    }

    /// A loop leaves by one side and comes back by another one.
    fn find_loop(&mut self, edge: &RouteEdge) -> Option<Found> {
        let (start, finish) = (edge.start(), edge.finish());
        let mut best: Option<Found> = None;
        for exit in [Side::Right, Side::Bottom, Side::Left, Side::Top] {
            if edge.exit.is_some_and(|wanted| wanted != exit) {
                continue;
            }
            let starts = gates(&self.field, &self.grid, &self.uses, start, finish, Some(exit));
            let goals: Vec<Gate> = gates(&self.field, &self.grid, &self.uses, finish, start, edge.entry)
                .into_iter()
                .filter(|goal| starts.iter().all(|gate| gate.step != goal.step))
                .collect();
            if let Some(found) = self.search(edge, &starts, &goals)
                && best.as_ref().is_none_or(|best| found.price < best.price)
            {
                best = Some(found);
            }
        }
        best
    }

    fn search(&mut self, edge: &RouteEdge, starts: &[Gate], goals: &[Gate]) -> Option<Found> {
        let ends = [edge.start(), edge.finish()];
        let rooms = self.field.rooms.iter().filter(|&&room| !is_open(&self.field, room, ends));
        // A little larger, so that no route runs on their border.
        let closed: Vec<Rect> = rooms.map(|&room| self.field.boxes[room].grown(BORDER)).collect();
        let allows = |from: Point, to: Point| !closed.iter().any(|room| passes_through(&[from, to], room));
        let around = area_of(&self.field.boxes, ends[0]).union(&area_of(&self.field.boxes, ends[1]));
        let near = around.grown(NEARBY + (around.width() + around.height()) * NEARBY_SHARE);
        let everywhere =
            Rect::new(Point::new(f64::NEG_INFINITY, f64::NEG_INFINITY), Point::new(f64::INFINITY, f64::INFINITY));
        [near, everywhere].into_iter().find_map(|window| {
            let (grid, marks, fixed, crossing) = (&self.grid, &self.marks, &self.fixed, self.request.crossing);
            let ground = Ground { grid, marks, fixed, allows: &allows, window, crossing };
            self.search.run(&ground, starts, goals)
        })
    }

    /// Further tries for edges that cross others: what lies now may leave a cheaper way.
    fn improve(&mut self) {
        if self.order.len() > MANY_EDGES {
            return;
        }
        for _ in 0..MOST_ROUNDS {
            if !self.try_again() {
                break;
            }
        }
    }

    /// One more try for every edge that crosses others; whether one of them changed.
    fn try_again(&mut self) -> bool {
        let mut is_changed = false;
        for edge in self.order.clone() {
            let Some(line) = &self.routes[edge] else { continue };
            let crossed = |marks: &Marks| -> usize {
                line.iter().zip(line.iter().skip(1)).map(|(from, to)| marks.crossed(*from, *to)).sum()
            };
            let length: f64 = line.iter().zip(line.iter().skip(1)).map(|(from, to)| away(*from, *to)).sum();
            if length > LONG_WAY || crossed(&self.marks) == 0 {
                continue;
            }
            let Some(old) = self.take_out(edge) else { continue };
            let line = self.find(edge).map_or_else(|| old.clone(), |found| found.line);
            is_changed |= line != old;
            self.keep(edge, line);
        }
        is_changed
    }

    /// A route where the grid has none: by another side than was wanted, else past all boxes but those that cover one
    /// end or both, at last past none.
    fn fall_back(&mut self, index: usize) -> Polyline {
        let edge = self.request.edges[index];
        let free = RouteEdge { exit: None, entry: None, ..edge };
        for wanted in [RouteEdge { entry: None, ..edge }, RouteEdge { exit: None, ..edge }, free] {
            if wanted != edge
                && let Some(found) = self.find_edge(&wanted)
            {
                return found.line;
            }
        }
        let boxes = &self.field.boxes;
        let (from, to) = (area_of(boxes, edge.start()), area_of(boxes, edge.finish()));
        let is_end = |other: usize| End::Box(other) == edge.start() || End::Box(other) == edge.finish();
        for ends in [&[to][..], &[from][..], &[from, to][..]] {
            let covers = |other: &usize| ends.iter().any(|end| boxes[*other].grown(SEALED).overlaps(end));
            let kept: Vec<usize> =
                self.field.indices.iter().copied().filter(|other| is_end(*other) || !covers(other)).collect();
            if kept.len() == self.field.indices.len() {
                continue;
            }
            for edge in [edge, free] {
                let request = RouteRequest { edges: vec![edge], fixed: Vec::new(), ..self.request.clone() };
                if let Some(found) = Plan::new(&request, &kept).find(0) {
                    return found.line;
                }
            }
        }
        elbow(&from, &to)
    }

    /// Straightens and sets apart what was found.
    fn finish(mut self) -> Vec<Option<Polyline>> {
        for edge in self.order.clone() {
            if let Some(line) = &mut self.routes[edge] {
                straighten(&self.field, &self.request.edges[edge], line);
            }
        }
        let mut paths: Vec<Path> = Vec::with_capacity(self.routes.len() + self.request.fixed.len());
        let mut edges = Vec::with_capacity(self.routes.len());
        for (index, line) in self.routes.iter_mut().enumerate() {
            if let Some(line) = line.take() {
                let ends = ranges(&self.field, &self.request.edges[index], &line);
                edges.push(index);
                paths.push(Path { line, is_free: true, ends });
            }
        }
        let reach = paths.iter().flat_map(|path| &path.line).map(|point| Rect::new(*point, *point));
        let reach = reach.reduce(|all, one| all.union(&one)).unwrap_or_default().grown(100.0);
        let is_near = |line: &&Polyline| {
            let points = line.iter().map(|point| Rect::new(*point, *point));
            points.reduce(|all, one| all.union(&one)).is_some_and(|around| around.grown(1.0).overlaps(&reach))
        };
        for line in self.request.fixed.iter().filter(is_near) {
            let mut line = line.clone();
            simplify(&mut line);
            paths.push(Path { line, is_free: false, ends: [(0.0, 0.0); 2] });
        }
        nudge(&self.field, &mut paths, self.request.gap.max(0.0));
        let mut routes = vec![None; self.request.edges.len()];
        for (edge, path) in edges.into_iter().zip(paths) {
            routes[edge] = Some(path.line);
        }
        routes
    }
}

/// Whether a room is open for an edge: it holds one of its ends.
fn is_open(field: &Field, room: usize, ends: [End; 2]) -> bool {
    let outer = &field.boxes[room];
    ends.into_iter().any(|end| match end {
        End::Box(index) => index != room && field.boxes.get(index).is_some_and(|inner| holds(outer, inner)),
        other => holds(outer, &area_of(&field.boxes, other)),
    })
}

/// The plain way: out to the side, across in the middle, in from the side.
fn elbow(from: &Rect, to: &Rect) -> Polyline {
    let (a, b) = (from.center(), to.center());
    let (start, end) = if a.x <= b.x { (from.max.x, to.min.x) } else { (from.min.x, to.max.x) };
    let middle = f64::midpoint(start, end);
    let mut line = vec![Point::new(start, a.y), Point::new(middle, a.y), Point::new(middle, b.y), Point::new(end, b.y)];
    simplify(&mut line);
    if line.len() == 1 {
        line.push(Point::new(end, b.y));
    }
    line
}
