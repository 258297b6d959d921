//! A remedy that is looked at: what it changes, and figures before and after.

use egui::{Frame, Grid, Label, Margin, Stroke, Ui};

use crate::analysis::trial::{Comparison, Effect};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::logic::trial_focus;
use crate::app::style::colour;
use crate::app::trying::{Tried, Trying, Wish};
use crate::app::widgets::{ButtonLook, icon_text, text, text_button};
use crate::model::{ElementRef, MatrixForm, ViewKind};
use crate::scene::icon::Icon;
use crate::scene::theme::Rgba;

/// Changes that are named; more are counted.
const MOST_CHANGES: usize = 8;

/// Draws what would come of a remedy, and asks whether it is to be.
pub(super) fn trial_ui(ui: &mut Ui, core: &Core, trying: &Trying, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let ground = Frame::new()
        .stroke(Stroke::new(1.0, colour(theme.accent.base)))
        .fill(colour(theme.neutral.raised))
        .corner_radius(theme.sizes.radius.control)
        .inner_margin(Margin::same(10));
    let shown = ground.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 4.0;
        match trying.outcome.as_deref() {
            None => {
                let words = text("Working out what would come of it…", theme.sizes.text.body);
                ui.label(words.color(colour(theme.neutral.ink_second)));
            }
            Some(Err(reason)) => {
                let mut sentence = reason.trim_end_matches('.').to_owned() + ".";
                if let Some(first) = sentence.get_mut(..1) {
                    first.make_ascii_uppercase();
                }
                ui.add(Label::new(text(sentence, theme.sizes.text.body).color(colour(theme.severity.high.ink))).wrap());
            }
            Some(Ok(tried)) => tried_ui(ui, core, trying, tried),
        }
        ui.add_space(4.0);
        let buttons = ui.horizontal(|ui| {
            let mut has_keyboard = false;
            if trying.tried().is_some() {
                let apply = text_button(ui, theme, ButtonLook::Primary, Some(Icon::Check), "Apply");
                has_keyboard |= apply.has_focus();
                if apply.on_hover_text("Makes the change as one step (Enter)").clicked() {
                    commands.push(Command::Trial(Wish::Apply));
                }
            }
            let leave = text_button(ui, theme, ButtonLook::Quiet, None, "Leave as it is");
            has_keyboard |= leave.has_focus();
            if leave.on_hover_text("Shows everything as it is again (Escape)").clicked() {
                commands.push(Command::Trial(Wish::End));
            }
            has_keyboard
        });
        ui.data_mut(|data| data.insert_temp(trial_focus(), buttons.inner));
    });
    // What was asked for comes into sight, once when it begins and once when it is worked out.
    let now = Some((trying.question, trying.outcome.is_some()));
    let id = egui::Id::unique("trial in sight");
    let before = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default(id), now));
    if before != now {
        ui.scroll_to_rect(shown.response.rect.expand(6.0), None);
    }
}

fn tried_ui(ui: &mut Ui, core: &Core, trying: &Trying, tried: &Tried) {
    let theme = core.theme();
    let second = colour(theme.neutral.ink_second);
    let heading = |ui: &mut Ui, words: &str| {
        ui.label(text(words, theme.sizes.text.label).color(colour(theme.neutral.ink)));
    };
    heading(ui, "What would change");
    for change in tried.changes.iter().take(MOST_CHANGES) {
        ui.add(Label::new(text(format!("· {change}"), theme.sizes.text.body).color(colour(theme.neutral.ink))).wrap());
    }
    if let Some(more) = tried.changes.len().checked_sub(MOST_CHANGES).filter(|more| *more > 0) {
        ui.label(text(format!("· and {more} more"), theme.sizes.text.body).color(second));
    }
    let shows_nothing = trying.picture.as_ref().is_some_and(|(_, ghost)| ghost.is_none());
    if shows_nothing || !matches!(&trying.picture, Some((view, _)) if core.active_view() == Some(*view)) {
        let changes_a_cell = tried.touched.iter().any(|element| matches!(element, ElementRef::Right(_)));
        let words = match core.active_kind() {
            Some(ViewKind::Matrix(matrix)) if matrix.form == MatrixForm::Rights && changes_a_cell => "",
            Some(ViewKind::Matrix(_)) => "The table shows it when it is done.",
            _ => "The view in front shows nothing of it.",
        };
        if !words.is_empty() {
            ui.add(Label::new(text(words, theme.sizes.text.caption).color(second)).wrap());
        }
    }
    ui.add_space(4.0);
    heading(ui, "Before and after");
    let (icon, words, ink) = match tried.is_solved {
        true => (Icon::CircleCheck, "This finding would be gone.", theme.accent.ink),
        false => (Icon::Info, "This finding would stay.", theme.neutral.ink_second),
    };
    ui.horizontal(|ui| {
        ui.label(icon_text(icon, 14.0).color(colour(ink)));
        ui.label(text(words, theme.sizes.text.body).color(colour(ink)));
    });
    let room = (ui.available_width() - 140.0).clamp(80.0, 220.0);
    Grid::new("figures of the trial").num_columns(3).spacing([8.0, 3.0]).show(ui, |ui| {
        for figure in &tried.figures {
            figure_ui(ui, core, figure, room);
            ui.end_row();
        }
    });
}

/// One line: what, before, an arrow, after, and whether that is better.
fn figure_ui(ui: &mut Ui, core: &Core, figure: &Comparison, room: f32) {
    let theme = core.theme();
    let (ink, word): (Rgba, &str) = match figure.effect {
        Effect::Better => (theme.accent.ink, "better"),
        Effect::Worse => (theme.severity.high.ink, "worse"),
        Effect::Same => (theme.neutral.ink_second, ""),
    };
    let style = theme.sizes.text.body;
    let shown = crate::scene::text::Measure::bundled().ellipsize(&figure.label, style, room);
    let is_cut = shown.text != figure.label;
    let label = ui.label(text(shown.text, style).color(colour(theme.neutral.ink_second)));
    if is_cut {
        label.on_hover_text(&figure.label);
    }
    let values = ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 5.0;
        ui.label(text(&figure.before, style).color(colour(theme.neutral.ink_second)));
        ui.label(icon_text(Icon::ArrowRight, 12.0).color(colour(theme.neutral.ink_second)));
        ui.label(text(&figure.after, style).color(colour(ink)));
    });
    let sentence = format!("{}: {} before, {} after {word}", figure.label, figure.before, figure.after);
    values.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, sentence.trim_end()));
    ui.label(text(word, theme.sizes.text.caption).color(colour(ink)));
}
