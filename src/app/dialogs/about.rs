//! Version and licences.

use egui::Ui;

use super::{sentence_ui, title_ui};
use crate::app::command::Command;
use crate::app::widgets::{ButtonLook, text_button};
use crate::scene::theme::Theme;

pub(super) fn about_ui(ui: &mut Ui, theme: &Theme, commands: &mut Vec<Command>) {
    title_ui(ui, theme, &format!("Remit {}", env!("CARGO_PKG_VERSION")));
    sentence_ui(
        ui,
        theme,
        "Maps how an organisation works and who gets to decide, and says what is stuck on whose desk.",
    );
    ui.add_space(theme.sizes.space.medium);
    sentence_ui(ui, theme, "Works offline: it never uses the network. Your files stay where you save them.");
    sentence_ui(
        ui,
        theme,
        "Licence: MIT or Apache 2.0. Text: Inter, under the SIL Open Font License. Icons: Lucide, under the ISC licence.",
    );
    ui.add_space(theme.sizes.space.large);
    crate::app::dialogs::footer(ui, |ui| {
        if text_button(ui, theme, ButtonLook::Primary, None, "Close").clicked() {
            commands.push(Command::CloseDialog);
        }
    });
}
