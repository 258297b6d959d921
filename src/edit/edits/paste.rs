//! Pasting from the clipboard.

use crate::edit::rules::{all_finite, need_view};
use crate::edit::wording::{counted, with_kind};
use crate::edit::{Clip, EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Pastes a clip: as new things, or as one more picture of the same things.
#[derive(Clone, Debug, PartialEq)]
pub struct Paste {
    /// What was copied.
    pub clip: Clip,
    /// The view into which it is pasted. Nodes become part of the process of a process view.
    pub view: Option<ViewId>,
    /// Where the middle of what is pasted comes to lie; beside the place of the original where it is none.
    pub at: Option<Point>,
    /// Whether to make new things with the same names. Otherwise what exists here (by its key) is shown once more, and
    /// only what does not exist is made.
    pub as_new: bool,
}

impl Paste {
    fn check(&self, document: &Document) -> Result<bool, String> {
        all_finite(&self.at)?;
        if let Some(view) = self.view {
            need_view(document, view)?;
        }
        crate::edit::pasting::check(document, self).map(|()| true)
    }
}

impl EditAction for Paste {
    fn label(&self, _document: &Document) -> String {
        let verb = if self.as_new { "Paste" } else { "Show" };
        match self.clip.main_elements().as_slice() {
            [one] => format!("{verb} {}", with_kind(self.clip.document(), *one)),
            many => format!("{verb} {}", counted(many)),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        if self.clip.elements().is_empty() {
            return Verdict::Ignore;
        }
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        crate::edit::pasting::paste(transaction, self)
    }
}
