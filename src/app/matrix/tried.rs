//! What a remedy that is looked at would change in the cells.

use std::sync::{Arc, Weak};

use super::MatrixState;
use super::access::cell_words;
use super::cursor::Cell;
use super::letters::Place;
use super::sheet::{Face, Sheet};
use crate::app::core::Core;
use crate::app::trying::{Question, Tried};
use crate::model::*;

/// The cells that a remedy would change.
#[derive(Debug)]
pub struct TriedCells {
    question: Question,
    /// On which sheet they were looked up.
    sheet: Weak<Sheet>,
    /// What each would show, by row and column.
    cells: Vec<(Cell, Face)>,
}

impl TriedCells {
    fn is_of(&self, question: Question, sheet: &Arc<Sheet>) -> bool {
        self.question == question && Weak::ptr_eq(&self.sheet, &Arc::downgrade(sheet))
    }

    /// What a cell would show, where that is not what it shows.
    pub fn face(&self, cell: Cell) -> Option<&Face> {
        let place = self.cells.binary_search_by_key(&cell, |(cell, _)| *cell).ok()?;
        self.cells.get(place).map(|(_, face)| face)
    }

    /// What a changed cell would hold, in words.
    pub fn words(&self, core: &Core, cell: Cell) -> Option<String> {
        let after = core.trying.as_ref()?.tried()?.document.as_ref();
        let words = cell_words(after, &self.face(cell)?.rights);
        Some(if words.is_empty() { "nothing".to_owned() } else { words })
    }

    /// What every changed cell would show.
    pub fn cells(&self) -> impl Iterator<Item = (Cell, &Face)> {
        self.cells.iter().map(|(cell, face)| (*cell, face))
    }
}

impl MatrixState {
    /// Follows the remedy that is looked at; a new one brings the first cell that it changes into sight.
    pub(super) fn follow_trial(&mut self, core: &Core, sheet: &Arc<Sheet>) -> Option<Cell> {
        let Some((question, tried)) =
            core.trying.as_ref().and_then(|trying| trying.tried().map(|tried| (trying.question, tried)))
        else {
            self.tried = None;
            return None;
        };
        if self.tried.as_ref().is_some_and(|known| known.is_of(question, sheet)) {
            return None;
        }
        let is_new = self.tried.as_ref().is_none_or(|known| known.question != question);
        let cells = changed_cells(core.document(), tried, sheet);
        let first = cells.first().map(|(cell, _)| *cell).filter(|_| is_new);
        self.tried = Some(TriedCells { question, sheet: Arc::downgrade(sheet), cells });
        first
    }
}

fn changed_cells(before: &Document, tried: &Tried, sheet: &Sheet) -> Vec<(Cell, Face)> {
    let after = tried.document.as_ref();
    let rights = tried.touched.iter().filter_map(|element| match element {
        ElementRef::Right(id) => Some(*id),
        _ => None,
    });
    let places = rights.flat_map(|id| [before, after].map(|document| document.get::<Right>(id)));
    let mut places: Vec<Place> = places.flatten().map(|right| (right.subject, right.holder)).collect();
    places.sort_unstable();
    places.dedup();
    let changed = places.into_iter().filter_map(|place| {
        let cell = sheet.cell_of(place)?;
        let held = after.rights_on(place.0).filter(|(_, right)| right.holder == place.1);
        let face = Face::of(after, held.map(|(id, _)| id).collect());
        Some((cell, face))
    });
    let mut changed: Vec<_> = changed.collect();
    changed.sort_unstable_by_key(|(cell, _)| *cell);
    changed
}
