//! Columns: phases of a flow that follow one another along it.
//!
//! Between two columns stands an unseen node: what ends a column comes before it, what begins
//! the next one after it. So the ranking keeps columns apart as it keeps any other order. An
//! edge back to an earlier column runs against the ranks.

use super::cycles::Oriented;
use super::graph::Part;
use super::level::{Picture, Setting};
use super::rank::Constraint;
use super::structure::Structure;
use crate::layout::geometry::{Extent, Rect, Size, bounds_of};
use crate::layout::request::FlowRequest;

/// The column of every node, and the edges turned so that none runs to an earlier column. A node
/// without a column joins the latest one before it, else the first one behind it, else the first.
pub(super) fn settle(part: &Part, oriented: &mut Oriented, wanted: &[Option<usize>]) -> Vec<usize> {
    let order = forward_order(part, &oriented.backward);
    let directed = |edge: usize, backward: bool| {
        let (from, to) = part.edges[edge];
        if backward { (to, from) } else { (from, to) }
    };
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); part.nodes.len()];
    let mut behind: Vec<Vec<usize>> = vec![Vec::new(); part.nodes.len()];
    for (edge, &backward) in oriented.backward.iter().enumerate() {
        let (from, to) = directed(edge, backward);
        before[to].push(from);
        behind[from].push(to);
    }
    let mut found: Vec<Option<usize>> = wanted.to_vec();
    for &node in &order {
        if found[node].is_none() {
            found[node] = before[node].iter().filter_map(|&other| found[other]).max();
        }
    }
    for &node in order.iter().rev() {
        if found[node].is_none() {
            found[node] = behind[node].iter().filter_map(|&other| found[other]).min();
        }
    }
    let columns: Vec<usize> = found.into_iter().map(Option::unwrap_or_default).collect();
    for (backward, &(from, to)) in oriented.backward.iter_mut().zip(&part.edges) {
        if columns[from] != columns[to] {
            *backward = columns[from] > columns[to];
        }
    }
    columns
}

/// Every node after those before it.
fn forward_order(part: &Part, backward: &[bool]) -> Vec<usize> {
    let count = part.nodes.len();
    let mut waiting = vec![0_usize; count];
    let mut next: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (&(from, to), &backward) in part.edges.iter().zip(backward) {
        let (from, to) = if backward { (to, from) } else { (from, to) };
        next[from].push(to);
        waiting[to] += 1;
    }
    let mut order: Vec<usize> = (0..count).filter(|&node| waiting[node] == 0).collect();
    let mut at = 0;
    while let Some(&node) = order.get(at) {
        at += 1;
        for &other in &next[node] {
            waiting[other] -= 1;
            if waiting[other] == 0 {
                order.push(other);
            }
        }
    }
    order
}

/// Adds the unseen nodes between columns, from index `unseen` on; the first index left.
pub(super) fn add_constraints(
    part: &Part,
    backward: &[bool],
    columns: &[usize],
    unseen: usize,
    constraints: &mut Vec<Constraint>,
) -> usize {
    // Columns nobody uses need no border.
    let mut used = columns.to_vec();
    used.sort_unstable();
    used.dedup();
    let at = |node: usize| used.partition_point(|&column| column < columns[node]);
    let (mut begins, mut ends) = (vec![true; part.nodes.len()], vec![true; part.nodes.len()]);
    for (&(from, to), &backward) in part.edges.iter().zip(backward) {
        if columns[from] == columns[to] {
            let (from, to) = if backward { (to, from) } else { (from, to) };
            ends[from] = false;
            begins[to] = false;
        }
    }
    for node in 0..part.nodes.len() {
        let column = at(node);
        if begins[node] && column > 0 {
            constraints.push(Constraint { from: unseen + column - 1, to: node, length: 0 });
        }
        if ends[node] && column + 1 < used.len() {
            constraints.push(Constraint { from: node, to: unseen + column, length: 1 });
        }
    }
    unseen + used.len().saturating_sub(1)
}

/// Gives columns their places, and those that are too narrow their least extent: everything
/// behind them moves on.
pub(super) fn widen(setting: &Setting<'_>, columns: &[usize], picture: &mut Picture) {
    let named = columns.iter().max().map_or(0, |&last| last + 1);
    let count = setting.request.columns.len().max(named);
    let padding = setting.request.spacing.lane_padding;
    let areas = |picture: &Picture| -> Vec<Rect> {
        let boxes = picture.boxes.iter().enumerate();
        boxes.map(|(member, one)| setting.cluster(member).area(one)).collect()
    };
    let all = |picture: &Picture| bounds_of(areas(picture).iter(), picture.routes.iter().map(|(_, line)| line));
    let mut start = all(picture).map_or(0.0, |all| all.min.x - padding);
    for column in 0..count {
        let end = border_after(columns, &areas(picture), column, start);
        let end =
            if column + 1 == count { all(picture).map_or(end, |all| (all.max.x + padding).max(end)) } else { end };
        let least = setting.request.columns.get(column).map_or(0.0, |one| one.minimum_extent);
        let least = Size::new(least, 0.0).sane().width;
        if end - start < least && column + 1 < count {
            move_on(picture, end, start + least - end);
        }
        let extent = (end - start).max(least);
        picture.columns.push(Extent { offset: start, extent });
        start += extent;
    }
}

/// Where a column ends: half way between the last box in it or before and the first one behind.
fn border_after(columns: &[usize], areas: &[Rect], column: usize, start: f64) -> f64 {
    let (mut last, mut first) = (start, f64::INFINITY);
    for (&one, area) in columns.iter().zip(areas) {
        if one <= column {
            last = last.max(area.max.x);
        } else {
            first = first.min(area.min.x);
        }
    }
    if !columns.contains(&column) {
        // An empty column begins and ends at one place.
        return start;
    }
    if first.is_finite() { f64::midpoint(last, first).max(start) } else { last }
}

/// Moves everything behind `place` along the flow.
fn move_on(picture: &mut Picture, place: f64, by: f64) {
    for one in picture.boxes.iter_mut().filter(|one| one.center().x >= place) {
        *one = one.moved(by, 0.0);
    }
    for point in picture.routes.iter_mut().flat_map(|(_, line)| line).filter(|point| point.x >= place) {
        point.x += by;
    }
}

/// Columns around boxes that stand; empty without columns.
pub(super) fn standing(request: &FlowRequest, structure: &Structure, boxes: &[Rect]) -> Vec<Extent> {
    let members = structure.levels.first().map_or(&[][..], |level| &level.members);
    let wanted = || members.iter().filter_map(|&member| Some((structure.column[member]?, boxes[member])));
    let named = wanted().map(|(column, _)| column + 1).max().unwrap_or(0);
    let count = request.columns.len().max(named);
    let Some(all) = bounds_of(boxes.iter(), std::iter::empty()).filter(|_| count > 0) else { return Vec::new() };
    let (columns, areas): (Vec<usize>, Vec<Rect>) = wanted().unzip();
    let mut start = all.min.x - request.spacing.lane_padding;
    let mut found = Vec::with_capacity(count);
    for column in 0..count {
        let last = column + 1 == count;
        let end = border_after(&columns, &areas, column, start);
        let end = if last { end.max(all.max.x + request.spacing.lane_padding) } else { end };
        found.push(Extent { offset: start, extent: end - start });
        start = end;
    }
    found
}
