//! A label with something to fill in.

use egui::text::CCursorRange;
use egui::{Checkbox, Id, InnerResponse, Response, Stroke, TextEdit, Ui, Vec2};

use super::text;
use crate::app::style::colour;
use crate::scene::theme::Theme;

/// Width of the labels of a form.
const LABEL_WIDTH: f32 = 104.0;

/// A label at the left, whatever `content` draws at the right of it.
pub fn field_row<R>(
    ui: &mut Ui,
    theme: &Theme,
    label: &str,
    help: &str,
    content: impl FnOnce(&mut Ui) -> R,
) -> InnerResponse<R> {
    ui.horizontal_top(|ui| {
        ui.set_min_height(theme.sizes.row.comfortable);
        let (rect, response) =
            ui.allocate_exact_size(Vec2::new(LABEL_WIDTH, theme.sizes.row.comfortable), egui::Sense::hover());
        let style = theme.sizes.text.body;
        let words = crate::scene::text::Measure::bundled().ellipsize(label, style, LABEL_WIDTH);
        let ink = colour(theme.neutral.ink_second);
        ui.painter().text(
            rect.left_center(),
            egui::Align2::LEFT_CENTER,
            words.text,
            crate::app::style::font(style),
            ink,
        );
        if !help.is_empty() {
            response.on_hover_text(text(help, theme.sizes.text.body));
        }
        content(ui)
    })
}

/// A line of text with an accessible name.
pub fn text_field(ui: &mut Ui, theme: &Theme, id: Id, name: &str, value: &mut String, hint: &str) -> Response {
    let edit = TextEdit::singleline(value)
        .id(id)
        .hint_text(text(hint, theme.sizes.text.body).color(colour(theme.neutral.ink_third)))
        .margin(egui::Margin::symmetric(8, 6))
        .desired_width(f32::INFINITY);
    let response = ui.add(edit);
    response.accessible_name(name)
}

/// Selects all of the text of a field, so that what is typed next takes its place.
pub fn select_all(ui: &Ui, id: Id, value: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::select_all_str(value)));
    state.store(ui.ctx(), id);
}

/// A box to tick, its edge to be seen on every ground.
pub fn check_box(ui: &mut Ui, theme: &Theme, on: &mut bool, label: &str) -> Response {
    tick(ui, theme, Checkbox::new(on, text(label, theme.sizes.text.body)))
}

/// The same of a box that is there already.
pub fn tick(ui: &mut Ui, theme: &Theme, checkbox: Checkbox<'_>) -> Response {
    let edge = Stroke::new(1.0, colour(theme.neutral.border));
    let ticked = ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        for look in [&mut widgets.inactive, &mut widgets.hovered, &mut widgets.active] {
            look.bg_stroke = edge;
        }
        ui.add(checkbox)
    });
    ticked.inner
}
