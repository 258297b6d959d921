//! What to do with unsaved changes.

use egui::Ui;

use super::{Dialog, sentence_ui, title_ui};
use crate::app::command::{Command, Pending};
use crate::app::core::Core;
use crate::app::widgets::{ButtonLook, text_button};

pub(super) fn unsaved_ui(ui: &mut Ui, core: &Core, pending: &Pending, commands: &mut Vec<Command>) {
    let theme = core.theme();
    title_ui(ui, theme, &format!("Save changes to “{}”?", core.title()));
    sentence_ui(ui, theme, "If you don’t save, the changes since the last save are lost.");
    ui.add_space(theme.sizes.space.large);
    crate::app::dialogs::footer(ui, |ui| {
        if text_button(ui, theme, ButtonLook::Primary, None, "Save").clicked() {
            commands.push(Command::CloseDialog);
            commands.push(Command::AfterSave(Some(Box::new(pending.clone()))));
            commands.push(match &core.path {
                Some(path) => Command::SaveTo(path.clone()),
                None => Command::Dialog(Dialog::save_as(core)),
            });
        }
        if text_button(ui, theme, ButtonLook::Plain, None, "Don’t save").clicked() {
            commands.push(Command::CloseDialog);
            commands.push(Command::ProceedNow(Box::new(pending.clone())));
        }
        if text_button(ui, theme, ButtonLook::Quiet, None, "Cancel").clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}
