//! Moving pictures.

use crate::edit::lanes::{performer_at, set_performer};
use crate::edit::pictures::Pictures;
use crate::edit::rules::{all_finite, can_show, need_view};
use crate::edit::wording::several;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Gives elements of a view new centres. A node whose centre then lies in another lane gets the actor of that lane as
/// its performer. The lines of flows follow; see the behaviour `drop_stale_bends`.
#[derive(Clone, Debug, PartialEq)]
pub struct MoveInView {
    /// The view.
    pub view: ViewId,
    /// The elements with their new centres.
    pub moves: Vec<(ElementRef, Point)>,
}

impl MoveInView {
    fn check(&self, document: &Document) -> Result<bool, String> {
        need_view(document, self.view)?;
        all_finite(self.moves.iter().map(|(_, center)| center))?;
        let pictures = Pictures::of(document, self.view);
        let mut changes = false;
        for (element, center) in &self.moves {
            let placement = pictures.get(*element).and_then(|id| document.get::<Placement>(id));
            if matches!(element, ElementRef::Flow(_)) {
                return Err("A flow moves with its ends; drag its line to bend it.".to_owned());
            }
            // Looked up only where there is no placement, since the answer takes a pass over all of them.
            if placement.is_none()
                && let Verdict::No(reason) = can_show(document, self.view, *element)
            {
                return Err(reason);
            }
            changes |= placement.and_then(|placement| placement.center) != Some(*center);
        }
        Ok(changes)
    }
}

impl EditAction for MoveInView {
    fn label(&self, document: &Document) -> String {
        let elements: Vec<ElementRef> = self.moves.iter().map(|(element, _)| *element).collect();
        format!("Move {}", several(document, &elements))
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let mut pictures = Pictures::of(transaction.document(), self.view);
        for (element, center) in &self.moves {
            pictures.change(transaction, *element, |placement| placement.center = Some(*center))?;
            if let Ok(node) = FlowNode::try_from(*element)
                && let Some(performer) = performer_at(transaction.document(), self.view, *center)
            {
                set_performer(transaction, node, performer)?;
            }
        }
        Ok(())
    }

    fn merge_key(&self, _document: &Document) -> Option<String> {
        let elements: Vec<ElementRef> = self.moves.iter().map(|(element, _)| *element).collect();
        Some(format!("move {:?} {elements:?}", self.view))
    }
}
