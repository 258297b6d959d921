//! Walking through findings, accepting them, how strict they are.

use egui::{Key, Modifiers};

use super::{Act, Action, Menu, SHIFT, key};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::dialogs::Dialog;
use crate::edit::SetProject;
use crate::model::{Profile, Project};
use crate::scene::icon::Icon;

fn step(core: &Core, forward: bool) -> Act {
    let order = core.walk_order();
    let (Some(first), Some(last)) = (order.first(), order.last()) else { return Err("there are no findings") };
    let at = core.focused_finding.and_then(|focused| order.iter().position(|index| *index == focused));
    let next = match (at, forward) {
        (None, true) => first,
        (None, false) => last,
        (Some(at), true) => order.get(at + 1).unwrap_or(first),
        (Some(at), false) => at.checked_sub(1).and_then(|before| order.get(before)).unwrap_or(last),
    };
    Ok(vec![Command::FocusFinding(Some(*next))])
}

pub(super) const NEXT_FINDING: Action = Action {
    id: "analyse.next",
    label: "Next finding",
    help: "Shows the evidence of the next finding.",
    keywords: "problem issue walk",
    menu: Menu::Analyse,
    group: 0,
    shortcuts: &[key(Modifiers::NONE, Key::F8)],
    act: |core| step(core, true),
    ..Action::PLAIN
};

pub(super) const PREVIOUS_FINDING: Action = Action {
    id: "analyse.previous",
    label: "Previous finding",
    help: "Shows the evidence of the finding before.",
    keywords: "problem issue walk",
    menu: Menu::Analyse,
    group: 0,
    shortcuts: &[key(SHIFT, Key::F8)],
    act: |core| step(core, false),
    ..Action::PLAIN
};

pub(super) const WAIVE: Action = Action {
    id: "analyse.waive",
    label: "Accept the finding…",
    help: "Accepts the shown finding on purpose, with a reason, a name and a date.",
    keywords: "waive ignore waiver",
    menu: Menu::Analyse,
    group: 0,
    icon: Some(Icon::Check),
    act: |core| match core.focused() {
        Some(finding) => Ok(vec![Command::Dialog(Dialog::waive(core, finding))]),
        None => Err("choose a finding first"),
    },
    ..Action::PLAIN
};

macro_rules! profile_actions {
    ($($CONST:ident = $id:literal, $label:literal, $help:literal, $Profile:ident;)*) => {$(
        pub(super) const $CONST: Action = Action {
            id: $id,
            label: $label,
            help: $help,
            keywords: "strict severity findings",
            menu: Menu::Analyse,
            group: 1,
            submenu: Some("Profile of findings"),
            act: |core| {
                let project = Project { profile: Profile::$Profile, ..core.document().project().clone() };
                Ok(vec![Command::Edit(Box::new(SetProject { project: Box::new(project) }.into()))])
            },
            checked: Some(|core| core.document().project().profile == Profile::$Profile),
            ..Action::PLAIN
        };
    )*};
}

profile_actions! {
    PROFILE_SKETCH = "analyse.sketch", "Profile: sketch", "Shows only what is broken or goes wrong.", Sketch;
    PROFILE_WORKSHOP = "analyse.workshop", "Profile: workshop", "Shows all findings but remarks.", Workshop;
    PROFILE_AUDIT = "analyse.audit", "Profile: audit", "Shows every finding.", Audit;
}
