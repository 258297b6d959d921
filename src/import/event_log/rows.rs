//! A log in a table: one row for each piece of work with its start and end, or one for each start and completion.

use super::events::{Event, Events, Stage, stage_of};
use super::headings::{self, Columns, Field, word};
use super::moment::{self, EXPECTED, Order};
use crate::import::table::{self, Row};
use crate::import::{ColumnMap, ImportError};

/// What was read of a table beside its events.
pub(super) struct Reading {
    pub events: Events,
    pub rows: usize,
    pub columns: Vec<(&'static str, String)>,
    pub unknown_columns: Vec<String>,
    pub notes: Vec<String>,
}

/// Whether the first lines of a table have the headings of a log.
pub(super) fn looks_like_log(start: &[u8]) -> bool {
    // The last line may be cut.
    let whole = start.iter().rposition(|byte| *byte == b'\n').and_then(|end| start.get(..=end)).unwrap_or(start);
    let rows = table::read(whole).map(|table| table.rows);
    rows.is_ok_and(|rows| headings::find(&rows, &ColumnMap::default()).is_ok_and(|columns| columns.are_enough()))
}

/// Reads a table.
///
/// # Errors
/// It is no table of a log, or too large.
pub(super) fn read(bytes: &[u8], map: &ColumnMap) -> Result<Reading, ImportError> {
    let table = table::read(bytes)?;
    let columns = headings::find(&table.rows, map)?;
    if !columns.are_enough() {
        let headings = columns.headings.into_iter().filter(|heading| !heading.is_empty()).collect();
        return Err(ImportError::NoLog { headings });
    }
    let rows = table.rows.get(columns.first_row..).unwrap_or_default();
    let mut notes = table.reading();
    let reader = Reader { order: order(rows, &columns, &mut notes), times: Times::of(&columns), columns: &columns };
    let mut events = Events::default();
    for row in rows {
        if let Some(event) = reader.event(row, &mut events) {
            events.add(&event)?;
        }
    }
    Ok(Reading {
        events,
        rows: rows.len(),
        columns: columns.fields.iter().map(|(field, _)| (word(*field), columns.heading_of(*field))).collect(),
        unknown_columns: columns.unknown(),
        notes,
    })
}

/// Which number of a date is the day; said where a guess was needed.
fn order(rows: &[Row], columns: &Columns, notes: &mut Vec<String>) -> Order {
    let fields = [Field::Start, Field::End, Field::Time, Field::Enabled];
    let texts = || rows.iter().flat_map(|row| fields.iter().map(|field| columns.cell(row, *field)));
    let found = moment::order_of(texts());
    if found.is_none() && texts().any(moment::is_ambiguous) {
        let note =
            "Dates such as 1/2/2017 were read with the day first: no date of the file tells which number is the month.";
        notes.push(note.to_owned());
    }
    found.unwrap_or_default()
}

/// In which columns the times stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Times {
    /// Start and end in each row.
    Both(Field, Field),
    /// One time; the lifecycle tells what happened.
    Staged(Field),
    /// One time, and nobody tells what happened.
    One(Field),
}

impl Times {
    fn of(columns: &Columns) -> Self {
        let has = |field| columns.of(field).is_some();
        let end = if has(Field::End) { Field::End } else { Field::Time };
        let one = if has(end) { end } else { Field::Start };
        match (has(Field::Start) && has(end), has(Field::Lifecycle)) {
            (true, _) => Self::Both(Field::Start, end),
            (false, true) => Self::Staged(one),
            (false, false) => Self::One(one),
        }
    }
}

struct Reader<'a> {
    columns: &'a Columns,
    order: Order,
    times: Times,
}

impl Reader<'_> {
    fn event(&self, row: &Row, events: &mut Events) -> Option<Event> {
        let text = |field| self.columns.cell(row, field).to_owned();
        for (field, expected) in [(Field::Case, "the case"), (Field::Activity, "what was done")] {
            if self.columns.cell(row, field).is_empty() {
                let heading = self.columns.heading_of(field);
                events.problem(row.number, &heading, "", expected, "the row was left out");
                return None;
            }
        }
        let (stage, start, end) = self.times(row, events)?;
        let enabled = self.columns.cell(row, Field::Enabled);
        let enabled =
            if enabled.is_empty() { None } else { self.moment(row, Field::Enabled, events, "it was passed over") };
        Some(Event {
            line: row.number,
            case: text(Field::Case),
            activity: text(Field::Activity),
            resource: text(Field::Resource),
            role: text(Field::Role),
            instance: text(Field::Instance),
            stage,
            start,
            end,
            enabled,
        })
    }

    fn times(&self, row: &Row, events: &mut Events) -> Option<(Stage, i64, i64)> {
        match self.times {
            Times::Both(first, last) => {
                let start = self.moment(row, first, events, LEFT_OUT)?;
                let end = self.moment(row, last, events, LEFT_OUT)?;
                if end < start {
                    let (heading, found) = (self.columns.heading_of(last), self.columns.cell(row, last));
                    events.problem(row.number, &heading, found, "an end that is not before the start", LEFT_OUT);
                    return None;
                }
                Some((Stage::Whole, start, end))
            }
            Times::Staged(field) => {
                let word = self.columns.cell(row, Field::Lifecycle);
                let Some(stage) = stage_of(word) else {
                    *events.passed.entry(word.chars().take(40).collect()).or_default() += 1;
                    return None;
                };
                let at = self.moment(row, field, events, LEFT_OUT)?;
                Some((stage, at, at))
            }
            Times::One(field) => {
                let at = self.moment(row, field, events, LEFT_OUT)?;
                Some((Stage::Once, at, at))
            }
        }
    }

    fn moment(&self, row: &Row, field: Field, events: &mut Events, consequence: &'static str) -> Option<i64> {
        let cell = self.columns.cell(row, field);
        let Some(moment) = moment::read(cell, self.order) else {
            events.problem(row.number, &self.columns.heading_of(field), cell, EXPECTED, consequence);
            return None;
        };
        events.see_offset(moment.offset);
        Some(moment.millis)
    }
}

const LEFT_OUT: &str = "the row was left out";
