//! The decision-rights matrix: a grid of our own, as quick under the hands as a spreadsheet.
//!
//! [`sheet`] says what is shown, [`geometry`] where, [`cursor`] where the hand is, [`letters`] and [`cell_text`] what
//! typing means; these know nothing of the toolkit's widgets. `paint` draws what is in sight, `keyboard` and `pointer`
//! turn input into changes, `editor` is the field over a cell, `toolbar` the line above, `access` the tree for
//! assistive technology. The grid is one Tab stop. Invariant: active cell and ranges lie within the sheet; where the
//! document changes they follow their rows and columns.

mod access;
mod cell_text;
mod cursor;
mod editor;
mod geometry;
mod hand;
mod keyboard;
mod letters;
mod menu;
mod over_cell;
mod paint;
mod paste;
mod pointer;
mod register;
pub(in crate::app) mod scrolling;
mod sheet;
mod toolbar;
mod tried;
mod tsv;

use std::collections::VecDeque;
use std::sync::Arc;

use egui::{Context, Event, EventFilter, Id, Rect, Sense, Ui, Vec2};

use self::cursor::{Cell, Selection};
use self::geometry::{Geometry, Spot};
use self::letters::Typing;
pub use self::sheet::{Filter, SortBy};
use self::sheet::{Sheet, subject_of};
use super::command::{CameraMove, Command};
use super::core::Core;
use super::widgets::{ButtonLook, empty_state, text_button};
use crate::edit::{CellChange, Edit, EditAction as _, SetCells, Verdict};
use crate::model::*;
use crate::scene::Head;
use crate::scene::icon::Icon;

/// Least and greatest magnification.
const ZOOM: (f32, f32) = (0.75, 1.5);

/// What a matrix remembers between frames.
pub struct MatrixState {
    filter: Filter,
    selection: Selection,
    /// What is scrolled away, in points.
    scroll: Vec2,
    zoom: f32,
    typing: Typing,
    editor: Option<editor::CellEditor>,
    /// Keys that came in one frame after a change, to be taken in the next one.
    waiting: VecDeque<Event>,
    drag: Option<pointer::Drag>,
    /// What the right button was pressed on.
    aimed: Option<Spot>,
    hovered: Option<Spot>,
    sheet: Option<(Stamp, Arc<Sheet>)>,
    reveal: Option<ElementRef>,
    camera: Vec<CameraMove>,
    wants_focus: bool,
    /// Whether the active cell is to come into sight.
    follow: bool,
    /// What the remedy that is looked at would change.
    tried: Option<tried::TriedCells>,
    /// The other form of the view.
    register: register::RegisterState,
}

impl Default for MatrixState {
    fn default() -> Self {
        Self {
            filter: Filter::default(),
            selection: Selection::default(),
            scroll: Vec2::ZERO,
            zoom: 1.0,
            typing: Typing::default(),
            editor: None,
            waiting: VecDeque::new(),
            drag: None,
            aimed: None,
            hovered: None,
            sheet: None,
            reveal: None,
            camera: Vec::new(),
            wants_focus: true,
            follow: false,
            tried: None,
            register: register::RegisterState::default(),
        }
    }
}

/// What a sheet was made from.
#[derive(Clone, Debug, PartialEq)]
struct Stamp {
    view: ViewId,
    revision: Revision,
    report: Option<Revision>,
    filter: Filter,
}

/// The widget that has the keyboard while the grid has it.
fn grid_id(view: ViewId) -> Id {
    Id::unique(("matrix grid", view))
}

/// Whether plain keys are typed into the matrix in front.
pub fn has_keyboard(ctx: &Context, core: &Core) -> bool {
    matches!(core.active_kind(), Some(ViewKind::Matrix(_)))
        && core.active_view().is_some_and(|view| ctx.memory(|memory| memory.has_focus(grid_id(view))))
}

/// Draws a matrix and collects wishes.
pub fn matrix_ui(ui: &mut Ui, core: &Core, view: ViewId, state: &mut MatrixState, commands: &mut Vec<Command>) {
    let Some(ViewKind::Matrix(shown)) = core.document().get::<View>(view).map(|view| &view.kind) else { return };
    if shown.form == MatrixForm::Register {
        register::register_ui(ui, core, view, shown, grid_id(view), &mut state.register, commands);
        return;
    }
    state.register.hide();
    toolbar::toolbar_ui(ui, core, view, shown, state, commands);
    state.show_revealed(core);
    let sheet = state.sheet_of(core, view, shown);
    if sheet.extent().is_empty() && sheet.areas.is_empty() {
        empty_ui(ui, core, shown, state, &sheet, commands);
        return;
    }
    let area = ui.available_rect_before_wrap();
    let grid = grid_id(view);
    access::cells_ui(ui, core, state, grid, &state.geometry(area, &sheet), &sheet);
    let response = ui.allocate_rect(area, Sense::hover());
    let response = ui.interact(response.rect, grid, Sense::click_and_drag());
    if core.active_view() == Some(view) {
        state.take_focus(ui, grid);
    } else if response.has_focus() {
        response.surrender_focus();
    }
    state.move_camera(area, &sheet);
    if response.has_focus() {
        ui.memory_mut(|memory| {
            let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
            memory.set_focus_lock_filter(grid, filter);
        });
        keyboard::keyboard_ui(ui, core, state, grid, &state.geometry(area, &sheet), &sheet, commands);
    }
    pointer::pointer_ui(ui, core, state, &response, area, &sheet, view, commands);
    if std::mem::take(&mut state.follow) {
        state.scroll = state.geometry(area, &sheet).scroll_to(&sheet, state.selection.active);
    }
    if let Some(first) = state.follow_trial(core, &sheet) {
        state.scroll = state.geometry(area, &sheet).scroll_to(&sheet, first);
    }
    let geometry = state.geometry(area, &sheet);
    state.scroll = geometry.scroll;
    paint::paint_ui(ui, core, state, &geometry, &sheet, response.has_focus());
    pointer::scroll_bars_ui(ui, core, state, grid, &geometry);
    access::announce(ui, core, state, &response, &sheet);
    editor::editor_ui(ui, core, state, grid, &geometry, &sheet, commands);
}

/// What stands there before there are rows and columns.
fn empty_ui(
    ui: &mut Ui,
    core: &Core,
    shown: &MatrixView,
    state: &mut MatrixState,
    sheet: &Sheet,
    commands: &mut Vec<Command>,
) {
    let theme = core.theme();
    if sheet.hidden != (0, 0) {
        empty_state(ui, theme, Icon::Filter, "The filters hide everything.", |ui| {
            if text_button(ui, theme, ButtonLook::Plain, None, "Show everything").clicked() {
                state.filter = Filter::default();
            }
        });
    } else if sheet.columns.is_empty() {
        empty_state(ui, theme, Icon::Person, "Columns are roles, and there are none yet.", |ui| {
            if text_button(ui, theme, ButtonLook::Primary, Some(Icon::Plus), "Add a role").clicked() {
                commands.push(Command::Action("insert.role"));
            }
        });
    } else if shown.rows == MatrixRows::Steps {
        empty_state(ui, theme, Icon::Process, "Rows are steps, and no process has one yet.", |ui| {
            if text_button(ui, theme, ButtonLook::Primary, Some(Icon::Plus), "Add a process").clicked() {
                commands.push(Command::Action("insert.process"));
            }
        });
    } else {
        let sentence = "Rows are decisions: choices that somebody makes again and again. There are none yet.";
        empty_state(ui, theme, Icon::Decision, sentence, |ui| {
            if text_button(ui, theme, ButtonLook::Primary, Some(Icon::Plus), "Add a decision").clicked() {
                commands.push(Command::Action("insert.decision"));
            }
            ui.add_space(4.0);
            if text_button(ui, theme, ButtonLook::Plain, None, "Decisions from the library…").clicked() {
                commands.push(Command::Action("insert.library"));
            }
        });
    }
}

impl MatrixState {
    /// Brings the row of a decision or step, or the cell of a right, into sight at the next frame.
    pub fn reveal(&mut self, element: ElementRef) {
        self.register.reveal(element);
        self.reveal = Some(element);
    }

    /// Takes the keyboard as soon as nothing else has it.
    pub fn take_keyboard(&mut self) {
        self.register.take_keyboard();
        self.wants_focus = true;
    }

    /// Moves the camera at the next frame.
    pub fn request(&mut self, camera: CameraMove) {
        if self.register.is_shown() {
            return self.register.request(camera);
        }
        self.camera.push(camera);
    }

    /// The cells that would hold something if the fill handle were let go now.
    fn filling(&self) -> Option<cursor::Block> {
        match self.drag? {
            pointer::Drag::Fill { source, to } => Some(pointer::filled_block(source, to)),
            pointer::Drag::Cells | pointer::Drag::Rows | pointer::Drag::Columns => None,
        }
    }

    /// What is shown of the rows and columns, and in which order.
    pub fn filter(&mut self) -> &mut Filter {
        &mut self.filter
    }

    /// Magnification.
    pub fn zoom(&self) -> f32 {
        if self.register.is_shown() { self.register.zoom() } else { self.zoom }
    }

    fn geometry(&self, area: Rect, sheet: &Sheet) -> Geometry {
        Geometry::new(area, self.zoom, self.scroll, sheet)
    }

    /// The sheet of this version; where it is new, the ranges follow their rows and columns.
    fn sheet_of(&mut self, core: &Core, view: ViewId, shown: &MatrixView) -> Arc<Sheet> {
        let document = core.document();
        let report = core.report.as_ref().map(|report| report.revision);
        let is_fresh = |stamp: &Stamp| {
            (stamp.view, stamp.revision, stamp.report) == (view, document.revision(), report)
                && stamp.filter == self.filter
        };
        if let Some((_, sheet)) = self.sheet.as_ref().filter(|(stamp, _)| is_fresh(stamp)) {
            return sheet.clone();
        }
        // What was sorted keeps its order under the hands until somebody sorts again.
        let order = |filter: &Filter| (filter.sort.clone(), filter.flat);
        let same_order = |stamp: &Stamp| stamp.view == view && order(&stamp.filter) == order(&self.filter);
        let kept = self.sheet.as_ref().filter(|(stamp, _)| same_order(stamp)).map(|(_, sheet)| &**sheet);
        if self.sheet.as_ref().is_some_and(|(stamp, sheet)| stamp.view == view && sheet.transposed != shown.transposed)
        {
            // What rows were sorted by is a heading of rows now.
            self.filter.sort = None;
        }
        let kept = kept.cloned();
        let kept = kept.as_ref();
        let new = Arc::new(Sheet::new(document, shown, core.report.as_deref(), &self.filter, kept));
        if let Some((_, old)) = &self.sheet {
            self.selection = moved_along(&self.selection, old, &new);
        }
        self.selection = self.selection.clamped(new.extent());
        let stamp = Stamp { view, revision: document.revision(), report, filter: self.filter.clone() };
        self.sheet = Some((stamp, new.clone()));
        new
    }

    /// Makes what is to be revealed the active cell; filters that hide it are taken off.
    fn show_revealed(&mut self, core: &Core) {
        let Some(element) = self.reveal.take() else { return };
        let document = core.document();
        let heads = heads_of(document, element);
        let Some((stamp, old)) = &self.sheet else {
            self.reveal = Some(element);
            return;
        };
        let mut sheet = old.clone();
        let is_missing = |head: &Head| sheet.row_of(head).is_none() && sheet.column_of(head).is_none();
        if heads.iter().any(is_missing) && self.filter != Filter::default() {
            self.filter = Filter::default();
            let view = stamp.view;
            let Some(ViewKind::Matrix(shown)) = document.get::<View>(view).map(|view| &view.kind) else { return };
            sheet = self.sheet_of(core, view, shown);
        }
        let mut cell = self.selection.active;
        let mut is_found = false;
        for head in &heads {
            if let Some(row) = sheet.row_of(head) {
                (cell.row, is_found) = (row, true);
            } else if let Some(column) = sheet.column_of(head) {
                (cell.column, is_found) = (column, true);
            }
        }
        if is_found {
            self.selection = Selection::single(cell);
            self.follow = true;
        }
    }

    fn take_focus(&mut self, ui: &Ui, grid: Id) {
        if self.wants_focus && ui.memory(|memory| memory.focused().is_none()) {
            self.wants_focus = false;
            ui.memory_mut(|memory| memory.request_focus(grid));
        }
    }

    fn move_camera(&mut self, area: Rect, sheet: &Sheet) {
        for camera in std::mem::take(&mut self.camera) {
            match camera {
                CameraMove::ZoomIn => self.set_zoom(self.zoom * 1.1),
                CameraMove::ZoomOut => self.set_zoom(self.zoom / 1.1),
                CameraMove::ActualSize => self.set_zoom(1.0),
                CameraMove::FitAll => {
                    let width = sheet.frozen_width() + sheet.width;
                    let room = area.width() - geometry::MARGIN - geometry::SCROLL_BAR;
                    self.set_zoom(((room / width.max(1.0)) * 20.0).floor() / 20.0);
                    self.scroll = Vec2::ZERO;
                }
                CameraMove::FitSelection | CameraMove::ShowSelection => self.follow = true,
                CameraMove::FindAgain => {}
            }
        }
    }

    fn set_zoom(&mut self, zoom: f32) {
        let zoom = zoom.clamp(ZOOM.0, ZOOM.1);
        self.scroll *= zoom / self.zoom;
        self.zoom = zoom;
    }

    /// Goes to a cell and tells the inspector.
    fn go_to(&mut self, core: &Core, sheet: &Sheet, selection: Selection, commands: &mut Vec<Command>) {
        if selection.active != self.selection.active {
            self.typing = Typing::default();
        }
        self.selection = selection;
        if let Some(subject) = sheet.subject(self.selection.active) {
            let wanted = [ElementRef::from(subject)];
            if core.selection() != wanted {
                commands.push(Command::Select(wanted.to_vec()));
            }
        }
    }
}

/// The rows and columns in which an element stands: both of a right, one of a decision, a step or a holder.
fn heads_of(document: &Document, element: ElementRef) -> Vec<Head> {
    if let ElementRef::Right(id) = element {
        let right = document.get::<Right>(id);
        return right.map_or(Vec::new(), |right| vec![Head::Subject(right.subject), Head::Holder(right.holder)]);
    }
    let subject = subject_of(element).map(Head::Subject);
    subject.or_else(|| Actor::try_from(element).ok().map(Head::Holder)).into_iter().collect()
}

/// The same rows and columns in a new sheet; what is gone keeps its number.
fn moved_along(selection: &Selection, old: &Sheet, new: &Sheet) -> Selection {
    let along = |cell: Cell| {
        let row = old.rows.get(cell.row).and_then(|row| new.row_of(&row.head));
        let column = old.columns.get(cell.column).and_then(|column| new.column_of(&column.head));
        Cell::new(row.unwrap_or(cell.row), column.unwrap_or(cell.column))
    };
    let more = selection.more.iter().map(|(a, b)| (along(*a), along(*b))).collect();
    Selection { active: along(selection.active), head: along(selection.head), more }
}

/// Wishes for a change of cells, or says why it may not be.
fn set_cells(core: &Core, cells: Vec<CellChange>, commands: &mut Vec<Command>) {
    let edit = Edit::from(SetCells { cells });
    match edit.can_apply(core.document()) {
        Verdict::Yes => commands.push(edit.into()),
        Verdict::No(reason) => commands.push(Command::Hint(reason)),
        Verdict::Ignore => {}
    }
}
