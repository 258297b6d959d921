//! Vetoes without a topic or a time to answer, and too many of them.

use super::rows::{Row, rows};
use super::{Meta, Threshold, row_name};
use crate::analysis::{Context, Finding, Fix, Held, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "H-12",
    title: "Veto without bounds",
    severity: Severity::Medium,
    why: "Who must agree to everything, whenever they like, decides without being answerable for it.",
    wrong: "Accountant must agree to overtime",
    right: "Accountant must agree on the budget, within 2 days",
    formula: "vetoes on a row without a topic or a time window > 0, or vetoes > most, of the framework where it sets \
              one",
    source: Source::Literature("RAPID: A on a bounded topic; OVIS: V with a deadline"),
    thresholds: &[Threshold {
        name: "most",
        default: 2.0,
        unit: "vetoes",
        meaning: "more are reported where the framework sets no most",
        source: Source::Ours("more than two hold everything up"),
    }],
    remedies: &["Write down the topic and the time to answer; silence means yes."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let most = sink.threshold("most");
    for row in rows(context) {
        let vetoes: Vec<Held<'_>> = context.index.rights_with(row.subject(), Duty::Agree).collect();
        let open: Vec<&Held<'_>> = vetoes
            .iter()
            .filter(|held| held.right.veto_domain.trim().is_empty() || held.right.review_window.is_none())
            .collect();
        let most = most_by_framework(context, &row).unwrap_or(most);
        let is_crowded = vetoes.len() as f64 > most;
        if open.is_empty() && !is_crowded {
            continue;
        }
        let row_label = row_name(context, row.subject());
        let shown: Vec<&Held<'_>> = if open.is_empty() { vetoes.iter().collect() } else { open.clone() };
        let names = words::named_list(context.document, shown.iter().map(|held| held.right.holder));
        let message = if open.is_empty() {
            format!("{names} must all agree to {row_label}.")
        } else {
            format!("{names} must agree to {row_label} without a stated topic or a time to answer.")
        };
        let mut finding = Finding::new(message)
            .about([row.id])
            .about(shown.iter().map(|held| held.right.holder))
            .formula(format!(
                "vetoes = {}, at most {}; without bounds = {}",
                vetoes.len(),
                words::number(most),
                open.len()
            ))
            .number("vetoes", vetoes.len() as f64)
            .number("without_bounds", open.len() as f64)
            .criticality(context.criticality_of(row.subject()));
        let only_time = |held: &&Held<'_>| !held.right.veto_domain.trim().is_empty();
        if let [only] = open.as_slice()
            && only_time(only)
            && !is_crowded
        {
            let window = Some(Minutes(2.0 * 1440.0));
            let right = Right { review_window: window, ..only.right.clone() };
            let label = format!("Give {} two days to agree to {row_label}", context.name(only.right.holder));
            finding =
                finding.remedy_with("Give two days to answer; silence means yes.", Fix::replace(label, only.id, right));
        } else {
            finding = finding.remedy("Write down the topic and the time to answer; silence means yes.");
        }
        sink.report(finding);
    }
}

/// How many may agree by the letters of the row, where each of these letters sets a most.
fn most_by_framework(context: &Context<'_>, row: &Row<'_>) -> Option<f64> {
    let (_, framework) = context.document.framework_of(row.subject())?;
    let agreeing = framework.letters.iter().filter(|letter| letter.duties.contains(&Duty::Agree));
    let bounds: Option<Vec<u32>> = agreeing.map(|letter| letter.at_most).collect();
    bounds.filter(|bounds| !bounds.is_empty()).map(|bounds| f64::from(bounds.iter().sum::<u32>()))
}
