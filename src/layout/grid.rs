//! The grid of a matrix organisation: columns in one dimension, rows in the other, boxes in the cells.
//!
//! Boxes of one cell stand in rows; columns with more boxes in a cell have wider rows. A grid of many
//! columns is broken into **bands** that follow one another downwards, each with the headings of all
//! rows. How many boxes stand one below the other at most, and how many bands there are, is chosen by
//! the area and the proportion that come out.
//!
//! Invariants: a box lies inside its cell, cells never overlap, boxes of one cell keep their order.

use std::ops::Range;

use super::geometry::{Point, Rect, Size};

/// One box in a grid.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GridBox {
    /// Its size.
    pub size: Size,
    /// Index of its column.
    pub column: usize,
    /// Index of its row.
    pub row: usize,
}

/// A grid to arrange.
#[derive(Clone, Debug, PartialEq)]
pub struct GridRequest {
    /// Size of the heading of each column.
    pub columns: Vec<Size>,
    /// Size of the heading of each row.
    pub rows: Vec<Size>,
    /// The boxes; their order decides that in the cells.
    pub boxes: Vec<GridBox>,
    /// Between boxes of one cell.
    pub gap: f64,
    /// Between boxes and the border of their cell, and around headings.
    pub padding: f64,
    /// Between bands.
    pub band_gap: f64,
}

impl Default for GridRequest {
    fn default() -> Self {
        Self { columns: Vec::new(), rows: Vec::new(), boxes: Vec::new(), gap: 8.0, padding: 10.0, band_gap: 40.0 }
    }
}

/// A part of the grid: some of its columns, and all rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band {
    /// Which columns.
    pub columns: Range<usize>,
    /// Heading of each of its columns, over the whole width.
    pub column_heads: Vec<Rect>,
    /// Heading of each row, over the whole height.
    pub row_heads: Vec<Rect>,
    /// The cells, without the headings.
    pub body: Rect,
}

/// An arranged grid.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GridResult {
    /// Where each box lies; `None` for one that names a column or row that does not exist.
    pub boxes: Vec<Option<Rect>>,
    /// The bands from top to bottom.
    pub bands: Vec<Band>,
    /// Smallest box around all; empty at the origin for a grid without columns or rows.
    pub bounds: Rect,
}

/// Proportion, width by height, that a grid aims at.
const AIM: f64 = 1.6;
/// Proportion beyond which a grid is no page.
const WIDEST: f64 = 3.4;
/// Most boxes of a cell side by side.
const MOST_ABREAST: usize = 16;
/// Columns of a band, on the average, at least.
const LEAST_COLUMNS: usize = 3;
/// Most bands.
const MOST_BANDS: usize = 24;

/// Arranges a grid. Time: boxes and cells times a constant.
pub fn arrange(request: &GridRequest) -> GridResult {
    let grid = Grid::new(request);
    let mut result = GridResult { boxes: vec![None; request.boxes.len()], ..GridResult::default() };
    if request.columns.is_empty() || request.rows.is_empty() {
        return result;
    }
    let mut best = (f64::INFINITY, 1, 1);
    for depth in grid.depths() {
        let measured = grid.measure(depth);
        for bands in 1..=(request.columns.len() / LEAST_COLUMNS).clamp(1, MOST_BANDS) {
            let cost = cost_of(grid.extent(&measured, bands));
            if cost < best.0 {
                best = (cost, depth, bands);
            }
        }
    }
    grid.place(best.1, best.2, &mut result);
    result
}

/// Area, made worse by a proportion far from the one aimed at, and much worse by one no page has.
fn cost_of(size: Size) -> f64 {
    let proportion = size.width.max(1.0) / size.height.max(1.0);
    let off = (proportion / AIM).max(AIM / proportion);
    let page = (proportion / WIDEST).max(1.0 / proportion / WIDEST).max(1.0);
    size.width * size.height * off.sqrt() * page * page * page * page
}

struct Grid<'a> {
    request: &'a GridRequest,
    columns: usize,
    /// Boxes of each cell, row after row of the grid.
    cells: Vec<Vec<usize>>,
}

/// Widths of columns and heights of rows for a number of boxes side by side.
struct Measured {
    widths: Vec<f64>,
    heights: Vec<f64>,
}

impl<'a> Grid<'a> {
    fn new(request: &'a GridRequest) -> Self {
        let (columns, rows) = (request.columns.len(), request.rows.len());
        let mut cells = vec![Vec::new(); columns * rows];
        for (index, one) in request.boxes.iter().enumerate() {
            if one.column < columns && one.row < rows {
                cells[one.row * columns + one.column].push(index);
            }
        }
        Self { request, columns, cells }
    }

    /// Numbers of boxes one below the other worth trying: what the fullest cell makes of each width.
    fn depths(&self) -> Vec<usize> {
        let fullest = self.cells.iter().map(Vec::len).max().unwrap_or(1).max(1);
        let mut depths: Vec<usize> = (1..=fullest.min(MOST_ABREAST)).map(|abreast| fullest.div_ceil(abreast)).collect();
        depths.dedup();
        depths
    }

    /// How many boxes stand side by side in the cells of a column, so that none has more below one another.
    fn abreast(&self, column: usize, depth: usize) -> usize {
        let cells = self.cells.iter().skip(column).step_by(self.columns.max(1));
        cells.map(|cell| cell.len().div_ceil(depth.max(1))).max().unwrap_or(1).max(1)
    }

    /// Calls back with every box of a cell and its offset; returns the extent of the cell.
    fn walk_cell(&self, cell: &[usize], abreast: usize, mut each: impl FnMut(usize, Point)) -> Size {
        let Self { request, .. } = self;
        let (mut y, mut width) = (request.padding, 0.0_f64);
        let pitch = cell.iter().map(|&one| request.boxes[one].size.sane().width).fold(0.0, f64::max) + request.gap;
        for row in cell.chunks(abreast.max(1)) {
            let mut height: f64 = 0.0;
            for (at, &one) in row.iter().enumerate() {
                let size = request.boxes[one].size.sane();
                each(one, Point::new(request.padding + at as f64 * pitch, y));
                height = height.max(size.height);
                width = width.max(at as f64 * pitch + size.width);
            }
            y += height + request.gap;
        }
        let height = if cell.is_empty() { 2.0 * request.padding } else { y - request.gap + request.padding };
        Size::new(width + 2.0 * request.padding, height)
    }

    fn measure(&self, depth: usize) -> Measured {
        let padded = 2.0 * self.request.padding;
        let mut widths: Vec<f64> = self.request.columns.iter().map(|head| head.sane().width + padded).collect();
        let mut heights: Vec<f64> = self.request.rows.iter().map(|head| head.sane().height + padded).collect();
        let abreast: Vec<usize> = (0..self.columns).map(|column| self.abreast(column, depth)).collect();
        for (at, cell) in self.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            let (row, column) = (at / self.columns, at % self.columns);
            let size = self.walk_cell(cell, abreast[column], |_, _| ());
            widths[column] = widths[column].max(size.width);
            heights[row] = heights[row].max(size.height);
        }
        Measured { widths, heights }
    }

    /// Width of the headings of rows and height of those of columns.
    fn head(&self) -> Size {
        let padded = 2.0 * self.request.padding;
        let width = self.request.rows.iter().map(|head| head.sane().width).fold(0.0, f64::max);
        let height = self.request.columns.iter().map(|head| head.sane().height).fold(0.0, f64::max);
        // Without any text the headings take no room at all.
        let padded_or_none = |extent: f64| if extent > 0.0 { extent + padded } else { 0.0 };
        Size::new(padded_or_none(width), padded_or_none(height))
    }

    /// The columns of each band: about as wide as one another.
    fn bands(&self, measured: &Measured, bands: usize) -> Vec<Range<usize>> {
        let total: f64 = measured.widths.iter().sum();
        let share = total / bands.max(1) as f64;
        let mut found = Vec::with_capacity(bands);
        let (mut start, mut width, mut before) = (0, 0.0, 0.0);
        for (column, own) in measured.widths.iter().enumerate() {
            let end = share * (found.len() + 1) as f64;
            if column > start && before + width + own / 2.0 > end + 0.5 {
                found.push(start..column);
                before += width;
                (start, width) = (column, 0.0);
            }
            width += own;
        }
        found.push(start..measured.widths.len());
        found
    }

    fn extent(&self, measured: &Measured, bands: usize) -> Size {
        let head = self.head();
        let ranges = self.bands(measured, bands);
        let width = |range: &Range<usize>| measured.widths[range.clone()].iter().sum::<f64>();
        let widest = ranges.iter().map(width).fold(0.0, f64::max);
        let count = ranges.len() as f64;
        let body: f64 = measured.heights.iter().sum();
        Size::new(head.width + widest, count * (head.height + body) + (count - 1.0) * self.request.band_gap)
    }

    fn place(&self, depth: usize, bands: usize, result: &mut GridResult) {
        let measured = self.measure(depth);
        let head = self.head();
        let (mut top, mut right) = (0.0, 0.0_f64);
        for range in self.bands(&measured, bands) {
            let mut band = Band { columns: range.clone(), ..Band::default() };
            let mut x = head.width;
            for column in range {
                let width = measured.widths[column];
                band.column_heads.push(Rect::from_min_size(Point::new(x, top), Size::new(width, head.height)));
                let abreast = self.abreast(column, depth);
                let mut y = top + head.height;
                for (row, height) in measured.heights.iter().enumerate() {
                    self.walk_cell(&self.cells[row * self.columns + column], abreast, |one, offset| {
                        let size = self.request.boxes[one].size.sane();
                        result.boxes[one] = Some(Rect::from_min_size(offset.moved(x, y), size));
                    });
                    y += height;
                }
                x += width;
            }
            let mut y = top + head.height;
            let begin = Point::new(head.width, y);
            for height in &measured.heights {
                band.row_heads.push(Rect::from_min_size(Point::new(0.0, y), Size::new(head.width, *height)));
                y += height;
            }
            band.body = Rect::new(begin, Point::new(x, y));
            right = right.max(x);
            top = y + self.request.band_gap;
            result.bands.push(band);
        }
        result.bounds = Rect::new(Point::default(), Point::new(right, top - self.request.band_gap));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn grid(columns: usize, rows: usize, boxes: &[(usize, usize)]) -> GridRequest {
        let one = |&(column, row): &(usize, usize)| GridBox { size: Size::new(140.0, 56.0), column, row };
        GridRequest {
            columns: vec![Size::new(120.0, 20.0); columns],
            rows: vec![Size::new(100.0, 20.0); rows],
            boxes: boxes.iter().map(one).collect(),
            ..GridRequest::default()
        }
    }

    fn inside(outer: &Rect, inner: &Rect) -> bool {
        outer.grown(1e-6).contains(inner.min) && outer.grown(1e-6).contains(inner.max)
    }

    /// The cell of a column and row.
    fn cell(result: &GridResult, column: usize, row: usize) -> Rect {
        let band = result.bands.iter().find(|band| band.columns.contains(&column)).unwrap();
        let (across, down) = (band.column_heads[column - band.columns.start], band.row_heads[row]);
        Rect::new(Point::new(across.min.x, down.min.y), Point::new(across.max.x, down.max.y))
    }

    #[test]
    fn boxes_stand_in_the_cell_of_their_column_and_row() {
        let request = grid(3, 2, &[(0, 0), (0, 0), (2, 1), (1, 1), (9, 0)]);
        let result = arrange(&request);
        assert_eq!(result.boxes[4], None);
        for (one, asked) in result.boxes.iter().zip(&request.boxes).take(4) {
            assert!(inside(&cell(&result, asked.column, asked.row), &one.unwrap()));
        }
        assert_eq!(arrange(&GridRequest::default()), GridResult::default());
    }

    #[test]
    fn many_columns_are_broken_into_bands() {
        let boxes: Vec<(usize, usize)> = (0..300).map(|one| (one % 100, 0)).collect();
        let result = arrange(&grid(100, 1, &boxes));
        assert!(result.bands.len() > 3);
        let proportion = result.bounds.width() / result.bounds.height();
        assert!((0.5..3.4).contains(&proportion), "{proportion}");
        let last = result.bands.last().unwrap();
        assert_eq!(last.columns.end, 100);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]

        #[test]
        fn cells_hold_their_boxes_and_no_two_boxes_overlap(
            columns in 1..12_usize,
            rows in 1..6_usize,
            boxes in prop::collection::vec((0..14_usize, 0..7_usize, 20.0..200.0_f64, 20.0..90.0_f64), 0..60),
        ) {
            let mut request = grid(columns, rows, &[]);
            request.boxes = boxes
                .iter()
                .map(|&(column, row, width, height)| GridBox { size: Size::new(width, height), column, row })
                .collect();
            let result = arrange(&request);
            prop_assert_eq!(&result, &arrange(&request));
            for (at, (one, asked)) in result.boxes.iter().zip(&request.boxes).enumerate() {
                let exists = asked.column < columns && asked.row < rows;
                prop_assert_eq!(exists, one.is_some());
                let Some(one) = one else { continue };
                prop_assert!(inside(&cell(&result, asked.column, asked.row), one));
                prop_assert!(inside(&result.bounds, one));
                prop_assert!(!result.boxes.iter().skip(at + 1).flatten().any(|other| other.overlaps(one)));
            }
            let heads: Vec<Rect> = result.bands.iter().flat_map(|band| &band.column_heads).copied().collect();
            prop_assert_eq!(heads.len(), columns);
            for (at, head) in heads.iter().enumerate() {
                prop_assert!(!heads.iter().skip(at + 1).any(|other| other.overlaps(head)));
            }
        }
    }
}
