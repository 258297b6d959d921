//! A performer without a lane in a view of the process gets one at the end. Lanes are never taken away here.
//!
//! Looked at are nodes that are new or have a new performer, and all nodes of a process in views that are new or
//! changed.

use std::collections::BTreeSet;

use super::touched_nodes;
use crate::edit::{EditError, Transaction};
use crate::model::*;

pub(super) fn run(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let document = transaction.document();
    let touched = touched_nodes(before, document);
    let views: BTreeSet<ViewId> = document.views().changes_since(before.views()).map(|(id, _)| id).collect();
    if touched.is_empty() && views.is_empty() {
        return Ok(());
    }
    let mut additions: Vec<(ViewId, Vec<Lane>)> = Vec::new();
    for (id, view) in document.views().iter() {
        let Some(process) = view.process().filter(|_| !transaction.is_as_drawn(id)) else { continue };
        let in_process = |node: &FlowNode| document.process_of(*node) == Some(process);
        let nodes: Vec<FlowNode> = match views.contains(&id) {
            true => document.nodes_of(process),
            false => touched.iter().copied().filter(in_process).collect(),
        };
        let mut lanes: Vec<Lane> = Vec::new();
        for performer in nodes.iter().filter_map(|node| document.performer_of(*node)) {
            let has_lane = |lane: &Lane| lane.actor == Some(performer);
            if !view.lanes().iter().any(has_lane) && !lanes.iter().any(has_lane) {
                lanes.push(Lane::new(Some(performer)));
            }
        }
        if !lanes.is_empty() {
            additions.push((id, lanes));
        }
    }
    for (id, more) in additions {
        transaction.update(id, |view: &mut View| {
            if let ViewKind::Process { lanes, .. } = &mut view.kind {
                lanes.extend(more);
            }
        })?;
    }
    Ok(())
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
}
