//! What every arranged flow must hold, on small examples and on random graphs.

mod crossings;
mod flows;
mod modes;
mod structure;

use proptest::prelude::*;

use super::arrange;
use crate::layout::geometry::{Point, Polyline, Rect, Size};
use crate::layout::request::{Direction, FlowEdge, FlowNode, FlowRequest, Lane, NodeKind};
use crate::layout::result::FlowResult;
use crate::layout::routing::passes_through;

fn node(kind: NodeKind, lane: Option<usize>) -> FlowNode {
    let size = match kind {
        NodeKind::Gateway => Size::new(50.0, 50.0),
        NodeKind::Start | NodeKind::End => Size::new(36.0, 36.0),
        NodeKind::Other | NodeKind::Artifact => Size::new(120.0, 60.0),
    };
    FlowNode { size, lane, kind, ..FlowNode::default() }
}

fn edge(from: usize, to: usize) -> FlowEdge {
    FlowEdge { from, to, ..FlowEdge::default() }
}

/// The refund of the sample bakery: five lanes, a gateway with three branches.
fn refund() -> FlowRequest {
    use NodeKind::{End, Gateway, Other, Start};
    let kinds = [(Start, 0), (Other, 1), (Other, 1), (Gateway, 1), (End, 0), (Other, 2), (Other, 3), (Other, 4)];
    let ends = [(0, 1), (1, 2), (2, 3), (3, 4), (3, 5), (3, 6), (5, 7), (6, 7), (7, 4)];
    FlowRequest {
        nodes: kinds.iter().map(|&(kind, lane)| node(kind, Some(lane))).collect(),
        edges: ends.iter().map(|&(from, to)| edge(from, to)).collect(),
        lanes: vec![Lane { minimum_extent: 90.0, ..Lane::default() }; 5],
        ..FlowRequest::default()
    }
}

fn straight(line: &Polyline) -> bool {
    line.windows(2).all(|pair| (pair[0].x - pair[1].x).abs() < 1e-6 || (pair[0].y - pair[1].y).abs() < 1e-6)
}

/// Whether a point lies on the border of a box.
fn on_border(one: &Rect, point: Point) -> bool {
    one.grown(1e-6).contains(point) && !one.grown(-1e-6).contains(point)
}

fn check(request: &FlowRequest, result: &FlowResult) -> Result<(), TestCaseError> {
    for (index, one) in result.boxes.iter().enumerate() {
        let size = request.nodes[index].size;
        prop_assert!((one.width() - size.width).abs() < 1e-6);
        prop_assert!((one.height() - size.height).abs() < 1e-6);
        for (other_index, other) in result.boxes.iter().enumerate().skip(index + 1) {
            let both_pinned = request.nodes[index].pin.is_some() && request.nodes[other_index].pin.is_some();
            prop_assert!(both_pinned || !one.overlaps(other), "{index} {one:?} and {other_index} {other:?} overlap");
        }
    }
    for (index, route) in result.routes.iter().enumerate() {
        let one = request.edges[index];
        let Some(line) = route else {
            prop_assert!(one.from.max(one.to) >= request.nodes.len());
            continue;
        };
        prop_assert!(line.len() >= 2 && straight(line), "{line:?}");
        prop_assert!(on_border(&result.boxes[one.from], line[0]));
        prop_assert!(on_border(&result.boxes[one.to], line[line.len() - 1]));
    }
    Ok(())
}

fn check_routes(request: &FlowRequest, result: &FlowResult) -> Result<(), TestCaseError> {
    for (index, route) in result.routes.iter().enumerate() {
        let one = request.edges[index];
        let Some(line) = route else { continue };
        for (foreign, rect) in result.boxes.iter().enumerate() {
            if foreign != one.from && foreign != one.to {
                prop_assert!(!passes_through(line, rect), "edge {index} meets box {foreign}");
            }
        }
    }
    Ok(())
}

fn check_lanes(request: &FlowRequest, result: &FlowResult) -> Result<(), TestCaseError> {
    prop_assert_eq!(result.lanes.len(), request.lanes.len());
    for pair in result.lanes.windows(2) {
        prop_assert!((pair[0].end() - pair[1].offset).abs() < 1e-6);
    }
    for (lane, place) in request.lanes.iter().zip(&result.lanes) {
        prop_assert!(place.extent >= lane.minimum_extent - 1e-6);
    }
    for (one, rect) in request.nodes.iter().zip(&result.boxes) {
        let Some(lane) = one.lane.and_then(|lane| result.lanes.get(lane)) else {
            continue;
        };
        let (low, high) = match request.direction {
            Direction::LeftToRight => (rect.min.y, rect.max.y),
            Direction::TopToBottom => (rect.min.x, rect.max.x),
        };
        if one.pin.is_none() {
            prop_assert!(lane.offset <= low && high <= lane.end(), "{lane:?} {rect:?}");
        }
    }
    Ok(())
}

#[test]
fn the_refund_process_is_drawn_as_a_person_would() {
    let request = refund();
    let result = arrange(&request);
    check(&request, &result).unwrap();
    check_lanes(&request, &result).unwrap();
    check_routes(&request, &result).unwrap();
    let center = |index: usize| result.boxes[index].center();
    assert_eq!(center(1).y, center(2).y, "the main path is straight");
    assert_eq!(center(2).y, center(3).y);
    assert_eq!(result.routes[1].as_ref().map(Vec::len), Some(2));
    let branch = result.routes[4].as_ref().unwrap();
    assert_eq!(branch[0].x, center(3).x, "a branch leaves by the corner");
    assert!(center(0).x < center(1).x && center(3).x < center(5).x && center(6).x < center(7).x);
}

#[test]
fn a_loop_back_is_drawn_around_and_does_not_turn_the_flow() {
    use NodeKind::{End, Other, Start};
    let request = FlowRequest {
        nodes: [Start, Other, Other, End].map(|kind| node(kind, None)).to_vec(),
        edges: vec![edge(0, 1), edge(1, 2), edge(2, 1), edge(2, 3), edge(2, 2)],
        ..FlowRequest::default()
    };
    let result = arrange(&request);
    check(&request, &result).unwrap();
    check_routes(&request, &result).unwrap();
    let x = |index: usize| result.boxes[index].center().x;
    assert!(x(0) < x(1) && x(1) < x(2) && x(2) < x(3));
    assert!(result.routes[2].as_ref().unwrap().len() >= 4);
}

#[test]
fn parallel_edges_do_not_lie_on_one_another() {
    let request = FlowRequest {
        nodes: vec![node(NodeKind::Other, None); 2],
        edges: vec![edge(0, 1), edge(0, 1)],
        ..FlowRequest::default()
    };
    let result = arrange(&request);
    assert_ne!(result.routes[0], result.routes[1]);
}

#[test]
fn empty_requests_and_dangling_edges_are_harmless() {
    assert_eq!(arrange(&FlowRequest::default()), FlowResult::default());
    let request = FlowRequest {
        nodes: vec![node(NodeKind::Other, Some(9))],
        edges: vec![edge(0, 4), edge(7, 8)],
        lanes: vec![Lane { minimum_extent: 80.0, ..Lane::default() }; 2],
        ..FlowRequest::default()
    };
    let result = arrange(&request);
    assert_eq!(result.routes, vec![None, None]);
    assert_eq!(result.lanes[1].end(), 160.0);
}

#[test]
fn labels_stand_beside_no_box() {
    let mut request = refund();
    for edge in &mut request.edges {
        edge.label = Some(Size::new(64.0, 18.0));
    }
    let result = arrange(&request);
    for label in &result.labels {
        let label = Rect::from_center_size(label.unwrap(), Size::new(64.0, 18.0));
        assert!(result.boxes.iter().all(|one| !one.overlaps(&label)));
    }
}

#[test]
fn one_pin_moves_the_drawing_to_it() {
    let mut request = refund();
    request.nodes[2].pin = Some(Point::new(1000.0, 500.0));
    let result = arrange(&request);
    assert_eq!(result.boxes[2].min, Point::new(1000.0, 500.0));
    check(&request, &result).unwrap();
    check_lanes(&request, &result).unwrap();
    check_routes(&request, &result).unwrap();
}

fn any_kind() -> impl Strategy<Value = NodeKind> {
    prop_oneof![
        Just(NodeKind::Start),
        Just(NodeKind::End),
        Just(NodeKind::Gateway),
        Just(NodeKind::Other),
        Just(NodeKind::Other),
    ]
}

prop_compose! {
    fn any_request(most_lanes: usize)(
        count in 1..24_usize,
        lanes in 0..=most_lanes,
    )(
        nodes in prop::collection::vec((any_kind(), prop::option::weighted(0.9, 0..lanes.max(1))), count),
        edges in prop::collection::vec((0..count, 0..count, any::<bool>()), 0..count * 2),
        minimum in prop::collection::vec(0.0..200.0_f64, lanes),
        downwards in any::<bool>(),
    ) -> FlowRequest {
        FlowRequest {
            nodes: nodes.into_iter().map(|(kind, lane)| node(kind, lane)).collect(),
            edges: edges.into_iter().map(|(from, to, labelled)| FlowEdge {
                from,
                to,
                label: labelled.then_some(Size::new(50.0, 18.0)),
                ..FlowEdge::default()
            }).collect(),
            lanes: minimum.into_iter().map(|minimum_extent| Lane { minimum_extent, ..Lane::default() }).collect(),
            direction: if downwards { Direction::TopToBottom } else { Direction::LeftToRight },
            ..FlowRequest::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn flows_are_free_of_overlaps_and_routes_keep_off_boxes(request in any_request(4)) {
        let result = arrange(&request);
        check(&request, &result)?;
        check_lanes(&request, &result)?;
        check_routes(&request, &result)?;
        prop_assert_eq!(result, arrange(&request));
    }

    #[test]
    fn pins_never_move(
        request in any_request(3),
        pins in prop::collection::vec((0..24_usize, 0..12_u32, 0..12_u32), 1..5),
    ) {
        let mut request = request;
        for (index, x, y) in pins {
            if let Some(node) = request.nodes.get_mut(index) {
                node.pin = Some(Point::new(f64::from(x) * 170.0, f64::from(y) * 110.0));
            }
        }
        let result = arrange(&request);
        check(&request, &result)?;
        check_lanes(&request, &result)?;
        for (node, one) in request.nodes.iter().zip(&result.boxes) {
            if let Some(pin) = node.pin {
                prop_assert_eq!(one.min, pin);
            }
        }
        prop_assert_eq!(result, arrange(&request));
    }
}
