//! People, and the roles they hold.

use super::{Line, Planner, existing, key_of, only, same, stated};
use crate::edit::{MergedPerson, MergedRole, Target};
use crate::import::headings::{Field, word};
use crate::import::organisation_csv::{Record, Vacancy};
use crate::model::*;

impl Planner<'_> {
    pub(super) fn plan_roles(&mut self, records: &[Record], units: &[Option<usize>]) {
        for (record, unit) in records.iter().zip(units) {
            let people = self.plan_people(record);
            if record.role.is_empty() && record.post_id.is_empty() {
                if let Some(name) = record.holders.first() {
                    let expected = "a role for the holder".to_owned();
                    self.problem(record.row, Field::Role, name, expected, "read as a person without a role");
                }
                continue;
            }
            let place = self.role_place(record, *unit);
            self.add_to_role(place, record, &people);
            if !record.reports_to.is_empty() {
                self.lines.push(Line { role: place, row: record.row, target: record.reports_to.clone() });
            }
        }
    }

    fn plan_people(&mut self, record: &Record) -> Vec<usize> {
        let by_id = !record.person_id.is_empty() && record.holders.len() <= 1;
        let mut names = record.holders.clone();
        if by_id && names.is_empty() && record.vacancy == Vacancy::Unstated {
            names.push(record.person_id.clone());
        }
        let reference = if by_id { record.person_id.as_str() } else { "" };
        names.iter().map(|name| self.person_place(name, reference, record.hours)).collect()
    }

    fn person_place(&mut self, name: &str, reference: &str, hours: Option<f64>) -> usize {
        let known =
            if reference.is_empty() { self.people.get(&same(name)) } else { self.person_ids.get(&same(reference)) };
        let place = match known {
            Some(place) => *place,
            None => {
                let target = self.person_target(name, reference);
                let place = self.merge.people.len();
                self.claimed.extend(existing(&target).map(ElementRef::from));
                self.merge.people.push(MergedPerson { target, name: name.to_owned(), hours_per_week: None });
                self.people.entry(same(name)).or_insert(place);
                if !reference.is_empty() {
                    self.person_ids.insert(same(reference), place);
                }
                place
            }
        };
        if let Some(person) = self.merge.people.get_mut(place) {
            person.hours_per_week = person.hours_per_week.or(hours);
        }
        place
    }

    fn person_target(&self, name: &str, reference: &str) -> Target<PersonId> {
        let key = if reference.is_empty() { Key::unset() } else { key_of(reference) };
        if let Some(element @ ElementRef::Person(id)) = self.base.by_key(key.as_str())
            && !self.claimed.contains(&element)
        {
            return Target::Existing(id);
        }
        let named = self.known.people.get(&same(name)).map(Vec::as_slice).unwrap_or_default();
        match named {
            [id] if !self.claimed.contains(&(*id).into()) => Target::Existing(*id),
            _ => Target::New(key),
        }
    }

    fn role_place(&mut self, record: &Record, unit: Option<usize>) -> usize {
        let name = if record.role.is_empty() { &record.post_id } else { &record.role };
        if record.post_id.is_empty() {
            let known_as = (unit, same(name));
            if let Some(place) = self.roles_by_unit.get(&known_as) {
                return *place;
            }
            let place = self.new_role(record, name, unit, Key::unset());
            self.roles_by_unit.insert(known_as, place);
            return place;
        }
        let posts = self.posts.get(&same(&record.post_id)).cloned().unwrap_or_default();
        if let Some((_, place)) = posts.iter().find(|(known, _)| record.role.is_empty() || *known == same(name)) {
            return *place;
        }
        if !posts.is_empty() {
            let expected = "a reference of its own, since another post has this one".to_owned();
            self.problem(record.row, Field::PostId, &record.post_id, expected, "read as another post");
        }
        let key = if posts.is_empty() { key_of(&record.post_id) } else { Key::unset() };
        let place = self.new_role(record, name, unit, key);
        self.posts.entry(same(&record.post_id)).or_default().push((same(name), place));
        place
    }

    fn new_role(&mut self, record: &Record, name: &str, unit: Option<usize>, key: Key) -> usize {
        if record.role.is_empty() {
            let expected = "the name of the role".to_owned();
            self.problem(record.row, Field::Role, "", expected, "the reference of the post became its name");
        }
        let target = self.role_target(name, unit, key);
        self.claimed.extend(existing(&target).map(ElementRef::from));
        self.merge.roles.push(MergedRole {
            target,
            name: name.to_owned(),
            unit,
            holders: None,
            vacant: None,
            reports_to: None,
            level: None,
            purpose: None,
            description: None,
        });
        self.merge.roles.len() - 1
    }

    fn role_target(&self, name: &str, unit: Option<usize>, key: Key) -> Target<RoleId> {
        if let Some(element @ ElementRef::Role(id)) = self.base.by_key(key.as_str())
            && !self.claimed.contains(&element)
        {
            return Target::Existing(id);
        }
        let unit = unit.and_then(|place| existing(&self.merge.units.get(place)?.target));
        let named = self.known.roles.get(&same(name)).map(Vec::as_slice).unwrap_or_default();
        let is_here = |id: RoleId| unit.is_none() || self.base.roles().get(id).is_some_and(|role| role.unit == unit);
        match only(named.iter().filter(|id| is_here(**id) && !self.claimed.contains(&(**id).into()))) {
            Some(id) => Target::Existing(*id),
            None => Target::New(key),
        }
    }

    fn add_to_role(&mut self, place: usize, record: &Record, people: &[usize]) {
        let mut twice = false;
        let unit = record.unit.clone();
        let Some(role) = self.merge.roles.get_mut(place) else { return };
        let mut differing = Vec::new();
        if keep_first(&mut role.level, record.level) {
            differing.push(Field::Level);
        }
        if keep_first(&mut role.purpose, stated(&record.purpose)) {
            differing.push(Field::Purpose);
        }
        if keep_first(&mut role.description, stated(&record.description)) {
            differing.push(Field::Description);
        }
        if record.vacancy == Vacancy::Vacant {
            role.holders.get_or_insert_default();
            role.vacant = Some(true);
        }
        for person in people {
            let holders = role.holders.get_or_insert_default();
            if holders.iter().any(|(known, _)| known == person) {
                twice = true;
            } else {
                holders.push((*person, record.share));
            }
        }
        if role.holders.as_ref().is_some_and(|holders| !holders.is_empty()) {
            role.vacant = Some(false);
        }
        let unit_name = role.unit.and_then(|unit| self.merge.units.get(unit)).map(|unit| unit.name.clone());
        for field in differing {
            let found = match field {
                Field::Level => record.level.map(|level| level.to_string()).unwrap_or_default(),
                Field::Purpose => record.purpose.clone(),
                _ => record.description.clone(),
            };
            let expected = format!("the {} of an earlier row of this role", word(field));
            self.problem(record.row, field, &found, expected, "the earlier row counts");
        }
        if twice {
            let name = record.holders.join("; ");
            let expected = "each holder of a role once".to_owned();
            self.problem(record.row, Field::Holder, &name, expected, "the second time was left out");
        }
        if let Some(first) = unit_name
            && !unit.is_empty()
            && same(&first) != same(&unit)
        {
            let expected = format!("the unit “{first}” as in an earlier row of this post");
            self.problem(record.row, Field::Unit, &unit, expected, "the earlier row counts");
        }
    }
}

/// Takes over a value where there is none yet; whether there is another one.
fn keep_first<T: PartialEq>(field: &mut Option<T>, value: Option<T>) -> bool {
    let differs = field.is_some() && value.is_some() && *field != value;
    if field.is_none() {
        *field = value;
    }
    differs
}
