//! The colour of pictures.

use crate::edit::pictures::boxes_of;
use crate::edit::wording::several;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Gives boxes of a view a colour of their own there.
#[derive(Clone, Debug, PartialEq)]
pub struct SetTint {
    /// The view.
    pub view: ViewId,
    /// The boxes; what the view does not show is passed over.
    pub elements: Vec<ElementRef>,
    /// 0 to 7, a tint of the theme; none for the colour of what is shown.
    pub tint: Option<u8>,
}

impl SetTint {
    fn check(&self, document: &Document) -> Result<bool, String> {
        if self.tint.is_some_and(|tint| tint > 7) {
            return Err("There are eight colours, 0 to 7.".to_owned());
        }
        let boxes = boxes_of(document, self.view, &self.elements)?;
        Ok(boxes.iter().any(|(_, placement)| placement.tint != self.tint))
    }
}

impl EditAction for SetTint {
    fn label(&self, document: &Document) -> String {
        let several = several(document, &self.elements);
        match self.tint {
            Some(_) => format!("Colour {several}"),
            None => format!("Take the colour off {several}"),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let boxes = boxes_of(transaction.document(), self.view, &self.elements).map_err(EditError::Refused)?;
        let ids: Vec<PlacementId> = boxes.iter().map(|(id, _)| *id).collect();
        for id in ids {
            transaction.update(id, |placement: &mut Placement| placement.tint = self.tint)?;
        }
        Ok(())
    }
}
