//! Long commitments that only their yearly amount bounds.

use super::rows::{rows, with_tiers};
use super::{Meta, Threshold, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-19",
    title: "Long contract, yearly limit",
    severity: Severity::Medium,
    why: "A contract of five years commits five times what it costs in a year; amount, risk and length all count.",
    wrong: "Office lead may sign leases of 60 months up to 6000 EUR per year",
    right: "Office lead may sign leases up to 12000 EUR per contract",
    formula: "months for which a case binds > most, and limits per year but none per contract",
    source: Source::Literature("limits of authority: total contract value"),
    thresholds: &[Threshold {
        name: "months",
        default: 12.0,
        unit: "months",
        meaning: "longer ones are looked at",
        source: Source::Literature("limits of authority: commitments beyond a year"),
    }],
    remedies: &["Bound the total contract value."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let most = sink.threshold("months");
    for row in rows(context) {
        let Some(months) = row.decision.commitment_months.map(f64::from).filter(|months| *months > most) else {
            continue;
        };
        for held in context.index.rights_with(row.subject(), Duty::Decide) {
            let is_yearly = |tier: &Tier| tier.per == Per::Period(Period::Year) && tier.up_to.is_some();
            let yearly: Vec<&Tier> = held.right.tiers.iter().filter(|tier| is_yearly(tier)).collect();
            let Some(first) = yearly.first() else { continue };
            if held.right.tiers.iter().any(|tier| tier.per == Per::Contract) {
                continue;
            }
            let (name, row_label) = (context.name(held.right.holder), row_name(context, row.subject()));
            let label = format!("Bound {row_label} of {name} by the total contract value");
            let fix = with_tiers(context, held.id, label, |tiers| {
                for tier in tiers.iter_mut().filter(|tier| is_yearly(tier)) {
                    tier.per = Per::Contract;
                }
            });
            sink.report(
                Finding::new(format!(
                    "{row_label} binds for {} months, and {name} is bounded by {first} only.",
                    words::number(months)
                ))
                .about([row.id])
                .about([held.right.holder])
                .formula(format!("{} months > {}, limits per contract = 0", words::number(months), words::number(most)))
                .number("months", months)
                .criticality(context.criticality_of(row.subject()))
                .remedy_with("Let the same amount bound the total contract value, or set another.", fix),
            );
        }
    }
}
