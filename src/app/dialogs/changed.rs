//! Whose version stays where another program, or another window, changed the file.

use std::path::Path;

use egui::Ui;

use super::{sentence_ui, title_ui};
use crate::app::command::{Command, Pending};
use crate::app::widgets::{ButtonLook, text_button};
use crate::scene::theme::Theme;

pub(super) fn changed_ui(ui: &mut Ui, theme: &Theme, path: &Path, commands: &mut Vec<Command>) {
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    title_ui(ui, theme, &format!("“{name}” was changed by another program"));
    let sentence = "It is not as it was when you opened or saved it. Nothing was written yet. Save yours under another \
                    name to have both. Written over, theirs stays beside the file, with .bak at its end; if you take \
                    theirs, yours is gone.";
    sentence_ui(ui, theme, sentence);
    ui.add_space(theme.sizes.space.large);
    super::footer(ui, |ui| {
        if text_button(ui, theme, ButtonLook::Primary, None, "Save as…").clicked() {
            commands.push(Command::CloseDialog);
            commands.push(Command::Action("file.save-as"));
        }
        if text_button(ui, theme, ButtonLook::Plain, None, "Write over it").clicked() {
            commands.push(Command::CloseDialog);
            commands.push(Command::SaveOver(path.to_owned()));
        }
        if text_button(ui, theme, ButtonLook::Plain, None, "Take theirs").clicked() {
            commands.push(Command::CloseDialog);
            commands.push(Command::AfterSave(None));
            commands.push(Command::ProceedNow(Box::new(Pending::Open(path.to_owned()))));
        }
        if text_button(ui, theme, ButtonLook::Quiet, None, "Cancel").clicked() {
            commands.push(Command::CloseDialog);
            commands.push(Command::AfterSave(None));
        }
    });
}
