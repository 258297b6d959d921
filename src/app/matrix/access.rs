//! The matrix for assistive technology and for tests: the cells in sight as nodes, the active one announced.
//!
//! The nodes only tell; what is clicked is found by the hit test of the grid, which lies above them.

use egui::{Id, Response, Role, Sense, Ui, UiBuilder, WidgetInfo};

use super::MatrixState;
use super::cursor::Cell;
use super::geometry::Geometry;
use super::sheet::Sheet;
use crate::app::core::Core;
use crate::model::*;

/// More cells than this get no node.
const MOST_NODES: usize = 400;

/// What a cell says: `Accountable, ≤ 200 EUR; Consulted`; empty for an empty cell.
pub fn cell_words(document: &Document, rights: &[RightId]) -> String {
    let words = |right: &Right| {
        let framework = document.framework_of(right.subject).map(|(_, framework)| framework);
        let name = framework.and_then(|framework| framework.letter(&right.letter)).map(|letter| letter.name.as_str());
        let mut words = name.unwrap_or(&right.letter).to_owned();
        if let Some(first) = words.get_mut(0..1) {
            first.make_ascii_uppercase();
        }
        for tier in &right.tiers {
            words.push_str(&format!(", {tier}"));
        }
        words
    };
    let words: Vec<String> = rights.iter().filter_map(|id| document.get::<Right>(*id)).map(words).collect();
    words.join("; ")
}

/// The sentence for the active cell: `Decision Grant refund, role Owner: Accountable, ≤ 200 EUR`.
fn announcement(document: &Document, sheet: &Sheet, cell: Cell) -> String {
    let (Some(row), Some(column)) = (sheet.rows.get(cell.row), sheet.columns.get(cell.column)) else {
        return String::new();
    };
    let word = |head| super::sheet::element_of(head).map_or("", |element| element.kind().word());
    let (first, second) = (word(&row.head), word(&column.head));
    let held = sheet.face(cell).map(|face| cell_words(document, &face.rights)).unwrap_or_default();
    let held = if held.is_empty() { "nothing" } else { &held };
    let mut line = format!("{first} {}", row.name).trim_start().to_owned();
    if let Some(first) = line.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    let column = format!("{second} {}", column.name);
    let mut sentence = format!("{line}, {}: {held}", column.trim_start());
    let mark = sheet.face(cell).and_then(|face| face.mark.as_ref()).or(row.mark.as_ref());
    if let Some(mark) = mark {
        sentence.push_str(&format!(". {}", mark.text));
    }
    sentence
}

/// Tells what the grid is and what its active cell holds.
pub fn announce(ui: &Ui, core: &Core, state: &MatrixState, response: &Response, sheet: &Sheet) {
    let words = announcement(core.document(), sheet, state.selection.active);
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, "Decision-rights matrix"));
    let extent = sheet.extent();
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_value(words);
        node.set_row_count(extent.rows);
        node.set_column_count(extent.columns);
        node.set_live(egui::accesskit::Live::Polite);
    });
}

/// Nodes of the cells and headings in sight.
pub fn cells_ui(ui: &mut Ui, core: &Core, state: &MatrixState, grid: Id, geometry: &Geometry, sheet: &Sheet) {
    let (rows, columns) = geometry.in_sight(sheet);
    let body = geometry.body();
    ui.scope_builder(UiBuilder::new().max_rect(body).accessibility_parent(grid), |ui| {
        for column in columns.clone() {
            let Some(heading) = sheet.columns.get(column) else { continue };
            let rect = geometry.cell_rect(sheet, Cell::new(rows.start, column));
            let rect = egui::Rect::from_x_y_ranges(rect.x_range(), geometry.header().y_range());
            let response = ui.interact(rect, grid.with(("column", column)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, &heading.tooltip));
        }
        let mut left = MOST_NODES;
        for row in rows.clone() {
            let Some(heading) = sheet.rows.get(row) else { continue };
            let rect = geometry.cell_rect(sheet, Cell::new(row, columns.start));
            let rect = egui::Rect::from_x_y_ranges(geometry.frozen().x_range(), rect.y_range());
            let response = ui.interact(rect, grid.with(("row", row)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::RowHeader, true, &heading.name));
            for column in columns.clone() {
                left = left.saturating_sub(1);
                if left == 0 {
                    return;
                }
                cell_ui(ui, core, state, grid, geometry, sheet, Cell::new(row, column));
            }
        }
    });
}

fn cell_ui(ui: &Ui, core: &Core, state: &MatrixState, grid: Id, geometry: &Geometry, sheet: &Sheet, cell: Cell) {
    let (Some(row), Some(column)) = (sheet.rows.get(cell.row), sheet.columns.get(cell.column)) else { return };
    let rect = geometry.cell_rect(sheet, cell);
    let response = ui.interact(rect, grid.with((cell.row, cell.column)), Sense::hover());
    let selected = state.selection.contains(cell);
    response
        .widget_info(|| WidgetInfo::selected(Role::GridCell, true, selected, format!("{}, {}", row.name, column.name)));
    let held = sheet.face(cell).map(|face| cell_words(core.document(), &face.rights)).unwrap_or_default();
    let held = match state.tried.as_ref().and_then(|tried| tried.words(core, cell)) {
        Some(then) => format!("{}, would be {then}", if held.is_empty() { "nothing" } else { &held }),
        None => held,
    };
    if held.is_empty() {
        return;
    }
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(held));
}
