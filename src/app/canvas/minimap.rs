//! A small picture of the whole view in a corner, with a frame around what is in sight: a click or drag goes there.
//!
//! It is there while the view does not fit. The boxes are drawn once into a texture whenever the picture changes, so
//! that a frame costs two triangles and a frame, whatever the number of boxes; boxes smaller than a point become one.

use std::sync::Arc;

use egui::{
    Align2, Area, Color32, ColorImage, Id, Order, Role, Sense, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui,
    WidgetInfo, vec2,
};
use emath::{Pos2, Rect, Vec2};

use super::camera::Camera;
use super::pick::bounds_of;
use super::strip::{MARGIN, floating};
use crate::app::command::{Command, Preference};
use crate::app::core::Core;
use crate::app::style::colour;
use crate::app::widgets::{menu_item, paint_icon};
use crate::scene::icon::Icon;
use crate::scene::theme::{Rgba, Theme};
use crate::scene::{Colour, Detail, Item, ItemKind, Scene};

/// The largest map, in points.
const LARGEST: Vec2 = Vec2::new(196.0, 132.0);
/// Smaller views have no room for a map.
const LEAST_VIEW: Vec2 = Vec2::new(560.0, 420.0);
/// Height that the zoom below it takes.
const ABOVE_ZOOM: f32 = 52.0;
/// Selected boxes that are shown in the accent.
const MOST_SELECTED: usize = 200;
/// Free space around the picture, as a part of it.
const BORDER: f32 = 0.03;

/// What the map remembers.
#[derive(Default)]
pub struct Minimap {
    drawn: Option<Drawn>,
}

/// The picture of a scene in a texture.
struct Drawn {
    scene: Arc<Scene>,
    theme: *const Theme,
    pixels: [usize; 2],
    texture: TextureHandle,
}

/// Where the world is on the map.
#[derive(Clone, Copy)]
struct Fit {
    world: Rect,
    map: Rect,
}

impl Fit {
    fn map_from_world(&self, at: Pos2) -> Pos2 {
        self.map.min + (at - self.world.min) * (self.map.width() / self.world.width())
    }

    fn world_from_map(&self, at: Pos2) -> Pos2 {
        self.world.min + (at - self.map.min) * (self.world.width() / self.map.width())
    }

    fn rect(&self, world: Rect) -> Rect {
        Rect::from_min_max(self.map_from_world(world.min), self.map_from_world(world.max))
    }
}

/// Whether part of the picture is out of sight.
fn is_needed(scene: &Scene, camera: &Camera) -> bool {
    let viewport = camera.viewport();
    let is_large = viewport.width() >= LEAST_VIEW.x && viewport.height() >= LEAST_VIEW.y;
    is_large && scene.nodes.len() > 1 && !camera.world_rect().expand(1.0).contains_rect(scene.bounds)
}

/// The part of the world on the map, and how large the map is.
fn extent(scene: &Scene) -> (Rect, Vec2) {
    let world = scene.bounds.expand(scene.bounds.size().max_elem() * BORDER + 1.0);
    let scale = (LARGEST.x / world.width()).min(LARGEST.y / world.height());
    (world, (world.size() * scale).max(Vec2::splat(24.0)))
}

/// Draws the map where it is needed and wished for; the point of the world to which the camera is asked.
pub fn minimap_ui(
    ui: &Ui,
    core: &Core,
    state: &mut Minimap,
    scene: &Arc<Scene>,
    camera: &Camera,
    commands: &mut Vec<Command>,
) -> Option<Pos2> {
    if !core.preferences.is_open("minimap") || !is_needed(scene, camera) {
        return None;
    }
    let theme = core.theme();
    let (world, size) = extent(scene);
    let texture = state.texture(ui, theme, scene, world, size);
    let at = camera.viewport().right_bottom() - vec2(MARGIN, MARGIN + ABOVE_ZOOM);
    let area = Area::new(Id::unique("minimap")).order(Order::Middle).pivot(Align2::RIGHT_BOTTOM).fixed_pos(at);
    let shown = area.show(ui, |ui| {
        floating(theme).show(ui, |ui| {
            let (map, _) = ui.allocate_exact_size(size, Sense::hover());
            let response = ui.interact(map, Id::unique("minimap picture"), Sense::CLICK | Sense::DRAG);
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "Minimap: click or drag to go there"));
            let fit = Fit { world, map };
            let whole = Rect::from_min_max(Pos2::ZERO, Pos2::new(1.0, 1.0));
            ui.painter().image(texture, map, whole, Color32::WHITE);
            paint_selection(ui, core, scene, &fit);
            paint_frame(ui, theme, camera, &fit);
            response.context_menu(|ui| hide_ui(ui, theme, commands));
            close_ui(ui, theme, map, response.contains_pointer(), commands);
            let goes = response.dragged() || response.clicked() || response.is_pointer_button_down_on();
            response.interact_pointer_pos().filter(|_| goes).map(|at| fit.world_from_map(at))
        })
    });
    shown.inner.inner
}

/// The boxes of the selection, in the accent.
fn paint_selection(ui: &Ui, core: &Core, scene: &Scene, fit: &Fit) {
    let accent = colour(core.theme().accent.base);
    for element in core.selection().iter().take(MOST_SELECTED) {
        if let Some(bounds) = bounds_of(scene, *element) {
            let rect = fit.rect(bounds);
            let rect = Rect::from_center_size(rect.center(), rect.size().max(Vec2::splat(3.0)));
            ui.painter().rect_filled(rect, 1.0, accent);
        }
    }
}

/// What is in sight.
fn paint_frame(ui: &Ui, theme: &Theme, camera: &Camera, fit: &Fit) {
    let seen = fit.rect(camera.world_rect()).intersect(fit.map);
    let seen = Rect::from_center_size(seen.center(), seen.size().max(Vec2::splat(6.0)));
    ui.painter().rect_filled(seen, 2.0, colour(theme.accent.base.faded(0.10)));
    ui.painter().rect_stroke(seen, 2.0, Stroke::new(1.5, colour(theme.accent.base)), StrokeKind::Inside);
}

fn hide_ui(ui: &mut Ui, theme: &Theme, commands: &mut Vec<Command>) {
    if menu_item(ui, theme, Some(Icon::EyeOff), "Hide the minimap", "", true).clicked() {
        commands.push(Command::Preference(Preference::Minimap(false)));
    }
}

/// A small cross while the pointer is on the map.
fn close_ui(ui: &Ui, theme: &Theme, map: Rect, shown: bool, commands: &mut Vec<Command>) {
    let rect = Rect::from_min_size(map.right_top() + vec2(-16.0, 0.0), Vec2::splat(16.0));
    let response = ui.interact(rect, Id::unique("minimap hide"), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Hide the minimap"));
    if shown || response.hovered() {
        ui.painter().rect_filled(rect, 3.0, colour(theme.neutral.raised));
        paint_icon(ui, rect, Icon::Close, 11.0, colour(theme.neutral.ink_second));
    }
    if response.on_hover_text("Hide the minimap; the View menu brings it back").clicked() {
        commands.push(Command::Preference(Preference::Minimap(false)));
    }
}

impl Minimap {
    /// The texture of a scene; drawn anew where scene, theme or size are others.
    fn texture(
        &mut self,
        ui: &Ui,
        theme: &'static Theme,
        scene: &Arc<Scene>,
        world: Rect,
        size: Vec2,
    ) -> egui::TextureId {
        let scale = ui.pixels_per_point();
        let pixels = [size.x, size.y].map(|side| (side * scale).round().max(1.0) as usize);
        let is_fresh = |drawn: &&Drawn| {
            Arc::ptr_eq(&drawn.scene, scene) && std::ptr::eq(drawn.theme, theme) && drawn.pixels == pixels
        };
        if let Some(drawn) = self.drawn.as_ref().filter(is_fresh) {
            return drawn.texture.id();
        }
        let image = picture(scene, theme, world, pixels);
        let texture = match self.drawn.take() {
            Some(mut drawn) => {
                drawn.texture.set(image, TextureOptions::LINEAR);
                drawn.texture
            }
            None => ui.ctx().load_texture("minimap", image, TextureOptions::LINEAR),
        };
        let id = texture.id();
        self.drawn = Some(Drawn { scene: scene.clone(), theme, pixels, texture });
        id
    }
}

/// Lanes and boxes as flat areas.
fn picture(scene: &Scene, theme: &Theme, world: Rect, pixels: [usize; 2]) -> ColorImage {
    let mut image = ColorImage::filled(pixels, colour(theme.neutral.canvas));
    let scale = pixels[0] as f32 / world.width();
    let mut fill = |rect: Rect, ink: Rgba| {
        let place = |at: f32, from: f32, most: usize| (((at - from) * scale).max(0.0) as usize).min(most);
        let (left, top) = (place(rect.left(), world.left(), pixels[0]), place(rect.top(), world.top(), pixels[1]));
        // At least one pixel, or small boxes would be lost.
        let right = place(rect.right(), world.left(), pixels[0]).max(left + 1).min(pixels[0]);
        let bottom = place(rect.bottom(), world.top(), pixels[1]).max(top + 1).min(pixels[1]);
        let ink = colour(ink);
        for row in top..bottom {
            if let Some(line) = image.pixels.get_mut(row * pixels[0] + left..row * pixels[0] + right) {
                line.fill(ink);
            }
        }
    };
    for (index, lane) in scene.lanes.iter().enumerate() {
        fill(lane.rect, if index % 2 == 0 { theme.neutral.lane } else { theme.neutral.canvas });
        fill(lane.header, theme.neutral.line);
    }
    for node in scene.nodes.iter().filter(|node| node.form.is_ground()) {
        fill(node.rect, theme.neutral.field);
    }
    for node in scene.nodes.iter().filter(|node| !node.form.is_ground()) {
        let tint = scene.items.get(node.item).and_then(|item| tint_of(item));
        fill(node.rect, tint.map_or(theme.neutral.border, |tint| theme.colour(tint)));
    }
    image
}

/// The tint of a card, or its class in an overlay.
fn tint_of(item: &Item) -> Option<Colour> {
    match &item.kind {
        ItemKind::Group(items) => items.iter().find_map(tint_of),
        ItemKind::Rect(rect) if item.detail == Detail::Shape => match rect.style.fill {
            Some(Colour::TintFill(tint)) => Some(Colour::TintEdge(tint)),
            Some(class @ Colour::Ramp(_)) => Some(class),
            Some(Colour::SeveritySoft(severity)) => Some(Colour::Severity(severity)),
            _ => None,
        },
        ItemKind::Rect(_) | ItemKind::Path(_) | ItemKind::Text(_) | ItemKind::Icon(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ElementRef, StepId, TableId as _};
    use crate::scene::{NodeForm, NodeShape};

    fn scene(count: u32) -> Arc<Scene> {
        let node = |index: u32| NodeShape {
            element: ElementRef::Step(StepId::from_index(index)),
            placement: None,
            rect: Rect::from_min_size(Pos2::new(200.0 * index as f32, 0.0), vec2(120.0, 60.0)),
            form: NodeForm::Card,
            parent: None,
            hidden: 0,
            item: usize::MAX,
        };
        let nodes: Vec<NodeShape> = (0..count).map(node).collect();
        let bounds = nodes.iter().map(|node| node.rect).reduce(|all, one| all.union(one)).unwrap();
        Arc::new(Scene { nodes, bounds, ..Scene::default() })
    }

    #[test]
    fn places_on_the_map_lead_back_to_the_world() {
        let (world, size) = extent(&scene(30));
        let fit = Fit { world, map: Rect::from_min_size(Pos2::new(10.0, 20.0), size) };
        let at = Pos2::new(1234.0, 17.0);
        assert!((fit.world_from_map(fit.map_from_world(at)) - at).length() < 0.1);
        assert!(size.x <= LARGEST.x + 0.1 && size.y >= 24.0);
    }

    #[test]
    fn twenty_thousand_boxes_leave_a_mark_each_and_an_empty_ground_stays_empty() {
        let theme = Theme::light();
        let scene = scene(20_000);
        let (world, size) = extent(&scene);
        let image = picture(&scene, theme, world, [size.x as usize, size.y as usize]);
        let ink = colour(theme.neutral.border);
        let middle = image.pixels.iter().filter(|pixel| **pixel == ink).count();
        assert!(middle > 150, "{middle}");
        assert!(image.pixels.contains(&colour(theme.neutral.canvas)));
    }

    #[test]
    fn a_view_that_fits_needs_no_map() {
        let mut camera = Camera::default();
        camera.advance(Rect::from_min_size(Pos2::ZERO, vec2(900.0, 700.0)), 0.0);
        let scene = scene(30);
        assert!(is_needed(&scene, &camera));
        camera.fit(scene.bounds, Default::default(), 1.0, 0.0);
        assert!(!is_needed(&scene, &camera));
    }
}
