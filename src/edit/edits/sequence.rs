//! Several edits as one step.

use super::Edit;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::Document;

/// Makes several edits, all or none, as one step. Each sees what those before it did.
#[derive(Clone, Debug, PartialEq)]
pub struct Sequence {
    /// Name of the step, in the imperative; that of the first edit where it is empty.
    pub label: String,
    /// The edits in order.
    pub edits: Vec<Edit>,
}

impl Sequence {
    fn check(&self, document: &Document) -> Result<bool, String> {
        let mut draft = Transaction::new(document);
        let mut changes = false;
        for edit in &self.edits {
            match edit.can_apply(draft.document()) {
                Verdict::Yes => edit.apply(&mut draft).map_err(|error| error.to_string())?,
                Verdict::Ignore => continue,
                Verdict::No(reason) => return Err(reason),
            }
            changes = true;
        }
        Ok(changes)
    }
}

impl EditAction for Sequence {
    fn label(&self, document: &Document) -> String {
        match self.edits.first() {
            Some(first) if self.label.is_empty() => first.label(document),
            None if self.label.is_empty() => "Do nothing".to_owned(),
            _ => self.label.clone(),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        for edit in &self.edits {
            let verdict = edit.can_apply(transaction.document());
            if verdict == Verdict::Ignore {
                continue;
            }
            verdict.into_result()?;
            edit.apply(transaction)?;
        }
        Ok(())
    }
}
