//! Small questions that every layer asks of a document. Each looks through one table at most.

use super::*;

impl Document {
    /// Units below a unit (the roots for none), in their order.
    pub fn child_units(&self, parent: Option<UnitId>) -> Vec<UnitId> {
        let mut children: Vec<_> =
            self.units.iter().filter(|(_, unit)| unit.parent == parent).map(|(id, unit)| (unit.order, id)).collect();
        children.sort_unstable();
        children.into_iter().map(|(_, id)| id).collect()
    }

    /// Roles of a unit (those without a unit for none), in their order.
    pub fn roles_of(&self, unit: Option<UnitId>) -> Vec<RoleId> {
        let mut roles: Vec<_> =
            self.roles.iter().filter(|(_, role)| role.unit == unit).map(|(id, role)| (role.order, id)).collect();
        roles.sort_unstable();
        roles.into_iter().map(|(_, id)| id).collect()
    }

    /// Rights on a decision or step, in the order of their making.
    pub fn rights_on(&self, subject: Subject) -> impl Iterator<Item = (RightId, &Right)> {
        self.rights.iter().filter(move |(_, right)| right.subject == subject)
    }

    /// Placements of a view, in the order of their making, which is the order of painting.
    pub fn placements_in(&self, view: ViewId) -> impl Iterator<Item = (PlacementId, &Placement)> {
        self.placements.iter().filter(move |(_, placement)| placement.view == view)
    }

    /// The placement of an element in a view.
    pub fn placement_of(&self, view: ViewId, element: ElementRef) -> Option<(PlacementId, &Placement)> {
        self.placements_in(view).find(|(_, placement)| placement.element == element)
    }

    /// The framework of the letters on a decision or step: its own, else that of its kind of row, else that of the
    /// project, else the first one.
    pub fn framework_of(&self, subject: Subject) -> Option<(FrameworkId, &Framework)> {
        let (own, kind) = match subject {
            Subject::Decision(id) => match self.decisions.get(id) {
                Some(decision) => (decision.framework, decision.kind),
                None => (None, DecisionKind::Decision),
            },
            Subject::Step(_) => (None, DecisionKind::Task),
        };
        let chosen = own.or_else(|| self.framework_of_kind(kind));
        match chosen.and_then(|id| self.frameworks.get(id).map(|framework| (id, framework))) {
            Some(found) => Some(found),
            None => self.frameworks.iter().next(),
        }
    }

    /// The framework that the project chose for rows of a kind.
    pub fn framework_of_kind(&self, kind: DecisionKind) -> Option<FrameworkId> {
        let project = self.project();
        let of_kind = match kind {
            DecisionKind::Task => project.framework_of_tasks,
            DecisionKind::Control => project.framework_of_controls,
            DecisionKind::Decision => None,
        };
        of_kind.or(project.framework)
    }

    /// Whether a right carries a duty, by the framework of its subject.
    pub fn right_has_duty(&self, right: &Right, duty: Duty) -> bool {
        self.framework_of(right.subject).is_some_and(|(_, framework)| framework.has_duty(&right.letter, duty))
    }

    /// The process of a node.
    pub fn process_of(&self, node: FlowNode) -> Option<ProcessId> {
        match node {
            FlowNode::Step(id) => self.steps.get(id).map(|step| step.process),
            FlowNode::Gateway(id) => self.gateways.get(id).map(|gateway| gateway.process),
            FlowNode::Event(id) => self.events.get(id).map(|event| event.process),
        }
    }

    /// The performer of a node: the actor in whose lane it stands.
    pub fn performer_of(&self, node: FlowNode) -> Option<Actor> {
        match node {
            FlowNode::Step(id) => self.steps.get(id)?.performer,
            FlowNode::Gateway(id) => self.gateways.get(id)?.performer,
            FlowNode::Event(id) => self.events.get(id)?.performer,
        }
    }

    /// The sub-flow that a node stands in: that of its host for an event on a border.
    pub fn parent_of(&self, node: FlowNode) -> Option<StepId> {
        match node {
            FlowNode::Step(id) => self.steps.get(id)?.parent,
            FlowNode::Gateway(id) => self.gateways.get(id)?.parent,
            FlowNode::Event(id) => {
                let event = self.events.get(id)?;
                match event.attached {
                    Some(host) => self.steps.get(host)?.parent,
                    None => event.parent,
                }
            }
        }
    }

    /// The step on whose border a node stands: boundary events only.
    pub fn host_of(&self, node: FlowNode) -> Option<StepId> {
        match node {
            FlowNode::Event(id) => self.events.get(id)?.attached,
            FlowNode::Step(_) | FlowNode::Gateway(_) => None,
        }
    }

    /// Whether a node stands inside a step, over others or directly. Ends on broken files with cycles, too.
    pub fn stands_inside(&self, node: FlowNode, step: StepId) -> bool {
        let mut around = self.parent_of(node);
        for _ in 0..=self.steps.len() {
            match around {
                Some(id) if id == step => return true,
                Some(id) => around = self.steps.get(id).and_then(|step| step.parent),
                None => return false,
            }
        }
        false
    }

    /// All nodes of a process: events, steps, gateways, each in the order of their making.
    pub fn nodes_of(&self, process: ProcessId) -> Vec<FlowNode> {
        let events =
            self.events.iter().filter(|(_, event)| event.process == process).map(|(id, _)| FlowNode::Event(id));
        let steps = self.steps.iter().filter(|(_, step)| step.process == process).map(|(id, _)| FlowNode::Step(id));
        let gateways =
            self.gateways.iter().filter(|(_, gateway)| gateway.process == process).map(|(id, _)| FlowNode::Gateway(id));
        events.chain(steps).chain(gateways).collect()
    }

    /// Flows of a process, in the order of their making.
    pub fn flows_of(&self, process: ProcessId) -> impl Iterator<Item = (FlowId, &Flow)> {
        self.flows.iter().filter(move |(_, flow)| flow.process == process)
    }

    /// Whether `ancestor` is the unit itself or above it. Ends on broken files with cycles, too.
    pub fn unit_is_within(&self, unit: UnitId, ancestor: UnitId) -> bool {
        let mut current = Some(unit);
        for _ in 0..=self.units.len() {
            match current {
                Some(id) if id == ancestor => return true,
                Some(id) => current = self.units.get(id).and_then(|unit| unit.parent),
                None => return false,
            }
        }
        false
    }

    /// The unit of an actor: of a role its unit, of a unit itself.
    pub fn unit_of_actor(&self, actor: Actor) -> Option<UnitId> {
        match actor {
            Actor::Role(id) => self.roles.get(id)?.unit,
            Actor::Unit(id) => Some(id),
            Actor::Body(id) => self.bodies.get(id)?.unit,
            Actor::Person(_) | Actor::External(_) | Actor::System(_) => None,
        }
    }

    /// Names of the holders of a role, joined for a label: `Ana Costa`, `vacant`, `6 people`; empty when not stated.
    pub fn holders_label(&self, role: RoleId) -> String {
        let Some(role) = self.roles.get(role) else { return String::new() };
        match role.holders.as_slice() {
            [] if role.vacant => "vacant".to_owned(),
            [] => String::new(),
            [one] => self.name_of(one.person.into()).to_owned(),
            [a, b] => format!("{}, {}", self.name_of(a.person.into()), self.name_of(b.person.into())),
            many => format!("{} people", many.len()),
        }
    }
}
