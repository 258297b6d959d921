//! What activities, branches and people of a log come to, a line each.

use egui::{Align, Align2, Layout, Rect, Response, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2};

use super::choice_ui;
use crate::analysis::log::ActivityFigures;
use crate::app::core::Core;
use crate::app::style::{colour, font};
use crate::app::widgets::text;
use crate::import::RowProblem;
use crate::import::event_log::{ActivityLine, LogFile, Match, Settings, StepChoice, Summary, WhoLine};
use crate::model::*;
use crate::scene::accessible_label;
use crate::scene::text::Measure;
use crate::scene::theme::Theme;

const ROW: f32 = 34.0;
const TWO_LINES: f32 = 44.0;
/// Widths of the columns behind the name.
const STEP: f32 = 230.0;
const FIGURE: f32 = 150.0;

pub(super) fn label_ui(ui: &mut Ui, theme: &Theme, words: &str) {
    ui.label(text(words, theme.sizes.text.caption).color(colour(theme.neutral.ink_second)));
}

/// A text shortened to its room; the whole of it is told to those who hover or listen.
fn words_ui(ui: &mut Ui, theme: &Theme, words: &str, width: f32, is_strong: bool) -> Response {
    let style = if is_strong { theme.sizes.text.name } else { theme.sizes.text.body };
    let ink = if is_strong { theme.neutral.ink } else { theme.neutral.ink_second };
    let shown = Measure::bundled().ellipsize(words, style, width - 8.0);
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, ROW), Sense::hover());
    ui.painter().text(pos2(rect.left(), rect.center().y), Align2::LEFT_CENTER, shown.text, font(style), colour(ink));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, words));
    response.on_hover_text(words)
}

/// Each activity with its step and what is measured of it.
pub(super) fn steps_ui(ui: &mut Ui, core: &Core, file: &LogFile, summary: &Summary, settings: &mut Settings) {
    let theme = core.theme();
    let name_width = (ui.available_width() - STEP - 2.0 * FIGURE - 48.0).clamp(110.0, 340.0);
    ui.horizontal(|ui| {
        for (words, width) in [("Activity", name_width), ("Step", STEP), ("Work", FIGURE), ("Waiting", FIGURE)] {
            let (rect, _) = ui.allocate_exact_size(Vec2::new(width, 18.0), Sense::hover());
            let (style, ink) = (font(theme.sizes.text.caption), colour(theme.neutral.ink_second));
            ui.painter().text(pos2(rect.left(), rect.center().y), Align2::LEFT_CENTER, words, style, ink);
        }
    });
    ScrollArea::vertical().auto_shrink([false, false]).id_salt("log-steps").show_rows(
        ui,
        ROW,
        summary.activities.len(),
        |ui, rows| {
            for place in rows {
                let Some(line) = summary.activities.get(place) else { continue };
                ui.horizontal(|ui| {
                    words_ui(ui, theme, &line.activity, name_width, true);
                    let room = Layout::left_to_right(Align::Center);
                    ui.allocate_ui_with_layout(Vec2::new(STEP, ROW), room, |ui| {
                        ui.set_min_width(STEP);
                        step_ui(ui, core, summary, line, settings);
                    });
                    words_ui(ui, theme, &changed(line.work), FIGURE, false);
                    let causes = file.figures.activities.get(place).map(|figures| figures.causes.as_slice());
                    let response = words_ui(ui, theme, &changed(line.wait), FIGURE, false);
                    let causes = cause_lines(causes.unwrap_or_default());
                    if !causes.is_empty() {
                        response.on_hover_text(causes);
                        let cause = file.figures.activities.get(place).and_then(ActivityFigures::main_cause);
                        let cause = cause.map_or("", WaitCause::words);
                        let width = ui.available_width() - 16.0;
                        if width > 60.0 {
                            words_ui(ui, theme, cause, width, false);
                        }
                    }
                });
            }
        },
    );
}

/// Which step an activity is, to be changed.
fn step_ui(ui: &mut Ui, core: &Core, summary: &Summary, line: &ActivityLine, settings: &mut Settings) {
    let theme = core.theme();
    let Some(process) = summary.process else {
        words_ui(ui, theme, "New step", STEP, false);
        return;
    };
    let shown = match line.how {
        Match::Alike(percent) => format!("{} ({percent} % alike)", line.step_name),
        Match::New => "New step".to_owned(),
        Match::PassedOver => "Pass over".to_owned(),
        Match::None => "No step".to_owned(),
        Match::Exact | Match::Normalised | Match::Chosen => line.step_name.clone(),
    };
    let mut chosen = None;
    choice_ui(ui, theme, &format!("Step of {}", line.activity), &shown, STEP - 8.0, |ui| {
        for (choice, words) in [(StepChoice::New, "New step"), (StepChoice::PassOver, "Pass over")] {
            if ui.selectable_label(false, words).clicked() {
                chosen = Some(choice);
            }
        }
        let document = core.document();
        for (id, step) in document.steps().iter().filter(|(_, step)| step.process == process) {
            let is_now = line.step == Some(id);
            let words = if step.name.is_empty() { accessible_label(document, id.into()) } else { step.name.clone() };
            if ui.selectable_label(is_now, words).clicked() {
                chosen = Some(StepChoice::Named(step.key.to_string()));
            }
        }
    });
    if let Some(choice) = chosen {
        settings.steps.insert(line.activity.clone(), choice);
    }
}

/// `5 min → 6.2 min`.
fn changed((before, after): (Option<Minutes>, Option<Minutes>)) -> String {
    match (before.map(readable), after.map(readable)) {
        (None, None) => "–".to_owned(),
        (Some(before), None) => format!("{before} (estimate stays)"),
        (None, Some(after)) => after,
        (Some(before), Some(after)) if before == after => format!("{after}, as before"),
        (Some(before), Some(after)) => format!("{before} → {after}"),
    }
}

/// A duration in the unit that a person would use.
pub(super) fn readable(minutes: Minutes) -> String {
    for (size, unit) in [(1440.0, "d"), (60.0, "h")] {
        if minutes.0 >= 2.0 * size {
            return format!("{} {unit}", (minutes.0 / size * 10.0).round() / 10.0);
        }
    }
    format!("{} min", (minutes.0 * 10.0).round() / 10.0)
}

fn cause_lines(causes: &[(WaitCause, f64)]) -> String {
    let lines = causes.iter().filter(|(_, mean)| *mean >= 0.05);
    let lines: Vec<String> =
        lines.map(|(cause, mean)| format!("{}: {}", cause.words(), readable(Minutes(*mean)))).collect();
    lines.join("\n")
}

/// Each branch with its share.
pub(super) fn branches_ui(ui: &mut Ui, theme: &Theme, summary: &Summary) {
    if summary.flows.is_empty() {
        let words = match summary.process {
            Some(_) => "No case passed a gateway of the process in a way that tells which branch it took.",
            None => "The shares of the branches of a new process come with it.",
        };
        label_ui(ui, theme, words);
        return;
    }
    let room = (ui.available_width() - FIGURE - 140.0).clamp(160.0, 640.0) / 2.0;
    ScrollArea::vertical().auto_shrink([false, false]).id_salt("log-branches").show_rows(
        ui,
        ROW,
        summary.flows.len(),
        |ui, rows| {
            for line in summary.flows.get(rows).unwrap_or_default() {
                ui.horizontal(|ui| {
                    let gateway = if line.gateway.is_empty() { "Gateway" } else { &line.gateway };
                    words_ui(ui, theme, gateway, room, true);
                    words_ui(ui, theme, &line.branch, room, false);
                    let percent = |share: f64| format!("{} %", (share * 1000.0).round() / 10.0);
                    let share = match line.before {
                        Some(before) => format!("{} → {}", percent(before), percent(line.after)),
                        None => percent(line.after),
                    };
                    words_ui(ui, theme, &share, FIGURE, false);
                    label_ui(ui, theme, &format!("{} choices", line.count));
                });
            }
        },
    );
}

/// Roles and people with who they are in the project.
pub(super) fn people_ui(ui: &mut Ui, core: &Core, file: &LogFile, summary: &Summary) {
    let theme = core.theme();
    let lines: Vec<(&WhoLine, &str, Option<f64>)> = summary
        .roles
        .iter()
        .map(|line| (line, "role", None))
        .chain(
            summary
                .people
                .iter()
                .zip(&file.figures.resources)
                .map(|(line, figures)| (line, "", figures.minutes_per_week)),
        )
        .collect();
    if lines.is_empty() {
        label_ui(ui, theme, "The log does not say who did the work.");
        return;
    }
    ScrollArea::vertical().auto_shrink([false, false]).id_salt("log-people").show_rows(
        ui,
        ROW,
        lines.len(),
        |ui, rows| {
            for (line, word, minutes) in lines.get(rows).unwrap_or_default() {
                ui.horizontal(|ui| {
                    words_ui(ui, theme, &line.name, 240.0, true);
                    let who = match (line.who, line.how) {
                        (Some(element), _) => accessible_label(core.document(), element),
                        (None, Match::New) => "is added".to_owned(),
                        (None, _) => "not in the project".to_owned(),
                    };
                    words_ui(ui, theme, &who, 260.0, false);
                    let load = minutes.map(|minutes| format!("{} of work a week", readable(Minutes(minutes))));
                    label_ui(ui, theme, &load.unwrap_or_else(|| (*word).to_owned()));
                });
            }
        },
    );
}

/// What could not be used, with where it stands.
pub(super) fn problems_ui(ui: &mut Ui, theme: &Theme, problems: &[RowProblem]) {
    if problems.is_empty() {
        label_ui(ui, theme, "Everything in the file was understood.");
        return;
    }
    let width = ui.available_width() - 16.0;
    ScrollArea::vertical().auto_shrink([false, false]).id_salt("log-problems").show_rows(
        ui,
        TWO_LINES,
        problems.len(),
        |ui, rows| {
            for problem in problems.get(rows).unwrap_or_default() {
                problem_ui(ui, theme, problem, width);
            }
        },
    );
}

fn problem_ui(ui: &mut Ui, theme: &Theme, problem: &RowProblem, width: f32) {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(width, TWO_LINES), Sense::hover());
    let column = if problem.column.is_empty() { String::new() } else { format!(", {}", problem.column) };
    let first = format!("Row {}{column}: “{}”", problem.row, problem.found);
    let second = format!("Expected {}; {}.", problem.expected, problem.consequence);
    line_at(ui, theme, rect, (&first, true), 12.0);
    line_at(ui, theme, rect, (&second, false), 31.0);
    let whole = problem.to_string();
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, &whole));
    response.on_hover_text(whole.as_str());
}

fn line_at(ui: &Ui, theme: &Theme, rect: Rect, (words, is_strong): (&str, bool), down: f32) {
    let (style, ink) = match is_strong {
        true => (theme.sizes.text.name, theme.neutral.ink),
        false => (theme.sizes.text.caption, theme.neutral.ink_second),
    };
    let words = Measure::bundled().ellipsize(words, style, rect.width());
    let at = pos2(rect.left(), rect.top() + down);
    ui.painter().text(at, Align2::LEFT_CENTER, words.text, font(style), colour(ink));
}

/// How the log was read, and what else is to be known.
pub(super) fn notes_ui(ui: &mut Ui, theme: &Theme, file: &LogFile, summary: Option<&Summary>) {
    ScrollArea::vertical().auto_shrink([false, false]).id_salt("log-notes").show(ui, |ui| {
        let mut notes: Vec<String> = file.notes.clone();
        if !file.columns.is_empty() {
            let columns: Vec<String> =
                file.columns.iter().map(|(field, heading)| format!("{field} from “{heading}”")).collect();
            notes.push(format!("Read: {}.", columns.join(", ")));
        }
        if !file.unknown_columns.is_empty() {
            notes.push(format!("Not understood and left out: {}.", file.unknown_columns.join(", ")));
        }
        if let Some(summary) = summary {
            notes.extend(summary.notes.iter().cloned());
            if !summary.steps_without.is_empty() {
                notes.push(format!("Steps that the log does not know: {}.", summary.steps_without.join(", ")));
            }
        }
        for note in notes {
            ui.label(text(note, theme.sizes.text.body).color(colour(theme.neutral.ink_second)));
            ui.add_space(theme.sizes.space.tight);
        }
    });
}
