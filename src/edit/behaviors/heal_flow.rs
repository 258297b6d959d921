//! A node that is removed from the middle of a line of flow leaves the line whole.
//!
//! Only nodes with exactly one way in and one way out are healed over, and only where a flow may lead so. The new flow is the one that led in, key, name
//! and probability included.

use std::collections::BTreeMap;

use crate::edit::rules::flow_fits;
use crate::edit::{EditError, Transaction};
use crate::model::*;

pub(super) fn run(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let document = transaction.document();
    let any_removed = before.steps().len() + before.gateways().len() + before.events().len()
        > document.steps().len() + document.gateways().len() + document.events().len();
    if !any_removed {
        return Ok(());
    }
    let is_gone = |node: FlowNode| !document.contains(node.into());
    let mut ways = Ways::new();
    for (_, flow) in before.flows().iter() {
        ways.entry(flow.from).or_default().out.push(flow);
        ways.entry(flow.to).or_default().into.push(flow);
    }
    let mut healed: Vec<Flow> = Vec::new();
    // A flow that is still there was led elsewhere by the edit itself.
    let is_lost =
        |id: FlowId, flow: &Flow| is_gone(flow.to) && !is_gone(flow.from) && document.get::<Flow>(id).is_none();
    for (_, flow) in before.flows().iter().filter(|(id, flow)| is_lost(*id, flow)) {
        let Some(to) = end_of_line(&ways, flow, is_gone) else { continue };
        let doubled = |other: &Flow| other.from == flow.from && other.to == to;
        let exists = document.flows().iter().any(|(_, other)| doubled(other)) || healed.iter().any(doubled);
        if !exists && flow_fits(document, flow.from, to).is_ok() {
            healed.push(Flow { to, ..flow.clone() });
        }
    }
    for mut flow in healed {
        flow.artefact = flow.artefact.filter(|artefact| transaction.document().contains((*artefact).into()));
        transaction.insert(flow);
    }
    Ok(())
}

#[derive(Default)]
struct Ends<'a> {
    into: Vec<&'a Flow>,
    out: Vec<&'a Flow>,
}

type Ways<'a> = BTreeMap<FlowNode, Ends<'a>>;

/// The first node that stays, behind removed ones with one way in and one way out each.
fn end_of_line(ways: &Ways<'_>, flow: &Flow, is_gone: impl Fn(FlowNode) -> bool) -> Option<FlowNode> {
    let mut node = flow.to;
    for _ in 0..=ways.len() {
        if !is_gone(node) {
            return Some(node);
        }
        let ends = ways.get(&node)?;
        let ([_], [on]) = (ends.into.as_slice(), ends.out.as_slice()) else { return None };
        node = on.to;
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::edit::{Remove, apply};
    use crate::model::*;

    fn chain(names: &[&str]) -> (Document, Vec<StepId>) {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let steps: Vec<StepId> = names.iter().map(|name| document.insert(Step::new(process, *name))).collect();
        for pair in steps.windows(2) {
            let flow = Flow::new(process, FlowNode::Step(pair[0]), FlowNode::Step(pair[1]));
            document.insert(Flow { probability: Some(0.7), ..flow });
        }
        (document, steps)
    }

    fn flows(document: &Document) -> Vec<String> {
        let name = |node: FlowNode| document.name_of(node.into()).to_owned();
        document.flows().iter().map(|(_, flow)| format!("{}>{}", name(flow.from), name(flow.to))).collect()
    }

    #[test]
    fn two_removed_steps_in_a_row_leave_one_flow_with_its_key() {
        let (document, steps) = chain(&["a", "b", "c", "d"]);
        let key = document.flows().iter().next().unwrap().1.key.clone();
        let edit = Remove { elements: vec![steps[1].into(), steps[2].into()] };
        let after = apply(&document, &edit.into()).unwrap().document;
        assert_eq!(flows(&after), ["a>d"]);
        let (_, flow) = after.flows().iter().next().unwrap();
        assert_eq!((&flow.key, flow.probability), (&key, Some(0.7)));
    }

    #[test]
    fn a_removed_sub_flow_is_healed_over_and_nothing_leads_out_of_one() {
        let (mut document, steps) = chain(&["a", "b", "c"]);
        let process = document.processes().ids().next().unwrap();
        document.get_mut::<Step>(steps[1]).unwrap().kind = StepKind::SubFlow;
        let inner: Vec<StepId> = ["x", "y", "z"]
            .map(|name| document.insert(Step { parent: Some(steps[1]), ..Step::new(process, name) }))
            .to_vec();
        for pair in inner.windows(2) {
            document.insert(Flow::new(process, FlowNode::Step(pair[0]), FlowNode::Step(pair[1])));
        }
        let without_middle = apply(&document, &Remove { elements: vec![inner[1].into()] }.into()).unwrap().document;
        assert_eq!(flows(&without_middle), ["a>b", "b>c", "x>z"]);
        let border = Event { attached: Some(steps[1]), ..Event::new(process, EventKind::Intermediate, "e") };
        document.insert(border);
        let after = apply(&document, &Remove { elements: vec![steps[1].into()] }.into()).unwrap().document;
        assert_eq!((flows(&after), after.steps().len(), after.events().len()), (vec!["a>c".to_owned()], 2, 0));
        // A drawn flow may cross a border; a healed one does not.
        let crossing = Flow::new(process, FlowNode::Step(inner[2]), FlowNode::Step(steps[2]));
        document.insert(crossing);
        let after = apply(&document, &Remove { elements: vec![inner[2].into()] }.into()).unwrap().document;
        assert_eq!(flows(&after), ["a>b", "b>c", "x>y"]);
    }

    #[test]
    fn a_node_with_two_ways_out_is_not_healed_over() {
        let (mut document, steps) = chain(&["a", "b", "c"]);
        let process = document.processes().ids().next().unwrap();
        let other = document.insert(Step::new(process, "d"));
        document.insert(Flow::new(process, FlowNode::Step(steps[1]), FlowNode::Step(other)));
        let after = apply(&document, &Remove { elements: vec![steps[1].into()] }.into()).unwrap().document;
        assert_eq!(flows(&after), Vec::<String>::new());
    }
}
