//! The menu of types: what else the selected elements may be without losing their connections.

use egui::{Id, Popup, PopupCloseBehavior, PopupKind, ScrollArea, Ui};
use emath::Vec2;

use super::camera::Camera;
use super::pick::bounds_of_all;
use super::tools::Situation;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::widgets::menu_item;
use crate::edit::rules::{ElementType, types_for};
use crate::edit::{ChangeType, Edit, Sequence};
use crate::model::{ArtefactForm, ElementRef, EventKind, GatewayKind, NoteForm, StepKind};
use crate::scene::icon::Icon;

/// The open menu of types.
#[derive(Clone, Debug, PartialEq)]
pub struct Choosing {
    /// For what.
    elements: Vec<ElementRef>,
    /// Whether it was shown already.
    is_open: bool,
}

impl Choosing {
    /// A menu for some elements.
    pub fn of(elements: Vec<ElementRef>) -> Self {
        Self { elements, is_open: false }
    }

    /// Draws the menu; itself while it stays open.
    pub fn show(
        mut self,
        ui: &Ui,
        core: &Core,
        camera: &Camera,
        situation: &Situation<'_>,
        commands: &mut Vec<Command>,
    ) -> Option<Self> {
        let bounds = bounds_of_all(situation.scene, &self.elements)?;
        let offered = common(situation, &self.elements);
        if offered.is_empty() {
            commands.push(Command::Hint("Nothing else would keep its connections and values.".to_owned()));
            return None;
        }
        let mut is_open = true;
        let corner = camera.screen_rect(bounds).left_bottom() + Vec2::new(0.0, 6.0);
        let at = corner.clamp(camera.viewport().min, camera.viewport().max - Vec2::new(260.0, 120.0));
        Popup::new(Id::unique("type of an element"), ui.ctx().clone(), at, ui.layer_id())
            .kind(PopupKind::Menu)
            .open_bool(&mut is_open)
            .close_behavior(PopupCloseBehavior::CloseOnClick)
            .accessible_name("Type")
            .show(|ui| {
                ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
                    for (index, to) in offered.iter().enumerate() {
                        let response = menu_item(ui, core.theme(), Some(icon(*to)), &capital(to.word()), "", true);
                        if index == 0 && !self.is_open {
                            response.request_focus();
                        }
                        if response.clicked() {
                            let edit = change(&self.elements, *to);
                            commands.push(Command::Create { edit: Box::new(edit), rename: false });
                        }
                    }
                });
            });
        self.is_open = true;
        is_open.then_some(self)
    }
}

/// The types that all of the elements may change to.
fn common(situation: &Situation<'_>, elements: &[ElementRef]) -> Vec<ElementType> {
    let mut each = elements.iter().map(|element| types_for(situation.document, *element));
    let Some(first) = each.next() else { return Vec::new() };
    each.fold(first, |common, types| common.into_iter().filter(|one| types.contains(one)).collect())
}

fn change(elements: &[ElementRef], to: ElementType) -> Edit {
    let edits: Vec<Edit> = elements.iter().map(|element| ChangeType { element: *element, to }.into()).collect();
    match <[Edit; 1]>::try_from(edits) {
        Ok([one]) => one,
        Err(edits) => {
            let label = format!("Change {} elements to {}", edits.len(), to.word());
            Sequence { label, edits }.into()
        }
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

fn icon(to: ElementType) -> Icon {
    match to {
        ElementType::Step(kind) => match kind {
            StepKind::User => Icon::Person,
            StepKind::Manual => Icon::Hand,
            StepKind::Service => Icon::Settings,
            StepKind::Send => Icon::Send,
            StepKind::Receive => Icon::Inbox,
            StepKind::Script => Icon::FileText,
            StepKind::BusinessRule => Icon::Table,
            StepKind::SubFlow | StepKind::Transaction | StepKind::AdHoc | StepKind::EventSubFlow => Icon::SubProcess,
            StepKind::Task | StepKind::Call => Icon::Step,
        },
        ElementType::Gateway(GatewayKind::Parallel) => Icon::Plus,
        ElementType::Gateway(_) => Icon::Gateway,
        ElementType::Event(EventKind::Intermediate) => Icon::Clock,
        ElementType::Event(EventKind::End) => Icon::CircleDot,
        ElementType::Event(EventKind::Start) => Icon::Event,
        ElementType::Note(NoteForm::Frame) => Icon::Frame,
        ElementType::Note(_) => Icon::Note,
        ElementType::Artefact(ArtefactForm::Store) => Icon::Database,
        ElementType::Artefact(_) => Icon::File,
        ElementType::Unit => Icon::Organisation,
        ElementType::Role => Icon::Badge,
        ElementType::Body => Icon::Committee,
        ElementType::External => Icon::Globe,
        ElementType::System => Icon::Monitor,
    }
}
