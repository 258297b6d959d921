//! A note about what is gone becomes a free note; its words stay.

use crate::edit::{EditError, Transaction};
use crate::model::*;

pub(super) fn run(_before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let document = transaction.document();
    let is_stale = |note: &Note| note.about.is_some_and(|about| !document.contains(about));
    let stale: Vec<NoteId> = document.notes().iter().filter(|(_, note)| is_stale(note)).map(|(id, _)| id).collect();
    for id in stale {
        transaction.update(id, |note: &mut Note| note.about = None)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use crate::edit::{SetCells, apply};
    use crate::model::*;

    #[test]
    fn a_note_outlives_the_right_that_it_is_about() {
        let mut document = Document::default();
        let role = Actor::Role(document.insert(Role::new("Clerk")));
        let decision = Subject::Decision(document.insert(Decision::new("Grant refund")));
        let right = document.insert(Right::new(decision, role, "A"));
        let note = document.insert(Note { about: Some(right.into()), ..Note::new("Really?") });
        let edit = SetCells::one(decision, role, Vec::new());
        let after = apply(&document, &edit.into()).unwrap().document;
        assert_eq!(after.rights().len(), 0);
        assert_eq!(after.get::<Note>(note).map(|note| (&*note.text, note.about)), Some(("Really?", None)));
    }
}
