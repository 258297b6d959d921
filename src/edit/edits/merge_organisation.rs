//! Units, roles and people brought over from elsewhere, with the references between them.
//!
//! What is new is added, what the document has already is updated in the fields that are stated; a field left `None`
//! stays as it is. Nothing is taken away. References between the parts are places in the lists below.

use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Which element of the document is meant: one that exists, or a new one, with the key it should have.
#[derive(Clone, Debug, PartialEq)]
pub enum Target<I> {
    /// Update this one.
    Existing(I),
    /// Add one; an unset or taken key is replaced by a free one.
    New(Key),
}

/// A unit to add or to update.
#[derive(Clone, Debug, PartialEq)]
pub struct MergedUnit {
    /// Which one.
    pub target: Target<UnitId>,
    /// Name.
    pub name: String,
    /// The unit above it: a place in the list of units.
    pub parent: Option<usize>,
    /// What it is called in the firm.
    pub kind: Option<String>,
}

/// A person to add or to update.
#[derive(Clone, Debug, PartialEq)]
pub struct MergedPerson {
    /// Which one.
    pub target: Target<PersonId>,
    /// Name.
    pub name: String,
    /// Hours of work in a week.
    pub hours_per_week: Option<f64>,
}

/// A role to add or to update.
#[derive(Clone, Debug, PartialEq)]
pub struct MergedRole {
    /// Which one.
    pub target: Target<RoleId>,
    /// Name.
    pub name: String,
    /// The unit it sits in: a place in the list of units.
    pub unit: Option<usize>,
    /// Who holds it: places in the list of people, with the share of their time; replaces all holders.
    pub holders: Option<Vec<(usize, Option<f64>)>>,
    /// Whether it is known to be empty.
    pub vacant: Option<bool>,
    /// The role it reports to: a place in the list of roles.
    pub reports_to: Option<usize>,
    /// Distance from the owner.
    pub level: Option<u8>,
    /// Why it exists.
    pub purpose: Option<String>,
    /// Free text.
    pub description: Option<String>,
}

/// Adds and updates the units, roles and people of a list in one step.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MergeOrganisation {
    /// Where it comes from, for the name of the step.
    pub source: String,
    /// Name of the project, where it has none.
    pub project_name: Option<String>,
    /// Units.
    pub units: Vec<MergedUnit>,
    /// People.
    pub people: Vec<MergedPerson>,
    /// Roles.
    pub roles: Vec<MergedRole>,
    /// Name of an organisation chart of everything, made where the document has none.
    pub view: Option<String>,
}

impl EditAction for MergeOrganisation {
    fn label(&self, _document: &Document) -> String {
        format!("Import “{}”", self.source)
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        if self.units.is_empty() && self.people.is_empty() && self.roles.is_empty() {
            return Verdict::Ignore;
        }
        let gone = |missing: bool| missing.then_some("An element to be updated is no longer there.");
        let units = self.units.iter().any(|unit| is_gone::<Unit>(document, &unit.target));
        let people = self.people.iter().any(|person| is_gone::<Person>(document, &person.target));
        let roles = self.roles.iter().any(|role| is_gone::<Role>(document, &role.target));
        gone(units || people || roles).map_or(Verdict::Yes, |reason| Verdict::No(reason.to_owned()))
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        if let Some(name) = &self.project_name {
            transaction.update_project(|project| {
                if project.name.is_empty() {
                    project.name.clone_from(name);
                }
            });
        }
        let units = self.merge_units(transaction)?;
        let people = self.merge_people(transaction)?;
        self.merge_roles(transaction, &units, &people)?;
        self.make_view(transaction);
        Ok(())
    }
}

pub(super) fn is_gone<E: Element>(document: &Document, target: &Target<E::Id>) -> bool {
    matches!(target, Target::Existing(id) if document.get::<E>(*id).is_none())
}

/// The handle of a target; a new record is made where it is new.
pub(super) fn settle<E: Element>(transaction: &mut Transaction, target: &Target<E::Id>, new: impl FnOnce(Key) -> E) -> E::Id {
    match target {
        Target::Existing(id) => *id,
        Target::New(key) => transaction.insert(new(key.clone())),
    }
}

fn set<T: Clone>(field: &mut T, stated: Option<&T>) {
    if let Some(value) = stated {
        field.clone_from(value);
    }
}

/// The order of something new among siblings: behind all there are.
pub(super) fn next_order(orders: impl Iterator<Item = i32>) -> i32 {
    orders.max().map_or(0, |last| last.saturating_add(1))
}

impl MergeOrganisation {
    fn merge_units(&self, transaction: &mut Transaction) -> Result<Vec<UnitId>, EditError> {
        let mut order = next_order(transaction.document().units().iter().map(|(_, unit)| unit.order));
        let mut ids = Vec::with_capacity(self.units.len());
        for unit in &self.units {
            ids.push(settle(transaction, &unit.target, |key| Unit { key, order, ..Unit::new(unit.name.clone()) }));
            order = order.saturating_add(1);
        }
        for (id, unit) in ids.iter().zip(&self.units) {
            let parent = unit.parent.and_then(|place| ids.get(place)).copied();
            transaction.update(*id, |record: &mut Unit| {
                record.name.clone_from(&unit.name);
                record.parent = parent.or(record.parent);
                set(&mut record.kind, unit.kind.as_ref());
            })?;
        }
        Ok(ids)
    }

    fn merge_people(&self, transaction: &mut Transaction) -> Result<Vec<PersonId>, EditError> {
        let mut ids = Vec::with_capacity(self.people.len());
        for person in &self.people {
            let id = settle(transaction, &person.target, |key| Person { key, ..Person::new(person.name.clone()) });
            transaction.update(id, |record: &mut Person| {
                record.name.clone_from(&person.name);
                record.hours_per_week = person.hours_per_week.or(record.hours_per_week);
            })?;
            ids.push(id);
        }
        Ok(ids)
    }

    fn merge_roles(
        &self,
        transaction: &mut Transaction,
        units: &[UnitId],
        people: &[PersonId],
    ) -> Result<(), EditError> {
        let mut order = next_order(transaction.document().roles().iter().map(|(_, role)| role.order));
        let mut ids = Vec::with_capacity(self.roles.len());
        for role in &self.roles {
            ids.push(settle(transaction, &role.target, |key| Role { key, order, ..Role::new(role.name.clone()) }));
            order = order.saturating_add(1);
        }
        for (id, role) in ids.iter().zip(&self.roles) {
            let unit = role.unit.and_then(|place| units.get(place)).copied();
            let reports_to = role.reports_to.and_then(|place| ids.get(place)).copied();
            let holders = role.holders.as_ref().map(|holders| holdings(holders, people));
            transaction.update(*id, |record: &mut Role| {
                record.name.clone_from(&role.name);
                record.unit = unit.or(record.unit);
                record.reports_to = reports_to.or(record.reports_to);
                record.level = role.level.or(record.level);
                set(&mut record.holders, holders.as_ref());
                set(&mut record.vacant, role.vacant.as_ref());
                record.vacant &= record.holders.is_empty();
                set(&mut record.purpose, role.purpose.as_ref());
                set(&mut record.description, role.description.as_ref());
            })?;
        }
        Ok(())
    }

    fn make_view(&self, transaction: &mut Transaction) {
        let Some(name) = &self.view else { return };
        let document = transaction.document();
        let has_chart =
            document.views().iter().any(|(_, view)| matches!(view.kind, ViewKind::Organisation { root: None, .. }));
        if !has_chart {
            let order = next_order(document.views().iter().map(|(_, view)| view.order));
            let kind = ViewKind::organisation(None);
            transaction.insert(View { order, ..View::new(name.clone(), kind) });
        }
    }
}

fn holdings(holders: &[(usize, Option<f64>)], people: &[PersonId]) -> Vec<Holding> {
    let known = holders.iter().filter_map(|(place, share)| Some((*people.get(*place)?, *share)));
    known.map(|(person, share)| Holding { person, share }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;

    fn owner_and_clerk() -> MergeOrganisation {
        let role = |name: &str, reports_to| MergedRole {
            target: Target::New(Key::unset()),
            name: name.to_owned(),
            unit: Some(0),
            holders: Some(vec![(0, Some(0.5))]),
            vacant: None,
            reports_to,
            level: None,
            purpose: None,
            description: None,
        };
        MergeOrganisation {
            source: "list.csv".to_owned(),
            project_name: Some("Bakery".to_owned()),
            units: vec![MergedUnit {
                target: Target::New(Key::unset()),
                name: "Office".to_owned(),
                parent: None,
                kind: None,
            }],
            people: vec![MergedPerson {
                target: Target::New(Key::unset()),
                name: "Ana".to_owned(),
                hours_per_week: None,
            }],
            roles: vec![role("Clerk", Some(1)), role("Owner", None)],
            view: Some("Organisation".to_owned()),
        }
    }

    #[test]
    fn references_between_new_parts_lead_to_the_new_elements() {
        let document = apply(&Document::default(), &owner_and_clerk().into()).unwrap().document;
        let (_, clerk) = document.roles().iter().next().unwrap();
        assert_eq!(document.name_of(clerk.reports_to.unwrap().into()), "Owner");
        assert_eq!(document.name_of(clerk.unit.unwrap().into()), "Office");
        assert_eq!(document.project().name, "Bakery");
        assert_eq!(document.views().len(), 1);
        assert_eq!(integrity::check(&document), []);
    }

    #[test]
    fn an_update_keeps_what_is_not_stated() {
        let document = apply(&Document::default(), &owner_and_clerk().into()).unwrap().document;
        let owner = document.roles().ids().last().unwrap();
        let update = MergedRole {
            target: Target::Existing(owner),
            name: "Founder".to_owned(),
            unit: None,
            holders: None,
            vacant: None,
            reports_to: None,
            level: Some(0),
            purpose: None,
            description: None,
        };
        let edit = MergeOrganisation { roles: vec![update], ..MergeOrganisation::default() };
        let updated = apply(&document, &edit.into()).unwrap().document;
        let role = updated.roles().get(owner).unwrap();
        assert_eq!((role.name.as_str(), role.level, role.holders.len()), ("Founder", Some(0), 1));
        assert!(role.unit.is_some());
    }
}
