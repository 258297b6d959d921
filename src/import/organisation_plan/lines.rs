//! Reporting lines: whom a role reports to.

use std::collections::BTreeMap;

use super::{Line, Planner, existing, is_above, key_of, only, same};
use crate::edit::{MergedRole, Target};
use crate::import::headings::Field;
use crate::model::*;

impl Planner<'_> {
    pub(super) fn plan_lines(&mut self) {
        let held = self.roles_held();
        let mut named: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (place, role) in self.merge.roles.iter().enumerate() {
            named.entry(same(&role.name)).or_default().push(place);
        }
        for line in std::mem::take(&mut self.lines) {
            match self.superior(&line, &held, &named) {
                Ok(superior) => self.set_superior(&line, superior),
                Err(expected) => {
                    let consequence = "the reporting line was left out";
                    self.problem(line.row, Field::ReportsTo, &line.target, expected.to_owned(), consequence);
                }
            }
        }
    }

    fn set_superior(&mut self, line: &Line, superior: usize) {
        let consequence = "the reporting line was left out";
        let before = self.merge.roles.get(line.role).and_then(|role| role.reports_to);
        if let Some(before) = before {
            if before != superior {
                let name = self.merge.roles.get(before).map_or("", |role| role.name.as_str());
                let expected = format!("“{name}” as in an earlier row of this role");
                self.problem(line.row, Field::ReportsTo, &line.target, expected, consequence);
            }
            return;
        }
        if self.role_is_above(line.role, superior) {
            let expected = if line.role == superior {
                "a superior other than the role itself"
            } else {
                "a superior that is not itself below this role"
            };
            self.problem(line.row, Field::ReportsTo, &line.target, expected.to_owned(), consequence);
        } else if let Some(role) = self.merge.roles.get_mut(line.role) {
            role.reports_to = Some(superior);
            self.report.reporting_lines += 1;
        }
    }

    /// Whether the role at `place` is `below` or above it.
    fn role_is_above(&self, place: usize, below: usize) -> bool {
        let planned = |place: usize| {
            let role = self.merge.roles.get(place)?;
            Some((role.reports_to, existing(&role.target)))
        };
        let base = |id: RoleId| self.base.roles().get(id)?.reports_to;
        is_above(place, below, planned, base, self.merge.roles.len() + self.base.roles().len())
    }

    /// Places of roles by the person who holds them.
    fn roles_held(&self) -> BTreeMap<usize, Vec<usize>> {
        let mut held: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (place, role) in self.merge.roles.iter().enumerate() {
            for (person, _) in role.holders.iter().flatten() {
                held.entry(*person).or_default().push(place);
            }
        }
        held
    }

    /// The role a line leads to, or what was expected instead.
    fn superior(
        &mut self,
        line: &Line,
        held: &BTreeMap<usize, Vec<usize>>,
        named: &BTreeMap<String, Vec<usize>>,
    ) -> Result<usize, &'static str> {
        let target = same(&line.target);
        if let Some(posts) = self.posts.get(&target) {
            let place = only(posts.iter().map(|(_, place)| *place));
            return place.ok_or("a reference that one post only has");
        }
        if let Some(ElementRef::Role(id)) = self.base.by_key(key_of(&line.target).as_str()) {
            return Ok(self.adopt(id));
        }
        if let Some(person) = self.person_ids.get(&target) {
            let roles = held.get(person).cloned().unwrap_or_default();
            return self.nearest(line.role, roles).ok_or("a person who holds one role only");
        }
        if let Some(roles) = named.get(&target) {
            let found = self.nearest(line.role, roles.clone());
            return found.ok_or("one role only; several have this name, so give a reference");
        }
        if let Some(person) = self.people.get(&target) {
            let roles = held.get(person).cloned().unwrap_or_default();
            return self.nearest(line.role, roles).ok_or("a person who holds one role only");
        }
        self.superior_in_base(&target).ok_or("the reference or name of a role, or the name of its holder")
    }

    /// A role of the document by its name or that of its holder, where only one fits.
    fn superior_in_base(&mut self, target: &str) -> Option<usize> {
        let by_name = self.known.roles.get(target).and_then(|roles| only(roles.iter()).copied());
        let found = by_name.or_else(|| {
            let person = only(self.known.people.get(target)?.iter()).copied()?;
            let holds = |role: &Role| role.holders.iter().any(|holding| holding.person == person);
            only(self.base.roles().iter().filter(|(_, role)| holds(role))).map(|(id, _)| id)
        });
        found.map(|id| self.adopt(id))
    }

    /// The place of a role of the document; it joins the plan unchanged where it is not in it.
    fn adopt(&mut self, id: RoleId) -> usize {
        if let Some(place) = self.merge.roles.iter().position(|role| role.target == Target::Existing(id)) {
            return place;
        }
        self.merge.roles.push(MergedRole {
            target: Target::Existing(id),
            name: self.base.name_of(id.into()).to_owned(),
            unit: None,
            holders: None,
            vacant: None,
            reports_to: None,
            level: None,
            purpose: None,
            description: None,
        });
        self.merge.roles.len() - 1
    }

    /// Of several roles the only one, or the only one in the unit of `role`, or in the nearest unit above.
    fn nearest(&self, role: usize, candidates: Vec<usize>) -> Option<usize> {
        if let Some(place) = only(candidates.iter()) {
            return Some(*place);
        }
        let others: Vec<usize> = candidates.into_iter().filter(|place| *place != role).collect();
        if let Some(place) = only(others.iter()) {
            return Some(*place);
        }
        let mut unit = self.merge.roles.get(role)?.unit;
        for _ in 0..=self.merge.units.len() {
            let here = unit?;
            let mut inside =
                others.iter().filter(|place| self.merge.roles.get(**place).is_some_and(|role| role.unit == Some(here)));
            if let Some(place) = only(inside.by_ref()) {
                return Some(*place);
            }
            unit = self.merge.units.get(here)?.parent;
        }
        None
    }
}
