//! The one over whom nearly all work goes.

use super::Meta;
use super::flows::ours;
use crate::analysis::figures::graph::betweenness;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "BN-09",
    title: "Everything goes over one desk",
    severity: Severity::Medium,
    why: "Who stands between all others slows them all down, and is missed by all of them at once.",
    wrong: "Between shops, bakehouse and office every piece of work goes over the order desk",
    right: "The shops order from the bakehouse themselves",
    formula: "share of the shortest ways between all pairs of others that lead over one, on the net of who hands work to whom: \
              the largest ≥ share and ≥ factor × the next largest, with at least so many in the net. Beyond 2,000 in the net it is \
              estimated from 256 of them",
    source: Source::Literature("betweenness (Freeman), exact by Brandes’ algorithm"),
    thresholds: &[
        ours("share", 0.5, "of all ways", "from here on it is reported", "every second way"),
        ours("factor", 2.0, "times the next", "from here on it stands alone", "twice as much as anybody else"),
        ours("size", 5.0, "in the net", "smaller ones always have somebody in the middle", "four neighbours"),
    ],
    remedies: &["Let those at both sides talk to each other.", "Give the desk a second contact for each side."],
};

/// Up to so many nodes betweenness is exact.
const MOST_EXACT: usize = 2_000;

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let net = &context.networks.hand_over;
    if (net.actors.len() as f64) < sink.threshold("size") {
        return;
    }
    let pivots = if net.actors.len() > MOST_EXACT { 256 } else { net.actors.len() };
    let shares = betweenness::normalised(&betweenness::estimated(&net.ties, pivots));
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]).then(a.cmp(b)));
    let [first, second, ..] = order.as_slice() else { return };
    let (share, next) = (shares[*first], shares[*second]);
    if share < sink.threshold("share") - 1e-9 || share < sink.threshold("factor") * next - 1e-9 {
        return;
    }
    let Some(actor) = net.actors.get(*first).copied() else { return };
    let neighbours: Vec<Actor> =
        net.ties.of(*first).iter().filter_map(|place| net.actors.get(*place as usize).copied()).collect();
    let name = context.name(actor);
    sink.report(
        Finding::new(format!(
            "{} of the ways that work takes between any two others lead over {name}.",
            words::percent(share)
        ))
        .about([actor])
        .about(neighbours.iter().copied())
        .formula(format!(
            "betweenness = {}, the next one {} ({}), {} in the net",
            words::number(share),
            words::number(next),
            net.actors.get(*second).map_or_else(String::new, |actor| context.name(*actor)),
            net.actors.len()
        ))
        .number("betweenness", share)
        .number("next", next)
        .number("size", net.actors.len() as f64)
        .remedy(format!(
            "Let some of those around {name} hand work to each other: {}.",
            words::named_list(context.document, neighbours)
        ))
        .remedy(format!("Name a second contact beside {name}.")),
    );
}
