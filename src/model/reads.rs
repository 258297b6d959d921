//! What of a document was looked at, and whether that changed.
//!
//! A [watched](Document::watched) copy of a document notes every look: which rows were asked for, and of which tables
//! all rows, the handles or the number. Every look at a row goes through the table, so none can be forgotten. Whoever
//! worked something out of a version keeps the [`Reads`]; for another version the [`Changes`] tell whether it would
//! come out the same. A copy of a watched document notes nothing any more, so making one counts as a look at all.
//!
//! Work may be done in **parts**, each with notes of its own: what the parts looked at stays noted for the whole, and a
//! part that is used again is noted as if it had been done.
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

/// What was looked at for the present part of a piece of work, and what for the parts before it.
#[derive(Debug)]
struct Marks {
    part: Layer,
    earlier: Layer,
}

#[derive(Debug)]
struct Layer {
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

impl Layer {
    fn new(handles: u32) -> Self {
        let rows = zeros(handles as usize);
        Self { looks: AtomicU8::new(0), words: zeros(rows.len()), rows }
    }

    fn look(&self, what: u8) {
        if self.looks.load(Ordering::Relaxed) & what != what {
            self.looks.fetch_or(what, Ordering::Relaxed);
        }
    }

    fn rows(&self, word: usize, bits: u64) {
        let Some(slot) = self.rows.get(word) else { return self.look(HANDLES) };
        // Most looks repeat an earlier one.
        if slot.load(Ordering::Relaxed) & bits != bits {
            slot.fetch_or(bits, Ordering::Relaxed);
            if let Some(slot) = self.words.get(word / BITS) {
                slot.fetch_or(1 << (word % BITS), Ordering::Relaxed);
            }
        }
    }

    fn add(&self, reads: &TableReads) {
        self.look(reads.looks);
        reads.rows.iter().for_each(|(word, bits)| self.rows(*word as usize, *bits));
    }

    /// The notes since the last time, for a table with this number; none where there are none.
    fn take(&self, table: usize) -> Option<TableReads> {
        let looks = if self.looks.load(Ordering::Relaxed) == 0 { 0 } else { self.looks.swap(0, Ordering::Relaxed) };
        let mut rows = Vec::new();
        for (place, summary) in self.words.iter().enumerate() {
            if summary.load(Ordering::Relaxed) == 0 {
                continue;
            }
            let mut left = summary.swap(0, Ordering::Relaxed);
            while left != 0 {
                let word = place * BITS + left.trailing_zeros() as usize;
                left &= left - 1;
                let bits = self.rows.get(word).map_or(0, |slot| slot.swap(0, Ordering::Relaxed));
                // All rows are noted already.
                if looks & ALL == 0 {
                    rows.push((word as u32, bits));
                }
            }
        }
        (looks != 0 || !rows.is_empty()).then_some(TableReads { table, looks, rows })
    }
}

impl Watch {
    /// Notes for a table of so many handles.
    pub(crate) fn new(handles: u32) -> Self {
        Self(Some(Arc::new(Marks { part: Layer::new(handles), earlier: Layer::new(handles) })))
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
        if let Some(marks) = &self.0 {
            marks.part.rows(index as usize / BITS, 1 << (index as usize % BITS));
        }
    }

    fn look(&self, what: u8) {
        if let Some(marks) = &self.0 {
            marks.part.look(what);
        }
    }

    /// The notes since the last time, those of all parts, for a table with this number; none where there are none.
    pub(crate) fn take(&self, table: usize) -> Option<TableReads> {
        let marks = self.0.as_ref()?;
        let part = marks.part.take(table);
        let Some(mut earlier) = marks.earlier.take(table) else { return part };
        let Some(part) = part else { return Some(earlier) };
        earlier.add(&part);
        Some(earlier)
    }

    /// The notes since the last part; they stay noted for the whole.
    pub(crate) fn take_part(&self, table: usize) -> Option<TableReads> {
        let marks = self.0.as_ref()?;
        let part = marks.part.take(table)?;
        marks.earlier.add(&part);
        Some(part)
    }

    /// Notes for the whole what was looked at for a part that is used again.
    pub(crate) fn note(&self, reads: &TableReads) {
        if let Some(marks) = &self.0 {
            marks.earlier.add(reads);
        }
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
    /// Those of them that differ in more than their names.
    pub(crate) facts: Vec<(u32, u64)>,
    /// Those of them that differ in more than names and minutes of work.
    pub(crate) structure: Vec<(u32, u64)>,
}

/// In how much a row differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Depth {
    /// In its name alone.
    Name,
    /// In the minutes of its work, and perhaps in its name.
    Work,
    /// In something else.
    Structure,
}

impl TableChanges {
    /// Notes that a row differs, and in how much; rows come in their order.
    pub(crate) fn add(&mut self, index: u32, depth: Depth) {
        let (word, bit) = (index / BITS as u32, 1 << (index % BITS as u32));
        let add = |rows: &mut Vec<(u32, u64)>| match rows.last_mut() {
            Some((last, bits)) if *last == word => *bits |= bit,
            _ => rows.push((word, bit)),
        };
        add(&mut self.rows);
        if depth > Depth::Name {
            add(&mut self.facts);
        }
        if depth > Depth::Work {
            add(&mut self.structure);
        }
    }
}

impl TableReads {
    pub(crate) fn meets(&self, changes: &TableChanges, changed: &[(u32, u64)]) -> bool {
        let looked = |what: u8| self.looks & what != 0;
        let in_row = |(word, bits): &(u32, u64)| {
            let found = changed.binary_search_by_key(word, |(word, _)| *word).ok();
            found.and_then(|place| changed.get(place)).is_some_and(|(_, changed)| changed & bits != 0)
        };
        looked(ALL) && (!changed.is_empty() || changes.size)
            || looked(HANDLES) && changes.handles
            || looked(SIZE) && changes.size
            || !changed.is_empty() && self.rows.iter().any(in_row)
    }

    /// Whether this is about the table with this number.
    pub(crate) fn is_of(&self, table: usize) -> bool {
        self.table == table
    }

    /// Adds what was looked at for something else.
    fn add(&mut self, other: &Self) {
        self.looks |= other.looks;
        for (word, bits) in &other.rows {
            match self.rows.binary_search_by_key(word, |(word, _)| *word) {
                Ok(place) => {
                    if let Some((_, known)) = self.rows.get_mut(place) {
                        *known |= bits;
                    }
                }
                Err(place) => self.rows.insert(place, (*word, *bits)),
            }
        }
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

/// The notes of what is in no table: of the present part, and of those before it.
#[derive(Debug, Default)]
pub(crate) struct RestWatch(Option<Arc<[AtomicU8; 2]>>);

impl Clone for RestWatch {
    fn clone(&self) -> Self {
        if let Some([part, _]) = self.0.as_deref() {
            part.store(u8::MAX, Ordering::Relaxed);
        }
        Self(None)
    }
}

impl RestWatch {
    pub(crate) fn new() -> Self {
        Self(Some(Arc::default()))
    }

    pub(crate) fn note(&self, what: Rest) {
        if let Some([part, _]) = self.0.as_deref() {
            part.fetch_or(what as u8, Ordering::Relaxed);
        }
    }

    pub(crate) fn take(&self) -> u8 {
        self.0.as_deref().map_or(0, |marks| marks.iter().fold(0, |bits, one| bits | one.swap(0, Ordering::Relaxed)))
    }

    /// The notes since the last part; they stay noted for the whole.
    pub(crate) fn take_part(&self) -> u8 {
        let Some([part, earlier]) = self.0.as_deref() else { return 0 };
        let bits = part.swap(0, Ordering::Relaxed);
        earlier.fetch_or(bits, Ordering::Relaxed);
        bits
    }

    /// Notes for the whole what was looked at for a part that is used again.
    pub(crate) fn note_part(&self, bits: u8) {
        if let Some([_, earlier]) = self.0.as_deref() {
            earlier.fetch_or(bits, Ordering::Relaxed);
        }
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
        self.meets_in(changes, |table| &table.rows)
    }

    /// The same for whoever looks at no name: rows that differ in nothing but their names count as the same.
    pub fn meets_beyond_names(&self, changes: &Changes) -> bool {
        self.meets_in(changes, |table| &table.facts)
    }

    /// The same for whoever looks at no minutes of work either.
    pub fn meets_beyond_work(&self, changes: &Changes) -> bool {
        self.meets_in(changes, |table| &table.structure)
    }

    fn meets_in(&self, changes: &Changes, rows: fn(&TableChanges) -> &Vec<(u32, u64)>) -> bool {
        let met = |reads: &TableReads| {
            changes.tables.get(reads.table).is_none_or(|changes| reads.meets(changes, rows(changes)))
        };
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

    #[test]
    fn a_name_is_no_fact_and_whoever_looks_at_none_is_not_met_by_another_one() {
        let mut older = Document::default();
        let role = older.insert(Role::new("Clerk"));
        let look = older.watched();
        assert_eq!(look.roles().iter().count(), 1);
        let reads = look.take_reads();
        let mut renamed = older.clone();
        renamed.get_mut::<Role>(role).unwrap().name = "Other".into();
        let changes = Changes::between(&older, &renamed);
        assert!(reads.meets(&changes) && !reads.meets_beyond_names(&changes));
        assert!(!reads.meets_beyond_work(&changes));
        renamed.get_mut::<Role>(role).unwrap().vacant = true;
        assert!(reads.meets_beyond_names(&Changes::between(&older, &renamed)));
        let process = older.insert(Process::new("Order"));
        let step = older.insert(Step::new(process, "Bake"));
        let look = older.watched();
        assert!(look.steps().contains(step));
        let of_step = look.take_reads();
        let mut longer = older.clone();
        longer.get_mut::<Step>(step).unwrap().work = Some(Minutes(5.0));
        let changes = Changes::between(&older, &longer);
        assert!(of_step.meets_beyond_names(&changes) && !of_step.meets_beyond_work(&changes));
        longer.get_mut::<Step>(step).unwrap().wait = Some(Minutes(5.0));
        assert!(of_step.meets_beyond_work(&Changes::between(&older, &longer)));
        let mut more = older.clone();
        more.insert(Role::new("Owner"));
        assert!(reads.meets_beyond_names(&Changes::between(&older, &more)));
    }

    #[test]
    fn parts_are_noted_apart_and_for_the_whole() {
        let mut older = Document::default();
        for number in 0..200 {
            older.insert(Role::new(format!("Role {number}")));
        }
        let watched = older.watched();
        let changed = |index: u32| {
            let mut newer = older.clone();
            newer.get_mut::<Role>(role(index)).unwrap().name.clear();
            Changes::between(&older, &newer)
        };
        assert!(watched.roles().contains(role(1)));
        drop(watched.take_part());
        assert!(watched.roles().contains(role(70)) && watched.thresholds().is_empty());
        let part = watched.take_part();
        assert!(part.meets(&changed(70)) && !part.meets(&changed(1)));
        assert!(watched.roles().contains(role(199)));
        let whole = watched.take_reads();
        assert!([1, 70, 199].iter().all(|index| whole.meets(&changed(*index))) && !whole.meets(&changed(2)));
        assert_eq!(whole.rest, Rest::Thresholds as u8);
        assert!(watched.take_reads().tables.is_empty());
        watched.note_part(&part);
        let again = watched.take_reads();
        assert!(again.meets(&changed(70)) && !again.meets(&changed(1)) && again.rest == whole.rest);
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
