//! Which rows of a table mean the same unit, person or role, and which of them the document has already.
//!
//! - A unit is known by its name and the name of the unit above it; a name alone means the only unit of that name.
//! - A person is known by a reference, else by the name.
//! - A role is known by the reference of the post, else by its name and unit: such rows are one role with several
//!   holders.
//! - A reporting line names a post, a person's reference, a role, or a person, tried in this order; of several roles
//!   the one in the same unit or nearest above is meant. What stays ambiguous is left out and reported.
//!
//! Names are compared without case and surplus spaces. References become keys, which is how a file is recognised when
//! it is imported again.

use std::collections::BTreeMap;

use super::headings::{Columns, Field};
use super::organisation_csv::{Record, Vacancy};
use super::{Count, Report, RowProblem};
use crate::edit::{MergeOrganisation, MergedPerson, MergedRole, MergedUnit, Target};
use crate::model::*;

/// Name of the chart that an import makes.
const VIEW_NAME: &str = "Organisation";

/// The edit that brings the records into the document; problems and counts go to the report.
pub(super) fn plan(
    records: &[Record],
    base: &Document,
    columns: &Columns,
    has_parents: bool,
    report: &mut Report,
) -> MergeOrganisation {
    let mut planner = Planner {
        base,
        columns,
        report,
        merge: MergeOrganisation { view: Some(VIEW_NAME.to_owned()), ..MergeOrganisation::default() },
        units: BTreeMap::new(),
        people: BTreeMap::new(),
        person_ids: BTreeMap::new(),
        posts: BTreeMap::new(),
        roles_by_unit: BTreeMap::new(),
        lines: Vec::new(),
    };
    let places = planner.plan_units(records);
    planner.plan_roles(records, &places);
    planner.plan_lines();
    if !has_parents {
        planner.derive_parents();
    }
    planner.count();
    planner.merge
}

/// A reporting line as written: from which role, in which row, to what.
struct Line {
    role: usize,
    row: usize,
    target: String,
}

struct Planner<'a> {
    base: &'a Document,
    columns: &'a Columns,
    report: &'a mut Report,
    merge: MergeOrganisation,
    /// Places of units by folded name and folded name of the unit above.
    units: BTreeMap<(String, String), usize>,
    /// Places of people without a reference by folded name.
    people: BTreeMap<String, usize>,
    /// Places of people by reference.
    person_ids: BTreeMap<String, usize>,
    /// Places of roles by reference of the post, with the folded name.
    posts: BTreeMap<String, Vec<(String, usize)>>,
    /// Places of roles without a reference by unit and folded name.
    roles_by_unit: BTreeMap<(Option<usize>, String), usize>,
    lines: Vec<Line>,
}

fn same(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// A reference as a key: characters that no key has become hyphens.
fn key_of(reference: &str) -> Key {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let text: String = reference.chars().map(|c| if allowed(c) { c } else { '-' }).collect();
    Key::new(&text).unwrap_or_default()
}

fn stated(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The only item, none where there are none or several.
fn only<T>(mut items: impl Iterator<Item = T>) -> Option<T> {
    let first = items.next()?;
    items.next().is_none().then_some(first)
}

impl Planner<'_> {
    fn problem(&mut self, row: usize, field: Field, found: &str, expected: String, consequence: &'static str) {
        let column = self.columns.heading_of(field);
        self.report.problems.push(RowProblem { row, column, found: found.to_owned(), expected, consequence });
    }

    // Units.

    /// Plans the units; the place of the unit of every record.
    fn plan_units(&mut self, records: &[Record]) -> Vec<Option<usize>> {
        let mut parents: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for record in records.iter().filter(|record| !record.unit.is_empty()) {
            let known = parents.entry(same(&record.unit)).or_default();
            let above = same(&record.parent_unit);
            if !above.is_empty() && !known.contains(&above) {
                known.push(above);
            }
        }
        let mut places = Vec::with_capacity(records.len());
        let mut wanted: BTreeMap<usize, (usize, String)> = BTreeMap::new();
        for record in records {
            let place = self.plan_unit(record, &parents);
            if let Some(place) = place
                && !record.parent_unit.is_empty()
            {
                wanted.entry(place).or_insert_with(|| (record.row, record.parent_unit.clone()));
            }
            places.push(place);
        }
        // In the order in which the units came.
        for (place, (row, above)) in wanted {
            self.set_parent(place, row, &above);
        }
        places
    }

    fn plan_unit(&mut self, record: &Record, parents: &BTreeMap<String, Vec<String>>) -> Option<usize> {
        if record.unit.is_empty() {
            return None;
        }
        let name = same(&record.unit);
        let above = match parents.get(&name).map(Vec::as_slice) {
            _ if !record.parent_unit.is_empty() => same(&record.parent_unit),
            Some([one]) => one.clone(),
            Some([_, _, ..]) => {
                let expected = "a unit above it, since several units have this name".to_owned();
                self.problem(record.row, Field::Unit, &record.unit, expected, "read as another unit of its own");
                String::new()
            }
            _ => String::new(),
        };
        let place = self.unit_place(&record.unit, (name, above));
        if let Some(unit) = self.merge.units.get_mut(place)
            && unit.kind.is_none()
        {
            unit.kind = stated(&record.unit_kind);
        }
        Some(place)
    }

    fn unit_place(&mut self, name: &str, known_as: (String, String)) -> usize {
        if let Some(place) = self.units.get(&known_as) {
            return *place;
        }
        let target = self.existing_unit(&known_as).map_or_else(|| Target::New(Key::unset()), Target::Existing);
        let place = self.merge.units.len();
        self.merge.units.push(MergedUnit { target, name: name.to_owned(), parent: None, kind: None });
        self.units.insert(known_as, place);
        place
    }

    /// The unit of the document with this name, and below the unit named, if that tells it apart.
    fn existing_unit(&self, (name, above): &(String, String)) -> Option<UnitId> {
        let named: Vec<_> = self.base.units().iter().filter(|(_, unit)| same(&unit.name) == *name).collect();
        let parent_is = |unit: &Unit| unit.parent.is_some_and(|id| same(self.base.name_of(id.into())) == *above);
        let below = only(named.iter().filter(|(_, unit)| parent_is(unit)));
        below.or_else(|| only(named.iter())).map(|(id, _)| *id)
    }

    fn set_parent(&mut self, place: usize, row: usize, above: &str) {
        let name = same(above);
        let own = self.merge.units.get(place).map(|unit| same(&unit.name)).unwrap_or_default();
        if name == own {
            return;
        }
        let candidates: Vec<usize> =
            self.units.iter().filter(|((known, _), _)| *known == name).map(|(_, place)| *place).collect();
        let parent = match candidates.as_slice() {
            [] => self.unit_place(above, (name, String::new())),
            [one] => *one,
            _ => {
                let expected = "the name of one unit only".to_owned();
                self.problem(row, Field::ParentUnit, above, expected, "the unit was left at the top");
                return;
            }
        };
        if self.unit_is_above(place, parent) {
            let expected = "a unit that is not itself below this one".to_owned();
            self.problem(row, Field::ParentUnit, above, expected, "the unit was left at the top");
        } else if let Some(unit) = self.merge.units.get_mut(place) {
            unit.parent = Some(parent);
        }
    }

    /// Whether the unit at `place` is `below` or above it.
    fn unit_is_above(&self, place: usize, below: usize) -> bool {
        let planned = |place: usize| {
            let unit = self.merge.units.get(place)?;
            Some((unit.parent, existing(&unit.target)))
        };
        let base = |id: UnitId| self.base.units().get(id)?.parent;
        is_above(place, below, planned, base, self.merge.units.len() + self.base.units().len())
    }

    /// Hangs every unit below the unit that its head reports to.
    fn derive_parents(&mut self) {
        let mut derived = 0;
        for place in 0..self.merge.units.len() {
            let has_parent = self.merge.units.get(place).is_some_and(|unit| match existing(&unit.target) {
                Some(id) => self.base.units().get(id).is_some_and(|unit| unit.parent.is_some()),
                None => unit.parent.is_some(),
            });
            if has_parent {
                continue;
            }
            let Some(parent) = self.unit_of_superior(place) else { continue };
            if self.unit_is_above(place, parent) {
                continue;
            }
            if let Some(unit) = self.merge.units.get_mut(place) {
                unit.parent = Some(parent);
                derived += 1;
            }
        }
        if derived > 0 {
            self.report.notes.push(format!(
                "No column names the unit above a unit: {derived} units were hung below the unit that their head \
                 reports to."
            ));
        }
    }

    /// The unit that the highest role of a unit reports to.
    fn unit_of_superior(&self, unit: usize) -> Option<usize> {
        let leads_out = |(place, role): (usize, &MergedRole)| {
            let superior = self.merge.roles.get(role.reports_to?)?.unit?;
            (role.unit == Some(unit) && superior != unit).then(|| (self.depth(place), place, superior))
        };
        let heads = self.merge.roles.iter().enumerate().filter_map(leads_out);
        let top_is_inside = |place: usize| {
            self.merge.roles.get(place).is_some_and(|role| role.unit == Some(unit) && role.reports_to.is_none())
        };
        // A unit in which somebody reports to nobody, while others report into it, is the top.
        let is_top = (0..self.merge.roles.len())
            .any(|place| top_is_inside(place) && self.merge.roles.iter().any(|role| role.reports_to == Some(place)));
        if is_top { None } else { heads.min().map(|(_, _, superior)| superior) }
    }

    fn depth(&self, role: usize) -> usize {
        let mut depth = 0;
        let mut current = Some(role);
        while let Some(place) = current
            && depth <= self.merge.roles.len()
        {
            current = self.merge.roles.get(place).and_then(|role| role.reports_to);
            depth += 1;
        }
        depth
    }

    // People and roles.

    fn plan_roles(&mut self, records: &[Record], units: &[Option<usize>]) {
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
        if let Some(ElementRef::Person(id)) = self.base.by_key(key.as_str()) {
            return Target::Existing(id);
        }
        let claimed = |id: PersonId| self.merge.people.iter().any(|person| person.target == Target::Existing(id));
        let mut named = self.base.people().iter().filter(|(_, person)| same(&person.name) == same(name));
        match only(named.by_ref()) {
            Some((id, _)) if !claimed(id) => Target::Existing(id),
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
        if let Some(ElementRef::Role(id)) = self.base.by_key(key.as_str()) {
            return Target::Existing(id);
        }
        let unit = unit.and_then(|place| existing(&self.merge.units.get(place)?.target));
        let claimed = |id: RoleId| self.merge.roles.iter().any(|role| role.target == Target::Existing(id));
        let fits = |role: &Role| same(&role.name) == same(name) && (unit.is_none() || role.unit == unit);
        match only(self.base.roles().iter().filter(|(id, role)| fits(role) && !claimed(*id))) {
            Some((id, _)) => Target::Existing(id),
            None => Target::New(key),
        }
    }

    fn add_to_role(&mut self, place: usize, record: &Record, people: &[usize]) {
        let mut twice = false;
        let unit = record.unit.clone();
        let Some(role) = self.merge.roles.get_mut(place) else { return };
        role.level = role.level.or(record.level);
        role.purpose = role.purpose.take().or_else(|| stated(&record.purpose));
        role.description = role.description.take().or_else(|| stated(&record.description));
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

    // Reporting lines.

    fn plan_lines(&mut self) {
        let held = self.roles_held();
        for line in std::mem::take(&mut self.lines) {
            match self.superior(&line, &held) {
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
    fn superior(&mut self, line: &Line, held: &BTreeMap<usize, Vec<usize>>) -> Result<usize, &'static str> {
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
        let named = |(place, role): (usize, &MergedRole)| (same(&role.name) == target).then_some(place);
        let roles: Vec<usize> = self.merge.roles.iter().enumerate().filter_map(named).collect();
        if !roles.is_empty() {
            return self.nearest(line.role, roles).ok_or("one role only; several have this name, so give a reference");
        }
        if let Some(person) = self.people.get(&target) {
            let roles = held.get(person).cloned().unwrap_or_default();
            return self.nearest(line.role, roles).ok_or("a person who holds one role only");
        }
        self.superior_in_base(&target).ok_or("the reference or name of a role, or the name of its holder")
    }

    /// A role of the document by its name or that of its holder, where only one fits.
    fn superior_in_base(&mut self, target: &str) -> Option<usize> {
        let held_by =
            |role: &Role| role.holders.iter().any(|holding| same(self.base.name_of(holding.person.into())) == target);
        let by_name = only(self.base.roles().iter().filter(|(_, role)| same(&role.name) == target));
        let found = by_name.or_else(|| only(self.base.roles().iter().filter(|(_, role)| held_by(role))));
        found.map(|(id, _)| id).map(|id| self.adopt(id))
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

    // Counts.

    fn count(&mut self) {
        let base = self.base;
        let merge = &self.merge;
        let counted = |added: bool, changed: bool, count: &mut Count| match (added, changed) {
            (true, _) => count.added += 1,
            (false, true) => count.updated += 1,
            (false, false) => count.unchanged += 1,
        };
        let unit_id = |place: usize| existing(&merge.units.get(place)?.target);
        for unit in &merge.units {
            let old = existing(&unit.target).and_then(|id| base.units().get(id));
            let changed = old.is_some_and(|old| {
                old.name != unit.name
                    || unit.kind.as_ref().is_some_and(|kind| *kind != old.kind)
                    || unit.parent.is_some_and(|place| unit_id(place) != old.parent)
            });
            counted(old.is_none(), changed, &mut self.report.units);
        }
        for person in &merge.people {
            let old = existing(&person.target).and_then(|id| base.people().get(id));
            let changed = old.is_some_and(|old| {
                old.name != person.name || person.hours_per_week.is_some_and(|hours| Some(hours) != old.hours_per_week)
            });
            counted(old.is_none(), changed, &mut self.report.people);
        }
        for role in &merge.roles {
            let old = existing(&role.target).and_then(|id| base.roles().get(id));
            let changed = old.is_some_and(|old| self.role_differs(role, old));
            counted(old.is_none(), changed, &mut self.report.roles);
        }
    }

    fn role_differs(&self, role: &MergedRole, old: &Role) -> bool {
        let merge = &self.merge;
        let holder =
            |(place, share): &(usize, Option<f64>)| Some((existing(&merge.people.get(*place)?.target)?, *share));
        let holders = role.holders.as_ref().map(|holders| holders.iter().map(holder).collect::<Vec<_>>());
        let old_holders: Vec<_> = old.holders.iter().map(|holding| Some((holding.person, holding.share))).collect();
        let unit = role.unit.map(|place| merge.units.get(place).and_then(|unit| existing(&unit.target)));
        let above = role.reports_to.map(|place| merge.roles.get(place).and_then(|role| existing(&role.target)));
        role.name != old.name
            || unit.is_some_and(|unit| unit != old.unit)
            || above.is_some_and(|above| above != old.reports_to)
            || holders.is_some_and(|holders| holders != old_holders)
            || role.vacant.is_some_and(|vacant| vacant != old.vacant)
            || role.level.is_some_and(|level| Some(level) != old.level)
            || role.purpose.as_ref().is_some_and(|purpose| *purpose != old.purpose)
            || role.description.as_ref().is_some_and(|description| *description != old.description)
    }
}

fn existing<I: Copy>(target: &Target<I>) -> Option<I> {
    match target {
        Target::Existing(id) => Some(*id),
        Target::New(_) => None,
    }
}

/// Whether `place` is met on the way up from `below`, by the plan and, where it is silent, by the document.
fn is_above<I: Copy + PartialEq>(
    place: usize,
    below: usize,
    planned: impl Fn(usize) -> Option<(Option<usize>, Option<I>)>,
    base: impl Fn(I) -> Option<I>,
    limit: usize,
) -> bool {
    let own = planned(place).and_then(|(_, id)| id);
    let planned_place = |id: I| (0..limit).find(|place| planned(*place).is_some_and(|(_, known)| known == Some(id)));
    let mut current = (Some(below), planned(below).and_then(|(_, id)| id));
    for _ in 0..=limit {
        let is_met = current.0 == Some(place) || (own.is_some() && current.1 == own);
        if is_met {
            return true;
        }
        let above = current.0.and_then(|place| planned(place)).and_then(|(above, _)| above);
        current = match (above, current.1.and_then(&base)) {
            (Some(above), _) => (Some(above), planned(above).and_then(|(_, id)| id)),
            (None, Some(id)) => (planned_place(id), Some(id)),
            (None, None) => return false,
        };
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::edit::apply;
    use crate::import::{ColumnMap, Imported, Input, detect};
    use crate::model::{Document, Element as _, ElementRef, RoleId, ViewKind, integrity};

    fn import_into(base: &Document, text: &str) -> Imported {
        let input = Input { bytes: text.as_bytes(), name: "staff.csv", base, map: &ColumnMap::default() };
        let imported = (detect("staff.csv", b"").unwrap().read)(&input).unwrap();
        assert_eq!(integrity::check(&imported.document), []);
        assert_eq!(apply(base, &imported.edit).unwrap().document, imported.document);
        imported
    }

    fn import(text: &str) -> Imported {
        import_into(&Document::default(), text)
    }

    fn role(document: &Document, name: &str) -> RoleId {
        document.roles().iter().find(|(_, role)| role.name == name).map(|(id, _)| id).unwrap()
    }

    fn superior<'a>(document: &'a Document, name: &str) -> &'a str {
        let above = document.roles().get(role(document, name)).unwrap().reports_to;
        above.map_or("nobody", |id| document.name_of(id.into()))
    }

    fn problems(imported: &Imported) -> Vec<String> {
        imported.report.problems.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn rows_of_one_role_become_one_role_with_several_holders() {
        let imported = import(
            "Unit;Parent unit;Role;Holder;Share;Reports to\n\
             Company;;Owner;Ana Costa;100 %;\n\
             Shop;Company;Clerk;Bea;50 %;Owner\n\
             Shop;Company;Clerk;Carl;;owner\n\
             Shop;;Baker;vacant;;Ana Costa\n",
        );
        let document = &imported.document;
        assert_eq!(problems(&imported), Vec::<String>::new());
        assert_eq!((document.units().len(), document.roles().len(), document.people().len()), (2, 3, 3));
        let clerk = document.roles().get(role(document, "Clerk")).unwrap();
        assert_eq!(clerk.holders.iter().map(|holding| holding.share).collect::<Vec<_>>(), [Some(0.5), None]);
        assert_eq!((superior(document, "Clerk"), superior(document, "Baker")), ("Owner", "Owner"));
        assert!(document.roles().get(role(document, "Baker")).unwrap().vacant);
        let shop = document.units().iter().find(|(_, unit)| unit.name == "Shop").unwrap().1;
        assert_eq!(document.name_of(shop.parent.unwrap().into()), "Company");
        assert!(matches!(document.views().iter().next().unwrap().1.kind, ViewKind::Organisation { root: None }));
    }

    #[test]
    fn posts_with_references_stay_apart_and_are_linked_by_them() {
        let imported = import("Post ID,Role,Unit,Reports to\n7,Clerk,Shop,1\n8,Clerk,Shop,1\n1,Manager,Shop,XX\n");
        assert_eq!(imported.document.roles().len(), 3);
        assert_eq!(imported.report.reporting_lines, 2);
        assert!(matches!(imported.document.by_key("8"), Some(ElementRef::Role(_))));
    }

    #[test]
    fn managers_are_found_by_the_reference_of_the_person() {
        let imported = import(
            "Employee ID,First name,Last name,Title,Department,Manager ID\n\
             e1,Ana,Costa,Owner,Office,\ne2,Bea,Diaz,Clerk,Shop,e1\n",
        );
        assert_eq!(superior(&imported.document, "Clerk"), "Owner");
        assert_eq!(imported.document.people().iter().next().unwrap().1.name, "Ana Costa");
        assert!(imported.report.notes.iter().any(|note| note.contains("hung below")), "{:?}", imported.report.notes);
    }

    #[test]
    fn circles_are_named_and_left_out() {
        let imported = import(
            "Unit,Parent unit,Role,Reports to\nA,B,First,Second\nB,A,Second,Third\nC,C,Third,First\nD,,Fourth,Fourth\n",
        );
        let expected = [
            "row 2, Parent unit: “B”; expected",
            "row 3, Parent unit: “A”; expected a unit that is not itself below this one; the unit was left at the top",
            "row 4, Reports to: “First”; expected a superior that is not itself below this role; the reporting line was \
             left out",
            "row 5, Reports to: “Fourth”; expected a superior other than the role itself; the reporting line was left \
             out",
        ];
        assert_eq!(problems(&imported), expected[1..]);
        assert_eq!(superior(&imported.document, "First"), "Second");
    }

    #[test]
    fn what_cannot_be_used_is_told_with_row_and_column() {
        let imported = import(
            "Role,Unit,Holder,FTE,Hours,Level,Reports to,Email\n\
             Clerk,Shop,Bea,1.5,lots,deep,Nobody Known,b@example.org\n\
             ,,,,,,Clerk,\n\
             ,Shop,Carl,,,,,\n\
             Baker,Shop,,0.5,,,,\n\
             Baker,Shop,Eliminated,,,,,\n",
        );
        assert_eq!(imported.report.unknown_columns, ["Email"]);
        let starts = [
            "row 2, FTE: “1.5”",
            "row 2, Hours: “lots”",
            "row 2, Level: “deep”",
            "row 2, Reports to: “Nobody Known”",
            "row 3: “Clerk”; expected a unit, role or holder in the row",
            "row 4, Role: “Carl”; expected a role",
            "row 5, FTE: “0.5”; expected a holder",
            "row 6, Holder: “Eliminated”",
        ];
        let found = problems(&imported);
        assert_eq!(found.len(), starts.len(), "{found:#?}");
        for (found, start) in found.iter().zip(starts) {
            assert!(found.starts_with(start), "{found}");
        }
    }

    #[test]
    fn the_same_name_means_the_nearest_role() {
        let imported = import(
            "Unit,Parent unit,Role,Reports to\nFirm,,Owner,\nNorth,Firm,Manager,Owner\nSouth,Firm,Manager,Owner\n\
             North,Firm,Clerk,Manager\nVan,,Driver,Manager\n",
        );
        let document = &imported.document;
        let clerk = document.roles().get(role(document, "Clerk")).unwrap();
        assert_eq!(document.roles().get(clerk.reports_to.unwrap()).unwrap().unit, clerk.unit);
        assert_eq!(problems(&imported).len(), 1, "the driver's manager is not clear");
    }

    #[test]
    fn importing_again_updates_instead_of_doubling() {
        let text = "Post ID,Role,Unit,Parent unit,Name,Reports to\n1,Owner,Office,,Ana,\n2,Clerk,Shop,Office,Bea,1\n";
        let first = import(text);
        let again = import_into(&first.document, text);
        assert_eq!(again.document, first.document);
        assert_eq!((again.report.roles.unchanged, again.report.roles.added), (2, 0));
        let changed = "Post ID,Role,Unit,Name,Reports to\n2,Head clerk,Shop,Carl,1\n3,Baker,Shop,,Head clerk\n4,Driver,Shop,,Owner\n";
        let third = import_into(&again.document, changed);
        let document = &third.document;
        assert_eq!((third.report.roles.updated, third.report.roles.added), (1, 2));
        assert_eq!(document.roles().len(), 4);
        assert_eq!((superior(document, "Baker"), superior(document, "Driver")), ("Head clerk", "Owner"));
        assert_eq!(document.holders_label(role(document, "Head clerk")), "Carl");
        assert_eq!(document.people().len(), 3, "nobody is taken away");
        let shop = document.units().iter().find(|(_, unit)| unit.name() == "Shop").unwrap().1;
        assert!(shop.parent.is_some(), "what is not stated stays");
        assert_eq!(document.views().len(), 1);
    }
}
