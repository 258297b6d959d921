//! Down into what a step stands for, back up, and steps into a flow of their own.

use egui::Key;

use super::{Act, Action, CTRL_SHIFT, Menu, SHIFT, key};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::dialogs::Dialog;
use crate::edit::Extract;
use crate::model::{ElementRef, StepId, ViewKind};
use crate::scene::icon::Icon;

/// The selected step, if something opens behind it.
fn opening_step(core: &Core) -> Result<StepId, &'static str> {
    let Some(ElementRef::Step(step)) = core.single_selection() else { return Err("select a sub-flow or a call first") };
    match core.document().inside_of(step) {
        Some(_) => Ok(step),
        None => Err("nothing is behind this step; a sub-flow or a call of a process opens"),
    }
}

fn extract(core: &Core) -> Act {
    let (Some(view), Some(ViewKind::Process { .. } | ViewKind::Board)) = (core.active_view(), core.active_kind())
    else {
        return Err("open the view of a process first");
    };
    if core.selection().len() < 2 {
        return Err("select the connected steps first");
    }
    match Extract::measure(core.document(), core.selection()) {
        Ok(_) => Ok(vec![Command::Dialog(Dialog::extract(core, view))]),
        // The reason names elements; it is shown as a message.
        Err(reason) => Ok(vec![crate::app::notice::Notice::hint(reason).into()]),
    }
}

pub(super) const OPEN: Action = Action {
    id: "view.open-sub-flow",
    label: "Open sub-flow",
    help: "Shows what a sub-flow has inside, or the process that a call carries out, in its own view.",
    keywords: "drill down inside expand enter child process call",
    menu: Menu::Go,
    group: 1,
    icon: Some(Icon::SubProcess),
    shortcuts: &[key(egui::Modifiers::NONE, Key::F7)],
    act: |core| opening_step(core).map(|step| vec![Command::OpenInside(step)]),
    ..Action::PLAIN
};

pub(super) const UP: Action = Action {
    id: "view.up",
    label: "Up one level",
    help: "Goes back to the view that the sub-flow or process in front was opened from.",
    keywords: "drill up parent breadcrumb outer back",
    menu: Menu::Go,
    group: 1,
    icon: Some(Icon::ArrowUp),
    shortcuts: &[key(SHIFT, Key::F7)],
    act: |core| match core.active_view() {
        Some(view) if core.path_to(view).len() > 1 => Ok(vec![Command::GoUp]),
        _ => Err("there is no level above this view"),
    },
    ..Action::PLAIN
};

pub(super) const EXTRACT: Action = Action {
    id: "arrange.extract",
    label: "Extract to sub-flow…",
    help: "Puts connected steps with one way in and one way out behind a new step, as a sub-flow or a process of its own.",
    keywords: "refactor split group simplify call process",
    menu: Menu::Arrange,
    group: 2,
    icon: Some(Icon::SubProcess),
    shortcuts: &[key(CTRL_SHIFT, Key::E)],
    act: extract,
    ..Action::PLAIN
};
