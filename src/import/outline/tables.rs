//! Whether a text is a table, and which column of it means what.
//!
//! Text with tabulators in its lines is a table, as spreadsheets put it on the clipboard. Text with other signs between
//! cells is one only where its first row has known headings: a semicolon ends a branch in other text.

use crate::import::headings::folded;
use crate::import::table;

/// The most rows of a table that are read.
const MOST_ROWS: usize = 500;

/// A row of cells.
pub type Row = Vec<String>;

/// Which column holds which field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns<F> {
    fields: Vec<(F, usize)>,
    /// Whether the first row holds headings; else the columns were guessed.
    pub has_headings: bool,
    /// Headings that mean nothing.
    pub unknown: Vec<String>,
}

impl<F: Copy + PartialEq> Columns<F> {
    /// Whether a column holds a field.
    pub fn has(&self, field: F) -> bool {
        self.fields.iter().any(|(known, _)| *known == field)
    }

    /// The cell of a field; empty where there is none.
    pub fn cell(&self, row: &Row, field: F) -> String {
        let column = self.fields.iter().find(|(known, _)| *known == field).map(|(_, column)| *column);
        column.and_then(|column| row.get(column)).cloned().unwrap_or_default()
    }

    /// Columns by their headings, each field once; none where no heading is known.
    pub fn by_headings(first: &Row, names: &[(F, &str)]) -> Option<Self> {
        let mut columns = Self { fields: Vec::new(), has_headings: true, unknown: Vec::new() };
        for (column, heading) in first.iter().enumerate() {
            let key = folded(heading);
            let known = names.iter().find(|(_, all)| !key.is_empty() && all.split_whitespace().any(|name| name == key));
            match known {
                Some((field, _)) if !columns.has(*field) => columns.fields.push((*field, column)),
                _ if heading.is_empty() => {}
                _ => columns.unknown.push(heading.clone()),
            }
        }
        (!columns.fields.is_empty()).then_some(columns)
    }

    /// Columns without headings, in this order.
    pub fn guessed(fields: &[(F, usize)]) -> Self {
        Self { fields: fields.to_vec(), has_headings: false, unknown: Vec::new() }
    }
}

/// The rows of a text that is a table by its tabulators or bars, or whose first row `is_heading` knows.
pub fn rows(text: &str, is_heading: impl Fn(&Row) -> bool) -> Option<Vec<Row>> {
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    let (with_tabs, with_bars, all) = lines.fold((0, 0, 0), |(tabs, bars, all), line| {
        let has_tab = line.trim().contains('\t');
        let is_barred = line.trim().starts_with('|') && line.trim().len() > 1;
        (tabs + usize::from(has_tab), bars + usize::from(is_barred), all + 1)
    });
    if all == 0 || text.len() > super::lines::MOST_CHARACTERS * 4 {
        return None;
    }
    let read = if with_bars == all {
        barred(text)
    } else {
        table::read(text.as_bytes()).ok()?.rows.into_iter().map(|row| row.cells).collect()
    };
    let is_wide = read.first().is_some_and(|first| first.len() > 1);
    let is_table =
        is_wide && (with_tabs * 2 > all || with_bars == all || (all > 1 && read.first().is_some_and(is_heading)));
    is_table.then(|| read.into_iter().take(MOST_ROWS).collect())
}

/// A table as Markdown writes it: bars around the cells, a row of dashes beneath the headings.
fn barred(text: &str) -> Vec<Row> {
    let cells =
        |line: &str| -> Row { line.trim().trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect() };
    let is_rule = |row: &Row| row.iter().all(|cell| !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | ':')));
    text.lines().filter(|line| !line.trim().is_empty()).map(cells).filter(|row| !is_rule(row)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Field {
        Step,
        Role,
    }

    const NAMES: &[(Field, &str)] = &[(Field::Step, "step task"), (Field::Role, "role who")];

    fn read(text: &str) -> Option<Vec<Row>> {
        rows(text, |first| Columns::by_headings(first, NAMES).is_some())
    }

    #[test]
    fn tabs_bars_and_known_headings_make_a_table() {
        for text in ["Bake\tBaker\nSell\tClerk", "| Step | Who |\n|---|:--|\n| Bake | Baker |", "Step;Who\nBake;Baker"]
        {
            assert_eq!(read(text).map(|rows| rows.len()), Some(2), "{text}");
        }
        for text in ["bake; sell\npack; ship", "Bake, then sell", "\tBake\n\tSell", "Step", "", "a | b"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn headings_are_found_in_any_order() {
        let columns = Columns::by_headings(&vec!["Who".into(), "Note".into(), "Task".into()], NAMES).unwrap();
        let row: Row = vec!["Baker".into(), "x".into(), "Bake".into()];
        assert_eq!((columns.cell(&row, Field::Step), columns.cell(&row, Field::Role)), ("Bake".into(), "Baker".into()));
        assert_eq!(columns.unknown, ["Note"]);
    }
}
