//! Menus on the canvas: of the right button, and of new elements where a connection was dropped on empty ground.

use egui::{Id, Popup, PopupCloseBehavior, PopupKind, Role, Ui};

use super::append;
use super::camera::Camera;
use super::pick::node_of;
use super::tints;
use super::tools::{NewMenu, Situation};
use crate::app::actions::{Action, action};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::widgets::menu_item;
use crate::edit::SetTint;
use crate::model::ElementRef;
use crate::scene::Scene;

type Groups = &'static [&'static [&'static str]];

/// Of the empty ground.
const GROUND: Groups = &[
    &["edit.paste", "edit.paste-same", "edit.select-all"],
    &["insert.note", "insert.lane", "insert.phase", "tool.space"],
    &["arrange.all", "arrange.new", "arrange.lines", "arrange.connections"],
    &["view.fit", "view.actual-size", "view.snapping"],
];
/// Of one box.
const BOX: Groups = &[
    &["edit.rename", "edit.change-type"],
    &["view.open-sub-flow", "view.up", "arrange.extract"],
    &["analyse.ladder"],
    &["note.done", "note.to-step", "note.to-decision", "note.to-role"],
    &["edit.cut", "edit.copy", "edit.paste", "edit.paste-same", "edit.duplicate"],
    &["edit.copy-style", "edit.paste-style"],
    &["arrange.front", "arrange.back", "arrange.lock", "arrange.pin", "arrange.collapse"],
    &["view.fit-selection"],
    &["edit.remove-from-view", "edit.delete"],
];
/// Of several boxes.
const BOXES: Groups = &[
    &["arrange.align-left", "arrange.align-center", "arrange.align-right"],
    &["arrange.align-top", "arrange.align-middle", "arrange.align-bottom"],
    &["arrange.distribute-across", "arrange.distribute-down", "arrange.tidy"],
    &["arrange.group", "arrange.ungroup", "arrange.lock", "arrange.front", "arrange.back"],
    &["arrange.extract"],
    &["edit.change-type", "edit.cut", "edit.copy", "edit.duplicate", "edit.copy-style", "edit.paste-style"],
    &["edit.remove-from-view", "edit.delete"],
];
/// Of a line.
const LINE: Groups = &[
    &["edit.rename"],
    &["arrange.reroute", "arrange.pin", "arrange.reset-label"],
    &["view.fit-selection"],
    &["edit.delete"],
];
/// Of a lane: of whom it is.
const LANE: Groups =
    &[&["edit.rename"], &["insert.lane", "arrange.collapse", "arrange.remove-lane"], &["view.fit-selection"]];

/// The menu of the right button: the actions that apply now to what lies under the pointer.
pub fn context_ui(ui: &mut Ui, core: &Core, scene: &Scene, commands: &mut Vec<Command>) {
    let (groups, has_colour) = match core.selection() {
        [] => (GROUND, false),
        [ElementRef::Flow(_) | ElementRef::Link(_)] => (LINE, false),
        [one] if node_of(scene, *one).is_none() => (LANE, false),
        [_] => (BOX, true),
        _ => (BOXES, true),
    };
    let theme = core.theme();
    let mut is_first = true;
    for group in groups {
        let applicable = group.iter().filter_map(|id| action(id)).filter(|action| (action.act)(core).is_ok());
        for (index, action) in applicable.enumerate() {
            if index == 0 && !is_first {
                ui.separator();
            }
            is_first = false;
            let shortcut = action.shortcuts.first().map(|shortcut| ui.format_shortcut(shortcut)).unwrap_or_default();
            let icon = match action.checked {
                Some(checked) if checked(core) => Some(crate::scene::icon::Icon::Check),
                _ => action.icon,
            };
            let entry = menu_item(ui, theme, icon, action.label, &shortcut, true);
            if entry.on_hover_text(about(action, core)).clicked() {
                commands.push(Command::Action(action.id));
            }
        }
    }
    if has_colour {
        ui.separator();
        tints_ui(ui, core, commands);
    }
}

/// What an action does, and what it would concern now.
fn about(action: &Action, core: &Core) -> String {
    match action.detail.and_then(|detail| detail(core)) {
        Some(detail) => format!("{} Now: {detail}.", action.help),
        None => action.help.to_owned(),
    }
}

/// A row of colours for the selected boxes; the last one takes the colour off.
fn tints_ui(ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
    let Some(view) = core.active_view() else { return };
    let chosen = ui.horizontal(|ui| {
        ui.add_space(6.0);
        tints::row_ui(ui, core.theme(), Role::MenuItem, tints::Common::of(core, view))
    });
    if let Some(tint) = chosen.inner {
        commands.push(crate::edit::Edit::from(SetTint { view, elements: core.selection().to_vec(), tint }).into());
        ui.close();
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
    let at = (!situation.is_chart()).then_some(menu.at);
    let offered = append::offered(situation, menu.from, at);
    if offered.is_empty() {
        commands.push(Command::Hint("Nothing new can be connected here; release on an element.".to_owned()));
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
                if menu_item(ui, core.theme(), Some(new.icon()), &label, "", true).clicked()
                    && let Some(edit) = append::edit(situation, new, at, menu.from)
                {
                    commands.push(Command::Create { edit: Box::new(edit), rename: true });
                }
            }
        });
    is_open
}
