//! A piece of process written as text: nodes, flows and new performers in one step.

use crate::edit::rules::{can_flow, need, problems_with_new};
use crate::edit::wording::quoted;
use crate::edit::{EditAction, EditError, Record, Transaction, Verdict};
use crate::model::*;

/// Adds nodes to a process with the flows between them and the roles that perform them.
///
/// New parts are named by their place in the lists below. Lanes, pictures and their places follow as for any new node.
#[derive(Clone, Debug, PartialEq)]
pub struct WriteFlow {
    /// The process; that of the records is set to it.
    pub process: ProcessId,
    /// New roles.
    pub roles: Vec<Role>,
    /// New steps, gateways and events.
    pub nodes: Vec<WrittenNode>,
    /// New flows, also between nodes that exist.
    pub flows: Vec<WrittenFlow>,
}

/// A node to add.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenNode {
    /// A step, gateway or event; its process and performer are set.
    pub record: Record,
    /// Who performs it.
    pub performer: Option<WrittenPerformer>,
}

/// Who performs a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WrittenPerformer {
    /// Somebody who exists.
    Known(Actor),
    /// A new role: a place in the list of roles.
    New(usize),
}

/// An end of a flow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WrittenEnd {
    /// A node that exists.
    Known(FlowNode),
    /// A new node: a place in the list of nodes.
    New(usize),
}

/// A flow to add.
#[derive(Clone, Debug, PartialEq)]
pub struct WrittenFlow {
    /// Where it starts.
    pub from: WrittenEnd,
    /// Where it leads.
    pub to: WrittenEnd,
    /// Its name: the condition under which it is taken.
    pub name: String,
    /// How often it is taken.
    pub probability: Option<f64>,
}

impl WriteFlow {
    fn check(&self, document: &Document) -> Result<bool, String> {
        need(document, self.process)?;
        let mut draft = Transaction::new(document);
        let roles = self.insert_roles(&mut draft);
        let mut made = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            let record = self.prepared(node, &roles).map_err(|error| error.to_string())?;
            problems_with_new(draft.document(), &record)?;
            made.push(record.insert(&mut draft));
        }
        for written in &self.flows {
            let flow = self.flow(written, &made).map_err(|error| error.to_string())?;
            if let Verdict::No(reason) = can_flow(draft.document(), flow.from, flow.to) {
                return Err(reason);
            }
            if flow.probability.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
                return Err("A probability lies between 0 and 1.".to_owned());
            }
            draft.insert(flow);
        }
        Ok(!self.nodes.is_empty() || !self.flows.is_empty())
    }

    fn insert_roles(&self, transaction: &mut Transaction) -> Vec<RoleId> {
        let orders = transaction.document().roles().iter().map(|(_, role)| role.order);
        let first = orders.max().map_or(0, |last| last.saturating_add(1));
        let ordered = (first..).zip(&self.roles);
        ordered.map(|(order, role)| transaction.insert(Role { order, ..role.clone() })).collect()
    }

    fn prepared(&self, node: &WrittenNode, roles: &[RoleId]) -> Result<Record, EditError> {
        let actor = match node.performer {
            Some(WrittenPerformer::Known(actor)) => Some(actor),
            Some(WrittenPerformer::New(place)) => {
                Some(roles.get(place).copied().map(Actor::Role).ok_or(EditError::Missing("role"))?)
            }
            None => None,
        };
        super::add_node::node_of(&node.record, self.process, || None, |own| actor.or(own))
            .ok_or_else(|| EditError::Refused("Only steps, gateways and events are nodes of a process.".to_owned()))
    }

    fn flow(&self, written: &WrittenFlow, made: &[ElementRef]) -> Result<Flow, EditError> {
        let end = |end: WrittenEnd| match end {
            WrittenEnd::Known(node) => Ok(node),
            WrittenEnd::New(place) => made
                .get(place)
                .and_then(|element| FlowNode::try_from(*element).ok())
                .ok_or(EditError::Missing("node")),
        };
        Ok(Flow {
            name: written.name.clone(),
            probability: written.probability,
            ..Flow::new(self.process, end(written.from)?, end(written.to)?)
        })
    }
}

impl EditAction for WriteFlow {
    fn label(&self, _document: &Document) -> String {
        match self.nodes.as_slice() {
            [] => "Add flows".to_owned(),
            [one] if !one.record.name().is_empty() => {
                format!("Write {} {}", one.record.kind().word(), quoted(one.record.name()))
            }
            many if many.iter().all(|node| matches!(node.record, Record::Step(_))) => {
                format!("Write {} steps", many.len())
            }
            many => format!("Write {} nodes", many.len()),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let roles = self.insert_roles(transaction);
        let mut made = Vec::with_capacity(self.nodes.len());
        for node in &self.nodes {
            made.push(self.prepared(node, &roles)?.insert(transaction));
        }
        for written in &self.flows {
            let flow = self.flow(written, &made)?;
            transaction.insert(flow);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;

    fn flow(from: WrittenEnd, to: WrittenEnd, name: &str) -> WrittenFlow {
        WrittenFlow { from, to, name: name.to_owned(), probability: None }
    }

    #[test]
    fn new_nodes_follow_old_ones_and_new_roles_get_lanes() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let kind = ViewKind::Process { process, lanes: Vec::new(), direction: FlowDirection::default() };
        let view = document.insert(View::new("Refund", kind));
        let first = FlowNode::Step(document.insert(Step::new(process, "Check")));
        let node = |record: Record| WrittenNode { record, performer: Some(WrittenPerformer::New(0)) };
        let edit = WriteFlow {
            process,
            roles: vec![Role::new("Clerk")],
            nodes: vec![
                node(Gateway::new(process, GatewayKind::Exclusive, "Fine?").into()),
                node(Step::new(process, "Pay").into()),
            ],
            flows: vec![
                flow(WrittenEnd::Known(first), WrittenEnd::New(0), ""),
                flow(WrittenEnd::New(0), WrittenEnd::New(1), "yes"),
                flow(WrittenEnd::New(0), WrittenEnd::Known(first), "no"),
            ],
        };
        let after = apply(&document, &edit.clone().into()).unwrap().document;
        assert_eq!((after.flows().len(), after.gateways().len(), after.roles().len()), (3, 1, 1));
        assert_eq!(after.get::<View>(view).unwrap().lanes().len(), 1);
        assert_eq!(integrity::check(&after), []);
        let twice = WriteFlow { flows: vec![edit.flows[0].clone(), edit.flows[0].clone()], ..edit };
        assert!(matches!(twice.can_apply(&document), Verdict::No(_)));
    }

    #[test]
    fn what_the_rules_of_flows_forbid_is_refused() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let end = FlowNode::Event(document.insert(Event::new(process, EventKind::End, "Done")));
        let edit = WriteFlow {
            process,
            roles: Vec::new(),
            nodes: vec![WrittenNode { record: Step::new(process, "Pay").into(), performer: None }],
            flows: vec![flow(WrittenEnd::Known(end), WrittenEnd::New(0), "")],
        };
        assert_eq!(edit.can_apply(&document), Verdict::No("Nothing comes after an end event.".to_owned()));
        let gone = WriteFlow { flows: vec![flow(WrittenEnd::New(4), WrittenEnd::New(0), "")], ..edit };
        assert!(matches!(gone.can_apply(&document), Verdict::No(_)));
    }
}
