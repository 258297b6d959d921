//! Where the label of a line, or the name beside a shape, stands.

use crate::edit::pictures::Pictures;
use crate::edit::rules::{can_show, is_line};
use crate::edit::wording::named;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Puts the label of a line, or the name of a node that stands beside its shape, somewhere in a view.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceLabel {
    /// The view.
    pub view: ViewId,
    /// The line or node.
    pub element: ElementRef,
    /// Where; none for where the picture puts it.
    pub label: Option<Area>,
}

impl PlaceLabel {
    fn check(&self, document: &Document) -> Result<bool, String> {
        if let Verdict::No(reason) = can_show(document, self.view, self.element) {
            return Err(reason);
        }
        let is_area = |area: &Area| {
            [area.x, area.y, area.width, area.height].iter().all(|value| value.is_finite())
                && area.width > 0.0
                && area.height > 0.0
        };
        if !self.label.iter().all(is_area) {
            return Err("A place has to be a number.".to_owned());
        }
        let shown = document.placement_of(self.view, self.element).map(|(_, placement)| placement);
        if shown.is_none() && !is_line(self.element) {
            return Err(format!("The view does not show {}.", named(document, self.element)));
        }
        Ok(shown.and_then(|placement| placement.label) != self.label)
    }
}

impl EditAction for PlaceLabel {
    fn label(&self, document: &Document) -> String {
        format!("Move the label of {}", named(document, self.element))
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let mut pictures = Pictures::of(transaction.document(), self.view);
        pictures.change(transaction, self.element, |placement| placement.label = self.label)
    }
}
