//! Figures that note their use.
//!
//! Whatever many rules share is handed out as [`Watched`]: it can be looked at only through a dereference, which notes
//! a bit, or row by row, where only the row is noted. Together with the [`Reads`] of the document these [`Uses`] say
//! what a rule or a figure was made of, and nobody has to declare it.

use std::cell::Cell;
use std::ops::Deref;
use std::rc::Rc;
use std::sync::Arc;

use super::figures::network::Networks;
use super::figures::{Capacity, Handovers, Load, Loads, Overview, ProcessTimes, Times, Visits};
use crate::model::{
    Changes, Depth, Document, PersonId, ProcessId, Reads, RoleId, TableChanges, TableId as _, TableReads, Watch,
};

/// Figures whose rows are looked at one by one: which list of rows, and how many there are in a document.
#[derive(Clone, Copy)]
pub(super) enum Rows {
    /// Loads and hours of roles.
    Roles,
    /// Loads and hours of people.
    People,
    /// Times of processes.
    Times,
}

const LISTS: usize = 3;

/// Which figures changed.
#[derive(Debug, Default)]
pub(super) struct FigureChanges {
    /// Bits of figures and lists.
    pub(super) bits: u64,
    rows: [TableChanges; LISTS],
}

impl FigureChanges {
    /// Notes which of the rows of a list are not the same; `count` are there in one version and the other.
    pub(super) fn compare(&mut self, list: Rows, (one, other): (usize, usize), is_same: impl Fn(u32) -> bool) {
        let Some(changes) = self.rows.get_mut(list as usize) else { return };
        changes.handles |= one != other;
        changes.size |= one != other;
        for row in (0..one.max(other) as u32).filter(|row| !is_same(*row)) {
            changes.add(row, Depth::Structure);
        }
    }
}

/// What may be said about how a figure differs from an earlier one, row by row.
pub(super) trait InRows {
    /// Notes the rows that are not the same; nothing for figures that are only looked at as a whole.
    fn compare(&self, _older: &Self, _changes: &mut FigureChanges) {}
}

/// Notes of which figures were used, one bit each, and of which their rows: in the present part of a piece of work, and
/// in those before it. Clones share them.
#[derive(Clone, Debug, Default)]
pub(super) struct Uses(Rc<Notes>);

#[derive(Debug, Default)]
struct Notes {
    part: Cell<u64>,
    earlier: Cell<u64>,
    rows: [Watch; LISTS],
}

impl Uses {
    /// Notes about the figures of a document.
    pub(super) fn of(document: &Document) -> Self {
        let roles = document.roles().next_index();
        let counts = [roles, document.people().next_index(), document.processes().next_index()];
        Self(Rc::new(Notes { rows: counts.map(Watch::new), ..Notes::default() }))
    }

    fn note(&self, bit: u64) {
        self.0.part.set(self.0.part.get() | bit);
    }

    fn row(&self, list: Rows, row: u32) {
        if let Some(watch) = self.0.rows.get(list as usize) {
            watch.row(row);
        }
    }

    fn lists(&self, take: impl Fn(&Watch, usize) -> Option<TableReads>) -> Vec<TableReads> {
        let lists = self.0.rows.iter().enumerate();
        lists.filter_map(|(list, watch)| take(watch, list)).collect()
    }

    /// The notes since the last time, those of all parts.
    fn take(&self) -> (u64, Vec<TableReads>) {
        (self.0.part.take() | self.0.earlier.take(), self.lists(Watch::take))
    }

    /// The notes since the last part; they stay noted for the whole.
    fn take_part(&self) -> (u64, Vec<TableReads>) {
        let bits = self.0.part.take();
        self.note_part(bits, &[]);
        (bits, self.lists(Watch::take_part))
    }

    fn note_part(&self, bits: u64, rows: &[TableReads]) {
        self.0.earlier.set(self.0.earlier.get() | bits);
        for reads in rows {
            for (list, watch) in self.0.rows.iter().enumerate() {
                if reads.is_of(list) {
                    watch.note(reads);
                }
            }
        }
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

impl InRows for Visits {}
impl InRows for Handovers {}
impl InRows for Networks {}
impl InRows for Overview {}

// Looks at one row of a figure come before the look at the whole of it.

impl Watched<Loads> {
    /// See [`Loads::of_role`].
    pub fn of_role(&self, role: RoleId) -> Option<&Load> {
        self.uses.row(Rows::Roles, role.index());
        self.value.of_role(role)
    }

    /// See [`Loads::hours_of_role`].
    pub fn hours_of_role(&self, role: RoleId) -> &Capacity {
        self.uses.row(Rows::Roles, role.index());
        self.value.hours_of_role(role)
    }

    /// See [`Loads::of_person`].
    pub fn of_person(&self, person: PersonId) -> Option<&Load> {
        self.uses.row(Rows::People, person.index());
        self.value.of_person(person)
    }

    /// See [`Loads::hours_of_person`].
    pub fn hours_of_person(&self, person: PersonId) -> &Capacity {
        self.uses.row(Rows::People, person.index());
        self.value.hours_of_person(person)
    }
}

impl Watched<Times> {
    /// See [`Times::of`].
    pub fn of(&self, process: ProcessId) -> Option<&ProcessTimes> {
        self.uses.row(Rows::Times, process.index());
        self.value.of(process)
    }
}

/// Everything that something was made of.
#[derive(Clone, Debug, Default)]
pub(super) struct Sources {
    document: Reads,
    figures: u64,
    rows: Vec<TableReads>,
}

impl Sources {
    /// What was looked at since the last time.
    pub(super) fn take(document: &Document, uses: &Uses) -> Self {
        let (figures, rows) = uses.take();
        Self { document: document.take_reads(), figures, rows }
    }

    /// What was looked at since the last part; it stays noted for the whole.
    pub(super) fn take_part(document: &Document, uses: &Uses) -> Self {
        let (figures, rows) = uses.take_part();
        Self { document: document.take_part(), figures, rows }
    }

    /// Notes it for the whole, for a part that is used again.
    pub(super) fn note(&self, document: &Document, uses: &Uses) {
        document.note_part(&self.document);
        uses.note_part(self.figures, &self.rows);
    }

    /// Whether any of it is not as it was.
    pub(super) fn meet(&self, changes: &Changes, figures: &FigureChanges) -> bool {
        self.meet_figures(figures) || self.document.meets(changes)
    }

    /// The same for what looks at no name.
    pub(super) fn meet_beyond_names(&self, changes: &Changes, figures: &FigureChanges) -> bool {
        self.meet_figures(figures) || self.document.meets_beyond_names(changes)
    }

    /// The same for what looks at neither names nor minutes of work.
    pub(super) fn meet_beyond_work(&self, changes: &Changes, figures: &FigureChanges) -> bool {
        self.meet_figures(figures) || self.document.meets_beyond_work(changes)
    }

    fn meet_figures(&self, changes: &FigureChanges) -> bool {
        let met = |reads: &TableReads| {
            let mut lists = changes.rows.iter().enumerate();
            lists.any(|(list, changes)| reads.is_of(list) && reads.meets(changes, &changes.rows))
        };
        self.figures & changes.bits != 0 || self.rows.iter().any(met)
    }
}
