//! Where a case can go next, one sub-flow at a time.
//!
//! What stands inside a sub-flow is a scope of its own with its own starts and ends; so is the outermost level of a
//! process. Beside flows, a case goes from an event that throws a link to the one of the same name that catches it, and
//! from a step to an event on its border. Steps that take something back, event sub-flows and events on borders wait
//! for something else than a flow (BPMN 2.0, sections 10.3 and 10.5).

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Index;
use crate::model::*;

/// What a way is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayKind {
    /// A flow.
    Flow(FlowId),
    /// From a thrown link to where it is caught.
    Link,
    /// From a step to an event on its border.
    Border {
        /// Whether the step goes on.
        keeps_running: bool,
    },
}

/// A way from one node to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Way {
    /// What it is.
    pub kind: WayKind,
    /// Where it begins.
    pub from: FlowNode,
    /// Where it leads.
    pub to: FlowNode,
}

impl Way {
    /// The flow that it is; none for others.
    pub fn flow(&self) -> Option<FlowId> {
        match self.kind {
            WayKind::Flow(flow) => Some(flow),
            WayKind::Link | WayKind::Border { .. } => None,
        }
    }
}

/// The outermost level of a process, or what is inside one of its sub-flows.
#[derive(Clone, Debug)]
pub struct Scope {
    /// The process.
    pub process: ProcessId,
    /// The sub-flow; none for the outermost level.
    pub around: Option<StepId>,
    /// Nodes: events, steps, gateways.
    pub nodes: Vec<FlowNode>,
    /// Ways between them.
    pub ways: Vec<Way>,
}

impl Scope {
    /// Every scope of a process, the outermost one first. A flow that crosses the border of a sub-flow counts, in the
    /// scope that both ends share, as one of the sub-flow.
    pub fn all(document: &Document, index: &Index<'_>, process: ProcessId) -> Vec<Self> {
        let nodes = index.nodes_of(process);
        let mut places: FxHashMap<Option<StepId>, usize> = FxHashMap::default();
        let new = |around| Self { process, around, nodes: Vec::new(), ways: Vec::new() };
        let mut scopes = vec![new(None)];
        places.insert(None, 0);
        for node in nodes {
            let around = document.parent_of(*node);
            let place = *places.entry(around).or_insert_with(|| {
                scopes.push(new(around));
                scopes.len() - 1
            });
            if let Some(scope) = scopes.get_mut(place) {
                scope.nodes.push(*node);
            }
        }
        let mut add = |way: Way| {
            let place = places.get(&document.parent_of(way.from));
            if let Some(scope) = place.and_then(|place| scopes.get_mut(*place)) {
                scope.ways.push(way);
            }
        };
        for id in index.flows_of(process) {
            let Some(flow) = document.flows().get(*id) else { continue };
            if let Some((from, to)) = beside_each_other(document, flow.from, flow.to) {
                add(Way { kind: WayKind::Flow(*id), from, to });
            }
        }
        links(document, nodes).into_iter().for_each(&mut add);
        nodes.iter().filter_map(|node| border(document, *node)).for_each(&mut add);
        scopes
    }

    /// Start events; where there are none, nodes that nothing leads to and that no event sets off.
    pub fn starts(&self, document: &Document) -> Vec<FlowNode> {
        let events: Vec<FlowNode> = self.start_events(document).map(FlowNode::Event).collect();
        if !events.is_empty() {
            return events;
        }
        self.entries(document)
    }

    /// The start events.
    pub fn start_events<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = EventId> + 'a {
        self.events(document, EventKind::Start)
    }

    /// The events of a kind.
    pub fn events<'a>(&'a self, document: &'a Document, kind: EventKind) -> impl Iterator<Item = EventId> + 'a {
        self.nodes.iter().filter_map(move |node| match node {
            FlowNode::Event(id) if document.events().get(*id).is_some_and(|event| event.kind == kind) => Some(*id),
            _ => None,
        })
    }

    /// Nodes that nothing leads to and that no event sets off.
    pub fn entries(&self, document: &Document) -> Vec<FlowNode> {
        let entered: std::collections::BTreeSet<FlowNode> = self.ways.iter().map(|way| way.to).collect();
        self.nodes.iter().copied().filter(|node| !entered.contains(node) && !is_set_off(document, *node)).collect()
    }
}

/// Whether something else than a flow sets a node off: an event sub-flow, a step that takes something back, an event on
/// a border, an event that catches a link.
pub fn is_set_off(document: &Document, node: FlowNode) -> bool {
    match node {
        FlowNode::Step(id) => {
            document.steps().get(id).is_some_and(|step| step.compensates || step.kind == StepKind::EventSubFlow)
        }
        FlowNode::Event(id) => document.events().get(id).is_some_and(|event| {
            event.attached.is_some()
                || (event.kind == EventKind::Intermediate && event.trigger == EventTrigger::Link && !event.throws)
        }),
        FlowNode::Gateway(_) => false,
    }
}

/// Whether an event ends all that runs beside it in its scope.
pub fn ends_all(document: &Document, node: FlowNode) -> bool {
    matches!(node, FlowNode::Event(id) if document.events().get(id).is_some_and(|event| {
        event.kind == EventKind::End
            && matches!(event.trigger, EventTrigger::Terminate | EventTrigger::Error | EventTrigger::Cancel)
    }))
}

/// Two nodes, or the sub-flows around them, that stand in the same scope; none where they are one.
fn beside_each_other(document: &Document, from: FlowNode, to: FlowNode) -> Option<(FlowNode, FlowNode)> {
    if document.parent_of(from) == document.parent_of(to) {
        return (from != to || matches!(from, FlowNode::Step(_))).then_some((from, to));
    }
    let around = |node: FlowNode| {
        std::iter::successors(Some(node), |node| document.parent_of(*node).map(FlowNode::Step))
            .take(document.steps().len() + 1)
            .collect::<Vec<_>>()
    };
    let others = around(to);
    let pair = around(from).into_iter().find_map(|one| {
        let beside = others.iter().find(|other| document.parent_of(**other) == document.parent_of(one));
        beside.map(|other| (one, *other))
    });
    pair.filter(|(one, other)| one != other)
}

/// Ways from thrown links to the events of the same name that catch them.
fn links(document: &Document, nodes: &[FlowNode]) -> Vec<Way> {
    let mut caught: BTreeMap<(Option<StepId>, String), FlowNode> = BTreeMap::new();
    let mut thrown: Vec<(FlowNode, (Option<StepId>, String))> = Vec::new();
    for node in nodes {
        let FlowNode::Event(id) = node else { continue };
        let Some(event) = document.events().get(*id) else { continue };
        if event.trigger != EventTrigger::Link || event.attached.is_some() {
            continue;
        }
        let name = (event.parent, event.name.trim().to_lowercase());
        match event.kind {
            EventKind::Intermediate if event.throws => thrown.push((*node, name)),
            EventKind::Intermediate => {
                caught.entry(name).or_insert(*node);
            }
            EventKind::Start | EventKind::End => {}
        }
    }
    let way = |(from, name): (FlowNode, (Option<StepId>, String))| {
        Some(Way { kind: WayKind::Link, from, to: *caught.get(&name)? })
    };
    thrown.into_iter().filter_map(way).collect()
}

/// The way from a step to an event on its border; none for events that only take something back.
fn border(document: &Document, node: FlowNode) -> Option<Way> {
    let FlowNode::Event(id) = node else { return None };
    let event = document.events().get(id).filter(|event| event.trigger != EventTrigger::Compensation)?;
    let kind = WayKind::Border { keeps_running: event.keeps_running };
    Some(Way { kind, from: FlowNode::Step(event.attached?), to: node })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_inside_of_a_sub_flow_is_a_scope_and_borders_and_links_are_ways() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let event = |kind| Event::new(process, kind, "");
        let start = FlowNode::Event(document.insert(event(EventKind::Start)));
        let around = document.insert(Step { kind: StepKind::SubFlow, ..Step::new(process, "Around") });
        let late = Event { attached: Some(around), keeps_running: true, ..event(EventKind::Intermediate) };
        let late = FlowNode::Event(document.insert(late));
        let link = |throws, name: &str| Event {
            trigger: EventTrigger::Link,
            throws,
            name: name.into(),
            ..event(EventKind::Intermediate)
        };
        let throws = FlowNode::Event(document.insert(link(true, "A ")));
        let catches = FlowNode::Event(document.insert(link(false, "a")));
        let inside = FlowNode::Step(document.insert(Step { parent: Some(around), ..Step::new(process, "Inside") }));
        let undo = document.insert(Step { compensates: true, ..Step::new(process, "Undo") });
        let flow = document.insert(Flow::new(process, start, FlowNode::Step(around)));
        let crossing = document.insert(Flow::new(process, inside, throws));
        let index = Index::new(&document);
        let scopes = Scope::all(&document, &index, process);
        let [outer, inner] = scopes.as_slice() else { panic!("two scopes") };
        assert_eq!(
            (inner.around, inner.nodes.as_slice(), inner.starts(&document)),
            (Some(around), &[inside][..], vec![inside])
        );
        assert_eq!(
            outer.ways,
            [
                Way { kind: WayKind::Flow(flow), from: start, to: FlowNode::Step(around) },
                Way { kind: WayKind::Flow(crossing), from: FlowNode::Step(around), to: throws },
                Way { kind: WayKind::Link, from: throws, to: catches },
                Way { kind: WayKind::Border { keeps_running: true }, from: FlowNode::Step(around), to: late },
            ]
        );
        assert_eq!((outer.starts(&document), outer.entries(&document)), (vec![start], vec![start]));
        assert!(is_set_off(&document, FlowNode::Step(undo)));
    }
}
