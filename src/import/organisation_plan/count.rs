//! What is new, what changes, and what is as it was.

use super::{Planner, existing};
use crate::edit::MergedRole;
use crate::import::Count;
use crate::model::*;

impl Planner<'_> {
    pub(super) fn count(&mut self) {
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
