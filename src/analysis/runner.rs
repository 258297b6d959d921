//! Runs the rules over a document and puts what they say in order.
//!
//! A rule that panics becomes a finding of its own and stops no other. Which findings are kept is a matter of the
//! profile: a sketch shows what is broken or goes wrong, a workshop all but notes, an audit everything. A waiver
//! accepts the finding with its rule and the keys of its evidence, until the day it expires.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::batches;
use super::context::{CancelToken, Context, Settings, Sink};
use super::figures::RolledUp;
use super::finding::{Finding, Formula, Severity, Silence};
use super::likeness::Likeness;
use super::memory::{Before, Figures, Said};
use super::order::{accept, sort};
use super::overlays::Overlays;
use super::rules::{RULES, Rule};
use super::watched::Sources;
use crate::model::*;

/// That the analysis was stopped before its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the analysis was stopped")]
pub struct Cancelled;

/// Everything the rules have to say about one version of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// The version.
    pub revision: Revision,
    /// How strict it was.
    pub profile: Profile,
    /// What was found: gravest first, then by score, cost and rule. Accepted findings are among them, marked.
    pub findings: Vec<Arc<Finding>>,
    /// How many findings the profile leaves out.
    pub left_out: usize,
    /// Rules that lack an input, sorted by id.
    pub silent: Vec<Arc<Silence>>,
    /// Work divided by hours, for the roles and people of whom both are known.
    pub loads: Vec<(ElementRef, f64)>,
    /// How many cases a week come to a step, where that is known.
    pub cases_per_week: Vec<(ElementRef, f64)>,
    /// What is behind each sub-flow and call, in the order of the steps.
    pub rolled_up: Vec<(StepId, RolledUp)>,
    /// What can be laid over pictures.
    pub overlays: Arc<Overlays>,
}

impl Report {
    fn empty(document: &Document, settings: &Settings) -> Self {
        let profile = settings.profile.unwrap_or(document.project().profile);
        Self {
            revision: document.revision(),
            profile,
            findings: Vec::new(),
            left_out: 0,
            silent: Vec::new(),
            loads: Vec::new(),
            cases_per_week: Vec::new(),
            rolled_up: Vec::new(),
            overlays: Arc::default(),
        }
    }

    /// Takes over what the profile shows, and counts the rest.
    fn take(&mut self, findings: &[Arc<Finding>]) {
        let least = least(self.profile);
        let shown = findings.iter().filter(|finding| finding.severity >= least);
        let before = self.findings.len();
        self.findings.extend(shown.cloned());
        self.left_out += findings.len() - (self.findings.len() - before);
    }

    /// Findings that nobody has accepted.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().map(|finding| &**finding).filter(|finding| finding.waived.is_none())
    }

    /// The gravest severity among the open findings.
    pub fn worst(&self) -> Option<Severity> {
        self.open().map(|finding| finding.severity).max()
    }

    /// Number of open findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.open().filter(|finding| finding.severity == severity).count()
    }

    /// What is behind a step; none for plain work.
    pub fn behind(&self, step: StepId) -> Option<&RolledUp> {
        let place = self.rolled_up.binary_search_by_key(&step, |(step, _)| *step).ok()?;
        self.rolled_up.get(place).map(|(_, figures)| figures)
    }

    /// Findings with this element in their evidence.
    pub fn about(&self, element: ElementRef) -> impl Iterator<Item = &Finding> {
        let all = self.findings.iter().map(|finding| &**finding);
        all.filter(move |finding| finding.evidence.contains(&element))
    }
}

/// What the rules say about a document.
///
/// # Errors
/// Only where the token was cancelled.
pub fn analyse(document: &Document, settings: &Settings, cancel: &CancelToken) -> Result<Report, Cancelled> {
    analyse_with(RULES, document, settings, cancel)
}

/// The same with a list of rules.
///
/// # Errors
/// Only where the token was cancelled.
pub fn analyse_with(
    rules: &[Rule],
    document: &Document,
    settings: &Settings,
    cancel: &CancelToken,
) -> Result<Report, Cancelled> {
    let (mut before, mut likeness) = (Before::nothing(), Likeness::default());
    run(rules, document, settings, cancel, &mut before, &mut likeness).map(|ran| ran.report)
}

/// A report and the pieces of work behind it; no pieces where the figures failed.
pub(super) struct Ran {
    pub(super) report: Report,
    pub(super) pieces: Option<Pieces>,
}

/// The pieces of work of a run, to be used again.
#[derive(Debug)]
pub(super) struct Pieces {
    /// The figures that all rules share.
    pub(super) figures: Figures,
    /// What each rule said, in their order; none of a rule that failed.
    pub(super) said: Vec<Option<Said>>,
    /// What is laid over pictures; none where that failed.
    pub(super) overlays: Option<Laid>,
}

/// The figures of the overlays, and what each column was made of.
#[derive(Clone, Debug)]
pub(super) struct Laid {
    pub(super) value: Arc<Overlays>,
    pub(super) sources: [Arc<Sources>; Overlays::COLUMNS],
    pub(super) batches: [Arc<Vec<batches::Kept>>; Overlays::COLUMNS],
}

/// Runs the rules, as far as what they said before does not hold.
pub(super) fn run(
    rules: &[Rule],
    document: &Document,
    settings: &Settings,
    cancel: &CancelToken,
    before: &mut Before<'_>,
    likeness: &mut Likeness,
) -> Result<Ran, Cancelled> {
    let mut ran = Ran { report: Report::empty(document, settings), pieces: None };
    let report = &mut ran.report;
    match catch_unwind(AssertUnwindSafe(|| Figures::new(document, settings, before))) {
        Ok(figures) => {
            let before = &*before;
            let context = Context::of(document, settings, cancel, &figures, std::mem::take(likeness), Some(before));
            let said = run_rules(rules, &context, before, report);
            let overlays = lay(&context, before);
            report.overlays = overlays.as_ref().map(|laid| laid.value.clone()).unwrap_or_default();
            *likeness = context.into_likeness();
            let overview = figures.overview();
            report.loads.clone_from(&overview.loads);
            report.cases_per_week.clone_from(&overview.cases_per_week);
            report.rolled_up.clone_from(&overview.rolled_up);
            ran.pieces = Some(Pieces { figures, said: said?, overlays });
        }
        Err(_) => report.take(&[failure("", "Figures", "The figures behind the rules could not be worked out").into()]),
    }
    if cancel.is_cancelled() {
        return Err(Cancelled);
    }
    accept(document, settings.today, &mut ran.report.findings);
    sort(&mut ran.report.findings);
    Ok(ran)
}

fn run_rules(
    rules: &[Rule],
    context: &Context<'_>,
    before: &Before<'_>,
    report: &mut Report,
) -> Result<Vec<Option<Said>>, Cancelled> {
    let mut all = Vec::with_capacity(rules.len());
    for (place, rule) in rules.iter().enumerate() {
        if context.is_cancelled(0) {
            return Err(Cancelled);
        }
        let said = before.said(place).or_else(|| ask(rule, context, before.batches(place)));
        match &said {
            Some(said) => {
                report.take(&said.findings);
                report.silent.extend(said.silence.clone());
            }
            None => {
                let what = format!("Rule {} failed", rule.meta.id);
                report.take(&[failure(rule.meta.id, rule.meta.title, &what).into()]);
            }
        }
        all.push(said);
    }
    Ok(all)
}

/// Works out the overlays, as far as those of before do not hold; none where that fails.
fn lay(context: &Context<'_>, before: &Before<'_>) -> Option<Laid> {
    let older = before.laid();
    let mut value = older.map(|older| older.value.clone()).unwrap_or_default();
    let (mut sources, mut batches) =
        older.map_or_else(Default::default, |older| (older.sources.clone(), older.batches.clone()));
    drop(Sources::take(context.document, context.index.uses()));
    for (column, (slot, batches)) in sources.iter_mut().zip(&mut batches).enumerate() {
        if !before.has_column(column) {
            context.calls.borrow_mut().begin(batches.clone());
            let made = catch_unwind(AssertUnwindSafe(|| Overlays::made(context, column))).ok()?;
            *batches = context.calls.borrow_mut().end();
            *slot = Arc::new(Sources::take(context.document, context.index.uses()));
            if !value.has(column, &made) {
                Arc::make_mut(&mut value).put(column, made);
            }
        }
    }
    Some(Laid { value, sources, batches })
}

/// What a rule says; none where it fails. `batches` are those of the time before.
fn ask(rule: &Rule, context: &Context<'_>, batches: Arc<Vec<batches::Kept>>) -> Option<Said> {
    drop(Sources::take(context.document, context.index.uses()));
    context.calls.borrow_mut().begin(batches);
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let mut sink = Sink::new(rule.meta, context.document);
        (rule.check)(context, &mut sink);
        sink
    }));
    let batches = context.calls.borrow_mut().end();
    let (findings, missing) = outcome.ok()?.into_said();
    let sources = Arc::new(Sources::take(context.document, context.index.uses()));
    let silence = Silence { rule: rule.meta.id, title: rule.meta.title, missing };
    let silence = (!silence.missing.is_empty()).then(|| Arc::new(silence));
    Some(Said { findings: Arc::new(findings), silence, sources, batches })
}

fn failure(rule: &'static str, title: &'static str, what: &str) -> Finding {
    let mut finding = Finding::new(format!("{what}: what it would have said is not known. The file is not harmed."))
        .remedy("Report this with the file that shows it.");
    (finding.rule, finding.title) = (rule, title);
    finding.why = "A rule that fails says nothing about the organisation.";
    finding.formula = Formula::default();
    finding.score = Severity::Info.base();
    finding
}

/// The mildest severity that a profile shows.
fn least(profile: Profile) -> Severity {
    match profile {
        Profile::Sketch => Severity::High,
        Profile::Workshop => Severity::Low,
        Profile::Audit => Severity::Info,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::Meta;
    use crate::analysis::{Source, rules::Threshold};

    const META: Meta = Meta {
        id: "ZZ-01",
        title: "Test",
        severity: Severity::Medium,
        why: "",
        wrong: "",
        right: "",
        formula: "",
        source: Source::Ours("for this test"),
        thresholds: &[Threshold {
            name: "low",
            default: 2.0,
            unit: "roles",
            meaning: "",
            source: Source::Ours("for this test"),
        }],
        remedies: &[],
    };

    fn speaking() -> Rule {
        Rule {
            meta: &META,
            check: |context, sink| {
                for (id, role) in context.document.roles().iter() {
                    let severity = if role.name == "Owner" { Severity::High } else { Severity::Info };
                    let finding = Finding::new("A role.").about([id]).criticality(role.level);
                    sink.report_as(severity, finding.number("low", sink.threshold("low")));
                    sink.missing("role is lonely", "roles are lonely", [id]);
                }
            },
        }
    }

    fn report(document: &Document, rules: &[Rule], settings: &Settings) -> Report {
        analyse_with(rules, document, settings, &CancelToken::default()).unwrap()
    }

    fn with_roles() -> Document {
        let mut document = Document::default();
        document.insert(Role::new("Clerk"));
        document.insert(Role::new("Owner"));
        document
    }

    #[test]
    fn findings_are_sorted_and_the_profile_leaves_notes_out() {
        let document = with_roles();
        let all = report(&document, &[speaking()], &Settings { profile: Some(Profile::Audit), today: None });
        let severities: Vec<_> = all.findings.iter().map(|finding| finding.severity).collect();
        assert_eq!(severities, [Severity::High, Severity::Info]);
        // What is said in the same words of both roles is said once.
        let missing = &all.silent.first().unwrap().missing;
        assert_eq!((missing.len(), missing[0].elements.len(), missing[0].what.as_str()), (1, 2, "2 roles are lonely"));
        assert_eq!(all.worst(), Some(Severity::High));
        let some = report(&document, &[speaking()], &Settings::default());
        assert_eq!((some.findings.len(), some.left_out), (1, 1));
    }

    #[test]
    fn criticality_raises_the_severity_and_the_score() {
        let mut document = Document::default();
        document.insert(Role { level: Some(4), ..Role::new("Clerk") });
        let all = report(&document, &[speaking()], &Settings::default());
        let finding = all.findings.first().unwrap();
        assert_eq!(finding.severity, Severity::Low);
        assert!((finding.score - 2.0 * 1.8).abs() < 1e-12);
    }

    #[test]
    fn a_waiver_accepts_its_finding_until_it_expires() {
        let mut document = with_roles();
        let owner = document.roles().ids().nth(1).unwrap();
        let waiver = Waiver {
            rule: "ZZ-01".into(),
            elements: vec![document.key_of(owner.into()).unwrap().clone()],
            reason: "Agreed".into(),
            name: "Ana".into(),
            expires: Some(jiff::civil::date(2026, 6, 30)),
        };
        document.project_mut().waivers.push(waiver);
        let on = |day| Settings { profile: None, today: Some(jiff::civil::date(2026, 6, day)) };
        let last_day = report(&document, &[speaking()], &on(30));
        assert!(last_day.findings.first().unwrap().waived.is_some());
        assert_eq!(last_day.worst(), None);
        let settings = Settings { profile: None, today: Some(jiff::civil::date(2026, 7, 1)) };
        assert_eq!(report(&document, &[speaking()], &settings).worst(), Some(Severity::High));
    }

    #[test]
    fn a_project_changes_a_threshold() {
        let mut document = with_roles();
        document.project_mut().thresholds.insert("ZZ-01.low".into(), 7.0);
        let all = report(&document, &[speaking()], &Settings::default());
        let finding = all.findings.first().unwrap();
        assert_eq!(finding.number_named("low"), Some(7.0));
        assert_eq!(finding.formula.thresholds, "low 7 roles (changed in this project)");
    }

    #[test]
    fn a_rule_that_panics_is_reported_and_stops_no_other() {
        let panicking = Rule { meta: &META, check: |_, _| panic!("this test wants it") };
        let settings = Settings { profile: Some(Profile::Audit), today: None };
        let all = report(&with_roles(), &[panicking, speaking()], &settings);
        assert_eq!(all.findings.len(), 3);
        assert!(all.findings.iter().any(|finding| finding.message.starts_with("Rule ZZ-01 failed")));
    }

    #[test]
    fn a_cancelled_analysis_says_so() {
        let cancel = CancelToken::default();
        cancel.cancel();
        assert_eq!(analyse(&with_roles(), &Settings::default(), &cancel), Err(Cancelled));
    }
}
