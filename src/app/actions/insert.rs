//! New elements and new views.
//!
//! On a canvas that can show the kind, the action takes up its tool: the next click places the element. Elsewhere the
//! element is added at once.

use egui::Key;

use super::{Act, Action, CTRL, CTRL_ALT, CTRL_SHIFT, Menu, key};
use crate::app::canvas::NewElement;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::dialogs::Dialog;
use crate::app::quick::Wish;
use crate::edit::{AddLane, AddView, LaneOf, SetPhases};
use crate::model::{Actor, FlowDirection, MatrixView, PHASE_EXTENT, Phase, View, ViewKind};
use crate::scene::icon::Icon;

fn insert(_core: &Core, new: NewElement) -> Act {
    Ok(vec![Command::Insert(new)])
}

fn insert_in_process(core: &Core, new: NewElement) -> Act {
    match core.active_kind() {
        Some(ViewKind::Process { .. }) => insert(core, new),
        Some(ViewKind::Board) if !core.document().processes().is_empty() => insert(core, new),
        Some(ViewKind::Board) => Err("add a process first"),
        _ => Err("open the view of a process first"),
    }
}

/// In the view of a process a party outside is a pool, to which messages lead.
fn insert_outside(core: &Core, new: NewElement) -> Act {
    match (core.active_view(), core.active_kind()) {
        (Some(view), Some(ViewKind::Process { .. })) => {
            let who = LaneOf::NewExternal(format!("New {}", new.word()));
            Ok(vec![Command::Create { edit: Box::new(AddLane { view, who, after: None }.into()), rename: true }])
        }
        _ => insert(core, new),
    }
}

fn add_view(core: &Core, name: &str, kind: ViewKind) -> Act {
    let contents = crate::scene::contents(core.document(), &kind);
    let edit = AddView { view: View::new(name, kind), contents };
    Ok(vec![Command::Create { edit: Box::new(edit.into()), rename: false }])
}

macro_rules! insert_actions {
    ($($CONST:ident = $id:literal, $label:literal, $help:literal, $keywords:literal, $group:literal, $icon:ident, $ask:ident, $new:ident, [$($shortcut:expr),*];)*) => {$(
        pub(super) const $CONST: Action = Action {
            id: $id,
            label: $label,
            help: $help,
            keywords: $keywords,
            menu: Menu::Insert,
            group: $group,
            icon: Some(Icon::$icon),
            shortcuts: &[$($shortcut),*],
            act: |core| $ask(core, NewElement::$new),
            ..Action::PLAIN
        };
    )*};
}

insert_actions! {
    UNIT = "insert.unit", "Unit", "A part of the organisation: department, shop, team.", "department shop team company", 0, Department, insert, Unit, [key(CTRL_SHIFT, Key::U)];
    ROLE = "insert.role", "Role", "A seat with duties and rights in a unit.", "post seat job position", 0, Person, insert, Role, [key(CTRL_SHIFT, Key::R)];
    PERSON = "insert.person", "Person", "Somebody who holds roles.", "employee staff holder", 0, People, insert, Person, [];
    EXTERNAL = "insert.external", "External", "A customer, supplier or partner outside the organisation; in a process a pool of its own.", "customer supplier partner pool party message", 0, Globe, insert_outside, External, [];
    SYSTEM = "insert.system", "System", "Software, a machine or a document store.", "software machine computer", 0, Server, insert, System, [];
    BODY = "insert.body", "Body", "A group that decides together.", "committee meeting board", 0, Committee, insert, Body, [];
    PROCESS = "insert.process", "Process", "A flow of steps with a trigger, a result and an owner.", "workflow flow", 1, Process, insert, Process, [key(CTRL_ALT, Key::P)];
    STEP = "insert.step", "Step", "A piece of work, performed by one role.", "task activity", 1, Step, insert_in_process, Step, [];
    EXCLUSIVE_GATEWAY = "insert.exclusive-gateway", "Exclusive gateway", "Where one of several branches is taken.", "xor decision split choice diamond", 1, Gateway, insert_in_process, ExclusiveGateway, [];
    PARALLEL_GATEWAY = "insert.parallel-gateway", "Parallel gateway", "Where all branches are taken, or waited for.", "and split join fork", 1, Gateway, insert_in_process, ParallelGateway, [];
    START_EVENT = "insert.start-event", "Start event", "Where a flow begins.", "begin trigger circle", 1, Event, insert_in_process, StartEvent, [];
    INTERMEDIATE_EVENT = "insert.intermediate-event", "Intermediate event", "Where a flow waits.", "wait timer circle", 1, Event, insert_in_process, IntermediateEvent, [];
    END_EVENT = "insert.end-event", "End event", "Where a flow ends.", "finish result circle", 1, Event, insert_in_process, EndEvent, [];
    ARTEFACT = "insert.artefact", "Artefact", "What is passed or produced: form, order, parcel, record.", "document form data", 1, File, insert, Artefact, [];
    DECISION = "insert.decision", "Decision", "A recurring choice that commits the organisation.", "right choice approve", 2, Decision, insert, Decision, [key(CTRL_SHIFT, Key::D)];
    NOTE = "insert.note", "Note", "A remark on what stands beside it.", "comment sticky remark", 2, Note, insert, Note, [];
}

pub(super) const QUICK_ENTRY: Action = Action {
    id: "insert.quick-entry",
    label: "Quick-entry line",
    help: "A line that turns what you type or paste into elements.",
    keywords: "write type text outline list capture facilitate fast steps",
    menu: Menu::Insert,
    group: 2,
    icon: Some(Icon::Keyboard),
    shortcuts: &[key(CTRL, Key::L)],
    act: |core| match core.active_view() {
        Some(_) => Ok(vec![Command::Quick(Wish::Open)]),
        None => Err("open a view first"),
    },
    ..Action::PLAIN
};

pub(super) const LANE: Action = Action {
    id: "insert.lane",
    label: "Lane…",
    help: "A band for the steps of a role, unit, external or system; the role or outside party may be new.",
    keywords: "add swimlane pool band performer party",
    menu: Menu::Insert,
    group: 1,
    icon: Some(Icon::Lane),
    act: |core| match (core.active_view(), core.active_kind()) {
        (Some(view), Some(ViewKind::Process { lanes, .. })) => {
            let selected = core.single_selection().and_then(|element| Actor::try_from(element).ok());
            let after = selected.filter(|actor| lanes.iter().any(|lane| lane.actor == Some(*actor)));
            Ok(vec![Command::Dialog(Dialog::lane(view, after))])
        }
        _ => Err("open the view of a process first"),
    },
    ..Action::PLAIN
};

/// The phases of the view in front with one more at the end; the first one takes in all that stands there already.
fn with_phase(core: &Core) -> Option<SetPhases> {
    let view = core.active_view()?;
    let record = core.document().get::<View>(view)?;
    record.process()?;
    let mut phases = record.phases.clone();
    if phases.is_empty() {
        let boxes = core.scenes.get(&view)?.scene.nodes.iter().map(|node| node.rect);
        let last = boxes.map(|rect| match record.direction() {
            FlowDirection::LeftToRight => rect.right(),
            FlowDirection::TopToBottom => rect.bottom(),
        });
        let end = f64::from(last.fold(0.0, f32::max).ceil()) + 24.0;
        phases.push(Phase { extent: end.max(PHASE_EXTENT), ..Phase::new("Phase 1") });
    }
    phases.push(Phase::new(format!("Phase {}", phases.len() + 1)));
    Some(SetPhases { view, phases })
}

pub(super) const PHASE: Action = Action {
    id: "insert.phase",
    label: "Phase",
    help: "A column through all lanes: a part of the way through the process.",
    keywords: "column stage milestone swimlane",
    menu: Menu::Insert,
    group: 1,
    icon: Some(Icon::Columns),
    act: |core| {
        let edit = with_phase(core).ok_or("open the view of a process first")?;
        Ok(vec![Command::Edit(Box::new(edit.into()))])
    },
    ..Action::PLAIN
};

pub(super) const ORGANISATION_VIEW: Action = Action {
    id: "insert.organisation-view",
    label: "Organisation chart",
    help: "A new view of all units and their roles.",
    keywords: "view chart tree hierarchy",
    menu: Menu::Insert,
    group: 3,
    submenu: Some("New view"),
    icon: Some(Icon::Organisation),
    act: |core| add_view(core, "Organisation", ViewKind::organisation(None)),
    ..Action::PLAIN
};

pub(super) const BOARD: Action = Action {
    id: "insert.board",
    label: "Free board",
    help: "A new empty view for any elements.",
    keywords: "view canvas whiteboard",
    menu: Menu::Insert,
    group: 3,
    submenu: Some("New view"),
    icon: Some(Icon::Layers),
    act: |core| add_view(core, "Board", ViewKind::Board),
    ..Action::PLAIN
};

pub(super) const MATRIX_VIEW: Action = Action {
    id: "insert.matrix",
    label: "Decision-rights matrix",
    help: "A new matrix of decisions by roles.",
    keywords: "view raci rapid rights table grid",
    menu: Menu::Insert,
    group: 3,
    submenu: Some("New view"),
    icon: Some(Icon::Grid),
    act: |core| add_view(core, "Rights", ViewKind::Matrix(MatrixView::default())),
    ..Action::PLAIN
};
