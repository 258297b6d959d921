//! Nodes, data and remarks of a BPMN model into steps, gateways, events, artefacts and notes.

use super::{Planner, append, first_of, push};
use crate::import::bpmn::tree::{self, Artifacts, Content, DataKind, Definitions, NodeKind};
use crate::model::*;

/// What holds the nodes that are read.
#[derive(Clone, Copy)]
struct Around {
    process: ProcessId,
    parent: Option<StepId>,
    performer: Option<Actor>,
    is_event_sub_flow: bool,
}

impl<'a> Planner<'a> {
    pub(super) fn contents(&mut self, definitions: &'a Definitions) {
        definitions.each_content(&mut |_, content| {
            let objects = content.data.iter().filter(|data| data.kind == DataKind::Object);
            self.objects.extend(objects.map(|data| (data.base.id.as_str(), data)));
            self.referred.extend(content.data.iter().map(|data| data.refers_to.as_str()));
        });
        for (number, diagram) in definitions.diagrams.iter().enumerate() {
            for shape in &diagram.shapes {
                self.drawn_in.entry(&shape.element).or_default().push(number);
            }
        }
        for (index, process) in definitions.processes.iter().enumerate() {
            let id = ProcessId::from_index(u32::try_from(index).unwrap_or(u32::MAX));
            let performer = self.pools.get(&id).copied();
            self.content(&process.content, Around { process: id, parent: None, performer, is_event_sub_flow: false });
        }
        for collaboration in &definitions.collaborations {
            self.notes(&collaboration.artifacts, None);
        }
    }

    fn content(&mut self, content: &'a Content, around: Around) {
        for data in &content.data {
            self.artefact(data, around.process);
        }
        // Boundary events are attached to steps before them.
        for node in content.nodes.iter().filter(|node| !matches!(node.kind, NodeKind::Event(_))) {
            self.step_or_gateway(node, around);
        }
        for node in &content.nodes {
            if let NodeKind::Event(event) = &node.kind {
                self.event(node, event, around);
            }
        }
        for node in &content.nodes {
            if let (NodeKind::SubProcess(sub), Some(ElementRef::Step(id))) =
                (&node.kind, self.elements.get(node.base.id.as_str()).copied())
            {
                let performer = self.performer(node, around);
                let is_event_sub_flow = sub.triggered_by_event;
                self.content(&sub.content, Around { parent: Some(id), performer, is_event_sub_flow, ..around });
            }
        }
        self.notes(&content.artifacts, Some(around.process));
    }

    fn performer(&self, node: &tree::Node, around: Around) -> Option<Actor> {
        self.lanes.get(node.base.id.as_str()).copied().or(around.performer)
    }

    fn step_or_gateway(&mut self, node: &'a tree::Node, around: Around) {
        let performer = self.performer(node, around);
        let Around { process, parent, .. } = around;
        let (name, description) = (node.base.name.clone(), node.base.documentation.clone());
        if let NodeKind::Gateway(kind) = node.kind {
            let kind = gateway_kind(kind);
            let kept = node.base.kept.clone();
            let record = Gateway { parent, performer, description, kept, ..Gateway::new(process, kind, name) };
            let target = self.target::<Gateway>(&node.base);
            let id = push(&mut self.edit.gateways, target, record);
            self.know(&node.base, id);
            self.show(Some(process), id);
            return;
        }
        let mut kept = node.base.kept.clone();
        let mut calls = None;
        if let NodeKind::CallActivity { called } = &node.kind {
            calls = self.process_of(called);
            if calls.is_none() && !called.is_empty() {
                append(&mut kept, &format!("calledElement=\"{}\"", escaped(called)));
            }
        }
        let record = Step {
            kind: step_kind(&node.kind),
            parent,
            calls,
            repetition: repetition(node.repetition),
            compensates: node.is_for_compensation,
            performer,
            description,
            kept,
            ..Step::new(process, name)
        };
        let target = self.target::<Step>(&node.base);
        let id = push(&mut self.edit.steps, target, record);
        self.know(&node.base, id);
        self.show(Some(process), id);
        // What stands in a sub-process without an id is still known to be in it.
        if let (NodeKind::SubProcess(sub), true) = (&node.kind, node.base.id.is_empty()) {
            let is_event_sub_flow = sub.triggered_by_event;
            self.content(&sub.content, Around { parent: Some(id), performer, is_event_sub_flow, ..around });
        }
    }

    fn event(&mut self, node: &'a tree::Node, event: &tree::Event, around: Around) {
        let kind = match event.position {
            tree::EventPosition::Start => EventKind::Start,
            tree::EventPosition::End => EventKind::End,
            _ => EventKind::Intermediate,
        };
        let attached = match self.elements.get(event.attached_to.as_str()) {
            Some(ElementRef::Step(id)) => Some(*id),
            _ => None,
        };
        let of_host = attached.and_then(|id| self.edit.steps.get(id.index() as usize)?.record.performer);
        let performer = self.lanes.get(node.base.id.as_str()).copied().or(of_host).or(around.performer);
        let can_go_on = attached.is_some() || (kind == EventKind::Start && around.is_event_sub_flow);
        let mut kept = node.base.kept.clone();
        for definition in &event.definitions {
            append(&mut kept, &definition.base.kept);
        }
        let wait = self.wait(node, event);
        let record = Event {
            wait,
            parent: around.parent,
            attached,
            performer,
            trigger: trigger(event),
            throws: event.position == tree::EventPosition::Throw,
            keeps_running: can_go_on && !event.is_interrupting,
            description: node.base.documentation.clone(),
            kept,
            ..Event::new(around.process, kind, node.base.name.clone())
        };
        let target = self.target::<Event>(&node.base);
        let id = push(&mut self.edit.events, target, record);
        self.know(&node.base, id);
        self.show(Some(around.process), id);
    }

    fn artefact(&mut self, data: &'a tree::Data, process: ProcessId) {
        if data.kind == DataKind::Object && !data.base.id.is_empty() && self.referred.contains(data.base.id.as_str()) {
            return;
        }
        if let Some(same) = self.same_data(data) {
            self.know(&data.base, same);
            self.references.entry(&data.refers_to).or_default().push((data, same));
            if self.inside.get(&process).is_none_or(|shown| !shown.contains(&same.into())) {
                self.show(Some(process), same);
            }
            return;
        }
        let object = self.objects.get(data.refers_to.as_str()).copied();
        let store = Some(data.refers_to.as_str()).filter(|_| data.kind == DataKind::StoreReference);
        let of_store = store.and_then(|id| self.roots.get(id)).map_or("", |store| store.base.name.as_str());
        let of_object = object.map_or("", |object| object.base.name.as_str());
        let name = first_of(&[&data.base.name, of_object, of_store]);
        let is_pile = data.is_collection || object.is_some_and(|object| object.is_collection);
        let form = match data.kind {
            DataKind::StoreReference => ArtefactForm::Store,
            DataKind::Input => ArtefactForm::Input,
            DataKind::Output => ArtefactForm::Output,
            DataKind::Object | DataKind::ObjectReference if is_pile => ArtefactForm::Pile,
            DataKind::Object | DataKind::ObjectReference => ArtefactForm::Sheet,
        };
        let mut kept = data.base.kept.clone();
        if data.kind == DataKind::StoreReference && !data.refers_to.is_empty() {
            append(&mut kept, &format!("dataStoreRef=\"{}\"", escaped(&data.refers_to)));
        }
        append(&mut kept, object.map_or("", |object| object.base.kept.as_str()));
        let of_object = object.map_or("", |object| object.base.documentation.as_str());
        let record = Artefact {
            form,
            state: first_of(&[&data.state, object.map_or("", |object| object.state.as_str())]).to_owned(),
            description: first_of(&[&data.base.documentation, of_object]).to_owned(),
            kept,
            ..Artefact::new(name)
        };
        let target = self.target::<Artefact>(&data.base);
        let id = push(&mut self.edit.artefacts, target, record);
        self.know(&data.base, id);
        self.show(Some(process), id);
        if !data.refers_to.is_empty() {
            self.references.entry(&data.refers_to).or_default().push((data, id));
        }
        if let Some(object) = object {
            // Lines and shapes may name the object itself.
            self.elements.entry(&object.base.id).or_insert_with(|| id.into());
        }
    }

    /// The artefact of an earlier reference to the same data in the same state. A view shows an artefact once, so two
    /// references that one diagram draws stay two.
    fn same_data(&self, data: &tree::Data) -> Option<ArtefactId> {
        let is_plain = |data: &tree::Data| data.base.kept.is_empty() && data.base.documentation.is_empty();
        let is_drawn = |diagrams: &[usize], id: &str| {
            let drawn = self.drawn_in.get(id).map_or(&[][..], Vec::as_slice);
            drawn.iter().any(|diagram| diagrams.contains(diagram))
        };
        let drawn = self.drawn_in.get(data.base.id.as_str()).map_or(&[][..], Vec::as_slice);
        let earlier = self.references.get(data.refers_to.as_str())?;
        let is_same = |(other, _): &&(&tree::Data, ArtefactId)| {
            (other.kind, &other.base.name, &other.state) == (data.kind, &data.base.name, &data.state)
                && is_plain(other)
                && is_plain(data)
        };
        let same = earlier.iter().find(is_same).map(|(_, artefact)| *artefact)?;
        let references = earlier.iter().filter(|(_, artefact)| *artefact == same);
        let has_room = references.clone().all(|(other, _)| !is_drawn(drawn, &other.base.id));
        has_room.then_some(same)
    }

    fn notes(&mut self, artifacts: &'a Artifacts, process: Option<ProcessId>) {
        for annotation in &artifacts.annotations {
            let (form, kept) = (NoteForm::Annotation, annotation.base.kept.clone());
            let record = Note { form, kept, ..Note::new(annotation.text.clone()) };
            let target = self.target::<Note>(&annotation.base);
            let id = push(&mut self.edit.notes, target, record);
            self.know(&annotation.base, id);
            self.show(process, id);
        }
        for group in &artifacts.groups {
            let mut kept = group.base.kept.clone();
            if !group.category.is_empty() {
                append(&mut kept, &format!("categoryValueRef=\"{}\"", escaped(&group.category)));
            }
            let text = first_of(&[&group.label, &group.base.name]);
            let record = Note { form: NoteForm::Frame, kept, ..Note::new(text) };
            let target = self.target::<Note>(&group.base);
            let id = push(&mut self.edit.notes, target, record);
            self.know(&group.base, id);
            self.show(process, id);
        }
    }
}

/// A text as the value of an attribute.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn step_kind(kind: &NodeKind) -> StepKind {
    use tree::{SubProcessKind, TaskKind};
    match kind {
        NodeKind::Task(TaskKind::User) => StepKind::User,
        NodeKind::Task(TaskKind::Service) => StepKind::Service,
        NodeKind::Task(TaskKind::Manual) => StepKind::Manual,
        NodeKind::Task(TaskKind::Send) => StepKind::Send,
        NodeKind::Task(TaskKind::Receive) => StepKind::Receive,
        NodeKind::Task(TaskKind::Script) => StepKind::Script,
        NodeKind::Task(TaskKind::BusinessRule) => StepKind::BusinessRule,
        NodeKind::SubProcess(sub) if sub.triggered_by_event => StepKind::EventSubFlow,
        NodeKind::SubProcess(sub) => match sub.kind {
            SubProcessKind::Plain => StepKind::SubFlow,
            SubProcessKind::Transaction => StepKind::Transaction,
            SubProcessKind::AdHoc => StepKind::AdHoc,
        },
        NodeKind::CallActivity { .. } => StepKind::Call,
        NodeKind::Task(TaskKind::Abstract) | NodeKind::Gateway(_) | NodeKind::Event(_) => StepKind::Task,
    }
}

fn repetition(repetition: tree::Repetition) -> Option<Repetition> {
    match repetition {
        tree::Repetition::Once => None,
        tree::Repetition::Loop => Some(Repetition::Loop),
        tree::Repetition::Sequential => Some(Repetition::Sequential),
        tree::Repetition::Parallel => Some(Repetition::Parallel),
    }
}

fn gateway_kind(kind: tree::GatewayKind) -> GatewayKind {
    match kind {
        tree::GatewayKind::Exclusive => GatewayKind::Exclusive,
        tree::GatewayKind::Parallel => GatewayKind::Parallel,
        tree::GatewayKind::Inclusive => GatewayKind::Inclusive,
        tree::GatewayKind::EventBased => GatewayKind::EventBased,
        tree::GatewayKind::Complex => GatewayKind::Complex,
    }
}

fn trigger(event: &tree::Event) -> EventTrigger {
    match event.definitions.as_slice() {
        [] => EventTrigger::Plain,
        [only] => match only.trigger {
            tree::Trigger::Message => EventTrigger::Message,
            tree::Trigger::Timer => EventTrigger::Timer,
            tree::Trigger::Error => EventTrigger::Error,
            tree::Trigger::Escalation => EventTrigger::Escalation,
            tree::Trigger::Cancel => EventTrigger::Cancel,
            tree::Trigger::Compensate => EventTrigger::Compensation,
            tree::Trigger::Conditional => EventTrigger::Condition,
            tree::Trigger::Link => EventTrigger::Link,
            tree::Trigger::Signal => EventTrigger::Signal,
            tree::Trigger::Terminate => EventTrigger::Terminate,
        },
        _ if event.is_parallel_multiple => EventTrigger::ParallelMultiple,
        _ => EventTrigger::Multiple,
    }
}
