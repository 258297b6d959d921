//! The table as it stands in the file. A click on the number of a row makes it the row of headings.

use egui::{Align2, Id, Rect, Response, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2};

use crate::app::style::{colour, font};
use crate::import::matrix::{Prepared, Settings};
use crate::import::sheets::{Sheet, address};
use crate::scene::text::Measure;
use crate::scene::theme::Theme;

const ROW: f32 = 24.0;
const NUMBER: f32 = 44.0;
/// Narrowest and widest column, in points.
const CELL: (f32, f32) = (72.0, 280.0);
/// How many rows are looked at for the width of a column.
const ROWS_MEASURED: usize = 60;
/// The most columns that are drawn.
const MOST_COLUMNS: usize = 200;

pub(super) fn table_ui(
    ui: &mut Ui,
    theme: &Theme,
    sheet: Option<&Sheet>,
    prepared: Option<&Prepared>,
    settings: &mut Settings,
) {
    let Some(sheet) = sheet else { return };
    let table = prepared.and_then(|prepared| prepared.figures.tables.iter().find(|table| table.sheet == sheet.name));
    let heading = table.map(|table| table.heading_row);
    let columns = sheet.width().min(MOST_COLUMNS);
    let mut wrong: Vec<&str> = prepared
        .map_or_else(Vec::new, |prepared| prepared.problems.iter().map(|problem| problem.address.as_str()).collect());
    wrong.sort_unstable();
    let edges = edges(theme, sheet, columns);
    let width = NUMBER + edges.last().copied().unwrap_or_default();
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::both().auto_shrink([false, false]).id_salt("import-preview").show_rows(
        ui,
        ROW,
        sheet.rows.len() + 1,
        |ui, rows| {
            for line in rows {
                let (rect, _) = ui.allocate_exact_size(Vec2::new(width, ROW), Sense::hover());
                match line.checked_sub(1) {
                    None => letters_ui(ui, theme, rect, &edges),
                    Some(index) => {
                        let row = Drawn { sheet, index, heading, wrong: &wrong };
                        if row.show(ui, theme, rect, &edges).clicked() {
                            settings.heading_row = sheet.rows.get(index).map(|row| row.number);
                        }
                    }
                }
            }
        },
    );
}

/// Where the columns begin, and at last where the last one ends, in points from the first: as wide as the longest of
/// their first texts.
fn edges(theme: &Theme, sheet: &Sheet, columns: usize) -> Vec<f32> {
    let width = |column: usize| {
        let texts = sheet.rows.iter().take(ROWS_MEASURED).map(|row| row.cell(column));
        let longest = texts.max_by_key(|text| text.len()).unwrap_or_default();
        (Measure::bundled().width(&longest.replace('\n', " "), theme.sizes.text.body) + 24.0).clamp(CELL.0, CELL.1)
    };
    let mut edges = vec![0.0];
    for column in 0..columns {
        edges.push(edges.last().copied().unwrap_or_default() + width(column));
    }
    edges
}

/// The letters above the columns.
fn letters_ui(ui: &Ui, theme: &Theme, rect: Rect, edges: &[f32]) {
    for (column, edge) in edges.iter().take(edges.len().saturating_sub(1)).enumerate() {
        let at = pos2(rect.left() + NUMBER + edge + 8.0, rect.center().y);
        let letters = address(0, column).trim_end_matches('0').to_owned();
        let ink = colour(theme.neutral.ink_third);
        ui.painter().text(at, Align2::LEFT_CENTER, letters, font(theme.sizes.text.caption), ink);
    }
}

struct Drawn<'a> {
    sheet: &'a Sheet,
    index: usize,
    heading: Option<usize>,
    wrong: &'a [&'a str],
}

impl Drawn<'_> {
    fn show(&self, ui: &Ui, theme: &Theme, rect: Rect, edges: &[f32]) -> Response {
        let Some(row) = self.sheet.rows.get(self.index) else {
            return ui.interact(rect, Id::unique("none"), Sense::hover());
        };
        let is_heading = self.heading == Some(row.number);
        let number = Rect::from_min_size(rect.min, Vec2::new(NUMBER, ROW));
        let response = ui.interact(number, Id::unique(("import-row", self.index)), Sense::click());
        let label = format!("Row {} holds the headings", row.number);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_heading, &label));
        if !ui.is_rect_visible(rect) {
            return response;
        }
        let painter = ui.painter();
        if is_heading {
            painter.rect_filled(rect, 0.0, colour(theme.accent.soft));
        } else if response.hovered() {
            painter.rect_filled(number, 0.0, colour(theme.neutral.hover));
        }
        let (caption, body) = (theme.sizes.text.caption, theme.sizes.text.body);
        let at = pos2(number.right() - 8.0, rect.center().y);
        painter.text(at, Align2::RIGHT_CENTER, row.number.to_string(), font(caption), colour(theme.neutral.ink_third));
        let line = egui::Stroke::new(1.0, colour(theme.neutral.line));
        painter.hline(rect.x_range(), rect.bottom(), line);
        for (column, edge) in edges.windows(2).enumerate().take(row.cells.len()) {
            let &[left, right] = edge else { continue };
            let text = row.cell(column);
            let cell = Rect::from_min_size(pos2(number.right() + left, rect.top()), Vec2::new(right - left, ROW));
            if text.is_empty() || !ui.is_rect_visible(cell) {
                continue;
            }
            let is_wrong = self.wrong.binary_search(&self.sheet.address(self.index, column).as_str()).is_ok();
            if is_wrong {
                painter.rect_filled(cell.shrink(1.0), 2.0, colour(theme.severity.high.fill));
            }
            let ink = if is_wrong { theme.severity.high.ink } else { theme.neutral.ink };
            let words = Measure::bundled().ellipsize(&text.replace('\n', " "), body, right - left - 14.0).text;
            painter.text(pos2(cell.left() + 8.0, cell.center().y), Align2::LEFT_CENTER, words, font(body), colour(ink));
        }
        response.on_hover_text("Click: this row holds the headings")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::table::Row;

    #[test]
    fn columns_are_as_wide_as_their_texts_within_bounds() {
        let row = |number, cells: [&str; 3]| Row { number, cells: cells.map(str::to_owned).to_vec() };
        let long = "Establishing cloud cost control guardrails for all of the units there are";
        let rows = vec![row(1, ["Activity", "IT", "Finance and controlling"]), row(2, [long, "A", "R"])];
        let sheet = Sheet { name: String::new(), rows };
        let edges = edges(Theme::light(), &sheet, 3);
        let widths: Vec<f32> = edges.windows(2).map(|edge| edge[1] - edge[0]).collect();
        assert_eq!(widths[..2], [CELL.1, CELL.0]);
        assert!(CELL.0 < widths[2] && widths[2] < CELL.1, "{widths:?}");
    }
}
