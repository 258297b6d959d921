//! Lines beside those of the picture before: which are equal, and where something differs.

use emath::Pos2;

use super::{Connector, KeptLine};
use crate::scene::build::Builder;
use crate::scene::changes::Changes;
use crate::scene::jumps::{Jump, jumps, jumps_of};

/// The lines beside those of the picture before.
pub(super) struct Compared<'a> {
    /// The line before, where it was equal.
    equal: Vec<Option<&'a KeptLine>>,
    /// The line before, equal or not.
    was: Vec<Option<&'a KeptLine>>,
    /// Where lines differ.
    lines: Changes,
    /// Where boxes and lines differ.
    pub(super) ground: Changes,
}

impl<'a> Compared<'a> {
    pub(super) fn new(builder: &Builder<'a>, connectors: &[Connector]) -> Self {
        let count = connectors.len();
        let Some(before) = builder.before else {
            let (equal, was) = (vec![None; count], vec![None; count]);
            return Self { equal, was, lines: Changes::everywhere(), ground: Changes::everywhere() };
        };
        let (mut equal, mut was_all) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut lines = Changes::default();
        let mut is_met = vec![false; before.memory.lines.len()];
        let mut next = 0;
        for connector in connectors {
            let found = before.line(connector.element);
            let points_before = found.map(|(_, was)| before.points_of(was));
            if let Some((index, _)) = found {
                if index < next {
                    // Painted in another order, others pass over others.
                    lines.add_everything();
                }
                next = index;
                is_met.get_mut(index).into_iter().for_each(|met| *met = true);
            }
            let is_equal = points_before == Some(connector.points.as_slice());
            if !is_equal {
                lines.add_line(points_before.unwrap_or_default());
                lines.add_line(&connector.points);
            }
            let was = found.map(|(_, was)| was);
            equal.push(was.filter(|_| is_equal));
            was_all.push(was);
        }
        let mut ground = builder.box_changes().clone();
        for (was, _) in before.memory.lines.iter().zip(is_met).filter(|(_, met)| !met) {
            lines.add_line(before.points_of(was));
            was.label.iter().for_each(|label| ground.add(label.rect));
        }
        ground.add_all(&lines);
        Self { equal, was: was_all, lines, ground }
    }

    /// The line before, where it was equal.
    pub(super) fn equal(&self, index: usize) -> Option<&'a KeptLine> {
        self.equal.get(index).copied().flatten()
    }

    /// The line before, equal or not.
    pub(super) fn was(&self, index: usize) -> Option<&'a KeptLine> {
        self.was.get(index).copied().flatten()
    }
}

/// Where each line passes over those below it; found anew only where lines differ.
pub(super) fn passed(builder: &Builder<'_>, connectors: &[Connector], compared: &Compared<'_>) -> Vec<Vec<Jump>> {
    /// For more lines than this the index of all lines is worth its making.
    const MOST: usize = 80;
    let jumps_now = builder.context.options.jumps;
    if !jumps_now {
        return vec![Vec::new(); connectors.len()];
    }
    let lines: Vec<&Vec<Pos2>> = connectors.iter().map(|connector| &connector.points).collect();
    let is_comparable = builder.before.is_some_and(|before| before.context.options.jumps == jumps_now);
    if !is_comparable || compared.lines.is_everywhere() {
        return jumps(&lines);
    }
    let stays = |index: usize, line: &[Pos2]| compared.equal(index).filter(|_| !compared.lines.touch_line(line));
    let kept: Vec<Option<&KeptLine>> = lines.iter().enumerate().map(|(index, line)| stays(index, line)).collect();
    if kept.iter().filter(|kept| kept.is_none()).count() > MOST {
        return jumps(&lines);
    }
    let one = |(index, kept): (usize, Option<&KeptLine>)| match kept {
        Some(kept) => kept.jumps.clone(),
        None => jumps_of(&lines, index),
    };
    kept.into_iter().enumerate().map(one).collect()
}
