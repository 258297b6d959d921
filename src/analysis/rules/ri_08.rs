//! A flow of work that hangs on few hubs.

use super::Meta;
use super::flows::ours;
use crate::analysis::figures::graph::robustness::robustness;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "RI-08",
    title: "Hangs on few hubs",
    severity: Severity::Medium,
    why: "In a star the first one missing stops all; in a mesh work finds another way.",
    wrong: "Everything goes over the owner: R = 0.16",
    right: "The others hand work to each other, too: R = 0.30",
    formula: "R = (1 ÷ N) · Σ share of the largest part that is left after 1, 2, … N of those with the most ties are gone < least; \
              on the net of who hands work to whom, from so many in it on",
    source: Source::Literature("robustness under attack on hubs (Schneider and others)"),
    thresholds: &[
        ours("least", 0.2, "of at most 0.5", "below it is reported", "a star of 5 has 0.16, a full mesh of 5 0.40"),
        ours("size", 5.0, "in the net", "smaller nets are left alone", "four always hang on somebody"),
    ],
    remedies: &["Let those around the hub hand work to each other.", "Give the hub a deputy."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let net = &context.networks.hand_over;
    let Some(score) = robustness(&net.ties).filter(|_| net.actors.len() as f64 >= sink.threshold("size")) else {
        return;
    };
    if score >= sink.threshold("least") {
        return;
    }
    let mut hubs: Vec<usize> = (0..net.actors.len()).collect();
    hubs.sort_by_key(|place| (std::cmp::Reverse(net.ties.degree(*place)), *place));
    let hubs: Vec<Actor> = hubs.into_iter().take(3).filter_map(|place| net.actors.get(place).copied()).collect();
    sink.report(
        Finding::new(format!(
            "The flow of work among {} hangs on few: most on {}.",
            net.actors.len(),
            words::named_list(context.document, hubs.iter().copied())
        ))
        .about(hubs.iter().copied())
        .formula(format!("R = {} < {}", words::number(score), words::number(sink.threshold("least"))))
        .number("robustness", score)
        .number("size", net.actors.len() as f64)
        .remedy(format!(
            "Let those around {} hand work to each other, or name deputies.",
            words::named_list(context.document, hubs)
        )),
    );
}
