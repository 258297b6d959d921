//! The small bar above several selected boxes: align, distribute, group, colour.

use egui::{Align2, Area, Id, Order, Ui, Vec2};
use emath::{Pos2, Rect};
use rustc_hash::FxHashSet;

use super::state::CanvasState;
use super::strip::{divider, floating, label};
use super::tools::Situation;
use crate::app::actions::action;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::widgets::icon_button;
use crate::model::ElementRef;
use crate::scene::icon::Icon;

/// The buttons, in groups.
const GROUPS: &[&[&str]] = &[
    &["arrange.align-left", "arrange.align-center", "arrange.align-right"],
    &["arrange.align-top", "arrange.align-middle", "arrange.align-bottom"],
    &["arrange.distribute-across", "arrange.distribute-down"],
    &["arrange.group", "arrange.ungroup", "arrange.lock"],
];

/// Distance from the selection, in screen points: its rings and handles stay free.
const AWAY: f32 = 24.0;

/// Draws the bar where several boxes are selected and nothing is under way.
pub fn bar_ui(ui: &Ui, core: &Core, state: &CanvasState, situation: &Situation<'_>, commands: &mut Vec<Command>) {
    if situation.selection.len() < 2
        || !matches!(state.gesture, super::Gesture::Idle)
        || state.renaming.is_some()
        || situation.arranges_itself()
        || core.focused().is_some()
    {
        return;
    }
    let selected: FxHashSet<ElementRef> = situation.selection.iter().copied().collect();
    let boxes = situation.scene.nodes.iter().filter(|node| selected.contains(&node.element)).map(|node| node.rect);
    let (count, bounds) = boxes.fold((0, Rect::NOTHING), |(count, all), rect| (count + 1, all.union(rect)));
    if count < 2 {
        return;
    }
    let (bounds, view) = (state.camera.screen_rect(bounds), state.camera.viewport());
    if !view.intersects(bounds) {
        return;
    }
    let id = Id::unique("selection bar");
    let size = ui.memory(|memory| memory.area_rect(id)).map_or(Vec2::new(430.0, 44.0), |rect: Rect| rect.size());
    if size.x + 16.0 > view.width() {
        return;
    }
    Area::new(id).order(Order::Middle).pivot(Align2::LEFT_TOP).fixed_pos(place(bounds, view, size)).show(ui, |ui| {
        floating(core.theme()).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                for (index, group) in GROUPS.iter().enumerate() {
                    if index > 0 {
                        divider(ui, core.theme());
                    }
                    for id in *group {
                        button(ui, core, id, count, commands);
                    }
                }
            });
        });
    });
}

/// A button of the bar. Whether it applies is told by the number of boxes alone: the answer of the action takes a pass
/// over the view, and there is one in each frame.
fn button(ui: &mut Ui, core: &Core, id: &'static str, count: usize, commands: &mut Vec<Command>) {
    let Some(action) = action(id) else { return };
    let enabled = count >= if id.starts_with("arrange.distribute") { 3 } else { 2 };
    let icon = action.icon.unwrap_or(Icon::More);
    if icon_button(ui, core.theme(), icon, &label(ui, action), false, enabled).clicked() {
        commands.push(Command::Action(id));
    }
}

/// Above the selection, below it where there is no room, within the view.
fn place(bounds: Rect, view: Rect, size: Vec2) -> Pos2 {
    let inner = view.shrink(8.0);
    let x = (bounds.center().x - size.x / 2.0).clamp(inner.left(), (inner.right() - size.x).max(inner.left()));
    let above = bounds.top() - AWAY - size.y;
    let below = bounds.bottom() + AWAY;
    let y = match (above >= inner.top(), below + size.y <= inner.bottom() - 60.0) {
        (true, _) => above,
        (false, true) => below,
        (false, false) => inner.top(),
    };
    Pos2::new(x, y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use emath::pos2;

    #[test]
    fn the_bar_stays_in_the_view_and_off_the_selection_where_it_can() {
        let view = Rect::from_min_size(pos2(0.0, 0.0), Vec2::new(1000.0, 800.0));
        let size = Vec2::new(400.0, 44.0);
        let at =
            |x: f32, y: f32, height: f32| place(Rect::from_min_size(pos2(x, y), Vec2::new(100.0, height)), view, size);
        assert_eq!(at(450.0, 400.0, 50.0), pos2(300.0, 332.0));
        assert_eq!(at(0.0, 10.0, 50.0), pos2(8.0, 84.0));
        assert_eq!(at(900.0, 10.0, 780.0), pos2(592.0, 8.0));
    }
}
