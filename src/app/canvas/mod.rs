//! The canvas: one view drawn from its scene, with a camera, tools and an overlay for what the hand is doing.
//!
//! Painting and picking are ours (flat arrays of the scene, culled); the toolkit gives the surface, the input and the
//! accessibility tree. A gesture is computed from the document at its start, shown as a preview, and committed once.

mod accessibility;
pub mod alignment;
mod append;
mod camera;
mod dropping;
mod glide;
pub mod groups;
mod keyboard;
mod menu;
mod new_element;
mod overlay;
mod paint;
mod pick;
mod pointer;
mod preview;
mod rename;
mod selection_bar;
mod snap;
mod spacing;
mod state;
mod strip;
mod texts;
pub mod tools;
mod types;

pub use state::CanvasState;

use std::sync::Arc;

use egui::{EventFilter, Sense, Ui};

use self::overlay::Overlay;
use self::paint::Brush;
use self::rename::{Ended, Renaming};
use self::tools::{Gesture, Outcome, Situation};
use super::command::Command;
use super::core::Core;
use crate::model::{ElementRef, View, ViewId};
use crate::scene::Scene;

/// What the pointer does on a canvas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// Selects and moves.
    #[default]
    Select,
    /// Moves the paper.
    Hand,
    /// Draws connections.
    Connect,
    /// Pushes everything beyond the pointer away.
    Space,
    /// Places a new element; one use, then back to select.
    Place(NewElement),
}

/// What can be added by a tool, a menu or the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewElement {
    /// A unit.
    Unit,
    /// A role.
    Role,
    /// A person.
    Person,
    /// An external.
    External,
    /// A system.
    System,
    /// A body.
    Body,
    /// A process.
    Process,
    /// A step.
    Step,
    /// An exclusive gateway.
    ExclusiveGateway,
    /// A parallel gateway.
    ParallelGateway,
    /// A start event.
    StartEvent,
    /// An intermediate event.
    IntermediateEvent,
    /// An end event.
    EndEvent,
    /// An artefact.
    Artefact,
    /// A decision.
    Decision,
    /// A note.
    Note,
}

/// Draws a view and collects wishes.
pub fn canvas_ui(
    ui: &mut Ui,
    core: &Core,
    view: ViewId,
    scene: &Arc<Scene>,
    state: &mut CanvasState,
    commands: &mut Vec<Command>,
) {
    let Some(record) = core.document().get::<View>(view) else { return };
    let viewport = ui.available_rect_before_wrap();
    let response = ui.allocate_rect(viewport, Sense::click_and_drag());
    let inside = std::mem::take(&mut state.inside);
    let situation = Situation {
        document: core.document(),
        view,
        kind: &record.kind,
        scene,
        selection: core.selection(),
        tool: core.tool,
        tool_stays: core.tool_stays,
        zoom: state.camera.zoom(),
        inside: &inside,
        hovered: state.hovered,
        snaps: core.preferences.snapping,
    };
    state.follow(ui, viewport, &situation);
    let mut out = Outcome::default();
    state.navigate(ui, &response);
    let situation = Situation { zoom: state.camera.zoom(), ..situation };
    pointer::read(ui, &response, state, &situation, &mut out);
    if let Some(elements) = response.dnd_release_payload::<Vec<ElementRef>>()
        && let Some(at) = ui.pointer_latest_pos()
    {
        dropping::dropped(&situation, &elements, state.camera.world_from_screen(at), &mut out);
    }
    keys(ui, &response, state, &situation, &mut out);
    paint(ui, core, state, &situation, scene);
    if let Some(element) = accessibility::describe(ui, &response, &situation, &state.camera) {
        out.select(vec![element]);
    }
    name_field(ui, core, state, &situation, &mut out);
    response.context_menu(|ui| menu::context_ui(ui, core, situation.scene, commands));
    if let Some(open) = state.menu {
        let stays = menu::new_ui(ui, core, open, &state.camera, &situation, commands);
        state.menu = Some(open).filter(|_| stays);
    }
    if let Some(choosing) = state.choosing.take() {
        state.choosing = choosing.show(ui, core, &state.camera, &situation, commands);
    }
    if scene.nodes.is_empty() {
        strip::empty_ui(ui, core, situation.kind, viewport, commands);
    }
    strip::tools_ui(ui, core, situation.kind, viewport, commands);
    strip::zoom_ui(ui, core, state.camera.zoom(), viewport, commands);
    selection_bar::bar_ui(ui, core, state, &situation, commands);
    if out.menu.is_some() {
        state.menu = out.menu;
    }
    state.say(&situation, out.hint.take(), commands);
    commands.append(&mut out.commands);
    state.inside = out.inside.unwrap_or(inside);
}

/// Keys, where the canvas has them.
fn keys(ui: &Ui, response: &egui::Response, state: &mut CanvasState, situation: &Situation<'_>, out: &mut Outcome) {
    let focused = ui.memory(|memory| memory.focused());
    let is_free = focused.is_none() || focused == Some(response.id);
    let is_covered = ui.memory(|memory| memory.top_modal_layer().is_some()) || egui::Popup::is_any_open(ui.ctx());
    let comes_from_elsewhere = std::mem::replace(&mut state.keyboard_was_elsewhere, !is_free);
    if state.renaming.is_some() || !is_free || is_covered {
        return;
    }
    if focused.is_none() && !situation.selection.is_empty() {
        response.request_focus();
    }
    let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    if state.gesture.is_busy() || comes_from_elsewhere {
        return;
    }
    let keys = keyboard::read(ui, situation);
    out.take_over(keys.outcome);
    if let Some(element) = situation.single().filter(|_| !keys.typed.is_empty()) {
        state.renaming = Some(Renaming::start(situation.document, element, Some(&keys.typed)));
    }
}

/// Paper, picture, overlay.
fn paint(ui: &Ui, core: &Core, state: &mut CanvasState, situation: &Situation<'_>, scene: &Arc<Scene>) {
    let theme = core.theme();
    let camera = state.camera;
    let painter = ui.painter_at(camera.viewport());
    let now_secs = ui.input(|input| input.time);
    paint::paper(&painter, &camera, theme);
    state.texts.begin(&painter, camera.zoom(), camera.is_zooming(now_secs));
    let preview = preview::preview(&state.gesture, situation.scene);
    let between = state.between(ui, scene);
    let mut brush = Brush::new(&painter, &camera, theme, &mut state.texts);
    match &between {
        Some(between) => {
            brush.still(situation.scene, &between.changed);
            between.lines.iter().for_each(|line| brush.line(line));
            brush.moved(situation.scene, &between.changed);
        }
        None => brush.scene(situation.scene, &preview.changed),
    }
    brush.finish();
    let overlay = Overlay { painter: &painter, camera: &camera, theme, situation: *situation };
    if let Some(finding) = core.focused() {
        // People have no box; the selection has the roles that stand for them.
        let evidence: Vec<ElementRef> = finding.evidence.iter().chain(core.selection()).copied().collect();
        overlay.focus(&evidence, &mut state.texts);
    }
    if between.is_none() {
        overlay.marks(state.hovered, state.aimed, &state.gesture);
    }
    overlay.gesture(&state.gesture, &preview);
}

/// The name being edited.
fn name_field(ui: &mut Ui, core: &Core, state: &mut CanvasState, situation: &Situation<'_>, out: &mut Outcome) {
    if let Some(element) = state.rename_request.take() {
        state.renaming = Some(Renaming::start(situation.document, element, None));
        state.gesture = Gesture::Idle;
    }
    let Some(mut renaming) = state.renaming.take() else { return };
    if !situation.document.contains(renaming.element) {
        return;
    }
    let ended = renaming.show(ui, &state.camera, core.theme(), situation.scene);
    match ended {
        Ended::No => state.renaming = Some(renaming),
        Ended::Reverted => {}
        Ended::Kept | Ended::KeptAndNext => match renaming.edit(situation.document) {
            Ok(edit) => {
                out.commands.extend(edit.map(Command::from));
                if ended == Ended::KeptAndNext {
                    let selection = [renaming.element];
                    keyboard::next(&Situation { selection: &selection, ..*situation }, out);
                }
            }
            Err(reason) => out.hint = Some(reason),
        },
    }
}
