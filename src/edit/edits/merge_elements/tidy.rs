//! What led to merged elements leads to the one that stays, once.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{EditError, Transaction};
use crate::edit::Record;
use crate::edit::removal::remove_all;
use crate::model::*;

/// Which elements become which.
pub(super) struct Merging<'a> {
    /// The document before.
    pub(super) before: &'a Document,
    /// The one that stays.
    pub(super) kept: ElementRef,
    /// Those that become part of it.
    pub(super) others: &'a BTreeSet<ElementRef>,
}

impl Merging<'_> {
    fn is_one(&self, element: ElementRef) -> bool {
        element == self.kept || self.others.contains(&element)
    }

    /// Takes away what would lead from the one that stays to itself. Above it is then what was above the others.
    pub(super) fn without_itself(&self, record: &mut Record) {
        let is_itself = |actor: Actor| self.is_one(actor.into());
        match record {
            Record::Unit(unit) => {
                let above = |id: UnitId| self.before.get::<Unit>(id)?.parent;
                unit.parent = self.first_outside(unit.parent, self.before.units().len(), above);
            }
            Record::Role(role) => {
                let above = |id: RoleId| self.before.get::<Role>(id)?.reports_to;
                role.reports_to = self.first_outside(role.reports_to, self.before.roles().len(), above);
                role.also_reports_to.retain(|role| !self.is_one((*role).into()));
                role.dotted_to.retain(|role| !self.is_one((*role).into()));
                role.deputy = role.deputy.filter(|deputy| !is_itself(*deputy));
                role.delegations.retain(|delegation| !is_itself(delegation.to));
            }
            Record::Person(person) => person.delegations.retain(|delegation| !is_itself(delegation.to)),
            Record::Body(body) => body.members.retain(|member| !is_itself(member.actor)),
            _ => {}
        }
    }

    fn first_outside<Id: Copy + Into<ElementRef>>(
        &self,
        start: Option<Id>,
        count: usize,
        above: impl Fn(Id) -> Option<Id>,
    ) -> Option<Id> {
        let mut at = start;
        for _ in 0..=count {
            match at {
                Some(id) if self.is_one(id.into()) => at = above(id),
                _ => return at,
            }
        }
        None
    }
}

/// Takes away what is there twice now: flows, lines, rights and pictures. The older one stays, and of rights and
/// pictures the one that the element that stays had before.
pub(super) fn drop_doubles(transaction: &mut Transaction, merging: &Merging<'_>) -> Result<(), EditError> {
    let document = transaction.document();
    let mut doubles = double_lines(document, merging);
    doubles.extend(double_rights(document, merging));
    let joined = double_flows(document, merging);
    for (kept, probability, gone) in joined {
        doubles.push(gone.into());
        transaction.update(kept, |flow: &mut Flow| flow.probability = probability)?;
    }
    remove_all(transaction, &doubles)?;
    let pictures: Vec<ElementRef> = double_pictures(transaction.document(), merging);
    remove_all(transaction, &pictures)
}

/// Flows that say the same as an earlier one between the same nodes: that one, its share then, and the flow that goes.
/// A flow from one merged node to another goes, too.
fn double_flows(document: &Document, merging: &Merging<'_>) -> Vec<(FlowId, Option<f64>, FlowId)> {
    let mut first: BTreeMap<(FlowNode, FlowNode, &str, &str), FlowId> = BTreeMap::new();
    let mut shares: BTreeMap<FlowId, Option<f64>> = BTreeMap::new();
    let mut found = Vec::new();
    let concerned = |flow: &Flow| merging.is_one(flow.from.into()) || merging.is_one(flow.to.into());
    for (id, flow) in document.flows().iter().filter(|(_, flow)| concerned(flow) && flow.from != flow.to) {
        let texts = (flow.name.as_str(), flow.condition.as_str());
        match first.get(&(flow.from, flow.to, texts.0, texts.1)) {
            None => {
                first.insert((flow.from, flow.to, texts.0, texts.1), id);
                shares.insert(id, flow.probability);
            }
            Some(kept) => {
                let share = shares.entry(*kept).or_default();
                *share = match (*share, flow.probability) {
                    (Some(share), Some(more)) => Some((share + more).min(1.0)),
                    (share, more) => share.or(more),
                };
                found.push((*kept, *share, id));
            }
        }
    }
    found
}

/// Flows and lines from a merged element to itself, and lines that are there twice.
fn double_lines(document: &Document, merging: &Merging<'_>) -> Vec<ElementRef> {
    let was_loop = |from: ElementRef, to: ElementRef| from == to;
    let flows = document.flows().iter().filter(|(id, flow)| {
        let before = merging.before.get::<Flow>(*id);
        flow.from == flow.to && before.is_some_and(|flow| !was_loop(flow.from.into(), flow.to.into()))
    });
    let mut found: Vec<ElementRef> = flows.map(|(id, _)| id.into()).collect();
    let mut seen: BTreeSet<(LinkKind, ElementRef, ElementRef)> = BTreeSet::new();
    for (id, link) in document.links().iter() {
        if !merging.is_one(link.from) && !merging.is_one(link.to) {
            continue;
        }
        if link.from == link.to || !seen.insert((link.kind, link.from, link.to)) {
            found.push(id.into());
        }
    }
    found
}

/// Rights of the same letter that a holder has twice on a row.
fn double_rights(document: &Document, merging: &Merging<'_>) -> Vec<ElementRef> {
    let concerned = |right: &Right| merging.is_one(right.subject.into()) || merging.is_one(right.holder.into());
    let mut rights: Vec<(RightId, &Right)> = document.rights().iter().filter(|(_, right)| concerned(right)).collect();
    // Those that are as they were come first.
    rights.sort_by_key(|(id, right)| merging.before.get::<Right>(*id) != Some(*right));
    let mut seen: BTreeSet<(Subject, Actor, &str)> = BTreeSet::new();
    let doubled = rights.into_iter().filter(|(_, right)| !seen.insert((right.subject, right.holder, &right.letter)));
    doubled.map(|(id, _)| id.into()).collect()
}

/// Pictures of the one that stays in views that show it twice.
fn double_pictures(document: &Document, merging: &Merging<'_>) -> Vec<ElementRef> {
    let of_kept = document.placements().iter().filter(|(_, placement)| placement.element == merging.kept);
    let mut pictures: Vec<(PlacementId, ViewId)> = of_kept.map(|(id, placement)| (id, placement.view)).collect();
    let was_own = |id: PlacementId| {
        merging.before.get::<Placement>(id).is_some_and(|placement| placement.element == merging.kept)
    };
    pictures.sort_by_key(|(id, _)| !was_own(*id));
    let mut seen: BTreeSet<ViewId> = BTreeSet::new();
    pictures.into_iter().filter(|(_, view)| !seen.insert(*view)).map(|(id, _)| id.into()).collect()
}
