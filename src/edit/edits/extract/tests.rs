//! What extractions make of a small flow, and which are refused.

use super::*;
use crate::edit::apply;

/// Start, “Ask”, a gateway, “Check” and “Count” beside each other, a join, “Pay”, end; two roles in two lanes.
struct Desk {
    document: Document,
    view: ViewId,
    clerk: Actor,
    owner: Actor,
}

impl Desk {
    fn new() -> Self {
        let mut document = Document::default();
        let [clerk, owner] = ["Clerk", "Owner"].map(|name| Actor::Role(document.insert(Role::new(name))));
        let process = document.insert(Process::new("Refund"));
        let lanes = vec![Lane::new(Some(clerk)), Lane::new(Some(owner))];
        let kind = ViewKind::Process { process, lanes, direction: FlowDirection::default() };
        let view = document.insert(View::new("Refund", kind));
        let start = document.insert(Event::new(process, EventKind::Start, "Start"));
        let end = document.insert(Event::new(process, EventKind::End, "End"));
        let step = |document: &mut Document, name: &str, performer| {
            FlowNode::Step(document.insert(Step { performer: Some(performer), ..Step::new(process, name) }))
        };
        let gate = |document: &mut Document, name: &str| {
            FlowNode::Gateway(document.insert(Gateway::new(process, GatewayKind::Exclusive, name)))
        };
        let ask = step(&mut document, "Ask", owner);
        let split = gate(&mut document, "Split");
        let check = step(&mut document, "Check", clerk);
        let count = step(&mut document, "Count", clerk);
        let join = gate(&mut document, "Join");
        let pay = step(&mut document, "Pay", owner);
        let nodes = [FlowNode::Event(start), ask, split, check, count, join, pay, FlowNode::Event(end)];
        for (place, node) in nodes.into_iter().enumerate() {
            let y = if document.performer_of(node) == Some(owner) { 180.0 } else { 60.0 };
            let center = Some(Point::new(100.0 * place as f64, y));
            document.insert(Placement { center, ..Placement::unplaced(view, node.into()) });
        }
        let pairs = [(0, 1), (1, 2), (2, 3), (2, 4), (3, 5), (4, 5), (5, 6), (6, 7)];
        for (from, to) in pairs {
            document.insert(Flow::new(process, nodes[from], nodes[to]));
        }
        Self { document, view, clerk, owner }
    }

    fn node(&self, name: &str) -> FlowNode {
        let nodes = self.document.processes().ids().flat_map(|process| self.document.nodes_of(process));
        nodes.into_iter().find(|node| self.document.name_of((*node).into()) == name).unwrap()
    }

    fn extract(&self, names: &[&str], becomes: ExtractedAs) -> Extract {
        let elements = names.iter().map(|name| self.node(name).into()).collect();
        Extract { view: self.view, elements, name: "Look it over".to_owned(), becomes }
    }

    fn refusal(&self, names: &[&str]) -> String {
        match self.extract(names, ExtractedAs::SubFlow).can_apply(&self.document) {
            Verdict::No(reason) => reason,
            other => panic!("{names:?}: {other:?}"),
        }
    }
}

/// Flows as texts, by the names of their ends.
fn flows(document: &Document) -> Vec<String> {
    let name = |node: FlowNode| match document.name_of(node.into()) {
        "" => match node {
            FlowNode::Event(id) => format!("{:?}", document.get::<Event>(id).unwrap().kind),
            _ => "?".to_owned(),
        },
        name => name.to_owned(),
    };
    document.flows().iter().map(|(_, flow)| format!("{} > {}", name(flow.from), name(flow.to))).collect()
}

const BLOCK: &[&str] = &["Split", "Check", "Count", "Join"];

#[test]
fn a_block_becomes_the_inside_of_a_sub_flow() {
    let desk = Desk::new();
    let applied = apply(&desk.document, &desk.extract(BLOCK, ExtractedAs::SubFlow).into()).unwrap();
    assert_eq!(applied.label, "Extract “Look it over” to a sub-flow");
    let document = applied.document;
    assert_eq!(
        flows(&document),
        [
            "Start > Ask",
            "Ask > Look it over",
            "Split > Check",
            "Split > Count",
            "Check > Join",
            "Count > Join",
            "Look it over > Pay",
            "Pay > End",
            "Start > Split",
            "Join > End",
        ]
    );
    let (step, record) = document.steps().iter().find(|(_, step)| step.name == "Look it over").unwrap();
    assert_eq!((record.kind, record.performer), (StepKind::SubFlow, Some(desk.clerk)));
    assert_eq!(document.nodes_inside(step).len(), 6, "with a start and an end");
    let picture = document.placement_of(desk.view, step.into()).unwrap().1;
    assert_eq!((picture.center, picture.collapsed), (Some(Point::new(350.0, 60.0)), true));
    assert_eq!(document.boxes_in(desk.view), 5, "nothing of the inside is left");
    let inner = document.view_of_inside(Inside::SubFlow(step)).unwrap();
    assert_eq!(document.boxes_in(inner), 6);
    let lanes: Vec<_> = document.get::<View>(inner).unwrap().lanes().iter().map(|lane| lane.actor).collect();
    assert!(lanes.contains(&Some(desk.clerk)) && !lanes.contains(&Some(desk.owner)));
}

#[test]
fn steps_become_a_process_that_is_called() {
    let desk = Desk::new();
    let applied = apply(&desk.document, &desk.extract(BLOCK, ExtractedAs::Process).into()).unwrap();
    let document = applied.document;
    let (called, process) = document.processes().iter().nth(1).unwrap();
    assert_eq!(process.name, "Look it over");
    assert_eq!(document.nodes_of(called).len(), 6);
    assert_eq!(document.flows_of(called).count(), 6);
    let (step, record) = document.steps().iter().find(|(_, step)| step.kind == StepKind::Call).unwrap();
    assert_eq!(record.calls, Some(called));
    assert!(document.view_of_inside(document.inside_of(step).unwrap()).is_some());
}

#[test]
fn what_a_gateway_asks_for_stays_with_it() {
    let mut desk = Desk::new();
    let (pay, join) = (desk.node("Pay"), desk.node("Join"));
    let process = desk.document.process_of(pay).unwrap();
    let flow = desk.document.flows().iter().find(|(_, flow)| flow.from == join).unwrap().0;
    desk.document.get_mut::<Flow>(flow).unwrap().condition = "all is well".to_owned();
    let check = desk.node("Check");
    desk.document.insert(Flow::new(process, join, check));
    let document = apply(&desk.document, &desk.extract(BLOCK, ExtractedAs::SubFlow).into()).unwrap().document;
    let to_end = document.flows().iter().find(|(_, flow)| flow.from == join && flow.to != check).unwrap().1;
    assert_eq!(to_end.condition, "all is well");
    assert_eq!(document.get::<Flow>(flow).unwrap().condition, "");
}

#[test]
fn one_way_in_and_one_way_out_are_needed() {
    let desk = Desk::new();
    assert_eq!(desk.refusal(&["Check"]), "Select two or more connected steps first.");
    assert_eq!(desk.refusal(&["Check", "Count"]), "No flow joins “Count” to the others.");
    assert_eq!(
        desk.refusal(&["Ask", "Split"]),
        "The flow parts at “Split” to what is outside; leave it outside, or take its branches along."
    );
    assert_eq!(
        desk.refusal(&["Split", "Check", "Join"]),
        "There are two ways in, to “Split” and to “Join”; one is needed."
    );
    assert_eq!(
        desk.refusal(&["Start", "Ask"]),
        "The start of the flow stays where it is; take it out of the selection."
    );
    assert_eq!(desk.refusal(&["Check", "Join"]), "There are two ways in, to “Check” and to “Join”; one is needed.");
}

#[test]
fn events_on_borders_go_along_and_do_not_go_alone() {
    let mut desk = Desk::new();
    let FlowNode::Step(check) = desk.node("Check") else { panic!() };
    let process = desk.document.process_of(FlowNode::Step(check)).unwrap();
    let late = Event { attached: Some(check), ..Event::new(process, EventKind::Intermediate, "Late") };
    let late = desk.document.insert(late);
    assert_eq!(
        desk.refusal(&["Count", "Join", "Late"]),
        "“Late” stands on the border of “Check”; select that, too."
    );
    let document = apply(&desk.document, &desk.extract(BLOCK, ExtractedAs::SubFlow).into()).unwrap().document;
    assert!(document.parent_of(FlowNode::Event(late)).is_some());
}
