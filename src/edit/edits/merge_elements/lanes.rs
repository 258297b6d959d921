//! Two lanes become one where the roles they belong to become one.

use crate::edit::lanes::{nodes_in, remove_lane, set_lanes, set_performer};
use crate::edit::{EditError, Transaction};
use crate::model::*;

/// In views that have lanes of both actors, the lane of `kept` takes in that of `other`: it grows by it, and what stood
/// there stands in the new part, at the distances it had. Views with only one of the lanes keep it.
pub(super) fn join(transaction: &mut Transaction, kept: Actor, other: Actor) -> Result<(), EditError> {
    let views: Vec<ViewId> = transaction
        .document()
        .views()
        .iter()
        .filter(|(_, view)| {
            let has = |actor: Actor| view.lanes().iter().any(|lane| lane.actor == Some(actor));
            has(kept) && has(other)
        })
        .map(|(id, _)| id)
        .collect();
    views.into_iter().try_for_each(|view| join_in(transaction, view, kept, other))
}

fn join_in(transaction: &mut Transaction, view: ViewId, kept: Actor, other: Actor) -> Result<(), EditError> {
    let Some(mut lanes) = stacked(transaction, view)? else { return Ok(()) };
    let of = |lanes: &[Lane], actor: Actor| lanes.iter().position(|lane| lane.actor == Some(actor));
    let (Some(wide), Some(narrow)) = (of(&lanes, kept), of(&lanes, other)) else { return Ok(()) };
    let is_plain = |index: usize| !encloses_lanes(&lanes, index);
    let moves_in = is_plain(wide) && is_plain(narrow);
    let (room, more) = (lanes.get(wide).map_or(0.0, |lane| lane.extent), lanes.get(narrow).map_or(0.0, |lane| lane.extent));
    if moves_in {
        if let Some(lane) = lanes.get_mut(wide) {
            lane.extent = room + more;
            lane.collapsed = false;
        }
        set_lanes(transaction, view, lanes.clone())?;
    }
    let direction = transaction.document().get::<View>(view).map(View::direction).unwrap_or_default();
    let bands = lane_bands(&lanes, direction);
    let shift = match (bands.get(wide), bands.get(narrow)) {
        (Some(wide), Some(narrow)) => wide.0 + room - narrow.0,
        _ => 0.0,
    };
    let document = transaction.document();
    let nodes = nodes_in(document, view);
    let performed: Vec<FlowNode> =
        nodes.iter().copied().filter(|node| document.performer_of(*node) == Some(other)).collect();
    let stands_in = |center: Point| lane_at(&lanes, direction, center) == Some(narrow);
    let moves: Vec<(PlacementId, Point)> = document
        .placements_in(view)
        .filter_map(|(id, placement)| Some((id, placement.center.filter(|center| moves_in && stands_in(*center))?)))
        .collect();
    for node in performed {
        set_performer(transaction, node, Some(kept))?;
    }
    for (id, center) in moves {
        let moved = direction.moved_across(center, shift);
        transaction.update(id, |placement: &mut Placement| placement.center = Some(moved))?;
    }
    remove_lane(transaction, view, other)
}

/// The lanes of a view in their stacked form; a drawing from elsewhere gets it first.
fn stacked(transaction: &mut Transaction, view: ViewId) -> Result<Option<Vec<Lane>>, EditError> {
    let lanes = |transaction: &Transaction| transaction.document().get::<View>(view).map(|view| view.lanes().to_vec());
    let Some(drawn) = lanes(transaction) else { return Ok(None) };
    if drawn.iter().any(|lane| lane.frame.is_some()) {
        set_lanes(transaction, view, drawn)?;
    }
    Ok(lanes(transaction))
}
