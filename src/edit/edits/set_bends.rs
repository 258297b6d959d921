//! The line of a flow.

use crate::edit::pictures::Pictures;
use crate::edit::rules::{all_finite, can_show};
use crate::edit::wording::named;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Lays the line of a flow over these points.
#[derive(Clone, Debug, PartialEq)]
pub struct SetBends {
    /// The view.
    pub view: ViewId,
    /// The flow.
    pub flow: FlowId,
    /// The points between the boxes, ends included; empty to route it anew.
    pub bends: Vec<Point>,
    /// Whether arranging keeps them.
    pub pinned: bool,
}

impl SetBends {
    fn check(&self, document: &Document) -> Result<bool, String> {
        if let Verdict::No(reason) = can_show(document, self.view, self.flow.into()) {
            return Err(reason);
        }
        all_finite(&self.bends)?;
        let now = document.placement_of(self.view, self.flow.into());
        let (bends, pinned) = now.map_or((&[][..], false), |(_, placement)| (&placement.bends, placement.pinned));
        Ok(bends != self.bends || pinned != self.pinned)
    }
}

impl EditAction for SetBends {
    fn label(&self, document: &Document) -> String {
        match self.bends.is_empty() {
            true => format!("Route {} anew", named(document, self.flow.into())),
            false => format!("Route {}", named(document, self.flow.into())),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let mut pictures = Pictures::of(transaction.document(), self.view);
        let flow: ElementRef = self.flow.into();
        match pictures.get(flow) {
            // A placement of a flow records only its line.
            Some(placement) if self.bends.is_empty() && !self.pinned => {
                transaction.remove(placement.into());
                Ok(())
            }
            _ => pictures.change(transaction, flow, |placement| {
                placement.bends.clone_from(&self.bends);
                placement.pinned = self.pinned;
            }),
        }
    }
}
