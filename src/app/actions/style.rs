//! What selected elements look like and are: their look to be copied, their type, the ways of their lines.

use egui::{Key, Modifiers};

use super::arrange::{selected_boxes, selected_placements};
use super::{ALT, Act, Action, CTRL, CTRL_ALT, Menu, key};
use crate::app::command::Command;
use crate::app::core::{BoxStyle, Core};
use crate::app::notice::Notice;
use crate::edit::rules::{ElementType, is_line};
use crate::edit::{Edit, MergeElements, PlaceLabel, RemoveLane, Resize, Sequence, SetBends, SetTint};
use crate::model::{Actor, ElementRef, Placement, View, ViewId};
use crate::scene::icon::Icon;

pub(super) const CHANGE_TYPE: Action = Action {
    id: "edit.change-type",
    label: "Change the type…",
    help: "Offers what else the selected elements may be without losing their connections.",
    keywords: "replace morph turn into convert kind gateway event step frame unit role department",
    menu: Menu::Shape,
    group: 0,
    icon: Some(Icon::Shapes),
    // With something selected, plain letters begin its name.
    shortcuts: &[key(ALT, Key::R), key(Modifiers::NONE, Key::R)],
    act: |core| {
        let boxes = selected_boxes(core);
        let can_change = |element: &ElementRef| ElementType::of(core.document(), *element).is_some();
        match !boxes.is_empty() && boxes.iter().all(can_change) {
            true => Ok(vec![Command::ChooseType(boxes)]),
            false => Err("select steps, gateways, events, notes, artefacts, units or roles first"),
        }
    },
    ..Action::PLAIN
};

/// Several elements of a kind into the one that was selected first.
fn merge(core: &Core) -> Act {
    let elements = core.selection().to_vec();
    if elements.len() < 2 {
        return Err("select two elements or more that are the same thing");
    }
    // The reason names elements; it is shown as a message.
    if let Err(reason) = MergeElements::fits(core.document(), &elements) {
        return Ok(vec![Notice::hint(reason).into()]);
    }
    let edit = MergeElements { elements };
    let mut commands = Vec::new();
    if let (overruled @ [_, ..], Some(kept)) = (edit.overruled(core.document()).as_slice(), edit.elements.first()) {
        let name = core.document().name_of(*kept);
        commands.push(
            Notice::hint(format!("They differed in {}: the value of “{name}” stays.", overruled.join(", "))).into(),
        );
    }
    commands.insert(0, Command::Edit(Box::new(edit.into())));
    Ok(commands)
}

pub(super) const MERGE: Action = Action {
    id: "edit.merge",
    label: "Merge into one",
    help: "Makes several steps, roles or other elements of a kind one: the one that was selected first. Flows, rights, \
           holders and pictures of the others become its own.",
    keywords: "join unite combine duplicate doubled same twice dedupe",
    menu: Menu::Shape,
    group: 0,
    icon: Some(Icon::Merge),
    shortcuts: &[key(CTRL, Key::J)],
    act: merge,
    ..Action::PLAIN
};

pub(super) const COPY_STYLE: Action = Action {
    id: "edit.copy-style",
    label: "Copy the look",
    help: "Remembers colour and size of the selected box, to give them to others.",
    keywords: "style format painter colour size",
    menu: Menu::Shape,
    group: 0,
    icon: Some(Icon::Palette),
    shortcuts: &[key(CTRL_ALT, Key::C)],
    act: |core| match selected_placements(core).iter().find(|(element, _)| !is_line(*element)) {
        Some((_, placement)) => Ok(vec![Command::CopyStyle(BoxStyle { tint: placement.tint, size: placement.size })]),
        None => Err("select a box on a canvas first"),
    },
    ..Action::PLAIN
};

pub(super) const PASTE_STYLE: Action = Action {
    id: "edit.paste-style",
    label: "Paste the look",
    help: "Gives the selected boxes the colour and size that were copied.",
    keywords: "style format painter colour size apply",
    menu: Menu::Shape,
    group: 0,
    shortcuts: &[key(CTRL_ALT, Key::V)],
    act: |core| {
        let style = core.style.ok_or("copy the look of a box first")?;
        let boxes = selected_boxes(core);
        match core.active_view().filter(|_| !boxes.is_empty()) {
            Some(view) => Ok(vec![Command::Edit(Box::new(styled(core, view, boxes, style)))]),
            None => Err("select a box on a canvas first"),
        }
    },
    ..Action::PLAIN
};

fn styled(core: &Core, view: ViewId, boxes: Vec<ElementRef>, style: BoxStyle) -> Edit {
    let label = match boxes.len() {
        1 => "Paste the look".to_owned(),
        count => format!("Paste the look on {count} boxes"),
    };
    let resized = |(element, placement): &(ElementRef, &Placement)| {
        let can = crate::app::canvas::tools::can_resize(*element) && !placement.locked;
        let center = placement.center.filter(|_| can && placement.size != style.size)?;
        Some(Resize { view, element: *element, center, size: style.size }.into())
    };
    let placed = selected_placements(core);
    let sizes: Vec<Edit> = placed.iter().filter(|(element, _)| !is_line(*element)).filter_map(resized).collect();
    let tinted = Edit::from(SetTint { view, elements: boxes, tint: style.tint });
    let edits = std::iter::once(tinted).chain(sizes).collect();
    Sequence { label, edits }.into()
}

/// The selected lines.
fn lines(core: &Core) -> Result<(ViewId, Vec<ElementRef>), &'static str> {
    let lines: Vec<ElementRef> = core.selection().iter().copied().filter(|element| is_line(*element)).collect();
    match core.active_view() {
        Some(view) if !lines.is_empty() => Ok((view, lines)),
        _ => Err("select a line first"),
    }
}

fn one_step(label: &str, edits: Vec<Edit>) -> Act {
    Ok(vec![Command::Edit(Box::new(Sequence { label: label.to_owned(), edits }.into()))])
}

pub(super) const REROUTE: Action = Action {
    id: "arrange.reroute",
    label: "Route the line anew",
    help: "Forgets the bends that were given to the selected lines by hand.",
    keywords: "straighten reset bends line",
    menu: Menu::Shape,
    group: 3,
    icon: Some(Icon::Route),
    act: |core| {
        let (view, lines) = lines(core)?;
        let reroute = |line: &ElementRef| SetBends { view, line: *line, bends: Vec::new(), pinned: false }.into();
        one_step("Route lines anew", lines.iter().map(reroute).collect())
    },
    ..Action::PLAIN
};

pub(super) const RESET_LABEL: Action = Action {
    id: "arrange.reset-label",
    label: "Put the label back",
    help: "Lets the picture find places for the labels of the selected lines again.",
    keywords: "label text line position",
    menu: Menu::Shape,
    group: 3,
    act: |core| {
        let (view, mut lines) = lines(core)?;
        let is_placed = |element: &ElementRef| {
            core.document().placement_of(view, *element).is_some_and(|(_, placement)| placement.label.is_some())
        };
        lines.retain(is_placed);
        if lines.is_empty() {
            return Err("the label stands where the picture puts it");
        }
        let reset = |element: &ElementRef| PlaceLabel { view, element: *element, label: None }.into();
        one_step("Put labels back", lines.iter().map(reset).collect())
    },
    ..Action::PLAIN
};

pub(super) const REMOVE_LANE: Action = Action {
    id: "arrange.remove-lane",
    label: "Remove the lane",
    help: "Takes the lane out of the view; its steps are then nobody's. The performer stays in the project.",
    keywords: "delete lane band performer",
    menu: Menu::Shape,
    group: 3,
    act: |core| {
        let actor = core.single_selection().and_then(|element| Actor::try_from(element).ok());
        let view = core.active_view().ok_or("open a process view first")?;
        let has_lane = |actor: &Actor| {
            let lanes = core.document().get::<View>(view).map_or(&[][..], View::lanes);
            lanes.iter().any(|lane| lane.actor == Some(*actor))
        };
        let actor = actor.filter(has_lane).ok_or("select a lane first")?;
        Ok(vec![Command::Edit(Box::new(RemoveLane { view, actor }.into()))])
    },
    ..Action::PLAIN
};
