//! What is laid over charts, flows and boards: load, waiting, cost, decisions, coverage, duties, findings.

use egui::{Key, Modifiers};

use super::{Act, Action, Menu, SHIFT, key};
use crate::analysis::OverlayKind;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::model::ViewKind;
use crate::scene::icon::Icon;

/// An overlay on the view in front; none takes it away.
fn lay(core: &Core, overlay: Option<OverlayKind>) -> Act {
    match core.active_kind() {
        Some(ViewKind::Matrix(_)) | None => Err("open a chart, a flow or a board first"),
        Some(_) => Ok(vec![Command::Overlay(overlay)]),
    }
}

/// The overlay after the present one, or before it; behind the last comes none.
fn step(core: &Core, forward: bool) -> Act {
    let count = OverlayKind::ALL.len();
    let at = core.overlay.and_then(|kind| OverlayKind::ALL.iter().position(|known| *known == kind));
    let next = match (at, forward) {
        (None, true) => 0,
        (None, false) => count - 1,
        (Some(at), true) => at + 1,
        // Before the first there is none, as behind the last.
        (Some(at), false) => at.checked_sub(1).unwrap_or(count),
    };
    lay(core, OverlayKind::ALL.get(next).copied())
}

macro_rules! overlay_actions {
    ($($CONST:ident = $id:literal, $label:literal, $help:literal, $keywords:literal, $icon:ident, $Kind:ident;)*) => {$(
        pub(super) const $CONST: Action = Action {
            id: $id,
            label: $label,
            help: $help,
            keywords: concat!("overlay heat map colour ", $keywords),
            menu: Menu::Analyse,
            group: 3,
            submenu: Some("Overlay"),
            icon: Some(Icon::$icon),
            act: |core| {
                let is_on = core.overlay == Some(OverlayKind::$Kind);
                lay(core, Some(OverlayKind::$Kind).filter(|_| !is_on))
            },
            checked: Some(|core| core.overlay == Some(OverlayKind::$Kind)),
            ..Action::PLAIN
        };
    )*};
}

overlay_actions! {
    LOAD = "overlay.load", "Overlay: load", "Colours roles, units and steps by work ÷ hours.",
        "utilisation busy hours", Gauge, Load;
    WAITING = "overlay.waiting", "Overlay: waiting", "Colours steps by how long a case waits there.",
        "wait queue delay time", Hourglass, Waiting;
    COST = "overlay.cost", "Overlay: cost", "Colours steps by what they cost in a year, beside work.",
        "money price expense", Money, Cost;
    DECISIONS = "overlay.decisions", "Overlay: decisions", "Colours roles and steps by how much they decide.",
        "centralisation deciders concentration", Decision, Decisions;
    COVERAGE = "overlay.coverage", "Overlay: coverage", "Colours roles and steps by how many people can do it.",
        "deputy stand-in absence risk", People, Coverage;
    DUTIES = "overlay.duties", "Overlay: duty conflicts",
        "Shows where one person joins duties that should be apart.", "duties apart separation segregation control", Shield, Duties;
    FINDINGS = "overlay.findings", "Overlay: findings", "Colours everything by the gravest open finding about it.",
        "severity problem issue", Warning, Findings;
}

pub(super) const NONE: Action = Action {
    id: "overlay.none",
    label: "No overlay",
    help: "Shows charts and flows in their own colours again.",
    keywords: "overlay heat map off leave remove",
    menu: Menu::Analyse,
    group: 3,
    submenu: Some("Overlay"),
    act: |core| lay(core, None),
    checked: Some(|core| core.overlay.is_none()),
    ..Action::PLAIN
};

pub(super) const NEXT: Action = Action {
    id: "overlay.next",
    label: "Next overlay",
    help: "Lays the next figure over charts and flows; after the last one, none.",
    keywords: "overlay heat map cycle switch",
    menu: Menu::Analyse,
    group: 3,
    submenu: Some("Overlay"),
    icon: Some(Icon::Layers),
    shortcuts: &[key(Modifiers::NONE, Key::F9)],
    act: |core| step(core, true),
    ..Action::PLAIN
};

pub(super) const PREVIOUS: Action = Action {
    id: "overlay.previous",
    label: "Previous overlay",
    help: "Lays the figure before over charts and flows; before the first one, none.",
    keywords: "overlay heat map cycle switch",
    menu: Menu::Analyse,
    group: 3,
    submenu: Some("Overlay"),
    shortcuts: &[key(SHIFT, Key::F9)],
    act: |core| step(core, false),
    ..Action::PLAIN
};

/// The ids of all overlays, and of taking them away, in the order of menus.
pub const OVERLAYS: [&str; 8] =
    [NONE.id, LOAD.id, WAITING.id, COST.id, DECISIONS.id, COVERAGE.id, DUTIES.id, FINDINGS.id];
