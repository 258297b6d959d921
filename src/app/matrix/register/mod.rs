//! The register of decisions: a table of their facts, edited in place.
//!
//! [`table`] says what is shown, [`place`] where; both know no widget. `paint` draws what is in sight, `keyboard` and
//! `pointer` turn input into changes, `editor` is the field over a cell, `toolbar` the line above, `access` the tree
//! for assistive technology. What texts mean is for the model to say, one step of undo for the edits. Sorting,
//! grouping, filters and the choice of columns belong to the view in this window, never to the document.

mod access;
mod clipboard;
mod editor;
mod keyboard;
mod paint;
mod place;
mod pointer;
mod table;
mod toolbar;

use std::collections::VecDeque;
use std::sync::Arc;

use egui::{Event, EventFilter, Id, Rect, Sense, Ui, Vec2};

use self::place::{Place, Spot};
use self::table::{Choice, Table};
use super::cursor::{Cell, Selection};
use crate::app::command::{CameraMove, Command};
use crate::app::core::Core;
use crate::app::widgets::{ButtonLook, empty_state, text_button};
use crate::edit::{Edit, EditAction as _, RegisterCell, Verdict, write_register};
use crate::model::*;
use crate::scene::icon::Icon;

pub(in crate::app) use toolbar::form_ui;

/// What a register remembers between frames.
pub struct RegisterState {
    choice: Choice,
    selection: Selection,
    /// What is scrolled away, in points.
    scroll: Vec2,
    zoom: f32,
    editor: Option<editor::CellEditor>,
    /// Keys that came in one frame after a change, to be taken in the next one.
    waiting: VecDeque<Event>,
    drag: Option<pointer::Drag>,
    hovered: Option<Spot>,
    table: Option<((ViewId, Revision), Choice, Arc<Table>)>,
    reveal: Option<DecisionId>,
    /// Whether the decision that is selected next is new, and its name is to be typed.
    names_new: bool,
    /// Handles of decisions below this one were there before the new one.
    known_before: Option<u32>,
    camera: Vec<CameraMove>,
    wants_focus: bool,
    follow: bool,
    /// The selection of the window when it was looked at last.
    seen: Vec<ElementRef>,
    /// Whether a dialog lay above it.
    under_dialog: bool,
    /// Whether it was drawn last, and not the grid of rights.
    shown: bool,
}

impl Default for RegisterState {
    fn default() -> Self {
        Self {
            choice: Choice::default(),
            selection: Selection::default(),
            scroll: Vec2::ZERO,
            zoom: 1.0,
            editor: None,
            waiting: VecDeque::new(),
            drag: None,
            hovered: None,
            table: None,
            reveal: None,
            names_new: false,
            known_before: None,
            camera: Vec::new(),
            wants_focus: true,
            follow: false,
            seen: Vec::new(),
            under_dialog: false,
            shown: false,
        }
    }
}

/// Draws a register and collects wishes. `grid` is the widget that has the keyboard.
pub(super) fn register_ui(
    ui: &mut Ui,
    core: &Core,
    view: ViewId,
    shown: &MatrixView,
    grid: Id,
    state: &mut RegisterState,
    commands: &mut Vec<Command>,
) {
    state.shown = true;
    let table = state.table_of(core, view);
    toolbar::toolbar_ui(ui, core, view, shown, state, &table, commands);
    let table = state.table_of(core, view);
    state.show_revealed(core, &table);
    state.follow_selection(core, &table);
    let table = state.table_of(core, view);
    if table.rows.is_empty() && table.groups.is_empty() {
        empty_ui(ui, core, state, &table, commands);
        return;
    }
    let area = ui.available_rect_before_wrap();
    access::cells_ui(ui, state, grid, &state.place(area, &table), &table);
    let response = ui.allocate_rect(area, Sense::hover());
    let response = ui.interact(response.rect, grid, Sense::click_and_drag());
    if core.active_view() == Some(view) {
        state.take_focus(ui, grid);
    } else if response.has_focus() {
        response.surrender_focus();
    }
    state.move_camera(area, &table);
    if response.has_focus() {
        ui.memory_mut(|memory| {
            let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
            memory.set_focus_lock_filter(grid, filter);
        });
        keyboard::keyboard_ui(ui, core, state, grid, &state.place(area, &table), &table, commands);
    }
    pointer::pointer_ui(ui, core, state, &response, area, &table, commands);
    // What the pointer chose, such as a folded group, is seen in the same frame.
    let table = state.table_of(core, view);
    if std::mem::take(&mut state.follow) {
        state.scroll = state.place(area, &table).scroll_to(&table, state.selection.active);
    }
    let place = state.place(area, &table);
    state.scroll = place.scroll;
    paint::paint_ui(ui, core, state, &place, &table, response.has_focus());
    pointer::scroll_bars_ui(ui, core, state, grid, &place);
    access::announce(ui, state, &response, &table);
    editor::editor_ui(ui, core, state, grid, &place, &table, commands);
}

/// What stands there before there are rows.
fn empty_ui(ui: &mut Ui, core: &Core, state: &mut RegisterState, table: &Table, commands: &mut Vec<Command>) {
    let theme = core.theme();
    if table.hidden > 0 {
        empty_state(ui, theme, Icon::Filter, "The filter hides every decision.", |ui| {
            if text_button(ui, theme, ButtonLook::Plain, None, "Show everything").clicked() {
                state.choice.filter.clear();
                state.choice.only_guesses = false;
            }
        });
        return;
    }
    let sentence = "A row is a decision: a choice that somebody makes again and again. There are none yet.";
    empty_state(ui, theme, Icon::Decision, sentence, |ui| {
        if text_button(ui, theme, ButtonLook::Primary, Some(Icon::Plus), "Decisions from the library…").clicked() {
            commands.push(Command::Action("insert.library"));
        }
        ui.add_space(4.0);
        if text_button(ui, theme, ButtonLook::Plain, None, "Add a decision").clicked() {
            state.add_decision(core, &Table::default(), commands);
        }
    });
}

impl RegisterState {
    /// Whether it was drawn last, and not the grid of rights.
    pub(super) fn is_shown(&self) -> bool {
        self.shown
    }

    /// Says that the grid of rights is drawn.
    pub(super) fn hide(&mut self) {
        self.shown = false;
    }

    /// Brings the row of a decision into sight at the next frame.
    pub(super) fn reveal(&mut self, element: ElementRef) {
        self.reveal = match element {
            ElementRef::Decision(id) => Some(id),
            _ => None,
        };
    }

    /// Takes the keyboard as soon as nothing else has it.
    pub(super) fn take_keyboard(&mut self) {
        self.wants_focus = true;
    }

    /// Moves the camera at the next frame.
    pub(super) fn request(&mut self, camera: CameraMove) {
        self.camera.push(camera);
    }

    /// Magnification.
    pub(super) fn zoom(&self) -> f32 {
        self.zoom
    }

    fn place(&self, area: Rect, table: &Table) -> Place {
        Place::new(area, self.zoom, self.scroll, table)
    }

    /// The table of this version; where it is new, the ranges follow their rows and columns.
    fn table_of(&mut self, core: &Core, view: ViewId) -> Arc<Table> {
        let stamp = (view, core.document().revision());
        if let Some((_, _, table)) =
            self.table.as_ref().filter(|(made, choice, _)| *made == stamp && *choice == self.choice)
        {
            return table.clone();
        }
        let new = Arc::new(Table::new(core.document(), &self.choice));
        if let Some((_, _, old)) = &self.table {
            self.selection = moved_along(&self.selection, old, &new);
        }
        self.selection = self.selection.clamped(new.extent());
        self.table = Some((stamp, self.choice.clone(), new.clone()));
        new
    }

    /// Makes the row that is to be revealed the active one; what hides it is taken off. A new one is named at once.
    fn show_revealed(&mut self, core: &Core, table: &Table) {
        if self.names_new
            && let Some(ElementRef::Decision(id)) = core.single_selection()
            && !self.table_knew(id)
        {
            self.reveal = Some(id);
        }
        let Some(id) = self.reveal.take() else { return };
        let Some(decision) = core.document().get::<Decision>(id) else { return };
        if table.row_of(id).is_none() {
            self.choice.filter.clear();
            self.choice.only_guesses = false;
            self.choice.folded.clear();
            self.reveal = Some(id);
            // Seen at the next frame, when the table has it; a decision that is not there is no loop.
            if Table::new(core.document(), &self.choice).row_of(id).is_none() {
                self.reveal = None;
            }
            return;
        }
        let Some(row) = table.row_of(id) else { return };
        let column = if self.names_new { 0 } else { self.selection.active.column };
        self.selection = Selection::single(Cell::new(row, column));
        self.follow = true;
        if std::mem::take(&mut self.names_new) {
            self.editor = Some(editor::CellEditor::over(id, RegisterColumn::Name, decision.name.clone(), true));
        }
    }

    /// Whether a decision was there before the one that was added: then it is not the new one.
    fn table_knew(&self, id: DecisionId) -> bool {
        self.known_before.is_some_and(|count| id.index() < count)
    }

    /// Goes to the decision that was selected elsewhere.
    fn follow_selection(&mut self, core: &Core, table: &Table) {
        if core.selection() == self.seen {
            return;
        }
        self.seen = core.selection().to_vec();
        if let Some(ElementRef::Decision(id)) = self.seen.first()
            && let Some(row) = table.row_of(*id)
            && !self.selection.blocks().any(|block| (block.first.row..=block.last.row).contains(&row))
        {
            self.selection = Selection::single(Cell::new(row, self.selection.active.column));
            self.follow = true;
        }
    }

    /// Takes the keyboard where nothing else has it, also when a dialog above it was closed.
    fn take_focus(&mut self, ui: &Ui, grid: Id) {
        let under_dialog = ui.memory(|memory| memory.top_modal_layer().is_some());
        self.wants_focus |= std::mem::replace(&mut self.under_dialog, under_dialog) && !under_dialog;
        // A field of a dialog that has just been opened may not have the keyboard yet.
        if self.wants_focus && !under_dialog && ui.memory(|memory| memory.focused().is_none()) {
            self.wants_focus = false;
            ui.memory_mut(|memory| memory.request_focus(grid));
        }
    }

    fn move_camera(&mut self, area: Rect, table: &Table) {
        for camera in std::mem::take(&mut self.camera) {
            match camera {
                CameraMove::ZoomIn => self.set_zoom(self.zoom * 1.1),
                CameraMove::ZoomOut => self.set_zoom(self.zoom / 1.1),
                CameraMove::ActualSize => self.set_zoom(1.0),
                CameraMove::FitAll => {
                    let names = table.columns.first().map_or(0.0, |column| column.width);
                    let room = area.width() - super::geometry::MARGIN - super::geometry::SCROLL_BAR;
                    self.set_zoom(((room / (table.width + names).max(1.0)) * 20.0).floor() / 20.0);
                    self.scroll = Vec2::ZERO;
                }
                CameraMove::FitSelection | CameraMove::ShowSelection => self.follow = true,
                CameraMove::FindAgain => {}
            }
        }
    }

    fn set_zoom(&mut self, zoom: f32) {
        let zoom = zoom.clamp(super::ZOOM.0, super::ZOOM.1);
        self.scroll *= zoom / self.zoom;
        self.zoom = zoom;
    }

    /// Goes to a cell; the decisions of the range are the selection of the window.
    fn go_to(&mut self, core: &Core, table: &Table, selection: Selection, commands: &mut Vec<Command>) {
        self.selection = selection;
        let mut rows: Vec<usize> = self.selection.cells().iter().map(|cell| cell.row).collect();
        rows.dedup();
        // A selection of everything tells the inspector nothing.
        let ids = rows.iter().take(MOST_SELECTED).filter_map(|row| table.rows.get(*row));
        let wanted: Vec<ElementRef> = ids.map(|row| row.id.into()).collect();
        if core.selection() != wanted {
            commands.push(Command::Select(wanted));
        }
    }

    /// A new decision near the active row, to be named at once.
    fn add_decision(&mut self, core: &Core, table: &Table, commands: &mut Vec<Command>) {
        let near = table.rows.get(self.selection.active.row).and_then(|row| core.document().get::<Decision>(row.id));
        let area = near.map(|decision| decision.area.clone()).unwrap_or_default();
        let last = core.document().decisions().iter().map(|(_, decision)| decision.order).max().unwrap_or(0);
        let record = Decision { area, order: last.saturating_add(1), ..Decision::new("New decision") };
        let edit = Edit::from(crate::edit::Insert { records: vec![record.into()], show_in: Vec::new() });
        self.names_new = true;
        self.known_before = core.document().decisions().ids().last().map(|id| id.index() + 1).or(Some(0));
        commands.push(Command::Create { edit: Box::new(edit), rename: false });
    }

    /// Wishes for texts in cells, or says why they may not be.
    fn write(&self, core: &Core, cells: &[RegisterCell], commands: &mut Vec<Command>) -> Result<(), String> {
        match write_register(core.document(), cells)? {
            Some(edit) => offer(core, edit, commands),
            None => Ok(()),
        }
    }
}

/// More decisions than this are not told to the inspector.
const MOST_SELECTED: usize = 2000;

/// Wishes for a change.
fn offer(core: &Core, edit: Edit, commands: &mut Vec<Command>) -> Result<(), String> {
    match edit.can_apply(core.document()) {
        Verdict::Yes => commands.push(edit.into()),
        Verdict::No(reason) => return Err(reason),
        Verdict::Ignore => {}
    }
    Ok(())
}

/// The same rows and columns in a new table; what is gone keeps its number.
fn moved_along(selection: &Selection, old: &Table, new: &Table) -> Selection {
    let along = |cell: Cell| {
        let row = old.rows.get(cell.row).and_then(|row| new.row_of(row.id)).unwrap_or(cell.row);
        let column = old.columns.get(cell.column).map(|column| column.column);
        let column = column.and_then(|column| new.columns.iter().position(|other| other.column == column));
        Cell::new(row, column.unwrap_or(cell.column))
    };
    let more = selection.more.iter().map(|(a, b)| (along(*a), along(*b))).collect();
    Selection { active: along(selection.active), head: along(selection.head), more }
}
