//! What stands inside a sub-flow or on the border of a step goes along: into another sub-flow, to another performer,
//! to another place in a picture.
//!
//! Places: a box that moves and keeps its size takes along what is inside it and on its border, but for what the edit
//! placed itself. Events stay on the border of their step.

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::nest::{Boxes, Nest, on_border};
use crate::edit::pictures::Pictures;
use crate::edit::{EditError, Transaction, lanes};
use crate::model::*;

/// Events on a border stand where their step stands, with its performer; nodes inside a sub-flow that its performer
/// did change to the new one with it.
pub(super) fn performers(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let document = transaction.document();
    let steps: Vec<StepId> = document.steps().changes_since(before.steps()).map(|(id, _)| id).collect();
    let events: Vec<EventId> = document.events().changes_since(before.events()).map(|(id, _)| id).collect();
    if steps.is_empty() && events.is_empty() {
        return Ok(());
    }
    let nest = Nest::of(document);
    if nest.is_empty() {
        return Ok(());
    }
    for id in steps {
        let (Some(old), Some(new)) = (before.get::<Step>(id), transaction.document().get::<Step>(id)) else { continue };
        let (old, new) = (old.performer, new.performer);
        if old != new {
            hand_down(transaction, &nest, id, old, new)?;
        }
    }
    for (event, host) in nest.attachments() {
        seat_at_host(before, transaction, event, host)?;
    }
    Ok(())
}

/// Gives an event on a border the sub-flow and the performer of its step, where the edit has touched one of the two.
fn seat_at_host(before: &Document, transaction: &mut Transaction, id: EventId, host: StepId) -> Result<(), EditError> {
    let document = transaction.document();
    let (Some(event), Some(step)) = (document.get::<Event>(id), document.get::<Step>(host)) else { return Ok(()) };
    let is_changed = before.get::<Event>(id) != Some(event);
    let is_new = before.get::<Event>(id).is_none_or(|old| old.attached != event.attached);
    let old = before.get::<Step>(host);
    let moved = old.is_some_and(|old| old.parent != step.parent);
    let handed = old.is_some_and(|old| old.performer != step.performer);
    let (parent, performer) = (step.parent, step.performer);
    if is_changed || moved || handed {
        transaction.update(id, |event: &mut Event| {
            event.parent = parent;
            if handed || (is_new && event.performer.is_none()) {
                event.performer = performer;
            }
        })?;
    }
    Ok(())
}

fn hand_down(
    transaction: &mut Transaction,
    nest: &Nest,
    step: StepId,
    old: Option<Actor>,
    new: Option<Actor>,
) -> Result<(), EditError> {
    // What says nothing has the performer of its sub-flow anyway.
    let Some(old) = old else { return Ok(()) };
    for node in nest.with_followers(nest.inside(step).iter().copied()) {
        if transaction.document().performer_of(node) == Some(old) {
            lanes::set_performer(transaction, node, new)?;
        }
    }
    Ok(())
}

/// Boxes that moved and kept their size, by view, with how far.
type Moved = BTreeMap<ViewId, Vec<(FlowNode, Point)>>;

/// What is inside a moved box and on its border moves along.
pub(super) fn places(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let mut moved = moved(before, transaction.document());
    moved.retain(|view, _| !transaction.is_as_drawn(*view));
    if moved.is_empty() {
        return Ok(());
    }
    let nest = Nest::of(transaction.document());
    if nest.is_empty() {
        return Ok(());
    }
    for (view, boxes) in moved {
        let pictures = Pictures::of(transaction.document(), view);
        let mut moves: Vec<(PlacementId, Point)> = Vec::new();
        for (node, by) in boxes {
            let mut open: Vec<FlowNode> = nest.followers(node).collect();
            let mut seen: BTreeSet<FlowNode> = BTreeSet::from([node]);
            while let Some(node) = open.pop() {
                let Some(id) = pictures.get(node.into()).filter(|_| seen.insert(node)) else { continue };
                let Some(center) = unmoved(before, transaction, id) else { continue };
                moves.push((id, Point::new(center.x + by.x, center.y + by.y)));
                open.extend(nest.followers(node));
            }
        }
        for (id, center) in moves {
            transaction.update(id, |placement: &mut Placement| placement.center = Some(center))?;
        }
    }
    Ok(())
}

fn moved(before: &Document, document: &Document) -> Moved {
    let mut moved = Moved::new();
    for (id, _) in document.placements().changes_since(before.placements()) {
        let (Some(old), Some(new)) = (before.get::<Placement>(id), document.get::<Placement>(id)) else { continue };
        let (Some(from), Some(to)) = (old.center, new.center) else { continue };
        if let Ok(node @ FlowNode::Step(_)) = FlowNode::try_from(new.element)
            && from != to
            && old.size == new.size
        {
            moved.entry(new.view).or_default().push((node, Point::new(to.x - from.x, to.y - from.y)));
        }
    }
    moved
}

/// The place of a picture that neither the edit nor a consequence of it has moved.
fn unmoved(before: &Document, transaction: &Transaction, id: PlacementId) -> Option<Point> {
    let center = transaction.document().get::<Placement>(id)?.center?;
    let was = before.get::<Placement>(id)?.center?;
    (center == was && !transaction.is_placed(id)).then_some(center)
}

/// Events stand on the border of their step, wherever one of the two has moved or the step has another size.
pub(super) fn borders(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let document = transaction.document();
    let mut touched: BTreeMap<ViewId, BTreeSet<FlowNode>> = BTreeMap::new();
    for (id, _) in document.placements().changes_since(before.placements()) {
        if let Some(placement) = document.get::<Placement>(id)
            && let Ok(node) = FlowNode::try_from(placement.element)
        {
            touched.entry(placement.view).or_default().insert(node);
        }
    }
    let reattached: Vec<FlowNode> = document
        .events()
        .changes_since(before.events())
        .filter(|(id, _)| {
            let attached = |document: &Document| document.get::<Event>(*id).and_then(|event| event.attached);
            attached(document) != attached(before)
        })
        .map(|(id, _)| FlowNode::Event(id))
        .collect();
    if touched.is_empty() && reattached.is_empty() {
        return Ok(());
    }
    let nest = Nest::of(document);
    if nest.is_empty() {
        return Ok(());
    }
    if !reattached.is_empty() {
        for view in document.views().ids() {
            touched.entry(view).or_default().extend(&reattached);
        }
    }
    for (view, nodes) in touched.into_iter().filter(|(view, _)| !transaction.is_as_drawn(*view)).collect::<Vec<_>>() {
        for (id, center) in snapped(transaction.document(), view, &nest, &nodes) {
            transaction.update(id, |placement: &mut Placement| placement.center = Some(center))?;
        }
    }
    Ok(())
}

/// New places of events that do not stand on the border of their step.
fn snapped(document: &Document, view: ViewId, nest: &Nest, nodes: &BTreeSet<FlowNode>) -> Vec<(PlacementId, Point)> {
    let pictures = Pictures::of(document, view);
    let boxes = Boxes::new(document, &pictures, nest);
    let mut found = Vec::new();
    for (event, host) in nest.attachments() {
        let node = FlowNode::Event(event);
        let concerned = nodes.contains(&node) || nodes.contains(&FlowNode::Step(host));
        let Some((id, placement)) = boxes.placement(node).filter(|_| concerned) else { continue };
        let (Some(center), Some(area)) = (placement.center, boxes.area(FlowNode::Step(host))) else { continue };
        let place = on_border(area, center);
        if place != center {
            found.push((id, place));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::edit::{MoveInView, Replace, apply};
    use crate::model::*;

    struct Flows {
        document: Document,
        view: ViewId,
        around: StepId,
        inner: StepId,
        leaf: StepId,
        border: EventId,
        roles: [Actor; 2],
    }

    /// A sub-flow at (300, 200), 400 × 200, with one in it at (300, 200) that holds a step at (280, 200), and an event
    /// on the lower border of that.
    fn flows() -> Flows {
        let mut document = Document::default();
        let roles = ["Clerk", "Owner"].map(|name| Actor::Role(document.insert(Role::new(name))));
        let process = document.insert(Process::new("Refund"));
        let view = document.insert(View::new("Board", ViewKind::Board));
        let flow =
            |parent| Step { kind: StepKind::SubFlow, parent, performer: Some(roles[0]), ..Step::new(process, "Flow") };
        let around = document.insert(flow(None));
        let inner = document.insert(flow(Some(around)));
        let leaf =
            document.insert(Step { parent: Some(inner), performer: Some(roles[0]), ..Step::new(process, "Work") });
        let event =
            Event { attached: Some(inner), parent: Some(around), ..Event::new(process, EventKind::Intermediate, "") };
        let border = document.insert(event);
        let places: [(ElementRef, Point, Option<Size>); 4] = [
            (around.into(), Point::new(300.0, 200.0), Some(Size::new(400.0, 200.0))),
            (inner.into(), Point::new(300.0, 200.0), Some(Size::new(200.0, 100.0))),
            (leaf.into(), Point::new(280.0, 200.0), Some(Size::new(100.0, 50.0))),
            (border.into(), Point::new(350.0, 250.0), None),
        ];
        for (element, center, size) in places {
            document.insert(Placement { center: Some(center), size, ..Placement::unplaced(view, element) });
        }
        Flows { document, view, around, inner, leaf, border, roles }
    }

    fn places(flows: &Flows, moves: &[(ElementRef, f64, f64)]) -> Vec<(f64, f64)> {
        let moves = moves.iter().map(|(element, x, y)| (*element, Point::new(*x, *y))).collect();
        let after = apply(&flows.document, &MoveInView { view: flows.view, moves }.into()).unwrap().document;
        let place = |element: ElementRef| {
            let center = after.placement_of(flows.view, element).unwrap().1.center.unwrap();
            (center.x, center.y)
        };
        vec![
            place(flows.around.into()),
            place(flows.inner.into()),
            place(flows.leaf.into()),
            place(flows.border.into()),
        ]
    }

    #[test]
    fn the_inside_and_the_border_move_along_but_for_what_is_moved_itself() {
        let flows = flows();
        let around: ElementRef = flows.around.into();
        let all = [(310.0, 240.0), (310.0, 240.0), (290.0, 240.0), (360.0, 290.0)];
        assert_eq!(places(&flows, &[(around, 310.0, 240.0)]), all);
        let together = [(around, 310.0, 240.0), (flows.inner.into(), 310.0, 240.0), (flows.leaf.into(), 290.0, 240.0)];
        assert_eq!(places(&flows, &together), all);
        let leaf_alone = places(&flows, &[(around, 310.0, 240.0), (flows.leaf.into(), 300.0, 230.0)]);
        assert_eq!(leaf_alone, [(310.0, 240.0), (310.0, 240.0), (300.0, 230.0), (360.0, 290.0)]);
    }

    #[test]
    fn an_event_stays_on_the_border_of_its_step() {
        let flows = flows();
        let border: ElementRef = flows.border.into();
        assert_eq!(places(&flows, &[(border, 380.0, 210.0)])[3], (400.0, 210.0));
        assert_eq!(places(&flows, &[(border, 900.0, 900.0)])[3], (400.0, 250.0));
    }

    #[test]
    fn the_performer_of_a_sub_flow_is_handed_down() {
        let flows = flows();
        let change =
            Replace::with(&flows.document, flows.around, |step: &mut Step| step.performer = Some(flows.roles[1]));
        let after = apply(&flows.document, &change.unwrap().into()).unwrap().document;
        let nodes = [FlowNode::Step(flows.inner), FlowNode::Step(flows.leaf), FlowNode::Event(flows.border)];
        assert_eq!(nodes.map(|node| after.performer_of(node)), [Some(flows.roles[1]); 3]);
    }
}
