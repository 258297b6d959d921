//! The picture of a node stands in the lane of its performer: it moves there when the performer or the lanes change.
//!
//! Only its place across the flow changes. A node whose performer has no lane stays where it is, and so does one that
//! stands in a sub-flow or on the border of a step: it stands where that stands. Gateways and events of nobody stand
//! where the case passes.

use std::collections::BTreeSet;

use super::touched_nodes;
use crate::edit::{EditError, Transaction, lanes};
use crate::model::*;

pub(super) fn run(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let document = transaction.document();
    let touched: BTreeSet<FlowNode> = touched_nodes(before, document).into_iter().collect();
    let views: BTreeSet<ViewId> = document.views().changes_since(before.views()).map(|(id, _)| id).collect();
    let pictures: BTreeSet<PlacementId> =
        document.placements().changes_since(before.placements()).map(|(id, _)| id).collect();
    if touched.is_empty() && views.is_empty() && pictures.is_empty() {
        return Ok(());
    }
    let mut moves: Vec<(PlacementId, Point)> = Vec::new();
    for (id, placement) in document.placements().iter() {
        let Ok(node) = FlowNode::try_from(placement.element) else { continue };
        if transaction.is_as_drawn(placement.view) {
            continue;
        }
        let concerned = touched.contains(&node) || pictures.contains(&id) || views.contains(&placement.view);
        if concerned
            && let Some(center) = in_lane(document, placement, node)
            && !stands_in_box(document, placement.view, node)
        {
            moves.push((id, center));
        }
    }
    for (id, center) in moves {
        transaction.update(id, |placement: &mut Placement| placement.center = Some(center))?;
    }
    Ok(())
}

/// Whether a node is held by a box of the same view: the sub-flow around it or the step on whose border it stands.
fn stands_in_box(document: &Document, view: ViewId, node: FlowNode) -> bool {
    let is_shown = |step: StepId| document.placement_of(view, step.into()).is_some();
    document.host_of(node).is_some_and(is_shown) || document.parent_of(node).is_some_and(is_shown)
}

/// Where a picture belongs, if it is not there.
fn in_lane(document: &Document, placement: &Placement, node: FlowNode) -> Option<Point> {
    let view = document.get::<View>(placement.view)?;
    let center = placement.center?;
    let performer = document.performer_of(node);
    let stands_by_itself = performer.is_some() || matches!(node, FlowNode::Step(_));
    if !stands_by_itself {
        return None;
    }
    let index = view.lanes().iter().position(|lane| lane.actor == performer)?;
    let direction = view.direction();
    if lane_at(view.lanes(), direction, center) == Some(index) {
        return None;
    }
    let band = lane_bands(view.lanes(), direction).get(index).copied()?;
    let across = direction.across(center);
    Some(direction.moved_across(center, lanes::within(across, band) - across))
}

#[cfg(test)]
mod tests {
    use crate::edit::{MoveInView, Replace, apply};
    use crate::model::*;

    fn two_lanes() -> (Document, ViewId, StepId, [Actor; 2]) {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let actors = ["Clerk", "Owner"].map(|name| Actor::Role(document.insert(Role::new(name))));
        let lanes = actors.map(|actor| Lane::new(Some(actor))).to_vec();
        let view = document
            .insert(View::new("Refund", ViewKind::Process { process, lanes, direction: FlowDirection::default() }));
        let step = document.insert(Step { performer: Some(actors[0]), ..Step::new(process, "Check") });
        let center = Some(Point::new(50.0, 60.0));
        document.insert(Placement { center, ..Placement::unplaced(view, step.into()) });
        (document, view, step, actors)
    }

    fn place(document: &Document, view: ViewId, step: StepId) -> Point {
        document.placement_of(view, step.into()).unwrap().1.center.unwrap()
    }

    #[test]
    fn a_new_performer_moves_the_picture_to_its_lane() {
        let (document, view, step, actors) = two_lanes();
        let edit = Replace::with(&document, step, |step: &mut Step| step.performer = Some(actors[1])).unwrap();
        let after = apply(&document, &edit.into()).unwrap().document;
        assert_eq!(place(&after, view, step), Point::new(50.0, 144.0));
    }

    #[test]
    fn what_stands_in_a_sub_flow_stays_in_it() {
        let (mut document, view, step, actors) = two_lanes();
        let inside =
            Step { parent: Some(step), performer: Some(actors[1]), ..Step::new(ProcessId::from_index(0), "Look") };
        let inside = document.insert(inside);
        document.insert(Placement { center: Some(Point::new(50.0, 60.0)), ..Placement::unplaced(view, inside.into()) });
        let edit = MoveInView { view, moves: vec![(inside.into(), Point::new(70.0, 70.0))] };
        let after = apply(&document, &edit.into()).unwrap().document;
        assert_eq!(place(&after, view, inside), Point::new(70.0, 70.0));
    }

    #[test]
    fn a_picture_dropped_outside_of_all_lanes_stays_in_its_own() {
        let (document, view, step, actors) = two_lanes();
        let edit = MoveInView { view, moves: vec![(step.into(), Point::new(80.0, -400.0))] };
        let after = apply(&document, &edit.into()).unwrap().document;
        assert_eq!(place(&after, view, step), Point::new(80.0, 24.0));
        assert_eq!(after.get::<Step>(step).unwrap().performer, Some(actors[0]));
    }
}
