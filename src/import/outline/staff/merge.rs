//! The tree as an edit: what exists by name is used, what does not is made.

use std::collections::BTreeMap;

use super::entries::{Entry, Sort, entries};
use crate::edit::{Edit, MergeOrganisation, MergedPerson, MergedRole, MergedUnit, Sequence, Target};
use crate::import::headings::folded;
use crate::import::outline::likely::{Choice, meaning};
use crate::import::outline::lines::Line;
use crate::import::outline::{Answers, Draft};
use crate::model::*;

/// Writes lines into an organisation, below a unit or role where one is given.
pub fn write(document: &Document, lines: &[Line<'_>], base: Option<Actor>, answers: &Answers) -> Draft {
    let mut writer = Writer::new(document, answers);
    let base = writer.base(base);
    for entry in entries(lines) {
        writer.entry(&entry, base);
    }
    writer.finish()
}

/// Where an entry came to stand: places in the lists of the edit.
#[derive(Clone, Copy, Default)]
struct Seat {
    unit: Option<usize>,
    role: Option<usize>,
}

struct Writer<'a> {
    document: &'a Document,
    answers: &'a Answers,
    edit: MergeOrganisation,
    seats: Vec<Seat>,
    people: BTreeMap<String, usize>,
    /// How many new units, roles, people.
    new: [usize; 3],
    changed: usize,
    choices: Vec<Choice>,
    problems: Vec<String>,
}

impl<'a> Writer<'a> {
    /// Nothing written yet.
    fn new(document: &'a Document, answers: &'a Answers) -> Self {
        Self {
            document,
            answers,
            edit: MergeOrganisation::default(),
            seats: Vec::new(),
            people: BTreeMap::new(),
            new: [0; 3],
            changed: 0,
            choices: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// What the topmost entries are below of.
    fn base(&mut self, base: Option<Actor>) -> Seat {
        match base {
            Some(Actor::Unit(unit)) => Seat { unit: Some(self.known_unit(unit)), role: None },
            Some(Actor::Role(role)) => {
                let unit = self.document.get::<Role>(role).and_then(|role| role.unit);
                Seat { unit: unit.map(|unit| self.known_unit(unit)), role: Some(self.known_role(role)) }
            }
            _ => Seat::default(),
        }
    }

    fn entry(&mut self, entry: &Entry, base: Seat) {
        let above = entry.parent.and_then(|parent| self.seats.get(parent).copied()).unwrap_or(base);
        let seat = match entry.sort {
            Sort::Unit => Seat { unit: Some(self.unit(entry, above)), role: None },
            Sort::Role => Seat { unit: above.unit, role: Some(self.role(entry, above)) },
        };
        self.seats.push(seat);
    }

    fn unit_at(&self, place: Option<usize>) -> Option<UnitId> {
        match self.edit.units.get(place?)?.target {
            Target::Existing(id) => Some(id),
            Target::New(_) => None,
        }
    }

    fn known_unit(&mut self, id: UnitId) -> usize {
        let target = Target::Existing(id);
        if let Some(place) = self.edit.units.iter().position(|unit| unit.target == target) {
            return place;
        }
        let name = self.document.name_of(id.into()).to_owned();
        self.edit.units.push(MergedUnit { target, name, parent: None, kind: None });
        self.edit.units.len() - 1
    }

    fn unit(&mut self, entry: &Entry, above: Seat) -> usize {
        let key = folded(&entry.name);
        // A line that begins with the unit it is written into, or one around that, means that one.
        if entry.parent.is_none()
            && let Some(around) = self.around(above.unit, &key)
        {
            return self.known_unit(around);
        }
        let same = |unit: &MergedUnit| folded(&unit.name) == key && (unit.parent == above.unit || above.unit.is_none());
        if let Some(place) = self.edit.units.iter().position(same) {
            return place;
        }
        // A unit of that name below the same one; at the beginning of a line one of that name anywhere.
        let parent = self.unit_at(above.unit);
        let fits = |unit: &Unit| above.unit.is_none() || (parent.is_some() && unit.parent == parent);
        let is_same = |unit: &Unit| folded(&unit.name) == key && fits(unit);
        let known: Vec<UnitId> =
            self.document.units().iter().filter(|(_, unit)| is_same(unit)).map(|(id, _)| id).collect();
        if let Some(first) = known.first() {
            if known.len() > 1 {
                let count = known.len();
                self.problems.push(format!("{count} units are called “{}”; the first of them is taken.", entry.name));
            }
            return self.known_unit(*first);
        }
        self.new[0] += 1;
        self.edit.units.push(MergedUnit {
            target: Target::New(Key::unset()),
            name: entry.name.clone(),
            parent: above.unit,
            kind: None,
        });
        self.edit.units.len() - 1
    }

    /// The unit of that name among a unit and those around it.
    fn around(&self, place: Option<usize>, key: &str) -> Option<UnitId> {
        let mut at = self.unit_at(place);
        for _ in 0..=self.document.units().len() {
            let id = at?;
            let unit = self.document.get::<Unit>(id)?;
            if folded(&unit.name) == key {
                return Some(id);
            }
            at = unit.parent;
        }
        None
    }

    fn known_role(&mut self, id: RoleId) -> usize {
        let target = Target::Existing(id);
        if let Some(place) = self.edit.roles.iter().position(|role| role.target == target) {
            return place;
        }
        let name = self.document.name_of(id.into()).to_owned();
        self.edit.roles.push(merged_role(target, name));
        self.edit.roles.len() - 1
    }

    fn role(&mut self, entry: &Entry, above: Seat) -> usize {
        let holders = self.holders(entry);
        let unit = self.unit_at(above.unit);
        let key = folded(&entry.name);
        let is_same = |role: &Role| folded(&role.name) == key && (role.unit == unit || above.unit.is_none());
        let known =
            self.document.roles().iter().find(|(_, role)| is_same(role) && (unit.is_some() || above.unit.is_none()));
        let written = self.edit.roles.iter().position(|role| folded(&role.name) == key && role.unit == above.unit);
        let place = match (known, written) {
            (Some((id, _)), _) => self.known_role(id),
            (None, Some(place)) => place,
            (None, None) => {
                self.new[1] += 1;
                let mut role = merged_role(Target::New(Key::unset()), entry.name.clone());
                (role.unit, role.reports_to) = (above.unit, above.role);
                self.edit.roles.push(role);
                self.edit.roles.len() - 1
            }
        };
        self.seat(place, holders, entry.vacant);
        place
    }

    /// Adds holders to those that a role has already.
    fn seat(&mut self, place: usize, holders: Vec<(usize, Option<f64>)>, vacant: bool) {
        let target = self.edit.roles.get(place).map(|role| role.target.clone());
        let mut all = match self.edit.roles.get(place).and_then(|role| role.holders.clone()) {
            Some(written) => written,
            None => match target {
                Some(Target::Existing(id)) => self.holders_of(id),
                _ => Vec::new(),
            },
        };
        let before = all.len();
        for holder in holders {
            if !all.iter().any(|(person, _)| *person == holder.0) {
                all.push(holder);
            }
        }
        let has_more = all.len() > before;
        let Some(role) = self.edit.roles.get_mut(place) else { return };
        if matches!(role.target, Target::Existing(_)) && (has_more || vacant) {
            self.changed += 1;
        }
        if has_more || (vacant && all.is_empty()) {
            role.vacant = Some(vacant && all.is_empty());
            role.holders = Some(all);
        }
    }

    fn holders_of(&mut self, id: RoleId) -> Vec<(usize, Option<f64>)> {
        let holders = self.document.get::<Role>(id).map(|role| role.holders.clone()).unwrap_or_default();
        holders.into_iter().map(|holding| (self.known_person(holding.person), holding.share)).collect()
    }

    fn known_person(&mut self, id: PersonId) -> usize {
        let target = Target::Existing(id);
        if let Some(place) = self.edit.people.iter().position(|person| person.target == target) {
            return place;
        }
        let name = self.document.name_of(id.into()).to_owned();
        self.edit.people.push(MergedPerson { target, name, hours_per_week: None });
        self.edit.people.len() - 1
    }

    /// Who holds a role; where more hold it than are named, others stand in for them.
    fn holders(&mut self, entry: &Entry) -> Vec<(usize, Option<f64>)> {
        let mut holders: Vec<(usize, Option<f64>)> =
            entry.holders.iter().map(|(name, share)| (self.person(name), *share)).collect();
        let Some(seats) = entry.seats else { return holders };
        if seats < holders.len() {
            self.problems.push(format!("“{}” has {} names for {seats}.", entry.name, holders.len()));
        }
        let named = holders.len();
        for number in named + 1..=seats {
            holders.push((self.stand_in(&entry.name, number), None));
        }
        if seats > named {
            let count = seats - named;
            let people = if count == 1 { "person" } else { "people" };
            self.problems.push(format!("{count} {people} of “{}” have no name yet: they are numbered.", entry.name));
        }
        holders
    }

    /// A person whose name is not known yet.
    fn stand_in(&mut self, role: &str, number: usize) -> usize {
        let is_taken = |name: &str| {
            self.people.contains_key(&folded(name))
                || self.document.people().iter().any(|(_, person)| folded(&person.name) == folded(name))
        };
        let free = (number..).map(|number| format!("{role} {number}")).find(|name| !is_taken(name)).unwrap_or_default();
        self.new_person(&free)
    }

    fn person(&mut self, written: &str) -> usize {
        if let Some(place) = self.people.get(&folded(written)) {
            return *place;
        }
        let names = self.document.people().iter().map(|(id, person)| (id, person.name.clone(), String::new()));
        let found = meaning(written, "person", names, self.answers);
        self.choices.extend(found.choice);
        match found.known {
            Some(id) => {
                let place = self.known_person(id);
                self.people.insert(folded(written), place);
                place
            }
            None => self.new_person(written),
        }
    }

    fn new_person(&mut self, name: &str) -> usize {
        self.new[2] += 1;
        let target = Target::New(Key::unset());
        self.edit.people.push(MergedPerson { target, name: name.to_owned(), hours_per_week: None });
        let place = self.edit.people.len() - 1;
        self.people.insert(folded(name), place);
        place
    }

    fn finish(self) -> Draft {
        let [units, roles, people] = self.new;
        let counts = vec![
            (units, "unit", "units"),
            (roles, "role", "roles"),
            (people, "person", "people"),
            (self.changed, "role with more holders", "roles with more holders"),
        ];
        let is_empty = units + roles + people + self.changed == 0;
        let mut draft = Draft { counts, problems: self.problems, choices: self.choices, ..Draft::default() };
        if !is_empty {
            let label = format!("Write {}", draft.sentence());
            draft.edit = Some(Edit::from(Sequence { label, edits: vec![self.edit.into()] }));
        }
        draft
    }
}

fn merged_role(target: Target<RoleId>, name: String) -> MergedRole {
    MergedRole {
        target,
        name,
        unit: None,
        holders: None,
        vacant: None,
        reports_to: None,
        level: None,
        purpose: None,
        description: None,
    }
}
