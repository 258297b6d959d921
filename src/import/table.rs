//! Reads a table of text whatever its encoding and delimiter: comma, semicolon, tabulator or bar.
//!
//! Knows nothing of what the columns mean. Rows are numbered as a spreadsheet shows them, the first one 1, empty rows
//! counted. Limits keep a hostile file from taking all memory.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::ImportError;

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: usize = 64 * 1024 * 1024;
/// The most rows.
pub const MOST_ROWS: usize = 200_000;
/// The most columns.
pub const MOST_COLUMNS: usize = 1_000;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Rows looked at to find the delimiter.
const ROWS_TRIED: usize = 50;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number as a spreadsheet shows it.
    pub number: usize,
    /// Its cells, without spaces around.
    pub cells: Vec<String>,
}

impl Row {
    /// The cell of a column, empty where the row is too short.
    pub fn cell(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// A table as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// All rows that are not empty.
    pub rows: Vec<Row>,
    /// What separates the cells.
    pub delimiter: char,
    /// Name of the encoding: `UTF-8`, `windows-1252`.
    pub encoding: &'static str,
    /// Whether some bytes were no text in that encoding and were replaced by `�`.
    pub has_replaced_bytes: bool,
}

impl Table {
    /// How the file was read, a sentence each.
    pub fn reading(&self) -> Vec<String> {
        let delimiter = match self.delimiter {
            ';' => "semicolons",
            '\t' => "tabulators",
            '|' => "bars",
            _ => "commas",
        };
        let mut notes = vec![format!("Read as {}, cells separated by {delimiter}.", self.encoding)];
        if self.has_replaced_bytes {
            notes.push("Some characters could not be read and stand as “�”; save the file as UTF-8.".to_owned());
        }
        notes
    }
}

/// Reads a table.
///
/// # Errors
/// The file is empty, too large, no text, or has too many rows or columns.
pub fn read(bytes: &[u8]) -> Result<Table, ImportError> {
    if bytes.len() > LARGEST_FILE {
        return Err(ImportError::TooLarge { what: "bytes", limit: LARGEST_FILE });
    }
    let (text, encoding, has_replaced_bytes) = decode(bytes)?;
    let (text, stated) = without_separator_line(&text);
    let delimiter = stated.unwrap_or_else(|| detect_delimiter(text));
    let rows = read_rows(text, delimiter)?;
    if rows.is_empty() {
        return Err(ImportError::Empty);
    }
    Ok(Table { rows, delimiter: char::from(delimiter), encoding: encoding.name(), has_replaced_bytes })
}

/// The text, its encoding, and whether bytes were replaced: by the byte order mark, else UTF-8 where it fits, else
/// UTF-16 by its zeros, else the best guess.
fn decode(bytes: &[u8]) -> Result<(String, &'static Encoding, bool), ImportError> {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if !bytes.contains(&0) => guess(bytes),
        None => utf_16_by_zeros(bytes).ok_or(ImportError::NoText)?,
    };
    let (text, encoding, replaced) = encoding.decode(bytes);
    if text.contains('\0') {
        return Err(ImportError::NoText);
    }
    let mut text = text.into_owned();
    // Every line has an end, so that rows can be counted by them.
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
    Ok((text, encoding, replaced))
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// UTF-16 without a mark: in text of European languages nearly every other byte is zero.
fn utf_16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |start: usize| bytes.iter().skip(start).step_by(2).filter(|byte| **byte == 0).count();
    let half = bytes.len() / 2;
    match (zeros(0), zeros(1)) {
        (0, odd) if odd * 2 > half => Some(UTF_16LE),
        (even, 0) if even * 2 > half => Some(UTF_16BE),
        _ => None,
    }
}

/// Takes off the line `sep=;` by which a spreadsheet states the delimiter.
fn without_separator_line(text: &str) -> (&str, Option<u8>) {
    let stated = text.strip_prefix("sep=").and_then(|rest| {
        let delimiter = *rest.as_bytes().first()?;
        let rest = rest.get(1..)?;
        let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))?;
        DELIMITERS.contains(&delimiter).then_some((rest, delimiter))
    });
    stated.map_or((text, None), |(rest, delimiter)| (rest, Some(delimiter)))
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// The delimiter that cuts the first rows into most columns, most evenly; a comma where none cuts.
fn detect_delimiter(text: &str) -> u8 {
    let mut best = (0.0, b',');
    for delimiter in DELIMITERS {
        let widths: Vec<usize> = reader(text, delimiter)
            .into_records()
            .take(ROWS_TRIED)
            .map_while(Result::ok)
            .map(|record| record.len())
            .collect();
        let score = evenness(&widths);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

/// Share of rows with the most frequent width, times the root of that width less one.
fn evenness(widths: &[usize]) -> f64 {
    let mut sorted = widths.to_vec();
    sorted.sort_unstable();
    let runs = sorted.chunk_by(|a, b| a == b).filter_map(|run| Some((run.len(), *run.first()?)));
    let (count, width) = runs.max().unwrap_or((0, 0));
    if width < 2 {
        return 0.0;
    }
    count as f64 / widths.len() as f64 * (width as f64 - 1.0).sqrt()
}

fn read_rows(text: &str, delimiter: u8) -> Result<Vec<Row>, ImportError> {
    let mut reader = reader(text, delimiter);
    let mut rows = Vec::new();
    let mut record = csv::StringRecord::new();
    let mut number = 1;
    loop {
        let start = reader.position().line();
        let more = reader.read_record(&mut record).map_err(|error| ImportError::Broken(error.to_string()))?;
        if !more {
            return Ok(rows);
        }
        if record.len() > MOST_COLUMNS {
            return Err(ImportError::TooLarge { what: "columns", limit: MOST_COLUMNS });
        }
        if rows.len() >= MOST_ROWS {
            return Err(ImportError::TooLarge { what: "rows", limit: MOST_ROWS });
        }
        let lines = usize::try_from(reader.position().line().saturating_sub(start)).unwrap_or(1);
        let breaks: usize = record.iter().map(|cell| cell.matches('\n').count()).sum();
        // Empty lines come before the record.
        number += lines.saturating_sub(breaks + 1);
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { number, cells });
        }
        number += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &[u8]) -> Vec<Vec<String>> {
        read(text).unwrap().rows.into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn each_delimiter_is_found() {
        for (text, delimiter) in [
            ("Unit,Role\nOffice,Clerk\n", ','),
            ("Unit;Role\nOffice, back;Clerk, first\n", ';'),
            ("Unit\tRole\nOffice\tClerk\n", '\t'),
            ("Unit|Role\nOffice|Clerk\n", '|'),
            ("sep=;\nUnit;Role,Post\n", ';'),
            ("Unit\nOffice\n", ','),
        ] {
            assert_eq!(read(text.as_bytes()).unwrap().delimiter, delimiter, "{text}");
        }
    }

    #[test]
    fn each_encoding_is_found() {
        let expected = vec![vec!["Rôle".to_owned(), "Bäcker".to_owned()]];
        let utf_16: Vec<u8> = "Rôle,Bäcker\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(cells("Rôle,Bäcker\n".as_bytes()), expected);
        assert_eq!(cells("\u{feff}Rôle,Bäcker\n".as_bytes()), expected);
        assert_eq!(cells(&utf_16), expected);
        assert_eq!(cells(&[&[0xff, 0xfe], utf_16.as_slice()].concat()), expected);
        let (latin, ..) = encoding_rs::WINDOWS_1252.encode("Rôle,Bäcker\n");
        assert_eq!(cells(&latin), expected);
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_shows_them() {
        let text = "Unit,Role\n\nOffice,\"Clerk\nfirst class\"\nShop,Baker\n\n\nVan,Driver";
        let numbers: Vec<_> = read(text.as_bytes()).unwrap().rows.iter().map(|row| row.number).collect();
        assert_eq!(numbers, [1, 3, 4, 7]);
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert!(matches!(read(b""), Err(ImportError::Empty)));
        assert!(matches!(read(b"\n\n,,\n"), Err(ImportError::Empty)));
        assert!(matches!(read(b"\x89PNG\0\0\x01\0\0"), Err(ImportError::NoText)));
        let wide = ",".repeat(MOST_COLUMNS + 1);
        assert!(matches!(read(wide.as_bytes()), Err(ImportError::TooLarge { what: "columns", .. })));
    }
}
