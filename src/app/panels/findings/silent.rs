//! Rules that lack figures, as an offer: what to add, and what Remit could say then.

use egui::{Label, Ui};

use super::FindingsState;
use crate::analysis::Silence;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{ButtonLook, text, text_button};
use crate::scene::icon::Icon;

/// Draws the offers, folded until somebody wants them.
pub(super) fn silent_ui(ui: &mut Ui, core: &Core, state: &mut FindingsState, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let Some(report) = core.report.as_ref().filter(|report| !report.silent.is_empty()) else { return };
    ui.add_space(12.0);
    let label = match report.silent.len() {
        1 => "1 more rule wants figures".to_owned(),
        count => format!("{count} more rules want figures"),
    };
    let icon = if state.show_silent { Icon::ChevronDown } else { Icon::ChevronRight };
    if text_button(ui, theme, ButtonLook::Quiet, Some(icon), &label).clicked() {
        state.show_silent = !state.show_silent;
    }
    if !state.show_silent {
        return;
    }
    for silence in &report.silent {
        silence_ui(ui, core, silence, commands);
    }
}

fn silence_ui(ui: &mut Ui, core: &Core, silence: &Silence, commands: &mut Vec<Command>) {
    let theme = core.theme();
    ui.add_space(6.0);
    let title = text(format!("To look for “{}”:", silence.title), theme.sizes.text.name);
    ui.add(Label::new(title.color(colour(theme.neutral.ink))).wrap());
    for missing in &silence.missing {
        let words = text(&missing.what, theme.sizes.text.body).color(colour(theme.neutral.ink_second));
        ui.add(Label::new(words).wrap());
        let count = missing.elements.len();
        let label = match (count, missing.elements.first()) {
            (1, Some(only)) => format!("Fill in for {}", crate::search::title(core.document(), *only)),
            _ => format!("Fill in for these {count}"),
        };
        let room = (ui.available_width() - 30.0).max(60.0);
        let shown = crate::scene::text::Measure::bundled().ellipsize(&label, theme.sizes.text.name, room);
        let button = text_button(ui, theme, ButtonLook::Quiet, Some(Icon::ArrowRight), &shown.text);
        if button.on_hover_text("Selects them, so that the inspector shows the field").clicked() {
            commands.push(match missing.elements.as_slice() {
                [only] => Command::Reveal(*only),
                _ => Command::Select(missing.elements.clone()),
            });
        }
    }
}
