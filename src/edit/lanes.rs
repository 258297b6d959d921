//! Changing the lanes of a process view so that its pictures stay with their lanes.

use super::pictures::Pictures;
use super::{EditError, Transaction};
use crate::model::*;

/// Gives a process view new lanes. Every node moves with the lane of its performer, or with the lane that it is drawn
/// in where its performer has none.
pub(super) fn set_lanes(transaction: &mut Transaction, view: ViewId, lanes: Vec<Lane>) -> Result<(), EditError> {
    let Some(record) = transaction.document().get::<View>(view) else { return Err(EditError::Missing("view")) };
    let old = record.lanes().to_vec();
    let direction = record.direction();
    let (old_bands, new_bands) = (lane_bands(&old, direction), lane_bands(&lanes, direction));
    let pictures = Pictures::of(transaction.document(), view);
    for (element, placement) in pictures.nodes(transaction.document()) {
        let Some((_, center)) = placement else { continue };
        let performer = transaction.document().performer_of(element);
        let by_performer = old.iter().position(|lane| lane.actor == performer);
        let Some(from) = by_performer.or_else(|| lane_at(&old, direction, center)) else { continue };
        let actor = old.get(from).and_then(|lane| lane.actor);
        let Some(to) = lanes.iter().position(|lane| lane.actor == actor) else { continue };
        let (Some(old_band), Some(new_band)) = (old_bands.get(from), new_bands.get(to)) else { continue };
        let across = direction.across(center);
        let by = within(across - old_band.0 + new_band.0, *new_band) - across;
        if let Some((id, _)) = placement {
            let moved = direction.moved_across(center, by);
            transaction.update(id, |placement: &mut Placement| placement.center = Some(moved))?;
        }
    }
    transaction.update(view, |view: &mut View| {
        if let ViewKind::Process { lanes: slot, .. } = &mut view.kind {
            *slot = lanes;
        }
    })
}

/// Takes the lane of an actor away. Nodes drawn in it must have lost their performer before: the lane becomes that of
/// nobody where it still shows nodes and there is no such lane yet.
pub(super) fn remove_lane(transaction: &mut Transaction, view: ViewId, actor: Actor) -> Result<(), EditError> {
    let Some(record) = transaction.document().get::<View>(view) else { return Err(EditError::Missing("view")) };
    let mut lanes = record.lanes().to_vec();
    let Some(index) = lanes.iter().position(|lane| lane.actor == Some(actor)) else { return Ok(()) };
    let direction = record.direction();
    let bands = lane_bands(&lanes, direction);
    let Some(band) = bands.get(index).copied() else { return Ok(()) };
    let pictures = Pictures::of(transaction.document(), view);
    let inside: Vec<(PlacementId, Point)> = pictures
        .nodes(transaction.document())
        .into_iter()
        .filter_map(|(_, placement)| placement)
        .filter(|(_, center)| direction.across(*center) >= band.0 && direction.across(*center) < band.1)
        .collect();
    let nobody = lanes.iter().position(|lane| lane.actor.is_none());
    match nobody.and_then(|nobody| bands.get(nobody).copied()) {
        None if !inside.is_empty() => {
            if let Some(lane) = lanes.get_mut(index) {
                lane.actor = None;
            }
            return transaction.update(view, |view: &mut View| {
                if let ViewKind::Process { lanes: slot, .. } = &mut view.kind {
                    *slot = lanes;
                }
            });
        }
        Some(nobody) => {
            let middle = f64::midpoint(nobody.0, nobody.1);
            for (id, center) in inside {
                let moved = direction.moved_across(center, middle - direction.across(center));
                transaction.update(id, |placement: &mut Placement| placement.center = Some(moved))?;
            }
        }
        None => {}
    }
    lanes.remove(index);
    set_lanes(transaction, view, lanes)
}

/// The coordinate across the flow moved into a band, with a little room to its edges where the band has it.
pub(super) fn within(across: f64, (start, end): (f64, f64)) -> f64 {
    let room = ((end - start) / 4.0).min(24.0);
    across.clamp(start + room, (end - room).max(start + room))
}

/// Nodes of the process that an actor performs lose their performer.
pub(super) fn unassign(transaction: &mut Transaction, process: ProcessId, actor: Actor) -> Result<(), EditError> {
    for node in transaction.document().nodes_of(process) {
        if transaction.document().performer_of(node) == Some(actor) {
            set_performer(transaction, node, None)?;
        }
    }
    Ok(())
}

/// Gives a node a performer.
pub(super) fn set_performer(
    transaction: &mut Transaction,
    node: FlowNode,
    performer: Option<Actor>,
) -> Result<(), EditError> {
    match node {
        FlowNode::Step(id) => transaction.update(id, |step: &mut Step| step.performer = performer),
        FlowNode::Gateway(id) => transaction.update(id, |gateway: &mut Gateway| gateway.performer = performer),
        FlowNode::Event(id) => transaction.update(id, |event: &mut Event| event.performer = performer),
    }
}

/// The actor in whose lane a place is; the outer none where it is in no lane.
pub(super) fn performer_at(document: &Document, view: ViewId, center: Point) -> Option<Option<Actor>> {
    let view = document.get::<View>(view)?;
    lane_at(view.lanes(), view.direction(), center).and_then(|index| view.lanes().get(index)).map(|lane| lane.actor)
}
