//! Moves a segment of the line of a flow or link across its direction.

use emath::{Pos2, Vec2};

use super::{Input, Outcome, Situation, kept, lines};
use crate::edit::SetBends;
use crate::model::ElementRef;
use crate::scene::EdgeMeaning;

/// A line being bent.
#[derive(Clone, Debug, PartialEq)]
pub struct Bending {
    /// The flow or link.
    pub line: ElementRef,
    /// What the line says.
    pub meaning: EdgeMeaning,
    /// The line as it was.
    before: Vec<Pos2>,
    /// Index of the segment that moves.
    segment: usize,
    /// The line as it would be.
    pub after: Vec<Pos2>,
}

impl Bending {
    /// Takes hold of the segment of a line that is nearest to a point.
    pub fn start(line: ElementRef, at: Pos2, situation: &Situation<'_>) -> Option<Self> {
        let edge = lines::edge_of(situation.scene, line)?;
        let before = edge.points.clone();
        let segment = nearest_segment(&before, at)?;
        Some(Self { line, meaning: edge.meaning, after: before.clone(), before, segment })
    }

    /// Follows the pointer.
    pub fn drag(mut self, input: &Input) -> Self {
        self.after = shifted(&self.before, self.segment, input.at - input.press);
        self
    }

    /// Makes the change; arranging keeps the line from then on.
    pub fn finish(self, situation: &Situation<'_>, out: &mut Outcome) {
        if self.after != self.before {
            let bends = self.after.iter().map(|point| kept(*point)).collect();
            out.edit(SetBends { view: situation.view, line: self.line, bends, pinned: true });
        }
    }
}

fn nearest_segment(points: &[Pos2], at: Pos2) -> Option<usize> {
    let distance = |pair: &[Pos2]| match pair {
        [from, to] => emath::Rect::from_two_pos(*from, *to).distance_to_pos(at),
        _ => f32::INFINITY,
    };
    (0..points.len().saturating_sub(1)).min_by(|a, b| {
        let of = |index: usize| points.get(index..index + 2).map_or(f32::INFINITY, distance);
        of(*a).total_cmp(&of(*b))
    })
}

/// The line with one segment moved across its direction. The ends stay: a segment at an end gets a new corner.
fn shifted(points: &[Pos2], segment: usize, by: Vec2) -> Vec<Pos2> {
    let mut line = points.to_vec();
    let (Some(from), Some(to)) = (line.get(segment).copied(), line.get(segment + 1).copied()) else { return line };
    let is_level = (from.y - to.y).abs() <= (from.x - to.x).abs();
    let by = if is_level { Vec2::new(0.0, by.y.round()) } else { Vec2::new(by.x.round(), 0.0) };
    if by == Vec2::ZERO {
        return line;
    }
    let is_last = segment + 2 == line.len();
    if let Some(point) = line.get_mut(segment) {
        *point += by;
    }
    if let Some(point) = line.get_mut(segment + 1) {
        *point += by;
    }
    if is_last {
        line.push(to);
    }
    if segment == 0 {
        line.insert(0, from);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use emath::{pos2, vec2};

    #[test]
    fn a_straight_line_becomes_a_detour_with_the_same_ends() {
        let line = [pos2(0.0, 0.0), pos2(100.0, 0.0)];
        let bent = shifted(&line, 0, vec2(15.0, 30.0));
        assert_eq!(bent, [pos2(0.0, 0.0), pos2(0.0, 30.0), pos2(100.0, 30.0), pos2(100.0, 0.0)]);
        assert_eq!(shifted(&line, 0, vec2(15.0, 0.2)), line);
    }

    #[test]
    fn an_inner_segment_moves_only_across() {
        let line = [pos2(0.0, 0.0), pos2(50.0, 0.0), pos2(50.0, 80.0), pos2(100.0, 80.0)];
        assert_eq!(nearest_segment(&line, pos2(52.0, 40.0)), Some(1));
        let bent = shifted(&line, 1, vec2(-20.0, 9.0));
        assert_eq!(bent, [pos2(0.0, 0.0), pos2(30.0, 0.0), pos2(30.0, 80.0), pos2(100.0, 80.0)]);
    }
}
