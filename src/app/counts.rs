//! How many decisions and findings there are about each element: what lists and screen readers say beside its name.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::{Report, Severity};
use crate::model::*;

/// Counts of one version and its report.
#[derive(Debug, Default)]
pub struct Counts {
    of: Option<(Revision, Option<Revision>)>,
    decisions: FxHashMap<ElementRef, usize>,
    findings: FxHashMap<ElementRef, (usize, Severity)>,
}

impl Counts {
    /// Counts anew where the document or the report is another one.
    pub fn refresh(&mut self, document: &Document, report: Option<&Report>) {
        let of = Some((document.revision(), report.map(|report| report.revision)));
        if self.of != of {
            *self = Self { of, decisions: decisions(document), findings: report.map(findings).unwrap_or_default() };
        }
    }

    /// How many findings are about an element, and the gravest severity of them.
    pub fn findings(&self, element: ElementRef) -> Option<(usize, Severity)> {
        self.findings.get(&element).copied()
    }

    /// `2 decisions, 1 finding`; empty where there are none.
    pub fn words(&self, element: ElementRef) -> String {
        let counted = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{count} {many}")),
        };
        let decisions = self.decisions.get(&element).copied().unwrap_or(0);
        let findings = self.findings(element).map_or(0, |(count, _)| count);
        let parts = [counted(decisions, "decision", "decisions"), counted(findings, "finding", "findings")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Decisions taken at steps and gateways, and those on which somebody holds a right.
fn decisions(document: &Document) -> FxHashMap<ElementRef, usize> {
    let mut pairs: FxHashSet<(ElementRef, DecisionId)> = FxHashSet::default();
    for (id, decision) in document.decisions().iter() {
        pairs.extend(decision.steps.iter().map(|step| (ElementRef::from(*step), id)));
        pairs.extend(decision.gateways.iter().map(|gateway| (ElementRef::from(*gateway), id)));
    }
    for (id, gateway) in document.gateways().iter() {
        pairs.extend(gateway.decision.map(|decision| (ElementRef::from(id), decision)));
    }
    for (_, right) in document.rights().iter() {
        if let Subject::Decision(decision) = right.subject {
            pairs.insert((right.holder.into(), decision));
        }
    }
    let mut counts = FxHashMap::default();
    #[expect(clippy::iter_over_hash_type, reason = "counting gives the same in any order")]
    for (element, _) in pairs {
        *counts.entry(element).or_insert(0) += 1;
    }
    counts
}

fn findings(report: &Report) -> FxHashMap<ElementRef, (usize, Severity)> {
    let mut counts: FxHashMap<ElementRef, (usize, Severity)> = FxHashMap::default();
    for finding in report.open() {
        let Some(element) = finding.evidence.first() else { continue };
        let entry = counts.entry(*element).or_insert((0, finding.severity));
        *entry = (entry.0 + 1, entry.1.max(finding.severity));
    }
    counts
}
