//! What stands where there is nothing yet.

use egui::Ui;

use super::{icon_text, text};
use crate::app::style::colour;
use crate::scene::icon::Icon;
use crate::scene::theme::Theme;

/// A faint icon, one sentence, and the actions that `actions` draws beneath.
pub fn empty_state(ui: &mut Ui, theme: &Theme, icon: Icon, sentence: &str, actions: impl FnOnce(&mut Ui)) {
    ui.vertical_centered(|ui| {
        ui.add_space(theme.sizes.space.large * 2.0);
        ui.label(icon_text(icon, 32.0).color(colour(theme.neutral.line_strong)));
        ui.add_space(theme.sizes.space.small);
        ui.label(text(sentence, theme.sizes.text.body).color(colour(theme.neutral.ink_second)));
        ui.add_space(theme.sizes.space.medium);
        actions(ui);
    });
}
