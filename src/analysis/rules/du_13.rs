//! Parties who are told the same thing twice.

use std::collections::BTreeMap;

use super::Meta;
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "DU-13",
    title: "Told twice",
    severity: Severity::Low,
    why: "Who is told everything twice reads neither.",
    wrong: "“Ship the parcel” sends the customer a mail and a text message",
    right: "One message with the number of the parcel",
    formula: "messages from one step or event to one party, its whole lane or one of its nodes, ≥ 2",
    source: Source::Literature("Lean: over-processing"),
    thresholds: &[],
    remedies: &["Keep one channel."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    let mut told: BTreeMap<(FlowNode, Actor), Vec<LinkId>> = BTreeMap::new();
    for (count, (id, link)) in document.links().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let party = match (Actor::try_from(link.to), FlowNode::try_from(link.to)) {
            (Ok(actor), _) => Some(actor),
            (_, Ok(node)) => document.performer_of(node),
            _ => None,
        };
        if let (LinkKind::Message, Ok(node), Some(party)) = (link.kind, FlowNode::try_from(link.from), party) {
            told.entry((node, party)).or_default().push(id);
        }
    }
    for ((node, party), links) in told.into_iter().filter(|(_, links)| links.len() > 1).collect::<Vec<_>>() {
        let (name, who) = (context.quoted(node), context.name(party));
        sink.report(
            Finding::new(format!("{name} sends {who} {} messages.", links.len()))
                .about([ElementRef::from(node), ElementRef::from(party)])
                .about(links.iter().copied())
                .formula(format!("messages = {}", links.len()))
                .number("messages", links.len() as f64)
                .remedy(format!("Send {who} one message that says it all, by one channel.")),
        );
    }
}
