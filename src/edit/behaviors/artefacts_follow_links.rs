//! What a step needs and makes is said twice, in its fields and by lines in pictures; a change of one is one of both.
//!
//! Only what the edit has touched is brought together, so that documents that say it once are left as they are.

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::{EditError, Transaction, removal};
use crate::model::*;

/// A step with what it needs (input) or makes (output).
type Use = (StepId, ArtefactId, LinkKind);

pub(super) fn run(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    fields_follow_links(before, transaction)?;
    links_follow_fields(before, transaction)
}

/// What a link says of a step; nothing for messages, associations and links of events.
fn use_of(link: &Link) -> Option<Use> {
    if !matches!(link.kind, LinkKind::Input | LinkKind::Output) {
        return None;
    }
    match (link.from, link.to) {
        (ElementRef::Artefact(artefact), ElementRef::Step(step))
        | (ElementRef::Step(step), ElementRef::Artefact(artefact)) => Some((step, artefact, link.kind)),
        _ => None,
    }
}

fn fields_follow_links(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let document = transaction.document();
    let (mut lost, mut gained): (BTreeSet<Use>, BTreeSet<Use>) = Default::default();
    for (id, _) in document.links().changes_since(before.links()) {
        let (old, new) = (before.get::<Link>(id).and_then(use_of), document.get::<Link>(id).and_then(use_of));
        if old != new {
            lost.extend(old);
            gained.extend(new);
        }
    }
    if lost.is_empty() && gained.is_empty() {
        return Ok(());
    }
    let said: BTreeSet<Use> = document.links().iter().filter_map(|(_, link)| use_of(link)).collect();
    for (step, artefact, kind) in lost.difference(&said).copied().collect::<Vec<_>>() {
        if transaction.document().contains(step.into()) {
            transaction.update(step, |step: &mut Step| list(step, kind).retain(|other| *other != artefact))?;
        }
    }
    for (step, artefact, kind) in gained.intersection(&said).copied().collect::<Vec<_>>() {
        transaction.update(step, |step: &mut Step| {
            let list = list(step, kind);
            if !list.contains(&artefact) {
                list.push(artefact);
            }
        })?;
    }
    Ok(())
}

fn list(step: &mut Step, kind: LinkKind) -> &mut Vec<ArtefactId> {
    if kind == LinkKind::Input { &mut step.inputs } else { &mut step.outputs }
}

fn links_follow_fields(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let document = transaction.document();
    let uses = |document: &Document, id: StepId| -> BTreeSet<Use> {
        let Some(step) = document.get::<Step>(id) else { return BTreeSet::new() };
        let inputs = step.inputs.iter().map(|artefact| (id, *artefact, LinkKind::Input));
        inputs.chain(step.outputs.iter().map(|artefact| (id, *artefact, LinkKind::Output))).collect()
    };
    let (mut lost, mut gained): (BTreeSet<Use>, BTreeSet<Use>) = Default::default();
    for (id, _) in document.steps().changes_since(before.steps()) {
        let (old, new) = (uses(before, id), uses(document, id));
        lost.extend(old.difference(&new).filter(|_| document.contains(id.into())));
        gained.extend(new.difference(&old));
    }
    if lost.is_empty() && gained.is_empty() {
        return Ok(());
    }
    let mut links: BTreeMap<Use, Vec<ElementRef>> = BTreeMap::new();
    for (id, link) in document.links().iter() {
        if let Some(said) = use_of(link) {
            links.entry(said).or_default().push(id.into());
        }
    }
    for (step, artefact, kind) in gained.into_iter().filter(|said| !links.contains_key(said)) {
        match kind {
            LinkKind::Input => transaction.insert(Link::new(kind, artefact, step)),
            _ => transaction.insert(Link::new(kind, step, artefact)),
        };
    }
    let gone: Vec<ElementRef> = lost.iter().filter_map(|said| links.get(said)).flatten().copied().collect();
    if gone.is_empty() { Ok(()) } else { removal::remove_all(transaction, &gone) }
}
