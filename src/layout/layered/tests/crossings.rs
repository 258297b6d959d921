//! Lines that do not decide the ranks: they count when ranks are ordered and when tries are compared.

use super::{edge, node};
use crate::layout::geometry::{Point, Polyline, Rect, Size};
use crate::layout::layered::{arrange, crossings, draft};
use crate::layout::request::{FlowRequest, Lane, LaneEdge, LaneEnd, NodeKind};
use crate::layout::result::FlowResult;

/// A split into two branches and their join in one lane, and a closed pool below it to which one branch sends a message.
fn branches(sender: usize) -> FlowRequest {
    use NodeKind::{Gateway, Other};
    FlowRequest {
        nodes: [Gateway, Other, Other, Gateway].map(|kind| node(kind, Some(0))).to_vec(),
        edges: vec![edge(0, 1), edge(1, 3), edge(0, 2), edge(2, 3)],
        lanes: vec![Lane::default(), Lane { minimum_extent: 60.0, gap_before: 40.0, ..Lane::default() }],
        lane_edges: vec![LaneEdge { from: LaneEnd::Node(sender), to: LaneEnd::Lane(1), label: None }],
        ..FlowRequest::default()
    }
}

#[test]
fn a_branch_with_a_message_stands_next_to_the_pool_it_goes_to() {
    for sender in [1, 2] {
        let request = branches(sender);
        let result = arrange(&request);
        let (own, other) = (result.boxes[sender], result.boxes[3 - sender]);
        assert!(own.min.y > other.max.y, "the sender {sender} is the lower branch");
        assert_eq!(result.lane_routes[0].as_ref().map(Vec::len), Some(2), "its message runs straight");
        assert_eq!(crossings(&request, &result), 0);
        assert_eq!(crossings(&request, &draft(&request)), 0);
    }
}

#[test]
fn lines_cross_but_not_beside_the_box_at_which_they_meet() {
    let request = FlowRequest {
        nodes: vec![node(NodeKind::Other, None); 4],
        edges: vec![edge(0, 1), edge(2, 3), edge(0, 3)],
        ..FlowRequest::default()
    };
    let box_at = |x: f64, y: f64| Rect::from_min_size(Point::new(x, y), Size::new(100.0, 60.0));
    let line =
        |points: &[(f64, f64)]| -> Option<Polyline> { Some(points.iter().map(|&(x, y)| Point::new(x, y)).collect()) };
    let count = |second: Option<Polyline>, third: Option<Polyline>| {
        let boxes = vec![box_at(0.0, 0.0), box_at(400.0, 0.0), box_at(200.0, -200.0), box_at(200.0, 200.0)];
        let routes = vec![line(&[(100.0, 30.0), (400.0, 30.0)]), second, third];
        crossings(&request, &FlowResult { boxes, routes, ..FlowResult::default() })
    };
    assert_eq!(count(line(&[(250.0, -140.0), (250.0, 200.0)]), None), 1);
    assert_eq!(count(None, line(&[(100.0, 20.0), (106.0, 20.0), (106.0, 230.0), (200.0, 230.0)])), 0);
    assert_eq!(count(None, line(&[(100.0, 20.0), (160.0, 20.0), (160.0, 230.0), (200.0, 230.0)])), 1);
}
