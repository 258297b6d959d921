//! What `remit import` tells about a log of cases.

use super::output::{WIDTH, wrapped};
use crate::analysis::log::ActivityFigures;
use crate::import::Report;
use crate::import::event_log::{ActivityLine, Match, Told, WhoLine};
use crate::model::{Minutes, Rate};

/// How many names of a kind are shown.
const SHOWN: usize = 20;

/// The report on a log.
pub(super) fn log_text(file: &str, report: &Report, told: &Told) -> String {
    let (read, summary) = (&told.file, &told.summary);
    let counts = format!(
        "{} cases, {} pieces of work, {} to {}.",
        read.log.cases.len(),
        read.log.instances(),
        read.from,
        read.to
    );
    let mut text = format!("{file}: {counts}\n");
    for note in &report.notes {
        text.push_str(&wrapped(note, "  ", WIDTH));
    }
    if !report.columns.is_empty() {
        let columns: Vec<String> =
            report.columns.iter().map(|(field, heading)| format!("{field} from “{heading}”")).collect();
        text.push_str(&wrapped(&format!("Read: {}.", columns.join(", ")), "  ", WIDTH));
    }
    if !report.unknown_columns.is_empty() {
        text.push_str(&wrapped(
            &format!("Not understood and left out: {}.", listed(&report.unknown_columns)),
            "  ",
            WIDTH,
        ));
    }
    let process = if summary.process.is_some() { "Process" } else { "New process" };
    let rate = changed(summary.cases.0.map(rate_text), summary.cases.1.map(rate_text));
    text.push_str(&format!("  {process} “{}”: {rate}\n", summary.process_name));
    for (line, figures) in summary.activities.iter().zip(&read.figures.activities) {
        text.push_str(&activity_text(line, figures));
    }
    for line in &summary.flows {
        let share = changed(line.before.map(percent), Some(percent(line.after)));
        text.push_str(&wrapped(
            &format!("{}, {}: {share} of {} choices", line.gateway, line.branch, line.count),
            "    ",
            WIDTH,
        ));
    }
    if let Some((followed, all)) = summary.followed {
        text.push_str(&format!("  {followed} of {all} pieces of work follow the flows of the process\n"));
    }
    if !summary.steps_without.is_empty() {
        let steps = format!("Steps that the log does not know: {}.", listed(&summary.steps_without));
        text.push_str(&wrapped(&steps, "  ", WIDTH));
    }
    text.push_str(&who_text("roles", &summary.roles));
    text.push_str(&who_text("people", &summary.people));
    text
}

fn activity_text(line: &ActivityLine, figures: &ActivityFigures) -> String {
    let how = match line.how {
        Match::Exact => String::new(),
        Match::Normalised | Match::Chosen => format!(" is step “{}”", line.step_name),
        Match::Alike(percent) => format!(" is step “{}”, {percent} % alike", line.step_name),
        Match::New => " (new)".to_owned(),
        Match::PassedOver => " (passed over)".to_owned(),
        Match::None => " has no step; see --step and --add-steps".to_owned(),
    };
    let is_used = line.step.is_some() || line.how == Match::New;
    let figures = if is_used {
        let text = |minutes: Minutes| minutes_text(minutes);
        let work = changed(line.work.0.map(text), line.work.1.map(text));
        let wait = changed(line.wait.0.map(text), line.wait.1.map(text));
        let cause = figures.main_cause().filter(|_| line.wait.1.is_some_and(|wait| wait.0 >= 0.05));
        let cause = cause.map(|cause| format!(" (mostly {})", cause.words())).unwrap_or_default();
        format!(": work {work}, wait {wait}{cause}")
    } else {
        String::new()
    };
    wrapped(&format!("“{}”{how}{figures}", line.activity), "    ", WIDTH)
}

/// `5 min → 6.2 min`; an estimate that the log does not measure stays.
fn changed(before: Option<String>, after: Option<String>) -> String {
    match (before, after) {
        (None, None) => "not known".to_owned(),
        (Some(before), None) => format!("{before}, not measured"),
        (None, Some(after)) => after,
        (Some(before), Some(after)) if before == after => format!("{after} as before"),
        (Some(before), Some(after)) => format!("{before} → {after}"),
    }
}

fn rate_text(rate: Rate) -> String {
    format!("{rate}")
}

fn minutes_text(minutes: Minutes) -> String {
    for (size, unit) in [(1440.0, "d"), (60.0, "h")] {
        if minutes.0 >= 2.0 * size {
            return format!("{} {unit}", (minutes.0 / size * 10.0).round() / 10.0);
        }
    }
    format!("{} min", (minutes.0 * 10.0).round() / 10.0)
}

fn percent(share: f64) -> String {
    format!("{} %", (share * 1000.0).round() / 10.0)
}

fn who_text(word: &str, lines: &[WhoLine]) -> String {
    if lines.is_empty() {
        return String::new();
    }
    let of = |how: Match| lines.iter().filter(move |line| line.how == how);
    let known = lines.iter().filter(|line| line.who.is_some()).count();
    let mut text = format!("  {} {word}: {known} known, {} new\n", lines.len(), of(Match::New).count());
    let unknown: Vec<String> = of(Match::None).map(|line| line.name.clone()).collect();
    if !unknown.is_empty() {
        let sentence = format!("Not in the project, and not added without --add-people: {}.", listed(&unknown));
        text.push_str(&wrapped(&sentence, "    ", WIDTH));
    }
    text
}

fn listed(names: &[String]) -> String {
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| format!("“{name}”")).collect();
    let more = names.len().saturating_sub(SHOWN);
    if more > 0 { format!("{} and {more} more", shown.join(", ")) } else { shown.join(", ") }
}
