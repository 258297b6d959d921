//! Removing pictures: boxes and lanes; the things stay.

use std::collections::BTreeSet;

use crate::edit::lanes::{nodes_in, remove_lane, unassign};
use crate::edit::nest::Nest;
use crate::edit::pictures::Pictures;
use crate::edit::rules::{is_line, need, need_view};
use crate::edit::wording::{named, several};
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Takes elements out of one view. The elements themselves and all other views stay as they are.
///
/// The picture of an actor without a box is its lane; taking that away leaves the actor, and those nodes without a
/// performer whose lane it was, as [`RemoveLane`](super::RemoveLane) does.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoveFromView {
    /// The view.
    pub view: ViewId,
    /// The elements; those that it does not show are passed over. Of a flow or link only the recorded line is dropped,
    /// since it is shown wherever both its ends are. What is inside an element or on its border goes with it.
    pub elements: Vec<ElementRef>,
}

impl RemoveFromView {
    fn check(&self, document: &Document) -> Result<bool, String> {
        need_view(document, self.view)?;
        for element in &self.elements {
            need(document, *element)?;
        }
        if !self.elements.is_empty() && self.elements.iter().all(|element| is_line(*element)) {
            return Err("A line is shown wherever both its ends are; delete it everywhere, or hide an end.".to_owned());
        }
        let pictures = Pictures::of(document, self.view);
        let has_lane = !lanes_of(document, self.view, &pictures, &self.elements).is_empty();
        Ok(has_lane || self.elements.iter().any(|element| pictures.shows(*element)))
    }
}

impl EditAction for RemoveFromView {
    fn label(&self, document: &Document) -> String {
        let pictures = Pictures::of(document, self.view);
        match lanes_of(document, self.view, &pictures, &self.elements).as_slice() {
            [lane] if self.elements.len() == 1 => format!("Remove the lane of {}", named(document, (*lane).into())),
            _ => format!("Remove {} from the view", several(document, &self.elements)),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let pictures = Pictures::of(transaction.document(), self.view);
        let actors = lanes_of(transaction.document(), self.view, &pictures, &self.elements);
        let nodes = self.elements.iter().filter_map(|element| FlowNode::try_from(*element).ok());
        let nodes = Nest::of(transaction.document()).with_followers(nodes);
        let elements: BTreeSet<ElementRef> =
            self.elements.iter().copied().chain(nodes.into_iter().map(ElementRef::from)).collect();
        for placement in elements.into_iter().filter_map(|element| pictures.get(element)) {
            transaction.remove(placement.into());
        }
        for actor in actors {
            let nodes = nodes_in(transaction.document(), self.view);
            unassign(transaction, nodes, actor)?;
            remove_lane(transaction, self.view, actor)?;
        }
        Ok(())
    }
}

/// The actors among the elements that a view shows as a lane and not as a box.
fn lanes_of(document: &Document, view: ViewId, pictures: &Pictures, elements: &[ElementRef]) -> Vec<Actor> {
    let lanes = document.get::<View>(view).map_or(&[][..], View::lanes);
    let is_lane = |actor: &Actor| lanes.iter().any(|lane| lane.actor == Some(*actor));
    let without_box = elements.iter().filter(|element| !pictures.shows(**element));
    without_box.filter_map(|element| Actor::try_from(*element).ok()).filter(is_lane).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::testkit::random_edits::start;

    #[test]
    fn the_lane_of_a_role_goes_and_the_role_stays() {
        let document = start();
        let view = document.views().iter().find(|(_, view)| !view.lanes().is_empty()).unwrap().0;
        let lane = document.get::<View>(view).unwrap().lanes()[0];
        let actor = lane.actor.unwrap();
        let edit = RemoveFromView { view, elements: vec![actor.into()] };
        let applied = apply(&document, &edit.clone().into()).unwrap();
        assert_eq!(applied.label, format!("Remove the lane of “{}”", document.name_of(actor.into())));
        let after = applied.document;
        assert!(after.contains(actor.into()));
        assert!(after.get::<View>(view).unwrap().lanes().iter().all(|lane| lane.actor != Some(actor)));
        assert!(after.steps().iter().all(|(_, step)| step.performer != Some(actor)));
        assert_eq!(edit.can_apply(&after), Verdict::Ignore);
    }
}
