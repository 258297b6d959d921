//! What a field of a record is, as data.

use crate::model::*;

/// A field of a record of type `R`.
pub(super) struct Field<R> {
    /// Its label.
    pub(super) name: &'static str,
    /// One sentence about it, with an example.
    pub(super) help: &'static str,
    /// How it is read and written.
    pub(super) kind: FieldKind<R>,
}

impl<R> Field<R> {
    /// Whether a record says something in it.
    pub(super) fn is_stated(&self, record: &R) -> bool {
        match &self.kind {
            FieldKind::Line { read, .. } | FieldKind::Lines { read, .. } => !read(record).is_empty(),
            FieldKind::Flag { read, .. } => read(record),
            FieldKind::Choice { read, .. } => read(record).is_some(),
            FieldKind::Reference { read, .. } => read(record).is_some(),
            FieldKind::References { read, .. } => !read(record).is_empty(),
        }
    }
}

/// How a field is read and written.
pub(super) enum FieldKind<R> {
    /// A line of text, perhaps with a meaning that is checked.
    Line { read: fn(&R) -> String, write: fn(&mut R, &str) -> Result<(), String>, hint: &'static str },
    /// Several lines of text.
    Lines { read: fn(&R) -> String, write: fn(&mut R, &str) },
    /// Yes or no.
    Flag { read: fn(&R) -> bool, write: fn(&mut R, bool) },
    /// One of a few words, or nothing.
    Choice {
        options: &'static [&'static str],
        read: fn(&R) -> Option<usize>,
        write: fn(&mut R, Option<usize>),
        required: bool,
    },
    /// Another element, or nothing.
    Reference {
        candidates: fn(&Document) -> Vec<ElementRef>,
        read: fn(&R) -> Option<ElementRef>,
        write: fn(&mut R, Option<ElementRef>),
    },
    /// Several other elements.
    References {
        candidates: fn(&Document) -> Vec<ElementRef>,
        read: fn(&R) -> Vec<ElementRef>,
        write: fn(&mut R, Vec<ElementRef>),
    },
}

/// All elements of a kind.
pub(super) fn all<E: Element>(document: &Document) -> Vec<ElementRef> {
    E::table(document).ids().map(Into::into).collect()
}

/// Everybody who can perform work or hold rights.
pub(super) fn actors(document: &Document) -> Vec<ElementRef> {
    let mut found = all::<Role>(document);
    found.extend(all::<Unit>(document));
    found.extend(all::<External>(document));
    found.extend(all::<System>(document));
    found.extend(all::<Body>(document));
    found
}

/// Roles and people: those who can stand in.
pub(super) fn deputies(document: &Document) -> Vec<ElementRef> {
    let mut found = all::<Role>(document);
    found.extend(all::<Person>(document));
    found
}

/// Roles and units: where knowledge can be.
pub(super) fn loci(document: &Document) -> Vec<ElementRef> {
    let mut found = all::<Role>(document);
    found.extend(all::<Unit>(document));
    found
}
