//! Walking through findings, accepting them, how strict they are.

use egui::{Key, Modifiers};

use super::{Act, Action, CTRL, Menu, SHIFT, key};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::dialogs::Dialog;
use crate::app::trying::Wish;
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
    submenu: Some("Findings"),
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
    submenu: Some("Findings"),
    shortcuts: &[key(SHIFT, Key::F8)],
    act: |core| step(core, false),
    ..Action::PLAIN
};

/// The next remedy of the finding that is shown that can be made, behind the one that is looked at.
fn next_remedy(core: &Core) -> Act {
    let (Some(finding), Some(index)) = (core.focused(), core.focused_finding) else {
        return Err("choose a finding first");
    };
    let can_be_made: Vec<usize> = (0..finding.remedies.len())
        .filter(|at| finding.remedies.get(*at).is_some_and(|one| one.fix.is_some()))
        .collect();
    let tried = core.trying.as_ref().filter(|trying| trying.question.finding == index);
    let behind = tried.and_then(|tried| can_be_made.iter().find(|at| **at > tried.question.remedy));
    match behind.or(can_be_made.first()) {
        Some(remedy) => Ok(vec![Command::Trial(Wish::Try { finding: index, remedy: *remedy })]),
        None => Err("no remedy of this finding can be made mechanically; F4 leads to the fields"),
    }
}

pub(super) const NEXT_REMEDY: Action = Action {
    id: "analyse.remedy",
    label: "Preview a remedy",
    help: "Shows what a remedy of the finding would change, and once more the next one; Enter makes it.",
    keywords: "repair fix apply solve finding",
    menu: Menu::Analyse,
    group: 0,
    submenu: Some("Findings"),
    icon: Some(Icon::Wand),
    shortcuts: &[key(CTRL, Key::F8)],
    act: next_remedy,
    ..Action::PLAIN
};

pub(super) const FIELDS: Action = Action {
    id: "analyse.fields",
    label: "Go to the fields",
    help: "Puts the keyboard into the first field of what is selected, or of what the finding is about.",
    keywords: "inspector details properties field fill in keyboard repair",
    menu: Menu::Analyse,
    group: 0,
    submenu: Some("Findings"),
    icon: Some(Icon::Pencil),
    shortcuts: &[key(Modifiers::NONE, Key::F4)],
    act: |core| {
        let selected = core.single_selection();
        let shown = core.focused().and_then(|finding| {
            let one_of_it = selected.filter(|selected| finding.evidence.contains(selected));
            one_of_it.or_else(|| finding.evidence.first().copied())
        });
        match shown.or(selected) {
            Some(element) => Ok(vec![Command::Fields(element)]),
            None => Err("select something first"),
        }
    },
    ..Action::PLAIN
};

pub(super) const WAIVE: Action = Action {
    id: "analyse.waive",
    label: "Accept the finding…",
    help: "Accepts the shown finding on purpose, with a reason, a name and a date.",
    keywords: "waive ignore waiver",
    menu: Menu::Analyse,
    group: 0,
    submenu: Some("Findings"),
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
