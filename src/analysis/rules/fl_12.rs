//! Work that goes back and forth between two.

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-12",
    title: "Back and forth",
    severity: Severity::Low,
    why: "What comes back was not ready, or is decided where it is not known.",
    wrong: "Clerk → owner → clerk in every second case",
    right: "The clerk asks for all that is needed, and decides up to 500 EUR",
    formula: "expected times a case that work goes from A to B and next from B back to A, for two performers the larger of the \
              two directions, summed over pairs ≥ returns",
    source: Source::Literature("ping-pong in process mining"),
    thresholds: &[ours("returns", 0.3, "a case", "from here on it is reported", "every third case")],
    remedies: &["Write down what has to be there before work is handed over.", "Let the one who asks decide."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (count, (process, record)) in context.document.processes().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let all = context.handovers.returns(&context.index, &context.visits, process);
        let mut pairs: Vec<((Actor, Actor), f64)> = Vec::new();
        for ((giver, taker), times) in &all {
            let back = all.iter().find(|((a, b), _)| (a, b) == (taker, giver)).map_or(0.0, |(_, times)| *times);
            if *times > back || (*times == back && giver < taker) {
                pairs.push(((*giver, *taker), *times));
            }
        }
        let sum: f64 = pairs.iter().map(|(_, times)| times).sum();
        if sum < sink.threshold("returns") - 1e-9 {
            continue;
        }
        pairs.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let Some(((giver, taker), _)) = pairs.first().copied() else { continue };
        let (giver_name, taker_name) = (context.name(giver), context.name(taker));
        sink.report(
            Finding::new(format!(
                "In {} work goes back and forth {} a case, mostly from {giver_name} to {taker_name} and back.",
                context.quoted(process),
                if (sum - 1.0).abs() < 1e-9 { "once".to_owned() } else { format!("{} times", words::number(sum)) }
            ))
            .about([ElementRef::from(process)])
            .about([giver, taker])
            .formula(format!(
                "returns = {}",
                pairs.iter().take(3).map(|(_, times)| words::number(*times)).collect::<Vec<_>>().join(" + ")
            ))
            .number("returns_per_case", sum)
            .criticality(record.criticality)
            .remedy(format!("Write down what {taker_name} needs before {giver_name} hands over."))
            .remedy(format!("Or let {giver_name} decide what {taker_name} sends back.")),
        );
    }
}
