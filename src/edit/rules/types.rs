//! What else an element may be: the types that a node, note or artefact can change to without losing its connections.

use crate::edit::edits::ChangeType;
use crate::edit::{EditAction as _, Record, Verdict};
use crate::model::*;

/// A type that an element may be changed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ElementType {
    /// A step of a kind.
    Step(StepKind),
    /// A gateway of a kind.
    Gateway(GatewayKind),
    /// An event of a kind.
    Event(EventKind),
    /// A note of a form.
    Note(NoteForm),
    /// An artefact of a form.
    Artefact(ArtefactForm),
    /// An organisational unit.
    Unit,
    /// A role.
    Role,
    /// A body.
    Body,
    /// Somebody outside.
    External,
    /// A system.
    System,
}

const STEPS: [StepKind; 10] = [
    StepKind::Task,
    StepKind::User,
    StepKind::Manual,
    StepKind::Service,
    StepKind::Send,
    StepKind::Receive,
    StepKind::Script,
    StepKind::BusinessRule,
    StepKind::SubFlow,
    StepKind::Call,
];
const GATEWAYS: [GatewayKind; 4] =
    [GatewayKind::Exclusive, GatewayKind::Parallel, GatewayKind::Inclusive, GatewayKind::EventBased];
const EVENTS: [EventKind; 3] = [EventKind::Start, EventKind::Intermediate, EventKind::End];
const NOTES: [NoteForm; 3] = [NoteForm::Sticky, NoteForm::Annotation, NoteForm::Frame];
const ARTEFACTS: [ArtefactForm; 3] = [ArtefactForm::Sheet, ArtefactForm::Pile, ArtefactForm::Store];

const PARTIES: [ElementType; 5] =
    [ElementType::Unit, ElementType::Role, ElementType::Body, ElementType::External, ElementType::System];

impl ElementType {
    /// What a person calls it, in lower case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Step(kind) => match kind {
                StepKind::Task => "step",
                StepKind::User => "step at a screen",
                StepKind::Manual => "step by hand",
                StepKind::Service => "step by a system",
                StepKind::Send => "step that sends",
                StepKind::Receive => "step that waits for a message",
                StepKind::Script => "script",
                StepKind::BusinessRule => "rules that a system applies",
                StepKind::SubFlow => "sub-flow",
                StepKind::Transaction => "sub-flow, whole or not at all",
                StepKind::AdHoc => "sub-flow in any order",
                StepKind::EventSubFlow => "sub-flow that an event sets off",
                StepKind::Call => "call of another process",
            },
            Self::Gateway(kind) => match kind {
                GatewayKind::Exclusive => "exclusive gateway",
                GatewayKind::Parallel => "parallel gateway",
                GatewayKind::Inclusive => "inclusive gateway",
                GatewayKind::EventBased => "event-based gateway",
                GatewayKind::Complex => "complex gateway",
            },
            Self::Event(EventKind::Start) => "start event",
            Self::Event(EventKind::Intermediate) => "intermediate event",
            Self::Event(EventKind::End) => "end event",
            Self::Note(NoteForm::Sticky) => "sticky note",
            Self::Note(NoteForm::Annotation) => "text behind a bracket",
            Self::Note(NoteForm::Frame) => "frame",
            Self::Artefact(form) => match form {
                ArtefactForm::Sheet => "document",
                ArtefactForm::Pile => "pile of documents",
                ArtefactForm::Store => "store",
                ArtefactForm::Input => "input",
                ArtefactForm::Output => "output",
            },
            Self::Unit => ElementKind::Unit.word(),
            Self::Role => ElementKind::Role.word(),
            Self::Body => ElementKind::Body.word(),
            Self::External => ElementKind::External.word(),
            Self::System => ElementKind::System.word(),
        }
    }

    /// The type that an element has; none for kinds that have only one.
    pub fn of(document: &Document, element: ElementRef) -> Option<Self> {
        Some(match element {
            ElementRef::Step(id) => Self::Step(document.get::<Step>(id)?.kind),
            ElementRef::Gateway(id) => Self::Gateway(document.get::<Gateway>(id)?.kind),
            ElementRef::Event(id) => Self::Event(document.get::<Event>(id)?.kind),
            ElementRef::Note(id) => Self::Note(document.get::<Note>(id)?.form),
            ElementRef::Artefact(id) => Self::Artefact(document.get::<Artefact>(id)?.form),
            ElementRef::Unit(_) => Self::Unit,
            ElementRef::Role(_) => Self::Role,
            ElementRef::Body(_) => Self::Body,
            ElementRef::External(_) => Self::External,
            ElementRef::System(_) => Self::System,
            _ => return None,
        })
    }
}

/// The types that an element can change to, in the order of a menu.
pub fn types_for(document: &Document, element: ElementRef) -> Vec<ElementType> {
    let candidates: Vec<ElementType> = match element {
        ElementRef::Step(_) | ElementRef::Gateway(_) | ElementRef::Event(_) => {
            let (steps, gateways) = (STEPS.map(ElementType::Step), GATEWAYS.map(ElementType::Gateway));
            steps.into_iter().chain(gateways).chain(EVENTS.map(ElementType::Event)).collect()
        }
        ElementRef::Note(_) => NOTES.map(ElementType::Note).to_vec(),
        ElementRef::Artefact(_) => ARTEFACTS.map(ElementType::Artefact).to_vec(),
        ElementRef::Unit(_)
        | ElementRef::Role(_)
        | ElementRef::Body(_)
        | ElementRef::External(_)
        | ElementRef::System(_) => PARTIES.to_vec(),
        _ => Vec::new(),
    };
    let fits = |to: &ElementType| ChangeType { element, to: *to }.can_apply(document) == Verdict::Yes;
    candidates.into_iter().filter(fits).collect()
}

/// What an element would be as another type; none where it cannot be that. What the new type has no notion of is left
/// out.
pub(in crate::edit) fn as_type(document: &Document, element: ElementRef, to: ElementType) -> Option<Record> {
    let mut record = Record::of(document, element)?;
    match (&mut record, to) {
        (Record::Step(step), ElementType::Step(kind)) => step.kind = kind,
        (Record::Gateway(gateway), ElementType::Gateway(kind)) => gateway.kind = kind,
        (Record::Event(event), ElementType::Event(kind)) => event.kind = kind,
        (Record::Note(note), ElementType::Note(form)) => note.form = form,
        (Record::Artefact(artefact), ElementType::Artefact(form)) => artefact.form = form,
        (Record::Step(_) | Record::Gateway(_) | Record::Event(_), _) => return other_node(&record, to),
        (Record::Unit(_), ElementType::Unit)
        | (Record::Role(_), ElementType::Role)
        | (Record::Body(_), ElementType::Body)
        | (Record::External(_), ElementType::External)
        | (Record::System(_), ElementType::System) => {}
        (Record::Unit(_) | Record::Role(_) | Record::Body(_) | Record::External(_) | Record::System(_), _) => {
            return other_party(&record, to);
        }
        _ => return None,
    }
    Some(record)
}

/// A node as a node of another kind: name, process, place, performer and description stay.
fn other_node(old: &Record, to: ElementType) -> Option<Record> {
    let (process, parent, performer, description) = match old {
        Record::Step(step) => (step.process, step.parent, step.performer, &step.description),
        Record::Gateway(gateway) => (gateway.process, gateway.parent, gateway.performer, &gateway.description),
        Record::Event(event) => (event.process, event.parent, event.performer, &event.description),
        _ => return None,
    };
    let (name, description) = (old.name().to_owned(), description.clone());
    Some(match to {
        ElementType::Step(kind) => {
            let name = if name.trim().is_empty() { "New step".to_owned() } else { name };
            Step { kind, parent, performer, description, ..Step::new(process, name) }.into()
        }
        ElementType::Gateway(kind) => {
            Gateway { parent, performer, description, ..Gateway::new(process, kind, name) }.into()
        }
        ElementType::Event(kind) => Event { parent, performer, description, ..Event::new(process, kind, name) }.into(),
        _ => return None,
    })
}

/// A unit, role, body, external or system as another of these: name, place in the organisation and description stay.
pub(in crate::edit) fn other_party(old: &Record, to: ElementType) -> Option<Record> {
    let (unit, order, description) = match old {
        Record::Unit(unit) => (unit.parent, unit.order, &unit.description),
        Record::Role(role) => (role.unit, role.order, &role.description),
        Record::Body(body) => (body.unit, 0, &body.description),
        Record::External(external) => (None, 0, &external.description),
        Record::System(system) => (None, 0, &system.description),
        _ => return None,
    };
    let (name, description) = (old.name().to_owned(), description.clone());
    Some(match to {
        ElementType::Unit => Unit { parent: unit, order, description, ..Unit::new(name) }.into(),
        ElementType::Role => Role { unit, order, description, ..Role::new(name) }.into(),
        ElementType::Body => Body { unit, description, ..Body::new(name) }.into(),
        ElementType::External => External { description, ..External::new(name) }.into(),
        ElementType::System => System { description, ..System::new(name) }.into(),
        _ => return None,
    })
}
