//! What the arrangements answer: boxes, connectors and extents, by the indices of the request.

use super::geometry::{Extent, Point, Polyline, Rect};

/// An arranged organisation chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TreeResult {
    /// Where each box lies; `None` for a box hidden below a collapsed one.
    pub boxes: Vec<Option<Rect>>,
    /// How many boxes each node hides: all below it when it is collapsed, else 0.
    pub hidden: Vec<usize>,
    /// The connector from the parent to each node; `None` for roots and hidden nodes.
    pub connectors: Vec<Option<Polyline>>,
    /// One route per dotted line of the request; `None` where an end is hidden.
    pub dotted: Vec<Option<Polyline>>,
    /// Smallest box around the drawing; empty at the origin for an empty chart.
    pub bounds: Rect,
}

/// Place of one lane across the flow.
pub type LaneExtent = Extent;

/// An arranged flow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FlowResult {
    /// Where each box lies; a container encloses its children.
    pub boxes: Vec<Rect>,
    /// The orthogonal route of each edge; `None` for an edge that names no node, and, from the
    /// modes that keep a drawing, for one whose line may stay as it is.
    pub routes: Vec<Option<Polyline>>,
    /// Centre of each label that was given a size, on its edge and free of boxes.
    pub labels: Vec<Option<Point>>,
    /// Place of each lane of the request, with no gap from one to the next but those asked for.
    pub lanes: Vec<LaneExtent>,
    /// The route of each message that leaves or enters a lane; `None` if an end does not exist.
    pub lane_routes: Vec<Option<Polyline>>,
    /// Centre of each label of such a message that was given a size.
    pub lane_labels: Vec<Option<Point>>,
    /// Place of each column along the flow (x when it runs left to right, else y), without a gap
    /// from one to the next; empty without columns.
    pub columns: Vec<Extent>,
    /// Smallest box around boxes, routes and lanes.
    pub bounds: Rect,
}
