//! What a text came to: the edit, how much of what, which ends are open.

use super::Writer;
use crate::edit::{Edit, Record, WriteFlow, WrittenEnd, WrittenNode};
use crate::import::outline::Draft;
use crate::model::GatewayKind;

impl Writer<'_> {
    /// What was written.
    pub(in crate::import::outline) fn finish(mut self) -> Draft {
        for split in self.splits.iter().filter(|split| !split.is_older && !split.is_parallel) {
            if let (WrittenEnd::New(index), true) = (split.gateway, split.conditions.len() < 2)
                && let Some(node) = self.nodes.get(index)
            {
                let name = node.record.name();
                let said = match split.conditions.is_empty() {
                    true => format!("“{name}” has no branches yet: write them as “(yes) …; (no) …”."),
                    false => format!("“{name}” has one branch only so far."),
                };
                self.problems.push(said);
            }
        }
        let mut tails = std::mem::take(&mut self.tails);
        for split in self.splits.iter_mut().filter(|split| !split.is_older && split.conditions.len() > 1) {
            tails.append(&mut split.ends);
        }
        let mut loose: Vec<WrittenEnd> = tails.into_iter().map(|tail| tail.from).collect();
        loose.sort_unstable();
        loose.dedup();
        let counts = counts(&self.nodes, self.flows.len(), self.actors.new.len());
        let is_empty = self.nodes.is_empty() && self.flows.is_empty();
        let edit = WriteFlow { process: self.process, roles: self.actors.new, nodes: self.nodes, flows: self.flows };
        Draft {
            edit: (!is_empty).then(|| Edit::from(edit)),
            counts,
            problems: self.problems,
            choices: self.actors.choices,
            loose,
        }
    }
}

fn counts(nodes: &[WrittenNode], flows: usize, roles: usize) -> Vec<(usize, &'static str, &'static str)> {
    let count = |is: fn(&Record) -> bool| nodes.iter().filter(|node| is(&node.record)).count();
    let is_gateway = |record: &Record, kind: GatewayKind| matches!(record, Record::Gateway(gate) if gate.kind == kind);
    let parallel = nodes.iter().filter(|node| is_gateway(&node.record, GatewayKind::Parallel)).count();
    let decisions = nodes.iter().filter(|node| is_gateway(&node.record, GatewayKind::Exclusive)).count();
    let only_flows = if nodes.is_empty() { flows } else { 0 };
    vec![
        (count(|record| matches!(record, Record::Step(_))), "step", "steps"),
        (decisions, "decision", "decisions"),
        (parallel, "parallel gateway", "parallel gateways"),
        (count(|record| matches!(record, Record::Event(_))), "event", "events"),
        (only_flows, "flow", "flows"),
        (roles, "new role", "new roles"),
    ]
}
