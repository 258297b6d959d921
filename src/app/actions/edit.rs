//! Undo, clipboard, selection, deleting.

use egui::Key;

use super::{ALT, Act, Action, CTRL, CTRL_SHIFT, Menu, SHIFT, key};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::edit::{HistoryStep, Remove, RemoveFromView};
use crate::model::{ElementRef, FlowNode, ViewKind};
use crate::scene::icon::Icon;

fn first_letter_small(step: &HistoryStep) -> String {
    let mut letters = step.label.chars();
    let first: String = letters.next().map(|c| c.to_lowercase().collect()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

/// The selection as commands, or the reason why there is none.
fn with_selection(core: &Core, act: impl FnOnce(&[ElementRef]) -> Vec<Command>) -> Act {
    if core.selection().is_empty() { Err("select something first") } else { Ok(act(core.selection())) }
}

/// The selected elements that the view in front shows as pictures which can go without the thing.
fn remove_from_view(core: &Core) -> Result<Command, &'static str> {
    let view = core.active_view().ok_or("open a view first")?;
    if matches!(core.active_kind(), Some(ViewKind::Matrix(_))) {
        return Err("a matrix shows what exists; delete the thing itself");
    }
    let placed = |element: &&ElementRef| core.document().placement_of(view, **element).is_some();
    let elements: Vec<_> = core.selection().iter().filter(placed).copied().collect();
    if elements.is_empty() {
        Err("select something that the view shows")
    } else {
        Ok(RemoveFromViewOf(view, elements).into())
    }
}

struct RemoveFromViewOf(crate::model::ViewId, Vec<ElementRef>);

impl From<RemoveFromViewOf> for Command {
    fn from(of: RemoveFromViewOf) -> Self {
        Self::Edit(Box::new(RemoveFromView { view: of.0, elements: of.1 }.into()))
    }
}

pub(super) const UNDO: Action = Action {
    id: "edit.undo",
    label: "Undo",
    help: "Takes the last step back.",
    keywords: "back revert",
    menu: Menu::Edit,
    group: 0,
    icon: Some(Icon::Undo),
    shortcuts: &[key(CTRL, Key::Z)],
    act: |core| if core.editor.done().is_empty() { Err("nothing to undo") } else { Ok(vec![Command::Undo]) },
    detail: Some(|core| core.editor.done().last().map(first_letter_small)),
    repeats: true,
    ..Action::PLAIN
};

pub(super) const REDO: Action = Action {
    id: "edit.redo",
    label: "Redo",
    help: "Makes the step again that was taken back.",
    keywords: "forward again",
    menu: Menu::Edit,
    group: 0,
    icon: Some(Icon::Redo),
    shortcuts: &[key(CTRL_SHIFT, Key::Z), key(CTRL, Key::Y)],
    act: |core| if core.editor.undone().is_empty() { Err("nothing to redo") } else { Ok(vec![Command::Redo]) },
    detail: Some(|core| core.editor.undone().last().map(first_letter_small)),
    repeats: true,
    ..Action::PLAIN
};

pub(super) const CUT: Action = Action {
    id: "edit.cut",
    label: "Cut",
    help: "Copies the selection and takes it out of the view; the things themselves stay in the project.",
    keywords: "clipboard move",
    menu: Menu::Edit,
    group: 1,
    icon: Some(Icon::Cut),
    shortcuts: &[key(CTRL, Key::X)],
    act: |core| Ok(vec![Command::Copy, remove_from_view(core)?]),
    ..Action::PLAIN
};

pub(super) const COPY: Action = Action {
    id: "edit.copy",
    label: "Copy",
    help: "Puts the selection on the clipboard.",
    keywords: "clipboard",
    menu: Menu::Edit,
    group: 1,
    icon: Some(Icon::Copy),
    shortcuts: &[key(CTRL, Key::C)],
    act: |core| with_selection(core, |_| vec![Command::Copy]),
    ..Action::PLAIN
};

pub(super) const PASTE: Action = Action {
    id: "edit.paste",
    label: "Paste as new",
    help: "Makes new things like those on the clipboard; lines of text become steps or units.",
    keywords: "clipboard insert",
    menu: Menu::Edit,
    group: 1,
    icon: Some(Icon::Paste),
    shortcuts: &[key(CTRL, Key::V)],
    act: |core| match core.active_view() {
        Some(_) => Ok(vec![Command::Paste { as_new: true, text: None }]),
        None => Err("open a view first"),
    },
    ..Action::PLAIN
};

pub(super) const PASTE_SAME: Action = Action {
    id: "edit.paste-same",
    label: "Paste the same things",
    help: "Shows the things on the clipboard in this view, too, instead of making new ones.",
    keywords: "clipboard link show again",
    menu: Menu::Edit,
    group: 1,
    shortcuts: &[key(CTRL_SHIFT, Key::V)],
    act: |core| match (core.active_view(), &core.clip) {
        (Some(_), Some(_)) => Ok(vec![Command::Paste { as_new: false, text: None }]),
        (None, _) => Err("open a view first"),
        (_, None) => Err("copy something first"),
    },
    ..Action::PLAIN
};

pub(super) const DUPLICATE: Action = Action {
    id: "edit.duplicate",
    label: "Duplicate",
    help: "Makes new things like the selected ones beside them.",
    keywords: "copy clone again",
    menu: Menu::Edit,
    group: 1,
    shortcuts: &[key(CTRL, Key::D)],
    act: |core| {
        if matches!(core.active_kind(), Some(ViewKind::Matrix(_)) | None) {
            return Err("open a canvas first");
        }
        with_selection(core, |_| vec![Command::Copy, Command::Paste { as_new: true, text: None }])
    },
    ..Action::PLAIN
};

pub(super) const RENAME: Action = Action {
    id: "edit.rename",
    label: "Rename",
    help: "Edits the name of the selected element in place.",
    keywords: "name label text title",
    menu: Menu::Edit,
    group: 2,
    icon: Some(Icon::Pencil),
    shortcuts: &[key(egui::Modifiers::NONE, Key::F2)],
    act: |core| match core.single_selection() {
        Some(element) => Ok(vec![Command::Rename(element)]),
        None => Err("select one element first"),
    },
    ..Action::PLAIN
};

pub(super) const REMOVE_FROM_VIEW: Action = Action {
    id: "edit.remove-from-view",
    label: "Remove from the view",
    help: "Takes the picture away; the thing itself stays in the project.",
    keywords: "hide delete picture",
    menu: Menu::Edit,
    group: 2,
    icon: Some(Icon::EyeOff),
    shortcuts: &[key(egui::Modifiers::NONE, Key::Backspace), key(SHIFT, Key::Delete)],
    act: |core| Ok(vec![remove_from_view(core)?]),
    ..Action::PLAIN
};

pub(super) const DELETE: Action = Action {
    id: "edit.delete",
    label: "Delete everywhere",
    help: "Deletes the selected things themselves, in all views; undo brings them back.",
    keywords: "remove erase trash",
    menu: Menu::Edit,
    group: 2,
    icon: Some(Icon::Trash),
    shortcuts: &[key(egui::Modifiers::NONE, Key::Delete)],
    act: |core| {
        with_selection(core, |selection| {
            let elements = selection.to_vec();
            vec![Command::Edit(Box::new(Remove { elements }.into()))]
        })
    },
    ..Action::PLAIN
};

pub(super) const SELECT_ALL: Action = Action {
    id: "edit.select-all",
    label: "Select all",
    help: "Selects everything that the view shows.",
    keywords: "everything",
    menu: Menu::Edit,
    group: 3,
    shortcuts: &[key(CTRL, Key::A)],
    act: |core| {
        let view = core.active_view().ok_or("open a view first")?;
        let shown = core.document().placements_in(view).filter(|(_, placement)| placement.center.is_some());
        Ok(vec![Command::Select(shown.map(|(_, placement)| placement.element).collect())])
    },
    ..Action::PLAIN
};

pub(super) const SELECT_NONE: Action = Action {
    id: "edit.select-none",
    label: "Select nothing",
    help: "Clears the selection.",
    keywords: "deselect clear",
    menu: Menu::Edit,
    group: 3,
    shortcuts: &[key(CTRL_SHIFT, Key::A)],
    act: |_| Ok(vec![Command::Select(Vec::new())]),
    ..Action::PLAIN
};

/// The next node along the flow, for walking with the keyboard.
fn walk(core: &Core, forward: bool) -> Act {
    let node = core.single_selection().and_then(|element| FlowNode::try_from(element).ok());
    let node = node.ok_or("select a step, gateway or event first")?;
    let next = core.document().flows().iter().find_map(|(_, flow)| match forward {
        true => (flow.from == node).then_some(flow.to),
        false => (flow.to == node).then_some(flow.from),
    });
    match next {
        Some(next) => Ok(vec![Command::Select(vec![next.into()]), Command::Camera(super::CameraMove::ShowSelection)]),
        None => Err("the flow ends here"),
    }
}

pub(super) const WALK_FORWARD: Action = Action {
    id: "edit.walk-forward",
    label: "Walk the flow forward",
    help: "Selects the next element along the flow.",
    keywords: "follow next keyboard",
    menu: Menu::Edit,
    group: 4,
    shortcuts: &[key(ALT, Key::ArrowRight)],
    act: |core| walk(core, true),
    repeats: true,
    ..Action::PLAIN
};

pub(super) const WALK_BACK: Action = Action {
    id: "edit.walk-back",
    label: "Walk the flow back",
    help: "Selects the element before along the flow.",
    keywords: "follow previous keyboard",
    menu: Menu::Edit,
    group: 4,
    shortcuts: &[key(ALT, Key::ArrowLeft)],
    act: |core| walk(core, false),
    repeats: true,
    ..Action::PLAIN
};
