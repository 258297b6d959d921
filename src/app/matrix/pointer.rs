//! The pointer in the grid: clicks, ranges, headings, wheel and scroll bars.
//!
//! What lies under the pointer is found by our own hit test, so a press counts even where it moves on in the same
//! frame.

use egui::{CursorIcon, Id, Pos2, Rect, Response, Ui, Vec2, vec2};

use super::cursor::{Block, Cell, Selection};
use super::editor::CellEditor;
use super::geometry::{Geometry, SCROLL_BAR, Spot};
use super::letters::repeated;
use super::scrolling::{Bar, Wheel, pressed_at, pull, wheel};
use super::sheet::{Sheet, SortBy, element_of};
use super::{MatrixState, menu, set_cells};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::keys::works_by_keys;
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
    /// The fill handle.
    Fill {
        /// The range that is repeated.
        source: Block,
        /// The cell under the pointer.
        to: Cell,
    },
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
            if let Drag::Fill { source, to } = drag {
                fill(core, state, sheet, source, to, commands);
            }
        }
    }
    if over && response.double_clicked() {
        double_click(ui, core, state, &geometry, sheet, commands);
    }
    hover(ui, core, state, response, &geometry, sheet, commands);
    if let Some(at) = ui.input(|input| input.pointer.interact_pos()).filter(|_| response.secondary_clicked()) {
        menu::aim(core, state, &geometry, sheet, at, commands);
    }
    response.context_menu(|ui| menu::context_ui(ui, core, state, sheet, commands));
}

/// What lies under the pointer, the fill handle before the cells.
fn spot_of(state: &MatrixState, geometry: &Geometry, sheet: &Sheet, at: Pos2) -> Option<Spot> {
    let handle = geometry.fill_handle(sheet, &state.selection);
    match handle.is_some_and(|handle| handle.expand(2.0).contains(at)) {
        true => Some(Spot::FillHandle),
        false => geometry.spot(sheet, at),
    }
}

/// Repeats the cells of a range over the cells that the fill handle was dragged across.
fn fill(core: &Core, state: &mut MatrixState, sheet: &Sheet, source: Block, to: Cell, commands: &mut Vec<Command>) {
    let target = filled_block(source, to);
    state.selection = Selection::range(target.first, target.last);
    let cells = repeated(core.document(), source, target, |cell| sheet.place(cell));
    if !cells.is_empty() {
        set_cells(core, cells, commands);
    }
}

/// The range that reaches from a source to a cell, in the one direction in which the cell is further away.
pub fn filled_block(source: Block, to: Cell) -> Block {
    let beyond = |value: usize, first: usize, last: usize| first.saturating_sub(value).max(value.saturating_sub(last));
    let down = beyond(to.row, source.first.row, source.last.row);
    let across = beyond(to.column, source.first.column, source.last.column);
    let mut block = source;
    if down >= across {
        block.first.row = source.first.row.min(to.row);
        block.last.row = source.last.row.max(to.row);
    } else {
        block.first.column = source.first.column.min(to.column);
        block.last.column = source.last.column.max(to.column);
    }
    block
}

fn scroll(ui: &Ui, state: &mut MatrixState, response: &Response, geometry: &Geometry) {
    match wheel(ui, response).filter(|_| state.editor.is_none()) {
        Some(Wheel::Zoom(factor)) => state.set_zoom(state.zoom * factor),
        Some(Wheel::Scroll(delta)) => {
            state.scroll = (geometry.scroll - delta).clamp(Vec2::ZERO, geometry.most_scroll());
        }
        None => {}
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
    match spot_of(state, geometry, sheet, at) {
        Some(Spot::FillHandle) => {
            let source = state.selection.block();
            state.drag = Some(Drag::Fill { source, to: state.selection.head });
        }
        Some(Spot::Sort(by)) => state.filter.sort_by(by),
        Some(Spot::SortColumn(column)) => {
            let head = sheet.columns.get(column).map(|column| column.head.clone());
            head.into_iter().for_each(|head| state.filter.sort_by(SortBy::Column(head)));
        }
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
            let shown = sheet.columns.get(column).and_then(|column| element_of(&column.head));
            commands.extend(shown.map(|element| Command::Select(vec![element])));
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
    let near = sheet.subject(near).and_then(|subject| match subject {
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
        Drag::Cells | Drag::Fill { .. } => nearest,
        Drag::Rows => extent.clamp(Cell::new(nearest.row, usize::MAX)),
        Drag::Columns => extent.clamp(Cell::new(usize::MAX, nearest.column)),
    };
    // Beyond the edge the sheet follows, a little in each frame.
    let body = geometry.body();
    let mut push = vec2(pull(at.x, body.x_range()), pull(at.y, body.y_range()));
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
    match drag {
        Drag::Fill { source, .. } => state.drag = Some(Drag::Fill { source, to: head }),
        Drag::Cells | Drag::Rows | Drag::Columns => state.selection.head = head,
    }
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
            None => commands.push(Command::Hint(sheet.why_fixed(cell).to_owned())),
        },
        Some(Spot::Row(row)) => {
            let shown = sheet.rows.get(row).and_then(|row| element_of(&row.head));
            commands.extend(shown.map(Command::Rename));
        }
        Some(Spot::Column(column)) => {
            let shown = sheet.columns.get(column).and_then(|column| element_of(&column.head));
            commands.extend(shown.map(Command::Rename));
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
    let spot = at.and_then(|at| spot_of(state, geometry, sheet, at));
    if spot != state.hovered {
        state.hovered.clone_from(&spot);
        let name = match spot {
            Some(Spot::Column(column)) => sheet.columns.get(column).map(|column| column.tooltip.clone()),
            Some(Spot::Row(row)) => sheet.rows.get(row).map(|row| row.tooltip.clone()),
            _ => None,
        };
        commands.extend(name.map(Command::Hint));
    }
    match spot {
        Some(Spot::Band(_) | Spot::Area(_) | Spot::AddRow | Spot::Sort(_) | Spot::SortColumn(_)) => {
            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        }
        Some(Spot::FillHandle) => ui.ctx().set_cursor_icon(CursorIcon::Crosshair),
        Some(Spot::Cell(_)) => ui.ctx().set_cursor_icon(CursorIcon::Cell),
        _ => {}
    }
    let Some(words) = spot.and_then(|spot| tooltip(core, sheet, spot)) else { return };
    // Whoever works with keys must see the cells that lie behind the words.
    if state.drag.is_none() && state.editor.is_none() && !works_by_keys(ui.ctx()) {
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
            Some(mark) => format!("{}\n{}", row.tooltip, mark.text),
            None => row.tooltip.clone(),
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
        Spot::Sort(_) => Some("Sorts the rows; the project keeps its order".to_owned()),
        Spot::SortColumn(column) => sheet
            .columns
            .get(column)
            .map(|column| format!("Sorts the rows by the letters of {}; the project keeps its order", column.name)),
        Spot::FillHandle => Some("Drag to repeat these cells over their neighbours".to_owned()),
        Spot::Area(_) | Spot::Corner => None,
    }
}

/// Draws the bars that show where one is.
pub fn scroll_bars_ui(ui: &Ui, core: &Core, state: &mut MatrixState, grid: Id, geometry: &Geometry) {
    let (body, totals) = (geometry.body(), geometry.totals());
    let (content, most) = (geometry.content, geometry.most_scroll());
    let below = Rect::from_min_size(totals.left_bottom(), vec2(body.width(), SCROLL_BAR));
    let beside = Rect::from_min_size(body.right_top(), vec2(SCROLL_BAR, body.height()));
    for (axis, track) in [below, beside].into_iter().enumerate() {
        let bar = Bar { axis, track, content: content[axis], most: most[axis] };
        bar.show(ui, core, grid, &mut state.scroll);
    }
}
