//! The register of decisions, the library, frameworks of letters and conversions between them.

use egui::Key;

use super::{Act, Action, CTRL_ALT, Menu, key};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::dialogs::Dialog;
use crate::edit::{AddView, Edit, Replace, confirm_guesses};
use crate::model::*;
use crate::scene::icon::Icon;

/// The decisions that are selected.
fn selected_decisions(core: &Core) -> Vec<DecisionId> {
    let decision = |element: &ElementRef| match element {
        ElementRef::Decision(id) => Some(*id),
        _ => None,
    };
    core.selection().iter().filter_map(decision).collect()
}

/// The decision that is meant: the selected one, or that of the selected letter, gateway or step.
fn meant_decision(core: &Core) -> Result<DecisionId, &'static str> {
    let document = core.document();
    let Some(element) = core.single_selection() else { return Err("select a decision first") };
    let mut taken: Vec<DecisionId> = match element {
        ElementRef::Decision(id) => vec![id],
        ElementRef::Right(id) => match document.get::<Right>(id).map(|right| right.subject) {
            Some(Subject::Decision(id)) => vec![id],
            _ => Vec::new(),
        },
        _ => Vec::new(),
    };
    if taken.is_empty() {
        let is_at = |decision: &Decision| match element {
            ElementRef::Gateway(id) => decision.gateways.contains(&id),
            ElementRef::Step(id) => decision.steps.contains(&id),
            _ => false,
        };
        taken = document.decisions().iter().filter(|(_, decision)| is_at(decision)).map(|(id, _)| id).collect();
    }
    match taken.as_slice() {
        [] => Err("select a decision first"),
        [one] => Ok(*one),
        _ => Err("several decisions are taken there; select one of them"),
    }
}

/// Changes the matrix in front.
fn change_matrix(core: &Core, change: impl FnOnce(&mut MatrixView)) -> Act {
    let (Some(view), Some(ViewKind::Matrix(_))) = (core.active_view(), core.active_kind()) else {
        return Err("open a matrix first");
    };
    let replace = Replace::with::<View>(core.document(), view, |view| {
        if let ViewKind::Matrix(matrix) = &mut view.kind {
            change(matrix);
        }
    });
    Ok(replace.map(|replace| Edit::from(replace).into()).into_iter().collect())
}

fn matrix(core: &Core) -> Option<&MatrixView> {
    match core.active_kind() {
        Some(ViewKind::Matrix(matrix)) => Some(matrix),
        _ => None,
    }
}

pub(super) const TRANSPOSE: Action = Action {
    id: "view.swap-rows-and-columns",
    label: "Swap rows and columns",
    help: "Shows roles as rows and decisions as columns, or the other way round.",
    keywords: "transpose rotate turn matrix",
    menu: Menu::Arrange,
    group: 4,
    act: |core| change_matrix(core, |matrix| matrix.transposed = !matrix.transposed),
    checked: Some(|core| matrix(core).is_some_and(|matrix| matrix.transposed)),
    ..Action::PLAIN
};

pub(super) const BY_PERSON: Action = Action {
    id: "view.by-person",
    label: "Matrix by person",
    help: "Shows people as columns, each with the letters of all roles that the person holds.",
    keywords: "people holders columns roles who",
    menu: Menu::Arrange,
    group: 4,
    act: |core| {
        change_matrix(core, |matrix| {
            matrix.by_person = !matrix.by_person;
            (matrix.kinds, matrix.columns) = (Vec::new(), Vec::new());
        })
    },
    checked: Some(|core| matrix(core).is_some_and(|matrix| matrix.by_person)),
    ..Action::PLAIN
};

pub(super) const LADDER: Action = Action {
    id: "analyse.ladder",
    label: "Limits as a ladder",
    help: "Who decides, up to how much: typed, drawn, checked, and tried out.",
    keywords: "limit tier ladder amount threshold approval authority what if gap overlap escalation",
    menu: Menu::Analyse,
    group: 2,
    icon: Some(Icon::Gauge),
    shortcuts: &[key(CTRL_ALT, Key::L)],
    act: |core| Ok(vec![Command::OpenLadder(meant_decision(core)?)]),
    ..Action::PLAIN
};

/// Opens the register that there is, or a new one.
fn open_register(core: &Core) -> Act {
    let is_register =
        |view: &View| matches!(&view.kind, ViewKind::Matrix(matrix) if matrix.form == MatrixForm::Register);
    if let Some((view, _)) = core.document().views().iter().find(|(_, view)| is_register(view)) {
        return Ok(vec![Command::OpenView(view)]);
    }
    let kind = ViewKind::Matrix(MatrixView { form: MatrixForm::Register, ..MatrixView::default() });
    let edit = AddView { view: View::new("Register", kind), contents: Vec::new() };
    Ok(vec![Command::Create { edit: Box::new(edit.into()), rename: false }])
}

pub(super) const REGISTER: Action = Action {
    id: "insert.register",
    label: "Register of decisions",
    help: "All decisions with their facts as a table; the one there is, or a new one.",
    keywords: "view table list frequency amounts importance spreadsheet",
    menu: Menu::Insert,
    group: 3,
    submenu: Some("New view"),
    icon: Some(Icon::ClipboardList),
    act: open_register,
    ..Action::PLAIN
};

pub(super) const LIBRARY: Action = Action {
    id: "insert.library",
    label: "Decisions from the library…",
    help: "Decisions that small firms take again and again, to choose from.",
    keywords: "template examples starter catalogue discount refund hire",
    menu: Menu::Insert,
    group: 2,
    icon: Some(Icon::Book),
    act: |_| Ok(vec![Command::Dialog(Dialog::library())]),
    ..Action::PLAIN
};

pub(super) const FRAMEWORKS: Action = Action {
    id: "analyse.frameworks",
    label: "Frameworks…",
    help: "The letters of rights: what they mean, who may hold how many, and letters of your own.",
    keywords: "raci rapid daci letters duties own settings",
    menu: Menu::Analyse,
    group: 2,
    icon: Some(Icon::Settings),
    act: |core| Ok(vec![Command::Dialog(Dialog::frameworks(core))]),
    ..Action::PLAIN
};

pub(super) const CONVERT: Action = Action {
    id: "analyse.convert",
    label: "Convert letters…",
    help: "Gives rows the letters of another framework and says before what that loses.",
    keywords: "raci rapid framework change translate",
    menu: Menu::Analyse,
    group: 2,
    icon: Some(Icon::ArrowLeftRight),
    act: |core| Ok(vec![Command::Dialog(Dialog::convert(core, &selected_decisions(core)))]),
    ..Action::PLAIN
};

pub(super) const AGREE: Action = Action {
    id: "analyse.agree",
    label: "Agree…",
    help: "Writes down who agreed to the selected decisions, and marks them when something of them changes.",
    keywords: "agreement sign off confirm stale signed",
    menu: Menu::Analyse,
    group: 2,
    icon: Some(Icon::Check),
    act: |core| {
        let selected = selected_decisions(core);
        if selected.is_empty() {
            return Err("select decisions first");
        }
        Ok(vec![Command::Dialog(Dialog::agree(core, selected))])
    },
    ..Action::PLAIN
};

pub(super) const COVERAGE: Action = Action {
    id: "analyse.coverage",
    label: "Calendar of coverage…",
    help: "Who may decide what on which day of the next weeks: holes, deputies, delegations, terms and reviews.",
    keywords: "calendar absence holiday deputy delegation away review term",
    menu: Menu::Analyse,
    group: 2,
    icon: Some(Icon::Calendar),
    act: |_| Ok(vec![Command::Dialog(Dialog::coverage())]),
    ..Action::PLAIN
};

pub(super) const CONFIRM: Action = Action {
    id: "analyse.confirm-guesses",
    label: "Confirm guesses",
    help: "Makes the guesses of the selected decisions facts.",
    keywords: "library template estimate register",
    menu: Menu::Analyse,
    group: 2,
    icon: Some(Icon::CircleCheck),
    act: |core| {
        let selected = selected_decisions(core);
        if selected.is_empty() {
            return Err("select decisions first");
        }
        let document = core.document();
        let guesses = |id: &DecisionId| {
            let facts = document.get::<Decision>(*id).map_or(Vec::new(), |decision| decision.guesses.clone());
            facts.into_iter().map(|fact| (*id, fact)).collect::<Vec<_>>()
        };
        let guesses: Vec<_> = selected.iter().flat_map(guesses).collect();
        let edit = confirm_guesses(document, &guesses).ok_or("nothing about them is a guess")?;
        Ok(vec![edit.into()])
    },
    ..Action::PLAIN
};
