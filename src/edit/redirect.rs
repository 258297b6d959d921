//! Lets what refers to some elements refer to another one.

use std::collections::BTreeSet;

use super::{EditError, Record, Transaction};
use crate::model::*;

impl Record {
    /// Lets it refer to `new` in the place of `old`. A reference that cannot lead to an element of that kind is lost.
    pub(super) fn redirect(&mut self, old: &BTreeSet<ElementRef>, new: ElementRef) {
        self.map_references(&mut |other| Some(if old.contains(&other) { new } else { other }));
        if let Self::Body(body) = self {
            let mut seen: BTreeSet<Actor> = BTreeSet::new();
            body.members.retain(|member| seen.insert(member.actor));
        }
    }
}

macro_rules! referring {
    ($document:ident, $to:ident, $found:ident: $($Kind:ident),* $(,)?) => {
        $(for (id, record) in $Kind::table($document).iter() {
            if Record::from(record.clone()).references().iter().any(|other| $to.contains(other)) {
                $found.push(ElementRef::from(id));
            }
        })*
    };
}

/// The elements that refer to one of some others, by kind and handle.
pub(super) fn referring_to(document: &Document, others: &BTreeSet<ElementRef>) -> Vec<ElementRef> {
    let mut found = Vec::new();
    referring!(document, others, found: Unit, Role, Person, External, System, Body, Process, Step, Gateway, Event, Flow,
        Link, Decision, Right, Note, View, Placement);
    found
}

/// Lets every record that refers to one of `old` refer to `new`; those of `old` and `new` themselves stay as they are.
pub(super) fn redirect_all(
    transaction: &mut Transaction,
    old: &BTreeSet<ElementRef>,
    new: ElementRef,
) -> Result<(), EditError> {
    for element in referring_to(transaction.document(), old) {
        if element == new || old.contains(&element) {
            continue;
        }
        let Some(mut record) = Record::of(transaction.document(), element) else { continue };
        record.redirect(old, new);
        record.replace(transaction, element)?;
    }
    Ok(())
}
