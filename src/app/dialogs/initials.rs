//! What stands on the notes that somebody writes.

use egui::{Id, Key, Ui};

use super::{sentence_ui, title_ui};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::widgets::{ButtonLook, text_button, text_field};

/// The form.
#[derive(Clone, Debug)]
pub struct Initials {
    text: String,
    focused: bool,
}

impl Initials {
    pub(super) fn new(core: &Core) -> Self {
        Self { text: core.preferences.initials.clone().unwrap_or_default(), focused: false }
    }

    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        title_ui(ui, theme, "Your initials");
        sentence_ui(ui, theme, "They stand on the notes that you write from now on.");
        ui.add_space(theme.sizes.space.medium);
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        let field = text_field(ui, theme, Id::unique("initials"), "Your initials", &mut self.text, "AC");
        if !self.focused {
            field.request_focus();
            self.focused = true;
        }
        ui.add_space(theme.sizes.space.large);
        crate::app::dialogs::footer(ui, |ui| {
            if text_button(ui, theme, ButtonLook::Primary, None, "Keep").clicked() || enter {
                commands.push(Command::CloseDialog);
                commands.push(Command::Initials(self.text.trim().to_owned()));
            }
            if text_button(ui, theme, ButtonLook::Quiet, None, "Cancel").clicked() {
                commands.push(Command::CloseDialog);
            }
        });
    }
}
