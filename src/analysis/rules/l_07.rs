//! Limits per case whose sum nothing bounds.

use super::rows::{money_ceiling, rows};
use super::{Meta, Threshold, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-07",
    title: "Many small cases are unbounded",
    severity: Severity::Medium,
    why: "A limit per case bounds nothing where there are many cases: a large amount can be split into \
              small ones.",
    wrong: "Clerk up to 200 EUR per case, 60 cases a week, and no sum",
    right: "Clerk up to 200 EUR per case, up to 3000 EUR per week",
    formula: "frequency per week × ceiling per case > times × appetite, and no limit of the same holder over a \
              period or a counterparty",
    source: Source::Literature("limits of authority: may not be split to stay under a limit"),
    thresholds: &[Threshold {
        name: "times",
        default: 50.0,
        unit: "times the appetite a week",
        meaning: "beyond it the sum should be bounded",
        source: Source::Ours("a year of cases that the firm bears, in a week"),
    }],
    remedies: &["Add a limit per week, or per counterparty.", "Sample the small cases afterwards."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let times = sink.threshold("times");
    let Some(appetite) = context.document.project().appetite else {
        let has_ceiling = |right: &Right| right.tiers.iter().any(|tier| money_ceiling(tier).is_some());
        let any = context.document.rights().iter().any(|(_, right)| has_ceiling(right));
        let rows = context
            .document
            .rights()
            .iter()
            .filter(|(_, right)| has_ceiling(right))
            .map(|(_, right)| ElementRef::from(right.subject));
        if any {
            sink.missing(
                "decision has a limit in money, but the project states no appetite",
                "decisions have limits in money, but the project states no appetite",
                rows.collect::<Vec<_>>(),
            );
        }
        return;
    };
    let mut unknown = Vec::new();
    for row in rows(context) {
        for held in context.index.rights_with(row.subject(), Duty::Decide) {
            let ceilings =
                held.right.tiers.iter().filter_map(money_ceiling).filter(|money| money.currency == appetite.currency);
            let Some(ceiling) = ceilings.map(|money| money.amount).max() else { continue };
            if held.right.tiers.iter().any(|tier| matches!(tier.per, Per::Period(_) | Per::Counterparty)) {
                continue;
            }
            let Some(rate) = row.decision.frequency else {
                unknown.push(row.id);
                continue;
            };
            let (per_week, borne) = (rate.per_week(), appetite.amount.to_f64());
            let bound = per_week * ceiling.to_f64();
            if bound <= times * borne {
                continue;
            }
            let name = context.name(held.right.holder);
            let numbers = format!("{} × {ceiling}", words::number(per_week));
            let mut finding = Finding::new(format!(
                "{name} may commit {} {} a week on {} in cases of up to {} {}, and nothing bounds the sum.",
                words::number(bound),
                appetite.currency,
                row_name(context, row.subject()),
                words::number(ceiling.to_f64()),
                appetite.currency,
            ))
            .about([row.id])
            .about([held.right.holder])
            .formula(format!("{numbers} = {} > {} × {borne}", words::number(bound), words::number(times)))
            .number("money_per_week", bound)
            .number("appetite", borne)
            .criticality(context.criticality_of(row.subject()))
            .remedy(format!("Give {name} a limit per week or per counterparty, too."));
            finding.confidence = row.trust(&[DecisionFact::Frequency]);
            sink.report(finding);
        }
    }
    sink.missing(
        "decision with a limit in money has no frequency",
        "decisions with limits in money have no frequency",
        unknown,
    );
}
