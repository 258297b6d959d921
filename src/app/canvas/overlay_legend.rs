//! The legend of an overlay in a corner of the canvas: drawn from the same items as in exports.

use egui::{Align2, Area, Id, Order, Role, Sense, Ui, Vec2, WidgetInfo, vec2};
use emath::{Pos2, Rect};

use super::camera::Camera;
use super::paint::Brush;
use super::strip::{MARGIN, floating};
use super::texts::Texts;
use crate::app::actions::{OVERLAYS, action};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::panels::action_item;
use crate::app::style::colour;
use crate::app::widgets::{icon_button, icon_text, text};
use crate::model::ViewId;
use crate::scene::icon::Icon;
use crate::scene::pen::bounds_of;
use crate::scene::{Overlay, Scene};

/// Width of the legend, in points, where there is room.
const WIDTH: f32 = 268.0;
/// Height that the tools below it take.
const ABOVE_TOOLS: f32 = 56.0;
/// In a view lower than this only the title has room.
const LEAST_HEIGHT: f32 = 380.0;

/// A corner where a legend can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corner {
    /// Above the tools at the left.
    LowerLeft,
    /// At the top, left.
    UpperLeft,
    /// At the top, right.
    UpperRight,
}

impl Corner {
    const ALL: [Self; 3] = [Self::LowerLeft, Self::UpperLeft, Self::UpperRight];

    /// The corner of the legend that stands in it, and where.
    fn place(self, viewport: Rect) -> (Align2, Pos2) {
        match self {
            Self::LowerLeft => (Align2::LEFT_BOTTOM, viewport.left_bottom() + vec2(MARGIN, -MARGIN - ABOVE_TOOLS)),
            Self::UpperLeft => (Align2::LEFT_TOP, viewport.left_top() + Vec2::splat(MARGIN)),
            Self::UpperRight => (Align2::RIGHT_TOP, viewport.right_top() + vec2(-MARGIN, MARGIN)),
        }
    }

    /// Where a legend covers least of a picture. It is asked once for each overlay, so that nothing jumps.
    pub fn freest(scene: &Scene, camera: &Camera) -> Self {
        const SIZE: Vec2 = Vec2::new(WIDTH + 24.0, 150.0);
        let covered = |corner: &Self| {
            let (pivot, at) = corner.place(camera.viewport());
            let legend = pivot.anchor_size(at, SIZE);
            let part = |rect: Rect| camera.screen_rect(rect).intersect(legend);
            let boxes = scene.nodes.iter().filter(|node| !node.form.is_ground()).map(|node| node.rect);
            let strict = boxes.chain(scene.lanes.iter().map(|lane| lane.header)).map(part);
            let loose = scene.lanes.iter().map(|lane| part(lane.rect));
            let area = |rect: Rect| if rect.is_positive() { rect.area() } else { 0.0 };
            strict.map(area).sum::<f32>() * 4.0 + loose.map(area).sum::<f32>()
        };
        let best = Self::ALL.into_iter().min_by(|a, b| covered(a).total_cmp(&covered(b)));
        best.unwrap_or(Self::LowerLeft)
    }
}

/// Draws the legend of the overlay that the picture shows.
pub fn legend_ui(
    ui: &Ui,
    core: &Core,
    (view, overlay, scene): (ViewId, &Overlay, &Scene),
    (viewport, corner): (Rect, Corner),
    texts: &mut Texts,
    commands: &mut Vec<Command>,
) {
    let theme = core.theme();
    let (pivot, at) = corner.place(viewport);
    let width = WIDTH.min(viewport.width() - 2.0 * MARGIN - 16.0);
    if width < 120.0 {
        return;
    }
    let area = Area::new(Id::unique(("overlay legend", view))).order(Order::Middle).pivot(pivot).fixed_pos(at);
    area.show(ui, |ui| {
        floating(theme).show(ui, |ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing = vec2(4.0, 2.0);
            ui.horizontal(|ui| {
                ui.set_min_height(28.0);
                let title = text(&overlay.title, theme.sizes.text.label).color(colour(theme.neutral.ink));
                let chevron = icon_text(Icon::ChevronDown, 13.0).color(colour(theme.neutral.ink_second));
                let button = ui.add(egui::Button::new((title, chevron)).frame_when_inactive(false));
                let label = format!("Overlay: {}; choose another one", overlay.title);
                button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
                menu_ui(core, &button, commands);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if icon_button(ui, theme, Icon::Close, "No overlay", false, true).clicked() {
                        commands.push(Command::Action("overlay.none"));
                    }
                    if core.looks_stale {
                        let words = text("working it out…", theme.sizes.text.caption);
                        ui.label(words.color(colour(theme.neutral.ink_second)));
                    }
                });
            });
            if viewport.height() >= LEAST_HEIGHT {
                if core.looks_stale {
                    ui.set_opacity(0.6);
                }
                items_ui(ui, core, overlay, scene, width, texts);
            }
        });
    });
}

/// Offers every overlay below a button.
pub fn menu_ui(core: &Core, button: &egui::Response, commands: &mut Vec<Command>) {
    egui::Popup::menu(button).show(|ui| {
        for action in OVERLAYS.into_iter().filter_map(action) {
            action_item(ui, core, action, commands);
        }
    });
}

fn items_ui(ui: &mut Ui, core: &Core, overlay: &Overlay, scene: &Scene, width: f32, texts: &mut Texts) {
    let items = overlay.legend(scene, width - 8.0);
    let size = bounds_of(items.iter().map(|item| item.bounds)).max.to_vec2() + Vec2::new(4.0, 4.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, size.y), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words(overlay, scene)));
    let mut camera = Camera::default();
    let ground = Rect::from_min_size(rect.min + vec2(4.0, 0.0), vec2(width, size.y));
    camera.advance(ground, 0.0);
    camera.center_on((ground.size() / 2.0).to_pos2());
    let painter = ui.painter().with_clip_rect(ground.expand(2.0));
    texts.begin(&painter, camera.zoom(), false);
    let mut brush = Brush::new(&painter, &camera, core.theme(), texts);
    items.iter().for_each(|item| brush.item(item));
    brush.finish();
    if texts.is_starved() {
        ui.ctx().request_repaint();
    }
}

/// The legend as a sentence for those who do not see it.
fn words(overlay: &Overlay, scene: &Scene) -> String {
    let classes: Vec<&str> = overlay.classes.iter().map(|class| class.label.as_str()).collect();
    let unknown = overlay.unknown_words(scene).map_or_else(String::new, |words| format!(". {words}"));
    format!("{}: {}. Classes: {}{unknown}", overlay.title, overlay.unit, classes.join(", "))
}
