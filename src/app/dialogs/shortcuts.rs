//! All commands with their shortcuts.

use egui::{ScrollArea, Ui};

use super::{Dialog, title_ui};
use crate::app::actions::{ACTIONS, Menu};
use crate::app::command::Command;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, section_header, text, text_button};
use crate::scene::theme::Theme;

pub(super) fn shortcuts_ui(ui: &mut Ui, theme: &Theme, commands: &mut Vec<Command>) {
    title_ui(ui, theme, "Keys and commands");
    ScrollArea::vertical().max_height(440.0).show(ui, |ui| {
        for menu in Menu::ALL {
            section_header(ui, theme, menu.title(), None);
            for action in ACTIONS.iter().filter(|action| action.menu == menu) {
                ui.horizontal(|ui| {
                    ui.add_space(4.0);
                    ui.label(text(action.label, theme.sizes.text.body)).on_hover_text(action.help);
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        let keys: Vec<String> =
                            action.shortcuts.iter().map(|shortcut| ui.ctx().format_shortcut(shortcut)).collect();
                        let keys = text(keys.join("  or  "), theme.sizes.text.caption);
                        ui.label(keys.color(colour(theme.neutral.ink_second)));
                    });
                });
            }
        }
    });
    ui.add_space(theme.sizes.space.medium);
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        if text_button(ui, theme, ButtonLook::Primary, None, "Close").clicked() {
            commands.push(Command::CloseDialog);
        }
        if text_button(ui, theme, ButtonLook::Plain, None, "Writing a process as text").clicked() {
            commands.push(Command::CloseDialog);
            commands.push(Command::Dialog(Dialog::Writing));
        }
    });
}
