//! How much a version and its report say about each element, in sums: worked out once, beside the window, since every
//! frame asks for it. Like the findings, it is that of the version before until the next report is there.

use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet, FxHasher};

use crate::analysis::{Finding, OverlayKind, Report, Severity};
use crate::model::*;
use crate::scene::{self, Mark, Options};

/// Sums of a version and its report.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Number of open findings by severity, in the order of [`Severity::ALL`].
    open: [usize; Severity::ALL.len()],
    options: Arc<Options>,
    /// How many decisions are taken at an element, or are somebody's to take part in.
    decisions: FxHashMap<ElementRef, usize>,
    busiest: Option<(ElementRef, f64)>,
    identities: Vec<u64>,
    overlay: Option<OverlayKind>,
    /// Marks of everything that a view shows.
    views: FxHashMap<ViewId, Mark>,
}

impl Tally {
    /// Of a version and its report. Where figures and marks are those that are shown already, these are kept, so that everybody sees at
    /// a glance that no picture changes.
    pub fn of(document: &Document, report: &Report, shown: &Arc<Options>, overlay: Option<OverlayKind>) -> Self {
        let mut options = Options::with_figures(report.loads.iter().copied(), report.cases_per_week.iter().copied());
        for finding in report.open() {
            // Only the first element of the evidence is what the finding is about; the others explain it.
            let Some(element) = finding.evidence.first() else { continue };
            let severity = mark_severity(finding.severity);
            let mark = options.marks.entry(*element).or_insert(Mark { severity, count: 0 });
            mark.count += 1;
            mark.severity = mark.severity.max(severity);
        }
        options.overlay = overlay.map(|kind| laid_over(document, report, kind));
        Self {
            open: Severity::ALL.map(|severity| report.count(severity)),
            decisions: decisions(document),
            identities: report.findings.iter().map(|finding| identity(document, finding)).collect(),
            overlay,
            views: marks_of_views(document, &options.marks),
            options: if options == **shown { shown.clone() } else { Arc::new(options) },
            busiest: busiest(report),
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

    /// Gravest severity and number of the open findings about what a view shows.
    pub fn in_view(&self, view: ViewId) -> Option<(Severity, usize)> {
        let mark = self.views.get(&view)?;
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

    /// What is laid over the pictures.
    pub fn overlay(&self) -> Option<OverlayKind> {
        self.overlay
    }

    /// Lays something else over the pictures.
    pub fn lay_over(&mut self, document: &Document, report: &Report, overlay: Option<OverlayKind>) {
        let laid = overlay.map(|kind| laid_over(document, report, kind));
        self.overlay = overlay;
        self.options = Arc::new(Options { overlay: laid, ..(*self.options).clone() });
    }

    /// What makes each finding of the report the same in another one: a number of its rule and what it is about.
    pub fn identities(&self) -> &[u64] {
        &self.identities
    }

    /// The role, else the person, whose work fills the largest share of the hours.
    pub fn busiest(&self) -> Option<(ElementRef, f64)> {
        self.busiest
    }
}

/// The role whose work fills the largest share of its hours, else the person.
fn busiest(report: &Report) -> Option<(ElementRef, f64)> {
    let of = |is_wanted: fn(&ElementRef) -> bool| {
        let loads = report.loads.iter().copied().filter(move |(element, _)| is_wanted(element));
        loads.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
    };
    let role = of(|element| matches!(element, ElementRef::Role(_)));
    role.or_else(|| of(|element| matches!(element, ElementRef::Person(_))))
}

/// The marks of views: of what is placed in them, of the whole flow of a process, of all rights in a matrix.
fn marks_of_views(document: &Document, marks: &FxHashMap<ElementRef, Mark>) -> FxHashMap<ViewId, Mark> {
    let mut of_process: FxHashMap<ProcessId, Vec<ViewId>> = FxHashMap::default();
    let mut matrices: Vec<ViewId> = Vec::new();
    for (id, view) in document.views().iter() {
        match &view.kind {
            ViewKind::Process { process, .. } => of_process.entry(*process).or_default().push(id),
            ViewKind::Matrix(_) => matrices.push(id),
            ViewKind::Organisation { .. } | ViewKind::Board => {}
        }
    }
    let mut shown: Vec<(ViewId, ElementRef)> = Vec::new();
    let marked = |element: &ElementRef| marks.contains_key(element);
    let placed = document.placements().iter().map(|(_, placement)| (placement.view, placement.element));
    shown.extend(placed.filter(|(_, element)| marked(element)));
    let mut about: Vec<&ElementRef> = marks.keys().collect();
    about.sort_unstable();
    for element in about {
        let node = FlowNode::try_from(*element).ok();
        let flow = match element {
            ElementRef::Flow(id) => document.get::<Flow>(*id).map(|flow| flow.process),
            ElementRef::Process(id) => Some(*id),
            _ => node.and_then(|node| document.process_of(node)),
        };
        shown.extend(flow.and_then(|flow| of_process.get(&flow)).into_iter().flatten().map(|view| (*view, *element)));
        if matches!(element, ElementRef::Decision(_) | ElementRef::Right(_)) {
            shown.extend(matrices.iter().map(|view| (*view, *element)));
        }
    }
    shown.sort_unstable();
    shown.dedup();
    let mut found: FxHashMap<ViewId, Mark> = FxHashMap::default();
    for (view, element) in shown {
        let Some(mark) = marks.get(&element) else { continue };
        let sum = found.entry(view).or_insert(Mark { severity: mark.severity, count: 0 });
        sum.count += mark.count;
        sum.severity = sum.severity.max(mark.severity);
    }
    found
}

/// An overlay as pictures show it.
fn laid_over(document: &Document, report: &Report, kind: OverlayKind) -> Arc<scene::Overlay> {
    let overlay = report.overlay(document, kind);
    let classes = overlay.classes.into_iter();
    let classes = classes.map(|class| (class.label, class.depth, class.severity.map(Severity::word)));
    Arc::new(scene::Overlay::new(overlay.title, overlay.unit, classes, overlay.readings, overlay.rest))
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
        let tally = Tally::of(&document, &report, &Arc::default(), None);
        for element in [step.into(), gateway.into(), clerk.into()] {
            assert!(tally.words(element).starts_with("1 decision"), "{}", tally.words(element));
        }
        assert_eq!(tally.words(process.into()).find("decision"), None);
    }

    #[test]
    fn sums_are_those_of_the_report_and_equal_figures_are_kept() {
        let document = testkit::generate::organisation(300, 3);
        let report = analyse(&document, &Settings::default(), &CancelToken::default()).unwrap();
        let tally = Tally::of(&document, &report, &Arc::default(), None);
        assert!(Severity::ALL.into_iter().all(|severity| tally.open(severity) == report.count(severity)));
        let first = report.open().next().unwrap();
        let element = first.evidence[0];
        let of_element = || report.open().filter(|finding| finding.evidence.first() == Some(&element));
        let gravest = of_element().map(|finding| finding.severity).max();
        assert_eq!(tally.about(element), gravest.map(|severity| (severity, of_element().count())));
        let again = Tally::of(&document, &report, tally.options(), None);
        assert!(Arc::ptr_eq(again.options(), tally.options()));
    }
    #[test]
    fn a_view_is_marked_by_the_gravest_of_what_it_shows() {
        let document = testkit::generate::organisation(300, 3);
        let report = analyse(&document, &Settings::default(), &CancelToken::default()).unwrap();
        let tally = Tally::of(&document, &report, &Arc::default(), None);
        let process =
            |kind: &ViewKind| if let ViewKind::Process { process, .. } = kind { Some(*process) } else { None };
        let views = document.views().iter().filter_map(|(id, view)| Some((id, process(&view.kind)?)));
        let mut marked = 0;
        for (view, process) in views {
            let about = report.open().filter(|finding| match finding.evidence.first() {
                Some(ElementRef::Process(id)) => *id == process,
                Some(element) => {
                    let node = FlowNode::try_from(*element).ok();
                    node.and_then(|node| document.process_of(node)) == Some(process)
                        || document.placement_of(view, *element).is_some()
                }
                None => false,
            });
            let severities: Vec<Severity> = about.map(|finding| finding.severity).collect();
            let expected = severities.iter().max().map(|gravest| (*gravest, severities.len()));
            assert_eq!(tally.in_view(view), expected);
            marked += usize::from(expected.is_some());
        }
        assert!(marked > 0);
    }
}
