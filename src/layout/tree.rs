//! Organisation charts: tidy trees whose leaves hang in lists and whose wide levels wrap.
//!
//! Every subtree becomes a **block**, an area of its own: the node's box in the top row, alone
//! there, and below it the blocks of its children, side by side under a bus or stacked in columns.
//! Two columns share the line between them and hang from it to the left and to the right; a column
//! without a neighbour hangs from a line at its left. Children that are leaves are always listed.
//!
//! How a block is shaped is found as in the planning of chips (Stockmeyer, "Optimal orientations of
//! cells in slicing floorplan designs", 1983): from the leaves up every block keeps a curve of the
//! shapes it could take ([`shapes`]), from the roots down each child takes the shape that fits the
//! room it is given, and then the blocks are placed ([`place`]).
//!
//! Invariants: blocks of siblings never overlap, lines run only in gaps kept for them (so none
//! runs through a foreign box), children keep their order down and then across the columns, and
//! nothing recurses (a chain of any length is fine). Every chart is arranged top to bottom; the
//! other direction is its mirror at the diagonal.

pub(in crate::layout) mod forest;
mod place;
mod roots;
mod shapes;
#[cfg(test)]
mod tests;

use forest::Forest;
use shapes::{Curves, Shape};

use super::geometry::{Point, Polyline, Rect, Size, bounds_of, simplify};
use super::request::{Direction, RouteEdge, RouteRequest, TreeRequest, TreeSpacing};
use super::result::TreeResult;
use super::routing;

/// Arranges an organisation chart.
///
/// Linear in the number of nodes apart from dotted lines. A node whose parents form a circle is
/// treated as a root at the circle's first node.
pub fn arrange(request: &TreeRequest) -> TreeResult {
    let forest = Forest::new(request);
    let mut plan = Plan::new(request, &forest);
    for &node in forest.order.iter().rev() {
        plan.consider_shapes(node);
    }
    let roots = plan.choose_roots();
    for &node in &forest.order {
        plan.choose_children(node);
    }
    for &node in forest.order.iter().rev() {
        plan.place_children(node);
    }
    let origins = plan.origins(plan.place_roots(&roots));
    let mut boxes: Vec<Option<Rect>> = vec![None; request.nodes.len()];
    for &node in &forest.order {
        boxes[node] = Some(plan.box_at(node, origins[node]));
    }
    let mut connectors: Vec<Option<Polyline>> = vec![None; request.nodes.len()];
    for &node in &forest.order {
        if let Some(parent) = forest.parent[node] {
            connectors[node] = Some(plan.connector(parent, node, &origins));
        }
    }
    if request.direction == Direction::LeftToRight {
        transpose(&mut boxes, &mut connectors);
    }
    let dotted = route_dotted(&boxes, &request.dotted);
    let bounds = bounds_of(boxes.iter().flatten(), connectors.iter().chain(&dotted).flatten());
    TreeResult { boxes, hidden: forest.hidden, connectors, dotted, bounds: bounds.unwrap_or_default() }
}

fn transpose(boxes: &mut [Option<Rect>], connectors: &mut [Option<Polyline>]) {
    for one in boxes.iter_mut().flatten() {
        *one = one.transposed();
    }
    for point in connectors.iter_mut().flatten().flatten() {
        *point = point.transposed();
    }
}

/// Routes dotted lines around the boxes that are shown.
fn route_dotted(boxes: &[Option<Rect>], dotted: &[(usize, usize)]) -> Vec<Option<Polyline>> {
    if dotted.is_empty() {
        return Vec::new();
    }
    let mut shown = vec![usize::MAX; boxes.len()];
    let mut request = RouteRequest { margin: 6.0, ..RouteRequest::default() };
    for (node, one) in boxes.iter().enumerate() {
        if let Some(one) = one {
            shown[node] = request.boxes.len();
            request.boxes.push(*one);
        }
    }
    let index = |node: usize| shown.get(node).copied().unwrap_or(usize::MAX);
    request.edges = dotted.iter().map(|&(from, to)| RouteEdge::between(index(from), index(to))).collect();
    routing::route(&request)
}

/// How a child's connector reaches it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reach {
    /// Straight down from the bus to the top of the box.
    Drop,
    /// Down a line at this x of the parent's block, then sideways to the near side of the box.
    Line(f64),
    /// Down a line at this x of the parent's block to a bus at this y, then from that to the top of the box.
    Shelf(f64, f64),
    /// From the line below the parent sideways to the near side of an assistant.
    Beside,
}

impl Reach {
    fn moved(self, right: f64, down: f64) -> Self {
        match self {
            Self::Line(x) => Self::Line(x + right),
            Self::Shelf(x, y) => Self::Shelf(x + right, y + down),
            Self::Drop | Self::Beside => self,
        }
    }
}

/// Width and height of the area some blocks take, before it is placed.
#[derive(Clone, Copy, Debug, Default)]
struct Extent {
    width: f64,
    height: f64,
}

impl Extent {
    fn area(self) -> f64 {
        self.width * self.height
    }
}

/// The growing arrangement: shapes from the leaves up, chosen from the roots down, then places.
struct Plan<'a> {
    forest: &'a Forest,
    spacing: TreeSpacing,
    /// Whether lists of leaves stand upright below their parent (not in the mirrored chart).
    lists: bool,
    box_size: Vec<Size>,
    /// x of the box in its block; its y is 0.
    box_x: Vec<f64>,
    /// Extent of each block: while shapes are considered, that of the shape looked at.
    block: Vec<Extent>,
    /// The shapes each block could take.
    curves: Curves,
    /// The shape chosen for each block.
    shape: Vec<Shape>,
    /// x in the block at which the connector to the children leaves the box.
    port: Vec<f64>,
    /// y of the bus in the block.
    bus: Vec<f64>,
    /// Place of each block in its parent's block.
    offset: Vec<Point>,
    reach: Vec<Reach>,
}

impl<'a> Plan<'a> {
    fn new(request: &TreeRequest, forest: &'a Forest) -> Self {
        let count = request.nodes.len();
        let lists = request.direction == Direction::TopToBottom;
        let size = |size: Size| {
            if lists { size.sane() } else { size.sane().transposed() }
        };
        Self {
            forest,
            spacing: request.spacing,
            lists,
            box_size: request.nodes.iter().map(|node| size(node.size)).collect(),
            box_x: vec![0.0; count],
            block: vec![Extent::default(); count],
            curves: Curves::new(count),
            shape: vec![Shape::default(); count],
            port: vec![0.0; count],
            bus: vec![0.0; count],
            offset: vec![Point::default(); count],
            reach: vec![Reach::Drop; count],
        }
    }

    /// Corner of every visible block on the canvas.
    fn origins(&self, roots: Vec<(usize, Point)>) -> Vec<Point> {
        let mut origins = vec![Point::default(); self.offset.len()];
        for (root, place) in roots {
            origins[root] = place;
        }
        for &node in &self.forest.order {
            let origin = origins[node];
            for &child in self.forest.children_of(node) {
                let offset = self.offset[child];
                origins[child] = origin.moved(offset.x, offset.y);
            }
        }
        origins
    }

    fn box_at(&self, node: usize, origin: Point) -> Rect {
        Rect::from_min_size(origin.moved(self.box_x[node], 0.0), self.box_size[node])
    }

    /// From the parent's box over the bus to the child's box.
    fn connector(&self, parent: usize, child: usize, origins: &[Point]) -> Polyline {
        let from = origins[parent];
        let (port, bottom) = (from.x + self.port[parent], from.y + self.box_size[parent].height);
        let bus = from.y + self.bus[parent];
        let target = self.box_at(child, origins[child]);
        let middle = target.center();
        let mut line = Vec::with_capacity(6);
        line.push(Point::new(port, bottom));
        match self.reach[child] {
            Reach::Drop => {
                line.push(Point::new(port, bus));
                line.push(Point::new(middle.x, bus));
                line.push(Point::new(middle.x, target.min.y));
            }
            Reach::Line(x) => {
                let x = from.x + x;
                line.push(Point::new(port, bus));
                line.push(Point::new(x, bus));
                line.push(Point::new(x, middle.y));
                let side = if middle.x < x { target.max.x } else { target.min.x };
                line.push(Point::new(side, middle.y));
            }
            Reach::Shelf(x, shelf) => {
                let (x, shelf) = (from.x + x, from.y + shelf);
                line.extend([Point::new(port, bus), Point::new(x, bus), Point::new(x, shelf)]);
                line.extend([Point::new(middle.x, shelf), Point::new(middle.x, target.min.y)]);
            }
            Reach::Beside => {
                line.push(Point::new(port, middle.y));
                let side = if middle.x < port { target.max.x } else { target.min.x };
                line.push(Point::new(side, middle.y));
            }
        }
        simplify(&mut line);
        line
    }
}
