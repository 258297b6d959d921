//! The line of a flow or link follows its ends.
//!
//! When an end changes its place or size, an automatic line is dropped and routed anew; inside a box that moves as a
//! whole it moves along, and so it does where lanes move with all that is in them. A pinned line moves along when both
//! its ends move alike; when one end moves, its end of the line moves, the piece beside it stays upright or level and the
//! other bends keep their places ([`model::follow`]).
//! When it leads elsewhere, any line is dropped.

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::rules::is_line;
use crate::edit::{EditError, Transaction};
use crate::model::{self, *};

pub(super) fn run(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let document = transaction.document();
    let moves = Moves::new(before, document);
    let redirected = redirected(before, document);
    if moves.boxes.is_empty() && moves.laned.is_empty() && redirected.is_empty() {
        return Ok(());
    }
    let mut changes: Vec<(PlacementId, Vec<Point>)> = Vec::new();
    let lines = document.placements().iter().filter(|(_, placement)| is_line(placement.element));
    for (id, placement) in lines.filter(|(_, placement)| !transaction.is_as_drawn(placement.view)) {
        let was = before.get::<Placement>(id).map(|placement| &placement.bends);
        // A line that the edit itself has laid is not stale.
        if placement.bends.is_empty() || was != Some(&placement.bends) {
            continue;
        }
        let Some(ends) = ends(document, placement.element) else { continue };
        if redirected.contains(&placement.element) {
            changes.push((id, Vec::new()));
        } else if let Some(bends) = follow(placement, &moves.of(document, placement.view, ends)) {
            changes.push((id, bends));
        }
    }
    for (id, bends) in changes {
        let is_empty = bends.is_empty();
        transaction.update(id, |placement: &mut Placement| placement.bends = bends)?;
        let says_nothing = |placement: &Placement| !placement.pinned && placement.label.is_none();
        if is_empty && transaction.document().get::<Placement>(id).is_some_and(says_nothing) {
            // A placement of a line records only where it runs.
            transaction.remove(id.into());
        }
    }
    Ok(())
}

type Ends = (ElementRef, ElementRef);

fn ends(document: &Document, line: ElementRef) -> Option<Ends> {
    match line {
        ElementRef::Flow(id) => document.get::<Flow>(id).map(|flow| (flow.from.into(), flow.to.into())),
        ElementRef::Link(id) => document.get::<Link>(id).map(|link| (link.from, link.to)),
        _ => None,
    }
}

/// Lines that lead elsewhere than before.
fn redirected(before: &Document, document: &Document) -> BTreeSet<ElementRef> {
    let flows = document.flows().changes_since(before.flows()).map(|(id, _)| ElementRef::from(id));
    let links = document.links().changes_since(before.links()).map(|(id, _)| ElementRef::from(id));
    let is_other = |line: &ElementRef| {
        let old = ends(before, *line);
        old.is_some() && old != ends(document, *line)
    };
    flows.chain(links).filter(is_other).collect()
}

/// What happened to the box of an element.
#[derive(Clone, Copy, PartialEq)]
enum Moved {
    /// It stood there and stands elsewhere or has another size.
    From(EndBox, EndBox),
    /// It came.
    Otherwise,
}

impl Moved {
    fn is_like(self, other: Self) -> bool {
        let by = |moved: Self| match moved {
            Self::From(old, new) if old.size == new.size => {
                Some((new.center.x - old.center.x, new.center.y - old.center.y))
            }
            _ => None,
        };
        let pair = by(self).zip(by(other));
        pair.is_some_and(|((x, y), (other_x, other_y))| (x - other_x).abs() < 0.001 && (y - other_y).abs() < 0.001)
    }
}

/// What moved between two versions.
struct Moves {
    boxes: BTreeMap<(ViewId, ElementRef), Moved>,
    /// Views whose lanes changed.
    laned: BTreeSet<ViewId>,
}

/// What happened to the ends of a line, and whether they moved as parts of a whole.
struct OfEnds {
    from: Option<Moved>,
    to: Option<Moved>,
    as_a_whole: bool,
}

impl Moves {
    fn new(before: &Document, document: &Document) -> Self {
        let mut boxes = BTreeMap::new();
        for (id, _) in document.placements().changes_since(before.placements()) {
            let Some(new) = document.get::<Placement>(id).filter(|new| !is_line(new.element)) else { continue };
            let Some(old) = before.get::<Placement>(id) else { continue };
            if (old.center, old.size) == (new.center, new.size) {
                continue;
            }
            let change = match (old.center, new.center) {
                (Some(from), Some(to)) => Moved::From(EndBox::new(from, old.size), EndBox::new(to, new.size)),
                _ => Moved::Otherwise,
            };
            boxes.insert((new.view, new.element), change);
        }
        let lanes = |document: &Document, id: ViewId| document.get::<View>(id).map(|view| view.lanes().to_vec());
        let views = document.views().changes_since(before.views()).map(|(id, _)| id);
        Self { boxes, laned: views.filter(|id| lanes(before, *id) != lanes(document, *id)).collect() }
    }

    fn of(&self, document: &Document, view: ViewId, (from, to): Ends) -> OfEnds {
        let box_of = |element: ElementRef| self.boxes.get(&(view, element)).copied();
        let end = |element: ElementRef| match element {
            // A whole lane ends where its lanes end.
            _ if Actor::try_from(element).is_ok() => {
                box_of(element).or_else(|| self.laned.contains(&view).then_some(Moved::Otherwise))
            }
            // The line of a flow moves with the ends of that.
            ElementRef::Flow(id) => document.get::<Flow>(id).and_then(|flow| {
                let is_moved = box_of(flow.from.into()).is_some() || box_of(flow.to.into()).is_some();
                is_moved.then_some(Moved::Otherwise)
            }),
            other => box_of(other),
        };
        let (from_moved, to_moved) = (end(from), end(to));
        let alike = from_moved.zip(to_moved).is_some_and(|(one, two)| one.is_like(two));
        let around = |element: ElementRef| FlowNode::try_from(element).ok().and_then(|node| document.parent_of(node));
        let container = around(from).filter(|step| around(to) == Some(*step));
        let with_container = container.and_then(|step| box_of(step.into())).zip(from_moved);
        let in_one_box = with_container.is_some_and(|(one, two)| one.is_like(two));
        OfEnds { from: from_moved, to: to_moved, as_a_whole: alike && (in_one_box || self.laned.contains(&view)) }
    }
}

/// The line after its ends moved; none where they did not.
fn follow(placement: &Placement, ends: &OfEnds) -> Option<Vec<Point>> {
    if ends.from.is_none() && ends.to.is_none() {
        return None;
    }
    if !placement.pinned && !ends.as_a_whole {
        return Some(Vec::new());
    }
    // An end of which nothing is known stays where it is.
    let at = |end: Option<&Point>| EndBox::new(end.copied().unwrap_or_default(), None);
    let boxes = |moved: Option<Moved>, end: Option<&Point>| match moved {
        Some(Moved::From(old, new)) => (old, new),
        _ => (at(end), at(end)),
    };
    let (old_from, new_from) = boxes(ends.from, placement.bends.first());
    let (old_to, new_to) = boxes(ends.to, placement.bends.last());
    Some(model::follow(&placement.bends, old_from, old_to, new_from, new_to))
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

    #[test]
    fn lines_inside_a_sub_flow_move_along_with_it_and_lines_of_links_follow_their_ends() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let view = document.insert(View::new("Board", ViewKind::Board));
        let around = document.insert(Step { kind: StepKind::SubFlow, ..Step::new(process, "Around") });
        let steps = [(0.0, "a"), (100.0, "b")].map(|(x, name)| {
            let step = document.insert(Step { parent: Some(around), ..Step::new(process, name) });
            let center = Some(Point::new(x, 0.0));
            document.insert(Placement { center, ..Placement::unplaced(view, step.into()) });
            step
        });
        let size = Some(Size::new(400.0, 200.0));
        document.insert(Placement {
            center: Some(Point::new(50.0, 0.0)),
            size,
            ..Placement::unplaced(view, around.into())
        });
        let supplier = document.insert(External::new("Supplier"));
        let flow: ElementRef =
            document.insert(Flow::new(process, FlowNode::Step(steps[0]), FlowNode::Step(steps[1]))).into();
        let link: ElementRef = document.insert(Link::new(LinkKind::Message, steps[0], supplier)).into();
        let line = vec![Point::new(20.0, 0.0), Point::new(80.0, 0.0)];
        for element in [flow, link] {
            document.insert(Placement { bends: line.clone(), ..Placement::unplaced(view, element) });
        }
        let edit = MoveInView { view, moves: vec![(around.into(), Point::new(60.0, 10.0))] };
        let after = apply(&document, &edit.into()).unwrap().document;
        let bends = |element| after.placement_of(view, element).map(|(_, shown)| shown.bends.clone());
        assert_eq!(bends(flow), Some(vec![Point::new(30.0, 10.0), Point::new(90.0, 10.0)]));
        assert_eq!(bends(link), None);
    }
}
