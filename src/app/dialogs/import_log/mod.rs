//! A log of real cases before it comes in: which process it is about, which step each activity is, who does the work, and
//! what would change; all of it to be corrected.
//!
//! What the log comes to is worked out beside the window. Each change of the settings asks for it anew; the figures shown
//! are of the last answer that came back.

mod lists;

use std::sync::Arc;

use egui::{Align, ComboBox, Id, Layout, Ui, Vec2};

use super::{entered, sentence_ui, title_ui};
use crate::analysis::words;
use crate::app::command::{Command, LogReading, LogRequest};
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, check_box, text, text_button};
use crate::import::event_log::{LogFile, Match, Prepared, Settings, Summary};
use crate::model::*;
use crate::scene::text::Measure;
use crate::scene::theme::Theme;

/// Room for all that stands above and below the lists.
const AROUND: f32 = 330.0;

/// What is shown of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    #[default]
    Steps,
    Branches,
    People,
    Problems,
    Notes,
}

/// The dialog.
#[derive(Clone, Debug)]
pub struct ImportLog {
    file: Arc<LogFile>,
    settings: Settings,
    /// The settings and the version that were asked about last.
    asked: Option<(Settings, Revision)>,
    reading: Option<LogReading>,
    tab: Tab,
}

impl ImportLog {
    pub(super) fn new(file: Arc<LogFile>) -> Self {
        Self { file, settings: Settings::default(), asked: None, reading: None, tab: Tab::default() }
    }

    /// Takes what was worked out beside the window, if it is the answer to the last question.
    pub(in crate::app) fn take(&mut self, reading: LogReading) {
        if self.asked.as_ref().is_some_and(|(settings, at)| *settings == *reading.settings && *at == reading.revision) {
            self.reading = Some(reading);
        }
    }

    fn prepared(&self) -> Option<&Prepared> {
        self.reading.as_ref().and_then(|reading| reading.result.as_ref().as_ref().ok())
    }

    fn is_current(&self) -> bool {
        self.reading.as_ref().is_some_and(|reading| {
            *reading.settings == self.settings && self.asked.as_ref().is_some_and(|(_, at)| *at == reading.revision)
        })
    }

    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        title_ui(ui, theme, &format!("Import “{}”", short(&self.file.name, 60)));
        sentence_ui(ui, theme, &self.counts());
        ui.add_space(theme.sizes.space.small);
        self.settings_ui(ui, core);
        ui.add_space(theme.sizes.space.small);
        self.result_ui(ui, theme);
        ui.add_space(theme.sizes.space.small);
        self.tabs_ui(ui, theme);
        ui.add_space(theme.sizes.space.tight);
        let height = (ui.ctx().content_rect().height() - AROUND).clamp(120.0, 460.0);
        let size = Vec2::new(ui.available_width(), height);
        ui.allocate_ui_with_layout(size, Layout::top_down(Align::Min), |ui| {
            ui.set_min_size(size);
            self.content_ui(ui, core);
        });
        ui.add_space(theme.sizes.space.medium);
        self.buttons_ui(ui, theme, commands);
        let now = (self.settings.clone(), core.document().revision());
        if self.asked.as_ref() != Some(&now) {
            let settings = Box::new(now.0.clone());
            self.asked = Some(now);
            commands.push(Command::PrepareLog(LogRequest { file: self.file.clone(), settings }));
        }
    }

    /// How large the log is, in a line.
    fn counts(&self) -> String {
        let LogFile { log, from, to, .. } = &*self.file;
        let (cases, work) = (counted(log.cases.len(), "case"), log.instances());
        format!("{cases} · {work} pieces of work · {} activities · {from} to {to}", log.activities.len())
    }

    fn content_ui(&mut self, ui: &mut Ui, core: &Core) {
        let theme = core.theme();
        let reading = self.reading.clone();
        let prepared = reading.as_ref().and_then(|reading| reading.result.as_ref().as_ref().ok());
        match (self.tab, prepared) {
            (Tab::Steps, Some(prepared)) => {
                lists::steps_ui(ui, core, &self.file, &prepared.summary, &mut self.settings);
            }
            (Tab::Branches, Some(prepared)) => lists::branches_ui(ui, theme, &prepared.summary),
            (Tab::People, Some(prepared)) => lists::people_ui(ui, core, &self.file, &prepared.summary),
            (Tab::Problems, _) => lists::problems_ui(ui, theme, &self.file.problems),
            (Tab::Notes, _) => lists::notes_ui(ui, theme, &self.file, prepared.map(|prepared| &prepared.summary)),
            (_, None) => {}
        }
    }

    fn buttons_ui(&self, ui: &mut Ui, theme: &Theme, commands: &mut Vec<Command>) {
        crate::app::dialogs::footer(ui, |ui| {
            let prepared = self.prepared().filter(|_| self.is_current());
            let imports = ui.add_enabled_ui(prepared.is_some(), |ui| {
                text_button(ui, theme, ButtonLook::Primary, None, "Import").clicked() || entered(ui)
            });
            if let (true, Some(prepared)) = (imports.inner, prepared) {
                commands.push(Command::CloseDialog);
                commands.push(Command::ImportLog(Box::new(prepared.edit.clone())));
            }
            if text_button(ui, theme, ButtonLook::Quiet, None, "Cancel").clicked() {
                commands.push(Command::CloseDialog);
            }
        });
    }

    /// What the log is about, and what may be added.
    fn settings_ui(&mut self, ui: &mut Ui, core: &Core) {
        let theme = core.theme();
        let document = core.document();
        let found = self.prepared().map(|prepared| match prepared.summary.process {
            Some(process) => document.name_of(process.into()).to_owned(),
            None => "A new process".to_owned(),
        });
        let is_found = self.settings.process.is_none() && !self.settings.discover;
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = 8.0;
            lists::label_ui(ui, theme, "It is about");
            let shown = found.unwrap_or_else(|| "…".to_owned());
            let shown = if is_found { format!("{shown} (found)") } else { shown };
            choice_ui(ui, theme, "Process", &shown, 260.0, |ui| {
                if ui.selectable_label(is_found, "Find it").clicked() {
                    (self.settings.process, self.settings.discover) = (None, false);
                }
                if ui.selectable_label(self.settings.discover, "A new process").clicked() {
                    (self.settings.process, self.settings.discover) = (None, true);
                }
                for (id, process) in document.processes().iter() {
                    let key = process.key.to_string();
                    let is_now = self.settings.process.as_ref() == Some(&key);
                    if ui.selectable_label(is_now, document.name_of(id.into())).clicked() {
                        (self.settings.process, self.settings.discover) = (Some(key), false);
                    }
                }
            });
            check_box(ui, theme, &mut self.settings.adds_steps, "Add activities without a step");
            check_box(ui, theme, &mut self.settings.adds_people, "Add people and roles");
        });
    }

    /// What would change, or why it cannot be told.
    fn result_ui(&self, ui: &mut Ui, theme: &Theme) {
        match self.reading.as_ref().map(|reading| &*reading.result) {
            None => sentence_ui(ui, theme, "Working out the figures…"),
            Some(Err(reason)) => {
                let ink = colour(theme.severity.high.ink);
                ui.label(text(reason.as_str(), theme.sizes.text.body).color(ink));
            }
            Some(Ok(prepared)) => {
                ui.label(text(result_words(&prepared.summary), theme.sizes.text.name));
            }
        }
    }

    fn tabs_ui(&mut self, ui: &mut Ui, theme: &Theme) {
        let summary = self.prepared().map(|prepared| &prepared.summary);
        let steps = summary.map_or(0, |summary| summary.activities.len());
        let branches = summary.map_or(0, |summary| summary.flows.len());
        let people = summary.map_or(0, |summary| summary.people.len() + summary.roles.len());
        let notes = self.file.notes.len() + summary.map_or(0, |summary| summary.notes.len());
        ui.horizontal_wrapped(|ui| {
            for (tab, words) in [
                (Tab::Steps, format!("Steps ({steps})")),
                (Tab::Branches, format!("Branches ({branches})")),
                (Tab::People, format!("People ({people})")),
                (Tab::Problems, format!("Problems ({})", self.file.problems.len())),
                (Tab::Notes, format!("Notes ({notes})")),
            ] {
                ui.selectable_value(&mut self.tab, tab, text(words, theme.sizes.text.body));
            }
        });
    }
}

/// What a log comes to: `7 of 7 activities have a step · 33 cases a week · 12 branches measured`.
fn result_words(summary: &Summary) -> String {
    let all = summary.activities.len();
    let new = summary.activities.iter().filter(|line| line.how == Match::New).count();
    let known = summary.activities.iter().filter(|line| line.step.is_some()).count();
    let mut parts = Vec::new();
    if summary.process.is_some() {
        parts.push(format!("{known} of {all} activities have a step"));
    }
    if new > 0 {
        parts.push(counted(new, "new step"));
    }
    parts.extend(summary.cases.1.map(|rate| words::cases(rate.per_week())));
    if !summary.flows.is_empty() {
        parts.push(format!("{} branches measured", summary.flows.len()));
    }
    if let Some((followed, all)) = summary.followed.filter(|(_, all)| *all > 0) {
        parts.push(format!("{} % of the work follows the drawing", (100.0 * followed as f64 / all as f64).round()));
    }
    parts.join(" · ")
}

fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// A drop-down list with an accessible name.
fn choice_ui(ui: &mut Ui, theme: &Theme, name: &str, shown: &str, width: f32, content: impl FnOnce(&mut Ui)) {
    let style = theme.sizes.text.body;
    let words = Measure::bundled().ellipsize(shown, style, width - 44.0);
    let combo = ComboBox::from_id_salt(Id::unique(("import-log", name)).value()).width(width).height(320.0);
    let response = combo.selected_text(text(words.text, style)).show_ui(ui, content);
    let label = format!("{name}: {shown}");
    response.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &label));
}

/// The beginning of a text.
fn short(text: &str, most: usize) -> String {
    let mut short: String = text.chars().take(most).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
