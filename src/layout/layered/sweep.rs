//! A sweep that pushes boxes to the right, just as far as they must.

use std::collections::BTreeSet;

use super::standing::{GRID, Standing};
use crate::layout::geometry::Rect;

/// The boxes of a level and what holds between them.
pub(super) struct Sweep<'s> {
    standing: &'s Standing<'s>,
    /// What moves by itself, from left to right.
    members: Vec<usize>,
    areas: Vec<Rect>,
    /// Place of every node among the members.
    place: Vec<usize>,
    successors: Vec<Vec<(usize, f64)>>,
    shift: Vec<f64>,
}

impl<'s> Sweep<'s> {
    /// A sweep over these units of a level.
    pub fn new(standing: &'s Standing<'s>, mut members: Vec<usize>) -> Self {
        let left = |unit: usize| standing.area(unit).min.x;
        members.sort_by(|&a, &b| left(a).total_cmp(&left(b)).then(a.cmp(&b)));
        let mut place = vec![usize::MAX; standing.boxes.len()];
        for (at, &member) in members.iter().enumerate() {
            place[member] = at;
        }
        Self {
            standing,
            areas: members.iter().map(|&member| standing.area(member)).collect(),
            place,
            successors: vec![Vec::new(); members.len()],
            shift: vec![0.0; members.len()],
            members,
        }
    }

    /// Keeps a successor behind, as far as it stood, at most `gap`.
    pub fn tie(&mut self, from: usize, to: usize, gap: f64) {
        let (from, to) = (self.place[from], self.place[to]);
        if from != usize::MAX && to != usize::MAX {
            let apart = self.areas[to].min.x - self.areas[from].max.x;
            if apart >= 0.0 {
                self.successors[from].push((to, apart.min(gap)));
            }
        }
    }

    /// Pushes with some areas; `along` is kept free beside each pusher, and what is less than
    /// `across` above or below one counts as level with it.
    pub fn run(&mut self, pushing: &[Rect], along: f64, across: f64) {
        // Ordered by place, so that every pusher is final before what it pushes.
        let mut waiting: BTreeSet<usize> = BTreeSet::new();
        for area in pushing {
            for at in 0..self.areas.len() {
                let other = self.areas[at];
                if level_with(area, &other, across) && other.min.x >= area.min.x - 1e-6 {
                    let need = area.max.x + along - other.min.x;
                    self.raise(at, need, &mut waiting);
                }
            }
        }
        while let Some(at) = waiting.pop_first() {
            let area = self.areas[at];
            let end = area.max.x + self.shift[at];
            for satellite in self.satellites_of(at) {
                self.raise(satellite, self.shift[at], &mut waiting);
            }
            for (next, gap) in self.successors[at].clone() {
                let need = end + gap - self.areas[next].min.x;
                self.raise(next, need, &mut waiting);
            }
            let first = self.areas.partition_point(|other| other.min.x < area.max.x - 1e-6);
            for next in first..self.areas.len() {
                let other = self.areas[next];
                if other.min.x >= end + along {
                    break;
                }
                if level_with(&area, &other, across) {
                    let gap = (other.min.x - area.max.x).min(along);
                    self.raise(next, end + gap - other.min.x, &mut waiting);
                }
            }
        }
    }

    /// The satellites that move with a unit.
    fn satellites_of(&self, at: usize) -> Vec<usize> {
        let standing = self.standing;
        let tied = standing.structure.satellites[self.members[at]].iter().filter(|&&node| standing.tied[node]);
        tied.map(|&node| self.place[node]).filter(|&place| place != usize::MAX).collect()
    }

    fn raise(&mut self, at: usize, need: f64, waiting: &mut BTreeSet<usize>) {
        if need > self.shift[at] + 1e-6 {
            self.shift[at] = ((need - 1e-6) * GRID).ceil() / GRID;
            waiting.insert(at);
        }
    }

    /// What moves, and how far beyond the way of its host.
    pub fn found(&self) -> Vec<(usize, f64)> {
        let carried = |unit: usize| {
            let host = self.place[self.standing.structure.owner[unit]];
            if self.standing.tied[unit] && host != usize::MAX { self.shift[host] } else { 0.0 }
        };
        let pairs = self.members.iter().zip(&self.shift);
        pairs.map(|(&unit, &by)| (unit, by - carried(unit))).filter(|(_, by)| *by > 0.0).collect()
    }
}

/// Whether two areas lie at one height, with some room between.
fn level_with(a: &Rect, b: &Rect, gap: f64) -> bool {
    a.min.y < b.max.y + gap && b.min.y < a.max.y + gap
}
