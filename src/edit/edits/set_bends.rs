//! The line of a flow or link.

use crate::edit::pictures::Pictures;
use crate::edit::rules::{all_finite, can_show, is_line};
use crate::edit::wording::named;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Lays the line of a flow or link over these points.
#[derive(Clone, Debug, PartialEq)]
pub struct SetBends {
    /// The view.
    pub view: ViewId,
    /// The flow or link.
    pub line: ElementRef,
    /// The points between the boxes, ends included; empty to route it anew.
    pub bends: Vec<Point>,
    /// Whether arranging keeps them.
    pub pinned: bool,
}

impl SetBends {
    fn check(&self, document: &Document) -> Result<bool, String> {
        if let Verdict::No(reason) = can_show(document, self.view, self.line) {
            return Err(reason);
        }
        if !is_line(self.line) {
            return Err("Only lines have bends.".to_owned());
        }
        all_finite(&self.bends)?;
        let now = document.placement_of(self.view, self.line);
        let (bends, pinned) = now.map_or((&[][..], false), |(_, placement)| (&placement.bends, placement.pinned));
        Ok(bends != self.bends || pinned != self.pinned)
    }
}

impl EditAction for SetBends {
    fn label(&self, document: &Document) -> String {
        match self.bends.is_empty() {
            true => format!("Route {} anew", named(document, self.line)),
            false => format!("Route {}", named(document, self.line)),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let mut pictures = Pictures::of(transaction.document(), self.view);
        match pictures.get(self.line) {
            // A placement of a line records only where it runs.
            Some(placement) if self.bends.is_empty() && !self.pinned => {
                transaction.remove(placement.into());
                Ok(())
            }
            _ => pictures.change(transaction, self.line, |placement| {
                placement.bends.clone_from(&self.bends);
                placement.pinned = self.pinned;
            }),
        }
    }
}
