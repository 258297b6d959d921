//! Roles that spend much of their time on cases that others may not decide.

use super::Meta;
use super::flows::{desk_minutes, ours};
use crate::analysis::figures::exposure;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "BN-08",
    title: "Busy with escalations",
    severity: Severity::Medium,
    why: "Cases above the limits of others come up one by one; a limit that is too low fills the desk above.",
    wrong: "14 of 60 refunds a week come up to the owner, 30 minutes each: 7 of her 24 hours",
    right: "The shops decide up to 500 EUR: 4 refunds come up",
    formula: "Σ cases a week × P(lower bound < amount ≤ upper bound) × minutes over the limits of a role that begin above \
              those of others ÷ its minutes a week > share",
    source: Source::Ours("limits and the spread of amounts; the same arithmetic as the what-if of a limit"),
    thresholds: &[ours("share", 0.25, "of the time", "above it is reported", "a quarter of a desk")],
    remedies: &["Raise the limit below.", "Look at the amounts: where do most of them lie?"],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut minutes_of: Vec<Vec<(DecisionId, f64)>> = vec![Vec::new(); context.document.roles().next_index() as usize];
    for (count, (id, record)) in context.document.decisions().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        if record.work.is_none() {
            continue;
        }
        let Ok((parts, _)) = exposure(context.document, &context.index, id) else { continue };
        for part in parts {
            let Some(right) = context.document.rights().get(part.right) else { continue };
            let above = part.tier.and_then(|place| right.tiers.get(place)).and_then(|tier| tier.above);
            let (Actor::Role(role), Some(minutes)) = (right.holder, part.minutes) else { continue };
            if above.is_some_and(|above| above > Amount::ZERO)
                && let Some(list) = minutes_of.get_mut(role.index() as usize)
            {
                list.push((id, minutes));
            }
        }
    }
    for (role, mut decisions) in context.document.roles().ids().zip(roles_in_order(context, minutes_of)) {
        let sum: f64 = decisions.iter().map(|(_, minutes)| minutes).sum();
        let Some((_, capacity, _)) = desk_minutes(context, context.index.desk_of(Actor::Role(role))) else { continue };
        if sum <= 0.0 || sum / capacity <= sink.threshold("share") {
            continue;
        }
        decisions.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let name = context.name(role);
        let rows = words::quoted_list(context.document, decisions.iter().map(|(id, _)| *id));
        sink.report(
            Finding::new(format!(
                "{name} spends {} hours a week, {} of the time there is, on cases above the limits of others: {rows}.",
                words::number(sum / 60.0),
                words::percent(sum / capacity)
            ))
            .about([ElementRef::from(role)])
            .about(decisions.iter().map(|(id, _)| *id))
            .formula(format!(
                "{} min ÷ {} min = {}",
                words::number(sum),
                words::number(capacity),
                words::number(sum / capacity)
            ))
            .number("minutes_per_week", sum)
            .number("share", sum / capacity)
            .costs_hours_per_week(sum / 60.0)
            .remedy(format!(
                "Raise the limits below {name}, beginning with {}.",
                decisions.first().map_or_else(String::new, |(id, _)| context.quoted(*id))
            )),
        );
    }
}

fn roles_in_order(context: &Context<'_>, mut minutes_of: Vec<Vec<(DecisionId, f64)>>) -> Vec<Vec<(DecisionId, f64)>> {
    let take = |id: RoleId| minutes_of.get_mut(id.index() as usize).map(std::mem::take).unwrap_or_default();
    context.document.roles().ids().map(take).collect()
}
