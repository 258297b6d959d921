//! Arranging process views: lanes in the order in which a case meets them, nodes in layers, what belongs to them beside.

use rustc_hash::{FxHashMap, FxHashSet};

use super::bands::{Bands, Content};
use super::plan::{LaneOf, Member, Plan, calls_around, is_frame, lanes_of_shown};
use super::pools::{self, Arranged};
use super::{Arrangement, Stage, center_of_rect, frames, phases, rounded};
use crate::layout::geometry as plane;
use crate::layout::request::{FlowRequest, LaneEnd};
use crate::layout::result::FlowResult;
use crate::model::*;
use crate::scene::lanes::{complete_lanes, step_around};
use crate::scene::measures::*;

/// Width at which captions of events and gateways are broken.
pub(crate) const CAPTION_WIDTH: f32 = 108.0;

/// What a process view says about its picture.
#[derive(Clone, Copy)]
pub(super) struct Sheet<'a> {
    pub(super) process: ProcessId,
    pub(super) lanes: &'a [Lane],
    pub(super) phases: &'a [Phase],
    pub(super) direction: FlowDirection,
    /// Which way it ran when the boxes were put where they are.
    pub(super) stood: FlowDirection,
}

impl Stage<'_> {
    /// A layered flow in lanes, the pools in the order in which lines cross least.
    pub(super) fn flow(&self, sheet: Sheet<'_>) -> Arrangement {
        let lane_of = lanes_of_shown(self, sheet.process);
        let lanes = self.lanes_for(sheet, &lane_of);
        let content = self.contents_of_lanes(sheet.process, &lane_of);
        let Arranged { plan, result, by } = pools::in_best_order(lanes, sheet.direction, |lanes, arrange| {
            let bands = Bands::restacked(lanes, |lane| content.get(&lane.actor).copied().unwrap_or_default());
            let mut plan = Plan::new(self, bands, sheet.direction, &lane_of);
            phases::ask(self, sheet, &mut plan);
            let (result, by) = arranged(&mut plan, sheet.direction, arrange);
            Arranged { plan, result, by }
        });
        let along = sheet.direction.along(Point::new(by.x, by.y));
        let mut arrangement = Arrangement {
            lanes: Some(plan.bands.placed(&shifted(&result, sheet.direction, by))),
            phases: phases::reached(sheet, &result, along),
            ..Arrangement::default()
        };
        self.take_boxes(&plan, &result, by, &mut arrangement);
        self.take_lines(&plan, &result, by, &mut arrangement);
        self.take_along(&plan, &mut arrangement);
        frames::place(self, &mut arrangement);
        arrangement
    }

    /// The lanes of the view and those it still needs, in the order in which a case meets them.
    pub(super) fn lanes_for(&self, sheet: Sheet<'_>, lane_of: &LaneOf) -> Vec<Lane> {
        let document = self.facts.document;
        let shown: FxHashSet<ElementRef> = self.shown.iter().map(|one| one.element).collect();
        let called: FxHashSet<ElementRef> =
            calls_around(self).keys().filter_map(|index| Some(self.shown.get(*index)?.element)).collect();
        let stands_in_a_box = |node: FlowNode| {
            let around = step_around(document, node);
            around.is_some_and(|step| shown.contains(&step.into())) || called.contains(&node.into())
        };
        let needed = self.nodes_along_flows().into_iter().filter_map(|node| {
            let actor = lane_of.get(&node).copied().flatten();
            (actor.is_some() || !stands_in_a_box(node)).then_some(actor)
        });
        complete_lanes(sheet.lanes, needed)
    }

    /// What stands in the lane of each actor.
    fn contents_of_lanes(&self, main: ProcessId, lane_of: &LaneOf) -> FxHashMap<Option<Actor>, Content> {
        let document = self.facts.document;
        let mut contents: FxHashMap<Option<Actor>, Content> = FxHashMap::default();
        for node in self.shown.iter().filter_map(|one| FlowNode::try_from(one.element).ok()) {
            let content = contents.entry(lane_of.get(&node).copied().flatten()).or_default();
            let is_own = document.process_of(node) == Some(main);
            content.has_own |= is_own;
            content.has_foreign |= !is_own;
            content.process = content.process.or(document.process_of(node));
        }
        let messages = document.links().iter().filter(|(_, link)| link.kind == LinkKind::Message);
        for actor in messages.flat_map(|(_, link)| [link.from, link.to]).filter_map(|end| Actor::try_from(end).ok()) {
            contents.entry(Some(actor)).or_default().has_message = true;
        }
        contents
    }

    /// The shown nodes in the order in which a case meets them: from the start events along the flows.
    pub(super) fn nodes_along_flows(&self) -> Vec<FlowNode> {
        let document = self.facts.document;
        let all: Vec<FlowNode> = self.shown.iter().filter_map(|one| FlowNode::try_from(one.element).ok()).collect();
        let mut next: FxHashMap<FlowNode, Vec<FlowNode>> = FxHashMap::default();
        let mut entered: FxHashMap<FlowNode, bool> = all.iter().map(|node| (*node, false)).collect();
        for (_, flow) in document.flows().iter() {
            if entered.contains_key(&flow.from) {
                next.entry(flow.from).or_default().push(flow.to);
            }
            if let Some(entered) = entered.get_mut(&flow.to) {
                *entered = true;
            }
        }
        let starts = all.iter().copied().filter(|node| entered.get(node) == Some(&false));
        let mut order: Vec<FlowNode> = Vec::new();
        let mut seen: FxHashMap<FlowNode, bool> = all.iter().map(|node| (*node, false)).collect();
        for start in starts.chain(all.iter().copied()) {
            let mut queue = vec![start];
            let mut at = 0;
            while let Some(node) = queue.get(at).copied() {
                at += 1;
                if seen.get(&node) != Some(&false) {
                    continue;
                }
                seen.insert(node, true);
                order.push(node);
                queue.extend(next.get(&node).into_iter().flatten());
            }
        }
        order
    }

    /// Where the boxes themselves are, without the room for names: whole, by node.
    fn boxes_of(&self, plan: &Plan, result: &FlowResult, by: plane::Point) -> Vec<plane::Rect> {
        let place = |(member, rect): (&Member, &plane::Rect)| {
            let rect = rect.moved(by.x, by.y);
            if member.is_container {
                return whole(&rect);
            }
            let Point { x, y } = center_of_rect(&rect);
            let size = plane::Size::new(
                rect.width() - 2.0 * member.padding.width,
                rect.height() - 2.0 * member.padding.height,
            );
            plane::Rect::from_center_size(plane::Point::new(x, y), size)
        };
        let mut boxes: Vec<plane::Rect> = plan.members.iter().zip(&result.boxes).map(place).collect();
        for (at, way) in ways_to_hosts(plan, &boxes).into_iter().enumerate() {
            if let Some(slot) = boxes.get_mut(at) {
                *slot = slot.moved(way.x, way.y);
            }
        }
        boxes
    }

    /// Takes over the places of boxes and the sizes of sub-flows.
    pub(super) fn take_boxes(&self, plan: &Plan, result: &FlowResult, by: plane::Point, into: &mut Arrangement) {
        for (member, rect) in plan.members.iter().zip(self.boxes_of(plan, result, by)) {
            let Some((one, _)) = self.at(member.index) else { continue };
            let center = center_of_rect(&rect);
            if member.is_container {
                into.centers.push((one.element, center));
                into.sizes.push((one.element, Some(Size::new(rect.width(), rect.height()))));
                continue;
            }
            if member.is_folded && one.size.is_some() {
                into.sizes.push((one.element, None));
            }
            // A pin holds a box to the point; only lanes above that need more room push it.
            let is_held = |held: Point| (held.x - center.x).abs() <= 1.0 && (held.y - center.y).abs() <= 1.0;
            if !(one.pinned && one.center.is_some_and(is_held)) {
                into.centers.push((one.element, center));
            }
        }
    }

    /// Takes over lines, up to the boxes themselves; those that somebody laid and pinned stay.
    pub(super) fn take_lines(&self, plan: &Plan, result: &FlowResult, by: plane::Point, into: &mut Arrangement) {
        let boxes = self.boxes_of(plan, result, by);
        let box_of = |end: &LaneEnd| match end {
            LaneEnd::Node(node) => boxes.get(*node),
            LaneEnd::Lane(_) => None,
        };
        let mut take = |element: ElementRef, route: &Option<plane::Polyline>, from: LaneEnd, to: LaneEnd| {
            let Some(route) = route.as_ref().filter(|_| !self.is_pinned_line(element)) else { return };
            let mut points = rounded(route, by.x, by.y);
            lead_to(&mut points, box_of(&to));
            points.reverse();
            lead_to(&mut points, box_of(&from));
            points.reverse();
            into.bends.push((element, points));
        };
        for ((element, edge), route) in plan.edges.iter().zip(&plan.request.edges).zip(&result.routes) {
            take(*element, route, LaneEnd::Node(edge.from), LaneEnd::Node(edge.to));
        }
        for ((element, edge), route) in plan.lane_edges.iter().zip(&plan.request.lane_edges).zip(&result.lane_routes) {
            take(*element, route, edge.from, edge.to);
        }
    }

    /// What is folded away moves along with the box that hides it, so that it is near when that is opened.
    pub(super) fn take_along(&self, plan: &Plan, into: &mut Arrangement) {
        let places: FxHashMap<ElementRef, Point> = into.centers.iter().copied().collect();
        for (index, one) in self.shown.iter().enumerate() {
            let Some(hiding) = plan.hidden_in.get(&index).and_then(|up| self.shown.get(*up)) else { continue };
            let now = places.get(&hiding.element).copied();
            let (Some(now), Some(was), Some(own)) = (now, hiding.center, one.center) else { continue };
            let moved = Point::new(own.x + now.x - was.x, own.y + now.y - was.y);
            if moved != own {
                into.centers.push((one.element, moved));
            }
        }
    }

    /// Whether a box may be placed at all: a frame follows what it encloses.
    pub(super) fn is_frame(&self, element: ElementRef) -> bool {
        is_frame(self.facts.document, element)
    }
}

/// Runs a layout; the second value is how far everything moves for the first lane to begin at 0 and the first node
/// behind the headers. Pinned boxes keep their place, so nothing moves then; lanes above them that need more room than
/// there is push them across the flow.
fn arranged(
    plan: &mut Plan,
    direction: FlowDirection,
    arrange: fn(&FlowRequest) -> FlowResult,
) -> (FlowResult, plane::Point) {
    const TRIES: usize = 3;
    let has_pins = plan.request.nodes.iter().any(|node| node.pin.is_some());
    let mut result = arrange(&plan.request);
    if !has_pins {
        let by = start_of(plan, &result, direction);
        return (result, by);
    }
    for _ in 0..TRIES {
        let missing = result.lanes.first().map_or(0.0, |lane| -lane.offset).ceil();
        if missing <= 0.0 {
            break;
        }
        for pin in plan.request.nodes.iter_mut().filter_map(|node| node.pin.as_mut()) {
            *pin = toward(direction, *pin, 0.0, missing);
        }
        result = arrange(&plan.request);
    }
    (result, plane::Point::default())
}

fn start_of(plan: &Plan, result: &FlowResult, direction: FlowDirection) -> plane::Point {
    let along = |point: &plane::Point| match direction {
        FlowDirection::LeftToRight => point.x,
        FlowDirection::TopToBottom => point.y,
    };
    let boxes = result.boxes.iter().map(|rect| along(&rect.min));
    let lines = result.routes.iter().flatten().flatten().map(along);
    let first = boxes.chain(lines).fold(f64::INFINITY, f64::min);
    let headers = plan.bands.headers().max(f64::from(LANE_HEADER));
    let forth = if first.is_finite() { headers + f64::from(LANE_PADDING) - first } else { 0.0 };
    let across = -result.lanes.first().map_or(0.0, |lane| lane.offset);
    toward(direction, plane::Point::default(), forth, across)
}

/// A point moved along and across the flow.
fn toward(direction: FlowDirection, point: plane::Point, along: f64, across: f64) -> plane::Point {
    match direction {
        FlowDirection::LeftToRight => point.moved(along, across),
        FlowDirection::TopToBottom => point.moved(across, along),
    }
}

/// The places of the lanes after the drawing moved.
fn shifted(result: &FlowResult, direction: FlowDirection, by: plane::Point) -> Vec<plane::Extent> {
    let across = match direction {
        FlowDirection::LeftToRight => by.y,
        FlowDirection::TopToBottom => by.x,
    };
    result.lanes.iter().map(|lane| plane::Extent { offset: lane.offset + across, extent: lane.extent }).collect()
}

/// The smallest box around another one that has whole corners and a whole centre.
fn whole(rect: &plane::Rect) -> plane::Rect {
    let even = |length: f64| (length / 2.0).ceil() * 2.0;
    let min = plane::Point::new(rect.min.x.floor(), rect.min.y.floor());
    let size = plane::Size::new(even(rect.max.x - min.x), even(rect.max.y - min.y));
    plane::Rect::from_min_size(min, size)
}

/// How far each box moves within its room: toward the one that it stands beside, else upward, since its name needs room
/// at the other side.
pub(super) fn ways_to_hosts(plan: &Plan, boxes: &[plane::Rect]) -> Vec<plane::Point> {
    let way = |(at, member): (usize, &Member)| {
        let node = plan.request.nodes.get(at).filter(|node| node.pin.is_none())?;
        let plane::Size { width, height } = member.padding;
        let Some(host) = node.satellite_of else {
            let is_artefact = matches!(member.element, ElementRef::Artefact(_));
            return is_artefact.then(|| plane::Point::new(0.0, -height));
        };
        let (own, host) = (boxes.get(at)?, boxes.get(host)?);
        let (x, y) = if own.min.y >= host.max.y {
            (0.0, -height)
        } else if own.max.y <= host.min.y {
            (0.0, height)
        } else if own.min.x >= host.max.x {
            (-width, -height)
        } else {
            (width, -height)
        };
        Some(plane::Point::new(x, y))
    };
    plan.members.iter().enumerate().map(|one| way(one).unwrap_or_default()).collect()
}

/// Leads the last piece of a line to the border of a box that is smaller than the layout took it for.
fn lead_to(points: &mut [Point], rect: Option<&plane::Rect>) {
    let (Some(rect), [.., before, last]) = (rect, points) else { return };
    if before.y == last.y && (rect.min.y..=rect.max.y).contains(&last.y) {
        last.x = if before.x < last.x { rect.min.x } else { rect.max.x };
    } else if before.x == last.x && (rect.min.x..=rect.max.x).contains(&last.x) {
        last.y = if before.y < last.y { rect.min.y } else { rect.max.y };
    }
}
