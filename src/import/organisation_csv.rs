//! An organisation from a table: one row for each post, or for each person in a role.
//!
//! Here the cells are read and checked; [`super::organisation_plan`] finds out which rows mean the same thing.

use super::headings::{self, Columns, Field, folded, word};
use super::organisation_plan::plan;
use super::sheets::{self, Book};
use super::table::Row;
use super::{ImportError, Imported, Input, Report, RowProblem, Source};
use crate::edit::{Edit, apply};

pub(super) const SOURCE: Source = Source {
    id: "organisation-csv",
    short: "organisation",
    label: "Organisation from a table (CSV, XLSX, ODS)",
    extensions: &["csv", "tsv", "tab", "txt", "xlsx", "xlsm", "ods"],
    detect: |bytes| {
        let start = if sheets::is_workbook(bytes) { bytes } else { bytes.get(..4096).unwrap_or(bytes) };
        sheets::read(start).is_ok_and(|book| book.sheets.first().is_some_and(|sheet| looks_like_a_table(&sheet.rows)))
    },
    read,
};

/// What a cell says about who holds a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vacancy {
    /// Nothing.
    Unstated,
    /// Nobody holds it.
    Vacant,
}

/// One row, its cells understood.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub row: usize,
    pub post_id: String,
    pub role: String,
    pub unit: String,
    pub parent_unit: String,
    pub unit_kind: String,
    pub reports_to: String,
    pub holders: Vec<String>,
    pub vacancy: Vacancy,
    pub person_id: String,
    pub share: Option<f64>,
    pub hours: Option<f64>,
    pub level: Option<u8>,
    pub purpose: String,
    pub description: String,
}

/// Words for a post that nobody holds.
const VACANT: &[&str] = &[
    "vacant",
    "vacancy",
    "unfilled",
    "open",
    "to be hired",
    "to be recruited",
    "tbh",
    "vakant",
    "unbesetzt",
    "offen",
    "poste vacant",
    "à pourvoir",
    "vacante",
    "por cubrir",
];
/// Words for a holder who is not told.
const UNTOLD: &[&str] =
    &["n/d", "n/a", "tbc", "tba", "tbd", "unknown", "not disclosed", "none", "-", "--", "–", "?", "n.n.", "k.a."];
/// Words for a post that is gone.
const GONE: &[&str] = &["eliminated", "deleted", "abolished", "gestrichen", "supprimé", "eliminado"];
/// Words for a post that reports to nobody; `XX` in the organograms of the United Kingdom.
const NOBODY: &[&str] = &["-", "--", "–", "none", "nobody", "n/a", "xx", "niemand", "aucun", "nadie", "ninguno"];

fn looks_like_a_table(rows: &[Row]) -> bool {
    rows.len() > 1 && rows.iter().filter(|row| row.cells.len() > 1).count() * 2 > rows.len()
}

fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let Book { mut sheets, notes } = sheets::read(input.bytes)?;
    let chosen = input.matrix.sheet.as_deref();
    let at = sheets.iter().position(|sheet| chosen.is_none_or(|name| sheets::is_called(sheet, name)));
    let at = at.ok_or_else(|| sheets::no_sheet(&sheets, chosen.unwrap_or_default()))?;
    let table = sheets.swap_remove(at);
    let columns = headings::find(&table.rows, input.map)?;
    let known = [Field::Role, Field::Unit, Field::Holder, Field::FamilyName, Field::PostId];
    if known.iter().all(|field| columns.of(*field).is_none()) {
        return Err(ImportError::NothingKnown { headings: columns.headings });
    }
    let mut report = Report { name: input.name.to_owned(), ..Report::default() };
    report.columns = columns.fields.iter().map(|(field, _)| (word(*field), columns.heading_of(*field))).collect();
    report.unknown_columns = columns.unknown();
    report.notes = notes;
    let rows = table.rows.get(columns.first_row..).unwrap_or_default();
    report.rows = rows.len();
    if rows.is_empty() {
        return Err(ImportError::Empty);
    }
    let (project_name, keeps_parents) = organisation_name(rows, &columns, &mut report);
    if !keeps_parents {
        report.columns.retain(|(field, _)| *field != word(Field::ParentUnit));
    }
    let mut reader = Reader { columns: &columns, keeps_parents, report: &mut report };
    let records: Vec<Record> = rows.iter().filter_map(|row| reader.record(row)).collect();
    let mut merge = plan(&records, input.base, &columns, keeps_parents, &mut report);
    input.name.clone_into(&mut merge.source);
    merge.project_name = project_name;
    report.problems.sort();
    let edit = Edit::from(merge);
    let document = apply(input.base, &edit)?.document;
    let fresh = document.views().ids().filter(|id| !input.base.views().contains(*id));
    Ok(Imported { unarranged: fresh.collect(), edit, document, report })
}

/// Name of the organisation where all rows agree, and whether the column of the unit above tells more than that.
fn organisation_name(rows: &[Row], columns: &Columns, report: &mut Report) -> (Option<String>, bool) {
    let has_parents = columns.of(Field::ParentUnit).is_some();
    if columns.of(Field::Organisation).is_none() {
        return (None, has_parents);
    }
    let heading = columns.heading_of(Field::Organisation);
    let Some(name) = only_value(rows, columns, Field::Organisation) else {
        report.notes.push(format!(
            "The column “{heading}” names several organisations and was not used; to make units of them, give \
             --map \"parent unit={heading}\"."
        ));
        return (None, has_parents);
    };
    match only_value(rows, columns, Field::ParentUnit) {
        Some(above) => {
            let column = columns.heading_of(Field::ParentUnit);
            report.notes.push(format!(
                "The column “{column}” has “{above}” in every row: it stands above the organisation “{name}” and makes \
                 no unit."
            ));
            (Some(name), false)
        }
        None => (Some(name), has_parents),
    }
}

/// The value of a field, if all rows that have one have the same.
fn only_value(rows: &[Row], columns: &Columns, field: Field) -> Option<String> {
    let mut values = rows.iter().map(|row| columns.cell(row, field)).filter(|cell| !cell.is_empty());
    let first = values.next()?;
    values.all(|value| value == first).then(|| first.to_owned())
}

struct Reader<'a> {
    columns: &'a Columns,
    keeps_parents: bool,
    report: &'a mut Report,
}

impl Reader<'_> {
    fn record(&mut self, row: &Row) -> Option<Record> {
        let text = |field| self.columns.cell(row, field).to_owned();
        let parent_unit = if self.keeps_parents { text(Field::ParentUnit) } else { String::new() };
        let mut record = Record {
            row: row.number,
            post_id: text(Field::PostId),
            role: text(Field::Role),
            unit: text(Field::Unit),
            parent_unit,
            unit_kind: text(Field::UnitKind),
            reports_to: text(Field::ReportsTo),
            holders: Vec::new(),
            vacancy: Vacancy::Unstated,
            person_id: text(Field::PersonId),
            share: None,
            hours: None,
            level: None,
            purpose: text(Field::Purpose),
            description: text(Field::Description),
        };
        if is_one_of(&record.reports_to, NOBODY) {
            record.reports_to.clear();
        }
        self.holders(row, &mut record);
        record.share = self.number(row, Field::Share, "a share such as 50 % or 0.5, at most 1", share);
        record.hours = self.number(row, Field::Hours, "hours of a week, such as 38.5", hours);
        record.level = self.number(row, Field::Level, "a whole number from 0 to 255", |cell, _| cell.parse().ok());
        self.check_share_has_holder(row, &record);
        let is_empty = record.role.is_empty()
            && record.unit.is_empty()
            && record.holders.is_empty()
            && record.post_id.is_empty()
            && record.person_id.is_empty();
        if is_empty {
            let found = row.cells.iter().find(|cell| !cell.is_empty()).cloned().unwrap_or_default();
            self.report.problems.push(RowProblem {
                row: row.number,
                column: String::new(),
                found,
                expected: "a unit, role or holder in the row".to_owned(),
                consequence: "the row was left out",
            });
            return None;
        }
        Some(record)
    }

    fn problem(&mut self, row: &Row, field: Field, expected: &str, consequence: &'static str) {
        self.report.problems.push(RowProblem {
            row: row.number,
            column: self.columns.heading_of(field),
            found: self.columns.cell(row, field).to_owned(),
            expected: expected.to_owned(),
            consequence,
        });
    }

    fn holders(&mut self, row: &Row, record: &mut Record) {
        let cell = self.columns.cell(row, Field::Holder);
        let given = self.columns.cell(row, Field::GivenName);
        let family = self.columns.cell(row, Field::FamilyName);
        if is_one_of(cell, VACANT) {
            record.vacancy = Vacancy::Vacant;
        } else if is_one_of(cell, GONE) {
            record.vacancy = Vacancy::Vacant;
            let expected = "the name of a holder";
            self.problem(row, Field::Holder, expected, "the post was read as vacant; remove it where it is gone");
        } else if !cell.is_empty() && !is_one_of(cell, UNTOLD) {
            let names = cell.split([';', '\n']).map(|name| name.split_whitespace().collect::<Vec<_>>().join(" "));
            record.holders = names.filter(|name| !name.is_empty()).collect();
        } else if cell.is_empty() && !(given.is_empty() && family.is_empty()) {
            record.holders = vec![format!("{given} {family}").trim().to_owned()];
        }
    }

    fn number<T>(
        &mut self,
        row: &Row,
        field: Field,
        expected: &str,
        read: impl Fn(&str, &str) -> Option<T>,
    ) -> Option<T> {
        let cell = self.columns.cell(row, field);
        if cell.is_empty() || is_one_of(cell, UNTOLD) {
            return None;
        }
        let number = read(cell, &self.columns.heading_of(field));
        if number.is_none() {
            self.problem(row, field, expected, "the cell was left out");
        }
        number
    }

    fn check_share_has_holder(&mut self, row: &Row, record: &Record) {
        if record.share.is_some() && record.holders.is_empty() && record.person_id.is_empty() {
            self.problem(row, Field::Share, "a holder whose share it is", "the cell was left out");
        }
    }
}

fn is_one_of(cell: &str, words: &[&str]) -> bool {
    let cell = cell.to_lowercase();
    words.contains(&cell.as_str())
}

/// A share from 0 to 1 out of `50 %`, `0.5`, `0,5`; a bare number is percent where the heading says so.
fn share(cell: &str, heading: &str) -> Option<f64> {
    let (number, is_percent) = match cell.strip_suffix('%') {
        Some(number) => (number.trim(), true),
        None => {
            (cell, heading.contains('%') || folded(heading).contains("percent") || folded(heading).contains("prozent"))
        }
    };
    let number: f64 = number.replace(',', ".").parse().ok()?;
    let share = if is_percent { number / 100.0 } else { number };
    (0.0..=1.0).contains(&share).then_some(share)
}

fn hours(cell: &str, _heading: &str) -> Option<f64> {
    let number = cell.trim_end_matches(|c: char| c.is_alphabetic() || c == ' ');
    let hours: f64 = number.replace(',', ".").parse().ok()?;
    (hours > 0.0 && hours <= 168.0).then_some(hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_as_people_write_them() {
        for (cell, heading, expected) in [
            ("50 %", "Share", Some(0.5)),
            ("0,83", "FTE", Some(0.83)),
            ("1", "FTE", Some(1.0)),
            ("80", "Percent", Some(0.8)),
            ("80", "FTE", None),
            ("half", "Share", None),
            ("-1", "Share", None),
            ("NaN", "Share", None),
        ] {
            assert_eq!(share(cell, heading), expected, "{cell} {heading}");
        }
        assert_eq!(hours("38,5 h", ""), Some(38.5));
        assert_eq!(hours("200", ""), None);
    }
}
