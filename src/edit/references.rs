//! Every reference from one record to another, in one place: removing empties them, pasting redirects them.
//!
//! Invariant: every field of a record that holds a handle is visited here, in the order of the fields.

use super::Record;
use crate::model::*;

/// What a reference becomes: another handle, or nothing.
pub(super) type Mapping<'a> = &'a mut dyn FnMut(ElementRef) -> Option<ElementRef>;

/// A handle, or an enum of handles, that can be redirected.
trait Handle: Copy + Into<ElementRef> {
    fn of(element: ElementRef) -> Option<Self>;

    fn mapped(self, map: Mapping<'_>) -> Option<Self> {
        map(self.into()).and_then(Self::of)
    }
}

macro_rules! handles {
    ($($Kind:ident $Id:ident),* $(,)?) => {$(
        impl Handle for $Id {
            fn of(element: ElementRef) -> Option<Self> {
                match element {
                    ElementRef::$Kind(id) => Some(id),
                    _ => None,
                }
            }
        }
    )*};
}

handles! {
    Unit UnitId, Role RoleId, Person PersonId, System SystemId, Process ProcessId, Step StepId, Gateway GatewayId,
    Artefact ArtefactId, Decision DecisionId, Framework FrameworkId, View ViewId,
}

impl Handle for Actor {
    fn of(element: ElementRef) -> Option<Self> {
        Self::try_from(element).ok()
    }
}

impl Handle for FlowNode {
    fn of(element: ElementRef) -> Option<Self> {
        Self::try_from(element).ok()
    }
}

impl Handle for Subject {
    fn of(element: ElementRef) -> Option<Self> {
        match element {
            ElementRef::Decision(id) => Some(Self::Decision(id)),
            ElementRef::Step(id) => Some(Self::Step(id)),
            _ => None,
        }
    }
}

impl Handle for ElementRef {
    fn of(element: ElementRef) -> Option<Self> {
        Some(element)
    }
}

fn option<H: Handle>(slot: &mut Option<H>, map: Mapping<'_>) {
    *slot = slot.and_then(|handle| handle.mapped(map));
}

fn list<H: Handle + PartialEq>(slots: &mut Vec<H>, map: Mapping<'_>) {
    let mut kept: Vec<H> = Vec::with_capacity(slots.len());
    for handle in slots.iter().filter_map(|handle| handle.mapped(map)) {
        if !kept.contains(&handle) {
            kept.push(handle);
        }
    }
    *slots = kept;
}

/// Redirects a reference that the record cannot be without; false where it is lost.
fn required<H: Handle>(slot: &mut H, map: Mapping<'_>) -> bool {
    match slot.mapped(map) {
        Some(handle) => {
            *slot = handle;
            true
        }
        None => false,
    }
}

/// A record that refers to others.
pub(super) trait References {
    /// Redirects every reference. False when the record lost one that it cannot be without.
    fn map_references(&mut self, map: Mapping<'_>) -> bool;
}

impl References for Unit {
    fn map_references(&mut self, map: Mapping<'_>) -> bool {
        option(&mut self.parent, map);
        true
    }
}

/// Delegations without their receiver go, and those of decisions of which none is left: they must not become ones of
/// everything.
fn delegations(slots: &mut Vec<Delegation>, map: Mapping<'_>) {
    slots.retain_mut(|delegation| {
        let was_of_some = !delegation.of.is_empty();
        list(&mut delegation.of, map);
        required(&mut delegation.to, map) && !(was_of_some && delegation.of.is_empty())
    });
}

impl References for Role {
    fn map_references(&mut self, map: Mapping<'_>) -> bool {
        option(&mut self.unit, map);
        option(&mut self.deputy, map);
        delegations(&mut self.delegations, map);
        option(&mut self.reports_to, map);
        list(&mut self.also_reports_to, map);
        list(&mut self.dotted_to, map);
        let mut seen: Vec<PersonId> = Vec::new();
        self.holders.retain_mut(|holding| {
            let kept = required(&mut holding.person, map) && !seen.contains(&holding.person);
            seen.push(holding.person);
            kept
        });
        true
    }
}

impl References for Person {
    fn map_references(&mut self, map: Mapping<'_>) -> bool {
        delegations(&mut self.delegations, map);
        true
    }
}

impl References for External {
    fn map_references(&mut self, map: Mapping<'_>) -> bool {
        list(&mut self.serves, map);
        option(&mut self.owner, map);
        true
    }
}

impl References for System {
    fn map_references(&mut self, map: Mapping<'_>) -> bool {
        list(&mut self.serves, map);
        option(&mut self.owner, map);
        true
    }
}

impl References for Body {
    fn map_references(&mut self, map: Mapping<'_>) -> bool {
        option(&mut self.unit, map);
        self.members.retain_mut(|member| required(&mut member.actor, map));
        true
    }
}

impl References for Process {
    fn map_references(&mut self, map: Mapping<'_>) -> bool {
        option(&mut self.owner, map);
        true
    }
}

impl References for Step {
    fn map_references(&mut self, map: Mapping<'_>) -> bool {
        option(&mut self.parent, map);
        option(&mut self.calls, map);
        option(&mut self.performer, map);
        option(&mut self.system, map);
        list(&mut self.inputs, map);
        list(&mut self.outputs, map);
        required(&mut self.process, map)
    }
}

impl References for Gateway {
    fn map_references(&mut self, map: Mapping<'_>) -> bool {
        option(&mut self.parent, map);
        option(&mut self.performer, map);
        option(&mut self.decision, map);
        required(&mut self.process, map)
    }
}

impl References for Event {
    fn map_references(&mut self, map: Mapping<'_>) -> bool {
        option(&mut self.parent, map);
        let was_attached = self.attached.is_some();
        option(&mut self.attached, map);
        if was_attached && self.attached.is_none() {
            return false;
        }
        option(&mut self.performer, map);
        required(&mut self.process, map)
    }
}

impl References for Flow {
    fn map_references(&mut self, map: Mapping<'_>) -> bool {
        option(&mut self.artefact, map);
        required(&mut self.from, map) && required(&mut self.to, map) && required(&mut self.process, map)
    }
}

impl References for Link {
    fn map_references(&mut self, map: Mapping<'_>) -> bool {
        required(&mut self.from, map) && required(&mut self.to, map)
    }
}

impl References for Artefact {
    fn map_references(&mut self, _map: Mapping<'_>) -> bool {
        true
    }
}

impl References for Decision {
    fn map_references(&mut self, map: Mapping<'_>) -> bool {
        option(&mut self.framework, map);
        list(&mut self.scope, map);
        option(&mut self.locus, map);
        list(&mut self.steps, map);
        list(&mut self.gateways, map);
        true
    }
}

impl References for Right {
    fn map_references(&mut self, map: Mapping<'_>) -> bool {
        for tier in &mut self.tiers {
            list(&mut tier.co_signers, map);
            option(&mut tier.escalates_to, map);
            option(&mut tier.deputy, map);
            tier.conditions.retain_mut(|condition| match condition {
                Condition::Unit(unit) => required(unit, map),
                _ => true,
            });
        }
        required(&mut self.subject, map) && required(&mut self.holder, map)
    }
}

impl References for Framework {
    fn map_references(&mut self, _map: Mapping<'_>) -> bool {
        true
    }
}

impl References for Note {
    fn map_references(&mut self, map: Mapping<'_>) -> bool {
        option(&mut self.about, map);
        true
    }
}

impl References for View {
    fn map_references(&mut self, map: Mapping<'_>) -> bool {
        // A view of an inside must not become one of the whole process.
        let had_step = self.within.is_some();
        let kind_stays = map_references_of_kind(&mut self.kind, map);
        option(&mut self.within, map);
        kind_stays && (!had_step || self.within.is_some())
    }
}

fn map_references_of_kind(kind: &mut ViewKind, map: Mapping<'_>) -> bool {
    match kind {
        ViewKind::Organisation { root, .. } => {
            // A chart of one unit must not become a chart of all of them.
            let had_root = root.is_some();
            option(root, map);
            !had_root || root.is_some()
        }
        ViewKind::Process { process, lanes, .. } => {
            let mut seen: Vec<Option<Actor>> = Vec::new();
            lanes.retain_mut(|lane| {
                let had_actor = lane.actor.is_some();
                option(&mut lane.actor, map);
                let kept = (!had_actor || lane.actor.is_some()) && !seen.contains(&lane.actor);
                seen.push(lane.actor);
                kept
            });
            required(process, map)
        }
        ViewKind::Board => true,
        ViewKind::Matrix(matrix) => {
            list(&mut matrix.processes, map);
            list(&mut matrix.columns, map);
            list(&mut matrix.collapsed, map);
            true
        }
    }
}

impl References for Placement {
    fn map_references(&mut self, map: Mapping<'_>) -> bool {
        required(&mut self.view, map) && required(&mut self.element, map)
    }
}

impl Record {
    /// The elements that the record refers to, in the order of its fields; some more than once.
    pub fn references(&self) -> Vec<ElementRef> {
        let mut found = Vec::new();
        self.clone().map_references(&mut |element| {
            found.push(element);
            Some(element)
        });
        found
    }
}
