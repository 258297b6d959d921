//! Accepting a finding on purpose.

use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Accepts a finding with a reason; takes the place of an earlier waiver of the same finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Waive {
    /// The waiver.
    pub waiver: Waiver,
}

impl EditAction for Waive {
    fn label(&self, _document: &Document) -> String {
        format!("Accept finding {}", self.waiver.rule)
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        if self.waiver.reason.trim().is_empty() {
            return Verdict::No("Say why the finding is accepted.".to_owned());
        }
        if document.project().waivers.contains(&self.waiver) { Verdict::Ignore } else { Verdict::Yes }
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let same = |other: &Waiver| other.rule == self.waiver.rule && other.elements == self.waiver.elements;
        transaction.update_project(|project| match project.waivers.iter_mut().find(|waiver| same(waiver)) {
            Some(slot) => slot.clone_from(&self.waiver),
            None => project.waivers.push(self.waiver.clone()),
        });
        Ok(())
    }
}
