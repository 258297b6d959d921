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

/// Notes of which figures were used, one bit each: in the present part of a piece of work, and in those before it.
/// Clones share them.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses(Rc<[Cell<u64>; 2]>);

impl Uses {
    fn note(&self, bit: u64) {
        let [part, _] = &*self.0;
        part.set(part.get() | bit);
    }

    /// The bits since the last time, those of all parts.
    fn take(&self) -> u64 {
        let [part, earlier] = &*self.0;
        part.take() | earlier.take()
    }

    /// The bits since the last part; they stay noted for the whole.
    fn take_part(&self) -> u64 {
        let [part, _] = &*self.0;
        let bits = part.take();
        self.note_part(bits);
        bits
    }

    fn note_part(&self, bits: u64) {
        let [_, earlier] = &*self.0;
        earlier.set(earlier.get() | bits);
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

    /// What was looked at since the last part; it stays noted for the whole.
    pub(super) fn take_part(document: &Document, uses: &Uses) -> Self {
        Self { document: document.take_part(), figures: uses.take_part() }
    }

    /// Notes it for the whole, for a part that is used again.
    pub(super) fn note(&self, document: &Document, uses: &Uses) {
        document.note_part(&self.document);
        uses.note_part(self.figures);
    }

    /// Whether any of it is not as it was.
    pub(super) fn meet(&self, changes: &Changes, figures: u64) -> bool {
        self.figures & figures != 0 || self.document.meets(changes)
    }

    /// The same for what looks at no name.
    pub(super) fn meet_beyond_names(&self, changes: &Changes, figures: u64) -> bool {
        self.figures & figures != 0 || self.document.meets_beyond_names(changes)
    }
}
