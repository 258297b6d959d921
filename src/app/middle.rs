//! The middle of the window: one pane or two side by side, each with its tabs and the view in front of it.

use egui::{CentralPanel, DragAndDrop, Frame, Margin, Panel, Pos2, Rect, Stroke, StrokeKind, Ui};

use super::command::Command;
use super::core::Core;
use super::panels::DraggedTab;
use super::panes::{MOST, Tab};
use super::style::colour;
use super::{Parts, canvas, exhibits, matrix, panels};
use crate::exhibits::exhibit;
use crate::model::{ViewId, ViewKind};
use crate::scene::theme::Theme;

/// Least width of a pane.
const LEAST: f32 = 220.0;
/// A tab that is dropped in this part of a lonely pane, from its right border, goes beside it.
const BORDER: f32 = 0.3;

/// Draws all panes.
pub fn middle_ui(ui: &mut Ui, core: &Core, parts: &mut Parts, commands: &mut Vec<Command>) {
    let count = core.panes.all().len();
    if count > 1 {
        let width = ui.available_width();
        Panel::left("left pane")
            .frame(Frame::NONE)
            .default_size(width / 2.0)
            .size_range(LEAST.min(width / 2.0)..=(width - LEAST).max(width / 2.0))
            .show(ui, |ui| pane_ui(ui, core, 0, parts, commands));
    }
    CentralPanel::no_frame().show(ui, |ui| pane_ui(ui, core, count - 1, parts, commands));
}

/// Draws the tabs of a pane and the view in front of it.
fn pane_ui(ui: &mut Ui, core: &Core, index: usize, parts: &mut Parts, commands: &mut Vec<Command>) {
    let Some(pane) = core.panes.all().get(index) else { return };
    let theme = core.theme();
    if index != core.panes.active() && is_pressed(ui) {
        // Before all that the press leads to in the pane.
        commands.push(Command::FocusPane(index));
    }
    let is_alone = core.focus_mode && core.panes.front_tab().is_some();
    if !pane.tabs().is_empty() && !is_alone {
        let frame = Frame::new().fill(colour(theme.neutral.panel)).inner_margin(Margin::ZERO);
        Panel::top(("tabs", index)).frame(frame).resizable(false).show(ui, |ui| {
            panels::tabs_ui(ui, core, index, commands);
        });
    }
    CentralPanel::no_frame().show(ui, |ui| {
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, colour(theme.neutral.canvas));
        // Before the view, which would take any dragged thing for one of its own.
        drop_ui(ui, core, index, rect, commands);
        match pane.front() {
            Some(Tab::View(view)) if core.document().views().contains(view) => {
                view_ui(ui, core, view, parts, commands);
            }
            Some(Tab::Exhibit(id)) => {
                if let Some(exhibit) = exhibit(id) {
                    let state = parts.exhibits.entry(id).or_default();
                    exhibits::exhibit_ui(ui, core, exhibit, state, commands);
                }
            }
            Some(Tab::View(_)) | None => panels::start_ui(ui, core, commands),
        }
    });
}

/// Whether a button went down in this part of the window, with nothing floating above it.
fn is_pressed(ui: &Ui) -> bool {
    let at = ui.input(|input| input.pointer.press_origin().filter(|_| input.pointer.any_pressed()));
    at.is_some_and(|at| {
        ui.max_rect().contains(at) && ui.ctx().layer_id_at(at).is_none_or(|layer| layer == ui.layer_id())
    })
}

fn view_ui(ui: &mut Ui, core: &Core, view: ViewId, parts: &mut Parts, commands: &mut Vec<Command>) {
    match core.document().get(view).map(|view: &crate::model::View| &view.kind) {
        Some(ViewKind::Matrix(_)) => {
            matrix::matrix_ui(ui, core, view, parts.matrices.entry(view).or_default(), commands);
        }
        Some(_) => {
            panels::breadcrumb_ui(ui, core, view, commands);
            if let Some(cached) = core.scenes.get(&view) {
                let tried = || core.trying.as_ref().and_then(|trying| trying.ghost(view));
                let ghost = parts.quick.ghost(view).or_else(tried);
                let state = parts.canvases.entry(view).or_default();
                canvas::canvas_ui(ui, core, (view, &cached.scene, ghost.as_deref()), state, commands);
            }
        }
        None => {}
    }
}

/// A tab that is dragged over the view: onto the right border of a lonely pane to stand beside it, onto another pane to
/// go there.
fn drop_ui(ui: &Ui, core: &Core, index: usize, rect: Rect, commands: &mut Vec<Command>) {
    let Some(dragged) = DragAndDrop::payload::<DraggedTab>(ui.ctx()) else { return };
    let Some(at) = ui.pointer_latest_pos().filter(|at| rect.contains(*at)) else { return };
    let Some((pane, place)) = landing(core, index, rect, at, dragged.0) else { return };
    landing_ui(ui, core.theme(), place);
    if ui.input(|input| input.pointer.any_released()) {
        DragAndDrop::clear_payload(ui.ctx());
        commands.push(Command::PlaceTab { tab: dragged.0, pane, before: usize::MAX });
    }
}

/// Into which pane a tab would go, and where that is.
fn landing(core: &Core, index: usize, rect: Rect, at: Pos2, tab: Tab) -> Option<(usize, Rect)> {
    if core.panes.is_split() {
        let own = core.panes.all().get(index)?.tabs().contains(&tab);
        return (!own).then_some((index, rect));
    }
    let is_alone = core.panes.tabs().nth(1).is_none();
    let near = at.x >= rect.right() - rect.width() * BORDER;
    let beside = Rect::from_min_max(egui::pos2(rect.center().x, rect.top()), rect.max);
    (near && !is_alone && core.panes.all().len() < MOST).then_some((index + 1, beside))
}

/// Where a tab would go.
fn landing_ui(ui: &Ui, theme: &Theme, place: Rect) {
    let stroke = Stroke::new(2.0, colour(theme.accent.base));
    let painter = ui.ctx().layer_painter(egui::LayerId::new(egui::Order::Middle, egui::Id::unique("landing of a tab")));
    painter.rect(place.shrink(6.0), 6.0, colour(theme.accent.base.faded(0.12)), stroke, StrokeKind::Inside);
}
