//! Rows that people agreed to, and that are no longer what they agreed to.

use super::rows::rows;
use super::{Meta, Threshold, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::AGREEMENT_MONTHS;

pub(super) const META: Meta = Meta {
    id: "X-11",
    title: "Agreed, but changed since",
    severity: Severity::Medium,
    why: "People keep to what they agreed to; when somebody else holds the role or the limit is another, nobody has \
          agreed to that.",
    wrong: "“Grant refund” was agreed in May; since August somebody else leads the shop",
    right: "“Grant refund” was agreed again in August",
    formula: "rights, limits, holders, units, steps and gateways that differ from those at the agreement > 0, or whole \
              months since then ≥ months; the months need the present day",
    source: Source::Literature("tables of responsibilities and limits are outdated within months"),
    thresholds: &[Threshold {
        name: "months",
        default: AGREEMENT_MONTHS as f64,
        unit: "months",
        meaning: "from here on it is confirmed anew",
        source: Source::Ours("a year is long in a small firm"),
    }],
    remedies: &["Ask those who agreed, and confirm it again."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let most = sink.threshold("months");
    let changed = context.document.changed_agreements();
    for row in rows(context) {
        let Some(agreement) = &row.decision.agreement else { continue };
        let mut causes = changed.get(&row.id).cloned().unwrap_or_default();
        let count = causes.len();
        let months = context.settings.today.map(|today| agreement.months_until(today));
        if let Some(months) = months.filter(|months| f64::from(*months) >= most) {
            let passed = words::count(months as usize, "month has", "months have");
            causes.push(format!("{passed} gone by."));
        }
        if causes.is_empty() {
            continue;
        }
        let by = if agreement.by.is_empty() { String::new() } else { format!(" by {}", words::joined(&agreement.by)) };
        let mut finding = Finding::new(format!(
            "{} was agreed on {}{by}. Since then: {}",
            row_name(context, row.subject()),
            agreement.on,
            shortened(&causes)
        ))
        .about([row.id])
        .formula(match months {
            Some(months) => format!("changes = {count}; months = {months}, fewer than {} allowed", words::number(most)),
            None => format!("changes = {count}, 0 allowed"),
        })
        .number("changes", count as f64)
        .criticality(context.criticality_of(row.subject()));
        if let Some(months) = months {
            finding = finding.number("months", f64::from(months));
        }
        sink.report(finding.remedy("Ask those who agreed, and confirm it again in the inspector."));
    }
}

/// The first causes, the others counted.
fn shortened(causes: &[String]) -> String {
    const SHOWN: usize = 4;
    let shown: Vec<&str> = causes.iter().take(SHOWN).map(String::as_str).collect();
    let more = causes.len().saturating_sub(SHOWN);
    let rest = words::count(more, "more change", "more changes");
    if more == 0 { shown.join(" ") } else { format!("{} And {rest}.", shown.join(" ")) }
}
