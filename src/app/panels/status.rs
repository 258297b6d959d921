//! The line at the foot of the window.

use egui::accesskit::Live;
use egui::{Align, Label, Layout, Ui};

use crate::analysis::Severity;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{icon_text, text};
use crate::model::{ElementKind, Profile};
use crate::scene::icon::Icon;
use crate::scene::theme::Rgba;

/// A window narrower than this has no room for the counts of elements.
const NARROW: f32 = 840.0;

/// Draws the status bar; `zoom` is that of the canvas in front.
pub fn status_ui(ui: &mut Ui, core: &Core, zoom: Option<f32>, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let second = theme.neutral.ink_second;
    ui.horizontal(|ui| {
        ui.set_min_height(26.0);
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.add_space(4.0);
        file_ui(ui, core);
        ui.add_space(10.0);
        // In a narrow window the findings and the busiest matter more.
        if ui.max_rect().width() > NARROW {
            caption(ui, core, &counts(core), second);
        }
        busiest_ui(ui, core, commands);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(8.0);
            if let Some(zoom) = zoom {
                caption(ui, core, &format!("{:.0} %", zoom * 100.0), second);
                ui.add_space(10.0);
            }
            let profile = match core.document().project().profile {
                Profile::Sketch => "Profile: sketch",
                Profile::Workshop => "Profile: workshop",
                Profile::Audit => "Profile: audit",
            };
            caption(ui, core, profile, second);
            ui.add_space(10.0);
            caption(ui, core, &finding_counts(core), second);
            ui.add_space(10.0);
            if !core.hint.is_empty() {
                let words = text(core.hint.as_str(), theme.sizes.text.caption).color(colour(theme.neutral.ink));
                let hint = ui.add(Label::new(words).truncate());
                ui.accesskit_node_builder(hint.id, |node| node.set_live(Live::Polite));
            }
        });
    });
}

fn caption(ui: &mut Ui, core: &Core, words: &str, ink: Rgba) {
    ui.label(text(words, core.theme().sizes.text.caption).color(colour(ink)));
}

fn file_ui(ui: &mut Ui, core: &Core) {
    let theme = core.theme();
    let (icon, words) = match (core.busy, core.editor.is_unsaved(), &core.path) {
        (Some(busy), ..) => (Icon::Loader, busy),
        (None, true, None) => (Icon::CircleDot, "Not saved yet"),
        (None, true, Some(_)) => (Icon::CircleDot, "Unsaved changes"),
        (None, false, _) => (Icon::Check, "Saved"),
    };
    ui.label(icon_text(icon, 13.0).color(colour(theme.neutral.ink_second)));
    let path = core
        .path
        .as_ref()
        .map_or_else(|| "This project has no file yet.".to_owned(), |path| path.display().to_string());
    ui.label(text(words, theme.sizes.text.caption).color(colour(theme.neutral.ink_second))).on_hover_text(path);
}

fn counts(core: &Core) -> String {
    let kinds =
        [ElementKind::Unit, ElementKind::Role, ElementKind::Person, ElementKind::Process, ElementKind::Decision];
    let counted = kinds.into_iter().filter_map(|kind| match core.document().count(kind) {
        0 => None,
        1 => Some(format!("1 {}", kind.word())),
        count => Some(format!("{count} {}", kind.plural())),
    });
    counted.collect::<Vec<_>>().join(" · ")
}

fn finding_counts(core: &Core) -> String {
    if core.report.is_none() {
        return "Looking…".to_owned();
    }
    let counted = Severity::ALL.into_iter().filter_map(|severity| match core.tally.open(severity) {
        0 => None,
        count => Some(format!("{count} {}", severity.word().to_lowercase())),
    });
    let words = counted.collect::<Vec<_>>().join(" · ");
    if words.is_empty() { "No findings".to_owned() } else { words }
}

/// The busiest role or person with its load; a click shows it.
fn busiest_ui(ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
    let Some((element, share)) = core.tally.busiest() else { return };
    let theme = core.theme();
    let words = format!("Busiest: {}, {:.0} %", core.document().name_of(element), share * 100.0);
    ui.add_space(10.0);
    let ink = if share >= 0.8 { theme.load_colour(share) } else { theme.neutral.ink_second };
    ui.label(icon_text(Icon::Flame, 13.0).color(colour(ink)));
    let label = Label::new(text(words, theme.sizes.text.caption).color(colour(ink))).sense(egui::Sense::click());
    if ui.add(label).on_hover_text("Shows whose work fills the largest share of their hours").clicked() {
        commands.push(Command::Reveal(element));
    }
}
