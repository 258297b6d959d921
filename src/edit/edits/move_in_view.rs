//! Moving pictures.

use std::collections::BTreeMap;

use crate::edit::lanes::{performer_at, pool_refusal, set_performer};
use crate::edit::nest::{Boxes, Nest, set_parent, sub_flows_around};
use crate::edit::pictures::{Pictures, none_locked};
use crate::edit::rules::{all_finite, can_show, flows_still_fit, is_line, need_view};
use crate::edit::wording::several;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Gives elements of a view new centres. A node whose centre then lies in another lane gets the actor of that lane as
/// its performer; one whose centre lies in another sub-flow that is shown open, or in none any more, belongs there,
/// which is refused where a flow would cross the border. What is inside a moved box and on its border moves along, and
/// so do the lines of flows; see the behaviours `contents_follow_containers` and `drop_stale_bends`.
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
        none_locked(document, &pictures, self.moves.iter().map(|(element, _)| *element))?;
        let mut changes = false;
        for (element, center) in &self.moves {
            let placement = pictures.get(*element).and_then(|id| document.get::<Placement>(id));
            if is_line(*element) {
                return Err("A line moves with its ends; drag its line to bend it.".to_owned());
            }
            // Looked up only where there is no placement, since the answer takes a pass over all of them.
            if placement.is_none()
                && let Verdict::No(reason) = can_show(document, self.view, *element)
            {
                return Err(reason);
            }
            changes |= placement.and_then(|placement| placement.center) != Some(*center);
        }
        if changes && self.moves.iter().any(|(element, _)| FlowNode::try_from(*element).is_ok()) {
            let mut draft = Transaction::new(document);
            self.move_all(&mut draft).map_err(|error| error.to_string())?;
            flows_still_fit(document, draft.document(), |node| {
                draft.document().parent_of(node) != document.parent_of(node)
            })?;
        }
        Ok(changes)
    }

    fn move_all(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let mut pictures = Pictures::of(transaction.document(), self.view);
        let before: BTreeMap<FlowNode, Point> = pictures
            .nodes(transaction.document())
            .into_iter()
            .filter_map(|(node, placement)| Some((node, placement?.1)))
            .collect();
        for (element, center) in &self.moves {
            pictures.change(transaction, *element, |placement| placement.center = Some(*center))?;
            if let Some(id) = pictures.get(*element) {
                transaction.mark_placed(id);
            }
        }
        let nodes: BTreeMap<FlowNode, Point> = self
            .moves
            .iter()
            .filter_map(|(element, center)| FlowNode::try_from(*element).ok().map(|node| (node, *center)))
            .collect();
        let parents = self.new_parents(transaction.document(), &pictures, &before, &nodes);
        for (node, parent) in &parents {
            set_parent(transaction, *node, *parent)?;
        }
        for (node, center) in nodes {
            let document = transaction.document();
            // What stays in its sub-flow or on its border stays with its performer, too.
            let stays = self.holder(document, &pictures, node).is_some() && !parents.contains_key(&node);
            if !stays && let Some(performer) = performer_at(document, self.view, center) {
                if let Some(reason) = pool_refusal(document, self.view, node, center) {
                    return Err(EditError::Refused(reason));
                }
                set_performer(transaction, node, performer)?;
            }
        }
        Ok(())
    }

    fn holder(&self, document: &Document, pictures: &Pictures, node: FlowNode) -> Option<StepId> {
        let nest = Nest::default();
        Boxes::new(document, pictures, &nest).holder(node)
    }

    /// The nodes that come to stand in another sub-flow of their process, or in none any more, with where they were
    /// drawn `before`. What moves together with the sub-flow that it is in stays there.
    fn new_parents(
        &self,
        document: &Document,
        pictures: &Pictures,
        before: &BTreeMap<FlowNode, Point>,
        nodes: &BTreeMap<FlowNode, Point>,
    ) -> BTreeMap<FlowNode, Option<StepId>> {
        let mut parents = BTreeMap::new();
        if !document.steps().iter().any(|(id, step)| step.kind.has_inside() && pictures.shows(id.into())) {
            return parents;
        }
        let nest = Nest::of(document);
        let boxes = Boxes::new(document, pictures, &nest);
        let moves_along = |node: FlowNode| {
            sub_flows_around(document, node).any(|step| nodes.contains_key(&FlowNode::Step(step)))
        };
        let own = nest.with_followers(nodes.keys().copied());
        for (node, center) in nodes {
            if document.host_of(*node).is_some() || moves_along(*node) || boxes.is_hidden(*node) {
                continue;
            }
            let old = document.parent_of(*node);
            // Out of a sub-flow that this view does not show open, nothing is dragged.
            if old.is_some_and(|step| !boxes.is_frame(step)) {
                continue;
            }
            let process = document.process_of(*node);
            let is_of_process = |step: &StepId| document.process_of(FlowNode::Step(*step)) == process;
            // A view of an inside may show the step itself, or one around it.
            let is_node = |step: StepId| FlowNode::Step(step) == *node;
            let is_of_others =
                |step: &StepId| !is_node(*step) && !sub_flows_around(document, FlowNode::Step(*step)).any(is_node);
            let within = document.get::<View>(self.view).and_then(|view| view.within).filter(is_of_process);
            let within = within.filter(is_of_others);
            let frame_at = |point: Point| boxes.frame_at(point, &own).filter(is_of_process).or(within);
            // What is drawn beside its sub-flow stays inside until it comes to another box.
            let new = frame_at(*center);
            let was_drawn_in = before.get(node).map_or(old, |center| frame_at(*center));
            if new != old && new != was_drawn_in {
                parents.insert(*node, new);
            }
        }
        parents
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
        self.move_all(transaction)
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

    /// A frame of 400 × 200 around (600, 400) in the process of the start, with a step in it.
    fn with_frame() -> (Document, ViewId, StepId, StepId) {
        let mut document = start();
        let (view, process, _) = ids(&document);
        let frame = document.insert(Step { kind: StepKind::SubFlow, ..Step::new(process, "Around") });
        let inside = document.insert(Step { parent: Some(frame), ..Step::new(process, "Inside") });
        let places = [(frame, Some(Size::new(400.0, 200.0))), (inside, None)];
        for (step, size) in places {
            let center = Some(Point::new(600.0, 400.0));
            document.insert(Placement { center, size, ..Placement::unplaced(view, step.into()) });
        }
        (document, view, frame, inside)
    }

    fn moved(document: &Document, view: ViewId, step: StepId, x: f64, y: f64) -> Result<Document, String> {
        let edit = MoveInView { view, moves: vec![(step.into(), Point::new(x, y))] };
        apply(document, &edit.into()).map(|applied| applied.document).map_err(|error| error.to_string())
    }

    #[test]
    fn a_step_dropped_into_an_open_sub_flow_belongs_to_it_and_dragged_out_no_more() {
        let (mut document, view, frame, inside) = with_frame();
        let (_, process, _) = ids(&document);
        let free = document.insert(Step::new(process, "Free"));
        let event = Event { attached: Some(free), ..Event::new(process, EventKind::Intermediate, "") };
        let border = document.insert(event);
        let parent = |document: &Document, step: StepId| document.get::<Step>(step).unwrap().parent;
        let after = moved(&document, view, free, 500.0, 350.0).unwrap();
        assert_eq!(parent(&after, free), Some(frame));
        assert_eq!(after.get::<Event>(border).unwrap().parent, Some(frame));
        let after = moved(&after, view, inside, 100.0, 700.0).unwrap();
        assert_eq!((parent(&after, inside), parent(&after, free)), (None, Some(frame)));
        let after = moved(&after, view, frame, 900.0, 400.0).unwrap();
        assert_eq!(parent(&after, free), Some(frame));
    }

    #[test]
    fn a_step_with_flows_to_the_outside_is_not_dropped_into_a_sub_flow() {
        let (mut document, view, frame, inside) = with_frame();
        let (_, process, steps) = ids(&document);
        assert_eq!(
            moved(&document, view, steps[1], 500.0, 350.0),
            Err("“Allow” is inside “Around” and “Check” is not; a flow cannot cross the border of a sub-flow.".into())
        );
        let beside = document.insert(Step { parent: Some(frame), ..Step::new(process, "Beside") });
        document.insert(Flow::new(process, FlowNode::Step(inside), FlowNode::Step(beside)));
        assert!(moved(&document, view, inside, 100.0, 700.0).is_err());
        assert!(moved(&document, view, inside, 450.0, 330.0).is_ok());
        // Folded, it takes nothing in.
        let id = document.placement_of(view, frame.into()).unwrap().0;
        document.get_mut::<Placement>(id).unwrap().collapsed = true;
        assert!(moved(&document, view, steps[1], 500.0, 350.0).is_ok());
    }

    #[test]
    fn in_the_view_of_an_inside_a_step_around_it_does_not_come_to_stand_in_itself() {
        let (mut document, view, frame, inside) = with_frame();
        document.get_mut::<Step>(inside).unwrap().kind = StepKind::SubFlow;
        let of_inside = View { within: Some(inside), ..document.get::<View>(view).unwrap().clone() };
        let of_inside = document.insert(of_inside);
        for step in [inside, frame] {
            document.insert(Placement::unplaced(of_inside, step.into()));
            let after = moved(&document, of_inside, step, 100.0, 400.0).unwrap();
            assert_eq!(after.get::<Step>(step).unwrap().parent, document.get::<Step>(step).unwrap().parent);
        }
        let free = document.insert(Step::new(ids(&document).1, "Free"));
        document.insert(Placement::unplaced(of_inside, free.into()));
        let after = moved(&document, of_inside, free, 100.0, 400.0).unwrap();
        assert_eq!(after.get::<Step>(free).unwrap().parent, Some(inside));
    }

    #[test]
    fn a_node_stays_in_the_pool_of_its_process() {
        let mut document = start();
        let (view, _, steps) = ids(&document);
        let bakery = Actor::External(document.insert(External::new("Bakery")));
        let other = document.insert(Process::new("Order"));
        let bake = document.insert(Step { performer: Some(bakery), ..Step::new(other, "Bake") });
        let center = Some(Point::new(200.0, 300.0));
        document.insert(Placement { center, ..Placement::unplaced(view, bake.into()) });
        if let ViewKind::Process { lanes, .. } = &mut document.get_mut::<View>(view).unwrap().kind {
            lanes.push(Lane::new(Some(bakery)));
        }
        let refusal = moved(&document, view, steps[0], 200.0, 310.0);
        assert_eq!(refusal, Err("“Check” is part of “Refund”; here stands “Order”.".into()));
        assert!(moved(&document, view, steps[0], 200.0, 70.0).is_ok());
    }
}
