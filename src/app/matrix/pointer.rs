//! The pointer in the grid: clicks, ranges, headings, wheel and scroll bars.
//!
//! What lies under the pointer is found by our own hit test, so a press counts even where it moves on in the same
//! frame.

use egui::{CursorIcon, Id, PointerButton, Pos2, Rect, Response, Sense, Ui, Vec2, pos2, vec2};

use super::cursor::{Cell, Selection};
use super::editor::CellEditor;
use super::geometry::{Geometry, SCROLL_BAR, Spot};
use super::sheet::Sheet;
use super::{MatrixState, keyboard};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::edit::{Edit, Insert, Replace};
use crate::model::*;

/// What is being dragged over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drag {
    /// A range of cells.
    Cells,
    /// Whole rows.
    Rows,
    /// Whole columns.
    Columns,
}

/// Takes what the pointer did.
#[expect(clippy::too_many_arguments, reason = "one frame's worth of context")]
pub fn pointer_ui(
    ui: &Ui,
    core: &Core,
    state: &mut MatrixState,
    response: &Response,
    area: Rect,
    sheet: &Sheet,
    view: ViewId,
    commands: &mut Vec<Command>,
) {
    let geometry = state.geometry(area, sheet);
    scroll(ui, state, response, &geometry);
    let geometry = state.geometry(area, sheet);
    let over = response.contains_pointer();
    if over && let Some(at) = pressed_at(ui) {
        response.request_focus();
        press(ui, core, state, &geometry, sheet, view, at, commands);
    }
    if let Some(drag) = state.drag {
        if ui.input(|input| input.pointer.primary_down()) {
            drag_on(ui, state, &geometry, sheet, drag);
        } else {
            state.drag = None;
        }
    }
    if over && response.double_clicked() {
        double_click(ui, core, state, &geometry, sheet, commands);
    }
    hover(ui, core, state, response, &geometry, sheet, commands);
}

/// Where the primary button went down in this frame.
fn pressed_at(ui: &Ui) -> Option<Pos2> {
    ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            egui::Event::PointerButton { pos, button: PointerButton::Primary, pressed: true, .. } => Some(*pos),
            _ => None,
        })
    })
}

fn scroll(ui: &Ui, state: &mut MatrixState, response: &Response, geometry: &Geometry) {
    if !response.contains_pointer() || state.editor.is_some() {
        return;
    }
    let (delta, zoom) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
    if zoom != 1.0 {
        state.set_zoom(state.zoom * zoom);
    } else if delta != Vec2::ZERO {
        state.scroll = (geometry.scroll - delta).clamp(Vec2::ZERO, geometry.most_scroll());
    }
}

#[expect(clippy::too_many_arguments, reason = "one frame's worth of context")]
fn press(
    ui: &Ui,
    core: &Core,
    state: &mut MatrixState,
    geometry: &Geometry,
    sheet: &Sheet,
    view: ViewId,
    at: Pos2,
    commands: &mut Vec<Command>,
) {
    let modifiers = ui.input(|input| input.modifiers);
    let extent = sheet.extent();
    match geometry.spot(sheet, at) {
        Some(Spot::Cell(cell)) => {
            let mut selection = state.selection.clone();
            if modifiers.shift {
                selection.head = cell;
            } else if modifiers.command {
                selection.add(cell);
            } else {
                selection = Selection::single(cell);
            }
            state.drag = Some(Drag::Cells);
            state.go_to(core, sheet, selection, commands);
        }
        Some(Spot::Row(row)) => {
            let from = if modifiers.shift { state.selection.active.row } else { row };
            let selection = Selection::range(Cell::new(from, 0), Cell::new(row, 0)).whole_rows(extent);
            state.drag = Some(Drag::Rows);
            state.go_to(core, sheet, Selection { active: Cell::new(from, 0), ..selection }, commands);
        }
        Some(Spot::Column(column)) => {
            let from = if modifiers.shift { state.selection.active.column } else { column };
            let selection = Selection::range(Cell::new(0, from), Cell::new(0, column)).whole_columns(extent);
            state.drag = Some(Drag::Columns);
            state.selection = selection;
            let actor = sheet.columns.get(column).and_then(|column| column.actor);
            commands.extend(actor.map(|actor| Command::Select(vec![actor.into()])));
        }
        Some(Spot::Corner) => state.go_to(core, sheet, Selection::all(extent), commands),
        Some(Spot::Band(band)) => fold_unit(core, sheet, view, band, commands),
        Some(Spot::Area(area)) => {
            if let Some(area) = sheet.areas.get(area)
                && !state.filter.folded.remove(&area.name)
            {
                state.filter.folded.insert(area.name.clone());
            }
        }
        Some(Spot::AddRow) => commands.push(new_decision(core, sheet, state.selection.active)),
        None => {}
    }
}

/// Folds the columns of a unit into one, or shows them again.
fn fold_unit(core: &Core, sheet: &Sheet, view: ViewId, band: usize, commands: &mut Vec<Command>) {
    let Some(unit) = sheet.bands.get(band).and_then(|band| band.unit) else { return };
    let change = |view: &mut View| {
        if let ViewKind::Matrix(matrix) = &mut view.kind {
            match matrix.collapsed.iter().position(|folded| *folded == unit) {
                Some(at) => drop(matrix.collapsed.remove(at)),
                None => matrix.collapsed.push(unit),
            }
        }
    };
    if let Some(replace) = Replace::with::<View>(core.document(), view, change) {
        commands.push(Edit::from(replace).into());
    }
}

/// A new decision in the area of a row, to be named at once.
pub fn new_decision(core: &Core, sheet: &Sheet, near: Cell) -> Command {
    let near = sheet.rows.get(near.row).and_then(|row| match row.subject {
        Subject::Decision(id) => core.document().get::<Decision>(id),
        Subject::Step(_) => None,
    });
    let area = near.map(|decision| decision.area.clone()).unwrap_or_default();
    let last = core.document().decisions().iter().map(|(_, decision)| decision.order).max().unwrap_or(0);
    let record = Decision { area, order: last.saturating_add(1), ..Decision::new("New decision") };
    let edit = Edit::from(Insert { records: vec![record.into()], show_in: Vec::new() });
    Command::Create { edit: Box::new(edit), rename: true }
}

fn drag_on(ui: &Ui, state: &mut MatrixState, geometry: &Geometry, sheet: &Sheet, drag: Drag) {
    let Some(at) = ui.input(|input| input.pointer.latest_pos()) else { return };
    let nearest = geometry.nearest_cell(sheet, at);
    let extent = sheet.extent();
    let head = match drag {
        Drag::Cells => nearest,
        Drag::Rows => extent.clamp(Cell::new(nearest.row, usize::MAX)),
        Drag::Columns => extent.clamp(Cell::new(usize::MAX, nearest.column)),
    };
    // Beyond the edge the sheet follows, a little in each frame.
    let body = geometry.body();
    let beyond = |value: f32, range: egui::Rangef| (value - range.clamp(value)).clamp(-24.0, 24.0) * 0.5;
    let mut push = vec2(beyond(at.x, body.x_range()), beyond(at.y, body.y_range()));
    if drag == Drag::Rows {
        push.x = 0.0;
    }
    if drag == Drag::Columns {
        push.y = 0.0;
    }
    let scroll = (geometry.scroll + push).clamp(Vec2::ZERO, geometry.most_scroll());
    if scroll != geometry.scroll {
        state.scroll = scroll;
        ui.ctx().request_repaint();
    }
    state.selection.head = head;
}

fn double_click(
    ui: &Ui,
    core: &Core,
    state: &mut MatrixState,
    geometry: &Geometry,
    sheet: &Sheet,
    commands: &mut Vec<Command>,
) {
    let Some(at) = ui.input(|input| input.pointer.interact_pos()) else { return };
    match geometry.spot(sheet, at) {
        Some(Spot::Cell(cell)) => match CellEditor::open(core.document(), sheet, cell, None) {
            Some(editor) => {
                state.drag = None;
                state.editor = Some(editor);
            }
            None => commands.push(Command::Hint(keyboard::FOLDED.to_owned())),
        },
        Some(Spot::Row(row)) => {
            let subject = sheet.rows.get(row).map(|row| row.subject);
            commands.extend(subject.map(|subject| Command::Rename(subject.into())));
        }
        _ => {}
    }
}

/// Cursor, tooltip, and the whole name of a heading in the status bar.
fn hover(
    ui: &Ui,
    core: &Core,
    state: &mut MatrixState,
    response: &Response,
    geometry: &Geometry,
    sheet: &Sheet,
    commands: &mut Vec<Command>,
) {
    let at = response.hover_pos().filter(|_| response.contains_pointer());
    let spot = at.and_then(|at| geometry.spot(sheet, at));
    if spot != state.hovered {
        state.hovered = spot;
        let name = match spot {
            Some(Spot::Column(column)) => sheet.columns.get(column).map(|column| column.tooltip.clone()),
            Some(Spot::Row(row)) => sheet.rows.get(row).map(|row| row.name.clone()),
            _ => None,
        };
        commands.extend(name.map(Command::Hint));
    }
    match spot {
        Some(Spot::Band(_) | Spot::Area(_) | Spot::AddRow) => ui.ctx().set_cursor_icon(CursorIcon::PointingHand),
        Some(Spot::Cell(_)) => ui.ctx().set_cursor_icon(CursorIcon::Cell),
        _ => {}
    }
    let Some(words) = spot.and_then(|spot| tooltip(core, sheet, spot)) else { return };
    if state.drag.is_none() && state.editor.is_none() {
        response.clone().on_hover_ui_at_pointer(|ui| {
            ui.set_max_width(360.0);
            ui.label(crate::app::widgets::text(words, core.theme().sizes.text.body));
        });
    }
}

fn tooltip(core: &Core, sheet: &Sheet, spot: Spot) -> Option<String> {
    match spot {
        Spot::Cell(cell) => {
            let face = sheet.face(cell)?;
            let mut words = super::access::cell_words(core.document(), &face.rights);
            if let Some(mark) = &face.mark {
                if !words.is_empty() {
                    words.push('\n');
                }
                words.push_str(&mark.text);
            }
            (!words.is_empty()).then_some(words)
        }
        Spot::Row(row) => sheet.rows.get(row).map(|row| match &row.mark {
            Some(mark) => format!("{}\n{}", row.name, mark.text),
            None => row.name.clone(),
        }),
        Spot::Column(column) => sheet.columns.get(column).map(|column| match &column.mark {
            Some(mark) => format!("{}\n{}", column.tooltip, mark.text),
            None => column.tooltip.clone(),
        }),
        Spot::Band(band) => sheet.bands.get(band).filter(|band| band.unit.is_some()).map(|band| match band.folded {
            true => format!("{}: click to show its columns", band.name),
            false => format!("{}: click to fold its columns into one", band.name),
        }),
        Spot::AddRow => Some("Adds a decision in the area of the active row".to_owned()),
        Spot::Area(_) | Spot::Corner => None,
    }
}

/// Thin bars that show where one is, and can be dragged.
pub fn scroll_bars_ui(ui: &Ui, core: &Core, state: &mut MatrixState, grid: Id, geometry: &Geometry) {
    let body = geometry.body();
    let most = geometry.most_scroll();
    let theme = core.theme();
    for axis in 0..2 {
        if most[axis] <= 0.5 {
            continue;
        }
        let track = match axis {
            0 => Rect::from_min_max(
                pos2(body.left(), geometry.totals().bottom()),
                pos2(body.right(), geometry.totals().bottom() + SCROLL_BAR),
            ),
            _ => Rect::from_min_max(body.right_top(), pos2(body.right() + SCROLL_BAR, body.bottom())),
        };
        let length = track.size()[axis];
        let handle = (length * length / geometry.content[axis].max(1.0)).clamp(24.0_f32.min(length), length);
        let start = (length - handle) * (geometry.scroll[axis] / most[axis]);
        let mut rect = track.shrink(2.0);
        rect.min[axis] = track.min[axis] + start;
        rect.max[axis] = rect.min[axis] + handle;
        let response = ui.interact(track, grid.with(("scroll bar", axis)), Sense::drag());
        if response.dragged() && length > handle {
            state.scroll[axis] = (geometry.scroll[axis] + response.drag_delta()[axis] * most[axis] / (length - handle))
                .clamp(0.0, most[axis]);
        }
        let lit = response.hovered() || response.dragged();
        let ink = if lit { theme.neutral.ink_third } else { theme.neutral.line_strong };
        ui.painter().rect_filled(rect, 3.0, colour(ink));
    }
}
