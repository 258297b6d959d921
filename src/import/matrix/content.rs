//! What a table of rights holds, whatever its form: subjects, holders and the texts where they cross.

use rustc_hash::FxHashMap;

use crate::model::{Framework, Minutes, Tier};

/// A form of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Letters where rows and columns cross.
    #[default]
    Grid,
    /// One row for each subject and holder, or holders named below a duty.
    List,
    /// Names of those who answer where rows and columns cross.
    Parties,
}

impl Form {
    /// A few words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Grid => "letters where rows and columns cross",
            Self::List => "a list, one row for each subject",
            Self::Parties => "names of parties where rows and columns cross",
        }
    }
}

/// A subject or a holder as the table names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// For a subject its area, for a holder its unit; empty for none.
    pub group: String,
    /// Where its name stands.
    pub address: String,
    /// The word for what a holder is, where the table says so: `unit`, `body`, `person`, `external`, `role`.
    pub kind: String,
    /// What else the table says about it: heading and text.
    pub details: Vec<(String, String)>,
}

/// What stands where a subject and a holder cross.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cell {
    /// Place of the subject.
    pub row: usize,
    /// Place of the holder.
    pub column: usize,
    /// The text that tells the letters.
    pub text: String,
    /// Where it stands.
    pub address: String,
    /// Limits from columns of their own.
    pub tiers: Vec<Tier>,
    /// Remarks from columns of their own.
    pub note: String,
    /// Topics of a veto, and the time to answer.
    pub veto: Option<(String, Option<Minutes>)>,
}

/// A letter explained by the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LegendEntry {
    /// Its code; empty where only its name is explained.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its meaning.
    pub meaning: String,
    /// Where it is explained.
    pub address: String,
}

/// A cell that could not be used as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellProblem {
    /// Where it stands: `B7`, `Sheet!B7`.
    pub address: String,
    /// What stands there.
    pub found: String,
    /// What was expected.
    pub expected: String,
    /// What was done instead.
    pub consequence: String,
}

impl std::fmt::Display for CellProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: “{}”; expected {}; {}", self.address, self.found, self.expected, self.consequence)
    }
}

/// A table of rights.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content {
    /// Name of its sheet; empty for a file without sheets.
    pub sheet: String,
    /// Its form.
    pub form: Form,
    /// Whether its subjects are columns.
    pub transposed: bool,
    /// Number of the row of headings.
    pub heading_row: usize,
    /// What the names of subjects are headed with.
    pub subject_heading: String,
    /// Decisions, activities.
    pub rows: Vec<Line>,
    /// Roles and others.
    pub columns: Vec<Line>,
    /// Cells with text.
    pub cells: Vec<Cell>,
    /// Letters it explains.
    pub legend: Vec<LegendEntry>,
    /// Marks with what they mean.
    pub footnotes: Vec<(String, String)>,
    /// Titles and remarks around it.
    pub remarks: Vec<String>,
    /// How it was read, a sentence each.
    pub notes: Vec<String>,
    /// Cells that could not be used.
    pub problems: Vec<CellProblem>,
    /// Whether a framework may be made of its words: they are permissions or parties, and no letters.
    pub makes_framework: bool,
    /// Whether it is a register written by Remit, whose details are fields of decisions.
    pub is_register: bool,
    /// The framework of its letters, where the file defines it.
    pub framework: Option<Framework>,
    pub(super) row_places: Places,
    pub(super) column_places: Places,
}

/// Places of lines by folded name and group.
pub(super) type Places = FxHashMap<(String, String), usize>;

impl Content {
    /// The place of a subject, added where it is new. Subjects are the same by name and group.
    pub(super) fn row(&mut self, line: Line) -> usize {
        place(&mut self.rows, &mut self.row_places, line)
    }

    /// The place of a holder, added where it is new.
    pub(super) fn column(&mut self, line: Line) -> usize {
        place(&mut self.columns, &mut self.column_places, line)
    }
}

fn place(lines: &mut Vec<Line>, places: &mut Places, line: Line) -> usize {
    let key = (super::lexicon::cell_key(&line.name), super::lexicon::cell_key(&line.group));
    let at = *places.entry(key).or_insert(lines.len());
    match lines.get_mut(at) {
        Some(known) => {
            let fresh: Vec<_> = line.details.into_iter().filter(|detail| !known.details.contains(detail)).collect();
            known.details.extend(fresh);
        }
        None => lines.push(line),
    }
    at
}
