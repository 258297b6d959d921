//! What a process has already: its nodes by name, its flows, its open questions.

use std::collections::{BTreeMap, BTreeSet};

use super::Kind;
use crate::import::headings::folded;
use crate::model::*;

/// From this likeness on, `back to …` finds a node whose name is written a little otherwise.
const LIKELY: f64 = 0.75;

/// Nodes of a process that stand in the same sub-flow.
pub struct Known<'a> {
    pub document: &'a Document,
    by_name: BTreeMap<String, Vec<FlowNode>>,
    flows: BTreeSet<(FlowNode, FlowNode)>,
}

impl<'a> Known<'a> {
    /// Those inside a sub-flow, or at the top.
    pub fn new(document: &'a Document, process: ProcessId, parent: Option<StepId>) -> Self {
        let mut by_name: BTreeMap<String, Vec<FlowNode>> = BTreeMap::new();
        for node in document.nodes_of(process) {
            if document.parent_of(node) == parent && document.host_of(node).is_none() {
                by_name.entry(folded(document.name_of(node.into()))).or_default().push(node);
            }
        }
        let flows = document.flows_of(process).map(|(_, flow)| (flow.from, flow.to)).collect();
        Self { document, by_name, flows }
    }

    /// Whether a flow leads from one node to another.
    pub fn leads(&self, from: FlowNode, to: FlowNode) -> bool {
        self.flows.contains(&(from, to))
    }

    /// The node with this folded name: for a question a gateway, else a step or event before a gateway.
    pub fn find(&self, name: &str, kind: Kind, is_of: impl Fn(Option<Actor>) -> bool) -> Option<FlowNode> {
        if name.is_empty() {
            return None;
        }
        let nodes = self.by_name.get(name)?;
        let is_gateway = |node: &&FlowNode| matches!(node, FlowNode::Gateway(_));
        let performs = |node: &&FlowNode| is_of(self.document.performer_of(**node));
        let found = match kind {
            Kind::Question => nodes.iter().find(is_gateway),
            _ => {
                nodes.iter().find(|node| !is_gateway(node) && performs(node)).or_else(|| nodes.iter().find(is_gateway))
            }
        };
        found.copied()
    }

    /// The node whose name is most like this one, if any is.
    pub fn like(&self, name: &str) -> Option<FlowNode> {
        let wanted = folded(name);
        let likeness = |known: &str| strsim::normalized_damerau_levenshtein(&wanted, known);
        let scored = self.by_name.iter().map(|(known, nodes)| (likeness(known), nodes));
        let best = scored.filter(|(likeness, _)| *likeness >= LIKELY).max_by(|a, b| a.0.total_cmp(&b.0));
        best.and_then(|(_, nodes)| nodes.first().copied())
    }

    /// Folded names of the flows that lead away from a gateway.
    pub fn conditions_of(&self, gateway: GatewayId) -> Vec<String> {
        conditions_of(self.document, gateway)
    }
}

fn conditions_of(document: &Document, gateway: GatewayId) -> Vec<String> {
    let ways = document.flows().iter().filter(|(_, flow)| flow.from == FlowNode::Gateway(gateway));
    ways.map(|(_, flow)| folded(&flow.name)).collect()
}

/// Exclusive gateways from which the flow came to these nodes, the nearest first, with the conditions of their branches.
pub fn open_questions(document: &Document, anchors: &[FlowNode]) -> Vec<(GatewayId, Vec<String>, Option<Actor>)> {
    /// So many nodes are walked back.
    const FARTHEST: usize = 400;
    let Some(process) = anchors.first().and_then(|anchor| document.process_of(*anchor)) else { return Vec::new() };
    let mut before: BTreeMap<FlowNode, Vec<FlowNode>> = BTreeMap::new();
    for (_, flow) in document.flows_of(process) {
        before.entry(flow.to).or_default().push(flow.from);
    }
    let mut seen: BTreeSet<FlowNode> = anchors.iter().copied().collect();
    let mut queue: Vec<FlowNode> = anchors.to_vec();
    let mut at = 0;
    while let Some(node) = queue.get(at).copied().filter(|_| at < FARTHEST) {
        at += 1;
        for from in before.get(&node).into_iter().flatten() {
            if seen.insert(*from) {
                queue.push(*from);
            }
        }
    }
    let question = |node: FlowNode| match node {
        FlowNode::Gateway(id) => {
            let gateway = document.get::<Gateway>(id).filter(|gateway| gateway.kind == GatewayKind::Exclusive)?;
            // A gateway where branches only meet asks nothing.
            let asks = !gateway.name.is_empty() || conditions_of(document, id).len() > 1;
            asks.then(|| (id, conditions_of(document, id), gateway.performer))
        }
        FlowNode::Step(_) | FlowNode::Event(_) => None,
    };
    queue.into_iter().filter_map(question).collect()
}
