//! Where the parts of the matrix are in the window, and what lies under the pointer.
//!
//! Headings stand above, names at the left, totals below; they stay while the cells scroll. All rectangles are in
//! points of the window.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use super::cursor::{Block, Cell, Extent, Selection};
use super::sheet::{AREA_ROW, BAND, COUNT_COLUMN, ROW, SORT_STRIP, Sheet, SortBy, TOTALS};

/// Empty space around the grid, in points.
pub const MARGIN: f32 = 12.0;
/// A grid narrower than this, in points at 100 %, does not say how often a case comes.
const NARROW: f32 = 480.0;
/// Width of the bars that show where one is.
pub const SCROLL_BAR: f32 = 10.0;

/// What lies at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// A cell.
    Cell(Cell),
    /// The name of a row.
    Row(usize),
    /// The name of a column.
    Column(usize),
    /// The strip below the name of a column that sorts by it.
    SortColumn(usize),
    /// A heading above the frozen columns that sorts.
    Sort(SortBy),
    /// The square that fills neighbours.
    FillHandle,
    /// The heading of a unit, by its index.
    Band(usize),
    /// The heading of an area, by its index.
    Area(usize),
    /// The corner above the names.
    Corner,
    /// The line that adds a decision.
    AddRow,
}

/// The parts of the grid in this frame.
#[derive(Clone, Copy, Debug)]
pub struct Geometry {
    /// The whole grid.
    pub area: Rect,
    /// Magnification.
    pub zoom: f32,
    /// What is scrolled away at the left and above, in points.
    pub scroll: Vec2,
    /// Width of the column of names.
    pub name_width: f32,
    /// Width of the column that says how often; 0 where nothing is known or there is no room.
    pub rate_width: f32,
    /// Width of all columns that stay.
    pub frozen_width: f32,
    /// Height of the headings that stay.
    pub header_height: f32,
    /// Size of all cells, with the line that adds a decision.
    pub content: Vec2,
}

impl Geometry {
    /// The parts within an area; the scroll is kept within its bounds.
    pub fn new(area: Rect, zoom: f32, scroll: Vec2, sheet: &Sheet) -> Self {
        let area = Rect::from_min_max(area.min + vec2(MARGIN, 0.0), area.max);
        let name_width = (sheet.name_width * zoom).min(area.width() * 0.4).round();
        // Letters matter more than how often a case comes.
        let rate_width = if area.width() < NARROW * zoom { 0.0 } else { (sheet.rate_width * zoom).round() };
        let frozen_width = name_width + rate_width + (COUNT_COLUMN * zoom).round();
        let header_height = (sheet.header_height * zoom).round();
        let content = vec2(sheet.width, sheet.height + ROW) * zoom;
        let mut geometry = Self { area, zoom, scroll, name_width, rate_width, frozen_width, header_height, content };
        let most = (content - geometry.body_room()).max(Vec2::ZERO);
        geometry.scroll = scroll.clamp(Vec2::ZERO, most).round();
        geometry
    }

    /// Room for cells.
    fn body_room(&self) -> Vec2 {
        let width = self.area.width() - self.frozen_width - SCROLL_BAR;
        let height = self.area.height() - self.header_height - TOTALS * self.zoom - SCROLL_BAR;
        vec2(width, height).max(Vec2::splat(1.0))
    }

    /// How far it can be scrolled.
    pub fn most_scroll(&self) -> Vec2 {
        (self.content - self.body_room()).max(Vec2::ZERO)
    }

    /// The cells in sight.
    pub fn body(&self) -> Rect {
        let min = self.area.min + vec2(self.frozen_width, self.header_height);
        Rect::from_min_size(min, self.body_room().min(self.content).round())
    }

    /// The headings above the cells.
    pub fn header(&self) -> Rect {
        let body = self.body();
        Rect::from_min_max(pos2(body.left(), self.area.top()), body.right_top())
    }

    /// The names beside the cells.
    pub fn frozen(&self) -> Rect {
        let body = self.body();
        Rect::from_min_max(pos2(self.area.left(), body.top()), body.left_bottom())
    }

    /// What is above the names.
    pub fn corner(&self) -> Rect {
        Rect::from_min_max(self.area.min, self.body().min)
    }

    /// The totals below the cells.
    pub fn totals(&self) -> Rect {
        let body = self.body();
        Rect::from_min_size(body.left_bottom(), vec2(body.width(), TOTALS * self.zoom))
    }

    /// What is left of the totals.
    pub fn totals_corner(&self) -> Rect {
        let totals = self.totals();
        Rect::from_min_max(pos2(self.area.left(), totals.top()), totals.left_bottom())
    }

    /// Place in the window of a distance from the left edge of all columns.
    pub fn x(&self, left: f32) -> f32 {
        (self.body().left() + left * self.zoom - self.scroll.x).round()
    }

    /// Place in the window of a distance from the upper edge of all rows.
    pub fn y(&self, top: f32) -> f32 {
        (self.area.top() + self.header_height + top * self.zoom - self.scroll.y).round()
    }

    /// A place in the window as a distance from the first cell's corner, in world units.
    fn world(&self, at: Pos2) -> Vec2 {
        (at - self.body().min + self.scroll) / self.zoom
    }

    /// The rectangle of a cell; out of sight it lies outside of the body.
    pub fn cell_rect(&self, sheet: &Sheet, cell: Cell) -> Rect {
        let (Some(row), Some(column)) = (sheet.rows.get(cell.row), sheet.columns.get(cell.column)) else {
            return Rect::NOTHING;
        };
        let min = pos2(self.x(column.left), self.y(row.top));
        Rect::from_min_max(min, pos2(self.x(column.left + column.width), self.y(row.top + ROW)))
    }

    /// Rows and columns in sight.
    pub fn in_sight(&self, sheet: &Sheet) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
        let (min, max) = (self.world(self.body().min), self.world(self.body().max));
        (sheet.rows_between(min.y, max.y), sheet.columns_between(min.x, max.x))
    }

    /// How many rows fit.
    pub fn page(&self) -> usize {
        ((self.body_room().y / (ROW * self.zoom)) as usize).saturating_sub(1).max(1)
    }

    /// The cell nearest to a place, for dragging beyond the edges.
    pub fn nearest_cell(&self, sheet: &Sheet, at: Pos2) -> Cell {
        let at = self.world(at);
        let row = sheet.rows.partition_point(|row| row.top <= at.y).saturating_sub(1);
        let column = sheet.columns.partition_point(|column| column.left <= at.x).saturating_sub(1);
        Extent::clamp(sheet.extent(), Cell::new(row, column))
    }

    /// What lies at a place.
    pub fn spot(&self, sheet: &Sheet, at: Pos2) -> Option<Spot> {
        let world = self.world(at);
        let row = || {
            let row = sheet.rows.partition_point(|row| row.top <= world.y).checked_sub(1)?;
            (world.y < sheet.rows.get(row)?.top + ROW).then_some(row)
        };
        let column = || {
            let column = sheet.columns.partition_point(|column| column.left <= world.x).checked_sub(1)?;
            (world.x < sheet.columns.get(column)?.left + sheet.columns.get(column)?.width).then_some(column)
        };
        let area =
            || sheet.areas.iter().position(|area| (area.top..area.top + AREA_ROW).contains(&world.y)).map(Spot::Area);
        if self.body().contains(at) {
            return match (row(), column()) {
                (Some(row), Some(column)) => Some(Spot::Cell(Cell::new(row, column))),
                _ => area(),
            };
        }
        if self.frozen().contains(at) {
            let adds = || (sheet.height..sheet.height + ROW).contains(&world.y) && !sheet.transposed;
            let adds = || adds().then_some(Spot::AddRow);
            return row().map(Spot::Row).or_else(area).or_else(adds);
        }
        if self.corner().contains(at) {
            let part = self.sorts().into_iter().find(|(part, _)| part.contains(at));
            return Some(part.map_or(Spot::Corner, |(_, by)| Spot::Sort(by)));
        }
        if !self.header().contains(at) {
            return None;
        }
        let column = column()?;
        if at.y >= self.header().bottom() - SORT_STRIP * self.zoom {
            return Some(Spot::SortColumn(column));
        }
        if at.y >= self.area.top() + (8.0 + BAND) * self.zoom {
            return Some(Spot::Column(column));
        }
        let left = sheet.columns.get(column)?.left;
        let band = |band: &super::sheet::Band| band.left <= left && left < band.left + band.width;
        sheet.bands.iter().position(band).map(Spot::Band)
    }

    /// The rectangle of a block of cells.
    pub fn block_rect(&self, sheet: &Sheet, block: Block) -> Rect {
        self.cell_rect(sheet, block.first).union(self.cell_rect(sheet, block.last))
    }

    /// The square at the corner of the range; none for several ranges, or where it is out of sight.
    pub fn fill_handle(&self, sheet: &Sheet, selection: &Selection) -> Option<Rect> {
        if !selection.more.is_empty() {
            return None;
        }
        let corner = self.block_rect(sheet, selection.block()).right_bottom();
        let handle = Rect::from_center_size(corner - vec2(2.0, 2.0), Vec2::splat(7.0));
        (corner.is_finite() && self.body().expand(3.0).contains_rect(handle)).then_some(handle)
    }

    /// The headings above the frozen columns, and what each sorts by.
    pub fn sorts(&self) -> Vec<(Rect, SortBy)> {
        let corner = self.corner();
        let top = corner.bottom() - 20.0 * self.zoom;
        let count = corner.right() - COUNT_COLUMN * self.zoom;
        let rate = count - self.rate_width;
        let part = |left: f32, right: f32| Rect::from_min_max(pos2(left, top), pos2(right, corner.bottom()));
        let mut parts = vec![(part(corner.left(), rate), SortBy::Name), (part(count, corner.right()), SortBy::Count)];
        if self.rate_width > 0.0 {
            parts.push((part(rate, count), SortBy::Rate));
        }
        parts
    }

    /// The scroll that brings a cell into sight, in points.
    pub fn scroll_to(&self, sheet: &Sheet, cell: Cell) -> Vec2 {
        let rect = self.cell_rect(sheet, cell);
        let body = self.body();
        // The heading of an area comes into sight with its first row.
        let above = if cell.row == 0 { AREA_ROW * self.zoom } else { 0.0 };
        let mut scroll = self.scroll;
        if rect.left() < body.left() {
            scroll.x -= body.left() - rect.left();
        } else if rect.right() > body.right() {
            scroll.x += rect.right() - body.right();
        }
        if rect.top() - above < body.top() {
            scroll.y -= body.top() - rect.top() + above;
        } else if rect.bottom() > body.bottom() {
            scroll.y += rect.bottom() - body.bottom();
        }
        scroll.clamp(Vec2::ZERO, self.most_scroll())
    }
}
