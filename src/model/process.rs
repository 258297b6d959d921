//! How work flows: processes with steps, gateways, events, flows and artefacts.

use super::ids::{Actor, ArtefactId, DecisionId, ElementRef, FlowNode, ProcessId, RoleId, StepId, SystemId};
use super::key::Key;
use super::measurement::{CausedWait, Measurement};
use super::quantity::{Date, Minutes, Money, Rate};
use super::range::Range;

/// A flow of steps with a trigger, a result and an owner role.
#[derive(Clone, Debug, PartialEq)]
pub struct Process {
    /// Stable text key.
    pub key: Key,
    /// Name.
    pub name: String,
    /// Place in lists: lower first, equal ones by handle.
    pub order: i32,
    /// The role that answers for it.
    pub owner: Option<RoleId>,
    /// How many cases arrive (λ).
    pub cases: Option<Rate>,
    /// How few or many they may be.
    pub cases_range: Option<Range<Rate>>,
    /// How grave it is when it stops: 1 to 5.
    pub criticality: Option<u8>,
    /// Longest outage the firm can bear.
    pub tolerable_outage: Option<Minutes>,
    /// How fast it is to run again after an outage.
    pub recovery_target: Option<Minutes>,
    /// The day on which the plan for an outage was last tried.
    pub plan_tested: Option<Date>,
    /// When it is to be looked at again.
    pub review: Option<Date>,
    /// Whether its owner has nothing else to do: one person whose only job it is.
    pub single_threaded: bool,
    /// How long a case should take.
    pub lead_time_goal: Option<Minutes>,
    /// What sets it off.
    pub trigger: String,
    /// What comes out.
    pub result: String,
    /// What it is for, a word shared with processes of the same use in other units.
    pub purpose: String,
    /// Why it is done otherwise than in sister units; empty where nobody meant that.
    pub variant_on_purpose: String,
    /// Which figures were measured; the others are estimates.
    pub measured: Vec<Measurement>,
    /// Free text.
    pub description: String,
    /// What a foreign file says about it that Remit has no notion of, in the words of that file.
    pub kept: String,
}

/// What a step does for the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ValueClass {
    /// The customer would pay for it (VA).
    AddsValue,
    /// Needed, but no value to the customer (BVA).
    Needed,
    /// Neither (NVA).
    Waste,
}

/// Duties that one person should not join (segregation of duties).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DutyTag {
    /// Allows the transaction.
    Authorise,
    /// Holds the money or the goods.
    Custody,
    /// Writes it into the books.
    Record,
    /// Compares the books with the facts.
    Reconcile,
}

/// What kind of work a step is, by the kinds of activity of BPMN 2.0 (section 10.3).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StepKind {
    /// Work of no stated kind (abstract task).
    #[default]
    Task,
    /// Done by somebody at a screen.
    User,
    /// Done by hand, without any system.
    Manual,
    /// Done by a system.
    Service,
    /// Sends a message.
    Send,
    /// Waits for a message.
    Receive,
    /// A script that a system runs.
    Script,
    /// Rules that a system applies.
    BusinessRule,
    /// A flow of its own inside (sub-process).
    SubFlow,
    /// A sub-flow that is carried out whole or not at all (transaction).
    Transaction,
    /// A sub-flow whose steps have no fixed order (ad-hoc sub-process).
    AdHoc,
    /// A sub-flow that an event sets off while the flow around it runs (event sub-process).
    EventSubFlow,
    /// Carries out another process (call activity).
    Call,
}

impl StepKind {
    /// Whether a system does the work of the kind, without anybody.
    pub fn is_automatic(self) -> bool {
        matches!(self, Self::Service | Self::Script | Self::BusinessRule)
    }

    /// Whether nodes may stand inside a step of the kind.
    pub fn has_inside(self) -> bool {
        matches!(self, Self::SubFlow | Self::Transaction | Self::AdHoc | Self::EventSubFlow)
    }
}

/// How often a step is carried out for one case, by the markers of BPMN 2.0 (section 10.3.8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Repetition {
    /// Again until a condition holds (standard loop).
    Loop,
    /// For each of several things, all at once (parallel multi-instance).
    Parallel,
    /// For each of several things, one after the other (sequential multi-instance).
    Sequential,
}

/// A piece of work in a process, performed by one role or system.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Stable text key.
    pub key: Key,
    /// Name: verb and object.
    pub name: String,
    /// The process it belongs to.
    pub process: ProcessId,
    /// What kind of work it is.
    pub kind: StepKind,
    /// The sub-flow that it stands in.
    pub parent: Option<StepId>,
    /// The process that a call carries out.
    pub calls: Option<ProcessId>,
    /// How often it is carried out for one case; once where it is none.
    pub repetition: Option<Repetition>,
    /// Whether it undoes another step when that is to be taken back (compensation).
    pub compensates: bool,
    /// Who performs it: its lane.
    pub performer: Option<Actor>,
    /// The system that supports it.
    pub system: Option<SystemId>,
    /// Work per case (x).
    pub work: Option<Minutes>,
    /// How little or much it may be.
    pub work_range: Option<Range<Minutes>>,
    /// Waiting per case before the work begins (w).
    pub wait: Option<Minutes>,
    /// How short or long it may be.
    pub wait_range: Option<Range<Minutes>>,
    /// How often a batch is worked off.
    pub batch_period: Option<Minutes>,
    /// Share done complete and accurate at the first try (y), 0 to 1.
    pub first_time_right: Option<f64>,
    /// What it does for the customer.
    pub value: Option<ValueClass>,
    /// Which separable duties it carries.
    pub duties: Vec<DutyTag>,
    /// Share of cases that rules decide, without anybody's judgement, 0 to 1.
    pub rule_based: Option<f64>,
    /// Share of its input that comes in a form that a machine reads, 0 to 1.
    pub digital_input: Option<f64>,
    /// Share of cases that need something out of the ordinary, 0 to 1.
    pub exceptions: Option<f64>,
    /// Whether that a person does it is what the customer values.
    pub human_touch: bool,
    /// Whether the brand or the quality hangs on how it is done.
    pub quality_critical: bool,
    /// How it is to be done: the standard, or where it is written.
    pub standard: String,
    /// The skill it asks for; every holder counts where it is empty.
    pub skill: String,
    /// What it needs.
    pub inputs: Vec<ArtefactId>,
    /// What it makes or changes.
    pub outputs: Vec<ArtefactId>,
    /// What a case costs beside work time.
    pub cost: Option<Money>,
    /// Where the wait comes from, as a log tells; the parts add up to the wait. Empty where nobody knows.
    pub wait_causes: Vec<CausedWait>,
    /// Which figures were measured; the others are estimates.
    pub measured: Vec<Measurement>,
    /// Free text.
    pub description: String,
    /// What a foreign file says about it that Remit has no notion of, in the words of that file.
    pub kept: String,
}

/// How a gateway splits and joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GatewayKind {
    /// One branch is taken (XOR).
    Exclusive,
    /// All branches are taken (AND).
    Parallel,
    /// One or more branches are taken (OR).
    Inclusive,
    /// The branch whose event comes first is taken.
    EventBased,
    /// By a rule stated in words.
    Complex,
}

impl GatewayKind {
    /// The word for it in sentences.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exclusive => "exclusive",
            Self::Parallel => "parallel",
            Self::Inclusive => "inclusive",
            Self::EventBased => "event-based",
            Self::Complex => "complex",
        }
    }
}

/// Where a flow splits or joins.
#[derive(Clone, Debug, PartialEq)]
pub struct Gateway {
    /// Stable text key.
    pub key: Key,
    /// Name: a question, where it splits; may be empty.
    pub name: String,
    /// The process it belongs to.
    pub process: ProcessId,
    /// The sub-flow that it stands in.
    pub parent: Option<StepId>,
    /// The lane it stands in.
    pub performer: Option<Actor>,
    /// How it splits and joins.
    pub kind: GatewayKind,
    /// The decision taken here.
    pub decision: Option<DecisionId>,
    /// Free text.
    pub description: String,
    /// What a foreign file says about it that Remit has no notion of, in the words of that file.
    pub kept: String,
}

/// What an event does to the flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// The flow begins.
    Start,
    /// The flow waits.
    Intermediate,
    /// The flow ends.
    End,
}

/// What an event is about, by the event definitions of BPMN 2.0 (section 10.5.5).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventTrigger {
    /// Not stated.
    #[default]
    Plain,
    /// A message comes in or goes out.
    Message,
    /// A date comes or a time has passed.
    Timer,
    /// Something went wrong.
    Error,
    /// Somebody above is to hear of it.
    Escalation,
    /// A transaction is called off.
    Cancel,
    /// What was done is undone.
    Compensation,
    /// A condition has come true.
    Condition,
    /// The flow goes on at the event of the same name.
    Link,
    /// Something that everybody can hear.
    Signal,
    /// Everything in this process ends.
    Terminate,
    /// One of several things.
    Multiple,
    /// Several things, all of them.
    ParallelMultiple,
}

/// Where a flow starts, ends or waits.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Stable text key.
    pub key: Key,
    /// Name; may be empty.
    pub name: String,
    /// The process it belongs to.
    pub process: ProcessId,
    /// The sub-flow that it stands in.
    pub parent: Option<StepId>,
    /// The step on whose border it stands (boundary event).
    pub attached: Option<StepId>,
    /// The lane it stands in.
    pub performer: Option<Actor>,
    /// What it does.
    pub kind: EventKind,
    /// What it is about.
    pub trigger: EventTrigger,
    /// Whether an intermediate event sends (throws) rather than waits (catches).
    pub throws: bool,
    /// Whether a boundary event, or the start event of an event sub-flow, lets the work that it interrupts go on.
    pub keeps_running: bool,
    /// How long an intermediate event waits.
    pub wait: Option<Minutes>,
    /// Free text.
    pub description: String,
    /// What a foreign file says about it that Remit has no notion of, in the words of that file.
    pub kept: String,
}

/// An arrow between two nodes of a process.
#[derive(Clone, Debug, PartialEq)]
pub struct Flow {
    /// Stable text key.
    pub key: Key,
    /// Label; may be empty.
    pub name: String,
    /// The process it belongs to: that of both its ends.
    pub process: ProcessId,
    /// Where it starts.
    pub from: FlowNode,
    /// Where it leads.
    pub to: FlowNode,
    /// Share of cases that take it out of an exclusive gateway (p), 0 to 1.
    pub probability: Option<f64>,
    /// What is handed over.
    pub artefact: Option<ArtefactId>,
    /// How it is handed over: in person, phone, mail, shared folder.
    pub channel: String,
    /// When it is taken, in words or as a formula.
    pub condition: String,
    /// Whether it is taken when no other branch is (default flow).
    pub is_default: bool,
    /// Which figures were measured; the others are estimates.
    pub measured: Vec<Measurement>,
    /// Free text.
    pub description: String,
    /// What a foreign file says about it that Remit has no notion of, in the words of that file.
    pub kept: String,
}

/// What a link says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LinkKind {
    /// Something is told or sent to another party (message flow): between nodes of different processes, or between a
    /// node and a whole party.
    Message,
    /// Two things belong together (association), such as a note and what it is about.
    Association,
    /// A step or event needs an artefact.
    Input,
    /// A step or event makes or changes an artefact.
    Output,
}

/// A line of a picture of a process that no case runs along: messages between parties, and what belongs to what.
/// Cases run along flows.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Stable text key.
    pub key: Key,
    /// Label; may be empty.
    pub name: String,
    /// What it says.
    pub kind: LinkKind,
    /// Where it starts: a node, an actor (its whole lane), an artefact, a note, a flow.
    pub from: ElementRef,
    /// Where it leads: one of the same.
    pub to: ElementRef,
    /// Whether an association has an arrowhead at its end.
    pub directed: bool,
    /// Free text.
    pub description: String,
    /// What a foreign file says about it that Remit has no notion of, in the words of that file.
    pub kept: String,
}

/// How an artefact is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ArtefactForm {
    /// A sheet with a folded corner (data object).
    #[default]
    Sheet,
    /// A pile of sheets (collection).
    Pile,
    /// A drum: where things are kept beyond one case (data store).
    Store,
    /// A sheet with an arrow that a process begins with (data input).
    Input,
    /// A sheet with a filled arrow that a process ends with (data output).
    Output,
}

/// What is passed or produced: form, order, parcel, record.
#[derive(Clone, Debug, PartialEq)]
pub struct Artefact {
    /// Stable text key.
    pub key: Key,
    /// Name.
    pub name: String,
    /// What it is: form, order, parcel, record.
    pub kind: String,
    /// Class for the separation of duties: cash, stock, payroll; the name stands in where it is empty.
    pub class: String,
    /// How it is drawn.
    pub form: ArtefactForm,
    /// The state it is in: checked, signed.
    pub state: String,
    /// Whether it holds what not everybody may see: about people, money, secrets.
    pub sensitive: bool,
    /// Who may see and change it.
    pub access: String,
    /// Free text.
    pub description: String,
    /// What a foreign file says about it that Remit has no notion of, in the words of that file.
    pub kept: String,
}
