//! A note that turns out to be work, a choice or a seat.

use crate::edit::lanes::{lane_after, performer_at, set_lanes};
use crate::edit::removal::remove_all;
use crate::edit::rules::need;
use crate::edit::wording::{a, quoted};
use crate::edit::{EditAction, EditError, Record, Transaction, Verdict};
use crate::model::*;

/// What a note becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoteInto {
    /// A step: of the process of what the note is about, else of the view, else of the only process.
    Step,
    /// A decision; taken where the note is pinned.
    Decision,
    /// A role; in the unit where the note is pinned.
    Role,
}

impl NoteInto {
    fn word(self) -> &'static str {
        match self {
            Self::Step => "step",
            Self::Decision => "decision",
            Self::Role => "role",
        }
    }
}

/// Makes an element of a note: its first line is the name, the rest the description. The element stands where the note
/// stood, in every view that can show it; a role gets a lane in the view of a process. The note goes.
#[derive(Clone, Debug, PartialEq)]
pub struct ConvertNote {
    /// The note.
    pub note: NoteId,
    /// What it becomes.
    pub into: NoteInto,
    /// The view in which it was asked for.
    pub view: Option<ViewId>,
}

impl ConvertNote {
    fn check(&self, document: &Document) -> Result<bool, String> {
        need(document, self.note)?;
        let Some(note) = document.get::<Note>(self.note) else { return Ok(false) };
        if note.text.trim().is_empty() {
            return Err("The note says nothing yet.".to_owned());
        }
        if self.into == NoteInto::Step && self.process(document, note).is_none() {
            return Err("Of which process? Pin the note to one of its steps first.".to_owned());
        }
        Ok(true)
    }

    fn process(&self, document: &Document, note: &Note) -> Option<ProcessId> {
        let pinned = note.about.and_then(|about| match about {
            ElementRef::Process(id) => Some(id),
            other => document.process_of(FlowNode::try_from(other).ok()?),
        });
        let viewed = || document.get::<View>(self.view?)?.process();
        let mut all = document.processes().ids();
        let only = || all.next().filter(|_| all.next().is_none());
        pinned.or_else(viewed).or_else(only)
    }

    /// The record that the note becomes; `center` is where it stands in the view.
    fn record(&self, document: &Document, note: &Note, center: Option<Point>) -> Option<Record> {
        let (name, description) = title_and_rest(&note.text);
        Some(match self.into {
            NoteInto::Step => {
                let lane = self.view.zip(center).and_then(|(view, center)| performer_at(document, view, center));
                let about = note.about.and_then(|about| FlowNode::try_from(about).ok());
                let beside = about.and_then(|node| document.performer_of(node));
                let performer = lane.unwrap_or(beside);
                Step { performer, description, ..Step::new(self.process(document, note)?, name) }.into()
            }
            NoteInto::Decision => {
                let steps = match note.about {
                    Some(ElementRef::Step(step)) => vec![step],
                    _ => Vec::new(),
                };
                let gateways = match note.about {
                    Some(ElementRef::Gateway(gateway)) => vec![gateway],
                    _ => Vec::new(),
                };
                Decision { description, steps, gateways, ..Decision::new(name) }.into()
            }
            NoteInto::Role => {
                let unit = note.about.and_then(|about| Actor::try_from(about).ok());
                let unit = unit.and_then(|actor| document.unit_of_actor(actor));
                Role { unit, description, ..Role::new(name) }.into()
            }
        })
    }
}

impl EditAction for ConvertNote {
    fn label(&self, document: &Document) -> String {
        let text = document.get::<Note>(self.note).map_or("", |note| note.text.as_str());
        format!("Convert note {} to {}", quoted(text), a(self.into.word(), false))
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let document = transaction.document();
        let Some(note) = document.get::<Note>(self.note).cloned() else { return Err(EditError::Missing("note")) };
        let shown: Vec<Placement> = document
            .placements()
            .iter()
            .filter(|(_, placement)| placement.element == self.note.into())
            .map(|(_, placement)| Placement::clone(placement))
            .collect();
        let here = shown.iter().find(|placement| Some(placement.view) == self.view).and_then(|one| one.center);
        let Some(record) = self.record(document, &note, here) else { return Err(EditError::Missing("process")) };
        let element = record.insert(transaction);
        for placement in shown {
            let view = transaction.document().get::<View>(placement.view);
            if view.is_some_and(|view| integrity::can_show(&view.kind, element)) {
                let unsized_picture = Placement::unplaced(placement.view, element);
                transaction.insert(Placement { center: placement.center, pinned: placement.pinned, ..unsized_picture });
            }
        }
        self.give_lane(transaction, element)?;
        remove_all(transaction, &[self.note.into()])
    }
}

impl ConvertNote {
    /// In the view of a process, a role is to be seen as a lane.
    fn give_lane(&self, transaction: &mut Transaction, element: ElementRef) -> Result<(), EditError> {
        let (Some(view), ElementRef::Role(role)) = (self.view, element) else { return Ok(()) };
        let Some(record) = transaction.document().get::<View>(view) else { return Ok(()) };
        if record.process().is_none() {
            return Ok(());
        }
        let lanes = lane_after(record.lanes(), Actor::Role(role), None);
        set_lanes(transaction, view, lanes)
    }
}

/// The first line that says something, and all behind it.
fn title_and_rest(text: &str) -> (String, String) {
    let (first, rest) = text.trim().split_once('\n').unwrap_or((text.trim(), ""));
    (first.split_whitespace().collect::<Vec<_>>().join(" "), rest.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Editor, apply};
    use crate::testkit::random_edits::start;

    /// A note in the process view, pinned to a step there, and one on a board.
    fn with_note(text: &str) -> (Document, NoteId, ViewId, StepId) {
        let mut document = start();
        let view = document.views().iter().find(|(_, view)| view.process().is_some()).unwrap().0;
        let step = document.steps().ids().next().unwrap();
        let note = document.insert(Note { about: Some(step.into()), ..Note::new(text) });
        let center = Some(Point::new(400.0, 30.0));
        document.insert(Placement { center, ..Placement::unplaced(view, note.into()) });
        (document, note, view, step)
    }

    fn placed(document: &Document, view: ViewId, element: ElementRef) -> Option<Point> {
        document.placement_of(view, element).and_then(|(_, placement)| placement.center)
    }

    #[test]
    fn a_note_becomes_a_step_where_it_stands_and_undo_brings_it_back() {
        let (document, note, view, step) = with_note("Call the  customer\nbefore noon");
        let mut editor = Editor::new(document);
        let edit = ConvertNote { note, into: NoteInto::Step, view: Some(view) };
        let made = editor.commit(&edit.into(), 0.0).unwrap();
        assert_eq!(made.label, "Convert note “Call the  customer…” to a step");
        let document = editor.document();
        let (id, new) = document.steps().iter().last().unwrap();
        assert_eq!((new.name.as_str(), new.description.as_str()), ("Call the customer", "before noon"));
        assert_eq!(placed(document, view, id.into()), Some(Point::new(400.0, 30.0)));
        let lanes = document.get::<View>(view).unwrap().lanes();
        assert_eq!(new.performer, lanes[0].actor);
        assert_eq!(Some(new.process), document.process_of(FlowNode::Step(step)));
        assert!(!document.contains(note.into()));
        editor.undo();
        assert!(editor.document().contains(note.into()));
    }

    #[test]
    fn a_decision_is_taken_where_the_note_was_pinned_and_a_role_gets_a_lane() {
        let (document, note, view, step) = with_note("How much to pay back");
        let convert = |into| apply(&document, &ConvertNote { note, into, view: Some(view) }.into()).unwrap().document;
        let after = convert(NoteInto::Decision);
        let (id, decision) = after.decisions().iter().last().unwrap();
        assert_eq!(decision.steps, [step]);
        assert!(placed(&after, view, id.into()).is_some());
        let after = convert(NoteInto::Role);
        let role = after.roles().iter().last().unwrap().0;
        assert!(after.get::<View>(view).unwrap().lanes().iter().any(|lane| lane.actor == Some(Actor::Role(role))));
    }

    #[test]
    fn an_empty_note_becomes_nothing() {
        let (document, note, view, _) = with_note(" \n ");
        let edit = ConvertNote { note, into: NoteInto::Role, view: Some(view) };
        assert_eq!(edit.can_apply(&document), Verdict::No("The note says nothing yet.".to_owned()));
    }
}
