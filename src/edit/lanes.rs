//! Changing the lanes of a process view so that its pictures stay with their lanes.
//!
//! Lanes nest: one with its encloser at depth 0 is a pool, which shows one process, or it is a lane of the only
//! process that the view shows. Lanes that a foreign drawing has placed freely are stacked before anything changes.

use std::collections::BTreeSet;

use super::nest::{Boxes, Nest};
use super::pictures::Pictures;
use super::rules::is_line;
use super::wording::named;
use super::{EditError, Transaction};
use crate::model::*;

/// Gives a process view new lanes. Every node moves with the lane of its performer, or with the lane that it is drawn
/// in where its performer has none; everything else with the lane that it is drawn in. What is inside a sub-flow or on
/// a border follows its box by itself.
pub(super) fn set_lanes(transaction: &mut Transaction, view: ViewId, lanes: Vec<Lane>) -> Result<(), EditError> {
    let document = transaction.document();
    let Some(record) = document.get::<View>(view) else { return Err(EditError::Missing("view")) };
    let old = record.lanes().to_vec();
    let direction = record.direction();
    if old.is_empty() {
        return set_first_lanes(transaction, view, lanes, direction);
    }
    let lanes = without_frames(&old, lanes, direction);
    let (old_bands, new_bands) = (lane_bands(&old, direction), lane_bands(&lanes, direction));
    let (pictures, nest) = (Pictures::of(document, view), Nest::default());
    let boxes = Boxes::new(document, &pictures, &nest);
    let mut moves: Vec<(PlacementId, Point)> = Vec::new();
    for (id, placement) in document.placements_in(view).filter(|(_, placement)| !is_line(placement.element)) {
        let Some(center) = placement.center else { continue };
        let by_performer = match FlowNode::try_from(placement.element) {
            Ok(node) if boxes.holder(node).is_some() => continue,
            Ok(node) => {
                let performer = document.performer_of(node);
                old.iter().position(|lane| lane.actor == performer)
            }
            Err(_) => None,
        };
        let Some(from) = by_performer.or_else(|| lane_at(&old, direction, center)) else { continue };
        let Some(actor) = old.get(from).map(|lane| lane.actor) else { continue };
        let Some(to) = lanes.iter().position(|lane| lane.actor == actor) else { continue };
        let (Some(old_band), Some(new_band)) = (old_bands.get(from), new_bands.get(to)) else { continue };
        let across = direction.across(center);
        let shifted = across - old_band.0 + new_band.0;
        let is_narrower = new_band.1 - new_band.0 < old_band.1 - old_band.0 - 0.001;
        let is_outside = shifted < new_band.0 || shifted >= new_band.1;
        let new = if is_narrower || is_outside { within(shifted, *new_band) } else { shifted };
        if (new - across).abs() > 1e-9 {
            moves.push((id, direction.moved_across(center, new - across)));
        }
    }
    for (id, center) in moves {
        transaction.update(id, |placement: &mut Placement| placement.center = Some(center))?;
    }
    put_lanes(transaction, view, lanes)
}

/// Room around what stands in a first lane, from the middle of a box to the edge of the lane.
const AROUND: f64 = 60.0;

/// Gives a drawing its first lanes: each as wide as what is to stand in it, with all distances kept; what nobody
/// performs gets a lane of its own behind the others. What has neither stays with the lane that is nearest.
fn set_first_lanes(
    transaction: &mut Transaction,
    view: ViewId,
    mut lanes: Vec<Lane>,
    direction: FlowDirection,
) -> Result<(), EditError> {
    let document = transaction.document();
    let (pictures, nest) = (Pictures::of(document, view), Nest::default());
    let boxes = Boxes::new(document, &pictures, &nest);
    let mut own: Vec<(PlacementId, Point, Option<Actor>)> = Vec::new();
    let mut others: Vec<(PlacementId, Point)> = Vec::new();
    for (id, placement) in document.placements_in(view).filter(|(_, placement)| !is_line(placement.element)) {
        let Some(center) = placement.center else { continue };
        match FlowNode::try_from(placement.element) {
            Ok(node) if boxes.holder(node).is_some() => {}
            Ok(node) => match (document.performer_of(node), node) {
                (Some(actor), _) if lanes.iter().any(|lane| lane.actor == Some(actor)) => {
                    own.push((id, center, Some(actor)));
                }
                (_, FlowNode::Step(_)) => own.push((id, center, None)),
                _ => others.push((id, center)),
            },
            Err(_) => others.push((id, center)),
        }
    }
    let spread = |actor: Option<Actor>| {
        let across = own.iter().filter(|(.., of)| *of == actor).map(|(_, center, _)| direction.across(*center));
        across.fold(None, |range: Option<(f64, f64)>, at| {
            Some(range.map_or((at, at), |(low, high)| (low.min(at), high.max(at))))
        })
    };
    if own.iter().any(|(.., of)| of.is_none()) && lanes.iter().all(|lane| lane.actor.is_some()) {
        lanes.push(Lane::new(None));
    }
    let mut spreads: Vec<Option<(f64, f64)>> = Vec::with_capacity(lanes.len());
    for lane in &mut lanes {
        let range = spread(lane.actor);
        if let Some((low, high)) = range {
            lane.extent = lane.extent.max(high - low + 2.0 * AROUND);
        }
        spreads.push(range);
    }
    let bands = lane_bands(&lanes, direction);
    // Where the first of what stands in a lane comes to lie: in the middle, where there is room to spare.
    let shift = |index: usize| {
        let ((start, end), (low, high)) = (bands.get(index).copied()?, spreads.get(index).copied().flatten()?);
        Some((start + end) / 2.0 - (low + high) / 2.0)
    };
    let nearest = |at: f64| {
        let away = |(low, high): (f64, f64)| (low - at).max(at - high).max(0.0);
        let known = spreads.iter().enumerate().filter_map(|(index, range)| Some((index, away((*range)?))));
        known.min_by(|a, b| a.1.total_cmp(&b.1)).map(|(index, _)| index)
    };
    let mut moves: Vec<(PlacementId, Point)> = Vec::new();
    for (id, center, actor) in &own {
        let index = lanes.iter().position(|lane| lane.actor == *actor);
        moves.extend(index.and_then(shift).map(|by| (*id, direction.moved_across(*center, by))));
    }
    for (id, center) in &others {
        let index = nearest(direction.across(*center));
        moves.extend(index.and_then(shift).map(|by| (*id, direction.moved_across(*center, by))));
    }
    for (id, center) in moves {
        transaction.update(id, |placement: &mut Placement| placement.center = Some(center))?;
    }
    put_lanes(transaction, view, lanes)
}

fn put_lanes(transaction: &mut Transaction, view: ViewId, lanes: Vec<Lane>) -> Result<(), EditError> {
    transaction.update(view, |view: &mut View| {
        if let ViewKind::Process { lanes: slot, .. } = &mut view.kind {
            *slot = lanes;
        }
    })
}

/// New lanes of a view without frames: those that were drawn freely get the heights and gaps at which they lie as
/// drawn, unless the change has given them others.
fn without_frames(old: &[Lane], mut new: Vec<Lane>, direction: FlowDirection) -> Vec<Lane> {
    if old.iter().chain(&new).all(|lane| lane.frame.is_none()) {
        return new;
    }
    let stacked = stacked(old, direction);
    for lane in &mut new {
        lane.frame = None;
        let known = old.iter().zip(&stacked).find(|(old, _)| old.actor == lane.actor);
        if let Some((old, stacked)) = known.filter(|(old, _)| old.frame.is_some()) {
            lane.extent = if lane.extent == old.extent { stacked.extent } else { lane.extent };
            lane.gap = if lane.gap == old.gap { stacked.gap } else { lane.gap };
        }
    }
    // The space before all lanes stays there, whichever lane comes first.
    let first = stacked.first().map(|lane| (lane.actor, lane.gap));
    if let Some((actor, gap)) = first
        && let Some(index) = new.iter().position(|lane| lane.actor == actor).filter(|index| *index > 0)
    {
        let other = new.first_mut().map(|lane| std::mem::replace(&mut lane.gap, gap));
        if let (Some(lane), Some(other)) = (new.get_mut(index), other) {
            lane.gap = other;
        }
    }
    new
}

/// Lanes in the stacked form, as near as it can be to where their frames are.
fn stacked(lanes: &[Lane], direction: FlowDirection) -> Vec<Lane> {
    let bands = lane_bands(lanes, direction);
    let mut end = 0.0;
    let mut stacked: Vec<Lane> = Vec::with_capacity(lanes.len());
    for (index, (lane, (start, stop))) in lanes.iter().zip(&bands).enumerate() {
        let encloses = encloses_lanes(lanes, index) && !lane.collapsed;
        let extent = stop - start;
        let extent = if extent > 0.0 { extent } else { LANE_EXTENT };
        let gap = (start - end).max(0.0);
        let new = Lane { extent, gap, frame: None, ..*lane };
        end += gap + if encloses { 0.0 } else { new.shown_extent() };
        stacked.push(new);
    }
    stacked
}

/// One past the last lane that a lane encloses.
fn end_of_group(lanes: &[Lane], index: usize) -> usize {
    let Some(depth) = lanes.get(index).map(|lane| lane.depth) else { return index };
    let inside = lanes.iter().skip(index + 1).take_while(|lane| lane.depth > depth).count();
    index + 1 + inside
}

/// The lane that encloses a lane directly.
fn encloser(lanes: &[Lane], index: usize) -> Option<usize> {
    let depth = lanes.get(index)?.depth;
    lanes.get(..index)?.iter().rposition(|lane| lane.depth < depth)
}

/// The outermost lane around a lane: its pool, or itself.
pub(super) fn pool_of(lanes: &[Lane], index: usize) -> usize {
    let depth = |index: usize| lanes.get(index).map_or(0, |lane| lane.depth);
    (0..=index).rev().find(|index| depth(*index) == 0).unwrap_or(index)
}

/// Moves a lane, with all that it encloses, before another one in the present order (at the end for their number). It
/// stays inside what encloses it; the space before pools stays where it is.
pub fn moved_lane(lanes: &[Lane], index: usize, before: usize) -> Vec<Lane> {
    let Some(depth) = lanes.get(index).map(|lane| lane.depth) else { return lanes.to_vec() };
    let end = end_of_group(lanes, index);
    let (low, high) =
        encloser(lanes, index).map_or((0, lanes.len()), |around| (around + 1, end_of_group(lanes, around)));
    // Between two neighbours of the same depth, not into one of them.
    let mut before = before.clamp(low, high);
    while before < high && lanes.get(before).is_some_and(|lane| lane.depth > depth) {
        before += 1;
    }
    if before >= index && before <= end {
        return lanes.to_vec();
    }
    let part = |from: usize, to: usize| lanes.get(from..to).unwrap_or_default();
    let group = part(index, end);
    let mut moved = if before < index {
        [part(0, before), group, part(before, index), part(end, lanes.len())].concat()
    } else {
        [part(0, index), part(end, before), group, part(before, lanes.len())].concat()
    };
    // Space before pools stays where it was.
    let gaps: Vec<f64> = lanes.iter().filter(|lane| lane.depth == depth).map(|lane| lane.gap).collect();
    for (lane, gap) in moved.iter_mut().filter(|lane| lane.depth == depth).zip(gaps) {
        lane.gap = gap;
    }
    moved
}

/// Lanes with one more, of an actor: behind that of another one and what it encloses, at the same depth, else behind all
/// but the pools of parties outside that stand at the end. Such a pool comes last, apart from what is before it.
pub(super) fn lane_after(lanes: &[Lane], actor: Actor, after: Option<Actor>) -> Vec<Lane> {
    let is_outside = |lane: &Lane| matches!(lane.actor, Some(Actor::External(_))) && lane.depth == 0;
    let mut all = lanes.to_vec();
    if matches!(actor, Actor::External(_)) {
        let gap = if lanes.is_empty() { 0.0 } else { POOL_GAP };
        all.push(Lane { gap, ..Lane::new(Some(actor)) });
        return all;
    }
    let before = after.and_then(|after| lanes.iter().position(|lane| lane.actor == Some(after) && !is_outside(lane)));
    let depth = before.and_then(|index| lanes.get(index)).map_or(0, |lane| lane.depth);
    let inner = lanes.iter().rposition(|lane| !(is_outside(lane) && lane.gap > 0.0)).map_or(0, |last| last + 1);
    let at = before.map_or(inner, |index| end_of_group(lanes, index));
    let is_apart = at.checked_sub(1).and_then(|last| lanes.get(last)).is_some_and(is_outside);
    all.insert(at, Lane { depth, gap: if is_apart { POOL_GAP } else { 0.0 }, ..Lane::new(Some(actor)) });
    all
}

/// Room between a box and the end of its lane.
const ROOM: f64 = 12.0;
/// A box that is dropped this close behind the last lane belongs to it.
const REACH: f64 = 48.0;

/// Lanes that reach as far as boxes that are dropped over their ends, and where the boxes are then: they move on with
/// the lanes they are in. A box is its centre and half its extent across the flow. Lanes of a drawing from elsewhere
/// stay as they are.
pub fn grown_lanes(lanes: &[Lane], direction: FlowDirection, boxes: &[(Point, f64)]) -> (Vec<Lane>, Vec<Point>) {
    let centers = || boxes.iter().map(|(center, _)| *center);
    let bands = lane_bands(lanes, direction);
    let is_drawn = lanes.iter().any(|lane| lane.frame.is_some());
    let Some((last, (_, end))) = bands.iter().enumerate().next_back().filter(|_| !is_drawn) else {
        return (lanes.to_vec(), centers().collect());
    };
    let lane_of = |center: Point| {
        let beyond = direction.across(center) - end;
        lane_at(lanes, direction, center).or_else(|| (0.0..=REACH).contains(&beyond).then_some(last))
    };
    let mut growth = vec![0.0_f64; lanes.len()];
    for (center, half) in boxes {
        let Some(index) = lane_of(*center) else { continue };
        let is_open = lanes.get(index).is_some_and(|lane| !lane.collapsed) && !encloses_lanes(lanes, index);
        if let (Some(slot), Some((_, end)), true) = (growth.get_mut(index), bands.get(index), is_open) {
            let over = direction.across(*center) + half - end;
            *slot = slot.max(if over > 0.0 { over + ROOM } else { 0.0 });
        }
    }
    let moved_on = |center: Point| {
        let before: f64 = growth.iter().take(lane_of(center).unwrap_or(0)).map(|by| by.ceil()).sum();
        direction.moved_across(center, before)
    };
    let centers = centers().map(moved_on).collect();
    let grow = |(lane, by): (&Lane, &f64)| Lane { extent: lane.extent + by.ceil(), ..*lane };
    (lanes.iter().zip(&growth).map(grow).collect(), centers)
}

/// Fails when lanes nest in no way, or when one of them leaves its pool.
pub(super) fn nesting_fits(old: &[Lane], new: &[Lane]) -> Result<(), String> {
    let mut deepest = 0;
    for lane in new {
        if lane.depth > deepest {
            return Err("A lane can only be inside the lane before it.".to_owned());
        }
        deepest = lane.depth + 1;
    }
    let pool = |lanes: &[Lane], actor: Option<Actor>| {
        let index = lanes.iter().position(|lane| lane.actor == actor)?;
        lanes.get(pool_of(lanes, index)).map(|lane| lane.actor).filter(|pool| *pool != actor)
    };
    let stays = |actor: Option<Actor>| new.iter().any(|lane| lane.actor == actor);
    for lane in new {
        let (was, is) = (pool(old, lane.actor), pool(new, lane.actor));
        if was != is && was.is_some_and(stays) {
            return Err("A lane stays in the pool that it is in.".to_owned());
        }
    }
    Ok(())
}

/// Takes the lane of an actor away. Nodes drawn in it must have lost their performer before: the lane becomes that of
/// nobody where it still shows nodes and there is no such lane in its pool yet. Lanes inside it move out of it.
pub(super) fn remove_lane(transaction: &mut Transaction, view: ViewId, actor: Actor) -> Result<(), EditError> {
    let Some(record) = transaction.document().get::<View>(view) else { return Err(EditError::Missing("view")) };
    if record.lanes().iter().any(|lane| lane.frame.is_some()) {
        let lanes = record.lanes().to_vec();
        set_lanes(transaction, view, lanes)?;
    }
    let Some(record) = transaction.document().get::<View>(view) else { return Err(EditError::Missing("view")) };
    let mut lanes = record.lanes().to_vec();
    let Some(index) = lanes.iter().position(|lane| lane.actor == Some(actor)) else { return Ok(()) };
    let direction = record.direction();
    if encloses_lanes(&lanes, index) {
        let lanes = without_encloser(lanes, index);
        return set_lanes(transaction, view, lanes);
    }
    let bands = lane_bands(&lanes, direction);
    let Some(band) = bands.get(index).copied() else { return Ok(()) };
    let pictures = Pictures::of(transaction.document(), view);
    let inside: Vec<(PlacementId, Point)> = pictures
        .nodes(transaction.document())
        .into_iter()
        .filter_map(|(_, placement)| placement)
        .filter(|(_, center)| direction.across(*center) >= band.0 && direction.across(*center) < band.1)
        .collect();
    let nobody = lanes.iter().position(|lane| lane.actor.is_none());
    match nobody.and_then(|nobody| bands.get(nobody).copied()) {
        None if !inside.is_empty() => {
            if let Some(lane) = lanes.get_mut(index) {
                lane.actor = None;
            }
            return put_lanes(transaction, view, lanes);
        }
        Some(band)
            if nobody.is_some_and(|nobody| {
                pool_of(&lanes, nobody) == pool_of(&lanes, index) || lanes.iter().all(|lane| lane.depth == 0)
            }) =>
        {
            let middle = f64::midpoint(band.0, band.1);
            for (id, center) in inside {
                let moved = direction.moved_across(center, middle - direction.across(center));
                transaction.update(id, |placement: &mut Placement| placement.center = Some(moved))?;
            }
        }
        Some(_) | None => {}
    }
    let lanes = without_lane(lanes, index);
    set_lanes(transaction, view, lanes)
}

/// The lanes without one that encloses others; those move out of it.
fn without_encloser(mut lanes: Vec<Lane>, index: usize) -> Vec<Lane> {
    let end = end_of_group(&lanes, index);
    for lane in lanes.iter_mut().take(end).skip(index + 1) {
        lane.depth = lane.depth.saturating_sub(1);
    }
    let removed = lanes.remove(index);
    if let Some(first) = lanes.get_mut(index) {
        first.gap += removed.gap;
    }
    lanes
}

/// The lanes without one that encloses none. A pool that loses its last lane keeps the place of that.
fn without_lane(mut lanes: Vec<Lane>, index: usize) -> Vec<Lane> {
    let around = encloser(&lanes, index);
    let removed = lanes.remove(index);
    if let Some(around) = around.filter(|around| !encloses_lanes(&lanes, *around))
        && let Some(pool) = lanes.get_mut(around)
    {
        pool.extent = removed.extent;
    }
    lanes
}

/// The coordinate across the flow moved into a band, with a little room to its edges where the band has it.
pub(super) fn within(across: f64, (start, end): (f64, f64)) -> f64 {
    let room = ((end - start) / 4.0).min(24.0);
    across.clamp(start + room, (end - room).max(start + room))
}

/// Nodes of the process of a view, and those of others that it shows.
pub(super) fn nodes_in(document: &Document, view: ViewId) -> BTreeSet<FlowNode> {
    let own = document.get::<View>(view).and_then(View::process).map(|process| document.nodes_of(process));
    let shown = document.placements_in(view).filter_map(|(_, shown)| FlowNode::try_from(shown.element).ok());
    own.into_iter().flatten().chain(shown).filter(|node| document.contains((*node).into())).collect()
}

/// Nodes that an actor performs lose their performer.
pub(super) fn unassign(
    transaction: &mut Transaction,
    nodes: impl IntoIterator<Item = FlowNode>,
    actor: Actor,
) -> Result<(), EditError> {
    for node in nodes {
        if transaction.document().performer_of(node) == Some(actor) {
            set_performer(transaction, node, None)?;
        }
    }
    Ok(())
}

/// Gives a node a performer.
pub(super) fn set_performer(
    transaction: &mut Transaction,
    node: FlowNode,
    performer: Option<Actor>,
) -> Result<(), EditError> {
    match node {
        FlowNode::Step(id) => transaction.update(id, |step: &mut Step| step.performer = performer),
        FlowNode::Gateway(id) => transaction.update(id, |gateway: &mut Gateway| gateway.performer = performer),
        FlowNode::Event(id) => transaction.update(id, |event: &mut Event| event.performer = performer),
    }
}

/// The actor in whose lane a place is; the outer none where it is in no lane.
pub(super) fn performer_at(document: &Document, view: ViewId, center: Point) -> Option<Option<Actor>> {
    let view = document.get::<View>(view)?;
    lane_at(view.lanes(), view.direction(), center).and_then(|index| view.lanes().get(index)).map(|lane| lane.actor)
}

/// The processes whose nodes are performed by the lanes of a pool of a view.
pub(super) fn processes_in_pool(
    document: &Document,
    lanes: &[Lane],
    pool: usize,
    nodes: impl IntoIterator<Item = FlowNode>,
) -> BTreeSet<ProcessId> {
    let group = lanes.get(pool..end_of_group(lanes, pool)).unwrap_or_default();
    let is_here = |node: &FlowNode| {
        let performer = document.performer_of(*node);
        performer.is_some() && group.iter().any(|lane| lane.actor == performer)
    };
    nodes.into_iter().filter(is_here).filter_map(|node| document.process_of(node)).collect()
}

/// Why a node may not be moved to a place: it is in the pool of another process.
pub(super) fn pool_refusal(document: &Document, view: ViewId, node: FlowNode, center: Point) -> Option<String> {
    let record = document.get::<View>(view)?;
    let lanes = record.lanes();
    let process = document.process_of(node)?;
    let pool = pool_of(lanes, lane_at(lanes, record.direction(), center)?);
    let shown = document.placements_in(view).filter_map(|(_, shown)| FlowNode::try_from(shown.element).ok());
    let others = processes_in_pool(document, lanes, pool, shown.filter(|other| *other != node));
    let other = others.iter().next().filter(|_| !others.contains(&process))?;
    Some(format!(
        "{} is part of {}; here stands {}.",
        named(document, node.into()),
        named(document, process.into()),
        named(document, (*other).into())
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lane(index: u32, depth: u8) -> Lane {
        Lane { depth, ..Lane::new(Some(Actor::Role(RoleId::from_index(index)))) }
    }

    fn order(lanes: &[Lane]) -> Vec<u32> {
        lanes
            .iter()
            .filter_map(|lane| match lane.actor {
                Some(Actor::Role(role)) => Some(role.index()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn a_pool_moves_with_its_lanes_and_a_lane_within_its_pool() {
        let lanes = [lane(0, 0), lane(1, 1), lane(2, 1), lane(3, 0), lane(4, 1), lane(5, 0)];
        assert_eq!(order(&moved_lane(&lanes, 3, 0)), [3, 4, 0, 1, 2, 5]);
        assert_eq!(order(&moved_lane(&lanes, 0, 4)), [3, 4, 0, 1, 2, 5]);
        assert_eq!(order(&moved_lane(&lanes, 0, 6)), [3, 4, 5, 0, 1, 2]);
        assert_eq!(order(&moved_lane(&lanes, 2, 0)), [0, 2, 1, 3, 4, 5]);
        assert_eq!(order(&moved_lane(&lanes, 1, 6)), [0, 2, 1, 3, 4, 5]);
        assert_eq!(order(&moved_lane(&lanes, 1, 2)), [0, 1, 2, 3, 4, 5]);
        for (index, before) in (0..6).flat_map(|index| (0..7).map(move |before| (index, before))) {
            assert_eq!(nesting_fits(&lanes, &moved_lane(&lanes, index, before)), Ok(()), "{index} {before}");
        }
    }

    #[test]
    fn lanes_that_leave_their_pool_or_nest_in_nothing_are_refused() {
        let lanes = [lane(0, 0), lane(1, 1), lane(2, 0), lane(3, 1)];
        let [a, b, c, d] = lanes;
        assert!(nesting_fits(&lanes, &[a, c, b, d]).is_err());
        assert!(nesting_fits(&lanes, &[b, a, c, d]).is_err());
        assert_eq!(nesting_fits(&lanes, &[c, d, a, b]), Ok(()));
    }

    #[test]
    fn lanes_grow_around_what_is_dropped_over_their_end() {
        let lanes = [lane(0, 0), lane(1, 0)];
        let at = |across: f64| (Point::new(300.0, across), 30.0);
        let direction = FlowDirection::LeftToRight;
        let grown = |boxes: &[(Point, f64)]| {
            let (lanes, centers) = grown_lanes(&lanes, direction, boxes);
            let extents: Vec<f64> = lanes.iter().map(|lane| lane.extent).collect();
            (extents, centers.iter().map(|center| center.y).collect::<Vec<_>>())
        };
        assert_eq!(grown(&[at(60.0), at(180.0)]), (vec![120.0, 120.0], vec![60.0, 180.0]));
        assert_eq!(grown(&[at(110.0), at(180.0)]), (vec![152.0, 120.0], vec![110.0, 212.0]));
        assert_eq!(grown(&[at(270.0)]), (vec![120.0, 192.0], vec![270.0]), "just below the last one");
        assert_eq!(grown(&[at(400.0)]), (vec![120.0, 120.0], vec![400.0]), "far away from all");
    }

    #[test]
    fn drawn_lanes_are_stacked_where_they_lie() {
        let drawn = |index, depth, y: f64, height: f64| Lane {
            frame: Some(Area::new(160.0, y, 900.0, height)),
            ..lane(index, depth)
        };
        let lanes =
            [drawn(0, 0, 80.0, 300.0), drawn(1, 1, 80.0, 100.0), drawn(2, 1, 180.0, 200.0), drawn(3, 0, 420.0, 90.0)];
        let bands = lane_bands(&lanes, FlowDirection::LeftToRight);
        let stacked = stacked(&lanes, FlowDirection::LeftToRight);
        assert!(stacked.iter().all(|lane| lane.frame.is_none()));
        assert_eq!(lane_bands(&stacked, FlowDirection::LeftToRight), bands);
    }
}
