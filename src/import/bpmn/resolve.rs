//! References between the elements of a BPMN file: those that lead nowhere are taken out and told.
//!
//! Afterwards every id is unique (a second element with an id keeps none), both ends of every flow, message, association
//! and data association exist, flows join nodes of one process or sub-process, events sit on activities beside them,
//! and a node is in one lane.

use rustc_hash::{FxHashMap, FxHashSet};

use super::reader::Reader;
use super::tree::*;

/// What an id stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// A node, with the number of the content that holds it.
    Node { content: usize, is_activity: bool },
    /// A sequence flow, with the number of the content that holds it.
    Flow { content: usize },
    /// Data that can be drawn or referred to.
    Data,
    /// A process.
    Process,
    /// Everything else: pools, lanes, remarks, groups, messages.
    Other,
}

/// Removes what leads nowhere, and tells it.
pub(super) fn resolve(definitions: &mut Definitions, reader: &mut Reader<'_>) {
    let mut index = Index::default();
    index.fill(definitions, reader);
    settle_event_definitions(definitions, reader);
    let labels: FxHashMap<String, String> =
        definitions.roots.iter().map(|root| (root.base.id.clone(), root.base.name.clone())).collect();
    for collaboration in &mut definitions.collaborations {
        index.settle_collaboration(collaboration, &labels, reader);
    }
    let mut content_number = 0;
    for process in &mut definitions.processes {
        process.content.each_mut(&mut |content| {
            index.settle_content(content, content_number, &labels, reader);
            content_number += 1;
        });
        settle_lanes(&mut process.content, &index, reader);
    }
    for diagram in &mut definitions.diagrams {
        index.settle(&mut diagram.shows);
        diagram.shapes.iter_mut().for_each(|shape| index.settle(&mut shape.element));
        diagram.edges.iter_mut().for_each(|edge| index.settle(&mut edge.element));
    }
}

/// Puts copies of the definitions that stand at the top into the events that refer to them.
fn settle_event_definitions(definitions: &mut Definitions, reader: &mut Reader<'_>) {
    let known: FxHashMap<&str, &EventDefinition> =
        definitions.event_definitions.iter().map(|definition| (definition.base.id.as_str(), definition)).collect();
    for process in &mut definitions.processes {
        process.content.each_mut(&mut |content| {
            for node in &mut content.nodes {
                let NodeKind::Event(event) = &mut node.kind else { continue };
                for reference in &event.referenced {
                    match known.get(reference.as_str()).or_else(|| known.get(local(reference))) {
                        Some(definition) => event.definitions.push((*definition).clone()),
                        None => {
                            let what = format!("its definition “{reference}” is not in the file");
                            reader.problem(&node.base, "event", what, "left out");
                        }
                    }
                }
            }
        });
    }
}

/// A reference without the prefix that a qualified name may have.
fn local(reference: &str) -> &str {
    reference.rsplit(':').next().unwrap_or(reference)
}

/// Takes a node out of all lanes but the innermost of the first that names it, and unknown nodes out of all.
fn settle_lanes(content: &mut Content, index: &Index, reader: &mut Reader<'_>) {
    let mut inner: FxHashMap<String, (usize, usize)> = FxHashMap::default();
    let mut number = 0;
    for lanes in &content.lane_sets {
        lanes.each(0, &mut |depth, lane| {
            for node in &lane.nodes {
                let known = inner.entry(node.clone()).or_insert((depth, number));
                if depth > known.0 {
                    *known = (depth, number);
                }
            }
            number += 1;
        });
    }
    let mut number = 0;
    for lanes in &mut content.lane_sets {
        prune(lanes, &mut number, &inner, index, reader);
    }
}

/// Keeps in each lane the nodes whose innermost lane it is.
fn prune(
    lanes: &mut LaneSet,
    number: &mut usize,
    inner: &FxHashMap<String, (usize, usize)>,
    index: &Index,
    reader: &mut Reader<'_>,
) {
    for lane in &mut lanes.lanes {
        let this = *number;
        *number += 1;
        for children in &mut lane.children {
            prune(children, number, inner, index, reader);
        }
        let within = this..*number;
        let mut lost = Vec::new();
        let mut elsewhere = Vec::new();
        lane.nodes.retain(|node| {
            let is_known = index.knows(node);
            if !is_known {
                lost.push(node.clone());
                return false;
            }
            let (_, home) = inner.get(node).copied().unwrap_or((0, this));
            if home != this && !within.contains(&home) {
                elsewhere.push(node.clone());
            }
            home == this
        });
        let mut seen = FxHashSet::default();
        lane.nodes.retain(|node| seen.insert(node.clone()));
        for node in lost {
            reader.problem(&lane.base, "lane", format!("its node “{node}” is not in the file"), "left out");
        }
        for node in elsewhere {
            reader.problem(&lane.base, "lane", format!("its node “{node}” is in another lane, too"), "kept there only");
        }
    }
}

/// What each id stands for.
#[derive(Default)]
struct Index {
    known: FxHashMap<String, Meaning>,
}

impl Index {
    fn fill(&mut self, definitions: &mut Definitions, reader: &mut Reader<'_>) {
        for process in &mut definitions.processes {
            self.add(&mut process.base, Meaning::Process, "process", reader);
        }
        let mut number = 0;
        for process in &mut definitions.processes {
            process.content.each_mut(&mut |content| {
                self.fill_content(content, number, reader);
                number += 1;
            });
        }
        for collaboration in &mut definitions.collaborations {
            self.add(&mut collaboration.base, Meaning::Other, "collaboration", reader);
            for participant in &mut collaboration.participants {
                self.add(&mut participant.base, Meaning::Other, "participant", reader);
            }
            for flow in &mut collaboration.message_flows {
                self.add(&mut flow.base, Meaning::Other, "messageFlow", reader);
            }
            self.fill_artifacts(&mut collaboration.artifacts, reader);
        }
        for root in &mut definitions.roots {
            self.add(&mut root.base, Meaning::Other, "element", reader);
        }
    }

    fn fill_content(&mut self, content: &mut Content, number: usize, reader: &mut Reader<'_>) {
        for node in &mut content.nodes {
            let meaning = Meaning::Node { content: number, is_activity: node.kind.is_activity() };
            self.add(&mut node.base, meaning, "node", reader);
            for data in &mut node.data {
                self.add(&mut data.base, Meaning::Other, "data", reader);
            }
            for association in &mut node.data_associations {
                self.add(&mut association.base, Meaning::Other, "data association", reader);
            }
        }
        for flow in &mut content.flows {
            self.add(&mut flow.base, Meaning::Flow { content: number }, "sequenceFlow", reader);
        }
        for data in &mut content.data {
            self.add(&mut data.base, Meaning::Data, "data", reader);
        }
        for lanes in &mut content.lane_sets {
            self.fill_lanes(lanes, reader);
        }
        self.fill_artifacts(&mut content.artifacts, reader);
    }

    fn fill_lanes(&mut self, lanes: &mut LaneSet, reader: &mut Reader<'_>) {
        for lane in &mut lanes.lanes {
            self.add(&mut lane.base, Meaning::Other, "lane", reader);
            for children in &mut lane.children {
                self.fill_lanes(children, reader);
            }
        }
    }

    fn fill_artifacts(&mut self, artifacts: &mut Artifacts, reader: &mut Reader<'_>) {
        for annotation in &mut artifacts.annotations {
            self.add(&mut annotation.base, Meaning::Other, "textAnnotation", reader);
        }
        for association in &mut artifacts.associations {
            self.add(&mut association.base, Meaning::Other, "association", reader);
        }
        for group in &mut artifacts.groups {
            self.add(&mut group.base, Meaning::Other, "group", reader);
        }
    }

    /// Enters an element; where its id is taken, it loses it.
    fn add(&mut self, base: &mut Base, meaning: Meaning, element: &'static str, reader: &mut Reader<'_>) {
        if base.id.is_empty() {
            return;
        }
        if self.known.contains_key(&base.id) {
            reader.problem(base, element, format!("its id “{}” is taken", base.id), "references mean the first one");
            base.id.clear();
            return;
        }
        self.known.insert(base.id.clone(), meaning);
    }

    /// What an id stands for.
    fn meaning(&self, id: &str) -> Option<Meaning> {
        self.known.get(id).copied()
    }

    fn knows(&self, id: &str) -> bool {
        self.known.contains_key(id)
    }

    /// Takes the prefix off a qualified name, if only the name without it is known.
    fn settle(&self, reference: &mut String) {
        if reference.contains(':') && !self.known.contains_key(reference.as_str()) && self.knows(local(reference)) {
            *reference = local(reference).to_owned();
        }
    }

    fn settle_collaboration(
        &self,
        collaboration: &mut Collaboration,
        labels: &FxHashMap<String, String>,
        reader: &mut Reader<'_>,
    ) {
        for participant in &mut collaboration.participants {
            self.settle(&mut participant.process);
            if !participant.process.is_empty() && self.meaning(&participant.process) != Some(Meaning::Process) {
                let what = format!("its process “{}” is not in the file", participant.process);
                reader.problem(&participant.base, "participant", what, "read as a pool without a process");
                participant.process.clear();
            }
        }
        collaboration.message_flows.retain_mut(|flow| {
            self.settle(&mut flow.source);
            self.settle(&mut flow.target);
            self.settle(&mut flow.message);
            self.both_ends(&flow.base, "messageFlow", &flow.source, &flow.target, reader)
        });
        self.settle_artifacts(&mut collaboration.artifacts, labels, reader);
    }

    /// Whether both ends of a line exist; told where not.
    fn both_ends(&self, base: &Base, line: &'static str, source: &str, target: &str, reader: &mut Reader<'_>) -> bool {
        let lost = [source, target].into_iter().find(|end| !self.knows(end));
        if let Some(lost) = lost {
            let what = if lost.is_empty() {
                "an end is not stated".to_owned()
            } else {
                format!("its end “{lost}” is not in the file")
            };
            reader.problem(base, line, what, "left out");
        }
        lost.is_none()
    }

    fn settle_artifacts(&self, artifacts: &mut Artifacts, labels: &FxHashMap<String, String>, reader: &mut Reader<'_>) {
        artifacts.associations.retain_mut(|association| {
            self.settle(&mut association.source);
            self.settle(&mut association.target);
            self.both_ends(&association.base, "association", &association.source, &association.target, reader)
        });
        for group in &mut artifacts.groups {
            let label = labels.get(&group.category).or_else(|| labels.get(local(&group.category)));
            group.label = label.cloned().unwrap_or_default();
        }
    }

    fn settle_content(
        &self,
        content: &mut Content,
        number: usize,
        labels: &FxHashMap<String, String>,
        reader: &mut Reader<'_>,
    ) {
        content.flows.retain_mut(|flow| self.settle_flow(flow, reader));
        for node in &mut content.nodes {
            self.settle_node(node, number, reader);
        }
        for data in &mut content.data {
            self.settle(&mut data.refers_to);
        }
        self.settle_artifacts(&mut content.artifacts, labels, reader);
    }

    fn settle_flow(&self, flow: &mut SequenceFlow, reader: &mut Reader<'_>) -> bool {
        self.settle(&mut flow.source);
        self.settle(&mut flow.target);
        let content = |meaning: Option<Meaning>| match meaning {
            Some(Meaning::Node { content, .. }) => Some(content),
            _ => None,
        };
        let ends = [&flow.source, &flow.target].map(|end| self.meaning(end));
        if ends.contains(&None) {
            return self.both_ends(&flow.base, "sequenceFlow", &flow.source, &flow.target, reader);
        }
        let [from, to] = ends.map(content);
        let joins = from.is_some() && from == to;
        if !joins {
            let what = match (from, to) {
                (Some(_), Some(_)) => "it leads into another process or sub-process".to_owned(),
                _ => "an end is neither a task nor a gateway nor an event".to_owned(),
            };
            reader.problem(&flow.base, "sequenceFlow", what, "left out");
        }
        joins
    }

    fn settle_node(&self, node: &mut Node, number: usize, reader: &mut Reader<'_>) {
        self.settle(&mut node.default_flow);
        let is_flow_here = |id: &str| self.meaning(id) == Some(Meaning::Flow { content: number });
        if !node.default_flow.is_empty() && !is_flow_here(&node.default_flow) {
            let what = format!("its default flow “{}” is not beside it", node.default_flow);
            reader.problem(&node.base, "node", what, "without default");
            node.default_flow.clear();
        }
        if let NodeKind::Event(event) = &mut node.kind {
            self.settle(&mut event.attached_to);
            let host = Meaning::Node { content: number, is_activity: true };
            if event.position == EventPosition::Boundary && self.meaning(&event.attached_to) != Some(host) {
                let what = format!("the activity “{}” that it sits on is not beside it", event.attached_to);
                reader.problem(&node.base, "boundaryEvent", what, "read as an event within the flow");
                event.attached_to.clear();
            }
        }
        if let NodeKind::CallActivity { called } = &mut node.kind {
            self.settle(called);
        }
        let is_data = |id: &str| self.meaning(id) == Some(Meaning::Data);
        let base = &node.base;
        node.data_associations.retain_mut(|association| {
            association.sources.iter_mut().for_each(|source| self.settle(source));
            self.settle(&mut association.target);
            let is_whole = if association.is_output {
                is_data(&association.target)
            } else {
                association.sources.retain(|source| is_data(source));
                !association.sources.is_empty()
            };
            if !is_whole {
                let what = "a data association of it leads to no data".to_owned();
                reader.problem(base, "node", what, "left out");
            }
            is_whole
        });
    }
}
