//! Tables of rights from elsewhere: RACI matrices and their kin, lists of who may decide what, tables of who answers.
//!
//! A file is read into sheets of text first ([`super::sheets`]). In each sheet one of three forms is found ([`Form`]):
//! where the headings, the names and the letters stand, and what the table explains. All forms give the same
//! [`Content`]; then a framework is chosen for its letters, its columns become holders, and everything becomes one edit.
//! Nothing is dropped in silence: a cell that is not understood is told with its address, its text and what was expected;
//! what was guessed is named. [`prepare`] does all of that for a dialog that changes the [`Settings`] and looks again.

mod choose;
mod content;
mod grid;
mod headings;
mod holders;
mod legend;
mod lexicon;
mod list;
mod parties;
mod plan;
mod register;
mod words;

pub use choose::Chosen;
pub use content::{Cell, CellProblem, Content, Form, LegendEntry, Line};
pub use holders::{ColumnPlan, ColumnTarget, OtherHolder};

use std::str::FromStr;

use super::headings::Field;
use super::sheets::{self, Book, Sheet};
use super::{Count, ImportError, Imported, Input, Report, Source};
use crate::edit::{Edit, MergeMatrix, apply};
use crate::model::*;
use lexicon::Lexicon;

pub(super) const SOURCE: Source = Source {
    id: "matrix",
    short: "matrix",
    label: "Matrix of decision rights from a table (CSV, XLSX, ODS)",
    extensions: &["csv", "tsv", "tab", "txt", "xlsx", "xlsm", "ods"],
    detect,
    read,
};

/// What a user says about a table; what is left unsaid is found out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Only the sheet of this name.
    pub sheet: Option<String>,
    /// The form.
    pub form: Option<Form>,
    /// Whether the subjects are columns.
    pub transposed: Option<bool>,
    /// Name or key of the framework.
    pub framework: Option<String>,
    /// Number of the row of headings, as a spreadsheet shows it.
    pub heading_row: Option<usize>,
    /// Place of the column with the names, from 0.
    pub name_column: Option<usize>,
    /// What cells with a text mean: codes of letters; none to pass over them.
    pub letters: Vec<(String, Vec<String>)>,
    /// What becomes of columns, by their heading.
    pub columns: Vec<(String, ColumnChoice)>,
}

/// What a user says about a column.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnChoice {
    /// A new role of its name.
    NewRole,
    /// A party outside.
    External,
    /// Pass over it.
    Ignore,
    /// Somebody of the project.
    Existing(Actor),
    /// Whoever has this name, else a new role of this name.
    Named(String),
}

impl FromStr for ColumnChoice {
    type Err = std::convert::Infallible;

    /// `-` passes over a column, `external` makes a party outside of it, anything else is a name.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text.trim() {
            "" | "-" => Self::Ignore,
            "external" => Self::External,
            name => Self::Named(name.to_owned()),
        })
    }
}

/// How a table was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableFigures {
    /// Its sheet.
    pub sheet: String,
    /// Its form.
    pub form: Form,
    /// Whether its subjects are columns.
    pub transposed: bool,
    /// Number of its row of headings.
    pub heading_row: usize,
    /// Name of its framework.
    pub framework: String,
    /// Subjects.
    pub rows: usize,
    /// Holders.
    pub columns: usize,
    /// Letters, each cell counted by itself.
    pub letters: usize,
}

/// What tables of rights came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// The tables.
    pub tables: Vec<TableFigures>,
    /// Decisions, and steps that have rights.
    pub decisions: Count,
    /// Those who have rights.
    pub holders: Count,
    /// Rights: each letter that somebody has on a subject once.
    pub rights: usize,
    /// Texts around the tables.
    pub remarks: Vec<String>,
}

/// A text of cells with what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DistinctText {
    /// The text.
    pub text: String,
    /// How many cells have it.
    pub count: usize,
    /// Codes of the letters that it stands for.
    pub codes: Vec<String>,
    /// Whether all of it was understood.
    pub understood: bool,
}

/// Tables of a file, ready to be imported.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prepared {
    /// The change that brings them in.
    pub edit: MergeMatrix,
    /// What they come to.
    pub figures: Figures,
    /// Their columns with what becomes of them.
    pub columns: Vec<ColumnPlan>,
    /// The distinct texts of their cells.
    pub texts: Vec<DistinctText>,
    /// Letters of the framework of the first table: code and name.
    pub letters: Vec<(String, String)>,
    /// How they were read, a sentence each.
    pub notes: Vec<String>,
    /// Cells that could not be used as they are.
    pub problems: Vec<CellProblem>,
}

fn detect(bytes: &[u8]) -> bool {
    sheets::read(bytes).is_ok_and(|book| {
        let (base, settings) = (Document::default(), Settings::default());
        register::contents(&book.sheets, &base).is_some()
            || book
                .sheets
                .iter()
                .any(|sheet| !is_organisation(sheet) && has_several_cells(table_in(sheet, &base, &settings)))
    })
}

/// Whether a table has more than one cell with letters, and names above them: neither a single word such as “Owner” nor
/// numbers in a list without headings are a sign of a matrix.
fn has_several_cells(table: Option<Content>) -> bool {
    let is_name = |line: &Line| line.name.chars().filter(|character| character.is_alphabetic()).count() > 1;
    table.is_some_and(|content| content.cells.len() > 1 && content.columns.iter().any(is_name))
}

/// Whether the headings of a sheet are those of a list of posts.
fn is_organisation(sheet: &Sheet) -> bool {
    let Ok(columns) = super::headings::find(&sheet.rows, &super::ColumnMap::default()) else { return false };
    let has = |field| columns.of(field).is_some();
    let posts = has(Field::PostId)
        || has(Field::ReportsTo)
        || has(Field::PersonId)
        || has(Field::Holder)
        || has(Field::FamilyName);
    posts && (has(Field::Role) || has(Field::Unit))
}

/// Reads cells by any framework of the project, and by the usual letters where it has none.
fn any_letter(base: &Document, legend: &legend::Legend) -> impl Fn(&str) -> bool + use<> {
    let mut lexicons: Vec<Lexicon> = base
        .frameworks()
        .iter()
        .filter(|(_, framework)| framework.letters.iter().any(|letter| letter.code.parse::<u32>().is_err()))
        .map(|(_, framework)| Lexicon::new(framework, base.project().currency))
        .collect();
    lexicons.push(usual_letters(legend, base.project().currency));
    move |text: &str| words::is_mark(text) || lexicons.iter().any(|lexicon| lexicon.read(text).is_telling(text))
}

/// The letters of the usual frameworks together, and those of a legend.
fn usual_letters(legend: &legend::Legend, currency: Currency) -> Lexicon {
    let mut framework = Framework {
        key: Key::unset(),
        name: String::new(),
        description: String::new(),
        letters: Vec::new(),
        built_in: false,
    };
    let usual = ["R", "A", "C", "I", "S", "V", "Si", "Su", "D", "P", "E", "O"].into_iter();
    let explained = legend.entries.iter().map(|entry| entry.code.as_str()).filter(|code| !code.is_empty());
    for code in usual.chain(explained) {
        framework.letters.push(choose::bare_letter(code));
    }
    let mut lexicon = Lexicon::new(&framework, currency);
    for (word, _) in words::all_words() {
        lexicon.name(word, "R", false);
    }
    lexicon
}

/// The table of rights in a sheet.
fn table_in(sheet: &Sheet, base: &Document, settings: &Settings) -> Option<Content> {
    let legend = legend::legend_of(sheet);
    let is_letter = any_letter(base, &legend);
    let wants = |form: Form| settings.form.is_none_or(|wanted| wanted == form);
    if wants(Form::List)
        && settings.transposed.is_none()
        && let Some(columns) = list::find(sheet, &legend, &is_letter, settings.heading_row)
    {
        return Some(list::content(sheet, legend, &columns, base.project().currency));
    }
    let parties = parties::find(sheet, &legend, &is_letter, settings.heading_row).filter(|_| wants(Form::Parties));
    if let Some(heading) = parties {
        return Some(parties::content(sheet, legend, heading));
    }
    if wants(Form::Grid)
        && let Some(layout) = grid::find(sheet, &legend, &is_letter, settings)
    {
        let decides = |text: &str| decides(text, base);
        let transposed = settings.transposed.unwrap_or_else(|| grid::is_transposed(sheet, &layout, &decides));
        return Some(grid::content(sheet, legend, &layout, transposed));
    }
    None
}

/// Whether a cell has the letter that decides, in the framework of the project's rows.
fn decides(text: &str, base: &Document) -> bool {
    let text = text.trim().to_lowercase();
    let framework = base.project().framework.and_then(|id| base.get::<Framework>(id));
    let letter = framework.and_then(|framework| framework.letter_for(Duty::Decide));
    let code = letter.map_or_else(|| "a".to_owned(), |letter| letter.code.to_lowercase());
    let has_code = text.split(|c: char| !c.is_alphanumeric()).any(|part| part == code);
    has_code || matches!(words::guess_duty(&text), Some(Duty::Decide))
}

/// Reads the tables of a book; `name` is that of the file.
///
/// # Errors
/// No sheet or framework has the name that the settings say, or no table of rights is there.
pub fn prepare(book: &Book, name: &str, base: &Document, settings: &Settings) -> Result<Prepared, ImportError> {
    let chosen = chosen_sheets(book, settings)?;
    let mut contents = match settings.sheet {
        None => register::contents(&book.sheets, base).unwrap_or_default(),
        Some(_) => Vec::new(),
    };
    let mut legends = Vec::new();
    let is_register = !contents.is_empty();
    if !is_register {
        for sheet in &chosen {
            match table_in(sheet, base, settings) {
                Some(content) => contents.push(content),
                None => legends.push(legend::legend_of(sheet)),
            }
        }
    }
    if contents.is_empty() {
        let names: Vec<String> =
            chosen.iter().filter(|sheet| !sheet.name.is_empty()).map(|sheet| format!("“{}”", sheet.name)).collect();
        let place = if names.is_empty() { format!("“{name}”") } else { names.join(", ") };
        return Err(ImportError::NoMatrix { place });
    }
    for content in contents.iter_mut().filter(|content| content.legend.is_empty()) {
        content.legend = legends.iter().flat_map(|legend| legend.entries.clone()).collect();
    }
    let mut tables = Vec::with_capacity(contents.len());
    for content in contents {
        let choice = choose::choose(base, &content, settings, name)?;
        tables.push((content, choice));
    }
    let letters = tables.first().map(|(_, choice)| {
        choice.framework.letters.iter().map(|letter| (letter.code.clone(), letter.name.clone())).collect()
    });
    check_columns(&tables, settings)?;
    let mut planned = plan::plan(&tables, base, settings, name);
    let read: Vec<&str> = tables.iter().map(|(content, _)| content.sheet.as_str()).collect();
    let passed: Vec<String> = chosen
        .iter()
        .filter(|sheet| !is_register && !sheet.name.is_empty() && !read.contains(&sheet.name.as_str()))
        .map(|sheet| format!("“{}”", sheet.name))
        .collect();
    let mut notes = book.notes.clone();
    notes.extend(planned.notes);
    if !passed.is_empty() {
        notes.push(format!("No table of rights in these sheets, which were passed over: {}.", passed.join(", ")));
    }
    planned.texts.sort_by(|one, other| (one.understood, &one.text).cmp(&(other.understood, &other.text)));
    planned.texts.dedup_by(|next, first| {
        let same = next.text == first.text;
        first.count += if same { next.count } else { 0 };
        same
    });
    Ok(Prepared {
        edit: planned.merge,
        figures: planned.figures,
        columns: planned.columns,
        texts: planned.texts,
        letters: letters.unwrap_or_default(),
        notes,
        problems: planned.problems,
    })
}

fn chosen_sheets<'a>(book: &'a Book, settings: &Settings) -> Result<Vec<&'a Sheet>, ImportError> {
    let is_chosen = |sheet: &&Sheet| settings.sheet.as_deref().is_none_or(|name| sheets::is_called(sheet, name));
    let chosen: Vec<&Sheet> = book.sheets.iter().filter(is_chosen).collect();
    match (&settings.sheet, chosen.is_empty()) {
        (Some(wanted), true) => Err(sheets::no_sheet(&book.sheets, wanted)),
        _ => Ok(chosen),
    }
}

/// That every column the user speaks of is there.
fn check_columns(tables: &[(Content, choose::Choice)], settings: &Settings) -> Result<(), ImportError> {
    let names = || tables.iter().flat_map(|(content, _)| content.columns.iter().map(|line| line.name.clone()));
    for (heading, choice) in &settings.columns {
        let is_there = names().any(|name| lexicon::cell_key(&name) == lexicon::cell_key(heading));
        if !is_there && matches!(choice, ColumnChoice::Named(_) | ColumnChoice::Ignore | ColumnChoice::External) {
            return Err(ImportError::NoColumn { wanted: heading.clone(), headings: names().take(60).collect() });
        }
    }
    Ok(())
}

fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let book = sheets::read(input.bytes)?;
    let prepared = prepare(&book, input.name, input.base, input.matrix)?;
    let edit = Edit::from(prepared.edit);
    let document = apply(input.base, &edit)?.document;
    let fresh = document.views().ids().filter(|id| !input.base.views().contains(*id));
    let report = Report {
        name: input.name.to_owned(),
        rows: prepared.figures.tables.iter().map(|table| table.rows).sum(),
        notes: prepared.notes,
        rights: Some(prepared.figures),
        cells: prepared.problems,
        ..Report::default()
    };
    Ok(Imported { unarranged: fresh.collect(), edit, document, report })
}
