//! What the arrangements answer: boxes, connectors and extents, by the indices of the request.

use super::geometry::{Point, Polyline, Rect};

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
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LaneExtent {
    /// Where it begins: y when the flow runs left to right, else x.
    pub offset: f64,
    /// How far it reaches from there.
    pub extent: f64,
}

impl LaneExtent {
    /// Where the lane ends.
    pub fn end(&self) -> f64 {
        self.offset + self.extent
    }
}

/// An arranged flow.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FlowResult {
    /// Where each box lies.
    pub boxes: Vec<Rect>,
    /// The orthogonal route of each edge; `None` only for an edge that names no node.
    pub routes: Vec<Option<Polyline>>,
    /// Centre of each label that was given a size, on its edge and free of boxes.
    pub labels: Vec<Option<Point>>,
    /// Place of each lane of the request, without a gap from one to the next.
    pub lanes: Vec<LaneExtent>,
    /// Smallest box around boxes, routes and lanes.
    pub bounds: Rect,
}
