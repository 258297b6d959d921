//! Several arrangements of one flow, of which that with the fewest crossings is kept.
//!
//! The phases know lines that do not decide the ranks (messages, associations) by rules of thumb only: these are
//! routed when all boxes stand. So a flow that has such lines is arranged in several ways and what came out is counted.
//! Later tries know from the best one so far on which side of its host each satellite has its other lines. The first of
//! equally good ones is kept; a large flow gets fewer tries.

use super::structure::{Role, Structure};
use super::{Making, finish};
use crate::layout::geometry::Polyline;
use crate::layout::request::{FlowRequest, LaneEnd};
use crate::layout::result::FlowResult;
use crate::layout::routing;

/// One way to arrange a flow.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Variant {
    /// Whether what messages tie is kept in one rank even where flows become longer.
    pub tight: bool,
    /// Which sequence of disturbances the order of ranks is tried with.
    pub seed: u64,
}

/// Tried one after the other while lines cross.
const VARIANTS: [Variant; 6] = [
    Variant { tight: false, seed: 0 },
    Variant { tight: true, seed: 0 },
    Variant { tight: false, seed: 1 },
    Variant { tight: true, seed: 1 },
    Variant { tight: false, seed: 2 },
    Variant { tight: true, seed: 2 },
];
/// Most nodes and lines that are arranged in all tries together.
const MOST_WORK: usize = 1_500;

/// The best arrangement found; flows run from left to right.
pub(super) fn best(request: &FlowRequest) -> FlowResult {
    let mut structure = Structure::new(request);
    let mut best = arranged(request, &structure, Variant::default());
    let lines = structure.later.len() + request.lane_edges.len();
    if lines == 0 {
        return best;
    }
    let work = request.nodes.len() + request.edges.len() + request.lane_edges.len();
    let mut least = crossings(request, &best);
    for variant in VARIANTS.into_iter().take(MOST_WORK / work.max(1)) {
        if least == 0 {
            break;
        }
        lean(request, &mut structure, &best);
        let other = arranged(request, &structure, variant);
        let price = crossings(request, &other);
        if price < least {
            (least, best) = (price, other);
        }
    }
    best
}

fn arranged(request: &FlowRequest, structure: &Structure, variant: Variant) -> FlowResult {
    let mut making = Making::new(request, structure);
    making.variant = variant;
    for level in (0..structure.levels.len()).rev() {
        making.arrange_level(level);
    }
    making.unfold();
    finish(request, structure, making.drawing)
}

/// How often the lines of an arrangement cross; lines that end at one box are not told apart there and do not count.
pub fn crossings(request: &FlowRequest, result: &FlowResult) -> usize {
    let ends = request.edges.iter().map(|edge| [LaneEnd::Node(edge.from), LaneEnd::Node(edge.to)]);
    let ends = ends.chain(request.lane_edges.iter().map(|edge| [edge.from, edge.to]));
    let routes = result.routes.iter().chain(&result.lane_routes);
    let lines: Vec<([LaneEnd; 2], &Polyline)> =
        ends.zip(routes).filter_map(|(ends, route)| Some((ends, route.as_ref()?))).collect();
    let meets = |one: &[LaneEnd; 2], other: &[LaneEnd; 2]| {
        one.iter().any(|end| matches!(end, LaneEnd::Node(_)) && other.contains(end))
    };
    let of = |(at, (ends, line)): (usize, &([LaneEnd; 2], &Polyline))| {
        let others = lines.iter().skip(at + 1).filter(|(other, _)| !meets(ends, other));
        others.map(|(_, other)| routing::crossings(line, other)).sum::<usize>()
    };
    lines.iter().enumerate().map(of).sum()
}

/// Learns from an arrangement to which side the lines of every satellite lead, and which side of its host is free.
fn lean(request: &FlowRequest, structure: &mut Structure, result: &FlowResult) {
    structure.leaning.fill(0);
    let boxes = &result.boxes;
    let mut busy = vec![0_i64; boxes.len()];
    let is_satellite = |structure: &Structure, node: usize| structure.role[node] == Role::Satellite;
    let later: Vec<(usize, usize)> =
        structure.later.iter().map(|&edge| (request.edges[edge].from, request.edges[edge].to)).collect();
    for (one, other) in later.iter().flat_map(|&(from, to)| [(from, to), (to, from)]) {
        let (owner, toward) = (structure.owner[one], boxes[other].center().y);
        if owner == structure.owner[other] {
            continue;
        }
        let host = boxes[owner];
        let way = i64::from(toward > host.max.y) - i64::from(toward < host.min.y);
        if is_satellite(structure, one) {
            structure.leaning[one] += 2 * way;
        } else {
            busy[owner] += way;
        }
    }
    for edge in &request.lane_edges {
        for (end, other) in [(edge.from, edge.to), (edge.to, edge.from)] {
            if let (LaneEnd::Node(node), LaneEnd::Lane(lane)) = (end, other)
                && let (Some(one), Some(lane)) = (boxes.get(node), result.lanes.get(lane))
            {
                let center = one.center().y;
                busy[structure.owner[node]] += i64::from(lane.offset > center) - i64::from(lane.end() < center);
            }
        }
    }
    for node in (0..boxes.len()).filter(|&node| is_satellite(structure, node)).collect::<Vec<usize>>() {
        structure.leaning[node] -= busy[structure.owner[node]].signum();
    }
}
