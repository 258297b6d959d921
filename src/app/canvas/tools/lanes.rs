//! Lanes: dragging a header changes their order, dragging a border the height of the lane above it.

use super::{Input, Outcome, Situation};
use crate::edit::{SetLanes, moved_lane};
use crate::model::{Lane, View};
use crate::scene::Scene;

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

    /// Follows the pointer.
    pub fn drag(self, input: &Input, scene: &Scene) -> Self {
        match self {
            Self::Order { lane, .. } => {
                let above =
                    scene.lanes.iter().filter(|shape| shape.index.is_some() && shape.rect.center().y < input.at.y);
                Self::Order { lane, before: above.count(), by: input.at.y - input.press.y }
            }
            Self::Height { lane, height } => {
                let before =
                    scene.lanes.iter().find(|shape| shape.index == Some(lane)).map(|shape| shape.rect.height());
                let next = before.map_or(height, |before| before + input.at.y - input.press.y);
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
            Self::Order { lane, before, .. } if lane < lanes.len() => {
                lanes = moved_lane(&lanes, lane, before);
            }
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
}
