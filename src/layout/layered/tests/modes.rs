//! The modes that keep a picture: tidy a selection, insert what is new, route anew.

use proptest::prelude::*;

use super::structure::{any_rich, check_boxes, check_lanes, check_routes};
use super::{edge, node};
use crate::layout::geometry::{Point, Rect, Size};
use crate::layout::layered::{arrange, insert, reroute, tidy};
use crate::layout::request::{FlowEdge, FlowNode, FlowRequest, Lane, NodeKind};
use crate::layout::result::FlowResult;

/// The request with the lanes where a result put them.
fn standing(request: &FlowRequest, result: &FlowResult) -> FlowRequest {
    let mut request = request.clone();
    for (lane, place) in request.lanes.iter_mut().zip(&result.lanes) {
        lane.place = Some(*place);
    }
    request
}

/// A chain of tasks in one line.
fn chain(count: usize) -> FlowRequest {
    FlowRequest {
        nodes: vec![node(NodeKind::Other, None); count],
        edges: (1..count).map(|to| edge(to - 1, to)).collect(),
        ..FlowRequest::default()
    }
}

fn moved(before: &[Option<Rect>], after: &[Rect]) -> usize {
    before.iter().zip(after).filter(|(before, after)| before.is_some_and(|before| before != **after)).count()
}

#[test]
fn a_step_inserted_into_a_short_chain_pushes_what_follows() {
    let mut request = chain(5);
    let first = arrange(&request);
    request.nodes.push(node(NodeKind::Other, None));
    request.edges[1] = edge(1, 5);
    request.edges.push(edge(5, 2));
    let mut current: Vec<Option<Rect>> = first.boxes.iter().copied().map(Some).collect();
    current.push(None);
    let result = insert(&request, &current);
    check_boxes(&request, &result).unwrap();
    assert_eq!(result.boxes[..2], first.boxes[..2]);
    assert_eq!(result.boxes[5].center().y, result.boxes[1].center().y);
    assert!(result.boxes[1].max.x < result.boxes[5].min.x && result.boxes[5].max.x < result.boxes[2].min.x);
    assert!(result.routes[0].is_none(), "the line before keeps");
    assert!(result.routes[1].is_some() && result.routes[4].is_some());
}

#[test]
fn a_step_inserted_where_there_is_room_moves_nothing() {
    let request =
        FlowRequest { nodes: vec![node(NodeKind::Other, None); 3], edges: vec![edge(0, 2), edge(2, 1)], ..chain(0) };
    let place = |x: f64| Some(Rect::from_min_size(Point::new(x, 0.0), Size::new(120.0, 60.0)));
    let result = insert(&request, &[place(0.0), place(400.0), None]);
    assert_eq!(result.boxes[2].min, Point::new(200.0, 0.0));
    assert_eq!(Some(result.boxes[1]), place(400.0));
}

#[test]
fn a_step_inserted_into_a_long_flow_moves_next_to_nothing() {
    // A long line above another, and a step inserted into its first third.
    let mut request = chain(400);
    request.edges.extend(chain(400).edges.iter().map(|one| edge(one.from + 400, one.to + 400)));
    request.nodes.extend(vec![node(NodeKind::Other, None); 401]);
    let place = |at: usize| Point::new((at % 400) as f64 * 160.0, (at / 400) as f64 * 200.0);
    let mut current: Vec<Option<Rect>> =
        (0..800).map(|at| Some(Rect::from_min_size(place(at), Size::new(120.0, 60.0)))).collect();
    current.push(None);
    request.edges.push(FlowEdge { from: 100, to: 800, ..FlowEdge::default() });
    request.edges.push(FlowEdge { from: 800, to: 101, ..FlowEdge::default() });
    let result = insert(&request, &current);
    check_boxes(&request, &result).unwrap();
    assert_eq!(moved(&current, &result.boxes), 0, "there is room beside the line");
    assert!((result.boxes[800].min.x - place(100).x).abs() < 320.0);
}

#[test]
fn the_first_step_of_a_low_lane_makes_it_grow() {
    let lane = |minimum_extent: f64| Lane { minimum_extent, ..Lane::default() };
    let mut request = FlowRequest {
        nodes: vec![node(NodeKind::Other, Some(0)), node(NodeKind::Other, Some(2))],
        edges: vec![edge(0, 1)],
        lanes: vec![lane(100.0), lane(40.0), lane(100.0)],
        ..FlowRequest::default()
    };
    let first = arrange(&request);
    request = standing(&request, &first);
    request.nodes.push(node(NodeKind::Other, Some(1)));
    request.edges.push(edge(0, 2));
    let result = insert(&request, &[Some(first.boxes[0]), Some(first.boxes[1]), None]);
    check_boxes(&request, &result).unwrap();
    check_lanes(&FlowRequest { lanes: request.lanes.clone(), ..request.clone() }, &result).unwrap();
    assert_eq!(result.boxes[0], first.boxes[0]);
    assert!(result.lanes[1].extent > 60.0 && result.boxes[1].min.y > first.boxes[1].min.y);
}

#[test]
fn a_selection_is_made_tidy_where_it_stands() {
    let request = chain(5);
    let rect = |x: f64, y: f64| Rect::from_min_size(Point::new(x, y), Size::new(120.0, 60.0));
    let current = vec![rect(0.0, 0.0), rect(500.0, 130.0), rect(300.0, 20.0), rect(410.0, 333.0), rect(2000.0, 0.0)];
    let result = tidy(&request, &[false, true, true, true, false], &current);
    assert_eq!((result.boxes[0], result.boxes[4]), (current[0], current[4]));
    let centers: Vec<Point> = result.boxes[1..4].iter().map(Rect::center).collect();
    assert!(
        centers.iter().all(|one| one.y == centers[0].y) && centers[0].x < centers[1].x && centers[1].x < centers[2].x
    );
    assert_eq!(result.boxes[1].min, Point::new(300.0, 20.0), "the group keeps its corner");
    let again = tidy(&request, &[false, true, true, true, false], &result.boxes);
    assert_eq!(again.boxes, result.boxes);
}

#[test]
fn a_tidy_selection_covers_nobody() {
    let request = chain(4);
    let rect = |x: f64, y: f64| Rect::from_min_size(Point::new(x, y), Size::new(120.0, 60.0));
    // The box left alone stands where the tidied ones would go.
    let current = vec![rect(0.0, 0.0), rect(30.0, 100.0), rect(60.0, 200.0), rect(170.0, 10.0)];
    let selected = [true, true, true, false];
    let result = tidy(&request, &selected, &current);
    check_boxes(&request, &result).unwrap();
    check_routes(&request, &FlowResult { routes: reroute(&request, &result.boxes).routes, ..result.clone() }).unwrap();
    assert_eq!(result.boxes[3], current[3]);
    assert_eq!(tidy(&request, &selected, &result.boxes).boxes, result.boxes);
}

#[test]
fn an_artifact_inserted_stands_close_to_its_host() {
    let mut request = chain(3);
    let first = arrange(&request);
    request.nodes.push(FlowNode {
        size: Size::new(60.0, 40.0),
        kind: NodeKind::Artifact,
        satellite_of: Some(1),
        ..FlowNode::default()
    });
    request.nodes.push(FlowNode { size: Size::new(36.0, 36.0), attached: Some(1), ..FlowNode::default() });
    let current: Vec<Option<Rect>> = first.boxes.iter().copied().map(Some).chain([None, None]).collect();
    let result = insert(&request, &current);
    check_boxes(&request, &result).unwrap();
    assert_eq!(moved(&current, &result.boxes), 0);
    assert!((result.boxes[3].center().x - result.boxes[1].center().x).abs() < 1.0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn inserting_nothing_moves_nothing(request in any_rich()) {
        let first = arrange(&request);
        let request = standing(&request, &first);
        let current: Vec<Option<Rect>> = first.boxes.iter().copied().map(Some).collect();
        let result = insert(&request, &current);
        prop_assert_eq!(&result.boxes, &first.boxes);
        prop_assert_eq!(&result.lanes, &first.lanes);
        prop_assert!(result.routes.iter().all(Option::is_none));
    }

    #[test]
    fn what_is_inserted_covers_nobody(request in any_rich(), new in prop::collection::vec(any::<bool>(), 26)) {
        let first = arrange(&request);
        let request = standing(&request, &first);
        let is_known = |node: usize| !new[node];
        let current: Vec<Option<Rect>> =
            first.boxes.iter().enumerate().map(|(node, one)| is_known(node).then_some(*one)).collect();
        let result = insert(&request, &current);
        check_boxes(&request, &result)?;
        check_lanes(&request, &result)?;
        let current: Vec<Option<Rect>> = result.boxes.iter().copied().map(Some).collect();
        let request = standing(&request, &result);
        prop_assert_eq!(insert(&request, &current).boxes, result.boxes);
    }

    #[test]
    fn tidying_moves_the_selection_only(request in any_rich(), selected in prop::collection::vec(any::<bool>(), 26)) {
        let first = arrange(&request);
        let request = standing(&request, &first);
        let result = tidy(&request, &selected, &first.boxes);
        check_boxes(&request, &result)?;
        check_lanes(&request, &result)?;
        let request = standing(&request, &result);
        let again = tidy(&request, &selected, &result.boxes);
        prop_assert_eq!(again.boxes, result.boxes);
        prop_assert_eq!(again.lanes, result.lanes);
    }

    #[test]
    fn routing_anew_moves_no_box(request in any_rich()) {
        let first = arrange(&request);
        let request = standing(&request, &first);
        let result = reroute(&request, &first.boxes);
        prop_assert_eq!(&result.boxes, &first.boxes);
        prop_assert_eq!(&result.lanes, &first.lanes);
        check_routes(&request, &result)?;
    }
}
