//! Several arrangements of one flow, of which that with the fewest crossings is kept.
//!
//! The phases know lines that do not decide the ranks (messages, associations) by rules of thumb only: these are
//! routed when all boxes stand. So a flow that has such lines is arranged in several ways and what came out is counted.
//! Later tries know from the best one so far on which side of its host each satellite has its other lines. The first of
//! equally good ones is kept; a large flow gets fewer tries.

use super::later::Ground;
use super::structure::{Role, Structure};
use super::{Drawing, Making, finish_labels};
use crate::layout::geometry::{Polyline, Rect, bounds_of};
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
const VARIANTS: [Variant; 10] = [
    Variant { tight: false, seed: 0 },
    Variant { tight: true, seed: 0 },
    Variant { tight: false, seed: 1 },
    Variant { tight: true, seed: 1 },
    Variant { tight: false, seed: 2 },
    Variant { tight: true, seed: 2 },
    Variant { tight: false, seed: 3 },
    Variant { tight: true, seed: 3 },
    Variant { tight: false, seed: 4 },
    Variant { tight: true, seed: 4 },
];
/// Most nodes and lines that are arranged in all tries together.
const MOST_WORK: usize = 1_200;
/// Most tries.
const MOST_TRIES: usize = 16;
/// Of a flow of more lines one try is all.
const MOST_LINES: usize = 400;
/// An attempt is finished if it crosses at most so much more often than the best one did before it was.
const HOPE: usize = 1;

/// An arrangement of one try; flows run from left to right.
pub(super) fn first(request: &FlowRequest) -> FlowResult {
    let structure = Structure::new(request);
    Attempt::new(request, &structure, Variant::default()).finished(request, &structure)
}

/// The best arrangement found; flows run from left to right.
pub(super) fn best(request: &FlowRequest) -> FlowResult {
    let mut trying = Trying::new(request);
    for variant in VARIANTS {
        trying.lean();
        trying.attempt(variant);
    }
    trying.turn_satellites();
    trying.best.finished(request, &trying.structure)
}

struct Trying<'a> {
    request: &'a FlowRequest,
    structure: Structure,
    best: Attempt,
    /// How often lines crossed at least before any were mended.
    least: usize,
    /// How many more tries there may be.
    rest: usize,
    /// What was drawn so far, before any lines were mended: mended once more it would become no better.
    seen: Vec<Drawn>,
}

/// Boxes, lanes and lines, and lines to lanes.
type Drawn = (Drawing, Vec<Option<Polyline>>);

impl<'a> Trying<'a> {
    fn new(request: &'a FlowRequest) -> Self {
        let structure = Structure::new(request);
        let first = Attempt::new(request, &structure, Variant::default());
        let work = request.nodes.len() + request.edges.len() + request.lane_edges.len();
        let lines = structure.later.len() + request.lane_edges.len();
        let most = if lines == 0 { MOST_WORK / 4 } else { MOST_WORK };
        let rest = MOST_TRIES.min(most / work.max(1));
        let least = first.price;
        let mut trying = Self { request, structure, best: first, least, rest, seen: Vec::new() };
        if least > 0 {
            trying.seen.push(trying.best.drawn());
            trying.best.mend(request, &trying.structure);
        }
        trying
    }

    /// Arranges once more; whether that is the best now.
    fn attempt(&mut self, variant: Variant) -> bool {
        if self.best.price == 0 || self.rest == 0 {
            return false;
        }
        self.rest -= 1;
        let mut attempt = Attempt::new(self.request, &self.structure, variant);
        if attempt.price > self.least + HOPE {
            return false;
        }
        self.least = self.least.min(attempt.price);
        if self.seen.iter().any(|seen| attempt.is_drawn_as(seen)) {
            return false;
        }
        self.seen.push(attempt.drawn());
        attempt.mend(self.request, &self.structure);
        let is_better = attempt.price < self.best.price;
        if is_better {
            self.best = attempt;
        }
        is_better
    }

    /// Learns from the best arrangement to which side the lines of every satellite lead.
    fn lean(&mut self) {
        if self.rest > 0 && self.best.price > 0 {
            lean(self.request, &mut self.structure, &self.best.drawing);
        }
    }

    /// Tries satellites whose lines cross others on the other side of their hosts.
    fn turn_satellites(&mut self) {
        if self.best.price == 0 || self.rest == 0 {
            return;
        }
        for node in self.best.crossed_satellites(self.request, &self.structure) {
            let boxes = &self.best.drawing.boxes;
            let (one, host) = (boxes[node].center().y, boxes[self.structure.owner[node]].center().y);
            self.structure.leaning.clone_from(&self.best.leaning);
            self.structure.leaning[node] = if one < host { 1 } else { -1 };
            self.attempt(self.best.variant);
        }
    }
}

/// One arrangement, without labels.
struct Attempt {
    variant: Variant,
    /// To which side satellites leaned.
    leaning: Vec<i64>,
    drawing: Drawing,
    lane_routes: Vec<Option<Polyline>>,
    /// How often lines cross.
    price: usize,
}

impl Attempt {
    fn new(request: &FlowRequest, structure: &Structure, variant: Variant) -> Self {
        let mut making = Making::new(request, structure);
        making.variant = variant;
        for level in (0..structure.levels.len()).rev() {
            making.arrange_level(level);
        }
        making.unfold();
        let mut drawing = making.drawing;
        let mut routes = std::mem::take(&mut drawing.routes);
        let ground = Ground { request, structure, boxes: &drawing.boxes, lanes: &drawing.lanes };
        let lane_routes = ground.route(&mut routes);
        drawing.routes = routes;
        let mut attempt = Self { variant, leaning: structure.leaning.clone(), drawing, lane_routes, price: 0 };
        if request.edges.len() + request.lane_edges.len() <= MOST_LINES {
            attempt.price = attempt.lines(request).crossings();
        }
        attempt
    }

    fn drawn(&self) -> Drawn {
        (self.drawing.clone(), self.lane_routes.clone())
    }

    fn is_drawn_as(&self, (drawing, lane_routes): &Drawn) -> bool {
        self.drawing == *drawing && self.lane_routes == *lane_routes
    }

    fn lines(&self, request: &FlowRequest) -> Lines<'_> {
        Lines::new(request, &self.drawing.boxes, &self.drawing.routes, &self.lane_routes)
    }

    /// Looks for other ways for lines that cross.
    fn mend(&mut self, request: &FlowRequest, structure: &Structure) {
        let mut routes = std::mem::take(&mut self.drawing.routes);
        let ground = Ground { request, structure, boxes: &self.drawing.boxes, lanes: &self.drawing.lanes };
        ground.mend(&mut routes, &mut self.lane_routes);
        self.drawing.routes = routes;
        self.price = self.lines(request).crossings();
    }

    /// Satellites with lines that cross others.
    fn crossed_satellites(&self, request: &FlowRequest, structure: &Structure) -> Vec<usize> {
        let lines = self.lines(request);
        let all = 0..lines.all.len();
        let is_crossed = |edge: &usize| lines.crossed(*edge, all.clone()) > 0;
        let crossed = structure.later.iter().filter(|edge| is_crossed(edge)).map(|&edge| &request.edges[edge]);
        let mut nodes: Vec<usize> = crossed.flat_map(|edge| [edge.from, edge.to]).collect();
        nodes.retain(|&node| structure.role[node] == Role::Satellite);
        nodes.sort_unstable();
        nodes.dedup();
        nodes
    }

    fn finished(self, request: &FlowRequest, structure: &Structure) -> FlowResult {
        finish_labels(request, structure, self.drawing, self.lane_routes)
    }
}

/// How often the lines of an arrangement cross, but for those that meet at a box, right beside it.
pub fn crossings(request: &FlowRequest, result: &FlowResult) -> usize {
    Lines::new(request, &result.boxes, &result.routes, &result.lane_routes).crossings()
}

/// Lines that meet at a box do not cross beside it: so near.
const BESIDE: f64 = 14.0;

/// All lines of an arrangement with what they end at.
pub(super) struct Lines<'a> {
    boxes: &'a [Rect],
    pub all: Vec<([LaneEnd; 2], Option<&'a Polyline>, Rect)>,
}

impl<'a> Lines<'a> {
    pub fn new(
        request: &FlowRequest,
        boxes: &'a [Rect],
        routes: &'a [Option<Polyline>],
        lane_routes: &'a [Option<Polyline>],
    ) -> Self {
        let ends = request.edges.iter().map(|edge| [LaneEnd::Node(edge.from), LaneEnd::Node(edge.to)]);
        let ends = ends.chain(request.lane_edges.iter().map(|edge| [edge.from, edge.to]));
        let line = |(ends, route): ([LaneEnd; 2], &'a Option<Polyline>)| {
            let bounds = route.as_ref().and_then(|line| bounds_of(std::iter::empty(), std::iter::once(line)));
            (ends, route.as_ref(), bounds.unwrap_or_default())
        };
        Self { boxes, all: ends.zip(routes.iter().chain(lane_routes)).map(line).collect() }
    }

    /// How often lines cross at all.
    pub fn crossings(&self) -> usize {
        (0..self.all.len()).map(|at| self.crossed(at, at + 1..self.all.len())).sum()
    }

    /// How often a line crosses some of the others.
    pub fn crossed(&self, at: usize, others: std::ops::Range<usize>) -> usize {
        match self.all.get(at) {
            Some((_, Some(line), _)) => self.crossed_by(at, line, others),
            _ => 0,
        }
    }

    /// How often a line would cross some of the others if it ran so.
    pub fn crossed_by(&self, at: usize, line: &Polyline, others: std::ops::Range<usize>) -> usize {
        let Some((ends, ..)) = self.all.get(at) else { return 0 };
        let bounds = bounds_of(std::iter::empty(), std::iter::once(line)).unwrap_or_default().grown(1.0);
        let of = |other: usize| {
            let (other_ends, Some(other_line), other_bounds) = &self.all[other] else { return 0 };
            if other == at || !bounds.overlaps(&other_bounds.grown(1.0)) {
                return 0;
            }
            let shared = ends.iter().filter(|end| other_ends.contains(end));
            let node = |end: &LaneEnd| if let LaneEnd::Node(node) = end { self.boxes.get(*node) } else { None };
            let shared: Vec<Rect> = shared.filter_map(node).map(|one| one.grown(BESIDE)).collect();
            let met = routing::crossings(line, other_line);
            met.iter().filter(|point| !shared.iter().any(|one| one.contains(**point))).count()
        };
        others.map(of).sum()
    }
}

/// Learns from an arrangement to which side the lines of every satellite lead, and which side of its host is free.
fn lean(request: &FlowRequest, structure: &mut Structure, drawing: &Drawing) {
    structure.leaning.fill(0);
    let boxes = &drawing.boxes;
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
                && let (Some(one), Some(lane)) = (boxes.get(node), drawing.lanes.get(lane))
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
