//! Flows: a layered arrangement that respects lanes, with orthogonal routes.
//!
//! The phases, after Sugiyama, Tagawa and Toda (1981), each in its file: cycles are broken
//! ([`cycles`]), nodes ranked ([`rank`]), long edges cut into dummies ([`graph`]), ranks ordered
//! ([`order`]), coordinates assigned ([`coordinates`]), edges drawn ([`channels`]), pinned boxes
//! put back ([`pins`]) and labels placed ([`place_labels`](super::routing::place_labels)).
//! Everything is deterministic: the same request gives the same result.
//!
//! A flow is more than nodes and edges ([`structure`]): containers are levels of their own,
//! arranged from the inside out ([`level`]); attached boxes and satellites cling to a host
//! ([`cluster`]); phases are columns ([`columns`]). What does not decide the ranks is routed when
//! all boxes stand ([`later`], [`lane_edges`]). Modes for drawings that people know already keep
//! what stands: [`tidy()`], [`insert()`] and [`reroute()`]. A flow with lines that do not decide the ranks is
//! arranged in several ways, of which the one that crosses least is kept ([`tries`]).
//!
//! Inside, every flow runs from left to right; the other direction is mirrored at the diagonal
//! on the way in and out. Without lanes each connected part is arranged by itself and the parts
//! are put on shelves; with lanes all parts share the lanes.

mod channels;
mod cluster;
mod columns;
mod coordinates;
mod cycles;
mod graph;
mod insert;
mod lane_edges;
mod later;
mod level;
mod mirror;
mod order;
mod pins;
mod rank;
mod reroute;
mod search;
mod standing;
mod structure;
mod sweep;
#[cfg(test)]
mod tests;
mod tidy;
mod tries;

pub use insert::insert;
pub use reroute::reroute;
pub use tidy::tidy;
pub use tries::crossings;

use cluster::{Cluster, Ends};
use level::{Picture, Setting};
use structure::{Role, Structure};
use tries::Variant;

use super::geometry::{Extent, Point, Polyline, Rect, Size, bounds_of};
use super::request::{Direction, FlowRequest, FlowSpacing};
use super::result::FlowResult;

/// Arranges a flow in one try: what an arrangement would be like, nearly.
pub fn draft(request: &FlowRequest) -> FlowResult {
    match request.direction {
        Direction::LeftToRight => tries::first(request),
        Direction::TopToBottom => mirror::result(tries::first(&mirror::request(request))),
    }
}

/// Arranges a flow.
pub fn arrange(request: &FlowRequest) -> FlowResult {
    match request.direction {
        Direction::LeftToRight => tries::best(request),
        Direction::TopToBottom => mirror::result(tries::best(&mirror::request(request))),
    }
}

/// Boxes, lanes, columns and the lines known so far.
#[derive(Clone, Debug, Default, PartialEq)]
struct Drawing {
    boxes: Vec<Rect>,
    routes: Vec<Option<Polyline>>,
    lanes: Vec<Extent>,
    columns: Vec<Extent>,
}

/// Places labels.
fn finish_labels(
    request: &FlowRequest,
    structure: &Structure,
    drawing: Drawing,
    lane_routes: Vec<Option<Polyline>>,
) -> FlowResult {
    let Drawing { boxes, routes, lanes, columns } = drawing;
    let (labels, lane_labels) = later::labels(request, structure, &boxes, &routes, &lane_routes);
    let mut bounds = bounds_of(boxes.iter(), routes.iter().chain(&lane_routes).flatten()).unwrap_or_default();
    if let (Some(first), Some(last)) = (lanes.first(), lanes.last()) {
        bounds.min.y = bounds.min.y.min(first.offset);
        bounds.max.y = bounds.max.y.max(last.end());
    }
    if let (Some(first), Some(last)) = (columns.first(), columns.last()) {
        bounds.min.x = bounds.min.x.min(first.offset);
        bounds.max.x = bounds.max.x.max(last.end());
    }
    FlowResult { boxes, routes, labels, lanes, lane_routes, lane_labels, columns, bounds }
}

/// Room between the border of a container and its content.
#[derive(Clone, Copy, Debug, Default)]
struct Insets {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Insets {
    /// The header is at the top of the drawing as people see it.
    fn new(spacing: &FlowSpacing, direction: Direction) -> Self {
        let Size { width: padding, height: header } =
            Size::new(spacing.container_padding, spacing.container_header).sane();
        let mut insets = Self { left: padding, top: padding, right: padding, bottom: padding };
        match direction {
            Direction::LeftToRight => insets.top += header,
            Direction::TopToBottom => insets.left += header,
        }
        insets
    }

    /// The room inside a container.
    fn within(&self, one: &Rect) -> Rect {
        Rect::new(one.min.moved(self.left, self.top), one.max.moved(-self.right, -self.bottom))
    }

    /// The container around its content.
    fn around(&self, one: &Rect) -> Rect {
        Rect::new(one.min.moved(-self.left, -self.top), one.max.moved(self.right, self.bottom))
    }
}

/// A level that has been arranged.
#[derive(Clone, Debug, Default)]
struct Made {
    picture: Picture,
    /// Smallest box around clusters and lines.
    content: Rect,
    /// Whether pins have given it its final place.
    fixed: bool,
}

/// The arrangement from the inside out.
struct Making<'a> {
    request: &'a FlowRequest,
    structure: &'a Structure,
    insets: Insets,
    ends: Ends,
    looped: Vec<bool>,
    /// Sizes of all boxes; those of containers once their level is made.
    sizes: Vec<Size>,
    pins: Vec<Option<Point>>,
    clusters: Vec<Cluster>,
    made: Vec<Made>,
    variant: Variant,
    drawing: Drawing,
}

impl<'a> Making<'a> {
    fn new(request: &'a FlowRequest, structure: &'a Structure) -> Self {
        let count = request.nodes.len();
        let mut looped = vec![false; count];
        for &edge in &structure.loops {
            looped[request.edges[edge].from] = true;
        }
        let finite = |pin: &Point| pin.x.is_finite() && pin.y.is_finite();
        Self {
            request,
            structure,
            insets: Insets::new(&request.spacing, request.direction),
            ends: Ends::new(request, structure),
            looped,
            sizes: request.nodes.iter().map(|node| node.size.sane()).collect(),
            pins: request.nodes.iter().map(|node| node.pin.filter(finite)).collect(),
            clusters: vec![Cluster::default(); count],
            made: vec![Made::default(); structure.levels.len()],
            variant: Variant::default(),
            drawing: Drawing {
                boxes: vec![Rect::default(); count],
                routes: vec![None; request.edges.len()],
                ..Drawing::default()
            },
        }
    }

    fn arrange_level(&mut self, index: usize) {
        let level = &self.structure.levels[index];
        for &member in &level.members {
            self.make_cluster(member);
        }
        let pins: Vec<Option<Point>> = level.members.iter().map(|&member| self.pins[member]).collect();
        let fixed = pins.iter().any(Option::is_some);
        let pin = level.container.and_then(|container| self.pins[container]);
        let corner = pin.filter(|_| fixed).map(|pin| pin.moved(self.insets.left, self.insets.top));
        let setting = Setting {
            request: self.request,
            structure: self.structure,
            level,
            clusters: &self.clusters,
            pins,
            loops: &self.looped,
            variant: self.variant,
        };
        let mut picture = level::arrange(&setting);
        let moved = pins::apply(&setting, &mut picture, corner);
        let stale = stale_edges(&setting, &picture, &moved);
        picture.routes.retain(|(edge, _)| !stale.contains(edge));
        let areas: Vec<Rect> =
            picture.boxes.iter().enumerate().map(|(member, one)| setting.cluster(member).area(one)).collect();
        let content = bounds_of(areas.iter(), picture.routes.iter().map(|(_, line)| line)).unwrap_or_default();
        let content = level.container.map_or(content, |container| self.grow_container(container, content, fixed));
        self.made[index] = Made { picture, content, fixed };
    }

    fn make_cluster(&mut self, owner: usize) {
        let spacing = &self.request.spacing;
        let cluster = cluster::shape(spacing, self.structure, owner, &self.sizes, &self.ends);
        if self.pins[owner].is_none() {
            // A pinned box on the border keeps its host where it belongs.
            let attached = cluster.members.iter().filter(|(node, _)| cluster::is_attached(self.structure, *node));
            let found = attached.filter_map(|(node, one)| Some((self.pins[*node]?, one.min))).next();
            self.pins[owner] = found.map(|(pin, offset)| pin.moved(-offset.x, -offset.y));
        }
        self.clusters[owner] = cluster;
    }

    /// Gives a container the size that its content needs; the content with the room that boxes
    /// attached to the container take from it.
    fn grow_container(&mut self, container: usize, content: Rect, fixed: bool) -> Rect {
        let attached = &self.structure.attached[container];
        let width = self.insets.around(&content).width().max(self.sizes[container].width);
        let (top, bottom) = cluster::reach_inside(width, attached, &self.sizes, &self.ends, container);
        // Between these and the content a line finds its way.
        let more = |reach: f64, inset: f64| {
            if reach > 0.0 { (reach + 2.0 * self.request.spacing.edge_gap - inset).max(0.0) } else { 0.0 }
        };
        let (top, bottom) = (more(top, self.insets.top), more(bottom, self.insets.bottom));
        let content = Rect::new(content.min.moved(0.0, -top), content.max.moved(0.0, bottom));
        let around = self.insets.around(&content);
        let least = self.sizes[container];
        let mut size = around.size();
        if fixed {
            let pin = *self.pins[container].get_or_insert(around.min);
            size = Size::new(around.max.x - pin.x, around.max.y - pin.y);
        }
        self.sizes[container] = Size::new(size.width.max(least.width), size.height.max(least.height));
        content
    }

    /// Gives every box its place in the whole drawing, from the outside in.
    fn unfold(&mut self) {
        for index in 0..self.structure.levels.len() {
            let mut made = std::mem::take(&mut self.made[index]);
            let level = &self.structure.levels[index];
            if let Some(container) = level.container.filter(|_| !made.fixed) {
                let room = self.insets.within(&self.drawing.boxes[container]);
                let spare = |room: f64, content: f64| ((room - content) / 2.0).max(0.0);
                let x = room.min.x + spare(room.width(), made.content.width()) - made.content.min.x;
                let y = room.min.y + spare(room.height(), made.content.height()) - made.content.min.y;
                made.picture.shift(x, y);
            }
            for (&member, &one) in level.members.iter().zip(&made.picture.boxes) {
                self.unfold_cluster(member, one);
            }
            for (edge, line) in made.picture.routes {
                self.drawing.routes[edge] = Some(line);
            }
            if level.container.is_none() {
                self.drawing.lanes = made.picture.lanes;
                self.drawing.columns = made.picture.columns;
            }
        }
        self.drop_lines_of_moved();
        self.add_loops();
    }

    fn unfold_cluster(&mut self, owner: usize, one: Rect) {
        self.drawing.boxes[owner] = one;
        let cluster = &self.clusters[owner];
        for (node, place) in &cluster.members {
            let place = place.moved(one.min.x, one.min.y);
            let pin = self.pins[*node].filter(|_| matches!(self.structure.role[*node], Role::Attached(_)));
            self.drawing.boxes[*node] = pin.map_or(place, |pin| Rect::from_min_size(pin, place.size()));
        }
    }

    /// Lines that leave an attached box whose pin is not its slot are drawn anew.
    fn drop_lines_of_moved(&mut self) {
        for edge in self.structure.levels.iter().flat_map(|level| &level.edges) {
            let Some(exit) = edge.exit.filter(|&exit| self.pins[exit].is_some()) else { continue };
            let start = self.drawing.routes[edge.edge].as_ref().and_then(|line| line.first().copied());
            let near = self.drawing.boxes[exit].grown(1e-6);
            if start.is_some_and(|start| !near.contains(start)) {
                self.drawing.routes[edge.edge] = None;
            }
        }
    }

    /// Draws loops over the top right corner of their node.
    fn add_loops(&mut self) {
        let reach = self.request.spacing.edge_gap / 2.0;
        for &edge in &self.structure.loops {
            let one = &self.drawing.boxes[self.request.edges[edge].from];
            self.drawing.routes[edge] = Some(loop_around(one, one, reach));
        }
    }
}

/// From the right side of a box to its upper side, over the corner of what clings to it.
fn loop_around(one: &Rect, hull: &Rect, reach: f64) -> Polyline {
    let center = one.center();
    let (right, top) = (hull.max.x + reach, hull.min.y - reach);
    vec![
        Point::new(one.max.x, center.y),
        Point::new(right, center.y),
        Point::new(right, top),
        Point::new(center.x, top),
        Point::new(center.x, one.min.y),
    ]
}

/// Edges of a level one of whose boxes moved, or whose line meets the area of one that did.
fn stale_edges(setting: &Setting<'_>, picture: &Picture, moved: &[bool]) -> Vec<usize> {
    let movers: Vec<usize> = (0..moved.len()).filter(|&member| moved[member]).collect();
    if movers.is_empty() {
        return Vec::new();
    }
    let local = |node: usize| setting.structure.local[node];
    let mut ends = rustc_hash::FxHashMap::default();
    for edge in &setting.level.edges {
        ends.insert(edge.edge, (local(edge.from), local(edge.to)));
    }
    let meets = |(edge, line): &&(usize, Polyline)| {
        let &(from, to) = ends.get(edge).unwrap_or(&(usize::MAX, usize::MAX));
        movers.iter().any(|&member| {
            let area = setting.cluster(member).area(&picture.boxes[member]);
            member == from || member == to || super::routing::passes_through(line, &area.grown(2.0))
        })
    };
    picture.routes.iter().filter(meets).map(|(edge, _)| *edge).collect()
}
