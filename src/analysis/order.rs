//! The findings of a report: which of them are accepted, and in which order they stand.
//!
//! Findings are shared with what the rules said; only one that is accepted is copied for it.

use std::cmp::{Ordering, Reverse};
use std::sync::Arc;

use super::finding::{Finding, Severity};
use crate::model::*;

/// Marks the findings that a waiver in force accepts.
pub(super) fn accept(document: &Document, today: Option<Date>, findings: &mut [Arc<Finding>]) {
    let in_force = |waiver: &&Waiver| today.zip(waiver.expires).is_none_or(|(today, expires)| today <= expires);
    let waivers: Vec<(Vec<&Key>, &Waiver)> = document
        .project()
        .waivers
        .iter()
        .filter(in_force)
        .map(|waiver| {
            let mut keys: Vec<_> = waiver.elements.iter().collect();
            keys.sort_unstable();
            (keys, waiver)
        })
        .collect();
    for finding in findings {
        if !waivers.iter().any(|(_, waiver)| waiver.rule == finding.rule) {
            continue;
        }
        let mut keys = finding.evidence_keys(document);
        keys.sort_unstable();
        let matching = waivers
            .iter()
            .find(|(elements, waiver)| waiver.rule == finding.rule && elements.iter().copied().eq(keys.iter()));
        if let Some((_, waiver)) = matching {
            Arc::make_mut(finding).waived = Some((*waiver).clone());
        }
    }
}

/// What findings are sorted by, but for the rest of their evidence.
type Place = (Reverse<Severity>, Reverse<Total>, Reverse<Total>, Reverse<Total>, &'static str, Option<ElementRef>);

/// A number in its total order.
#[derive(Clone, Copy, PartialEq)]
struct Total(f64);

impl Eq for Total {}

impl Ord for Total {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Total {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

fn place(finding: &Finding) -> Place {
    let money = finding.impact.money_per_month.map_or(0.0, |money| money.amount.to_f64());
    let hours = finding.impact.hours_per_month.unwrap_or(0.0);
    let [score, hours, money] = [finding.score, hours, money].map(|number| Reverse(Total(number)));
    (Reverse(finding.severity), score, hours, money, finding.rule, finding.evidence.first().copied())
}

/// Gravest first, then by score, cost, rule and evidence.
pub(super) fn sort(findings: &mut Vec<Arc<Finding>>) {
    // Looking for it in each comparison takes longer.
    let mut placed: Vec<(Place, Arc<Finding>)> = findings.drain(..).map(|finding| (place(&finding), finding)).collect();
    placed.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.evidence.cmp(&other.evidence)));
    findings.extend(placed.into_iter().map(|(_, finding)| finding));
}
