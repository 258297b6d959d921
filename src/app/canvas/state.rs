//! What a canvas remembers between frames. Nothing of it belongs to the document.

use std::sync::Arc;

use egui::{Response, Ui};
use emath::{Pos2, Rect, Vec2};

use super::camera::{Camera, Margins, Pose};
use super::glide::{Between, Glide};
use super::phase_header::PhaseNaming;
use super::pick::{Side, bounds_of_all};
use super::rename::Renaming;
use super::still::Still;
use super::texts::Texts;
use super::tools::{self, Gesture, NewMenu, Situation, Target};
use super::types::Choosing;
use crate::app::command::{CameraMove, Command, Then};
use crate::model::{Document, ElementRef, ViewId};
use crate::scene::Scene;

/// Least zoom at which a picture is first shown whole; of a larger one the beginning is shown, to be read.
const WHOLE: f32 = 0.45;
/// The same for a picture that was whole before the window became smaller.
const STILL_WHOLE: f32 = 0.4;
/// Least zoom at which names are read.
const READABLE: f32 = 0.75;
/// Greatest zoom for fitting a selection.
const CLOSE: f32 = 2.0;

/// What a canvas remembers between frames.
#[derive(Default)]
pub struct CanvasState {
    pub(super) camera: Camera,
    pub(super) gesture: Gesture,
    pub(super) hovered: Option<ElementRef>,
    /// The handle under the pointer.
    pub(super) aimed: Option<(ElementRef, Side)>,
    /// The groups that were entered, the outermost first.
    pub(super) inside: Vec<u32>,
    /// What a press would take hold of.
    pub(super) target: Option<Target>,
    /// The open menu of types.
    pub(super) choosing: Option<Choosing>,
    pub(super) renaming: Option<Renaming>,
    pub(super) rename_request: Option<ElementRef>,
    /// The name of a phase being edited.
    pub(super) phase_naming: Option<PhaseNaming>,
    /// The phase that the menu of the right button is about.
    pub(super) phase_of_menu: Option<usize>,
    /// Whether something was wished for that opens a name.
    pub(super) has_asked_for_field: bool,
    /// Where to go on from in the next frame.
    pub(super) going_on: Option<(ElementRef, Then)>,
    pub(super) menu: Option<NewMenu>,
    pub(super) texts: Texts,
    pub(super) minimap: super::minimap::Minimap,
    /// Texts of the legend of an overlay.
    pub(super) legend_texts: Texts,
    /// Of which overlay the legend is shown, and where.
    pub(super) legend: Option<(String, super::overlay_legend::Corner)>,
    /// What was painted in the frame before, while nothing moves.
    pub(super) still: Option<Still>,
    pub(super) pointer: super::pointer::PointerState,
    /// Whether a field elsewhere had the keyboard in the frame before: the key that leaves it is not for the canvas.
    pub(super) keyboard_was_elsewhere: bool,
    /// Whether the camera was placed once.
    is_placed: bool,
    /// Which part of the picture was shown last as such, and where the camera went for it.
    look: Option<(Pose, Look)>,
    moves: Vec<CameraMove>,
    glide: Option<Glide>,
    reveal: Option<Reveal>,
    wanted_pose: Option<Pose>,
    /// What comes into sight in the next frame.
    sight: Vec<ElementRef>,
    /// The box around the ghosts that came into sight last.
    pub(super) ghost_seen: Option<Rect>,
    said: String,
}

/// What is brought into sight.
#[derive(Clone, Copy, Debug)]
enum Reveal {
    /// With as little movement as possible.
    Show(ElementRef),
    /// Into the middle, near enough to be read.
    Fly(ElementRef),
}

/// A part of a picture that a window of any size can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Look {
    /// The first look, at its beginning.
    Beginning,
    /// The first look, at all of it.
    Whole,
    /// All of it, as somebody wished.
    All,
}

impl CanvasState {
    /// Where the camera is, or where it glides to.
    pub fn pose(&self) -> Pose {
        self.wanted_pose.unwrap_or_else(|| self.camera.pose())
    }

    /// Moves the camera back to where it was, in the next frame.
    pub fn request_pose(&mut self, pose: Pose) {
        self.wanted_pose = Some(pose);
        self.reveal = None;
    }

    /// Moves the camera in the next frame.
    pub fn request(&mut self, camera: CameraMove) {
        self.moves.push(camera);
    }

    /// Lets boxes glide from where they are in this picture to where they are in the next one.
    pub fn glide_from(&mut self, picture: Arc<Scene>) {
        self.glide = Some(Glide::new(picture));
    }

    /// What is painted otherwise while boxes glide; nothing once they have arrived.
    pub(super) fn between(&mut self, ui: &Ui, scene: &Arc<Scene>) -> Option<Between> {
        let wants_motion = ui.style().animation_time > 0.0 && !self.gesture.is_busy();
        let glide = self.glide.as_mut().filter(|_| wants_motion);
        let between = glide.and_then(|glide| glide.between(scene, ui.input(|input| input.time)));
        match between {
            Some(_) => ui.ctx().request_repaint(),
            None => self.glide = None,
        }
        between
    }

    /// Brings an element into sight in the next frame.
    pub fn reveal(&mut self, element: ElementRef) {
        self.reveal = Some(Reveal::Show(element));
    }

    /// Brings an element into the middle in the next frame, near enough to be read.
    pub fn fly_to(&mut self, element: ElementRef) {
        self.reveal = Some(Reveal::Fly(element));
    }

    /// Opens the name of an element in the next frame.
    pub fn rename(&mut self, element: ElementRef) {
        self.rename_request = Some(element);
        self.reveal = Some(Reveal::Show(element));
    }

    /// Goes on from an element in the next frame.
    pub fn go_on(&mut self, from: ElementRef, then: Then) {
        self.going_on = Some((from, then));
    }

    /// Brings elements into sight in the next frame, from farther away where they need it.
    pub fn show_all(&mut self, elements: Vec<ElementRef>) {
        self.sight = elements;
    }

    /// Whether what is typed now is for a name, be its field there already or not.
    pub fn awaits_name(&self) -> bool {
        self.renaming.is_some() || self.phase_naming.is_some() || self.awaits_field()
    }

    /// Whether the field of a name is on its way and has no keyboard yet.
    pub fn awaits_field(&self) -> bool {
        let is_coming = self.rename_request.is_some() || self.going_on.is_some() || self.has_asked_for_field;
        let of_phase = self.phase_naming.as_ref().is_some_and(|naming| !naming.has_keyboard);
        is_coming || of_phase || self.renaming.as_ref().is_some_and(|renaming| !renaming.has_keyboard)
    }

    /// The field does not come.
    pub fn stop_waiting(&mut self) {
        self.has_asked_for_field = false;
        self.going_on = None;
        if let Some(renaming) = &mut self.renaming {
            renaming.has_keyboard = true;
        }
        if let Some(naming) = &mut self.phase_naming {
            naming.has_keyboard = true;
        }
    }

    /// Brings a box of the world into sight.
    pub(super) fn look_at(&mut self, ui: &Ui, world: Rect) {
        let now_secs = ui.input(|input| input.time);
        let seen = self.camera.world_rect().size();
        let margins = Margins::default();
        // Room for the margins, so that what fits is not made smaller.
        let is_wide = world.width() > seen.x * 0.85 || world.height() > seen.y * 0.75;
        if is_wide {
            self.camera.fit(world, margins, self.camera.zoom(), now_secs);
        } else {
            self.camera.show(world, margins, now_secs);
        }
        self.is_placed = true;
        ui.ctx().request_repaint();
    }

    /// Offers other types for some elements in the next frame.
    pub fn choose_type(&mut self, elements: Vec<ElementRef>) {
        self.choosing = Some(Choosing::of(elements));
    }

    /// Leaves the group that was entered last; what to select then. None where none was entered.
    pub fn leave_group(&mut self, document: &Document, view: ViewId) -> Option<Vec<ElementRef>> {
        if self.inside.is_empty() {
            return None;
        }
        let (selected, inside) = super::groups::left(document, view, &self.inside);
        self.inside = inside;
        Some(selected)
    }

    /// Screen points per world unit.
    pub fn zoom(&self) -> f32 {
        self.camera.zoom()
    }

    /// The part of the window that it takes, in points.
    pub fn viewport(&self) -> Rect {
        self.camera.viewport()
    }

    /// The world point in the middle of the viewport.
    pub fn center_in_world(&self) -> Pos2 {
        self.camera.center_in_world()
    }

    /// Where a point of the world is on the screen.
    pub fn screen_from_world(&self, world: Pos2) -> Pos2 {
        self.camera.screen_from_world(world)
    }

    /// Where pasted elements go: under the pointer, or in the middle of what is seen.
    pub fn paste_point(&self) -> crate::model::Point {
        let pointer = self.pointer.last_in(self.camera.viewport());
        tools::kept(pointer.map_or_else(|| self.camera.center_in_world(), |at| self.camera.world_from_screen(at)))
    }

    /// Whether Escape is needed here: a gesture is under way, a name or a menu is open.
    pub fn holds_escape(&self) -> bool {
        let names = self.renaming.is_some() || self.phase_naming.is_some();
        self.gesture.is_busy() || names || self.menu.is_some() || self.choosing.is_some()
    }

    /// Takes up the size of the viewport and what was asked of the camera since the last frame.
    pub(super) fn follow(&mut self, ui: &Ui, viewport: Rect, situation: &Situation<'_>) {
        let now_secs = ui.input(|input| input.time);
        self.camera.glides = ui.style().animation_time > 0.0;
        let is_resized = viewport.size() != self.camera.viewport().size();
        if self.camera.advance(viewport, now_secs) {
            ui.ctx().request_repaint();
        }
        let scene = situation.scene;
        let has_content = !scene.nodes.is_empty() || !scene.lanes.is_empty();
        // As long as nobody moved the camera, a window of another size shows the same part of the picture.
        let stands = self.look.filter(|(pose, _)| is_resized && *pose == self.camera.pose()).map(|(_, look)| look);
        if has_content && viewport.width() > 1.0 && (!self.is_placed || stands.is_some()) {
            let look = match stands {
                Some(Look::All) => {
                    self.camera.fit_at_once(scene.bounds, Margins::default(), 1.0);
                    Look::All
                }
                // What was whole stays so a little longer.
                Some(Look::Whole) => self.first_look(situation, STILL_WHOLE),
                Some(Look::Beginning) | None => self.first_look(situation, WHOLE),
            };
            self.look = Some((self.camera.pose(), look));
            self.is_placed = true;
        }
        let selected = || bounds_of_all(scene, situation.selection);
        for request in std::mem::take(&mut self.moves) {
            match request {
                CameraMove::ZoomIn => self.camera.step(true, now_secs),
                CameraMove::ZoomOut => self.camera.step(false, now_secs),
                CameraMove::ActualSize => self.camera.actual_size(now_secs),
                CameraMove::FitAll if has_content => self.fit_all(scene, now_secs),
                CameraMove::FitAll => self.camera.actual_size(now_secs),
                CameraMove::FindAgain => {
                    let seen = self.camera.world_rect();
                    let is_lost = has_content && !scene.nodes.iter().any(|node| seen.intersects(node.rect));
                    let was_whole = self.glide.as_ref().is_some_and(|glide| seen.contains_rect(glide.bounds_before()));
                    if is_lost || (was_whole && !seen.contains_rect(scene.bounds)) {
                        self.fit_all(scene, now_secs);
                    }
                }
                CameraMove::FitSelection => {
                    if let Some(bounds) = selected() {
                        self.camera.fit(bounds, Margins::default(), CLOSE, now_secs);
                    }
                }
                CameraMove::ShowSelection => {
                    if let Some(bounds) = selected() {
                        self.camera.show(bounds, Margins::default(), now_secs);
                    }
                }
            }
            ui.ctx().request_repaint();
        }
        if !self.sight.is_empty()
            && let Some(bounds) = bounds_of_all(scene, &self.sight)
        {
            self.sight.clear();
            self.look_at(ui, bounds);
        }
        if let Some(pose) = self.wanted_pose.take() {
            self.camera.go_to(pose, now_secs);
            self.is_placed = true;
            ui.ctx().request_repaint();
        }
        self.follow_reveal(ui, scene, now_secs);
    }

    /// Shows all if that takes at least this zoom, else the beginning.
    fn first_look(&mut self, situation: &Situation<'_>, least: f32) -> Look {
        let scene = situation.scene;
        let top = scene.nodes.iter().min_by(|a, b| a.rect.top().total_cmp(&b.rect.top()));
        let middle = top.filter(|_| situation.is_chart()).map(|node| node.rect.center().x);
        self.camera.first_look(scene.bounds, Margins::default(), (least, READABLE), middle);
        if self.camera.world_rect().contains_rect(scene.bounds) { Look::Whole } else { Look::Beginning }
    }

    fn fit_all(&mut self, scene: &Scene, now_secs: f64) {
        self.camera.fit(scene.bounds, Margins::default(), 1.0, now_secs);
        self.look = Some((self.camera.pose(), Look::All));
    }

    fn follow_reveal(&mut self, ui: &Ui, scene: &Scene, now_secs: f64) {
        let Some(reveal) = self.reveal else { return };
        let (Reveal::Show(element) | Reveal::Fly(element)) = reveal;
        let Some(bounds) = super::pick::bounds_of(scene, element) else { return };
        match reveal {
            Reveal::Show(_) => self.camera.show(bounds, Margins::default(), now_secs),
            Reveal::Fly(_) => {
                let covered = crate::app::dialogs::covered_by_search(ui.ctx(), self.camera.viewport());
                self.camera.fly_to(bounds, covered, READABLE, now_secs);
            }
        }
        self.reveal = None;
        ui.ctx().request_repaint();
    }

    /// Wheel, pinch and two fingers. A plain wheel scrolls, with Shift sideways, with Ctrl it zooms at the pointer.
    pub(super) fn navigate(&mut self, ui: &Ui, response: &Response) {
        if !response.contains_pointer() {
            return;
        }
        let (zoom, scroll, touch, now_secs) =
            ui.input(|input| (input.zoom_delta(), input.translation_delta(), input.multi_touch(), input.time));
        if let Some(touch) = touch {
            // Two fingers move and zoom the paper; what the first one began is dropped.
            self.gesture = Gesture::Idle;
            self.pointer.forget_press();
            self.camera.zoom_at(zoom, touch.center_pos, now_secs);
            self.pan(scroll);
            ui.ctx().request_repaint();
        } else if zoom != 1.0
            && let Some(anchor) = ui.pointer_latest_pos()
        {
            self.camera.zoom_at(zoom, anchor, now_secs);
            self.is_placed = true;
            ui.ctx().request_repaint();
        } else if scroll != Vec2::ZERO {
            self.pan(scroll);
            ui.ctx().request_repaint();
        }
    }

    /// Goes to a point of the world at once, as the hand on the minimap does.
    pub(super) fn center_on(&mut self, ui: &Ui, world: Pos2) {
        if self.camera.center_in_world() != world {
            self.camera.center_on(world);
            self.is_placed = true;
            ui.ctx().request_repaint();
        }
    }

    pub(super) fn pan(&mut self, by: Vec2) {
        self.camera.pan(by);
        self.is_placed = true;
    }

    /// Says what an input was answered, or what the tool does; each sentence once.
    pub(super) fn say(&mut self, situation: &Situation<'_>, answer: Option<String>, commands: &mut Vec<Command>) {
        let hint = match (answer, &self.gesture) {
            (Some(answer), _) => answer,
            (None, Gesture::Idle) if self.pointer.is_quiet() => return,
            (None, Gesture::Idle | Gesture::Pressed { .. }) => self.idle_hint(situation),
            (None, Gesture::Move(moving)) => match moving.onto {
                Some(onto) => format!("Release to put it into “{}”.", situation.document.name_of(onto)),
                None if moving.lane.is_some() => lane_hint(situation, moving.lane),
                None if moving.duplicates => "Release to leave a copy here; Escape gives up.".to_owned(),
                None => "Ctrl suspends alignment, Escape gives up.".to_owned(),
            },
            (None, Gesture::Connect(_)) => "Release on an element, or on empty ground for a new one.".to_owned(),
            (None, Gesture::Lead(_)) => "Release on the element where the line is to end; Escape gives up.".to_owned(),
            (None, Gesture::Space(spacing)) => {
                format!("{:.0} units; Ctrl makes fine steps, Escape gives up.", spacing.by())
            }
            (None, Gesture::Resize(_)) => "Ctrl makes fine steps, Escape gives up.".to_owned(),
            (None, _) => "Escape gives up.".to_owned(),
        };
        if hint != self.said {
            self.said.clone_from(&hint);
            commands.push(Command::Hint(hint));
        }
    }

    /// What can be done here while nothing is under way.
    fn idle_hint(&self, situation: &Situation<'_>) -> String {
        let hint = (tools::spec(situation.tool).hint)(situation.tool);
        if situation.tool != super::Tool::Select {
            return match situation.tool_stays {
                true => format!("{hint} Q lets go of the tool after one use."),
                false => hint,
            };
        }
        match (self.aimed, self.target) {
            (Some((element, _)), _) => super::append::hint(element),
            (_, Some(Target::LineEnd(..))) => "Drag leads the line to another element.".to_owned(),
            (_, Some(Target::Label(_))) => "Drag moves the label; a double click names the line.".to_owned(),
            (_, Some(Target::Corner(..))) => "Drag changes the size.".to_owned(),
            _ if !situation.inside.is_empty() => "In a group: Tab goes on, Shift+Enter or Escape leaves it.".to_owned(),
            _ => hint,
        }
    }
}

/// Who performs what is dragged over a lane.
fn lane_hint(situation: &Situation<'_>, lane: Option<usize>) -> String {
    match lane.and_then(|lane| situation.scene.lanes.get(lane)).and_then(|lane| lane.actor) {
        Some(actor) => format!("Release to let “{}” do it.", situation.document.name_of(actor.into())),
        None => "Release to leave open who does it.".to_owned(),
    }
}
