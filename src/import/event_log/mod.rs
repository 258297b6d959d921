//! Logs of real cases: tables (CSV) and XES, plain or packed with gzip, into measured figures of a process.
//!
//! [`read_log`] knows nothing of a project: bytes to events to an [`EventLog`] with its [figures](LogFigures), within the
//! limits. [`prepare`] finds out which process, steps and people of a project are meant and makes the one edit that
//! brings the figures in. What is not matched is listed, never guessed in silence.

mod discover;
mod events;
mod headings;
mod limits;
mod matching;
mod moment;
mod plan;
mod rows;
mod unpack;
mod who;
mod xes;

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::Arc;

pub(super) use headings::field_words;
pub use matching::ALIKE;
pub use plan::{Prepared, prepare};

use super::{ColumnMap, Count, ImportError, Imported, Input, Report, RowProblem, Source};
use crate::analysis::log::{EventLog, LogFigures, MINUTE, figures};
use crate::edit::{Edit, apply};
use crate::model::*;
use events::Remains;

pub(super) const SOURCE: Source = Source {
    id: "event-log",
    short: "log",
    label: "Log of real cases (CSV, XES)",
    extensions: &["csv", "tsv", "tab", "txt", "gz", "xes"],
    detect: looks_like_log,
    read,
};

/// Bytes looked at.
const START: usize = 16 * 1024;

/// What the user says about a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Key or name of the process that it is about; found by its steps where there is none.
    pub process: Option<String>,
    /// Whether a new process is made of it, whatever the project has.
    pub discover: bool,
    /// What single activities are.
    pub steps: BTreeMap<String, StepChoice>,
    /// Whether people and roles that the project does not have are added.
    pub adds_people: bool,
    /// Whether activities without a step become new steps of the process.
    pub adds_steps: bool,
}

/// What an activity is, as the user says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepChoice {
    /// The step with this key or name.
    Named(String),
    /// A new step.
    New,
    /// Nothing.
    PassOver,
}

impl FromStr for StepChoice {
    type Err = std::convert::Infallible;

    /// Reads `-` for nothing, `new` for a new step, else the name of a step.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(match text.trim() {
            "" | "-" => Self::PassOver,
            "new" => Self::New,
            name => Self::Named(name.to_owned()),
        })
    }
}

/// How somebody or something of a log was found in the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Match {
    /// By the same name.
    Exact,
    /// By the same letters.
    Normalised,
    /// By an alike name, so many percent.
    Alike(u8),
    /// By the user.
    Chosen,
    /// Not found; it is added.
    New,
    /// Passed over by the user.
    PassedOver,
    /// Not found.
    None,
}

impl Match {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Normalised => "normalised",
            Self::Alike(_) => "alike",
            Self::Chosen => "chosen",
            Self::New => "new",
            Self::PassedOver => "passed over",
            Self::None => "none",
        }
    }
}

/// A log as it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct LogFile {
    /// Name of the file.
    pub name: String,
    /// Its cases.
    pub log: EventLog,
    /// Its figures.
    pub figures: LogFigures,
    /// The day of the first start.
    pub from: Date,
    /// The day of the last end.
    pub to: Date,
    /// Rows or events in the file.
    pub rows: usize,
    /// What each known column was read as.
    pub columns: Vec<(&'static str, String)>,
    /// Headings or attributes that nobody knows.
    pub unknown_columns: Vec<String>,
    /// How it was read, a sentence each.
    pub notes: Vec<String>,
    /// What could not be used, by line.
    pub problems: Vec<RowProblem>,
}

/// What a log comes to in a project.
#[derive(Clone, Debug, PartialEq)]
pub struct Summary {
    /// The process; none for a new one.
    pub process: Option<ProcessId>,
    /// Its name.
    pub process_name: String,
    /// Cases of the process before, and as measured.
    pub cases: (Option<Rate>, Option<Rate>),
    /// Each activity, in the order of the log.
    pub activities: Vec<ActivityLine>,
    /// Branches with a measured share.
    pub flows: Vec<FlowLine>,
    /// How much of the work in the log follows the flows of the process, of how much that has a step; none for a new one.
    pub followed: Option<(usize, usize)>,
    /// Those who do the work, in the order of the log.
    pub people: Vec<WhoLine>,
    /// Their roles, in the order of the log.
    pub roles: Vec<WhoLine>,
    /// Steps of the process that the log does not know.
    pub steps_without: Vec<String>,
    /// Remarks, a sentence each.
    pub notes: Vec<String>,
}

/// What an activity comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct ActivityLine {
    /// Its name in the log.
    pub activity: String,
    /// Its step.
    pub step: Option<StepId>,
    /// Name of the step, also of a new one; empty where there is none.
    pub step_name: String,
    /// How the step was found.
    pub how: Match,
    /// Work of the step before, and as measured.
    pub work: (Option<Minutes>, Option<Minutes>),
    /// Waiting before it, before and as measured.
    pub wait: (Option<Minutes>, Option<Minutes>),
}

/// What a branch comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct FlowLine {
    /// The flow.
    pub flow: FlowId,
    /// The gateway in words: its name in quotes, else what comes before it.
    pub gateway: String,
    /// The branch in words: its name in quotes, else where it leads.
    pub branch: String,
    /// Its share before.
    pub before: Option<f64>,
    /// Its share as measured.
    pub after: f64,
    /// How many choices there were at its gateway.
    pub count: usize,
}

/// Who somebody is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhoLine {
    /// The name in the log.
    pub name: String,
    /// Who that is in the project.
    pub who: Option<ElementRef>,
    /// How it was found.
    pub how: Match,
}

/// A log and what it came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// The log.
    pub file: LogFile,
    /// What it came to.
    pub summary: Summary,
}

/// Reads a log.
///
/// # Errors
/// It is no log, is broken or too large, or nothing in it can be used.
pub fn read_log(name: &str, bytes: &[u8], map: &ColumnMap) -> Result<LogFile, ImportError> {
    let content = unpack::unpacked(bytes)?;
    if xes::looks_like_xes(content.get(..START).unwrap_or(&content)) {
        let xes::Reading { events, count, unknown } = xes::read(&content)?;
        let (log, problems, remains) = events.finish();
        let notes = vec!["Read as XES.".to_owned()];
        finished(name, log, problems, &remains).map(|file| LogFile {
            rows: count,
            unknown_columns: unknown,
            notes,
            ..file
        })
    } else {
        let rows::Reading { events, rows, columns, unknown_columns, notes } = rows::read(&content, map)?;
        let (log, problems, remains) = events.finish();
        finished(name, log, problems, &remains).map(|file| LogFile {
            rows,
            columns,
            unknown_columns,
            notes: [notes, file.notes.clone()].concat(),
            ..file
        })
    }
}

fn finished(
    name: &str,
    log: EventLog,
    mut problems: Vec<RowProblem>,
    remains: &Remains,
) -> Result<LogFile, ImportError> {
    problems.sort();
    let day = |millis: i64| {
        let local = millis.checked_add(i64::from(log.offset_minutes) * MINUTE)?;
        let time = jiff::Timestamp::from_millisecond(local).ok()?;
        Some(time.to_zoned(jiff::tz::TimeZone::UTC).date())
    };
    let period = log.period().and_then(|(from, to)| Some((day(from)?, day(to)?)));
    let Some((from, to)) = period else {
        let first = problems.first().map_or_else(|| "expected at least one".to_owned(), ToString::to_string);
        return Err(ImportError::EmptyLog { first });
    };
    let notes = notes_on(&log, remains);
    Ok(LogFile {
        name: name.to_owned(),
        figures: figures(&log),
        log,
        from,
        to,
        rows: 0,
        columns: Vec::new(),
        unknown_columns: Vec::new(),
        notes,
        problems,
    })
}

fn notes_on(log: &EventLog, remains: &Remains) -> Vec<String> {
    let mut notes = Vec::new();
    let one_time = "how long it took and how long it waited is not known, so that neither is measured";
    if !log.has_durations {
        notes.push(format!("The log has one time for each piece of work, not when it began: {one_time}."));
    } else if remains.orphans > 0 {
        notes.push(format!("Completions without a start: {}. Of that work {one_time}.", remains.orphans));
    }
    if !remains.passed.is_empty() {
        let words: Vec<String> = remains.passed.iter().map(|(word, count)| format!("“{word}” {count}")).collect();
        notes.push(format!("Neither starts nor completions, passed over: {}.", words.join(", ")));
    }
    if remains.zones > 1 {
        let note =
            "The times are of several time zones; hours and days of the week are those of the most frequent one.";
        notes.push(note.to_owned());
    }
    if remains.more_problems > 0 {
        notes.push(format!("There are {} more problems than are told one by one.", remains.more_problems));
    }
    notes
}

fn looks_like_log(bytes: &[u8]) -> bool {
    let start = unpack::beginning(bytes, START);
    if start.starts_with(b"PK\x03\x04") {
        return false;
    }
    xes::looks_like_xes(&start) || rows::looks_like_log(&start)
}

fn read(input: &Input<'_>) -> Result<Imported, ImportError> {
    let file = read_log(input.name, input.bytes, input.map)?;
    let Prepared { edit, summary } = prepare(&file, input.base, input.log)?;
    let edit = Edit::from(edit);
    let document = apply(input.base, &edit)?.document;
    let report = Report {
        name: input.name.to_owned(),
        rows: file.rows,
        columns: file.columns.clone(),
        unknown_columns: file.unknown_columns.clone(),
        notes: [file.notes.clone(), summary.notes.clone()].concat(),
        problems: file.problems.clone(),
        people: counted(&summary.people),
        roles: counted(&summary.roles),
        log: Some(Arc::new(Told { file, summary })),
        ..Report::default()
    };
    Ok(Imported { unarranged: unarranged(&document, input.base), edit, document, report })
}

fn counted(lines: &[WhoLine]) -> Count {
    let added = lines.iter().filter(|line| line.how == Match::New).count();
    Count { added, updated: 0, unchanged: lines.iter().filter(|line| line.who.is_some()).count() }
}

/// Views with boxes that are new and have no place.
pub fn unarranged(document: &Document, before: &Document) -> Vec<ViewId> {
    let changed = document.placements().changes_since(before.placements());
    let placed = changed.filter_map(|(id, _)| document.get::<Placement>(id));
    let open = placed.filter(|placed| placed.center.is_none() && FlowNode::try_from(placed.element).is_ok());
    let views: std::collections::BTreeSet<ViewId> = open.map(|placement| placement.view).collect();
    views.into_iter().collect()
}
