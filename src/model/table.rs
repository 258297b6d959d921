//! The persistent table behind every kind of element.
//!
//! Rows live in pages of 64 shared by pointer, so that a clone costs one reference count a page, a change copies one
//! page, and two versions are compared by pointer. Invariant: an index is given out once in a lineage of tables.

use std::marker::PhantomData;
use std::sync::Arc;

use super::ids::TableId;
use super::reads::{Depth, TableChanges, TableReads, Watch};

const PAGE: usize = 64;

type Page<T> = [Option<Arc<T>>; PAGE];

/// Rows of one kind, addressed by their handle.
#[derive(Debug)]
pub struct Table<I, T> {
    pages: Vec<Arc<Page<T>>>,
    next: u32,
    len: usize,
    watch: Watch,
    id: PhantomData<fn() -> I>,
}

/// How a row differs between two versions of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// Only the newer version has it.
    Added,
    /// Only the older version has it.
    Removed,
    /// Both have it, with different content.
    Changed,
}

impl<I, T> Clone for Table<I, T> {
    fn clone(&self) -> Self {
        let watch = self.watch.clone();
        Self { pages: self.pages.clone(), next: self.next, len: self.len, watch, id: PhantomData }
    }
}

impl<I, T> Default for Table<I, T> {
    fn default() -> Self {
        Self { pages: Vec::new(), next: 0, len: 0, watch: Watch::default(), id: PhantomData }
    }
}

impl<I: TableId, T: PartialEq> PartialEq for Table<I, T> {
    fn eq(&self, other: &Self) -> bool {
        self.watch.all();
        self.len == other.len && other.changes_since(self).next().is_none()
    }
}

impl<I: TableId, T> Table<I, T> {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.watch.size();
        self.len
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The row with this handle, if it exists.
    pub fn get(&self, id: I) -> Option<&T> {
        self.watch.row(id.index());
        self.slot(id.index()).map(|row| &**row)
    }

    /// Whether a row has this handle.
    pub fn contains(&self, id: I) -> bool {
        self.watch.row(id.index());
        self.slot(id.index()).is_some()
    }

    /// All rows in the order of their handles, which is the order of their making.
    pub fn iter(&self) -> impl Iterator<Item = (I, &T)> + '_ {
        self.watch.all();
        self.rows()
    }

    fn rows(&self) -> impl Iterator<Item = (I, &T)> + '_ {
        self.pages.iter().enumerate().flat_map(|(page_index, page)| {
            page.iter().enumerate().filter_map(move |(slot, row)| {
                let row = row.as_ref()?;
                Some((I::from_index((page_index * PAGE + slot) as u32), &**row))
            })
        })
    }

    /// All handles in order.
    pub fn ids(&self) -> impl Iterator<Item = I> + '_ {
        self.watch.handles();
        self.rows().map(|(id, _)| id)
    }

    /// The index that the next new row will get.
    pub fn next_index(&self) -> u32 {
        self.watch.size();
        self.next
    }

    /// The same rows, with notes of who looks at them.
    pub(crate) fn watched(&self) -> Self {
        let watch = Watch::new(self.next);
        Self { watch, ..self.clone() }
    }

    /// What was looked at since the last time, in a watched table.
    pub(crate) fn take_reads(&self, table: usize) -> Option<TableReads> {
        self.watch.take(table)
    }

    /// What was looked at since the last part, in a watched table; it stays noted for the whole.
    pub(crate) fn take_part(&self, table: usize) -> Option<TableReads> {
        self.watch.take_part(table)
    }

    /// Notes what was looked at for a part that is used again.
    pub(crate) fn note_part(&self, reads: &TableReads) {
        self.watch.note(reads);
    }

    /// Rows that are not those of another version, by pointer, and in how much they differ, as `depth` says.
    pub(crate) fn differences(&self, older: &Self, depth: fn(&T, &T) -> Depth) -> TableChanges {
        let (size, handles) = (self.len != older.len || self.next != older.next, self.next != older.next);
        let mut changes = TableChanges { size, handles, ..TableChanges::default() };
        for page_index in 0..self.pages.len().max(older.pages.len()) {
            let (new, old) = (self.pages.get(page_index), older.pages.get(page_index));
            if matches!((new, old), (Some(a), Some(b)) if Arc::ptr_eq(a, b)) {
                continue;
            }
            for slot in 0..PAGE {
                let new_row = new.and_then(|page| page.get(slot)?.as_ref());
                let old_row = old.and_then(|page| page.get(slot)?.as_ref());
                let same = match (new_row, old_row) {
                    (None, None) => true,
                    (Some(a), Some(b)) => Arc::ptr_eq(a, b),
                    _ => false,
                };
                if !same {
                    changes.handles |= new_row.is_some() != old_row.is_some();
                    let depth = new_row.zip(old_row).map_or(Depth::Structure, |(new, old)| depth(new, old));
                    changes.add((page_index * PAGE + slot) as u32, depth);
                }
            }
        }
        changes
    }

    fn slot(&self, index: u32) -> Option<&Arc<T>> {
        self.pages.get(index as usize / PAGE)?.get(index as usize % PAGE)?.as_ref()
    }

    pub(crate) fn insert(&mut self, row: T) -> I {
        let id = self.reserve();
        self.put(id.index(), row);
        self.len += 1;
        id
    }

    fn put(&mut self, index: u32, row: T) {
        let page_index = index as usize / PAGE;
        while self.pages.len() <= page_index {
            self.pages.push(Arc::new(std::array::from_fn(|_| None)));
        }
        if let Some(page) = self.pages.get_mut(page_index)
            && let Some(slot) = Arc::make_mut(page).get_mut(index as usize % PAGE)
        {
            *slot = Some(Arc::new(row));
        }
    }

    /// A handle without a row: of an element whose row comes later, or of a reference that leads nowhere.
    pub(crate) fn reserve(&mut self) -> I {
        let id = I::from_index(self.next);
        self.next += 1;
        id
    }

    /// Puts a row behind a reserved handle; false, and nothing done, where the handle has a row or was never given out.
    pub(crate) fn fill(&mut self, id: I, row: T) -> bool {
        if id.index() >= self.next || self.contains(id) {
            return false;
        }
        self.put(id.index(), row);
        self.len += 1;
        true
    }

    pub(crate) fn remove(&mut self, id: I) -> Option<Arc<T>> {
        self.slot(id.index())?;
        let page = self.pages.get_mut(id.index() as usize / PAGE)?;
        let row = Arc::make_mut(page).get_mut(id.index() as usize % PAGE)?.take();
        if row.is_some() {
            self.len -= 1;
        }
        row
    }

    /// Rows that differ from an older version of the same lineage, in the order of their handles.
    ///
    /// Pages and rows shared by pointer are skipped without a look at them.
    pub fn changes_since<'a>(&'a self, older: &'a Self) -> impl Iterator<Item = (I, Change)> + 'a
    where
        T: PartialEq,
    {
        self.watch.all();
        older.watch.all();
        let pages = self.pages.len().max(older.pages.len());
        (0..pages).flat_map(move |page_index| {
            let (new, old) = (self.pages.get(page_index), older.pages.get(page_index));
            let same = matches!((new, old), (Some(a), Some(b)) if Arc::ptr_eq(a, b));
            let slots = if same { 0 } else { PAGE };
            (0..slots).filter_map(move |slot| {
                let new_row = new.and_then(|page| page.get(slot)?.as_ref());
                let old_row = old.and_then(|page| page.get(slot)?.as_ref());
                let change = match (new_row, old_row) {
                    (None, None) => return None,
                    (Some(_), None) => Change::Added,
                    (None, Some(_)) => Change::Removed,
                    (Some(a), Some(b)) if Arc::ptr_eq(a, b) || a == b => return None,
                    (Some(_), Some(_)) => Change::Changed,
                };
                Some((I::from_index((page_index * PAGE + slot) as u32), change))
            })
        })
    }

    /// Whether a row is the same in another version of the same lineage, or missing in both.
    pub fn is_same(&self, other: &Self, id: I) -> bool
    where
        T: PartialEq,
    {
        self.watch.row(id.index());
        other.watch.row(id.index());
        match (self.slot(id.index()), other.slot(id.index())) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b) || a == b,
            (None, None) => true,
            _ => false,
        }
    }

    /// Number of pages that are not shared with another version, for an estimate of memory.
    pub fn pages_not_shared_with(&self, other: &Self) -> usize {
        self.watch.all();
        other.watch.all();
        self.pages
            .iter()
            .enumerate()
            .filter(|(index, page)| !other.pages.get(*index).is_some_and(|old| Arc::ptr_eq(page, old)))
            .count()
    }
}

impl<I: TableId, T: Clone> Table<I, T> {
    pub(crate) fn get_mut(&mut self, id: I) -> Option<&mut T> {
        self.slot(id.index())?;
        let page = self.pages.get_mut(id.index() as usize / PAGE)?;
        let row = Arc::make_mut(page).get_mut(id.index() as usize % PAGE)?.as_mut()?;
        Some(Arc::make_mut(row))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::UnitId;

    fn filled(count: u32) -> Table<UnitId, u32> {
        let mut table = Table::default();
        for value in 0..count {
            table.insert(value);
        }
        table
    }

    #[test]
    fn a_removed_index_is_never_given_out_again() {
        let mut table = filled(3);
        table.remove(UnitId::from_index(2));
        assert_eq!(table.insert(9).index(), 3);
        assert_eq!(table.len(), 3);
    }

    #[test]
    fn a_reserved_handle_has_no_row_until_it_is_filled() {
        let mut table = filled(1);
        let (first, second) = (table.reserve(), table.reserve());
        assert_eq!(table.insert(7).index(), 3);
        assert!(table.fill(second, 5));
        assert!(!table.fill(second, 6));
        assert!(!table.fill(UnitId::from_index(9), 6));
        assert_eq!((table.get(first), table.get(second), table.len()), (None, Some(&5), 3));
    }

    #[test]
    fn changes_name_exactly_the_rows_that_differ() {
        let older = filled(200);
        let mut newer = older.clone();
        *newer.get_mut(UnitId::from_index(70)).unwrap() = 1;
        newer.remove(UnitId::from_index(3));
        let added = newer.insert(5);
        let changes: Vec<_> = newer.changes_since(&older).collect();
        assert_eq!(
            changes,
            [
                (UnitId::from_index(3), Change::Removed),
                (UnitId::from_index(70), Change::Changed),
                (added, Change::Added)
            ]
        );
        assert_eq!(older.get(UnitId::from_index(70)), Some(&70));
        assert_eq!(
            [3, 4, 70, 999].map(|row| newer.is_same(&older, UnitId::from_index(row))),
            [false, true, false, true]
        );
        assert_eq!(newer.pages_not_shared_with(&older), 3);
    }
}
