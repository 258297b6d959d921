//! Keys in the grid.
//!
//! Keys that change the document are taken one a frame, because the second letter of “RA” must see the first; the rest
//! waits in the state.

use egui::{Event, FocusDirection, Id, Key, Modifiers, Popup, Ui};

use super::cursor::{Cell, Direction, Move, Selection, moved};
use super::editor::CellEditor;
use super::geometry::Geometry;
use super::letters::{Typed, cycled, filled, rights_of, spread};
use super::sheet::Sheet;
use super::{MatrixState, set_cells};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::edit::CellChange;
use crate::model::Framework;

/// What the grid says about its keys.
pub const HELP: &str = "Type a letter to set it, a second one to add it; ≤, < or a digit adds a limit.\n\
    Arrows move, Ctrl+arrow jumps to the next letter, Tab goes right, Shift selects a range.\n\
    Enter or F2 edits the cell, Enter again goes down. Shift+Enter goes up.\n\
    Space goes through the letters, Delete clears.\n\
    Ctrl+D fills down, Ctrl+R right, Ctrl+Enter everything selected.\n\
    Ctrl+Space selects columns, Shift+Space rows, Ctrl+A all. Esc leaves the grid.";

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
    state: &mut MatrixState,
    grid: Id,
    geometry: &Geometry,
    sheet: &Sheet,
    commands: &mut Vec<Command>,
) {
    let busy = state.editor.is_some()
        || Popup::is_any_open(ui.ctx())
        || ui.memory(|memory| memory.top_modal_layer().is_some());
    if busy || sheet.extent().is_empty() {
        state.waiting.clear();
        return;
    }
    let is_key = |event: &&Event| matches!(event, Event::Key { pressed: true, .. } | Event::Text(_) | Event::Cut);
    state.waiting.extend(ui.input(|input| input.events.iter().filter(is_key).cloned().collect::<Vec<_>>()));
    let page = geometry.page();
    let mut hand = Hand { ui, core, state, grid, page, sheet, commands };
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
    state: &'a mut MatrixState,
    grid: Id,
    page: usize,
    sheet: &'a Sheet,
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
            Key::A if command => self.select(Selection::all(self.sheet.extent())),
            Key::D if command => self.fill(true),
            Key::R if command => self.fill(false),
            _ => Taken::Moved,
        }
    }

    fn select(&mut self, selection: Selection) -> Taken {
        self.state.go_to(self.core, self.sheet, selection, self.commands);
        Taken::Moved
    }

    fn go(&mut self, by: Move, extends: bool) -> Taken {
        let extent = self.sheet.extent();
        let from = if extends { self.state.selection.head } else { self.state.selection.active };
        let Some(to) = moved(from, by, extent, self.page, |cell| self.sheet.is_filled(cell)) else {
            let direction = if by == Move::Next { FocusDirection::Next } else { FocusDirection::Previous };
            self.ui.memory_mut(|memory| memory.move_focus(direction));
            return Taken::Moved;
        };
        self.state.follow = true;
        if extends {
            self.state.selection.head = to;
            return Taken::Moved;
        }
        self.select(Selection::single(to))
    }

    /// From a range to a cell, from a cell out of the grid.
    fn escape(&mut self) -> Taken {
        if self.state.selection.is_single() {
            self.ui.memory_mut(|memory| memory.surrender_focus(self.grid));
        } else {
            self.state.selection = Selection::single(self.state.selection.active);
        }
        Taken::Moved
    }

    fn framework(&self) -> Option<&Framework> {
        let subject = self.sheet.subject(self.state.selection.active)?;
        self.core.document().framework_of(subject).map(|(_, framework)| framework)
    }

    /// Says why the active cell cannot be changed.
    fn fixed(&mut self) -> Taken {
        self.hint(self.sheet.why_fixed(self.state.selection.active))
    }

    fn hint(&mut self, text: impl Into<String>) -> Taken {
        self.commands.push(Command::Hint(text.into()));
        Taken::Moved
    }

    fn text(&mut self, text: &str) -> Taken {
        let mut characters = text.chars();
        let (Some(character), rest) = (characters.next(), characters.as_str().to_owned()) else { return Taken::Moved };
        if !rest.is_empty() {
            self.state.waiting.push_front(Event::Text(rest));
        }
        if character.is_whitespace() || character.is_control() {
            return Taken::Moved;
        }
        let cell = self.state.selection.active;
        let Some(framework) = self.framework() else {
            return self.hint("The project has no framework; choose one above the matrix.");
        };
        let begins = |letter: &crate::model::Letter| letter.code.starts_with(character);
        let is_limit = matches!(character, '≤' | '<' | '>') || character.is_ascii_digit();
        if is_limit && !framework.letters.iter().any(begins) {
            if self.sheet.is_filled(cell) {
                return self.edit(Some(character));
            }
            return self.hint(format!(
                "A limit belongs to a letter: type {} first.",
                super::cell_text::allowed_letters(framework)
            ));
        }
        let Some(place) = self.sheet.place(cell) else { return self.fixed() };
        let framework = framework.clone();
        let held = rights_of(self.core.document(), place);
        match self.state.typing.take(character, &framework, &held) {
            Typed::Set(letters) => self.change(vec![CellChange { subject: place.0, holder: place.1, letters }]),
            Typed::Wait(hint) | Typed::Refused(hint) => self.hint(hint),
        }
    }

    fn change(&mut self, cells: Vec<CellChange>) -> Taken {
        let subject = self.sheet.subject(self.state.selection.active);
        if let Some(subject) = subject.map(crate::model::ElementRef::from)
            && self.core.selection() != [subject]
        {
            self.commands.push(Command::Select(vec![subject]));
        }
        set_cells(self.core, cells, self.commands);
        Taken::Changed
    }

    fn space(&mut self, whole_columns: bool, whole_rows: bool) -> Taken {
        let extent = self.sheet.extent();
        if whole_columns {
            return self.select(self.state.selection.whole_columns(extent));
        }
        if whole_rows {
            return self.select(self.state.selection.whole_rows(extent));
        }
        let Some(place) = self.sheet.place(self.state.selection.active) else { return self.fixed() };
        let document = self.core.document();
        let Some((_, framework)) = document.framework_of(place.0) else {
            return self.hint("The project has no framework; choose one above the matrix.");
        };
        let letters = cycled(framework, &rights_of(document, place));
        self.change(vec![CellChange { subject: place.0, holder: place.1, letters }])
    }

    /// Empties every selected cell.
    fn clear(&mut self) -> Taken {
        let cells = self.state.selection.cells().into_iter().filter(|cell| self.sheet.is_filled(*cell));
        let places = cells.filter_map(|cell| self.sheet.place(cell));
        let cells = places.map(|(subject, holder)| CellChange { subject, holder, letters: Vec::new() }).collect();
        self.state.typing = super::Typing::default();
        self.change(cells)
    }

    fn fill(&mut self, downward: bool) -> Taken {
        let block = self.state.selection.block();
        let cells = filled(self.core.document(), block, downward, |cell: Cell| self.sheet.place(cell));
        self.change(cells)
    }

    /// The active cell into all that are selected.
    fn spread(&mut self) -> Taken {
        let Some(from) = self.sheet.place(self.state.selection.active) else { return self.fixed() };
        let to = self.state.selection.cells().into_iter().filter_map(|cell| self.sheet.place(cell));
        let cells = spread(self.core.document(), from, to);
        self.change(cells)
    }

    /// Opens the field over the active cell, with the beginning of a limit on request.
    fn edit(&mut self, limit: Option<char>) -> Taken {
        match CellEditor::open(self.core.document(), self.sheet, self.state.selection.active, limit) {
            Some(editor) => {
                self.state.editor = Some(editor);
                self.state.waiting.retain(|event| matches!(event, Event::Text(_)));
                self.state.follow = true;
                Taken::Changed
            }
            None => self.fixed(),
        }
    }
}
