//! In whose lane a node stands, and where the lanes lie.
//!
//! A step stands in the lane of its performer. What names nobody stands where the step or sub-flow around it stands;
//! gateways and events that still have none, where the case comes from, else where it goes, so that a flow needs no
//! performer for each of its diamonds.

use rustc_hash::FxHashMap;

use super::measures::{COLLAPSED_LANE, LANE_HEADER, LANE_HEIGHT};
use crate::model::*;

/// The lane of each node of a process; none for what nobody performs.
pub fn lane_of_nodes(document: &Document, process: ProcessId) -> FxHashMap<FlowNode, Option<Actor>> {
    lanes_of(document, document.nodes_of(process))
}

/// The lane of each node of the processes that these nodes belong to.
pub(crate) fn lane_of_shown(
    document: &Document,
    shown: impl Iterator<Item = FlowNode>,
) -> FxHashMap<FlowNode, Option<Actor>> {
    let mut processes: Vec<ProcessId> = shown.filter_map(|node| document.process_of(node)).collect();
    processes.sort_unstable();
    processes.dedup();
    let nodes = processes.into_iter().flat_map(|process| document.nodes_of(process)).collect();
    lanes_of(document, nodes)
}

fn lanes_of(document: &Document, nodes: Vec<FlowNode>) -> FxHashMap<FlowNode, Option<Actor>> {
    let mut lanes: FxHashMap<FlowNode, Option<Actor>> =
        nodes.iter().map(|node| (*node, performer_around(document, *node))).collect();
    let mut open: Vec<FlowNode> =
        nodes.into_iter().filter(|node| !matches!(node, FlowNode::Step(_)) && lanes.get(node) == Some(&None)).collect();
    if open.is_empty() {
        return lanes;
    }
    let mut before: FxHashMap<FlowNode, Vec<FlowNode>> = FxHashMap::default();
    let mut after: FxHashMap<FlowNode, Vec<FlowNode>> = FxHashMap::default();
    let known = |flow: &Flow| lanes.contains_key(&flow.from) && lanes.contains_key(&flow.to);
    for (_, flow) in document.flows().iter().filter(|(_, flow)| known(flow)) {
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

/// The step that a node stands on the border of, else the sub-flow that it stands in.
pub(crate) fn step_around(document: &Document, node: FlowNode) -> Option<StepId> {
    match node {
        FlowNode::Step(id) => document.get::<Step>(id)?.parent,
        FlowNode::Gateway(id) => document.get::<Gateway>(id)?.parent,
        FlowNode::Event(id) => {
            let event = document.get::<Event>(id)?;
            event.attached.or(event.parent)
        }
    }
}

/// Who performs a node: its own performer, else that of the step it stands on, else of the sub-flows around it.
fn performer_around(document: &Document, node: FlowNode) -> Option<Actor> {
    let mut at = node;
    for _ in 0..=document.steps().len() {
        match (document.performer_of(at), step_around(document, at)) {
            (Some(actor), _) => return Some(actor),
            (None, Some(step)) => at = FlowNode::Step(step),
            (None, None) => return None,
        }
    }
    None
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

/// The lanes with measures that can be drawn. Frames count only where every lane has one.
pub(crate) fn sound(lanes: &[Lane]) -> Vec<Lane> {
    const FARTHEST: f64 = 1.0e6;
    let is_sound = |area: Area| {
        let numbers = [area.x, area.y, area.width, area.height];
        numbers.iter().all(|number| number.abs() < FARTHEST) && area.width > 0.0 && area.height > 0.0
    };
    let is_drawn = lanes.iter().all(|lane| lane.frame.is_some_and(is_sound));
    let measure = |lane: &Lane| Lane {
        extent: match lane.extent.is_finite() {
            true => lane.extent.clamp(f64::from(COLLAPSED_LANE), 20_000.0),
            false => f64::from(LANE_HEIGHT),
        },
        gap: if lane.gap.is_finite() { lane.gap.clamp(0.0, 2_000.0) } else { 0.0 },
        frame: lane.frame.filter(|_| is_drawn),
        ..*lane
    };
    lanes.iter().map(measure).collect()
}

/// Width of all headers at the beginning of stacked lanes: one strip for each depth.
pub(crate) fn headers_width(lanes: &[Lane]) -> f32 {
    let depth = lanes.iter().map(|lane| lane.depth).max();
    depth.map_or(0.0, |depth| (f32::from(depth) + 1.0) * LANE_HEADER)
}

/// Whether an enclosing lane is folded, so that nothing of a lane is shown.
pub(crate) fn is_hidden(lanes: &[Lane], index: usize) -> bool {
    let Some(lane) = lanes.get(index) else { return false };
    let mut depth = lane.depth;
    for above in lanes.iter().take(index).rev() {
        if above.depth < depth {
            if above.collapsed {
                return true;
            }
            depth = above.depth;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn what_stands_in_a_sub_flow_or_on_a_step_stands_in_its_lane() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let other = document.insert(Process::new("Pay"));
        let role = Some(Actor::Role(document.insert(Role::new("Assistant"))));
        let around = document.insert(Step { performer: role, kind: StepKind::SubFlow, ..Step::new(process, "Handle") });
        let inside = document.insert(Step { parent: Some(around), ..Step::new(process, "Check") });
        let event = Event::new(process, EventKind::Intermediate, "Late");
        let attached = document.insert(Event { attached: Some(inside), parent: Some(around), ..event });
        let foreign = document.insert(Step { performer: role, ..Step::new(other, "Pay out") });
        let nodes = [FlowNode::Step(inside), FlowNode::Event(attached), FlowNode::Step(foreign)];
        let lanes = lane_of_shown(&document, nodes.into_iter());
        assert_eq!(nodes.map(|node| lanes[&node]), [role; 3]);
    }

    #[test]
    fn lanes_of_a_folded_one_are_hidden() {
        let lane = |depth, collapsed| Lane { depth, collapsed, ..Lane::new(None) };
        let lanes = [lane(0, false), lane(1, true), lane(2, false), lane(1, false), lane(0, true), lane(1, false)];
        let hidden: Vec<bool> = (0..lanes.len()).map(|index| is_hidden(&lanes, index)).collect();
        assert_eq!(hidden, [false, false, true, false, false, true]);
        assert_eq!(headers_width(&lanes), 3.0 * LANE_HEADER);
        let bands = lane_bands(&lanes, FlowDirection::LeftToRight);
        assert_eq!(bands, [(0.0, 156.0), (0.0, 36.0), (36.0, 36.0), (36.0, 156.0), (156.0, 192.0), (192.0, 192.0)]);
    }
}
