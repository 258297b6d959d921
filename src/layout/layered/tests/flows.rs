//! Whole processes of many sizes: nested branches and loops, and landscapes of processes that
//! hand on to one another.

use proptest::prelude::*;

use super::{check, check_lanes, check_routes, edge, node};
use crate::layout::geometry::{Point, Rect, Size};
use crate::layout::layered::arrange;
use crate::layout::request::{Direction, FlowRequest, Lane, NodeKind};
use crate::layout::result::FlowResult;

const LABEL: Size = Size::new(52.0, 18.0);

/// A piece of a process.
#[derive(Clone, Debug)]
enum Piece {
    Task,
    Sequence(Vec<Piece>),
    Branches(Vec<Piece>),
    Loop(Box<Piece>),
}

fn any_piece(loops: bool) -> impl Strategy<Value = Piece> {
    Just(Piece::Task).prop_recursive(4, 40, 4, move |inner| {
        let repeated = inner.clone().prop_map(move |piece| if loops { Piece::Loop(Box::new(piece)) } else { piece });
        prop_oneof![
            2 => prop::collection::vec(inner.clone(), 2..5).prop_map(Piece::Sequence),
            2 => prop::collection::vec(inner, 2..4).prop_map(Piece::Branches),
            1 => repeated,
        ]
    })
}

/// Adds a piece behind a node; the node at its end.
fn grow(request: &mut FlowRequest, piece: &Piece, from: usize) -> usize {
    match piece {
        Piece::Task => add(request, NodeKind::Other, &[from]),
        Piece::Sequence(pieces) => pieces.iter().fold(from, |last, piece| grow(request, piece, last)),
        Piece::Branches(pieces) => {
            let split = add(request, NodeKind::Gateway, &[from]);
            let ends: Vec<usize> = pieces.iter().map(|piece| grow(request, piece, split)).collect();
            add(request, NodeKind::Gateway, &ends)
        }
        Piece::Loop(piece) => {
            let join = add(request, NodeKind::Gateway, &[from]);
            let last = grow(request, piece, join);
            let split = add(request, NodeKind::Gateway, &[last]);
            request.edges.push(edge(split, join));
            split
        }
    }
}

fn add(request: &mut FlowRequest, kind: NodeKind, before: &[usize]) -> usize {
    let new = request.nodes.len();
    request.nodes.push(node(kind, None));
    request.edges.extend(before.iter().map(|&from| edge(from, new)));
    new
}

/// Processes one behind the other; `handed` says which hands on to which.
fn landscape(processes: &[Piece], handed: &[(usize, usize)]) -> FlowRequest {
    let mut request = FlowRequest::default();
    let mut ends = Vec::new();
    for piece in processes {
        let start = add(&mut request, NodeKind::Start, &[]);
        let last = grow(&mut request, piece, start);
        ends.push((start, add(&mut request, NodeKind::End, &[last])));
    }
    for &(from, to) in handed {
        if let (Some(from), Some(to)) = (ends.get(from), ends.get(to)) {
            request.edges.push(edge(from.1, to.0));
        }
    }
    request
}

/// Whether two lines cross away from their ends.
fn cross(one: &[Point], other: &[Point]) -> bool {
    let hit = |a: &[Point], b: &[Point]| {
        let (low, high) = (a[0].x.min(a[1].x), a[0].x.max(a[1].x));
        let (top, bottom) = (b[0].y.min(b[1].y), b[0].y.max(b[1].y));
        low + 0.1 < b[0].x && b[0].x < high - 0.1 && top + 0.1 < a[0].y && a[0].y < bottom - 0.1
    };
    let level = |pair: &[Point]| (pair[0].y - pair[1].y).abs() < 1e-6;
    one.windows(2)
        .any(|a| other.windows(2).any(|b| level(a) && !level(b) && hit(a, b) || !level(a) && level(b) && hit(b, a)))
}

fn crossings(request: &FlowRequest, result: &FlowResult) -> usize {
    let lines: Vec<(usize, usize, &Vec<Point>)> = request
        .edges
        .iter()
        .zip(&result.routes)
        .filter_map(|(edge, route)| Some((edge.from, edge.to, route.as_ref()?)))
        .collect();
    let mut count = 0;
    for (at, a) in lines.iter().enumerate() {
        let apart = lines[..at].iter().filter(|b| a.0 != b.0 && a.0 != b.1 && a.1 != b.0 && a.1 != b.1);
        count += apart.filter(|b| cross(a.2, b.2)).count();
    }
    count
}

fn check_labels(request: &FlowRequest, result: &FlowResult) -> Result<(), TestCaseError> {
    for (label, edge) in result.labels.iter().zip(&request.edges) {
        let Some(size) = edge.label else { continue };
        let label = Rect::from_center_size(label.expect("a place for every label"), size);
        prop_assert!(result.boxes.iter().all(|one| !one.overlaps(&label)), "{label:?} lies on a box");
    }
    Ok(())
}

fn check_all(request: &FlowRequest, result: &FlowResult) -> Result<(), TestCaseError> {
    check(request, result)?;
    check_routes(request, result)?;
    check_lanes(request, result)?;
    check_labels(request, result)?;
    prop_assert_eq!(result, &arrange(request));
    Ok(())
}

#[test]
fn branches_keep_the_order_of_the_request_and_end_on_the_line_they_left() {
    let pieces = vec![Piece::Task, Piece::Sequence(vec![Piece::Task, Piece::Task]), Piece::Task];
    let request = landscape(&[Piece::Branches(pieces)], &[]);
    let result = arrange(&request);
    let y = |index: usize| result.boxes[index].center().y;
    // Start, split, one task, two tasks, one task, join, end.
    assert_eq!(y(1), y(6), "split and join stand on one line");
    assert!(y(2) < y(3) && y(3) < y(5), "branches in their order");
    assert_eq!(y(3), y(4));
    assert_eq!(y(0), y(7));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn branches_that_join_again_never_cross(piece in any_piece(false)) {
        let request = landscape(&[piece], &[]);
        let result = arrange(&request);
        check_all(&request, &result)?;
        prop_assert_eq!(crossings(&request, &result), 0);
    }

    #[test]
    fn landscapes_are_whole(
        processes in prop::collection::vec(any_piece(true), 1..7),
        handed in prop::collection::vec((0..7_usize, 0..7_usize), 0..9),
        labelled in any::<bool>(),
        downwards in any::<bool>(),
    ) {
        let mut request = landscape(&processes, &handed);
        for edge in &mut request.edges {
            edge.label = labelled.then_some(LABEL);
        }
        request.direction = if downwards { Direction::TopToBottom } else { Direction::LeftToRight };
        let result = arrange(&request);
        check_all(&request, &result)?;
    }

    #[test]
    fn landscapes_in_lanes_are_whole(
        processes in prop::collection::vec(any_piece(true), 1..4),
        lanes in prop::collection::vec(0..4_usize, 1..40),
    ) {
        let mut request = landscape(&processes, &[(0, 1), (1, 2), (0, 2)]);
        request.lanes = vec![Lane { minimum_extent: 90.0, ..Lane::default() }; 4];
        for (node, lane) in request.nodes.iter_mut().zip(lanes.iter().cycle()) {
            node.lane = Some(*lane);
        }
        let result = arrange(&request);
        check_all(&request, &result)?;
    }
}
