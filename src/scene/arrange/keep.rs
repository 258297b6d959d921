//! Modes that keep a drawing: a place for what is new, tidying a selection, lines alone.

use rustc_hash::FxHashSet;

use super::bands::Bands;
use super::flow::{Sheet, ways_to_hosts};
use super::plan::{Member, Plan, lanes_of_shown, padded};
use super::{Arrangement, Stage, frames, rect_at};
use crate::layout::geometry::{Point, Rect};
use crate::layout::layered;
use crate::layout::result::FlowResult;
use crate::model::{ElementRef, Size};

impl Stage<'_> {
    /// Places for what is new in a flow; next to nothing else moves.
    pub(super) fn new_in_flow(&self, sheet: Sheet<'_>) -> Arrangement {
        let plan = self.standing_plan(sheet);
        let current = self.standing(&plan);
        if current.iter().all(Option::is_some) {
            return self.new_frames();
        }
        let result = layered::insert(&plan.request, &current);
        self.kept(sheet, &plan, &result)
    }

    /// Some boxes of a flow arranged anew, around where they are. What stands in a selected sub-flow goes with it.
    pub(super) fn tidy_flow(&self, sheet: Sheet<'_>, elements: &[ElementRef]) -> Arrangement {
        let plan = self.standing_plan(sheet);
        let wanted: FxHashSet<ElementRef> = elements.iter().copied().collect();
        let mut selected: Vec<bool> = plan.members.iter().map(|member| wanted.contains(&member.element)).collect();
        let free = |node: &usize| self.at(*node).is_some_and(|(one, _)| !(one.pinned && one.center.is_some()));
        // A container comes before or after what stands in it; a chain is as long as its nesting is deep.
        for _ in 0..plan.members.len() {
            let joins = |node: usize| {
                let node = plan.request.nodes.get(node)?;
                let around = node.parent.or(node.attached).or(node.satellite_of)?;
                selected.get(around).copied()
            };
            let more: Vec<usize> = (0..selected.len())
                .filter(|node| selected.get(*node) == Some(&false) && joins(*node) == Some(true))
                .collect();
            if more.is_empty() {
                break;
            }
            for node in more {
                if let Some(slot) = selected.get_mut(node) {
                    *slot = true;
                }
            }
        }
        for (member, slot) in plan.members.iter().zip(&mut selected) {
            *slot &= free(&member.index);
        }
        let current: Vec<Rect> = self.standing(&plan).into_iter().map(Option::unwrap_or_default).collect();
        let result = layered::tidy(&plan.request, &selected, &current);
        self.kept(sheet, &plan, &result)
    }

    /// The lines of a flow laid anew.
    pub(super) fn reroute_flow(&self, sheet: Sheet<'_>) -> Arrangement {
        let plan = self.standing_plan(sheet);
        let current: Vec<Rect> = self.standing(&plan).into_iter().map(Option::unwrap_or_default).collect();
        let result = layered::reroute(&plan.request, &current);
        let mut arrangement = Arrangement::default();
        self.take_lines(&plan, &result, Point::default(), &mut arrangement);
        arrangement
    }

    /// The view as a request with the lanes where they are.
    fn standing_plan(&self, sheet: Sheet<'_>) -> Plan {
        let lane_of = lanes_of_shown(self, sheet.process);
        let bands = Bands::of(self.lanes_for(sheet, &lane_of));
        Plan::new(self, bands, sheet.direction, &lane_of)
    }

    /// Where the nodes of a request are now.
    fn standing(&self, plan: &Plan) -> Vec<Option<Rect>> {
        let place = |member: &Member| {
            let (one, size) = self.at(member.index)?;
            let size = if member.is_folded { self.natural_size(one.element) } else { size };
            Some(rect_at(one.center?, size))
        };
        let mut places: Vec<Option<Rect>> = plan.members.iter().map(place).collect();
        // What stands beside another was moved toward it; what has no place yet counts as far away.
        let boxes: Vec<Rect> = places.iter().map(|place| place.unwrap_or_default()).collect();
        let ways = ways_to_hosts(plan, &boxes);
        for ((place, way), member) in places.iter_mut().zip(ways).zip(&plan.members) {
            let around =
                |rect: Rect| Rect::from_center_size(rect.center(), padded_size(&rect, member)).moved(-way.x, -way.y);
            *place = place.map(around);
        }
        places
    }

    /// What a mode that keeps a drawing has changed.
    fn kept(&self, sheet: Sheet<'_>, plan: &Plan, result: &FlowResult) -> Arrangement {
        let lanes = plan.bands.grown(&result.lanes, sheet.direction);
        let mut arrangement = Arrangement { lanes: (lanes != sheet.lanes).then_some(lanes), ..Arrangement::default() };
        self.take_boxes(plan, result, Point::default(), &mut arrangement);
        arrangement.drop_unchanged(self.shown);
        self.take_lines(plan, result, Point::default(), &mut arrangement);
        self.take_along(plan, &mut arrangement);
        frames::place(self, &mut arrangement);
        arrangement.drop_unchanged(self.shown);
        arrangement
    }

    /// Places for frames that have none; there is nothing else without one.
    fn new_frames(&self) -> Arrangement {
        let mut arrangement = Arrangement::default();
        frames::place(self, &mut arrangement);
        arrangement.drop_unchanged(self.shown);
        arrangement
    }
}

impl Arrangement {
    /// Leaves out boxes that stay as they are, to the half of a point.
    fn drop_unchanged(&mut self, shown: &[super::Shown]) {
        let near = |a: f64, b: f64| (a - b).abs() <= 0.5 + 1e-9;
        let known: rustc_hash::FxHashMap<ElementRef, &super::Shown> =
            shown.iter().map(|one| (one.element, one)).collect();
        self.sizes.retain(|(element, size)| {
            let Some(old) = known.get(element) else { return true };
            match (old.size, size) {
                (Some(old), Some(size)) => !(near(old.width, size.width) && near(old.height, size.height)),
                (old, size) => old != *size,
            }
        });
        let resized: FxHashSet<ElementRef> = self.sizes.iter().map(|(element, _)| *element).collect();
        self.centers.retain(|(element, center)| {
            let old = known.get(element).and_then(|one| one.center);
            resized.contains(element) || !old.is_some_and(|old| near(old.x, center.x) && near(old.y, center.y))
        });
    }
}

fn padded_size(rect: &Rect, member: &Member) -> crate::layout::geometry::Size {
    padded(Size::new(rect.width(), rect.height()), member.padding)
}
