//! Keys in the register: typing begins a new text.

use egui::{Event, Id, Key, Ui};

use super::RegisterState;
use super::editor::CellEditor;
use super::place::Place;
use super::table::Table;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::matrix::cursor::{Cell, Extent, Selection};
use crate::app::matrix::hand::{Hand, Taken};
use crate::edit::{RegisterCell, confirm_guesses};
use crate::model::*;

/// What the register says about its keys.
pub const HELP: &str = "Typing begins a new text, Enter or F2 changes the old one.\n\
    Arrows move, Ctrl+arrow jumps to the next filled cell, Tab goes right, Shift selects a range.\n\
    Delete clears, Space changes yes and no, Ctrl+D fills down, Ctrl+Enter fills everything selected.\n\
    Ctrl+C and Ctrl+V exchange cells with a spreadsheet; rows below the last one become new decisions.\n\
    Ctrl+G confirms the guesses that are selected.\n\
    Ctrl+Space selects columns, Shift+Space rows, Ctrl+A all. Esc leaves the table.";

/// Takes the keys of this frame and those that waited.
pub fn keyboard_ui(
    ui: &Ui,
    core: &Core,
    state: &mut RegisterState,
    grid: Id,
    place: &Place,
    table: &Table,
    commands: &mut Vec<Command>,
) {
    let busy = state.editor.is_some();
    RegisterHand { ui, core, state, grid, page: place.page(), table, commands }.take_keys(busy);
}

struct RegisterHand<'a> {
    ui: &'a Ui,
    core: &'a Core,
    state: &'a mut RegisterState,
    grid: Id,
    page: usize,
    table: &'a Table,
    commands: &'a mut Vec<Command>,
}

impl Hand for RegisterHand<'_> {
    fn ui(&self) -> &Ui {
        self.ui
    }

    fn widget(&self) -> Id {
        self.grid
    }

    fn extent(&self) -> Extent {
        self.table.extent()
    }

    fn page(&self) -> usize {
        self.page
    }

    fn is_filled(&self, cell: Cell) -> bool {
        self.table.is_filled(cell)
    }

    fn selection(&self) -> &Selection {
        &self.state.selection
    }

    fn select(&mut self, selection: Selection) -> Taken {
        self.state.go_to(self.core, self.table, selection, self.commands);
        Taken::Moved
    }

    fn follow(&mut self) {
        self.state.follow = true;
    }

    fn waiting(&mut self) -> &mut std::collections::VecDeque<Event> {
        &mut self.state.waiting
    }

    fn own_key(&mut self, key: Key, command: bool) -> Option<Taken> {
        match key {
            Key::D if command => Some(self.fill_down()),
            Key::G if command => Some(self.confirm()),
            _ => None,
        }
    }

    fn open(&mut self) -> Taken {
        self.edit(None)
    }

    fn copy(&mut self) {
        self.commands.push(Command::Copy);
    }

    /// Empties every selected cell that can be empty.
    fn clear(&mut self) -> Taken {
        let filled = self.state.selection.cells().into_iter().filter(|cell| self.table.is_filled(*cell));
        let cells: Vec<RegisterCell> = filled.filter_map(|cell| self.cell(cell, "")).collect();
        let can_be_empty = |cell: &RegisterCell| {
            !matches!(cell.column, RegisterColumn::Name | RegisterColumn::Kind) && cell.column.expected().is_some()
        };
        let (clears, stays): (Vec<_>, Vec<_>) = cells.into_iter().partition(can_be_empty);
        if let (true, Some(stays)) = (clears.is_empty(), stays.first()) {
            let reason = match stays.column {
                RegisterColumn::Name => {
                    "A decision needs a name; “Delete everywhere” in the menu Edit deletes the decision."
                }
                RegisterColumn::Kind => "A row is always a task, a decision or a control.",
                column => column.reason_to_only_read().unwrap_or_default(),
            };
            return self.hint(reason);
        }
        self.write(&clears)
    }

    /// The active cell into all that are selected.
    fn spread(&mut self) -> Taken {
        let from = self.state.selection.active;
        let cells = self.state.selection.cells();
        let same_column = |cell: &Cell| cell.column == from.column;
        self.copy_into(cells.into_iter().filter(same_column).map(|cell| (from, cell)).collect())
    }

    fn turn(&mut self) -> Taken {
        let cell = self.state.selection.active;
        let Some((_, RegisterColumn::Reversible)) = self.table.place(cell) else { return Taken::Moved };
        let next = match self.table.cell(cell).map(|(text, _)| text.as_str()) {
            Some("yes") => "no",
            Some("no") => "",
            _ => "yes",
        };
        let cells: Vec<RegisterCell> = self.cell(cell, next).into_iter().collect();
        self.write(&cells)
    }

    /// Typing begins a new text.
    fn text(&mut self, text: &str) -> Taken {
        if text.chars().all(|c| c.is_whitespace() || c.is_control()) {
            return Taken::Moved;
        }
        self.edit(Some(text))
    }
}

impl RegisterHand<'_> {
    fn hint(&mut self, text: impl Into<String>) -> Taken {
        self.commands.push(Command::Hint(text.into()));
        Taken::Moved
    }

    fn edit(&mut self, typed: Option<&str>) -> Taken {
        let cell = self.state.selection.active;
        let Some((id, column)) = self.table.place(cell) else { return Taken::Moved };
        if let Some(reason) = column.reason_to_only_read() {
            return self.hint(reason);
        }
        let text = match typed {
            Some(typed) => typed.to_owned(),
            None => self.table.cell(cell).map(|(text, _)| text.clone()).unwrap_or_default(),
        };
        let mut editor = CellEditor::over(id, column, text, false);
        if typed.is_some() {
            editor.touch();
        }
        self.state.editor = Some(editor);
        // What was typed behind it in this frame goes into the field.
        self.state.waiting.retain(|event| matches!(event, Event::Text(_)));
        self.state.follow = true;
        Taken::Changed
    }

    fn write(&mut self, cells: &[RegisterCell]) -> Taken {
        match self.state.write(self.core, cells, self.commands) {
            Ok(()) => Taken::Changed,
            Err(problem) => self.hint(problem),
        }
    }

    fn cell(&self, cell: Cell, text: impl Into<String>) -> Option<RegisterCell> {
        let (decision, column) = self.table.place(cell)?;
        Some(RegisterCell { decision, column, text: text.into() })
    }

    /// The first row of the range into the rows below it; a range of one row takes the row above.
    fn fill_down(&mut self) -> Taken {
        let block = self.state.selection.block();
        let from = |cell: Cell| match block.first.row < block.last.row {
            true => Some(Cell::new(block.first.row, cell.column)),
            false => cell.row.checked_sub(1).map(|row| Cell::new(row, cell.column)),
        };
        self.copy_into(block.cells().filter_map(|cell| Some((from(cell)?, cell))).collect())
    }

    fn copy_into(&mut self, pairs: Vec<(Cell, Cell)>) -> Taken {
        let copy = |(from, to): &(Cell, Cell)| {
            let (_, column) = self.table.place(*to)?;
            let text = &self.table.cell(*from)?.0;
            (from != to && column != RegisterColumn::Name && column.expected().is_some())
                .then(|| self.cell(*to, text.clone()))?
        };
        let cells: Vec<RegisterCell> = pairs.iter().filter_map(copy).collect();
        if cells.is_empty() {
            return self.hint("There is nothing to fill: names and figures that follow from others stay as they are.");
        }
        self.write(&cells)
    }

    /// What is selected and was a guess is a fact.
    fn confirm(&mut self) -> Taken {
        let guesses = self.state.selected_guesses(self.table);
        match confirm_guesses(self.core.document(), &guesses) {
            Some(edit) => match super::offer(self.core, edit, self.commands) {
                Ok(()) => Taken::Changed,
                Err(problem) => self.hint(problem),
            },
            None => self.hint("Nothing that is selected is a guess."),
        }
    }
}

impl RegisterState {
    /// The facts in the selected cells that are guesses.
    pub(super) fn selected_guesses(&self, table: &Table) -> Vec<(DecisionId, DecisionFact)> {
        let mut guesses = Vec::new();
        for cell in self.selection.clamped(table.extent()).cells() {
            if let Some((id, column)) = table.place(cell)
                && let Some(fact) = column.fact()
                && table.cell(cell).is_some_and(|(_, is_guess)| *is_guess)
                && !guesses.contains(&(id, fact))
            {
                guesses.push((id, fact));
            }
        }
        guesses
    }
}
