//! A new node in the middle of a flow.

use super::add_node::{event_kind, node_of};
use crate::edit::lanes::performer_at;
use crate::edit::pictures::Pictures;
use crate::edit::rules::{all_finite, flow_fits, need, need_view, problems_with_new};
use crate::edit::wording::named;
use crate::edit::{EditAction, EditError, Record, Transaction, Verdict};
use crate::model::*;

/// Splits a flow by a step, gateway or intermediate event, in the sub-flow of the flow. The flow keeps its start, name and probability and leads to
/// the new node; a new flow leads on from there.
#[derive(Clone, Debug, PartialEq)]
pub struct InsertOnFlow {
    /// The flow.
    pub flow: FlowId,
    /// The new node; its process is set.
    pub record: Record,
    /// The view in which `center` is meant.
    pub view: Option<ViewId>,
    /// Its centre; none to be arranged.
    pub center: Option<Point>,
}

impl InsertOnFlow {
    fn check(&self, document: &Document) -> Result<bool, String> {
        need(document, self.flow)?;
        all_finite(&self.center)?;
        if let Some(view) = self.view {
            need_view(document, view)?;
        }
        if matches!(event_kind(&self.record), Some(EventKind::Start | EventKind::End)) {
            return Err("Only intermediate events stand between two nodes.".to_owned());
        }
        let record = self.prepared(document).ok_or("Only steps, gateways and events are nodes of a process.")?;
        problems_with_new(document, &record)?;
        let Some(flow) = document.get::<Flow>(self.flow) else { return Ok(false) };
        let mut draft = document.clone();
        if let Ok(node) = FlowNode::try_from(record.draft_into(&mut draft)) {
            flow_fits(&draft, flow.from, node)?;
            flow_fits(&draft, node, flow.to)?;
        }
        Ok(true)
    }

    fn prepared(&self, document: &Document) -> Option<Record> {
        let flow = document.get::<Flow>(self.flow)?;
        let at_center = || performer_at(document, self.view?, self.center?);
        let before = || document.performer_of(flow.from);
        node_of(
            &self.record,
            flow.process,
            || document.parent_of(flow.from),
            |own| own.or_else(|| at_center().unwrap_or_else(before)),
        )
    }
}

impl EditAction for InsertOnFlow {
    fn label(&self, document: &Document) -> String {
        let kind = self.record.kind().word();
        match document.get::<Flow>(self.flow) {
            Some(flow) => {
                format!(
                    "Insert {kind} between {} and {}",
                    named(document, flow.from.into()),
                    named(document, flow.to.into())
                )
            }
            None => format!("Insert {kind}"),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let document = transaction.document();
        let Some(old) = document.get::<Flow>(self.flow).cloned() else { return Err(EditError::Missing("flow")) };
        let Some(record) = self.prepared(document) else { return Err(EditError::Missing("node")) };
        let element = record.insert(transaction);
        let Ok(node) = FlowNode::try_from(element) else { return Err(EditError::Missing("node")) };
        transaction.update(self.flow, |flow: &mut Flow| flow.to = node)?;
        transaction.insert(Flow::new(old.process, node, old.to));
        if let Some(view) = self.view
            && super::fits_view(transaction.document(), view, element)
        {
            let mut pictures = Pictures::of(transaction.document(), view);
            pictures.change(transaction, element, |placement| placement.center = self.center)?;
        }
        Ok(())
    }
}
