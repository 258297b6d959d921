//! Limits that nobody has looked at for long.

use super::rows::{rows, with_tiers};
use super::{Meta, Threshold, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-20",
    title: "Limit is old",
    severity: Severity::Low,
    why: "Prices move; a limit that nobody has looked at for years binds more cases each year.",
    wrong: "Up to 200 EUR, set in 2019",
    right: "Up to 250 EUR, looked at this year",
    formula: "months since the limit was last looked at > months; needs the present day and the day of the \
              limit",
    source: Source::Ours(" prices"),
    thresholds: &[Threshold {
        name: "months",
        default: 24.0,
        unit: "months",
        meaning: "older limits are reported",
        source: Source::Ours("two years of prices"),
    }],
    remedies: &["Look at it: is the amount still right?"],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(today) = context.settings.today else { return };
    let most = sink.threshold("months");
    for row in rows(context) {
        for held in context.index.rights_with(row.subject(), Duty::Decide) {
            let months = |tier: &Tier| {
                let set = tier.set_on?;
                Some(
                    f64::from((today.year() - set.year()) * 12) + f64::from(today.month() - set.month())
                        - f64::from(u8::from(today.day() < set.day())),
                )
            };
            let old = |tier: &&Tier| tier.up_to.is_some() && months(tier).is_some_and(|months| months > most);
            let Some(tier) = held.right.tiers.iter().find(old) else { continue };
            let (Some(age), Some(day)) = (months(tier), tier.set_on) else { continue };
            let name = context.name(held.right.holder);
            let label = format!("Mark the limits of {name} on {} as looked at today", row_name(context, row.subject()));
            let fix = with_tiers(context, held.id, label, |tiers| {
                for tier in tiers.iter_mut().filter(|tier| tier.set_on.is_some()) {
                    tier.set_on = Some(today);
                }
            });
            sink.report(
                Finding::new(format!(
                    "{tier} of {name} on {} has stood since {day}.",
                    row_name(context, row.subject())
                ))
                .about([row.id])
                .about([held.right.holder])
                .formula(format!("{age} months > {}", words::number(most)))
                .number("months", age)
                .remedy_with("Look at it; if it is still right, say so.", fix),
            );
        }
    }
}
