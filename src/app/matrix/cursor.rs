//! Where the hand is in the grid: the active cell, the ranges around it, and the moves of the arrow keys.
//!
//! Plain arithmetic on rows and columns of what is shown; it knows neither the document nor the window. Invariant: a
//! move never leaves the grid.

/// A cell of what is shown, counted from the top left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cell {
    /// Row, from 0.
    pub row: usize,
    /// Column, from 0.
    pub column: usize,
}

impl Cell {
    /// The cell in a row and a column.
    pub const fn new(row: usize, column: usize) -> Self {
        Self { row, column }
    }
}

/// How many rows and columns there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// Number of rows.
    pub rows: usize,
    /// Number of columns.
    pub columns: usize,
}

impl Extent {
    /// Whether there is no cell at all.
    pub fn is_empty(self) -> bool {
        self.rows == 0 || self.columns == 0
    }

    /// The nearest cell that exists.
    pub fn clamp(self, cell: Cell) -> Cell {
        Cell::new(cell.row.min(self.rows.saturating_sub(1)), cell.column.min(self.columns.saturating_sub(1)))
    }
}

/// One of the four directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the column before.
    Left,
    /// To the column after.
    Right,
}

/// A move of the active cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// One cell.
    Step(Direction),
    /// To the next cell that holds something, or to the edge.
    ToFilled(Direction),
    /// To the first cell of the row.
    RowStart,
    /// To the last cell of the row.
    RowEnd,
    /// To the first cell of all.
    First,
    /// To the last cell of all.
    Last,
    /// One screen up or down.
    Page(Direction),
    /// To the cell after in reading order.
    Next,
    /// To the cell before in reading order.
    Previous,
}

/// Where a move leads; none where Tab would leave the grid. `page` is the number of rows in sight.
pub fn moved(from: Cell, by: Move, extent: Extent, page: usize, filled: impl Fn(Cell) -> bool) -> Option<Cell> {
    if extent.is_empty() {
        return None;
    }
    let from = extent.clamp(from);
    let (last_row, last_column) = (extent.rows - 1, extent.columns - 1);
    Some(match by {
        Move::Step(direction) => step(from, direction, extent).unwrap_or(from),
        Move::ToFilled(direction) => {
            let mut at = from;
            while let Some(next) = step(at, direction, extent) {
                at = next;
                if filled(at) {
                    break;
                }
            }
            at
        }
        Move::RowStart => Cell::new(from.row, 0),
        Move::RowEnd => Cell::new(from.row, last_column),
        Move::First => Cell::new(0, 0),
        Move::Last => Cell::new(last_row, last_column),
        Move::Page(Direction::Up) => Cell::new(from.row.saturating_sub(page.max(1)), from.column),
        Move::Page(_) => Cell::new((from.row + page.max(1)).min(last_row), from.column),
        Move::Next if from.column < last_column => Cell::new(from.row, from.column + 1),
        Move::Next if from.row < last_row => Cell::new(from.row + 1, 0),
        Move::Previous if from.column > 0 => Cell::new(from.row, from.column - 1),
        Move::Previous if from.row > 0 => Cell::new(from.row - 1, last_column),
        Move::Next | Move::Previous => return None,
    })
}

fn step(from: Cell, direction: Direction, extent: Extent) -> Option<Cell> {
    let Cell { row, column } = from;
    match direction {
        Direction::Up => row.checked_sub(1).map(|row| Cell { row, column }),
        Direction::Left => column.checked_sub(1).map(|column| Cell { row, column }),
        Direction::Down => (row + 1 < extent.rows).then_some(Cell { row: row + 1, column }),
        Direction::Right => (column + 1 < extent.columns).then_some(Cell { row, column: column + 1 }),
    }
}

/// A rectangle of cells, both corners included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its top left cell.
    pub first: Cell,
    /// Its bottom right cell.
    pub last: Cell,
}

impl Block {
    /// The rectangle between two corners.
    pub fn between(a: Cell, b: Cell) -> Self {
        Self {
            first: Cell::new(a.row.min(b.row), a.column.min(b.column)),
            last: Cell::new(a.row.max(b.row), a.column.max(b.column)),
        }
    }

    /// Whether a cell is in it.
    pub fn contains(&self, cell: Cell) -> bool {
        (self.first.row..=self.last.row).contains(&cell.row)
            && (self.first.column..=self.last.column).contains(&cell.column)
    }

    /// Its cells, row by row.
    pub fn cells(self) -> impl Iterator<Item = Cell> {
        (self.first.row..=self.last.row)
            .flat_map(move |row| (self.first.column..=self.last.column).map(move |column| Cell { row, column }))
    }
}

/// The active cell and what is selected with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The cell that typing goes to; a corner of the range.
    pub active: Cell,
    /// The other corner of the range.
    pub head: Cell,
    /// More ranges, as pairs of corners.
    pub more: Vec<(Cell, Cell)>,
}

impl Selection {
    /// Only one cell.
    pub fn single(cell: Cell) -> Self {
        Self { active: cell, head: cell, more: Vec::new() }
    }

    /// A range from the active cell.
    pub fn range(active: Cell, head: Cell) -> Self {
        Self { active, head, more: Vec::new() }
    }

    /// The range around the active cell.
    pub fn block(&self) -> Block {
        Block::between(self.active, self.head)
    }

    /// Every range.
    pub fn blocks(&self) -> impl Iterator<Item = Block> {
        std::iter::once(self.block()).chain(self.more.iter().map(|(a, b)| Block::between(*a, *b)))
    }

    /// Whether it is one cell alone.
    pub fn is_single(&self) -> bool {
        self.active == self.head && self.more.is_empty()
    }

    /// Whether a cell is selected.
    pub fn contains(&self, cell: Cell) -> bool {
        self.blocks().any(|block| block.contains(cell))
    }

    /// Every selected cell once, row by row.
    pub fn cells(&self) -> Vec<Cell> {
        let mut cells: Vec<Cell> = self.blocks().flat_map(Block::cells).collect();
        cells.sort_unstable();
        cells.dedup();
        cells
    }

    /// Begins another range at a cell and keeps those before.
    pub fn add(&mut self, cell: Cell) {
        self.more.push((self.active, self.head));
        self.active = cell;
        self.head = cell;
    }

    /// All rows of the columns that the range touches.
    pub fn whole_columns(&self, extent: Extent) -> Self {
        let block = self.block();
        Self {
            active: Cell::new(0, block.first.column),
            head: extent.clamp(Cell::new(usize::MAX, block.last.column)),
            more: Vec::new(),
        }
    }

    /// All columns of the rows that the range touches.
    pub fn whole_rows(&self, extent: Extent) -> Self {
        let block = self.block();
        Self {
            active: Cell::new(block.first.row, 0),
            head: extent.clamp(Cell::new(block.last.row, usize::MAX)),
            more: Vec::new(),
        }
    }

    /// Everything.
    pub fn all(extent: Extent) -> Self {
        Self::range(Cell::default(), extent.clamp(Cell::new(usize::MAX, usize::MAX)))
    }

    /// The same with corners that exist.
    pub fn clamped(&self, extent: Extent) -> Self {
        let more = self.more.iter().map(|(a, b)| (extent.clamp(*a), extent.clamp(*b))).collect();
        Self { active: extent.clamp(self.active), head: extent.clamp(self.head), more }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXTENT: Extent = Extent { rows: 10, columns: 5 };

    fn check(from: (usize, usize), by: Move, expected: Option<(usize, usize)>) {
        let filled = |cell: Cell| cell == Cell::new(2, 3) || cell == Cell::new(7, 3);
        let to = moved(Cell::new(from.0, from.1), by, EXTENT, 4, filled);
        assert_eq!(to.map(|cell| (cell.row, cell.column)), expected, "{by:?} from {from:?}");
    }

    #[test]
    fn arrows_stop_at_the_edges() {
        check((0, 0), Move::Step(Direction::Up), Some((0, 0)));
        check((0, 0), Move::Step(Direction::Left), Some((0, 0)));
        check((0, 0), Move::Step(Direction::Down), Some((1, 0)));
        check((9, 4), Move::Step(Direction::Right), Some((9, 4)));
        check((99, 99), Move::Step(Direction::Left), Some((9, 3)));
    }

    #[test]
    fn control_and_an_arrow_go_to_the_next_filled_cell_or_the_edge() {
        check((0, 3), Move::ToFilled(Direction::Down), Some((2, 3)));
        check((2, 3), Move::ToFilled(Direction::Down), Some((7, 3)));
        check((7, 3), Move::ToFilled(Direction::Down), Some((9, 3)));
        check((2, 0), Move::ToFilled(Direction::Right), Some((2, 3)));
        check((5, 2), Move::ToFilled(Direction::Left), Some((5, 0)));
    }

    #[test]
    fn ends_corners_and_pages() {
        check((4, 2), Move::RowStart, Some((4, 0)));
        check((4, 2), Move::RowEnd, Some((4, 4)));
        check((4, 2), Move::First, Some((0, 0)));
        check((4, 2), Move::Last, Some((9, 4)));
        check((4, 2), Move::Page(Direction::Down), Some((8, 2)));
        check((8, 2), Move::Page(Direction::Down), Some((9, 2)));
        check((2, 2), Move::Page(Direction::Up), Some((0, 2)));
    }

    #[test]
    fn tab_reads_on_and_leaves_at_the_ends() {
        check((3, 4), Move::Next, Some((4, 0)));
        check((4, 0), Move::Previous, Some((3, 4)));
        check((9, 4), Move::Next, None);
        check((0, 0), Move::Previous, None);
        assert_eq!(moved(Cell::default(), Move::Next, Extent::default(), 1, |_| true), None);
    }

    #[test]
    fn ranges_grow_to_rows_columns_and_more_ranges() {
        let mut selection = Selection::range(Cell::new(3, 3), Cell::new(2, 1));
        assert_eq!(selection.cells().len(), 6);
        assert!(selection.contains(Cell::new(2, 2)) && !selection.contains(Cell::new(1, 2)));
        let columns = selection.whole_columns(EXTENT).block();
        assert_eq!(columns, Block::between(Cell::new(0, 1), Cell::new(9, 3)));
        let rows = selection.whole_rows(EXTENT).block();
        assert_eq!(rows, Block::between(Cell::new(2, 0), Cell::new(3, 4)));
        selection.add(Cell::new(9, 0));
        assert_eq!((selection.cells().len(), selection.active), (7, Cell::new(9, 0)));
        assert_eq!(Selection::all(EXTENT).cells().len(), 50);
    }
}
