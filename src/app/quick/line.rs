//! The line at the foot of the view: a field that grows with what is pasted, and below it what would come of it.

use egui::{
    Align, Button, EventFilter, Id, Key, KeyboardShortcut, Layout, Margin, Modifiers, ScrollArea, TextEdit, Ui,
};

use super::{QuickEntry, Wish};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::dialogs::Dialog;
use crate::app::keys::take_press;
use crate::app::style::{colour, font};
use crate::app::widgets::{icon_button, icon_text, text};
use crate::import::outline::{Choice, Draft, MOST_CHARACTERS};
use crate::model::ViewKind;
use crate::scene::icon::Icon;
use crate::scene::theme::Theme;

/// The most height of the field.
const MOST_HEIGHT: f32 = 150.0;
/// So many sentences about what was not understood are shown.
const MOST_PROBLEMS: usize = 3;

/// Draws the line and what would come of it.
pub fn line_ui(ui: &mut Ui, core: &Core, quick: &mut QuickEntry, commands: &mut Vec<Command>) {
    let theme = core.theme();
    ui.spacing_mut().item_spacing.y = 4.0;
    ui.horizontal_top(|ui| {
        ui.add_space(2.0);
        ui.vertical(|ui| {
            ui.add_space(7.0);
            ui.label(icon_text(Icon::Keyboard, 16.0).color(colour(theme.accent.ink)));
        });
        let width = (ui.available_width() - 76.0).max(80.0);
        field_ui(ui, core, quick, width, commands);
        if icon_button(ui, theme, Icon::Help, "Writing as text: how", false, true).clicked() {
            commands.push(Command::Dialog(Dialog::Writing));
        }
        if icon_button(ui, theme, Icon::Close, "Close the quick-entry line (Esc)", false, true).clicked() {
            commands.push(Command::Quick(Wish::Close));
        }
    });
    match quick.drafted.as_ref().map(|(_, draft)| draft.clone()).filter(|_| !quick.text.trim().is_empty()) {
        Some(draft) => draft_ui(ui, theme, &draft, quick, commands),
        None => caption(ui, theme, "Enter takes it over, Esc closes. Lists, outlines and tables can be pasted."),
    }
}

fn field_ui(ui: &mut Ui, core: &Core, quick: &mut QuickEntry, width: f32, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let id = Id::unique("quick entry");
    let has_focus = ui.memory(|memory| memory.has_focus(id));
    if has_focus {
        keys(ui, quick, commands);
    }
    let hint = text(hint(core.active_kind()), theme.sizes.text.body).color(colour(theme.neutral.ink_third));
    let edit = TextEdit::multiline(&mut quick.text)
        .id(id)
        .font(font(theme.sizes.text.body))
        .hint_text(hint)
        .margin(Margin::symmetric(8, 6))
        .char_limit(MOST_CHARACTERS)
        .desired_rows(1)
        .desired_width(width)
        .event_filter(EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true })
        .return_key(KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter));
    let area = ScrollArea::vertical().id_salt("quick entry").max_height(MOST_HEIGHT).auto_shrink([true, true]);
    let output = area.show(ui, |ui| edit.show(ui)).inner;
    let response = output.response.response.accessible_name("Quick entry");
    if quick.wants_focus {
        response.request_focus();
        quick.wants_focus = false;
        ui.ctx().request_repaint();
    }
    if std::mem::take(&mut quick.wants_end) {
        let mut state = output.state;
        let end = egui::text::CCursorRange::one(output.galley.end());
        state.cursor.set_char_range(Some(end));
        state.store(ui.ctx(), id);
    }
}

/// Enter, Esc, and the arrows that bring entries back.
fn keys(ui: &Ui, quick: &mut QuickEntry, commands: &mut Vec<Command>) {
    let ends = |key: Key, modifiers: Modifiers| matches!(key, Key::Enter | Key::Escape) && !modifiers.shift;
    if let Some((key, _)) = take_press(ui, ends) {
        commands.push(Command::Quick(if key == Key::Enter { Wish::Commit } else { Wish::Close }));
    }
    if quick.text.is_empty() {
        let undoes = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Z));
        if undoes {
            commands.push(Command::Action("edit.undo"));
        }
    }
    if quick.text.is_empty() || quick.recalled.is_some() {
        let (up, down) = ui.input_mut(|input| {
            (input.consume_key(Modifiers::NONE, Key::ArrowUp), input.consume_key(Modifiers::NONE, Key::ArrowDown))
        });
        recall(quick, up, down);
    }
}

/// Brings an earlier entry back, or a later one.
fn recall(quick: &mut QuickEntry, up: bool, down: bool) {
    let count = quick.entries.len();
    let place = match (quick.recalled, up, down) {
        (None, true, _) => count.checked_sub(1),
        (Some(at), true, _) => Some(at.saturating_sub(1)),
        (Some(at), _, true) => Some(at + 1).filter(|next| *next < count),
        _ => return,
    };
    quick.text = place.and_then(|at| quick.entries.get(at)).cloned().unwrap_or_default();
    quick.recalled = place;
    quick.wants_end = true;
}

/// An example for the view in front.
fn hint(kind: Option<&ViewKind>) -> &'static str {
    match kind {
        Some(ViewKind::Process { .. }) => {
            "Clerk: check refund > approve? (yes) Accountant: pay; (no) Clerk: write to customer"
        }
        Some(ViewKind::Organisation { .. }) => "Bakery > Shop North > Sales clerk (2): Ana, Ben",
        Some(ViewKind::Matrix(_)) => "Money: grant a refund",
        Some(ViewKind::Board) | None => "Ask the bank; or: Who signs?; or: external: Mill",
    }
}

/// What would come of the text.
fn draft_ui(ui: &mut Ui, theme: &Theme, draft: &Draft, quick: &mut QuickEntry, commands: &mut Vec<Command>) {
    ui.horizontal(|ui| {
        ui.add_space(28.0);
        let ink = if draft.edit.is_some() { theme.neutral.ink } else { theme.neutral.ink_second };
        let sentence = text(draft.sentence(), theme.sizes.text.body).color(colour(ink));
        ui.add(egui::Label::new(sentence).truncate());
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(4.0);
            let take = Button::new(text("Take over (Enter)", theme.sizes.text.caption)).frame_when_inactive(false);
            if ui.add_enabled(draft.edit.is_some(), take).clicked() {
                commands.push(Command::Quick(Wish::Commit));
            }
        });
    });
    for choice in &draft.choices {
        choice_ui(ui, theme, choice, quick);
    }
    for problem in draft.problems.iter().take(MOST_PROBLEMS) {
        ui.horizontal(|ui| {
            ui.add_space(28.0);
            ui.label(icon_text(Icon::Caution, 14.0).color(colour(theme.severity.medium.ink)));
            let words = text(problem, theme.sizes.text.body).color(colour(theme.neutral.ink_second));
            ui.add(egui::Label::new(words).truncate());
        });
    }
    if let Some(more) = draft.problems.len().checked_sub(MOST_PROBLEMS + 1) {
        caption(ui, theme, &format!("and {} more", more + 1));
    }
}

/// A name with several meanings: one button each, reached by Tab.
fn choice_ui(ui: &mut Ui, theme: &Theme, choice: &Choice, quick: &mut QuickEntry) {
    ui.horizontal_wrapped(|ui| {
        ui.add_space(28.0);
        ui.label(icon_text(Icon::CircleHelp, 14.0).color(colour(theme.accent.ink)));
        let asks = format!("“{}” is", choice.written);
        ui.label(text(asks, theme.sizes.text.body).color(colour(theme.neutral.ink_second)));
        for (index, option) in choice.options.iter().enumerate() {
            let is_chosen = index == choice.chosen;
            let ink = if is_chosen { theme.accent.ink } else { theme.neutral.ink };
            let button = Button::selectable(is_chosen, text(option, theme.sizes.text.body).color(colour(ink)));
            if ui.add(button).clicked() {
                quick.answers.insert(choice.key(), index);
                // The keyboard goes back to the text.
                quick.wants_focus = true;
            }
        }
    });
}

fn caption(ui: &mut Ui, theme: &Theme, words: &str) {
    ui.horizontal(|ui| {
        ui.add_space(28.0);
        ui.label(text(words, theme.sizes.text.caption).color(colour(theme.neutral.ink_second)));
    });
}
