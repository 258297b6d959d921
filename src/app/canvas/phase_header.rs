//! The header of a phase: its name edited in place, and a menu of what else can be done with the phase.

use egui::{Frame, Id, Key, Margin, Stroke, TextEdit, Ui, UiBuilder};
use emath::{Rect, Vec2};

use super::camera::Camera;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::keys::take_press;
use crate::app::style::{colour, font};
use crate::app::widgets::menu_item;
use crate::edit::{Edit, MoveInView, Sequence, SetPhases};
use crate::model::*;
use crate::scene::Scene;
use crate::scene::icon::Icon;
use crate::scene::theme::Theme;

/// The name of a phase being edited in its header.
#[derive(Clone, Debug, PartialEq)]
pub struct PhaseNaming {
    /// Which phase.
    index: usize,
    text: String,
    is_open: bool,
    /// Whether the field has read keys itself.
    pub has_keyboard: bool,
}

impl PhaseNaming {
    /// Begins with the present name.
    pub fn start(document: &Document, view: ViewId, index: usize) -> Self {
        let phase = document.get::<View>(view).and_then(|view| view.phases.get(index));
        let text = phase.map_or_else(String::new, |phase| phase.name.clone());
        Self { index, text, is_open: false, has_keyboard: false }
    }

    /// Shows the field; nothing once the editing has ended. Leaving it keeps what was typed, Escape gives up.
    pub fn show(
        mut self,
        ui: &mut Ui,
        (core, view, scene): (&Core, ViewId, &Scene),
        camera: &Camera,
        commands: &mut Vec<Command>,
    ) -> Option<Self> {
        let rect = field_rect(scene, self.index, camera)?;
        let id = Id::unique("name of a phase").with((view, self.index));
        let has_focus = ui.memory(|memory| memory.has_focus(id));
        let end = if has_focus { take_press(ui, |key, _| ends(key)) } else { None };
        let response = field_ui(ui, core.theme(), rect, id, &mut self.text);
        if !self.is_open {
            response.request_focus();
            self.is_open = true;
            crate::app::widgets::select_all(ui, id, &self.text);
            ui.ctx().request_repaint();
            return Some(self);
        }
        if has_focus && !self.has_keyboard {
            self.has_keyboard = true;
            ui.ctx().request_repaint();
        }
        match end {
            Some((Key::Escape, _)) => return None,
            None if !response.lost_focus() => return Some(self),
            _ => {}
        }
        let mut phases = core.document().get::<View>(view)?.phases.clone();
        self.text.trim().clone_into(&mut phases.get_mut(self.index)?.name);
        commands.push(Edit::from(SetPhases { view, phases }).into());
        None
    }
}

fn ends(key: Key) -> bool {
    matches!(key, Key::Enter | Key::Tab | Key::Escape)
}

fn field_rect(scene: &Scene, index: usize, camera: &Camera) -> Option<Rect> {
    let header = camera.screen_rect(scene.phases.iter().find(|phase| phase.index == index)?.header);
    let size = Vec2::new(header.width().clamp(120.0, 320.0), 30.0);
    Some(Rect::from_center_size(header.intersect(camera.viewport()).center(), size))
}

fn field_ui(ui: &mut Ui, theme: &Theme, rect: Rect, id: Id, text: &mut String) -> egui::Response {
    let frame = Frame::new()
        .fill(colour(theme.neutral.raised))
        .stroke(Stroke::new(2.0, colour(theme.accent.base)))
        .corner_radius(theme.sizes.radius.control)
        .inner_margin(Margin::symmetric(6, 4));
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("phase"));
    let edit = TextEdit::singleline(text)
        .id(id)
        .frame(frame)
        .font(font(theme.sizes.text.body))
        .desired_width(rect.width() - 16.0)
        .event_filter(egui::EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true });
    child.add(edit).accessible_name("Name of the phase")
}

/// What a click on the menu of a phase asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// Its name is to be edited.
    Rename,
    /// A change.
    Edit(Box<Edit>),
}

/// The menu of a phase.
pub fn menu_ui(ui: &mut Ui, core: &Core, view: ViewId, index: usize) -> Option<Wish> {
    let theme = core.theme();
    let mut entry = |icon: Option<Icon>, label: &str| menu_item(ui, theme, icon, label, "", true).clicked();
    let (rename, before, after, remove) = (
        entry(Some(Icon::Pencil), "Rename the phase"),
        entry(Some(Icon::Columns), "Add a phase before"),
        entry(None, "Add a phase behind"),
        entry(Some(Icon::Trash), "Remove the phase"),
    );
    let edit = match (before, after, remove) {
        (true, _, _) => added(core.document(), view, index),
        (_, true, _) => added(core.document(), view, index + 1),
        (_, _, true) => removed(core.document(), view, index),
        _ => None,
    };
    match edit {
        Some(edit) => Some(Wish::Edit(Box::new(edit))),
        None => rename.then_some(Wish::Rename),
    }
}

/// A new phase at a place among those there are: what stands behind it moves along, so that everything keeps its phase.
pub fn added(document: &Document, view: ViewId, at: usize) -> Option<Edit> {
    let record = document.get::<View>(view)?;
    let (phases, direction) = (&record.phases, record.direction());
    let start = at.checked_sub(1).and_then(|before| phase_ends(phases).get(before).copied()).unwrap_or(0.0);
    let is_behind = |center: &Point| direction.along(*center) >= start;
    let placed = document.placements_in(view).filter(|(_, placement)| !crate::edit::rules::is_line(placement.element));
    let centers = placed.filter_map(|(_, placement)| Some((placement.element, placement.center?)));
    let behind = centers.filter(|(_, center)| at < phases.len() && is_behind(center));
    let moves: Vec<(ElementRef, Point)> =
        behind.map(|(element, center)| (element, direction.moved_along(center, PHASE_EXTENT))).collect();
    let mut now = phases.clone();
    now.insert(at.min(phases.len()), Phase::new(format!("Phase {}", phases.len() + 1)));
    let move_them = (!moves.is_empty()).then(|| MoveInView { view, moves }.into());
    let edits = move_them.into_iter().chain([SetPhases { view, phases: now }.into()]).collect();
    Some(Sequence { label: "Add phase".to_owned(), edits }.into())
}

/// Without a phase: its room goes to the one before it, or to the next one, so that nothing moves.
fn removed(document: &Document, view: ViewId, index: usize) -> Option<Edit> {
    let mut phases = document.get::<View>(view)?.phases.clone();
    if index >= phases.len() {
        return None;
    }
    let gone = phases.remove(index);
    if let Some(heir) = phases.get_mut(index.saturating_sub(1)) {
        heir.extent += gone.extent;
    }
    Some(SetPhases { view, phases }.into())
}
