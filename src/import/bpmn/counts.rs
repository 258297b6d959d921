//! How many elements of each name a BPMN file has, to compare with other readers and to tell the user.

use std::collections::BTreeMap;

use super::Reading;
use super::tree::*;

/// Numbers by the names of BPMN, and some sums: `tasks`, `gateways`, `events`, `subprocesses`, `named_nodes`,
/// `conditional_flows`, `default_flows`, `diagrams`, `shapes`, `edges`. Names without elements are missing.
pub fn counts(reading: &Reading) -> BTreeMap<&'static str, usize> {
    let definitions = &reading.definitions;
    let mut counter = Counter::default();
    for collaboration in &definitions.collaborations {
        counter.add(if collaboration.is_choreography { "choreography" } else { "collaboration" }, 1);
        counter.add("participant", collaboration.participants.len());
        counter.add("messageFlow", collaboration.message_flows.len());
        counter.artifacts(&collaboration.artifacts);
    }
    counter.add("process", definitions.processes.len());
    definitions.each_content(&mut |_, content| counter.content(content));
    for diagram in &definitions.diagrams {
        counter.add("diagrams", 1);
        counter.add("shapes", diagram.shapes.len());
        counter.add("edges", diagram.edges.len());
    }
    let conversations = reading.kept.iter().filter(|kept| kept.name == "conversation" && !kept.is_attribute);
    counter.add("conversation", conversations.map(|kept| kept.count).sum());
    counter.counts
}

#[derive(Default)]
struct Counter {
    counts: BTreeMap<&'static str, usize>,
}

impl Counter {
    fn add(&mut self, name: &'static str, count: usize) {
        if count > 0 {
            *self.counts.entry(name).or_default() += count;
        }
    }

    fn content(&mut self, content: &Content) {
        self.add("laneSet", content.lane_sets.len());
        for lanes in &content.lane_sets {
            lanes.each(0, &mut |_, _| self.add("lane", 1));
        }
        for node in &content.nodes {
            self.node(node);
        }
        self.add("sequenceFlow", content.flows.len());
        self.add("conditional_flows", content.flows.iter().filter(|flow| flow.condition.is_some()).count());
        self.data(&content.data);
        self.artifacts(&content.artifacts);
    }

    fn node(&mut self, node: &Node) {
        self.add(group_of(&node.kind), 1);
        self.add(element_name(&node.kind), 1);
        self.add("named_nodes", usize::from(!node.base.name.is_empty()));
        self.add("default_flows", usize::from(!node.default_flow.is_empty()));
        for association in &node.data_associations {
            let name = if association.is_output { "dataOutputAssociation" } else { "dataInputAssociation" };
            self.add(name, 1);
        }
        self.data(&node.data);
    }

    fn data(&mut self, data: &[Data]) {
        for data in data {
            self.add(data_name(data.kind), 1);
        }
    }

    fn artifacts(&mut self, artifacts: &Artifacts) {
        self.add("textAnnotation", artifacts.annotations.len());
        self.add("association", artifacts.associations.len());
        self.add("group", artifacts.groups.len());
    }
}

/// The sum that a node belongs to; a call activity is one of its own.
fn group_of(kind: &NodeKind) -> &'static str {
    match kind {
        NodeKind::Task(_) => "tasks",
        NodeKind::SubProcess(_) => "subprocesses",
        NodeKind::CallActivity { .. } => "calls",
        NodeKind::Gateway(_) => "gateways",
        NodeKind::Event(_) => "events",
    }
}

/// The name of a node's element in BPMN.
pub fn element_name(kind: &NodeKind) -> &'static str {
    match kind {
        NodeKind::Task(TaskKind::Abstract) => "task",
        NodeKind::Task(TaskKind::User) => "userTask",
        NodeKind::Task(TaskKind::Service) => "serviceTask",
        NodeKind::Task(TaskKind::Manual) => "manualTask",
        NodeKind::Task(TaskKind::Send) => "sendTask",
        NodeKind::Task(TaskKind::Receive) => "receiveTask",
        NodeKind::Task(TaskKind::Script) => "scriptTask",
        NodeKind::Task(TaskKind::BusinessRule) => "businessRuleTask",
        NodeKind::SubProcess(sub) => match sub.kind {
            SubProcessKind::Plain => "subProcess",
            SubProcessKind::Transaction => "transaction",
            SubProcessKind::AdHoc => "adHocSubProcess",
        },
        NodeKind::CallActivity { .. } => "callActivity",
        NodeKind::Gateway(GatewayKind::Exclusive) => "exclusiveGateway",
        NodeKind::Gateway(GatewayKind::Parallel) => "parallelGateway",
        NodeKind::Gateway(GatewayKind::Inclusive) => "inclusiveGateway",
        NodeKind::Gateway(GatewayKind::EventBased) => "eventBasedGateway",
        NodeKind::Gateway(GatewayKind::Complex) => "complexGateway",
        NodeKind::Event(event) => match event.position {
            EventPosition::Start => "startEvent",
            EventPosition::Catch => "intermediateCatchEvent",
            EventPosition::Throw => "intermediateThrowEvent",
            EventPosition::End => "endEvent",
            EventPosition::Boundary => "boundaryEvent",
        },
    }
}

fn data_name(kind: DataKind) -> &'static str {
    match kind {
        DataKind::Object => "dataObject",
        DataKind::ObjectReference => "dataObjectReference",
        DataKind::StoreReference => "dataStoreReference",
        DataKind::Input => "dataInput",
        DataKind::Output => "dataOutput",
    }
}
