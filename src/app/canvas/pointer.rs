//! From the raw events of the pointer to inputs of the tools.
//!
//! Events are taken one by one, not as a state per frame: a press, a long move and a release within one frame are a
//! drag. A move shorter than [`CLICK_REACH`] is none: a click never moves anything.

use egui::{CursorIcon, Event, Key, Modifiers, PointerButton, Response, Ui};
use emath::{Pos2, Rect, Vec2};

use super::keyboard::border_scroll;
use super::state::CanvasState;
use super::tools::select::select_unperformed;
use super::tools::{self, Gesture, Input, Outcome, Phase, Situation, Target, hand};
use super::{Tool, groups, rename};
use crate::app::command::Command;
use crate::model::ElementRef;

/// A press that moved less than this is a click, in screen points.
const CLICK_REACH: f32 = 4.0;
/// Two presses closer than this in time are a double click, in seconds.
const DOUBLE_SECS: f64 = 0.4;

/// What is remembered of the pointer between frames.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PointerState {
    press: Option<Press>,
    last: Option<Pos2>,
    last_click: Option<(Pos2, f64)>,
    /// Whether nothing happened in this frame.
    quiet: bool,
}

impl PointerState {
    /// Whether nothing happened in this frame.
    pub fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Forgets that a button is down.
    pub fn forget_press(&mut self) {
        self.press = None;
    }

    /// Where it was last, if that is in a rectangle.
    pub fn last_in(&self, rect: Rect) -> Option<Pos2> {
        self.last.filter(|at| rect.contains(*at))
    }
}

/// A button that is down.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Press {
    /// Where it went down, on the screen and in the world.
    screen: Pos2,
    world: Pos2,
    /// Whether it moved far enough to be a drag.
    is_drag: bool,
    /// Whether it moves the paper whatever the tool is.
    pans: bool,
    button: PointerButton,
}

/// Reads the events of this frame.
pub fn read(ui: &Ui, response: &Response, state: &mut CanvasState, situation: &Situation<'_>, out: &mut Outcome) {
    let (events, modifiers, now_secs, space) = ui.input(|input| {
        let of_pointer = |event: &&Event| {
            matches!(
                event,
                Event::PointerMoved(_)
                    | Event::PointerButton { .. }
                    | Event::PointerGone
                    | Event::Key { key: Key::Escape, .. }
            )
        };
        let events: Vec<Event> = input.events.iter().filter(of_pointer).cloned().collect();
        (events, input.modifiers, input.time, input.key_down(Key::Space))
    });
    state.pointer.quiet = events.is_empty();
    let mut selection = situation.selection.to_vec();
    for event in events {
        let situation = Situation { selection: &selection, ..*situation };
        let before = out.commands.len();
        match event {
            Event::PointerMoved(at) => moved(state, &situation, at, modifiers, out),
            Event::PointerButton { pos, button, pressed: true, modifiers }
                if takes(ui, response, state, &situation, pos) =>
            {
                response.request_focus();
                let space = space && !ui.text_edit_focused();
                pressed(state, &situation, pos, (button, modifiers, now_secs, space), out);
            }
            Event::PointerButton { pos, button, pressed: false, modifiers } => {
                released(state, &situation, pos, button, modifiers, out);
            }
            Event::Key { key: Key::Escape, pressed: true, .. } => {
                state.gesture = Gesture::Idle;
                state.pointer.press = None;
                state.menu = None;
                state.choosing = None;
            }
            _ => {}
        }
        for command in out.commands.iter().skip(before) {
            if let Command::Select(elements) = command {
                selection.clone_from(elements);
            }
        }
        let pan = std::mem::take(&mut out.pan);
        if pan != Vec2::ZERO {
            state.pan(pan);
        }
    }
    scroll_at_border(ui, state, &Situation { selection: &selection, ..*situation }, modifiers, out);
    hover(ui, response, state, &Situation { selection: &selection, ..*situation }, space);
}

/// Whether a press belongs to the canvas: nothing floats above it, and no name is being edited there.
fn takes(ui: &Ui, response: &Response, state: &CanvasState, situation: &Situation<'_>, at: Pos2) -> bool {
    let is_on_top = ui.ctx().layer_id_at(at).is_none_or(|layer| layer == response.layer_id);
    let in_name = state
        .renaming
        .as_ref()
        .and_then(|renaming| rename::field_rect(situation.scene, renaming.element, &state.camera));
    response.rect.contains(at) && is_on_top && !in_name.is_some_and(|rect| rect.contains(at))
}

fn input(state: &CanvasState, phase: Phase, at: Pos2, modifiers: Modifiers) -> Input {
    let world = state.camera.world_from_screen(at);
    let press = state.pointer.press.map_or(world, |press| press.world);
    let screen_delta = state.pointer.last.map_or(Vec2::ZERO, |last| at - last);
    Input { phase, at: world, press, screen_delta, modifiers }
}

fn feed(state: &mut CanvasState, situation: &Situation<'_>, input: &Input, pans: bool, out: &mut Outcome) {
    let gesture = std::mem::take(&mut state.gesture);
    let on_input = if pans { hand::on_input } else { tools::spec(situation.tool).on_input };
    state.gesture = on_input(gesture, input, situation, out);
}

fn moved(state: &mut CanvasState, situation: &Situation<'_>, at: Pos2, modifiers: Modifiers, out: &mut Outcome) {
    if let Some(mut press) = state.pointer.press {
        if !press.is_drag && (at - press.screen).length() >= CLICK_REACH {
            press.is_drag = true;
            // The way up to here belongs to the drag, too.
            state.pointer.last = Some(press.screen);
            state.pointer.press = Some(press);
        }
        if press.is_drag {
            let input = input(state, Phase::Drag, at, modifiers);
            feed(state, situation, &input, press.pans, out);
        }
    }
    state.pointer.last = Some(at);
}

fn pressed(
    state: &mut CanvasState,
    situation: &Situation<'_>,
    at: Pos2,
    (button, modifiers, now_secs, space): (PointerButton, Modifiers, f64, bool),
    out: &mut Outcome,
) {
    state.menu = None;
    state.choosing = None;
    state.pointer.last = Some(at);
    let world = state.camera.world_from_screen(at);
    if button == PointerButton::Secondary {
        state.phase_of_menu = phase_at(situation, world);
        return select_for_menu(situation, world, out);
    }
    if state.pointer.press.is_some() || !matches!(button, PointerButton::Primary | PointerButton::Middle) {
        return;
    }
    // A finger that stays opens the menu of what it lies on.
    state.phase_of_menu = phase_at(situation, world);
    let pans = button == PointerButton::Middle || space;
    state.pointer.press = Some(Press { screen: at, world, is_drag: false, pans, button });
    let is_double = state
        .pointer
        .last_click
        .is_some_and(|(place, secs)| now_secs - secs <= DOUBLE_SECS && (place - at).length() <= CLICK_REACH * 2.0);
    let phase = if is_double && !pans { Phase::DoublePress } else { Phase::Press };
    state.pointer.last_click = if is_double { None } else { Some((at, now_secs)) };
    let input = input(state, phase, at, modifiers);
    feed(state, situation, &input, pans, out);
}

/// What a click on something selects: on the header of a lane, whose it is.
fn selected_by(situation: &Situation<'_>, hit: super::pick::Hit) -> Option<ElementRef> {
    match hit {
        super::pick::Hit::LaneHeader(index) | super::pick::Hit::LaneFold(index) => {
            situation.scene.lanes.get(index)?.actor.map(ElementRef::from)
        }
        other => other.element(),
    }
}

/// The phase whose header lies at a point.
fn phase_at(situation: &Situation<'_>, at: Pos2) -> Option<usize> {
    match situation.target(at, None) {
        Target::Hit(super::pick::Hit::PhaseHeader(shape)) => situation.scene.phases.get(shape).map(|phase| phase.index),
        _ => None,
    }
}

/// The menu of the right button is about what lies under the pointer.
fn select_for_menu(situation: &Situation<'_>, at: Pos2, out: &mut Outcome) {
    match situation.target(at, None) {
        Target::Hit(hit) => match selected_by(situation, hit) {
            Some(element) if !situation.selection.contains(&element) => out.select(groups::clicked(situation, element)),
            Some(_) => {}
            None => match hit {
                super::pick::Hit::LaneHeader(index) | super::pick::Hit::LaneFold(index) => {
                    select_unperformed(situation, index, out);
                }
                _ => out.select(Vec::new()),
            },
        },
        Target::Handle(..) | Target::Corner(..) | Target::LineEnd(..) | Target::Label(_) => {}
    }
}

fn released(
    state: &mut CanvasState,
    situation: &Situation<'_>,
    at: Pos2,
    button: PointerButton,
    modifiers: Modifiers,
    out: &mut Outcome,
) {
    let Some(press) = state.pointer.press.filter(|press| press.button == button) else { return };
    if (at - press.screen).length() >= CLICK_REACH && !press.is_drag {
        moved(state, situation, at, modifiers, out);
    }
    if press.is_drag {
        state.pointer.last_click = None;
    }
    let input = input(state, Phase::Release, at, modifiers);
    feed(state, situation, &input, press.pans, out);
    state.pointer.press = None;
}

/// The paper follows a drag that comes close to the border.
fn scroll_at_border(
    ui: &Ui,
    state: &mut CanvasState,
    situation: &Situation<'_>,
    modifiers: Modifiers,
    out: &mut Outcome,
) {
    let Some(at) = state.pointer.last.filter(|_| state.gesture.scrolls_at_the_border()) else { return };
    let speed = border_scroll(state.camera.viewport(), at);
    if speed == Vec2::ZERO {
        return;
    }
    let secs = ui.input(|input| input.stable_dt).min(0.05);
    state.pan(speed * secs);
    let input = input(state, Phase::Drag, at, modifiers);
    feed(state, situation, &input, false, out);
    ui.ctx().request_repaint();
}

/// What lies under the pointer, and the cursor that says what a press would do.
fn hover(ui: &Ui, response: &Response, state: &mut CanvasState, situation: &Situation<'_>, space: bool) {
    let at = ui.input(|input| input.pointer.hover_pos()).filter(|_| response.contains_pointer());
    let Some(at) = at else {
        if state.pointer.press.is_none() {
            state.hovered = None;
        }
        (state.aimed, state.target) = (None, None);
        return;
    };
    let world = state.camera.world_from_screen(at);
    let target = situation.target(world, state.hovered);
    state.target = Some(target);
    state.aimed = match target {
        Target::Handle(element, side) if !state.gesture.is_busy() => Some((element, side)),
        _ => None,
    };
    state.hovered = match target {
        Target::Handle(element, _)
        | Target::Corner(element, _)
        | Target::LineEnd(element, _)
        | Target::Label(element) => Some(element),
        Target::Hit(hit) => hit.element().or_else(|| near(state.hovered, situation, world)),
    };
    let is_panning = space && !ui.text_edit_focused() && state.pointer.press.is_none();
    let is_idle = situation.tool == Tool::Select && !state.gesture.is_busy();
    let cursor = match is_panning {
        true => CursorIcon::Grab,
        false if is_idle && matches!(target, Target::Hit(_)) && situation.scene.badge_at(world).is_some() => {
            CursorIcon::PointingHand
        }
        false => tools::cursor(&state.gesture, situation.tool, Some(target), situation.scene.direction),
    };
    ui.ctx().set_cursor_icon(cursor);
}

/// The box under the pointer a moment ago stays hovered while the pointer is on the way to its handles.
fn near(hovered: Option<ElementRef>, situation: &Situation<'_>, at: Pos2) -> Option<ElementRef> {
    let hovered = hovered.filter(|_| situation.tool == Tool::Select)?;
    let node = super::pick::node_of(situation.scene, hovered)?;
    node.rect.expand(tools::HANDLE_GAP * 1.8 / situation.zoom).contains(at).then_some(hovered)
}
