//! Undo, clipboard, selection, deleting.

use egui::Key;

use super::{ALT, Act, Action, CTRL, CTRL_SHIFT, Menu, SHIFT, key};
use crate::app::canvas::{Side, walk};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::panels::{LeftList, SidePanel};
use crate::edit::{HistoryStep, Remove};
use crate::model::{Actor, ElementRef, View, ViewKind};
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

/// The selected elements that the view in front shows as boxes or lanes, which can go without the thing.
fn remove_from_view(core: &Core) -> Result<Command, &'static str> {
    let view = core.active_view().ok_or("open a view first")?;
    if matches!(core.active_kind(), Some(ViewKind::Matrix(_))) {
        return Err("a matrix shows what exists; delete the thing itself");
    }
    let lanes = core.document().get::<View>(view).map_or(&[][..], View::lanes);
    let has_lane = |element: ElementRef| {
        Actor::try_from(element).is_ok_and(|actor| lanes.iter().any(|lane| lane.actor == Some(actor)))
    };
    let placed = |element: &&ElementRef| core.document().placement_of(view, **element).is_some() || has_lane(**element);
    let elements: Vec<_> = core.selection().iter().filter(placed).copied().collect();
    let is_box = |element: ElementRef| !matches!(element, ElementRef::Flow(_) | ElementRef::Link(_));
    let mut boxes = core.document().placements_in(view).map(|(_, shown)| shown.element).filter(|one| is_box(*one));
    let is_board = matches!(core.active_kind(), Some(ViewKind::Board));
    if elements.is_empty() {
        Err("select something that has a picture of its own in the view")
    } else if !is_board && elements.iter().any(|one| is_box(*one)) && boxes.all(|one| elements.contains(&one)) {
        // Where nothing is placed, a chart or flow shows all that there is.
        Err("the last picture stays: a view without any shows everything; Delete takes the thing away")
    } else {
        Ok(Command::RemoveFromView(elements))
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

pub(super) const HISTORY: Action = Action {
    id: "edit.history",
    label: "History",
    help: "Lists every step since the project was opened; a click goes back or forth to one.",
    keywords: "undo redo steps list",
    menu: Menu::Edit,
    group: 0,
    icon: Some(Icon::History),
    shortcuts: &[key(CTRL_SHIFT, Key::H)],
    act: |core| {
        let is_shown = core.left == LeftList::History && core.shows(SidePanel::Navigator);
        Ok(vec![Command::ShowList(if is_shown { LeftList::Project } else { LeftList::History })])
    },
    checked: Some(|core| core.left == LeftList::History && core.shows(SidePanel::Navigator)),
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
    help: "Puts the selection on the clipboard: elements for Remit, a list of names for other programs.",
    keywords: "clipboard",
    menu: Menu::Edit,
    group: 1,
    icon: Some(Icon::Copy),
    shortcuts: &[key(CTRL, Key::C)],
    act: |core| with_selection(core, |_| vec![Command::Copy]),
    ..Action::PLAIN
};

/// A picture of the selection, or of the view where nothing is selected.
fn copy_picture(core: &Core, as_svg: bool) -> Act {
    match core.panes.front_tab() {
        Some(_) => Ok(vec![Command::CopyPicture { as_svg }]),
        None => Err("open a view first"),
    }
}

pub(super) const COPY_PICTURE: Action = Action {
    id: "edit.copy-picture",
    label: "Copy as a picture",
    help: "Puts a picture of the selection on the clipboard, or of the whole view where nothing is selected.",
    keywords: "clipboard image png screenshot",
    menu: Menu::Edit,
    group: 1,
    icon: Some(Icon::Image),
    shortcuts: &[key(CTRL_SHIFT, Key::C)],
    act: |core| copy_picture(core, false),
    ..Action::PLAIN
};

pub(super) const COPY_SVG: Action = Action {
    id: "edit.copy-svg",
    label: "Copy as SVG",
    help: "Puts the text of an SVG picture of the selection on the clipboard, for drawing programs.",
    keywords: "clipboard vector image",
    menu: Menu::Edit,
    group: 1,
    act: |core| copy_picture(core, true),
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
        Some(_) => Ok(vec![Command::AskForPaste { as_new: true }]),
        None => Err("open a view first"),
    },
    ..Action::PLAIN
};

pub(super) const PASTE_SAME: Action = Action {
    id: "edit.paste-same",
    label: "Paste the same things",
    help: "Shows the things on the clipboard in this view, too, instead of making new ones; those of another project are found by their names.",
    keywords: "clipboard link show again",
    menu: Menu::Edit,
    group: 1,
    shortcuts: &[key(CTRL_SHIFT, Key::V)],
    act: |core| match core.active_view() {
        Some(_) => Ok(vec![Command::AskForPaste { as_new: false }]),
        None => Err("open a view first"),
    },
    ..Action::PLAIN
};

pub(super) const DUPLICATE: Action = Action {
    id: "edit.duplicate",
    label: "Duplicate",
    help: "Makes new things like the selected ones beside them; again, at the same distance as before.",
    keywords: "copy clone again",
    menu: Menu::Edit,
    group: 1,
    shortcuts: &[key(CTRL, Key::D)],
    act: |core| {
        if matches!(core.active_kind(), Some(ViewKind::Matrix(_)) | None) {
            return Err("open a canvas first");
        }
        with_selection(core, |selection| vec![Command::Duplicate { elements: selection.to_vec(), by: None }])
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
    label: "Remove from this view",
    help: "Takes the picture away, a box or a lane; the thing itself stays in the project.",
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
    act: |core| with_selection(core, |selection| vec![Command::Delete(selection.to_vec())]),
    detail: Some(|core| {
        let remove = Remove { elements: core.selection().to_vec() };
        (!remove.elements.is_empty()).then(|| remove.summary(core.document()))
    }),
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

/// The element that is reached along a connection on a side of the selected one, for walking with the keyboard.
fn walk(core: &Core, side: Side) -> Act {
    let view = core.active_view().ok_or("open a view first")?;
    let scene = core.scenes.get(&view).map(|cached| &cached.scene).ok_or("open a canvas first")?;
    let Some(from) = core.single_selection() else {
        let first = scene.nodes.first().ok_or("the view shows nothing yet")?;
        let start = crate::scene::outline::outline(core.document(), view, Default::default());
        let start = start.first().map_or(first.element, |line| line.element);
        return Ok(go(start, None));
    };
    let direction = match core.active_kind() {
        Some(ViewKind::Organisation { direction, .. }) => *direction,
        _ => scene.direction,
    };
    let walked = walk::along(scene, direction, from, side).ok_or("no connection leads there")?;
    let hint = (walked.branches > 1).then(|| {
        let (up, down) = match side {
            Side::Left | Side::Right => ("Alt+Up", "Alt+Down"),
            Side::Top | Side::Bottom => ("Alt+Left", "Alt+Right"),
        };
        format!("One of {} branches; {up} and {down} take the others.", walked.branches)
    });
    Ok(go(walked.to, hint))
}

fn go(element: ElementRef, hint: Option<String>) -> Vec<Command> {
    let mut commands = vec![Command::Select(vec![element]), Command::Camera(super::CameraMove::ShowSelection)];
    commands.extend(hint.map(Command::Hint));
    commands
}

macro_rules! walk_actions {
    ($($CONST:ident = $id:literal, $label:literal, $help:literal, $Key:ident, $Side:ident;)*) => {$(
        pub(super) const $CONST: Action = Action {
            id: $id,
            label: $label,
            help: $help,
            keywords: "follow flow connection keyboard next previous",
            menu: Menu::Go,
            group: 2,
            shortcuts: &[key(ALT, Key::$Key)],
            act: |core| walk(core, Side::$Side),
            repeats: true,
            ..Action::PLAIN
        };
    )*};
}

walk_actions! {
    WALK_RIGHT = "edit.walk-right", "Walk right", "Selects what a connection to the right leads to.", ArrowRight, Right;
    WALK_LEFT = "edit.walk-left", "Walk left", "Selects what a connection to the left leads to.", ArrowLeft, Left;
    WALK_UP = "edit.walk-up", "Walk up", "Selects what a connection upward leads to, or the branch above.", ArrowUp, Top;
    WALK_DOWN = "edit.walk-down", "Walk down", "Selects what a connection downward leads to, or the branch below.",
        ArrowDown, Bottom;
}
