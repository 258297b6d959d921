//! A few words in a row, of which one is chosen.

use egui::{Align2, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo};

use crate::app::style::{colour, font};
use crate::scene::text::Weight;
use crate::scene::theme::Theme;

/// The line around the chosen word of a switch: where the theme is dark or of high contrast, its ground alone would
/// hardly be told from that of the others.
pub fn chosen_edge(theme: &Theme) -> Stroke {
    Stroke::new(1.0, colour(theme.neutral.line_strong))
}

/// Draws the words over the whole width; each with what it does as its tooltip. Returns the one that was clicked.
pub fn segmented(ui: &mut Ui, theme: &Theme, id: &str, choices: &[(&str, &str)], chosen: usize) -> Option<usize> {
    let height = theme.sizes.row.compact;
    let width = ui.available_width() / choices.len().max(1) as f32;
    let (whole, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::hover());
    ui.painter().rect_filled(whole, theme.sizes.radius.control, colour(theme.neutral.field));
    let mut clicked = None;
    for (index, (title, help)) in choices.iter().enumerate() {
        let min = whole.min + Vec2::new(width * index as f32, 0.0);
        let rect = Rect::from_min_size(min, Vec2::new(width, height)).shrink(2.0);
        let is_chosen = chosen == index;
        let response = ui.interact(rect, Id::unique((id, index)), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, is_chosen, *title));
        let radius = theme.sizes.radius.control - 1.0;
        let ground = match (is_chosen, response.hovered()) {
            (true, _) => Some(theme.neutral.raised),
            (false, true) => Some(theme.neutral.hover),
            (false, false) => None,
        };
        if let Some(ground) = ground {
            ui.painter().rect_filled(rect, radius, colour(ground));
        }
        if is_chosen {
            ui.painter().rect_stroke(rect, radius, chosen_edge(theme), StrokeKind::Inside);
        }
        if response.has_focus() {
            let ring = Stroke::new(2.0, colour(theme.accent.base));
            ui.painter().rect_stroke(rect, radius, ring, StrokeKind::Inside);
        }
        let ink = if is_chosen { theme.neutral.ink } else { theme.neutral.ink_second };
        let style = theme.sizes.text.caption;
        let style = if is_chosen { style.with_weight(Weight::Semibold) } else { style };
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, title, font(style), colour(ink));
        if response.on_hover_text(*help).clicked() {
            clicked = Some(index);
        }
    }
    clicked
}
