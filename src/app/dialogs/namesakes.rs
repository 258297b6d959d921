//! Who of a pasted project is somebody here: one question for all, answered by default with those who are here.

use egui::{Align, Id, Layout, ScrollArea, Ui};

use super::{sentence_ui, title_ui};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::panels::icon_of;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, icon_text, text, text_button};
use crate::edit::{Choices, Clip, Namesake};
use crate::model::*;
use crate::scene::accessible_label;

/// The question.
#[derive(Clone, Debug)]
pub struct Namesakes {
    clip: Clip,
    namesakes: Vec<Namesake>,
    choices: Choices,
}

impl Namesakes {
    pub(super) fn new(clip: Clip, namesakes: Vec<Namesake>) -> Self {
        let first = |namesake: &Namesake| (namesake.theirs, namesake.here.first().copied());
        let choices = namesakes.iter().map(first).collect();
        Self { clip, namesakes, choices }
    }

    pub(super) fn show(&mut self, ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
        let theme = core.theme();
        title_ui(ui, theme, "Are they the same?");
        let project = &self.clip.document().project().name;
        let from = if project.is_empty() { "another project".to_owned() } else { format!("“{project}”") };
        sentence_ui(ui, theme, &format!("What you paste comes from {from}. These names are here, too."));
        ui.add_space(theme.sizes.space.small);
        ScrollArea::vertical().max_height(300.0).auto_shrink([false, true]).show(ui, |ui| {
            for namesake in &self.namesakes {
                row_ui(ui, core, &self.clip, namesake, &mut self.choices);
            }
        });
        ui.add_space(theme.sizes.space.medium);
        ui.horizontal(|ui| {
            if self.namesakes.len() > 1 {
                if text_button(ui, theme, ButtonLook::Quiet, None, "Use all that are here").clicked() {
                    *self = Self::new(self.clip.clone(), self.namesakes.clone());
                }
                if text_button(ui, theme, ButtonLook::Quiet, None, "Make all new").clicked() {
                    self.choices.values_mut().for_each(|choice| *choice = None);
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let enter =
                    ui.input(|input| input.key_pressed(egui::Key::Enter)) && !egui::Popup::is_any_open(ui.ctx());
                if text_button(ui, theme, ButtonLook::Primary, None, "Paste").clicked() || enter {
                    commands.push(Command::CloseDialog);
                    let clip = self.clip.clone().from_elsewhere(self.choices.clone());
                    commands.push(Command::PasteClip(Box::new(clip)));
                }
                if text_button(ui, theme, ButtonLook::Plain, None, "Cancel").clicked() {
                    commands.push(Command::CloseDialog);
                }
            });
        });
    }
}

/// One name with its answers.
fn row_ui(ui: &mut Ui, core: &Core, clip: &Clip, namesake: &Namesake, choices: &mut Choices) {
    let theme = core.theme();
    let theirs = namesake.theirs;
    let kind = theirs.kind().word();
    let name = clip.document().name_of(theirs);
    let answer = |choice: Option<ElementRef>| match choice {
        None => format!("Make a new {kind}"),
        Some(_) if namesake.here.len() == 1 => format!("Use the {kind} that is here"),
        Some(here) => format!("Use: {}", accessible_label(core.document(), here)),
    };
    let chosen = choices.get(&theirs).copied().flatten();
    ui.horizontal(|ui| {
        let ink = colour(theme.neutral.ink_second);
        ui.label(icon_text(icon_of(clip.document(), theirs), theme.sizes.icon.small).color(ink));
        let room = (ui.available_width() - 216.0).max(60.0);
        let shown = crate::scene::text::Measure::bundled().ellipsize(name, theme.sizes.text.name, room);
        ui.label(text(shown.text, theme.sizes.text.name)).on_hover_text(name);
        crate::app::dialogs::footer(ui, |ui| {
            let combo = egui::ComboBox::from_id_salt(Id::unique(("namesake", theirs)).value()).width(200.0);
            let words = text(answer(chosen), theme.sizes.text.body);
            let response = combo.selected_text(words).show_ui(ui, |ui| {
                for choice in namesake.here.iter().copied().map(Some).chain([None]) {
                    if ui.selectable_label(choice == chosen, answer(choice)).clicked() {
                        choices.insert(theirs, choice);
                    }
                }
            });
            response.response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::ComboBox, true, format!("{name}: {}", answer(chosen)))
            });
        });
    });
}
