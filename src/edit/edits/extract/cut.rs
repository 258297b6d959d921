//! Which nodes can be cut out of a flow, and where the cut goes.

use std::collections::BTreeSet;

use super::performer_of_most;
use crate::edit::wording::named;
use crate::model::*;

/// Nodes beside each other that are cut out.
pub(super) struct Cut {
    pub process: ProcessId,
    /// The sub-flow that they stand in.
    pub parent: Option<StepId>,
    /// They themselves, with the events on their borders.
    pub nodes: BTreeSet<FlowNode>,
    /// They and all that is inside them.
    pub all: Vec<FlowNode>,
    /// Flows between them and inside them.
    pub inner: Vec<FlowId>,
    /// Flows that lead to them.
    pub entries: Vec<FlowId>,
    /// Where those lead.
    pub entry: FlowNode,
    /// The flow that leaves them.
    pub leaving: FlowId,
    /// Where that begins.
    pub exit: FlowNode,
}

impl Cut {
    /// The cut around nodes; other elements are passed over.
    pub fn of(document: &Document, elements: &[ElementRef]) -> Result<Self, String> {
        let nodes = beside_each_other(document, elements)?;
        let first = nodes.first().copied().ok_or("Select two or more connected steps first.")?;
        let process = document.process_of(first).ok_or("A selected step is no longer there.")?;
        let parent = document.parent_of(first);
        check_nodes(document, &nodes, process, parent)?;
        let all: Vec<FlowNode> = document.nodes_of(process).into_iter().filter(|node| goes(document, &nodes, *node)).collect();
        let flows: Vec<(FlowId, FlowNode, FlowNode)> =
            document.flows_of(process).map(|(id, flow)| (id, flow.from, flow.to)).collect();
        let moves: BTreeSet<FlowNode> = all.iter().copied().collect();
        let within = |(_, from, to): &&(FlowId, FlowNode, FlowNode)| moves.contains(from) && moves.contains(to);
        let inner: Vec<FlowId> = flows.iter().filter(within).map(|(id, ..)| *id).collect();
        check_connected(document, &nodes, &flows)?;
        let entering: Vec<_> = flows.iter().filter(|(_, from, to)| nodes.contains(to) && !moves.contains(from)).collect();
        let leaving: Vec<_> = flows.iter().filter(|(_, from, to)| nodes.contains(from) && !moves.contains(to)).collect();
        let entry = only_entry(document, &entering.iter().map(|(_, _, to)| *to).collect::<Vec<_>>())?;
        let (leaving, exit) = only_exit(document, &leaving.iter().map(|(id, from, _)| (*id, *from)).collect::<Vec<_>>())?;
        let entries = entering.iter().map(|(id, ..)| *id).collect();
        Ok(Self { process, parent, nodes, all, inner, entries, entry, leaving, exit })
    }

    /// Who performs the step in their place.
    pub fn performer(&self, document: &Document) -> Option<Actor> {
        let nodes: Vec<FlowNode> = std::iter::once(self.entry).chain(self.nodes.iter().copied()).collect();
        performer_of_most(document, &nodes)
    }
}

/// The nodes among elements with the events on their borders, without those that are inside others of them.
fn beside_each_other(document: &Document, elements: &[ElementRef]) -> Result<BTreeSet<FlowNode>, String> {
    let named_nodes: BTreeSet<FlowNode> =
        elements.iter().filter_map(|element| FlowNode::try_from(*element).ok()).collect();
    let is_inside = |node: &FlowNode| {
        named_nodes.iter().any(|other| matches!(other, FlowNode::Step(step) if document.stands_inside(*node, *step)))
    };
    let mut nodes: BTreeSet<FlowNode> = named_nodes.iter().copied().filter(|node| !is_inside(node)).collect();
    if let Some((node, host)) = nodes.iter().find_map(|node| {
        let host = document.host_of(*node)?;
        (!nodes.contains(&FlowNode::Step(host))).then_some((*node, host))
    }) {
        let (node, host) = (named(document, node.into()), named(document, host.into()));
        return Err(format!("{node} stands on the border of {host}; select that, too."));
    }
    let on_border = |(id, event): (EventId, &Event)| {
        event.attached.is_some_and(|host| nodes.contains(&FlowNode::Step(host))).then_some(FlowNode::Event(id))
    };
    let attached: Vec<FlowNode> = document.events().iter().filter_map(on_border).collect();
    if nodes.len() < 2 {
        return Err("Select two or more connected steps first.".to_owned());
    }
    nodes.extend(attached);
    Ok(nodes)
}

/// Whether a node goes along: one of them, or inside one of them.
fn goes(document: &Document, nodes: &BTreeSet<FlowNode>, node: FlowNode) -> bool {
    nodes.contains(&node)
        || nodes.iter().any(|other| matches!(other, FlowNode::Step(step) if document.stands_inside(node, *step)))
}

fn check_nodes(
    document: &Document,
    nodes: &BTreeSet<FlowNode>,
    process: ProcessId,
    parent: Option<StepId>,
) -> Result<(), String> {
    for node in nodes {
        if document.process_of(*node) != Some(process) {
            return Err("They belong to different processes.".to_owned());
        }
        if document.parent_of(*node) != parent {
            return Err("Some of them stand inside a sub-flow and some do not.".to_owned());
        }
        let FlowNode::Event(id) = node else { continue };
        let Some(event) = document.get::<Event>(*id) else { continue };
        let word = match event.kind {
            EventKind::Start => "start",
            EventKind::End => "end",
            EventKind::Intermediate => continue,
        };
        return Err(format!("The {word} of the flow stays where it is; take it out of the selection."));
    }
    links_stay_together(document, nodes)
}

/// A flow that goes on at an event of the same name must not be torn apart.
fn links_stay_together(document: &Document, nodes: &BTreeSet<FlowNode>) -> Result<(), String> {
    let link = |node: &FlowNode| match node {
        FlowNode::Event(id) => document
            .get::<Event>(*id)
            .filter(|event| event.trigger == EventTrigger::Link && event.kind == EventKind::Intermediate),
        FlowNode::Step(_) | FlowNode::Gateway(_) => None,
    };
    for event in nodes.iter().filter_map(link) {
        let is_partner = |(id, other): (EventId, &Event)| {
            other.trigger == EventTrigger::Link
                && (other.process, other.parent, other.name.as_str()) == (event.process, event.parent, event.name.as_str())
                && !nodes.contains(&FlowNode::Event(id))
        };
        if document.events().iter().any(is_partner) {
            return Err(format!("The flow goes on at another event “{}”, which is not selected.", event.name));
        }
    }
    Ok(())
}

/// Fails where the nodes do not hang together by flows and borders.
fn check_connected(
    document: &Document,
    nodes: &BTreeSet<FlowNode>,
    flows: &[(FlowId, FlowNode, FlowNode)],
) -> Result<(), String> {
    let mut reached: BTreeSet<FlowNode> = nodes.first().copied().into_iter().collect();
    loop {
        let before = reached.len();
        for (_, from, to) in flows.iter().filter(|(_, from, to)| nodes.contains(from) && nodes.contains(to)) {
            if reached.contains(from) || reached.contains(to) {
                reached.extend([*from, *to]);
            }
        }
        for node in nodes {
            if let Some(host) = document.host_of(*node).map(FlowNode::Step)
                && (reached.contains(node) || reached.contains(&host))
            {
                reached.extend([*node, host]);
            }
        }
        if reached.len() == before {
            break;
        }
    }
    match nodes.iter().find(|node| !reached.contains(*node)) {
        Some(apart) => Err(format!("No flow joins {} to the others.", named(document, (*apart).into()))),
        None => Ok(()),
    }
}

fn only_entry(document: &Document, entered: &[FlowNode]) -> Result<FlowNode, String> {
    let Some(first) = entered.first().copied() else {
        return Err("No flow leads to them from outside; one way in is needed.".to_owned());
    };
    let name = |node: FlowNode| named(document, node.into());
    if let Some(other) = entered.iter().find(|node| **node != first) {
        return Err(format!("There are two ways in, to {} and to {}; one is needed.", name(first), name(*other)));
    }
    let joins = |id: GatewayId| document.get::<Gateway>(id).is_some_and(|gateway| gateway.kind != GatewayKind::Exclusive);
    match first {
        FlowNode::Gateway(id) if entered.len() > 1 && joins(id) => {
            Err(format!("Branches from outside come together at {}; leave it outside.", name(first)))
        }
        _ => Ok(first),
    }
}

fn only_exit(document: &Document, left: &[(FlowId, FlowNode)]) -> Result<(FlowId, FlowNode), String> {
    let name = |node: FlowNode| named(document, node.into());
    match left {
        [] => Err("No flow leads on from them; one way out is needed.".to_owned()),
        [only] => Ok(*only),
        [(_, first), (_, second), ..] if first == second => {
            Err(format!("The flow parts at {} to what is outside; leave it outside, or take its branches along.", name(*first)))
        }
        [(_, first), (_, second), ..] => {
            Err(format!("There are two ways out, from {} and from {}; one is needed.", name(*first), name(*second)))
        }
    }
}
