//! Notes: what becomes of them, and whose they are.

use super::{Act, Action, Menu};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::dialogs::Dialog;
use crate::edit::{ConvertNote, NoteInto, Replace};
use crate::model::{ElementRef, Note, NoteId};
use crate::scene::icon::Icon;

fn selected(core: &Core) -> Result<NoteId, &'static str> {
    match core.single_selection() {
        Some(ElementRef::Note(note)) => Ok(note),
        _ => Err("select a note first"),
    }
}

fn convert(core: &Core, into: NoteInto) -> Act {
    let edit = ConvertNote { note: selected(core)?, into, view: core.active_view() };
    Ok(vec![Command::Create { edit: Box::new(edit.into()), rename: false }])
}

fn is_done(core: &Core) -> bool {
    selected(core).ok().and_then(|note| core.document().get::<Note>(note)).is_some_and(|note| note.done)
}

macro_rules! convert_actions {
    ($($CONST:ident = $id:literal, $label:literal, $help:literal, $icon:ident, $Into:ident;)*) => {$(
        pub(super) const $CONST: Action = Action {
            id: $id,
            label: $label,
            help: $help,
            keywords: "note sticky convert turn into make",
            menu: Menu::Edit,
            group: 5,
            icon: Some(Icon::$icon),
            act: |core| convert(core, NoteInto::$Into),
            ..Action::PLAIN
        };
    )*};
}

convert_actions! {
    TO_STEP = "note.to-step", "Convert note to step", "Makes a step of the selected note, with its text and place.", Step, Step;
    TO_DECISION = "note.to-decision", "Convert note to decision", "Makes a decision of the selected note, with its text and place.", Decision, Decision;
    TO_ROLE = "note.to-role", "Convert note to role", "Makes a role of the selected note, with its text and place.", Badge, Role;
}

pub(super) const DONE: Action = Action {
    id: "note.done",
    label: "Note is done",
    help: "Marks the selected note as dealt with, or opens it again.",
    keywords: "note sticky parking lot open closed finished",
    menu: Menu::Edit,
    group: 5,
    icon: Some(Icon::CircleCheck),
    act: |core| {
        let note = selected(core)?;
        let edit = Replace::with(core.document(), note, |note: &mut Note| note.done = !note.done);
        Ok(edit.into_iter().map(|edit| Command::Edit(Box::new(edit.into()))).collect())
    },
    checked: Some(is_done),
    ..Action::PLAIN
};

pub(super) const INITIALS: Action = Action {
    id: "note.initials",
    label: "Your initials…",
    help: "Says what stands on notes that you write.",
    keywords: "note author name sign",
    menu: Menu::Edit,
    group: 5,
    act: |core| Ok(vec![Command::Dialog(Dialog::initials(core))]),
    ..Action::PLAIN
};
