//! What `remit import` tells about matrices of decision rights.

use std::collections::BTreeMap;

use super::output::{WIDTH, wrapped};
use crate::import::matrix::{CellProblem, Figures};
use crate::import::{Count, Report};

/// How many problems of a kind are shown one by one.
const SHOWN_OF_A_KIND: usize = 4;
/// How many texts around the tables are shown.
const SHOWN_REMARKS: usize = 12;

/// The report on tables of rights.
pub(super) fn matrix_text(file: &str, report: &Report, figures: &Figures) -> String {
    let mut text = format!("{file}:\n");
    for table in &figures.tables {
        let sheet = if table.sheet.is_empty() { "Table".to_owned() } else { format!("Sheet “{}”", table.sheet) };
        let turned = if table.transposed { "; roles in rows" } else { "" };
        let sentence = format!(
            "{sheet}: {}{turned}; headings in row {}; {} rows, {} columns, {} letters of {}.",
            table.form.words(),
            table.heading_row,
            table.rows,
            table.columns,
            table.letters,
            table.framework
        );
        text.push_str(&wrapped(&sentence, "  ", WIDTH));
    }
    for note in &report.notes {
        text.push_str(&wrapped(note, "  ", WIDTH));
    }
    let remarks: Vec<String> = figures.remarks.iter().take(SHOWN_REMARKS).map(|text| format!("“{text}”")).collect();
    if !remarks.is_empty() {
        let more = figures.remarks.len().saturating_sub(SHOWN_REMARKS);
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        text.push_str(&wrapped(
            &format!("Around the tables, not imported: {}{more}.", remarks.join(", ")),
            "  ",
            WIDTH,
        ));
    }
    text.push_str(&format!("  {}\n", count_text("decisions and tasks", figures.decisions)));
    text.push_str(&format!("  {}\n", count_text("roles and others", figures.holders)));
    text.push_str(&format!("{:>7}  rights\n", figures.rights));
    text.push_str(&problems_text(&report.cells));
    text
}

fn count_text(word: &str, count: Count) -> String {
    let total = count.added + count.updated + count.unchanged;
    if count.updated + count.unchanged == 0 {
        return format!("{total:>5}  {word}");
    }
    format!("{total:>5}  {word}: {} new, {} changed, {} as they were", count.added, count.updated, count.unchanged)
}

/// The problems, those of a kind together.
fn problems_text(problems: &[CellProblem]) -> String {
    let mut kinds: BTreeMap<&str, Vec<&CellProblem>> = BTreeMap::new();
    for problem in problems {
        kinds.entry(&problem.expected).or_default().push(problem);
    }
    let mut text = String::new();
    for group in kinds.into_values() {
        for problem in group.iter().take(SHOWN_OF_A_KIND) {
            let block = wrapped(&problem.to_string(), "      ", WIDTH);
            text.push_str(&format!("    {}", block.trim_start()));
        }
        if let Some(more) = group.len().checked_sub(SHOWN_OF_A_KIND).filter(|more| *more > 0) {
            let cells: Vec<&str> =
                group.iter().skip(SHOWN_OF_A_KIND).take(20).map(|problem| problem.address.as_str()).collect();
            let dots = if more > 20 { ", …" } else { "" };
            let also = format!("and the same in {more} more cells: {}{dots}", cells.join(", "));
            text.push_str(&wrapped(&also, "      ", WIDTH));
        }
    }
    text
}
