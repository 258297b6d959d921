//! Layout of the view in front.

use egui::Key;

use super::{Act, Action, CTRL_SHIFT, Menu, key};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::edit::{Collapse, Pin};
use crate::model::{ElementRef, Placement, ViewKind};
use crate::scene::icon::Icon;

fn arrange(core: &Core, only_new: bool) -> Act {
    match (core.active_view(), core.active_kind()) {
        (_, Some(ViewKind::Matrix(_))) => Err("a matrix arranges itself"),
        (Some(view), Some(_)) => Ok(vec![Command::Arrange { view, only_new }]),
        _ => Err("open a view first"),
    }
}

fn selected_placements(core: &Core) -> Vec<(ElementRef, &Placement)> {
    let Some(view) = core.active_view() else { return Vec::new() };
    let placement = |element: &ElementRef| Some((*element, core.document().placement_of(view, *element)?.1));
    core.selection().iter().filter_map(placement).collect()
}

pub(super) const ARRANGE: Action = Action {
    id: "arrange.all",
    label: "Arrange the view",
    help: "Lays the whole view out again; pinned elements stay.",
    keywords: "layout tidy auto clean",
    menu: Menu::Arrange,
    group: 0,
    icon: Some(Icon::Sparkles),
    shortcuts: &[key(CTRL_SHIFT, Key::L)],
    act: |core| arrange(core, false),
    ..Action::PLAIN
};

pub(super) const ARRANGE_NEW: Action = Action {
    id: "arrange.new",
    label: "Place only what is new",
    help: "Finds places for elements that have none; everything else stays where it is.",
    keywords: "layout insert",
    menu: Menu::Arrange,
    group: 0,
    act: |core| arrange(core, true),
    ..Action::PLAIN
};

pub(super) const PIN: Action = Action {
    id: "arrange.pin",
    label: "Pin in place",
    help: "Keeps the selected elements where they are when the view is arranged.",
    keywords: "lock fix hold",
    menu: Menu::Arrange,
    group: 1,
    icon: Some(Icon::Pin),
    act: |core| {
        let placements = selected_placements(core);
        let view = core.active_view().filter(|_| !placements.is_empty()).ok_or("select something on a canvas first")?;
        let pinned = !placements.iter().all(|(_, placement)| placement.pinned);
        let elements = placements.iter().map(|(element, _)| *element).collect();
        Ok(vec![Command::Edit(Box::new(Pin { view, elements, pinned }.into()))])
    },
    checked: Some(|core| {
        let placements = selected_placements(core);
        !placements.is_empty() && placements.iter().all(|(_, placement)| placement.pinned)
    }),
    ..Action::PLAIN
};

pub(super) const COLLAPSE: Action = Action {
    id: "arrange.collapse",
    label: "Fold or unfold",
    help: "Hides or shows what is below the selected unit.",
    keywords: "collapse expand branch hide",
    menu: Menu::Arrange,
    group: 1,
    act: |core| {
        let placements = selected_placements(core);
        let unit = placements.iter().find(|(element, _)| matches!(element, ElementRef::Unit(_)));
        let (element, placement) = unit.ok_or("select a unit in an organisation chart first")?;
        let view = core.active_view().ok_or("open a view first")?;
        let collapse = Collapse { view, element: *element, collapsed: !placement.collapsed };
        Ok(vec![Command::Edit(Box::new(collapse.into())), Command::Arrange { view, only_new: false }])
    },
    ..Action::PLAIN
};
