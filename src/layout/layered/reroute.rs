//! Lines and labels for boxes that stay where they are.

use super::mirror;
use super::standing::Standing;
use super::structure::Structure;
use crate::layout::geometry::Rect;
use crate::layout::request::{Direction, FlowRequest};
use crate::layout::result::FlowResult;

/// Draws every line and places every label anew; no box moves. A box the list lacks counts as
/// empty at the origin.
pub fn reroute(request: &FlowRequest, boxes: &[Rect]) -> FlowResult {
    match request.direction {
        Direction::LeftToRight => reroute_along_x(request, boxes),
        Direction::TopToBottom => mirror::result(reroute_along_x(&mirror::request(request), &mirror::boxes(boxes))),
    }
}

fn reroute_along_x(request: &FlowRequest, boxes: &[Rect]) -> FlowResult {
    let structure = Structure::new(request);
    let current: Vec<Option<Rect>> = boxes.iter().copied().map(Some).collect();
    let mut standing = Standing::new(request, &structure, &current);
    standing.moved.fill(true);
    let drawing = standing.blank();
    standing.finish(drawing)
}
