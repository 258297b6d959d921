//! How far down decisions are taken.

use super::Meta;
use super::flows::ours;
use crate::analysis::figures::decentral::{decentralisation_index, levels, lowest_level, weight};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "DC-01",
    title: "Decentralisation index",
    severity: Severity::Info,
    why: "Before and after a change this number says whether decisions have really moved.",
    wrong: "Everything at level 0: 0 of 100",
    right: "Refunds and orders in the shops: 51 of 100",
    formula: "DI = 100 · Σ w · Σ p · level of the decider ÷ lowest level ÷ Σ w, w = importance × ln(1 + cases a week), p = part of the \
              cases by amounts and limits; decisions of which one of these is not known are left out and named. A score, no judgement",
    source: Source::Ours("the level where decisions are taken (Aston studies) as one number"),
    thresholds: &[ours("decisions", 3.0, "decisions", "fewer are not scored", "too few for a score")],
    remedies: &["Compare it between versions of the organisation."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let (document, index) = (context.document, &context.index);
    let lowest = f64::from(lowest_level(document, index));
    let (mut rows, mut counted, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
    for row in super::rows::rows(context) {
        match (weight(row.decision), levels(document, index, row.id)) {
            (Some(weight), Some(levels)) => {
                rows.push((weight, levels.mean()));
                counted.push((row.id, weight * (lowest - levels.mean())));
            }
            _ => unknown.push(row.id),
        }
    }
    sink.missing(
        "decision lacks importance, frequency, or who decides which part of it at which level",
        "decisions lack importance, frequency, or who decides which part of them at which level",
        unknown,
    );
    let Some(score) = decentralisation_index(&rows, lowest) else { return };
    if (rows.len() as f64) < sink.threshold("decisions") {
        return;
    }
    counted.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let weights: f64 = rows.iter().map(|(weight, _)| weight).sum();
    let reached: f64 = rows.iter().map(|(weight, level)| weight * level).sum();
    sink.report(
        Finding::new(format!(
            "Decentralisation index {} of 100, over {} decisions; 0 is all at the top, 100 all at the lowest level.",
            words::number(score),
            rows.len()
        ))
        .about(counted.iter().take(5).map(|(id, _)| *id))
        .formula(format!(
            "100 × {} ÷ {} ÷ {} = {}",
            words::number(reached),
            words::number(lowest),
            words::number(weights),
            words::number(score)
        ))
        .number("index", score)
        .number("decisions", rows.len() as f64)
        .number("lowest_level", lowest)
        .remedy(format!(
            "What holds it up most: {}.",
            words::quoted_list(document, counted.iter().take(3).map(|(id, _): &(DecisionId, f64)| *id))
        )),
    );
}
