//! Caps over a period that are lower than the limit of one case.

use super::rows::{rows, with_tiers};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-08",
    title: "Sum is below the single case",
    severity: Severity::High,
    why: "A cap over a period that is lower than the limit of one case makes the limit of the case a \
              promise that cannot be kept.",
    wrong: "Clerk up to 500 EUR per case, up to 300 EUR per week",
    right: "Clerk up to 200 EUR per case, up to 300 EUR per week",
    formula: "cap over a period or a counterparty < ceiling per case of the same right, quantity and \
              conditions",
    source: Source::Ours(" the narrower limit is the real one"),
    thresholds: &[],
    remedies: &["Raise the cap, or lower the limit of the case."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        for held in context.index.rights_with(row.subject(), Duty::Decide) {
            let tiers = &held.right.tiers;
            for (place, case) in tiers.iter().enumerate().filter(|(_, tier)| tier.per == Per::Case) {
                let lower = |cap: &&Tier| {
                    matches!(cap.per, Per::Period(_) | Per::Counterparty)
                        && cap.quantity == case.quantity
                        && cap.conditions == case.conditions
                        && cap.up_to.zip(case.up_to).is_some_and(|(cap, case)| cap < case)
                };
                let Some(cap) = tiers.iter().find(lower) else { continue };
                let (Some(sum), Some(single)) = (cap.up_to, case.up_to) else { continue };
                let name = context.name(held.right.holder);
                let label = format!("Let {name} decide {} up to {sum} a case", row_name(context, row.subject()));
                let fits = case.above.is_none_or(|above| above < sum);
                let fix = with_tiers(context, held.id, label, |tiers| {
                    if let Some(tier) = tiers.get_mut(place) {
                        tier.up_to = Some(sum);
                    }
                });
                sink.report(
                    Finding::new(format!(
                        "{name} may decide {case}, but only {cap}, on {}.",
                        row_name(context, row.subject())
                    ))
                    .about([row.id])
                    .about([held.right.holder])
                    .formula(format!("cap {sum} < {single} of one case"))
                    .number("cap", sum.to_f64())
                    .number("ceiling", single.to_f64())
                    .criticality(context.criticality_of(row.subject()))
                    .remedy_with(format!("Lower the limit of the case to {sum}."), fix.filter(|_| fits))
                    .remedy(format!("Or raise the cap above {single}.")),
                );
                break;
            }
        }
    }
}
