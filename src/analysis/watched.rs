//! Figures that note their use.
//!
//! Whatever many rules share is handed out as [`Watched`]: it can be looked at only through a dereference, which notes
//! a bit. Together with the [`Reads`] of the document these [`Uses`] say what a rule or a figure was made of, and
//! nobody has to declare it.

use std::cell::Cell;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use crate::model::{Changes, Document, Reads};

/// Notes of which figures were used, one bit each. Clones share them.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses(Rc<Cell<u64>>);

impl Uses {
    fn note(&self, bit: u64) {
        self.0.set(self.0.get() | bit);
    }

    /// The bits since the last time.
    pub(super) fn take(&self) -> u64 {
        self.0.take()
    }
}

/// A figure whose use is noted.
#[derive(Debug)]
pub struct Watched<T> {
    value: Arc<T>,
    bit: u64,
    uses: Uses,
}

impl<T> Watched<T> {
    /// A figure that notes this bit.
    pub(super) fn new(value: Arc<T>, bit: u64, uses: &Uses) -> Self {
        Self { value, bit, uses: uses.clone() }
    }
}

impl<T> Deref for Watched<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.uses.note(self.bit);
        &self.value
    }
}

/// Everything that something was made of.
#[derive(Clone, Debug, Default)]
pub(super) struct Sources {
    document: Reads,
    figures: u64,
}

impl Sources {
    /// What was looked at since the last time.
    pub(super) fn take(document: &Document, uses: &Uses) -> Self {
        Self { document: document.take_reads(), figures: uses.take() }
    }

    /// Whether any of it is not as it was.
    pub(super) fn meet(&self, changes: &Changes, figures: u64) -> bool {
        self.figures & figures != 0 || self.document.meets(changes)
    }
}
