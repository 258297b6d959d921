//! Whether a workbook, which is a ZIP archive of XML, is safe to unpack: how large it becomes and how many cells it
//! unfolds to. Asked before anything is kept in memory.

use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::MOST_CELLS;
use crate::import::ImportError;

/// The most bytes of XML in a workbook, unpacked.
const MOST_UNPACKED: u64 = 128 * 1024 * 1024;
/// The most files in the archive.
const MOST_FILES: usize = 5_000;
/// The file of an OpenDocument spreadsheet that holds its cells.
const CONTENT: &str = "content.xml";
/// Bytes read at a time.
const CHUNK: usize = 64 * 1024;

/// Cells that a sheet shows as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Merged {
    /// First row, as a spreadsheet numbers it.
    pub top: usize,
    /// First column from 0.
    pub left: usize,
    /// Last row.
    pub bottom: usize,
    /// Last column.
    pub right: usize,
}

/// Kind of a workbook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Office Open XML.
    Xlsx,
    /// OpenDocument.
    Ods,
}

/// Cells shown as one, by sheet in their order; nothing for XLSX, whose reader knows them.
pub(super) type Areas = Vec<Vec<Merged>>;

/// The kind of a workbook whose parts are all small enough.
pub(super) fn inspect(bytes: &[u8]) -> Result<(Kind, Areas), ImportError> {
    let broken = |error: zip::result::ZipError| ImportError::Workbook(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MOST_FILES {
        return Err(ImportError::TooLarge { what: "files in the archive", limit: MOST_FILES });
    }
    let kind = kind_of(&archive)?;
    let mut left = MOST_UNPACKED;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(broken)?;
        let name = file.name().map_err(broken)?.to_lowercase();
        if name.ends_with(".xml") || name.ends_with(".rels") {
            left = left.checked_sub(unpacked(file, left)?).ok_or(too_large())?;
        }
    }
    let areas = match kind {
        Kind::Xlsx => Vec::new(),
        Kind::Ods => {
            let mut text = Vec::new();
            let file = archive.by_name(CONTENT).map_err(broken)?;
            file.take(MOST_UNPACKED)
                .read_to_end(&mut text)
                .map_err(|error| ImportError::Workbook(error.to_string()))?;
            measure_cells(&text)?
        }
    };
    Ok((kind, areas))
}

fn kind_of(archive: &ZipArchive<Cursor<&[u8]>>) -> Result<Kind, ImportError> {
    let has = |name: &str| archive.file_names().flatten().any(|known| known.eq_ignore_ascii_case(name));
    if has("xl/workbook.xml") {
        Ok(Kind::Xlsx)
    } else if has(CONTENT) {
        Ok(Kind::Ods)
    } else {
        Err(ImportError::Workbook("the archive holds no workbook".to_owned()))
    }
}

fn too_large() -> ImportError {
    ImportError::TooLarge { what: "bytes once unpacked", limit: usize::try_from(MOST_UNPACKED).unwrap_or(usize::MAX) }
}

/// How many bytes a file has, unpacked; what its heading claims is not trusted. Stops once it is more than the limit.
fn unpacked(mut file: impl Read, most: u64) -> Result<u64, ImportError> {
    let mut chunk = vec![0; CHUNK];
    let mut size = 0_u64;
    loop {
        let read = file.read(&mut chunk).map_err(|error| ImportError::Workbook(error.to_string()))?;
        if read == 0 {
            return Ok(size);
        }
        size = size.saturating_add(read as u64);
        if size > most {
            return Err(too_large());
        }
    }
}

/// Counts the cells that an OpenDocument sheet unfolds to, for a row of it may be stated a million times, and a cell
/// sixteen thousand times; gives the merged cells of each sheet.
fn measure_cells(text: &[u8]) -> Result<Areas, ImportError> {
    let text = std::str::from_utf8(text).map_err(|error| ImportError::Workbook(error.to_string()))?;
    let mut reader = quick_xml::Reader::from_str(text);
    let mut scan = Scan::default();
    loop {
        match reader.read_event().map_err(|error| ImportError::Workbook(error.to_string()))? {
            Event::Start(start) => scan.start(&start, false),
            Event::Empty(start) => scan.start(&start, true),
            Event::End(end) if end.name().as_ref() == "table:table-row" => scan.end_row(),
            Event::Eof => return Ok(scan.areas),
            _ => {}
        }
        if scan.cells > MOST_CELLS {
            return Err(ImportError::TooLarge { what: "cells", limit: MOST_CELLS });
        }
    }
}

#[derive(Default)]
struct Scan {
    areas: Areas,
    cells: usize,
    row: usize,
    row_repeats: usize,
    column: usize,
    /// Columns up to the last one with text.
    filled: usize,
}

impl Scan {
    fn start(&mut self, element: &BytesStart<'_>, is_empty: bool) {
        match element.name().as_ref() {
            "table:table" => {
                self.areas.push(Vec::new());
                self.row = 0;
            }
            "table:table-row" => {
                self.row_repeats = number(element, "table:number-rows-repeated");
                (self.column, self.filled) = (0, 0);
                if is_empty {
                    self.end_row();
                }
            }
            "table:table-cell" | "table:covered-table-cell" => self.cell(element, is_empty),
            _ => {}
        }
    }

    fn cell(&mut self, element: &BytesStart<'_>, is_empty: bool) {
        let columns = number(element, "table:number-columns-spanned");
        let rows = number(element, "table:number-rows-spanned");
        if columns > 1 || rows > 1 {
            let (top, left) = (self.row + 1, self.column);
            let area = Merged { top, left, bottom: top + rows - 1, right: left + columns - 1 };
            if let Some(sheet) = self.areas.last_mut() {
                sheet.push(area);
            }
        }
        self.column = self.column.saturating_add(number(element, "table:number-columns-repeated"));
        if !is_empty {
            self.filled = self.column;
        }
    }

    fn end_row(&mut self) {
        self.cells = self.cells.saturating_add(self.filled.saturating_mul(self.row_repeats));
        self.row = self.row.saturating_add(self.row_repeats);
    }
}

/// The number in an attribute, 1 where there is none; a sheet has no more than some million rows.
fn number(element: &BytesStart<'_>, name: &str) -> usize {
    let value = element.try_get_attribute(name).ok().flatten();
    let number = value.and_then(|value| value.value.parse::<usize>().ok());
    number.unwrap_or(1).clamp(1, 10_000_000)
}
