//! Keys in the register.
//!
//! Keys that change the document are taken one a frame, so that the next one sees what the first one did; the rest
//! waits in the state.

use egui::{Event, FocusDirection, Id, Key, Modifiers, Popup, Ui};

use super::RegisterState;
use super::editor::CellEditor;
use super::place::Place;
use super::table::Table;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::matrix::cursor::{Cell, Direction, Move, Selection, moved};
use crate::edit::{RegisterCell, confirm_guesses};
use crate::model::*;

/// What the register says about its keys.
pub const HELP: &str = "Typing begins a new text, Enter or F2 changes the old one.\n\
    Arrows move, Ctrl+arrow jumps to the next filled cell, Tab goes right, Shift selects a range.\n\
    Delete clears, Space changes yes and no, Ctrl+D fills down, Ctrl+Enter fills everything selected.\n\
    Ctrl+C and Ctrl+V exchange cells with a spreadsheet; rows below the last one become new decisions.\n\
    Ctrl+G confirms the guesses that are selected.\n\
    Ctrl+Space selects columns, Shift+Space rows, Ctrl+A all. Esc leaves the table.";

/// What a key was taken for.
enum Taken {
    /// Nothing changed; the next key may be taken.
    Moved,
    /// A change was wished for, or something opened: the next key waits.
    Changed,
}

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
    let busy = state.editor.is_some()
        || Popup::is_any_open(ui.ctx())
        || ui.memory(|memory| memory.top_modal_layer().is_some());
    if busy || table.extent().is_empty() {
        state.waiting.clear();
        return;
    }
    let is_key = |event: &&Event| matches!(event, Event::Key { pressed: true, .. } | Event::Text(_) | Event::Cut);
    state.waiting.extend(ui.input(|input| input.events.iter().filter(is_key).cloned().collect::<Vec<_>>()));
    let page = place.page();
    let mut hand = Hand { ui, core, state, grid, page, table, commands };
    while let Some(event) = hand.state.waiting.pop_front() {
        let taken = match event {
            Event::Key { key, modifiers, .. } => hand.key(key, modifiers),
            Event::Text(text) => hand.text(&text),
            Event::Cut => {
                hand.commands.push(Command::Copy);
                hand.clear()
            }
            _ => Taken::Moved,
        };
        if matches!(taken, Taken::Changed) {
            break;
        }
    }
    if !hand.state.waiting.is_empty() {
        ui.ctx().request_repaint();
    }
}

struct Hand<'a> {
    ui: &'a Ui,
    core: &'a Core,
    state: &'a mut RegisterState,
    grid: Id,
    page: usize,
    table: &'a Table,
    commands: &'a mut Vec<Command>,
}

impl Hand<'_> {
    fn key(&mut self, key: Key, modifiers: Modifiers) -> Taken {
        let command = modifiers.command || modifiers.ctrl;
        let direction = match key {
            Key::ArrowUp => Some(Direction::Up),
            Key::ArrowDown => Some(Direction::Down),
            Key::ArrowLeft => Some(Direction::Left),
            Key::ArrowRight => Some(Direction::Right),
            _ => None,
        };
        if modifiers.alt {
            return Taken::Moved;
        }
        if let Some(direction) = direction {
            let by = if command { Move::ToFilled(direction) } else { Move::Step(direction) };
            return self.go(by, modifiers.shift);
        }
        match key {
            Key::Home => self.go(if command { Move::First } else { Move::RowStart }, modifiers.shift),
            Key::End => self.go(if command { Move::Last } else { Move::RowEnd }, modifiers.shift),
            Key::PageUp => self.go(Move::Page(Direction::Up), modifiers.shift),
            Key::PageDown => self.go(Move::Page(Direction::Down), modifiers.shift),
            Key::Tab if !command => self.go(if modifiers.shift { Move::Previous } else { Move::Next }, false),
            Key::Enter if command => self.spread(),
            Key::Enter if modifiers.shift => self.go(Move::Step(Direction::Up), false),
            Key::Enter | Key::F2 => self.edit(None),
            Key::Delete | Key::Backspace => self.clear(),
            Key::Space => self.space(command, modifiers.shift),
            Key::Escape => self.escape(),
            Key::A if command => self.select(Selection::all(self.table.extent())),
            Key::D if command => self.fill_down(),
            Key::G if command => self.confirm(),
            _ => Taken::Moved,
        }
    }

    fn select(&mut self, selection: Selection) -> Taken {
        self.state.go_to(self.core, self.table, selection, self.commands);
        Taken::Moved
    }

    fn go(&mut self, by: Move, extends: bool) -> Taken {
        let extent = self.table.extent();
        let from = if extends { self.state.selection.head } else { self.state.selection.active };
        let Some(to) = moved(from, by, extent, self.page, |cell| self.table.is_filled(cell)) else {
            let direction = if by == Move::Next { FocusDirection::Next } else { FocusDirection::Previous };
            self.ui.memory_mut(|memory| memory.move_focus(direction));
            return Taken::Moved;
        };
        self.state.follow = true;
        if extends {
            let selection = Selection { head: to, ..self.state.selection.clone() };
            return self.select(selection);
        }
        self.select(Selection::single(to))
    }

    /// From a range to a cell, from a cell out of the table.
    fn escape(&mut self) -> Taken {
        if self.state.selection.is_single() {
            self.ui.memory_mut(|memory| memory.surrender_focus(self.grid));
            return Taken::Moved;
        }
        self.select(Selection::single(self.state.selection.active))
    }

    fn hint(&mut self, text: impl Into<String>) -> Taken {
        self.commands.push(Command::Hint(text.into()));
        Taken::Moved
    }

    /// Typing begins a new text.
    fn text(&mut self, text: &str) -> Taken {
        if text.chars().all(|c| c.is_whitespace() || c.is_control()) {
            return Taken::Moved;
        }
        self.edit(Some(text))
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

    fn space(&mut self, whole_columns: bool, whole_rows: bool) -> Taken {
        let extent = self.table.extent();
        if whole_columns {
            return self.select(self.state.selection.whole_columns(extent));
        }
        if whole_rows {
            return self.select(self.state.selection.whole_rows(extent));
        }
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

    /// The first row of the range into the rows below it; a range of one row takes the row above.
    fn fill_down(&mut self) -> Taken {
        let block = self.state.selection.block();
        let from = |cell: Cell| match block.first.row < block.last.row {
            true => Some(Cell::new(block.first.row, cell.column)),
            false => cell.row.checked_sub(1).map(|row| Cell::new(row, cell.column)),
        };
        self.copy_into(block.cells().filter_map(|cell| Some((from(cell)?, cell))).collect())
    }

    /// The active cell into all that are selected.
    fn spread(&mut self) -> Taken {
        let from = self.state.selection.active;
        let cells = self.state.selection.cells();
        let same_column = |cell: &Cell| cell.column == from.column;
        self.copy_into(cells.into_iter().filter(same_column).map(|cell| (from, cell)).collect())
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
