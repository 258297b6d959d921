//! What of a document was looked at, and whether that changed.
//!
//! A [watched](Document::watched) copy of a document notes every look: which rows were asked for, and of which tables
//! all rows, the handles or the number. Every look at a row goes through the table, so none can be forgotten. Whoever
//! worked something out of a version keeps the [`Reads`]; for another version the [`Changes`] tell whether it would
//! come out the same. A copy of a watched document notes nothing any more, so making one counts as a look at all.
//!
//! Rows are compared by pointer: two rows that say the same but were made apart count as changed. Invariant: where
//! none of the things read is among the changes, the same questions get the same answers.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

use super::document::Document;

const BITS: usize = 64;
/// Every row was looked at.
const ALL: u8 = 1;
/// Which rows there are was looked at.
const HANDLES: u8 = 2;
/// How many rows there are, or were ever, was looked at.
const SIZE: u8 = 4;

/// The notes of one table, if it is watched.
#[derive(Debug, Default)]
pub(crate) struct Watch(Option<Arc<Marks>>);

#[derive(Debug)]
struct Marks {
    looks: AtomicU8,
    /// One bit a row.
    rows: Box<[AtomicU64]>,
    /// One bit for each word of `rows` that is not zero.
    words: Box<[AtomicU64]>,
}

impl Clone for Watch {
    fn clone(&self) -> Self {
        self.all();
        Self(None)
    }
}

fn zeros(bits: usize) -> Box<[AtomicU64]> {
    (0..bits.div_ceil(BITS)).map(|_| AtomicU64::new(0)).collect()
}

impl Watch {
    /// Notes for a table of so many handles.
    pub(crate) fn new(handles: u32) -> Self {
        let rows = zeros(handles as usize);
        Self(Some(Arc::new(Marks { looks: AtomicU8::new(0), words: zeros(rows.len()), rows })))
    }

    /// All rows were looked at.
    pub(crate) fn all(&self) {
        self.look(ALL);
    }

    /// The handles were looked at.
    pub(crate) fn handles(&self) {
        self.look(HANDLES);
    }

    /// The number of rows was looked at.
    pub(crate) fn size(&self) {
        self.look(SIZE);
    }

    /// A row was looked at.
    pub(crate) fn row(&self, index: u32) {
        let Some(marks) = &self.0 else { return };
        let (word, bit) = (index as usize / BITS, 1 << (index as usize % BITS));
        let Some(slot) = marks.rows.get(word) else { return self.handles() };
        // Most looks repeat an earlier one.
        if slot.load(Ordering::Relaxed) & bit == 0 {
            slot.fetch_or(bit, Ordering::Relaxed);
            if let Some(slot) = marks.words.get(word / BITS) {
                slot.fetch_or(1 << (word % BITS), Ordering::Relaxed);
            }
        }
    }

    fn look(&self, what: u8) {
        if let Some(marks) = &self.0
            && marks.looks.load(Ordering::Relaxed) & what == 0
        {
            marks.looks.fetch_or(what, Ordering::Relaxed);
        }
    }

    /// The notes since the last time, for a table with this number; none where there are none.
    pub(crate) fn take(&self, table: usize) -> Option<TableReads> {
        let marks = self.0.as_ref()?;
        let looks = marks.looks.swap(0, Ordering::Relaxed);
        let mut rows = Vec::new();
        for (place, summary) in marks.words.iter().enumerate() {
            if summary.load(Ordering::Relaxed) == 0 {
                continue;
            }
            let mut left = summary.swap(0, Ordering::Relaxed);
            while left != 0 {
                let word = place * BITS + left.trailing_zeros() as usize;
                left &= left - 1;
                let bits = marks.rows.get(word).map_or(0, |slot| slot.swap(0, Ordering::Relaxed));
                // All rows are noted already.
                if looks & ALL == 0 {
                    rows.push((word as u32, bits));
                }
            }
        }
        (looks != 0 || !rows.is_empty()).then_some(TableReads { table, looks, rows })
    }
}

/// What of one table was looked at.
#[derive(Clone, Debug)]
pub(crate) struct TableReads {
    table: usize,
    looks: u8,
    /// Rows that were asked for: 64 to a word, words without any left out.
    rows: Vec<(u32, u64)>,
}

/// How a table differs from that of another version.
#[derive(Clone, Debug, Default)]
pub(crate) struct TableChanges {
    /// Whether there are more or fewer rows, or handles were given out.
    pub(crate) size: bool,
    /// Whether there are other rows.
    pub(crate) handles: bool,
    /// Rows that are not the same, sorted: 64 to a word.
    pub(crate) rows: Vec<(u32, u64)>,
}

impl TableChanges {
    /// Notes that a row differs; rows come in their order.
    pub(crate) fn add(&mut self, index: u32) {
        let (word, bit) = (index / BITS as u32, 1 << (index % BITS as u32));
        match self.rows.last_mut() {
            Some((last, bits)) if *last == word => *bits |= bit,
            _ => self.rows.push((word, bit)),
        }
    }
}

impl TableReads {
    fn meets(&self, changes: &TableChanges) -> bool {
        let looked = |what: u8| self.looks & what != 0;
        let in_row = |(word, bits): &(u32, u64)| {
            let found = changes.rows.binary_search_by_key(word, |(word, _)| *word).ok();
            found.and_then(|place| changes.rows.get(place)).is_some_and(|(_, changed)| changed & bits != 0)
        };
        looked(ALL) && (!changes.rows.is_empty() || changes.size)
            || looked(HANDLES) && changes.handles
            || looked(SIZE) && changes.size
            || !changes.rows.is_empty() && self.rows.iter().any(in_row)
    }
}

/// Things of a document that are in no table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    /// The project, thresholds and all.
    Project = 1,
    /// The thresholds of the project.
    Thresholds = 2,
    /// Which key leads where.
    Keys = 4,
    /// Keys that lead nowhere.
    Missing = 8,
    /// The number of the version.
    Revision = 16,
}

/// The notes of what is in no table.
#[derive(Debug, Default)]
pub(crate) struct RestWatch(Option<Arc<AtomicU8>>);

impl Clone for RestWatch {
    fn clone(&self) -> Self {
        if let Some(marks) = &self.0 {
            marks.store(u8::MAX, Ordering::Relaxed);
        }
        Self(None)
    }
}

impl RestWatch {
    pub(crate) fn new() -> Self {
        Self(Some(Arc::default()))
    }

    pub(crate) fn note(&self, what: Rest) {
        if let Some(marks) = &self.0 {
            marks.fetch_or(what as u8, Ordering::Relaxed);
        }
    }

    pub(crate) fn take(&self) -> u8 {
        self.0.as_ref().map_or(0, |marks| marks.swap(0, Ordering::Relaxed))
    }
}

/// Everything that was looked at for one purpose.
#[derive(Clone, Debug, Default)]
pub struct Reads {
    pub(crate) tables: Vec<TableReads>,
    pub(crate) rest: u8,
}

impl Reads {
    /// Whether something that was looked at is among the changes.
    pub fn meets(&self, changes: &Changes) -> bool {
        let met = |reads: &TableReads| changes.tables.get(reads.table).is_none_or(|changes| reads.meets(changes));
        self.rest & changes.rest != 0 || self.tables.iter().any(met)
    }
}

/// How a version differs from another one.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    pub(crate) tables: Vec<TableChanges>,
    pub(crate) rest: u8,
}

impl Changes {
    /// How a version differs from another one, of the same lineage or not.
    pub fn between(older: &Document, newer: &Document) -> Self {
        newer.differences(older)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::*;

    /// Whether what `look` sees in a document is among the changes that `change` makes.
    fn meets(look: impl Fn(&Document), change: impl Fn(&mut Document)) -> bool {
        let mut older = Document::default();
        for number in 0..200 {
            older.insert(Role::new(format!("Role {number}")));
        }
        older.insert(Person::new("Ana"));
        let watched = older.watched();
        look(&watched);
        let mut newer = older.clone();
        change(&mut newer);
        watched.take_reads().meets(&Changes::between(&older, &newer))
    }

    fn role(index: u32) -> RoleId {
        RoleId::from_index(index)
    }

    fn rename(index: u32) -> impl Fn(&mut Document) {
        move |document| document.get_mut::<Role>(role(index)).unwrap().name = "Other".into()
    }

    fn add(document: &mut Document) {
        document.insert(Role::new("New"));
    }

    fn remove(document: &mut Document) {
        document.remove::<Role>(role(7));
    }

    #[test]
    fn a_look_at_a_row_is_met_by_a_change_of_that_row_alone() {
        let look = |document: &Document| assert_eq!(document.roles().get(role(150)).unwrap().name, "Role 150");
        assert!(meets(look, rename(150)));
        assert!(!meets(look, rename(149)));
        assert!(!meets(look, remove) && !meets(look, add));
        let by_name = |document: &Document| assert_eq!(document.name_of(role(7).into()), "Role 7");
        assert!(meets(by_name, remove) && !meets(by_name, rename(8)));
        // A row that does not exist may come.
        assert!(meets(|document| assert!(!document.roles().contains(role(200))), add));
    }

    #[test]
    fn a_look_at_handles_or_at_their_number_is_met_by_other_rows_and_not_by_other_contents() {
        let handles = |document: &Document| assert_eq!(document.roles().ids().count(), 200);
        let number = |document: &Document| assert_eq!(document.roles().len(), 200);
        let all = |document: &Document| assert_eq!(document.roles().iter().count(), 200);
        assert!(meets(handles, remove) && meets(handles, add) && !meets(handles, rename(1)));
        assert!(meets(number, remove) && meets(number, add) && !meets(number, rename(1)));
        assert!(meets(all, remove) && meets(all, add) && meets(all, rename(1)));
        assert!(!meets(all, |document| document.get_mut::<Person>(PersonId::from_index(0)).unwrap().name.clear()));
    }

    #[test]
    fn a_copy_counts_as_a_look_at_all_and_one_look_is_told_once() {
        let copy = |document: &Document| drop(document.clone());
        assert!(meets(copy, rename(3)));
        assert!(meets(copy, |document| document.project_mut().name = "Other".into()));
        let mut older = Document::default();
        older.insert(Role::new("Clerk"));
        let watched = older.watched();
        assert_eq!(watched.roles().iter().count(), 1);
        assert!(!watched.take_reads().tables.is_empty());
        assert!(watched.take_reads().tables.is_empty());
    }

    #[test]
    fn project_thresholds_and_keys_are_looked_at_apart() {
        let project = |document: &Document| assert!(document.project().waivers.is_empty());
        let thresholds = |document: &Document| assert!(document.thresholds().is_empty());
        let key = |document: &Document| assert_eq!(document.by_key("nothing"), None);
        let rename = |document: &mut Document| document.project_mut().name = "Other".into();
        let adjust = |document: &mut Document| {
            document.project_mut().thresholds.insert("BN-01.high".into(), 0.5);
        };
        assert!(meets(project, rename) && meets(project, adjust));
        assert!(!meets(thresholds, rename) && meets(thresholds, adjust));
        assert!(meets(key, add) && !meets(key, rename));
    }
}
