//! What connected steps become when they are extracted: name and kind of the step that stands for them.

use egui::{Id, Ui};

use super::{sentence_ui, title_ui};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::widgets::{ButtonLook, field_row, text_button, text_field};
use crate::edit::{EditAction as _, Extract as ExtractEdit, ExtractedAs, Verdict};
use crate::model::ViewId;

/// The form.
#[derive(Clone, Debug)]
pub struct Extract {
    edit: ExtractEdit,
    /// How many elements move.
    count: usize,
    is_new: bool,
}

impl Extract {
    pub(super) fn new(core: &Core, view: ViewId) -> Self {
        let elements = core.selection().to_vec();
        let count = ExtractEdit::measure(core.document(), &elements).unwrap_or(0);
        let edit = ExtractEdit { view, elements, name: String::new(), becomes: ExtractedAs::default() };
        Self { edit, count, is_new: true }
    }

    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        title_ui(ui, theme, "Extract to sub-flow");
        let moved = format!("{} elements go behind one new step, which takes their place in this view.", self.count);
        sentence_ui(ui, theme, &moved);
        ui.add_space(theme.sizes.space.medium);
        let name = field_row(ui, theme, "Name", "What the steps do together: verb and object.", |ui| {
            text_field(ui, theme, Id::unique("extract-name"), "Name", &mut self.edit.name, "what they do together")
        });
        let name = name.inner;
        if std::mem::take(&mut self.is_new) {
            name.request_focus();
        }
        field_row(ui, theme, "Becomes", "A process of its own can be called from elsewhere, too.", |ui| {
            ui.vertical(|ui| {
                for (becomes, label) in [
                    (ExtractedAs::SubFlow, "Sub-flow of this process"),
                    (ExtractedAs::Process, "Process of its own, which a call carries out"),
                ] {
                    ui.radio_value(&mut self.edit.becomes, becomes, label);
                }
            })
        });
        let verdict = self.edit.can_apply(core.document());
        if let (Verdict::No(reason), false) = (&verdict, self.edit.name.trim().is_empty()) {
            sentence_ui(ui, theme, reason);
        }
        ui.add_space(theme.sizes.space.large);
        let enters = name.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        crate::app::dialogs::footer(ui, |ui| {
            let extracts = ui.add_enabled_ui(verdict.is_yes(), |ui| {
                text_button(ui, theme, ButtonLook::Primary, None, "Extract").clicked()
            });
            if verdict.is_yes() && (extracts.inner || enters) {
                commands.push(Command::CloseDialog);
                commands.push(Command::Extract(Box::new(self.edit.clone())));
            }
            if text_button(ui, theme, ButtonLook::Quiet, None, "Cancel").clicked() {
                commands.push(Command::CloseDialog);
            }
        });
    }
}
