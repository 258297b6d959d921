//! Reads what a BPMN process holds: lanes, nodes, sequence flows, data.

use super::reader::{Reader, attribute, flag, text_of};
use super::tree::*;
use super::xml::Xml;

const ACTIVITY: &[&str] = &["isForCompensation", "default"];
const SUB_PROCESS: &[&str] = &["isForCompensation", "default", "triggeredByEvent"];
const CALL: &[&str] = &["isForCompensation", "default", "calledElement"];
const GATEWAY: &[&str] = &["default"];
const EVENT: &[&str] = &["attachedToRef", "cancelActivity", "isInterrupting", "parallelMultiple"];

impl<'a> Reader<'a> {
    pub(super) fn process(&mut self, node: Xml<'a>) -> Process {
        let mut base = self.base(node, &[]);
        let mut content = Content::default();
        for (name, child) in self.children(node) {
            if !self.flow_element(name, child, &mut content) {
                self.rest(&mut base, name, child);
                if name == "ioSpecification" {
                    self.declared_data(child, &mut content.data);
                }
            }
        }
        Process { base, content }
    }

    /// Reads a child of a process or sub-process; false where it is none that is understood.
    fn flow_element(&mut self, name: &str, child: Xml<'a>, content: &mut Content) -> bool {
        match name {
            "laneSet" => {
                let lanes = self.lane_set(child);
                content.lane_sets.push(lanes);
            }
            "sequenceFlow" => {
                let flow = self.sequence_flow(child);
                content.flows.push(flow);
            }
            _ if self.artifact(name, child, &mut content.artifacts) => {}
            _ => match (data_kind(name), node_kind(name)) {
                (Some(kind), _) => content.data.push(self.data(kind, child)),
                (None, Some(kind)) => content.nodes.push(self.node(kind, child)),
                (None, None) => return false,
            },
        }
        true
    }

    fn lane_set(&mut self, node: Xml<'a>) -> LaneSet {
        let mut base = self.base(node, &[]);
        let mut lanes = Vec::new();
        if !self.enter() {
            self.leave();
            return LaneSet { base, lanes };
        }
        for (name, child) in self.children(node) {
            match name {
                "lane" => lanes.push(self.lane(child)),
                _ => self.rest(&mut base, name, child),
            }
        }
        self.leave();
        LaneSet { base, lanes }
    }

    fn lane(&mut self, node: Xml<'a>) -> Lane {
        let mut base = self.base(node, &[]);
        let (mut nodes, mut children) = (Vec::new(), Vec::new());
        for (name, child) in self.children(node) {
            match name {
                "flowNodeRef" => nodes.push(text_of(child)),
                "childLaneSet" => children.push(self.lane_set(child)),
                _ => self.rest(&mut base, name, child),
            }
        }
        Lane { base, nodes, children }
    }

    fn sequence_flow(&mut self, node: Xml<'a>) -> SequenceFlow {
        let mut base = self.base(node, &["sourceRef", "targetRef"]);
        let mut condition = None;
        for (name, child) in self.children(node) {
            if name != "conditionExpression" {
                self.rest(&mut base, name, child);
                continue;
            }
            condition = Some(text_of(child));
            // Its kind says nothing; a language or a script file does.
            if child.attributes().iter().any(|attribute| !["type", "id"].contains(&attribute.name)) {
                self.rest(&mut base, name, child);
            }
        }
        let end = |name| attribute(node, name).to_owned();
        SequenceFlow { base, source: end("sourceRef"), target: end("targetRef"), condition }
    }

    fn node(&mut self, kind: NodeKind, node: Xml<'a>) -> Node {
        let known = match &kind {
            NodeKind::Task(_) => ACTIVITY,
            NodeKind::SubProcess(_) => SUB_PROCESS,
            NodeKind::CallActivity { .. } => CALL,
            NodeKind::Gateway(_) => GATEWAY,
            NodeKind::Event(_) => EVENT,
        };
        let base = self.base(node, known);
        let mut read = Node {
            base,
            kind,
            repetition: Repetition::Once,
            is_for_compensation: flag(node, "isForCompensation") == Some(true),
            default_flow: attribute(node, "default").to_owned(),
            data_associations: Vec::new(),
            data: Vec::new(),
        };
        match &mut read.kind {
            NodeKind::SubProcess(sub) => sub.triggered_by_event = flag(node, "triggeredByEvent") == Some(true),
            NodeKind::CallActivity { called } => attribute(node, "calledElement").clone_into(called),
            NodeKind::Event(event) => {
                event.is_parallel_multiple = flag(node, "parallelMultiple") == Some(true);
                let breaks_off = flag(node, "cancelActivity").or_else(|| flag(node, "isInterrupting"));
                event.is_interrupting = breaks_off.unwrap_or(true);
                attribute(node, "attachedToRef").clone_into(&mut event.attached_to);
            }
            NodeKind::Task(_) | NodeKind::Gateway(_) => {}
        }
        if self.enter() {
            for (name, child) in self.children(node) {
                self.node_child(name, child, &mut read);
            }
        }
        self.leave();
        read
    }

    fn node_child(&mut self, name: &str, child: Xml<'a>, node: &mut Node) {
        if let NodeKind::SubProcess(sub) = &mut node.kind
            && self.flow_element(name, child, &mut sub.content)
        {
            return;
        }
        match (name, &mut node.kind) {
            // Sequence flows tell the same.
            ("incoming" | "outgoing", _) => return,
            ("standardLoopCharacteristics" | "multiInstanceLoopCharacteristics", _) => {
                node.repetition = match (name, flag(child, "isSequential")) {
                    ("standardLoopCharacteristics", _) => Repetition::Loop,
                    (_, Some(true)) => Repetition::Sequential,
                    _ => Repetition::Parallel,
                };
                let plain = |name| ["id", "isSequential"].contains(&name);
                if child.children().next().is_some()
                    || child.attributes().iter().any(|attribute| !plain(attribute.name))
                {
                    self.rest(&mut node.base, name, child);
                }
                return;
            }
            ("dataInputAssociation" | "dataOutputAssociation", _) => {
                let association = self.data_association(name == "dataOutputAssociation", child);
                node.data_associations.push(association);
                return;
            }
            (_, NodeKind::Event(event)) => {
                if let Some(kind) = data_kind(name) {
                    node.data.push(self.data(kind, child));
                    return;
                }
                if let Some(definition) = self.event_definition(name, child) {
                    event.definitions.push(definition);
                    return;
                }
                if name == "eventDefinitionRef" {
                    event.referenced.push(text_of(child));
                    return;
                }
            }
            _ => {}
        }
        self.rest(&mut node.base, name, child);
        if name == "ioSpecification" {
            self.declared_data(child, &mut node.data);
        }
    }

    /// Reads an event definition; none where the element is not one.
    pub(super) fn event_definition(&mut self, name: &str, node: Xml<'a>) -> Option<EventDefinition> {
        let (trigger, known) = match name {
            "messageEventDefinition" => (Trigger::Message, "messageRef"),
            "timerEventDefinition" => (Trigger::Timer, "id"),
            "errorEventDefinition" => (Trigger::Error, "errorRef"),
            "escalationEventDefinition" => (Trigger::Escalation, "escalationRef"),
            "cancelEventDefinition" => (Trigger::Cancel, "id"),
            "compensateEventDefinition" => (Trigger::Compensate, "activityRef"),
            "conditionalEventDefinition" => (Trigger::Conditional, "id"),
            "linkEventDefinition" => (Trigger::Link, "id"),
            "signalEventDefinition" => (Trigger::Signal, "signalRef"),
            "terminateEventDefinition" => (Trigger::Terminate, "id"),
            _ => return None,
        };
        let mut base = self.base(node, &[known]);
        let mut text = String::new();
        for (name, child) in self.children(node) {
            match name {
                "timeDate" | "timeDuration" | "timeCycle" | "condition" => text = text_of(child),
                _ => self.rest(&mut base, name, child),
            }
        }
        base.kept.clear();
        let says_more = |attribute: &str| attribute != "id";
        if node.children().next().is_some() || node.attributes().iter().any(|attribute| says_more(attribute.name)) {
            self.keep(&mut base, node);
        }
        let reference = if known == "id" { "" } else { attribute(node, known) };
        Some(EventDefinition { base, trigger, reference: reference.to_owned(), text })
    }

    fn data(&mut self, kind: DataKind, node: Xml<'a>) -> Data {
        let mut base = self.base(node, &["dataObjectRef", "dataStoreRef", "isCollection"]);
        let mut state = String::new();
        for (name, child) in self.children(node) {
            if name != "dataState" {
                self.rest(&mut base, name, child);
                continue;
            }
            attribute(child, "name").clone_into(&mut state);
            if state.is_empty() {
                self.rest(&mut base, name, child);
            }
        }
        let refers_to = [attribute(node, "dataObjectRef"), attribute(node, "dataStoreRef")].concat();
        Data { base, kind, refers_to, state, is_collection: flag(node, "isCollection") == Some(true) }
    }

    /// The inputs and outputs within an `ioSpecification`; the element itself is kept whole.
    fn declared_data(&mut self, node: Xml<'a>, data: &mut Vec<Data>) {
        for (name, child) in self.children(node) {
            if let Some(kind) = data_kind(name) {
                data.push(self.data(kind, child));
            }
        }
    }

    fn data_association(&mut self, is_output: bool, node: Xml<'a>) -> DataAssociation {
        let mut association = DataAssociation { is_output, ..DataAssociation::default() };
        let mut base = self.base(node, &[]);
        for (name, child) in self.children(node) {
            match name {
                "sourceRef" => association.sources.push(text_of(child)),
                "targetRef" => association.target = text_of(child),
                _ => self.rest(&mut base, name, child),
            }
        }
        association.base = base;
        association
    }
}

fn data_kind(name: &str) -> Option<DataKind> {
    Some(match name {
        "dataObject" => DataKind::Object,
        "dataObjectReference" => DataKind::ObjectReference,
        "dataStoreReference" => DataKind::StoreReference,
        "dataInput" => DataKind::Input,
        "dataOutput" => DataKind::Output,
        _ => return None,
    })
}

fn node_kind(name: &str) -> Option<NodeKind> {
    let sub_process = |kind| NodeKind::SubProcess(Box::new(SubProcess { kind, ..SubProcess::default() }));
    let event = |position| {
        NodeKind::Event(Event {
            position,
            definitions: Vec::new(),
            referenced: Vec::new(),
            is_parallel_multiple: false,
            is_interrupting: true,
            attached_to: String::new(),
        })
    };
    Some(match name {
        "task" => NodeKind::Task(TaskKind::Abstract),
        "userTask" => NodeKind::Task(TaskKind::User),
        "serviceTask" => NodeKind::Task(TaskKind::Service),
        "manualTask" => NodeKind::Task(TaskKind::Manual),
        "sendTask" => NodeKind::Task(TaskKind::Send),
        "receiveTask" => NodeKind::Task(TaskKind::Receive),
        "scriptTask" => NodeKind::Task(TaskKind::Script),
        "businessRuleTask" => NodeKind::Task(TaskKind::BusinessRule),
        "subProcess" => sub_process(SubProcessKind::Plain),
        "transaction" => sub_process(SubProcessKind::Transaction),
        "adHocSubProcess" => sub_process(SubProcessKind::AdHoc),
        "callActivity" => NodeKind::CallActivity { called: String::new() },
        "exclusiveGateway" => NodeKind::Gateway(GatewayKind::Exclusive),
        "parallelGateway" => NodeKind::Gateway(GatewayKind::Parallel),
        "inclusiveGateway" => NodeKind::Gateway(GatewayKind::Inclusive),
        "eventBasedGateway" => NodeKind::Gateway(GatewayKind::EventBased),
        "complexGateway" => NodeKind::Gateway(GatewayKind::Complex),
        "startEvent" => event(EventPosition::Start),
        "endEvent" => event(EventPosition::End),
        "intermediateCatchEvent" => event(EventPosition::Catch),
        "intermediateThrowEvent" => event(EventPosition::Throw),
        "boundaryEvent" => event(EventPosition::Boundary),
        _ => return None,
    })
}
