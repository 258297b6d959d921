//! Pools and lanes into those who perform: units, roles, externals.

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Planner, one_line, push};
use crate::edit::Target;
use crate::import::bpmn::tree::{self, Base, Definitions, LaneSet};
use crate::model::*;

impl<'a> Planner<'a> {
    pub(super) fn actors(&mut self, definitions: &'a Definitions) {
        let mut names = Names::of(self.base);
        for collaboration in &definitions.collaborations {
            for participant in &collaboration.participants {
                self.pool(participant, &mut names);
            }
        }
        let mut lane_number = 0;
        for process in &definitions.processes {
            let pool = self.process_of(&process.base.id).and_then(|id| self.pools.get(&id)).copied();
            let above = match pool {
                Some(Actor::Unit(unit)) => Some(unit),
                _ => None,
            };
            for lanes in &process.content.lane_sets {
                self.lane_set(lanes, above, &mut lane_number, &mut names);
            }
        }
    }

    fn pool(&mut self, participant: &'a tree::Participant, names: &mut Names) {
        let process = self.process_of(&participant.process);
        let name = match (participant.base.name.as_str(), process) {
            ("", Some(id)) => self.edit.processes.get(id.index() as usize).map(|process| process.record.name.clone()),
            ("", None) => None,
            (name, _) => Some(one_line(name)),
        };
        let name = name.unwrap_or_else(|| format!("Pool {}", self.edit.units.len() + self.edit.externals.len() + 1));
        let actor = match process {
            Some(_) => Actor::Unit(self.unit(&participant.base, &name, None, names)),
            None => {
                let (target, known) = self.actor::<External>(&participant.base, &name, &mut names.externals);
                Actor::External(push(&mut self.edit.externals, target, External::new(known.unwrap_or(name))))
            }
        };
        self.know(&participant.base, actor);
        if let Some(process) = process {
            self.pools.entry(process).or_insert(actor);
        }
    }

    fn unit(&mut self, base: &Base, name: &str, parent: Option<UnitId>, names: &mut Names) -> UnitId {
        let (target, known) = self.actor::<Unit>(base, name, &mut names.units);
        let parent = parent.filter(|_| known.is_none());
        let name = known.unwrap_or_else(|| name.to_owned());
        push(&mut self.edit.units, target, Unit { parent, order: self.orders.units, ..Unit::new(name) })
    }

    fn lane_set(&mut self, lanes: &'a LaneSet, above: Option<UnitId>, number: &mut usize, names: &mut Names) {
        for lane in &lanes.lanes {
            *number += 1;
            let name = match lane.base.name.as_str() {
                "" => format!("Lane {number}"),
                name => one_line(name),
            };
            let encloses = lane.children.iter().any(|children| !children.lanes.is_empty());
            let (actor, inner) = if encloses {
                let unit = self.unit(&lane.base, &name, above, names);
                (Actor::Unit(unit), Some(unit))
            } else {
                let (target, known) = self.actor::<Role>(&lane.base, &name, &mut names.roles);
                let unit = above.filter(|_| known.is_none());
                let role = Role { unit, order: self.orders.roles, ..Role::new(known.unwrap_or(name)) };
                (Actor::Role(push(&mut self.edit.roles, target, role)), above)
            };
            self.know(&lane.base, actor);
            for node in &lane.nodes {
                self.lanes.insert(node, actor);
            }
            for children in &lane.children {
                self.lane_set(children, inner, number, names);
            }
        }
    }

    /// Who is meant: the one with the key, else the only one of that name if no other lane is theirs. One found by the
    /// name stays as it is; then that name comes along.
    fn actor<E: Element>(
        &mut self,
        base: &Base,
        name: &str,
        named: &mut Named<E::Id>,
    ) -> (Target<E::Id>, Option<String>) {
        let target = self.target::<E>(base);
        let known = named.only.get(&name.to_lowercase()).copied().flatten();
        let known = known.and_then(|id| Some((id, self.base.get::<E>(id)?)));
        let free = known.filter(|(id, record)| {
            // One of this file belongs to the lane with its id.
            let is_of_file = record.key().is_some_and(|key| self.keys.is_of_file(key));
            !named.taken.contains(id) && !is_of_file
        });
        match (&target, free) {
            (Target::New(_), Some((id, record))) => {
                named.taken.insert(id);
                (Target::Existing(id), Some(record.name().to_owned()))
            }
            _ => (target, None),
        }
    }
}

/// Elements of one kind by their name in lower case; none where several have it.
struct Named<I> {
    only: FxHashMap<String, Option<I>>,
    taken: FxHashSet<I>,
}

impl<I: TableId> Named<I> {
    fn of<'a>(elements: impl Iterator<Item = (I, &'a str)>) -> Self {
        let mut only = FxHashMap::default();
        for (id, name) in elements {
            only.entry(name.to_lowercase()).and_modify(|known| *known = None).or_insert(Some(id));
        }
        Self { only, taken: FxHashSet::default() }
    }
}

struct Names {
    units: Named<UnitId>,
    roles: Named<RoleId>,
    externals: Named<ExternalId>,
}

impl Names {
    fn of(document: &Document) -> Self {
        Self {
            units: Named::of(document.units().iter().map(|(id, unit)| (id, unit.name.as_str()))),
            roles: Named::of(document.roles().iter().map(|(id, role)| (id, role.name.as_str()))),
            externals: Named::of(document.externals().iter().map(|(id, external)| (id, external.name.as_str()))),
        }
    }
}
