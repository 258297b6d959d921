//! A process view as a request to the layout: which shown elements are which nodes, edges and lanes.
//!
//! Sub-flows that show their inside are containers; boundary events are attached; artefacts, notes, decisions and
//! whole parties drawn as boxes stand beside what they belong to. What is folded away takes no part: the inside of a
//! folded sub-flow and the nodes of a folded lane.

use rustc_hash::{FxHashMap, FxHashSet};

use super::bands::Bands;
use super::hosts::Hosts;
use super::{Stage, size_of};
use crate::layout::geometry as plane;
use crate::layout::request::{
    self, Direction, EdgeKind, FlowEdge, FlowRequest, FlowSpacing, LaneEdge, LaneEnd, NodeKind,
};
use crate::model::*;
use crate::scene::contents::Shown;
use crate::scene::lanes::lane_of_nodes;
use crate::scene::measures::*;
use crate::scene::nesting::adopt_called;
use crate::scene::text::Measure;

/// The actor in whose lane each node stands; none for nobody's.
pub(super) type LaneOf = FxHashMap<FlowNode, Option<Actor>>;

/// One node of the request.
pub(super) struct Member {
    /// Its index among what is shown.
    pub(super) index: usize,
    /// What it shows.
    pub(super) element: ElementRef,
    /// How much larger than its box it is on each side, for the name beneath.
    pub(super) padding: plane::Size,
    /// Whether others stand inside.
    pub(super) is_container: bool,
    /// Whether it hides others: a box of the size of its own text.
    pub(super) is_folded: bool,
}

/// A view as a request, and what its indices stand for.
pub(super) struct Plan {
    pub(super) request: FlowRequest,
    /// What the nodes are.
    pub(super) members: Vec<Member>,
    /// The flows and links that the edges are.
    pub(super) edges: Vec<ElementRef>,
    /// The links that the messages to and from lanes are.
    pub(super) lane_edges: Vec<ElementRef>,
    pub(super) bands: Bands,
    /// For what stands in a folded sub-flow: the sub-flow that hides it.
    pub(super) hidden_in: FxHashMap<usize, usize>,
}

/// Whether a shown element is a frame around others, which no layout moves by itself.
pub(super) fn is_frame(document: &Document, element: ElementRef) -> bool {
    match element {
        ElementRef::Note(id) => document.get::<Note>(id).is_some_and(|note| note.form == NoteForm::Frame),
        _ => false,
    }
}

/// The sub-flow that a node stands in.
fn parent_of(document: &Document, node: FlowNode) -> Option<StepId> {
    match node {
        FlowNode::Step(id) => document.get::<Step>(id)?.parent,
        FlowNode::Gateway(id) => document.get::<Gateway>(id)?.parent,
        FlowNode::Event(id) => document.get::<Event>(id)?.parent,
    }
}

/// The open call that shows a node of the process it carries out, for each such node, by index: the one in whose box it
/// stands, any that is shown where nothing has a place yet.
pub(super) fn calls_around(stage: &Stage<'_>) -> FxHashMap<usize, usize> {
    let document = stage.facts.document;
    let mut parents = vec![None; stage.shown.len()];
    if stage.shown.iter().any(|one| one.center.is_some()) {
        adopt_called(document, stage.shown, &mut parents);
    } else {
        let call = |(index, one): (usize, &Shown)| match one.element {
            ElementRef::Step(id) => Some((document.get::<Step>(id)?.calls.filter(|_| !one.collapsed)?, index)),
            _ => None,
        };
        let mut calls: FxHashMap<ProcessId, usize> = FxHashMap::default();
        for (process, index) in stage.shown.iter().enumerate().filter_map(call) {
            calls.entry(process).or_insert(index);
        }
        for (slot, one) in parents.iter_mut().zip(stage.shown) {
            let node = FlowNode::try_from(one.element).ok();
            *slot = node.and_then(|node| document.process_of(node)).and_then(|process| calls.get(&process)).copied();
        }
    }
    let stands_by_itself = |index: &usize| {
        let node = stage.shown.get(*index).and_then(|one| FlowNode::try_from(one.element).ok());
        node.is_some_and(|node| {
            parent_of(document, node).is_none()
                && host_of(document, node).is_none()
                && document.performer_of(node).is_none()
        })
    };
    let found = parents.into_iter().enumerate().filter_map(|(index, call)| Some((index, call?)));
    found.filter(|(index, call)| index != call && stands_by_itself(index)).collect()
}

/// The step on whose border a node stands.
fn host_of(document: &Document, node: FlowNode) -> Option<StepId> {
    match node {
        FlowNode::Event(id) => document.get::<Event>(id)?.attached,
        FlowNode::Step(_) | FlowNode::Gateway(_) => None,
    }
}

pub(super) fn direction_of(direction: FlowDirection) -> Direction {
    match direction {
        FlowDirection::LeftToRight => Direction::LeftToRight,
        FlowDirection::TopToBottom => Direction::TopToBottom,
    }
}

/// The lanes of all nodes of the processes that a view shows.
pub(super) fn lanes_of_shown(stage: &Stage<'_>, main: ProcessId) -> LaneOf {
    let document = stage.facts.document;
    let mut processes = vec![main];
    let mut seen: FxHashSet<ProcessId> = processes.iter().copied().collect();
    for one in stage.shown {
        let process = FlowNode::try_from(one.element).ok().and_then(|node| document.process_of(node));
        processes.extend(process.filter(|process| seen.insert(*process)));
    }
    processes.into_iter().flat_map(|process| lane_of_nodes(document, process)).collect()
}

impl Plan {
    pub(super) fn new(stage: &Stage<'_>, bands: Bands, direction: FlowDirection, lane_of: &LaneOf) -> Self {
        Maker::new(stage, bands, lane_of).plan(direction)
    }
}

struct Maker<'a> {
    stage: &'a Stage<'a>,
    bands: Bands,
    lane_of: &'a LaneOf,
    index_of: FxHashMap<ElementRef, usize>,
    /// Node of the request, by index among what is shown.
    position: FxHashMap<usize, usize>,
    hidden_in: FxHashMap<usize, usize>,
    /// Calls around nodes of the processes they carry out.
    calls: FxHashMap<usize, usize>,
}

impl<'a> Maker<'a> {
    fn new(stage: &'a Stage<'a>, bands: Bands, lane_of: &'a LaneOf) -> Self {
        let index_of = stage.shown.iter().enumerate().map(|(index, one)| (one.element, index)).collect();
        let position = FxHashMap::default();
        Self { stage, bands, lane_of, index_of, position, hidden_in: FxHashMap::default(), calls: calls_around(stage) }
    }

    fn plan(mut self, direction: FlowDirection) -> Plan {
        let document = self.stage.facts.document;
        let count = self.stage.shown.len();
        self.hidden_in = (0..count).filter_map(|index| Some((index, self.folded_around(index)?))).collect();
        let takes_part = |index: &usize| {
            let Some(one) = self.stage.shown.get(*index) else { return false };
            let in_closed_lane = self.lane_index(*index).is_some_and(|lane| self.bands.is_closed(lane));
            !self.hidden_in.contains_key(index) && !in_closed_lane && !is_frame(document, one.element)
        };
        let taking: Vec<usize> = (0..count).filter(takes_part).collect();
        self.position = taking.iter().enumerate().map(|(at, index)| (*index, at)).collect();
        let parents: FxHashSet<usize> = taking.iter().filter_map(|index| self.container(*index)).collect();
        let hosts = Hosts::of(document, &self.index_of);
        let folded: FxHashSet<usize> = self.hidden_in.values().copied().collect();
        let member = |index: &usize| {
            let element = self.stage.shown.get(*index)?.element;
            let [is_container, is_folded] = [&parents, &folded].map(|set| set.contains(index));
            Some(Member { index: *index, element, padding: self.padding(*index), is_container, is_folded })
        };
        let members: Vec<Member> = taking.iter().filter_map(member).collect();
        let nodes = members.iter().map(|member| self.node(member, &hosts)).collect();
        let mut plan = Plan {
            request: FlowRequest {
                nodes,
                direction: direction_of(direction),
                spacing: FlowSpacing {
                    node_gap: 36.0,
                    lane_padding: 28.0,
                    container_padding: f64::from(CONTAINER_PADDING),
                    container_header: f64::from(CONTAINER_TITLE),
                    ..FlowSpacing::default()
                },
                ..FlowRequest::default()
            },
            members,
            edges: Vec::new(),
            lane_edges: Vec::new(),
            bands: Bands::default(),
            hidden_in: FxHashMap::default(),
        };
        self.add_flows(&mut plan);
        self.add_links(&mut plan);
        plan.request.lanes = self.bands.requests(document, direction);
        plan.bands = self.bands;
        plan.hidden_in = self.hidden_in;
        plan
    }

    fn shown_step(&self, step: StepId) -> Option<usize> {
        self.index_of.get(&step.into()).copied()
    }

    fn flow_node(&self, index: usize) -> Option<FlowNode> {
        FlowNode::try_from(self.stage.shown.get(index)?.element).ok()
    }

    /// The outermost folded sub-flow that hides an element. Ends on broken files with cycles, too.
    fn folded_around(&self, index: usize) -> Option<usize> {
        let document = self.stage.facts.document;
        let mut node = self.flow_node(index)?;
        let mut hiding = None;
        for _ in 0..=self.stage.shown.len() {
            let up = match host_of(document, node).filter(|host| self.shown_step(*host).is_some()) {
                Some(host) => host,
                None => {
                    let Some(parent) = parent_of(document, node) else { break };
                    let at = self.shown_step(parent);
                    let is_folded = at.and_then(|at| self.stage.shown.get(at)).is_some_and(|one| one.collapsed);
                    hiding = at.filter(|_| is_folded).or(hiding);
                    parent
                }
            };
            node = FlowNode::Step(up);
        }
        hiding.filter(|up| *up != index)
    }

    /// The shown sub-flow that an element stands in, by index: that of its host for what is attached.
    fn container(&self, index: usize) -> Option<usize> {
        let document = self.stage.facts.document;
        let node = self.flow_node(index)?;
        let host = host_of(document, node).filter(|host| self.shown_step(*host).is_some());
        match parent_of(document, host.map_or(node, FlowNode::Step)) {
            Some(parent) => self.shown_step(parent),
            None => self.calls.get(&host.map_or(Some(index), |host| self.shown_step(host))?).copied(),
        }
    }

    /// The lane of a node, as an index of the lanes that enclose none.
    fn lane_index(&self, index: usize) -> Option<usize> {
        let mut index = index;
        for _ in 0..=self.stage.shown.len() {
            let document = self.stage.facts.document;
            let node = self.flow_node(index)?;
            let host = host_of(document, node).and_then(|host| self.shown_step(host));
            let Some(up) = host.or_else(|| self.container(index)) else {
                return self.bands.leaf_of(self.lane_of.get(&node).copied().flatten());
            };
            index = up;
        }
        None
    }

    fn node(&self, member: &Member, hosts: &Hosts<'_>) -> request::FlowNode {
        let Some((one, size)) = self.stage.at(member.index) else { return request::FlowNode::default() };
        let document = self.stage.facts.document;
        let now = size;
        let is_plain = !member.is_container && !member.is_folded;
        let size = if is_plain { now } else { self.stage.natural_size(one.element) };
        let size = padded(size, member.padding);
        let held = if member.is_container { size_of(now) } else { size };
        let corner = |center: Point| plane::Point::new(center.x - held.width / 2.0, center.y - held.height / 2.0);
        let pin = one.center.filter(|_| one.pinned).map(corner);
        let at = |index: Option<usize>| index.and_then(|index| self.position.get(&index).copied());
        let Some(node) = self.flow_node(member.index) else {
            let host = hosts.host(one.element);
            let lane = host.and_then(|host| self.lane_index(host));
            let parent = at(host.and_then(|host| self.container(host)));
            let kind = NodeKind::Artifact;
            return request::FlowNode { size, pin, kind, lane, parent, satellite_of: at(host), ..Default::default() };
        };
        request::FlowNode {
            size,
            lane: self.lane_index(member.index),
            pin,
            kind: kind_of(document, node),
            parent: at(self.container(member.index)),
            attached: at(host_of(document, node).and_then(|host| self.shown_step(host))),
            name: host_of(document, node).and_then(|_| self.name_size(member.index)).unwrap_or_default(),
            ..Default::default()
        }
    }

    /// Room around a shape for its name, which stands beneath it; that of a gateway stands at its corners. What sits on
    /// a border gets none.
    fn padding(&self, index: usize) -> plane::Size {
        let none = plane::Size::default();
        let Some((one, size)) = self.stage.at(index) else { return none };
        let document = self.stage.facts.document;
        let is_attached = self.flow_node(index).and_then(|node| host_of(document, node)).is_some();
        let Some(name) = self.name_size(index).filter(|_| !is_attached) else { return none };
        let beside = ((name.width - size.width) / 2.0).max(0.0).ceil();
        let beneath = name.height.ceil() + NAME_GAP;
        let height = match one.element {
            ElementRef::Gateway(_) => 0.0,
            // What stands beside another box is moved within its room, so that all of it is where the name is.
            ElementRef::Artefact(_) => beneath / 2.0,
            // The flow passes through the middle; the usual distances give room for part of the name.
            _ => (beneath - 10.0).max(0.0),
        };
        plane::Size::new(beside, height.ceil())
    }

    /// Size of the name of a shape that stands beside it.
    fn name_size(&self, index: usize) -> Option<plane::Size> {
        let document = self.stage.facts.document;
        let element = self.stage.shown.get(index)?.element;
        let mut name = match element {
            ElementRef::Event(_) | ElementRef::Gateway(_) | ElementRef::Artefact(_) => {
                document.name_of(element).to_owned()
            }
            _ => return None,
        };
        if let ElementRef::Artefact(id) = element
            && let Some(artefact) = document.get::<Artefact>(id).filter(|artefact| !artefact.state.is_empty())
        {
            name = format!("{name}\n[{}]", artefact.state);
        }
        if name.is_empty() {
            return None;
        }
        let measure = Measure::bundled();
        let lines = measure.wrap(&name, CAPTION, super::CAPTION_WIDTH, 3);
        let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        Some(plane::Size::new(f64::from(widest), f64::from(measure.line_height(CAPTION) * lines.len() as f32)))
    }

    fn position_of(&self, element: ElementRef) -> Option<usize> {
        self.position.get(self.index_of.get(&element)?).copied()
    }

    fn add_flows(&self, plan: &mut Plan) {
        for (id, flow) in self.stage.facts.document.flows().iter() {
            let ends = (self.position_of(flow.from.into()), self.position_of(flow.to.into()));
            let (Some(from), Some(to)) = ends else { continue };
            let label = label_size(&crate::scene::words::flow_label(flow));
            plan.request.edges.push(FlowEdge { from, to, label, kind: EdgeKind::Sequence });
            plan.edges.push(id.into());
        }
    }

    fn add_links(&self, plan: &mut Plan) {
        for (id, link) in self.stage.facts.document.links().iter() {
            let (Some(from), Some(to)) = (self.link_end(link.from), self.link_end(link.to)) else { continue };
            let label = label_size(&link.name);
            let kind = match link.kind {
                LinkKind::Message => EdgeKind::Message,
                LinkKind::Association | LinkKind::Input | LinkKind::Output => EdgeKind::Association,
            };
            match (from, to) {
                (LinkEnd::Node(from), LinkEnd::Node(to)) => {
                    plan.request.edges.push(FlowEdge { from, to, label, kind });
                    plan.edges.push(id.into());
                }
                _ => {
                    let (from, to) = (self.lane_end(from, to, plan), self.lane_end(to, from, plan));
                    plan.request.lane_edges.push(LaneEdge { from, to, label });
                    plan.lane_edges.push(id.into());
                }
            }
        }
    }

    fn link_end(&self, element: ElementRef) -> Option<LinkEnd> {
        let lane = || Actor::try_from(element).ok().and_then(|actor| self.bands.index_of(Some(actor)));
        self.position_of(element).map(LinkEnd::Node).or_else(|| lane().map(LinkEnd::Lane))
    }

    /// An end as the layout wants it: of the lanes in a pool the one that is nearest to the other end.
    fn lane_end(&self, end: LinkEnd, other: LinkEnd, plan: &Plan) -> LaneEnd {
        match end {
            LinkEnd::Node(node) => LaneEnd::Node(node),
            LinkEnd::Lane(lane) => {
                let toward = match other {
                    LinkEnd::Node(node) => plan.request.nodes.get(node).and_then(|node| node.lane),
                    LinkEnd::Lane(lane) => self.bands.leaves_of(lane).first().copied(),
                };
                LaneEnd::Lane(self.bands.nearest_leaf(lane, toward))
            }
        }
    }
}

/// An end of a link: a node of the request, or one of all lanes.
#[derive(Clone, Copy)]
enum LinkEnd {
    Node(usize),
    Lane(usize),
}

fn kind_of(document: &Document, node: FlowNode) -> NodeKind {
    match node {
        FlowNode::Step(_) => NodeKind::Other,
        FlowNode::Gateway(_) => NodeKind::Gateway,
        FlowNode::Event(id) => match document.get::<Event>(id).map(|event| event.kind) {
            Some(EventKind::Start) => NodeKind::Start,
            Some(EventKind::End) => NodeKind::End,
            Some(EventKind::Intermediate) | None => NodeKind::Other,
        },
    }
}

/// A size with room on all sides.
pub(super) fn padded(size: Size, padding: plane::Size) -> plane::Size {
    plane::Size::new(size.width + 2.0 * padding.width, size.height + 2.0 * padding.height)
}

/// Distance of a name from the shape above it.
const NAME_GAP: f64 = 4.0;

/// Size of the label of a line; none without a text.
fn label_size(text: &str) -> Option<plane::Size> {
    (!text.is_empty()).then(|| {
        let width = Measure::bundled().width(text, CAPTION).min(140.0);
        plane::Size::new(f64::from(width) + 16.0, 18.0)
    })
}
