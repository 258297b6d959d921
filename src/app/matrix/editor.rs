//! The field over a cell: letters with limits as text, the letters of the framework to click, problems in place.

use egui::{Id, Margin, TextEdit, Ui, vec2};

use super::cell_text::{parse_cell, print_rights};
use super::cursor::{Cell, Selection, moved};
use super::geometry::Geometry;
use super::letters::{Place, rights_of};
use super::over_cell::{End, end_key, surface_ui, take_keyboard};
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
    let mut end = if editor.is_new { None } else { ui.input_mut(end_key) };
    let cell = geometry.cell_rect(sheet, editor.cell);
    let content = |ui: &mut Ui| field_ui(ui, core, &mut editor, id);
    let clicked_elsewhere = surface_ui(ui, core.theme(), id, cell, geometry.area, content);
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
        take_keyboard(ui, &mut output, id, &editor.text, false);
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
