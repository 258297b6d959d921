//! What stands inside sub-flows and on the borders of steps, and where their boxes are in a picture.
//!
//! The edit layer knows no text: a box without a recorded size counts with the usual one of its kind, and a sub-flow
//! without a recorded size reaches around what is shown inside it.

use std::collections::{BTreeMap, BTreeSet};

use super::pictures::Pictures;
use super::{EditError, Transaction};
use crate::model::*;

/// Room between the border of a sub-flow and a box inside it, in world units.
const ROOM: f64 = 16.0;
/// Room above the boxes inside a sub-flow, for its name.
const ROOM_ABOVE: f64 = 34.0;
/// Usual sizes of boxes, in world units.
const STEP: Size = Size { width: 124.0, height: 56.0 };
const GATEWAY: Size = Size { width: 40.0, height: 40.0 };
const EVENT: Size = Size { width: 32.0, height: 32.0 };

/// Who stands inside which step, and who on its border.
#[derive(Debug, Default)]
pub(super) struct Nest {
    inside: BTreeMap<StepId, Vec<FlowNode>>,
    attached: BTreeMap<StepId, Vec<FlowNode>>,
}

impl Nest {
    /// That of a document, with one pass over its nodes.
    pub(super) fn of(document: &Document) -> Self {
        let mut nest = Self::default();
        for (id, step) in document.steps().iter() {
            nest.add(step.parent, FlowNode::Step(id));
        }
        for (id, gateway) in document.gateways().iter() {
            nest.add(gateway.parent, FlowNode::Gateway(id));
        }
        for (id, event) in document.events().iter() {
            match event.attached {
                Some(host) => nest.attached.entry(host).or_default().push(FlowNode::Event(id)),
                None => nest.add(event.parent, FlowNode::Event(id)),
            }
        }
        nest
    }

    fn add(&mut self, parent: Option<StepId>, node: FlowNode) {
        if let Some(parent) = parent {
            self.inside.entry(parent).or_default().push(node);
        }
    }

    /// Whether no step has anything inside or on its border.
    pub(super) fn is_empty(&self) -> bool {
        self.inside.is_empty() && self.attached.is_empty()
    }

    /// Nodes right inside a step, those on the borders of its steps left out.
    pub(super) fn inside(&self, step: StepId) -> &[FlowNode] {
        self.inside.get(&step).map_or(&[], Vec::as_slice)
    }

    /// Events on the border of a step.
    pub(super) fn attached(&self, step: StepId) -> &[FlowNode] {
        self.attached.get(&step).map_or(&[], Vec::as_slice)
    }

    /// All events on borders, each with its step.
    pub(super) fn attachments(&self) -> impl Iterator<Item = (EventId, StepId)> + '_ {
        self.attached.iter().flat_map(|(host, nodes)| nodes.iter().map(|node| (*node, *host))).filter_map(
            |(node, host)| match node {
                FlowNode::Event(event) => Some((event, host)),
                FlowNode::Step(_) | FlowNode::Gateway(_) => None,
            },
        )
    }

    /// What goes where a node goes: what is right inside it and what is on its border.
    pub(super) fn followers(&self, node: FlowNode) -> impl Iterator<Item = FlowNode> + '_ {
        let (inside, attached) = match node {
            FlowNode::Step(step) => (self.inside(step), self.attached(step)),
            FlowNode::Gateway(_) | FlowNode::Event(_) => (&[][..], &[][..]),
        };
        inside.iter().chain(attached).copied()
    }

    /// A node and all that is inside it and on its border, however deep.
    pub(super) fn with_followers(&self, nodes: impl IntoIterator<Item = FlowNode>) -> BTreeSet<FlowNode> {
        let mut all = BTreeSet::new();
        let mut open: Vec<FlowNode> = nodes.into_iter().collect();
        while let Some(node) = open.pop() {
            if all.insert(node) {
                open.extend(self.followers(node));
            }
        }
        all
    }
}

/// The boxes of one view.
pub(super) struct Boxes<'a> {
    document: &'a Document,
    pictures: &'a Pictures,
    nest: &'a Nest,
}

impl<'a> Boxes<'a> {
    /// Those of a view.
    pub(super) fn new(document: &'a Document, pictures: &'a Pictures, nest: &'a Nest) -> Self {
        Self { document, pictures, nest }
    }

    /// The placement of a node.
    pub(super) fn placement(&self, node: FlowNode) -> Option<(PlacementId, &'a Placement)> {
        let id = self.pictures.get(node.into())?;
        self.document.get::<Placement>(id).map(|placement| (id, placement))
    }

    /// Whether a step is shown as a frame around what is inside it: one that shows some of it, or was given a size.
    pub(super) fn is_frame(&self, step: StepId) -> bool {
        let shows_some = || self.nest.inside(step).iter().any(|node| self.pictures.shows((*node).into()));
        self.document.get::<Step>(step).is_some_and(|step| step.kind.has_inside())
            && self
                .placement(FlowNode::Step(step))
                .is_some_and(|(_, placement)| !placement.collapsed && (placement.size.is_some() || shows_some()))
    }

    /// The box of a node; none where it is not placed.
    pub(super) fn area(&self, node: FlowNode) -> Option<Area> {
        self.area_within(node, self.document.steps().len())
    }

    fn area_within(&self, node: FlowNode, depth: usize) -> Option<Area> {
        let (_, placement) = self.placement(node)?;
        let center = placement.center?;
        if let Some(size) = placement.size {
            return Some(around(center, size));
        }
        match node {
            FlowNode::Step(step) if depth > 0 && self.is_frame(step) && !self.nest.inside(step).is_empty() => {
                let inside = self.nest.inside(step).iter().filter_map(|node| self.area_within(*node, depth - 1));
                inside.map(frame_around).reduce(union).or(Some(around(center, STEP)))
            }
            other => Some(around(center, usual_size(other))),
        }
    }

    /// The innermost frame that covers a point, none of `without`; the smallest of several.
    pub(super) fn frame_at(&self, point: Point, without: &BTreeSet<FlowNode>) -> Option<StepId> {
        let frames = self.pictures.nodes(self.document).into_iter().filter_map(|(node, _)| match node {
            FlowNode::Step(step) if self.is_frame(step) && !without.contains(&node) => Some((step, self.area(node)?)),
            _ => None,
        });
        let covering = frames.filter(|(step, area)| area.contains(point) && !self.is_hidden(FlowNode::Step(*step)));
        let size = |area: &Area| area.width * area.height;
        let depth = |step: StepId| self.depth(step);
        covering
            .min_by(|(a, one), (b, two)| depth(*b).cmp(&depth(*a)).then(size(one).total_cmp(&size(two))).then(a.cmp(b)))
            .map(|(step, _)| step)
    }

    fn depth(&self, step: StepId) -> usize {
        sub_flows_around(self.document, FlowNode::Step(step)).count()
    }

    /// Whether a node is inside a sub-flow that is folded in this view.
    pub(super) fn is_hidden(&self, node: FlowNode) -> bool {
        let is_folded =
            |step: StepId| self.placement(FlowNode::Step(step)).is_some_and(|(_, placement)| placement.collapsed);
        sub_flows_around(self.document, node).any(is_folded)
    }

    /// The step whose box holds a node in this view: the frame around it, or the step on whose border it stands.
    pub(super) fn holder(&self, node: FlowNode) -> Option<StepId> {
        let is_shown = |step: &StepId| self.pictures.shows((*step).into());
        let host = self.document.host_of(node).filter(is_shown);
        host.or_else(|| self.document.parent_of(node).filter(is_shown))
    }
}

/// The sub-flows around a node, the innermost first; in a file that has them in a circle no more than there are steps.
pub(super) fn sub_flows_around(document: &Document, node: FlowNode) -> impl Iterator<Item = StepId> + '_ {
    let above = |step: &StepId| document.parent_of(FlowNode::Step(*step));
    std::iter::successors(document.parent_of(node), above).take(document.steps().len())
}

/// Lets a node stand in a sub-flow, or in none; the events on its border with it.
pub(super) fn set_parent(
    transaction: &mut Transaction,
    node: FlowNode,
    parent: Option<StepId>,
) -> Result<(), EditError> {
    match node {
        FlowNode::Step(id) => {
            transaction.update(id, |step: &mut Step| step.parent = parent)?;
            let events = transaction.document().events().iter();
            let attached: Vec<EventId> =
                events.filter(|(_, event)| event.attached == Some(id)).map(|(event, _)| event).collect();
            for event in attached {
                transaction.update(event, |event: &mut Event| event.parent = parent)?;
            }
            Ok(())
        }
        FlowNode::Gateway(id) => transaction.update(id, |gateway: &mut Gateway| gateway.parent = parent),
        FlowNode::Event(id) => transaction.update(id, |event: &mut Event| event.parent = parent),
    }
}

/// The usual size of a node's box.
pub(super) fn usual_size(node: FlowNode) -> Size {
    match node {
        FlowNode::Step(_) => STEP,
        FlowNode::Gateway(_) => GATEWAY,
        FlowNode::Event(_) => EVENT,
    }
}

/// The box of a size around a point.
pub(super) fn around(center: Point, size: Size) -> Area {
    Area::new(center.x - size.width / 2.0, center.y - size.height / 2.0, size.width, size.height)
}

/// The box of a sub-flow that holds just this box.
pub(super) fn frame_around(area: Area) -> Area {
    Area::new(area.x - ROOM, area.y - ROOM_ABOVE, area.width + 2.0 * ROOM, area.height + ROOM_ABOVE + ROOM)
}

/// The smallest box around two.
pub(super) fn union(a: Area, b: Area) -> Area {
    let (x, y) = (a.x.min(b.x), a.y.min(b.y));
    let (right, lower) = ((a.x + a.width).max(b.x + b.width), (a.y + a.height).max(b.y + b.height));
    Area::new(x, y, right - x, lower - y)
}

/// The place on the border of a box nearest to a point.
pub(super) fn on_border(area: Area, point: Point) -> Point {
    let (right, lower) = (area.x + area.width, area.y + area.height);
    let (x, y) = (point.x.clamp(area.x, right), point.y.clamp(area.y, lower));
    let sides = [
        (x - area.x, Point::new(area.x, y)),
        (right - x, Point::new(right, y)),
        (y - area.y, Point::new(x, area.y)),
        (lower - y, Point::new(x, lower)),
    ];
    let nearest = sides.into_iter().min_by(|(a, _), (b, _)| a.total_cmp(b));
    nearest.map_or(point, |(_, place)| place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_place_on_a_border_is_found_from_inside_and_outside() {
        let area = Area::new(0.0, 0.0, 100.0, 40.0);
        assert_eq!(on_border(area, Point::new(50.0, 35.0)), Point::new(50.0, 40.0));
        assert_eq!(on_border(area, Point::new(140.0, 10.0)), Point::new(100.0, 10.0));
        assert_eq!(on_border(area, Point::new(-20.0, -5.0)), Point::new(0.0, 0.0));
    }

    #[test]
    fn the_innermost_frame_is_found_and_one_without_a_size_reaches_around_its_inside() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let view = document.insert(View::new("Board", ViewKind::Board));
        let flow = |parent| Step { kind: StepKind::SubFlow, parent, ..Step::new(process, "Flow") };
        let outer = document.insert(flow(None));
        let inner = document.insert(flow(Some(outer)));
        let leaf = document.insert(Step { parent: Some(inner), ..Step::new(process, "Work") });
        let places = [(outer, 200.0, Some(Size::new(400.0, 300.0))), (inner, 200.0, None), (leaf, 260.0, None)];
        for (step, x, size) in places {
            let center = Some(Point::new(x, 100.0));
            document.insert(Placement { center, size, ..Placement::unplaced(view, step.into()) });
        }
        let (pictures, nest) = (Pictures::of(&document, view), Nest::of(&document));
        let boxes = Boxes::new(&document, &pictures, &nest);
        let at = |x: f64| boxes.frame_at(Point::new(x, 100.0), &BTreeSet::new());
        assert_eq!(
            [10.0, 190.0, 330.0, 345.0, 500.0].map(at),
            [Some(outer), Some(inner), Some(inner), Some(outer), None]
        );
        let without = nest.with_followers([FlowNode::Step(inner)]);
        assert_eq!(boxes.frame_at(Point::new(200.0, 100.0), &without), Some(outer));
    }
}
