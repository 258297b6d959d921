//! Tables of text, whatever file they come from: CSV and its kin, XLSX, ODS. Knows nothing of what the cells mean.
//!
//! Cells have addresses as a spreadsheet shows them (`B7`), so that a message can say where. Limits keep a hostile file
//! from taking all memory or time: see [`archive`].

mod archive;
mod spreadsheet;

use super::ImportError;
use super::table::{self, Row};

/// The most cells with text in one file.
pub const MOST_CELLS: usize = 1_000_000;
/// The most sheets of a workbook.
pub const MOST_SHEETS: usize = 200;

/// One sheet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its name; empty for a file without sheets.
    pub name: String,
    /// Rows with text, by number. Cells that are shown as one all have its text.
    pub rows: Vec<Row>,
}

impl Sheet {
    /// Columns of the widest row.
    pub fn width(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }

    /// What a cell shows. `index` is the place of the row in the list.
    pub fn text(&self, index: usize, column: usize) -> &str {
        self.rows.get(index).map_or("", |row| row.cell(column))
    }

    /// The address of a cell: `B7`, or `Sheet!B7` where the sheet has a name.
    pub fn address(&self, index: usize, column: usize) -> String {
        let number = self.rows.get(index).map_or(0, |row| row.number);
        let cell = address(number, column);
        if self.name.is_empty() { cell } else { format!("{}!{cell}", self.name) }
    }
}

/// The sheets of a file, and how it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    /// Sheets with text, in their order.
    pub sheets: Vec<Sheet>,
    /// How the file was read, a sentence each.
    pub notes: Vec<String>,
}

/// The address of a cell by the number of its row and the place of its column from 0: `B7`.
pub fn address(row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    format!("{}{row}", letters.into_iter().rev().collect::<String>())
}

/// Whether some bytes are a workbook, readable or not.
pub fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(OLD_WORKBOOK)
}

/// The beginning of workbooks before 2007, and of those with a password.
const OLD_WORKBOOK: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Reads the sheets of a file.
///
/// # Errors
/// The file is empty, too large, or neither text nor a workbook that can be read.
pub fn read(bytes: &[u8]) -> Result<Book, ImportError> {
    if bytes.len() > table::LARGEST_FILE {
        return Err(ImportError::TooLarge { what: "bytes", limit: table::LARGEST_FILE });
    }
    let mut book = if is_workbook(bytes) { spreadsheet::read(bytes)? } else { delimited(bytes)? };
    book.sheets.retain(|sheet| !sheet.rows.is_empty());
    if book.sheets.is_empty() {
        return Err(ImportError::Empty);
    }
    Ok(book)
}

/// Whether a sheet is meant by a name.
pub fn is_called(sheet: &Sheet, name: &str) -> bool {
    sheet.name.trim().eq_ignore_ascii_case(name.trim())
}

/// That no sheet has a name.
pub fn no_sheet(sheets: &[Sheet], wanted: &str) -> ImportError {
    let sheets = sheets.iter().map(|sheet| sheet.name.clone()).collect();
    ImportError::NoSheet { wanted: wanted.to_owned(), sheets }
}

fn delimited(bytes: &[u8]) -> Result<Book, ImportError> {
    let table = table::read(bytes)?;
    let mut cells = 0;
    let mut sheet = Sheet { rows: table.rows.clone(), ..Sheet::default() };
    for row in &mut sheet.rows {
        cells += row.cells.iter().filter(|cell| !cell.is_empty()).count();
        row.cells.iter_mut().for_each(unguard);
    }
    if cells > MOST_CELLS {
        return Err(ImportError::TooLarge { what: "cells", limit: MOST_CELLS });
    }
    Ok(Book { sheets: vec![sheet], notes: table.reading() })
}

/// Takes off the apostrophe by which a text is kept from being read as a formula.
fn unguard(cell: &mut String) {
    let rest = cell.strip_prefix('\'');
    if let Some(rest) = rest.filter(|rest| rest.starts_with(['=', '+', '-', '@', '\''])) {
        *cell = rest.to_owned();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_spreadsheets() {
        assert_eq!(address(7, 1), "B7");
        assert_eq!(address(1, 25), "Z1");
        assert_eq!(address(1, 26), "AA1");
        assert_eq!(address(12, 701), "ZZ12");
        assert_eq!(address(12, 702), "AAA12");
    }

    #[test]
    fn an_apostrophe_before_a_formula_goes() {
        let book = read(b"Task,Clerk\n'=1+1,A\n'tis so,R\n").unwrap();
        assert_eq!(book.sheets[0].rows[1].cells[0], "=1+1");
        assert_eq!(book.sheets[0].rows[2].cells[0], "'tis so");
    }

    #[test]
    fn old_workbooks_are_refused_with_a_way_out() {
        let error = read(&[OLD_WORKBOOK, &[0; 600]].concat()).unwrap_err();
        assert!(error.to_string().contains("save it as .xlsx"), "{error}");
        let error = read(b"PK\x03\x04 and no more").unwrap_err();
        assert!(matches!(error, ImportError::Workbook(_)), "{error}");
    }
}
