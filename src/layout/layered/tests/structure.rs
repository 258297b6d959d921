//! Containers, attached boxes, satellites, pools, columns and messages: what must hold for all.

use proptest::prelude::*;

use super::{edge, node, on_border, straight};
use crate::layout::geometry::{Point, Rect, Size};
use crate::layout::layered::{arrange, mirror};
use crate::layout::request::{
    Column, Direction, EdgeKind, FlowEdge, FlowNode, FlowRequest, Lane, LaneEdge, LaneEnd, NodeKind,
};
use crate::layout::result::FlowResult;
use crate::layout::routing::passes_through;

const NEAR: f64 = 1e-6;

fn event(attached: usize) -> FlowNode {
    FlowNode { size: Size::new(36.0, 36.0), attached: Some(attached), ..FlowNode::default() }
}

fn artifact(host: Option<usize>) -> FlowNode {
    FlowNode { size: Size::new(90.0, 40.0), kind: NodeKind::Artifact, satellite_of: host, ..FlowNode::default() }
}

fn message(from: usize, to: usize) -> FlowEdge {
    FlowEdge { kind: EdgeKind::Message, ..edge(from, to) }
}

fn association(from: usize, to: usize) -> FlowEdge {
    FlowEdge { kind: EdgeKind::Association, ..edge(from, to) }
}

/// The box that carries a node on its level: follows attachments and satellites.
fn owner(request: &FlowRequest, mut node: usize) -> usize {
    while let Some(next) = request.nodes[node].attached.or(request.nodes[node].satellite_of) {
        node = next;
    }
    node
}

/// The containers around a node.
fn around(request: &FlowRequest, node: usize) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = owner(request, node);
    while let Some(parent) = request.nodes[at].parent {
        found.push(parent);
        at = owner(request, parent);
    }
    found
}

fn is_container(request: &FlowRequest, node: usize) -> bool {
    request.nodes.iter().any(|one| one.parent == Some(node))
}

pub(super) fn check_boxes(request: &FlowRequest, result: &FlowResult) -> Result<(), TestCaseError> {
    let count = request.nodes.len();
    for index in 0..count {
        let (one, node) = (result.boxes[index], request.nodes[index]);
        if is_container(request, index) {
            prop_assert!(one.width() > node.size.width - NEAR && one.height() > node.size.height - NEAR);
        } else {
            prop_assert!(
                (one.width() - node.size.width).abs() < NEAR && (one.height() - node.size.height).abs() < NEAR
            );
        }
        if let Some(pin) = node.pin {
            prop_assert_eq!(one.min, pin, "pin of {}", index);
        }
        if let Some(host) = node.attached.filter(|_| node.pin.is_none()) {
            prop_assert!(on_border(&result.boxes[host], one.center()), "{index} not on the border of {host}");
        }
        for container in around(request, index) {
            // A pin is stronger than a container; a pinned box on a border holds its host.
            let host = owner(request, index);
            let clings = |one: &FlowNode| one.pin.is_some() && one.attached == Some(host);
            // One that encloses a pinned box is held by it, too, where other pins hold the container.
            let pins: Vec<usize> = (0..count).filter(|&one| request.nodes[one].pin.is_some()).collect();
            let held = pins.len() > 1 && pins.iter().any(|&one| around(request, one).contains(&host));
            let pinned = held
                || node.pin.is_some()
                || request.nodes[host].pin.is_some()
                || request.nodes.iter().any(clings)
                || around(request, index).iter().any(|&inner| request.nodes[inner].pin.is_some() && inner != container);
            let frame = result.boxes[container].grown(NEAR);
            prop_assert!(
                pinned || frame.contains(one.min) && frame.contains(one.max),
                "{index} {one:?} outside {container} {frame:?}"
            );
        }
        for other in index + 1..count {
            let (a, b) = (request.nodes[index], request.nodes[other]);
            let related = a.attached == Some(other)
                || b.attached == Some(index)
                || around(request, index).contains(&other)
                || around(request, other).contains(&index);
            // Held in its place: pinned, around or under a pinned box, or along with a box that is.
            let held = |node: usize| {
                let holds = |pinned: usize| around(request, pinned).contains(&node) || owner(request, pinned) == node;
                request.nodes[node].pin.is_some()
                    || (0..count).any(|one| request.nodes[one].pin.is_some() && holds(one))
            };
            let rigid = |node: usize| {
                let beside = request.nodes[node].satellite_of;
                let along = around(request, node).into_iter().chain([node, owner(request, node)]).chain(beside);
                along.into_iter().any(held)
            };
            if !(related || rigid(index) && rigid(other)) {
                prop_assert!(
                    !one.grown(-NEAR).overlaps(&result.boxes[other]),
                    "{index} {one:?} and {other} {:?} overlap",
                    result.boxes[other]
                );
            }
        }
    }
    Ok(())
}

pub(super) fn check_routes(request: &FlowRequest, result: &FlowResult) -> Result<(), TestCaseError> {
    for (index, one) in request.edges.iter().enumerate() {
        let line = result.routes[index].as_ref().expect("a line for every proper edge");
        prop_assert!(line.len() >= 2 && straight(line), "{index} {line:?}");
        prop_assert!(on_border(&result.boxes[one.from], line[0]), "{index} begins at no border {line:?}");
        prop_assert!(on_border(&result.boxes[one.to], line[line.len() - 1]), "{index} ends at no border {line:?}");
        let mut known = around(request, one.from);
        known.extend(around(request, one.to));
        known.extend([one.from, one.to]);
        known.extend(request.nodes[one.from].attached);
        known.extend(request.nodes[one.to].attached);
        for (foreign, rect) in result.boxes.iter().enumerate() {
            if !known.contains(&foreign) {
                prop_assert!(!passes_through(line, rect), "edge {index} {one:?} {line:?} meets box {foreign} {rect:?}");
            }
        }
    }
    Ok(())
}

/// Offset and end across or along the flow.
fn span(rect: &Rect, along: bool, direction: Direction) -> (f64, f64) {
    if along == (direction == Direction::LeftToRight) { (rect.min.x, rect.max.x) } else { (rect.min.y, rect.max.y) }
}

pub(super) fn check_lanes(request: &FlowRequest, result: &FlowResult) -> Result<(), TestCaseError> {
    prop_assert_eq!(result.lanes.len(), request.lanes.len());
    for (pair, lane) in result.lanes.windows(2).zip(request.lanes.iter().skip(1)) {
        prop_assert!((pair[0].end() + lane.gap_before - pair[1].offset).abs() < NEAR);
    }
    for (index, lane) in request.lanes.iter().enumerate() {
        let extent = result.lanes[index].extent;
        prop_assert!(extent > lane.minimum_extent - NEAR);
        let lane_of = |node: usize| {
            let outermost = around(request, node).last().map_or(node, |&last| last);
            request.nodes[owner(request, outermost)].lane
        };
        let members: Vec<usize> = (0..request.nodes.len()).filter(|&node| lane_of(node) == Some(index)).collect();
        if members.is_empty() && lane.minimum_extent > 0.0 {
            prop_assert!((extent - lane.minimum_extent).abs() < NEAR, "a closed pool keeps its extent");
        }
        for member in members {
            let (low, high) = span(&result.boxes[member], false, request.direction);
            if request.nodes.iter().all(|node| node.pin.is_none()) {
                let lane = result.lanes[index];
                prop_assert!(lane.offset < low + NEAR && high < lane.end() + NEAR, "{member} {lane:?} {low} {high}");
            }
        }
    }
    Ok(())
}

fn check_columns(request: &FlowRequest, result: &FlowResult) -> Result<(), TestCaseError> {
    for pair in result.columns.windows(2) {
        prop_assert!((pair[0].end() - pair[1].offset).abs() < NEAR);
    }
    for (column, place) in request.columns.iter().zip(&result.columns) {
        prop_assert!(place.extent > column.minimum_extent - NEAR);
    }
    for (node, rect) in request.nodes.iter().zip(&result.boxes) {
        let Some(column) = node.column.filter(|_| node.parent.is_none()) else { continue };
        let (low, high) = span(rect, true, request.direction);
        let place = result.columns[column];
        prop_assert!(place.offset < low + NEAR && high < place.end() + NEAR, "{column} {place:?} {low} {high}");
    }
    Ok(())
}

fn check_lane_routes(request: &FlowRequest, result: &FlowResult) -> Result<(), TestCaseError> {
    for (edge, line) in request.lane_edges.iter().zip(&result.lane_routes) {
        let line = line.as_ref().expect("a line to the lane");
        prop_assert!(line.len() >= 2 && straight(line));
        for (end, point) in [(edge.from, line[0]), (edge.to, line[line.len() - 1])] {
            match end {
                LaneEnd::Node(node) => prop_assert!(on_border(&result.boxes[node], point)),
                LaneEnd::Lane(lane) => {
                    let (at, _) = span(&Rect::new(point, point), false, request.direction);
                    let lane = result.lanes[lane];
                    prop_assert!(
                        (at - lane.offset).abs() < NEAR || (at - lane.end()).abs() < NEAR,
                        "{edge:?} {line:?} {lane:?} {:?}",
                        result.boxes
                    );
                }
            }
        }
    }
    Ok(())
}

/// Two pools, an expanded sub-process with a timer, a data object, a message and a closed pool.
fn order() -> FlowRequest {
    use NodeKind::{End, Other, Start};
    let lane = |kind, lane| node(kind, Some(lane));
    let mut nodes = vec![lane(Start, 0), lane(Other, 0), lane(Other, 0), lane(End, 0)];
    nodes.extend([
        FlowNode { parent: Some(2), ..node(Start, None) },
        FlowNode { parent: Some(2), ..node(Other, None) },
        FlowNode { parent: Some(2), ..node(End, None) },
    ]);
    nodes.extend([event(2), lane(Other, 0), artifact(Some(1)), artifact(None), lane(Other, 1), event(11)]);
    nodes[10].lane = Some(0);
    let edges = vec![
        edge(0, 1),
        edge(1, 2),
        edge(2, 3),
        edge(4, 5),
        edge(5, 6),
        edge(7, 8),
        association(1, 9),
        message(1, 11),
        message(5, 11),
        association(12, 8),
    ];
    FlowRequest {
        nodes,
        edges,
        lanes: vec![
            Lane { minimum_extent: 100.0, ..Lane::default() },
            Lane { minimum_extent: 100.0, gap_before: 40.0, ..Lane::default() },
            Lane { minimum_extent: 60.0, gap_before: 40.0, ..Lane::default() },
        ],
        lane_edges: vec![
            LaneEdge { from: LaneEnd::Node(3), to: LaneEnd::Lane(2), label: Some(Size::new(60.0, 18.0)) },
            LaneEdge { from: LaneEnd::Lane(2), to: LaneEnd::Node(11), label: None },
            LaneEdge { from: LaneEnd::Lane(1), to: LaneEnd::Lane(2), label: None },
        ],
        ..FlowRequest::default()
    }
}

fn check_all(request: &FlowRequest, result: &FlowResult) -> Result<(), TestCaseError> {
    check_boxes(request, result)?;
    check_routes(request, result)?;
    check_lanes(request, result)?;
    check_lane_routes(request, result)
}

#[test]
fn a_collaboration_with_everything_is_whole() {
    for direction in [Direction::LeftToRight, Direction::TopToBottom] {
        let request = FlowRequest { direction, ..order() };
        let result = arrange(&request);
        check_all(&request, &result).unwrap();
        assert!(result.lane_labels[0].is_some());
        let tie = result.routes[6].as_ref().unwrap();
        assert_eq!(tie.len(), 2, "the data object faces its step");
        assert!((result.lanes[2].extent - 60.0).abs() < NEAR);
    }
}

#[test]
fn the_lines_of_attached_boxes_leave_downwards() {
    let request = order();
    let result = arrange(&request);
    let line = result.routes[5].as_ref().unwrap();
    let timer = result.boxes[7];
    assert_eq!(line[0], Point::new(timer.center().x, timer.max.y));
    assert!(line[1].y > line[0].y && result.boxes[8].min.x > result.boxes[2].max.x);
}

#[test]
fn messages_leave_and_enter_across_the_flow() {
    let request = order();
    let result = arrange(&request);
    let line = result.routes[7].as_ref().unwrap();
    assert_eq!(line[0].y, result.boxes[1].max.y);
    assert_eq!(line[line.len() - 1].y, result.boxes[11].min.y);
}

#[test]
fn columns_follow_one_another_and_edges_back_run_back() {
    for direction in [Direction::LeftToRight, Direction::TopToBottom] {
        let mut request = FlowRequest {
            nodes: vec![node(NodeKind::Other, None); 5],
            edges: vec![edge(0, 1), edge(1, 2), edge(2, 3), edge(3, 1), edge(3, 4), edge(4, 0)],
            columns: vec![Column { minimum_extent: 500.0 }, Column::default(), Column { minimum_extent: 90.0 }],
            direction,
            ..FlowRequest::default()
        };
        for (node, column) in request.nodes.iter_mut().zip([Some(1), None, Some(0), Some(1), Some(3)]) {
            node.column = column;
        }
        let result = arrange(&request);
        assert_eq!(result.columns.len(), 4);
        check_all(&request, &result).unwrap();
        check_columns(&request, &result).unwrap();
    }
}

#[test]
fn a_pinned_child_takes_its_container_along() {
    let mut request = order();
    request.nodes[5].pin = Some(Point::new(2000.0, 900.0));
    let result = arrange(&request);
    check_boxes(&request, &result).unwrap();
    check_routes(&request, &result).unwrap();
    request.nodes[2].pin = Some(Point::new(1700.0, 800.0));
    let result = arrange(&request);
    check_boxes(&request, &result).unwrap();
    check_routes(&request, &result).unwrap();
}

prop_compose! {
    /// Requests with everything in them. Nodes may have parents, hosts and lanes; links lead to
    /// earlier nodes only, so that there are no circles.
    fn any_loose()(
        count in 2..26_usize,
        lanes in 0..4_usize,
    )(
        shapes in prop::collection::vec((0..10_u8, 0..64_usize, 0..4_usize, 0..8_u8), count),
        edges in prop::collection::vec((0..count, 0..count, 0..8_u8, any::<bool>()), 0..count * 2),
        lane_edges in prop::collection::vec((0..count, 0..lanes.max(1), any::<bool>()), 0..3),
        lanes in prop::collection::vec((0.0..160.0_f64, prop_oneof![Just(0.0), Just(40.0)]), lanes),
        columned in prop::bool::weighted(0.3),
        downwards in any::<bool>(),
    ) -> FlowRequest {
        let mut nodes: Vec<FlowNode> = Vec::new();
        let lane_count = lanes.len();
        for (index, &(shape, link, lane, column)) in shapes.iter().enumerate() {
            // Earlier boxes that stand for themselves.
            let own = |one: &FlowNode| one.attached.is_none() && one.satellite_of.is_none();
            let hosts: Vec<usize> = (0..index).filter(|&one| own(&nodes[one]) && nodes[one].kind == NodeKind::Other).collect();
            let host = hosts.get(link % hosts.len().max(1)).copied();
            let few = |host: &usize| nodes.iter().filter(|one| one.attached == Some(*host)).count() < 4;
            let mut made = match (shape, host) {
                (0, _) => node(NodeKind::Start, None),
                (1, _) => node(NodeKind::Gateway, None),
                (2, Some(host)) if few(&host) => event(host),
                (3, Some(host)) => artifact(Some(host)),
                (4, _) => artifact(None),
                (5 | 6, Some(host)) => FlowNode { parent: Some(host), ..node(NodeKind::Other, None) },
                _ => node(NodeKind::Other, None),
            };
            if made.attached.is_none() && made.satellite_of.is_none() && made.parent.is_none() {
                made.lane = Some(lane).filter(|&lane| lane < lane_count);
                made.column = (columned && column < 4 && made.kind != NodeKind::Artifact).then(|| usize::from(column));
            }
            nodes.push(made);
        }
        let edges = edges.into_iter().map(|(from, to, kind, labelled)| FlowEdge {
            from,
            to,
            label: labelled.then_some(Size::new(50.0, 18.0)),
            kind: match kind {
                0 | 1 => EdgeKind::Message,
                2 => EdgeKind::Association,
                _ => EdgeKind::Sequence,
            },
        }).collect();
        let lane_edges = lane_edges.into_iter().filter(|&(_, lane, _)| lane < lane_count).map(|(node, lane, out)| {
            let (node, lane) = (LaneEnd::Node(node), LaneEnd::Lane(lane));
            let (from, to) = if out { (node, lane) } else { (lane, node) };
            LaneEdge { from, to, label: None }
        }).collect();
        FlowRequest {
            nodes,
            edges,
            lanes: lanes.into_iter().map(|(minimum_extent, gap_before)| Lane { minimum_extent, gap_before, place: None }).collect(),
            lane_edges,
            direction: if downwards { Direction::TopToBottom } else { Direction::LeftToRight },
            ..FlowRequest::default()
        }
    }
}

/// Requests with everything in them, hosts named.
pub(super) fn any_rich() -> impl Strategy<Value = FlowRequest> {
    any_loose().prop_map(with_hosts)
}

/// Artifacts with an association get a host of their own; the checks look at the request.
fn with_hosts(mut request: FlowRequest) -> FlowRequest {
    for edge in request.edges.clone().iter().filter(|edge| edge.kind == EdgeKind::Association) {
        let is_artifact = |node: usize| request.nodes[node].kind == NodeKind::Artifact;
        let (from, to) = (is_artifact(edge.from), is_artifact(edge.to));
        let (one, host) = if from && !to { (edge.from, edge.to) } else { (edge.to, edge.from) };
        if from != to && request.nodes[one].satellite_of.is_none() {
            request.nodes[one].satellite_of = Some(host);
        }
    }
    request
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn rich_flows_are_whole(request in any_rich()) {
        let result = arrange(&request);
        check_all(&request, &result)?;
        check_columns(&request, &result)?;
        prop_assert_eq!(result, arrange(&request));
    }

    #[test]
    fn rich_flows_mirror_at_the_diagonal(request in any_rich()) {
        let mut request = FlowRequest { direction: Direction::LeftToRight, ..request };
        request.spacing.container_header = 0.0;
        let downwards = FlowRequest { direction: Direction::TopToBottom, ..mirror::request(&request) };
        prop_assert_eq!(arrange(&request), mirror::result(arrange(&downwards)));
    }

    #[test]
    fn pins_in_rich_flows_never_move(
        request in any_rich(),
        pins in prop::collection::vec((0..26_usize, 0..12_u32, 0..12_u32), 1..4),
    ) {
        let mut request = request;
        for (index, x, y) in pins {
            if let Some(node) = request.nodes.get_mut(index) {
                node.pin = Some(Point::new(f64::from(x) * 170.0, f64::from(y) * 110.0));
                node.satellite_of = None;
            }
        }
        let result = arrange(&request);
        check_boxes(&request, &result)?;
        for (node, one) in request.nodes.iter().zip(&result.boxes) {
            if let Some(pin) = node.pin {
                prop_assert_eq!(one.min, pin);
            }
        }
        prop_assert_eq!(result, arrange(&request));
    }
}
