//! Layout of the view in front.

use egui::Key;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Act, Action, CTRL, CTRL_SHIFT, Menu, key};
use crate::app::command::{Arranging, CameraMove, Command};
use crate::app::core::Core;
use crate::edit::{Collapse, Pin, SetChart, SetConnections, SetLanes};
use crate::model::{Actor, ChartForm, ElementRef, FlowDirection, Placement, View, ViewKind};
use crate::scene::Mode;
use crate::scene::icon::Icon;

fn arrange(core: &Core, how: Arranging) -> Act {
    match (core.active_view(), core.active_kind()) {
        (_, Some(ViewKind::Matrix(_))) => Err("a matrix arranges itself"),
        (_, Some(kind)) if kind.arranges_itself() => Err("circles and grids arrange themselves"),
        (Some(view), Some(_)) => Ok(vec![Command::Arrange { view, how }]),
        _ => Err("open a view first"),
    }
}

/// What is selected and shown as a box.
pub(super) fn selected_boxes(core: &Core) -> Vec<ElementRef> {
    let Some(view) = core.active_view() else { return Vec::new() };
    let shown: FxHashSet<ElementRef> =
        core.document().placements_in(view).map(|(_, placement)| placement.element).collect();
    let is_box = |element: &ElementRef| !matches!(element, ElementRef::Flow(_) | ElementRef::Link(_));
    core.selection().iter().copied().filter(|element| is_box(element) && shown.contains(element)).collect()
}

/// Turns the flow of the process view in front.
fn turn(core: &Core, direction: FlowDirection) -> Act {
    match core.active_kind() {
        Some(ViewKind::Process { direction: now, .. }) if *now == direction => Err("it runs this way already"),
        Some(ViewKind::Process { .. }) => arrange(core, Arranging::Toward(direction)),
        Some(_) => Err("only a process view has a direction"),
        None => Err("open a process view first"),
    }
}

fn runs(core: &Core, direction: FlowDirection) -> bool {
    matches!(core.active_kind(), Some(ViewKind::Process { direction: now, .. }) if *now == direction)
}

/// What is selected and shown, with its placement.
pub(super) fn selected_placements(core: &Core) -> Vec<(ElementRef, &Placement)> {
    let Some(view) = core.active_view() else { return Vec::new() };
    let selected: FxHashSet<ElementRef> = core.selection().iter().copied().collect();
    let placed = core.document().placements_in(view).map(|(_, placement)| (placement.element, placement));
    let mut found: Vec<(ElementRef, &Placement)> = placed.filter(|(element, _)| selected.contains(element)).collect();
    // In the order of selecting, as far as that tells.
    if found.len() > 1 {
        let order: FxHashMap<ElementRef, usize> =
            core.selection().iter().enumerate().map(|(index, element)| (*element, index)).collect();
        found.sort_by_key(|(element, _)| order.get(element).copied());
    }
    found
}

pub(super) const ARRANGE: Action = Action {
    id: "arrange.all",
    label: "Arrange the view",
    help: "Lays the whole view out again; pinned elements stay.",
    keywords: "layout tidy auto clean",
    menu: Menu::Arrange,
    group: 0,
    icon: Some(Icon::Sparkles),
    shortcuts: &[key(CTRL, Key::T)],
    act: |core| arrange(core, Arranging::EVERYTHING),
    ..Action::PLAIN
};

pub(super) const TIDY: Action = Action {
    id: "arrange.tidy",
    label: "Tidy the selection",
    help: "Lays the selected elements out again around where they are; all others stay.",
    keywords: "layout clean part",
    menu: Menu::Arrange,
    group: 0,
    shortcuts: &[key(CTRL_SHIFT, Key::T)],
    act: |core| match selected_boxes(core) {
        boxes if boxes.len() < 2 => Err("select two or more elements on a canvas first"),
        boxes => arrange(core, Arranging::By(Mode::Selection(boxes))),
    },
    ..Action::PLAIN
};

pub(super) const ARRANGE_NEW: Action = Action {
    id: "arrange.new",
    label: "Place only what is new",
    help: "Finds places for elements that have none; everything else stays where it is.",
    keywords: "layout insert",
    menu: Menu::Arrange,
    group: 0,
    act: |core| arrange(core, Arranging::ONLY_NEW),
    ..Action::PLAIN
};

pub(super) const ROUTE: Action = Action {
    id: "arrange.lines",
    label: "Route lines only",
    help: "Lays the lines between boxes anew and moves no box; pinned lines stay.",
    keywords: "layout connectors edges flows bends",
    menu: Menu::Arrange,
    group: 0,
    shortcuts: &[key(CTRL_SHIFT, Key::J)],
    act: |core| match core.active_kind() {
        Some(ViewKind::Organisation { .. }) => Err("the lines of a chart follow its boxes"),
        _ => arrange(core, Arranging::By(Mode::RoutesOnly)),
    },
    ..Action::PLAIN
};

pub(super) const LEFT_TO_RIGHT: Action = Action {
    id: "arrange.left-to-right",
    label: "Flow left to right",
    help: "Arranges a process so that it runs from left to right, its lanes one below the other.",
    keywords: "layout direction horizontal lanes",
    menu: Menu::Arrange,
    group: 1,
    act: |core| turn(core, FlowDirection::LeftToRight),
    checked: Some(|core| runs(core, FlowDirection::LeftToRight)),
    ..Action::PLAIN
};

pub(super) const TOP_TO_BOTTOM: Action = Action {
    id: "arrange.top-to-bottom",
    label: "Flow top to bottom",
    help: "Arranges a process so that it runs from top to bottom, its lanes side by side.",
    keywords: "layout direction vertical lanes down",
    menu: Menu::Arrange,
    group: 1,
    act: |core| turn(core, FlowDirection::TopToBottom),
    checked: Some(|core| runs(core, FlowDirection::TopToBottom)),
    ..Action::PLAIN
};

pub(super) const PIN: Action = Action {
    id: "arrange.pin",
    label: "Pin in place",
    help: "Keeps the selected elements where they are when the view is arranged.",
    keywords: "fix hold keep",
    menu: Menu::Arrange,
    group: 2,
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
    help: "Hides or shows what is below the selected unit, or in the selected lane.",
    keywords: "collapse expand branch lane hide",
    menu: Menu::Arrange,
    group: 2,
    act: |core| {
        if let Some(edit) = fold_lane(core) {
            return Ok(vec![Command::Edit(Box::new(edit.into()))]);
        }
        let placements = selected_placements(core);
        let unit = placements.iter().find(|(element, _)| matches!(element, ElementRef::Unit(_)));
        let (element, placement) = unit.ok_or("select a unit of a chart or a lane first")?;
        let view = core.active_view().ok_or("open a view first")?;
        let collapse = Collapse { view, element: *element, collapsed: !placement.collapsed };
        let mut commands = vec![Command::Edit(Box::new(collapse.into()))];
        if !core.active_kind().is_some_and(ViewKind::arranges_itself) {
            commands.push(Command::Arrange { view, how: Arranging::EVERYTHING });
        }
        Ok(commands)
    },
    ..Action::PLAIN
};

/// Folds the selected lane of the process view in front, or unfolds it; none where no lane is selected.
fn fold_lane(core: &Core) -> Option<SetLanes> {
    let view = core.active_view()?;
    let actor = Actor::try_from(core.single_selection()?).ok()?;
    let mut lanes = core.document().get::<View>(view)?.lanes().to_vec();
    let lane = lanes.iter_mut().find(|lane| lane.actor == Some(actor))?;
    lane.collapsed = !lane.collapsed;
    Some(SetLanes { view, lanes })
}

/// Form and direction of the chart in front.
fn chart(core: &Core) -> Option<(ChartForm, FlowDirection)> {
    match core.active_kind()? {
        ViewKind::Organisation { form, direction, .. } => Some((*form, *direction)),
        _ => None,
    }
}

/// Draws the chart in front in another way and shows the whole of it; without a direction it keeps its own.
fn draw_chart(core: &Core, form: ChartForm, direction: Option<FlowDirection>) -> Act {
    let (Some(view), Some((_, kept))) = (core.active_view(), chart(core)) else {
        return Err("open an organisation chart first");
    };
    let direction = direction.unwrap_or(kept);
    if chart(core) == Some((form, direction)) {
        return Ok(Vec::new());
    }
    let edit = SetChart { view, form, direction };
    Ok(vec![Command::Edit(Box::new(edit.into())), Command::Camera(CameraMove::FitAll)])
}

pub(super) const AS_TREE: Action = Action {
    id: "arrange.tree",
    label: "Draw as a tree",
    help: "Draws the organisation chart as boxes joined by lines, from the top down.",
    keywords: "organisation chart form hierarchy top down",
    menu: Menu::Arrange,
    group: 2,
    icon: Some(Icon::Organisation),
    act: |core| draw_chart(core, ChartForm::Tree, Some(FlowDirection::TopToBottom)),
    checked: Some(|core| chart(core) == Some((ChartForm::Tree, FlowDirection::TopToBottom))),
    ..Action::PLAIN
};

pub(super) const AS_TREE_SIDEWAYS: Action = Action {
    id: "arrange.tree-sideways",
    label: "Draw as a tree from left to right",
    help: "Draws the organisation chart as boxes joined by lines, from left to right.",
    keywords: "organisation chart form hierarchy horizontal sideways",
    menu: Menu::Arrange,
    group: 2,
    act: |core| draw_chart(core, ChartForm::Tree, Some(FlowDirection::LeftToRight)),
    checked: Some(|core| chart(core) == Some((ChartForm::Tree, FlowDirection::LeftToRight))),
    ..Action::PLAIN
};

pub(super) const CONNECTIONS: Action = Action {
    id: "arrange.connections",
    label: "Show connections",
    help: "Draws on a board the lines that the project has between what stands there, or hides them.",
    keywords: "board lines relations links arrows",
    menu: Menu::Arrange,
    group: 3,
    icon: Some(Icon::Connector),
    act: |core| match (core.active_view(), core.active_kind()) {
        (Some(view), Some(ViewKind::Board)) => {
            let edit = SetConnections { view, shown: !shows_connections(core) };
            Ok(vec![Command::Edit(Box::new(edit.into()))])
        }
        _ => Err("open a board first"),
    },
    checked: Some(shows_connections),
    ..Action::PLAIN
};

fn shows_connections(core: &Core) -> bool {
    core.active_view().and_then(|view| core.document().get::<View>(view)).is_some_and(|view| view.connections)
}

pub(super) const AS_CIRCLES: Action = Action {
    id: "arrange.circles",
    label: "Draw as circles",
    help: "Draws the organisation chart as circles within circles; places in the tree are kept.",
    keywords: "organisation chart form nested holacracy bubbles",
    menu: Menu::Arrange,
    group: 2,
    act: |core| draw_chart(core, ChartForm::Circles, None),
    checked: Some(|core| chart(core).is_some_and(|(form, _)| form == ChartForm::Circles)),
    ..Action::PLAIN
};

pub(super) const AS_GRID: Action = Action {
    id: "arrange.grid",
    label: "Draw as a grid",
    help: "Draws units as columns, and as rows those to which others report in dotted lines; places in the tree are kept.",
    keywords: "organisation chart form matrix functions products table",
    menu: Menu::Arrange,
    group: 2,
    act: |core| draw_chart(core, ChartForm::Grid, None),
    checked: Some(|core| chart(core).is_some_and(|(form, _)| form == ChartForm::Grid)),
    ..Action::PLAIN
};
