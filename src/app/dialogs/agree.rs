//! Who agrees to the rights of decisions, and on which day.

use egui::{Id, Key, ScrollArea, Ui};

use super::{sentence_ui, title_ui};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::start::today;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, field_row, text, text_button, text_field};
use crate::edit::{Agree as AgreeEdit, EditAction as _, Verdict};
use crate::model::*;

/// The form.
#[derive(Clone, Debug)]
pub struct Agree {
    decisions: Vec<DecisionId>,
    names: String,
    day: String,
    problem: Option<String>,
    focused: bool,
}

impl Agree {
    /// The form for these decisions; it begins with the names of those who agreed the last time.
    pub(super) fn new(core: &Core, decisions: Vec<DecisionId>) -> Self {
        let known = decisions.iter().find_map(|id| core.document().get::<Decision>(*id)?.agreement.as_ref());
        let names = known.map_or_else(String::new, |agreement| agreement.by.join(", "));
        let day = today().map_or_else(String::new, |day| day.to_string());
        Self { decisions, names, day, problem: None, focused: false }
    }

    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        title_ui(ui, theme, "Agree");
        sentence_ui(
            ui,
            theme,
            "The rows are kept as they stand now. When a holder, unit, limit or step of one changes, it is marked.",
        );
        ui.add_space(theme.sizes.space.small);
        self.rows_ui(ui, core);
        ui.add_space(theme.sizes.space.small);
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        field_row(ui, theme, "Who agrees", "Names, parted by commas.", |ui| {
            let field =
                text_field(ui, theme, Id::unique("agree-names"), "Who agrees", &mut self.names, "Ana Costa, Rui");
            if !self.focused {
                field.request_focus();
                self.focused = true;
            }
        });
        field_row(ui, theme, "On", "The day on which they agreed.", |ui| {
            text_field(ui, theme, Id::unique("agree-day"), "Day of the agreement", &mut self.day, "2027-06-30")
        });
        if let Some(problem) = &self.problem {
            ui.label(text(problem.as_str(), theme.sizes.text.body).color(colour(theme.severity.high.ink)));
        }
        ui.add_space(theme.sizes.space.large);
        crate::app::dialogs::footer(ui, |ui| {
            if text_button(ui, theme, ButtonLook::Primary, None, "Agree").clicked() || enter {
                self.submit(core, commands);
            }
            if text_button(ui, theme, ButtonLook::Quiet, None, "Cancel").clicked() {
                commands.push(Command::CloseDialog);
            }
        });
    }

    /// The rows, with the changes since the last agreement.
    fn rows_ui(&self, ui: &mut Ui, core: &Core) {
        let theme = core.theme();
        ScrollArea::vertical().max_height(160.0).auto_shrink([false, true]).show(ui, |ui| {
            for id in &self.decisions {
                let name = core.document().name_of((*id).into());
                ui.add(egui::Label::new(text(name, theme.sizes.text.name).color(colour(theme.neutral.ink))).wrap());
                for change in core.document().agreement_changes(*id) {
                    let words = text(change, theme.sizes.text.caption).color(colour(theme.severity.medium.ink));
                    ui.add(egui::Label::new(words).wrap());
                }
            }
        });
    }

    fn submit(&mut self, core: &Core, commands: &mut Vec<Command>) {
        let Ok(on) = self.day.trim().parse::<Date>() else {
            self.problem = Some("Write the day as year-month-day, such as 2027-06-30.".to_owned());
            return;
        };
        let by = self.names.split([',', ';']).map(|name| name.trim().to_owned()).collect();
        let edit = AgreeEdit { decisions: self.decisions.clone(), on, by };
        match edit.can_apply(core.document()) {
            Verdict::No(refusal) => self.problem = Some(refusal),
            Verdict::Yes | Verdict::Ignore => {
                commands.push(Command::CloseDialog);
                commands.push(Command::Edit(Box::new(edit.into())));
            }
        }
    }
}
