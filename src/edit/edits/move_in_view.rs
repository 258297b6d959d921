//! Moving pictures.

use crate::edit::lanes::{performer_at, set_performer};
use crate::edit::pictures::Pictures;
use crate::edit::rules::{all_finite, can_show, need_view};
use crate::edit::wording::several;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Gives elements of a view new centres. A node whose centre then lies in another lane gets the actor of that lane as
/// its performer. The lines of flows follow; see the behaviour `drop_stale_bends`.
#[derive(Clone, Debug, PartialEq)]
pub struct MoveInView {
    /// The view.
    pub view: ViewId,
    /// The elements with their new centres.
    pub moves: Vec<(ElementRef, Point)>,
}

impl MoveInView {
    fn check(&self, document: &Document) -> Result<bool, String> {
        need_view(document, self.view)?;
        all_finite(self.moves.iter().map(|(_, center)| center))?;
        let pictures = Pictures::of(document, self.view);
        let mut changes = false;
        for (element, center) in &self.moves {
            let placement = pictures.get(*element).and_then(|id| document.get::<Placement>(id));
            if matches!(element, ElementRef::Flow(_)) {
                return Err("A flow moves with its ends; drag its line to bend it.".to_owned());
            }
            // Looked up only where there is no placement, since the answer takes a pass over all of them.
            if placement.is_none()
                && let Verdict::No(reason) = can_show(document, self.view, *element)
            {
                return Err(reason);
            }
            changes |= placement.and_then(|placement| placement.center) != Some(*center);
        }
        Ok(changes)
    }
}

impl EditAction for MoveInView {
    fn label(&self, document: &Document) -> String {
        let elements: Vec<ElementRef> = self.moves.iter().map(|(element, _)| *element).collect();
        format!("Move {}", several(document, &elements))
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let mut pictures = Pictures::of(transaction.document(), self.view);
        for (element, center) in &self.moves {
            pictures.change(transaction, *element, |placement| placement.center = Some(*center))?;
            if let Ok(node) = FlowNode::try_from(*element)
                && let Some(performer) = performer_at(transaction.document(), self.view, *center)
            {
                set_performer(transaction, node, performer)?;
            }
        }
        Ok(())
    }

    fn merge_key(&self, _document: &Document) -> Option<String> {
        let elements: Vec<ElementRef> = self.moves.iter().map(|(element, _)| *element).collect();
        Some(format!("move {:?} {elements:?}", self.view))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{AddNode, InsertOnFlow, RemoveLane, Sequence, SetLanes, apply};
    use crate::testkit::random_edits::start;

    fn ids(document: &Document) -> (ViewId, ProcessId, Vec<StepId>) {
        let process = document.processes().ids().next().unwrap();
        (document.views().ids().next().unwrap(), process, document.steps().ids().collect())
    }

    fn performer(document: &Document, step: StepId) -> &str {
        document.get::<Step>(step).unwrap().performer.map_or("", |actor| document.name_of(actor.into()))
    }

    fn height(document: &Document, view: ViewId, step: StepId) -> f64 {
        document.placement_of(view, step.into()).unwrap().1.center.unwrap().y
    }

    #[test]
    fn another_lane_means_another_performer() {
        let document = start();
        let (view, _, steps) = ids(&document);
        let edit = MoveInView { view, moves: vec![(steps[0].into(), Point::new(40.0, 100.0))] };
        assert_eq!(edit.label(&document), "Move “Check”");
        let after = apply(&document, &edit.into()).unwrap().document;
        assert_eq!((performer(&document, steps[0]), performer(&after, steps[0])), ("Clerk", "Owner"));
    }

    #[test]
    fn pictures_move_with_reordered_lanes_and_stay_when_their_lane_goes() {
        let document = start();
        let (view, _, steps) = ids(&document);
        let mut lanes = document.get::<View>(view).unwrap().lanes().to_vec();
        lanes.reverse();
        let actor = lanes[0].actor.unwrap();
        let after = apply(&document, &SetLanes { view, lanes }.into()).unwrap();
        assert_eq!(after.label, "Reorder lanes");
        assert_eq!([0, 1].map(|step| height(&after.document, view, steps[step])), [60.0, 180.0]);
        let after = apply(&document, &RemoveLane { view, actor }.into()).unwrap().document;
        assert_eq!((performer(&after, steps[0]), height(&after, view, steps[0])), ("", 180.0));
        let owners: Vec<_> = after.get::<View>(view).unwrap().lanes().iter().map(|lane| lane.actor.is_some()).collect();
        assert_eq!(owners, [true, false]);
    }

    #[test]
    fn a_new_node_takes_the_lane_at_its_place_or_the_performer_before_it() {
        let document = start();
        let (view, process, steps) = ids(&document);
        let after = Some(FlowNode::Step(steps[2]));
        let plain = AddNode::new(process, Step::new(process, "File"), after);
        let placed = AddNode { view: Some(view), center: Some(Point::new(300.0, 60.0)), ..plain.clone() };
        for (edit, expected) in [(plain, "Clerk"), (placed, "Owner")] {
            let applied = apply(&document, &edit.into()).unwrap();
            let ElementRef::Step(step) = applied.created[0] else { panic!("a step") };
            assert_eq!(performer(&applied.document, step), expected);
            let flow = applied.document.flows().iter().last().unwrap().1;
            assert_eq!((flow.from, flow.to), (FlowNode::Step(steps[2]), FlowNode::Step(step)));
        }
    }

    #[test]
    fn a_node_on_a_flow_splits_it_and_a_sequence_is_all_or_nothing() {
        let document = start();
        let (_, process, steps) = ids(&document);
        let flow = document.flows().ids().next().unwrap();
        let insert = InsertOnFlow { flow, record: Step::new(process, "Ask").into(), view: None, center: None };
        assert_eq!(insert.label(&document), "Insert step between “Check” and “Allow”");
        let after = apply(&document, &insert.clone().into()).unwrap().document;
        assert_eq!((after.steps().len(), after.flows().len()), (4, 3));
        assert_eq!(after.flows().iter().last().unwrap().1.to, FlowNode::Step(steps[1]));
        let start_event = Event::new(process, EventKind::Start, "").into();
        let refused = InsertOnFlow { flow, record: start_event, view: None, center: None };
        let both = Sequence { label: "Both".into(), edits: vec![insert.into(), refused.into()] };
        assert!(apply(&document, &both.into()).is_err());
    }
}
