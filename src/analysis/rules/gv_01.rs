//! Members of a weighted body who never change the outcome.

use super::Meta;
use crate::analysis::figures::power::Vote;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GV-01",
    title: "Vote that never counts",
    severity: Severity::Medium,
    why: "A member whose vote can never change the outcome is a guest who does not know it.",
    wrong: "Votes 30, 30, 30, 10, quota 60: the last never counts",
    right: "each member decides some vote",
    formula: "members of a weighted body with a weight > 0 and Banzhaf’s index 0 (share of the coalitions that \
              a member makes win)",
    source: Source::Literature("Banzhaf’s index of power"),
    thresholds: &[],
    remedies: &["Change the weights or the quota."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (id, body) in context.document.bodies().iter() {
        if body.method != Some(Method::Weighted) {
            continue;
        }
        let Some(vote) = Vote::of_all(body).filter(Vote::can_win) else { continue };
        let Some(power) = vote.power() else { continue };
        let idle: Vec<Actor> = body
            .members
            .iter()
            .zip(&power.swings)
            .filter(|(member, swings)| member.weight > Amount::ZERO && **swings == 0)
            .map(|(member, _)| member.actor)
            .collect();
        if idle.is_empty() {
            continue;
        }
        let names = words::named_list(context.document, idle.iter().copied());
        sink.report(
            Finding::new(format!("{names} can never change a vote of {}.", context.name(id)))
                .about([id])
                .about(idle.iter().copied())
                .formula(format!("swings of {names} = 0 of {}", power.swings.iter().sum::<u128>()))
                .number("members", idle.len() as f64)
                .remedy("Change the weights or the quota, or say that they only advise."),
        );
    }
}
