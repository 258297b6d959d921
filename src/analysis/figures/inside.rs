//! What is behind a closed step, rolled up: steps, hand-offs, work and waiting of the flow that it stands for.
//!
//! Work of a case W = Σ xᵢ · vᵢ ÷ v over the steps inside, v being the visits of the sub-flow, or 1 for a process that is
//! called; waiting alike. A hand-off is a flow whose two ends have different performers. Steps without the figure are
//! counted, not guessed; where a visit is not known, there is no sum.

use super::visits::Visits;
use crate::analysis::Index;
use crate::model::*;

/// The figures of the flow behind a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RolledUp {
    /// Steps without an inside of their own.
    pub steps: usize,
    /// Flows between different performers.
    pub hand_offs: usize,
    /// Work of a case that comes to the step.
    pub work: Option<Minutes>,
    /// Waiting of such a case.
    pub wait: Option<Minutes>,
    /// Steps whose work is not stated.
    pub without_work: usize,
}

/// The figures of every step with something behind it, in the order of the steps.
pub fn rolled_up(document: &Document, index: &Index<'_>, visits: &Visits) -> Vec<(StepId, RolledUp)> {
    let of_step = |id: StepId| match document.inside_of(id)? {
        Inside::SubFlow(step) => {
            let entry = visits.of(index, FlowNode::Step(step));
            Some((id, sum(document, index, visits, &nodes_inside(index, step), entry)))
        }
        Inside::Called(process) => Some((id, sum(document, index, visits, index.nodes_of(process), Some(1.0)))),
    };
    document.steps().ids().filter_map(of_step).collect()
}

/// Nodes inside a sub-flow, however deep. Ends on broken files with cycles, too.
fn nodes_inside(index: &Index<'_>, step: StepId) -> Vec<FlowNode> {
    let mut found: Vec<FlowNode> = Vec::new();
    let mut open = vec![step];
    let mut seen = std::collections::BTreeSet::from([step]);
    while let Some(step) = open.pop() {
        for node in index.inside(step) {
            found.push(*node);
            if let FlowNode::Step(inner) = node
                && seen.insert(*inner)
            {
                open.push(*inner);
            }
        }
    }
    found
}

fn sum(document: &Document, index: &Index<'_>, visits: &Visits, nodes: &[FlowNode], entry: Option<f64>) -> RolledUp {
    let leaves = nodes.iter().filter_map(|node| match node {
        FlowNode::Step(id) if index.inside(*id).is_empty() => Some((*id, document.get::<Step>(*id)?)),
        _ => None,
    });
    let leaves: Vec<(StepId, &Step)> = leaves.collect();
    let entry = entry.filter(|entry| *entry > 0.0);
    let total = |figure: fn(&Step) -> Option<Minutes>| {
        let mut stated = leaves.iter().filter_map(|(id, step)| Some((*id, figure(step)?))).peekable();
        stated.peek()?;
        let minutes = stated.map(|(id, minutes)| Some(minutes.0 * visits.of(index, FlowNode::Step(id))? / entry?));
        minutes.sum::<Option<f64>>().map(Minutes)
    };
    let inside: std::collections::BTreeSet<FlowNode> = nodes.iter().copied().collect();
    let passes_on = |flow: &FlowId| {
        let Some(flow) = document.get::<Flow>(*flow).filter(|flow| inside.contains(&flow.to)) else { return false };
        let (from, to) = (document.performer_of(flow.from), document.performer_of(flow.to));
        from.is_some() && to.is_some() && from != to
    };
    RolledUp {
        steps: leaves.len(),
        hand_offs: nodes.iter().flat_map(|node| index.flows_out(*node)).filter(|flow| passes_on(flow)).count(),
        work: total(|step| step.work),
        wait: total(|step| step.wait),
        without_work: leaves.iter().filter(|(_, step)| step.work.is_none()).count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sub_flow_sums_up_what_a_case_meets_inside() {
        let mut document = Document::default();
        let [clerk, owner] = ["Clerk", "Owner"].map(|name| Actor::Role(document.insert(Role::new(name))));
        let process = document.insert(Process::new("Refund"));
        let around = document.insert(Step { kind: StepKind::SubFlow, ..Step::new(process, "Look it over") });
        let inside = |name: &str, performer, work: Option<f64>| Step {
            parent: Some(around),
            performer: Some(performer),
            work: work.map(Minutes),
            ..Step::new(process, name)
        };
        let check = document.insert(inside("Check", clerk, Some(10.0)));
        let gate = Gateway { parent: Some(around), ..Gateway::new(process, GatewayKind::Exclusive, "Odd?") };
        let gate = document.insert(gate);
        let count = document.insert(inside("Count", owner, Some(20.0)));
        let file = document.insert(inside("File", owner, None));
        let mut flow = |from: FlowNode, to: FlowNode, probability| {
            document.insert(Flow { probability, ..Flow::new(process, from, to) });
        };
        flow(FlowNode::Step(check), FlowNode::Gateway(gate), None);
        flow(FlowNode::Gateway(gate), FlowNode::Step(count), Some(0.25));
        flow(FlowNode::Gateway(gate), FlowNode::Step(file), Some(0.75));
        let back = document.insert(inside("Put away", clerk, None));
        document.insert(Flow::new(process, FlowNode::Step(file), FlowNode::Step(back)));
        let index = Index::new(&document);
        let visits = Visits::new(&document, &index);
        let figures = rolled_up(&document, &index, &visits);
        assert_eq!(figures.len(), 1);
        let (step, rolled) = figures[0];
        assert_eq!((step, rolled.steps, rolled.hand_offs, rolled.without_work), (around, 4, 1, 2));
        assert_eq!((rolled.work, rolled.wait), (Some(Minutes(15.0)), None));
    }
}
