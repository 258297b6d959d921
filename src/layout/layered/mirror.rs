//! Requests and results mirrored at the diagonal, for flows that run from the top down.

use crate::layout::geometry::{Point, Rect, Size};
use crate::layout::request::FlowRequest;
use crate::layout::result::FlowResult;

/// The request with x and y exchanged. It keeps its direction, so that the arrangement knows
/// which way is up for those who look at it.
pub(super) fn request(request: &FlowRequest) -> FlowRequest {
    let mut mirrored = request.clone();
    for node in &mut mirrored.nodes {
        node.size = node.size.transposed();
        node.name = node.name.transposed();
        node.pin = node.pin.map(Point::transposed);
    }
    let labels = mirrored.edges.iter_mut().map(|edge| &mut edge.label);
    for label in labels.chain(mirrored.lane_edges.iter_mut().map(|edge| &mut edge.label)) {
        *label = label.map(Size::transposed);
    }
    mirrored
}

/// The result with x and y exchanged.
pub(super) fn result(mut result: FlowResult) -> FlowResult {
    for one in &mut result.boxes {
        *one = one.transposed();
    }
    for point in result.routes.iter_mut().chain(&mut result.lane_routes).flatten().flatten() {
        *point = point.transposed();
    }
    for point in result.labels.iter_mut().chain(&mut result.lane_labels).flatten() {
        *point = point.transposed();
    }
    result.bounds = result.bounds.transposed();
    result
}

/// Boxes with x and y exchanged.
pub(super) fn boxes(boxes: &[Rect]) -> Vec<Rect> {
    boxes.iter().map(Rect::transposed).collect()
}
