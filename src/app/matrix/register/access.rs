//! The register for assistive technology and for tests: the cells in sight as nodes, the active one announced.

use egui::{Id, Response, Role, Sense, Ui, UiBuilder, WidgetInfo};

use super::RegisterState;
use super::place::Place;
use super::table::Table;
use crate::app::matrix::cursor::Cell;

/// More cells than this get no node.
const MOST_NODES: usize = 400;

/// Tells what the table is and what its active cell holds.
pub fn announce(ui: &Ui, state: &RegisterState, response: &Response, table: &Table) {
    let words = announcement(table, state.selection.active);
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, "Register of decisions"));
    let extent = table.extent();
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_value(words);
        node.set_row_count(extent.rows);
        node.set_column_count(extent.columns);
        node.set_live(egui::accesskit::Live::Polite);
    });
}

/// The sentence for the active cell: `Grant refund, Importance: 3, a guess`.
fn announcement(table: &Table, cell: Cell) -> String {
    let (Some(row), Some(column)) = (table.rows.get(cell.row), table.columns.get(cell.column)) else {
        return String::new();
    };
    let (held, guess) = match table.cell(cell) {
        Some((text, is_guess)) if !text.is_empty() => (text.as_str(), if *is_guess { ", a guess" } else { "" }),
        _ => ("nothing", ""),
    };
    format!("{}, {}: {held}{guess}", row.name, column.column.heading())
}

/// Nodes of the cells and headings in sight.
pub fn cells_ui(ui: &mut Ui, state: &RegisterState, grid: Id, place: &Place, table: &Table) {
    let columns = place.columns_in_sight(table);
    ui.scope_builder(UiBuilder::new().max_rect(place.rows()).accessibility_parent(grid), |ui| {
        for column in &columns {
            let Some(heading) = table.columns.get(*column) else { continue };
            let above = if *column == 0 { place.corner() } else { place.header() };
            let rect = egui::Rect::from_x_y_ranges(place.x_range(table, *column), above.y_range());
            let response = ui.interact(rect, grid.with(("register column", *column)), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, heading.column.heading()));
        }
        let mut left = MOST_NODES;
        for row in place.rows_in_sight(table) {
            for column in &columns {
                left = left.saturating_sub(1);
                if left == 0 {
                    return;
                }
                cell_ui(ui, state, grid, place, table, Cell::new(row, *column));
            }
        }
    });
}

fn cell_ui(ui: &Ui, state: &RegisterState, grid: Id, place: &Place, table: &Table, cell: Cell) {
    let (Some(row), Some(column)) = (table.rows.get(cell.row), table.columns.get(cell.column)) else { return };
    let rect = place.cell_rect(table, cell);
    let id = grid.with(("register cell", row.id, column.column));
    let response = ui.interact(rect, id, Sense::hover());
    let selected = state.selection.contains(cell);
    let role = if cell.column == 0 { Role::RowHeader } else { Role::GridCell };
    let label = if cell.column == 0 { row.name.clone() } else { format!("{}, {}", row.name, column.column.heading()) };
    response.widget_info(|| WidgetInfo::selected(role, true, selected, &label));
    let Some((text, is_guess)) = table.cell(cell).filter(|(text, _)| !text.is_empty()) else { return };
    let value = match (*is_guess, cell.column == 0 && row.is_changed) {
        (true, _) => format!("{text}, a guess"),
        (false, true) => format!("{text}, changed since it was agreed to"),
        (false, false) => text.clone(),
    };
    ui.ctx().accesskit_node_builder(response.id, |node| node.set_value(value));
}
