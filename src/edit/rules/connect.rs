//! What connecting one element with another means, and when it may be done.

use crate::edit::Verdict;
use crate::edit::rules::fit::need_all;
use crate::edit::rules::flow::flow_fits;
use crate::edit::wording::{a, named};
use crate::model::*;

/// What a connection from one element to another would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Connection {
    /// An arrow between two nodes of a process.
    Flow(FlowNode, FlowNode),
    /// A message between nodes of two processes, or between a node and a whole party.
    Message(ElementRef, ElementRef),
    /// The node needs the artefact.
    Needs(FlowNode, ArtefactId),
    /// The node makes or changes the artefact.
    Makes(FlowNode, ArtefactId),
    /// The note is about the element.
    About(NoteId, ElementRef),
    /// The two belong together.
    Belongs(ElementRef, ElementRef),
    /// When the event comes, the step takes back what was done.
    TakesBack(EventId, StepId),
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
pub fn connection(document: &Document, from: ElementRef, to: ElementRef) -> Option<Connection> {
    use ElementRef as E;
    if let (Ok(from), Ok(to)) = (FlowNode::try_from(from), FlowNode::try_from(to)) {
        return Some(between_nodes(document, from, to));
    }
    Some(match (from, to) {
        (E::Note(note), about) | (about, E::Note(note)) => about_or_belongs(document, note, about, (from, to)),
        (E::Role(from), E::Role(to)) => Connection::ReportsTo(from, to),
        (E::Unit(from), E::Unit(to)) => Connection::PartOf(from, to),
        (E::Role(role), E::Unit(unit)) => Connection::RoleToUnit(role, unit),
        (E::Body(body), E::Unit(unit)) => Connection::BodyToUnit(body, unit),
        (E::Person(person), E::Role(role)) => Connection::Holds(person, role),
        (E::Decision(decision), E::Step(step)) => Connection::TakenInStep(decision, step),
        (E::Decision(decision), E::Gateway(gateway)) => Connection::ChoosesAt(decision, gateway),
        (E::Artefact(artefact), node @ (E::Step(_) | E::Event(_))) => {
            Connection::Needs(FlowNode::try_from(node).ok()?, artefact)
        }
        (node @ (E::Step(_) | E::Event(_)), E::Artefact(artefact)) => {
            Connection::Makes(FlowNode::try_from(node).ok()?, artefact)
        }
        (E::Artefact(_), E::Flow(_)) | (E::Flow(_), E::Artefact(_)) => Connection::Belongs(from, to),
        (E::External(_), E::External(_)) => Connection::Message(from, to),
        _ if is_party(from) && FlowNode::try_from(to).is_ok() => Connection::Message(from, to),
        _ if is_party(to) && FlowNode::try_from(from).is_ok() => Connection::Message(from, to),
        _ => return None,
    })
}

fn between_nodes(document: &Document, from: FlowNode, to: FlowNode) -> Connection {
    if document.process_of(from) != document.process_of(to) {
        return Connection::Message(from.into(), to.into());
    }
    if let (FlowNode::Event(event), FlowNode::Step(step)) = (from, to)
        && document.get::<Event>(event).is_some_and(|event| event.trigger == EventTrigger::Compensation)
        && document.get::<Step>(step).is_some_and(|step| step.compensates)
    {
        return Connection::TakesBack(event, step);
    }
    Connection::Flow(from, to)
}

/// A note that is about nothing yet becomes one about the element; another one gets a line to it.
fn about_or_belongs(document: &Document, id: NoteId, about: ElementRef, ends: (ElementRef, ElementRef)) -> Connection {
    let is_free = document.get::<Note>(id).is_some_and(|note| note.about.is_none());
    if is_free || !integrity::can_be_linked(about) {
        Connection::About(id, about)
    } else {
        Connection::Belongs(ends.0, ends.1)
    }
}

/// Whether a whole lane or an outside party of this kind sends and gets messages.
fn is_party(element: ElementRef) -> bool {
    Actor::try_from(element).is_ok_and(|actor| !matches!(actor, Actor::Person(_)))
}

/// Whether two elements may be connected, and if not why not. See [`Connection`] for what it would mean.
pub fn can_connect(document: &Document, from: ElementRef, to: ElementRef) -> Verdict {
    verdict(document, from, to).map(|()| true).into()
}

/// Whether a flow may lead from one node to another. Nodes of two processes are joined by a message, not by a flow.
pub fn can_flow(document: &Document, from: FlowNode, to: FlowNode) -> Verdict {
    let answer = need_all(document, [from.into(), to.into()]).and_then(|()| flow(document, from, to));
    answer.map(|()| true).into()
}

fn verdict(document: &Document, from: ElementRef, to: ElementRef) -> Result<(), String> {
    need_all(document, [from, to])?;
    let Some(connection) = connection(document, from, to) else {
        return Err(format!("{} cannot be connected to {}.", a(from.kind().word(), true), a(to.kind().word(), false)));
    };
    let name = |element: ElementRef| named(document, element);
    match connection {
        Connection::Flow(from, to) => flow(document, from, to),
        Connection::Message(from, to) => message(document, from, to),
        Connection::Needs(..) => unlinked(document, LinkKind::Input, from, to, "need"),
        Connection::Makes(..) => unlinked(document, LinkKind::Output, from, to, "result"),
        Connection::Belongs(..) | Connection::TakesBack(..) => {
            refuse_if(from == to, || "Nothing is connected to itself.".to_owned())?;
            unlinked(document, LinkKind::Association, from, to, "line")
        }
        Connection::About(note, about) => {
            refuse_if(from == to, || "Nothing is connected to itself.".to_owned())?;
            let already = document.get::<Note>(note).and_then(|note| note.about);
            refuse_if(already == Some(about), || format!("The note is already about {}.", name(about)))
        }
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
    flow_fits(document, from, to)?;
    let name = |node: FlowNode| named(document, node.into());
    let exists = document.flows().iter().any(|(_, flow)| flow.from == from && flow.to == to);
    refuse_if(exists, || format!("There is already a flow from {} to {}.", name(from), name(to)))
}

fn message(document: &Document, from: ElementRef, to: ElementRef) -> Result<(), String> {
    message_fits(document, from, to)?;
    unlinked(document, LinkKind::Message, from, to, "message")
}

/// Fails where no message may go from one element to another, with the reason. Whether there is one already is not
/// asked. Messages go between parties, by steps and events that can send and get them (BPMN 2.0, sections 9.4 and
/// 10.5).
pub(in crate::edit) fn message_fits(document: &Document, from: ElementRef, to: ElementRef) -> Result<(), String> {
    let name = |element: ElementRef| named(document, element);
    refuse_if(from == to, || "Nobody sends messages to himself.".to_owned())?;
    let is_gateway = [from, to].iter().any(|end| matches!(end, ElementRef::Gateway(_)));
    refuse_if(is_gateway, || "A gateway sends and gets nothing; messages go between steps and events.".to_owned())?;
    let event = |element: ElementRef| match element {
        ElementRef::Event(id) => document.get::<Event>(id),
        _ => None,
    };
    let sends = |event: &Event| event.kind == EventKind::End || (event.kind == EventKind::Intermediate && event.throws);
    refuse_if(event(from).is_some_and(|event| !sends(event)), || format!("{} waits; it sends nothing.", name(from)))?;
    refuse_if(event(to).is_some_and(sends), || format!("{} sends; it gets nothing.", name(to)))?;
    for (node, other) in [(from, to), (to, from)] {
        let (Ok(node), Ok(actor)) = (FlowNode::try_from(node), Actor::try_from(other)) else { continue };
        let performs = document.performer_of(node) == Some(actor);
        refuse_if(performs, || {
            format!("{} is the work of {}; messages go to another party.", name(node.into()), name(other))
        })?;
    }
    Ok(())
}

/// Refuses a link that there is already.
fn unlinked(document: &Document, kind: LinkKind, from: ElementRef, to: ElementRef, word: &str) -> Result<(), String> {
    let same = |link: &Link| link.kind == kind && (link.from, link.to) == (from, to);
    let exists = document.links().iter().any(|(_, link)| same(link));
    refuse_if(exists, || {
        format!("There is already a {word} from {} to {}.", named(document, from), named(document, to))
    })
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
        let between = can_flow(&document, FlowNode::Step(steps[0]), FlowNode::Step(elsewhere));
        assert_eq!(between, Verdict::No("“Check” and “Bake” are in different processes.".to_owned()));
        let person = document.people().ids().next().unwrap();
        assert_eq!(reason(&document, person, steps[0]), "A person cannot be connected to a step.");
        assert_eq!(reason(&document, process, steps[0]), "A process cannot be connected to a step.");
        assert_eq!(reason(&document, first, process), "An event cannot be connected to a process.");
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

    #[test]
    fn messages_go_between_parties_and_by_those_who_can_send_and_get_them() {
        let mut document = start();
        let process = document.processes().ids().next().unwrap();
        let steps: Vec<StepId> = document.steps().ids().collect();
        let clerk = document.get::<Step>(steps[0]).unwrap().performer.unwrap();
        let supplier = document.externals().ids().next().unwrap();
        let other = document.insert(Process::new("Order"));
        let elsewhere = document.insert(Step::new(other, "Bake"));
        let first = document.insert(Event::new(other, EventKind::Start, "Order comes"));
        let split = document.insert(Gateway::new(process, GatewayKind::Exclusive, ""));
        for to in [ElementRef::from(elsewhere), first.into(), supplier.into()] {
            assert_eq!(connection(&document, steps[0].into(), to), Some(Connection::Message(steps[0].into(), to)));
            assert_eq!(reason(&document, steps[0], to), "Yes");
        }
        assert_eq!(reason(&document, first, steps[0]), "“Order comes” waits; it sends nothing.");
        assert_eq!(
            reason(&document, split, elsewhere),
            "A gateway sends and gets nothing; messages go between steps and events."
        );
        assert_eq!(reason(&document, clerk, steps[0]), "“Check” is the work of “Clerk”; messages go to another party.");
        document.insert(Link::new(LinkKind::Message, steps[0], supplier));
        assert_eq!(reason(&document, steps[0], supplier), "There is already a message from “Check” to “Supplier”.");
        assert_eq!(reason(&document, supplier, steps[0]), "Yes");
    }

    #[test]
    fn artefacts_are_needed_and_made_and_notes_are_about_things() {
        let mut document = start();
        let step = document.steps().ids().next().unwrap();
        let receipt = document.artefacts().ids().next().unwrap();
        let node = FlowNode::Step(step);
        let of = |document: &Document, from: ElementRef, to: ElementRef| connection(document, from, to);
        assert_eq!(of(&document, receipt.into(), step.into()), Some(Connection::Needs(node, receipt)));
        assert_eq!(of(&document, step.into(), receipt.into()), Some(Connection::Makes(node, receipt)));
        let note = document.insert(Note::new("Why?"));
        assert_eq!(of(&document, step.into(), note.into()), Some(Connection::About(note, step.into())));
        document.get_mut::<Note>(note).unwrap().about = Some(receipt.into());
        assert_eq!(of(&document, step.into(), note.into()), Some(Connection::Belongs(step.into(), note.into())));
        assert_eq!(reason(&document, note, note), "Nothing is connected to itself.");
    }
}
