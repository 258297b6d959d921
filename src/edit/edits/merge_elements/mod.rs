//! Several elements of a kind into one of them: doubled steps, roles, people, decisions.

mod absorb;
mod lanes;
mod tidy;

use std::collections::BTreeSet;

use crate::edit::redirect::redirect_all;
use crate::edit::rules::{need, reason};
use crate::edit::wording::{named, quoted};
use crate::edit::{EditAction, EditError, Record, Transaction, Verdict};
use crate::model::*;
use tidy::Merging;

/// Merges elements of one kind into the first of them, which stands wherever they stood.
///
/// Everything that led to one of them leads to that one: flows, lines, lanes, rights, holders, pictures, notes. It
/// takes over what it lacks and joins lists; of two different values it keeps its own ([`MergeElements::overruled`]
/// names the others). Doubled flows, lines, rights and pictures become one; a flow from one of them to another goes.
#[derive(Clone, Debug, PartialEq)]
pub struct MergeElements {
    /// The one that stays, then those that become part of it.
    pub elements: Vec<ElementRef>,
}

impl MergeElements {
    /// Whether elements can become one, as far as a look at them tells.
    ///
    /// # Errors
    /// The reason why not.
    pub fn fits(document: &Document, elements: &[ElementRef]) -> Result<(), String> {
        let Some((kept, others)) = elements.split_first() else { return Err("Select what is to be merged.".to_owned()) };
        for element in elements {
            need(document, *element)?;
        }
        if others.iter().all(|other| other == kept) {
            return Err("Select two elements or more that are the same thing.".to_owned());
        }
        if !can_be_merged(kept.kind()) {
            return Err(format!("{} cannot be merged.", capital(kept.kind().plural())));
        }
        if let Some(other) = others.iter().find(|other| other.kind() != kept.kind()) {
            let (kind, other) = (kept.kind().word(), other.kind().word());
            return Err(format!("A {kind} and a {other} are not the same thing; select elements of one kind."));
        }
        others.iter().try_for_each(|other| same_place(document, *kept, *other))
    }

    /// Names of the fields in which the elements differ, so that only the value of the first is kept.
    pub fn overruled(&self, document: &Document) -> Vec<&'static str> {
        let mut lost = Vec::new();
        self.absorbed(document, &mut lost);
        lost
    }

    /// The first element with what it takes over.
    fn absorbed(&self, document: &Document, lost: &mut Vec<&'static str>) -> Option<Record> {
        let (kept, others) = self.elements.split_first()?;
        let mut record = Record::of(document, *kept)?;
        for other in others.iter().filter(|other| *other != kept) {
            if let Some(other) = Record::of(document, *other) {
                absorb::absorb(&mut record, &other, lost);
            }
        }
        Some(record)
    }

    fn others(&self) -> BTreeSet<ElementRef> {
        let kept = self.elements.first();
        self.elements.iter().copied().filter(|element| Some(element) != kept).collect()
    }

    fn check(&self, document: &Document) -> Result<(), String> {
        Self::fits(document, &self.elements)?;
        let mut draft = Transaction::new(document);
        self.merge(&mut draft).map_err(|error| error.to_string())?;
        let draft = draft.document();
        for (element, _) in draft.changes_since(document) {
            let known = integrity::check_element(document, element);
            let new = integrity::check_element(draft, element).into_iter().find(|problem| !known.contains(problem));
            if let Some(problem) = new {
                return Err(reason(draft, &problem));
            }
        }
        Ok(())
    }

    fn merge(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let Some(kept) = self.elements.first().copied() else { return Ok(()) };
        let (before, others) = (transaction.document().clone(), self.others());
        let merging = Merging { before: &before, kept, others: &others };
        let Some(mut record) = self.absorbed(&before, &mut Vec::new()) else {
            return Err(EditError::Missing(kept.kind().word()));
        };
        if let Ok(actor) = Actor::try_from(kept) {
            for other in others.iter().filter_map(|other| Actor::try_from(*other).ok()) {
                lanes::join(transaction, actor, other)?;
            }
        }
        record.redirect(&others, kept);
        merging.without_itself(&mut record);
        record.replace(transaction, kept)?;
        redirect_all(transaction, &others, kept)?;
        tidy::drop_doubles(transaction, &merging)?;
        for other in &others {
            transaction.remove(*other);
        }
        Ok(())
    }
}

/// Whether elements of a kind can be merged. Lines, rights and pictures follow what they belong to; processes and views
/// are whole drawings; letters of frameworks have a conversion of their own.
fn can_be_merged(kind: ElementKind) -> bool {
    use ElementKind as K;
    match kind {
        K::Unit | K::Role | K::Person | K::External | K::System | K::Body => true,
        K::Step | K::Gateway | K::Event | K::Artefact | K::Decision => true,
        K::Process | K::Flow | K::Link | K::Right | K::Framework | K::Note | K::View | K::Placement => false,
    }
}

/// Fails for nodes of different flows or of different sorts, and for decisions whose letters are not the same.
fn same_place(document: &Document, kept: ElementRef, other: ElementRef) -> Result<(), String> {
    if let (ElementRef::Decision(kept), ElementRef::Decision(other)) = (kept, other) {
        return same_letters(document, kept, other);
    }
    let (Ok(kept_node), Ok(other_node)) = (FlowNode::try_from(kept), FlowNode::try_from(other)) else { return Ok(()) };
    let names = || (named(document, kept), named(document, other));
    if document.process_of(kept_node) != document.process_of(other_node) {
        let (kept, other) = names();
        return Err(format!("{kept} and {other} are in different processes; a call can stand for both."));
    }
    if document.parent_of(kept_node) != document.parent_of(other_node) {
        let (kept, other) = names();
        return Err(format!("{kept} and {other} are in different sub-flows."));
    }
    let is_same_sort = match (kept_node, other_node) {
        (FlowNode::Gateway(kept), FlowNode::Gateway(other)) => {
            document.get::<Gateway>(kept).map(|gateway| gateway.kind)
                == document.get::<Gateway>(other).map(|gateway| gateway.kind)
        }
        (FlowNode::Event(kept), FlowNode::Event(other)) => {
            let sort = |id| document.get::<Event>(id).map(|event| (event.kind, event.trigger, event.attached));
            sort(kept) == sort(other)
        }
        _ => true,
    };
    if is_same_sort {
        return Ok(());
    }
    let (kept, other) = names();
    Err(format!("{kept} and {other} are of different types; change the type of one first."))
}

/// Fails where a right on one decision has a letter that the framework of the other one does not know.
fn same_letters(document: &Document, kept: DecisionId, other: DecisionId) -> Result<(), String> {
    let Some((_, framework)) = document.framework_of(Subject::Decision(kept)) else { return Ok(()) };
    let of_other = document.rights().iter().filter(|(_, right)| right.subject == Subject::Decision(other));
    match of_other.map(|(_, right)| right).find(|right| framework.letter(&right.letter).is_none()) {
        None => Ok(()),
        Some(right) => {
            let (kept, other) = (named(document, kept.into()), named(document, other.into()));
            let (name, letter) = (&framework.name, &right.letter);
            Err(format!("{kept} uses {name}, which has no {letter} as on {other}; convert one of them first."))
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

impl EditAction for MergeElements {
    fn label(&self, document: &Document) -> String {
        let others = self.others();
        match (self.elements.first(), others.first(), others.len()) {
            (Some(kept), Some(other), 1) => format!("Merge {} into {}", named(document, *other), named(document, *kept)),
            (Some(kept), _, count) => {
                format!("Merge {count} {} into {}", kept.kind().plural(), quoted(document.name_of(*kept)))
            }
            _ => "Merge".to_owned(),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        match self.check(document) {
            Ok(()) => Verdict::Yes,
            Err(reason) => Verdict::No(reason),
        }
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        self.merge(transaction)
    }
}

#[cfg(test)]
mod tests;
