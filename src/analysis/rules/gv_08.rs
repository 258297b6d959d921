//! Bodies that approve what their own members propose.

use super::rows::rows;
use super::{Meta, Threshold, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GV-08",
    title: "The same people propose and approve",
    severity: Severity::Medium,
    why: "Who approves what they proposed themselves looks at it once.",
    wrong: "Four of five members of the board sit in the group that proposes",
    right: "two of five do",
    formula: "members of the approving body who are in the proposing body ÷ members of the approving body > \
              share",
    source: Source::Ours(" somebody new should look"),
    thresholds: &[Threshold {
        name: "share",
        default: 0.5,
        unit: "of the approving members",
        meaning: "more are reported",
        source: Source::Ours("a majority that has made up its mind"),
    }],
    remedies: &["Add an independent member."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let most = sink.threshold("share");
    let body_of = |actor: &Actor| match actor {
        Actor::Body(id) => context.document.bodies().get(*id).map(|body| (*id, body)),
        _ => None,
    };
    for row in rows(context) {
        let approving = row.holders(context, Duty::Decide);
        let proposing = row.holders(context, Duty::Prepare);
        for (id, body) in approving.iter().filter_map(body_of).filter(|(_, body)| !body.members.is_empty()) {
            for (other, proposer) in proposing.iter().filter_map(body_of) {
                let shared: Vec<Actor> = body
                    .members
                    .iter()
                    .filter(|member| other == id || proposer.members.iter().any(|one| one.actor == member.actor))
                    .map(|member| member.actor)
                    .collect();
                let share = shared.len() as f64 / body.members.len() as f64;
                if share <= most {
                    continue;
                }
                sink.report(
                    Finding::new(format!(
                        "{} of {} members of {}, which approves {}, also propose it.",
                        shared.len(),
                        body.members.len(),
                        context.name(id),
                        row_name(context, row.subject())
                    ))
                    .about([row.id])
                    .about([id, other])
                    .about(shared.iter().copied())
                    .formula(format!("{} ÷ {} = {}", shared.len(), body.members.len(), words::number(share)))
                    .number("share", share)
                    .number("shared", shared.len() as f64)
                    .remedy("Add an independent member to the approving body."),
                );
            }
        }
    }
}
