//! Painting of what is in sight: cells, headings, names, totals, the active cell.
//!
//! Each part has a clip rectangle of its own, so nothing has to be painted over. Only rows and columns in sight are
//! visited.

mod headings;

use std::ops::Range;

use egui::{Align2, Color32, FontId, Painter, Pos2, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::MatrixState;
use super::cursor::Cell;
use super::geometry::{Geometry, Spot};
use super::sheet::{AREA_ROW, CHIP, COUNT_COLUMN, CellMark, Chip, Face, ROW, Sheet, element_of};
use super::tried::TriedCells;
use crate::analysis::Severity;
use crate::app::core::Core;
use crate::app::style::{colour, family, icon_font};
use crate::app::widgets::{severity_chip, severity_icon};
use crate::model::*;
use crate::scene::Head;
use crate::scene::icon::Icon;
use crate::scene::measures::{BADGE, CAPTION, LABEL, NAME};
use crate::scene::text::{Measure, TextStyle};
use crate::scene::theme::{Rgba, Theme};

/// Paints the grid.
pub fn paint_ui(ui: &Ui, core: &Core, state: &MatrixState, geometry: &Geometry, sheet: &Sheet, focused: bool) {
    let (rows, columns) = geometry.in_sight(sheet);
    let evidence = core.focused().map(|finding| finding.evidence.as_slice()).unwrap_or_default();
    let paper = Paper { ui, core, theme: core.theme(), state, geometry, sheet, rows, columns, focused, evidence };
    paper.crosshair();
    paper.lines();
    paper.cells();
    paper.active();
    paper.tried();
    paper.names();
    paper.headings();
    paper.corner();
    paper.totals();
    paper.edges();
}

struct Paper<'a> {
    ui: &'a Ui,
    core: &'a Core,
    theme: &'static Theme,
    state: &'a MatrixState,
    geometry: &'a Geometry,
    sheet: &'a Sheet,
    rows: Range<usize>,
    columns: Range<usize>,
    focused: bool,
    evidence: &'a [ElementRef],
}

/// Room for a badge behind the name of a row, in world units: reserved, changed since it was agreed to.
const BADGE_ROOM: f32 = 16.0;

impl Paper<'_> {
    fn clipped(&self, rect: Rect) -> Painter {
        self.ui.painter_at(rect.intersect(self.geometry.area))
    }

    fn font(&self, style: TextStyle) -> FontId {
        FontId::new(style.size * self.geometry.zoom, family(style.weight))
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

    /// The row of the active cell across everything, its column a shade fainter.
    fn crosshair(&self) {
        let theme = self.theme;
        let active = self.state.selection.active;
        let geometry = self.geometry;
        let soft = colour(theme.accent.soft);
        let faint = soft.gamma_multiply(0.45);
        let (body, frozen) = (geometry.body(), geometry.frozen());
        let cell = geometry.cell_rect(self.sheet, active);
        if cell.is_positive() {
            let column = Rect::from_x_y_ranges(cell.x_range(), body.y_range());
            self.clipped(body).rect_filled(column, 0.0, faint);
            let row = Rect::from_x_y_ranges(frozen.left()..=body.right(), cell.y_range());
            let painter = self.clipped(frozen.union(body));
            painter.rect_filled(row, 0.0, soft.gamma_multiply(0.75));
        }
        let painter = self.clipped(body);
        if !self.state.selection.is_single() {
            for block in self.state.selection.blocks() {
                let first = geometry.cell_rect(self.sheet, block.first);
                let rect = first.union(geometry.cell_rect(self.sheet, block.last));
                painter.rect_filled(rect, 0.0, colour(theme.accent.halo));
                painter.rect_stroke(rect, 2.0, Stroke::new(1.0, colour(theme.accent.base)), StrokeKind::Inside);
            }
        }
        if let Some(Spot::Row(row) | Spot::Cell(Cell { row, .. })) = self.state.hovered
            && row != active.row
        {
            let hovered = geometry.cell_rect(self.sheet, Cell::new(row, 0));
            let rect = Rect::from_x_y_ranges(frozen.left()..=body.right(), hovered.y_range());
            let ground = colour(theme.neutral.hover).gamma_multiply(0.5);
            self.clipped(frozen.union(body)).rect_filled(rect, 0.0, ground);
        }
    }

    fn lines(&self) {
        let geometry = self.geometry;
        let body = geometry.body();
        let across = geometry.frozen().left()..=body.right();
        let painter = self.clipped(geometry.frozen().union(body));
        for row in self.sheet.rows.get(self.rows.clone()).unwrap_or_default() {
            painter.hline(across.clone(), geometry.y(row.top + ROW) - 0.5, self.hairline());
        }
        for area in &self.sheet.areas {
            painter.hline(across.clone(), geometry.y(area.top + AREA_ROW) - 0.5, self.hairline());
        }
        let painter = self.clipped(body);
        let bottom = geometry.y(self.sheet.height).min(body.bottom());
        for column in self.sheet.columns.get(self.columns.clone()).unwrap_or_default() {
            if column.begins_band && column.left > 0.0 {
                painter.vline(geometry.x(column.left) - 0.5, body.top()..=bottom, self.hairline());
            }
        }
    }

    fn cells(&self) {
        let painter = self.clipped(self.geometry.body());
        for row in self.rows.clone() {
            for column in self.columns.clone() {
                let cell = Cell::new(row, column);
                // What a remedy changes is painted over the cell.
                if self.state.tried.as_ref().is_some_and(|tried| tried.face(cell).is_some()) {
                    continue;
                }
                let Some(face) = self.sheet.face(cell) else { continue };
                let rect = self.geometry.cell_rect(self.sheet, cell);
                self.chips(&painter, rect, face);
                if let Some(mark) = &face.mark {
                    self.corner_mark(&painter, rect, mark);
                }
            }
        }
    }

    /// The cells that the remedy that is looked at changes, as they would be: what goes is paler and struck out.
    fn tried(&self) {
        let painter = self.clipped(self.geometry.body());
        let accent = colour(self.theme.accent.base);
        for (cell, after) in self.state.tried.iter().flat_map(TriedCells::cells) {
            let rect = self.geometry.cell_rect(self.sheet, cell).shrink(2.0);
            // More letters than the column has room for lie over its neighbours meanwhile.
            let lacking = (after.width + 10.0) * self.geometry.zoom - rect.width();
            let right = rect.right() + lacking.max(0.0);
            let beyond = (right - self.geometry.body().right()).clamp(0.0, lacking.max(0.0));
            let rect = Rect::from_x_y_ranges(rect.left() - beyond..=right - beyond, rect.y_range());
            painter.rect_filled(rect, 4.0, colour(self.theme.neutral.canvas));
            painter.rect_filled(rect, 4.0, colour(self.theme.accent.soft));
            let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
            painter.extend(egui::Shape::dashed_line(&corners, Stroke::new(1.5, accent), 4.0, 3.0));
            if !after.chips.is_empty() {
                self.chips(&painter, rect, after);
                continue;
            }
            let Some(before) = self.sheet.face(cell) else { continue };
            let mut pale = painter.clone();
            pale.multiply_opacity(0.45);
            self.chips(&pale, rect, before);
            let half = before.width * self.geometry.zoom / 2.0 + 4.0;
            let across = rect.center().x - half..=rect.center().x + half;
            painter.hline(across, rect.center().y, Stroke::new(1.5, colour(self.theme.neutral.ink)));
        }
    }

    fn chips(&self, painter: &Painter, rect: Rect, face: &Face) {
        let zoom = self.geometry.zoom;
        let mut left = rect.center().x - face.width * zoom / 2.0;
        for chip in &face.chips {
            let size = vec2(chip.width, CHIP) * zoom;
            let at = pos2(left, rect.center().y - size.y / 2.0).round();
            self.chip(painter, Rect::from_min_size(at, size.round()), chip);
            left += size.x + 3.0 * zoom;
        }
    }

    fn chip(&self, painter: &Painter, rect: Rect, chip: &Chip) {
        let theme = self.theme;
        let radius = 4.0 * self.geometry.zoom;
        let ink = match chip.colours {
            Some((ink, ground)) => {
                painter.rect_filled(rect, radius, colour(theme.colour(ground)));
                colour(theme.colour(ink))
            }
            None => {
                let edge = Stroke::new(1.0, colour(theme.neutral.border));
                painter.rect(rect, radius, colour(theme.neutral.raised), edge, StrokeKind::Inside);
                colour(theme.neutral.ink_second)
            }
        };
        if chip.limit.is_empty() {
            self.text(painter, rect.center(), Align2::CENTER_CENTER, &chip.letter, LABEL, ink);
            return;
        }
        let letter = painter.layout_no_wrap(chip.letter.clone(), self.font(LABEL), Color32::PLACEHOLDER);
        let limit = painter.layout_no_wrap(chip.limit.clone(), self.font(CAPTION), Color32::PLACEHOLDER);
        let gap = 4.0 * self.geometry.zoom;
        let start = rect.center().x - (letter.size().x + gap + limit.size().x) / 2.0;
        let middle = rect.center().y;
        let behind = start + letter.size().x + gap;
        painter.galley(pos2(start, middle - letter.size().y / 2.0).round(), letter, ink);
        painter.galley(pos2(behind, middle - limit.size().y / 2.0 + 0.5).round(), limit, ink);
    }

    /// A corner: full for what is grave, an outline for the rest.
    fn corner_mark(&self, painter: &Painter, rect: Rect, mark: &CellMark) {
        let side = 8.0 * self.geometry.zoom;
        let corner = rect.right_top() + vec2(-2.0, 2.0);
        let points = vec![corner - vec2(side, 0.0), corner, corner + vec2(0.0, side)];
        let ink = colour(severity_chip(self.theme, mark.severity).ink);
        let fill = if mark.severity >= Severity::High { ink } else { colour(self.theme.neutral.canvas) };
        painter.add(egui::Shape::convex_polygon(points, fill, Stroke::new(1.0, ink)));
    }

    fn active(&self) {
        let rect = self.geometry.cell_rect(self.sheet, self.state.selection.active);
        if !rect.is_positive() {
            return;
        }
        let painter = self.clipped(self.geometry.body());
        let ink = if self.focused { self.theme.accent.base } else { self.theme.neutral.border };
        painter.rect_stroke(rect.shrink(0.5), 4.0, Stroke::new(2.0, colour(ink)), StrokeKind::Inside);
        if self.focused {
            self.fill_handle(&painter);
        }
    }

    /// The square that fills neighbours when it is dragged, and the cells that would be filled.
    fn fill_handle(&self, painter: &Painter) {
        let Some(handle) = self.geometry.fill_handle(self.sheet, &self.state.selection) else { return };
        let accent = colour(self.theme.accent.base);
        if let Some(block) = self.state.filling() {
            let rect = self.geometry.block_rect(self.sheet, block);
            painter.rect_stroke(rect.shrink(1.0), 2.0, Stroke::new(2.0, accent), StrokeKind::Inside);
        }
        let edge = Stroke::new(1.5, colour(self.theme.neutral.raised));
        painter.rect(handle, 1.5, accent, edge, StrokeKind::Outside);
    }

    fn is_evidence(&self, element: ElementRef) -> bool {
        self.evidence.contains(&element)
    }

    fn names(&self) {
        let geometry = self.geometry;
        let (theme, zoom) = (self.theme, geometry.zoom);
        let painter = self.clipped(geometry.frozen());
        let left = geometry.area.left();
        let measure = Measure::bundled();
        for area in &self.sheet.areas {
            let rect = Rect::from_min_max(
                pos2(left, geometry.y(area.top)),
                pos2(geometry.body().left(), geometry.y(area.top + AREA_ROW)),
            );
            if rect.intersects(geometry.frozen()) {
                self.area_heading(&painter, rect, area);
                self.area_summary(rect, area);
            }
        }
        for index in self.rows.clone() {
            let Some(row) = self.sheet.rows.get(index) else { continue };
            let middle = (geometry.y(row.top) + geometry.y(row.top + ROW)) / 2.0;
            let is_active = index == self.state.selection.active.row;
            let ink = if is_active { theme.accent.ink } else { theme.neutral.ink };
            let badges = [
                (row.reserved, Icon::Lock, theme.neutral.ink_second),
                (row.stale, Icon::ClockAlert, theme.severity.medium.ink),
            ];
            let badges = badges.into_iter().filter(|(shown, ..)| *shown);
            let room_of_badges = badges.clone().count() as f32 * BADGE_ROOM;
            let room = geometry.name_width / zoom - room_of_badges - if row.mark.is_some() { 30.0 } else { 14.0 };
            let name = if row.name.is_empty() { "Unnamed" } else { &row.name };
            let name = measure.ellipsize(name, NAME, room);
            let name_rect = self.text(
                &painter,
                pos2(left + 8.0 * zoom, middle),
                Align2::LEFT_CENTER,
                &name.text,
                NAME,
                colour(ink),
            );
            if element_of(&row.head).is_some_and(|element| self.is_evidence(element)) {
                let under = Stroke::new(2.0, colour(theme.accent.base));
                painter.hline(name_rect.x_range(), name_rect.bottom() + 1.0, under);
            }
            for (place, (_, icon, ink)) in badges.enumerate() {
                let at = pos2(name_rect.right() + (10.0 + BADGE_ROOM * place as f32) * zoom, middle);
                self.icon(&painter, at, icon, 12.0, colour(ink));
            }
            if let Some(mark) = &row.mark {
                self.severity(&painter, pos2(left + geometry.name_width - 10.0 * zoom, middle), mark);
            }
            let count_left = geometry.body().left() - COUNT_COLUMN * zoom;
            let at = pos2(count_left - 8.0 * zoom, middle);
            if geometry.rate_width > 0.0 {
                self.text(&painter, at, Align2::RIGHT_CENTER, &row.rate, CAPTION, colour(theme.neutral.ink_second));
            }
            self.deciders(&painter, pos2(count_left + COUNT_COLUMN * zoom / 2.0, middle), &row.head, row.deciders);
        }
        if self.sheet.transposed {
            return;
        }
        let y = geometry.y(self.sheet.height + ROW / 2.0);
        let ink = match self.state.hovered {
            Some(Spot::AddRow) => theme.accent.ink,
            _ => theme.neutral.ink_second,
        };
        self.icon(&painter, pos2(left + 15.0 * zoom, y), Icon::Plus, 14.0, colour(ink));
        self.text(&painter, pos2(left + 26.0 * zoom, y), Align2::LEFT_CENTER, "Decision", CAPTION, colour(ink));
    }

    fn area_heading(&self, painter: &Painter, rect: Rect, area: &super::sheet::Area) {
        let zoom = self.geometry.zoom;
        let ink = colour(self.theme.neutral.ink_second);
        let y = rect.bottom() - 12.0 * zoom;
        let chevron = if area.folded { Icon::ChevronRight } else { Icon::ChevronDown };
        self.icon(painter, pos2(rect.left() + 12.0 * zoom, y), chevron, 12.0, ink);
        let name = self.text(painter, pos2(rect.left() + 21.0 * zoom, y), Align2::LEFT_CENTER, &area.name, BADGE, ink);
        if area.folded {
            let words = if area.rows == 1 { "1 row".to_owned() } else { format!("{} rows", area.rows) };
            self.text(painter, pos2(name.right() + 8.0 * zoom, y), Align2::LEFT_CENTER, &words, CAPTION, ink);
        }
    }

    /// Of a folded group, how many of its rows each column decides.
    fn area_summary(&self, heading: Rect, area: &super::sheet::Area) {
        let painter = self.clipped(self.geometry.body());
        for index in self.columns.clone() {
            let (Some(column), Some(count)) = (self.sheet.columns.get(index), area.decides.get(index)) else {
                continue;
            };
            if *count > 0 {
                let at = pos2(self.geometry.x(column.left + column.width / 2.0), heading.center().y);
                let ink = colour(self.theme.accent.ink);
                self.text(&painter, at, Align2::CENTER_CENTER, &count.to_string(), LABEL, ink);
            }
        }
    }

    fn icon(&self, painter: &Painter, at: Pos2, icon: Icon, size: f32, ink: Color32) {
        painter.text(at, Align2::CENTER_CENTER, icon.glyph(), icon_font(size * self.geometry.zoom), ink);
    }

    fn severity(&self, painter: &Painter, at: Pos2, mark: &CellMark) {
        let ink = colour(severity_chip(self.theme, mark.severity).ink);
        self.icon(painter, at, severity_icon(mark.severity), 14.0, ink);
    }

    /// How many decide, or how much somebody decides: nobody is as worth a look as a crowd.
    fn deciders(&self, painter: &Painter, at: Pos2, head: &Head, count: usize) {
        let (words, style, ink) = self.count(head, count);
        self.text(painter, at, Align2::CENTER_CENTER, &words, style, colour(ink));
    }

    /// A total in words.
    fn count(&self, head: &Head, count: usize) -> (String, TextStyle, Rgba) {
        let theme = self.theme;
        match (count, head) {
            (0, Head::Subject(Subject::Decision(_))) => ("nobody".to_owned(), BADGE, theme.severity.high.ink),
            (0, _) => ("·".to_owned(), CAPTION, theme.neutral.ink_third),
            (count, _) => (count.to_string(), CAPTION, theme.neutral.ink_second),
        }
    }

    /// Stronger lines where what stays meets what scrolls, once something is scrolled away.
    fn edges(&self) {
        let geometry = self.geometry;
        let body = geometry.body();
        let painter = self.clipped(geometry.area);
        let strong = Stroke::new(1.0, colour(self.theme.neutral.line_strong));
        let across = geometry.area.left()..=body.right();
        let bottom = geometry.y(self.sheet.height).min(body.bottom());
        let beside = if geometry.scroll.x > 0.0 { strong } else { self.hairline() };
        painter.vline(body.left() - 0.5, geometry.header().bottom()..=bottom, beside);
        if geometry.scroll.y > 0.0 {
            painter.hline(across.clone(), body.top() - 0.5, strong);
        }
        if geometry.scroll.y < geometry.most_scroll().y {
            painter.hline(across, body.bottom() - 0.5, strong);
        }
        if self.core.findings_are_stale() {
            painter.hline(geometry.header().x_range(), body.top() - 0.5, self.hairline());
        }
    }
}
