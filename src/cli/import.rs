//! `remit import`: a project of other tools' files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::{Failure, is_stream, shown};
use super::output::{WIDTH, wrapped};
use super::{files, import_log, import_text, json_log, layout, output};
use crate::import::{
    ColumnMap, Count, Imported, Input, Report, RowProblem, SOURCES, Source, detect, event_log, matrix, source,
};
use crate::model::{Document, ViewId};
use crate::scene::Mode;
use crate::storage;

/// How many rows with the same trouble are shown one by one.
const SHOWN_OF_A_KIND: usize = 3;
/// How many troubles of a model are shown.
const SHOWN_PROBLEMS: usize = 100;

/// Make a project of other tools' files, or merge them into one; what was not understood is told
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files to import, in this order; `-` for standard input
    #[arg(required = true, value_name = "IN")]
    inputs: Vec<PathBuf>,
    /// Project to write; `-` for standard output
    #[arg(short, long, value_name = "FILE", required_unless_present = "into")]
    output: Option<PathBuf>,
    /// What the files are, where that is not clear: processes (bpmn), log (event-log), matrix, organisation (organisation-csv)
    #[arg(long, visible_alias = "as", value_name = "WHAT", value_parser = known_source)]
    from: Option<&'static Source>,
    /// Merge into this project: known elements are updated, none is taken away
    #[arg(long, value_name = "FILE")]
    into: Option<PathBuf>,
    /// Which column holds what: "unit=Department,role=Job Title"; "role=#6" is the sixth column
    #[arg(long, value_name = "FIELD=COLUMN,…")]
    map: Option<ColumnMap>,
    /// Leave the drawing of a BPMN file aside and arrange its processes anew
    #[arg(long)]
    arrange: bool,
    /// Of a workbook, read only the sheet of this name
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// Of a matrix: its activities or decisions are columns, its roles rows
    #[arg(long)]
    transposed: bool,
    /// Of a matrix: the framework of its letters, such as raci or rapid
    #[arg(long, value_name = "NAME")]
    framework: Option<String>,
    /// Of a matrix: the row with its headings, as a spreadsheet numbers it
    #[arg(long, value_name = "ROW")]
    heading_row: Option<usize>,
    /// Of a matrix: who a column is: "Shop mgr=Shop manager"; "=external" for a party outside, "=-" to pass over it
    #[arg(long, value_name = "HEADING=NAME", value_parser = pair)]
    column: Vec<(String, String)>,
    /// Of a matrix: what a text in its cells means: "boss=A" or "does it=R,C"; "=-" to pass over it
    #[arg(long, value_name = "TEXT=LETTERS", value_parser = pair)]
    letters: Vec<(String, String)>,
    /// Of a log of cases: the process it is about, by name or key; found by its steps where it is not said
    #[arg(long, value_name = "NAME", conflicts_with = "new_process")]
    process: Option<String>,
    /// Of a log of cases: make a new process of it
    #[arg(long)]
    new_process: bool,
    /// Of a log of cases: which step an activity is: "Chk order=Check the order"; "=new" for a new step, "=-" to pass over it
    #[arg(long, value_name = "ACTIVITY=STEP", value_parser = pair)]
    step: Vec<(String, String)>,
    /// Of a log of cases: activities without a step become new steps
    #[arg(long)]
    add_steps: bool,
    /// Of a log of cases: people and roles that the project does not have are added
    #[arg(long)]
    add_people: bool,
    /// Print what was read as text on standard error, or what a log tells as JSON on standard output
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How the report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (left, right) = text.rsplit_once('=').ok_or_else(|| format!("“{text}” has no =; expected THIS=THAT"))?;
    Ok((left.trim().to_owned(), right.trim().to_owned()))
}

impl Arguments {
    fn matrix(&self) -> matrix::Settings {
        let codes = |text: &str| {
            let codes = text.split(',').map(str::trim).filter(|code| !code.is_empty() && *code != "-");
            codes.map(str::to_owned).collect()
        };
        matrix::Settings {
            sheet: self.sheet.clone(),
            transposed: self.transposed.then_some(true),
            framework: self.framework.clone(),
            heading_row: self.heading_row,
            letters: self.letters.iter().map(|(text, letters)| (text.clone(), codes(letters))).collect(),
            columns: self
                .column
                .iter()
                .map(|(heading, name)| (heading.clone(), name.parse().unwrap_or(matrix::ColumnChoice::NewRole)))
                .collect(),
            ..matrix::Settings::default()
        }
    }

    fn log(&self) -> event_log::Settings {
        let choice = |name: &str| name.parse().unwrap_or(event_log::StepChoice::PassOver);
        event_log::Settings {
            process: self.process.clone(),
            discover: self.new_process,
            steps: self.step.iter().map(|(activity, step)| (activity.clone(), choice(step))).collect(),
            adds_people: self.add_people,
            adds_steps: self.add_steps,
        }
    }
}

fn known_source(id: &str) -> Result<&'static Source, String> {
    source(id).ok_or_else(|| format!("expected one of {}", source_ids()))
}

fn source_ids() -> String {
    SOURCES.iter().map(|source| source.id).collect::<Vec<_>>().join(", ")
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let Some(target) = arguments.output.as_ref().or(arguments.into.as_ref()) else {
        return Err(Failure::Input("no project to write; give one with -o FILE".to_owned()));
    };
    let before = match &arguments.into {
        Some(path) => files::load(path)?,
        None => storage::new_document(""),
    };
    let map = arguments.map.clone().unwrap_or_default();
    let (matrix, log) = (arguments.matrix(), arguments.log());
    let mut document = before;
    let mut unarranged: BTreeSet<ViewId> = BTreeSet::new();
    for path in &arguments.inputs {
        let imported = import(path, &document, arguments, (&map, &matrix, &log))?;
        unarranged.extend(imported.unarranged);
        document = imported.document;
    }
    let views: Vec<ViewId> = unarranged.into_iter().collect();
    files::save(&layout::arranged(document, &views, &Mode::OnlyNew)?, target)?;
    if !is_stream(target) {
        output::tell(&format!("Wrote {}.", shown(target)));
    }
    Ok(0)
}

fn import(
    path: &Path,
    base: &Document,
    arguments: &Arguments,
    (map, matrix, log): (&ColumnMap, &matrix::Settings, &event_log::Settings),
) -> Result<Imported, Failure> {
    let bytes = files::read(path)?;
    let name = path.file_name().map_or_else(|| shown(path), |name| name.to_string_lossy().into_owned());
    let unknown = || {
        if is_code_owners(&name, &bytes) {
            let what = "a list of code owners is no table of rights: it names paths and those who approve changes to them; \
                        import a table with the columns task, role and letters instead";
            return Failure::in_file(path, what);
        }
        let what = "not recognised as a file that can be imported";
        Failure::in_file(path, format!("{what}; say what it is with --as: {}", source_ids()))
    };
    let source = arguments.from.or_else(|| detect(&name, &bytes)).ok_or_else(unknown)?;
    let input = Input { bytes: &bytes, name: &name, base, map, arranges_anew: arguments.arrange, matrix, log };
    let imported = (source.read)(&input).map_err(|error| Failure::in_file(path, error))?;
    match (&imported.report.log, arguments.format) {
        (Some(told), Format::Json) => output::print(json_log::log(&shown(path), told, &imported.document)?.as_bytes())?,
        _ => output::tell(&report_text(&shown(path), &imported.report)),
    }
    Ok(imported)
}

/// Whether a file is a `CODEOWNERS` list: lines of a path and names with an at sign, or owners of components.
fn is_code_owners(name: &str, bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else { return false };
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let name = name.to_lowercase();
    name.ends_with("codeowners")
        || name.contains("component_owners")
        || lines.all(|line| line.split_whitespace().skip(1).all(|owner| owner.contains('@')))
}

fn report_text(file: &str, report: &Report) -> String {
    if let Some(told) = &report.log {
        return import_log::log_text(file, report, told) + &problems_text(&report.problems);
    }
    if let Some(figures) = &report.rights {
        return import_text::matrix_text(file, report, figures);
    }
    if report.columns.is_empty() {
        return model_text(file, report);
    }
    let mut text = format!("{file}: {} rows.\n", report.rows);
    for note in &report.notes {
        text.push_str(&wrapped(note, "  ", WIDTH));
    }
    let columns: Vec<String> =
        report.columns.iter().map(|(field, heading)| format!("{field} from “{heading}”")).collect();
    text.push_str(&wrapped(&format!("Read: {}.", columns.join(", ")), "  ", WIDTH));
    if !report.unknown_columns.is_empty() {
        let unknown: Vec<String> = report.unknown_columns.iter().map(|heading| format!("“{heading}”")).collect();
        text.push_str(&wrapped(&format!("Not understood and left out: {}.", unknown.join(", ")), "  ", WIDTH));
    }
    for (word, count) in [("units", report.units), ("roles", report.roles), ("people", report.people)] {
        text.push_str(&format!("  {}\n", count_text(word, count)));
    }
    text.push_str(&format!("{:>7}  reporting lines\n", report.reporting_lines));
    text.push_str(&problems_text(&report.problems));
    text
}

/// The report on a file that is a model itself: what it holds by the names of its own language.
fn model_text(file: &str, report: &Report) -> String {
    let mut text = format!("{file}:\n");
    for note in &report.notes {
        text.push_str(&wrapped(note, "  ", WIDTH));
    }
    for (name, count) in &report.elements {
        text.push_str(&format!("{count:>7}  {name}\n"));
    }
    text.push_str(&format!("  {}\n", count_text("elements made of them", report.made)));
    if !report.kept.is_empty() {
        let kept: Vec<String> = report.kept.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let sentence = format!("Without meaning here, kept with its element for an export: {}.", kept.join(", "));
        text.push_str(&wrapped(&sentence, "  ", WIDTH));
    }
    for problem in report.left_out.iter().take(SHOWN_PROBLEMS) {
        let block = wrapped(problem, "      ", WIDTH);
        text.push_str(&format!("    {}", block.trim_start()));
    }
    if let Some(more) = report.left_out.len().checked_sub(SHOWN_PROBLEMS).filter(|more| *more > 0) {
        text.push_str(&format!("      and {more} more\n"));
    }
    text
}

fn count_text(word: &str, count: Count) -> String {
    let total = count.added + count.updated + count.unchanged;
    let known = count.updated + count.unchanged;
    if known == 0 {
        return format!("{total:>5}  {word}");
    }
    format!("{total:>5}  {word}: {} new, {} changed, {} as they were", count.added, count.updated, count.unchanged)
}

/// The problems, those of a kind together: the first few one by one, the others counted.
fn problems_text(problems: &[RowProblem]) -> String {
    let mut kinds: BTreeMap<(&str, &str, &str), Vec<&RowProblem>> = BTreeMap::new();
    for problem in problems {
        let kind = (problem.column.as_str(), problem.expected.as_str(), problem.consequence);
        kinds.entry(kind).or_default().push(problem);
    }
    let mut groups: Vec<_> = kinds.into_values().collect();
    groups.sort_by_key(|group| group.first().map(|problem| problem.row));
    let mut text = String::new();
    for group in groups {
        for problem in group.iter().take(SHOWN_OF_A_KIND) {
            let block = wrapped(&problem.to_string(), "      ", WIDTH);
            text.push_str(&format!("    {}", block.trim_start()));
        }
        if let Some(more) = group.len().checked_sub(SHOWN_OF_A_KIND).filter(|more| *more > 0) {
            let rows: Vec<String> =
                group.iter().skip(SHOWN_OF_A_KIND).take(10).map(|problem| problem.row.to_string()).collect();
            let dots = if more > 10 { ", …" } else { "" };
            text.push_str(&format!("      and the same in {more} more rows: {}{dots}\n", rows.join(", ")));
        }
    }
    text
}
