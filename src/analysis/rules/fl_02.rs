//! Parts of a process that no arrow joins to the rest.

use rustc_hash::FxHashMap;

use super::Meta;
use crate::analysis::ways::Scope;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-02",
    title: "Not connected",
    severity: Severity::Medium,
    why: "What no arrow leads to or from is in the picture but not in the flow: nobody knows when it happens.",
    wrong: "Receive order → Pack parcel; Print invoice stands alone",
    right: "Receive order → Pack parcel → Print invoice",
    formula: "parts of a process, or of the inside of one of its sub-flows, that are joined by flows, directions aside: \
              more than 1. The largest part (the first of several) is taken for the process; each other part is a \
              finding, unless it has a start of its own or is set off by an event. Events on borders and steps that \
              take something back belong to their step, ad-hoc sub-flows need no arrows",
    source: Source::Literature("bpmnlint: no disconnected elements"),
    thresholds: &[],
    remedies: &["Draw the arrow that is missing.", "Take the element out, or move it to the process it belongs to."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.processes().ids(), check_process);
}

fn check_process(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &id: &ProcessId) {
    let Some(process) = context.document.processes().get(id) else { return };
    for scope in Scope::all(context.document, &context.index, id) {
        check_scope(context, sink, id, process.criticality, &scope);
    }
}

fn check_scope(context: &Context<'_>, sink: &mut Sink<'_>, id: ProcessId, criticality: Option<u8>, scope: &Scope) {
    let of = |around: StepId| context.document.steps().get(around).map(|step| step.kind);
    // What has no order needs no arrows.
    if scope.around.and_then(of) == Some(StepKind::AdHoc) {
        return;
    }
    let all = parts(context, scope);
    let main = main_part(&all);
    let parts: Vec<&Vec<FlowNode>> = all
        .iter()
        .enumerate()
        .filter(|(index, part)| Some(*index) == main || !begins_by_itself(context, part))
        .map(|(_, part)| part)
        .collect();
    if parts.len() < 2 {
        return;
    }
    let whole = scope.around.map_or(ElementRef::from(id), ElementRef::from);
    let nodes: Vec<FlowNode> = parts.iter().flat_map(|part| part.iter().copied()).collect();
    let finding = |message: String, evidence: &[FlowNode]| {
        Finding::new(message)
            .about([whole])
            .about(evidence.iter().copied())
            .formula(format!("parts = {}, 1 expected", parts.len()))
            .number("parts", parts.len() as f64)
            .number("elements", evidence.len() as f64)
            .criticality(criticality)
    };
    if parts.len() == nodes.len() {
        let message = format!("None of the {} elements of {} are connected.", nodes.len(), context.quoted(whole));
        sink.report(finding(message, &nodes).remedy("Draw arrows in the order in which the work is done."));
        return;
    }
    let main = main.and_then(|main| all.get(main));
    for part in parts.iter().copied().filter(|part| Some(*part) != main) {
        let names = words::quoted_list(context.document, part.iter().copied());
        let verb = if part.len() == 1 { "is" } else { "are" };
        let message = format!("{names} {verb} not connected to the rest of {}.", context.quoted(whole));
        let remedies = finding(message, part)
            .remedy(format!("Draw the arrow that leads to {names}."))
            .remedy("Take it out, or move it to the process it belongs to.");
        sink.report(remedies);
    }
}

/// The largest part, the first of several.
fn main_part(parts: &[Vec<FlowNode>]) -> Option<usize> {
    let longest = parts.iter().map(Vec::len).max().unwrap_or(0);
    parts.iter().position(|part| part.len() == longest)
}

/// Whether a part says by itself when it happens: it has a start of its own and more than that, or an event sets it off.
fn begins_by_itself(context: &Context<'_>, part: &[FlowNode]) -> bool {
    let is_event_flow = |node: &FlowNode| {
        matches!(node, FlowNode::Step(id)
            if context.document.steps().get(*id).is_some_and(|step| step.kind == StepKind::EventSubFlow))
    };
    let is_start = |node: &FlowNode| {
        matches!(node, FlowNode::Event(id)
            if context.document.events().get(*id).is_some_and(|event| event.kind == EventKind::Start))
    };
    part.iter().any(is_event_flow) || (part.len() > 1 && part.iter().any(is_start))
}

/// The parts of a scope that are joined by its ways, borders and lines to what takes something back, each in the order of
/// its nodes, ordered by their first node.
fn parts(context: &Context<'_>, scope: &Scope) -> Vec<Vec<FlowNode>> {
    let nodes = scope.nodes.as_slice();
    let places: FxHashMap<FlowNode, usize> = nodes.iter().enumerate().map(|(place, node)| (*node, place)).collect();
    let mut leaders: Vec<usize> = (0..nodes.len()).collect();
    let ways = scope.ways.iter().map(|way| (way.from, way.to));
    let borders = nodes.iter().filter_map(|node| Some((*node, FlowNode::Step(context.document.host_of(*node)?))));
    let lines = nodes.iter().flat_map(|node| context.index.associated(*node).iter().map(|other| (*node, *other)));
    for (from, to) in ways.chain(borders).chain(lines) {
        if let (Some(from), Some(to)) = (places.get(&from), places.get(&to)) {
            let (from, to) = (leader(&mut leaders, *from), leader(&mut leaders, *to));
            if let Some(slot) = leaders.get_mut(from.max(to)) {
                *slot = from.min(to);
            }
        }
    }
    let mut parts: Vec<Vec<FlowNode>> = Vec::new();
    let mut part_of: FxHashMap<usize, usize> = FxHashMap::default();
    for (place, node) in nodes.iter().enumerate() {
        let part = *part_of.entry(leader(&mut leaders, place)).or_insert_with(|| {
            parts.push(Vec::new());
            parts.len() - 1
        });
        if let Some(part) = parts.get_mut(part) {
            part.push(*node);
        }
    }
    parts
}

/// The smallest place joined to a place so far; halves the path to it.
fn leader(leaders: &mut [usize], mut place: usize) -> usize {
    while let Some(next) = leaders.get(place).copied().filter(|next| *next != place) {
        let after = leaders.get(next).copied().unwrap_or(next);
        if let Some(slot) = leaders.get_mut(place) {
            *slot = after;
        }
        place = after;
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::findings;

    fn chain(document: &mut Document, process: ProcessId, names: &[&str]) -> Vec<StepId> {
        let steps: Vec<StepId> = names.iter().map(|name| document.insert(Step::new(process, *name))).collect();
        for pair in steps.windows(2) {
            document.insert(Flow::new(process, FlowNode::Step(pair[1]), FlowNode::Step(pair[0])));
        }
        steps
    }

    #[test]
    fn every_part_but_the_largest_is_found() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Order"));
        let alone = chain(&mut document, process, &["Print invoice"]);
        chain(&mut document, process, &["Receive order", "Pick", "Pack"]);
        let pair = chain(&mut document, process, &["Weigh", "Stamp"]);
        let found = findings("FL-02", &document);
        let messages: Vec<_> = found.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "“Print invoice” is not connected to the rest of “Order”.",
                "“Weigh” and “Stamp” are not connected to the rest of “Order”.",
            ]
        );
        assert_eq!(found[0].evidence, [process.into(), alone[0].into()]);
        assert_eq!(found[1].evidence, [process.into(), pair[0].into(), pair[1].into()]);
        assert_eq!(found[0].number_named("parts"), Some(3.0));
    }

    #[test]
    fn a_list_of_steps_is_one_finding() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Order"));
        for name in ["Pick", "Pack", "Send"] {
            document.insert(Step::new(process, name));
        }
        let found = findings("FL-02", &document);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].message, "None of the 3 elements of “Order” are connected.");
    }

    #[test]
    fn one_whole_flow_and_one_single_step_are_left_alone() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Order"));
        chain(&mut document, process, &["Pick", "Pack", "Send"]);
        let other = document.insert(Process::new("Hiring"));
        document.insert(Step::new(other, "Hire"));
        assert!(findings("FL-02", &document).is_empty());
    }
}
