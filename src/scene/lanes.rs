//! In whose lane a node stands, and where the lanes lie.
//!
//! A step stands in the lane of its performer. Gateways and events that name nobody stand where the case comes from,
//! else where it goes, so that a flow needs no performer for each of its diamonds.

use rustc_hash::FxHashMap;

use super::measures::{COLLAPSED_LANE, LANE_HEIGHT};
use crate::layout::result::LaneExtent;
use crate::model::{Actor, Document, FlowNode, Lane, ProcessId};

/// The lane of each node of a process; none for what nobody performs.
pub fn lane_of_nodes(document: &Document, process: ProcessId) -> FxHashMap<FlowNode, Option<Actor>> {
    let nodes = document.nodes_of(process);
    let mut lanes: FxHashMap<FlowNode, Option<Actor>> =
        nodes.iter().map(|node| (*node, document.performer_of(*node))).collect();
    let mut open: Vec<FlowNode> =
        nodes.into_iter().filter(|node| !matches!(node, FlowNode::Step(_)) && lanes.get(node) == Some(&None)).collect();
    if open.is_empty() {
        return lanes;
    }
    let mut before: FxHashMap<FlowNode, Vec<FlowNode>> = FxHashMap::default();
    let mut after: FxHashMap<FlowNode, Vec<FlowNode>> = FxHashMap::default();
    for (_, flow) in document.flows_of(process) {
        before.entry(flow.to).or_default().push(flow.from);
        after.entry(flow.from).or_default().push(flow.to);
    }
    loop {
        let count = open.len();
        for neighbours in [&before, &after] {
            open.retain(|node| {
                let near = neighbours.get(node).into_iter().flatten();
                let found = near.filter_map(|other| lanes.get(other).copied().flatten()).next();
                if let Some(actor) = found {
                    lanes.insert(*node, Some(actor));
                }
                found.is_none()
            });
        }
        if open.len() == count {
            return lanes;
        }
    }
}

/// The lanes of a view and, behind them, one for each actor of `needed` that has none yet, nobody last.
///
/// A flow that nobody performs at all has no lanes.
pub(crate) fn complete_lanes(lanes: &[Lane], needed: impl Iterator<Item = Option<Actor>>) -> Vec<Lane> {
    let mut all = lanes.to_vec();
    let mut nobody = false;
    for actor in needed {
        if all.iter().any(|lane| lane.actor == actor) {
            continue;
        }
        match actor {
            Some(_) => all.push(Lane { extent: f64::from(LANE_HEIGHT), ..Lane::new(actor) }),
            None => nobody = true,
        }
    }
    if nobody && !all.is_empty() {
        all.push(Lane { extent: f64::from(LANE_HEIGHT), ..Lane::new(None) });
    }
    all
}

/// How far each lane reaches, the first from y 0.
pub(crate) fn extents(lanes: &[Lane]) -> Vec<LaneExtent> {
    let mut offset = 0.0;
    let extent_of = |lane: &Lane| {
        let extent = match lane.collapsed {
            true => f64::from(COLLAPSED_LANE),
            false if lane.extent.is_finite() => lane.extent.clamp(f64::from(COLLAPSED_LANE), 20_000.0),
            false => f64::from(LANE_HEIGHT),
        };
        let found = LaneExtent { offset, extent };
        offset += extent;
        found
    };
    lanes.iter().map(extent_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::*;

    #[test]
    fn gateways_and_events_stand_where_the_case_comes_from() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let role = Some(Actor::Role(document.insert(Role::new("Assistant"))));
        let start = document.insert(Event::new(process, EventKind::Start, ""));
        let step = document.insert(Step { performer: role, ..Step::new(process, "Check") });
        let gateway = document.insert(Gateway::new(process, GatewayKind::Exclusive, ""));
        let lonely = document.insert(Event::new(process, EventKind::End, ""));
        let idle = document.insert(Step::new(process, "Wonder"));
        for (from, to) in
            [(FlowNode::Event(start), FlowNode::Step(step)), (FlowNode::Step(step), FlowNode::Gateway(gateway))]
        {
            document.insert(Flow::new(process, from, to));
        }
        let lanes = lane_of_nodes(&document, process);
        assert_eq!(lanes[&FlowNode::Event(start)], role);
        assert_eq!(lanes[&FlowNode::Gateway(gateway)], role);
        assert_eq!(lanes[&FlowNode::Event(lonely)], None);
        assert_eq!(lanes[&FlowNode::Step(idle)], None);
        let all = complete_lanes(&[], [None, role, None].into_iter());
        assert_eq!(all.iter().map(|lane| lane.actor).collect::<Vec<_>>(), [role, None]);
        assert!(complete_lanes(&[], [None].into_iter()).is_empty());
    }
}
