//! Keeping pictures from being moved.

use crate::edit::pictures::boxes_of;
use crate::edit::wording::several;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Locks boxes of a view, or frees them: what is locked is moved neither by hand nor by an arrangement. It still goes
/// along with the box or lane that it stands in.
#[derive(Clone, Debug, PartialEq)]
pub struct Lock {
    /// The view.
    pub view: ViewId,
    /// The boxes; what the view does not show is passed over.
    pub elements: Vec<ElementRef>,
    /// Whether they stay where they are.
    pub locked: bool,
}

impl EditAction for Lock {
    fn label(&self, document: &Document) -> String {
        format!("{} {}", if self.locked { "Lock" } else { "Unlock" }, several(document, &self.elements))
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        let boxes = boxes_of(document, self.view, &self.elements);
        boxes.map(|boxes| boxes.iter().any(|(_, placement)| placement.locked != self.locked)).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let boxes = boxes_of(transaction.document(), self.view, &self.elements).map_err(EditError::Refused)?;
        let ids: Vec<PlacementId> = boxes.iter().map(|(id, _)| *id).collect();
        for id in ids {
            transaction.update(id, |placement: &mut Placement| placement.locked = self.locked)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{MoveInView, Resize, apply};
    use crate::testkit::random_edits::start;

    #[test]
    fn what_is_locked_is_neither_moved_nor_resized_until_it_is_free() {
        let document = start();
        let view = document.views().ids().next().unwrap();
        let check: ElementRef = document.steps().ids().next().unwrap().into();
        let lock = |locked| Lock { view, elements: vec![check], locked };
        assert_eq!(lock(false).can_apply(&document), Verdict::Ignore);
        let locked = apply(&document, &lock(true).into()).unwrap();
        assert_eq!(locked.label, "Lock “Check”");
        let moved = MoveInView { view, moves: vec![(check, Point::new(500.0, 180.0))] };
        let resized = Resize { view, element: check, center: Point::new(500.0, 180.0), size: None };
        let reason = Verdict::No("“Check” is locked; unlock it to move it.".to_owned());
        assert_eq!([moved.can_apply(&locked.document), resized.can_apply(&locked.document)], [reason.clone(), reason]);
        let free = apply(&locked.document, &lock(false).into()).unwrap().document;
        assert_eq!(moved.can_apply(&free), Verdict::Yes);
    }
}
