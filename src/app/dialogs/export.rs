//! Format and place of an export.

use egui::{Id, Ui};

use super::{sentence_ui, suggested_path, title_ui};
use crate::app::command::{Command, ExportRequest};
use crate::app::core::Core;
use crate::app::widgets::{ButtonLook, text_button, text_field};
use crate::export::{FORMATS, Format, Kind};
use crate::model::{View, ViewId, ViewKind};

/// The form.
#[derive(Clone, Debug)]
pub struct Export {
    view: ViewId,
    format: &'static str,
    path: String,
}

impl Export {
    pub(super) fn new(core: &Core, view: ViewId) -> Self {
        let mut form = Self { view, format: "svg", path: String::new() };
        if offered(core, view).all(|format| format.id != form.format) {
            form.format = offered(core, view).next().map_or("svg", |format| format.id);
        }
        form.path = form.path_for(core, form.format);
        form
    }

    fn path_for(&self, core: &Core, format: &str) -> String {
        let extension = FORMATS.iter().find(|known| known.id == format).map_or(format, |known| known.extension);
        let project = suggested_path(core, extension);
        let view =
            core.document().name_of(self.view.into()).to_lowercase().replace(|c: char| !c.is_alphanumeric(), "-");
        let stem = project.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        project.with_file_name(format!("{stem}-{view}.{extension}")).display().to_string()
    }

    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        title_ui(ui, theme, &format!("Export “{}”", core.document().name_of(self.view.into())));
        ui.horizontal_wrapped(|ui| {
            for format in offered(core, self.view) {
                let chosen = format.id == self.format;
                if ui.selectable_label(chosen, format.label).clicked() && !chosen {
                    self.path = self.path_for(core, format.id);
                    self.format = format.id;
                }
            }
        });
        ui.add_space(theme.sizes.space.small);
        text_field(ui, theme, Id::unique("export-path"), "Path of the exported file", &mut self.path, "");
        ui.add_space(theme.sizes.space.tight);
        sentence_ui(ui, theme, "Exports use the print colours, whatever the screen shows.");
        ui.add_space(theme.sizes.space.large);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if text_button(ui, theme, ButtonLook::Primary, None, "Export").clicked() && !self.path.trim().is_empty() {
                let request = ExportRequest { view: self.view, format: self.format, path: self.path.trim().into() };
                commands.push(Command::CloseDialog);
                commands.push(Command::Export(Box::new(request)));
            }
            if text_button(ui, theme, ButtonLook::Quiet, None, "Cancel").clicked() {
                commands.push(Command::CloseDialog);
            }
        });
    }
}

/// The formats that can show this view, and the table of the notes where there are any.
fn offered(core: &Core, view: ViewId) -> impl Iterator<Item = &'static Format> + '_ {
    let is_matrix = matches!(core.document().get::<View>(view).map(|view| &view.kind), Some(ViewKind::Matrix(_)));
    let has_notes = !core.document().notes().is_empty();
    let has_roles = !core.document().roles().is_empty();
    let fits = move |format: &&'static Format| match format.id {
        "notes" => has_notes,
        "cards" => has_roles,
        _ => is_matrix || format.kind == Kind::Picture,
    };
    FORMATS.iter().filter(fits)
}
