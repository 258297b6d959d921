//! Why a finding is accepted.

use egui::{Id, Ui};

use super::{sentence_ui, title_ui};
use crate::analysis::Finding;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::widgets::{ButtonLook, field_row, text_button, text_field};
use crate::edit::Waive as WaiveEdit;
use crate::model::{Date, Key};

/// The form.
#[derive(Clone, Debug)]
pub struct Waive {
    rule: &'static str,
    title: String,
    elements: Vec<Key>,
    reason: String,
    name: String,
    expires: String,
    problem: Option<&'static str>,
}

impl Waive {
    pub(super) fn new(core: &Core, finding: &Finding) -> Self {
        Self {
            rule: finding.rule,
            title: finding.message.clone(),
            elements: finding.evidence_keys(core.document()),
            reason: String::new(),
            name: String::new(),
            expires: String::new(),
            problem: None,
        }
    }

    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        title_ui(ui, theme, "Accept this finding");
        sentence_ui(ui, theme, &self.title);
        ui.add_space(theme.sizes.space.medium);
        field_row(ui, theme, "Reason", "Why it is all right as it is.", |ui| {
            text_field(
                ui,
                theme,
                Id::unique("waive-reason"),
                "Reason",
                &mut self.reason,
                "why it is all right as it is",
            )
        });
        field_row(ui, theme, "Your name", "Who accepts it.", |ui| {
            text_field(ui, theme, Id::unique("waive-name"), "Your name", &mut self.name, "")
        });
        field_row(ui, theme, "Until", "Last day; empty for no end.", |ui| {
            text_field(ui, theme, Id::unique("waive-until"), "Until", &mut self.expires, "2027-06-30")
        });
        if let Some(problem) = self.problem {
            sentence_ui(ui, theme, problem);
        }
        ui.add_space(theme.sizes.space.large);
        crate::app::dialogs::footer(ui, |ui| {
            if text_button(ui, theme, ButtonLook::Primary, None, "Accept").clicked() {
                self.submit(commands);
            }
            if text_button(ui, theme, ButtonLook::Quiet, None, "Cancel").clicked() {
                commands.push(Command::CloseDialog);
            }
        });
    }

    fn submit(&mut self, commands: &mut Vec<Command>) {
        let expires = match self.expires.trim() {
            "" => Ok(None),
            text => text.parse::<Date>().map(Some),
        };
        self.problem = match (&expires, self.reason.trim(), self.name.trim()) {
            (Err(_), ..) => Some("Write the last day as year-month-day, such as 2027-06-30."),
            (_, "", _) => Some("Write a reason: whoever reads the list later will ask for it."),
            (_, _, "") => Some("Write your name."),
            _ => None,
        };
        let (None, Ok(expires)) = (self.problem, expires) else { return };
        let waiver = crate::model::Waiver {
            rule: self.rule.to_owned(),
            elements: self.elements.clone(),
            reason: self.reason.trim().to_owned(),
            name: self.name.trim().to_owned(),
            expires,
        };
        commands.push(Command::CloseDialog);
        commands.push(Command::Edit(Box::new(WaiveEdit { waiver }.into())));
    }
}
