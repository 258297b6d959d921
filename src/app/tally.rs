//! How much a version and its report say about each element, in sums: worked out once, beside the window, since every
//! frame asks for it. Like the findings, it is that of the version before until the next report is there.

use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::analysis::{Finding, Report, Severity};
use crate::model::{DecisionId, Document, ElementRef, Subject};
use crate::scene::{self, Mark, Options};

/// Sums of a version and its report.
#[derive(Debug, Default)]
pub struct Tally {
    /// Number of open findings by severity, in the order of [`Severity::ALL`].
    open: [usize; Severity::ALL.len()],
    options: Arc<Options>,
    /// How many decisions are taken at an element, or are somebody's to take part in.
    decisions: FxHashMap<ElementRef, usize>,
    busiest: Option<(ElementRef, f64)>,
    identities: Vec<u64>,
}

impl Tally {
    /// Of a version and its report. Where figures and marks are those that are shown already, these are kept, so that everybody sees at
    /// a glance that no picture changes.
    pub fn of(document: &Document, report: &Report, shown: &Arc<Options>) -> Self {
        let mut options = Options::with_figures(report.loads.iter().copied(), report.cases_per_week.iter().copied());
        for finding in report.open() {
            // Only the first element of the evidence is what the finding is about; the others explain it.
            let Some(element) = finding.evidence.first() else { continue };
            let severity = mark_severity(finding.severity);
            let mark = options.marks.entry(*element).or_insert(Mark { severity, count: 0 });
            mark.count += 1;
            mark.severity = mark.severity.max(severity);
        }
        let loads = report.loads.iter().copied();
        Self {
            open: Severity::ALL.map(|severity| report.count(severity)),
            options: if options == **shown { shown.clone() } else { Arc::new(options) },
            decisions: decisions(document),
            identities: report.findings.iter().map(|finding| identity(document, finding)).collect(),
            busiest: loads.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))),
        }
    }

    /// Number of open findings of a severity.
    pub fn open(&self, severity: Severity) -> usize {
        let known = Severity::ALL.into_iter().zip(self.open);
        known.filter(|(other, _)| *other == severity).map(|(_, count)| count).sum()
    }

    /// Gravest severity and number of the open findings that are about an element.
    pub fn about(&self, element: ElementRef) -> Option<(Severity, usize)> {
        let mark = self.options.marks.get(&element)?;
        let severity = Severity::ALL.into_iter().find(|severity| mark_severity(*severity) == mark.severity)?;
        Some((severity, mark.count as usize))
    }

    /// `2 decisions, 1 finding`; empty where there are none.
    pub fn words(&self, element: ElementRef) -> String {
        let counted = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(format!("1 {one}")),
            _ => Some(format!("{count} {many}")),
        };
        let decisions = self.decisions.get(&element).copied().unwrap_or(0);
        let findings = self.about(element).map_or(0, |(_, count)| count);
        let parts = [counted(decisions, "decision", "decisions"), counted(findings, "finding", "findings")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// Figures and marks that pictures in the window show beside the document.
    pub fn options(&self) -> &Arc<Options> {
        &self.options
    }

    /// What makes each finding of the report the same in another one: a number of its rule and what it is about.
    pub fn identities(&self) -> &[u64] {
        &self.identities
    }

    /// Whose work fills the largest share of their hours.
    pub fn busiest(&self) -> Option<(ElementRef, f64)> {
        self.busiest
    }
}

/// A number of rule and evidence: two versions of a finding have the same one, two findings hardly ever.
fn identity(document: &Document, finding: &Finding) -> u64 {
    let mut hasher = FxHasher::default();
    finding.rule.hash(&mut hasher);
    finding.evidence.first().map(|element| document.key_of(*element)).hash(&mut hasher);
    let mut keys = finding.evidence_keys(document);
    keys.sort_unstable();
    keys.hash(&mut hasher);
    hasher.finish()
}

/// Decisions taken at steps and gateways, and those on which somebody holds a right.
fn decisions(document: &Document) -> FxHashMap<ElementRef, usize> {
    let mut pairs: FxHashSet<(ElementRef, DecisionId)> = FxHashSet::default();
    let mut counts = FxHashMap::default();
    let mut count = |element: ElementRef, decision: DecisionId| {
        if pairs.insert((element, decision)) {
            *counts.entry(element).or_insert(0) += 1;
        }
    };
    for (id, decision) in document.decisions().iter() {
        decision.steps.iter().for_each(|step| count((*step).into(), id));
        decision.gateways.iter().for_each(|gateway| count((*gateway).into(), id));
    }
    for (id, gateway) in document.gateways().iter() {
        if let Some(decision) = gateway.decision {
            count(id.into(), decision);
        }
    }
    for (_, right) in document.rights().iter() {
        if let Subject::Decision(decision) = right.subject {
            count(right.holder.into(), decision);
        }
    }
    counts
}

fn mark_severity(severity: Severity) -> scene::Severity {
    match severity {
        Severity::Block => scene::Severity::Block,
        Severity::High => scene::Severity::High,
        Severity::Medium => scene::Severity::Medium,
        Severity::Low => scene::Severity::Low,
        Severity::Info => scene::Severity::Info,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{CancelToken, Settings, analyse};
    use crate::model::*;
    use crate::testkit;

    #[test]
    fn a_decision_counts_once_where_it_is_taken_and_for_each_who_takes_part() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let step = document.insert(Step::new(process, "Approve"));
        let clerk = document.insert(Role::new("Clerk"));
        let decision = document.insert(Decision { steps: vec![step], ..Decision::new("Grant refund") });
        let gateway = Gateway::new(process, GatewayKind::Exclusive, "Granted?");
        let gateway = document.insert(Gateway { decision: Some(decision), ..gateway });
        for letter in ["R", "C"] {
            document.insert(Right::new(Subject::Decision(decision), Actor::Role(clerk), letter));
        }
        let report = analyse(&document, &Settings::default(), &CancelToken::default()).unwrap();
        let tally = Tally::of(&document, &report, &Arc::default());
        for element in [step.into(), gateway.into(), clerk.into()] {
            assert!(tally.words(element).starts_with("1 decision"), "{}", tally.words(element));
        }
        assert_eq!(tally.words(process.into()).find("decision"), None);
    }

    #[test]
    fn sums_are_those_of_the_report_and_equal_figures_are_kept() {
        let document = testkit::generate::organisation(300, 3);
        let report = analyse(&document, &Settings::default(), &CancelToken::default()).unwrap();
        let tally = Tally::of(&document, &report, &Arc::default());
        assert!(Severity::ALL.into_iter().all(|severity| tally.open(severity) == report.count(severity)));
        let first = report.open().next().unwrap();
        let element = first.evidence[0];
        let of_element = || report.open().filter(|finding| finding.evidence.first() == Some(&element));
        let gravest = of_element().map(|finding| finding.severity).max();
        assert_eq!(tally.about(element), gravest.map(|severity| (severity, of_element().count())));
        let again = Tally::of(&document, &report, tally.options());
        assert!(Arc::ptr_eq(again.options(), tally.options()));
    }
}
