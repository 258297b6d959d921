//! What the register shows, laid out: columns side by side, rows under the headings of their groups.
//!
//! Made from the document and what the person chose to see, and kept until one of them changes. Sorting, filtering and
//! grouping are of the view; the document does not know of them. Lengths are in world units, from the upper edge of
//! the rows and from the left edge of the first column that scrolls.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::matrix::cursor::{Cell, Extent};
use crate::model::*;
use crate::scene::measures::NAME;
use crate::scene::text::{Measure, TextStyle, Weight};

/// Height of a row.
pub const ROW: f32 = 28.0;
/// Height of the heading of a group.
pub const GROUP_ROW: f32 = 30.0;
/// Height of the headings of columns.
pub const HEADER: f32 = 44.0;
/// Texts of cells.
pub const TEXT: TextStyle = TextStyle::new(12.5, Weight::Regular);
/// Headings of columns.
pub const HEADING: TextStyle = TextStyle::new(11.0, Weight::Semibold);
const NARROWEST: f32 = 52.0;
const WIDEST: f32 = 220.0;
/// Room beside the text of a cell.
const PADDING: f32 = 20.0;
/// Room for the mark before a guess.
const GUESS_MARK: f32 = 14.0;
/// So many of the longest texts of a column say how wide it is.
const MEASURED: usize = 6;

/// By what rows are grouped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// Not at all.
    None,
    /// By area.
    #[default]
    Area,
    /// By kind.
    Kind,
    /// By who decides.
    Decider,
    /// By the units they are taken for.
    Scope,
}

impl Grouping {
    /// Every way, with its words.
    pub const ALL: [(Self, &'static str); 5] = [
        (Self::None, "No groups"),
        (Self::Area, "By area"),
        (Self::Kind, "By kind"),
        (Self::Decider, "By decider"),
        (Self::Scope, "By scope"),
    ];

    fn column(self) -> Option<RegisterColumn> {
        match self {
            Self::None => None,
            Self::Area => Some(RegisterColumn::Area),
            Self::Kind => Some(RegisterColumn::Kind),
            Self::Decider => Some(RegisterColumn::Decider),
            Self::Scope => Some(RegisterColumn::Scope),
        }
    }

    /// What a group is called whose rows have nothing there.
    fn without(self) -> &'static str {
        match self {
            Self::None | Self::Kind => "",
            Self::Area => "No area",
            Self::Decider => "Nobody decides",
            Self::Scope => "Everywhere",
        }
    }
}

/// What a person chose to see.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// The columns from left to right; the name is the first one.
    pub columns: Vec<RegisterColumn>,
    /// By which column rows are sorted, and whether upward.
    pub sort: Option<(RegisterColumn, bool)>,
    /// By what they are grouped.
    pub grouping: Grouping,
    /// Groups that are folded.
    pub folded: BTreeSet<String>,
    /// Rows in which some cell contains this.
    pub filter: String,
    /// Rows with guesses only.
    pub only_guesses: bool,
}

impl Default for Choice {
    fn default() -> Self {
        Self {
            columns: RegisterColumn::USUAL.to_vec(),
            sort: None,
            grouping: Grouping::default(),
            folded: BTreeSet::new(),
            filter: String::new(),
            only_guesses: false,
        }
    }
}

impl Choice {
    /// The next way to sort by a column: upward, downward, not at all.
    pub fn sort_by(&mut self, column: RegisterColumn) {
        self.sort = match self.sort {
            Some((sorted, true)) if sorted == column => Some((column, false)),
            Some((sorted, false)) if sorted == column => None,
            _ => Some((column, true)),
        };
    }

    /// Shows or hides a column; the name is always shown.
    pub fn toggle(&mut self, column: RegisterColumn) {
        match self.columns.iter().position(|shown| *shown == column) {
            Some(0) => {}
            Some(at) => drop(self.columns.remove(at)),
            None => {
                // A column comes back to where it usually stands.
                let place = |column: &RegisterColumn| RegisterColumn::ALL.iter().position(|other| other == column);
                let before = self.columns.iter().position(|shown| place(shown) > place(&column));
                self.columns.insert(before.unwrap_or(self.columns.len()).max(1), column);
            }
        }
    }

    /// Puts the column at a place before that at another; the name stays first.
    pub fn move_column(&mut self, from: usize, to: usize) {
        if from == 0 || from >= self.columns.len() || from == to {
            return;
        }
        let column = self.columns.remove(from);
        self.columns.insert(to.clamp(1, self.columns.len()), column);
    }
}

/// The register, laid out.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Columns from left to right; the first one does not scroll.
    pub columns: Vec<TableColumn>,
    /// Rows from top to bottom, those of folded groups left out.
    pub rows: Vec<TableRow>,
    /// Headings of groups.
    pub groups: Vec<Group>,
    /// Height of all rows.
    pub height: f32,
    /// Width of the columns that scroll.
    pub width: f32,
    /// How many rows the filter hides.
    pub hidden: usize,
    /// How many decisions there are.
    pub total: usize,
    /// How many facts are guesses, in all decisions.
    pub guesses: usize,
    /// Hours of deciders a month, of all decisions that are shown.
    pub hours: f64,
}

/// A column.
#[derive(Clone, Debug)]
pub struct TableColumn {
    /// Which one.
    pub column: RegisterColumn,
    /// Left edge; that of the first one counts from the edge of the grid.
    pub left: f32,
    /// Width.
    pub width: f32,
    /// Heading, broken into lines.
    pub lines: Vec<String>,
}

/// A row.
#[derive(Clone, Debug)]
pub struct TableRow {
    /// Its decision.
    pub id: DecisionId,
    /// Its name.
    pub name: String,
    /// Texts of its cells, and whether they are guesses.
    pub cells: Vec<(String, bool)>,
    /// Whether something has changed since people agreed to it.
    pub is_changed: bool,
    /// Upper edge.
    pub top: f32,
}

/// The heading of a group.
#[derive(Clone, Debug)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// How many rows it has.
    pub rows: usize,
    /// Hours of deciders a month; 0 where nothing is known.
    pub hours: f64,
    /// Whether its rows are folded away.
    pub folded: bool,
    /// Upper edge.
    pub top: f32,
}

impl Table {
    /// Lays the register out.
    pub fn new(document: &Document, choice: &Choice) -> Self {
        let registered = Registered::new(document);
        let mut rows = registered.rows();
        let mut table = Self { total: rows.len(), ..Self::default() };
        table.guesses = rows.iter().map(|row| row.decision.guesses.len()).sum();
        let wanted = choice.filter.trim().to_lowercase();
        rows.retain(|row| {
            let matches = wanted.is_empty()
                || RegisterColumn::ALL.iter().any(|column| row.text(*column).to_lowercase().contains(&wanted));
            matches && (!choice.only_guesses || !row.decision.guesses.is_empty())
        });
        table.hidden = table.total - rows.len();
        if let Some((column, upward)) = choice.sort {
            rows.sort_by_cached_key(|row| Sorted { key: row.key(column), upward });
        }
        table.lay_rows(&grouped(rows, choice), choice);
        table.lay_columns(choice);
        table
    }

    fn lay_rows(&mut self, groups: &[(String, Vec<RegisterRow<'_>>)], choice: &Choice) {
        let mut top = 0.0;
        for (name, rows) in groups {
            let folded = choice.folded.contains(name);
            let hours: f64 = rows.iter().filter_map(|row| row.decision.hours_per_month()).sum();
            self.hours += hours;
            if choice.grouping != Grouping::None {
                self.groups.push(Group { name: name.clone(), rows: rows.len(), hours, folded, top });
                top += GROUP_ROW;
            }
            if folded && choice.grouping != Grouping::None {
                continue;
            }
            for row in rows {
                let cell = |column: &RegisterColumn| (row.text(*column), row.is_guess(*column));
                let cells = choice.columns.iter().map(cell).collect();
                let (name, is_changed) = (row.decision.name.clone(), row.is_changed());
                self.rows.push(TableRow { id: row.id, name, cells, is_changed, top });
                top += ROW;
            }
        }
        self.height = top;
    }

    fn lay_columns(&mut self, choice: &Choice) {
        let measure = Measure::bundled();
        let mut left = 0.0;
        for (index, column) in choice.columns.iter().enumerate() {
            let mut longest: Vec<&(String, bool)> = self.rows.iter().filter_map(|row| row.cells.get(index)).collect();
            longest.sort_unstable_by_key(|(text, is_guess)| std::cmp::Reverse(text.len() + usize::from(*is_guess) * 2));
            let style = if index == 0 { NAME } else { TEXT };
            let width_of = |(text, is_guess): &&(String, bool)| {
                measure.width(text, style) + PADDING + if *is_guess { GUESS_MARK } else { 0.0 }
            };
            let texts = longest.iter().take(MEASURED).map(width_of);
            // A heading may take two lines; an arrow has room beside it.
            let words = column.heading().split(' ').map(|word| measure.width(word, HEADING));
            let heading = words.fold(0.0, f32::max) + PADDING + 12.0;
            let narrowest = if index == 0 { 160.0 } else { NARROWEST };
            let widest = if index == 0 { 280.0 } else { WIDEST };
            let width = texts.fold(heading.max(narrowest), f32::max).min(widest).ceil();
            let lines = measure.wrap(column.heading(), HEADING, width - PADDING + 4.0, 2);
            let lines = lines.into_iter().map(|line| line.text).collect();
            self.columns.push(TableColumn { column: *column, left, width, lines });
            if index > 0 {
                left += width;
            }
        }
        self.width = left;
    }

    /// How many rows and columns there are.
    pub fn extent(&self) -> Extent {
        Extent { rows: self.rows.len(), columns: self.columns.len() }
    }

    /// The row of a decision.
    pub fn row_of(&self, id: DecisionId) -> Option<usize> {
        self.rows.iter().position(|row| row.id == id)
    }

    /// What stands in a cell, and whether it is a guess.
    pub fn cell(&self, cell: Cell) -> Option<&(String, bool)> {
        self.rows.get(cell.row)?.cells.get(cell.column)
    }

    /// Whether something stands in a cell.
    pub fn is_filled(&self, cell: Cell) -> bool {
        self.cell(cell).is_some_and(|(text, _)| !text.is_empty())
    }

    /// Decision and column of a cell.
    pub fn place(&self, cell: Cell) -> Option<(DecisionId, RegisterColumn)> {
        Some((self.rows.get(cell.row)?.id, self.columns.get(cell.column)?.column))
    }

    /// Rows of which something lies between two heights.
    pub fn rows_between(&self, top: f32, bottom: f32) -> std::ops::Range<usize> {
        let first = self.rows.partition_point(|row| row.top + ROW <= top);
        first..self.rows.partition_point(|row| row.top < bottom).max(first)
    }
}

/// A key that sorts one way; equal ones stay in their order.
#[derive(PartialEq)]
struct Sorted {
    key: RegisterKey,
    upward: bool,
}

impl Eq for Sorted {}

impl PartialOrd for Sorted {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Sorted {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.compare(&other.key, self.upward)
    }
}

/// The rows by group: groups in the order in which their first row comes in the register, the one without a name last.
fn grouped<'a>(rows: Vec<RegisterRow<'a>>, choice: &Choice) -> Vec<(String, Vec<RegisterRow<'a>>)> {
    let Some(column) = choice.grouping.column() else { return vec![(String::new(), rows)] };
    let mut groups: Vec<(String, Vec<RegisterRow<'a>>)> = Vec::new();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
        let name = match row.text(column) {
            text if text.is_empty() => choice.grouping.without().to_owned(),
            text => text,
        };
        let place = *places.entry(name.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, rows)) => rows.push(row),
            None => groups.push((name, vec![row])),
        }
    }
    groups.sort_by_key(|(name, _)| name == choice.grouping.without());
    if choice.sort.is_some() {
        groups.sort_by(|(a, _), (b, _)| (a == choice.grouping.without(), a).cmp(&(b == choice.grouping.without(), b)));
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Document {
        let mut document = Document::default();
        let make = |name: &str, area: &str, per_week: Option<f64>, order: i32| Decision {
            area: area.into(),
            order,
            frequency: per_week.map(Rate::weekly),
            work: Some(Minutes(60.0)),
            ..Decision::new(name)
        };
        document.insert(make("Grant a refund", "Money", Some(3.0), 1));
        document.insert(make("Hire", "People", None, 2));
        document.insert(make("Buy flour", "Money", Some(12.0), 3));
        document.insert(make("Swap a shift", "", Some(6.0), 4));
        document
    }

    fn names(table: &Table) -> Vec<&str> {
        table.rows.iter().map(|row| row.name.as_str()).collect()
    }

    #[test]
    fn groups_follow_the_document_and_fold_with_their_hours() {
        let document = document();
        let mut choice = Choice::default();
        let table = Table::new(&document, &choice);
        assert_eq!(names(&table), ["Grant a refund", "Buy flour", "Hire", "Swap a shift"]);
        let groups: Vec<(&str, usize, f64)> =
            table.groups.iter().map(|group| (group.name.as_str(), group.rows, group.hours)).collect();
        assert_eq!(groups, [("Money", 2, 65.0), ("People", 1, 0.0), ("No area", 1, 26.0)]);
        choice.folded.insert("Money".into());
        let table = Table::new(&document, &choice);
        assert_eq!(names(&table), ["Hire", "Swap a shift"]);
        assert_eq!(table.rows[0].top, 2.0 * GROUP_ROW);
    }

    #[test]
    fn a_heading_sorts_up_then_down_then_not_and_what_is_empty_is_last() {
        let document = document();
        let mut choice = Choice { grouping: Grouping::None, ..Choice::default() };
        let mut sorted = || {
            choice.sort_by(RegisterColumn::Frequency);
            names(&Table::new(&document, &choice)).join(", ")
        };
        assert_eq!(sorted(), "Grant a refund, Swap a shift, Buy flour, Hire");
        assert_eq!(sorted(), "Buy flour, Swap a shift, Grant a refund, Hire");
        assert_eq!(sorted(), "Grant a refund, Buy flour, Hire, Swap a shift");
    }

    #[test]
    fn filters_hide_rows_and_say_how_many() {
        let choice = Choice { filter: "per WEEK".into(), grouping: Grouping::None, ..Choice::default() };
        let table = Table::new(&document(), &choice);
        assert_eq!((table.rows.len(), table.hidden, table.total), (3, 1, 4));
    }

    #[test]
    fn columns_are_hidden_brought_back_and_moved_and_the_name_stays_first() {
        let mut choice = Choice::default();
        choice.toggle(RegisterColumn::Name);
        choice.toggle(RegisterColumn::Area);
        assert_eq!(choice.columns[..2], [RegisterColumn::Name, RegisterColumn::Decider]);
        choice.toggle(RegisterColumn::Area);
        assert_eq!(choice.columns[1], RegisterColumn::Area);
        choice.move_column(3, 1);
        assert_eq!(choice.columns[1], RegisterColumn::Frequency);
        choice.move_column(0, 4);
        choice.move_column(2, 0);
        assert_eq!(choice.columns[..2], [RegisterColumn::Name, RegisterColumn::Area]);
    }
}
