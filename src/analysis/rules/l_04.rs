//! Limits within another one of the same decider.

use super::rows::{limit_of, with_tiers};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};

pub(super) const META: Meta = Meta {
    id: "L-04",
    title: "Limit says nothing new",
    severity: Severity::Low,
    why: "A limit that lies within another one changes no decision, but somebody will rely on it.",
    wrong: "Owner: above 500 EUR; above 900 EUR",
    right: "Owner: above 500 EUR",
    formula: "limits whose cases another limit of the same decider and duties covers, or several together > 0, \
              exact over amounts and conditions",
    source: Source::Literature("redundancy and subsumption check of decision tables (DMN)"),
    thresholds: &[],
    remedies: &["Delete it."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for ladder in context.ladders.iter() {
        let within = ladder.subsumed.iter().map(|(inner, outer)| (*inner, Some(*outer)));
        for (inner, outer) in within.chain(ladder.redundant.iter().map(|rung| (*rung, None))) {
            let Some((right, Some(tier))) = limit_of(context, inner) else { continue };
            let row = row_name(context, right.subject);
            let holder = context.name(right.holder);
            let by = match outer.and_then(|outer| limit_of(context, outer)) {
                Some((_, Some(outer))) => format!("lies within {outer}"),
                _ => "is covered by other limits together".to_owned(),
            };
            let label = format!("Delete the limit {tier} of {holder} on {row}");
            let fix = with_tiers(context, inner.right, label, |tiers| {
                if let Some(place) = inner.tier.filter(|place| *place < tiers.len()) {
                    tiers.remove(place);
                }
            });
            // One finding a right and axis: places move when one is taken away.
            sink.report(
                Finding::new(format!("The limit {tier} of {holder} on {row} {by}: it changes nothing."))
                    .about([ladder.decision])
                    .about([right.holder])
                    .formula(format!("cases of {tier} that no other limit of {holder} covers = 0"))
                    .number("limits_too_many", (ladder.subsumed.len() + ladder.redundant.len()) as f64)
                    .remedy_with("Delete it.", fix),
            );
            break;
        }
    }
}
