//! What the arrangements are asked: plain graphs of sizes, without any element of the model.
//!
//! Nodes and edges are named by their index in the request; results use the same indices.
//! An edge or parent that names a node that does not exist is ignored, never an error.

use super::geometry::{Extent, Point, Polyline, Rect, Size};

/// Which way a drawing grows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// From the left to the right; lanes lie one below the other.
    #[default]
    LeftToRight,
    /// From the top to the bottom; lanes stand one beside the other.
    TopToBottom,
}

/// One box of an organisation chart.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TreeNode {
    /// Size of the box.
    pub size: Size,
    /// Index of the node above it; `None` for a root. Siblings keep the order of the request.
    pub parent: Option<usize>,
    /// Whether it stands beside the line of its parent, above the other children.
    pub assistant: bool,
    /// Whether everything below it is hidden.
    pub collapsed: bool,
}

/// Distances in an organisation chart, in world units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TreeSpacing {
    /// Between boxes stacked in one list.
    pub list_gap: f64,
    /// Between subtrees side by side.
    pub sibling_gap: f64,
    /// Between a box and the boxes of the level below; the bus runs in its middle.
    pub level_gap: f64,
    /// How far a stacked box is indented from the line that leads to it.
    pub indent: f64,
    /// Between the trees of several roots.
    pub root_gap: f64,
    /// Stacked leaves in one column before another column is begun.
    pub leaves_in_column: usize,
}

impl Default for TreeSpacing {
    fn default() -> Self {
        Self { list_gap: 12.0, sibling_gap: 24.0, level_gap: 32.0, indent: 12.0, root_gap: 48.0, leaves_in_column: 8 }
    }
}

/// An organisation chart to arrange.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TreeRequest {
    /// The boxes; order decides the order of siblings and of roots.
    pub nodes: Vec<TreeNode>,
    /// Dotted reporting lines, as (from, to), routed around the boxes afterwards.
    pub dotted: Vec<(usize, usize)>,
    /// Which way the chart grows; top to bottom is the usual one.
    pub direction: Direction,
    /// Distances.
    pub spacing: TreeSpacing,
}

/// What a node of a flow is, as far as the arrangement cares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NodeKind {
    /// Begins a flow: cycles are broken starting here.
    Start,
    /// Ends a flow.
    End,
    /// Splits or joins: branches may use its top and bottom corner.
    Gateway,
    /// Stands beside the flow and takes no part in it: a data object, a data store, an annotation.
    /// With a host ([`FlowNode::satellite_of`], else the other end of its first association) it
    /// stands close to it, else in a free row below the flow.
    Artifact,
    /// Any other node: entered at its left side, left at its right side.
    #[default]
    Other,
}

/// One box of a flow.
///
/// `parent`, `attached` and `satellite_of` name other nodes by their index; one that names
/// itself, no node, or closes a circle is ignored. A box that is the parent of another is a
/// **container**: its size is the least it gets, it grows around its content.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FlowNode {
    /// Size of the box; for a container the least size.
    pub size: Size,
    /// Index of its lane; `None` (or a lane that does not exist) puts it below all lanes. What
    /// stands in a container, on a border or beside a host lies in the lane of that box.
    pub lane: Option<usize>,
    /// Top left corner the box must keep.
    pub pin: Option<Point>,
    /// What it is.
    pub kind: NodeKind,
    /// The container that encloses it.
    pub parent: Option<usize>,
    /// The box on whose border it sits, centred on it: a boundary event on its host. Where no
    /// side is wished for, the bottom is taken, then the top.
    pub attached: Option<usize>,
    /// Room for the name of an attached box, which stands outside of its host beside the line that leaves it.
    pub name: Size,
    /// The box it is kept close to, above or below: a data object or an annotation.
    pub satellite_of: Option<usize>,
    /// Index of its column (phase): everything in a column stands right of (below, when the flow
    /// runs down) everything in the columns before. A box without a column goes where its
    /// neighbours are.
    pub column: Option<usize>,
}

/// What an edge of a flow says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EdgeKind {
    /// One follows the other: decides the ranks.
    #[default]
    Sequence,
    /// A message, mostly from pool to pool: pulls its ends together a little, leaves and enters
    /// across the flow, and is routed around everything else.
    Message,
    /// Ties an annotation, a data object or a compensation to what it belongs to; as weak as a
    /// message.
    Association,
}

/// One edge of a flow.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct FlowEdge {
    /// Index of the node it leaves.
    pub from: usize,
    /// Index of the node it enters.
    pub to: usize,
    /// Size of its label, for which a free place is found.
    pub label: Option<Size>,
    /// What it says.
    pub kind: EdgeKind,
}

/// One lane; lanes follow one another in the order of the request.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Lane {
    /// Least extent across the flow: height when it runs left to right, else width. A lane
    /// without nodes (a closed pool) gets exactly this, if it is not 0.
    pub minimum_extent: f64,
    /// Space left free before it: between two pools.
    pub gap_before: f64,
    /// Where it lies now. Only the modes that keep a drawing look at it
    /// ([`tidy`](super::layered::tidy()), [`insert`](super::layered::insert()),
    /// [`reroute`](super::layered::reroute())); without it, it is taken from its boxes.
    pub place: Option<Extent>,
}

/// An end of an edge that may be a whole lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LaneEnd {
    /// A node, by its index.
    Node(usize),
    /// A lane, by its index. The line ends at the border that faces the other end; for a pool
    /// of several lanes name the one that is nearest to it.
    Lane(usize),
}

/// A message that leaves or enters a whole lane or closed pool; both ends may be lanes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LaneEdge {
    /// What it leaves.
    pub from: LaneEnd,
    /// What it enters.
    pub to: LaneEnd,
    /// Size of its label, for which a free place is found.
    pub label: Option<Size>,
}

/// One column (phase); columns follow one another along the flow.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Column {
    /// Least extent along the flow: width when it runs left to right, else height.
    pub minimum_extent: f64,
}

/// Distances in a flow, in world units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FlowSpacing {
    /// Between boxes of one rank.
    pub node_gap: f64,
    /// Least distance between the boxes of two ranks.
    pub rank_gap: f64,
    /// Between parallel lines, and between a line and a box.
    pub edge_gap: f64,
    /// Between the boxes of a lane and its border.
    pub lane_padding: f64,
    /// Between parts of the flow that are not connected.
    pub component_gap: f64,
    /// Between the content of a container and its border.
    pub container_padding: f64,
    /// Room kept at the top of a container for its name, whichever way the flow runs.
    pub container_header: f64,
    /// Between a box and the satellites above and below it, and between satellites.
    pub satellite_gap: f64,
}

impl Default for FlowSpacing {
    fn default() -> Self {
        Self {
            node_gap: 28.0,
            rank_gap: 40.0,
            edge_gap: 12.0,
            lane_padding: 24.0,
            component_gap: 48.0,
            container_padding: 20.0,
            container_header: 24.0,
            satellite_gap: 18.0,
        }
    }
}

/// A flow to arrange.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FlowRequest {
    /// The boxes.
    pub nodes: Vec<FlowNode>,
    /// The edges; loops, parallel edges and cycles are allowed.
    pub edges: Vec<FlowEdge>,
    /// The lanes, possibly none, possibly empty ones.
    pub lanes: Vec<Lane>,
    /// Messages that leave or enter whole lanes.
    pub lane_edges: Vec<LaneEdge>,
    /// The columns; a column that only a node names is one without a least extent.
    pub columns: Vec<Column>,
    /// Which way the flow runs.
    pub direction: Direction,
    /// Distances.
    pub spacing: FlowSpacing,
}

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Towards smaller x.
    Left,
    /// Towards larger x.
    Right,
    /// Towards smaller y.
    Top,
    /// Towards larger y.
    Bottom,
}

/// The outline of a box, which says where edges may meet it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PortShape {
    /// A rectangle: edges meet its sides and share a side in equal distances.
    #[default]
    Rectangle,
    /// A rhomb (gateway): edges meet its four corners.
    Rhomb,
    /// A circle or ellipse (event): edges meet it at the middle of the four sides of its box.
    Ellipse,
}

/// Where an edge starts or ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    /// At the box with this index.
    Box(usize),
    /// Anywhere on a level or upright stretch, met at right angles: the border of a lane or pool. A given side says
    /// from where it is met (`Side::Top`: from above).
    Line(Point, Point),
    /// At a fixed place, such as the middle of another edge.
    Point(Point),
}

/// One edge to route among boxes that stay where they are.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RouteEdge {
    /// Index of the box it leaves.
    pub from: usize,
    /// Index of the box it enters.
    pub to: usize,
    /// The side it must leave by; `None` lets the router choose.
    pub exit: Option<Side>,
    /// The side it must enter by; `None` lets the router choose.
    pub entry: Option<Side>,
    /// Where it starts, if not at the box `from`.
    pub start: Option<End>,
    /// Where it ends, if not at the box `to`.
    pub finish: Option<End>,
}

impl RouteEdge {
    /// An edge between two boxes, free to choose its sides.
    pub fn between(from: usize, to: usize) -> Self {
        Self { from, to, ..Self::default() }
    }

    /// Where it starts.
    pub fn start(&self) -> End {
        self.start.unwrap_or(End::Box(self.from))
    }

    /// Where it ends.
    pub fn finish(&self) -> End {
        self.finish.unwrap_or(End::Box(self.to))
    }
}

/// Edges to route around boxes.
#[derive(Clone, Debug, PartialEq)]
pub struct RouteRequest {
    /// All boxes of the view: obstacles, and the ends of the edges. A box that holds an end of an edge wholly (a pool,
    /// an open sub-process) is no obstacle for that edge.
    pub boxes: Vec<Rect>,
    /// Outlines of the boxes, by index; rectangles where there is none.
    pub shapes: Vec<PortShape>,
    /// The edges to route.
    pub edges: Vec<RouteEdge>,
    /// Lines that stay as they are: crossed as seldom as possible, and never run along.
    pub fixed: Vec<Polyline>,
    /// Places through which a level line may run though no box is beside: the free space between two pools.
    pub corridors: Vec<Point>,
    /// Distance kept from boxes where there is room.
    pub margin: f64,
    /// Distance between parallel edges in one channel, where there is room.
    pub gap: f64,
    /// Length that crossing another line is worth going around.
    pub crossing: f64,
}

impl RouteRequest {
    /// The outline of a box.
    pub fn shape(&self, index: usize) -> PortShape {
        self.shapes.get(index).copied().unwrap_or_default()
    }
}

impl Default for RouteRequest {
    fn default() -> Self {
        Self {
            boxes: Vec::new(),
            shapes: Vec::new(),
            edges: Vec::new(),
            fixed: Vec::new(),
            corridors: Vec::new(),
            margin: 12.0,
            gap: 8.0,
            crossing: 50.0,
        }
    }
}
