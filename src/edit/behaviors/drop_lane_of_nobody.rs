//! The lane of nobody goes from a view when the last thing that stood in it has gone elsewhere.
//!
//! Lanes of drawings from elsewhere, which have places of their own, stay.

use std::collections::BTreeSet;

use crate::edit::lanes::set_lanes;
use crate::edit::rules::is_line;
use crate::edit::{EditError, Transaction};
use crate::model::*;

pub(super) fn run(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let document = transaction.document();
    let mut touched: BTreeSet<ViewId> = document.views().changes_since(before.views()).map(|(id, _)| id).collect();
    for (id, _) in document.placements().changes_since(before.placements()) {
        let of = |document: &Document| document.get::<Placement>(id).map(|placement| placement.view);
        touched.extend(of(before).into_iter().chain(of(document)));
    }
    let is_emptied = |view: &ViewId| {
        let had_something = lane_of_nobody(before, *view).is_some_and(|lane| stands_in(before, *view, lane));
        let has_nothing = lane_of_nobody(document, *view).is_some_and(|lane| !stands_in(document, *view, lane));
        had_something && has_nothing && !transaction.is_as_drawn(*view)
    };
    let emptied: Vec<ViewId> = touched.into_iter().filter(is_emptied).collect();
    for view in emptied {
        let record = transaction.document().get::<View>(view);
        let mut lanes = record.map(|view| view.lanes().to_vec()).unwrap_or_default();
        if let Some(lane) = lane_of_nobody(transaction.document(), view) {
            lanes.remove(lane);
            set_lanes(transaction, view, lanes)?;
        }
    }
    Ok(())
}

/// The lane of nobody, where it is one among others that lie one after the other.
fn lane_of_nobody(document: &Document, view: ViewId) -> Option<usize> {
    let lanes = document.get::<View>(view)?.lanes();
    let index = lanes.iter().position(|lane| lane.actor.is_none())?;
    let is_plain = lanes.len() > 1 && !encloses_lanes(lanes, index) && lanes.iter().all(|lane| lane.frame.is_none());
    is_plain.then_some(index)
}

/// Whether the picture of anything lies in a lane.
fn stands_in(document: &Document, view: ViewId, lane: usize) -> bool {
    let Some(record) = document.get::<View>(view) else { return false };
    let boxes = document.placements_in(view).filter(|(_, placement)| !is_line(placement.element));
    let mut centers = boxes.filter_map(|(_, placement)| placement.center);
    centers.any(|center| lane_at(record.lanes(), record.direction(), center) == Some(lane))
}

#[cfg(test)]
mod tests {
    use crate::edit::{Replace, apply};
    use crate::model::*;

    #[test]
    fn the_lane_goes_with_the_last_step_that_somebody_takes() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let clerk = Actor::Role(document.insert(Role::new("Clerk")));
        let lanes = vec![Lane::new(None), Lane::new(Some(clerk))];
        let view = document
            .insert(View::new("Refund", ViewKind::Process { process, lanes, direction: FlowDirection::default() }));
        let steps = [0.0, 200.0].map(|x| {
            let step = document.insert(Step::new(process, "Check"));
            let center = Some(Point::new(x, 50.0));
            document.insert(Placement { center, ..Placement::unplaced(view, step.into()) });
            step
        });
        let give = |document: &Document, step| {
            let edit = Replace::with(document, step, |step: &mut Step| step.performer = Some(clerk)).unwrap();
            apply(document, &edit.into()).unwrap().document
        };
        let actors = |document: &Document| {
            document.get::<View>(view).unwrap().lanes().iter().map(|lane| lane.actor).collect::<Vec<_>>()
        };
        let half = give(&document, steps[0]);
        assert_eq!(actors(&half), [None, Some(clerk)]);
        let whole = give(&half, steps[1]);
        assert_eq!(actors(&whole), [Some(clerk)]);
        let extent = Lane::new(None).extent;
        for step in steps {
            let center = whole.placement_of(view, step.into()).unwrap().1.center.unwrap();
            assert!((0.0..extent).contains(&center.y), "{center:?}");
        }
    }
}
