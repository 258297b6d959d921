//! The steps since the project was opened, by their names: a click goes back or forth to one.

use egui::{Color32, Id, Rect, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo};

use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::{colour, font};
use crate::app::widgets::paint_icon;
use crate::scene::icon::Icon;
use crate::scene::text::Measure;

/// Draws the list of steps: the oldest on top, the present one marked, undone ones below it.
pub fn history_ui(ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
    ui.add_space(6.0);
    ui.spacing_mut().item_spacing.y = 1.0;
    let done = core.editor.done();
    let undone = core.editor.undone();
    let count = done.len() + undone.len() + 1;
    let height = core.theme().sizes.row.comfortable - 1.0;
    let present = done.len();
    // The present step comes into sight when it changes.
    let seen = Id::unique("history seen");
    let is_new =
        ui.data_mut(|data| data.get_temp_mut_or_default::<Option<usize>>(seen).replace(present)) != Some(present);
    let mut area = ScrollArea::vertical().id_salt("history").auto_shrink([false, false]);
    if is_new {
        let above = (height + 1.0) * present as f32 - ui.available_height() / 2.0;
        area = area.vertical_scroll_offset(above.max(0.0));
    }
    area.show_rows(ui, height, count, |ui, rows| {
        for index in rows {
            let label = match index {
                0 => "As it was opened",
                index if index <= done.len() => done.get(index - 1).map_or("", |step| step.label.as_str()),
                index => undone
                    .len()
                    .checked_sub(index - done.len())
                    .and_then(|at| undone.get(at))
                    .map_or("", |step| step.label.as_str()),
            };
            if step_ui(ui, core, index, label, present) && index != present {
                commands.push(Command::GoToStep(index));
            }
        }
    });
}

/// Draws one step; whether it was clicked.
fn step_ui(ui: &mut Ui, core: &Core, index: usize, label: &str, present: usize) -> bool {
    let theme = core.theme();
    let (_, rect) = ui.allocate_space(Vec2::new(ui.available_width(), theme.sizes.row.comfortable - 1.0));
    let response = ui.interact(rect, Id::unique(("step", index)), Sense::click());
    let is_saved = core.editor.is_saved_at(index);
    let state = match (index > present, is_saved) {
        (true, true) => ", undone, saved",
        (true, false) => ", undone",
        (false, true) => ", saved",
        (false, false) => "",
    };
    let name = format!("{label}{state}");
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, index == present, &name));
    let ground = match (index == present, response.hovered()) {
        (true, _) => colour(theme.accent.soft),
        (false, true) => colour(theme.neutral.hover),
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, theme.sizes.radius.control, ground);
    if response.has_focus() {
        let ring = egui::Stroke::new(2.0, colour(theme.accent.base));
        ui.painter().rect_stroke(rect, theme.sizes.radius.control, ring, egui::StrokeKind::Inside);
    }
    let ink = match index.cmp(&present) {
        std::cmp::Ordering::Less => theme.neutral.ink,
        std::cmp::Ordering::Equal => theme.accent.ink,
        std::cmp::Ordering::Greater => theme.neutral.ink_third,
    };
    let (icon, mark) = match index {
        0 => (Icon::FolderOpen, theme.neutral.ink_second),
        index if index > present => (Icon::Redo, theme.neutral.ink_third),
        _ => (Icon::Check, theme.neutral.ink_second),
    };
    let icon_rect = Rect::from_min_size(rect.min + Vec2::new(6.0, 0.0), Vec2::new(18.0, rect.height()));
    paint_icon(ui, icon_rect, icon, 14.0, colour(mark));
    let mut right = rect.right() - 8.0;
    if is_saved {
        let saved = Rect::from_min_size(egui::pos2(right - 16.0, rect.top()), Vec2::new(16.0, rect.height()));
        paint_icon(ui, saved, Icon::Save, 14.0, colour(theme.neutral.ink_second));
        right = saved.left() - 6.0;
    }
    let left = icon_rect.right() + 6.0;
    let words = Measure::bundled().ellipsize(label, theme.sizes.text.body, right - left);
    let at = egui::pos2(left, rect.center().y);
    ui.painter().text(at, egui::Align2::LEFT_CENTER, words.text, font(theme.sizes.text.body), colour(ink));
    response.on_hover_text(label).clicked()
}
