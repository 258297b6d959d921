//! What a picture shows beside the document: figures and marks, handed in as plain data by whoever computed them.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::item::{LoadLevel, Severity};
use super::overlay::Overlay;
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
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Loads of roles.
    pub loads: FxHashMap<ElementRef, Load>,
    /// Marks of findings. On a right: the mark at the corner of its cell in the matrix.
    pub marks: FxHashMap<ElementRef, Mark>,
    /// How many cases a week come to a step.
    pub per_week: FxHashMap<ElementRef, f64>,
    /// Whether lines of flows and dotted lines pass over others in small arcs.
    pub jumps: bool,
    /// What is laid over the picture.
    pub overlay: Option<Arc<Overlay>>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            loads: FxHashMap::default(),
            marks: FxHashMap::default(),
            per_week: FxHashMap::default(),
            jumps: true,
            overlay: None,
        }
    }
}

impl Options {
    /// Loads of roles and people, and cases a week of steps, as an analysis worked them out; no marks.
    pub fn with_figures(
        loads: impl IntoIterator<Item = (ElementRef, f64)>,
        per_week: impl IntoIterator<Item = (ElementRef, f64)>,
    ) -> Self {
        let load = |(element, share)| (element, Load { share, level: LoadLevel::of(share) });
        Self {
            loads: loads.into_iter().map(load).collect(),
            per_week: per_week.into_iter().collect(),
            ..Self::default()
        }
    }
}

impl LoadLevel {
    /// How a load stands to the usual thresholds, 0.8 and 0.9 (waiting of 4 and 9 work times, M/M/1).
    pub fn of(share: f64) -> Self {
        match share {
            share if share >= 0.9 => Self::Over,
            share if share >= 0.8 => Self::High,
            _ => Self::Usual,
        }
    }
}
