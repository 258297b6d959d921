//! The line of a flow follows its ends.
//!
//! When an end changes its place or size, an automatic line is dropped and routed anew. A pinned line moves along when
//! both its ends move alike; when one end moves, its end of the line moves and the segment beside it stays upright or
//! level. When the flow leads elsewhere, any line is dropped.

use std::collections::BTreeMap;

use crate::edit::{EditError, Transaction};
use crate::model::*;

pub(super) fn run(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let document = transaction.document();
    let moved = moved_nodes(before, document);
    let redirected: Vec<FlowId> = document
        .flows()
        .changes_since(before.flows())
        .filter(|(id, _)| {
            let ends = |document: &Document| document.get::<Flow>(*id).map(|flow| (flow.from, flow.to));
            ends(before).is_some() && ends(document) != ends(before)
        })
        .map(|(id, _)| id)
        .collect();
    if moved.is_empty() && redirected.is_empty() {
        return Ok(());
    }
    let mut changes: Vec<(PlacementId, Vec<Point>)> = Vec::new();
    for (id, placement) in document.placements().iter() {
        let ElementRef::Flow(flow_id) = placement.element else { continue };
        if transaction.is_as_drawn(placement.view) {
            continue;
        }
        let Some(flow) = document.get::<Flow>(flow_id) else { continue };
        let was = before.get::<Placement>(id).map(|placement| &placement.bends);
        // A line that the edit itself has laid is not stale.
        if placement.bends.is_empty() || was != Some(&placement.bends) {
            continue;
        }
        let end = |node: FlowNode| moved.get(&(placement.view, node)).copied();
        if redirected.contains(&flow_id) {
            changes.push((id, Vec::new()));
        } else if let Some(bends) = follow(placement, end(flow.from), end(flow.to)) {
            changes.push((id, bends));
        }
    }
    for (id, bends) in changes {
        let is_empty = bends.is_empty();
        transaction.update(id, |placement: &mut Placement| placement.bends = bends)?;
        let is_pinned = transaction.document().get::<Placement>(id).is_some_and(|placement| placement.pinned);
        if is_empty && !is_pinned {
            // A placement of a flow records only its line.
            transaction.remove(id.into());
        }
    }
    Ok(())
}

/// What happened to the box of a node.
#[derive(Clone, Copy, PartialEq)]
enum Moved {
    /// It moved by this much and kept its size.
    By(f64, f64),
    /// It came, or changed its size.
    Otherwise,
}

fn moved_nodes(before: &Document, document: &Document) -> BTreeMap<(ViewId, FlowNode), Moved> {
    let mut moved = BTreeMap::new();
    for (id, _) in document.placements().changes_since(before.placements()) {
        let Some(new) = document.get::<Placement>(id) else { continue };
        let (Some(old), Ok(node)) = (before.get::<Placement>(id), FlowNode::try_from(new.element)) else { continue };
        if (old.center, old.size) == (new.center, new.size) {
            continue;
        }
        let change = match (old.center, new.center) {
            (Some(from), Some(to)) if old.size == new.size => Moved::By(to.x - from.x, to.y - from.y),
            _ => Moved::Otherwise,
        };
        moved.insert((new.view, node), change);
    }
    moved
}

/// The line after its ends moved; none where they did not.
fn follow(placement: &Placement, from: Option<Moved>, to: Option<Moved>) -> Option<Vec<Point>> {
    if from.is_none() && to.is_none() {
        return None;
    }
    if !placement.pinned {
        return Some(Vec::new());
    }
    let mut bends = placement.bends.clone();
    if let (Some(Moved::By(x, y)), Some(Moved::By(other_x, other_y))) = (from, to)
        && (x - other_x).abs() < 0.001
        && (y - other_y).abs() < 0.001
    {
        for bend in &mut bends {
            *bend = Point::new(bend.x + x, bend.y + y);
        }
        return Some(bends);
    }
    if let Some(Moved::By(x, y)) = from {
        pull_first(&mut bends, x, y);
    }
    if let Some(Moved::By(x, y)) = to {
        bends.reverse();
        pull_first(&mut bends, x, y);
        bends.reverse();
    }
    Some(bends)
}

/// Moves the first point; the second one follows so that the segment between them keeps its direction.
fn pull_first(bends: &mut [Point], x: f64, y: f64) {
    let count = bends.len();
    let [first, rest @ ..] = bends else { return };
    let old = *first;
    *first = Point::new(old.x + x, old.y + y);
    if count > 2
        && let Some(second) = rest.first_mut()
    {
        let (is_upright, is_level) = ((second.x - old.x).abs() < 0.001, (second.y - old.y).abs() < 0.001);
        if is_upright {
            second.x += x;
        }
        if is_level {
            second.y += y;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::edit::{MoveInView, apply};
    use crate::model::*;

    /// The line of a flow from (0, 0) to (100, 50) after some of its ends moved by (0, 30).
    fn line_after(pinned: bool, moved: &[usize]) -> Option<Vec<Point>> {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let view = document.insert(View::new("Board", ViewKind::Board));
        let centers = [Point::new(0.0, 0.0), Point::new(100.0, 50.0)];
        let steps = centers.map(|center| {
            let step = document.insert(Step::new(process, "Step"));
            document.insert(Placement { center: Some(center), ..Placement::unplaced(view, step.into()) });
            step
        });
        let flow = document.insert(Flow::new(process, FlowNode::Step(steps[0]), FlowNode::Step(steps[1])));
        let bends = [(10.0, 0.0), (50.0, 0.0), (50.0, 50.0), (90.0, 50.0)].map(|(x, y)| Point::new(x, y)).to_vec();
        document.insert(Placement { bends, pinned, ..Placement::unplaced(view, flow.into()) });
        let shifted = |index: &usize| (steps[*index].into(), Point::new(centers[*index].x, centers[*index].y + 30.0));
        let edit = MoveInView { view, moves: moved.iter().map(shifted).collect() };
        let after = apply(&document, &edit.into()).unwrap().document;
        after.placement_of(view, flow.into()).map(|(_, placement)| placement.bends.clone())
    }

    fn points(list: [(f64, f64); 4]) -> Option<Vec<Point>> {
        Some(list.map(|(x, y)| Point::new(x, y)).to_vec())
    }

    #[test]
    fn automatic_lines_are_dropped_and_pinned_ones_follow() {
        assert_eq!(line_after(false, &[0]), None);
        assert_eq!(line_after(true, &[0, 1]), points([(10.0, 30.0), (50.0, 30.0), (50.0, 80.0), (90.0, 80.0)]));
        assert_eq!(line_after(true, &[0]), points([(10.0, 30.0), (50.0, 30.0), (50.0, 50.0), (90.0, 50.0)]));
        assert_eq!(line_after(true, &[1]), points([(10.0, 0.0), (50.0, 0.0), (50.0, 80.0), (90.0, 80.0)]));
    }
}
