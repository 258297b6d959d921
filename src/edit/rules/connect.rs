//! What connecting one element with another means, and when it may be done.

use crate::edit::Verdict;
use crate::edit::rules::fit::need_all;
use crate::edit::wording::named;
use crate::model::*;

/// What a connection from one element to another would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// An arrow between two nodes of a process.
    Flow(FlowNode, FlowNode),
    /// The first role reports to the second.
    ReportsTo(RoleId, RoleId),
    /// The first unit becomes part of the second.
    PartOf(UnitId, UnitId),
    /// The role moves to the unit.
    RoleToUnit(RoleId, UnitId),
    /// The body moves to the unit.
    BodyToUnit(BodyId, UnitId),
    /// The person holds the role.
    Holds(PersonId, RoleId),
    /// The decision is taken, prepared or carried out in the step.
    TakenInStep(DecisionId, StepId),
    /// The decision chooses the branch of the gateway.
    ChoosesAt(DecisionId, GatewayId),
}

/// What connecting these two means; none where it means nothing.
pub fn connection(from: ElementRef, to: ElementRef) -> Option<Connection> {
    use ElementRef as E;
    if let (Ok(from), Ok(to)) = (FlowNode::try_from(from), FlowNode::try_from(to)) {
        return Some(Connection::Flow(from, to));
    }
    Some(match (from, to) {
        (E::Role(from), E::Role(to)) => Connection::ReportsTo(from, to),
        (E::Unit(from), E::Unit(to)) => Connection::PartOf(from, to),
        (E::Role(role), E::Unit(unit)) => Connection::RoleToUnit(role, unit),
        (E::Body(body), E::Unit(unit)) => Connection::BodyToUnit(body, unit),
        (E::Person(person), E::Role(role)) => Connection::Holds(person, role),
        (E::Decision(decision), E::Step(step)) => Connection::TakenInStep(decision, step),
        (E::Decision(decision), E::Gateway(gateway)) => Connection::ChoosesAt(decision, gateway),
        _ => return None,
    })
}

/// Whether two elements may be connected, and if not why not. See [`Connection`] for what it would mean.
pub fn can_connect(document: &Document, from: ElementRef, to: ElementRef) -> Verdict {
    verdict(document, from, to).map(|()| true).into()
}

fn verdict(document: &Document, from: ElementRef, to: ElementRef) -> Result<(), String> {
    need_all(document, [from, to])?;
    let Some(connection) = connection(from, to) else {
        return Err(format!("A {} cannot be connected to a {}.", from.kind().word(), to.kind().word()));
    };
    let name = |element: ElementRef| named(document, element);
    match connection {
        Connection::Flow(from, to) => flow(document, from, to),
        Connection::ReportsTo(from, to) => reports_to(document, from, to),
        Connection::PartOf(from, to) => part_of(document, from, to),
        Connection::RoleToUnit(id, unit) => {
            let already = document.get::<Role>(id).is_some_and(|role| role.unit == Some(unit));
            refuse_if(already, || format!("{} is already in {}.", name(from), name(to)))
        }
        Connection::BodyToUnit(id, unit) => {
            let already = document.get::<Body>(id).is_some_and(|body| body.unit == Some(unit));
            refuse_if(already, || format!("{} is already in {}.", name(from), name(to)))
        }
        Connection::Holds(person, id) => {
            let holds = |role: &Role| role.holders.iter().any(|holding| holding.person == person);
            refuse_if(document.get::<Role>(id).is_some_and(holds), || {
                format!("{} already holds {}.", name(from), name(to))
            })
        }
        Connection::TakenInStep(id, step) => {
            let linked = document.get::<Decision>(id).is_some_and(|decision| decision.steps.contains(&step));
            refuse_if(linked, || format!("{} is already linked to {}.", name(from), name(to)))
        }
        Connection::ChoosesAt(id, gateway) => {
            let linked = document.get::<Decision>(id).is_some_and(|decision| decision.gateways.contains(&gateway));
            refuse_if(linked, || format!("{} is already linked to {}.", name(from), name(to)))
        }
    }
}

fn flow(document: &Document, from: FlowNode, to: FlowNode) -> Result<(), String> {
    let name = |node: FlowNode| named(document, node.into());
    refuse_if(from == to, || format!("The flow cannot lead from {} to itself.", name(from)))?;
    refuse_if(document.process_of(from) != document.process_of(to), || {
        format!("{} and {} are in different processes.", name(from), name(to))
    })?;
    refuse_if(is_event(document, from, EventKind::End), || "Nothing comes after an end event.".to_owned())?;
    refuse_if(is_event(document, to, EventKind::Start), || "Nothing comes before a start event.".to_owned())?;
    let exists = document.flows().iter().any(|(_, flow)| flow.from == from && flow.to == to);
    refuse_if(exists, || format!("There is already a flow from {} to {}.", name(from), name(to)))
}

fn is_event(document: &Document, node: FlowNode, kind: EventKind) -> bool {
    matches!(node, FlowNode::Event(id) if document.get::<Event>(id).is_some_and(|event| event.kind == kind))
}

fn reports_to(document: &Document, from: RoleId, to: RoleId) -> Result<(), String> {
    let name = |role: RoleId| named(document, role.into());
    refuse_if(from == to, || "A role cannot report to itself.".to_owned())?;
    let role = |id: RoleId| document.get::<Role>(id);
    let already = role(from).is_some_and(|role| role.reports_to == Some(to));
    refuse_if(already, || format!("{} already reports to {}.", name(from), name(to)))?;
    let mut above = Some(to);
    for _ in 0..=document.roles().len() {
        let Some(current) = above else { break };
        refuse_if(current == from, || format!("{} reports to {}, directly or over others.", name(to), name(from)))?;
        above = role(current).and_then(|role| role.reports_to);
    }
    Ok(())
}

fn part_of(document: &Document, from: UnitId, to: UnitId) -> Result<(), String> {
    let name = |unit: UnitId| named(document, unit.into());
    refuse_if(from == to, || "A unit cannot be part of itself.".to_owned())?;
    let already = document.get::<Unit>(from).is_some_and(|unit| unit.parent == Some(to));
    refuse_if(already, || format!("{} is already part of {}.", name(from), name(to)))?;
    refuse_if(document.unit_is_within(to, from), || format!("{} is part of {}.", name(to), name(from)))
}

fn refuse_if(wrong: bool, reason: impl FnOnce() -> String) -> Result<(), String> {
    if wrong { Err(reason()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testkit::random_edits::start;

    fn reason(document: &Document, from: impl Into<ElementRef>, to: impl Into<ElementRef>) -> String {
        match can_connect(document, from.into(), to.into()) {
            Verdict::No(reason) => reason,
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn flows_are_refused_with_a_reason() {
        let mut document = start();
        let process = document.processes().ids().next().unwrap();
        let steps: Vec<StepId> = document.steps().ids().collect();
        let first = document.insert(Event::new(process, EventKind::Start, ""));
        let last = document.insert(Event::new(process, EventKind::End, ""));
        let other = document.insert(Process::new("Order"));
        let elsewhere = document.insert(Step::new(other, "Bake"));
        assert_eq!(reason(&document, first, steps[0]), "Yes");
        assert_eq!(reason(&document, steps[2], last), "Yes");
        assert_eq!(reason(&document, steps[0], first), "Nothing comes before a start event.");
        assert_eq!(reason(&document, last, steps[0]), "Nothing comes after an end event.");
        assert_eq!(reason(&document, steps[0], steps[0]), "The flow cannot lead from “Check” to itself.");
        assert_eq!(reason(&document, steps[0], steps[1]), "There is already a flow from “Check” to “Allow”.");
        assert_eq!(reason(&document, steps[0], elsewhere), "“Check” and “Bake” are in different processes.");
        let person = document.people().ids().next().unwrap();
        assert_eq!(reason(&document, person, steps[0]), "A person cannot be connected to a step.");
    }

    #[test]
    fn lines_of_command_do_not_run_in_circles() {
        let document = start();
        let units: Vec<UnitId> = document.units().ids().collect();
        let roles: Vec<RoleId> = document.roles().ids().collect();
        assert_eq!(reason(&document, units[0], units[1]), "“Till” is part of “Shop”.");
        assert_eq!(reason(&document, roles[0], roles[1]), "“Clerk” reports to “Owner”, directly or over others.");
        assert_eq!(reason(&document, roles[1], roles[0]), "“Clerk” already reports to “Owner”.");
        let gone = RoleId::from_index(99);
        assert_eq!(reason(&document, gone, roles[0]), "The role is no longer there.");
    }
}
