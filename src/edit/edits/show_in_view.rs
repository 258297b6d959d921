//! Showing what exists in one more picture.

use crate::edit::pictures::Pictures;
use crate::edit::rules::{all_finite, can_show, is_line, need_view};
use crate::edit::wording::several;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Shows elements in a view. One that is shown already moves where a place is given.
#[derive(Clone, Debug, PartialEq)]
pub struct ShowInView {
    /// The view.
    pub view: ViewId,
    /// The elements with their centres; without one they are to be arranged.
    pub elements: Vec<(ElementRef, Option<Point>)>,
}

impl ShowInView {
    fn check(&self, document: &Document) -> Result<bool, String> {
        need_view(document, self.view)?;
        all_finite(self.elements.iter().filter_map(|(_, center)| center.as_ref()))?;
        let mut changes = false;
        for (element, center) in &self.elements {
            match can_show(document, self.view, *element) {
                Verdict::Yes => changes = true,
                Verdict::Ignore => changes |= center.is_some() && !is_line(*element),
                Verdict::No(reason) => return Err(reason),
            }
        }
        Ok(changes)
    }
}

impl EditAction for ShowInView {
    fn label(&self, document: &Document) -> String {
        let elements: Vec<ElementRef> = self.elements.iter().map(|(element, _)| *element).collect();
        format!("Show {} in the view", several(document, &elements))
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let mut pictures = Pictures::of(transaction.document(), self.view);
        for (element, center) in &self.elements {
            if is_line(*element) {
                continue;
            }
            pictures.change(transaction, *element, |placement| {
                if center.is_some() {
                    placement.center = *center;
                }
            })?;
        }
        Ok(())
    }
}
