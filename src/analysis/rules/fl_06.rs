//! Steps that no case reaches, and loops that no case leaves.

use super::Meta;
use crate::analysis::figures::linear::strong_parts;
use crate::analysis::ways::{Scope, is_set_off};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;
use rustc_hash::FxHashMap;

pub(super) const META: Meta = Meta {
    id: "FL-06",
    title: "Never reached, or never left",
    severity: Severity::High,
    why: "Work that no case comes to is never done; a loop without a way out keeps its cases for ever.",
    wrong: "Check → ask back → check, and no arrow leads out",
    right: "Check → in order? → no: ask back → check; yes: pay",
    formula: "in each flow, and inside each sub-flow: nodes of the part with the starts that no way from a start leads to; \
              circles that are reached, hold no end and have no way out that a case may take (its probability is not 0)",
    source: Source::Literature("soundness of workflow nets: no dead activities, option to complete (van der Aalst)"),
    thresholds: &[],
    remedies: &["Draw the arrow that is missing.", "Say under which condition the loop is left."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.processes().ids(), check_process);
}

fn check_process(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &process: &ProcessId) {
    let Some(record) = context.document.processes().get(process) else { return };
    for scope in Scope::all(context.document, &context.index, process) {
        check_scope(context, sink, &scope, record.criticality);
    }
}

fn check_scope(context: &Context<'_>, sink: &mut Sink<'_>, scope: &Scope, criticality: Option<u8>) {
    let document = context.document;
    let places: FxHashMap<FlowNode, usize> =
        scope.nodes.iter().enumerate().map(|(place, node)| (*node, place)).collect();
    let mut targets: Vec<Vec<usize>> = vec![Vec::new(); scope.nodes.len()];
    let mut neighbours = targets.clone();
    for way in &scope.ways {
        let (Some(from), Some(to)) = (places.get(&way.from), places.get(&way.to)) else { continue };
        let probability = way.flow().and_then(|flow| document.flows().get(flow)).and_then(|flow| flow.probability);
        if probability != Some(0.0) {
            targets[*from].push(*to);
        }
        neighbours[*from].push(*to);
        neighbours[*to].push(*from);
    }
    let place_of = |nodes: Vec<FlowNode>| nodes.iter().filter_map(|node| places.get(node).copied()).collect::<Vec<_>>();
    let starts = place_of(scope.starts(document));
    let set_off: Vec<usize> =
        (0..scope.nodes.len()).filter(|place| is_set_off(document, scope.nodes[*place])).collect();
    let reached = search(&targets, starts.iter().chain(&set_off).copied());
    // A part that nothing joins to a start is found by FL-02, and so is a flow without any start by FL-01.
    let joined = search(&neighbours, starts.iter().copied());
    let whole = scope.around.map_or(ElementRef::from(scope.process), ElementRef::from);
    let dead: Vec<FlowNode> = (0..scope.nodes.len())
        .filter(|place| joined[*place] && !reached[*place])
        .map(|place| scope.nodes[place])
        .filter(|node| !matches!(node, FlowNode::Gateway(_)))
        .collect();
    if !dead.is_empty() {
        let names = words::quoted_list(document, dead.iter().copied());
        sink.report(
            Finding::new(format!(
                "No case ever comes to {names} in {}: no arrow leads there from a start.",
                context.quoted(whole)
            ))
            .about(dead.iter().copied())
            .formula(format!("nodes that no way leads to = {}", dead.len()))
            .number("unreached", dead.len() as f64)
            .criticality(criticality)
            .remedy(format!("Draw the arrow that leads to {names}, or take it out.")),
        );
    }
    for part in strong_parts(scope.nodes.len(), &targets) {
        let circle = part.len() > 1 || part.iter().any(|place| targets[*place].contains(place));
        let leaves = part.iter().any(|place| {
            targets[*place].iter().any(|target| part.binary_search(target).is_err()) || neighbours[*place].is_empty()
        });
        if !circle || leaves || !reached[part[0]] {
            continue;
        }
        let nodes: Vec<FlowNode> = part.iter().map(|place| scope.nodes[*place]).collect();
        let steps: Vec<FlowNode> = nodes.iter().copied().filter(|node| matches!(node, FlowNode::Step(_))).collect();
        let shown = if steps.is_empty() { nodes.clone() } else { steps };
        sink.report(
            Finding::new(format!(
                "A case that comes to {} in {} never leaves it: no arrow leads out of the circle.",
                words::quoted_list(document, shown.iter().copied()),
                context.quoted(whole)
            ))
            .about(shown)
            .about(nodes.iter().copied())
            .formula(format!("ways out of a circle of {} = 0", nodes.len()))
            .number("nodes", nodes.len() as f64)
            .criticality(criticality)
            .remedy("Draw a gateway in the circle that says when a case is done, and an arrow out of it."),
        );
    }
}

fn search(targets: &[Vec<usize>], starts: impl Iterator<Item = usize>) -> Vec<bool> {
    let mut seen = vec![false; targets.len()];
    let mut open: Vec<usize> = starts.collect();
    while let Some(place) = open.pop() {
        if !std::mem::replace(&mut seen[place], true) {
            open.extend(&targets[place]);
        }
    }
    seen
}
