//! How many of those whom a decision touches have a say in it.

use super::Meta;
use super::flows::ours;
use crate::analysis::figures::decentral::{affected_roles, is_voice};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "DC-02",
    title: "Participation",
    severity: Severity::Info,
    why: "Who carries a decision out without a word in it carries it out badly; where all have one nothing is decided.",
    wrong: "8 % of those who do the work are asked",
    right: "One in three is asked",
    formula: "mean over decisions of (roles it touches that hold a letter of decide, agree, prepare, verify or consult ÷ roles it \
              touches); it touches who performs the steps it is taken in, those right behind them, and who carries it out. A score",
    source: Source::Literature("participation in decision making (Hage, Aiken)"),
    thresholds: &[ours("decisions", 3.0, "decisions", "fewer are not scored", "too few for a mean")],
    remedies: &["Compare it between versions; look at decisions with no voice at all."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let (document, index) = (context.document, &context.index);
    let mut gateways: Vec<Vec<GatewayId>> = vec![Vec::new(); document.decisions().next_index() as usize];
    for gateway in document.gateways().ids() {
        for decision in index.decisions_of_gateway(gateway) {
            if let Some(list) = gateways.get_mut(decision.index() as usize) {
                list.push(gateway);
            }
        }
    }
    let mut shares: Vec<(DecisionId, f64)> = Vec::new();
    for row in super::rows::rows(context) {
        let touched =
            affected_roles(document, index, row.id, gateways.get(row.id.index() as usize).map_or(&[], Vec::as_slice));
        if touched.is_empty() {
            continue;
        }
        let has_voice = |role: &&RoleId| {
            index.rights_on(row.subject()).any(|held| held.right.holder == Actor::Role(**role) && is_voice(&held))
        };
        shares.push((row.id, touched.iter().filter(has_voice).count() as f64 / touched.len() as f64));
    }
    if (shares.len() as f64) < sink.threshold("decisions") {
        return;
    }
    let sum: f64 = shares.iter().map(|(_, share)| share).sum();
    let mean = sum / shares.len() as f64;
    let count = shares.len();
    shares.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let none: Vec<DecisionId> = shares.iter().filter(|(_, share)| *share == 0.0).map(|(id, _)| *id).take(5).collect();
    let first = shares.first().map(|(id, _)| *id);
    sink.report(
        Finding::new(format!(
            "{} of the roles that a decision touches have a say in it, over {count} decisions.",
            words::percent(mean)
        ))
        .about(none.iter().copied())
        .about(first)
        .formula(format!("Σ shares ÷ decisions = {} ÷ {count} = {}", words::number(sum), words::number(mean)))
        .number("participation", mean)
        .number("decisions", count as f64)
        .remedy(if none.is_empty() {
            "Compare it with another version.".to_owned()
        } else {
            format!("Nobody whom they touch has a say in {}.", words::quoted_list(document, none))
        }),
    );
}
