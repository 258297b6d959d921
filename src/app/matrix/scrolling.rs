//! What the pointer does alike in grid and register: the wheel, the bars, the pull beyond an edge, the first press.

use egui::{Event, Id, PointerButton, Pos2, Rangef, Rect, Response, Sense, Ui, Vec2};

use crate::app::core::Core;
use crate::app::style::colour;

/// Where the primary button went down in this frame.
pub fn pressed_at(ui: &Ui) -> Option<Pos2> {
    ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::PointerButton { pos, button: PointerButton::Primary, pressed: true, .. } => Some(*pos),
            _ => None,
        })
    })
}

/// What the wheel asks for.
pub enum Wheel {
    /// Another magnification: so many times the present one.
    Zoom(f32),
    /// Another part: so many points up and to the left.
    Scroll(Vec2),
}

/// What the wheel asks for while the pointer is over the cells.
pub fn wheel(ui: &Ui, response: &Response) -> Option<Wheel> {
    if !response.contains_pointer() {
        return None;
    }
    let (delta, zoom) = ui.input(|input| (input.smooth_scroll_delta(), input.zoom_delta()));
    match zoom {
        1.0 if delta == Vec2::ZERO => None,
        1.0 => Some(Wheel::Scroll(delta)),
        zoom => Some(Wheel::Zoom(zoom)),
    }
}

/// How far what lies below follows a drag beyond an edge in one frame, in points.
pub fn pull(at: f32, range: Rangef) -> f32 {
    (at - range.clamp(at)).clamp(-24.0, 24.0) * 0.5
}

/// A thin bar that shows where one is, and can be dragged.
pub struct Bar {
    /// 0 for the one below, 1 for the one at the right.
    pub axis: usize,
    /// Where it may be.
    pub track: Rect,
    /// Length of everything, in points.
    pub content: f32,
    /// How far it can be scrolled, in points.
    pub most: f32,
}

impl Bar {
    /// Draws the bar, if there is something to scroll, and takes drags of it.
    pub fn show(&self, ui: &Ui, core: &Core, grid: Id, scroll: &mut Vec2) {
        let Self { axis, track, content, most } = *self;
        if most <= 0.5 {
            return;
        }
        let theme = core.theme();
        let length = track.size()[axis];
        let handle = (length * length / content.max(1.0)).clamp(24.0_f32.min(length), length);
        let start = (length - handle) * (scroll[axis] / most);
        let mut rect = track.shrink(2.0);
        rect.min[axis] = track.min[axis] + start;
        rect.max[axis] = rect.min[axis] + handle;
        let response = ui.interact(track, grid.with(("scroll bar", axis)), Sense::drag());
        if response.dragged() && length > handle {
            let by = response.drag_delta()[axis] * most / (length - handle);
            scroll[axis] = (scroll[axis] + by).clamp(0.0, most);
        }
        let lit = response.hovered() || response.dragged();
        let ink = if lit { theme.neutral.ink_third } else { theme.neutral.line_strong };
        ui.painter().rect_filled(rect, 3.0, colour(ink));
    }
}
