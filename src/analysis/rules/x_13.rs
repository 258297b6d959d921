//! Limits that send cases up over several levels.

use super::rows::{role_of, rows};
use super::{Meta, Threshold, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "X-13",
    title: "Going up skips the line",
    severity: Severity::Low,
    why: "A case that jumps over the heads between leaves them out of what their people do.",
    wrong: "Clerk sends large refunds to Owner, over Shop lead and Area lead",
    right: "Clerk sends them to Shop lead",
    formula: "level of the holder − level of the role it goes up to − 1 ≥ levels",
    source: Source::Ours(" a jump should be meant"),
    thresholds: &[Threshold {
        name: "levels",
        default: 2.0,
        unit: "levels",
        meaning: "fewer are left alone",
        source: Source::Ours("one is a shortcut"),
    }],
    remedies: &["Confirm that it is meant, or let it go to the next level."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let levels = sink.threshold("levels");
    for row in rows(context) {
        for held in context.index.rights_with(row.subject(), Duty::Decide) {
            let Some(own) = role_of(held.right.holder).and_then(|role| context.index.level(role)) else { continue };
            let jumps = |tier: &Tier| {
                let target = tier.escalates_to.filter(|_| tier.reason.trim().is_empty())?;
                let skipped = f64::from(own) - f64::from(context.index.level(target)?) - 1.0;
                (skipped >= levels).then_some((target, skipped))
            };
            let Some((target, skipped)) = held.right.tiers.iter().find_map(jumps) else { continue };
            let name = context.name(held.right.holder);
            sink.report(
                Finding::new(format!(
                    "{name} sends {} up to {}, over {}.",
                    row_name(context, row.subject()),
                    context.name(target),
                    words::amount(skipped, "level", "levels")
                ))
                .about([row.id])
                .about([held.right.holder])
                .about([target])
                .formula(format!("levels skipped = {} ≥ {}", words::number(skipped), words::number(levels)))
                .number("levels", skipped)
                .remedy("Say in the limit why, or let it go to the next level."),
            );
        }
    }
}
