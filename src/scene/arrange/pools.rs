//! The order of pools in a fresh arrangement: that in which lines cross least.
//!
//! Lanes of one pool, and plain lanes that touch, keep together and in their order. Orders are tried by arranging the
//! whole view. Which ones are tried does not depend on the present order, and of equally good ones the present one
//! stays; so arranging again changes nothing.

use super::bands::Bands;
use super::plan::Plan;
use crate::layout::geometry::{Point, Polyline};
use crate::layout::layered;
use crate::layout::request::{FlowRequest, LaneEnd};
use crate::layout::result::FlowResult;
use crate::model::{ElementRef, FlowDirection, Lane};

/// Up to so many pools are tried in every order; of more, one order is made in which lines between them are short.
const FEW_POOLS: usize = 4;
/// Most orders that are tried.
const MOST_TRIES: usize = 24;
/// Most nodes and lines that are arranged in all tries together.
const MOST_WORK: usize = 1_500;

/// A view that was arranged.
pub(super) struct Arranged {
    pub(super) plan: Plan,
    pub(super) result: FlowResult,
    /// How far everything moves.
    pub(super) by: Point,
}

/// The arrangement with the pools in their best order. `arrange` is given lanes in an order, and how.
pub(super) fn in_best_order(
    lanes: Vec<Lane>,
    direction: FlowDirection,
    arrange: impl Fn(Vec<Lane>, fn(&FlowRequest) -> FlowResult) -> Arranged,
) -> Arranged {
    let first = arrange(lanes.clone(), layered::arrange);
    let groups = groups(&first.plan.bands, lanes);
    let has_pins = first.plan.request.nodes.iter().any(|node| node.pin.is_some());
    let known = price(&first, direction);
    if groups.len() < 2 || has_pins || known == 0 {
        return first;
    }
    let present: Vec<usize> = (0..groups.len()).collect();
    let in_order =
        |order: &[usize]| order.iter().filter_map(|group| groups.get(*group)).flatten().copied().collect::<Vec<Lane>>();
    let drafted = |order: &[usize]| price(&arrange(in_order(order), layered::draft), direction);
    let order = least(&present, orders(&first, &groups), drafted);
    if order == present {
        return first;
    }
    let other = arrange(in_order(&order), layered::arrange);
    if price(&other, direction) < known { other } else { first }
}

/// Of some orders that with the least price; of equal ones the present one, else the first.
fn least(present: &[usize], orders: Vec<Vec<usize>>, price: impl Fn(&[usize]) -> usize) -> Vec<usize> {
    let mut best = (price(present), present.to_vec());
    for order in orders.into_iter().filter(|order| order != present) {
        let price = price(&order);
        if price < best.0 {
            best = (price, order);
        }
    }
    best.1
}

/// The orders that are tried, whatever the present one is.
fn orders(arranged: &Arranged, groups: &[Vec<Lane>]) -> Vec<Vec<usize>> {
    let name = |group: &usize| groups.get(*group).and_then(|lanes| lanes.first()?.actor).map(ElementRef::from);
    let mut named: Vec<usize> = (0..groups.len()).collect();
    named.sort_by_key(name);
    let request = &arranged.plan.request;
    let work = request.nodes.len() + request.edges.len() + request.lane_edges.len();
    let tries = MOST_TRIES.min(MOST_WORK / work.max(1));
    let mut orders = if groups.len() > FEW_POOLS {
        vec![with_short_lines(&named, &lines_between(arranged, groups))]
    } else {
        permutations(&named)
    };
    orders.truncate(tries);
    orders
}

/// The groups at both ends of every line that leads from one to another.
fn lines_between(arranged: &Arranged, groups: &[Vec<Lane>]) -> Vec<(usize, usize)> {
    let plan = &arranged.plan;
    let mut group_of: Vec<usize> = Vec::new();
    for (group, lanes) in groups.iter().enumerate() {
        group_of.extend(lanes.iter().map(|_| group));
    }
    let of_lane = |lane: usize| plan.bands.index_of_leaf(lane).and_then(|index| group_of.get(index)).copied();
    let of_end = |end: LaneEnd| match end {
        LaneEnd::Node(node) => plan.request.nodes.get(node).and_then(|node| of_lane(node.lane?)),
        LaneEnd::Lane(lane) => of_lane(lane),
    };
    let edges = plan.request.edges.iter().map(|edge| (LaneEnd::Node(edge.from), LaneEnd::Node(edge.to)));
    let edges = edges.chain(plan.request.lane_edges.iter().map(|edge| (edge.from, edge.to)));
    let between = edges.filter_map(|(from, to)| Some((of_end(from)?, of_end(to)?)));
    between.filter(|(from, to)| from != to).collect()
}

/// An order in which the lines between pools pass few others: one pool after the other, those with the most lines
/// first, is put where the lines are shortest.
fn with_short_lines(groups: &[usize], lines: &[(usize, usize)]) -> Vec<usize> {
    let ends = |group: usize| lines.iter().filter(|(from, to)| *from == group || *to == group).count();
    let mut waiting = groups.to_vec();
    waiting.sort_by_key(|group| std::cmp::Reverse(ends(*group)));
    let mut order: Vec<usize> = Vec::new();
    for group in waiting {
        let put = |at: usize| {
            let mut with = order.clone();
            with.insert(at, group);
            with
        };
        let length = |order: &Vec<usize>| -> usize {
            let place = |group: usize| order.iter().position(|other| *other == group);
            lines.iter().filter_map(|(from, to)| Some(place(*from)?.abs_diff(place(*to)?))).sum()
        };
        if let Some(best) = (0..=order.len()).rev().map(put).min_by_key(length) {
            order = best;
        }
    }
    order
}

/// The lanes in groups that keep together.
fn groups(bands: &Bands, lanes: Vec<Lane>) -> Vec<Vec<Lane>> {
    let mut groups: Vec<Vec<Lane>> = Vec::new();
    for (lane, stacked) in lanes.into_iter().zip(&bands.lanes) {
        match groups.last_mut() {
            Some(group) if stacked.gap == 0.0 => group.push(lane),
            _ => groups.push(vec![lane]),
        }
    }
    groups
}

/// All orders.
fn permutations(order: &[usize]) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new()];
    for _ in order {
        let longer = |begun: Vec<usize>| {
            let rest: Vec<usize> = order.iter().copied().filter(|one| !begun.contains(one)).collect();
            rest.into_iter().map(move |next| begun.iter().copied().chain([next]).collect())
        };
        found = found.into_iter().flat_map(longer).collect();
    }
    found
}

/// How often lines cross, and how often they pass a pool in which nothing stands.
fn price(arranged: &Arranged, direction: FlowDirection) -> usize {
    let Arranged { plan, result, .. } = arranged;
    let lines = result.routes.iter().chain(&result.lane_routes).flatten();
    let over: usize = lines.map(|line| passed(arranged, line, direction)).sum();
    layered::crossings(&plan.request, result) + over
}

/// How many lanes without a box a line passes from one side to the other.
fn passed(arranged: &Arranged, line: &Polyline, direction: FlowDirection) -> usize {
    let across = line.iter().map(|point| match direction {
        FlowDirection::LeftToRight => point.y,
        FlowDirection::TopToBottom => point.x,
    });
    let (low, high) = across.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)));
    let is_empty = |lane: usize| !arranged.plan.request.nodes.iter().any(|node| node.lane == Some(lane));
    let lanes = arranged.result.lanes.iter().enumerate();
    lanes.filter(|(lane, place)| low < place.offset && place.end() < high && is_empty(*lane)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_present_order_stays_where_no_other_is_better() {
        let wants_last_first = |order: &[usize]| usize::from(order[0] != 2);
        assert_eq!(permutations(&[0, 1, 2]).len(), 6);
        assert_eq!(least(&[0, 1, 2], permutations(&[0, 1, 2]), wants_last_first)[0], 2);
        assert_eq!(least(&[2, 1, 0], permutations(&[0, 1, 2]), wants_last_first), [2, 1, 0]);
        assert_eq!(least(&[0, 1, 2], Vec::new(), wants_last_first), [0, 1, 2], "nothing may be tried");
    }

    #[test]
    fn of_many_pools_those_with_lines_between_them_are_neighbours() {
        let lines = [(0, 4), (0, 4), (4, 2), (1, 3)];
        let order = with_short_lines(&[0, 1, 2, 3, 4], &lines);
        let place = |group: usize| order.iter().position(|other| *other == group).unwrap();
        assert!(lines.iter().all(|(from, to)| place(*from).abs_diff(place(*to)) == 1), "{order:?}");
    }
}
