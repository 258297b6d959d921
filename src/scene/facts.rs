//! What drawings ask of a document again and again, gathered in one pass each and only when asked for.
//!
//! Counts and look-ups only: who is overloaded or missing is for the rules to say. Maps are looked into, never walked.

use std::cell::OnceCell;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::*;

/// A document with indexes made of it on demand.
pub(crate) struct Facts<'a> {
    pub(crate) document: &'a Document,
    organisation: OnceCell<Arc<Organisation>>,
    deciding: OnceCell<Arc<Deciding>>,
}

/// The indexes of a document without the document, to be kept for the next version of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Gathered {
    organisation: Option<Arc<Organisation>>,
    deciding: Option<Arc<Deciding>>,
}

/// Units and roles by what they belong to.
#[derive(Debug, Default)]
pub(crate) struct Organisation {
    /// Units below a unit, in their order; the roots under none.
    pub(crate) units_below: FxHashMap<Option<UnitId>, Vec<UnitId>>,
    /// Roles of a unit, in their order.
    pub(crate) roles_in: FxHashMap<Option<UnitId>, Vec<RoleId>>,
    counts: FxHashMap<UnitId, Counts>,
    tints: FxHashMap<UnitId, u8>,
}

/// How many there are in a unit and all below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Different people.
    pub(crate) people: usize,
    /// Units below, itself not counted.
    pub(crate) units: usize,
    /// Roles.
    pub(crate) roles: usize,
}

/// Who decides what, and where.
#[derive(Debug, Default)]
pub(crate) struct Deciding {
    /// Rights on a decision or step, in the order of their making.
    pub(crate) rights: FxHashMap<Subject, Vec<RightId>>,
    /// Decisions taken at a step or gateway, in the order of their making.
    decisions_at: FxHashMap<ElementRef, Vec<DecisionId>>,
    decided_by: FxHashMap<Actor, u32>,
}

/// Number of tints of a theme.
pub(crate) const TINTS: u8 = 8;

impl<'a> Facts<'a> {
    pub(crate) fn new(document: &'a Document) -> Self {
        Self { document, organisation: OnceCell::new(), deciding: OnceCell::new() }
    }

    /// Of a document whose indexes were gathered before.
    pub(crate) fn again(document: &'a Document, gathered: &Gathered) -> Self {
        let facts = Self::new(document);
        if let Some(organisation) = &gathered.organisation {
            facts.organisation.get_or_init(|| organisation.clone());
        }
        if let Some(deciding) = &gathered.deciding {
            facts.deciding.get_or_init(|| deciding.clone());
        }
        facts
    }

    /// Of a later version of a document; what is still true of it is not gathered anew.
    pub(crate) fn after(document: &'a Document, before: &Facts<'_>) -> Self {
        let Gathered { organisation, deciding } = before.gathered();
        let organisation = organisation.filter(|_| Organisation::holds_after(before.document, document));
        let deciding = deciding.filter(|_| Deciding::holds_after(before.document, document));
        Self::again(document, &Gathered { organisation, deciding })
    }

    /// What was asked for so far.
    pub(crate) fn gathered(&self) -> Gathered {
        Gathered { organisation: self.organisation.get().cloned(), deciding: self.deciding.get().cloned() }
    }

    pub(crate) fn organisation(&self) -> &Organisation {
        self.organisation.get_or_init(|| Arc::new(Organisation::of(self.document)))
    }

    pub(crate) fn deciding(&self) -> &Deciding {
        self.deciding.get_or_init(|| Arc::new(Deciding::of(self.document)))
    }

    pub(crate) fn counts(&self, unit: UnitId) -> Counts {
        self.organisation().counts.get(&unit).copied().unwrap_or_default()
    }

    /// The tint of a unit: its own, else that of the unit above; units below a root take turns.
    pub(crate) fn tint(&self, unit: UnitId) -> u8 {
        self.organisation().tints.get(&unit).copied().unwrap_or(TINTS - 1)
    }

    /// The tint of an actor's unit, or none for actors outside of units.
    pub(crate) fn tint_of(&self, actor: Actor) -> Option<u8> {
        self.document.unit_of_actor(actor).map(|unit| self.tint(unit))
    }

    /// How many different decisions an actor decides.
    pub(crate) fn decisions_of(&self, actor: Actor) -> u32 {
        self.deciding().decided_by.get(&actor).copied().unwrap_or(0)
    }

    /// Decisions taken at a step or gateway.
    pub(crate) fn decisions_at(&self, element: ElementRef) -> &[DecisionId] {
        self.deciding().decisions_at.get(&element).map_or(&[], Vec::as_slice)
    }

    /// Rights on a decision or step.
    pub(crate) fn rights_on(&self, subject: Subject) -> impl Iterator<Item = (RightId, &'a Right)> {
        let rights = self.deciding().rights.get(&subject).map_or(&[][..], Vec::as_slice);
        rights.iter().filter_map(|id| self.document.get::<Right>(*id).map(|right| (*id, right)))
    }
}

impl Organisation {
    /// Whether what was gathered of a version is true of a later one: names and the like do not matter here.
    fn holds_after(before: &Document, document: &Document) -> bool {
        let mut units = document.units().changes_since(before.units());
        let mut roles = document.roles().changes_since(before.roles());
        let unit = |document: &Document, id| document.get::<Unit>(id).map(|unit| (unit.parent, unit.order, unit.tint));
        let place = |role: &Role| (role.unit, role.order, role.holders.clone());
        let role = |document: &Document, id| document.get::<Role>(id).map(place);
        units.all(|(id, _)| unit(before, id) == unit(document, id))
            && roles.all(|(id, _)| role(before, id) == role(document, id))
    }

    fn of(document: &Document) -> Self {
        let mut organisation = Self::default();
        let mut units: Vec<_> = document.units().iter().map(|(id, unit)| (unit.order, id, unit)).collect();
        units.sort_unstable_by_key(|(order, id, _)| (*order, *id));
        for (_, id, unit) in &units {
            organisation.units_below.entry(unit.parent).or_default().push(*id);
        }
        let mut roles: Vec<_> = document.roles().iter().map(|(id, role)| (role.order, id, role)).collect();
        roles.sort_unstable_by_key(|(order, id, _)| (*order, *id));
        for (_, id, role) in &roles {
            organisation.roles_in.entry(role.unit).or_default().push(*id);
        }
        let order = organisation.below_the_roots();
        organisation.give_tints(document, &order);
        organisation.count(document, &order);
        organisation
    }

    /// Units, each behind the one above it. Units in a circle of parents are not reached.
    fn below_the_roots(&self) -> Vec<UnitId> {
        let mut order = self.units_below.get(&None).cloned().unwrap_or_default();
        let mut next = 0;
        while let Some(unit) = order.get(next).copied() {
            order.extend(self.units_below.get(&Some(unit)).into_iter().flatten().copied());
            next += 1;
        }
        order
    }

    fn give_tints(&mut self, document: &Document, order: &[UnitId]) {
        let mut turn = 0;
        for id in order {
            let Some(unit) = document.get::<Unit>(*id) else { continue };
            let tint = match (unit.tint, unit.parent) {
                (Some(own), _) => own % TINTS,
                (None, None) => TINTS - 1,
                (None, Some(parent)) if self.is_tinted_root(document, parent) => {
                    turn += 1;
                    (turn - 1) % (TINTS - 1)
                }
                (None, Some(parent)) => self.tints.get(&parent).copied().unwrap_or(TINTS - 1),
            };
            self.tints.insert(*id, tint);
        }
    }

    /// Whether the units below take tints of their own: those below a root do.
    fn is_tinted_root(&self, document: &Document, unit: UnitId) -> bool {
        document.get::<Unit>(unit).is_some_and(|unit| unit.parent.is_none())
    }

    fn count(&mut self, document: &Document, order: &[UnitId]) {
        let mut people: FxHashMap<UnitId, FxHashSet<PersonId>> = FxHashMap::default();
        for id in order.iter().rev() {
            let roles = self.roles_in.get(&Some(*id)).map_or(&[][..], Vec::as_slice);
            let mut own = people.remove(id).unwrap_or_default();
            let mut counts = self.counts.remove(id).unwrap_or_default();
            counts.roles += roles.len();
            for role in roles.iter().filter_map(|role| document.get::<Role>(*role)) {
                own.extend(role.holders.iter().map(|holding| holding.person));
            }
            counts.people = own.len();
            self.counts.insert(*id, counts);
            if let Some(parent) = document.get::<Unit>(*id).and_then(|unit| unit.parent) {
                let above = self.counts.entry(parent).or_default();
                above.roles += counts.roles;
                above.units += counts.units + 1;
                let theirs = people.entry(parent).or_default();
                if theirs.len() < own.len() {
                    std::mem::swap(theirs, &mut own);
                }
                theirs.extend(own.drain());
            }
        }
    }
}

impl Deciding {
    /// Whether what was gathered of a version is true of a later one.
    fn holds_after(before: &Document, document: &Document) -> bool {
        document.project().framework == before.project().framework
            && document.frameworks().changes_since(before.frameworks()).next().is_none()
            && document.rights().changes_since(before.rights()).next().is_none()
            && document.decisions().changes_since(before.decisions()).next().is_none()
            && document.gateways().changes_since(before.gateways()).next().is_none()
    }

    fn of(document: &Document) -> Self {
        let mut deciding = Self::default();
        let mut counted: FxHashSet<(Actor, Subject)> = FxHashSet::default();
        for (id, right) in document.rights().iter() {
            deciding.rights.entry(right.subject).or_default().push(id);
            let is_decision = matches!(right.subject, Subject::Decision(_));
            let decides = is_decision && document.right_has_duty(right, Duty::Decide);
            if decides && counted.insert((right.holder, right.subject)) {
                *deciding.decided_by.entry(right.holder).or_default() += 1;
            }
        }
        for (id, decision) in document.decisions().iter() {
            let steps = decision.steps.iter().map(|step| ElementRef::Step(*step));
            let gateways = decision.gateways.iter().map(|gateway| ElementRef::Gateway(*gateway));
            for element in steps.chain(gateways) {
                deciding.decisions_at.entry(element).or_default().push(id);
            }
        }
        for (id, gateway) in document.gateways().iter() {
            let Some(decision) = gateway.decision else { continue };
            let at = deciding.decisions_at.entry(id.into()).or_default();
            if !at.contains(&decision) {
                at.insert(0, decision);
            }
        }
        deciding
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_with_two_roles_are_counted_once_and_units_without_themselves() {
        let mut document = Document::default();
        let firm = document.insert(Unit::new("Firm"));
        let shop = document.insert(Unit { parent: Some(firm), ..Unit::new("Shop") });
        let ana = document.insert(Person::new("Ana"));
        let holding = Holding { person: ana, share: None };
        document.insert(Role { unit: Some(firm), holders: vec![holding], ..Role::new("Owner") });
        document.insert(Role { unit: Some(shop), holders: vec![holding], ..Role::new("Manager") });
        let facts = Facts::new(&document);
        assert_eq!(facts.counts(firm), Counts { people: 1, units: 1, roles: 2 });
        assert_eq!(facts.counts(shop), Counts { people: 1, units: 0, roles: 1 });
        assert_eq!((facts.tint(firm), facts.tint(shop)), (7, 0));
    }

    #[test]
    fn a_gateway_names_its_own_decision_first() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let first = document.insert(Decision::new("Grant refund"));
        let gateway = document
            .insert(Gateway { decision: Some(first), ..Gateway::new(process, GatewayKind::Exclusive, "Small?") });
        let second = document.insert(Decision { gateways: vec![gateway], ..Decision::new("Grant discount") });
        let facts = Facts::new(&document);
        assert_eq!(facts.decisions_at(gateway.into()), [first, second]);
    }
}
