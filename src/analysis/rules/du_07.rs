//! Things that are written anew though they are there.

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "DU-07",
    title: "Keyed in twice",
    severity: Severity::Medium,
    why: "What is typed a second time is typed differently in one of a hundred cases, and found out much later.",
    wrong: "The order slip is written at the counter and typed into the order book",
    right: "It is entered once, where the customer stands",
    formula: "artefacts that ≥ 2 steps of one process make without needing them, one behind the other; or that a step takes over into \
              another system (an input and an output of it, its system not that of a step before that makes it)",
    source: Source::Literature("integral technology heuristic of redesign (Reijers, Liman Mansar)"),
    thresholds: &[],
    remedies: &["Enter it once, where it arises.", "Let the second system read it from the first."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    for (count, process) in document.processes().ids().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let mut makers: std::collections::BTreeMap<ArtefactId, Vec<StepId>> = std::collections::BTreeMap::new();
        for id in context.index.steps_of(process) {
            for output in document.steps().get(*id).into_iter().flat_map(|step| &step.outputs) {
                makers.entry(*output).or_default().push(*id);
            }
        }
        for (artefact, steps) in makers.into_iter().filter(|(_, steps)| steps.len() > 1) {
            let mut twice: Vec<StepId> = Vec::new();
            let needs = |id: StepId| document.steps().get(id).is_some_and(|step| step.inputs.contains(&artefact));
            let system = |id: StepId| document.steps().get(id).and_then(|step| step.system);
            for first in &steps {
                let reached = behind(context, *first);
                for second in steps.iter().filter(|second| *second != first && reached.contains(*second)) {
                    let anew = !needs(*first) && !needs(*second);
                    let over =
                        needs(*second) && system(*first).zip(system(*second)).is_some_and(|(one, other)| one != other);
                    if anew || over {
                        twice.extend([*first, *second]);
                    }
                }
            }
            twice.sort_unstable();
            twice.dedup();
            if twice.is_empty() {
                continue;
            }
            let name = context.quoted(artefact);
            sink.report(
                Finding::new(format!(
                    "{name} is made more than once in {}: in {}.",
                    context.quoted(process),
                    words::quoted_list(document, twice.iter().copied())
                ))
                .about([ElementRef::from(artefact)])
                .about(twice.iter().copied())
                .formula(format!("steps that make it = {}", twice.len()))
                .number("steps", twice.len() as f64)
                .criticality(context.criticality(process))
                .remedy(format!("Make {name} once, where it arises, and let the others read it.")),
            );
        }
    }
}

/// Steps that a case may come to behind a step.
fn behind(context: &Context<'_>, step: StepId) -> std::collections::BTreeSet<StepId> {
    let (mut seen, mut open, mut steps) =
        (std::collections::BTreeSet::new(), vec![FlowNode::Step(step)], std::collections::BTreeSet::new());
    while let Some(node) = open.pop() {
        for flow in context.index.flows_out(node).iter().filter_map(|flow| context.document.flows().get(*flow)) {
            if seen.insert(flow.to) {
                open.push(flow.to);
                if let FlowNode::Step(step) = flow.to {
                    steps.insert(step);
                }
            }
        }
    }
    steps
}
