//! Steps that nobody performs.

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GA-02",
    title: "Step without performer",
    severity: Severity::High,
    why: "A step that belongs to nobody is left lying, or done twice. Its work is on no desk, so no load is counted.",
    wrong: "“Print label” stands in no lane",
    right: "“Print label” stands in the lane of Packer",
    formula: "performers of a step = 0; a system that only supports the step does not count. A step inside a sub-flow \
              is performed by who performs that; services, scripts and business rules run without a role, sub-flows \
              and calls are performed by who performs the steps inside and the process called. Where a process of two \
              steps or more names no performer at all, that is one finding",
    source: Source::Literature("practice of process modelling (BPMN): every activity stands in a lane"),
    thresholds: &[],
    remedies: &["Put the step into the lane of the role, or the system, that performs it."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut unassigned = Vec::new();
    for (process, criticality, work) in unassigned_processes(context) {
        let (count, name) = (work.len(), context.quoted(process));
        let finding = Finding::new(format!("Nobody performs any of the {count} steps of {name}."))
            .about([ElementRef::from(process)])
            .about(work)
            .formula(format!("performers = 0 in {count} steps, exactly 1 needed in each"))
            .number("performers", 0.0)
            .number("steps", count as f64)
            .criticality(criticality)
            .remedy("Draw a lane for each role, or system, that performs steps, and put them into it.");
        sink.report(finding);
        unassigned.push(process);
    }
    for (count, (id, step)) in context.document.steps().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        if context.index.performer(id).is_some()
            || performs_itself(context, id, step)
            || unassigned.binary_search(&step.process).is_ok()
        {
            continue;
        }
        let mut message = format!("Nobody performs {} in {}.", context.quoted(id), context.quoted(step.process));
        if let Some(system) = step.system {
            message += &format!(" {} supports it, but performs nothing.", context.name(system));
        }
        let mut finding = Finding::new(message)
            .about([id])
            .formula("performers = 0, exactly 1 needed")
            .number("performers", 0.0)
            .criticality(context.criticality(step.process));
        let neighbours = neighbours(context, id);
        finding = match neighbours.as_slice() {
            [] => finding.remedy("Name the role that performs it."),
            some => finding.remedy(format!(
                "Put it into the lane of the role that performs it; the steps next to it belong to {}.",
                words::named_list(context.document, some.iter().copied())
            )),
        };
        if let Some(system) = step.system {
            finding = finding.remedy(format!("If {} does it alone, make it the performer.", context.name(system)));
        }
        sink.report(finding);
    }
}

/// Whether a step needs no performer of its own.
fn performs_itself(context: &Context<'_>, id: StepId, step: &Step) -> bool {
    step.kind.is_automatic() || step.calls.is_some() || !context.index.inside(id).is_empty()
}

/// Processes of several steps in which nobody performs anything, in order, each with one finding.
fn unassigned_processes(context: &Context<'_>) -> Vec<(ProcessId, Option<u8>, Vec<StepId>)> {
    let mut found = Vec::new();
    for (id, process) in context.document.processes().iter() {
        let steps = context.index.steps_of(id);
        let work: Vec<StepId> = steps
            .iter()
            .copied()
            .filter(|step| {
                let record = context.document.steps().get(*step);
                record.is_some_and(|record| !performs_itself(context, *step, record))
            })
            .collect();
        let nobody = steps.iter().all(|step| context.index.performer(*step).is_none());
        if nobody && work.len() >= 2 {
            found.push((id, process.criticality, work));
        }
    }
    found
}

/// Who performs the nodes right before and after a step, each named once.
fn neighbours(context: &Context<'_>, step: StepId) -> Vec<Actor> {
    let node = FlowNode::Step(step);
    let flow = |id: &FlowId| context.document.flows().get(*id);
    let before = context.index.flows_in(node).iter().filter_map(flow).map(|flow| flow.from);
    let after = context.index.flows_out(node).iter().filter_map(flow).map(|flow| flow.to);
    let mut actors: Vec<Actor> = Vec::new();
    let performer = |node: FlowNode| match node {
        FlowNode::Step(step) => context.index.performer(step),
        other => context.document.performer_of(other),
    };
    for actor in before.chain(after).filter_map(performer) {
        if !actors.contains(&actor) {
            actors.push(actor);
        }
    }
    actors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::findings;

    #[test]
    fn a_step_in_no_lane_is_found_and_its_neighbours_are_named() {
        let mut document = Document::default();
        let packer = Some(Actor::Role(document.insert(Role::new("Packer"))));
        let printer = document.insert(System::new("Printer"));
        let process = document.insert(Process { criticality: Some(5), ..Process::new("Order") });
        let pack = document.insert(Step { performer: packer, ..Step::new(process, "Pack parcel") });
        let print = document.insert(Step { system: Some(printer), ..Step::new(process, "Print label") });
        document.insert(Flow::new(process, FlowNode::Step(pack), FlowNode::Step(print)));
        let found = findings("GA-02", &document);
        let [finding] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(finding.evidence, [print.into()]);
        assert_eq!(
            finding.message,
            "Nobody performs “Print label” in “Order”. Printer supports it, but performs nothing."
        );
        assert!(finding.remedies.first().unwrap().text.ends_with("belong to Packer."));
    }

    #[test]
    fn a_system_may_perform_a_step() {
        let mut document = Document::default();
        let till = document.insert(System::new("Till"));
        let process = document.insert(Process::new("Sale"));
        document.insert(Step { performer: Some(Actor::System(till)), ..Step::new(process, "Add up") });
        assert!(findings("GA-02", &document).is_empty());
    }
}
