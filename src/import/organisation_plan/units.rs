//! Units, and what stands above them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Planner, existing, is_above, only, same, stated};
use crate::edit::{MergedRole, MergedUnit, Target};
use crate::import::headings::Field;
use crate::import::organisation_csv::Record;
use crate::model::*;

impl Planner<'_> {
    /// Plans the units; the place of the unit of every record.
    pub(super) fn plan_units(&mut self, records: &[Record]) -> Vec<Option<usize>> {
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
        self.claimed.extend(existing(&target).map(ElementRef::from));
        self.merge.units.push(MergedUnit { target, name: name.to_owned(), parent: None, kind: None });
        self.units.insert(known_as, place);
        place
    }

    /// The unit of the document with this name, and below the unit named, if that tells it apart.
    fn existing_unit(&self, (name, above): &(String, String)) -> Option<UnitId> {
        let named = self.known.units.get(name)?;
        let above_of = |id: UnitId| self.base.units().get(id).and_then(|unit| unit.parent);
        let is_below = |id: &&UnitId| above_of(**id).is_some_and(|id| same(self.base.name_of(id.into())) == *above);
        let below = only(named.iter().filter(is_below));
        below.or_else(|| only(named.iter())).copied().filter(|id| !self.claimed.contains(&(*id).into()))
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
    pub(super) fn derive_parents(&mut self) {
        let superiors: BTreeSet<usize> = self.merge.roles.iter().filter_map(|role| role.reports_to).collect();
        let mut derived = 0;
        for place in 0..self.merge.units.len() {
            let has_parent = self.merge.units.get(place).is_some_and(|unit| match existing(&unit.target) {
                Some(id) => self.base.units().get(id).is_some_and(|unit| unit.parent.is_some()),
                None => unit.parent.is_some(),
            });
            if has_parent {
                continue;
            }
            let Some(parent) = self.unit_of_superior(place, &superiors) else { continue };
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
    fn unit_of_superior(&self, unit: usize, superiors: &BTreeSet<usize>) -> Option<usize> {
        let leads_out = |(place, role): (usize, &MergedRole)| {
            let superior = self.merge.roles.get(role.reports_to?)?.unit?;
            (role.unit == Some(unit) && superior != unit).then(|| (self.depth(place), place, superior))
        };
        let heads = self.merge.roles.iter().enumerate().filter_map(leads_out);
        // A unit in which somebody leads others and reports to nobody is the top.
        let leads = |(place, role): (usize, &MergedRole)| {
            role.unit == Some(unit) && role.reports_to.is_none() && superiors.contains(&place)
        };
        let is_top = self.merge.roles.iter().enumerate().any(leads);
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
}
