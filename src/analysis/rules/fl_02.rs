//! Parts of a process that no arrow joins to the rest.

use rustc_hash::FxHashMap;

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-02",
    title: "Not connected",
    severity: Severity::Medium,
    why: "What no arrow leads to or from is in the picture but not in the flow: nobody knows when it happens.",
    wrong: "Receive order → Pack parcel; Print invoice stands alone",
    right: "Receive order → Pack parcel → Print invoice",
    formula: "parts of a process that are joined by flows, directions aside: more than 1. The largest part (the first \
              of several) is taken for the process; each other part is a finding",
    source: Source::Literature("bpmnlint: no disconnected elements"),
    thresholds: &[],
    remedies: &["Draw the arrow that is missing.", "Take the element out, or move it to the process it belongs to."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (count, (id, process)) in context.document.processes().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let nodes = context.index.nodes_of(id);
        let parts = parts(context, id);
        if parts.len() < 2 {
            continue;
        }
        let finding = |message: String, evidence: &[FlowNode]| {
            Finding::new(message)
                .about([ElementRef::from(id)])
                .about(evidence.iter().copied())
                .formula(format!("parts = {}, 1 expected", parts.len()))
                .number("parts", parts.len() as f64)
                .number("elements", evidence.len() as f64)
                .criticality(process.criticality)
        };
        if parts.len() == nodes.len() {
            let message = format!("None of the {} elements of {} are connected.", nodes.len(), context.quoted(id));
            sink.report(finding(message, nodes).remedy("Draw arrows in the order in which the work is done."));
            continue;
        }
        let longest = parts.iter().map(Vec::len).max().unwrap_or(0);
        let main = parts.iter().position(|part| part.len() == longest);
        for (_, part) in parts.iter().enumerate().filter(|(index, _)| Some(*index) != main) {
            let names = words::quoted_list(context.document, part.iter().copied());
            let verb = if part.len() == 1 { "is" } else { "are" };
            let message = format!("{names} {verb} not connected to the rest of {}.", context.quoted(id));
            let remedies = finding(message, part)
                .remedy(format!("Draw the arrow that leads to {names}."))
                .remedy("Take it out, or move it to the process it belongs to.");
            sink.report(remedies);
        }
    }
}

/// The parts of a process that are joined by flows, each in the order of its nodes, ordered by their first node.
fn parts(context: &Context<'_>, process: ProcessId) -> Vec<Vec<FlowNode>> {
    let nodes = context.index.nodes_of(process);
    let places: FxHashMap<FlowNode, usize> = nodes.iter().enumerate().map(|(place, node)| (*node, place)).collect();
    let mut leaders: Vec<usize> = (0..nodes.len()).collect();
    for flow in context.index.flows_of(process) {
        let Some(flow) = context.document.flows().get(*flow) else { continue };
        if let (Some(from), Some(to)) = (places.get(&flow.from), places.get(&flow.to)) {
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
