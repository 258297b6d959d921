//! Another branch beside a node.

use super::add_node::node_of;
use crate::edit::rules::{flow_fits, need, problems_with_new};
use crate::edit::wording::named;
use crate::edit::{EditAction, EditError, Record, Transaction, Verdict};
use crate::model::*;

/// Adds a node as another branch from what leads to a node.
///
/// Where that is a gateway, the branch starts there. A step or event has one way on only, so an exclusive gateway is
/// put behind it, from which both ways lead.
#[derive(Clone, Debug, PartialEq)]
pub struct AddBranch {
    /// The node beside which the branch comes.
    pub beside: FlowNode,
    /// A step, gateway or event; its process, sub-flow and performer are those of the node beside, where it has none.
    pub record: Record,
}

impl AddBranch {
    /// The flow that leads to the node beside: the first one.
    fn way_in(&self, document: &Document) -> Option<(FlowId, Flow)> {
        document.flows().iter().find(|(_, flow)| flow.to == self.beside).map(|(id, flow)| (id, flow.clone()))
    }

    fn check(&self, document: &Document) -> Result<bool, String> {
        need(document, self.beside)?;
        let Some((_, flow)) = self.way_in(document) else {
            return Err(format!("Nothing leads to {}, so there is no branch beside it.", named(document, self.beside.into())));
        };
        let record = self.prepared(document).ok_or("Only steps, gateways and events are nodes of a process.")?;
        problems_with_new(document, &record)?;
        let mut draft = document.clone();
        if let Ok(node) = FlowNode::try_from(record.draft_into(&mut draft)) {
            flow_fits(&draft, flow.from, node)?;
        }
        Ok(true)
    }

    fn prepared(&self, document: &Document) -> Option<Record> {
        let process = document.process_of(self.beside)?;
        let performer = || document.performer_of(self.beside);
        node_of(&self.record, process, || document.parent_of(self.beside), |own| own.or_else(performer))
    }
}

impl EditAction for AddBranch {
    fn label(&self, document: &Document) -> String {
        format!("Add branch beside {}", named(document, self.beside.into()))
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let document = transaction.document();
        let Some((id, flow)) = self.way_in(document) else { return Err(EditError::Missing("flow")) };
        let Some(record) = self.prepared(document) else { return Err(EditError::Missing("node")) };
        let from = flow.from;
        let split = Gateway {
            parent: document.parent_of(from),
            performer: document.performer_of(from),
            ..Gateway::new(flow.process, GatewayKind::Exclusive, "")
        };
        // The new branch is made first: it is what the user goes on with.
        let Ok(branch) = FlowNode::try_from(record.insert(transaction)) else { return Err(EditError::Missing("node")) };
        let start = match from {
            FlowNode::Gateway(_) => from,
            FlowNode::Step(_) | FlowNode::Event(_) => {
                let split = FlowNode::Gateway(transaction.insert(split));
                transaction.update(id, |flow: &mut Flow| flow.from = split)?;
                transaction.insert(Flow::new(flow.process, from, split));
                split
            }
        };
        transaction.insert(Flow::new(flow.process, start, branch));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;

    fn pair() -> (Document, FlowNode, FlowNode) {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let [one, two] = ["Check", "Pay"].map(|name| FlowNode::Step(document.insert(Step::new(process, name))));
        document.insert(Flow { name: "yes".to_owned(), ..Flow::new(process, one, two) });
        (document, one, two)
    }

    fn branch(document: &Document, beside: FlowNode) -> AddBranch {
        let process = document.processes().ids().next().unwrap();
        AddBranch { beside, record: Step::new(process, "Refuse").into() }
    }

    #[test]
    fn a_gateway_comes_between_where_there_was_one_way_on() {
        let (document, one, two) = pair();
        let first = apply(&document, &branch(&document, two).into()).unwrap();
        let after = first.document;
        assert!(matches!(first.created[0], ElementRef::Step(_)));
        let split = FlowNode::Gateway(after.gateways().ids().next().unwrap());
        let ways: Vec<(FlowNode, &str)> = after.flows().iter().map(|(_, flow)| (flow.from, flow.name.as_str())).collect();
        assert_eq!(ways, [(split, "yes"), (one, ""), (split, "")]);
        let second = apply(&after, &branch(&after, two).into()).unwrap().document;
        assert_eq!((second.gateways().len(), second.flows().len()), (1, 4));
        assert_eq!(integrity::check(&second), []);
    }

    #[test]
    fn what_comes_first_has_no_branch_beside_it() {
        let (document, one, _) = pair();
        let reason = "Nothing leads to “Check”, so there is no branch beside it.".to_owned();
        assert_eq!(branch(&document, one).can_apply(&document), Verdict::No(reason));
    }
}
