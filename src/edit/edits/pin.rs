//! Keeping pictures where they are when the view is arranged.

use crate::edit::pictures::Pictures;
use crate::edit::rules::{need, need_view};
use crate::edit::wording::several;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Pins elements of a view, or frees them. Elements that the view does not show are passed over.
#[derive(Clone, Debug, PartialEq)]
pub struct Pin {
    /// The view.
    pub view: ViewId,
    /// The elements.
    pub elements: Vec<ElementRef>,
    /// Whether arranging leaves them where they are.
    pub pinned: bool,
}

impl Pin {
    fn check(&self, document: &Document) -> Result<bool, String> {
        need_view(document, self.view)?;
        let pictures = Pictures::of(document, self.view);
        let mut changes = false;
        for element in &self.elements {
            need(document, *element)?;
            let placement = pictures.get(*element).and_then(|id| document.get::<Placement>(id));
            changes |= placement.is_some_and(|placement| placement.pinned != self.pinned);
        }
        Ok(changes)
    }
}

impl EditAction for Pin {
    fn label(&self, document: &Document) -> String {
        format!("{} {}", if self.pinned { "Pin" } else { "Unpin" }, several(document, &self.elements))
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let mut pictures = Pictures::of(transaction.document(), self.view);
        for element in &self.elements {
            if pictures.shows(*element) {
                pictures.change(transaction, *element, |placement| placement.pinned = self.pinned)?;
            }
        }
        Ok(())
    }
}
