//! Removing pictures; the things stay.

use crate::edit::pictures::Pictures;
use crate::edit::rules::{need, need_view};
use crate::edit::wording::several;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Takes elements out of one view. The elements themselves and all other views stay as they are.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoveFromView {
    /// The view.
    pub view: ViewId,
    /// The elements; those that it does not show are passed over. Of a flow only the recorded line is dropped,
    /// since a flow is shown wherever both its ends are.
    pub elements: Vec<ElementRef>,
}

impl RemoveFromView {
    fn check(&self, document: &Document) -> Result<bool, String> {
        need_view(document, self.view)?;
        for element in &self.elements {
            need(document, *element)?;
        }
        let flows_only =
            !self.elements.is_empty() && self.elements.iter().all(|element| matches!(element, ElementRef::Flow(_)));
        if flows_only {
            return Err("A flow is shown wherever both its ends are; delete it everywhere, or hide an end.".to_owned());
        }
        let pictures = Pictures::of(document, self.view);
        Ok(self.elements.iter().any(|element| pictures.shows(*element)))
    }
}

impl EditAction for RemoveFromView {
    fn label(&self, document: &Document) -> String {
        format!("Remove {} from the view", several(document, &self.elements))
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let pictures = Pictures::of(transaction.document(), self.view);
        for element in &self.elements {
            if let Some(placement) = pictures.get(*element) {
                transaction.remove(placement.into());
            }
        }
        Ok(())
    }
}
