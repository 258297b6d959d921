//! Taking the acceptance of a finding back.

use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Reports an accepted finding again.
#[derive(Clone, Debug, PartialEq)]
pub struct Unwaive {
    /// Id of the rule.
    pub rule: String,
    /// Keys of the finding's evidence, in its order.
    pub elements: Vec<Key>,
}

impl Unwaive {
    fn concerns(&self, waiver: &Waiver) -> bool {
        waiver.rule == self.rule && waiver.elements == self.elements
    }
}

impl EditAction for Unwaive {
    fn label(&self, _document: &Document) -> String {
        format!("Report finding {} again", self.rule)
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        let found = document.project().waivers.iter().any(|waiver| self.concerns(waiver));
        if found { Verdict::Yes } else { Verdict::Ignore }
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        transaction.update_project(|project| project.waivers.retain(|waiver| !self.concerns(waiver)));
        Ok(())
    }
}
