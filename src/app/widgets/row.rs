//! Rows of lists, and the headings between them.

use egui::{Color32, Rect, Response, Role, Sense, Ui, Vec2, WidgetInfo};

use super::{icon_button, paint_count, paint_icon};
use crate::app::style::{colour, font};
use crate::scene::icon::Icon;
use crate::scene::text::Measure;
use crate::scene::theme::{Chip, Theme};

/// A row of a list: icon, name, something small at its end.
pub struct Row<'a> {
    /// Tells rows of one list apart.
    pub id: egui::Id,
    /// Its icon.
    pub icon: Option<Icon>,
    /// Its name; shortened with an ellipsis where it does not fit, and then whole in the tooltip.
    pub name: &'a str,
    /// What stands behind the name in secondary ink.
    pub detail: &'a str,
    /// A count at its end, in the colours of a severity.
    pub badge: Option<(usize, Chip)>,
    /// Depth in a tree.
    pub depth: usize,
    /// For a branch of a tree: whether it is open.
    pub open: Option<bool>,
    /// Whether it is selected.
    pub selected: bool,
    /// Kind for assistive technology: `Role Owner`.
    pub label: &'a str,
}

/// What was done to a row.
pub struct RowResponse {
    /// The row itself.
    pub response: Response,
    /// Whether the branch is to be opened or closed.
    pub toggled: bool,
}

impl Row<'_> {
    /// Draws the row over the whole width.
    pub fn show(self, ui: &mut Ui, theme: &Theme) -> RowResponse {
        let height = theme.sizes.row.comfortable - 1.0;
        let (_, rect) = ui.allocate_space(Vec2::new(ui.available_width(), height));
        let response = ui.interact(rect, self.id, Sense::click_and_drag());
        let (selected, label) = (self.selected, self.label);
        response.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, selected, label));
        let toggle = self.toggle_rect(rect);
        if ui.is_rect_visible(rect) {
            self.paint(ui, theme, rect, response.hovered(), response.has_focus());
        }
        let on_toggle = response.interact_pointer_pos().is_some_and(|at| toggle.expand(2.0).contains(at));
        let toggled = self.open.is_some() && response.clicked() && on_toggle;
        RowResponse { response, toggled }
    }

    fn toggle_rect(&self, rect: Rect) -> Rect {
        let left = rect.left() + 4.0 + 14.0 * self.depth as f32;
        Rect::from_min_size(egui::pos2(left, rect.top()), Vec2::new(14.0, rect.height()))
    }

    fn paint(&self, ui: &Ui, theme: &Theme, rect: Rect, hovered: bool, focused: bool) {
        let ground = match (self.selected, hovered) {
            (true, _) => colour(theme.accent.soft),
            (false, true) => colour(theme.neutral.hover),
            (false, false) => Color32::TRANSPARENT,
        };
        ui.painter().rect_filled(rect, theme.sizes.radius.control, ground);
        if focused {
            let ring = egui::Stroke::new(2.0, colour(theme.accent.base));
            ui.painter().rect_stroke(rect, theme.sizes.radius.control, ring, egui::StrokeKind::Inside);
        }
        let ink = if self.selected { theme.accent.ink } else { theme.neutral.ink };
        let toggle = self.toggle_rect(rect);
        if let Some(open) = self.open {
            let chevron = if open { Icon::ChevronDown } else { Icon::ChevronRight };
            paint_icon(ui, toggle, chevron, 12.0, colour(theme.neutral.ink_second));
        }
        let mut left = toggle.right() + 2.0;
        if let Some(icon) = self.icon {
            let icon_rect = Rect::from_min_size(egui::pos2(left, rect.top()), Vec2::new(18.0, rect.height()));
            let tint = if self.selected { theme.accent.ink } else { theme.neutral.ink_second };
            paint_icon(ui, icon_rect, icon, 15.0, colour(tint));
            left = icon_rect.right() + 6.0;
        }
        let mut right = rect.right() - 6.0;
        if let Some((count, chip)) = self.badge {
            right = paint_count(ui, theme, egui::pos2(right, rect.center().y), count, chip).left() - 6.0;
        }
        self.paint_words(ui, theme, rect, left, right, colour(ink));
    }

    fn paint_words(&self, ui: &Ui, theme: &Theme, rect: Rect, left: f32, right: f32, ink: Color32) {
        let style = theme.sizes.text.body;
        let measure = Measure::bundled();
        let name = measure.ellipsize(self.name, style, (right - left).max(0.0));
        let galley = ui.painter().layout_no_wrap(name.text, font(style), ink);
        let name_end = left + galley.size().x;
        ui.painter().galley(egui::pos2(left, rect.center().y - galley.size().y / 2.0), galley, ink);
        let room = right - name_end - 8.0;
        if self.detail.is_empty() || room < 16.0 {
            return;
        }
        let second = colour(theme.neutral.ink_second);
        let detail = measure.ellipsize(self.detail, theme.sizes.text.caption, room);
        let galley = ui.painter().layout_no_wrap(detail.text, font(theme.sizes.text.caption), second);
        let at = egui::pos2(right - galley.size().x, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, second);
    }
}

/// A heading above a list; with a plus at its end where something can be added. Returns whether it was pressed.
pub fn section_header(ui: &mut Ui, theme: &Theme, title: &str, add: Option<&str>) -> bool {
    let mut pressed = false;
    ui.horizontal(|ui| {
        ui.set_height(theme.sizes.row.comfortable);
        ui.add_space(4.0);
        let words = super::text(title, theme.sizes.text.caption.with_weight(crate::scene::text::Weight::Semibold));
        ui.label(words.color(colour(theme.neutral.ink_second)));
        if let Some(label) = add {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                pressed = icon_button(ui, theme, Icon::Plus, label, false, true).clicked();
            });
        }
    });
    pressed
}
