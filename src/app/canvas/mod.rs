//! The canvas: one view drawn from its scene, with a camera, tools and an overlay for what the hand is doing.
//!
//! Painting and picking are ours (flat arrays of the scene, culled); the toolkit gives the surface, the input and the
//! accessibility tree. A gesture is computed from the document at its start, shown as a preview, and committed once.

use crate::edit::Record;
use crate::model::*;

/// What the pointer does on a canvas.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tool {
    /// Selects and moves.
    #[default]
    Select,
    /// Moves the paper.
    Hand,
    /// Draws connections.
    Connect,
    /// Places a new element; one use, then back to select.
    Place(NewElement),
}

/// What can be added by a tool, a menu or the palette.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewElement {
    /// A unit.
    Unit,
    /// A role.
    Role,
    /// A person.
    Person,
    /// An external.
    External,
    /// A system.
    System,
    /// A body.
    Body,
    /// A process.
    Process,
    /// A step.
    Step,
    /// An exclusive gateway.
    ExclusiveGateway,
    /// A parallel gateway.
    ParallelGateway,
    /// A start event.
    StartEvent,
    /// An intermediate event.
    IntermediateEvent,
    /// An end event.
    EndEvent,
    /// An artefact.
    Artefact,
    /// A decision.
    Decision,
    /// A note.
    Note,
}
impl NewElement {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Role => "role",
            Self::Person => "person",
            Self::External => "external",
            Self::System => "system",
            Self::Body => "body",
            Self::Process => "process",
            Self::Step => "step",
            Self::ExclusiveGateway => "exclusive gateway",
            Self::ParallelGateway => "parallel gateway",
            Self::StartEvent => "start event",
            Self::IntermediateEvent => "intermediate event",
            Self::EndEvent => "end event",
            Self::Artefact => "artefact",
            Self::Decision => "decision",
            Self::Note => "note",
        }
    }

    /// Whether it is a node of a process.
    pub fn is_node(self) -> bool {
        matches!(
            self,
            Self::Step
                | Self::ExclusiveGateway
                | Self::ParallelGateway
                | Self::StartEvent
                | Self::IntermediateEvent
                | Self::EndEvent
        )
    }

    /// Whether a view of this kind can show it.
    pub fn fits(self, kind: &ViewKind) -> bool {
        match kind {
            ViewKind::Organisation { .. } => {
                matches!(
                    self,
                    Self::Unit | Self::Role | Self::Person | Self::External | Self::System | Self::Body | Self::Note
                )
            }
            ViewKind::Process { .. } => self.is_node() || matches!(self, Self::Artefact | Self::Note),
            ViewKind::Board => !self.is_node(),
            ViewKind::Matrix(_) => false,
        }
    }

    /// A new record of it, named after its kind; none for a node outside a process.
    pub fn record(self, process: Option<ProcessId>, unit: Option<UnitId>) -> Option<Record> {
        Some(match self {
            Self::Unit => Unit { parent: unit, ..Unit::new("New unit") }.into(),
            Self::Role => Role { unit, ..Role::new("New role") }.into(),
            Self::Person => Person::new("New person").into(),
            Self::External => External::new("New external").into(),
            Self::System => System::new("New system").into(),
            Self::Body => Body { unit, ..Body::new("New body") }.into(),
            Self::Process => Process::new("New process").into(),
            Self::Step => Step::new(process?, "New step").into(),
            Self::ExclusiveGateway => Gateway::new(process?, GatewayKind::Exclusive, "").into(),
            Self::ParallelGateway => Gateway::new(process?, GatewayKind::Parallel, "").into(),
            Self::StartEvent => Event::new(process?, EventKind::Start, "").into(),
            Self::IntermediateEvent => Event::new(process?, EventKind::Intermediate, "").into(),
            Self::EndEvent => Event::new(process?, EventKind::End, "").into(),
            Self::Artefact => Artefact::new("New artefact").into(),
            Self::Decision => Decision::new("New decision").into(),
            Self::Note => Note::new("Note").into(),
        })
    }
}
