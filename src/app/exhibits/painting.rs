//! Painting an exhibit: what is in sight of it, with headings that stay.

use egui::{Painter, Rect, Ui, Vec2};

use crate::app::canvas::camera::Camera;
use crate::app::canvas::paint::Brush;
use crate::app::canvas::texts::Texts;
use crate::app::style::colour;
use crate::scene::Item;
use crate::scene::display::{Drawn, Frozen};
use crate::scene::theme::Theme;

/// A camera that shows the world with its origin at a place of the screen.
pub(super) fn camera(area: Rect, origin: egui::Pos2, zoom: f32) -> Camera {
    let mut camera = Camera::default();
    camera.advance(area, 0.0);
    camera.zoom_at(zoom, area.center(), 0.0);
    camera.center_on(((area.center() - origin) / zoom).to_pos2());
    camera
}

/// Paints what is in sight.
pub(super) fn paint(ui: &Ui, theme: &Theme, drawn: &Drawn, camera: &Camera, texts: &mut Texts) {
    let painter = ui.painter().with_clip_rect(camera.viewport());
    texts.begin(&painter, camera.zoom(), false);
    let seen = camera.world_rect();
    let mut brush = Brush::new(&painter, camera, theme, texts);
    for item in drawn.items.iter().filter(|item| seen.intersects(item.bounds.expand(2.0))) {
        brush.item(item);
    }
    brush.finish();
    for frozen in &drawn.frozen {
        stay(&painter, theme, frozen, camera, texts);
    }
    if texts.is_starved() {
        ui.ctx().request_repaint();
    }
}

/// Headings of a grid that were scrolled out of sight, at the border of what is seen.
fn stay(painter: &Painter, theme: &Theme, frozen: &Frozen, camera: &Camera, texts: &mut Texts) {
    let seen = camera.world_rect();
    let rect = frozen.rect;
    if !seen.intersects(rect) {
        return;
    }
    let by = frozen.shift(seen);
    let whole = camera.screen_rect(rect).intersect(camera.viewport());
    let heads = frozen.heads * camera.zoom();
    let at = |world: Vec2| camera.screen_from_world(rect.min + world);
    let band = |items: &[Item], clip: Rect, shift: Vec2, texts: &mut Texts| {
        let painter = painter.with_clip_rect(clip.intersect(camera.viewport()));
        painter.rect_filled(clip, 0.0, colour(theme.neutral.canvas));
        let mut moved = *camera;
        moved.center_on(camera.center_in_world() - shift);
        let seen = moved.world_rect();
        let mut brush = Brush::new(&painter, &moved, theme, texts);
        for item in items.iter().filter(|item| seen.intersects(item.bounds.expand(2.0))) {
            brush.item(item);
        }
        brush.finish();
    };
    let line = egui::Stroke::new(1.0, colour(theme.neutral.line_strong));
    if by.y > 0.5 {
        let min = at(Vec2::new(0.0, by.y));
        let clip = Rect::from_min_max(min, egui::pos2(whole.right(), min.y + heads.y));
        band(&frozen.columns, clip, Vec2::new(0.0, by.y), texts);
        painter.hline(clip.x_range(), clip.bottom(), line);
    }
    if by.x > 0.5 {
        let min = at(Vec2::new(by.x, frozen.heads.y.max(by.y + frozen.heads.y)));
        let clip = Rect::from_min_max(egui::pos2(whole.left(), min.y), egui::pos2(min.x + heads.x, whole.bottom()));
        band(&frozen.rows, clip, Vec2::new(by.x, 0.0), texts);
        painter.vline(clip.right(), clip.y_range(), line);
    }
    if by.x > 0.5 || by.y > 0.5 {
        // Where both meet nothing shines through.
        let min = at(by);
        let corner = Rect::from_min_max(egui::pos2(whole.left(), min.y), min + heads);
        let corner = corner.intersect(camera.viewport());
        if by.x > 0.5 {
            painter.rect_filled(corner, 0.0, colour(theme.neutral.canvas));
        }
    }
}
