//! Menus on the canvas: of the right button, and of new elements where a connection was dropped on empty ground.

use egui::{Id, Popup, PopupCloseBehavior, PopupKind, Ui};

use super::NewElement;
use super::camera::Camera;
use super::tools::{NewMenu, Situation, addition};
use crate::app::actions::action;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::widgets::menu_item;
use crate::model::{ElementRef, FlowNode};

/// Actions of the right button, in groups.
const GROUPS: &[&[&str]] = &[
    &["edit.rename", "edit.duplicate", "edit.copy", "edit.paste", "edit.paste-same"],
    &["view.open-sub-flow", "view.up", "arrange.extract"],
    &["arrange.collapse", "arrange.pin", "view.fit-selection", "arrange.tidy", "arrange.all"],
    &["edit.remove-from-view", "edit.delete"],
];

/// The menu of the right button: the actions that apply now.
pub fn context_ui(ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let mut is_first = true;
    for group in GROUPS {
        let applicable = group.iter().filter_map(|id| action(id)).filter(|action| (action.act)(core).is_ok());
        for (index, action) in applicable.enumerate() {
            if index == 0 && !is_first {
                ui.separator();
            }
            is_first = false;
            let shortcut = action.shortcuts.first().map(|shortcut| ui.format_shortcut(shortcut)).unwrap_or_default();
            if menu_item(ui, theme, action.icon, action.label, &shortcut, true).clicked() {
                commands.push(Command::Action(action.id));
            }
        }
    }
}

/// What may follow an element at the other end of a new connection.
fn followers(from: ElementRef) -> &'static [NewElement] {
    use NewElement as New;
    match from {
        ElementRef::Unit(_) => &[New::Unit, New::Role, New::Body],
        ElementRef::Role(_) => &[New::Role],
        _ if FlowNode::try_from(from).is_ok() => {
            &[New::Step, New::ExclusiveGateway, New::ParallelGateway, New::IntermediateEvent, New::EndEvent]
        }
        _ => &[],
    }
}

/// The menu of new elements; whether it stays open.
pub fn new_ui(
    ui: &Ui,
    core: &Core,
    menu: NewMenu,
    camera: &Camera,
    situation: &Situation<'_>,
    commands: &mut Vec<Command>,
) -> bool {
    let offered = followers(menu.from);
    if offered.is_empty() {
        return false;
    }
    let mut is_open = true;
    let position = camera.screen_from_world(menu.at);
    Popup::new(Id::unique("new at the end of a connection"), ui.ctx().clone(), position, ui.layer_id())
        .kind(PopupKind::Menu)
        .open_bool(&mut is_open)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .accessible_name("New element")
        .show(|ui| {
            for new in offered {
                let word = new.word();
                let label = format!(
                    "{}{}",
                    word.get(..1).unwrap_or_default().to_uppercase(),
                    word.get(1..).unwrap_or_default()
                );
                if menu_item(ui, core.theme(), Some(new.icon()), &label, "", true).clicked() {
                    let at = situation.process().map(|_| menu.at);
                    if let Some(edit) = addition(situation, *new, at, Some(menu.from)) {
                        commands.push(Command::Create { edit: Box::new(edit), rename: true });
                    }
                }
            }
        });
    is_open
}
