//! What the hands on the matrix and on the register have in common: which keys are taken, how one walks and selects.
//!
//! Keys that change the document are taken one a frame, so that the next one sees what the first one did; the rest
//! waits.

use std::collections::VecDeque;

use egui::{Event, FocusDirection, Id, Key, Modifiers, Popup, Ui};

use super::cursor::{Cell, Direction, Extent, Move, Selection, moved};

/// What a key was taken for.
pub enum Taken {
    /// Nothing changed; the next key may be taken.
    Moved,
    /// A change was wished for, or something opened: the next key waits.
    Changed,
}

/// A table of cells under the keyboard.
pub trait Hand {
    /// The window.
    fn ui(&self) -> &Ui;
    /// The widget that has the keyboard.
    fn widget(&self) -> Id;
    /// How many rows and columns there are.
    fn extent(&self) -> Extent;
    /// How many rows are in sight.
    fn page(&self) -> usize;
    /// Whether a cell holds something.
    fn is_filled(&self, cell: Cell) -> bool;
    /// What is selected.
    fn selection(&self) -> &Selection;
    /// Selects.
    fn select(&mut self, selection: Selection) -> Taken;
    /// Brings the active cell into sight in this frame.
    fn follow(&mut self);
    /// Keys that came in one frame after a change.
    fn waiting(&mut self) -> &mut VecDeque<Event>;
    /// Takes a key that only this table knows; none for other keys. `command` is Ctrl, or its like.
    fn own_key(&mut self, key: Key, command: bool) -> Option<Taken>;
    /// Opens the active cell.
    fn open(&mut self) -> Taken;
    /// Empties every selected cell.
    fn clear(&mut self) -> Taken;
    /// Copies what is selected to the clipboard.
    fn copy(&mut self);
    /// Fills all that is selected from the active cell.
    fn spread(&mut self) -> Taken;
    /// What Space does with the active cell.
    fn turn(&mut self) -> Taken;
    /// Takes what was typed.
    fn text(&mut self, text: &str) -> Taken;

    /// Takes the keys of this frame and those that waited; none while `busy` or while a menu or dialog is open.
    fn take_keys(&mut self, busy: bool) {
        let covered =
            Popup::is_any_open(self.ui().ctx()) || self.ui().memory(|memory| memory.top_modal_layer().is_some());
        if busy || covered || self.extent().is_empty() {
            self.waiting().clear();
            return;
        }
        let is_key = |event: &&Event| matches!(event, Event::Key { pressed: true, .. } | Event::Text(_) | Event::Cut);
        let fresh = self.ui().input(|input| input.events.iter().filter(is_key).cloned().collect::<Vec<_>>());
        self.waiting().extend(fresh);
        while let Some(event) = self.waiting().pop_front() {
            let taken = match event {
                Event::Key { key, modifiers, .. } => self.key(key, modifiers),
                Event::Text(text) => self.text(&text),
                Event::Cut => {
                    self.copy();
                    self.clear()
                }
                _ => Taken::Moved,
            };
            if matches!(taken, Taken::Changed) {
                break;
            }
        }
        if !self.waiting().is_empty() {
            self.ui().ctx().request_repaint();
        }
    }

    /// Takes one key.
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
            Key::Enter | Key::F2 => self.open(),
            Key::Delete | Key::Backspace => self.clear(),
            Key::Space if command => self.select(self.selection().whole_columns(self.extent())),
            Key::Space if modifiers.shift => self.select(self.selection().whole_rows(self.extent())),
            Key::Space => self.turn(),
            Key::Escape => self.escape(),
            Key::A if command => self.select(Selection::all(self.extent())),
            _ => self.own_key(key, command).unwrap_or(Taken::Moved),
        }
    }

    /// Walks, or extends what is selected; Tab leaves the table at its ends.
    fn go(&mut self, by: Move, extends: bool) -> Taken {
        let from = if extends { self.selection().head } else { self.selection().active };
        let Some(to) = moved(from, by, self.extent(), self.page(), |cell| self.is_filled(cell)) else {
            let direction = if by == Move::Next { FocusDirection::Next } else { FocusDirection::Previous };
            self.ui().memory_mut(|memory| memory.move_focus(direction));
            return Taken::Moved;
        };
        self.follow();
        let selection = match extends {
            true => Selection { head: to, ..self.selection().clone() },
            false => Selection::single(to),
        };
        self.select(selection)
    }

    /// From a range to a cell, from a cell out of the table.
    fn escape(&mut self) -> Taken {
        if self.selection().is_single() {
            let widget = self.widget();
            self.ui().memory_mut(|memory| memory.surrender_focus(widget));
            return Taken::Moved;
        }
        self.select(Selection::single(self.selection().active))
    }
}
