//! The field over a cell of the register: its text, what may be chosen, problems in place.

use egui::{Id, Key, Margin, Modifiers, TextEdit, Ui, vec2};

use super::RegisterState;
use super::place::Place;
use super::table::Table;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::matrix::cursor::{Cell, Selection, moved};
use crate::app::matrix::over_cell::{End, end_key, surface_ui, take_keyboard};
use crate::app::style::{colour, font};
use crate::app::widgets::text;
use crate::edit::RegisterCell;
use crate::model::*;

/// More choices than this are not offered at once: type to narrow them.
const MOST_CHOICES: usize = 7;

/// A cell being edited as text.
#[derive(Clone, Debug)]
pub struct CellEditor {
    decision: DecisionId,
    column: RegisterColumn,
    text: String,
    problem: Option<String>,
    /// Which of the choices is marked; the text counts where it is none.
    marked: Option<usize>,
    /// Whether the field still has to take the keyboard.
    is_new: bool,
    /// Whether the whole text is selected at first.
    selects_all: bool,
    /// Whether something was typed: else nothing changes, and no guess is confirmed.
    is_touched: bool,
}

impl CellEditor {
    /// Opens a cell with a text.
    pub fn over(decision: DecisionId, column: RegisterColumn, text: String, selects_all: bool) -> Self {
        Self { decision, column, text, problem: None, marked: None, is_new: true, selects_all, is_touched: false }
    }

    /// Says that the text was typed.
    pub fn touch(&mut self) {
        self.is_touched = true;
    }

    /// What may be chosen, narrowed by what is typed.
    fn choices(&self, document: &Document) -> Vec<String> {
        let all = all_choices(document, self.column);
        let typed = self.typed_part().trim().to_lowercase();
        let is_whole = |choice: &String| choice.to_lowercase() == typed;
        // A text that is one of them already is no reason to hide the others.
        let narrows = self.is_touched && !typed.is_empty() && !all.iter().any(is_whole);
        let matches = |choice: &String| !narrows || choice.to_lowercase().contains(&typed);
        all.into_iter().filter(matches).take(MOST_CHOICES).collect()
    }

    fn is_list(&self) -> bool {
        matches!(self.column, RegisterColumn::Scope | RegisterColumn::Steps | RegisterColumn::Gateways)
    }

    /// The part of the text that a choice replaces: in a list what stands behind the last semicolon.
    fn typed_part(&self) -> &str {
        if self.is_list() { self.text.rsplit(';').next().unwrap_or_default() } else { &self.text }
    }

    fn take(&mut self, choice: &str) {
        let kept = self.text.len() - self.typed_part().len();
        let already = self.is_list() && self.text.split(';').any(|part| part.trim() == choice);
        if !already {
            self.text.truncate(kept);
            if !self.text.is_empty() && !self.text.ends_with(' ') {
                self.text.push(' ');
            }
            self.text.push_str(choice);
        }
        self.marked = None;
        self.problem = None;
        self.is_touched = true;
        // The caret goes behind what was taken.
        self.is_new = true;
    }
}

/// Everything that a column may name.
fn all_choices(document: &Document, column: RegisterColumn) -> Vec<String> {
    let mut names: Vec<String> = match column {
        RegisterColumn::Kind => return ["task", "decision", "control"].map(str::to_owned).to_vec(),
        RegisterColumn::Reversible => return ["yes", "no"].map(str::to_owned).to_vec(),
        RegisterColumn::Importance => return ["1", "2", "3", "4", "5"].map(str::to_owned).to_vec(),
        RegisterColumn::Framework => {
            return document.frameworks().iter().map(|(_, framework)| framework.name.clone()).collect();
        }
        RegisterColumn::Area => document.decisions().iter().map(|(_, decision)| decision.area.clone()).collect(),
        RegisterColumn::Scope => document.units().iter().map(|(_, unit)| unit.name.clone()).collect(),
        RegisterColumn::Locus => {
            let units = document.units().iter().map(|(_, unit)| unit.name.clone());
            document.roles().iter().map(|(_, role)| role.name.clone()).chain(units).collect()
        }
        RegisterColumn::Steps => document.steps().iter().map(|(_, step)| step.name.clone()).collect(),
        RegisterColumn::Gateways => document.gateways().iter().map(|(_, gateway)| gateway.name.clone()).collect(),
        _ => return Vec::new(),
    };
    names.retain(|name| !name.is_empty());
    names.sort();
    names.dedup();
    names
}

/// Draws the field, if a cell is being edited.
pub fn editor_ui(
    ui: &Ui,
    core: &Core,
    state: &mut RegisterState,
    grid: Id,
    place: &Place,
    table: &Table,
    commands: &mut Vec<Command>,
) {
    let Some(mut editor) = state.editor.take() else { return };
    // The row may be gone since, or stand elsewhere.
    let column = table.columns.iter().position(|column| column.column == editor.column);
    let (Some(row), Some(column)) = (table.row_of(editor.decision), column) else { return };
    let cell = Cell::new(row, column);
    let choices = editor.choices(core.document());
    let id = grid.with("register editor");
    let mut end = chosen_end(ui, &mut editor, &choices);
    let rect = place.cell_rect(table, cell);
    let width = (rect.intersect(place.area).width() + 4.0).clamp(200.0, 420.0);
    let content = |ui: &mut Ui| field_ui(ui, core, &mut editor, id, &choices, width);
    let clicked_elsewhere = surface_ui(ui, core.theme(), id, rect, place.area, content);
    if clicked_elsewhere && !editor.is_new {
        end = Some(End::Keep(None));
    }
    match end {
        None => state.editor = Some(editor),
        Some(End::Drop) => ui.memory_mut(|memory| memory.request_focus(grid)),
        Some(end) => keep(ui, core, state, grid, table, editor, cell, end, commands),
    }
}

/// The key that ends the editing, or moves the mark among the choices, taken before the field sees it.
fn chosen_end(ui: &Ui, editor: &mut CellEditor, choices: &[String]) -> Option<End> {
    if editor.is_new {
        return None;
    }
    let end = ui.input_mut(|input| {
        if let Some(last) = choices.len().checked_sub(1) {
            if input.consume_key(Modifiers::NONE, Key::ArrowDown) {
                editor.marked = Some(editor.marked.map_or(0, |at| (at + 1).min(last)));
            }
            if input.consume_key(Modifiers::NONE, Key::ArrowUp) {
                editor.marked = editor.marked.and_then(|at| at.checked_sub(1));
            }
        }
        end_key(input)
    });
    let marked = editor.marked.and_then(|at| choices.get(at)).cloned();
    match (end, marked) {
        (Some(End::Drop) | None, _) | (_, None) => end,
        (Some(_), Some(choice)) if editor.is_list() => {
            // In a list more may follow.
            editor.take(&choice);
            None
        }
        (end, Some(choice)) => {
            editor.take(&choice);
            end
        }
    }
}

fn field_ui(ui: &mut Ui, core: &Core, editor: &mut CellEditor, id: Id, choices: &[String], width: f32) {
    let theme = core.theme();
    ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
    ui.set_width(width);
    let hint = text(editor.column.expected().unwrap_or_default(), theme.sizes.text.body);
    let field = TextEdit::singleline(&mut editor.text)
        .id(id)
        .font(font(theme.sizes.text.body))
        .hint_text(hint.color(colour(theme.neutral.ink_third)))
        .margin(Margin::symmetric(8, 6))
        .lock_focus(true)
        .desired_width(f32::INFINITY);
    let mut output = field.show(ui);
    let label = format!("{}, {}", core.document().name_of(editor.decision.into()), editor.column.heading());
    let response = output.response.response.clone().accessible_name(label);
    // A dialog above keeps the keyboard.
    let under_dialog = ui.memory(|memory| memory.top_modal_layer().is_some());
    if !under_dialog && (editor.is_new || !response.has_focus()) {
        take_keyboard(ui, &mut output, id, &editor.text, std::mem::take(&mut editor.selects_all));
        editor.is_new = false;
    }
    if response.changed() {
        editor.problem = None;
        editor.marked = None;
        editor.is_touched = true;
    }
    let mut taken = None;
    for (index, choice) in choices.iter().enumerate() {
        let marked = editor.marked == Some(index);
        let ink = if marked { theme.accent.ink } else { theme.neutral.ink };
        let ground = if marked { colour(theme.accent.soft) } else { egui::Color32::TRANSPARENT };
        let shown = crate::scene::text::Measure::bundled().ellipsize(choice, theme.sizes.text.body, width - 20.0);
        let button = egui::Button::new(text(shown.text, theme.sizes.text.body).color(colour(ink)))
            .fill(ground)
            .corner_radius(4)
            .min_size(vec2(width, 22.0));
        if ui.add(button.frame_when_inactive(marked)).clicked() {
            taken = Some(choice.clone());
        }
    }
    if let Some(choice) = taken {
        editor.take(&choice);
    }
    if let Some(problem) = &editor.problem {
        let words = text(problem.as_str(), theme.sizes.text.caption).color(colour(theme.severity.high.ink));
        ui.add(egui::Label::new(words).wrap());
    }
}

#[expect(clippy::too_many_arguments, reason = "one frame's worth of context")]
fn keep(
    ui: &Ui,
    core: &Core,
    state: &mut RegisterState,
    grid: Id,
    table: &Table,
    mut editor: CellEditor,
    cell: Cell,
    end: End,
    commands: &mut Vec<Command>,
) {
    let write = |decision| RegisterCell { decision, column: editor.column, text: editor.text.clone() };
    let mut cells = vec![write(editor.decision)];
    if end == End::KeepEverywhere {
        let selected = state.selection.cells().into_iter().filter_map(|cell| table.place(cell));
        let others = selected.filter(|(id, column)| *column == editor.column && *id != editor.decision);
        cells.extend(others.map(|(id, _)| write(id)));
    }
    if editor.is_touched
        && let Err(problem) = state.write(core, &cells, commands)
    {
        editor.problem = Some(problem);
        state.editor = Some(editor);
        return;
    }
    ui.memory_mut(|memory| memory.request_focus(grid));
    if let End::Keep(Some(by)) = end
        && let Some(to) = moved(cell, by, table.extent(), 1, |_| true)
    {
        state.follow = true;
        state.go_to(core, table, Selection::single(to), commands);
    }
}
