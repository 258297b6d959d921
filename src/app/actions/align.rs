//! How selected boxes stand to each other: aligned, at equal distances, in groups, locked, above and below.

use egui::{Key, KeyboardShortcut, Modifiers};
use rustc_hash::FxHashSet;

use super::arrange::{selected_boxes, selected_placements};
use super::{Act, Action, CTRL, CTRL_ALT, CTRL_SHIFT, Menu, key};
use crate::app::canvas::alignment::{self, Alignment, Body};
use crate::app::canvas::{Tool, groups, tools};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::edit::{Edit, Group, Lock, MoveInView, Restack, Sequence, Ungroup};
use crate::model::{ElementRef, Placement, Point, ViewId, ViewKind};
use crate::scene::icon::Icon;
use crate::scene::{NodeShape, Scene};

const ALT_SHIFT: Modifiers = Modifiers::ALT.plus(Modifiers::SHIFT);

/// The canvas in front, if its boxes have places of their own.
fn canvas(core: &Core) -> Result<(ViewId, &ViewKind), &'static str> {
    match (core.active_view(), core.active_kind()) {
        (Some(_), Some(kind)) if kind.arranges_itself() => Err("this view arranges itself"),
        (Some(view), Some(kind)) => Ok((view, kind)),
        _ => Err("open a canvas first"),
    }
}

fn edit(edit: impl Into<Edit>) -> Act {
    Ok(vec![Command::Edit(Box::new(edit.into()))])
}

/// Aligns the selected boxes, or gives them equal gaps.
fn align(core: &Core, how: Alignment, label: &'static str) -> Act {
    let (view, kind) = canvas(core)?;
    let too_few = match how.least() {
        3 => "select three or more boxes first",
        _ => "select two or more boxes first",
    };
    // Asked in every frame: only what is selected is looked at before it is known to be enough.
    if core.selection().len() < how.least() {
        return Err(too_few);
    }
    let Some(scene) = core.scenes.get(&view).map(|cached| &cached.scene) else { return Err("open a canvas first") };
    let document = core.document();
    let is_locked = |node: &&NodeShape| {
        let placed = node.placement.and_then(|id| document.get::<Placement>(id));
        placed.is_some_and(|placement| placement.locked)
    };
    let together = groups::together(document, view, scene, core.selection());
    if together.len() < how.least() {
        return Err(too_few);
    }
    let body = |nodes: &Vec<&NodeShape>| {
        let rect = nodes.iter().map(|node| node.rect).reduce(|all, one| all.union(one))?;
        Some(Body { rect, is_fixed: nodes.iter().any(is_locked) })
    };
    let bodies: Vec<Body> = together.iter().filter_map(body).collect();
    let mut moves: Vec<(ElementRef, Point)> = Vec::new();
    for (nodes, by) in together.iter().zip(alignment::shifts(&bodies, how)) {
        if by != emath::Vec2::ZERO {
            moves.extend(moved(scene, kind, nodes, by));
        }
    }
    edit(Sequence { label: label.to_owned(), edits: vec![MoveInView { view, moves }.into()] })
}

/// New centres of boxes and of all that goes along with them.
fn moved(scene: &Scene, kind: &ViewKind, nodes: &[&NodeShape], by: emath::Vec2) -> Vec<(ElementRef, Point)> {
    let held: FxHashSet<ElementRef> = nodes.iter().map(|node| node.element).collect();
    let all = tools::moving::taken_along(scene, kind, held);
    let nodes = scene.nodes.iter().filter(|node| all.contains(&node.element));
    nodes.map(|node| (node.element, tools::kept(node.rect.center() + by))).collect()
}

macro_rules! align_actions {
    ($($CONST:ident = $id:literal, $label:literal, $help:literal, $keywords:literal, $group:literal, $icon:ident, $how:ident, [$($shortcut:expr),*];)*) => {$(
        pub(super) const $CONST: Action = Action {
            id: $id,
            label: $label,
            help: $help,
            keywords: $keywords,
            menu: Menu::Arrange,
            group: $group,
            submenu: Some("Align and distribute"),
            icon: Some(Icon::$icon),
            shortcuts: &[$($shortcut),*],
            act: |core| align(core, Alignment::$how, $label),
            ..Action::PLAIN
        };
    )*};
}

align_actions! {
    ALIGN_LEFT = "arrange.align-left", "Align left", "Brings the left borders of the selected boxes into one line.", "line up edges", 3, AlignLeft, Left, [key(CTRL_SHIFT, Key::ArrowLeft)];
    ALIGN_CENTER = "arrange.align-center", "Align centres", "Brings the middles of the selected boxes into one upright line.", "line up column", 3, AlignCenter, Center, [key(CTRL_ALT, Key::H)];
    ALIGN_RIGHT = "arrange.align-right", "Align right", "Brings the right borders of the selected boxes into one line.", "line up edges", 3, AlignRight, Right, [key(CTRL_SHIFT, Key::ArrowRight)];
    ALIGN_TOP = "arrange.align-top", "Align top", "Brings the upper borders of the selected boxes into one line.", "line up edges", 3, AlignTop, Top, [key(CTRL_SHIFT, Key::ArrowUp)];
    ALIGN_MIDDLE = "arrange.align-middle", "Align middles", "Brings the middles of the selected boxes into one level line.", "line up row", 3, AlignMiddle, Middle, [key(CTRL_ALT, Key::M)];
    ALIGN_BOTTOM = "arrange.align-bottom", "Align bottom", "Brings the lower borders of the selected boxes into one line.", "line up edges", 3, AlignBottom, Bottom, [key(CTRL_SHIFT, Key::ArrowDown)];
    DISTRIBUTE_ACROSS = "arrange.distribute-across", "Distribute sideways", "Gives the selected boxes equal gaps from left to right; the outermost stay.", "spread horizontal space evenly", 3, DistributeHorizontal, Across, [key(ALT_SHIFT, Key::H)];
    DISTRIBUTE_DOWN = "arrange.distribute-down", "Distribute downward", "Gives the selected boxes equal gaps from top to bottom; the outermost stay.", "spread vertical space evenly", 3, DistributeVertical, Down, [key(ALT_SHIFT, Key::V)];
}

pub(super) const GROUP: Action = Action {
    id: "arrange.group",
    label: "Group",
    help: "Lets the selected boxes be selected and moved as one; a double click or Enter goes into the group.",
    keywords: "join together unit",
    menu: Menu::Shape,
    group: 1,
    icon: Some(Icon::Group),
    shortcuts: &[key(CTRL, Key::G)],
    act: |core| {
        let (view, _) = canvas(core)?;
        match selected_boxes(core) {
            elements if elements.len() < 2 => Err("select two or more boxes first"),
            elements => edit(Group { view, elements }),
        }
    },
    ..Action::PLAIN
};

pub(super) const UNGROUP: Action = Action {
    id: "arrange.ungroup",
    label: "Ungroup",
    help: "Dissolves the selected group; what was in it stays where it is.",
    keywords: "separate take apart dissolve",
    menu: Menu::Shape,
    group: 1,
    icon: Some(Icon::Ungroup),
    shortcuts: &[key(CTRL_SHIFT, Key::G)],
    act: |core| {
        let (view, _) = canvas(core)?;
        let is_grouped = |(_, placement): &(ElementRef, &Placement)| !placement.groups.is_empty();
        match selected_placements(core).iter().any(is_grouped) {
            true => edit(Ungroup { view, elements: selected_boxes(core) }),
            false => Err("select a group first"),
        }
    },
    ..Action::PLAIN
};

/// Whether all selected boxes are locked; none where no box is selected.
fn are_locked(core: &Core) -> Option<bool> {
    let placed = selected_placements(core);
    let mut boxes = placed.iter().filter(|(element, _)| !crate::edit::rules::is_line(*element)).peekable();
    boxes.peek()?;
    Some(boxes.all(|(_, placement)| placement.locked))
}

pub(super) const LOCK: Action = Action {
    id: "arrange.lock",
    label: "Lock in place",
    help: "Keeps the selected boxes from being moved by hand or by an arrangement, or frees them again.",
    keywords: "unlock fix hold still protect",
    menu: Menu::Shape,
    group: 1,
    icon: Some(Icon::Lock),
    shortcuts: &[key(CTRL_SHIFT, Key::L)],
    act: |core| {
        let (view, _) = canvas(core)?;
        let locked = !are_locked(core).ok_or("select something on a canvas first")?;
        edit(Lock { view, elements: selected_boxes(core), locked })
    },
    checked: Some(|core| are_locked(core) == Some(true)),
    ..Action::PLAIN
};

fn restack(core: &Core, to_front: bool) -> Act {
    let (view, _) = canvas(core)?;
    match selected_boxes(core) {
        elements if elements.is_empty() => Err("select something on a canvas first"),
        elements => edit(Restack { view, elements, to_front }),
    }
}

pub(super) const FRONT: Action = Action {
    id: "arrange.front",
    label: "Bring to the front",
    help: "Draws the selected boxes above all others.",
    keywords: "order layer above top raise",
    menu: Menu::Shape,
    group: 2,
    icon: Some(Icon::ArrowUp),
    shortcuts: &[key(CTRL_ALT, Key::F), key(CTRL, Key::CloseBracket)],
    act: |core| restack(core, true),
    ..Action::PLAIN
};

pub(super) const BACK: Action = Action {
    id: "arrange.back",
    label: "Send to the back",
    help: "Draws the selected boxes below all others.",
    keywords: "order layer below bottom lower",
    menu: Menu::Shape,
    group: 2,
    icon: Some(Icon::ArrowDown),
    shortcuts: &[key(CTRL_ALT, Key::B), key(CTRL, Key::OpenBracket)],
    act: |core| restack(core, false),
    ..Action::PLAIN
};

/// Letters are tools while nothing is selected; with something selected they begin its name, and Alt makes them tools.
const SPACE_KEYS: &[KeyboardShortcut] = &[key(Modifiers::NONE, Key::S), key(Modifiers::ALT, Key::S)];

pub(super) const SPACE_TOOL: Action = Action {
    id: "tool.space",
    label: "Make space",
    help: "Pushes everything beyond the pointer away, lanes included; dragging back takes space out.",
    keywords: "tool room gap push insert move everything",
    menu: Menu::View,
    group: 2,
    icon: Some(Icon::SplitView),
    shortcuts: SPACE_KEYS,
    act: |core| canvas(core).map(|_| vec![Command::Tool(Tool::Space)]),
    checked: Some(|core| core.tool == Tool::Space),
    ..Action::PLAIN
};
