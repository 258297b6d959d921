//! A performer without a lane in a view of the process gets one: at the end, or at the end of the pool of its process
//! where the view has pools. Lanes are never taken away here.
//!
//! Looked at are nodes that are new or have a new performer, and all nodes of a process in views that are new or
//! changed. Nodes inside a sub-flow stand in its box and ask for no lane, but in the view of its inside.

use std::collections::BTreeSet;

use super::touched_nodes;
use crate::edit::lanes::{nodes_in, pool_of, processes_in_pool, set_lanes};
use crate::edit::{EditError, Transaction};
use crate::model::*;

pub(super) fn run(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let document = transaction.document();
    let touched = touched_nodes(before, document);
    let views: BTreeSet<ViewId> = document.views().changes_since(before.views()).map(|(id, _)| id).collect();
    if touched.is_empty() && views.is_empty() {
        return Ok(());
    }
    let mut changes: Vec<(ViewId, Vec<Lane>)> = Vec::new();
    for (id, view) in document.views().iter() {
        let Some(process) = view.process().filter(|_| !transaction.is_as_drawn(id)) else { continue };
        let in_process = |node: &FlowNode| document.process_of(*node) == Some(process);
        let nodes: Vec<FlowNode> = match views.contains(&id) {
            true => document.nodes_of(process),
            false => touched.iter().copied().filter(in_process).collect(),
        };
        let mut lanes = view.lanes().to_vec();
        for node in nodes.into_iter().filter(|node| document.parent_of(*node) == view.within) {
            let Some(performer) = document.performer_of(node) else { continue };
            if !lanes.iter().any(|lane| lane.actor == Some(performer)) {
                add_lane(document, id, &mut lanes, process, performer);
            }
        }
        if lanes.len() > view.lanes().len() {
            changes.push((id, lanes));
        }
    }
    for (id, lanes) in changes {
        set_lanes(transaction, id, lanes)?;
    }
    Ok(())
}

/// Adds a lane for a performer of a process of a view.
fn add_lane(document: &Document, view: ViewId, lanes: &mut Vec<Lane>, process: ProcessId, performer: Actor) {
    let new = Lane::new(Some(performer));
    if lanes.iter().all(|lane| lane.depth == 0) {
        return lanes.push(new);
    }
    let nodes = nodes_in(document, view);
    let shows = |pool: &usize| {
        pool_of(lanes, *pool) == *pool
            && processes_in_pool(document, lanes, *pool, nodes.iter().copied()).contains(&process)
    };
    let Some(pool) = (0..lanes.len()).find(shows) else { return lanes.push(new) };
    let inside = lanes.iter().skip(pool + 1).take_while(|lane| lane.depth > 0).count();
    let depth = if inside > 0 { 1 } else { 0 };
    lanes.insert(pool + 1 + inside, Lane { depth, ..new });
}

#[cfg(test)]
mod tests {
    use crate::edit::{AddNode, apply};
    use crate::model::*;

    #[test]
    fn a_new_performer_gets_a_lane_at_the_end_and_an_old_one_none() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let [clerk, owner] = ["Clerk", "Owner"].map(|name| Actor::Role(document.insert(Role::new(name))));
        let kind =
            ViewKind::Process { process, lanes: vec![Lane::new(Some(clerk))], direction: FlowDirection::default() };
        let view = document.insert(View::new("Refund", kind));
        for performer in [clerk, owner, owner] {
            let step = Step { performer: Some(performer), ..Step::new(process, "Work") };
            document = apply(&document, &AddNode::new(process, step, None).into()).unwrap().document;
        }
        let actors: Vec<_> = document.get::<View>(view).unwrap().lanes().iter().map(|lane| lane.actor).collect();
        assert_eq!(actors, [Some(clerk), Some(owner)]);
    }

    #[test]
    fn a_new_performer_gets_a_lane_in_the_pool_of_the_process_and_a_child_of_a_sub_flow_none() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let actors =
            ["Shop", "Clerk", "Customer", "Owner", "Baker"].map(|name| Actor::Role(document.insert(Role::new(name))));
        let lane = |actor: usize, depth| Lane { depth, ..Lane::new(Some(actors[actor])) };
        let lanes = vec![lane(0, 0), lane(1, 1), lane(2, 0)];
        let kind = ViewKind::Process { process, lanes, direction: FlowDirection::default() };
        let view = document.insert(View::new("Refund", kind));
        let work = |performer| Step { performer: Some(performer), ..Step::new(process, "Work") };
        document.insert(work(actors[1]));
        let around = document.insert(Step { kind: StepKind::SubFlow, ..work(actors[1]) });
        for step in [work(actors[3]), Step { parent: Some(around), ..work(actors[4]) }] {
            document = apply(&document, &AddNode::new(process, step, None).into()).unwrap().document;
        }
        let lanes = document.get::<View>(view).unwrap().lanes();
        let order: Vec<_> = lanes.iter().map(|lane| (lane.actor, lane.depth)).collect();
        let expected = [(0, 0), (1, 1), (3, 1), (2, 0)].map(|(actor, depth)| (Some(actors[actor]), depth));
        assert_eq!(order, expected);
    }
}
