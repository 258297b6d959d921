//! The window's own small toolkit: rows, buttons, chips and fields that look alike everywhere.
//!
//! Every widget takes the theme and gives its meaning to assistive technology; none knows the document.

mod button;
mod empty;
mod field;
mod picker;
mod prose;
mod row;
mod segmented;

pub use button::{ButtonLook, icon_button, menu_item, submenu_item, text_button};
pub use empty::empty_state;
pub use field::{check_box, field_row, select_all, text_field, tick};
pub use picker::{Offer, Picked, Picker};
pub use prose::{Part, prose};
pub use row::{Row, section_header};
pub use segmented::{chosen_edge, segmented};

use egui::{Align2, Color32, Pos2, Rect, RichText, Ui, Vec2};

use super::style::{colour, font, icon_font};
use crate::analysis::Severity;
use crate::scene::icon::Icon;
use crate::scene::text::TextStyle;
use crate::scene::theme::{Chip, Theme};

/// An icon as text, to be put into buttons and labels.
pub fn icon_text(icon: Icon, size: f32) -> RichText {
    RichText::new(icon.glyph().to_string()).font(icon_font(size))
}

/// Text in a style of the tokens.
pub fn text(content: impl Into<String>, style: TextStyle) -> RichText {
    RichText::new(content).font(font(style))
}

/// Paints an icon in the middle of a rectangle.
pub fn paint_icon(ui: &Ui, rect: Rect, icon: Icon, size: f32, tint: Color32) {
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, icon.glyph(), icon_font(size), tint);
}

/// The icon of a severity: each has a shape of its own.
pub fn severity_icon(severity: Severity) -> Icon {
    match severity {
        Severity::Block => Icon::Block,
        Severity::High => Icon::Warning,
        Severity::Medium => Icon::Caution,
        Severity::Low => Icon::Low,
        Severity::Info => Icon::Info,
    }
}

/// The colours of a severity.
pub fn severity_chip(theme: &Theme, severity: Severity) -> Chip {
    match severity {
        Severity::Block => theme.severity.block,
        Severity::High => theme.severity.high,
        Severity::Medium => theme.severity.medium,
        Severity::Low => theme.severity.low,
        Severity::Info => theme.severity.info,
    }
}

/// Paints a small number on a soft ground; returns its rectangle. `right_middle` is the middle of its right edge.
pub fn paint_count(ui: &Ui, theme: &Theme, right_middle: Pos2, count: usize, chip: Chip) -> Rect {
    let galley = ui.painter().layout_no_wrap(count.to_string(), font(theme.sizes.text.caption), colour(chip.ink));
    let size = Vec2::new((galley.size().x + 10.0).max(18.0), 18.0);
    let rect = Rect::from_min_size(Pos2::new(right_middle.x - size.x, right_middle.y - size.y / 2.0), size);
    ui.painter().rect_filled(rect, 9.0, colour(chip.fill));
    let at = rect.center() - galley.size() / 2.0;
    ui.painter().galley(at, galley, colour(chip.ink));
    rect
}
