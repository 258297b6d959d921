//! The search for one route: A* over vertices and directions, with a price for length, bends and crossings.
//!
//! The estimate of what is still to come is the way straight to the nearest gate and the fewest bends with which it can
//! be reached from the present direction were there no boxes (Wybrow, Marriott, Stuckey 2009); it never exceeds the true
//! price, so the first route that is complete is a cheapest one. Equal prices are decided by the number of the state:
//! the same request gives the same route.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::gates::{Gate, away};
use super::marks::Marks;
use super::visibility::Grid;
use crate::layout::geometry::{Point, Polyline, Rect, simplify};

/// Length that a bend costs, in world units.
pub(super) const BEND: f64 = 40.0;
/// Length that crossing another route costs.
pub(super) const CROSSING: f64 = 50.0;
/// Part of the length that running on another route costs on top.
const SHARING: f64 = 0.15;
/// More gates than this are told apart by their common box only.
const MANY_GATES: usize = 8;
/// Most states that one search looks at.
const MOST_VISITS: usize = 2_000_000;

/// No state before; states are remembered by their number plus one.
const FIRST: u32 = 0;

/// What searches reuse: prices of states, valid where the stamp is that of the present search.
pub(super) struct Search {
    cost: Vec<f64>,
    before: Vec<u32>,
    stamp: Vec<u32>,
    goal: Vec<u32>,
    round: u32,
    queue: BinaryHeap<Waiting>,
}

/// A route with its price.
pub(super) struct Found {
    pub(super) line: Polyline,
    pub(super) price: f64,
}

struct Waiting {
    estimate: f64,
    cost: f64,
    state: u32,
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
    /// The least estimate is the greatest of the heap; of equal ones that which has come farthest.
    fn cmp(&self, other: &Self) -> Ordering {
        let estimate = other.estimate.total_cmp(&self.estimate);
        estimate.then_with(|| self.cost.total_cmp(&other.cost)).then_with(|| other.state.cmp(&self.state))
    }
}

/// What a search looks at beside the grid.
pub(super) struct Ground<'a> {
    pub(super) grid: &'a Grid,
    pub(super) marks: &'a Marks,
    /// Whether a route may run on the stretch between two neighbouring vertices.
    pub(super) allows: &'a dyn Fn(Point, Point) -> bool,
}

impl Search {
    /// For a grid of this many vertices.
    pub(super) fn new(vertices: usize) -> Self {
        Self {
            cost: vec![0.0; vertices * 4],
            before: vec![0; vertices * 4],
            stamp: vec![0; vertices * 4],
            goal: vec![0; vertices],
            round: 0,
            queue: BinaryHeap::new(),
        }
    }

    /// The cheapest route from one of the first gates to one of the others.
    pub(super) fn run(&mut self, ground: &Ground<'_>, starts: &[Gate], goals: &[Gate]) -> Option<Found> {
        if goals.is_empty() {
            return None;
        }
        self.round += 1;
        self.queue.clear();
        for gate in goals {
            self.goal[gate.vertex as usize] = self.round;
        }
        let target = Target::new(ground.grid, goals);
        for gate in starts {
            self.open(ground.grid, &target, gate.vertex, gate.step, gate.price, FIRST);
        }
        let mut best: Option<(f64, u32, usize)> = None;
        for _ in 0..MOST_VISITS {
            let Some(Waiting { estimate, cost, state }) = self.queue.pop() else { break };
            if best.is_some_and(|(known, ..)| known <= estimate) {
                break;
            }
            if cost > self.cost[state as usize] {
                continue;
            }
            let (vertex, step) = (state / 4, state as usize % 4);
            if self.goal[vertex as usize] == self.round {
                for (index, gate) in goals.iter().enumerate().filter(|(_, gate)| gate.vertex == vertex) {
                    let is_straight = step == (gate.step + 2) % 4;
                    // A gate right at its vertex has no room for a bend.
                    let is_back = step == gate.step || (!is_straight && gate.at == ground.grid.point(vertex));
                    let turn = if is_straight { 0.0 } else { BEND };
                    let total = cost + turn + gate.price;
                    if !is_back && best.is_none_or(|(known, ..)| total < known) {
                        best = Some((total, state, index));
                    }
                }
            }
            self.expand(ground, &target, vertex, step, cost);
        }
        let (price, state, goal) = best?;
        Some(Found { line: self.trace(ground.grid, starts, state, goals.get(goal)?), price })
    }

    fn open(&mut self, grid: &Grid, target: &Target, vertex: u32, step: usize, cost: f64, before: u32) {
        let state = vertex * 4 + step as u32;
        let at = state as usize;
        if self.stamp[at] != self.round || cost < self.cost[at] {
            self.stamp[at] = self.round;
            self.cost[at] = cost;
            self.before[at] = before;
            let estimate = cost + target.estimate(grid.point(vertex), step);
            self.queue.push(Waiting { estimate, cost, state });
        }
    }

    fn expand(&mut self, ground: &Ground<'_>, target: &Target, vertex: u32, step: usize, cost: f64) {
        let from = ground.grid.point(vertex);
        for next_step in [step, (step + 1) % 4, (step + 3) % 4] {
            let Some(next) = ground.grid.next(vertex, next_step) else { continue };
            let to = ground.grid.point(next);
            let length = away(from, to);
            let turn = if next_step == step { 0.0 } else { BEND };
            let least = cost + length + turn;
            let at = next as usize * 4 + next_step;
            let is_known = self.stamp[at] == self.round && self.cost[at] <= least;
            if is_known || !(ground.allows)(from, to) {
                continue;
            }
            let crossed = ground.marks.crossed(from, to) as f64;
            let shared = if ground.marks.shared(from, to) { length * SHARING } else { 0.0 };
            self.open(
                ground.grid,
                target,
                next,
                next_step,
                least + crossed * CROSSING + shared,
                vertex * 4 + step as u32 + 1,
            );
        }
    }

    fn trace(&self, grid: &Grid, starts: &[Gate], state: u32, goal: &Gate) -> Polyline {
        let mut line = vec![goal.at];
        let mut state = state;
        loop {
            line.push(grid.point(state / 4));
            let before = self.before[state as usize];
            if before == FIRST {
                break;
            }
            state = before - 1;
        }
        let is_start = |gate: &&Gate| gate.vertex == state / 4 && gate.step == state as usize % 4;
        line.extend(starts.iter().find(is_start).map(|gate| gate.at));
        line.reverse();
        simplify(&mut line);
        line
    }
}

/// Where a search wants to go.
struct Target {
    /// Each gate with the direction in which it is reached and its price.
    gates: Vec<(Point, usize, f64)>,
    around: Rect,
}

impl Target {
    fn new(grid: &Grid, goals: &[Gate]) -> Self {
        let gates: Vec<(Point, usize, f64)> =
            goals.iter().map(|gate| (grid.point(gate.vertex), (gate.step + 2) % 4, gate.price)).collect();
        let boxes = gates.iter().map(|(at, ..)| Rect::new(*at, *at));
        let around = boxes.reduce(|all, one| all.union(&one)).unwrap_or_default();
        Self { gates, around }
    }

    /// Never more than the rest of the way costs.
    fn estimate(&self, from: Point, step: usize) -> f64 {
        if self.gates.len() > MANY_GATES {
            let x = (self.around.min.x - from.x).max(from.x - self.around.max.x).max(0.0);
            let y = (self.around.min.y - from.y).max(from.y - self.around.max.y).max(0.0);
            return x + y;
        }
        let rest = |(at, arrival, price): &(Point, usize, f64)| {
            away(from, *at) + BEND * fewest_bends(from, step, *at, *arrival) + price
        };
        self.gates.iter().map(rest).fold(f64::INFINITY, f64::min)
    }
}

/// The fewest bends of a route that runs in one direction at one point and in another at the other.
fn fewest_bends(from: Point, step: usize, to: Point, arrival: usize) -> f64 {
    let (x, y) = (to.x - from.x, to.y - from.y);
    // Turned so that the route runs to the right: how far ahead the goal lies, and how far to the right hand.
    let (ahead, aside) = match step {
        0 => (x, y),
        1 => (y, -x),
        2 => (-x, -y),
        _ => (-y, x),
    };
    let is_level = aside.abs() < 1e-6;
    match (arrival + 4 - step) % 4 {
        0 if is_level && ahead > -1e-6 => 0.0,
        0 if ahead > 1e-6 => 2.0,
        0 => 4.0,
        2 if is_level => 4.0,
        2 => 2.0,
        turn => {
            let onward = if turn == 1 { aside } else { -aside };
            if ahead > -1e-6 && onward > -1e-6 { 1.0 } else { 3.0 }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bends_are_never_counted_too_high() {
        let bends = |x: f64, y: f64, arrival: usize| fewest_bends(Point::new(0.0, 0.0), 0, Point::new(x, y), arrival);
        assert_eq!([bends(9.0, 0.0, 0), bends(9.0, 5.0, 0), bends(-9.0, 5.0, 0)], [0.0, 2.0, 4.0]);
        assert_eq!([bends(9.0, 5.0, 1), bends(9.0, -5.0, 1), bends(9.0, -5.0, 3)], [1.0, 3.0, 1.0]);
        assert_eq!([bends(9.0, 5.0, 2), bends(9.0, 0.0, 2)], [2.0, 4.0]);
        // Upwards, then to the right.
        assert_eq!(fewest_bends(Point::new(0.0, 0.0), 3, Point::new(5.0, -5.0), 0), 1.0);
    }
}
