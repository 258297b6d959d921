//! Whose a new note is: initials are asked for once, and stand on every note from then on.

use crate::app::App;
use crate::app::command::Command;
use crate::app::dialogs::Dialog;
use crate::app::notice::Notice;
use crate::edit::{Edit, Record, Replace};
use crate::model::*;

impl App {
    /// The edit with the initials of the person at the window on the notes that it makes.
    pub(super) fn signed(&self, edit: &Edit) -> Edit {
        let mut edit = edit.clone();
        if let (Edit::Insert(insert), Some(initials)) = (&mut edit, &self.core.preferences.initials) {
            for record in &mut insert.records {
                if let Record::Note(note) = record
                    && note.author.is_empty()
                {
                    note.author.clone_from(initials);
                }
            }
        }
        edit
    }

    /// Asks for the initials when the first note was made; never again.
    pub(super) fn ask_for_initials(&mut self, created: &[ElementRef]) {
        let makes_note = created.iter().any(|element| matches!(element, ElementRef::Note(_)));
        if makes_note && self.core.preferences.initials.is_none() {
            self.core.preferences.initials = Some(String::new());
            self.keep_preferences();
            let ask = Command::Dialog(Dialog::initials(&self.core));
            self.notify(Notice::hint("Notes can say who wrote them.").with_step("Set your initials", ask));
        }
    }

    /// Keeps the initials, and signs the selected note where nobody has.
    pub(super) fn set_initials(&mut self, initials: String, now_secs: f64) {
        self.core.preferences.initials = Some(initials.clone());
        self.keep_preferences();
        let Some(ElementRef::Note(id)) = self.core.single_selection() else { return };
        let is_unsigned = self.core.document().get::<Note>(id).is_some_and(|note| note.author.is_empty());
        let sign = |note: &mut Note| note.author = initials;
        if let Some(edit) = Replace::with(self.core.document(), id, sign).filter(|_| is_unsigned) {
            self.commit(&edit.into(), now_secs);
        }
    }
}
