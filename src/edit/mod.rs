//! Every change of a document: named edits, applied in transactions, kept in a history.
//!
//! An [`Edit`] is a value: what to do and with which arguments. [`apply`] runs it on a copy of a document, lets the
//! [behaviours](behaviors) add its consequences, and returns the next version; nothing else changes a document. This
//! layer knows no pointer, no pixel and no dialog. May-I questions are answered by [`rules`], for hovering and for
//! committing alike.

pub mod behaviors;
mod clipboard;
mod consequences;
pub mod conversion;
mod editor;
pub mod edits;
mod fields;
mod ladder;
mod lanes;
mod namesakes;
mod nest;
mod pasting;
mod pictures;
mod record;
mod redirect;
mod references;
mod register;
mod removal;
pub mod rules;
mod transaction;
mod wording;

pub use clipboard::Clip;
pub use consequences::Consequences;
pub use conversion::{Conversion, ConvertedRows, Instead, Loss, LossKind, conversion};
pub use editor::{Committed, Editor, HistoryStep, Selection};
pub use edits::*;
pub use ladder::*;
pub use lanes::{grown_lanes, moved_lane};
pub use namesakes::{Choices, Namesake};
pub use record::Record;
pub use register::{RegisterCell, confirm_guesses, new_decisions, write_register};
pub use transaction::{Applied, Transaction, apply};

use crate::model::Document;

/// Why an edit was not made: the reason to show.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// A rule forbids it.
    #[error("{0}")]
    Refused(String),
    /// Something it needs is gone.
    #[error("The {0} is no longer there.")]
    Missing(&'static str),
}

/// The answer to a may-I question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It may be done.
    Yes,
    /// It may not be done, for the reason given.
    No(String),
    /// It would change nothing: neither offer nor refuse it.
    Ignore,
}

impl From<Result<bool, String>> for Verdict {
    /// Yes for true, ignore for false, no for an error.
    fn from(answer: Result<bool, String>) -> Self {
        match answer {
            Ok(true) => Self::Yes,
            Ok(false) => Self::Ignore,
            Err(reason) => Self::No(reason),
        }
    }
}

impl Verdict {
    /// Nothing for yes and ignore, the reason for no.
    pub fn into_result(self) -> Result<(), EditError> {
        match self {
            Self::Yes | Self::Ignore => Ok(()),
            Self::No(reason) => Err(EditError::Refused(reason)),
        }
    }

    /// Whether it may be done.
    pub fn is_yes(&self) -> bool {
        *self == Self::Yes
    }
}

/// What every edit can do.
pub trait EditAction {
    /// Name of the step for undo, in the imperative: `Rename “Clerk” to “Cashier”`.
    fn label(&self, document: &Document) -> String;

    /// Whether it may be applied to this document.
    fn can_apply(&self, document: &Document) -> Verdict;

    /// Makes the change. Called only when [`can_apply`](Self::can_apply) said yes.
    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError>;

    /// Edits with the same key within a second become one step of the history. The document is the one before.
    fn merge_key(&self, _document: &Document) -> Option<String> {
        None
    }
}
