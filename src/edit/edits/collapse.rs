//! Hiding and showing what is below an element.

use crate::edit::pictures::Pictures;
use crate::edit::rules::{can_show, need_view};
use crate::edit::wording::named;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Hides what is below an element of a view, or shows it again.
#[derive(Clone, Debug, PartialEq)]
pub struct Collapse {
    /// The view.
    pub view: ViewId,
    /// The element that stays to be seen.
    pub element: ElementRef,
    /// Whether what is below it is hidden.
    pub collapsed: bool,
}

impl Collapse {
    fn check(&self, document: &Document) -> Result<bool, String> {
        need_view(document, self.view)?;
        if matches!(self.element, ElementRef::Flow(_)) {
            return Err("There is nothing below a flow.".to_owned());
        }
        if let Verdict::No(reason) = can_show(document, self.view, self.element) {
            return Err(reason);
        }
        let now = document.placement_of(self.view, self.element).is_some_and(|(_, placement)| placement.collapsed);
        Ok(now != self.collapsed)
    }
}

impl EditAction for Collapse {
    fn label(&self, document: &Document) -> String {
        format!("{} {}", if self.collapsed { "Collapse" } else { "Expand" }, named(document, self.element))
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let mut pictures = Pictures::of(transaction.document(), self.view);
        if !self.collapsed && !pictures.shows(self.element) {
            return Ok(());
        }
        pictures.change(transaction, self.element, |placement| placement.collapsed = self.collapsed)
    }
}
