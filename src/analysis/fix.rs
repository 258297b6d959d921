//! Changes that would end a finding, as data: records to add, to put in the place of others, or to take away.
//!
//! A rule knows what would put things right, not how a document is changed; [`Fix::to_edit`] hands it to the edit
//! layer, whose rules have the last word on whether it may be applied.

use crate::edit::{Edit, Insert, Remove, Replace, Sequence};
use crate::model::ElementRef;

/// A record that a fix adds or puts in the place of another one.
pub use crate::edit::Record as FixRecord;

/// One change of a fix.
#[derive(Clone, Debug, PartialEq)]
pub enum FixChange {
    /// Adds a record.
    Insert(FixRecord),
    /// Puts a record in the place of the one with this handle, which keeps its key.
    Replace(ElementRef, FixRecord),
    /// Takes an element away.
    Remove(ElementRef),
}

/// A change that would end a finding, made in one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, in the imperative: `Let “Clerk” decide “Grant refund”`.
    pub label: String,
    /// The changes, in the order in which they are made.
    pub changes: Vec<FixChange>,
}

impl Fix {
    /// A fix that adds one record.
    pub fn insert(label: impl Into<String>, record: impl Into<FixRecord>) -> Self {
        Self { label: label.into(), changes: vec![FixChange::Insert(record.into())] }
    }

    /// A fix that puts one record in the place of another.
    pub fn replace(label: impl Into<String>, element: impl Into<ElementRef>, record: impl Into<FixRecord>) -> Self {
        Self { label: label.into(), changes: vec![FixChange::Replace(element.into(), record.into())] }
    }

    /// The edit that makes all changes as one step of the history, under the fix's label.
    pub fn to_edit(&self) -> Edit {
        let edits = self.changes.iter().map(|change| match change.clone() {
            FixChange::Insert(record) => Insert::one(record).into(),
            FixChange::Replace(element, record) => Replace { element, record }.into(),
            FixChange::Remove(element) => Remove { elements: vec![element] }.into(),
        });
        Sequence { label: self.label.clone(), edits: edits.collect() }.into()
    }
}
