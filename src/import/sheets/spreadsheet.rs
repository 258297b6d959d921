//! The sheets of XLSX and ODS workbooks.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{CellErrorType, Data, DataRef, Dimensions, ExcelDateTime, Ods, Reader as _, SheetType, Xlsx};

use super::archive::Merged;
use super::archive::{self, Kind};
use super::{Book, MOST_CELLS, MOST_SHEETS, OLD_WORKBOOK, Sheet};
use crate::import::ImportError;
use crate::import::table::{MOST_COLUMNS, MOST_ROWS, Row};

/// The most cells in memory, those without text counted.
const MOST_ROOM: usize = 4_000_000;

pub(super) fn read(bytes: &[u8]) -> Result<Book, ImportError> {
    if bytes.starts_with(OLD_WORKBOOK) {
        let what = "it is an old (.xls) or a protected one; save it as .xlsx without a password, or as CSV";
        return Err(ImportError::Workbook(what.to_owned()));
    }
    let (kind, areas) = archive::inspect(bytes)?;
    match kind {
        Kind::Xlsx => xlsx(bytes),
        Kind::Ods => ods(bytes, areas),
    }
}

fn broken(error: impl ToString) -> ImportError {
    ImportError::Workbook(error.to_string())
}

fn xlsx(bytes: &[u8]) -> Result<Book, ImportError> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let names: Vec<String> = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet)
        .map(|sheet| sheet.name.clone())
        .collect();
    let mut book = Book { notes: vec!["Read as an Excel workbook (XLSX).".to_owned()], ..Book::default() };
    if names.len() > MOST_SHEETS {
        return Err(ImportError::TooLarge { what: "sheets", limit: MOST_SHEETS });
    }
    let mut filler = Filler::default();
    for name in names {
        let mut cells = workbook.worksheet_cells_reader(&name).map_err(broken)?;
        while let Some(cell) = cells.next_cell().map_err(broken)? {
            filler.put(cell.get_position(), text_of(cell.get_value()))?;
        }
        drop(cells);
        let merged = workbook.merge_cells_by_sheet_name(&name).map_err(broken)?;
        book.sheets.push(filler.finish(name, merged.iter().map(area_of).collect())?);
    }
    Ok(book)
}

fn ods(bytes: &[u8], areas: archive::Areas) -> Result<Book, ImportError> {
    let mut workbook: Ods<_> = Ods::new(Cursor::new(bytes)).map_err(broken)?;
    let mut book = Book { notes: vec!["Read as an OpenDocument spreadsheet (ODS).".to_owned()], ..Book::default() };
    let names = workbook.sheet_names();
    if names.len() > MOST_SHEETS {
        return Err(ImportError::TooLarge { what: "sheets", limit: MOST_SHEETS });
    }
    let mut areas = areas.into_iter();
    let mut filler = Filler::default();
    for name in names {
        let range = workbook.worksheet_range(&name).map_err(broken)?;
        let (top, left) = range.start().unwrap_or_default();
        for (row, column, value) in range.used_cells() {
            let row = u32::try_from(row).unwrap_or(u32::MAX).saturating_add(top);
            let column = u32::try_from(column).unwrap_or(u32::MAX).saturating_add(left);
            filler.put((row, column), text_of_owned(value))?;
        }
        book.sheets.push(filler.finish(name, areas.next().unwrap_or_default())?);
    }
    Ok(book)
}

fn area_of(area: &Dimensions) -> Merged {
    let place = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    Merged {
        top: place(area.start.0).saturating_add(1),
        left: place(area.start.1),
        bottom: place(area.end.0).saturating_add(1),
        right: place(area.end.1),
    }
}

/// Gathers cells into rows; counts them over all sheets.
#[derive(Default)]
struct Filler {
    rows: BTreeMap<usize, Row>,
    cells: usize,
    /// Cells of all rows with the empty ones before the last, and steps of spreading.
    room: usize,
}

impl Filler {
    fn put(&mut self, (row, column): (u32, u32), text: String) -> Result<(), ImportError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        let (row, column) = (row as usize + 1, column as usize);
        self.cells += 1;
        if self.cells > MOST_CELLS {
            return Err(ImportError::TooLarge { what: "cells", limit: MOST_CELLS });
        }
        if column >= MOST_COLUMNS {
            return Err(ImportError::TooLarge { what: "columns", limit: MOST_COLUMNS });
        }
        if self.rows.len() >= MOST_ROWS {
            return Err(ImportError::TooLarge { what: "rows", limit: MOST_ROWS });
        }
        let cells = &mut self.rows.entry(row).or_insert_with(|| Row { number: row, cells: Vec::new() }).cells;
        if cells.len() <= column {
            self.room += column + 1 - cells.len();
            cells.resize(column + 1, String::new());
        }
        if let Some(cell) = cells.get_mut(column) {
            text.clone_into(cell);
        }
        self.check_room()
    }

    fn check_room(&self) -> Result<(), ImportError> {
        if self.room > MOST_ROOM {
            return Err(ImportError::TooLarge { what: "cells, counting empty and merged ones", limit: MOST_ROOM });
        }
        Ok(())
    }

    /// Gives the text of merged cells to each of them, in the rows that there are.
    fn spread(&mut self, area: &Merged) -> Result<(), ImportError> {
        let text = self.rows.get(&area.top).map_or("", |row| row.cell(area.left)).to_owned();
        let right = area.right.min(MOST_COLUMNS - 1);
        self.room += 1;
        if text.is_empty() || right < area.left || area.bottom < area.top {
            return self.check_room();
        }
        for row in self.rows.range_mut(area.top..=area.bottom).map(|(_, row)| row) {
            self.room += right + 1 - area.left;
            if self.room > MOST_ROOM {
                break;
            }
            if row.cells.len() <= right {
                row.cells.resize(right + 1, String::new());
            }
            let covered = row.cells.get_mut(area.left..=right).unwrap_or_default();
            covered.iter_mut().filter(|cell| cell.is_empty()).for_each(|cell| cell.clone_from(&text));
        }
        self.check_room()
    }

    fn finish(&mut self, name: String, mut merged: Vec<Merged>) -> Result<Sheet, ImportError> {
        merged.sort_unstable();
        for area in &merged {
            self.spread(area)?;
        }
        Ok(Sheet { name, rows: std::mem::take(&mut self.rows).into_values().collect() })
    }
}

fn text_of(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(value) => truth(*value),
        DataRef::DateTime(moment) => date(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error_text(error),
        DataRef::Empty => String::new(),
    }
}

fn text_of_owned(value: &Data) -> String {
    match value {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(value) => truth(*value),
        Data::DateTime(moment) => date(moment),
        Data::Error(error) => error_text(error),
        _ => String::new(),
    }
}

fn truth(value: bool) -> String {
    if value { "TRUE" } else { "FALSE" }.to_owned()
}

fn error_text(error: &CellErrorType) -> String {
    error.to_string()
}

/// The day as `2026-11-22`; a number of days where it is a duration.
fn date(moment: &ExcelDateTime) -> String {
    if moment.is_duration() {
        return moment.as_f64().to_string();
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    format!("{year:04}-{month:02}-{day:02}")
}
