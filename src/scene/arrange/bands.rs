//! The lanes of a process view as the layout wants them, and back: only lanes that enclose none take nodes.
//!
//! Pools stand apart: a lane of depth 0 that encloses others, that belongs to another process than the one of the view,
//! or that is drawn without its inside is a pool, and between it and its neighbours lies [`POOL_GAP`]. Plain lanes
//! follow one another without a gap.

use rustc_hash::FxHashSet;

use crate::layout::geometry::Extent;
use crate::layout::request;
use crate::model::*;
use crate::scene::lanes::{headers_width, is_hidden};
use crate::scene::measures::*;
use crate::scene::text::Measure;

/// Space between two pools.
/// Least extent of a pool without an inside.
const CLOSED_POOL: f64 = 72.0;
/// Longest name that a header makes room for.
const LONGEST_NAME: f32 = 240.0;

/// The lanes of a view.
#[derive(Clone, Debug, Default)]
pub(super) struct Bands {
    /// All of them, those that enclose others before what they enclose.
    pub(super) lanes: Vec<Lane>,
    /// Those that enclose none, by index; in the order of the request.
    leaves: Vec<usize>,
    /// Pools without an inside, by index.
    black_boxes: FxHashSet<usize>,
}

/// What stands in a lane of depth 0, as far as it makes it a pool.
#[derive(Clone, Copy, Default)]
pub(super) struct Content {
    /// Whether nodes of the view's process stand in it.
    pub(super) has_own: bool,
    /// Whether nodes of another process stand in it.
    pub(super) has_foreign: bool,
    /// Whether a message leaves or enters it as a whole.
    pub(super) has_message: bool,
    /// The process whose nodes stand in it, the first one of several.
    pub(super) process: Option<ProcessId>,
}

impl Bands {
    /// The lanes as they are.
    pub(super) fn of(lanes: Vec<Lane>) -> Self {
        let leaves = (0..lanes.len()).filter(|index| !encloses_lanes(&lanes, *index)).collect();
        Self { lanes, leaves, black_boxes: FxHashSet::default() }
    }

    /// The lanes for a fresh arrangement: stacked, with pools apart. `content` tells what stands in a lane.
    pub(super) fn restacked(mut lanes: Vec<Lane>, content: impl Fn(&Lane) -> Content) -> Self {
        for lane in &mut lanes {
            lane.frame = None;
        }
        let mut bands = Self::of(lanes);
        let tops: Vec<usize> = (0..bands.lanes.len()).filter(|index| bands.is_top(*index)).collect();
        let had_gaps: Vec<bool> = bands.lanes.iter().map(|lane| lane.gap > 0.0).collect();
        let mut before_is_pool = false;
        let mut plain_before = None;
        for (at, top) in tops.iter().enumerate() {
            let end = tops.get(at + 1).copied().unwrap_or(bands.lanes.len());
            let inside = bands.lanes.get(*top..end).unwrap_or_default();
            let whole = inside.iter().map(&content).fold(Content::default(), Content::and);
            let is_empty = !whole.has_own && !whole.has_foreign;
            // What stands first stood apart where what comes behind it does.
            let behind = tops.get(at + 1).filter(|_| at == 0);
            let had_gap =
                had_gaps.get(*top) == Some(&true) || behind.is_some_and(|next| had_gaps.get(*next) == Some(&true));
            let is_pool = inside.len() > 1 || whole.has_foreign || had_gap || (is_empty && whole.has_message);
            if is_pool && is_empty && inside.len() == 1 {
                bands.black_boxes.insert(*top);
            }
            // Plain lanes of one process stay together, whichever process it is.
            let plain = whole.process.filter(|_| inside.len() == 1);
            let goes_on = plain.is_some() && plain == plain_before && !had_gap;
            let is_apart = at > 0 && (is_pool || before_is_pool) && !goes_on;
            for (index, lane) in bands.lanes.iter_mut().enumerate().take(end).skip(*top) {
                lane.gap = if is_apart && index == *top { POOL_GAP } else { 0.0 };
            }
            before_is_pool = is_pool;
            plain_before = plain;
        }
        bands
    }

    fn is_top(&self, index: usize) -> bool {
        index == 0 || self.lanes.get(index).is_some_and(|lane| lane.depth == 0)
    }

    /// Index among all lanes of the lane of an actor.
    pub(super) fn index_of(&self, actor: Option<Actor>) -> Option<usize> {
        self.lanes.iter().position(|lane| lane.actor == actor)
    }

    /// Index in the request of the lane that takes the nodes of an actor: the first one in that of the actor.
    pub(super) fn leaf_of(&self, actor: Option<Actor>) -> Option<usize> {
        self.leaves_of(self.index_of(actor)?).first().copied()
    }

    /// Index among all lanes of a lane of the request.
    pub(super) fn index_of_leaf(&self, leaf: usize) -> Option<usize> {
        self.leaves.get(leaf).copied()
    }

    /// Indices in the request of the lanes in a lane; of the lane itself where it encloses none.
    pub(super) fn leaves_of(&self, index: usize) -> Vec<usize> {
        let Some(lane) = self.lanes.get(index) else { return Vec::new() };
        let deeper = self.lanes.iter().skip(index + 1).take_while(|other| other.depth > lane.depth).count();
        let range = index..=index + deeper;
        self.leaves.iter().enumerate().filter(|(_, leaf)| range.contains(leaf)).map(|(at, _)| at).collect()
    }

    /// Of the lanes in a lane the one that is nearest to another lane of the request.
    pub(super) fn nearest_leaf(&self, index: usize, toward: Option<usize>) -> usize {
        let leaves = self.leaves_of(index);
        let near = toward.and_then(|toward| leaves.iter().copied().min_by_key(|leaf| leaf.abs_diff(toward)));
        near.or(leaves.first().copied()).unwrap_or(usize::MAX)
    }

    /// Whether a lane of the request shows only its header.
    pub(super) fn is_closed(&self, leaf: usize) -> bool {
        let Some(index) = self.leaves.get(leaf) else { return false };
        self.lanes.get(*index).is_some_and(|lane| lane.collapsed) || is_hidden(&self.lanes, *index)
    }

    /// How far the headers of nested lanes reach along the flow.
    pub(super) fn headers(&self) -> f64 {
        f64::from(headers_width(&self.lanes))
    }

    /// The lanes of the request, with the places that they have now.
    pub(super) fn requests(&self, document: &Document, direction: FlowDirection) -> Vec<request::Lane> {
        let places = lane_bands(&self.lanes, direction);
        let mut end = 0;
        let request = |leaf: &usize| {
            let gap_before = self.lanes.iter().take(leaf + 1).skip(end).map(|lane| lane.gap).sum();
            end = leaf + 1;
            let place = places.get(*leaf).map(|(start, end)| Extent { offset: *start, extent: end - start });
            let minimum_extent = self.lanes.get(*leaf).map_or(0.0, |lane| self.least_extent(document, *leaf, lane));
            request::Lane { minimum_extent, gap_before, place }
        };
        self.leaves.iter().map(request).collect()
    }

    fn least_extent(&self, document: &Document, index: usize, lane: &Lane) -> f64 {
        if lane.collapsed {
            return lane.shown_extent();
        }
        let name = lane.actor.map_or("", |actor| document.name_of(actor.into()));
        let text = f64::from(Measure::bundled().width(name, LABEL).min(LONGEST_NAME)) + 24.0;
        let usual = if self.black_boxes.contains(&index) { CLOSED_POOL } else { f64::from(LANE_HEIGHT) };
        text.max(usual).ceil()
    }

    /// The lanes of the view after the layout put those of the request there; the first one begins at 0.
    pub(super) fn placed(&self, places: &[Extent]) -> Vec<Lane> {
        let mut lanes = self.lanes.clone();
        let mut end = 0.0;
        for (at, (leaf, place)) in self.leaves.iter().zip(places).enumerate() {
            let (start, stop) = (place.offset.round(), place.end().round());
            let first = at.checked_sub(1).and_then(|before| self.leaves.get(before)).map_or(0, |before| before + 1);
            let gap = if at == 0 { 0.0 } else { (start - end).max(0.0) };
            for lane in lanes.iter_mut().take(leaf + 1).skip(first) {
                lane.gap = 0.0;
            }
            if let Some(outermost) = lanes.get_mut(first) {
                outermost.gap = gap;
            }
            if let Some(lane) = lanes.get_mut(*leaf).filter(|lane| !lane.collapsed) {
                lane.extent = (stop - end - gap).max(1.0);
            }
            end = stop;
        }
        lanes
    }

    /// The lanes of the view after the layout let some of them grow; drawn frames grow with them.
    pub(super) fn grown(&self, places: &[Extent], direction: FlowDirection) -> Vec<Lane> {
        if !self.lanes.iter().any(|lane| lane.frame.is_some()) {
            return self.placed(places);
        }
        let mut lanes = self.lanes.clone();
        for (leaf, place) in self.leaves.iter().zip(places) {
            if let Some(lane) = lanes.get_mut(*leaf) {
                stretch(lane, direction, place.offset, place.end());
            }
        }
        for index in (0..lanes.len()).filter(|index| encloses_lanes(&self.lanes, *index)) {
            let inside = self.leaves_of(index);
            let inside = || inside.iter().filter_map(|leaf| places.get(*leaf));
            let start = inside().map(|place| place.offset).fold(f64::INFINITY, f64::min);
            let end = inside().map(Extent::end).fold(f64::NEG_INFINITY, f64::max);
            let own = lane_bands(&lanes, direction).get(index).copied();
            if let (Some(lane), Some((own_start, own_end))) = (lanes.get_mut(index), own) {
                stretch(lane, direction, own_start.min(start), own_end.max(end));
            }
        }
        lanes
    }
}

/// Stretches the frame of a drawn lane across the flow.
fn stretch(lane: &mut Lane, direction: FlowDirection, start: f64, end: f64) {
    let Some(frame) = &mut lane.frame else { return };
    match direction {
        FlowDirection::LeftToRight => (frame.y, frame.height) = (start, end - start),
        FlowDirection::TopToBottom => (frame.x, frame.width) = (start, end - start),
    }
}

impl Content {
    fn and(self, other: Self) -> Self {
        Self {
            has_own: self.has_own || other.has_own,
            has_foreign: self.has_foreign || other.has_foreign,
            has_message: self.has_message || other.has_message,
            process: self.process.or(other.process),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lanes(depths: &[u8]) -> Vec<Lane> {
        let actor = |index: usize| Some(Actor::Role(RoleId::from_index(index as u32)));
        depths.iter().enumerate().map(|(index, depth)| Lane { depth: *depth, ..Lane::new(actor(index)) }).collect()
    }

    fn own(_: &Lane) -> Content {
        Content { has_own: true, ..Content::default() }
    }

    fn gaps(bands: &Bands) -> Vec<f64> {
        bands.lanes.iter().map(|lane| lane.gap).collect()
    }

    #[test]
    fn plain_lanes_touch_and_pools_stand_apart() {
        assert_eq!(gaps(&Bands::restacked(lanes(&[0, 0, 0]), own)), [0.0; 3]);
        let pools = Bands::restacked(lanes(&[0, 1, 1, 0, 0]), own);
        assert_eq!(gaps(&pools), [0.0, 0.0, 0.0, POOL_GAP, 0.0]);
        let closed = |lane: &Lane| match lane.actor {
            Some(Actor::Role(role)) if role == RoleId::from_index(1) => {
                Content { has_message: true, ..Content::default() }
            }
            _ => own(lane),
        };
        assert_eq!(gaps(&Bands::restacked(lanes(&[0, 0]), closed)), [0.0, POOL_GAP]);
        let foreign = |_: &Lane| Content { has_foreign: true, ..Content::default() };
        assert_eq!(gaps(&Bands::restacked(lanes(&[0, 0]), foreign)), [0.0, POOL_GAP]);
        let of_one = |lane: &Lane| {
            let process = Some(ProcessId::from_index(9));
            if lane.actor == lanes(&[0])[0].actor { own(lane) } else { Content { process, ..foreign(lane) } }
        };
        assert_eq!(gaps(&Bands::restacked(lanes(&[0, 0, 0]), of_one)), [0.0, POOL_GAP, 0.0], "lanes of one process");
    }

    #[test]
    fn only_lanes_that_enclose_none_take_nodes_and_come_back_with_their_gaps() {
        let bands = Bands::restacked(lanes(&[0, 1, 1, 0]), own);
        assert_eq!(bands.leaves, [1, 2, 3]);
        assert_eq!([0, 1, 3].map(|index| bands.leaves_of(index)), [vec![0, 1], vec![0], vec![2]]);
        assert_eq!(bands.nearest_leaf(0, Some(2)), 1);
        let requests = bands.requests(&Document::default(), FlowDirection::LeftToRight);
        assert_eq!(requests.iter().map(|lane| lane.gap_before).collect::<Vec<_>>(), [0.0, 0.0, POOL_GAP]);
        let places = [(0.0, 100.4), (100.4, 99.8), (240.2, 150.0)].map(|(offset, extent)| Extent { offset, extent });
        let placed = bands.placed(&places);
        let bands = lane_bands(&placed, FlowDirection::LeftToRight);
        assert_eq!(bands, [(0.0, 200.0), (0.0, 100.0), (100.0, 200.0), (240.0, 390.0)]);
    }
}
