//! Members without whom a body decides nothing.

use super::Meta;
use crate::analysis::figures::power::Vote;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GV-03",
    title: "Member with a veto",
    severity: Severity::Medium,
    why: "Who is needed for every majority can hold up everything, meant or not.",
    wrong: "Votes 50, 49, 1 of 100, quota 51: nothing passes without the first",
    right: "quota 50, or the veto is meant",
    formula: "members in every winning coalition of a body that votes (majority or weighted), where no member \
              decides alone > 0",
    source: Source::Literature("theory of voting games: veto players"),
    thresholds: &[],
    remedies: &["Lower the quota, or accept the veto."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (id, body) in context.document.bodies().iter() {
        if !matches!(body.method, Some(Method::Majority | Method::Weighted)) || body.members.len() < 2 {
            continue;
        }
        let Some(vote) = Vote::of_all(body).filter(Vote::can_win) else { continue };
        let vetoes: Vec<Actor> =
            vote.vetoes().iter().filter_map(|place| body.members.get(*place)).map(|member| member.actor).collect();
        let is_alone = vote.weights.iter().any(|votes| *votes >= vote.quota) && vetoes.len() == 1;
        if vetoes.is_empty() || is_alone {
            continue;
        }
        let names = words::named_list(context.document, vetoes.iter().copied());
        let power = vote.power();
        let index = power.and_then(|power| power.index.iter().copied().reduce(f64::max)).unwrap_or(0.0);
        sink.report(
            Finding::new(format!("{} decides nothing without {names}.", context.name(id)))
                .about([id])
                .about(vetoes.iter().copied())
                .formula(format!("members in every winning coalition = {}", vetoes.len()))
                .number("vetoes", vetoes.len() as f64)
                .number("largest_index", index)
                .remedy("Lower the quota, or write down that the veto is meant."),
        );
    }
}
