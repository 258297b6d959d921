//! Removing pictures; the things stay.

use std::collections::BTreeSet;

use crate::edit::nest::Nest;
use crate::edit::pictures::Pictures;
use crate::edit::rules::{is_line, need, need_view};
use crate::edit::wording::several;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Takes elements out of one view. The elements themselves and all other views stay as they are.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoveFromView {
    /// The view.
    pub view: ViewId,
    /// The elements; those that it does not show are passed over. Of a flow or link only the recorded line is dropped,
    /// since it is shown wherever both its ends are. What is inside an element or on its border goes with it.
    pub elements: Vec<ElementRef>,
}

impl RemoveFromView {
    fn check(&self, document: &Document) -> Result<bool, String> {
        need_view(document, self.view)?;
        for element in &self.elements {
            need(document, *element)?;
        }
        if !self.elements.is_empty() && self.elements.iter().all(|element| is_line(*element)) {
            return Err("A line is shown wherever both its ends are; delete it everywhere, or hide an end.".to_owned());
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
        let nodes = self.elements.iter().filter_map(|element| FlowNode::try_from(*element).ok());
        let nodes = Nest::of(transaction.document()).with_followers(nodes);
        let elements: BTreeSet<ElementRef> =
            self.elements.iter().copied().chain(nodes.into_iter().map(ElementRef::from)).collect();
        for placement in elements.into_iter().filter_map(|element| pictures.get(element)) {
            transaction.remove(placement.into());
        }
        Ok(())
    }
}
