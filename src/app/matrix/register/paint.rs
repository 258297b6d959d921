//! Painting of the rows in sight: cells, headings, groups, the active cell.

use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Stroke, StrokeKind, Ui, pos2};

use super::RegisterState;
use super::place::{Place, Spot};
use super::pointer::dropped_column;
use super::table::{GROUP_ROW, Group, HEADING, ROW, TEXT, Table, TableColumn};
use crate::app::core::Core;
use crate::app::matrix::cursor::Cell;
use crate::app::style::{colour, family, icon_font};
use crate::model::*;
use crate::scene::icon::Icon;
use crate::scene::measures::{BADGE, CAPTION, NAME};
use crate::scene::text::{Measure, TextStyle};
use crate::scene::theme::Theme;

/// Room for the mark of a row that has changed since people agreed to it, in world units.
const CHANGED_ROOM: f32 = 18.0;
/// What stands before a guess.
pub const GUESS: &str = "≈ ";

/// Paints the register.
pub fn paint_ui(ui: &Ui, core: &Core, state: &RegisterState, place: &Place, table: &Table, focused: bool) {
    let columns = place.columns_in_sight(table);
    let paper = Paper { ui, theme: core.theme(), state, place, table, columns, focused };
    paper.grounds();
    paper.lines();
    paper.cells();
    paper.active();
    paper.headings();
    paper.add_row();
    paper.edges();
    paper.groups();
}

struct Paper<'a> {
    ui: &'a Ui,
    theme: &'static Theme,
    state: &'a RegisterState,
    place: &'a Place,
    table: &'a Table,
    columns: Vec<usize>,
    focused: bool,
}

impl Paper<'_> {
    fn clipped(&self, rect: Rect) -> Painter {
        self.ui.painter_at(rect.intersect(self.place.area))
    }

    /// The part in which cells of a column are painted.
    fn part(&self, column: usize) -> Rect {
        if column == 0 { self.place.names() } else { self.place.body() }
    }

    fn font(&self, style: TextStyle) -> FontId {
        FontId::new(style.size * self.place.zoom, family(style.weight))
    }

    fn text(&self, painter: &Painter, at: Pos2, align: Align2, words: &str, style: TextStyle, ink: Color32) -> Rect {
        let galley = painter.layout_no_wrap(words.to_owned(), self.font(style), Color32::PLACEHOLDER);
        let rect = align.anchor_size(at, galley.size());
        painter.galley(rect.min.round(), galley, ink);
        rect
    }

    fn hairline(&self) -> Stroke {
        Stroke::new(1.0, colour(self.theme.neutral.line))
    }

    /// The row of the active cell, the selected ranges, the row under the pointer.
    fn grounds(&self) {
        let (theme, place) = (self.theme, self.place);
        let active = self.state.selection.active;
        let across = |row: usize| {
            let rect = place.cell_rect(self.table, Cell::new(row, 0));
            Rect::from_x_y_ranges(place.rows().x_range(), rect.y_range())
        };
        let painter = self.clipped(place.rows());
        if self.table.rows.get(active.row).is_some() {
            painter.rect_filled(across(active.row), 0.0, colour(theme.accent.soft).gamma_multiply(0.6));
        }
        if let Some(Spot::Cell(cell)) = self.state.hovered
            && cell.row != active.row
        {
            painter.rect_filled(across(cell.row), 0.0, colour(theme.neutral.hover).gamma_multiply(0.5));
        }
        if self.state.selection.is_single() {
            return;
        }
        for block in self.state.selection.blocks() {
            for column in block.first.column..=block.last.column {
                let first = place.cell_rect(self.table, Cell::new(block.first.row, column));
                let last = place.cell_rect(self.table, Cell::new(block.last.row, column));
                self.clipped(self.part(column)).rect_filled(first.union(last), 0.0, colour(theme.accent.halo));
            }
        }
    }

    fn lines(&self) {
        let place = self.place;
        let painter = self.clipped(place.rows());
        let across = place.rows().x_range();
        for row in self.table.rows.get(place.rows_in_sight(self.table)).unwrap_or_default() {
            painter.hline(across, place.y(row.top + ROW) - 0.5, self.hairline());
        }
    }

    fn cells(&self) {
        let measure = Measure::bundled();
        for row in self.place.rows_in_sight(self.table) {
            for column in &self.columns {
                let cell = Cell::new(row, *column);
                let Some((text, is_guess)) = self.table.cell(cell).filter(|(text, _)| !text.is_empty()) else {
                    continue;
                };
                let rect = self.place.cell_rect(self.table, cell);
                let painter = self.clipped(self.part(*column).intersect(rect.expand2(egui::vec2(0.0, 1.0))));
                let style = if *column == 0 { NAME } else { TEXT };
                let mark = if *is_guess { measure.width(GUESS, style) } else { 0.0 };
                let line = text.lines().next().unwrap_or_default();
                let is_changed = *column == 0 && self.table.rows.get(row).is_some_and(|row| row.is_changed);
                let mark = if is_changed { mark + CHANGED_ROOM } else { mark };
                let shown = measure.ellipsize(line, style, rect.width() / self.place.zoom - 16.0 - mark);
                self.cell(&painter, rect, &shown.text, *column, *is_guess);
                if is_changed {
                    let at = pos2(rect.right() - 12.0 * self.place.zoom, rect.center().y);
                    let ink = colour(self.theme.severity.medium.ink);
                    let font = icon_font(13.0 * self.place.zoom);
                    painter.text(at, Align2::CENTER_CENTER, Icon::Caution.glyph(), font, ink);
                }
            }
        }
    }

    fn cell(&self, painter: &Painter, rect: Rect, words: &str, column: usize, is_guess: bool) {
        let theme = self.theme;
        let Some(shown) = self.table.columns.get(column) else { return };
        let pad = 8.0 * self.place.zoom;
        let (at, align) = if shown.column.is_number() {
            (pos2(rect.right() - pad, rect.center().y), Align2::RIGHT_CENTER)
        } else {
            (pos2(rect.left() + pad, rect.center().y), Align2::LEFT_CENTER)
        };
        let only_read = shown.column.expected().is_none();
        let is_changed = shown.column == RegisterColumn::Agreement && words.starts_with("changed since");
        let ink = if is_changed {
            theme.severity.medium.ink
        } else if is_guess || only_read {
            theme.neutral.ink_second
        } else {
            theme.neutral.ink
        };
        if !is_guess {
            let style = if column == 0 { NAME } else { TEXT };
            self.text(painter, at, align, words, style, colour(ink));
            return;
        }
        let format = |ink: Color32| TextFormat { italics: true, ..TextFormat::simple(self.font(TEXT), ink) };
        let mut job = LayoutJob::default();
        job.append(GUESS, 0.0, format(colour(theme.accent.ink)));
        job.append(words, 0.0, format(colour(ink)));
        let galley = painter.layout_job(job);
        let place = align.anchor_size(at, galley.size()).min.round();
        painter.galley(place, galley, colour(ink));
    }

    fn groups(&self) {
        let place = self.place;
        let painter = self.clipped(place.rows());
        for (index, group) in self.table.groups.iter().enumerate() {
            let rect =
                Rect::from_x_y_ranges(place.rows().x_range(), place.y(group.top)..=place.y(group.top + GROUP_ROW));
            if rect.intersects(place.rows()) {
                self.group(&painter, rect, group, self.state.hovered == Some(Spot::Group(index)));
            }
        }
    }

    fn group(&self, painter: &Painter, rect: Rect, group: &Group, hovered: bool) {
        let zoom = self.place.zoom;
        let theme = self.theme;
        // The line beside the names ends at a group: its words go across.
        painter.rect_filled(rect, 0.0, colour(theme.neutral.canvas));
        painter.hline(rect.x_range(), rect.bottom() - 0.5, self.hairline());
        let ink = colour(if hovered { theme.accent.ink } else { theme.neutral.ink_second });
        let y = rect.bottom() - 12.0 * zoom;
        let chevron = if group.folded { Icon::ChevronRight } else { Icon::ChevronDown };
        let at = pos2(rect.left() + 12.0 * zoom, y);
        painter.text(at, Align2::CENTER_CENTER, chevron.glyph(), icon_font(12.0 * zoom), ink);
        let room = rect.width() / zoom - 190.0;
        let name = Measure::bundled().ellipsize(&group.name, BADGE, room.max(40.0));
        let end = self.text(painter, pos2(rect.left() + 21.0 * zoom, y), Align2::LEFT_CENTER, &name.text, BADGE, ink);
        let rows = if group.rows == 1 { "1 decision".to_owned() } else { format!("{} decisions", group.rows) };
        let words = if group.hours > 0.0 { format!("{rows}, {:.0} h a month", group.hours) } else { rows };
        self.text(painter, pos2(end.right() + 10.0 * zoom, y), Align2::LEFT_CENTER, &words, CAPTION, ink);
    }

    fn active(&self) {
        let active = self.state.selection.active;
        let rect = self.place.cell_rect(self.table, active);
        if !rect.is_positive() {
            return;
        }
        let ink = if self.focused { self.theme.accent.base } else { self.theme.neutral.border };
        let painter = self.clipped(self.part(active.column));
        painter.rect_stroke(rect.shrink(0.5), 4.0, Stroke::new(2.0, colour(ink)), StrokeKind::Inside);
    }

    fn headings(&self) {
        let (theme, place) = (self.theme, self.place);
        let at = self.ui.input(|input| input.pointer.latest_pos());
        let dropped = dropped_column(place, self.table, self.state.drag, at);
        for column in &self.columns {
            let Some(shown) = self.table.columns.get(*column) else { continue };
            let part = if *column == 0 { place.corner() } else { place.header() };
            let painter = self.clipped(part);
            let x = place.x_range(self.table, *column);
            let moves = dropped.is_some_and(|(from, _)| from == *column);
            if moves || self.state.hovered == Some(Spot::Column(*column)) {
                let rect = Rect::from_x_y_ranges(x, part.y_range()).shrink2(egui::vec2(1.0, 3.0));
                painter.rect_filled(rect, 4.0, colour(theme.neutral.hover));
            }
            let sorted = self.state.choice.sort.filter(|(by, _)| *by == shown.column);
            let is_active = *column == self.state.selection.active.column;
            let ink = if is_active { theme.accent.ink } else { theme.neutral.ink_second };
            self.heading(&painter, Rect::from_x_y_ranges(x, part.y_range()), shown, sorted, colour(ink));
        }
        if let Some((from, to)) = dropped {
            let others: Vec<usize> = (0..self.table.columns.len()).filter(|column| *column != from).collect();
            if let Some(before) = others.get(to.saturating_sub(1)) {
                let x = place.x_range(self.table, *before).max;
                let line = Stroke::new(2.0, colour(theme.accent.base));
                self.clipped(place.area).vline(x, place.header().top()..=place.body().bottom(), line);
            }
        }
    }

    fn heading(
        &self,
        painter: &Painter,
        rect: Rect,
        shown: &TableColumn,
        sorted: Option<(RegisterColumn, bool)>,
        ink: Color32,
    ) {
        let zoom = self.place.zoom;
        let pad = 8.0 * zoom;
        let is_number = shown.column.is_number();
        let height = Measure::bundled().line_height(HEADING) * zoom;
        let mut words = Rect::NOTHING;
        for (above, line) in shown.lines.iter().rev().enumerate() {
            let y = rect.bottom() - 7.0 * zoom - above as f32 * height;
            let (at, align) = if is_number {
                (pos2(rect.right() - pad, y), Align2::RIGHT_BOTTOM)
            } else {
                (pos2(rect.left() + pad, y), Align2::LEFT_BOTTOM)
            };
            words = words.union(self.text(painter, at, align, line, HEADING, ink));
        }
        if let Some((_, upward)) = sorted {
            let icon = if upward { Icon::ArrowUp } else { Icon::ArrowDown };
            let x = if is_number { words.left() - 8.0 * zoom } else { words.right() + 8.0 * zoom };
            let at = pos2(x, words.center().y);
            painter.text(at, Align2::CENTER_CENTER, icon.glyph(), icon_font(11.0 * zoom), ink);
        }
    }

    fn add_row(&self) {
        let (theme, place) = (self.theme, self.place);
        let painter = self.clipped(place.names());
        let y = place.y(self.table.height + ROW / 2.0);
        let lit = self.state.hovered == Some(Spot::AddRow);
        let ink = colour(if lit { theme.accent.ink } else { theme.neutral.ink_second });
        let left = place.area.left();
        let at = pos2(left + 15.0 * place.zoom, y);
        painter.text(at, Align2::CENTER_CENTER, Icon::Plus.glyph(), icon_font(14.0 * place.zoom), ink);
        self.text(&painter, pos2(left + 26.0 * place.zoom, y), Align2::LEFT_CENTER, "Decision", CAPTION, ink);
    }

    /// Stronger lines where what stays meets what scrolls, once something is scrolled away.
    fn edges(&self) {
        let place = self.place;
        let body = place.body();
        let painter = self.clipped(place.area);
        let strong = Stroke::new(1.0, colour(self.theme.neutral.line_strong));
        let beside = if place.scroll.x > 0.0 { strong } else { self.hairline() };
        painter.vline(body.left() - 0.5, place.header().top() + 6.0..=body.bottom(), beside);
        let above = if place.scroll.y > 0.0 { strong } else { self.hairline() };
        painter.hline(place.rows().x_range(), body.top() - 0.5, above);
        if place.scroll.y < place.most_scroll().y {
            painter.hline(place.rows().x_range(), body.bottom() - 0.5, strong);
        }
    }
}
