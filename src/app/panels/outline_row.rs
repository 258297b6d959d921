//! One line of the outline: indented, with what leads to it, its name, who performs it, its findings.

use egui::{Color32, Id, Rect, Response, Sense, Ui, Vec2};

use super::icon_of;
use crate::app::core::Core;
use crate::app::style::{colour, font};
use crate::app::widgets::{paint_count, paint_icon, severity_chip};
use crate::model::*;
use crate::scene::icon::Icon;
use crate::scene::outline::{OutlineLine, OutlinePart};
use crate::scene::text::{Measure, Weight};
use crate::search::title;

const INDENT: f32 = 14.0;
/// Deeper lines are not indented farther, or nothing would be left of their names.
const DEEPEST: usize = 8;

pub(super) fn row_id(index: usize, line: &OutlineLine) -> Id {
    match line.part {
        OutlinePart::Jump => Id::unique(("outline jump", index, line.element)),
        _ => Id::unique(("outline", line.element)),
    }
}

/// Draws a line into its place.
pub(super) fn row_ui(ui: &Ui, core: &Core, rect: Rect, index: usize, line: &OutlineLine, focused: bool) -> Response {
    let theme = core.theme();
    // The list is one Tab stop; its rows are none.
    let response = ui.interact(rect, row_id(index, line), Sense::CLICK);
    let selected = core.selection().contains(&line.element) && line.part != OutlinePart::Jump;
    let ground = match (selected, response.hovered()) {
        (true, _) => colour(theme.accent.soft),
        (false, true) => colour(theme.neutral.hover),
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, theme.sizes.radius.control, ground);
    if focused {
        let ring = egui::Stroke::new(2.0, colour(theme.accent.base));
        ui.painter().rect_stroke(rect, theme.sizes.radius.control, ring, egui::StrokeKind::Inside);
    }
    let second = colour(theme.neutral.ink_second);
    let ink = match (selected, line.part) {
        (true, _) => theme.accent.ink,
        (false, OutlinePart::Jump) => theme.neutral.ink_second,
        (false, _) => theme.neutral.ink,
    };
    let mut left = rect.left() + 6.0 + INDENT * line.depth.min(DEEPEST) as f32;
    let icon = match line.part {
        OutlinePart::Jump => Icon::Return,
        _ => icon_of(core.document(), line.element),
    };
    let icon_rect = Rect::from_min_size(egui::pos2(left, rect.top()), Vec2::new(18.0, rect.height()));
    paint_icon(ui, icon_rect, icon, 15.0, if selected { colour(theme.accent.ink) } else { second });
    left = icon_rect.right() + 6.0;
    let mut right = rect.right() - 6.0;
    if let Some((severity, count)) = core.tally.about(line.element).filter(|_| line.part == OutlinePart::Element) {
        let at = egui::pos2(right, rect.center().y);
        right = paint_count(ui, theme, at, count, severity_chip(theme, severity)).left() - 6.0;
    }
    let words = |text: &str, left: f32, room: f32, style: crate::scene::text::TextStyle, ink: Color32| {
        let shown = Measure::bundled().ellipsize(text, style, room.max(0.0));
        let galley = ui.painter().layout_no_wrap(shown.text, font(style), ink);
        let width = galley.size().x;
        ui.painter().galley(egui::pos2(left, rect.center().y - galley.size().y / 2.0), galley, ink);
        width
    };
    let caption = theme.sizes.text.caption;
    if !line.lead.is_empty() {
        let lead = if line.part == OutlinePart::Jump { line.lead.clone() } else { format!("{}:", line.lead) };
        left += words(&lead, left, (right - left) * 0.45, caption, second) + 5.0;
    }
    let style = match line.part {
        OutlinePart::Heading => caption.with_weight(Weight::Semibold),
        _ => theme.sizes.text.body,
    };
    let name = title(core.document(), line.element);
    left += words(&name, left, right - left, style, colour(ink)) + 8.0;
    let detail = detail(core.document(), line);
    let shown = Measure::bundled().ellipsize(&detail, caption, (right - left).max(0.0));
    if right - left > 32.0 && !detail.is_empty() {
        let galley = ui.painter().layout_no_wrap(shown.text, font(caption), second);
        let at = egui::pos2(right - galley.size().x, rect.center().y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, second);
    }
    if response.hovered() {
        let lead = if line.lead.is_empty() { String::new() } else { format!("{} ", line.lead) };
        let whole = if detail.is_empty() { format!("{lead}{name}") } else { format!("{lead}{name} ({detail})") };
        return response.on_hover_text(whole);
    }
    response
}

/// Who performs a node, who holds a role.
fn detail(document: &Document, line: &OutlineLine) -> String {
    match line.element {
        _ if line.part != OutlinePart::Element => String::new(),
        ElementRef::Role(id) => document.holders_label(id),
        element => {
            let performer = FlowNode::try_from(element).ok().and_then(|node| document.performer_of(node));
            performer.map_or_else(String::new, |actor| document.name_of(actor.into()).to_owned())
        }
    }
}
