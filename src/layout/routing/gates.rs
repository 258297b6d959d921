//! Where a route may leave or reach its ends: the gates of a box, of a stretch of border, of a fixed point.

use super::field::{Field, holds, number};
use super::visibility::Grid;
use crate::layout::geometry::{Point, Rect};
use crate::layout::request::{End, PortShape, Side};

/// A preference for the sides at which text is read: top and bottom cost a little more.
const UPRIGHT_PRICE: f64 = 1.0;
/// What each edge that a side has already adds to its price.
const SHARED_SIDE: f64 = 4.0;
/// The same for a corner of a rhomb or circle, which edges cannot share without running together.
const SHARED_CORNER: f64 = 24.0;

/// One way out of an end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gate {
    /// Where the route meets the end.
    pub(super) at: Point,
    /// The first vertex outside.
    pub(super) vertex: u32,
    /// The direction from the end to the vertex: 0 right, 1 down, 2 left, 3 up.
    pub(super) step: usize,
    /// The way from the end to the vertex, and what else it costs to use this gate.
    pub(super) price: f64,
}

/// How many routes use each side of each box.
pub(super) struct Uses {
    counts: Vec<[u16; 4]>,
}

impl Uses {
    /// No routes yet.
    pub(super) fn new(boxes: usize) -> Self {
        Self { counts: vec![[0; 4]; boxes] }
    }

    /// Counts one more route, or one less, at the place where it meets a box.
    pub(super) fn count(&mut self, field: &Field, end: End, at: Point, more: bool) {
        let End::Box(index) = end else { return };
        let Some(one) = field.boxes.get(index) else { return };
        let Some(side) = side_of(one, at) else { return };
        let count = &mut self.counts[index][side];
        *count = if more { count.saturating_add(1) } else { count.saturating_sub(1) };
    }
}

/// The side of a box on which a point lies.
pub(super) fn side_of(one: &Rect, at: Point) -> Option<usize> {
    const NEAR: f64 = 0.01;
    let apart = [at.x - one.max.x, at.y - one.max.y, at.x - one.min.x, at.y - one.min.y];
    if !one.grown(NEAR).contains(at) {
        return None;
    }
    (0..4).find(|&side| apart[side].abs() < NEAR)
}

/// The gates of an end; `other` is the other end of the edge.
pub(super) fn gates(field: &Field, grid: &Grid, uses: &Uses, end: End, other: End, wanted: Option<Side>) -> Vec<Gate> {
    match end {
        End::Box(index) => of_box(field, grid, uses, index, other, wanted),
        End::Line(from, to) => of_line(grid, from, to, wanted),
        End::Point(at) => of_point(grid, at, wanted),
    }
}

fn of_box(field: &Field, grid: &Grid, uses: &Uses, index: usize, other: End, wanted: Option<Side>) -> Vec<Gate> {
    // An edge from a room to what is in it starts at the inner face of the border.
    let is_inward = field.is_room(index)
        && match other {
            End::Box(inner) => field.boxes.get(inner).is_some_and(|inner| holds(&field.boxes[index], inner)),
            End::Point(at) => field.boxes[index].contains(at),
            End::Line(..) => false,
        };
    let shared = match field.shapes[index] {
        PortShape::Rectangle => SHARED_SIDE,
        PortShape::Rhomb | PortShape::Ellipse => SHARED_CORNER,
    };
    let gate = |side: usize| {
        let at = field.place(index, side)?;
        let step = if is_inward { (side + 2) % 4 } else { side };
        let vertex = grid.first(at, step)?;
        let upright = if side % 2 == 1 { UPRIGHT_PRICE } else { 0.0 };
        let used = f64::from(uses.counts[index][side]);
        let price = away(at, grid.point(vertex)) + upright + shared * used;
        Some(Gate { at, vertex, step, price })
    };
    let sides = 0..4;
    sides.filter(|&side| wanted.is_none_or(|wanted| number(wanted) == side)).filter_map(gate).collect()
}

fn of_line(grid: &Grid, from: Point, to: Point, wanted: Option<Side>) -> Vec<Gate> {
    let is_level = (from.y - to.y).abs() < 1e-6;
    let steps = if is_level { [1, 3] } else { [0, 2] };
    let vertices = grid.on_line(from, to);
    let wanted = wanted.map(number);
    let gate = |vertex: u32| {
        let steps = steps.into_iter().filter(move |step| wanted.is_none_or(|wanted| wanted == *step));
        let at = grid.point(vertex);
        steps.map(move |step| Gate { at, vertex, step, price: 0.0 })
    };
    vertices.into_iter().flat_map(gate).collect()
}

fn of_point(grid: &Grid, at: Point, wanted: Option<Side>) -> Vec<Gate> {
    let wanted = wanted.map(number);
    let steps = (0..4).filter(|step| wanted.is_none_or(|wanted| wanted == *step));
    let gate = |step: usize| {
        let vertex = grid.first(at, step)?;
        Some(Gate { at, vertex, step, price: away(at, grid.point(vertex)) })
    };
    steps.filter_map(gate).collect()
}

pub(super) fn away(a: Point, b: Point) -> f64 {
    (a.x - b.x).abs() + (a.y - b.y).abs()
}
