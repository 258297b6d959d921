//! The name of a phase, and whether it stays.

use egui::{Id, Key, Ui};

use super::title_ui;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::widgets::{ButtonLook, text_button, text_field};
use crate::edit::SetPhases;
use crate::model::*;

/// The form.
#[derive(Clone, Debug)]
pub struct PhaseForm {
    view: ViewId,
    index: usize,
    name: String,
    focused: bool,
}

impl PhaseForm {
    pub(super) fn new(document: &Document, view: ViewId, index: usize) -> Self {
        let phase = document.get::<View>(view).and_then(|view| view.phases.get(index));
        Self { view, index, name: phase.map_or_else(String::new, |phase| phase.name.clone()), focused: false }
    }

    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        title_ui(ui, theme, "Phase");
        let enter = ui.input(|input| input.key_pressed(Key::Enter));
        let field = text_field(ui, theme, Id::unique("phase-name"), "Name of the phase", &mut self.name, "Order");
        if !self.focused {
            field.request_focus();
            self.focused = true;
        }
        ui.add_space(theme.sizes.space.large);
        ui.horizontal(|ui| {
            if text_button(ui, theme, ButtonLook::Plain, None, "Remove the phase").clicked() {
                self.change(core, Self::removed, commands);
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if text_button(ui, theme, ButtonLook::Primary, None, "Keep").clicked() || enter {
                    self.change(core, Self::renamed, commands);
                }
                if text_button(ui, theme, ButtonLook::Quiet, None, "Cancel").clicked() {
                    commands.push(Command::CloseDialog);
                }
            });
        });
    }

    fn change(&self, core: &Core, change: fn(&Self, Vec<Phase>) -> Vec<Phase>, commands: &mut Vec<Command>) {
        commands.push(Command::CloseDialog);
        let Some(view) = core.document().get::<View>(self.view) else { return };
        let phases = change(self, view.phases.clone());
        commands.push(Command::Edit(Box::new(SetPhases { view: self.view, phases }.into())));
    }

    fn renamed(&self, mut phases: Vec<Phase>) -> Vec<Phase> {
        if let Some(phase) = phases.get_mut(self.index) {
            self.name.trim().clone_into(&mut phase.name);
        }
        phases
    }

    /// Its room goes to the phase before it, or to the next one, so that nothing moves.
    fn removed(&self, mut phases: Vec<Phase>) -> Vec<Phase> {
        if self.index < phases.len() {
            let gone = phases.remove(self.index);
            if let Some(heir) = phases.get_mut(self.index.saturating_sub(1)) {
                heir.extent += gone.extent;
            }
        }
        phases
    }
}
