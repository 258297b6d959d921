//! The pictures of an extraction: the new step in the place of what moves, and a view of that.

use std::collections::BTreeSet;

use super::cut::Cut;
use crate::edit::pictures::Pictures;
use crate::edit::{EditError, Transaction};
use crate::model::*;

/// Shows the new step where the nodes were, and the nodes in a view of their own.
pub(super) fn redraw(transaction: &mut Transaction, view: ViewId, cut: &Cut, step: StepId) -> Result<(), EditError> {
    let document = transaction.document();
    let moving = what_moves(document, cut);
    let inner = inner_view(document, view, cut, step);
    let folds: BTreeSet<ElementRef> = document
        .placements_in(view)
        .filter(|(_, placement)| placement.collapsed)
        .map(|(_, placement)| placement.element)
        .collect();
    let shown: BTreeSet<ElementRef> = document.placements_in(view).map(|(_, placement)| placement.element).collect();
    // The views of what is inside the nodes stay theirs.
    let goes_along = |view: &View| view.within.is_some_and(|step| cut.all.contains(&FlowNode::Step(step)));
    let shows_flow = |view: &View| view.process().is_some() && !goes_along(view);
    let views: Vec<ViewId> = document.views().iter().filter(|(_, view)| shows_flow(view)).map(|(id, _)| id).collect();
    for view in views {
        replace_by_step(transaction, view, cut, step, &moving)?;
    }
    let new = transaction.insert(inner);
    let mut pictures = Pictures::of(transaction.document(), new);
    let nodes = cut.all.iter().map(|node| ElementRef::from(*node));
    let others = moving.iter().copied().filter(|element| FlowNode::try_from(*element).is_err() && shown.contains(element));
    for element in nodes.chain(others).collect::<Vec<_>>() {
        let is_line = matches!(element, ElementRef::Flow(_) | ElementRef::Link(_));
        if !is_line {
            pictures.change(transaction, element, |placement| placement.collapsed = folds.contains(&element))?;
        }
    }
    Ok(())
}

/// The nodes, the lines at them, and the artefacts and remarks that have to do with nothing else.
fn what_moves(document: &Document, cut: &Cut) -> BTreeSet<ElementRef> {
    let nodes: BTreeSet<ElementRef> = cut.all.iter().map(|node| ElementRef::from(*node)).collect();
    let mut moving = nodes.clone();
    moving.extend(cut.inner.iter().chain(&cut.entries).map(|flow| ElementRef::from(*flow)));
    moving.insert(cut.leaving.into());
    let (mut ours, mut others): (BTreeSet<ElementRef>, BTreeSet<ElementRef>) = Default::default();
    for (id, link) in document.links().iter() {
        let ends = [link.from, link.to];
        if ends.iter().any(|end| nodes.contains(end)) {
            moving.insert(id.into());
        }
        for (end, other) in [(link.from, link.to), (link.to, link.from)] {
            let side = if nodes.contains(&other) { &mut ours } else { &mut others };
            side.insert(end);
        }
    }
    for (id, note) in document.notes().iter() {
        let Some(about) = note.about else { continue };
        let side = if nodes.contains(&about) { &mut ours } else { &mut others };
        side.insert(id.into());
    }
    let goes = |element: &ElementRef| {
        matches!(element, ElementRef::Artefact(_) | ElementRef::Note(_)) && !others.contains(element)
    };
    moving.extend(ours.iter().copied().filter(goes));
    moving
}

/// The view of what moves, with the lanes of those who perform it, in their order.
fn inner_view(document: &Document, view: ViewId, cut: &Cut, step: StepId) -> View {
    let name = document.name_of(step.into()).to_owned();
    let called = document.get::<Step>(step).and_then(|step| step.calls);
    let mut inner = View::inside(name, called.unwrap_or(cut.process), step);
    if called.is_some() {
        inner.within = None;
    }
    inner.order = document.views().iter().map(|(_, view)| view.order).max().unwrap_or(0);
    let performers: BTreeSet<Option<Actor>> = cut.nodes.iter().map(|node| document.performer_of(*node)).collect();
    if let (ViewKind::Process { lanes, direction, .. }, Some(outer)) = (&mut inner.kind, document.get::<View>(view)) {
        *direction = outer.direction();
        let own = outer.lanes().iter().filter(|lane| performers.contains(&lane.actor));
        *lanes = own.map(|lane| Lane::new(lane.actor)).collect();
    }
    inner
}

/// Takes what moves out of a view and shows the step, closed, in the middle of what its performer did there.
fn replace_by_step(
    transaction: &mut Transaction,
    view: ViewId,
    cut: &Cut,
    step: StepId,
    moving: &BTreeSet<ElementRef>,
) -> Result<(), EditError> {
    let document = transaction.document();
    let performer = document.performer_of(FlowNode::Step(step));
    let gone: Vec<(PlacementId, ElementRef, Option<Point>)> = document
        .placements_in(view)
        .filter(|(_, placement)| moving.contains(&placement.element))
        .map(|(id, placement)| (id, placement.element, placement.center))
        .collect();
    let nodes = || gone.iter().filter_map(|(_, element, center)| Some((FlowNode::try_from(*element).ok()?, (*center)?)));
    let outer = || nodes().filter(|(node, _)| cut.nodes.contains(node));
    let own = middle(outer().filter(|(node, _)| document.performer_of(*node) == performer).map(|(_, center)| center));
    let center = own.or_else(|| middle(outer().map(|(_, center)| center)));
    let is_shown = gone.iter().any(|(_, element, _)| cut.nodes.iter().any(|node| ElementRef::from(*node) == *element));
    for (placement, ..) in gone {
        transaction.remove(placement.into());
    }
    if is_shown {
        let picture = Placement { center, collapsed: true, ..Placement::unplaced(view, step.into()) };
        transaction.insert(picture);
    }
    Ok(())
}

/// The middle between the outermost of some points.
fn middle(points: impl Iterator<Item = Point>) -> Option<Point> {
    let mut bounds: Option<(Point, Point)> = None;
    for point in points {
        let (low, high) = bounds.unwrap_or((point, point));
        bounds = Some((
            Point::new(low.x.min(point.x), low.y.min(point.y)),
            Point::new(high.x.max(point.x), high.y.max(point.y)),
        ));
    }
    bounds.map(|(low, high)| Point::new((low.x + high.x) / 2.0, (low.y + high.y) / 2.0))
}
