//! What stands in the middle while no view is open: how to begin.

use std::path::Path;

use egui::{Id, Ui, Vec2};

use crate::app::command::{Command, Pending};
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, Row, icon_text, section_header, text, text_button};
use crate::scene::icon::Icon;

/// Draws the start page.
pub fn start_ui(ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let width = 460.0_f32.min(ui.available_width() - 40.0);
    let left = (ui.available_width() - width) / 2.0;
    let top = ((ui.available_height() - 460.0) / 2.5).max(24.0);
    let rect = egui::Rect::from_min_size(
        ui.max_rect().min + Vec2::new(left, top),
        Vec2::new(width, ui.available_height() - top),
    );
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| {
        ui.label(icon_text(Icon::Logo, 40.0).color(colour(theme.accent.base)));
        ui.add_space(8.0);
        ui.label(text("Who does what, and who may decide?", theme.sizes.text.title).color(colour(theme.neutral.ink)));
        ui.add_space(4.0);
        let sentence = "Draw your units and roles, how the work flows, and up to which amount each may decide. Remit tells you what is stuck on whose desk.";
        ui.label(text(sentence, theme.sizes.text.body).color(colour(theme.neutral.ink_second)));
        ui.add_space(20.0);
        ui.horizontal_wrapped(|ui| {
            if text_button(ui, theme, ButtonLook::Primary, Some(Icon::Organisation), "Draw an organisation").clicked() {
                commands.push(Command::Action("insert.organisation-view"));
            }
            if text_button(ui, theme, ButtonLook::Plain, Some(Icon::Process), "Draw a process").clicked() {
                commands.push(Command::Action("insert.process"));
            }
            if text_button(ui, theme, ButtonLook::Plain, Some(Icon::FolderOpen), "Open…").clicked() {
                commands.push(Command::Action("file.open"));
            }
        });
        ui.add_space(20.0);
        section_header(ui, theme, "Look at an example", None);
        for (id, icon, name, detail) in [
            ("file.sample-bakery", Icon::Bakery, "Three Corners Bakery", "three shops, 24 people"),
            ("file.sample-webshop", Icon::Cart, "A webshop", "the founder does everything"),
        ] {
            if start_row(ui, core, id, icon, name, detail) {
                commands.push(Command::Action(id));
            }
        }
        if !core.preferences.recent.is_empty() {
            ui.add_space(12.0);
            section_header(ui, theme, "Open again", None);
        }
        for recent in core.preferences.recent.iter().take(5) {
            let path: &Path = &recent.path;
            let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            let folder = path.parent().map_or_else(String::new, |folder| folder.display().to_string());
            if start_row(ui, core, &path.to_string_lossy(), Icon::File, &name, &folder) {
                commands.push(Command::Proceed(Box::new(Pending::Open(path.to_owned()))));
            }
        }
    });
}

fn start_row(ui: &mut Ui, core: &Core, id: &str, icon: Icon, name: &str, detail: &str) -> bool {
    let row = Row {
        id: Id::unique(("start", id)),
        icon: Some(icon),
        name,
        detail,
        badge: None,
        depth: 0,
        open: None,
        selected: false,
        label: name,
    };
    row.show(ui, core.theme()).response.clicked()
}
