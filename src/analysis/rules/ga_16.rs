//! Flows that a customer sets off and hears no more of.

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GA-16",
    title: "Customer hears nothing",
    severity: Severity::Low,
    why: "A customer who hears nothing calls, and the call costs more than the word would have.",
    wrong: "A complaint comes from the customer; nothing in the flow goes back",
    right: "The last event stands in the customer’s lane",
    formula: "processes with a start in the lane of a customer, or reached by a message from one, in which no other node stands in \
              such a lane, no message goes to one, and no step is a sending one",
    source: Source::Literature("service blueprint practice"),
    thresholds: &[],
    remedies: &["Draw what the customer gets to know, and when."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    let customer = |actor: Option<Actor>| match actor {
        Some(Actor::External(id)) => {
            document.externals().get(id).is_some_and(|one| one.kind == Some(ExternalKind::Customer)).then_some(id)
        }
        _ => None,
    };
    let of_end = |end: ElementRef| match (Actor::try_from(end), FlowNode::try_from(end)) {
        (Ok(actor), _) => customer(Some(actor)),
        (_, Ok(node)) => customer(document.performer_of(node)),
        _ => None,
    };
    let process_of = |end: ElementRef| FlowNode::try_from(end).ok().and_then(|node| document.process_of(node));
    let size = document.processes().next_index() as usize;
    let (mut asked, mut answered): (Vec<Option<ExternalId>>, Vec<bool>) = (vec![None; size], vec![false; size]);
    for (_, link) in document.links().iter().filter(|(_, link)| link.kind == LinkKind::Message) {
        if let (Some(who), Some(process)) = (of_end(link.from), process_of(link.to))
            && let Some(slot) = asked.get_mut(process.index() as usize)
        {
            *slot = slot.or(Some(who));
        }
        if let (Some(_), Some(process)) = (of_end(link.to), process_of(link.from))
            && let Some(slot) = answered.get_mut(process.index() as usize)
        {
            *slot = true;
        }
    }
    for (count, (id, process)) in document.processes().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let (mut who, mut hears) =
            (asked.get(id.index() as usize).copied().flatten(), answered.get(id.index() as usize) == Some(&true));
        for node in context.index.nodes_of(id) {
            let lane = match node {
                FlowNode::Step(step) => context.index.performer(*step),
                other => document.performer_of(*other),
            };
            let starts = matches!(node, FlowNode::Event(event) if document.events().get(*event).is_some_and(|event| event.kind == EventKind::Start));
            let sends = match node {
                FlowNode::Step(step) => document.steps().get(*step).is_some_and(|step| step.kind == StepKind::Send),
                FlowNode::Event(event) => document.events().get(*event).is_some_and(|event| {
                    event.trigger == EventTrigger::Message
                        && event.kind != EventKind::Start
                        && (event.throws || event.kind == EventKind::End)
                }),
                FlowNode::Gateway(_) => false,
            };
            match customer(lane) {
                Some(customer) if starts => who = who.or(Some(customer)),
                Some(_) => hears = true,
                None => hears |= sends,
            }
        }
        let Some(who) = who.filter(|_| !hears) else { continue };
        let (customer, name) = (context.name(who), context.quoted(id));
        sink.report(
            Finding::new(format!("{customer} set off {name}, and nothing in it tells them how it ends."))
                .about([ElementRef::from(id), ElementRef::from(who)])
                .formula("nodes and messages that reach the customer = 0")
                .number("messages", 0.0)
                .criticality(process.criticality)
                .remedy(format!("Draw the event or message by which {customer} get to know, and who sends it.")),
        );
    }
}
