//! What the matrix shows, laid out: rows under their areas, columns under their units, the chips in the cells, totals.
//!
//! Made from the document, the newest findings and the filters, and kept until one of them changes. It knows no
//! window: lengths are in world units (points at a zoom of 1), from the left edge of the first column and from the
//! lower edge of the headings. Rows of folded areas and what filters hide are not in it.

use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::cursor::{Cell, Extent};
use super::letters::Place;
use crate::analysis::{Report, Severity};
use crate::model::*;
use crate::scene::measures::{BADGE, CAPTION, LABEL, NAME};
use crate::scene::text::{Measure, TextStyle, Weight};
use crate::scene::{Colour, Column, MatrixGrid, letter_colours, rate_label};

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
pub const COUNT_COLUMN: f32 = 58.0;
/// Headings of columns.
pub const COLUMN_NAME: TextStyle = TextStyle::new(11.0, Weight::Medium);
const NARROWEST: f32 = 54.0;
const WIDEST_WORD: f32 = 96.0;
const MOST_LINES: usize = 3;

/// What is shown of the rows and columns, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Rows whose name or area contains this.
    pub rows: String,
    /// Columns whose name, unit or holder contains this.
    pub columns: String,
    /// Rows only that nobody decides or that a finding is about.
    pub only_gaps: bool,
    /// Folded areas.
    pub folded: BTreeSet<String>,
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
}

/// The matrix, laid out.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Rows in sight of no filter, from top to bottom.
    pub rows: Vec<SheetRow>,
    /// Columns from left to right.
    pub columns: Vec<SheetColumn>,
    /// Headings of areas.
    pub areas: Vec<Area>,
    /// Headings of units over their columns.
    pub bands: Vec<Band>,
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
    /// What it is about.
    pub subject: Subject,
    /// Its name.
    pub name: String,
    /// How often it happens: `60 / wk`.
    pub rate: String,
    /// How many columns decide it.
    pub deciders: usize,
    /// What a finding says about it.
    pub mark: Option<CellMark>,
    /// Upper edge.
    pub top: f32,
}

/// One column.
#[derive(Clone, Debug)]
pub struct SheetColumn {
    /// Whose rights stand in it; none for a folded unit.
    pub actor: Option<Actor>,
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
    /// How many rows it decides.
    pub decides: usize,
    /// Whether a band begins with it.
    pub begins_band: bool,
    /// What a finding says about its actor.
    pub mark: Option<CellMark>,
}

/// The heading of an area.
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
}

/// The heading of a unit over its columns.
#[derive(Clone, Debug)]
pub struct Band {
    /// Its name.
    pub name: String,
    /// The unit; none for outsiders.
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

/// The gravest finding about something, and what all of them say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellMark {
    /// The gravest.
    pub severity: Severity,
    /// Sentences, one a line.
    pub text: String,
}

/// What findings say, by what they are about.
#[derive(Default)]
struct Marks {
    elements: FxHashMap<ElementRef, CellMark>,
    places: FxHashMap<Place, CellMark>,
}

impl Marks {
    fn new(report: Option<&Report>) -> Self {
        let mut marks = Self::default();
        for finding in report.into_iter().flat_map(Report::open) {
            let words = &finding.message;
            let rights = finding.evidence.iter().filter(|element| matches!(element, ElementRef::Right(_)));
            // Only the first element of the evidence is what the finding is about; rights are always worth a look.
            for element in finding.evidence.iter().take(1).chain(rights) {
                add_mark(marks.elements.entry(*element), finding.severity, words);
            }
            let first = finding.evidence.first().and_then(|element| subject_of(*element));
            for actor in finding.evidence.iter().filter_map(|element| Actor::try_from(*element).ok()) {
                if let Some(subject) = first {
                    add_mark(marks.places.entry((subject, actor)), finding.severity, words);
                }
            }
        }
        marks
    }
}

/// The decision or step that an element is.
pub fn subject_of(element: ElementRef) -> Option<Subject> {
    match element {
        ElementRef::Decision(id) => Some(Subject::Decision(id)),
        ElementRef::Step(id) => Some(Subject::Step(id)),
        _ => None,
    }
}

fn add_mark<K>(entry: std::collections::hash_map::Entry<'_, K, CellMark>, severity: Severity, words: &str) {
    let mark = entry.or_insert_with(|| CellMark { severity, text: String::new() });
    mark.severity = mark.severity.max(severity);
    if !mark.text.lines().any(|line| line == words) {
        if !mark.text.is_empty() {
            mark.text.push('\n');
        }
        mark.text.push_str(words);
    }
}

impl Sheet {
    /// Lays a matrix out.
    pub fn new(document: &Document, view: &MatrixView, report: Option<&Report>, filter: &Filter) -> Self {
        let grid = MatrixGrid::new(document, view);
        let marks = Marks::new(report);
        let mut builder = Builder { document, view, grid: &grid, marks: &marks, sheet: Self::default() };
        let columns = builder.shown_columns(filter);
        let rows = builder.shown_rows(filter);
        builder.sheet.hidden = (grid.rows.len() - rows.len(), grid.columns.len() - columns.len());
        let rows = builder.lay_rows(rows, filter);
        builder.fill_cells(&rows, &columns);
        builder.lay_columns(&columns);
        builder.sheet
    }

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

    /// Row and column as the document knows them; none in the column of a folded unit.
    pub fn place(&self, cell: Cell) -> Option<Place> {
        Some((self.rows.get(cell.row)?.subject, self.columns.get(cell.column)?.actor?))
    }

    /// The row of a subject.
    pub fn row_of(&self, subject: Subject) -> Option<usize> {
        self.rows.iter().position(|row| row.subject == subject)
    }

    /// The column of an actor.
    pub fn column_of(&self, actor: Actor) -> Option<usize> {
        self.columns.iter().position(|column| column.actor == Some(actor))
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

struct Builder<'a> {
    document: &'a Document,
    view: &'a MatrixView,
    grid: &'a MatrixGrid,
    marks: &'a Marks,
    sheet: Sheet,
}

impl Builder<'_> {
    fn shown_columns(&self, filter: &Filter) -> Vec<usize> {
        let wanted = filter.columns.trim().to_lowercase();
        let shows = |column: &Column| {
            let holders = column.actors.iter().map(|actor| self.holder(*actor)).collect::<String>();
            [&column.name, &column.group, &holders].iter().any(|text| text.to_lowercase().contains(&wanted))
        };
        let columns = self.grid.columns.iter().enumerate();
        columns.filter(|(_, column)| wanted.is_empty() || shows(column)).map(|(index, _)| index).collect()
    }

    fn shown_rows(&self, filter: &Filter) -> Vec<usize> {
        let wanted = filter.rows.trim().to_lowercase();
        let shows = |index: &usize| {
            let Some(row) = self.grid.rows.get(*index) else { return false };
            let name = self.document.name_of(row.subject.into());
            let matches =
                wanted.is_empty() || [name, &row.group].iter().any(|text| text.to_lowercase().contains(&wanted));
            matches && (!filter.only_gaps || self.is_troubled(*index))
        };
        (0..self.grid.rows.len()).filter(shows).collect()
    }

    /// Whether nobody decides it or a finding is about it.
    fn is_troubled(&self, row: usize) -> bool {
        let Some(subject) = self.grid.rows.get(row).map(|row| row.subject) else { return false };
        let rights = || self.grid.filled(row).flat_map(|(_, rights)| rights);
        let decides = |id: &RightId| {
            self.document.get::<Right>(*id).is_some_and(|right| self.document.right_has_duty(right, Duty::Decide))
        };
        self.marks.elements.contains_key(&subject.into())
            || !rights().any(decides)
            || rights().any(|id| self.marks.elements.contains_key(&(*id).into()))
    }

    /// Rows and headings of areas from top to bottom; returns the rows that are not folded away.
    fn lay_rows(&mut self, shown: Vec<usize>, filter: &Filter) -> Vec<usize> {
        let measure = Measure::bundled();
        let mut laid = Vec::new();
        let (mut top, mut names, mut rates) = (0.0, 140.0_f32, 0.0_f32);
        let mut area: Option<&str> = None;
        for index in shown {
            let Some(row) = self.grid.rows.get(index) else { continue };
            if area != Some(row.group.as_str()) {
                area = Some(&row.group);
                if !row.group.is_empty() {
                    let folded = filter.folded.contains(&row.group);
                    self.sheet.areas.push(Area { name: row.group.clone(), rows: 0, folded, top });
                    top += AREA_ROW;
                }
            }
            if let Some(area) = self.sheet.areas.last_mut().filter(|_| !row.group.is_empty()) {
                area.rows += 1;
                if area.folded {
                    continue;
                }
            }
            let name = self.document.name_of(row.subject.into()).to_owned();
            let often = match row.subject {
                Subject::Decision(id) => self.document.get::<Decision>(id).and_then(|decision| decision.frequency),
                Subject::Step(_) => None,
            };
            let rate = often.map(rate_label).unwrap_or_default();
            names = names.max(measure.width(&name, NAME) + 36.0);
            rates = rates.max(measure.width(&rate, CAPTION));
            let mark = self.marks.elements.get(&row.subject.into()).cloned();
            self.sheet.rows.push(SheetRow { subject: row.subject, name, rate, deciders: 0, mark, top });
            top += ROW;
            laid.push(index);
        }
        self.sheet.height = top;
        self.sheet.name_width = names.min(280.0).ceil();
        self.sheet.rate_width = if rates > 0.0 { (rates + 20.0).max(60.0).ceil() } else { 0.0 };
        laid
    }

    fn fill_cells(&mut self, rows: &[usize], columns: &[usize]) {
        for (row, in_row) in rows.iter().enumerate() {
            let mut deciders: FxHashSet<Actor> = FxHashSet::default();
            for (column, in_column) in columns.iter().enumerate() {
                let rights = self.grid.cell(*in_row, *in_column);
                let face = self.face(rights, self.place_in_grid(*in_row, *in_column));
                if !face.chips.is_empty() || face.mark.is_some() {
                    self.sheet.cells.insert(Cell::new(row, column), face);
                }
            }
            // Deciders in columns that a filter hides count as well.
            let rights = self.grid.filled(*in_row).flat_map(|(_, rights)| rights);
            let rights = rights.filter_map(|id| self.document.get::<Right>(*id));
            let decide = rights.filter(|right| self.document.right_has_duty(right, Duty::Decide));
            deciders.extend(decide.map(|right| right.holder));
            if let Some(row) = self.sheet.rows.get_mut(row) {
                row.deciders = deciders.len();
            }
        }
    }

    fn place_in_grid(&self, row: usize, column: usize) -> Option<Place> {
        let column = self.grid.columns.get(column).filter(|column| !column.name.is_empty() || column.actors.len() == 1);
        Some((self.grid.rows.get(row)?.subject, *column?.actors.first()?))
    }

    fn face(&self, rights: &[RightId], place: Option<Place>) -> Face {
        let mut mark = place.and_then(|place| self.marks.places.get(&place)).cloned();
        let mut counted: Vec<(&Right, usize)> = Vec::new();
        for id in rights {
            if let Some(found) = self.marks.elements.get(&(*id).into()) {
                mark = mark.filter(|mark| mark.severity >= found.severity).or_else(|| Some(found.clone()));
            }
            let Some(right) = self.document.get::<Right>(*id) else { continue };
            // In the column of a folded unit the same letter of several roles is one chip.
            match counted.iter_mut().find(|(other, _)| other.letter == right.letter && other.tiers == right.tiers) {
                Some((_, count)) => *count += 1,
                None => counted.push((right, 1)),
            }
        }
        let mut chips: Vec<(usize, Chip)> = counted.into_iter().map(|(right, count)| self.chip(right, count)).collect();
        chips.sort_by_key(|(order, _)| *order);
        let chips: Vec<Chip> = chips.into_iter().map(|(_, chip)| chip).collect();
        let width = chips.iter().map(|chip| chip.width + 3.0).sum::<f32>() - 3.0;
        Face { rights: rights.to_vec(), chips, width: width.max(0.0), mark }
    }

    fn chip(&self, right: &Right, count: usize) -> (usize, Chip) {
        let framework = self.document.framework_of(right.subject).map(|(_, framework)| framework);
        let known = framework
            .and_then(|framework| framework.letters.iter().enumerate().find(|(_, letter)| letter.code == right.letter));
        let mut limit = match right.tiers.as_slice() {
            [] => String::new(),
            [one] => one.short_label(),
            [first, rest @ ..] => format!("{} +{}", first.short_label(), rest.len()),
        };
        if count > 1 {
            limit = format!("{limit} ×{count}").trim_start().to_owned();
        }
        let measure = Measure::bundled();
        let behind = if limit.is_empty() { 0.0 } else { 4.0 + measure.width(&limit, CAPTION) };
        let width = (measure.width(&right.letter, LABEL) + behind + 12.0).max(24.0).ceil();
        let colours = letter_colours(known.map(|(_, letter)| letter));
        let order = known.map_or(usize::MAX, |(order, _)| order);
        (order, Chip { letter: right.letter.clone(), limit, colours, width })
    }

    fn lay_columns(&mut self, shown: &[usize]) {
        let measure = Measure::bundled();
        let mut widest: Vec<f32> = vec![0.0; shown.len()];
        #[expect(clippy::iter_over_hash_type, reason = "the greatest width is the same in any order")]
        for (cell, face) in &self.sheet.cells {
            if let Some(width) = widest.get_mut(cell.column) {
                *width = width.max(face.width);
            }
        }
        let (mut left, mut most_lines) = (0.0, 1);
        let mut last: Option<(&str, Option<UnitId>)> = None;
        let totals = self.grid.totals(self.document, Duty::Decide);
        for (index, cells) in shown.iter().zip(widest) {
            let Some(column) = self.grid.columns.get(*index) else { continue };
            let folded = column.name.is_empty() && column.unit.is_some_and(|unit| self.view.collapsed.contains(&unit));
            let name = if folded { format!("All {}", column.actors.len()) } else { column.name.clone() };
            let word = name.split_whitespace().map(|word| measure.width(word, COLUMN_NAME)).fold(0.0, f32::max);
            let width = NARROWEST.max(cells + 10.0).max(word.min(WIDEST_WORD) + 10.0).ceil();
            let lines = measure.wrap(&name, COLUMN_NAME, width - 6.0, MOST_LINES);
            let lines: Vec<String> = lines.into_iter().map(|line| line.text).collect();
            most_lines = most_lines.max(lines.len());
            let this = (column.group.as_str(), column.unit);
            let begins_band = last != Some(this);
            if begins_band {
                let band = Band { name: column.group.clone(), unit: column.unit, folded, left, width: 0.0 };
                self.sheet.bands.push(band);
            }
            last = Some(this);
            if let Some(band) = self.sheet.bands.last_mut() {
                band.width += width;
            }
            let actor = column.actors.first().copied().filter(|_| !folded);
            self.sheet.columns.push(SheetColumn {
                actor,
                tooltip: self.tooltip(column, folded),
                name: if folded { format!("all of {}", column.group) } else { name },
                lines,
                left,
                width,
                decides: totals.get(*index).copied().unwrap_or(0),
                begins_band,
                mark: actor.and_then(|actor| self.marks.elements.get(&actor.into())).cloned(),
            });
            left += width;
        }
        self.sheet.width = left;
        let lines = most_lines as f32 * measure.line_height(COLUMN_NAME);
        self.sheet.header_height = 8.0 + BAND + 8.0 + lines + 8.0;
        let heading = measure.width("How often", BADGE) + 16.0;
        if self.sheet.rate_width > 0.0 {
            self.sheet.rate_width = self.sheet.rate_width.max(heading.ceil());
        }
    }

    fn holder(&self, actor: Actor) -> String {
        match actor {
            Actor::Role(role) => self.document.holders_label(role),
            _ => String::new(),
        }
    }

    fn tooltip(&self, column: &Column, folded: bool) -> String {
        if folded {
            let names: Vec<&str> = column.actors.iter().map(|actor| self.document.name_of((*actor).into())).collect();
            return format!("{}: {}", column.group, names.join(", "));
        }
        let holder = column.actors.first().map(|actor| self.holder(*actor)).unwrap_or_default();
        let parts = [column.name.as_str(), &holder, &column.group];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }
}

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
        let sheet = Sheet::new(&document, &MatrixView::default(), None, &Filter::default());
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
        let sheet = Sheet::new(&document, &MatrixView::default(), None, &filter);
        assert_eq!((sheet.extent(), sheet.hidden), (Extent { rows: 1, columns: 1 }, (1, 1)));
        assert_eq!(sheet.rows[0].deciders, 1);
        let filter = Filter { only_gaps: true, ..Filter::default() };
        let sheet = Sheet::new(&document, &MatrixView::default(), None, &filter);
        assert_eq!(sheet.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Hire"]);
    }

    #[test]
    fn folded_areas_and_units_are_summed_up() {
        let (document, ..) = document();
        let unit = document.units().ids().next().unwrap();
        let folded = ["Money".to_owned()].into();
        let view = MatrixView { collapsed: vec![unit], ..MatrixView::default() };
        let sheet = Sheet::new(&document, &view, None, &Filter { folded, ..Filter::default() });
        assert_eq!((sheet.extent(), sheet.areas[0].rows), (Extent { rows: 1, columns: 1 }, 1));
        assert_eq!((sheet.columns[0].actor, sheet.columns[0].lines[0].as_str()), (None, "All 2"));
        assert_eq!(sheet.place(Cell::default()), None);
    }
}
