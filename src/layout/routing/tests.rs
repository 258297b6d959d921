//! What holds for all routes.

use super::*;
use crate::layout::geometry::Size;
use crate::layout::request::{RouteEdge, Side};
use proptest::prelude::*;

fn rect(x: f64, y: f64) -> Rect {
    Rect::from_min_size(Point::new(x, y), Size::new(100.0, 50.0))
}

fn edge(from: usize, to: usize) -> RouteEdge {
    RouteEdge { from, to, ..RouteEdge::default() }
}

#[test]
fn a_box_in_the_way_is_gone_around() {
    let request = RouteRequest {
        boxes: vec![rect(0.0, 0.0), rect(400.0, 0.0), rect(200.0, 0.0)],
        edges: vec![edge(0, 1)],
        ..RouteRequest::default()
    };
    let routes = route(&request);
    let line = routes[0].as_ref().expect("a route");
    assert!(!passes_through(line, &request.boxes[2]));
    assert_eq!(line.len(), 4, "around in one bow: {line:?}");
}

#[test]
fn boxes_side_by_side_get_a_straight_line() {
    let request = RouteRequest {
        boxes: vec![rect(0.0, 0.0), rect(200.0, 0.0)],
        edges: vec![edge(0, 1)],
        ..RouteRequest::default()
    };
    let line = vec![Point::new(100.0, 25.0), Point::new(200.0, 25.0)];
    assert_eq!(route(&request), vec![Some(line)]);
}

#[test]
fn wanted_sides_are_used() {
    let request = RouteRequest {
        boxes: vec![rect(0.0, 0.0), rect(300.0, 200.0)],
        edges: vec![RouteEdge {
            from: 0,
            to: 1,
            exit: Some(Side::Bottom),
            entry: Some(Side::Top),
            ..RouteEdge::default()
        }],
        ..RouteRequest::default()
    };
    let routes = route(&request);
    let line = routes[0].as_ref().expect("a route");
    assert_eq!(line.first(), Some(&Point::new(50.0, 50.0)));
    assert_eq!(line.last(), Some(&Point::new(350.0, 200.0)));
}

#[test]
fn an_edge_without_a_box_has_no_route() {
    let request = RouteRequest { boxes: vec![rect(0.0, 0.0)], edges: vec![edge(0, 7)], ..RouteRequest::default() };
    assert_eq!(route(&request), vec![None]);
}

#[test]
fn lines_along_a_border_do_not_pass_through() {
    let one = rect(0.0, 0.0);
    let along = [Point::new(-10.0, 50.0), Point::new(200.0, 50.0)];
    let across = [Point::new(-10.0, 49.0), Point::new(200.0, 49.0)];
    assert!(!passes_through(&along, &one));
    assert!(passes_through(&across, &one));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Boxes on a jittered grid always leave a way; no route may meet a foreign box.
    #[test]
    fn routes_keep_off_boxes(
        jitter in prop::collection::vec((0.0..40.0_f64, 0.0..40.0_f64), 36),
        pairs in prop::collection::vec((0..36_usize, 0..36_usize), 1..12),
    ) {
        let boxes: Vec<Rect> = jitter.iter().enumerate().map(|(index, &(x, y))| {
            rect((index % 6) as f64 * 190.0 + x, (index / 6) as f64 * 140.0 + y)
        }).collect();
        let edges = pairs.iter().map(|&(from, to)| edge(from, to)).collect();
        let request = RouteRequest { boxes, edges, ..RouteRequest::default() };
        let routes = route(&request);
        prop_assert_eq!(&routes, &route(&request));
        for (edge, line) in request.edges.iter().zip(&routes) {
            let line = line.as_ref().expect("a route");
            for pair in line.windows(2) {
                let level = (pair[0].x - pair[1].x).abs() < 1e-6;
                prop_assert!(level || (pair[0].y - pair[1].y).abs() < 1e-6);
            }
            for (index, one) in request.boxes.iter().enumerate() {
                if index != edge.from && index != edge.to {
                    prop_assert!(!passes_through(line, one));
                }
            }
        }
    }
}
