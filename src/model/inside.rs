//! What opens behind a step, and how views lie above one another: the inside of a sub-flow, the process that a call
//! carries out, and the way back up.

use super::*;

/// Beyond so many elements a picture of a process is hard to read and errors grow (Mendling, Reijers, van der Aalst:
/// Seven process modeling guidelines, 2010, G7).
pub const MOST_ELEMENTS_AT_A_GLANCE: usize = 50;

/// A flow that a step stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Inside {
    /// What stands inside a sub-flow.
    SubFlow(StepId),
    /// The process that a call carries out.
    Called(ProcessId),
}

impl Document {
    /// What opens behind a step; none behind plain work and calls of nothing known.
    pub fn inside_of(&self, step: StepId) -> Option<Inside> {
        let record = self.steps.get(step)?;
        match record.calls {
            _ if record.kind.has_inside() => Some(Inside::SubFlow(step)),
            Some(called) if record.kind == StepKind::Call => Some(Inside::Called(called)),
            _ => None,
        }
    }

    /// The first view of an inside, by its place in the list.
    pub fn view_of_inside(&self, inside: Inside) -> Option<ViewId> {
        let shows = |view: &View| match inside {
            Inside::SubFlow(step) => view.within == Some(step),
            Inside::Called(process) => view.process() == Some(process) && view.within.is_none(),
        };
        self.views.iter().filter(|(_, view)| shows(view)).min_by_key(|(id, view)| (view.order, *id)).map(|(id, _)| id)
    }

    /// The sub-flow whose inside a view shows, and the view one level up: one that shows the sub-flow, if there is any.
    pub fn view_above(&self, view: ViewId) -> Option<(StepId, Option<ViewId>)> {
        let step = self.views.get(view)?.within?;
        let record = self.steps.get(step)?;
        let above = |view: &View| view.process() == Some(record.process) && view.within == record.parent;
        let mut candidates: Vec<_> =
            self.views.iter().filter(|(_, view)| above(view)).map(|(id, view)| (view.order, id)).collect();
        candidates.sort_unstable();
        let shown = candidates.iter().find(|(_, id)| self.placement_of(*id, step.into()).is_some());
        Some((step, shown.or_else(|| candidates.first()).map(|(_, id)| *id)))
    }

    /// Nodes inside a sub-flow, however deep, with the events on their borders: events, steps, gateways.
    pub fn nodes_inside(&self, step: StepId) -> Vec<FlowNode> {
        let Some(record) = self.steps.get(step) else { return Vec::new() };
        self.nodes_of(record.process).into_iter().filter(|node| self.stands_inside(*node, step)).collect()
    }

    /// How many boxes a view shows.
    pub fn boxes_in(&self, view: ViewId) -> usize {
        let is_box = |placement: &Placement| !matches!(placement.element, ElementRef::Flow(_) | ElementRef::Link(_));
        self.placements_in(view).filter(|(_, placement)| is_box(placement)).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn views_of_insides_lie_below_those_that_show_their_step() {
        let mut document = Document::default();
        let [refund, ship] = ["Refund", "Ship"].map(|name| document.insert(Process::new(name)));
        let outer = document.insert(Step { kind: StepKind::SubFlow, ..Step::new(refund, "Check") });
        let inner = document.insert(Step { kind: StepKind::SubFlow, parent: Some(outer), ..Step::new(refund, "Look") });
        let leaf = document.insert(Step { parent: Some(inner), ..Step::new(refund, "Open the parcel") });
        let call = document.insert(Step { kind: StepKind::Call, calls: Some(ship), ..Step::new(refund, "Send") });
        let whole = |process| ViewKind::Process { process, lanes: Vec::new(), direction: FlowDirection::default() };
        let [first, second, of_ship] =
            [refund, refund, ship].map(|process| document.insert(View::new("View", whole(process))));
        let of_outer = document.insert(View::inside("Check", refund, outer));
        let of_inner = document.insert(View::inside("Look", refund, inner));
        document.insert(Placement::unplaced(second, outer.into()));
        assert_eq!(document.inside_of(call), Some(Inside::Called(ship)));
        assert_eq!(document.inside_of(leaf), None);
        assert_eq!(document.view_of_inside(Inside::Called(ship)), Some(of_ship));
        assert_eq!(document.view_of_inside(Inside::SubFlow(inner)), Some(of_inner));
        assert_eq!(document.view_above(of_inner), Some((inner, Some(of_outer))));
        assert_eq!(document.view_above(of_outer), Some((outer, Some(second))), "the one that shows it");
        assert_eq!(document.view_above(first), None);
        assert_eq!(document.nodes_inside(outer), [FlowNode::Step(inner), FlowNode::Step(leaf)]);
    }
}
