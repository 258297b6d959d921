//! A workbook of the decision rights, as spreadsheets open it (Office Open XML).
//!
//! Four sheets: the matrix as a person reads it, a legend of the letters, a register with all fields of the decisions,
//! and a list of all rights with all of their limits. The last two and the legend are read back by an import with nothing
//! lost; the matrix follows the view. Every cell is a text: what begins like a formula is none.

use std::collections::BTreeSet;

use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format as Look, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

use super::{ExportError, Format, Input, Kind, Output, csv};
use crate::model::*;
use crate::scene::{Line, MatrixGrid};

pub(super) const FORMAT: Format =
    Format { id: "xlsx", label: "XLSX workbook of the matrix", extension: "xlsx", kind: Kind::Table, export };

/// The most characters that a cell of a spreadsheet holds.
const MOST_CHARACTERS: usize = 32_767;
/// The most columns of a sheet.
const MOST_COLUMNS: usize = 16_384;

fn export(input: &Input<'_>) -> Result<Output, ExportError> {
    if let Some(display) = input.exhibit {
        return super::exhibit::workbook(input, FORMAT.label, display);
    }
    let failed = |error: XlsxError| ExportError::Encoding { format: FORMAT.label, reason: error.to_string() };
    let (bytes, warnings) = workbook(input).map_err(failed)?;
    Ok(Output { bytes, warnings })
}

fn workbook(input: &Input<'_>) -> Result<(Vec<u8>, Vec<String>), XlsxError> {
    let document = input.document;
    let mut book = Workbook::new();
    // The same document gives the same bytes on every day.
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(&document.project().name).set_creation_datetime(&created));
    let mut cut = 0;
    for (name, table) in [
        (workbook::MATRIX, matrix(document, &csv::shown(input))),
        (workbook::LEGEND, legend(document)),
        (workbook::REGISTER, register(document)),
        (workbook::RIGHTS, rights(document)),
    ] {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        cut += table.write(sheet)?;
    }
    let warning = format!("{cut} texts were too long for a cell and were cut at {MOST_CHARACTERS} characters.");
    Ok((book.save_to_buffer()?, if cut == 0 { Vec::new() } else { vec![warning] }))
}

/// Texts with how they look.
struct Table {
    /// The last of these rows is the one of headings; they and the first columns stay while the others move.
    headings: Vec<Vec<String>>,
    rows: Vec<Vec<String>>,
    frozen_columns: u16,
    widths: Vec<f64>,
    /// From which column on cells are letters, in the middle of their cell.
    letters_from: usize,
}

impl Table {
    /// Writes it; how many texts were cut.
    fn write(&self, sheet: &mut Worksheet) -> Result<usize, XlsxError> {
        let plain = Look::new().set_text_wrap().set_align(FormatAlign::Top);
        let letter = Look::new().set_text_wrap().set_align(FormatAlign::Center).set_align(FormatAlign::Top);
        let heading = Look::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Bottom)
            .set_background_color(Color::RGB(0x00EE_EEEE))
            .set_border_bottom(FormatBorder::Thin);
        let mut cut = 0;
        let all = self.headings.iter().map(|row| (row, true)).chain(self.rows.iter().map(|row| (row, false)));
        for (line, (row, is_heading)) in (0_u32..).zip(all) {
            for (column, text) in row.iter().enumerate().take(MOST_COLUMNS).filter(|(_, text)| !text.is_empty()) {
                let look = match (is_heading, column >= self.letters_from) {
                    (true, _) => &heading,
                    (false, true) => &letter,
                    (false, false) => &plain,
                };
                let short: String = text.chars().take(MOST_CHARACTERS).collect();
                cut += usize::from(short.len() < text.len());
                sheet.write_string_with_format(line, u16::try_from(column).unwrap_or(u16::MAX), short, look)?;
            }
        }
        for (column, width) in (0_u16..).zip(&self.widths) {
            sheet.set_column_width(column, *width)?;
        }
        let headings = u32::try_from(self.headings.len()).unwrap_or(1);
        sheet.set_freeze_panes(headings, self.frozen_columns)?;
        sheet.set_repeat_rows(0, headings.saturating_sub(1))?;
        sheet.set_landscape();
        sheet.set_print_fit_to_pages(1, 0);
        Ok(cut)
    }

    /// A plain list.
    fn list(headings: Vec<String>, rows: Vec<Vec<String>>) -> Self {
        let width = |column: usize| {
            let texts = std::iter::once(&headings).chain(&rows).filter_map(|row| row.get(column));
            let longest = texts.flat_map(|text| text.lines()).map(|line| line.chars().count()).max().unwrap_or(0);
            (longest as f64 + 2.0).clamp(8.0, 48.0)
        };
        let widths = (0..headings.len()).map(width).collect();
        Self { headings: vec![headings], rows, frozen_columns: 0, widths, letters_from: usize::MAX }
    }
}

fn matrix(document: &Document, view: &MatrixView) -> Table {
    let grid = MatrixGrid::new(document, view);
    let first = ["Area", "Name", "Kind", "Frequency"];
    let heading = |column: &Line| if column.name.is_empty() { column.group.clone() } else { column.name.clone() };
    let group = |column: &Line| if column.name.is_empty() { String::new() } else { column.group.clone() };
    let mut groups = vec![String::new(); first.len()];
    groups.extend(grid.columns.iter().map(group));
    let mut names: Vec<String> = first.map(str::to_owned).to_vec();
    names.extend(grid.columns.iter().map(heading));
    let row = |(index, row): (usize, &Line)| {
        let (kind, name, frequency) = match row.subject() {
            Some(Subject::Decision(id)) => document.get::<Decision>(id).map_or_else(Default::default, |decision| {
                let frequency = decision.frequency.map_or_else(String::new, |rate| rate.to_string());
                (decision.kind.word(), decision.name.clone(), frequency)
            }),
            Some(Subject::Step(_)) | None => {
                let kind = row.element().map_or("unit", |element| element.kind().word());
                let name = if row.name.is_empty() { &row.group } else { &row.name };
                (kind, name.clone(), String::new())
            }
        };
        let mut record = vec![row.group.clone(), name, kind.to_owned(), frequency];
        record.extend((0..grid.columns.len()).map(|column| csv::cell(document, grid.cell(index, column))));
        record
    };
    let mut widths = vec![18.0, 42.0, 10.0, 14.0];
    widths.extend(grid.columns.iter().map(|_| 14.0));
    let has_groups = groups.iter().any(|group| !group.is_empty());
    Table {
        headings: if has_groups { vec![groups, names] } else { vec![names] },
        rows: grid.rows.iter().enumerate().map(row).collect(),
        frozen_columns: 2,
        widths,
        letters_from: first.len(),
    }
}

/// The frameworks that have rights or rows, with their letters.
fn legend(document: &Document) -> Table {
    let decisions = document.decisions().ids().map(Subject::Decision);
    let steps = document.rights().iter().map(|(_, right)| right.subject);
    let used: BTreeSet<FrameworkId> =
        decisions.chain(steps).filter_map(|subject| document.framework_of(subject)).map(|(id, _)| id).collect();
    let mut rows = Vec::new();
    for framework in used.into_iter().filter_map(|id| document.get::<Framework>(id)) {
        for letter in &framework.letters {
            let duties: Vec<&str> = letter.duties.iter().map(|duty| duty.word()).collect();
            rows.push(vec![
                framework.name.clone(),
                letter.code.clone(),
                letter.name.clone(),
                letter.meaning.clone(),
                duties.join(", "),
                letter.at_least.to_string(),
                letter.at_most.map_or_else(String::new, |most| most.to_string()),
                letter.rank.map_or_else(String::new, |rank| rank.to_string()),
                letter.tint.map_or_else(String::new, |tint| tint.to_string()),
            ]);
        }
    }
    Table::list(workbook::LEGEND_HEADINGS.map(str::to_owned).to_vec(), rows)
}

fn register(document: &Document) -> Table {
    let headings = workbook::REGISTER_HEADINGS.into_iter().chain(DECISION_FIELDS.iter().map(|field| field.heading));
    let mut decisions: Vec<(DecisionId, &Decision)> = document.decisions().iter().collect();
    decisions.sort_by_key(|(id, decision)| (decision.order, *id));
    let row = |(id, decision): (DecisionId, &Decision)| {
        let framework = document.framework_of(Subject::Decision(id)).map(|(_, framework)| framework.name.clone());
        let mut row = vec![decision.key.to_string(), framework.unwrap_or_default()];
        row.extend(DECISION_FIELDS.iter().map(|field| (field.print)(document, decision)));
        row
    };
    let mut table = Table::list(headings.map(str::to_owned).collect(), decisions.into_iter().map(row).collect());
    table.frozen_columns = 3;
    table
}

fn rights(document: &Document) -> Table {
    let headings = workbook::RIGHT_HEADINGS.into_iter().chain(TIER_HEADINGS).chain(workbook::RIGHT_REMARKS);
    let mut rows = Vec::new();
    for (_, right) in document.rights().iter() {
        let kind = match right.subject {
            Subject::Decision(_) => "decision",
            Subject::Step(_) => "step",
        };
        let holder = ElementRef::from(right.holder);
        let unit = match right.holder {
            Actor::Role(id) => document.get::<Role>(id).and_then(|role| role.unit),
            _ => None,
        };
        let start = [
            kind.to_owned(),
            reference_text(document, right.subject.into()),
            holder.kind().word().to_owned(),
            document.name_of(holder).to_owned(),
            unit.map_or_else(String::new, |unit| document.name_of(unit.into()).to_owned()),
            right.letter.clone(),
        ];
        let window = right.review_window.map_or_else(String::new, |window| window.to_string());
        let end = [right.veto_domain.clone(), window, right.note.clone()];
        let mut limits: Vec<[String; 14]> = right.tiers.iter().map(|tier| tier_columns(document, tier)).collect();
        if limits.is_empty() {
            limits.push(Default::default());
        }
        rows.extend(limits.into_iter().map(|limit| start.iter().cloned().chain(limit).chain(end.clone()).collect()));
    }
    let mut table = Table::list(headings.map(str::to_owned).collect(), rows);
    table.frozen_columns = 2;
    table
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;
    use crate::import::{matrix, sheets};
    use crate::scene::Options;

    fn exported(document: &Document) -> Vec<u8> {
        let options = Options::default();
        export(&Input::new(document, None, &options)).unwrap().bytes
    }

    #[test]
    fn the_matrix_has_its_areas_limits_and_units() {
        let bytes = exported(&testing::bakery().document);
        assert_eq!(bytes, exported(&testing::bakery().document), "the same bytes again");
        let book = sheets::read(&bytes).unwrap();
        let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        assert_eq!(names, ["Matrix", "Legend", "Register", "Rights"]);
        let matrix = &book.sheets[0];
        assert_eq!(matrix.rows[1].cells[..5], ["Area", "Name", "Kind", "Frequency", "Owner"]);
        assert!(matrix.rows[0].cells.iter().any(|cell| cell == "Market Square"));
        assert_eq!(matrix.rows[2].cells[..5], ["Money", "Grant refund", "decision", "60 per week", "D"]);
        assert!(matrix.rows[2].cells.iter().any(|cell| cell == "D ≤ 200 EUR"));
    }

    #[test]
    fn what_begins_like_a_formula_is_a_text() {
        let mut document = Document::default();
        document.insert(Decision::new("=HYPERLINK(\"http://example.org\")"));
        let book = sheets::read(&exported(&document)).unwrap();
        let register = book.sheets.iter().find(|sheet| sheet.name == "Register").unwrap();
        assert_eq!(register.text(1, 2), "=HYPERLINK(\"http://example.org\")");
    }

    #[test]
    fn what_went_out_comes_back_without_a_loss() {
        for document in [testing::bakery().document.clone(), crate::testkit::everything()] {
            let book = sheets::read(&exported(&document)).unwrap();
            let settings = matrix::Settings::default();
            let same = matrix::prepare(&book, "rights.xlsx", &document, &settings).unwrap();
            assert_eq!(same.problems, []);
            let edit = crate::edit::MergeMatrix { views: Vec::new(), ..same.edit };
            let applied = crate::edit::apply(&document, &edit.into()).unwrap();
            assert_eq!(applied.document.changes_since(&document), [], "nothing is new and nothing differs");
            let mut bare = document.clone();
            let rights: Vec<_> = document.rights().ids().collect();
            let decisions: Vec<_> = document.decisions().ids().collect();
            rights.into_iter().for_each(|id| drop(bare.remove::<Right>(id)));
            for id in &decisions {
                bare.remove::<Decision>(*id);
            }
            let again = matrix::prepare(&book, "rights.xlsx", &bare, &settings).unwrap();
            assert_eq!(again.problems, []);
            let back = crate::edit::apply(&bare, &again.edit.into()).unwrap().document;
            assert_eq!(exported_rights(&back), exported_rights(&document));
            assert_eq!(back.decisions().len(), decisions.len());
        }
    }

    /// Register and rights as texts, whatever their order.
    fn exported_rights(document: &Document) -> BTreeSet<Vec<String>> {
        register(document).rows.into_iter().chain(rights(document).rows).collect()
    }
}
