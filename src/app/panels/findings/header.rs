//! Above the findings: how many there are, which of them are listed and how, and the way from one to the next.

use egui::containers::menu::MenuButton;
use egui::{Align, Layout, Sense, Ui, Vec2, WidgetInfo};

use super::{FindingsState, Grouping};
use crate::analysis::Severity;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{icon_button, icon_text, menu_item, paint_count, severity_chip, text};
use crate::model::ElementRef;
use crate::scene::icon::Icon;
use crate::scene::text::Measure;

/// What the buttons at the right end of the header take, in points.
const BUTTONS: f32 = 150.0;
/// Width of the count of one severity.
const COUNT_WIDTH: f32 = 24.0;

/// Draws the header; `about` is what the list is narrowed down to.
pub(super) fn header_ui(
    ui: &mut Ui,
    core: &Core,
    state: &mut FindingsState,
    about: &[ElementRef],
    commands: &mut Vec<Command>,
) {
    let theme = core.theme();
    ui.horizontal(|ui| {
        ui.set_min_height(38.0);
        ui.label(text("Findings", theme.sizes.text.section).color(colour(theme.neutral.ink)));
        match about {
            [] => counts_ui(ui, core),
            about => about_ui(ui, core, about),
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            if icon_button(ui, theme, Icon::ChevronDown, "Next finding", false, true).clicked() {
                commands.push(Command::Action("analyse.next"));
            }
            if icon_button(ui, theme, Icon::ChevronUp, "Previous finding", false, true).clicked() {
                commands.push(Command::Action("analyse.previous"));
            }
            options_ui(ui, core, state);
            let label = "Find among the findings by words";
            if icon_button(ui, theme, Icon::Search, label, state.searches, true).clicked() {
                state.searches = !state.searches;
                state.takes_keyboard = state.searches;
                if !state.searches {
                    state.choice.words.clear();
                }
            }
        });
    });
}

/// How many findings of the selection there are.
fn about_ui(ui: &mut Ui, core: &Core, about: &[ElementRef]) {
    let theme = core.theme();
    let name = match about {
        [only] => core.document().name_of(*only).to_owned(),
        _ => "the selection".to_owned(),
    };
    let related = |finding: &&std::sync::Arc<crate::analysis::Finding>| {
        finding.waived.is_none() && finding.evidence.iter().any(|element| about.contains(element))
    };
    let all = core.findings().iter().filter(related).count();
    // The list of the project counts what a finding is about, its first evidence; the others explain it.
    let own = core.findings().iter().filter(related);
    let own = own.filter(|finding| finding.evidence.first().is_some_and(|first| about.contains(first))).count();
    let whole = match all - own {
        0 => format!("{own} about {name}"),
        more => format!("{own} about {name}, {more} more name it"),
    };
    let style = theme.sizes.text.caption;
    let room = (ui.available_width() - BUTTONS - 18.0).max(0.0);
    let more = all - own;
    let shorter = if more == 0 { format!("{own} about it") } else { format!("{own} about it, {more} more") };
    let shortest = if more == 0 { own.to_string() } else { format!("{own} + {more}") };
    let fits = |words: &String| Measure::bundled().width(words, style) <= room;
    let words = [whole.clone(), shorter, shortest].into_iter().find(fits).unwrap_or_default();
    let label = ui.label(text(words, style).color(colour(theme.neutral.ink_second)));
    label.on_hover_text(text(whole, theme.sizes.text.body));
}

/// How many findings of each severity there are.
fn counts_ui(ui: &mut Ui, core: &Core) {
    let theme = core.theme();
    for severity in [Severity::Block, Severity::High, Severity::Medium, Severity::Low] {
        let count = core.tally.open(severity);
        // The mildest give way to the buttons.
        let has_room = ui.available_width() >= COUNT_WIDTH + BUTTONS;
        if count > 0 && has_room {
            let (rect, response) = ui.allocate_exact_size(Vec2::new(COUNT_WIDTH, 20.0), Sense::hover());
            paint_count(ui, theme, rect.right_center(), count, severity_chip(theme, severity));
            response.on_hover_text(format!("{count} {}", severity.word().to_lowercase()));
        }
    }
}

/// The menu of headings and of what is left out.
fn options_ui(ui: &mut Ui, core: &Core, state: &mut FindingsState) {
    let theme = core.theme();
    let is_narrowed = state.choice.only_new || state.show_all || state.choice.grouping != Grouping::default();
    let ink = if is_narrowed { theme.accent.ink } else { theme.neutral.ink_second };
    let glyph = icon_text(Icon::Filter, theme.sizes.icon.small).color(colour(ink));
    let button = egui::Button::new(glyph).min_size(Vec2::splat(30.0)).frame_when_inactive(false);
    let (response, _) = MenuButton::from_button(button).ui(ui, |ui| {
        let entry = |ui: &mut Ui, checked: bool, label: &str, help: &str| {
            let icon = checked.then_some(Icon::Check);
            let response = menu_item(ui, theme, icon, label, "", true);
            response.on_hover_text(text(help, theme.sizes.text.body)).clicked()
        };
        for grouping in Grouping::ALL {
            if entry(ui, state.choice.grouping == grouping, grouping.label(), grouping.help()) {
                state.choice.grouping = grouping;
            }
        }
        ui.separator();
        let help = "Whatever is selected, all findings are listed";
        if entry(ui, state.show_all, "Not only those of the selection", help) {
            state.show_all = !state.show_all;
        }
        let label = match core.new_findings() {
            0 => "Only new ones".to_owned(),
            count => format!("Only new ones ({count})"),
        };
        if entry(ui, state.choice.only_new, &label, "What was not found yet when the project was opened or saved last")
        {
            state.choice.only_new = !state.choice.only_new;
        }
    });
    let label = "Which findings are listed, and how";
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, label));
    response.on_hover_text(label);
}
