//! Consequences of edits: one file each, one line here, in the order in which they run.
//!
//! A behaviour compares the version before with the transaction after the edit and adds to the same transaction, so
//! that undo takes both back at once.

use super::{EditError, Transaction};
use crate::model::Document;

/// A consequence of edits.
pub struct Behavior {
    /// Its name, for tests and traces.
    pub name: &'static str,
    /// Adds the consequence; does nothing where there is none.
    pub run: fn(&Document, &mut Transaction) -> Result<(), EditError>,
}

/// All behaviours, in the order in which they run.
pub const BEHAVIORS: &[Behavior] = &[];
