//! Foreign files into edits, with a list of what was not understood.
//!
//! An import reads bytes and makes one edit of them; nothing is dropped in silence: every cell that could not be used
//! is a [`RowProblem`], every other trouble a [`Report::left_out`], every column nobody knows is named. No file is opened here, no window known. The list of
//! sources below is the only place that knows them all.

pub mod bpmn;
pub mod event_log;
pub mod headings;
pub mod matrix;
mod organisation_csv;
mod organisation_plan;
pub mod outline;
pub mod sheets;
pub mod table;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::edit::{Edit, EditError};
use crate::model::{Document, ViewId};

/// Something that can be imported.
#[derive(Debug)]
pub struct Source {
    /// Its word on the command line.
    pub id: &'static str,
    /// What its content is, in a word that may be used instead.
    pub short: &'static str,
    /// Its name on screen.
    pub label: &'static str,
    /// Usual ends of file names, without the dot.
    pub extensions: &'static [&'static str],
    /// Whether the first bytes look like it.
    pub detect: fn(&[u8]) -> bool,
    /// Reads it.
    pub read: fn(&Input<'_>) -> Result<Imported, ImportError>,
}

/// Every source, sorted by id.
pub const SOURCES: &[Source] = &[bpmn::SOURCE, event_log::SOURCE, matrix::SOURCE, organisation_csv::SOURCE];

/// What an import reads.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// Content of the file.
    pub bytes: &'a [u8],
    /// Name of the file, for messages and for the name of the step.
    pub name: &'a str,
    /// The project to import into; an empty one for a new project.
    pub base: &'a Document,
    /// Columns named by the user.
    pub map: &'a ColumnMap,
    /// Whether a drawing in the file is left aside, to be arranged anew.
    pub arranges_anew: bool,
    /// What the user says about a table.
    pub matrix: &'a matrix::Settings,
    /// What the user says about a log of cases.
    pub log: &'a event_log::Settings,
}

/// What an import made.
#[derive(Clone, Debug)]
pub struct Imported {
    /// The edit that brings everything into the document it was made for.
    pub edit: Edit,
    /// That document with the edit applied.
    pub document: Document,
    /// What was read and what was not.
    pub report: Report,
    /// Views with boxes that have no place yet.
    pub unarranged: Vec<ViewId>,
}

/// Columns named by the user: `unit=Department,role=Job Title`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnMap(pub Vec<(String, String)>);

impl FromStr for ColumnMap {
    type Err = String;

    /// Reads `field=Column` parts separated by commas; a comma within a column's name is kept.
    fn from_str(text: &str) -> Result<Self, String> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for part in text.split(',') {
            match (part.split_once('='), pairs.last_mut()) {
                (Some((field, column)), _) => pairs.push((field.trim().to_owned(), column.trim().to_owned())),
                (None, Some((_, column))) => *column = format!("{column},{part}"),
                (None, None) => {
                    return Err(format!("“{part}” is not of the form field=Column, such as unit=Department"));
                }
            }
        }
        Ok(Self(pairs))
    }
}

/// How many elements of a kind were added, updated, or found as they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// New ones.
    pub added: usize,
    /// Changed ones.
    pub updated: usize,
    /// Those that were already as the file states.
    pub unchanged: usize,
}

/// A cell or row that could not be used as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowProblem {
    /// Row as a spreadsheet shows it, the first one 1.
    pub row: usize,
    /// Heading of the column; empty where the whole row is meant.
    pub column: String,
    /// What stands there.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// What was done instead.
    pub consequence: &'static str,
}

impl fmt::Display for RowProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}", self.row)?;
        if !self.column.is_empty() {
            write!(f, ", {}", self.column)?;
        }
        write!(f, ": “{}”; expected {}; {}", self.found, self.expected, self.consequence)
    }
}

/// What an import read and what it did not understand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Name of the file.
    pub name: String,
    /// Rows with data.
    pub rows: usize,
    /// What each known column was read as: word of the field, heading.
    pub columns: Vec<(&'static str, String)>,
    /// Headings nobody knows.
    pub unknown_columns: Vec<String>,
    /// Units.
    pub units: Count,
    /// Roles.
    pub roles: Count,
    /// People.
    pub people: Count,
    /// Reporting lines read.
    pub reporting_lines: usize,
    /// Remarks about the file as a whole, a sentence each.
    pub notes: Vec<String>,
    /// Cells and rows that could not be used, by row.
    pub problems: Vec<RowProblem>,
    /// Elements read, by their name in the language of the file.
    pub elements: Vec<(&'static str, usize)>,
    /// All elements made of them.
    pub made: Count,
    /// What has no meaning in Remit and is kept with its element, by name in the file.
    pub kept: Vec<(String, usize)>,
    /// What could not be used, a sentence each.
    pub left_out: Vec<String>,
    /// What came of matrices of rights.
    pub rights: Option<matrix::Figures>,
    /// Cells of a matrix that could not be used as they are, by sheet and place.
    pub cells: Vec<matrix::CellProblem>,
    /// What a log of cases tells.
    pub log: Option<Arc<event_log::Told>>,
}

/// Why a file cannot be imported at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// No row has a cell with text.
    #[error("the file is empty; expected a row of headings and a row for every role")]
    Empty,
    /// The bytes are no text.
    #[error("the file is not text; save the sheet as CSV (UTF-8) and import that")]
    NoText,
    /// Over a limit.
    #[error("the file has too many {what}: at most {limit} are read; split it and use --into for the second part")]
    TooLarge {
        /// What is too many.
        what: &'static str,
        /// The most that is read.
        limit: usize,
    },
    /// The table cannot be read.
    #[error("the table cannot be read: {0}")]
    Broken(String),
    /// The workbook cannot be read.
    #[error("the workbook cannot be read: {0}")]
    Workbook(String),
    /// No sheet of this name.
    #[error("there is no sheet “{wanted}”; the sheets are: {}", quoted(sheets))]
    NoSheet {
        /// As the user wrote it.
        wanted: String,
        /// What there is.
        sheets: Vec<String>,
    },
    /// No table of rights in it.
    #[error(
        "no matrix of rights found in {place}: expected a row of headings, names of activities or decisions beside it, and \
         letters (R, A, C, I), words or names where they cross. Say how it lies with --transposed or --framework, or read \
         it as a list of posts with --as organisation"
    )]
    NoMatrix {
        /// Where it was looked for.
        place: String,
    },
    /// No framework of this name.
    #[error("there is no framework “{wanted}”; the project has: {}", quoted(frameworks))]
    NoFramework {
        /// As the user wrote it.
        wanted: String,
        /// What there is.
        frameworks: Vec<String>,
    },
    /// Nobody of this name for a column.
    #[error("--column names “{wanted}”, which is no heading of the table; its headings are: {}", quoted(headings))]
    NoColumn {
        /// As the user wrote it.
        wanted: String,
        /// What there is.
        headings: Vec<String>,
    },
    /// No row of headings.
    #[error(
        "no row of headings found; the first row is: {}. Name the columns, such as --map \"unit=Department,role=Job \
         Title\", or number them where there are no headings: --map \"role=#6,holder=#3\"",
        quoted(first_row)
    )]
    NoHeadings {
        /// Cells of the first row.
        first_row: Vec<String>,
    },
    /// Nothing to make an organisation of.
    #[error(
        "no column holds units, roles or people; the columns are: {}. Name them, such as --map \"unit=Department,role=Job \
         Title\"",
        quoted(headings)
    )]
    NothingKnown {
        /// The headings.
        headings: Vec<String>,
    },
    /// A field of the map does not exist.
    #[error("--map names the field “{0}”, which does not exist; the fields are: {fields}", fields = field_words())]
    UnknownField(String),
    /// A field of the map of a log does not exist.
    #[error(
        "--map names the field “{0}”, which a log of cases does not have; its fields are: {fields}",
        fields = event_log::field_words()
    )]
    UnknownLogField(String),
    /// A gzip file that is broken.
    #[error("the file cannot be unpacked: {0}; it may have been cut off, fetch it again")]
    Packed(String),
    /// No log of cases.
    #[error(
        "no log of cases found: expected columns for the case, the activity and a time; the columns are: {}. Name them, such \
         as --map \"case=Order,activity=Task,start=Begin,end=Done\"",
        quoted(headings)
    )]
    NoLog {
        /// The headings.
        headings: Vec<String>,
    },
    /// An XES file that is broken or no XES.
    #[error("line {line}: {reason}")]
    Xes {
        /// Line of the file, the first one 1.
        line: usize,
        /// What is wrong, and what was expected.
        reason: String,
    },
    /// A log in which nothing can be used.
    #[error("the log has no event with a case, an activity and a time; {first}")]
    EmptyLog {
        /// The first problem, in words.
        first: String,
    },
    /// No process of this name.
    #[error("there is no process “{wanted}”; the project has: {}", quoted(processes))]
    NoProcess {
        /// As the user wrote it.
        wanted: String,
        /// What there is.
        processes: Vec<String>,
    },
    /// No step or activity of this name.
    #[error("there is no {what} “{wanted}”; there are: {}", quoted(known))]
    NoNamed {
        /// What was looked for.
        what: &'static str,
        /// As the user wrote it.
        wanted: String,
        /// What there is.
        known: Vec<String>,
    },
    /// A column of the map does not exist.
    #[error("--map names the column “{column}”, which the file does not have; its columns are: {}", quoted(headings))]
    UnknownColumn {
        /// As the user wrote it.
        column: String,
        /// What there is.
        headings: Vec<String>,
    },
    /// A field is mapped twice.
    #[error("--map names the field “{0}” twice")]
    FieldTwice(&'static str),
    /// The file is no BPMN, or cannot be read as such.
    #[error(transparent)]
    Bpmn(#[from] bpmn::BpmnError),
    /// The edit was refused.
    #[error("the content cannot be brought into the project: {0}")]
    Refused(#[from] EditError),
}

fn quoted(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().take(30).map(|name| format!("“{name}”")).collect();
    let more = if names.len() > 30 { ", …" } else { "" };
    format!("{}{more}", quoted.join(", "))
}

fn field_words() -> String {
    headings::FIELDS.iter().map(|(field, _)| headings::word(*field)).collect::<Vec<_>>().join(", ")
}

/// The source with this id, or the only one with this short word.
pub fn source(id: &str) -> Option<&'static Source> {
    SOURCES.iter().find(|source| source.id == id || source.short == id)
}

/// The source of a file by the end of its name and, where several have that end, by its content; else by its content
/// alone.
pub fn detect(name: &str, bytes: &[u8]) -> Option<&'static Source> {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase()).unwrap_or_default();
    let named = || SOURCES.iter().filter(|source| source.extensions.contains(&extension.as_str()));
    match named().count() {
        0 => SOURCES.iter().find(|source| (source.detect)(bytes)),
        1 => named().next(),
        // Where the content looks like none of them, the last one says what is wrong with it.
        _ => named().find(|source| (source.detect)(bytes)).or_else(|| named().next_back()),
    }
}

/// Reads what some bytes hold into a document, with columns mapped by their headings.
///
/// # Errors
/// What is wrong with the bytes as a whole; problems of single rows are in the report.
pub fn read(name: &str, bytes: &[u8], base: &Document) -> Result<Imported, ImportError> {
    let source = detect(name, bytes).unwrap_or(&organisation_csv::SOURCE);
    let (map, matrix, log) = (ColumnMap::default(), matrix::Settings::default(), event_log::Settings::default());
    (source.read)(&Input { bytes, name, base, map: &map, arranges_anew: false, matrix: &matrix, log: &log })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_sorted_and_detected() {
        assert!(SOURCES.is_sorted_by_key(|source| source.id));
        assert_eq!(detect("staff.CSV", b"").map(|source| source.id), Some("organisation-csv"));
        assert_eq!(detect("staff", b"Unit,Role\nOffice,Clerk\n").map(|source| source.id), Some("organisation-csv"));
        assert_eq!(detect("flow.BPMN", b"").map(|source| source.id), Some("bpmn"));
        let matrix = b"Activity,Office,Shop\nBuy flour,A,R\nBake bread,I,\"R, A\"\n";
        assert_eq!(detect("who.csv", matrix).map(|source| source.id), Some("matrix"));
        assert_eq!(detect("who", matrix).map(|source| source.id), Some("matrix"));
        let model = b"<?xml version='1.0'?><definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL'/>";
        assert_eq!(detect("flow.xml", model).map(|source| source.id), Some("bpmn"));
        assert!(detect("page.xml", b"<html><body>BPMN, a, b</body></html>").is_none());
        assert!(detect("picture", b"\x89PNG\0\0\0").is_none());
    }

    #[test]
    fn a_map_keeps_commas_within_names() {
        let map: ColumnMap = "unit=Team, or shop,role=Job Title".parse().unwrap();
        assert_eq!(map.0[0], ("unit".to_owned(), "Team, or shop".to_owned()));
        assert_eq!(map.0[1], ("role".to_owned(), "Job Title".to_owned()));
        assert!("Department".parse::<ColumnMap>().is_err());
    }
}
