//! Where the parts of the register are in the window, and what lies under the pointer.
//!
//! The headings stay above, the names at the left. All rectangles are in points of the window.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use super::table::{GROUP_ROW, HEADER, ROW, Table};
use crate::app::matrix::cursor::Cell;
use crate::app::matrix::geometry::{MARGIN, SCROLL_BAR};

/// What lies at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A cell.
    Cell(Cell),
    /// The heading of a column.
    Column(usize),
    /// The heading of a group.
    Group(usize),
    /// The line that adds a decision.
    AddRow,
}

/// The parts of the register in this frame.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// The whole of it.
    pub area: Rect,
    /// Magnification.
    pub zoom: f32,
    /// What is scrolled away, in points.
    pub scroll: Vec2,
    /// Width of the column of names, in points.
    pub name_width: f32,
    content: Vec2,
}

impl Place {
    /// The parts within an area; the scroll is kept within its bounds.
    pub fn new(area: Rect, zoom: f32, scroll: Vec2, table: &Table) -> Self {
        let area = Rect::from_min_max(area.min + vec2(MARGIN, 0.0), area.max);
        let width = table.columns.first().map_or(0.0, |column| column.width);
        let name_width = (width * zoom).min(area.width() * 0.4).round();
        let content = vec2(table.width, table.height + ROW) * zoom;
        let mut place = Self { area, zoom, scroll, name_width, content };
        place.scroll = scroll.clamp(Vec2::ZERO, place.most_scroll()).round();
        place
    }

    fn room(&self) -> Vec2 {
        let width = self.area.width() - self.name_width - SCROLL_BAR;
        let height = self.area.height() - HEADER * self.zoom - SCROLL_BAR;
        vec2(width, height).max(Vec2::splat(1.0))
    }

    /// Size of all that scrolls.
    pub fn content(&self) -> Vec2 {
        self.content
    }

    /// How far it can be scrolled.
    pub fn most_scroll(&self) -> Vec2 {
        (self.content - self.room()).max(Vec2::ZERO)
    }

    /// The cells that scroll.
    pub fn body(&self) -> Rect {
        let min = self.area.min + vec2(self.name_width, (HEADER * self.zoom).round());
        Rect::from_min_size(min, self.room().min(self.content).round())
    }

    /// The names at the left.
    pub fn names(&self) -> Rect {
        let body = self.body();
        Rect::from_min_max(pos2(self.area.left(), body.top()), body.left_bottom())
    }

    /// The headings of the columns that scroll.
    pub fn header(&self) -> Rect {
        let body = self.body();
        Rect::from_min_max(pos2(body.left(), self.area.top()), body.right_top())
    }

    /// The heading of the names.
    pub fn corner(&self) -> Rect {
        Rect::from_min_max(self.area.min, self.body().min)
    }

    /// Names and cells.
    pub fn rows(&self) -> Rect {
        self.names().union(self.body())
    }

    /// Place in the window of a height in the table.
    pub fn y(&self, top: f32) -> f32 {
        (self.body().top() + top * self.zoom - self.scroll.y).round()
    }

    /// Left and right edge of a column in the window.
    pub fn x_range(&self, table: &Table, column: usize) -> egui::Rangef {
        let left = self.area.left();
        match table.columns.get(column) {
            Some(_) if column == 0 => egui::Rangef::new(left, left + self.name_width),
            Some(shown) => {
                let edge = |at: f32| (self.body().left() + at * self.zoom - self.scroll.x).round();
                egui::Rangef::new(edge(shown.left), edge(shown.left + shown.width))
            }
            None => egui::Rangef::new(left, left),
        }
    }

    /// The rectangle of a cell; out of sight it lies outside of the body.
    pub fn cell_rect(&self, table: &Table, cell: Cell) -> Rect {
        let Some(row) = table.rows.get(cell.row) else { return Rect::NOTHING };
        Rect::from_x_y_ranges(self.x_range(table, cell.column), self.y(row.top)..=self.y(row.top + ROW))
    }

    /// Rows in sight.
    pub fn rows_in_sight(&self, table: &Table) -> std::ops::Range<usize> {
        let top = self.scroll.y / self.zoom;
        table.rows_between(top, top + self.body().height() / self.zoom)
    }

    /// Columns in sight; the names are always.
    pub fn columns_in_sight(&self, table: &Table) -> Vec<usize> {
        let left = self.scroll.x / self.zoom;
        let right = left + self.body().width() / self.zoom;
        let shows = |(index, column): &(usize, &super::table::TableColumn)| {
            *index == 0 || (column.left < right && column.left + column.width > left)
        };
        table.columns.iter().enumerate().filter(shows).map(|(index, _)| index).collect()
    }

    /// How many rows fit.
    pub fn page(&self) -> usize {
        ((self.room().y / (ROW * self.zoom)) as usize).saturating_sub(1).max(1)
    }

    fn column_at(&self, table: &Table, x: f32) -> Option<usize> {
        if x < self.body().left() {
            return (x >= self.area.left() && !table.columns.is_empty()).then_some(0);
        }
        (1..table.columns.len()).find(|column| self.x_range(table, *column).contains(x))
    }

    /// What lies at a place.
    pub fn spot(&self, table: &Table, at: Pos2) -> Option<Spot> {
        if self.corner().contains(at) {
            return Some(Spot::Column(0));
        }
        if self.header().contains(at) {
            return self.column_at(table, at.x).map(Spot::Column);
        }
        if !self.rows().contains(at) {
            return None;
        }
        let height = (at.y - self.body().top() + self.scroll.y) / self.zoom;
        if let Some(row) = table.rows.partition_point(|row| row.top <= height).checked_sub(1)
            && table.rows.get(row).is_some_and(|row| height < row.top + ROW)
        {
            return self.column_at(table, at.x).map(|column| Spot::Cell(Cell::new(row, column)));
        }
        let is_in = |group: &super::table::Group| (group.top..group.top + GROUP_ROW).contains(&height);
        if let Some(group) = table.groups.iter().position(is_in) {
            return Some(Spot::Group(group));
        }
        (table.height..table.height + ROW).contains(&height).then_some(Spot::AddRow)
    }

    /// The cell nearest to a place, for dragging beyond the edges.
    pub fn nearest_cell(&self, table: &Table, at: Pos2) -> Cell {
        let height = (at.y - self.body().top() + self.scroll.y) / self.zoom;
        let row = table.rows.partition_point(|row| row.top <= height).saturating_sub(1);
        let x = at.x.clamp(self.area.left(), self.body().right() - 1.0);
        table.extent().clamp(Cell::new(row, self.column_at(table, x).unwrap_or(table.columns.len())))
    }

    /// The scroll that brings a cell into sight.
    pub fn scroll_to(&self, table: &Table, cell: Cell) -> Vec2 {
        let rect = self.cell_rect(table, cell);
        let body = self.body();
        let above = if cell.row == 0 { GROUP_ROW * self.zoom } else { 0.0 };
        let mut scroll = self.scroll;
        if cell.column > 0 {
            if rect.left() < body.left() {
                scroll.x -= body.left() - rect.left();
            } else if rect.right() > body.right() {
                scroll.x += rect.right() - body.right();
            }
        }
        if rect.top() - above < body.top() {
            scroll.y -= body.top() - rect.top() + above;
        } else if rect.bottom() > body.bottom() {
            scroll.y += rect.bottom() - body.bottom();
        }
        scroll.clamp(Vec2::ZERO, self.most_scroll())
    }
}
