//! Modes that keep a drawing: a place for what is new, tidying a selection, lines alone.

use rustc_hash::FxHashMap;

use super::flow::Sheet;
use super::plan::{direction_of, lanes_of_shown};
use super::{Arrangement, Stage, center_of_rect, size_of};
use crate::layout::geometry as plane;
use crate::layout::{PlaceRequest, place_new};
use crate::model::*;
use crate::scene::measures::*;

impl Stage<'_> {
    /// Places for new nodes of a flow: behind their predecessor, inside their lane.
    pub(super) fn new_in_flow(&self, sheet: Sheet<'_>) -> Arrangement {
        let document = self.facts.document;
        let lane_of = lanes_of_shown(self, sheet.process);
        let lanes = self.lanes_for(sheet, &lane_of);
        let extents = lane_bands(&lanes, sheet.direction);
        let mut boxes = self.placed();
        let index_of: FxHashMap<ElementRef, usize> =
            self.shown.iter().enumerate().map(|(index, one)| (one.element, index)).collect();
        let mut before: FxHashMap<FlowNode, FlowNode> = FxHashMap::default();
        for (_, flow) in document.flows().iter() {
            before.entry(flow.to).or_insert(flow.from);
        }
        let mut centers = Vec::new();
        let order = self.nodes_along_flows().into_iter().map(ElementRef::from);
        let others = self.shown.iter().map(|one| one.element).filter(|element| FlowNode::try_from(*element).is_err());
        for element in order.chain(others) {
            let Some(index) = index_of.get(&element).copied() else { continue };
            let Some((_, size)) = self.at(index).filter(|(one, _)| one.center.is_none()) else { continue };
            let node = FlowNode::try_from(element).ok();
            let after = node.and_then(|node| before.get(&node)).and_then(|node| index_of.get(&(*node).into()).copied());
            let actor = node.map(|node| lane_of.get(&node).copied().flatten());
            let lane = actor.and_then(|actor| lanes.iter().position(|lane| lane.actor == actor));
            let lane = lane.and_then(|lane| extents.get(lane).copied());
            let lane = lane.map(|(start, end)| plane::Extent { offset: start, extent: end - start });
            let first_x = f64::from(LANE_HEADER + LANE_PADDING);
            let after = after.and_then(|at| boxes.get(at).copied().flatten());
            let request = PlaceRequest {
                boxes: boxes.iter().flatten().copied().collect(),
                size: size_of(size),
                after,
                lane,
                direction: direction_of(sheet.direction),
                gap: 24.0,
            };
            let mut min = place_new(&request);
            if after.is_none() && !lanes.is_empty() {
                match sheet.direction {
                    FlowDirection::LeftToRight => min.x = min.x.max(first_x),
                    FlowDirection::TopToBottom => min.y = min.y.max(first_x),
                }
            }
            let rect = plane::Rect::from_min_size(min, size_of(size));
            centers.push((element, center_of_rect(&rect)));
            if let Some(slot) = boxes.get_mut(index) {
                *slot = Some(rect);
            }
        }
        let lanes = (lanes != sheet.lanes).then_some(lanes);
        Arrangement { centers, lanes, ..Arrangement::default() }
    }

    /// Lays the lines of a flow anew.
    pub(super) fn reroute_flow(&self, _sheet: Sheet<'_>) -> Arrangement {
        self.forget_lines()
    }

    /// Arranges some boxes of a flow anew, around where they are.
    pub(super) fn tidy_flow(&self, sheet: Sheet<'_>, _elements: &[ElementRef]) -> Arrangement {
        self.flow(sheet)
    }
}
