//! The colours that boxes have in a view, as a row to choose from.

use egui::{Role, Sense, Stroke, Ui, Vec2, WidgetInfo};
use rustc_hash::FxHashSet;

use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::text;
use crate::edit::rules::is_line;
use crate::model::{ElementRef, ViewId};
use crate::scene::theme::{TINT_COUNT, Theme};

/// What the tints are called, for assistive technology and tooltips.
const TINTS: [&str; TINT_COUNT] =
    ["Colour 1", "Colour 2", "Colour 3", "Colour 4", "Colour 5", "Colour 6", "Colour 7", "Colour 8"];

/// The colour that selected boxes have in a view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Common {
    /// No box is selected.
    NoBox,
    /// They differ.
    Differs,
    /// All have this one; none for no colour of their own.
    Same(Option<u8>),
}

impl Common {
    /// Of what is selected.
    pub fn of(core: &Core, view: ViewId) -> Self {
        let selected: FxHashSet<ElementRef> =
            core.selection().iter().copied().filter(|element| !is_line(*element)).collect();
        if selected.is_empty() {
            return Self::NoBox;
        }
        let placements = core.document().placements_in(view).map(|(_, placement)| placement);
        let mut tints = placements.filter(|placement| selected.contains(&placement.element)).map(|one| one.tint);
        match tints.next() {
            None => Self::NoBox,
            Some(first) if tints.all(|tint| tint == first) => Self::Same(first),
            Some(_) => Self::Differs,
        }
    }
}

/// The row; what was chosen: a colour, or none at all. `role` is what each of its colours is for assistive technology.
pub fn row_ui(ui: &mut Ui, theme: &Theme, role: Role, current: Common) -> Option<Option<u8>> {
    let mut chosen = None;
    ui.spacing_mut().item_spacing.x = 2.0;
    for (index, name) in TINTS.iter().enumerate() {
        let tint = theme.tint(index);
        let is_current = matches!(current, Common::Same(Some(tint)) if usize::from(tint) == index);
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
    let is_current = current == Common::Same(None);
    let ink = if is_current { theme.accent.ink } else { theme.neutral.ink_second };
    let none = text("None", theme.sizes.text.caption).color(colour(ink));
    let response = ui.add(egui::Button::new(none).frame_when_inactive(false));
    response.widget_info(|| WidgetInfo::selected(role, true, is_current, "No colour of its own"));
    if response.clicked() {
        chosen = Some(None);
    }
    chosen
}
