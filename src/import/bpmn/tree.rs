//! A BPMN 2.0 model as the file states it: definitions, collaborations, processes and what they hold.
//!
//! Independent of Remit's own model. Names follow the standard (Object Management Group, Business Process Model and
//! Notation 2.0.2, 2013). References are the ids of the file; [`super::resolve`] has removed those that lead nowhere.
//! What is not understood stays as text in [`Base::kept`]. The drawing is in [`super::drawing`].

use super::drawing::Diagram;

/// What every element of the file has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Base {
    /// Its id in the file; unique, empty where it has none.
    pub id: String,
    /// Name; line breaks kept.
    pub name: String,
    /// Text of all `documentation` children, a line break between them.
    pub documentation: String,
    /// What was not understood, as it stands in the file: attributes first, then whole child elements.
    pub kept: String,
    /// The line in which it begins, the first one 1.
    pub line: usize,
}

/// A whole file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Definitions {
    /// The element itself; `kept` holds the declarations of namespaces, too.
    pub base: Base,
    /// The program that wrote the file, with its version.
    pub exporter: String,
    /// Collaborations and choreographies.
    pub collaborations: Vec<Collaboration>,
    /// Processes.
    pub processes: Vec<Process>,
    /// Messages, errors, signals, escalations, data stores, categories, global tasks and whatever else stands at the
    /// top.
    pub roots: Vec<Root>,
    /// Those of `roots` that are event definitions.
    pub event_definitions: Vec<EventDefinition>,
    /// Pictures.
    pub diagrams: Vec<Diagram>,
}

/// An element at the top of the file that others refer to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Root {
    /// The element itself; `kept` is the whole element as it stands in the file.
    pub base: Base,
    /// Name of the element, without prefix: `message`, `error`, `dataStore`.
    pub element: String,
    /// What else names it: the code of an error or escalation.
    pub code: String,
}

/// Pools and the messages between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Collaboration {
    /// The element itself.
    pub base: Base,
    /// Whether it is a choreography.
    pub is_choreography: bool,
    /// Pools.
    pub participants: Vec<Participant>,
    /// Messages between pools or what stands in them.
    pub message_flows: Vec<MessageFlow>,
    /// Remarks and the like.
    pub artifacts: Artifacts,
}

/// A pool: who takes part, and which process they run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Participant {
    /// The element itself.
    pub base: Base,
    /// Id of its process; empty where only the pool is known.
    pub process: String,
    /// Fewest and most of them, where several take part.
    pub multiplicity: Option<(u32, Option<u32>)>,
}

/// A message from one pool to another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessageFlow {
    /// The element itself.
    pub base: Base,
    /// A participant or node.
    pub source: String,
    /// A participant or node.
    pub target: String,
    /// Id of the message that is sent; empty where none is stated.
    pub message: String,
}

/// A process.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Process {
    /// The element itself.
    pub base: Base,
    /// What it holds.
    pub content: Content,
}

/// What a process or sub-process holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content {
    /// Lanes.
    pub lane_sets: Vec<LaneSet>,
    /// Tasks, sub-processes, call activities, gateways, events.
    pub nodes: Vec<Node>,
    /// Sequence flows.
    pub flows: Vec<SequenceFlow>,
    /// Data objects, references to them and to stores, inputs and outputs of the process.
    pub data: Vec<Data>,
    /// Remarks and the like.
    pub artifacts: Artifacts,
}

/// A stack of lanes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LaneSet {
    /// The element itself.
    pub base: Base,
    /// Lanes in the order of the file.
    pub lanes: Vec<Lane>,
}

/// A lane, perhaps with lanes in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lane {
    /// The element itself.
    pub base: Base,
    /// Ids of the nodes in it.
    pub nodes: Vec<String>,
    /// Lanes within; at most one set by the standard.
    pub children: Vec<LaneSet>,
}

/// A node of the flow.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The element itself.
    pub base: Base,
    /// What it is.
    pub kind: NodeKind,
    /// How often an activity is done.
    pub repetition: Repetition,
    /// Whether it is done only to undo something.
    pub is_for_compensation: bool,
    /// Id of the flow taken when no condition holds; empty where there is none.
    pub default_flow: String,
    /// Data it reads and writes.
    pub data_associations: Vec<DataAssociation>,
    /// Data declared within it.
    pub data: Vec<Data>,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum NodeKind {
    /// A piece of work.
    Task(TaskKind),
    /// A flow within the flow.
    SubProcess(Box<SubProcess>),
    /// A process or global task that is called.
    CallActivity {
        /// Id of what is called, as the file states it; empty where it does not.
        called: String,
    },
    /// A split or join.
    Gateway(GatewayKind),
    /// Something that happens.
    Event(Event),
}

/// Who or what does a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TaskKind {
    /// Not said.
    Abstract,
    /// A person with a program.
    User,
    /// A program.
    Service,
    /// A person without a program.
    Manual,
    /// Sends a message.
    Send,
    /// Waits for a message.
    Receive,
    /// A script of the engine.
    Script,
    /// Rules.
    BusinessRule,
}

/// A flow within the flow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SubProcess {
    /// Which kind.
    pub kind: SubProcessKind,
    /// Whether an event within starts it, and no flow leads to it.
    pub triggered_by_event: bool,
    /// What it holds.
    pub content: Content,
}

/// Kinds of sub-processes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubProcessKind {
    /// An ordinary one.
    #[default]
    Plain,
    /// All or nothing.
    Transaction,
    /// Its steps in any order.
    AdHoc,
}

/// How often an activity is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Repetition {
    /// Once.
    #[default]
    Once,
    /// Again and again until a condition holds.
    Loop,
    /// For each of many, one after the other.
    Sequential,
    /// For each of many, side by side.
    Parallel,
}

/// Kinds of gateways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GatewayKind {
    /// One branch by a condition.
    Exclusive,
    /// All branches.
    Parallel,
    /// Any number of branches by conditions.
    Inclusive,
    /// The branch whose event comes first.
    EventBased,
    /// By a rule of its own.
    Complex,
}

/// Something that happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Where it stands.
    pub position: EventPosition,
    /// What sets it off or what it does; several for a multiple event.
    pub definitions: Vec<EventDefinition>,
    /// Ids of definitions that stand at the top of the file; copies of them are among `definitions`.
    pub referenced: Vec<String>,
    /// Whether all of several definitions must come.
    pub is_parallel_multiple: bool,
    /// Whether it breaks off what it starts in or is attached to.
    pub is_interrupting: bool,
    /// Id of the activity whose edge it sits on; empty unless it is a boundary event.
    pub attached_to: String,
}

/// Where an event stands in the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventPosition {
    /// Begins.
    Start,
    /// Waits within the flow.
    Catch,
    /// Happens within the flow.
    Throw,
    /// Ends.
    End,
    /// On the edge of an activity.
    Boundary,
}

/// One thing that sets an event off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventDefinition {
    /// The element itself.
    pub base: Base,
    /// Which kind.
    pub trigger: Trigger,
    /// Id of the message, signal, error or escalation, or of the activity to compensate; empty where none is stated.
    pub reference: String,
    /// Time or condition.
    pub text: String,
}

/// Kinds of event definitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trigger {
    /// A message.
    Message,
    /// A date, a duration, or a cycle.
    Timer,
    /// An error.
    Error,
    /// An escalation.
    Escalation,
    /// A transaction is cancelled.
    Cancel,
    /// Something is undone.
    Compensate,
    /// A condition becomes true.
    Conditional,
    /// The flow goes on elsewhere.
    Link,
    /// A signal to all.
    Signal,
    /// All ends at once.
    Terminate,
}

/// An arrow of the flow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SequenceFlow {
    /// The element itself.
    pub base: Base,
    /// A node.
    pub source: String,
    /// A node.
    pub target: String,
    /// Text of the condition; an empty text where a condition stands without text.
    pub condition: Option<String>,
}

/// Kinds of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DataKind {
    /// A data object.
    Object,
    /// A data object in some state; what is drawn.
    ObjectReference,
    /// A data store; what is drawn.
    StoreReference,
    /// What a process or activity needs.
    Input,
    /// What it makes.
    Output,
}

/// A data object, store, input or output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Data {
    /// The element itself.
    pub base: Base,
    /// Which kind.
    pub kind: DataKind,
    /// Id of the object or store that is meant; empty for those themselves.
    pub refers_to: String,
    /// Its state: `approved`.
    pub state: String,
    /// Whether it stands for many.
    pub is_collection: bool,
}

/// Data that a node reads or writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DataAssociation {
    /// The element itself.
    pub base: Base,
    /// Whether the node writes.
    pub is_output: bool,
    /// Ids of the data read; of data within the node where it writes.
    pub sources: Vec<String>,
    /// Id of the data written; of data within the node where it reads.
    pub target: String,
}

/// What stands beside the flow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Artifacts {
    /// Remarks.
    pub annotations: Vec<Annotation>,
    /// Dotted lines.
    pub associations: Vec<Association>,
    /// Frames.
    pub groups: Vec<Group>,
}

/// A remark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotation {
    /// The element itself.
    pub base: Base,
    /// What it says.
    pub text: String,
}

/// A dotted line between any two elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Association {
    /// The element itself.
    pub base: Base,
    /// One end.
    pub source: String,
    /// The other end.
    pub target: String,
    /// Where it points.
    pub direction: AssociationDirection,
}

/// Where an association points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AssociationDirection {
    /// Nowhere.
    #[default]
    None,
    /// To its target.
    One,
    /// Both ways.
    Both,
}

/// A frame around elements.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// The element itself.
    pub base: Base,
    /// Id of its category value; empty where none is stated.
    pub category: String,
    /// Text of that category value.
    pub label: String,
}

impl Definitions {
    /// Calls a function for the content of each process and of each sub-process, with the id of what holds it.
    pub fn each_content<'a>(&'a self, visit: &mut impl FnMut(&'a str, &'a Content)) {
        for process in &self.processes {
            process.content.each(&process.base.id, visit);
        }
    }
}

impl Content {
    fn each<'a>(&'a self, id: &'a str, visit: &mut impl FnMut(&'a str, &'a Self)) {
        visit(id, self);
        for node in &self.nodes {
            if let NodeKind::SubProcess(sub) = &node.kind {
                sub.content.each(&node.base.id, visit);
            }
        }
    }

    /// Calls a function for this content and that of each sub-process, so that it can be changed.
    pub fn each_mut(&mut self, visit: &mut impl FnMut(&mut Self)) {
        visit(self);
        for node in &mut self.nodes {
            if let NodeKind::SubProcess(sub) = &mut node.kind {
                sub.content.each_mut(visit);
            }
        }
    }
}

impl LaneSet {
    /// Calls a function for each lane with its depth, the outermost 0.
    pub fn each<'a>(&'a self, depth: usize, visit: &mut impl FnMut(usize, &'a Lane)) {
        for lane in &self.lanes {
            visit(depth, lane);
            for children in &lane.children {
                children.each(depth + 1, visit);
            }
        }
    }
}

impl NodeKind {
    /// Whether work is done here, so that events may sit on its edge.
    pub fn is_activity(&self) -> bool {
        matches!(self, Self::Task(_) | Self::SubProcess(_) | Self::CallActivity { .. })
    }
}
