//! Lanes: dragging a header changes their order, dragging a border the extent of the lane before it.

use emath::{Pos2, Rect};

use super::{Input, Outcome, Situation};
use crate::edit::{SetLanes, moved_lane};
use crate::model::{FlowDirection, Lane, View};
use crate::scene::{LaneShape, Scene};

/// Least height of a lane in world units.
const LEAST: f32 = 64.0;

/// A lane being moved or resized; the index is that among the lanes of the view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum LaneGesture {
    /// It goes to another place.
    Order {
        /// Which lane.
        lane: usize,
        /// Before which lane it would stand, in the present order; the number of lanes for the end.
        before: usize,
        /// How far it was dragged.
        by: f32,
    },
    /// It gets another height.
    Height {
        /// Which lane.
        lane: usize,
        /// How high it would be.
        height: f32,
    },
}

impl LaneGesture {
    /// Takes hold of the header of a lane, by its index in the scene.
    pub fn order(scene: &Scene, shape: usize) -> Option<Self> {
        let lane = scene.lanes.get(shape)?.index?;
        Some(Self::Order { lane, before: lane, by: 0.0 })
    }

    /// Takes hold of the lower border of a lane, by its index in the scene.
    pub fn height(scene: &Scene, shape: usize) -> Option<Self> {
        let lane = scene.lanes.get(shape)?;
        Some(Self::Height { lane: lane.index?, height: lane.rect.height() })
    }

    /// Folds a lane, by its index in the scene, or unfolds it.
    pub fn fold(shape: usize, situation: &Situation<'_>, out: &mut Outcome) {
        let lane = situation.scene.lanes.get(shape).and_then(|lane| lane.index);
        let view = situation.document.get::<View>(situation.view);
        let Some((lane, view)) = lane.zip(view) else { return };
        let mut lanes = view.lanes().to_vec();
        if let Some(lane) = lanes.get_mut(lane) {
            lane.collapsed = !lane.collapsed;
            out.edit(SetLanes { view: situation.view, lanes });
        }
    }

    /// Follows the pointer.
    pub fn drag(self, input: &Input, scene: &Scene) -> Self {
        let across = |at: Pos2| match scene.direction {
            FlowDirection::LeftToRight => at.y,
            FlowDirection::TopToBottom => at.x,
        };
        let (at, by) = (across(input.at), across(input.at) - across(input.press));
        match self {
            Self::Order { lane, .. } => {
                Self::Order { lane, before: place_at(scene, lane, |rect| across(rect.center()) < at), by }
            }
            Self::Height { lane, height } => {
                let held = scene.lanes.iter().find(|shape| shape.index == Some(lane));
                let before = held.map(|shape| match scene.direction {
                    FlowDirection::LeftToRight => shape.rect.height(),
                    FlowDirection::TopToBottom => shape.rect.width(),
                });
                let next = before.map_or(height, |before| before + by);
                Self::Height { lane, height: (next / 4.0).round().max(LEAST / 4.0) * 4.0 }
            }
        }
    }

    /// Makes the change.
    pub fn finish(self, situation: &Situation<'_>, out: &mut Outcome) {
        let Some(view) = situation.document.get::<View>(situation.view) else { return };
        let lanes = self.apply(view.lanes());
        if lanes != view.lanes() {
            out.edit(SetLanes { view: situation.view, lanes });
        }
    }

    fn apply(self, lanes: &[Lane]) -> Vec<Lane> {
        let mut lanes = lanes.to_vec();
        match self {
            Self::Order { lane, before, .. } if lane < lanes.len() => return moved_lane(&lanes, lane, before),
            Self::Height { lane, height } => {
                if let Some(lane) = lanes.get_mut(lane) {
                    lane.extent = f64::from(height);
                }
            }
            Self::Order { .. } => {}
        }
        lanes
    }
}

/// Before which lane a dragged one would stand: among those that the same lane encloses. `is_passed` says of a band
/// whether the pointer has passed its middle.
fn place_at(scene: &Scene, lane: usize, is_passed: impl Fn(Rect) -> bool) -> usize {
    let listed: Vec<(usize, &LaneShape)> =
        scene.lanes.iter().filter_map(|shape| shape.index.map(|index| (index, shape))).collect();
    let Some(depth) = listed.iter().find(|(index, _)| *index == lane).map(|(_, shape)| shape.depth) else {
        return lane;
    };
    let is_above = |(_, shape): &&(usize, &LaneShape)| shape.depth < depth;
    // The lanes between the one that encloses it and the next one that does not.
    let first =
        listed.iter().filter(|(index, _)| *index < lane).filter(is_above).map(|(index, _)| index + 1).next_back();
    let first = first.unwrap_or(0);
    let last = listed.iter().filter(|(index, _)| *index > lane).find(is_above).map(|(index, _)| *index);
    let end = last.unwrap_or(listed.last().map_or(lane, |(index, _)| index + 1));
    let siblings = listed.iter().filter(|(index, shape)| (first..end).contains(index) && shape.depth == depth);
    siblings.filter(|(_, shape)| !is_passed(shape.rect)).map(|(index, _)| *index).next().unwrap_or(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Actor, RoleId, TableId as _};

    fn lanes() -> Vec<Lane> {
        (0..3).map(|index| Lane::new(Some(Actor::Role(RoleId::from_index(index))))).collect()
    }

    #[test]
    fn a_lane_goes_where_its_header_is_dropped() {
        let [a, b, c] = lanes().try_into().unwrap();
        let order = |lane, before| LaneGesture::Order { lane, before, by: 0.0 }.apply(&lanes());
        assert_eq!(order(0, 3), [b, c, a]);
        assert_eq!(order(2, 0), [c, a, b]);
        assert_eq!(order(1, 1), [a, b, c]);
        assert_eq!(order(1, 2), [a, b, c]);
    }

    #[test]
    fn a_pool_takes_its_lanes_along_and_gaps_stay_in_place() {
        let [a, b, c] = lanes().try_into().unwrap();
        let inner = Lane { depth: 1, ..b };
        let pools = [a, inner, Lane { gap: 30.0, ..c }];
        let turned = [Lane { gap: 0.0, ..c }, Lane { gap: 30.0, ..a }, inner];
        assert_eq!(moved_lane(&pools, 0, 3), turned);
        assert_eq!(moved_lane(&pools, 2, 0), turned);
        assert_eq!(moved_lane(&pools, 0, 2), pools, "before the next one is where it stands");
    }
}
