//! Flows: a layered arrangement that respects lanes, with orthogonal routes.
//!
//! The phases, after Sugiyama, Tagawa and Toda (1981), each in its file: cycles are broken
//! ([`cycles`]), nodes ranked ([`rank`]), long edges cut into dummies ([`graph`]), ranks ordered
//! ([`order`]), coordinates assigned ([`coordinates`]), edges drawn ([`channels`]), pinned boxes
//! put back ([`pins`]) and labels placed ([`labels`]). Everything is deterministic: the same
//! request gives the same result.
//!
//! Inside, every flow runs from left to right; the other direction is mirrored at the diagonal
//! on the way in and out. Without lanes each connected part is arranged by itself and the parts
//! are put on shelves; with lanes all parts share the lanes.

mod channels;
mod coordinates;
mod cycles;
mod graph;
mod labels;
mod order;
mod pins;
mod rank;
#[cfg(test)]
mod tests;

use graph::{Layered, Part, PartNode};
use rank::Constraint;

use super::geometry::{Point, Polyline, Rect, Size, bounds_of};
use super::request::{Direction, FlowNode, FlowRequest, FlowSpacing};
use super::result::{FlowResult, LaneExtent};

/// Arranges a flow.
pub fn arrange(request: &FlowRequest) -> FlowResult {
    match request.direction {
        Direction::LeftToRight => arrange_along_x(request),
        Direction::TopToBottom => transposed(arrange_along_x(&transposed_request(request))),
    }
}

fn transposed_request(request: &FlowRequest) -> FlowRequest {
    let mut mirrored = request.clone();
    for node in &mut mirrored.nodes {
        node.size = node.size.transposed();
        node.pin = node.pin.map(Point::transposed);
    }
    for edge in &mut mirrored.edges {
        edge.label = edge.label.map(Size::transposed);
    }
    mirrored
}

fn transposed(mut result: FlowResult) -> FlowResult {
    for one in &mut result.boxes {
        *one = one.transposed();
    }
    for point in result.routes.iter_mut().flatten().flatten() {
        *point = point.transposed();
    }
    for point in result.labels.iter_mut().flatten() {
        *point = point.transposed();
    }
    result.bounds = result.bounds.transposed();
    result
}

fn arrange_along_x(request: &FlowRequest) -> FlowResult {
    let mut picture = if request.lanes.is_empty() { arrange_parts(request) } else { arrange_lanes(request) };
    add_loops(request, &mut picture);
    pins::apply(request, &mut picture);
    let labels = labels::place(request, &picture.boxes, &picture.routes);
    let boxes = picture.boxes.iter();
    let bounds = bounds_of(boxes, picture.routes.iter().flatten());
    let mut bounds = bounds.unwrap_or_default();
    if let (Some(first), Some(last)) = (picture.lanes.first(), picture.lanes.last()) {
        bounds.min.y = bounds.min.y.min(first.offset);
        bounds.max.y = bounds.max.y.max(last.end());
    }
    let (boxes, routes, lanes) = (picture.boxes, picture.routes, picture.lanes);
    FlowResult { boxes, routes, labels, lanes, bounds, ..FlowResult::default() }
}

/// The drawing while it is made.
struct Picture {
    boxes: Vec<Rect>,
    routes: Vec<Option<Polyline>>,
    lanes: Vec<LaneExtent>,
}

impl Picture {
    fn new(request: &FlowRequest) -> Self {
        Self {
            boxes: vec![Rect::default(); request.nodes.len()],
            routes: vec![None; request.edges.len()],
            lanes: Vec::new(),
        }
    }
}

/// Some nodes and edges of the request, with the indices they have there.
struct Selection {
    nodes: Vec<usize>,
    edges: Vec<usize>,
    part: Part,
}

impl Selection {
    fn new(request: &FlowRequest, nodes: Vec<usize>, edges: Vec<usize>) -> Self {
        let mut local = vec![0; request.nodes.len()];
        for (index, &node) in nodes.iter().enumerate() {
            local[node] = index;
        }
        Self::with_index(request, nodes, edges, &local)
    }

    fn with_index(request: &FlowRequest, nodes: Vec<usize>, edges: Vec<usize>, local: &[usize]) -> Self {
        let mut part = Part {
            nodes: nodes.iter().map(|&node| part_node(request, &request.nodes[node])).collect(),
            ..Part::default()
        };
        for &edge in &edges {
            let edge = &request.edges[edge];
            part.edges.push((local[edge.from], local[edge.to]));
            part.labels.push(edge.label.map(Size::sane));
        }
        Self { nodes, edges, part }
    }

    /// Runs the phases; coordinates across are given their place by `offsets` per band.
    fn draw(
        &mut self,
        loops: &[bool],
        spacing: &FlowSpacing,
        bands: usize,
        offsets: impl Fn(&[f64]) -> Vec<f64>,
    ) -> channels::Drawing {
        for (node, &global) in self.part.nodes.iter_mut().zip(&self.nodes) {
            if loops[global] {
                node.extra = spacing.edge_gap;
            }
        }
        let oriented = cycles::orient(&self.part);
        let constraints = constraints(&self.part, &oriented.backward);
        let mut rank = rank::assign(self.part.nodes.len(), &constraints);
        for rank in &mut rank {
            *rank += 1;
        }
        let mut layered = Layered::new(&self.part, &oriented, &rank);
        order::arrange(&mut layered);
        let (mut across, extents) = coordinates::assign(&layered, bands, spacing);
        let offsets = offsets(&extents);
        for (place, &band) in across.iter_mut().zip(&layered.band) {
            *place += offsets[band];
        }
        channels::draw(&self.part, &layered, &across, spacing)
    }

    fn store(&self, drawing: channels::Drawing, x: f64, y: f64, picture: &mut Picture) {
        for (one, &node) in drawing.boxes.iter().zip(&self.nodes) {
            picture.boxes[node] = one.moved(x, y);
        }
        for (mut line, &edge) in drawing.routes.into_iter().zip(&self.edges) {
            for point in &mut line {
                *point = point.moved(x, y);
            }
            picture.routes[edge] = Some(line);
        }
    }
}

fn part_node(request: &FlowRequest, node: &FlowNode) -> PartNode {
    PartNode { size: node.size.sane(), band: band_of(request, node), kind: node.kind, extra: 0.0 }
}

/// The lane of a node, or one past the last.
fn band_of(request: &FlowRequest, node: &FlowNode) -> usize {
    let lanes = request.lanes.len();
    node.lane.map_or(lanes, |lane| lane.min(lanes))
}

/// One rank between the ends of an edge; two where an edge between them was met before, so that
/// it has a dummy and a line of its own.
fn constraints(part: &Part, backward: &[bool]) -> Vec<Constraint> {
    let mut known = rustc_hash::FxHashSet::default();
    let directed = part.edges.iter().zip(backward);
    directed
        .map(|(&(from, to), &backward)| {
            let (from, to) = if backward { (to, from) } else { (from, to) };
            let length = if backward || known.insert((from, to)) { 1 } else { 2 };
            Constraint { from, to, length }
        })
        .collect()
}

/// Edges that join two different nodes that exist.
fn proper_edges(request: &FlowRequest) -> Vec<usize> {
    let count = request.nodes.len();
    let proper = |&edge: &usize| {
        let edge = &request.edges[edge];
        edge.from < count && edge.to < count && edge.from != edge.to
    };
    (0..request.edges.len()).filter(proper).collect()
}

fn loops(request: &FlowRequest) -> Vec<bool> {
    let mut loops = vec![false; request.nodes.len()];
    for edge in &request.edges {
        if edge.from == edge.to && edge.from < loops.len() {
            loops[edge.from] = true;
        }
    }
    loops
}

fn arrange_lanes(request: &FlowRequest) -> Picture {
    let mut picture = Picture::new(request);
    let nodes = (0..request.nodes.len()).collect();
    let mut all = Selection::new(request, nodes, proper_edges(request));
    let bands = request.lanes.len() + 1;
    let mut lanes = Vec::new();
    let spacing = &request.spacing;
    let cell = std::cell::RefCell::new(&mut lanes);
    let drawing = all.draw(&loops(request), spacing, bands, |extents| {
        let (found, offsets) = stack_lanes(request, extents);
        **cell.borrow_mut() = found;
        offsets
    });
    all.store(drawing, 0.0, 0.0, &mut picture);
    picture.lanes = lanes;
    picture
}

/// Lanes one below the other, their content in the middle; the offset of each band's content.
fn stack_lanes(request: &FlowRequest, extents: &[f64]) -> (Vec<LaneExtent>, Vec<f64>) {
    let padding = request.spacing.lane_padding;
    let (mut lanes, mut offsets) = (Vec::new(), Vec::new());
    let mut y = 0.0;
    for (lane, content) in request.lanes.iter().zip(extents) {
        let minimum = Size::new(lane.minimum_extent, 0.0).sane().width;
        let extent = minimum.max(content + 2.0 * padding);
        lanes.push(LaneExtent { offset: y, extent });
        offsets.push(y + (extent - content) / 2.0);
        y += extent;
    }
    offsets.push(y + request.spacing.component_gap);
    (lanes, offsets)
}

/// Arranges each connected part by itself and puts the parts on shelves.
fn arrange_parts(request: &FlowRequest) -> Picture {
    let mut picture = Picture::new(request);
    let loops = loops(request);
    let mut drawn: Vec<(Selection, channels::Drawing, Rect)> = Vec::new();
    for mut selection in parts(request) {
        let drawing = selection.draw(&loops, &request.spacing, 1, |_| vec![0.0]);
        let bounds = bounds_of(drawing.boxes.iter(), drawing.routes.iter());
        drawn.push((selection, drawing, bounds.unwrap_or_default()));
    }
    let gap = request.spacing.component_gap;
    let area: f64 = drawn.iter().map(|(.., bounds)| (bounds.width() + gap) * (bounds.height() + gap)).sum();
    let widest = drawn.iter().map(|(.., bounds)| bounds.width());
    let shelf = widest.fold((area * 1.6).sqrt(), f64::max);
    let (mut x, mut y, mut height) = (0.0, 0.0, 0.0_f64);
    for (selection, drawing, bounds) in drawn {
        if x > 0.0 && x + bounds.width() > shelf {
            (x, y, height) = (0.0, y + height + gap, 0.0);
        }
        selection.store(drawing, x - bounds.min.x, y - bounds.min.y, &mut picture);
        x += bounds.width() + gap;
        height = height.max(bounds.height());
    }
    picture
}

/// The connected parts, in the order of their first nodes.
fn parts(request: &FlowRequest) -> Vec<Selection> {
    let count = request.nodes.len();
    let edges = proper_edges(request);
    let mut leader: Vec<usize> = (0..count).collect();
    for &edge in &edges {
        let edge = &request.edges[edge];
        let (a, b) = (find(&mut leader, edge.from), find(&mut leader, edge.to));
        leader[a.max(b)] = a.min(b);
    }
    let mut part_of = vec![0; count];
    let mut local = vec![0; count];
    let mut nodes: Vec<Vec<usize>> = Vec::new();
    for node in 0..count {
        let first = find(&mut leader, node);
        if first == node {
            part_of[node] = nodes.len();
            nodes.push(Vec::new());
        } else {
            part_of[node] = part_of[first];
        }
        local[node] = nodes[part_of[node]].len();
        nodes[part_of[node]].push(node);
    }
    let mut edges_of = vec![Vec::new(); nodes.len()];
    for edge in edges {
        edges_of[part_of[request.edges[edge].from]].push(edge);
    }
    nodes.into_iter().zip(edges_of).map(|(nodes, edges)| Selection::with_index(request, nodes, edges, &local)).collect()
}

fn find(leader: &mut [usize], mut node: usize) -> usize {
    while leader[node] != node {
        leader[node] = leader[leader[node]];
        node = leader[node];
    }
    node
}

/// Draws loops over the top right corner of their node.
fn add_loops(request: &FlowRequest, picture: &mut Picture) {
    let reach = request.spacing.edge_gap / 2.0;
    for (edge, route) in request.edges.iter().zip(&mut picture.routes) {
        if edge.from == edge.to
            && let Some(one) = picture.boxes.get(edge.from)
        {
            *route = Some(loop_around(one, reach));
        }
    }
}

fn loop_around(one: &Rect, reach: f64) -> Polyline {
    let center = one.center();
    let (right, top) = (one.max.x + reach, one.min.y - reach);
    vec![
        Point::new(one.max.x, center.y),
        Point::new(right, center.y),
        Point::new(right, top),
        Point::new(center.x, top),
        Point::new(center.x, one.min.y),
    ]
}
