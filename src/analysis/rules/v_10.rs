//! Owners of a process who decide nothing in it.

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "V-10",
    title: "Answers for it, decides nothing of it",
    severity: Severity::High,
    why: "Who answers for a process and decides nothing in it answers for others’ choices.",
    wrong: "Office clerk owns Purchase; its three decisions are taken elsewhere",
    right: "Office clerk decides orders up to 500 EUR",
    formula: "owners of a process with linked decisions of which neither they nor anybody who reports to them \
              decides one > 0",
    source: Source::Literature("parity of duty, right and means"),
    thresholds: &[],
    remedies: &["Give a deciding right, or move the ownership."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.processes().ids(), check_process);
}

fn check_process(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &id: &ProcessId) {
    let Some(process) = context.document.processes().get(id) else { return };
    let Some(owner) = process.owner else { return };
    let steps = context.index.steps_of(id).iter().flat_map(|step| context.index.decisions_of_step(*step));
    let gateways = context.index.nodes_of(id).iter().filter_map(|node| match node {
        FlowNode::Gateway(gateway) => Some(context.index.decisions_of_gateway(*gateway)),
        _ => None,
    });
    let mut linked: Vec<DecisionId> = steps.chain(gateways.flatten()).copied().collect();
    linked.sort_unstable();
    linked.dedup();
    let decides = |decision: &DecisionId| {
        context.index.rights_with(Subject::Decision(*decision), Duty::Decide).any(|held| {
            let own = context.index.people_of(Actor::Role(owner));
            let desk = context.index.people_of(held.right.holder);
            let below = matches!(held.right.holder, Actor::Role(role) if context.index.reports_to(role, owner));
            held.right.holder == Actor::Role(owner) || below || own.iter().any(|person| desk.contains(person))
        })
    };
    if linked.is_empty() || linked.iter().any(decides) {
        return;
    }
    let (name, label) = (context.name(owner), context.quoted(id));
    let rows = words::quoted_list(context.document, linked.iter().copied());
    sink.report(
        Finding::new(format!("{name} answers for {label} and decides nothing of it: {rows}."))
            .about([ElementRef::from(owner)])
            .about([id])
            .about(linked.iter().copied())
            .formula(format!("deciding rights of the owner = 0 of {}", linked.len()))
            .number("deciding_rights", 0.0)
            .number("decisions", linked.len() as f64)
            .remedy(format!("Let {name} decide one of them, perhaps up to a limit, or let a decider own the process.")),
    );
}
