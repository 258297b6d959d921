//! A new node of a process.

use crate::edit::lanes::performer_at;
use crate::edit::pictures::Pictures;
use crate::edit::rules::{all_finite, need, need_view, problems_with_new};
use crate::edit::wording::quoted;
use crate::edit::{EditAction, EditError, Record, Transaction, Verdict};
use crate::model::*;

/// Adds a step, gateway or event, with the flow that leads to it, in one step.
///
/// Its performer is its own where it has one, else that of the lane at its centre, else that of the node before. It
/// appears in every view of the process.
#[derive(Clone, Debug, PartialEq)]
pub struct AddNode {
    /// The view in which `center` is meant.
    pub view: Option<ViewId>,
    /// The process; that of the record is set to it.
    pub process: ProcessId,
    /// A step, gateway or event.
    pub record: Record,
    /// Its centre; none to be arranged.
    pub center: Option<Point>,
    /// The node from which a flow leads to it.
    pub after: Option<FlowNode>,
    /// Probability of that flow.
    pub probability: Option<f64>,
}

impl AddNode {
    /// A node of a process, to be arranged, with a flow from `after`.
    pub fn new(process: ProcessId, record: impl Into<Record>, after: Option<FlowNode>) -> Self {
        Self { view: None, process, record: record.into(), center: None, after, probability: None }
    }

    fn check(&self, document: &Document) -> Result<bool, String> {
        need(document, self.process)?;
        all_finite(&self.center)?;
        if let Some(view) = self.view {
            let shown = need_view(document, view)?;
            if shown.process().is_some_and(|process| process != self.process) {
                return Err("The view shows another process.".to_owned());
            }
        }
        let record = self.prepared(document).ok_or("Only steps, gateways and events are nodes of a process.")?;
        problems_with_new(document, &record)?;
        if let Some(after) = self.after {
            check_after(document, self.process, after, &record)?;
        }
        match self.probability {
            Some(share) if !(0.0..=1.0).contains(&share) => Err("A probability lies between 0 and 1.".to_owned()),
            _ => Ok(true),
        }
    }

    /// The record with its process and performer; none for other kinds.
    fn prepared(&self, document: &Document) -> Option<Record> {
        let at_center = || performer_at(document, self.view?, self.center?);
        let before = || self.after.and_then(|after| document.performer_of(after));
        let performer = |own: Option<Actor>| own.or_else(|| at_center().unwrap_or_else(before));
        node_of(&self.record, self.process, performer)
    }
}

/// The record as a node of a process, its performer chosen from its own one; none for other kinds.
pub(super) fn node_of(
    record: &Record,
    process: ProcessId,
    performer: impl FnOnce(Option<Actor>) -> Option<Actor>,
) -> Option<Record> {
    let mut record = record.clone();
    match &mut record {
        Record::Step(step) => {
            step.process = process;
            step.performer = performer(step.performer);
        }
        Record::Gateway(gateway) => {
            gateway.process = process;
            gateway.performer = performer(gateway.performer);
        }
        Record::Event(event) => {
            event.process = process;
            event.performer = performer(event.performer);
        }
        _ => return None,
    }
    Some(record)
}

/// What kind of event a record is.
pub(super) fn event_kind(record: &Record) -> Option<EventKind> {
    match record {
        Record::Event(event) => Some(event.kind),
        _ => None,
    }
}

fn check_after(document: &Document, process: ProcessId, after: FlowNode, record: &Record) -> Result<(), String> {
    need(document, after)?;
    if document.process_of(after) != Some(process) {
        return Err("The node before it is in another process.".to_owned());
    }
    if event_kind(record) == Some(EventKind::Start) {
        return Err("Nothing comes before a start event.".to_owned());
    }
    let ends = matches!(after, FlowNode::Event(id)
        if document.get::<Event>(id).is_some_and(|event| event.kind == EventKind::End));
    if ends { Err("Nothing comes after an end event.".to_owned()) } else { Ok(()) }
}

impl EditAction for AddNode {
    fn label(&self, _document: &Document) -> String {
        match self.record.name() {
            "" => format!("Add {}", self.record.kind().word()),
            name => format!("Add {} {}", self.record.kind().word(), quoted(name)),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let Some(record) = self.prepared(transaction.document()) else { return Err(EditError::Missing("node")) };
        let element = record.insert(transaction);
        if let Some(from) = self.after
            && let Ok(to) = FlowNode::try_from(element)
        {
            let flow = Flow { probability: self.probability, ..Flow::new(self.process, from, to) };
            transaction.insert(flow);
        }
        if let Some(view) = self.view
            && super::fits_view(transaction.document(), view, element)
        {
            let mut pictures = Pictures::of(transaction.document(), view);
            pictures.change(transaction, element, |placement| placement.center = self.center)?;
        }
        Ok(())
    }
}
