//! The search for one route: A* over vertices and directions, with a price for length, bends and crossings.
//!
//! The estimate of what is still to come is the way straight to the nearest gate and the fewest bends with which it can
//! be reached from the present direction were there no boxes (Wybrow, Marriott, Stuckey 2009); it never exceeds the true
//! price, so the first route that is complete is a cheapest one; only long ways are estimated higher. Equal prices are decided by the number of the state:
//! the same request gives the same route.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::gates::{Gate, away};
use super::marks::Marks;
use super::visibility::{Grid, Own};
use crate::layout::geometry::{Point, Polyline, Rect, simplify};

/// Length that a bend costs, in world units.
pub(super) const BEND: f64 = 40.0;
/// Part of the length that running on another route costs on top.
const SHARING: f64 = 0.15;
/// What running on a piece costs that cannot be moved, because it ends at a corner or a fixed point: once, and per length.
const ON_FIXED: (f64, f64) = (30.0, 1.0);
/// More gates than this are told apart by their common box only.
const MANY_GATES: usize = 8;
/// A way longer than this is estimated higher than it could be: over a long way some bends and crossings are sure to
/// come, and without it the search would look at the whole picture before it believes in them.
const LONG_WAY: f64 = 600.0;
/// The most that the estimate is raised for a long way.
const RAISED: f64 = 1.25;
/// After so many states a search is content with less: what is left is estimated higher still.
const PATIENCE: usize = 2_000;
/// By how much.
const IMPATIENT: f64 = 1.6;

/// No state before; states are remembered by their number plus one.
const FIRST: u32 = 0;

/// What searches reuse: prices of states, valid where the stamp is that of the present search.
pub(super) struct Search {
    cost: Vec<f64>,
    before: Vec<u32>,
    stamp: Vec<u32>,
    goal: Vec<u32>,
    round: u32,
    own: Own,
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
    /// Pieces of routes that cannot be moved aside.
    pub(super) fixed: &'a Marks,
    /// Whether a route may run on the stretch between two neighbouring vertices.
    pub(super) allows: &'a dyn Fn(Point, Point) -> bool,
    /// Where the search looks.
    pub(super) window: Rect,
    /// Length that crossing another route costs.
    pub(super) crossing: f64,
}

impl Search {
    /// For searches on a grid.
    pub(super) fn new(grid: &Grid) -> Self {
        let vertices = grid.len();
        Self {
            own: Own::new(grid),
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
        self.own.clear();
        for gate in starts.iter().chain(goals) {
            self.own.add(ground.grid, gate.vertex, gate.step);
        }
        for gate in goals {
            self.goal[gate.vertex as usize] = self.round;
        }
        let mut target = Target::new(ground.grid, goals);
        target.raise(ground.grid, starts);
        for gate in starts {
            self.open(ground.grid, &target, gate.vertex, gate.step, gate.price, FIRST);
        }
        let mut best: Option<(f64, u32, usize)> = None;
        let mut visits = 0;
        while let Some(Waiting { estimate, cost, state }) = self.queue.pop() {
            visits += 1;
            if visits == PATIENCE || visits == 4 * PATIENCE {
                let weight = if visits == PATIENCE { IMPATIENT } else { 3.0 * IMPATIENT };
                self.hurry(ground.grid, &mut target, weight);
            }
            if best.is_some_and(|(known, ..)| known <= estimate) {
                break;
            }
            if cost > self.cost[state as usize] || self.stamp[state as usize] != self.round {
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

    /// Estimates all that waits anew, higher.
    fn hurry(&mut self, grid: &Grid, target: &mut Target, weight: f64) {
        target.weight = target.weight.max(weight);
        let mut waiting = std::mem::take(&mut self.queue).into_vec();
        for one in &mut waiting {
            one.estimate = one.cost + target.estimate(grid.point(one.state / 4), one.state as usize % 4);
        }
        self.queue = waiting.into();
    }

    fn expand(&mut self, ground: &Ground<'_>, target: &Target, vertex: u32, step: usize, cost: f64) {
        for next_step in [step, (step + 1) % 4, (step + 3) % 4] {
            let is_turn = next_step != step;
            if is_turn && !ground.grid.may_turn(&self.own, vertex, step, next_step) {
                continue;
            }
            let turn = if is_turn { BEND } else { 0.0 };
            self.advance(ground, target, vertex, next_step, cost + turn, vertex * 4 + step as u32 + 1);
        }
    }

    /// Runs straight on from a vertex to the next one at which something can happen.
    fn advance(&mut self, ground: &Ground<'_>, target: &Target, vertex: u32, step: usize, cost: f64, before: u32) {
        let from = ground.grid.point(vertex);
        let mut last = (vertex, from);
        while let Some(next) = ground.grid.next(last.0, step) {
            let to = ground.grid.point(next);
            if !ground.window.contains(to) || !(ground.allows)(last.1, to) {
                return;
            }
            last = (next, to);
            let is_stop = self.goal[next as usize] == self.round
                || ground.grid.may_turn(&self.own, next, step, (step + 1) % 4)
                || ground.grid.may_turn(&self.own, next, step, (step + 3) % 4);
            if is_stop {
                let length = away(from, to);
                let at = next as usize * 4 + step;
                if self.stamp[at] == self.round && self.cost[at] <= cost + length {
                    return;
                }
                let crossed = ground.marks.crossed(from, to) as f64;
                let shared = if ground.marks.shared(from, to) { length * SHARING } else { 0.0 };
                let on_fixed = ground.fixed.covered(from, to);
                let fixed = if on_fixed > 0.5 { ON_FIXED.0 + ON_FIXED.1 * on_fixed } else { 0.0 };
                let shared = shared + fixed;
                return self.open(
                    ground.grid,
                    target,
                    next,
                    step,
                    cost + length + crossed * ground.crossing + shared,
                    before,
                );
            }
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
    /// By how much the rest of the way is estimated higher than it could be.
    weight: f64,
}

impl Target {
    fn new(grid: &Grid, goals: &[Gate]) -> Self {
        let gates: Vec<(Point, usize, f64)> =
            goals.iter().map(|gate| (grid.point(gate.vertex), (gate.step + 2) % 4, gate.price)).collect();
        let boxes = gates.iter().map(|(at, ..)| Rect::new(*at, *at));
        let around = boxes.reduce(|all, one| all.union(&one)).unwrap_or_default();
        Self { gates, around, weight: 1.0 }
    }

    /// Estimates long ways higher.
    fn raise(&mut self, grid: &Grid, starts: &[Gate]) {
        let to = self.around.center();
        let way = starts.iter().map(|gate| away(grid.point(gate.vertex), to)).fold(f64::INFINITY, f64::min);
        if way.is_finite() {
            let share = ((way - LONG_WAY) / (2.0 * LONG_WAY)).clamp(0.0, 1.0);
            self.weight = 1.0 + (RAISED - 1.0) * share;
        }
    }

    /// What the rest of the way costs; with a weight of 1 never more than that.
    fn estimate(&self, from: Point, step: usize) -> f64 {
        if self.gates.len() > MANY_GATES {
            let x = (self.around.min.x - from.x).max(from.x - self.around.max.x).max(0.0);
            let y = (self.around.min.y - from.y).max(from.y - self.around.max.y).max(0.0);
            return (x + y) * self.weight;
        }
        let rest = |(at, arrival, price): &(Point, usize, f64)| {
            away(from, *at) + BEND * fewest_bends(from, step, *at, *arrival) + price
        };
        self.gates.iter().map(rest).fold(f64::INFINITY, f64::min) * self.weight
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
