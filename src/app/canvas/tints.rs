//! The colours that boxes have in a view, as a row to choose from.

use egui::{Role, Sense, Stroke, Ui, Vec2, WidgetInfo};

use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::text;
use crate::model::ViewId;
use crate::scene::theme::{TINT_COUNT, Theme};

/// What the tints are called, for assistive technology and tooltips.
const TINTS: [&str; TINT_COUNT] =
    ["Colour 1", "Colour 2", "Colour 3", "Colour 4", "Colour 5", "Colour 6", "Colour 7", "Colour 8"];

/// The colour that all selected boxes have in a view: none for no colour of their own. Nothing where they differ or no
/// box is selected.
pub fn common(core: &Core, view: ViewId) -> Option<Option<u8>> {
    let placements = core.selection().iter().filter_map(|element| core.document().placement_of(view, *element));
    let mut tints = placements
        .filter(|(_, placement)| !crate::edit::rules::is_line(placement.element))
        .map(|(_, placement)| placement.tint);
    let first = tints.next()?;
    tints.all(|tint| tint == first).then_some(first)
}

/// The row; what was chosen: a colour, or none at all. `role` is what each of its colours is for assistive technology.
pub fn row_ui(ui: &mut Ui, theme: &Theme, role: Role, current: Option<Option<u8>>) -> Option<Option<u8>> {
    let mut chosen = None;
    ui.spacing_mut().item_spacing.x = 2.0;
    for (index, name) in TINTS.iter().enumerate() {
        let tint = theme.tint(index);
        let is_current = current.flatten().map(usize::from) == Some(index);
        let (rect, response) = ui.allocate_exact_size(Vec2::splat(24.0), Sense::click());
        response.widget_info(|| WidgetInfo::selected(role, true, is_current, *name));
        let radius = if response.hovered() || response.has_focus() { 10.0 } else { 8.0 };
        ui.painter().circle(rect.center(), radius, colour(tint.fill), Stroke::new(2.0, colour(tint.edge)));
        if is_current {
            ui.painter().circle_stroke(rect.center(), 11.0, Stroke::new(1.5, colour(theme.accent.base)));
        }
        if response.on_hover_text(*name).clicked() {
            chosen = u8::try_from(index).ok().map(Some);
        }
    }
    let is_current = current == Some(None);
    let ink = if is_current { theme.accent.ink } else { theme.neutral.ink_second };
    let none = text("None", theme.sizes.text.caption).color(colour(ink));
    let response = ui.add(egui::Button::new(none).frame_when_inactive(false));
    response.widget_info(|| WidgetInfo::selected(role, true, is_current, "No colour of its own"));
    if response.clicked() {
        chosen = Some(None);
    }
    chosen
}
