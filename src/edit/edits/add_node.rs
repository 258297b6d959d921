//! A new node of a process.

use std::collections::BTreeSet;

use crate::edit::lanes::{nodes_in, performer_at, pool_of, processes_in_pool};
use crate::edit::nest::{Boxes, Nest};
use crate::edit::pictures::Pictures;
use crate::edit::rules::{all_finite, flow_fits, need, need_view, problems_with_new};
use crate::edit::wording::{named, quoted};
use crate::edit::{EditAction, EditError, Record, Transaction, Verdict};
use crate::model::*;

/// Adds a step, gateway or event, with the flow that leads to it, in one step.
///
/// It stands in the sub-flow that its record names, else in that of the node before, else in the one that is shown open
/// at its centre. Its performer is its own where it has one, else that of the lane at its centre, else that of the node
/// before, else, where no place is stated either, that of the first lane of the view. It appears in every view of the
/// process.
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
            let is_other = shown.process().is_some_and(|process| process != self.process);
            let is_shown = |node: FlowNode| document.process_of(node) == Some(self.process);
            if is_other && !nodes_in(document, view).into_iter().any(is_shown) {
                return Err("The view shows another process.".to_owned());
            }
        }
        let record = self.prepared(document).ok_or("Only steps, gateways and events are nodes of a process.")?;
        problems_with_new(document, &record)?;
        if let Some(after) = self.after {
            check_after(document, self.process, after, &record)?;
        }
        if let Some((view, center)) = self.view.zip(self.center)
            && let Some(other) = self.foreign_pool(document, view, center)
        {
            return Err(format!("Here stands {}.", named(document, other.into())));
        }
        match self.probability {
            Some(share) if !(0.0..=1.0).contains(&share) => Err("A probability lies between 0 and 1.".to_owned()),
            _ => Ok(true),
        }
    }

    /// The process of the pool at a place, if it is another one.
    fn foreign_pool(&self, document: &Document, view: ViewId, center: Point) -> Option<ProcessId> {
        let record = document.get::<View>(view)?;
        let index = lane_at(record.lanes(), record.direction(), center)?;
        let pool = pool_of(record.lanes(), index);
        let shown = document.placements_in(view).filter_map(|(_, shown)| FlowNode::try_from(shown.element).ok());
        let processes = processes_in_pool(document, record.lanes(), pool, shown);
        processes.iter().next().copied().filter(|_| !processes.contains(&self.process))
    }

    /// The record with its process, sub-flow and performer; none for other kinds.
    fn prepared(&self, document: &Document) -> Option<Record> {
        let at_center = || performer_at(document, self.view?, self.center?);
        let before = || match (self.after, self.view, self.center) {
            (Some(after), _, _) => document.performer_of(after),
            (None, Some(view), None) => first_lane(document, view, self.process),
            _ => None,
        };
        let performer = |own: Option<Actor>| own.or_else(|| at_center().unwrap_or_else(before));
        let parent = || match self.after {
            Some(after) => document.parent_of(after),
            None => match (self.view?, self.center) {
                (view, Some(center)) => frame_at(document, view, center, self.process),
                (view, None) => within(document, view, self.process),
            },
        };
        node_of(&self.record, self.process, parent, performer)
    }
}

/// The actor of the first lane of a view that encloses no others; none where the view is not that of the process alone.
fn first_lane(document: &Document, view: ViewId, process: ProcessId) -> Option<Actor> {
    let view = document.get::<View>(view).filter(|view| view.process() == Some(process))?;
    let lanes = view.lanes();
    let encloses = |at: usize, lane: &Lane| lanes.get(at + 1).is_some_and(|next| next.depth > lane.depth);
    lanes.iter().enumerate().find(|(at, lane)| !encloses(*at, lane)).and_then(|(_, lane)| lane.actor)
}

/// The innermost sub-flow of a process that a view shows open at a place, else the one whose inside it shows.
pub(in crate::edit) fn frame_at(
    document: &Document,
    view: ViewId,
    center: Point,
    process: ProcessId,
) -> Option<StepId> {
    let (pictures, nest) = (Pictures::of(document, view), Nest::of(document));
    let frame = Boxes::new(document, &pictures, &nest).frame_at(center, &BTreeSet::new());
    let is_of_process = |step: &StepId| document.process_of(FlowNode::Step(*step)) == Some(process);
    frame.filter(is_of_process).or_else(|| within(document, view, process))
}

/// The sub-flow of a process whose inside a view shows.
fn within(document: &Document, view: ViewId, process: ProcessId) -> Option<StepId> {
    let step = document.get::<View>(view)?.within?;
    (document.process_of(FlowNode::Step(step)) == Some(process)).then_some(step)
}

/// The record as a node of a process, in the sub-flow of its own or else that one, its performer chosen from its own
/// one; none for other kinds.
pub(super) fn node_of(
    record: &Record,
    process: ProcessId,
    parent: impl FnOnce() -> Option<StepId>,
    performer: impl FnOnce(Option<Actor>) -> Option<Actor>,
) -> Option<Record> {
    let mut record = record.clone();
    match &mut record {
        Record::Step(step) => {
            step.process = process;
            step.parent = step.parent.or_else(parent);
            step.performer = performer(step.performer);
        }
        Record::Gateway(gateway) => {
            gateway.process = process;
            gateway.parent = gateway.parent.or_else(parent);
            gateway.performer = performer(gateway.performer);
        }
        Record::Event(event) => {
            event.process = process;
            event.parent = event.parent.or_else(parent);
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
    let mut draft = document.clone();
    match FlowNode::try_from(record.clone().draft_into(&mut draft)) {
        Ok(node) => flow_fits(&draft, after, node),
        Err(_) => Ok(()),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{InsertOnFlow, apply};

    #[test]
    fn a_new_node_stands_in_the_sub_flow_of_its_neighbour_or_of_its_place() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let view = document.insert(View::new("Board", ViewKind::Board));
        let around = document.insert(Step { kind: StepKind::SubFlow, ..Step::new(process, "Around") });
        let size = Some(Size::new(400.0, 200.0));
        let center = Some(Point::new(200.0, 100.0));
        document.insert(Placement { center, size, ..Placement::unplaced(view, around.into()) });
        let step = || Record::from(Step::new(process, "New"));
        let parent =
            |document: &Document, element: ElementRef| document.parent_of(FlowNode::try_from(element).unwrap());
        let at = |x: f64| AddNode {
            view: Some(view),
            center: Some(Point::new(x, 100.0)),
            ..AddNode::new(process, step(), None)
        };
        let inside = apply(&document, &at(50.0).into()).unwrap();
        let outside = apply(&document, &at(900.0).into()).unwrap();
        assert_eq!(parent(&inside.document, inside.created[0]), Some(around));
        assert_eq!(parent(&outside.document, outside.created[0]), None);
        let first = FlowNode::try_from(inside.created[0]).unwrap();
        let next = AddNode { after: Some(first), ..at(460.0) };
        let next = apply(&inside.document, &next.into()).unwrap();
        assert_eq!(parent(&next.document, next.created[0]), Some(around));
        let frame = next.document.placement_of(view, around.into()).unwrap().1;
        assert_eq!(frame.size, Some(Size::new(566.0, 200.0)));
        let flow = next.document.flows().ids().next().unwrap();
        let between = InsertOnFlow { flow, record: step(), view: None, center: None };
        let between = apply(&next.document, &between.into()).unwrap();
        assert_eq!(parent(&between.document, between.created[0]), Some(around));
    }

    #[test]
    fn nothing_is_added_behind_what_nothing_follows() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let waits = document.insert(Gateway::new(process, GatewayKind::EventBased, "Which first?"));
        let edit = |record: Record| AddNode::new(process, record, Some(FlowNode::Gateway(waits)));
        assert!(matches!(edit(Step::new(process, "Work").into()).can_apply(&document), Verdict::No(_)));
        let event = Event { trigger: EventTrigger::Timer, ..Event::new(process, EventKind::Intermediate, "") };
        assert_eq!(edit(event.into()).can_apply(&document), Verdict::Yes);
    }
}
