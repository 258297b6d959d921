//! Keys in the grid: letters set cells at once.

use egui::{Event, Id, Key, Ui};

use super::cursor::{Cell, Extent, Selection};
use super::editor::CellEditor;
use super::geometry::Geometry;
use super::hand::{Hand, Taken};
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
    let busy = state.editor.is_some();
    GridHand { ui, core, state, grid, page: geometry.page(), sheet, commands }.take_keys(busy);
}

struct GridHand<'a> {
    ui: &'a Ui,
    core: &'a Core,
    state: &'a mut MatrixState,
    grid: Id,
    page: usize,
    sheet: &'a Sheet,
    commands: &'a mut Vec<Command>,
}

impl Hand for GridHand<'_> {
    fn ui(&self) -> &Ui {
        self.ui
    }

    fn widget(&self) -> Id {
        self.grid
    }

    fn extent(&self) -> Extent {
        self.sheet.extent()
    }

    fn page(&self) -> usize {
        self.page
    }

    fn is_filled(&self, cell: Cell) -> bool {
        self.sheet.is_filled(cell)
    }

    fn selection(&self) -> &Selection {
        &self.state.selection
    }

    fn select(&mut self, selection: Selection) -> Taken {
        self.state.go_to(self.core, self.sheet, selection, self.commands);
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
            Key::D if command => Some(self.fill(true)),
            Key::R if command => Some(self.fill(false)),
            _ => None,
        }
    }

    fn open(&mut self) -> Taken {
        self.edit(None)
    }

    fn copy(&mut self) {
        self.commands.push(Command::Copy);
    }

    /// Empties every selected cell.
    fn clear(&mut self) -> Taken {
        let cells = self.state.selection.cells().into_iter().filter(|cell| self.sheet.is_filled(*cell));
        let places = cells.filter_map(|cell| self.sheet.place(cell));
        let cells = places.map(|(subject, holder)| CellChange { subject, holder, letters: Vec::new() }).collect();
        self.state.typing = super::Typing::default();
        self.change(cells)
    }

    /// The active cell into all that are selected.
    fn spread(&mut self) -> Taken {
        let Some(from) = self.sheet.place(self.state.selection.active) else { return self.fixed() };
        let to = self.state.selection.cells().into_iter().filter_map(|cell| self.sheet.place(cell));
        let cells = spread(self.core.document(), from, to);
        self.change(cells)
    }

    fn turn(&mut self) -> Taken {
        let Some(place) = self.sheet.place(self.state.selection.active) else { return self.fixed() };
        let document = self.core.document();
        let Some((_, framework)) = document.framework_of(place.0) else {
            return self.hint("The project has no framework; choose one above the matrix.");
        };
        let letters = cycled(framework, &rights_of(document, place));
        self.change(vec![CellChange { subject: place.0, holder: place.1, letters }])
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
}

impl GridHand<'_> {
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

    fn fill(&mut self, downward: bool) -> Taken {
        let block = self.state.selection.block();
        let cells = filled(self.core.document(), block, downward, |cell: Cell| self.sheet.place(cell));
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
