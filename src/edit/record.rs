//! A record of any kind, for edits and the clipboard that treat all kinds alike.

use super::references::{Mapping, References};
use super::{EditError, Transaction};
use crate::model::*;

macro_rules! records {
    ($($Record:ident),* $(,)?) => {
        /// A record of any kind.
        #[derive(Clone, Debug, PartialEq)]
        #[expect(missing_docs, reason = "the variants are named like the records they hold")]
        pub enum Record { $($Record(Box<$Record>),)* }

        $(impl From<$Record> for Record {
            fn from(record: $Record) -> Self { Self::$Record(Box::new(record)) }
        })*

        impl Record {
            /// A copy of the record behind a handle.
            pub fn of(document: &Document, element: ElementRef) -> Option<Self> {
                match element { $(ElementRef::$Record(id) => document.get::<$Record>(id).cloned().map(Self::from),)* }
            }

            /// Its kind.
            pub fn kind(&self) -> ElementKind {
                match self { $(Self::$Record(_) => ElementKind::$Record,)* }
            }

            /// Its name; empty for placements.
            pub fn name(&self) -> &str {
                match self { $(Self::$Record(record) => Element::name(&**record),)* }
            }

            /// Its key; none for rights and placements.
            pub fn key(&self) -> Option<&Key> {
                match self { $(Self::$Record(record) => Element::key(&**record),)* }
            }

            /// Gives it a key; does nothing to rights and placements.
            pub fn set_key(&mut self, key: Key) {
                match self { $(Self::$Record(record) => record.set_key(key),)* }
            }

            /// Redirects its references; false when it lost one that it cannot be without.
            pub(super) fn map_references(&mut self, map: Mapping<'_>) -> bool {
                match self { $(Self::$Record(record) => References::map_references(&mut **record, map),)* }
            }

            /// Adds it to a draft that is thrown away or becomes a clip.
            pub(super) fn draft_into(self, document: &mut Document) -> ElementRef {
                match self { $(Self::$Record(record) => document.insert(*record).into(),)* }
            }

            /// Puts it, key and all, in the place of a record of a draft that is thrown away.
            pub(super) fn put_into(self, document: &mut Document, element: ElementRef) {
                match (self, element) {
                    $((Self::$Record(record), ElementRef::$Record(id)) => {
                        if let Some(slot) = document.get_mut::<$Record>(id) {
                            *slot = *record;
                        }
                    })*
                    _ => {}
                }
            }

            /// Adds it to the document.
            pub(super) fn insert(self, transaction: &mut Transaction) -> ElementRef {
                match self { $(Self::$Record(record) => transaction.insert(*record).into(),)* }
            }

            /// Puts it in the place of the record behind a handle, which keeps its key.
            pub(super) fn replace(self, transaction: &mut Transaction, element: ElementRef) -> Result<(), EditError> {
                match (self, element) {
                    $((Self::$Record(record), ElementRef::$Record(id)) => transaction.update(id, |old: &mut $Record| {
                        let key = Element::key(old).cloned();
                        *old = *record;
                        if let Some(key) = key {
                            old.set_key(key);
                        }
                    }),)*
                    _ => Err(EditError::Missing(element.kind().word())),
                }
            }
        }
    };
}

records! {
    Unit, Role, Person, External, System, Body, Process, Step, Gateway, Event, Flow, Link, Artefact, Decision, Right,
    Framework, Note, View, Placement,
}
