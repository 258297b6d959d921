//! What a picture shows beside the document: figures and marks, handed in as plain data by whoever computed them.

use rustc_hash::FxHashMap;

use super::item::{LoadLevel, Severity};
use crate::model::ElementRef;

/// Work of a role beside its hours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// Work divided by hours: 0.96 for 96 %.
    pub share: f64,
    /// How it stands to the thresholds of the project.
    pub level: LoadLevel,
}

/// What findings say about an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The gravest of them.
    pub severity: Severity,
    /// How many there are.
    pub count: u32,
}

/// Figures and marks by element. A figure that is missing is not drawn; nothing is guessed.
///
/// The maps are only looked into, never walked, so their order does not matter.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// Loads of roles.
    pub loads: FxHashMap<ElementRef, Load>,
    /// Marks of findings. On a right: the mark at the corner of its cell in the matrix.
    pub marks: FxHashMap<ElementRef, Mark>,
    /// How many cases a week come to a step.
    pub per_week: FxHashMap<ElementRef, f64>,
}
