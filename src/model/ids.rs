//! Typed handles of elements, and the enums that mix them.
//!
//! A handle is an index into one table of one document lineage. It is made only by the document, never reused within
//! that lineage, and never written to a file: files name elements by their [`Key`](super::Key).

use std::fmt;

/// A handle of one kind of element: an index into its table.
pub trait TableId: Copy + Ord + std::hash::Hash + fmt::Debug + Send + Sync + 'static {
    /// The handle with this index.
    fn from_index(index: u32) -> Self;
    /// The index of this handle.
    fn index(self) -> u32;
}

macro_rules! ids {
    ($($(#[$doc:meta])* $Name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $Name(u32);

        impl TableId for $Name {
            fn from_index(index: u32) -> Self { Self(index) }
            fn index(self) -> u32 { self.0 }
        }
    )*};
}

ids! {
    /// Handle of a [`Unit`](super::Unit).
    UnitId,
    /// Handle of a [`Role`](super::Role).
    RoleId,
    /// Handle of a [`Person`](super::Person).
    PersonId,
    /// Handle of an [`External`](super::External).
    ExternalId,
    /// Handle of a [`System`](super::System).
    SystemId,
    /// Handle of a [`Body`](super::Body).
    BodyId,
    /// Handle of a [`Process`](super::Process).
    ProcessId,
    /// Handle of a [`Step`](super::Step).
    StepId,
    /// Handle of a [`Gateway`](super::Gateway).
    GatewayId,
    /// Handle of an [`Event`](super::Event).
    EventId,
    /// Handle of a [`Flow`](super::Flow).
    FlowId,
    /// Handle of a [`Link`](super::Link).
    LinkId,
    /// Handle of an [`Artefact`](super::Artefact).
    ArtefactId,
    /// Handle of a [`Decision`](super::Decision).
    DecisionId,
    /// Handle of a [`Right`](super::Right).
    RightId,
    /// Handle of a [`Framework`](super::Framework).
    FrameworkId,
    /// Handle of a [`Note`](super::Note).
    NoteId,
    /// Handle of a [`View`](super::View).
    ViewId,
    /// Handle of a [`Placement`](super::Placement).
    PlacementId,
}

/// Any element of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ElementRef {
    /// A unit.
    Unit(UnitId),
    /// A role.
    Role(RoleId),
    /// A person.
    Person(PersonId),
    /// An external.
    External(ExternalId),
    /// A system.
    System(SystemId),
    /// A body.
    Body(BodyId),
    /// A process.
    Process(ProcessId),
    /// A step.
    Step(StepId),
    /// A gateway.
    Gateway(GatewayId),
    /// An event.
    Event(EventId),
    /// A flow.
    Flow(FlowId),
    /// A link.
    Link(LinkId),
    /// An artefact.
    Artefact(ArtefactId),
    /// A decision.
    Decision(DecisionId),
    /// A right.
    Right(RightId),
    /// A framework.
    Framework(FrameworkId),
    /// A note.
    Note(NoteId),
    /// A view.
    View(ViewId),
    /// A placement.
    Placement(PlacementId),
}

/// The kinds of element, in the order in which files and lists show them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ElementKind {
    /// A part of the organisation.
    Unit,
    /// A seat with duties and rights.
    Role,
    /// Somebody who holds roles.
    Person,
    /// A party outside the organisation.
    External,
    /// Software, a machine or a document store.
    System,
    /// A group that decides together.
    Body,
    /// A flow of steps.
    Process,
    /// A piece of work.
    Step,
    /// Where a flow splits or joins.
    Gateway,
    /// Where a flow starts, ends or waits.
    Event,
    /// An arrow between two nodes.
    Flow,
    /// A message between parties, or a line between what belongs together.
    Link,
    /// What is passed or produced.
    Artefact,
    /// A recurring choice.
    Decision,
    /// A letter that somebody holds.
    Right,
    /// A set of letters with meanings.
    Framework,
    /// A remark.
    Note,
    /// One picture of part of the model.
    View,
    /// One element shown in a view.
    Placement,
}

impl ElementKind {
    /// Every kind, in order.
    pub const ALL: [Self; 19] = [
        Self::Unit,
        Self::Role,
        Self::Person,
        Self::External,
        Self::System,
        Self::Body,
        Self::Process,
        Self::Step,
        Self::Gateway,
        Self::Event,
        Self::Flow,
        Self::Link,
        Self::Artefact,
        Self::Decision,
        Self::Right,
        Self::Framework,
        Self::Note,
        Self::View,
        Self::Placement,
    ];

    /// The word for one element of the kind, in lower case.
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
            Self::Gateway => "gateway",
            Self::Event => "event",
            Self::Flow => "flow",
            Self::Link => "link",
            Self::Artefact => "artefact",
            Self::Decision => "decision",
            Self::Right => "right",
            Self::Framework => "framework",
            Self::Note => "note",
            Self::View => "view",
            Self::Placement => "placement",
        }
    }

    /// The word for several elements of the kind, in lower case.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Unit => "units",
            Self::Role => "roles",
            Self::Person => "people",
            Self::External => "externals",
            Self::System => "systems",
            Self::Body => "bodies",
            Self::Process => "processes",
            Self::Step => "steps",
            Self::Gateway => "gateways",
            Self::Event => "events",
            Self::Flow => "flows",
            Self::Link => "links",
            Self::Artefact => "artefacts",
            Self::Decision => "decisions",
            Self::Right => "rights",
            Self::Framework => "frameworks",
            Self::Note => "notes",
            Self::View => "views",
            Self::Placement => "placements",
        }
    }
}

impl ElementRef {
    /// The kind of the element.
    pub fn kind(self) -> ElementKind {
        match self {
            Self::Unit(_) => ElementKind::Unit,
            Self::Role(_) => ElementKind::Role,
            Self::Person(_) => ElementKind::Person,
            Self::External(_) => ElementKind::External,
            Self::System(_) => ElementKind::System,
            Self::Body(_) => ElementKind::Body,
            Self::Process(_) => ElementKind::Process,
            Self::Step(_) => ElementKind::Step,
            Self::Gateway(_) => ElementKind::Gateway,
            Self::Event(_) => ElementKind::Event,
            Self::Flow(_) => ElementKind::Flow,
            Self::Link(_) => ElementKind::Link,
            Self::Artefact(_) => ElementKind::Artefact,
            Self::Decision(_) => ElementKind::Decision,
            Self::Right(_) => ElementKind::Right,
            Self::Framework(_) => ElementKind::Framework,
            Self::Note(_) => ElementKind::Note,
            Self::View(_) => ElementKind::View,
            Self::Placement(_) => ElementKind::Placement,
        }
    }

    /// The index of its handle.
    pub fn index(self) -> u32 {
        match self {
            Self::Unit(id) => id.0,
            Self::Role(id) => id.0,
            Self::Person(id) => id.0,
            Self::External(id) => id.0,
            Self::System(id) => id.0,
            Self::Body(id) => id.0,
            Self::Process(id) => id.0,
            Self::Step(id) => id.0,
            Self::Gateway(id) => id.0,
            Self::Event(id) => id.0,
            Self::Flow(id) => id.0,
            Self::Link(id) => id.0,
            Self::Artefact(id) => id.0,
            Self::Decision(id) => id.0,
            Self::Right(id) => id.0,
            Self::Framework(id) => id.0,
            Self::Note(id) => id.0,
            Self::View(id) => id.0,
            Self::Placement(id) => id.0,
        }
    }
}

/// Somebody or something that performs work, holds a right, or names a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Actor {
    /// A role.
    Role(RoleId),
    /// A whole unit.
    Unit(UnitId),
    /// A person by name, beside any role.
    Person(PersonId),
    /// A party outside the organisation.
    External(ExternalId),
    /// A system; it performs steps but holds no rights.
    System(SystemId),
    /// A body that decides together.
    Body(BodyId),
}

impl From<Actor> for ElementRef {
    fn from(actor: Actor) -> Self {
        match actor {
            Actor::Role(id) => Self::Role(id),
            Actor::Unit(id) => Self::Unit(id),
            Actor::Person(id) => Self::Person(id),
            Actor::External(id) => Self::External(id),
            Actor::System(id) => Self::System(id),
            Actor::Body(id) => Self::Body(id),
        }
    }
}

impl TryFrom<ElementRef> for Actor {
    type Error = ElementRef;

    fn try_from(element: ElementRef) -> Result<Self, ElementRef> {
        Ok(match element {
            ElementRef::Role(id) => Self::Role(id),
            ElementRef::Unit(id) => Self::Unit(id),
            ElementRef::Person(id) => Self::Person(id),
            ElementRef::External(id) => Self::External(id),
            ElementRef::System(id) => Self::System(id),
            ElementRef::Body(id) => Self::Body(id),
            other => return Err(other),
        })
    }
}

/// A node of a process: what a flow starts from and leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlowNode {
    /// A step.
    Step(StepId),
    /// A gateway.
    Gateway(GatewayId),
    /// An event.
    Event(EventId),
}

impl From<FlowNode> for ElementRef {
    fn from(node: FlowNode) -> Self {
        match node {
            FlowNode::Step(id) => Self::Step(id),
            FlowNode::Gateway(id) => Self::Gateway(id),
            FlowNode::Event(id) => Self::Event(id),
        }
    }
}

impl TryFrom<ElementRef> for FlowNode {
    type Error = ElementRef;

    fn try_from(element: ElementRef) -> Result<Self, ElementRef> {
        Ok(match element {
            ElementRef::Step(id) => Self::Step(id),
            ElementRef::Gateway(id) => Self::Gateway(id),
            ElementRef::Event(id) => Self::Event(id),
            other => return Err(other),
        })
    }
}

/// What a right is about: a row of the matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A decision.
    Decision(DecisionId),
    /// A step.
    Step(StepId),
}

impl From<Subject> for ElementRef {
    fn from(subject: Subject) -> Self {
        match subject {
            Subject::Decision(id) => Self::Decision(id),
            Subject::Step(id) => Self::Step(id),
        }
    }
}
