//! Comma-separated values of the decision-rights matrix, as RFC 4180 has them: a heading, then a line per row.
//!
//! A cell holds the letters with their limits, `D ≤ 200 EUR; C`. Columns of the same name carry their unit as well.

use super::{ExportError, Format, Input, Kind, Output};
use crate::model::{
    Decision, Document, MatrixForm, MatrixView, RegisterColumn, Registered, RightId, Subject, View, ViewKind,
};
use crate::scene::{Line, MatrixGrid};

pub(super) const FORMAT: Format =
    Format { id: "csv", label: "CSV table of the matrix", extension: "csv", kind: Kind::Table, export };

fn export(input: &Input<'_>) -> Result<Output, ExportError> {
    if let Some(display) = input.exhibit {
        return super::exhibit::written(input, FORMAT.label, display);
    }
    let shown = shown(input);
    let records = match shown.form {
        MatrixForm::Rights => records(input.document, &shown),
        MatrixForm::Register => register(input.document),
    };
    written(input, FORMAT.label, records)
}

/// The matrix that a table shows: that of the view, else all of it.
pub(super) fn shown(input: &Input<'_>) -> MatrixView {
    let view = input.view.and_then(|id| input.document.get::<View>(id));
    match view.map(|view| &view.kind) {
        Some(ViewKind::Matrix(matrix)) => matrix.clone(),
        Some(ViewKind::Organisation { .. } | ViewKind::Process { .. } | ViewKind::Board) | None => {
            MatrixView::default()
        }
    }
}

/// A text that no spreadsheet takes for a formula: an apostrophe stands before what begins like one, unless it is a
/// number or a dash.
fn guarded(text: &str) -> std::borrow::Cow<'_, str> {
    let begins = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if begins && text.parse::<f64>().is_err() && text.trim() != "-" {
        return format!("'{text}").into();
    }
    text.into()
}

/// A table as a file; `format` is what it is called in a message.
pub(super) fn written(
    input: &Input<'_>,
    format: &'static str,
    records: Vec<Vec<String>>,
) -> Result<Output, ExportError> {
    let failed = |reason: String| ExportError::Encoding { format, reason };
    let bytes = if input.byte_order_mark { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(bytes);
    for record in records {
        writer
            .write_record(record.iter().map(|cell| guarded(cell).into_owned()))
            .map_err(|error| failed(error.to_string()))?;
    }
    let bytes = writer.into_inner().map_err(|error| failed(error.to_string()))?;
    Ok(Output { bytes, warnings: Vec::new() })
}

/// The register: every column, and the facts that are guesses; cells as they are typed.
fn register(document: &Document) -> Vec<Vec<String>> {
    let registered = Registered::new(document);
    let headings = RegisterColumn::ALL.iter().map(|column| column.heading().to_owned());
    let mut records = vec![headings.chain(["Guesses".to_owned()]).collect()];
    for row in registered.rows() {
        let guesses: Vec<&str> = row.decision.guesses.iter().map(|fact| fact.word()).collect();
        let texts = RegisterColumn::ALL.iter().map(|column| row.text(*column));
        records.push(texts.chain([guesses.join("; ")]).collect());
    }
    records
}

fn records(document: &Document, view: &MatrixView) -> Vec<Vec<String>> {
    let grid = MatrixGrid::new(document, view);
    let heading = |column: &Line| {
        let is_double = grid.columns.iter().filter(|other| other.name == column.name).count() > 1;
        match (column.name.as_str(), column.group.as_str()) {
            ("", group) => group.to_owned(),
            (name, group) if is_double && !group.is_empty() => format!("{name} ({group})"),
            (name, _) => name.to_owned(),
        }
    };
    let mut first: Vec<String> = ["Kind", "Area", "Name", "Frequency"].map(str::to_owned).to_vec();
    first.extend(grid.columns.iter().map(heading));
    let mut records = vec![first];
    for (index, row) in grid.rows.iter().enumerate() {
        let kind = row.element().map_or("unit", |element| element.kind().word());
        let frequency = match row.subject() {
            Some(Subject::Decision(id)) => document.get::<Decision>(id).and_then(|decision| decision.frequency),
            Some(Subject::Step(_)) | None => None,
        };
        let name = if row.name.is_empty() { &row.group } else { &row.name };
        let frequency = frequency.map(|rate| rate.to_string()).unwrap_or_default();
        let mut record = vec![kind.to_owned(), row.group.clone(), name.clone(), frequency];
        record.extend((0..grid.columns.len()).map(|column| cell(document, grid.cell(index, column))));
        records.push(record);
    }
    records
}

pub(super) fn cell(document: &Document, rights: &[RightId]) -> String {
    let written = |id: &RightId| {
        let right = document.get::<crate::model::Right>(*id)?;
        let limits: Vec<String> = right.tiers.iter().map(ToString::to_string).collect();
        let text =
            if limits.is_empty() { right.letter.clone() } else { format!("{} {}", right.letter, limits.join(", ")) };
        Some(text)
    };
    rights.iter().filter_map(written).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;
    use crate::model::{DecisionFact, Minutes, Rate};
    use crate::scene::Options;

    #[test]
    fn the_matrix_is_written_with_letters_and_limits() {
        let bakery = testing::bakery();
        let options = Options::default();
        let input = Input { byte_order_mark: true, ..Input::new(&bakery.document, None, &options) };
        let output = export(&input).unwrap();
        let text = String::from_utf8(output.bytes).unwrap();
        let lines: Vec<&str> = text.split("\r\n").collect();
        assert_eq!(
            lines[0],
            "\u{feff}Kind,Area,Name,Frequency,Owner,Accountant,HR help,Head baker,Baker,\
             Manager (Market Square),Assistant (Market Square),Manager (Station),Assistant (Station),Tax adviser"
        );
        assert_eq!(lines[1], "decision,Money,Grant refund,60 per week,D,,,,,D ≤ 200 EUR,R,D ≤ 200 EUR,R,");
        assert_eq!(lines.len(), 2 + bakery.document.decisions().len());
    }

    #[test]
    fn what_begins_like_a_formula_is_guarded() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+49 30", "'+49 30"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("-5", "-5"),
            ("-", "-"),
            ("D ≤ 200 EUR", "D ≤ 200 EUR"),
        ] {
            assert_eq!(guarded(text), expected);
        }
    }

    #[test]
    fn the_register_is_written_with_every_column_and_its_guesses() {
        let mut document = Document::default();
        document.insert(Decision {
            area: "Money".into(),
            frequency: Some(Rate::weekly(60.0)),
            work: Some(Minutes(6.0)),
            importance: Some(3),
            guesses: vec![DecisionFact::Frequency, DecisionFact::Work],
            ..Decision::new("Grant a refund")
        });
        let kind = ViewKind::Matrix(MatrixView { form: MatrixForm::Register, ..MatrixView::default() });
        let view = document.insert(View::new("Register", kind));
        let options = Options::default();
        let output = export(&Input::new(&document, Some(view), &options)).unwrap();
        let mut reader = csv::Reader::from_reader(output.bytes.as_slice());
        let headings = reader.headers().unwrap().clone();
        let record = reader.records().next().unwrap().unwrap();
        let cell = |heading: &str| record.get(headings.iter().position(|other| other == heading).unwrap()).unwrap();
        assert_eq!(headings.len(), RegisterColumn::ALL.len() + 1);
        assert_eq!(
            ["Decision", "How often", "Work", "Hours a month"].map(cell),
            ["Grant a refund", "60 per week", "6 min", "26 h"]
        );
        assert_eq!(cell("Guesses"), "frequency; work");
    }

    #[test]
    fn commas_quotes_and_line_ends_survive() {
        let mut document = Document::default();
        document.insert(Decision::new("Buy \"fine\" flour, rye\nor wheat"));
        let options = Options::default();
        let output = export(&Input::new(&document, None, &options)).unwrap();
        let mut reader = csv::Reader::from_reader(output.bytes.as_slice());
        let record = reader.records().next().unwrap().unwrap();
        assert_eq!(record.get(2), Some("Buy \"fine\" flour, rye\nor wheat"));
    }
}
