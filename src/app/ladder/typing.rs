//! A field of text that becomes an edit when it is left.

use egui::{Id, Key, Margin, TextEdit, Ui};

use crate::analysis::figures::Rung;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::text;
use crate::edit::Edit;

/// A text being typed in one of several fields.
#[derive(Default)]
pub(super) struct Typing {
    field: Option<(&'static str, Option<Rung>)>,
    text: String,
    problem: Option<String>,
}

impl Typing {
    /// Draws a field of text. What comes of the text is asked when it is left; what cannot be read stays with its
    /// reason.
    #[expect(clippy::too_many_arguments, reason = "a field is told its place, its name and its value")]
    pub fn show(
        &mut self,
        ui: &mut Ui,
        core: &Core,
        (field, rung): (&'static str, Option<Rung>),
        stored: &str,
        hint: &str,
        width: f32,
        edit: impl Fn(&str) -> Result<Option<Edit>, String>,
        commands: &mut Vec<Command>,
    ) {
        let theme = core.theme();
        let own = self.field == Some((field, rung));
        let mut buffer = if own { self.text.clone() } else { stored.to_owned() };
        let hint = text(hint, theme.sizes.text.body).color(colour(theme.neutral.ink_third));
        let id = Id::unique(("ladder field", field));
        ui.vertical(|ui| {
            let field_edit = TextEdit::singleline(&mut buffer)
                .id(id)
                .hint_text(hint)
                .margin(Margin::symmetric(8, 5))
                .desired_width(width);
            let response = ui.add(field_edit).accessible_name(field);
            if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Escape)) {
                *self = Self::default();
            } else if response.changed() {
                let problem = edit(&buffer).err();
                *self = Self { field: Some((field, rung)), text: buffer, problem };
            } else if response.lost_focus() && own {
                match edit(&self.text) {
                    Ok(edit) => {
                        commands.extend(edit.map(Command::from));
                        *self = Self::default();
                    }
                    Err(problem) => self.problem = Some(problem),
                }
            }
            if let Some(problem) = self.problem.as_ref().filter(|_| self.field == Some((field, rung))) {
                let words = text(problem, theme.sizes.text.caption).color(colour(theme.severity.high.ink));
                ui.add(egui::Label::new(words).wrap());
            }
        });
    }
}
