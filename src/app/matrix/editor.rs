//! The field over a cell: letters with limits as text, the letters of the framework to click, problems in place.

use egui::text::{CCursor, CCursorRange};
use egui::{Area, Frame, Id, Key, Margin, Modifiers, Order, Stroke, TextEdit, Ui, pos2, vec2};

use super::cell_text::{parse_cell, print_rights};
use super::cursor::{Cell, Direction, Move, Selection, moved};
use super::geometry::Geometry;
use super::letters::{Place, rights_of};
use super::sheet::Sheet;
use super::{MatrixState, Typing, set_cells};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::{colour, font};
use crate::app::widgets::text;
use crate::edit::CellChange;
use crate::model::*;
use crate::scene::letter_colours;

/// A cell being edited as text.
#[derive(Clone, Debug)]
pub struct CellEditor {
    cell: Cell,
    place: Place,
    text: String,
    problem: Option<String>,
    /// Whether the field still has to take the keyboard.
    is_new: bool,
}

/// What ends the editing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    /// Keep the text and go there.
    Keep(Option<Move>),
    /// Keep the text in all selected cells.
    KeepEverywhere,
    /// Leave the cell as it was.
    Drop,
}

impl CellEditor {
    /// Opens a cell; `limit` is the character with which a limit begins. None for the column of a folded unit.
    pub fn open(document: &Document, sheet: &Sheet, cell: Cell, limit: Option<char>) -> Option<Self> {
        let place = sheet.place(cell)?;
        let rights = rights_of(document, place);
        let mut text = print_rights(rights.iter().copied());
        if let Some(limit) = limit {
            let has_limit = rights.last().is_some_and(|right| !right.tiers.is_empty());
            text.push_str(if has_limit { ", " } else { " " });
            match limit {
                '<' | '≤' => text.push_str("≤ "),
                '>' => text.push_str("> "),
                digit => text.push_str(&format!("≤ {digit}")),
            }
        }
        Some(Self { cell, place, text, problem: None, is_new: true })
    }
}

/// Draws the field, if a cell is being edited.
pub fn editor_ui(
    ui: &Ui,
    core: &Core,
    state: &mut MatrixState,
    grid: Id,
    geometry: &Geometry,
    sheet: &Sheet,
    commands: &mut Vec<Command>,
) {
    let Some(mut editor) = state.editor.take() else { return };
    // The row may be gone since, or stand elsewhere.
    let Some(cell) = sheet.cell_of(editor.place) else { return };
    editor.cell = cell;
    let id = grid.with("editor");
    let mut end = end_key(ui, editor.is_new);
    let rect = geometry.cell_rect(sheet, editor.cell).intersect(geometry.area);
    let theme = core.theme();
    let shadow = egui::Shadow { offset: [0, 4], blur: 18, spread: 0, color: colour(theme.neutral.shadow) };
    let frame = Frame::new()
        .fill(colour(theme.neutral.raised))
        .stroke(Stroke::new(1.0, colour(theme.accent.base)))
        .corner_radius(theme.sizes.radius.control)
        .inner_margin(Margin::same(6))
        .shadow(shadow);
    let shown = Area::new(id.with("area"))
        .order(Order::Foreground)
        .fixed_pos(pos2(rect.left() - 7.0, rect.top() - 7.0))
        .constrain_to(geometry.area)
        .show(ui.ctx(), |ui| frame.show(ui, |ui| field_ui(ui, core, &mut editor, id)).inner);
    let clicked_elsewhere = ui.input(|input| {
        input.pointer.any_pressed() && input.pointer.interact_pos().is_some_and(|at| !shown.response.rect.contains(at))
    });
    if clicked_elsewhere && !editor.is_new {
        end = Some(End::Keep(None));
    }
    editor.is_new = false;
    match end {
        None => state.editor = Some(editor),
        Some(End::Drop) => ui.memory_mut(|memory| memory.request_focus(grid)),
        Some(end) => keep(ui, core, state, grid, sheet, editor, end, commands),
    }
}

/// The key that ends the editing, taken before the field sees it.
fn end_key(ui: &Ui, is_new: bool) -> Option<End> {
    if is_new {
        return None;
    }
    ui.input_mut(|input| {
        let mut pressed = |modifiers: Modifiers, key: Key| input.consume_key(modifiers, key);
        if pressed(Modifiers::NONE, Key::Escape) {
            Some(End::Drop)
        } else if pressed(Modifiers::COMMAND, Key::Enter) {
            Some(End::KeepEverywhere)
        } else if pressed(Modifiers::SHIFT, Key::Enter) {
            Some(End::Keep(Some(Move::Step(Direction::Up))))
        } else if pressed(Modifiers::NONE, Key::Enter) {
            Some(End::Keep(Some(Move::Step(Direction::Down))))
        } else if pressed(Modifiers::SHIFT, Key::Tab) {
            Some(End::Keep(Some(Move::Previous)))
        } else if pressed(Modifiers::NONE, Key::Tab) {
            Some(End::Keep(Some(Move::Next)))
        } else {
            None
        }
    })
}

fn field_ui(ui: &mut Ui, core: &Core, editor: &mut CellEditor, id: Id) {
    let theme = core.theme();
    let document = core.document();
    ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
    ui.set_width(252.0);
    let field = TextEdit::singleline(&mut editor.text)
        .id(id)
        .font(font(theme.sizes.text.name))
        .hint_text(
            text("a letter, and perhaps ≤ 200 EUR", theme.sizes.text.body).color(colour(theme.neutral.ink_third)),
        )
        .margin(Margin::symmetric(8, 6))
        .lock_focus(true)
        .desired_width(f32::INFINITY);
    let mut output = field.show(ui);
    let label = format!("{}, {}", document.name_of(editor.place.0.into()), document.name_of(editor.place.1.into()));
    let response = output.response.response.clone().accessible_name(label);
    if editor.is_new || !response.has_focus() {
        response.request_focus();
        let end = CCursor::new(editor.text.chars().count());
        output.state.cursor.set_char_range(Some(CCursorRange::one(end)));
        output.state.store(ui.ctx(), id);
    }
    if response.changed() {
        editor.problem = None;
    }
    let Some((_, framework)) = document.framework_of(editor.place.0) else { return };
    ui.horizontal_wrapped(|ui| {
        for letter in &framework.letters {
            let colours = letter_colours(Some(letter));
            let ink = colours.map_or(theme.neutral.ink_second, |(ink, _)| theme.colour(ink));
            let words = text(format!("{} {}", letter.code, letter.name), theme.sizes.text.caption).color(colour(ink));
            let ground = colours.map_or(theme.neutral.field, |(_, ground)| theme.colour(ground));
            let button = egui::Button::new(words).fill(colour(ground)).corner_radius(4).min_size(vec2(0.0, 22.0));
            if ui.add(button).on_hover_text(text(&letter.meaning, theme.sizes.text.body)).clicked() {
                add_letter(editor, &letter.code);
            }
        }
    });
    let (words, ink) = match &editor.problem {
        Some(problem) => (problem.as_str(), theme.severity.high.ink),
        None => (
            "Enter keeps, Esc leaves it as it was. Limits: ≤ 200 EUR, > 5 %, ≤ 1000 per week",
            theme.neutral.ink_second,
        ),
    };
    ui.add(egui::Label::new(text(words, theme.sizes.text.caption).color(colour(ink))).wrap());
}

fn add_letter(editor: &mut CellEditor, code: &str) {
    if !editor.text.trim().is_empty() {
        editor.text.push_str("; ");
    }
    editor.text.push_str(code);
    editor.problem = None;
    // The caret goes behind what was added.
    editor.is_new = true;
}

#[expect(clippy::too_many_arguments, reason = "one frame's worth of context")]
fn keep(
    ui: &Ui,
    core: &Core,
    state: &mut MatrixState,
    grid: Id,
    sheet: &Sheet,
    mut editor: CellEditor,
    end: End,
    commands: &mut Vec<Command>,
) {
    let document = core.document();
    let (subject, holder) = editor.place;
    let parsed = match document.framework_of(subject) {
        Some((_, framework)) => {
            let held = rights_of(document, editor.place);
            parse_cell(&editor.text, framework, document.project().currency, &held)
        }
        None => Err("The project has no framework; choose one above the matrix.".to_owned()),
    };
    let letters = match parsed {
        Ok(letters) => letters,
        Err(problem) => {
            editor.problem = Some(problem);
            state.editor = Some(editor);
            return;
        }
    };
    let mut cells = vec![CellChange { subject, holder, letters: letters.clone() }];
    if end == End::KeepEverywhere {
        let places = state.selection.cells().into_iter().filter_map(|cell| sheet.place(cell));
        cells.extend(places.map(|(subject, holder)| CellChange { subject, holder, letters: letters.clone() }));
    }
    set_cells(core, cells, commands);
    state.typing = Typing::default();
    ui.memory_mut(|memory| memory.request_focus(grid));
    if let End::Keep(Some(by)) = end
        && let Some(to) = moved(editor.cell, by, sheet.extent(), 1, |_| true)
    {
        state.follow = true;
        state.go_to(core, sheet, Selection::single(to), commands);
    }
}
