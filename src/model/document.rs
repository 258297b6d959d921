//! The whole project as one value.
//!
//! Cloning costs microseconds, two versions of one lineage are compared by pointer, and only a transaction of the
//! edit layer (and the loader) can change one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::decision::{Decision, Framework, Right};
use super::ids::*;
use super::key::{Key, KeyIndex};
use super::organisation::{Body, External, Person, Role, System, Unit};
use super::process::{Artefact, Event, Flow, Gateway, Link, Process, Step};
use super::project::Project;
use super::reads::{Changes, Depth, Reads, Rest, RestWatch};
use super::table::{Change, Table};
use super::view::{Note, Placement, View};

/// Number of a version of a document; never given to another version of the same lineage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Revision(pub u64);

/// A record that a document keeps in a table of its own.
pub trait Element: Clone + PartialEq + 'static {
    /// Its handle.
    type Id: TableId + Into<ElementRef>;
    /// Its kind.
    const KIND: ElementKind;
    /// Its table.
    fn table(document: &Document) -> &Table<Self::Id, Self>;
    /// Its table, to be changed by a transaction.
    #[doc(hidden)]
    fn table_mut(document: &mut Document) -> &mut Table<Self::Id, Self>;
    /// Its key; rights and placements have none.
    fn key(&self) -> Option<&Key>;
    #[doc(hidden)]
    fn set_key(&mut self, key: Key);
    /// Its name; empty for rights and placements.
    fn name(&self) -> &str;
    /// Whether another one of its kind says the same, whatever their names are. The name of an artefact is what it says.
    fn is_same_but_for_name(&self, other: &Self) -> bool;
    /// Whether another one of its kind says the same, whatever their names and the minutes of their work are.
    fn is_same_but_for_work(&self, other: &Self) -> bool {
        self.is_same_but_for_name(other)
    }
}

/// In how much two rows differ.
fn depth<E: Element>(one: &E, other: &E) -> Depth {
    if one.is_same_but_for_name(other) {
        Depth::Name
    } else if one.is_same_but_for_work(other) {
        Depth::Work
    } else {
        Depth::Structure
    }
}

macro_rules! tables {
    ($($(#[$doc:meta])* $field:ident: $Record:ident by $Id:ident, $key:ident, $name:ident;)*) => {
        /// One organisation: its elements, its settings and the pictures drawn of it.
        #[derive(Clone, Debug, Default)]
        pub struct Document {
            revision: Revision,
            project: Arc<Project>,
            keys: KeyIndex,
            missing: Arc<BTreeMap<ElementRef, Arc<str>>>,
            watch: RestWatch,
            $($(#[$doc])* pub(crate) $field: Table<$Id, $Record>,)*
        }

        impl PartialEq for Document {
            /// Equal content; the revisions may differ.
            fn eq(&self, other: &Self) -> bool {
                self.watch.note(Rest::Project);
                self.watch.note(Rest::Missing);
                self.project == other.project && self.missing == other.missing $(&& self.$field == other.$field)*
            }
        }

        impl Document {
            $(
                $(#[$doc])*
                pub fn $field(&self) -> &Table<$Id, $Record> { &self.$field }
            )*

            /// Whether the element exists.
            pub fn contains(&self, element: ElementRef) -> bool {
                match element { $(ElementRef::$Record(id) => self.$field.contains(id),)* }
            }

            /// Name of an element; empty for rights and placements and for what does not exist.
            pub fn name_of(&self, element: ElementRef) -> &str {
                match element { $(ElementRef::$Record(id) => self.$field.get(id).map_or("", Element::name),)* }
            }

            /// Key of an element; none for rights and placements and for what does not exist.
            pub fn key_of(&self, element: ElementRef) -> Option<&Key> {
                match element { $(ElementRef::$Record(id) => self.$field.get(id).and_then(Element::key),)* }
            }

            /// All elements of a kind, in the order of their making.
            pub fn elements_of(&self, kind: ElementKind) -> Vec<ElementRef> {
                match kind { $(ElementKind::$Record => self.$field.ids().map(ElementRef::from).collect(),)* }
            }

            /// Whether an element is the same in another version of the same lineage, or exists in neither.
            pub fn is_same(&self, other: &Self, element: ElementRef) -> bool {
                match element { $(ElementRef::$Record(id) => self.$field.is_same(&other.$field, id),)* }
            }

            /// Number of elements of a kind.
            pub fn count(&self, kind: ElementKind) -> usize {
                match kind { $(ElementKind::$Record => self.$field.len(),)* }
            }

            /// What differs from an older version of the same lineage, by kind and handle.
            pub fn changes_since(&self, older: &Self) -> Vec<(ElementRef, Change)> {
                let mut changes = Vec::new();
                $(changes.extend(self.$field.changes_since(&older.$field).map(|(id, change)| (id.into(), change)));)*
                changes
            }

            /// Estimate of the memory that this version takes beside another one it shares pages with, in bytes.
            pub fn bytes_not_shared_with(&self, other: &Self) -> usize {
                let mut bytes = 4096;
                $(bytes += self.$field.pages_not_shared_with(&other.$field) * 64 * (16 + size_of::<$Record>() / 8);)*
                bytes
            }

            /// This version with notes of what is looked at from now on; see [`Reads`].
            pub fn watched(&self) -> Self {
                Self {
                    revision: self.revision,
                    project: self.project.clone(),
                    keys: self.keys.clone(),
                    missing: self.missing.clone(),
                    watch: RestWatch::new(),
                    $($field: self.$field.watched(),)*
                }
            }

            /// What was looked at since the last time; nothing where this version is not [watched](Self::watched).
            pub fn take_reads(&self) -> Reads {
                let tables = [$(self.$field.take_reads(ElementKind::$Record as usize),)*];
                Reads { tables: tables.into_iter().flatten().collect(), rest: self.watch.take() }
            }

            /// What was looked at since the last part; it stays noted for the whole, see [`take_reads`](Self::take_reads).
            pub(crate) fn take_part(&self) -> Reads {
                let mut tables = Vec::new();
                $(tables.extend(self.$field.take_part(ElementKind::$Record as usize));)*
                Reads { tables, rest: self.watch.take_part() }
            }

            /// Notes what was looked at for a part that is used again, as if it were looked at now.
            pub(crate) fn note_part(&self, reads: &Reads) {
                self.watch.note_part(reads.rest);
                for table in &reads.tables {
                    $(
                        if table.is_of(ElementKind::$Record as usize) {
                            self.$field.note_part(table);
                        }
                    )*
                }
            }

            /// How this version differs from another one.
            pub(super) fn differences(&self, older: &Self) -> Changes {
                let mut tables = [const { None }; ElementKind::ALL.len()];
                $(
                    if let Some(slot) = tables.get_mut(ElementKind::$Record as usize) {
                        *slot = Some(self.$field.differences(&older.$field, depth));
                    }
                )*
                let mut rest = 0;
                let mut note = |same: bool, what: Rest| rest |= if same { 0 } else { what as u8 };
                note(Arc::ptr_eq(&self.project, &older.project), Rest::Project);
                note(self.project.thresholds == older.project.thresholds, Rest::Thresholds);
                note(self.keys.is_shared_with(&older.keys), Rest::Keys);
                note(Arc::ptr_eq(&self.missing, &older.missing), Rest::Missing);
                note(self.revision == older.revision, Rest::Revision);
                Changes { tables: tables.into_iter().map(Option::unwrap_or_default).collect(), rest }
            }

            /// Takes a handle of a kind for a reference of a file that leads nowhere, and keeps what the file said.
            pub(crate) fn reserve_missing(&mut self, kind: ElementKind, key: &str) -> ElementRef {
                let element: ElementRef = match kind { $(ElementKind::$Record => self.$field.reserve().into(),)* };
                Arc::make_mut(&mut self.missing).insert(element, key.into());
                element
            }

            pub(crate) fn remove_element(&mut self, element: ElementRef) -> bool {
                match element { $(ElementRef::$Record(id) => self.remove::<$Record>(id).is_some(),)* }
            }
        }

        $(
            impl From<$Id> for ElementRef {
                fn from(id: $Id) -> Self { Self::$Record(id) }
            }

            impl Element for $Record {
                type Id = $Id;
                const KIND: ElementKind = ElementKind::$Record;
                fn table(document: &Document) -> &Table<$Id, Self> { &document.$field }
                fn table_mut(document: &mut Document) -> &mut Table<$Id, Self> { &mut document.$field }
                tables!(@key $key);
                tables!(@name $name);
                tables!(@work $Record);
            }
        )*
    };
    (@key key) => {
        fn key(&self) -> Option<&Key> { Some(&self.key) }
        fn set_key(&mut self, key: Key) { self.key = key; }
    };
    (@key none) => {
        fn key(&self) -> Option<&Key> { None }
        fn set_key(&mut self, _key: Key) {}
    };
    (@work Step) => {
        fn is_same_but_for_work(&self, other: &Self) -> bool {
            let mut worked = self.clone();
            worked.work = other.work;
            worked.is_same_but_for_name(other)
        }
    };
    (@work $Record:ident) => {};
    (@name none) => {
        fn name(&self) -> &str { "" }
        fn is_same_but_for_name(&self, other: &Self) -> bool { self == other }
    };
    // A letter is what a right says.
    (@name letter) => {
        fn name(&self) -> &str { &self.letter }
        fn is_same_but_for_name(&self, other: &Self) -> bool { self == other }
    };
    (@name $name:ident) => {
        fn name(&self) -> &str { &self.$name }
        fn is_same_but_for_name(&self, other: &Self) -> bool {
            // What an artefact is called is its class where it has no other.
            if Self::KIND == ElementKind::Artefact {
                return self == other;
            }
            let mut renamed = self.clone();
            renamed.$name.clone_from(&other.$name);
            renamed == *other
        }
    };
}

tables! {
    /// Units.
    units: Unit by UnitId, key, name;
    /// Roles.
    roles: Role by RoleId, key, name;
    /// People.
    people: Person by PersonId, key, name;
    /// Externals.
    externals: External by ExternalId, key, name;
    /// Systems.
    systems: System by SystemId, key, name;
    /// Bodies.
    bodies: Body by BodyId, key, name;
    /// Processes.
    processes: Process by ProcessId, key, name;
    /// Steps of all processes.
    steps: Step by StepId, key, name;
    /// Gateways of all processes.
    gateways: Gateway by GatewayId, key, name;
    /// Events of all processes.
    events: Event by EventId, key, name;
    /// Flows of all processes.
    flows: Flow by FlowId, key, name;
    /// Links: messages, associations, inputs and outputs drawn.
    links: Link by LinkId, key, name;
    /// Artefacts.
    artefacts: Artefact by ArtefactId, key, name;
    /// Decisions.
    decisions: Decision by DecisionId, key, name;
    /// Rights on decisions and steps.
    rights: Right by RightId, none, letter;
    /// Frameworks, those that come with the program first.
    frameworks: Framework by FrameworkId, key, name;
    /// Notes.
    notes: Note by NoteId, key, text;
    /// Views.
    views: View by ViewId, key, name;
    /// Placements of all views.
    placements: Placement by PlacementId, none, none;
}

impl Document {
    /// Number of this version.
    pub fn revision(&self) -> Revision {
        self.watch.note(Rest::Revision);
        self.revision
    }

    /// The project as a whole.
    pub fn project(&self) -> &Project {
        self.watch.note(Rest::Project);
        &self.project
    }

    /// The thresholds of rules that the project changed.
    pub fn thresholds(&self) -> &BTreeMap<String, f64> {
        self.watch.note(Rest::Thresholds);
        &self.project.thresholds
    }

    /// The record with this handle.
    pub fn get<E: Element>(&self, id: E::Id) -> Option<&E> {
        E::table(self).get(id)
    }

    /// The element with this key.
    pub fn by_key(&self, key: &str) -> Option<ElementRef> {
        self.watch.note(Rest::Keys);
        self.keys.get(key)
    }

    /// What the file called an element that a reference of it leads to, though the file has no such element.
    ///
    /// The handle of such a reference has no row, so every question about it is answered by nothing; saving writes
    /// this key back.
    pub fn missing_key(&self, element: ElementRef) -> Option<&str> {
        self.watch.note(Rest::Missing);
        self.missing.get(&element).map(|key| &**key)
    }

    /// Number of all elements but placements and built-in frameworks.
    pub fn element_count(&self) -> usize {
        let counted = |kind: &&ElementKind| !matches!(kind, ElementKind::Placement | ElementKind::Framework);
        ElementKind::ALL.iter().filter(counted).map(|kind| self.count(*kind)).sum()
    }

    /// Key of an element, or for a right `decision/holder/letter` and for a placement `view/element`.
    pub fn path_of(&self, element: ElementRef) -> String {
        let key = |element: ElementRef| {
            let found = self.key_of(element).map(Key::as_str).or_else(|| self.missing_key(element));
            found.unwrap_or("?").to_owned()
        };
        match element {
            ElementRef::Right(id) => self.rights.get(id).map_or_else(String::new, |right| {
                format!("{}/{}/{}", key(right.subject.into()), key(right.holder.into()), right.letter)
            }),
            ElementRef::Placement(id) => self.placements.get(id).map_or_else(String::new, |placement| {
                format!("{}/{}", key(placement.view.into()), key(placement.element))
            }),
            other => key(other),
        }
    }

    pub(crate) fn set_revision(&mut self, revision: Revision) {
        self.revision = revision;
    }

    pub(crate) fn project_mut(&mut self) -> &mut Project {
        Arc::make_mut(&mut self.project)
    }

    /// Adds a record. A key that is taken, or empty as in [`Key::unset`], is replaced by a free one made of the name.
    pub(crate) fn insert<E: Element>(&mut self, mut record: E) -> E::Id {
        let index = E::table(self).next_index();
        let element: ElementRef = E::Id::from_index(index).into();
        if let Some(key) = record.key().cloned() {
            let taken = key.is_unset() || !self.keys.insert(&key, element);
            if taken {
                let key = self.claim_free_key(record.name(), element, index);
                record.set_key(key);
            }
        }
        E::table_mut(self).insert(record)
    }

    /// Takes the handle of an element whose record comes later by [`Document::fill`].
    pub(crate) fn reserve<E: Element>(&mut self) -> E::Id {
        E::table_mut(self).reserve()
    }

    /// Gives a key to an element; false, and nothing done, if another element has it.
    pub(crate) fn claim_key(&mut self, key: &Key, element: ElementRef) -> bool {
        self.keys.insert(key, element)
    }

    /// Gives an element a free key made of a name, or of the word for its kind where the name is empty.
    pub(crate) fn claim_free_key(&mut self, name: &str, element: ElementRef, index: u32) -> Key {
        let stem = if name.is_empty() { element.kind().word() } else { name };
        let key = self.keys.free_key(stem, u64::from(index) * 32 + element.kind() as u64);
        self.keys.insert(&key, element);
        key
    }

    /// Puts a record behind a reserved handle; its key must have been claimed for it.
    pub(crate) fn fill<E: Element>(&mut self, id: E::Id, record: E) {
        E::table_mut(self).fill(id, record);
    }

    /// The record, to be changed in place. Its key must stay as it is.
    pub(crate) fn get_mut<E: Element>(&mut self, id: E::Id) -> Option<&mut E> {
        E::table_mut(self).get_mut(id)
    }

    pub(crate) fn remove<E: Element>(&mut self, id: E::Id) -> Option<Arc<E>> {
        let record = E::table_mut(self).remove(id)?;
        if let Some(key) = record.key() {
            self.keys.remove(key);
        }
        Some(record)
    }

    /// Whether the index and the records agree about this key.
    pub(crate) fn key_is_indexed(&self, key: &Key, element: ElementRef) -> bool {
        self.watch.note(Rest::Keys);
        self.keys.get(key.as_str()) == Some(element)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing;

    #[test]
    fn keys_are_made_free_and_found_again() {
        let mut document = Document::default();
        let first = document.insert(testing::unit("Office"));
        let second = document.insert(testing::unit("Office"));
        let key_of = |id: UnitId| document.get::<Unit>(id).unwrap().key.clone();
        assert_ne!(key_of(first), key_of(second));
        assert_eq!(document.by_key(key_of(second).as_str()), Some(second.into()));
    }

    #[test]
    fn a_clone_keeps_its_content_when_the_original_changes() {
        let mut document = Document::default();
        let id = document.insert(testing::unit("Office"));
        let before = document.clone();
        document.get_mut::<Unit>(id).unwrap().name = "Back office".into();
        assert_eq!(before.name_of(id.into()), "Office");
        assert_eq!(document.changes_since(&before), [(id.into(), Change::Changed)]);
        document.remove::<Unit>(id);
        assert_eq!(document.by_key(before.key_of(id.into()).unwrap().as_str()), None);
    }
}
