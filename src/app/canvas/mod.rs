//! The canvas: one view drawn from its scene, with a camera, tools and an overlay for what the hand is doing.
//!
//! Painting and picking are ours (flat arrays of the scene, culled); the toolkit gives the surface, the input and the
//! accessibility tree. A gesture is computed from the document at its start, shown as a preview, and committed once.

mod accessibility;
pub mod alignment;
mod append;
pub(super) mod camera;
mod completion;
mod dropping;
mod far;
mod glide;
pub mod groups;
mod keyboard;
mod menu;
mod minimap;
mod new_element;
mod overlay;
mod overlay_legend;
pub(super) mod paint;
mod phase_header;
mod pick;
mod pointer;
mod preview;
mod rename;
mod selection_bar;
mod snap;
mod spacing;
mod state;
mod still;
mod strip;
pub(super) mod texts;
pub mod tints;
pub mod tools;
mod types;
pub mod walk;

pub use camera::Pose;
pub use dropping::side_by_side;
pub use pick::Side;
pub use state::CanvasState;
pub use strip::floating;

use std::sync::Arc;

use egui::{EventFilter, Sense, Ui, Vec2};

use self::overlay::Overlay;
use self::paint::Brush;
use self::phase_header::PhaseNaming;
use self::rename::{Ended, Place, Renaming};
use self::still::{Seen, Still};
use self::tools::{Gesture, Outcome, Situation};
use super::command::{Command, Named, Then};
use super::core::Core;
use super::quick::{Emphasis, Ghost};
use crate::model::{ElementRef, View, ViewId};
use crate::scene::{Item, Scene};

/// What is seen around ghosts: the headers of their lanes.
const GHOST_MARGIN: Vec2 = Vec2::new(64.0, 24.0);

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

/// Draws a view with what the quick-entry line would make of it, and collects wishes.
pub fn canvas_ui(
    ui: &mut Ui,
    core: &Core,
    (view, scene, ghost): (ViewId, &Arc<Scene>, Option<&Ghost>),
    state: &mut CanvasState,
    commands: &mut Vec<Command>,
) {
    let Some(record) = core.document().get::<View>(view) else { return };
    let is_active = core.active_view() == Some(view);
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
    if is_active {
        keys(ui, &response, state, &situation, &mut out);
    } else if response.has_focus() {
        response.surrender_focus();
    }
    match ghost {
        Some(ghost) => paint_ghost(ui, core, state, &situation, ghost),
        None => paint(ui, core, state, &situation, scene),
    }
    if let Some(element) = accessibility::describe(ui, &response, &situation, &core.tally, &state.camera) {
        out.select(vec![element]);
    }
    if name_field(ui, core, state, &situation, &mut out) {
        // The keyboard comes back at once, so that no key goes elsewhere.
        response.request_focus();
        state.keyboard_was_elsewhere = false;
    }
    let response = whole_name(response, state, &situation);
    if response.long_touched() {
        // The finger that stays has opened the menu; it drags nothing any more.
        state.gesture = Gesture::Idle;
        state.pointer.forget_press();
    }
    phases_ui(ui, core, state, &situation, commands);
    response.context_menu(|ui| match state.phase_of_menu {
        Some(phase) => match phase_header::menu_ui(ui, core, view, phase) {
            Some(phase_header::Wish::Rename) => {
                state.phase_naming = Some(PhaseNaming::start(core.document(), view, phase));
            }
            Some(phase_header::Wish::Edit(edit)) => commands.push(Command::Edit(edit)),
            None => {}
        },
        None => menu::context_ui(ui, core, situation.scene, commands),
    });
    if let Some(open) = state.menu {
        let stays = menu::new_ui(ui, core, open, &state.camera, &situation, commands);
        state.menu = Some(open).filter(|_| stays);
    }
    if let Some(choosing) = state.choosing.take() {
        state.choosing = choosing.show(ui, core, &state.camera, &situation, commands);
    }
    if scene.nodes.is_empty() && ghost.is_none() {
        let drawn = (!scene.lanes.is_empty()).then(|| state.camera.screen_rect(scene.bounds));
        strip::empty_ui(ui, core, &situation, (viewport, drawn), commands);
    }
    if is_active {
        strip::tools_ui(ui, core, situation.kind, viewport, commands);
        strip::zoom_ui(ui, core, state.camera.zoom(), viewport, commands);
        selection_bar::bar_ui(ui, core, state, &situation, commands);
    }
    let laid = core.scenes.get(&view).and_then(|cached| cached.options.overlay.as_ref());
    if let Some(overlay) = laid.filter(|_| !scene.nodes.is_empty()) {
        let known = state.legend.take().filter(|(title, _)| *title == overlay.title);
        let freest = || (overlay.title.clone(), overlay_legend::Corner::freest(scene, &state.camera));
        let (title, corner) = known.unwrap_or_else(freest);
        let place = (viewport, corner);
        overlay_legend::legend_ui(ui, core, (view, overlay, scene), place, &mut state.legend_texts, commands);
        state.legend = Some((title, corner));
    } else {
        state.legend = None;
    }
    if let Some(at) = minimap::minimap_ui(ui, core, &mut state.minimap, scene, &state.camera, commands) {
        state.center_on(ui, at);
    }
    if out.menu.is_some() {
        state.menu = out.menu;
    }
    if let Some(phase) = out.phase {
        state.phase_naming = Some(PhaseNaming::start(situation.document, view, phase));
        ui.ctx().request_repaint();
    }
    if is_active {
        state.say(&situation, out.hint.take(), commands);
    }
    commands.append(&mut out.commands);
    state.inside = out.inside.unwrap_or(inside);
}

/// The name of a phase being edited.
fn phases_ui(
    ui: &mut Ui,
    core: &Core,
    state: &mut CanvasState,
    situation: &Situation<'_>,
    commands: &mut Vec<Command>,
) {
    if let Some(naming) = state.phase_naming.take() {
        state.phase_naming = naming.show(ui, (core, situation.view, situation.scene), &state.camera, commands);
    }
}

/// The whole name in a tooltip, where the box under the pointer has no room for it.
fn whole_name(response: egui::Response, state: &CanvasState, situation: &Situation<'_>) -> egui::Response {
    let node = state.hovered.and_then(|element| pick::node_of(situation.scene, element));
    let name = node.map(|node| (node, situation.document.name_of(node.element)));
    match name.filter(|(node, name)| crate::scene::is_cut(situation.scene, node, name)) {
        Some((_, name)) if state.renaming.is_none() => response.on_hover_text_at_pointer(name),
        _ => response,
    }
}

/// Keys, where the canvas has them.
fn keys(ui: &Ui, response: &egui::Response, state: &mut CanvasState, situation: &Situation<'_>, out: &mut Outcome) {
    let focused = ui.memory(|memory| memory.focused());
    let is_free = focused.is_none() || focused == Some(response.id);
    let is_covered = ui.memory(|memory| memory.top_modal_layer().is_some()) || egui::Popup::is_any_open(ui.ctx());
    let comes_from_elsewhere = std::mem::replace(&mut state.keyboard_was_elsewhere, !is_free);
    if state.renaming.is_some() || state.phase_naming.is_some() || !is_free || is_covered {
        return;
    }
    let wants_keys =
        !situation.selection.is_empty() || situation.scene.nodes.is_empty() || situation.tool != Tool::Select;
    if focused.is_none() && wants_keys {
        response.request_focus();
    }
    let filter = EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    if state.gesture.is_busy() || comes_from_elsewhere {
        return;
    }
    if let Some((element, then)) = state.going_on.take() {
        go_on(element, then, state, situation, out);
    }
    if state.has_asked_for_field {
        return;
    }
    let keys = keyboard::read(ui, situation);
    state.has_asked_for_field = keys.outcome.opens_field();
    out.take_over(keys.outcome);
    if let Some(element) = situation.single().filter(|_| !keys.typed.is_empty()) {
        state.renaming = Some(Renaming::start(situation.document, element, Some(&keys.typed)));
    }
}

/// Goes on from an element whose name was kept.
fn go_on(element: ElementRef, then: Then, state: &mut CanvasState, situation: &Situation<'_>, out: &mut Outcome) {
    let selection = [element];
    let from = Situation { selection: &selection, ..*situation };
    match then {
        Then::Next => keyboard::next(&from, out),
        Then::Beside => keyboard::beside(&from, out),
        Then::Stay => {}
    }
    state.has_asked_for_field = out.opens_field();
}

/// Paper, picture, overlay.
fn paint(ui: &Ui, core: &Core, state: &mut CanvasState, situation: &Situation<'_>, scene: &Arc<Scene>) {
    let theme = core.theme();
    let camera = state.camera;
    let painter = ui.painter_at(camera.viewport());
    let now_secs = ui.input(|input| input.time);
    state.texts.begin(&painter, camera.zoom(), camera.is_zooming(now_secs));
    let preview = preview::preview(&state.gesture, situation.scene);
    let between = state.between(ui, scene);
    let before = state.still.take().filter(|_| between.is_none() && preview.changed.is_empty());
    let seen = Seen::new(&painter, scene, &camera, theme, &state.texts).stale(core.looks_stale);
    match before {
        Some(still) if still.of(&seen).is_some() => {
            painter.extend(still.of(&seen).into_iter().flatten().cloned());
            state.still = Some(still);
        }
        before => {
            let mut shapes = paint::paper(&painter, &camera, theme);
            let mut brush = Brush::new(&painter, &camera, theme, &mut state.texts).stale(core.looks_stale);
            match &between {
                Some(between) => {
                    brush.still(situation.scene, &between.changed);
                    between.lines.iter().for_each(|line| brush.line(line));
                    brush.moved(situation.scene, &between.changed);
                }
                None => brush.scene(situation.scene, &preview.changed),
            }
            shapes.extend(brush.into_shapes());
            if between.is_none() && preview.changed.is_empty() && !state.texts.is_starved() {
                // A text may have made the texture of letters larger.
                let seen = Seen::new(&painter, scene, &camera, theme, &state.texts).stale(core.looks_stale);
                state.still = Some(Still::after(before, seen, &painter, &shapes));
            }
            painter.extend(shapes);
        }
    }
    if state.texts.is_starved() {
        ui.ctx().request_repaint();
    }
    let overlay = Overlay { painter: &painter, camera: &camera, theme, situation: *situation };
    if let Some(finding) = core.focused() {
        // People have no box; the selection has the roles that stand for them.
        let evidence: Vec<ElementRef> = finding.evidence.iter().chain(core.selection()).copied().collect();
        overlay.focus(&evidence, &mut state.texts);
    }
    if between.is_none() {
        overlay.cut_names();
        overlay.marks(state.hovered, state.aimed, &state.gesture);
        overlay.fold_of_lane(state.target);
    }
    overlay.gesture(&state.gesture, &preview);
}

/// The picture that would come of what is written in the quick-entry line: what is new is pale, in a dashed frame.
fn paint_ghost(ui: &Ui, core: &Core, state: &mut CanvasState, situation: &Situation<'_>, ghost: &Ghost) {
    let theme = core.theme();
    if state.ghost_seen != Some(ghost.bounds) {
        state.ghost_seen = Some(ghost.bounds);
        state.look_at(ui, ghost.bounds.expand2(GHOST_MARGIN));
    }
    let camera = state.camera;
    let painter = ui.painter_at(camera.viewport());
    painter.extend(paint::paper(&painter, &camera, theme));
    let now_secs = ui.input(|input| input.time);
    state.texts.begin(&painter, camera.zoom(), camera.is_zooming(now_secs));
    let pales = ghost.emphasis == Emphasis::New;
    let is_new = |item: &Item| pales && item.element.is_some_and(|element| ghost.new.contains(&element));
    let seen = camera.world_rect();
    let in_sight = || ghost.scene.items.iter().filter(|item| seen.intersects(item.bounds));
    let mut brush = Brush::new(&painter, &camera, theme, &mut state.texts);
    in_sight().filter(|item| !is_new(item)).for_each(|item| brush.item(item));
    brush.finish();
    let mut pale = painter.clone();
    pale.multiply_opacity(0.75);
    let mut brush = Brush::new(&pale, &camera, theme, &mut state.texts);
    in_sight().filter(|item| is_new(item)).for_each(|item| brush.item(item));
    brush.finish();
    let overlay = Overlay {
        painter: &painter,
        camera: &camera,
        theme,
        situation: Situation { scene: &ghost.scene, ..*situation },
    };
    if !pales {
        let changed: Vec<ElementRef> = ghost.new.iter().copied().collect();
        overlay.focus(&changed, &mut state.texts);
    }
    overlay.ghosts(&ghost.new);
}

/// The name being edited; whether its field was left in this frame.
fn name_field(ui: &mut Ui, core: &Core, state: &mut CanvasState, situation: &Situation<'_>, out: &mut Outcome) -> bool {
    if let Some(element) = state.rename_request.take() {
        state.renaming = Some(Renaming::start(situation.document, element, None));
        state.has_asked_for_field = false;
        state.gesture = Gesture::Idle;
    }
    let Some(mut renaming) = state.renaming.take() else { return false };
    let element = renaming.element;
    if !situation.document.contains(element) {
        return false;
    }
    let place =
        Place { document: situation.document, camera: &state.camera, scene: situation.scene, theme: core.theme() };
    let ended = renaming.show(ui, &place);
    let then = match ended {
        Ended::No => {
            state.renaming = Some(renaming);
            return false;
        }
        Ended::Reverted => return true,
        Ended::Kept | Ended::Left => Then::Stay,
        Ended::KeptAndNext => Then::Next,
        Ended::KeptAndBeside => Then::Beside,
    };
    match renaming.edit(situation.document) {
        Ok(None) if then == Then::Stay => {}
        Ok(said) => {
            let (edit, remark) = said.map_or((None, String::new()), |said| (Some(said.edit), said.remark));
            out.commands.push(Command::Named(Box::new(Named { element, edit, remark, then })));
            state.has_asked_for_field = then != Then::Stay;
        }
        Err(reason) => {
            out.hint = Some(reason);
            // Nothing typed is lost: the field stays until it is mended or given up.
            if ended != Ended::Left {
                state.renaming = Some(renaming);
                return false;
            }
        }
    }
    true
}
