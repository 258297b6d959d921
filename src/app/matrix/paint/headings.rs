//! Headings of columns and their groups, the corner with the ways of sorting, and the totals.

use egui::{Align2, CornerRadius, Rect, pos2, vec2};

use super::super::geometry::Spot;
use super::super::sheet::{BAND, COLUMN_NAME, SORT_STRIP, SheetColumn, SortBy};
use super::Paper;
use crate::app::style::colour;
use crate::scene::Head;
use crate::scene::icon::Icon;
use crate::scene::measures::{BADGE, CAPTION, LABEL};
use crate::scene::text::Measure;

/// Least width of a heading that is shown whole, in world units.
const WIDENED: f32 = 150.0;

impl Paper<'_> {
    pub(super) fn headings(&self) {
        let geometry = self.geometry;
        let (theme, zoom) = (self.theme, geometry.zoom);
        let header = geometry.header();
        let painter = self.clipped(header);
        let measure = Measure::bundled();
        let top = header.top() + 8.0 * zoom;
        for (index, band) in self.sheet.bands.iter().enumerate() {
            let (left, right) = (geometry.x(band.left), geometry.x(band.left + band.width));
            if band.name.is_empty() || right < header.left() || left > header.right() {
                continue;
            }
            let rect = Rect::from_min_max(pos2(left + 2.0, top), pos2(right - 2.0, top + BAND * zoom));
            let hovered = self.state.hovered == Some(Spot::Band(index)) && band.unit.is_some();
            let ground = if hovered { theme.neutral.pressed } else { theme.neutral.field };
            painter.rect_filled(rect, CornerRadius::same((4.0 * zoom) as u8), colour(ground));
            // The name stays in sight while its columns scroll.
            let seen = rect.intersect(header);
            let chevron = if band.folded { 12.0 } else { 0.0 };
            let room = seen.width() / zoom - 8.0 - chevron;
            if room < 14.0 {
                continue;
            }
            let name = measure.ellipsize(&band.name, BADGE, room);
            let ink = colour(theme.neutral.ink_second);
            let middle = pos2(seen.center().x - chevron * zoom / 2.0, seen.center().y);
            let text = self.text(&painter, middle, Align2::CENTER_CENTER, &name.text, BADGE, ink);
            if band.folded {
                self.icon(&painter, pos2(text.right() + 8.0 * zoom, seen.center().y), Icon::ChevronRight, 11.0, ink);
            }
        }
        let line_height = measure.line_height(COLUMN_NAME) * zoom;
        for index in self.columns.clone() {
            let Some(column) = self.sheet.columns.get(index) else { continue };
            let center = geometry.x(column.left + column.width / 2.0);
            let is_active = index == self.state.selection.active.column;
            let ink = if is_active { theme.accent.ink } else { theme.neutral.ink };
            let strip = SORT_STRIP * zoom;
            let mut y = header.bottom() - strip - column.lines.len() as f32 * line_height;
            if let Some(mark) = &column.mark {
                let right = geometry.x(column.left + column.width);
                self.corner_mark(
                    &painter,
                    Rect::from_min_max(pos2(center, y - 4.0 * zoom), pos2(right, header.bottom())),
                    mark,
                );
            }
            for line in &column.lines {
                self.text(&painter, pos2(center, y), Align2::CENTER_TOP, line, COLUMN_NAME, colour(ink));
                y += line_height;
            }
            let at = pos2(center, header.bottom() - strip / 2.0);
            let hovers =
                matches!(self.state.hovered, Some(Spot::Column(over) | Spot::SortColumn(over)) if over == index);
            let is_offered = self.state.hovered == Some(Spot::SortColumn(index));
            self.sort_mark(&painter, at, &SortBy::Column(column.head.clone()), hovers, is_offered);
        }
        self.widened_heading();
    }

    /// The heading under the pointer with its whole name, over its neighbours, where the column is too narrow for it.
    fn widened_heading(&self) {
        let Some(Spot::Column(index) | Spot::SortColumn(index)) = self.state.hovered else { return };
        let is_short = |column: &&SheetColumn| column.lines.last().is_some_and(|line| line.ends_with('…'));
        let Some(column) = self.sheet.columns.get(index).filter(is_short) else { return };
        let (theme, geometry) = (self.theme, self.geometry);
        let zoom = geometry.zoom;
        let measure = Measure::bundled();
        let lines = measure.wrap(&column.name, COLUMN_NAME, column.width.max(WIDENED), usize::MAX);
        let width = lines.iter().map(|line| line.width).fold(column.width, f32::max) + 16.0;
        let line_height = measure.line_height(COLUMN_NAME);
        let size = vec2(width, lines.len() as f32 * line_height + 10.0) * zoom;
        let bottom = geometry.header().bottom() - SORT_STRIP * zoom + 4.0 * zoom;
        let center = geometry.x(column.left + column.width / 2.0);
        let most = (geometry.header().right() - size.x).max(geometry.area.left());
        let left = (center - size.x / 2.0).clamp(geometry.area.left().min(most), most);
        let plate = Rect::from_min_size(pos2(left, bottom - size.y), size);
        // It may rise above the headings: what stands there does not belong to the grid.
        let painter = self.ui.painter();
        let edge = egui::Stroke::new(1.0, colour(theme.neutral.line_strong));
        painter.rect(plate, 4.0, colour(theme.neutral.raised), edge, egui::StrokeKind::Inside);
        let mut y = plate.top() + 5.0 * zoom;
        for line in &lines {
            let at = pos2(plate.center().x, y);
            self.text(painter, at, Align2::CENTER_TOP, &line.text, COLUMN_NAME, colour(theme.neutral.ink));
            y += line_height * zoom;
        }
    }

    /// The arrow of what rows are sorted by, or, under the pointer, of what they would be sorted by.
    fn sort_mark(&self, painter: &egui::Painter, at: egui::Pos2, by: &SortBy, hovers: bool, is_offered: bool) {
        let theme = self.theme;
        let now = self.state.filter.sort.as_ref().filter(|(now, _)| now == by);
        let ink = match (now, is_offered) {
            (Some(_), _) | (None, true) => theme.accent.ink,
            (None, false) if hovers => theme.neutral.ink_third,
            _ => return,
        };
        let icon = if now.is_some_and(|(_, descending)| *descending) { Icon::ArrowDown } else { Icon::ArrowUp };
        self.icon(painter, at, icon, 11.0, colour(ink));
    }

    /// What stands above the frozen columns: their names, which sort.
    pub(super) fn corner(&self) {
        let geometry = self.geometry;
        let zoom = geometry.zoom;
        let corner = geometry.corner();
        let painter = self.clipped(corner);
        let y = corner.bottom() - 9.0 * zoom;
        for (part, by) in geometry.sorts() {
            let hovers = self.state.hovered == Some(Spot::Sort(by.clone()));
            let ink = if hovers { self.theme.accent.ink } else { self.theme.neutral.ink_second };
            let words = match by {
                SortBy::Name => "Name",
                SortBy::Rate => "How often",
                SortBy::Count if self.sheet.transposed => "Decides",
                SortBy::Count => "Deciders",
                SortBy::Column(_) => continue,
            };
            let (x, align) = match by {
                SortBy::Name => (part.left() + 8.0 * zoom, Align2::LEFT_CENTER),
                SortBy::Rate => (part.right() - 14.0 * zoom, Align2::RIGHT_CENTER),
                _ => (part.center().x - 4.0 * zoom, Align2::CENTER_CENTER),
            };
            let text = self.text(&painter, pos2(x, y), align, words, CAPTION, colour(ink));
            self.sort_mark(&painter, pos2(text.right() + 7.0 * zoom, y), &by, hovers, hovers);
        }
    }

    /// How many rows each column decides, with bars beside the most.
    pub(super) fn totals(&self) {
        let geometry = self.geometry;
        let (theme, zoom) = (self.theme, geometry.zoom);
        let corner = geometry.totals_corner();
        let at = pos2(corner.left() + 8.0 * zoom, corner.top() + 14.0 * zoom);
        let ink = colour(theme.neutral.ink_second);
        let words = if self.sheet.transposed { "Deciders" } else { "Decides" };
        self.text(&self.clipped(corner), at, Align2::LEFT_CENTER, words, BADGE, ink);
        let painter = self.clipped(geometry.totals());
        let most = self.sheet.columns.iter().map(|column| column.decides).max().unwrap_or(0).max(1);
        for column in self.sheet.columns.get(self.columns.clone()).unwrap_or_default() {
            let center = geometry.x(column.left + column.width / 2.0);
            let at = pos2(center, corner.top() + 14.0 * zoom);
            if column.decides == 0 {
                let (words, style, ink) = self.count(&column.head, 0);
                self.text(&painter, at, Align2::CENTER_CENTER, &words, style, colour(ink));
                continue;
            }
            if matches!(column.head, Head::Subject(_)) {
                let count = column.decides.to_string();
                self.text(&painter, at, Align2::CENTER_CENTER, &count, LABEL, colour(theme.neutral.ink_second));
                continue;
            }
            let count = column.decides.to_string();
            self.text(&painter, at, Align2::CENTER_CENTER, &count, LABEL, colour(theme.accent.ink));
            let track = Rect::from_center_size(pos2(center, corner.top() + 28.0 * zoom), vec2(36.0, 4.0) * zoom);
            painter.rect_filled(track, 2.0, colour(theme.load.track));
            let mut filled = track;
            filled.set_width(track.width() * column.decides as f32 / most as f32);
            painter.rect_filled(filled, 2.0, colour(theme.load.normal));
        }
    }
}
