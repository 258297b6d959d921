//! The index of a document: every passage of every element, made ready for queries.
//!
//! An entry depends on its own element alone, so a later version needs new entries only for what was touched, and
//! shares the others. Names of elements that an element is about are looked up when a query is answered.

use std::sync::Arc;

use super::matching::Prepared;
use super::passages::{Field, Readable};
use crate::model::*;

/// Every readable passage of one version of a document.
#[derive(Clone, Debug)]
pub struct Index {
    document: Arc<Document>,
    /// In the order of kinds and handles.
    entries: Vec<Arc<Entry>>,
}

/// What there is to be read about one element.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) element: ElementRef,
    pub(super) passages: Box<[Passage]>,
    pub(super) about: Box<[ElementRef]>,
}

/// One text of an element.
#[derive(Debug)]
pub(super) struct Passage {
    pub(super) field: Field,
    pub(super) text: Box<str>,
    pub(super) prepared: Prepared,
}

impl Index {
    /// The index of a document, from scratch.
    pub fn of(document: &Arc<Document>) -> Self {
        let entries = ElementKind::ALL.into_iter().flat_map(|kind| document.elements_of(kind));
        let mut entries: Vec<Arc<Entry>> = entries.filter_map(|element| Entry::of(document, element)).collect();
        entries.sort_unstable_by_key(|entry| entry.element);
        Self { document: document.clone(), entries }
    }

    /// The index of another version of the same lineage; only what differs is read anew.
    pub fn of_version(&self, document: &Arc<Document>) -> Self {
        let mut touched: Vec<ElementRef> =
            document.changes_since(&self.document).into_iter().map(|(element, _)| element).collect();
        touched.retain(|element| !matches!(element, ElementRef::Placement(_)));
        touched.sort_unstable();
        touched.dedup();
        let is_touched = |element: &ElementRef| touched.binary_search(element).is_ok();
        let mut entries: Vec<Arc<Entry>> =
            self.entries.iter().filter(|entry| touched.is_empty() || !is_touched(&entry.element)).cloned().collect();
        entries.extend(touched.iter().filter_map(|element| Entry::of(document, *element)));
        if !touched.is_empty() {
            entries.sort_by_key(|entry| entry.element);
        }
        Self { document: document.clone(), entries }
    }

    /// The version it was made from.
    pub fn document(&self) -> &Arc<Document> {
        &self.document
    }

    pub(super) fn entries(&self) -> &[Arc<Entry>] {
        &self.entries
    }

    /// The prepared name of an element.
    pub(super) fn name(&self, element: ElementRef) -> Option<&Prepared> {
        let at = self.entries.binary_search_by_key(&element, |entry| entry.element).ok()?;
        let passage = self.entries.get(at)?.passages.first()?;
        (passage.field == Field::Name).then_some(&passage.prepared)
    }
}

impl Entry {
    fn of(document: &Document, element: ElementRef) -> Option<Arc<Self>> {
        if !document.contains(element) {
            return None;
        }
        let read = Readable::of(document, element);
        if read.passages.is_empty() {
            return None;
        }
        let passages = read.passages.into_iter().map(|(field, text)| Passage {
            field,
            prepared: Prepared::new(&text),
            text: text.into(),
        });
        Some(Arc::new(Self { element, passages: passages.collect(), about: read.about.into() }))
    }
}
