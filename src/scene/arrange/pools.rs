//! The order of pools in a fresh arrangement: that in which lines cross least.
//!
//! Lanes of one pool, and plain lanes that touch, keep together and in their order. Orders are tried by arranging the
//! whole view; of equally good ones the present one stays, so that arranging again changes nothing.

use super::bands::Bands;
use super::plan::Plan;
use crate::layout::geometry::{Point, Polyline};
use crate::layout::layered;
use crate::layout::request::FlowRequest;
use crate::layout::result::FlowResult;
use crate::model::{FlowDirection, Lane};

/// Up to so many pools are tried in every order; of more, single ones are moved.
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
    let order = best_order(&present, tries_for(&first.plan.request), drafted);
    if order == present {
        return first;
    }
    let other = arrange(in_order(&order), layered::arrange);
    if price(&other, direction) < known { other } else { first }
}

/// How many orders of a view may be tried.
fn tries_for(request: &FlowRequest) -> usize {
    let work = request.nodes.len() + request.edges.len() + request.lane_edges.len();
    MOST_TRIES.min(MOST_WORK / work.max(1))
}

/// The order with the least price among those that are tried; of equal ones the first.
fn best_order(present: &[usize], tries: usize, price: impl Fn(&[usize]) -> usize) -> Vec<usize> {
    let (mut order, mut least) = (present.to_vec(), price(present));
    let mut tries = tries;
    loop {
        let mut better = None;
        for other in neighbours(&order).into_iter().take(tries) {
            tries -= 1;
            let price = price(&other);
            if price < least {
                (least, better) = (price, Some(other));
            }
        }
        match better {
            Some(found) if order.len() > FEW_POOLS && least > 0 => order = found,
            found => return found.unwrap_or(order),
        }
    }
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

/// The orders that are tried from one: all others of few pools, else those with one pool moved.
fn neighbours(order: &[usize]) -> Vec<Vec<usize>> {
    if order.len() <= FEW_POOLS {
        let mut all = permutations(order);
        all.retain(|one| one != order);
        return all;
    }
    let mut found: Vec<Vec<usize>> = Vec::new();
    for from in 0..order.len() {
        for to in 0..order.len() {
            let mut moved = order.to_vec();
            let pool = moved.remove(from);
            moved.insert(to, pool);
            if moved != order && !found.contains(&moved) {
                found.push(moved);
            }
        }
    }
    found
}

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
    fn few_pools_are_tried_in_every_order_and_many_one_by_one() {
        assert_eq!(permutations(&[0, 1, 2]).len(), 6);
        assert_eq!(neighbours(&[0, 1, 2, 3]).len(), 23);
        let moved = neighbours(&[0, 1, 2, 3, 4]);
        assert_eq!(moved.len(), 16);
        assert!(moved.contains(&vec![4, 0, 1, 2, 3]) && !moved.contains(&vec![0, 1, 2, 3, 4]));
    }

    #[test]
    fn the_present_order_stays_where_no_other_is_better() {
        let wants_last_first = |order: &[usize]| usize::from(order[0] != 2);
        assert_eq!(best_order(&[0, 1, 2], 24, wants_last_first)[0], 2);
        assert_eq!(best_order(&[2, 1, 0], 24, wants_last_first), [2, 1, 0]);
        assert_eq!(best_order(&[0, 1, 2], 0, wants_last_first), [0, 1, 2], "nothing may be tried");
        let inversions = |order: &[usize]| order.windows(2).filter(|pair| pair[0] < pair[1]).count();
        assert_eq!(best_order(&[0, 1, 2, 3, 4], 200, inversions), [4, 3, 2, 1, 0], "pools move one by one");
    }
}
