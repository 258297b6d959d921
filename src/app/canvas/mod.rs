//! The canvas: one view drawn from its scene, with a camera, tools and an overlay for what the hand is doing.
//!
//! Painting and picking are ours (flat arrays of the scene, culled); the toolkit gives the surface, the input and the
//! accessibility tree. A gesture is computed from the document at its start, shown as a preview, and committed once.

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
