//! Removing things, with everything that cannot be without them.

use crate::edit::rules::can_remove;
use crate::edit::wording::{counted, with_kind};
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Removes elements everywhere: from the model and from every view.
///
/// Nodes and views of a process go with it, flows with their ends, rights with their subject or holder. Other
/// references are emptied: steps stay without a performer, roles without a boss. Units and roles below a removed unit
/// move up to the unit above it.
#[derive(Clone, Debug, PartialEq)]
pub struct Remove {
    /// The elements.
    pub elements: Vec<ElementRef>,
}

impl EditAction for Remove {
    fn label(&self, document: &Document) -> String {
        match self.elements.as_slice() {
            [one @ (ElementRef::View(_) | ElementRef::Note(_) | ElementRef::Right(_))] => {
                format!("Delete {}", with_kind(document, *one))
            }
            [one] => format!("Delete {} everywhere", with_kind(document, *one)),
            many => format!("Delete {} everywhere", counted(many)),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        for element in &self.elements {
            if let Verdict::No(reason) = can_remove(document, *element) {
                return Verdict::No(reason);
            }
        }
        if self.elements.is_empty() { Verdict::Ignore } else { Verdict::Yes }
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        crate::edit::removal::remove_all(transaction, &self.elements)
    }
}
