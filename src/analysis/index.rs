//! Who belongs to whom, worked out once per document into flat arrays.
//!
//! Every list is a range of one array (compressed rows), found by the index of a handle; building it takes one pass
//! over each table. Nothing here judges. Invariant: lists keep the order of the tables.

use std::sync::Arc;

use super::watched::{Uses, Watched};
use crate::model::*;

/// Lists of one kind of item, one list per index.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grouped<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T: Copy> Grouped<T> {
    /// The lists of `groups` indexes, out of pairs of index and item. Indexes beyond `groups` are left out.
    pub fn new(groups: usize, pairs: impl Iterator<Item = (usize, T)>) -> Self {
        let pairs: Vec<(usize, T)> = pairs.filter(|(group, _)| *group < groups).collect();
        let mut starts = vec![0_u32; groups + 1];
        for (group, _) in &pairs {
            if let Some(count) = starts.get_mut(group + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let Some((_, filler)) = pairs.first() else { return Self { starts, items: Vec::new() } };
        let mut items = vec![*filler; pairs.len()];
        for (group, item) in pairs {
            let Some(place) = next.get_mut(group) else { continue };
            if let Some(slot) = items.get_mut(*place as usize) {
                *slot = item;
            }
            *place += 1;
        }
        Self { starts, items }
    }

    /// The list of an index; empty for an unknown one.
    pub fn of(&self, group: usize) -> &[T] {
        let (Some(start), Some(end)) = (self.starts.get(group), self.starts.get(group + 1)) else { return &[] };
        self.items.get(*start as usize..*end as usize).unwrap_or(&[])
    }
}

/// A set of duties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Duties(u8);

impl Duties {
    /// The set of these duties.
    pub fn of(duties: &[Duty]) -> Self {
        Self(duties.iter().fold(0, |bits, duty| bits | 1 << *duty as u8))
    }

    /// The duties of both.
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether the duty is among them.
    pub fn has(self, duty: Duty) -> bool {
        self.0 & 1 << duty as u8 != 0
    }
}

/// A letter that somebody holds, with the duties it carries.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a> {
    /// Its handle.
    pub id: RightId,
    /// The right.
    pub right: &'a Right,
    /// The duties of its letter, by the framework of its subject.
    pub duties: Duties,
}

macro_rules! parts {
    ($($field:ident: $Part:ty;)*) => {
        /// Lists and derived facts of a document, by handle.
        #[derive(Debug)]
        pub struct Index<'a> {
            document: &'a Document,
            uses: Uses,
            $($field: Watched<$Part>,)*
        }

        /// The lists of an index, apart from the document.
        #[derive(Clone, Debug)]
        pub(super) struct Parts {
            $($field: Arc<$Part>,)*
        }

        impl Parts {
            /// How many lists there are: their uses are noted in the lowest bits.
            pub(super) const COUNT: u32 = [$(stringify!($field)),*].len() as u32;

            /// The bits of the lists that are not the same.
            pub(super) fn differences(&self, other: &Self) -> u64 {
                let (mut bit, mut found) = (1, 0);
                $(
                    if !Arc::ptr_eq(&self.$field, &other.$field) && self.$field != other.$field {
                        found |= bit;
                    }
                    bit <<= 1;
                )*
                debug_assert_eq!(bit, 1 << Self::COUNT);
                found
            }
        }

        impl<'a> Index<'a> {
            /// An index of lists made before.
            pub(super) fn of_parts(document: &'a Document, parts: &Parts) -> Self {
                let uses = Uses::of(document);
                let mut place = 0;
                let mut next = || {
                    place += 1;
                    1 << (place - 1)
                };
                Self {
                    document,
                    $($field: Watched::new(parts.$field.clone(), next(), &uses),)*
                    uses,
                }
            }
        }
    };
}

parts! {
    duties: Vec<Duties>;
    rights_on_decision: Grouped<RightId>;
    rights_on_step: Grouped<RightId>;
    rights_of_role: Grouped<RightId>;
    child_units: Grouped<UnitId>;
    roles_of_unit: Grouped<RoleId>;
    reports_of_role: Grouped<RoleId>;
    roles_of_person: Grouped<(RoleId, Option<f64>)>;
    steps_of_process: Grouped<StepId>;
    nodes_of_process: Grouped<FlowNode>;
    flows_of_process: Grouped<FlowId>;
    steps_of_role: Grouped<StepId>;
    performers: Vec<Option<Actor>>;
    nodes_in_step: Grouped<FlowNode>;
    associated: Grouped<FlowNode>;
    decisions_of_step: Grouped<DecisionId>;
    decisions_of_gateway: Grouped<DecisionId>;
    flows_out: Grouped<FlowId>;
    flows_in: Grouped<FlowId>;
    levels: Vec<Option<u32>>;
}

fn at(id: impl TableId) -> usize {
    id.index() as usize
}

impl Parts {
    /// The lists of a document.
    pub(super) fn new(document: &Document) -> Self {
        let rights = || document.rights().iter();
        let on_decision = rights().filter_map(|(id, right)| match right.subject {
            Subject::Decision(decision) => Some((at(decision), id)),
            Subject::Step(_) => None,
        });
        let on_step = rights().filter_map(|(id, right)| match right.subject {
            Subject::Step(step) => Some((at(step), id)),
            Subject::Decision(_) => None,
        });
        let of_role = rights().filter_map(|(id, right)| match right.holder {
            Actor::Role(role) => Some((at(role), id)),
            _ => None,
        });
        let steps = || document.steps().iter();
        let performers = performers(document);
        let steps_of_role = steps().filter_map(|(id, _)| match performers.get(at(id)).copied().flatten() {
            Some(Actor::Role(role)) => Some((at(role), id)),
            _ => None,
        });
        let steps_of_role: Vec<_> = steps_of_role.collect();
        let events = document.events().iter().map(|(id, event)| (at(event.process), FlowNode::Event(id)));
        let gateways = document.gateways().iter().map(|(id, gateway)| (at(gateway.process), FlowNode::Gateway(id)));
        let nodes = events.chain(steps().map(|(id, step)| (at(step.process), FlowNode::Step(id)))).chain(gateways);
        let decisions = || document.decisions().iter();
        let flows = || document.flows().iter();
        let roles = || document.roles().iter();
        let size = |next: u32| next as usize;
        let processes = size(document.processes().next_index());
        let role_count = size(document.roles().next_index());
        let units = size(document.units().next_index());
        let node_count = node_count(document);
        let child_units: Vec<_> =
            sorted(document.units().iter().filter_map(|(id, unit)| Some((at(unit.parent?), unit.order, id))).collect());
        let unit_roles: Vec<_> =
            sorted(roles().filter_map(|(id, role)| Some((at(role.unit?), role.order, id))).collect());
        let holdings = roles()
            .flat_map(|(id, role)| role.holders.iter().map(move |holding| (at(holding.person), (id, holding.share))));
        Self {
            duties: Arc::new(duties_by_right(document)),
            rights_on_decision: Arc::new(Grouped::new(size(document.decisions().next_index()), on_decision)),
            rights_on_step: Arc::new(Grouped::new(size(document.steps().next_index()), on_step)),
            rights_of_role: Arc::new(Grouped::new(role_count, of_role)),
            child_units: Arc::new(Grouped::new(units, child_units.into_iter())),
            roles_of_unit: Arc::new(Grouped::new(units, unit_roles.into_iter())),
            reports_of_role: Arc::new(Grouped::new(
                role_count,
                roles().filter_map(|(id, role)| Some((at(role.reports_to?), id))),
            )),
            roles_of_person: Arc::new(Grouped::new(size(document.people().next_index()), holdings)),
            steps_of_process: Arc::new(Grouped::new(processes, steps().map(|(id, step)| (at(step.process), id)))),
            nodes_of_process: Arc::new(Grouped::new(processes, nodes)),
            flows_of_process: Arc::new(Grouped::new(processes, flows().map(|(id, flow)| (at(flow.process), id)))),
            steps_of_role: Arc::new(Grouped::new(role_count, steps_of_role.into_iter())),
            performers: Arc::new(performers),
            nodes_in_step: Arc::new(Grouped::new(
                size(document.steps().next_index()),
                all_nodes(document).filter_map(|node| Some((at(document.parent_of(node)?), node))),
            )),
            associated: Arc::new(Grouped::new(node_count, associations(document).into_iter())),
            decisions_of_step: Arc::new(Grouped::new(
                size(document.steps().next_index()),
                decisions().flat_map(|(id, decision)| decision.steps.iter().map(move |step| (at(*step), id))),
            )),
            decisions_of_gateway: Arc::new(decisions_by_gateway(document)),
            flows_out: Arc::new(Grouped::new(
                node_count,
                flows().map(|(id, flow)| (node_index(document, flow.from), id)),
            )),
            flows_in: Arc::new(Grouped::new(node_count, flows().map(|(id, flow)| (node_index(document, flow.to), id)))),
            levels: Arc::new(levels(document)),
        }
    }
}

impl<'a> Index<'a> {
    /// The lists of a document.
    pub fn new(document: &'a Document) -> Self {
        Self::of_parts(document, &Parts::new(document))
    }

    /// The notes of which lists are used.
    pub(super) fn uses(&self) -> &Uses {
        &self.uses
    }

    fn held(&self, id: RightId) -> Option<Held<'a>> {
        let right = self.document.rights().get(id)?;
        Some(Held { id, right, duties: self.duties.get(at(id)).copied().unwrap_or_default() })
    }

    /// Letters on a decision or step.
    pub fn rights_on(&self, subject: Subject) -> impl Iterator<Item = Held<'a>> + '_ {
        let rights = match subject {
            Subject::Decision(id) => self.rights_on_decision.of(at(id)),
            Subject::Step(id) => self.rights_on_step.of(at(id)),
        };
        rights.iter().filter_map(|id| self.held(*id))
    }

    /// Letters on a decision or step that carry a duty.
    pub fn rights_with(&self, subject: Subject, duty: Duty) -> impl Iterator<Item = Held<'a>> + '_ {
        self.rights_on(subject).filter(move |held| held.duties.has(duty))
    }

    /// Letters that a role holds.
    pub fn rights_of_role(&self, role: RoleId) -> impl Iterator<Item = Held<'a>> + '_ {
        self.rights_of_role.of(at(role)).iter().filter_map(|id| self.held(*id))
    }

    /// Units right below a unit, in their order.
    pub fn child_units(&self, unit: UnitId) -> &[UnitId] {
        self.child_units.of(at(unit))
    }

    /// Roles that sit in a unit, in their order.
    pub fn roles_of_unit(&self, unit: UnitId) -> &[RoleId] {
        self.roles_of_unit.of(at(unit))
    }

    /// Roles that report to a role in the solid line.
    pub fn reports_of(&self, role: RoleId) -> &[RoleId] {
        self.reports_of_role.of(at(role))
    }

    /// Roles that a person holds, with the share of time where it is known.
    pub fn roles_of_person(&self, person: PersonId) -> &[(RoleId, Option<f64>)] {
        self.roles_of_person.of(at(person))
    }

    /// Steps of a process.
    pub fn steps_of(&self, process: ProcessId) -> &[StepId] {
        self.steps_of_process.of(at(process))
    }

    /// Nodes of a process: events, steps, gateways.
    pub fn nodes_of(&self, process: ProcessId) -> &[FlowNode] {
        self.nodes_of_process.of(at(process))
    }

    /// Flows of a process.
    pub fn flows_of(&self, process: ProcessId) -> &[FlowId] {
        self.flows_of_process.of(at(process))
    }

    /// Nodes right inside a sub-flow: events, steps, gateways.
    pub fn inside(&self, step: StepId) -> &[FlowNode] {
        self.nodes_in_step.of(at(step))
    }

    /// Nodes that a line (association) joins a node to.
    pub fn associated(&self, node: FlowNode) -> &[FlowNode] {
        self.associated.of(node_index(self.document, node))
    }

    /// Who performs a step: as stated, else who performs the sub-flow around it.
    pub fn performer(&self, step: StepId) -> Option<Actor> {
        self.performers.get(at(step)).copied().flatten()
    }

    /// Steps that a role performs.
    pub fn steps_of_role(&self, role: RoleId) -> &[StepId] {
        self.steps_of_role.of(at(role))
    }

    /// Decisions linked to a step.
    pub fn decisions_of_step(&self, step: StepId) -> &[DecisionId] {
        self.decisions_of_step.of(at(step))
    }

    /// Decisions linked to a gateway.
    pub fn decisions_of_gateway(&self, gateway: GatewayId) -> &[DecisionId] {
        self.decisions_of_gateway.of(at(gateway))
    }

    /// Flows that leave a node.
    pub fn flows_out(&self, node: FlowNode) -> &[FlowId] {
        self.flows_out.of(node_index(self.document, node))
    }

    /// Flows that lead to a node.
    pub fn flows_in(&self, node: FlowNode) -> &[FlowId] {
        self.flows_in.of(node_index(self.document, node))
    }

    /// Number of all nodes: one more than the largest [`Self::node`].
    pub fn node_count(&self) -> usize {
        node_count(self.document)
    }

    /// Place of a node in arrays over all nodes of all processes.
    pub fn node(&self, node: FlowNode) -> usize {
        node_index(self.document, node)
    }

    /// Level of a role: as stated, else its depth below a role that reports to nobody; none in a circle.
    pub fn level(&self, role: RoleId) -> Option<u32> {
        self.levels.get(at(role)).copied().flatten()
    }

    /// Whether a role reports to another, directly or not.
    pub fn reports_to(&self, role: RoleId, manager: RoleId) -> bool {
        let mut current = role;
        for _ in 0..self.document.roles().len() {
            match self.document.roles().get(current).and_then(|role| role.reports_to) {
                Some(next) if next == manager => return true,
                Some(next) => current = next,
                None => return false,
            }
        }
        false
    }

    /// People behind an actor: the person itself, the holders of a role, the members of a body that are people.
    pub fn people_of(&self, actor: Actor) -> Vec<PersonId> {
        let holders = |role: RoleId| {
            let role = self.document.roles().get(role);
            role.into_iter().flat_map(|role| role.holders.iter().map(|holding| holding.person))
        };
        let mut people: Vec<PersonId> = match actor {
            Actor::Person(person) => vec![person],
            Actor::Role(role) => holders(role).collect(),
            Actor::Body(body) => {
                let members = self.document.bodies().get(body).into_iter().flat_map(|body| &body.members);
                let mut people = Vec::new();
                for member in members {
                    match member.actor {
                        Actor::Person(person) => people.push(person),
                        Actor::Role(role) => people.extend(holders(role)),
                        _ => {}
                    }
                }
                people
            }
            Actor::Unit(_) | Actor::External(_) | Actor::System(_) => Vec::new(),
        };
        people.sort_unstable();
        people.dedup();
        people
    }

    /// The desk on which the work of an actor lands: the person where a role has exactly one holder, else the actor.
    pub fn desk_of(&self, actor: Actor) -> Actor {
        let Actor::Role(role) = actor else { return actor };
        match self.document.roles().get(role).map(|role| role.holders.as_slice()) {
            Some([only]) => Actor::Person(only.person),
            _ => actor,
        }
    }
}

fn sorted<I: TableId>(mut rows: Vec<(usize, i32, I)>) -> Vec<(usize, I)> {
    rows.sort_unstable();
    rows.into_iter().map(|(group, _, id)| (group, id)).collect()
}

/// Decisions by gateway: a link may stand at either end, or at both.
fn decisions_by_gateway(document: &Document) -> Grouped<DecisionId> {
    let from_decisions = document
        .decisions()
        .iter()
        .flat_map(|(id, decision)| decision.gateways.iter().map(move |node| (at(*node), id)));
    let from_gateways = document.gateways().iter().filter_map(|(id, gateway)| Some((at(id), gateway.decision?)));
    let mut pairs: Vec<_> = from_decisions.chain(from_gateways).collect();
    pairs.sort_unstable();
    pairs.dedup();
    Grouped::new(document.gateways().next_index() as usize, pairs.into_iter())
}

fn all_nodes(document: &Document) -> impl Iterator<Item = FlowNode> + '_ {
    let events = document.events().ids().map(FlowNode::Event);
    events.chain(document.steps().ids().map(FlowNode::Step)).chain(document.gateways().ids().map(FlowNode::Gateway))
}

/// Pairs of nodes that an association joins, both ways.
fn associations(document: &Document) -> Vec<(usize, FlowNode)> {
    let lines = document.links().iter().filter(|(_, link)| link.kind == LinkKind::Association);
    let mut pairs = Vec::new();
    for (_, link) in lines {
        if let (Ok(from), Ok(to)) = (FlowNode::try_from(link.from), FlowNode::try_from(link.to)) {
            pairs.extend([(node_index(document, from), to), (node_index(document, to), from)]);
        }
    }
    pairs
}

/// Performers of steps, by handle: as stated, else that of the nearest sub-flow around that states one.
fn performers(document: &Document) -> Vec<Option<Actor>> {
    let mut performers = vec![None; document.steps().next_index() as usize];
    for (id, step) in document.steps().iter() {
        let around = |step: &&Step| step.parent.and_then(|parent| document.steps().get(parent));
        let chain = std::iter::successors(Some(step), around).take(document.steps().len());
        let found = chain.filter_map(|step| step.performer).next();
        if let Some(slot) = performers.get_mut(at(id)) {
            *slot = found;
        }
    }
    performers
}

fn node_count(document: &Document) -> usize {
    (document.steps().next_index() + document.gateways().next_index() + document.events().next_index()) as usize
}

fn node_index(document: &Document, node: FlowNode) -> usize {
    match node {
        FlowNode::Step(id) => at(id),
        FlowNode::Gateway(id) => document.steps().next_index() as usize + at(id),
        FlowNode::Event(id) => (document.steps().next_index() + document.gateways().next_index()) as usize + at(id),
    }
}

fn duties_by_right(document: &Document) -> Vec<Duties> {
    let mut duties = vec![Duties::default(); document.rights().next_index() as usize];
    for (id, right) in document.rights().iter() {
        let letter = document.framework_of(right.subject).and_then(|(_, framework)| framework.letter(&right.letter));
        if let (Some(letter), Some(slot)) = (letter, duties.get_mut(at(id))) {
            *slot = Duties::of(&letter.duties);
        }
    }
    duties
}

/// Levels as stated, else one below the role reported to; each role is looked at once.
fn levels(document: &Document) -> Vec<Option<u32>> {
    const UNSEEN: u8 = 0;
    const OPEN: u8 = 1;
    const DONE: u8 = 2;
    let size = document.roles().next_index() as usize;
    let (mut levels, mut state) = (vec![None; size], vec![UNSEEN; size]);
    let mut path = Vec::new();
    for start in document.roles().ids() {
        let mut current = Some(start);
        // Up to a role whose level is known, then down again along the path.
        let mut above = None;
        while let Some(id) = current {
            match state.get(at(id)).copied() {
                Some(UNSEEN) => {}
                Some(DONE) => {
                    above = levels.get(at(id)).copied().flatten().map(|level: u32| level + 1);
                    break;
                }
                _ => break,
            }
            if let Some(slot) = state.get_mut(at(id)) {
                *slot = OPEN;
            }
            path.push(id);
            current = document.roles().get(id).and_then(|role| role.reports_to);
            if current.is_none() {
                above = Some(0);
            }
        }
        while let Some(id) = path.pop() {
            let stated = document.roles().get(id).and_then(|role| role.level).map(u32::from);
            let level = stated.or(above);
            if let (Some(slot), Some(state)) = (levels.get_mut(at(id)), state.get_mut(at(id))) {
                (*slot, *state) = (level, DONE);
            }
            above = level.map(|level| level + 1);
        }
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_keep_the_order_of_their_items() {
        let groups = Grouped::new(3, [(2, 'a'), (0, 'b'), (2, 'c'), (9, 'd')].into_iter());
        assert_eq!(groups.of(0), ['b']);
        assert!(groups.of(1).is_empty());
        assert_eq!(groups.of(2), ['a', 'c']);
        assert!(groups.of(9).is_empty());
    }

    #[test]
    fn levels_follow_the_reporting_line_and_circles_have_none() {
        let mut document = Document::default();
        let owner = document.insert(Role::new("Owner"));
        let manager = document.insert(Role { reports_to: Some(owner), ..Role::new("Manager") });
        let clerk = document.insert(Role { reports_to: Some(manager), ..Role::new("Clerk") });
        let a = document.insert(Role::new("A"));
        let b = document.insert(Role { reports_to: Some(a), ..Role::new("B") });
        document.get_mut::<Role>(a).unwrap().reports_to = Some(b);
        let index = Index::new(&document);
        assert_eq!([owner, manager, clerk].map(|role| index.level(role)), [Some(0), Some(1), Some(2)]);
        assert_eq!(index.level(a), None);
        assert!(index.reports_to(clerk, owner));
        assert!(!index.reports_to(owner, clerk));
        assert!(!index.reports_to(a, owner));
        assert_eq!(index.reports_of(owner), [manager]);
    }

    #[test]
    fn a_desk_is_the_only_holder_of_a_role() {
        let mut document = Document::default();
        let ana = document.insert(Person::new("Ana"));
        let rui = document.insert(Person::new("Rui"));
        let holding = |person| Holding { person, share: Some(0.5) };
        let single = document.insert(Role { holders: vec![holding(ana)], ..Role::new("Owner") });
        let shared = document.insert(Role { holders: vec![holding(ana), holding(rui)], ..Role::new("Clerk") });
        let index = Index::new(&document);
        assert_eq!(index.desk_of(Actor::Role(single)), Actor::Person(ana));
        assert_eq!(index.desk_of(Actor::Role(shared)), Actor::Role(shared));
        assert_eq!(index.people_of(Actor::Role(shared)), [ana, rui]);
        assert_eq!(index.roles_of_person(ana).len(), 2);
    }
}
