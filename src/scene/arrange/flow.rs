//! Arranging process views: lanes in the order in which a case meets them, nodes in layers, notes outside.

use rustc_hash::FxHashMap;

use super::{Arrangement, NOTE_GAP, ROW_GAP, ROW_WIDTH, Stage, center_of_rect, rounded, size_of};
use crate::layout::geometry as plane;
use crate::layout::request::{Direction, FlowEdge, FlowRequest, FlowSpacing, NodeKind};
use crate::layout::{PlaceRequest, layered, place_new, request};
use crate::model::{Actor, ElementRef, Event, EventKind, Flow, FlowId, FlowNode, Lane, Note, Point, ProcessId};
use crate::scene::contents::Shown;
use crate::scene::lanes::{complete_lanes, extents, lane_of_nodes};
use crate::scene::measures::*;
use crate::scene::text::Measure;

type LaneOf = FxHashMap<FlowNode, Option<Actor>>;

impl Stage<'_> {
    /// A layered flow in lanes.
    pub(super) fn flow(&self, process: ProcessId, lanes: &[Lane]) -> Arrangement {
        let lane_of = lane_of_nodes(self.facts.document, process);
        let mut lanes = self.lanes_for(process, lanes, &lane_of);
        let nodes: Vec<usize> = (0..self.shown.len()).filter(|index| self.node_at(*index).is_some()).collect();
        let position: FxHashMap<FlowNode, usize> =
            nodes.iter().enumerate().filter_map(|(at, index)| Some((self.node_at(*index)?, at))).collect();
        let flows: Vec<(FlowId, &Flow)> = self
            .facts
            .document
            .flows_of(process)
            .filter(|(_, flow)| position.contains_key(&flow.from) && position.contains_key(&flow.to))
            .collect();
        let paddings: Vec<f64> = nodes.iter().map(|index| self.caption_padding(*index)).collect();
        let request = FlowRequest {
            nodes: nodes
                .iter()
                .zip(&paddings)
                .map(|(index, padding)| self.flow_node(*index, *padding, &lanes, &lane_of))
                .collect(),
            edges: flows.iter().filter_map(|(_, flow)| flow_edge(flow, &position)).collect(),
            lanes: lanes.iter().map(|lane| self.lane_request(lane)).collect(),
            direction: Direction::LeftToRight,
            spacing: FlowSpacing { node_gap: 36.0, lane_padding: 28.0, ..FlowSpacing::default() },
            ..FlowRequest::default()
        };
        let result = layered::arrange(&request);
        let left = result.boxes.iter().map(|rect| rect.min.x).fold(f64::INFINITY, f64::min);
        let dx = if left.is_finite() { f64::from(LANE_HEADER + LANE_PADDING) - left } else { 0.0 };
        let dy = -result.lanes.first().map_or(0.0, |lane| lane.offset);
        let mut top = 0.0;
        for (lane, extent) in lanes.iter_mut().zip(&result.lanes) {
            let end = (extent.end() + dy).round();
            lane.extent = end - top;
            top = end;
        }
        let mut arrangement = Arrangement { lanes, ..Arrangement::default() };
        for (index, rect) in nodes.iter().zip(&result.boxes) {
            if let Some((one, _)) = self.at(*index).filter(|(one, _)| !(one.pinned && one.center.is_some())) {
                arrangement.centers.push((one.element, center_of_rect(&rect.moved(dx, dy))));
            }
        }
        for ((id, flow), route) in flows.iter().zip(&result.routes) {
            let Some(route) = route else { continue };
            let padding = |node: FlowNode| position.get(&node).and_then(|at| paddings.get(*at)).copied().unwrap_or(0.0);
            let mut points = rounded(route, dx, dy);
            unpad(&mut points, padding(flow.from), padding(flow.to));
            arrangement.bends.push((*id, points));
        }
        self.place_notes(&mut arrangement);
        arrangement
    }

    fn node_at(&self, index: usize) -> Option<FlowNode> {
        FlowNode::try_from(self.shown.get(index)?.element).ok()
    }

    fn flow_node(&self, index: usize, padding: f64, lanes: &[Lane], lane_of: &LaneOf) -> request::FlowNode {
        let document = self.facts.document;
        let (Some((one, size)), Some(node)) = (self.at(index), self.node_at(index)) else { return Default::default() };
        let actor = lane_of.get(&node).copied().flatten();
        let kind = match node {
            FlowNode::Step(_) => NodeKind::Other,
            FlowNode::Gateway(_) => NodeKind::Gateway,
            FlowNode::Event(id) => match document.get::<Event>(id).map(|event| event.kind) {
                Some(EventKind::Start) => NodeKind::Start,
                Some(EventKind::End) => NodeKind::End,
                Some(EventKind::Intermediate) | None => NodeKind::Other,
            },
        };
        let size = plane::Size::new(size.width + 2.0 * padding, size.height);
        let pinned = one.center.filter(|_| one.pinned);
        let pin = pinned.map(|center| plane::Point::new(center.x - size.width / 2.0, center.y - size.height / 2.0));
        let lane = lanes.iter().position(|lane| lane.actor == actor);
        request::FlowNode { size, lane, pin, kind, ..Default::default() }
    }

    /// Room left and right of an event or gateway for the caption beneath it.
    fn caption_padding(&self, index: usize) -> f64 {
        let Some((one, size)) = self.at(index) else { return 0.0 };
        if !matches!(one.element, ElementRef::Event(_) | ElementRef::Gateway(_)) {
            return 0.0;
        }
        let name = self.facts.document.name_of(one.element);
        let wrapped = Measure::bundled().wrap(name, CAPTION, CAPTION_WIDTH, 3);
        let widest = wrapped.iter().map(|line| line.width).fold(0.0, f32::max);
        ((f64::from(widest) - size.width) / 2.0).max(0.0).ceil()
    }

    fn lane_request(&self, lane: &Lane) -> request::Lane {
        let name = lane.actor.map_or("", |actor| self.facts.document.name_of(actor.into()));
        let text = Measure::bundled().width(name, LABEL).min(200.0) + 24.0;
        request::Lane { minimum_extent: f64::from(LANE_HEIGHT.max(text)), ..Default::default() }
    }

    /// The lanes of the view and those it still needs, in the order in which a case meets them.
    fn lanes_for(&self, process: ProcessId, lanes: &[Lane], lane_of: &LaneOf) -> Vec<Lane> {
        let needed = self.nodes_along_flows(process).into_iter().map(|node| lane_of.get(&node).copied().flatten());
        complete_lanes(lanes, needed)
    }

    /// The shown nodes in the order in which a case meets them: from the start events along the flows.
    fn nodes_along_flows(&self, process: ProcessId) -> Vec<FlowNode> {
        let document = self.facts.document;
        let all: Vec<FlowNode> = (0..self.shown.len()).filter_map(|index| self.node_at(index)).collect();
        let mut next: FxHashMap<FlowNode, Vec<FlowNode>> = FxHashMap::default();
        let mut entered: FxHashMap<FlowNode, bool> = all.iter().map(|node| (*node, false)).collect();
        for (_, flow) in document.flows_of(process) {
            next.entry(flow.from).or_default().push(flow.to);
            entered.insert(flow.to, true);
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

    /// Notes go above or below the lanes, as near as can be to what they are about; what else there is, into rows.
    fn place_notes(&self, arrangement: &mut Arrangement) {
        let bottom: f64 = arrangement.lanes.iter().map(|lane| lane.extent).sum();
        let bottom = arrangement.centers.iter().map(|(_, center)| center.y + 40.0).fold(bottom, f64::max);
        let center_of: FxHashMap<ElementRef, Point> = arrangement.centers.iter().copied().collect();
        let is_loose = |one: &Shown| FlowNode::try_from(one.element).is_err() && !(one.pinned && one.center.is_some());
        let mut rest = Vec::new();
        let mut edges = [f64::NEG_INFINITY; 2];
        for (index, (one, size)) in self.shown.iter().zip(self.sizes).enumerate().filter(|(_, (one, _))| is_loose(one))
        {
            let about = match one.element {
                ElementRef::Note(id) => self.facts.document.get::<Note>(id).and_then(|note| note.about),
                _ => None,
            };
            let Some(target) = about.and_then(|about| center_of.get(&about)) else {
                rest.push(index);
                continue;
            };
            let [above, below] = &mut edges;
            let (edge, y) = if target.y < bottom / 2.0 {
                (above, -NOTE_GAP - size.height / 2.0)
            } else {
                (below, bottom + NOTE_GAP + size.height / 2.0)
            };
            let left = (target.x - size.width / 2.0).max(*edge + ROW_GAP);
            *edge = left + size.width;
            arrangement.centers.push((one.element, Point::new((left + size.width / 2.0).round(), y.round())));
        }
        let top = if edges[1].is_finite() { bottom + 3.0 * NOTE_GAP + 80.0 } else { bottom + NOTE_GAP };
        for (index, rect) in self.rows(&rest, top, ROW_WIDTH) {
            if let Some((one, _)) = self.at(index) {
                arrangement.centers.push((one.element, center_of_rect(&rect)));
            }
        }
    }

    /// Places for new nodes of a flow: behind their predecessor, inside their lane.
    pub(super) fn new_in_flow(&self, process: ProcessId, lanes: &[Lane]) -> Arrangement {
        let document = self.facts.document;
        let lane_of = lane_of_nodes(document, process);
        let lanes = self.lanes_for(process, lanes, &lane_of);
        let extents = extents(&lanes);
        let mut boxes = self.placed();
        let index_of: FxHashMap<ElementRef, usize> =
            self.shown.iter().enumerate().map(|(index, one)| (one.element, index)).collect();
        let mut centers = Vec::new();
        let order = self.nodes_along_flows(process).into_iter().map(ElementRef::from);
        let others = self.shown.iter().map(|one| one.element).filter(|element| FlowNode::try_from(*element).is_err());
        for element in order.chain(others) {
            let Some(index) = index_of.get(&element).copied() else { continue };
            let Some((_, size)) = self.at(index).filter(|(one, _)| one.center.is_none()) else { continue };
            let node = FlowNode::try_from(element).ok();
            let before = node.and_then(|node| document.flows_of(process).find(|(_, flow)| flow.to == node));
            let after = before.and_then(|(_, flow)| index_of.get(&flow.from.into()).copied());
            let actor = node.map(|node| lane_of.get(&node).copied().flatten());
            let lane = actor.and_then(|actor| lanes.iter().position(|lane| lane.actor == actor));
            let lane = lane.and_then(|lane| extents.get(lane).copied());
            let first_x = f64::from(LANE_HEADER + LANE_PADDING);
            let after = after.and_then(|at| boxes.get(at).copied().flatten());
            let request = PlaceRequest {
                boxes: boxes.iter().flatten().copied().collect(),
                size: size_of(size),
                after,
                lane,
                direction: Direction::LeftToRight,
                gap: 24.0,
            };
            let mut min = place_new(&request);
            if after.is_none() && !lanes.is_empty() {
                min.x = min.x.max(first_x);
            }
            let rect = plane::Rect::from_min_size(min, size_of(size));
            centers.push((element, center_of_rect(&rect)));
            if let Some(slot) = boxes.get_mut(index) {
                *slot = Some(rect);
            }
        }
        Arrangement { centers, lanes, bends: Vec::new() }
    }
}

/// Width at which captions of events and gateways are broken.
pub(crate) const CAPTION_WIDTH: f32 = 108.0;

fn flow_edge(flow: &Flow, position: &FxHashMap<FlowNode, usize>) -> Option<FlowEdge> {
    let text = crate::scene::words::flow_label(flow);
    let size = || plane::Size::new(f64::from(Measure::bundled().width(&text, CAPTION)) + 16.0, 18.0);
    let label = (!text.is_empty()).then(size);
    Some(FlowEdge { from: *position.get(&flow.from)?, to: *position.get(&flow.to)?, label, ..FlowEdge::default() })
}

/// Leads the ends of a line to the box that was made wider for its caption.
fn unpad(points: &mut [Point], from: f64, to: f64) {
    if let [first, second, ..] = points
        && first.y == second.y
    {
        first.x -= from * (second.x - first.x).signum();
    }
    if let [.., before, last] = points
        && before.y == last.y
    {
        last.x += to * (last.x - before.x).signum();
    }
}
