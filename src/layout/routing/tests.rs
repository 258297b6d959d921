//! What holds for all routes.

use super::*;
use crate::layout::geometry::Size;
use crate::layout::request::{End, PortShape, RouteEdge, Side};
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

/// Boxes of all shapes on a jittered grid of six by six, edges of all kinds between them.
#[derive(Clone, Debug)]
struct Sketch {
    jitter: Vec<(f64, f64)>,
    shapes: Vec<u8>,
    pairs: Vec<(usize, usize)>,
}

fn sketches() -> impl Strategy<Value = Sketch> {
    (
        prop::collection::vec((0.0..40.0_f64, 0.0..40.0_f64), 36),
        prop::collection::vec(0..4_u8, 36),
        prop::collection::vec((0..36_usize, 0..36_usize), 1..20),
    )
        .prop_map(|(jitter, shapes, pairs)| Sketch { jitter, shapes, pairs })
}

impl Sketch {
    fn request(&self) -> RouteRequest {
        let mut request = RouteRequest::default();
        for (index, (&(x, y), shape)) in self.jitter.iter().zip(&self.shapes).enumerate() {
            let at = Point::new((index % 6) as f64 * 190.0 + x.round(), (index / 6) as f64 * 140.0 + y.round());
            let (shape, size) = match shape {
                0 => (PortShape::Rhomb, Size::new(40.0, 40.0)),
                1 => (PortShape::Ellipse, Size::new(32.0, 32.0)),
                _ => (PortShape::Rectangle, Size::new(100.0, 50.0)),
            };
            request.boxes.push(Rect::from_min_size(at, size));
            request.shapes.push(shape);
        }
        request.edges = self.pairs.iter().map(|&(from, to)| edge(from, to)).collect();
        request
    }
}

/// What holds for every route of a picture whose boxes do not overlap.
fn check(request: &RouteRequest, routes: &[Option<Polyline>]) -> Result<(), TestCaseError> {
    for (index, (edge, line)) in request.edges.iter().zip(routes).enumerate() {
        let line = line.as_ref().expect("a route");
        prop_assert!(line.len() > 1, "{line:?}");
        for pair in line.windows(2) {
            let square = (pair[0].x - pair[1].x).abs() < 1e-6 || (pair[0].y - pair[1].y).abs() < 1e-6;
            prop_assert!(square, "edge {index}: {line:?}");
        }
        for (other, one) in request.boxes.iter().enumerate() {
            prop_assert!(!passes_through(line, one), "edge {index} through {other}: {line:?} {one:?}");
        }
        for (end, at) in [(edge.from, line[0]), (edge.to, line[line.len() - 1])] {
            let one = &request.boxes[end];
            let is_inside = one.grown(-0.01).contains(at);
            prop_assert!(one.grown(0.01).contains(at) && !is_inside, "edge {index} ends at {at:?}, not on {one:?}");
            if request.shape(end) != PortShape::Rectangle {
                let center = one.center();
                prop_assert!((at.x - center.x).abs() < 0.01 || (at.y - center.y).abs() < 0.01, "a corner");
            }
        }
    }
    Ok(())
}

/// Whether two routes run on one another somewhere, but for the piece from a common port.
fn share(one: &Polyline, other: &Polyline) -> bool {
    let ends = |line: &Polyline| [line[0], line[line.len() - 1]];
    let is_end = |line: &Polyline, index: usize| index == 0 || index + 2 == line.len();
    let common = ends(one).iter().any(|end| ends(other).contains(end));
    let mirrored = |line: &Polyline| line.iter().map(|point| point.transposed()).collect::<Vec<Point>>();
    let upright = |one: &[Point], other: &[Point]| {
        one.windows(2).enumerate().any(|(a, first)| {
            other.windows(2).enumerate().any(|(b, second)| {
                let level = |pair: &[Point]| (pair[0].x - pair[1].x).abs() > 1e-6;
                let low = first[0].y.min(first[1].y).max(second[0].y.min(second[1].y));
                let high = first[0].y.max(first[1].y).min(second[0].y.max(second[1].y));
                let apart = (first[0].x - second[0].x).abs();
                let at_port = common && is_end(&one.to_vec(), a) && is_end(&other.to_vec(), b);
                !level(first) && !level(second) && apart < 0.1 && high - low > 0.5 && !at_port
            })
        })
    };
    upright(one, other) || upright(&mirrored(one), &mirrored(other))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Boxes on a jittered grid always leave a way; no route may meet a box.
    #[test]
    fn routes_keep_off_boxes_and_end_on_their_borders(sketch in sketches()) {
        let request = sketch.request();
        let routes = route(&request);
        prop_assert_eq!(&routes, &route(&request));
        check(&request, &routes)?;
    }

    #[test]
    fn routes_do_not_run_on_one_another(sketch in sketches()) {
        let request = sketch.request();
        let lines: Vec<Polyline> = route(&request).into_iter().flatten().collect();
        for (index, one) in lines.iter().enumerate() {
            for other in lines.iter().skip(index + 1) {
                prop_assert!(!share(one, other), "{one:?} {other:?}");
            }
        }
    }

    /// What is routed after a move holds as for the whole picture, and what is not concerned stays.
    #[test]
    fn moving_a_box_keeps_all_that_holds(sketch in sketches(), moved in 0..36_usize, x in -40.0..40.0_f64, y in -35.0..35.0_f64) {
        let mut request = sketch.request();
        let mut router = Router::new(request.clone());
        let before = router.routes().to_vec();
        let to = request.boxes[moved].moved(x, y);
        let is_free = request.boxes.iter().enumerate().all(|(other, one)| other == moved || !one.grown(3.0).overlaps(&to));
        prop_assume!(is_free);
        let changed = router.move_boxes(&[(moved, to)]);
        request.boxes[moved] = to;
        check(&request, router.routes())?;
        for (index, (old, new)) in before.iter().zip(router.routes()).enumerate() {
            let touches = request.edges[index].from == moved || request.edges[index].to == moved;
            prop_assert!(changed.contains(&index) || (old == new && !touches));
        }
    }

    #[test]
    fn labels_keep_off_boxes_and_each_other(sketch in sketches(), near_start in prop::bool::ANY) {
        let request = sketch.request();
        let routes = route(&request);
        let label = Label { size: Size::new(44.0, 16.0), near_start };
        let centers = place_labels(&request.boxes, &routes, &vec![Some(label); routes.len()]);
        let areas: Vec<Rect> = centers.iter().flatten().map(|at| Rect::from_center_size(*at, label.size)).collect();
        prop_assert_eq!(areas.len(), routes.len());
        for (index, area) in areas.iter().enumerate() {
            prop_assert!(!request.boxes.iter().any(|one| one.overlaps(area)), "label {index} covers a box");
            prop_assert!(!areas.iter().skip(index + 1).any(|other| other.overlaps(area)), "label {index} covers another");
        }
    }

    /// Events on the borders of their hosts, and sides that are given: still no route meets a foreign box.
    #[test]
    fn boxes_on_borders_are_gone_around(
        sketch in sketches(),
        hosts in prop::collection::vec((0..36_usize, 0..3_usize, 0.2..0.8_f64), 1..12),
        sides in prop::collection::vec((0..5_usize, 0..5_usize), 20),
    ) {
        let mut request = sketch.request();
        let mut host_of = Vec::new();
        for (host, side, share) in hosts {
            if host_of.contains(&host) || request.shape(host) != PortShape::Rectangle {
                continue;
            }
            let one = request.boxes[host];
            let x = one.min.x + one.width() * share;
            let center = [Point::new(x, one.max.y), Point::new(x, one.min.y), Point::new(one.max.x, one.center().y)][side];
            request.boxes.push(Rect::from_center_size(center, Size::new(36.0, 36.0)));
            request.shapes.push(PortShape::Ellipse);
            host_of.push(host);
        }
        let count = request.boxes.len();
        let side = |index: usize| [Some(Side::Right), Some(Side::Bottom), Some(Side::Left), Some(Side::Top), None].get(index).copied().flatten();
        for (index, (edge, (exit, entry))) in request.edges.iter_mut().zip(&sides).enumerate() {
            if index % 3 == 0 {
                edge.from = 36 + index % (count - 36).max(1);
                edge.from = edge.from.min(count - 1);
            }
            if index % 4 == 1 && edge.from != edge.to {
                (edge.exit, edge.entry) = (side(*exit), side(*entry));
            }
        }
        let routes = route(&request);
        for (index, (edge, line)) in request.edges.iter().zip(&routes).enumerate() {
            let line = line.as_ref().expect("a route");
            let family = |end: usize| [Some(end), end.checked_sub(36).map(|event| host_of[event])];
            for (other, one) in request.boxes.iter().enumerate() {
                let is_kin = family(edge.from).contains(&Some(other)) || family(edge.to).contains(&Some(other));
                prop_assert!(is_kin || !passes_through(line, one), "edge {index} {edge:?} through {other} {one:?}: {line:?}");
            }
        }
    }

    /// A border of a lane is met at right angles somewhere, a point exactly, and neither through a box.
    #[test]
    fn loose_ends_are_met(sketch in sketches(), x in 0.0..1100.0_f64, from in 0..36_usize) {
        let mut request = sketch.request();
        let at = Point::new(x, 126.0);
        let border = End::Line(Point::new(-60.0, 860.0), Point::new(1200.0, 860.0));
        prop_assume!(!request.boxes.iter().any(|one| one.grown(2.0).contains(at)));
        request.edges = vec![
            RouteEdge { finish: Some(End::Point(at)), ..edge(from, from) },
            RouteEdge { finish: Some(border), entry: Some(Side::Top), ..edge(from, from) },
        ];
        let routes = route(&request);
        let [Some(to_point), Some(to_line)] = routes.as_slice() else { panic!("two routes") };
        prop_assert_eq!(to_point[to_point.len() - 1], at);
        let (end, before) = (to_line[to_line.len() - 1], to_line[to_line.len() - 2]);
        prop_assert!(end.y == 860.0 && before.y < 860.0 && (end.x - before.x).abs() < 1e-6, "{to_line:?}");
        for line in [to_point, to_line] {
            prop_assert!(!request.boxes.iter().any(|one| passes_through(line, one)), "{line:?}");
        }
    }
}

#[test]
fn the_border_of_a_room_is_passed_by_its_own_edges_only() {
    // A pool with two boxes between two boxes outside.
    let pool = Rect::from_min_size(Point::new(200.0, -100.0), Size::new(400.0, 250.0));
    let request = RouteRequest {
        boxes: vec![rect(0.0, 0.0), pool, rect(250.0, 0.0), rect(700.0, 0.0), rect(430.0, 0.0)],
        edges: vec![edge(0, 3), edge(0, 2), edge(2, 4), edge(1, 2), edge(0, 1)],
        ..RouteRequest::default()
    };
    let routes: Vec<Polyline> = route(&request).into_iter().flatten().collect();
    assert_eq!(routes.len(), 5);
    assert!(!passes_through(&routes[0], &pool), "a foreign edge goes around the pool: {:?}", routes[0]);
    assert_eq!(routes[1].len(), 2, "straight in: {:?}", routes[1]);
    assert_eq!(routes[2], [Point::new(350.0, 25.0), Point::new(430.0, 25.0)]);
    for line in &routes[3..] {
        let touches = |at: &Point| pool.grown(0.01).contains(*at) && !pool.grown(-0.01).contains(*at);
        assert!(touches(&line[0]) || touches(&line[line.len() - 1]), "{line:?}");
    }
    assert!(!passes_through(&routes[4], &pool), "an edge to the pool itself stays outside");
}

#[test]
fn loops_and_parallel_edges_have_ways_of_their_own() {
    let request = RouteRequest {
        boxes: vec![rect(0.0, 0.0), rect(300.0, 0.0)],
        edges: vec![edge(0, 0), edge(0, 1), edge(0, 1), edge(1, 0), edge(0, 0)],
        ..RouteRequest::default()
    };
    let routes: Vec<Polyline> = route(&request).into_iter().flatten().collect();
    for (index, one) in routes.iter().enumerate() {
        assert!(request.boxes.iter().all(|foreign| !passes_through(one, foreign)), "{one:?}");
        for other in &routes[index + 1..] {
            assert!(!share(one, other), "{one:?} {other:?}");
        }
    }
    assert!(routes[1..4].iter().all(|line| line.len() == 2), "{routes:?}");
}

#[test]
fn a_walled_in_end_is_still_reached() {
    let wall =
        |x: f64, y: f64, width: f64, height: f64| Rect::from_min_size(Point::new(x, y), Size::new(width, height));
    let request = RouteRequest {
        boxes: vec![
            rect(0.0, 0.0),
            rect(400.0, 0.0),
            wall(-10.0, -40.0, 120.0, 40.0),
            wall(-10.0, 50.0, 120.0, 40.0),
            wall(100.0, -40.0, 40.0, 130.0),
            wall(-40.0, -40.0, 40.0, 130.0),
            wall(250.0, -40.0, 40.0, 130.0),
        ],
        edges: vec![edge(0, 1)],
        ..RouteRequest::default()
    };
    let routes = route(&request);
    let line = routes[0].as_ref().expect("a route");
    assert!(!passes_through(line, &request.boxes[6]), "only what covers the end is passed: {line:?}");
    assert!(
        passes_through(line, &request.boxes[4])
            || passes_through(line, &request.boxes[2])
            || passes_through(line, &request.boxes[3])
            || passes_through(line, &request.boxes[5])
    );
}

#[test]
fn lines_that_stay_are_kept_off() {
    let straight = vec![Point::new(-50.0, 25.0), Point::new(600.0, 25.0)];
    let request = RouteRequest {
        boxes: vec![rect(0.0, 100.0), rect(300.0, 100.0)],
        edges: vec![edge(0, 1)],
        fixed: vec![vec![Point::new(50.0, 125.0), Point::new(350.0, 125.0)], straight],
        ..RouteRequest::default()
    };
    let line = route(&request).swap_remove(0).expect("a route");
    assert_eq!(line.len(), 2);
    assert!((line[0].y - 125.0).abs() >= request.gap - 0.01, "{line:?}");
}
