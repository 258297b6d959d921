//! The size of a box.

use crate::edit::pictures::{Pictures, none_locked};
use crate::edit::rules::{all_finite, can_show, is_line};
use crate::edit::wording::named;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Gives the box of an element a size and a centre, in world units.
#[derive(Clone, Debug, PartialEq)]
pub struct Resize {
    /// The view.
    pub view: ViewId,
    /// The element.
    pub element: ElementRef,
    /// New centre.
    pub center: Point,
    /// New size; none for the natural size of its text.
    pub size: Option<Size>,
}

impl Resize {
    fn check(&self, document: &Document) -> Result<bool, String> {
        if let Verdict::No(reason) = can_show(document, self.view, self.element) {
            return Err(reason);
        }
        all_finite([&self.center])?;
        if is_line(self.element) {
            return Err("A line has no size.".to_owned());
        }
        none_locked(document, &Pictures::of(document, self.view), [self.element])?;
        let fits = |length: f64| length > 0.0 && length.is_finite();
        if self.size.is_some_and(|size| !fits(size.width) || !fits(size.height)) {
            return Err("A size has to be above zero.".to_owned());
        }
        Ok(true)
    }
}

impl EditAction for Resize {
    fn label(&self, document: &Document) -> String {
        format!("Resize {}", named(document, self.element))
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        Pictures::of(transaction.document(), self.view).change(transaction, self.element, |placement| {
            placement.center = Some(self.center);
            placement.size = self.size;
        })
    }

    fn merge_key(&self, _document: &Document) -> Option<String> {
        Some(format!("resize {:?} {:?}", self.view, self.element))
    }
}
