//! How work flows: processes with steps, gateways, events, flows and artefacts.

use super::ids::{Actor, ArtefactId, DecisionId, FlowNode, ProcessId, RoleId, SystemId};
use super::key::Key;
use super::quantity::{Date, Minutes, Money, Rate};

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
    /// How grave it is when it stops: 1 to 5.
    pub criticality: Option<u8>,
    /// Longest outage the firm can bear.
    pub tolerable_outage: Option<Minutes>,
    /// How fast it is to run again after an outage.
    pub recovery_target: Option<Minutes>,
    /// When it is to be looked at again.
    pub review: Option<Date>,
    /// How long a case should take.
    pub lead_time_goal: Option<Minutes>,
    /// What sets it off.
    pub trigger: String,
    /// What comes out.
    pub result: String,
    /// Free text.
    pub description: String,
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

/// A piece of work in a process, performed by one role or system.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// Stable text key.
    pub key: Key,
    /// Name: verb and object.
    pub name: String,
    /// The process it belongs to.
    pub process: ProcessId,
    /// Who performs it: its lane.
    pub performer: Option<Actor>,
    /// The system that supports it.
    pub system: Option<SystemId>,
    /// Work per case (x).
    pub work: Option<Minutes>,
    /// Waiting per case before the work begins (w).
    pub wait: Option<Minutes>,
    /// How often a batch is worked off.
    pub batch_period: Option<Minutes>,
    /// Share done complete and accurate at the first try (y), 0 to 1.
    pub first_time_right: Option<f64>,
    /// What it does for the customer.
    pub value: Option<ValueClass>,
    /// Which separable duties it carries.
    pub duties: Vec<DutyTag>,
    /// The skill it asks for; every holder counts where it is empty.
    pub skill: String,
    /// What it needs.
    pub inputs: Vec<ArtefactId>,
    /// What it makes or changes.
    pub outputs: Vec<ArtefactId>,
    /// What a case costs beside work time.
    pub cost: Option<Money>,
    /// Free text.
    pub description: String,
}

/// How a gateway splits and joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GatewayKind {
    /// One branch is taken (XOR).
    Exclusive,
    /// All branches are taken (AND).
    Parallel,
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
    /// The lane it stands in.
    pub performer: Option<Actor>,
    /// How it splits and joins.
    pub kind: GatewayKind,
    /// The decision taken here.
    pub decision: Option<DecisionId>,
    /// Free text.
    pub description: String,
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

/// Where a flow starts, ends or waits.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Stable text key.
    pub key: Key,
    /// Name; may be empty.
    pub name: String,
    /// The process it belongs to.
    pub process: ProcessId,
    /// The lane it stands in.
    pub performer: Option<Actor>,
    /// What it does.
    pub kind: EventKind,
    /// How long an intermediate event waits.
    pub wait: Option<Minutes>,
    /// Free text.
    pub description: String,
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
    /// Free text.
    pub description: String,
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
    /// Free text.
    pub description: String,
}
