//! What a report says in sums: worked out once, beside the window, since every frame asks for it.

use std::sync::Arc;

use crate::analysis::{Report, Severity};
use crate::model::ElementRef;
use crate::scene::{self, Mark, Options};

/// Sums of a report.
#[derive(Debug, Default)]
pub struct Tally {
    /// Number of open findings by severity, in the order of [`Severity::ALL`].
    open: [usize; Severity::ALL.len()],
    options: Arc<Options>,
    busiest: Option<(ElementRef, f64)>,
}

impl Tally {
    /// Of a report. Where figures and marks are those that are shown already, these are kept, so that everybody sees at
    /// a glance that no picture changes.
    pub fn of(report: &Report, shown: &Arc<Options>) -> Self {
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

    /// Figures and marks that pictures in the window show beside the document.
    pub fn options(&self) -> &Arc<Options> {
        &self.options
    }

    /// Whose work fills the largest share of their hours.
    pub fn busiest(&self) -> Option<(ElementRef, f64)> {
        self.busiest
    }
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
    use crate::testkit;

    #[test]
    fn sums_are_those_of_the_report_and_equal_figures_are_kept() {
        let document = testkit::generate::organisation(300, 3);
        let report = analyse(&document, &Settings::default(), &CancelToken::default()).unwrap();
        let tally = Tally::of(&report, &Arc::default());
        assert!(Severity::ALL.into_iter().all(|severity| tally.open(severity) == report.count(severity)));
        let first = report.open().next().unwrap();
        let element = first.evidence[0];
        let of_element = || report.open().filter(|finding| finding.evidence.first() == Some(&element));
        let gravest = of_element().map(|finding| finding.severity).max();
        assert_eq!(tally.about(element), gravest.map(|severity| (severity, of_element().count())));
        let again = Tally::of(&report, tally.options());
        assert!(Arc::ptr_eq(again.options(), tally.options()));
    }
}
