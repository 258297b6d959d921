//! The box of a sub-flow holds what is inside it: it grows where a node is placed beyond its border, and a node that
//! comes to stand in it comes into its box.
//!
//! Boxes do not shrink. A sub-flow without a recorded size reaches around its inside anyway.

use std::collections::BTreeMap;

use crate::edit::nest::{Boxes, Nest, frame_around, union};
use crate::edit::pictures::Pictures;
use crate::edit::{EditError, Transaction};
use crate::model::*;

pub(super) fn run(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let document = transaction.document();
    let mut touched: BTreeMap<ViewId, Vec<FlowNode>> = BTreeMap::new();
    for (id, _) in document.placements().changes_since(before.placements()) {
        let Some(placement) = document.get::<Placement>(id) else { continue };
        let was = before.get::<Placement>(id);
        if let Ok(node) = FlowNode::try_from(placement.element)
            && was.is_none_or(|was| (was.center, was.size) != (placement.center, placement.size))
        {
            touched.entry(placement.view).or_default().push(node);
        }
    }
    let entered = entered(before, document);
    if touched.is_empty() && entered.is_empty() {
        return Ok(());
    }
    let nest = Nest::of(document);
    if nest.is_empty() {
        return Ok(());
    }
    let views: Vec<ViewId> = document.views().ids().filter(|view| !transaction.is_as_drawn(*view)).collect();
    for view in views {
        let mut nodes = touched.remove(&view).unwrap_or_default();
        let come: Vec<FlowNode> = entered.iter().copied().filter(|node| !nodes.contains(node)).collect();
        bring_inside(transaction, view, &nest, &come)?;
        nodes.extend(come);
        grow(transaction, view, &nest, nodes)?;
    }
    Ok(())
}

/// Nodes that stand in another sub-flow than before.
fn entered(before: &Document, document: &Document) -> Vec<FlowNode> {
    let steps = document.steps().changes_since(before.steps()).map(|(id, _)| FlowNode::Step(id));
    let gateways = document.gateways().changes_since(before.gateways()).map(|(id, _)| FlowNode::Gateway(id));
    let events = document.events().changes_since(before.events()).map(|(id, _)| FlowNode::Event(id));
    let parent = |document: &Document, node: FlowNode| document.parent_of(node);
    let is_new = |node: &FlowNode| {
        parent(document, *node).is_some()
            && document.host_of(*node).is_none()
            && parent(document, *node) != parent(before, *node)
    };
    steps.chain(gateways).chain(events).filter(is_new).collect()
}

/// Nodes that came to stand in a sub-flow and were not placed there are placed in the middle of its box.
fn bring_inside(transaction: &mut Transaction, view: ViewId, nest: &Nest, nodes: &[FlowNode]) -> Result<(), EditError> {
    if nodes.is_empty() {
        return Ok(());
    }
    let document = transaction.document();
    let pictures = Pictures::of(document, view);
    let boxes = Boxes::new(document, &pictures, nest);
    let mut moves: Vec<(PlacementId, Point)> = Vec::new();
    for node in nodes {
        let Some((id, placement)) = boxes.placement(*node) else { continue };
        let Some(around) = document.parent_of(*node).and_then(|step| boxes.placement(FlowNode::Step(step))) else {
            continue;
        };
        let (Some(center), Some(middle), Some(size)) = (placement.center, around.1.center, around.1.size) else {
            continue;
        };
        if !crate::edit::nest::around(middle, size).contains(center) {
            moves.push((id, middle));
        }
    }
    for (id, center) in moves {
        transaction.update(id, |placement: &mut Placement| placement.center = Some(center))?;
    }
    Ok(())
}

/// Grows the boxes around these nodes, from the inside to the outside.
fn grow(transaction: &mut Transaction, view: ViewId, nest: &Nest, nodes: Vec<FlowNode>) -> Result<(), EditError> {
    if nodes.is_empty() {
        return Ok(());
    }
    let pictures = Pictures::of(transaction.document(), view);
    let mut open = nodes;
    // A box grows once for each node inside it at most; broken files may nest in circles.
    let mut left = (open.len() + 1) * (transaction.document().steps().len() + 1);
    while let Some(node) = open.pop().filter(|_| left > 0) {
        left -= 1;
        let document = transaction.document();
        let boxes = Boxes::new(document, &pictures, nest);
        let Some(step) = boxes.holder(node).filter(|step| document.host_of(node).is_none() && boxes.is_frame(*step))
        else {
            continue;
        };
        let Some((id, frame)) = boxes.placement(FlowNode::Step(step)) else { continue };
        let (Some(_), Some(inside), Some(area)) = (frame.size, boxes.area(node), boxes.area(FlowNode::Step(step)))
        else {
            continue;
        };
        // What is drawn close to the border may stay so.
        if union(area, inside) == area {
            continue;
        }
        let all = widened(area, inside);
        let size = Size::new(all.width, all.height);
        transaction.update(id, |placement: &mut Placement| {
            placement.center = Some(all.center());
            placement.size = Some(size);
        })?;
        open.push(FlowNode::Step(step));
    }
    Ok(())
}

/// The box of a frame that just holds a box inside, on those sides on which that is beyond its border.
fn widened(frame: Area, inside: Area) -> Area {
    let needed = frame_around(inside);
    let (right, lower) = (frame.x + frame.width, frame.y + frame.height);
    let x = if inside.x < frame.x { needed.x } else { frame.x };
    let y = if inside.y < frame.y { needed.y } else { frame.y };
    let right = if inside.x + inside.width > right { needed.x + needed.width } else { right };
    let lower = if inside.y + inside.height > lower { needed.y + needed.height } else { lower };
    Area::new(x, y, right - x, lower - y)
}

#[cfg(test)]
mod tests {
    use crate::edit::{MoveInView, Replace, apply};
    use crate::model::*;

    fn frame() -> (Document, ViewId, StepId, StepId) {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let view = document.insert(View::new("Board", ViewKind::Board));
        let around = document.insert(Step { kind: StepKind::SubFlow, ..Step::new(process, "Flow") });
        let leaf = document.insert(Step { parent: Some(around), ..Step::new(process, "Work") });
        let size = Some(Size::new(200.0, 100.0));
        for (step, center, size) in
            [(around, Point::new(100.0, 50.0), size), (leaf, Point::new(60.0, 50.0), Some(Size::new(80.0, 40.0)))]
        {
            document.insert(Placement { center: Some(center), size, ..Placement::unplaced(view, step.into()) });
        }
        (document, view, around, leaf)
    }

    fn area(document: &Document, view: ViewId, step: StepId) -> Area {
        let placement = document.placement_of(view, step.into()).unwrap().1;
        crate::edit::nest::around(placement.center.unwrap(), placement.size.unwrap())
    }

    #[test]
    fn a_frame_grows_where_a_node_reaches_beyond_it_and_its_inside_stays() {
        let (document, view, around, leaf) = frame();
        let edit = MoveInView { view, moves: vec![(leaf.into(), Point::new(190.0, 50.0))] };
        let after = apply(&document, &edit.into()).unwrap().document;
        assert_eq!(area(&after, view, around), Area::new(0.0, 0.0, 246.0, 100.0));
        assert_eq!(area(&after, view, leaf), Area::new(150.0, 30.0, 80.0, 40.0));
        assert_eq!(after.get::<Step>(leaf).unwrap().parent, Some(around));
    }

    #[test]
    fn a_step_that_is_said_to_be_inside_is_drawn_inside() {
        let (mut document, view, around, leaf) = frame();
        document.get_mut::<Step>(leaf).unwrap().parent = None;
        let id = document.placement_of(view, leaf.into()).unwrap().0;
        document.get_mut::<Placement>(id).unwrap().center = Some(Point::new(700.0, 50.0));
        let edit = Replace::with(&document, leaf, |step: &mut Step| step.parent = Some(around)).unwrap();
        let after = apply(&document, &edit.into()).unwrap().document;
        assert_eq!(area(&after, view, leaf).center(), Point::new(100.0, 50.0));
        assert_eq!(area(&after, view, around), Area::new(0.0, 0.0, 200.0, 100.0));
    }
}
