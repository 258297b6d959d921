//! What the matrix shows, laid out: rows under their groups, columns under theirs, the chips in the cells, totals.
//!
//! Made from the document, the newest findings and the filters, and kept until one of them changes. It knows no
//! window: lengths are in world units (points at a zoom of 1), from the left edge of the first column and from the
//! lower edge of the headings. Rows of folded groups and what filters hide are not in it.

mod build;
mod marks;

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

pub use self::marks::CellMark;
use super::cursor::{Cell, Extent};
use super::letters::Place;
use crate::model::*;
use crate::scene::text::{TextStyle, Weight};
use crate::scene::{Colour, Head};

/// Height of a row.
pub const ROW: f32 = 28.0;
/// Height of the heading of an area.
pub const AREA_ROW: f32 = 30.0;
/// Height of the headings of units.
pub const BAND: f32 = 22.0;
/// Height of a chip.
pub const CHIP: f32 = 20.0;
/// Height of the row of totals.
pub const TOTALS: f32 = 40.0;
/// Width of the column that counts deciders.
pub const COUNT_COLUMN: f32 = 66.0;
/// Height of the strip below the headings of columns that sorts by them.
pub const SORT_STRIP: f32 = 15.0;
/// Headings of columns.
pub const COLUMN_NAME: TextStyle = TextStyle::new(11.0, Weight::Medium);

/// What rows are sorted by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// Their names.
    Name,
    /// How often they happen.
    Rate,
    /// How many decide them, or how much they decide.
    Count,
    /// The letters in a column: those who decide first.
    Column(Head),
}

/// What is shown of the rows and columns, and how. A matter of looking: the document never changes with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Rows whose name or group contains this.
    pub rows: String,
    /// Columns whose name, group or holder contains this.
    pub columns: String,
    /// Rows only that nobody decides or that a finding is about.
    pub only_gaps: bool,
    /// Folded groups of rows.
    pub folded: BTreeSet<String>,
    /// Order of the rows within their groups, and whether it is the other way round; none for the order of the document.
    pub sort: Option<(SortBy, bool)>,
    /// Whether rows stand without their groups, so that sorting goes over all of them.
    pub flat: bool,
}

impl Filter {
    /// Whether rows are hidden.
    pub fn hides_rows(&self) -> bool {
        !self.rows.trim().is_empty() || self.only_gaps
    }

    /// Whether columns are hidden.
    pub fn hides_columns(&self) -> bool {
        !self.columns.trim().is_empty()
    }

    /// Sorts by something: first from the least (or the strongest letter), then the other way round, then no more.
    pub fn sort_by(&mut self, by: SortBy) {
        self.sort = match self.sort.take() {
            Some((now, false)) if now == by => Some((by, true)),
            Some((now, true)) if now == by => None,
            _ => Some((by, false)),
        };
    }
}

/// The matrix, laid out.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Rows in sight of no filter, from top to bottom.
    pub rows: Vec<SheetRow>,
    /// Columns from left to right.
    pub columns: Vec<SheetColumn>,
    /// Headings of groups of rows.
    pub areas: Vec<Area>,
    /// Headings of groups over their columns.
    pub bands: Vec<Band>,
    /// Whether holders are rows, and decisions and steps columns.
    pub transposed: bool,
    /// Height of all headings above the rows.
    pub header_height: f32,
    /// Width of the column of names.
    pub name_width: f32,
    /// Width of the column of frequencies; 0 where no row has one.
    pub rate_width: f32,
    /// Height of all rows.
    pub height: f32,
    /// Width of all columns.
    pub width: f32,
    /// Rows and columns that filters hide.
    pub hidden: (usize, usize),
    cells: FxHashMap<Cell, Face>,
}

/// One row.
#[derive(Clone, Debug)]
pub struct SheetRow {
    /// What it stands for.
    pub head: Head,
    /// Its name.
    pub name: String,
    /// Name, holder and unit.
    pub tooltip: String,
    /// How often it happens: `60 / wk`.
    pub rate: String,
    /// How many columns decide it, or, where it is a holder, how many of them it decides.
    pub deciders: usize,
    /// What a finding says about it.
    pub mark: Option<CellMark>,
    /// Whether it is a decision that is never delegated.
    pub reserved: bool,
    /// Whether something has changed since people agreed to it, or a year has gone by.
    pub stale: bool,
    /// Upper edge.
    pub top: f32,
}

/// One column.
#[derive(Clone, Debug)]
pub struct SheetColumn {
    /// What it stands for.
    pub head: Head,
    /// Name for announcements.
    pub name: String,
    /// Heading, broken into lines.
    pub lines: Vec<String>,
    /// Name, holder and unit.
    pub tooltip: String,
    /// Left edge.
    pub left: f32,
    /// Width.
    pub width: f32,
    /// How many rows it decides, or, where it is a decision, how many of them decide it.
    pub decides: usize,
    /// Whether a band begins with it.
    pub begins_band: bool,
    /// What a finding says about what it stands for.
    pub mark: Option<CellMark>,
}

/// The heading of a group of rows.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its name.
    pub name: String,
    /// Number of its rows.
    pub rows: usize,
    /// Whether they are folded away.
    pub folded: bool,
    /// Upper edge.
    pub top: f32,
    /// Of a folded group, how many of its rows each column decides.
    pub decides: Vec<usize>,
}

/// The heading of a group over its columns.
#[derive(Clone, Debug)]
pub struct Band {
    /// Its name.
    pub name: String,
    /// The unit; none for outsiders and for areas.
    pub unit: Option<UnitId>,
    /// Whether its columns are folded into one.
    pub folded: bool,
    /// Left edge.
    pub left: f32,
    /// Width.
    pub width: f32,
}

/// What a cell shows.
#[derive(Clone, Debug, Default)]
pub struct Face {
    /// Its rights, in the order of their making.
    pub rights: Vec<RightId>,
    /// Its chips from left to right.
    pub chips: Vec<Chip>,
    /// Width of all chips.
    pub width: f32,
    /// What a finding says about it.
    pub mark: Option<CellMark>,
}

/// A letter and its limit.
#[derive(Clone, Debug)]
pub struct Chip {
    /// The letter.
    pub letter: String,
    /// Its limit, short: `≤200`.
    pub limit: String,
    /// Ink and ground; none for a letter that the framework does not have.
    pub colours: Option<(Colour, Colour)>,
    /// Width.
    pub width: f32,
}

/// The decision or step that an element is.
pub fn subject_of(element: ElementRef) -> Option<Subject> {
    match element {
        ElementRef::Decision(id) => Some(Subject::Decision(id)),
        ElementRef::Step(id) => Some(Subject::Step(id)),
        _ => None,
    }
}

/// The element that a row or column stands for; none for a folded unit.
pub fn element_of(head: &Head) -> Option<ElementRef> {
    match head {
        Head::Subject(subject) => Some((*subject).into()),
        Head::Holder(actor) => Some((*actor).into()),
        Head::Person(person, _) => Some((*person).into()),
        Head::Folded(_) => None,
    }
}

impl Sheet {
    /// How many rows and columns there are.
    pub fn extent(&self) -> Extent {
        Extent { rows: self.rows.len(), columns: self.columns.len() }
    }

    /// What a cell shows, where it shows anything.
    pub fn face(&self, cell: Cell) -> Option<&Face> {
        self.cells.get(&cell)
    }

    /// Whether a cell holds a letter.
    pub fn is_filled(&self, cell: Cell) -> bool {
        self.cells.get(&cell).is_some_and(|face| !face.chips.is_empty())
    }

    /// Subject and holder of a cell as the document knows them; none where a line stands for several holders.
    pub fn place(&self, cell: Cell) -> Option<Place> {
        match (&self.rows.get(cell.row)?.head, &self.columns.get(cell.column)?.head) {
            (Head::Subject(subject), Head::Holder(holder)) | (Head::Holder(holder), Head::Subject(subject)) => {
                Some((*subject, *holder))
            }
            _ => None,
        }
    }

    /// The decision or step of a cell.
    pub fn subject(&self, cell: Cell) -> Option<Subject> {
        match (&self.rows.get(cell.row)?.head, &self.columns.get(cell.column)?.head) {
            (Head::Subject(subject), _) | (_, Head::Subject(subject)) => Some(*subject),
            _ => None,
        }
    }

    /// The cell of a subject and a holder.
    pub fn cell_of(&self, (subject, holder): Place) -> Option<Cell> {
        let (row, column) = match self.transposed {
            false => (Head::Subject(subject), Head::Holder(holder)),
            true => (Head::Holder(holder), Head::Subject(subject)),
        };
        Some(Cell::new(self.row_of(&row)?, self.column_of(&column)?))
    }

    /// The row of a head.
    pub fn row_of(&self, head: &Head) -> Option<usize> {
        self.rows.iter().position(|row| row.head == *head)
    }

    /// The column of a head.
    pub fn column_of(&self, head: &Head) -> Option<usize> {
        self.columns.iter().position(|column| column.head == *head)
    }

    /// Why the letters of a cell cannot be changed, where [`place`](Self::place) has none.
    pub fn why_fixed(&self, cell: Cell) -> &'static str {
        let heads = [self.rows.get(cell.row).map(|row| &row.head), self.columns.get(cell.column).map(|row| &row.head)];
        if heads.iter().flatten().any(|head| matches!(head, Head::Person(..))) { OF_ROLES } else { FOLDED }
    }

    /// Rows of which something lies between two heights.
    pub fn rows_between(&self, top: f32, bottom: f32) -> std::ops::Range<usize> {
        let first = self.rows.partition_point(|row| row.top + ROW <= top);
        first..self.rows.partition_point(|row| row.top < bottom).max(first)
    }

    /// Columns of which something lies between two places.
    pub fn columns_between(&self, left: f32, right: f32) -> std::ops::Range<usize> {
        let first = self.columns.partition_point(|column| column.left + column.width <= left);
        first..self.columns.partition_point(|column| column.left < right).max(first)
    }

    /// Width of the columns that do not scroll.
    pub fn frozen_width(&self) -> f32 {
        self.name_width + self.rate_width + COUNT_COLUMN
    }
}

/// Why a folded column cannot be typed into.
const FOLDED: &str = "This stands for all roles of a unit; a click on the unit's heading shows them.";
/// Why the column of a person cannot be typed into.
const OF_ROLES: &str = "People have these letters by their roles: show columns by role to change them.";

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> (Document, DecisionId, RoleId) {
        let mut document = crate::storage::new_document("Shop");
        let unit = document.insert(Unit::new("Shop"));
        let owner = document.insert(Role { unit: Some(unit), ..Role::new("Owner") });
        document.insert(Role { unit: Some(unit), ..Role::new("Seller") });
        let pay = document.insert(Decision { area: "Money".into(), ..Decision::new("Pay a bill") });
        document.insert(Decision { area: "People".into(), ..Decision::new("Hire") });
        let subject = Subject::Decision(pay);
        let code = document.framework_of(subject).unwrap().1.letter_for(Duty::Decide).unwrap().code.clone();
        let tiers = vec![parse_tier("≤ 200", Currency::EUR).unwrap()];
        document.insert(Right { tiers, ..Right::new(subject, Actor::Role(owner), code) });
        (document, pay, owner)
    }

    #[test]
    fn rows_stand_under_areas_and_columns_under_units() {
        let (document, pay, owner) = document();
        let sheet = Sheet::new(&document, &MatrixView::default(), None, &Filter::default(), None);
        assert_eq!(sheet.extent(), Extent { rows: 2, columns: 2 });
        assert_eq!(sheet.rows.iter().map(|row| row.top).collect::<Vec<_>>(), [AREA_ROW, 2.0 * AREA_ROW + ROW]);
        assert_eq!(sheet.rows.iter().map(|row| row.deciders).collect::<Vec<_>>(), [1, 0]);
        assert_eq!(sheet.columns.iter().map(|column| column.decides).collect::<Vec<_>>(), [1, 0]);
        assert_eq!((sheet.bands.len(), sheet.bands[0].name.as_str()), (1, "Shop"));
        let cell = Cell::new(0, 0);
        assert_eq!(sheet.place(cell), Some((Subject::Decision(pay), Actor::Role(owner))));
        let face = sheet.face(cell).unwrap();
        assert_eq!((face.chips.len(), face.chips[0].limit.as_str()), (1, "≤200"));
        assert_eq!(sheet.rows_between(AREA_ROW, AREA_ROW + 1.0), 0..1);
        assert_eq!(sheet.rows_between(0.0, 1000.0), 0..2);
    }

    #[test]
    fn filters_hide_rows_and_columns_but_not_deciders() {
        let (document, ..) = document();
        let filter = Filter { columns: "sell".into(), rows: "money".into(), ..Filter::default() };
        let sheet = Sheet::new(&document, &MatrixView::default(), None, &filter, None);
        assert_eq!((sheet.extent(), sheet.hidden), (Extent { rows: 1, columns: 1 }, (1, 1)));
        assert_eq!(sheet.rows[0].deciders, 1);
        let filter = Filter { only_gaps: true, ..Filter::default() };
        let sheet = Sheet::new(&document, &MatrixView::default(), None, &filter, None);
        assert_eq!(sheet.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Hire"]);
    }

    #[test]
    fn folded_areas_and_units_are_summed_up() {
        let (document, ..) = document();
        let unit = document.units().ids().next().unwrap();
        let folded = ["Money".to_owned()].into();
        let view = MatrixView { collapsed: vec![unit], ..MatrixView::default() };
        let sheet = Sheet::new(&document, &view, None, &Filter { folded, ..Filter::default() }, None);
        assert_eq!((sheet.extent(), sheet.areas[0].rows), (Extent { rows: 1, columns: 1 }, 1));
        assert_eq!(
            (sheet.columns[0].head.clone(), sheet.columns[0].lines[0].as_str()),
            (Head::Folded(document.roles().ids().collect()), "All 2")
        );
        assert_eq!(sheet.place(Cell::default()), None);
    }

    #[test]
    fn sorting_is_within_groups_unless_there_are_none() {
        let (mut document, _, owner) = document();
        let lend = Decision { area: "Money".into(), frequency: Some(Rate::weekly(2.0)), ..Decision::new("Lend") };
        document.insert(lend);
        let names = |filter: &Filter| {
            let sheet = Sheet::new(&document, &MatrixView::default(), None, filter, None);
            sheet.rows.into_iter().map(|row| row.name).collect::<Vec<_>>()
        };
        let mut filter = Filter::default();
        filter.sort_by(SortBy::Name);
        assert_eq!(names(&filter), ["Lend", "Pay a bill", "Hire"]);
        filter.flat = true;
        assert_eq!(names(&filter), ["Hire", "Lend", "Pay a bill"]);
        filter.sort_by(SortBy::Name);
        assert_eq!(names(&filter), ["Pay a bill", "Lend", "Hire"]);
        filter.sort_by(SortBy::Name);
        assert_eq!(filter.sort, None);
        filter.sort_by(SortBy::Column(Head::Holder(Actor::Role(owner))));
        assert_eq!(names(&filter)[0], "Pay a bill", "who holds a letter comes before who holds none");
        filter.sort_by(SortBy::Rate);
        filter.sort_by(SortBy::Rate);
        assert_eq!(names(&filter)[0], "Lend", "the most frequent one first");
    }

    #[test]
    fn holders_may_be_rows() {
        let (document, pay, owner) = document();
        let view = MatrixView { transposed: true, ..MatrixView::default() };
        let sheet = Sheet::new(&document, &view, None, &Filter::default(), None);
        assert_eq!(sheet.extent(), Extent { rows: 2, columns: 2 });
        let place = (Subject::Decision(pay), Actor::Role(owner));
        let cell = sheet.cell_of(place).unwrap();
        assert_eq!((cell, sheet.place(cell)), (Cell::new(0, 0), Some(place)));
        assert_eq!((sheet.rows[0].deciders, sheet.columns[0].decides, sheet.columns[1].decides), (1, 1, 0));
        assert_eq!(sheet.bands.iter().map(|band| band.name.as_str()).collect::<Vec<_>>(), ["Money", "People"]);
    }

    #[test]
    fn a_folded_group_sums_up_its_deciders() {
        let (document, ..) = document();
        let filter = Filter { folded: ["Money".to_owned()].into(), ..Filter::default() };
        let sheet = Sheet::new(&document, &MatrixView::default(), None, &filter, None);
        assert_eq!(sheet.areas[0].decides, [1, 0]);
    }
}
