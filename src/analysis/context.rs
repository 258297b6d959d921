//! What a rule is given: the document with everything worked out about it, and the sink for what it has to say.

use std::cell::RefCell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::batches::Calls;
use super::figures::network::Networks;
use super::figures::{Handovers, Ladders, Loads, Times, Visits};
use super::finding::{Finding, Missing};
use super::index::Index;
use super::likeness::{Alike, Likeness};
use super::memory::{Before, Figures};
use super::rules::Meta;
use super::watched::Watched;
use crate::model::*;

/// A flag that asks a running analysis to stop. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct CancelToken(Arc<AtomicBool>);

impl CancelToken {
    /// Asks for the stop.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the stop was asked for.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What the caller decides about an analysis.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// How strict it is; as the project says where it is none.
    pub profile: Option<Profile>,
    /// The present day, for waivers and rights that lapse; without it none does.
    pub today: Option<Date>,
}

/// The document and everything worked out about it, for all rules.
///
/// Rules may look at nothing else: what they look at here is noted, so that they run again only where it changed.
pub struct Context<'a> {
    /// The document.
    pub document: &'a Document,
    /// What the caller decided.
    pub settings: &'a Settings,
    /// Who belongs to whom.
    pub index: Index<'a>,
    /// How often a case comes to each node.
    pub visits: Watched<Visits>,
    /// Work and hours of roles and people.
    pub loads: Watched<Loads>,
    /// Work passing from one performer to another.
    pub handovers: Watched<Handovers>,
    /// How long a case takes.
    pub times: Watched<Times>,
    /// Who is tied to whom.
    pub networks: Watched<Networks>,
    /// What the deciding limits leave open, and where they meet.
    pub ladders: Watched<Ladders>,
    likeness: RefCell<Likeness>,
    pub(super) before: Option<&'a Before<'a>>,
    pub(super) calls: RefCell<Calls>,
    cancel: &'a CancelToken,
}

impl<'a> Context<'a> {
    /// Works out what the rules share.
    pub fn new(document: &'a Document, settings: &'a Settings, cancel: &'a CancelToken) -> Self {
        let figures = Figures::new(document, settings, &mut Before::nothing());
        Self::of(document, settings, cancel, &figures, Likeness::default(), None)
    }

    /// The context of figures worked out before for the same document, or for one that does not differ in them.
    pub(super) fn of(
        document: &'a Document,
        settings: &'a Settings,
        cancel: &'a CancelToken,
        figures: &Figures,
        likeness: Likeness,
        before: Option<&'a Before<'a>>,
    ) -> Self {
        let index = figures.index(document);
        let uses = index.uses().clone();
        Self {
            document,
            settings,
            visits: figures.visits.watched(&uses),
            loads: figures.loads.watched(&uses),
            handovers: figures.handovers.watched(&uses),
            times: figures.times.watched(&uses),
            networks: figures.networks.watched(&uses),
            ladders: figures.ladders.watched(&uses),
            index,
            likeness: RefCell::new(likeness),
            before,
            calls: RefCell::default(),
            cancel,
        }
    }

    /// What was found out about likeness, for the next time.
    pub(super) fn into_likeness(self) -> Likeness {
        self.likeness.into_inner()
    }

    /// Whether a rule should stop, asked with its running count: it looks only every few hundred elements.
    pub fn is_cancelled(&self, count: usize) -> bool {
        count.is_multiple_of(256) && self.cancel.is_cancelled()
    }

    /// Name of an element, or its kind where it has none.
    pub fn name(&self, element: impl Into<ElementRef>) -> String {
        super::words::named(self.document, element)
    }

    /// Name of an element in quotes, or its kind where it has none.
    pub fn quoted(&self, element: impl Into<ElementRef>) -> String {
        super::words::quoted(self.document, element)
    }

    /// What is at least so much alike in a list of texts, see [`Likeness::alike`].
    pub fn alike(&self, name: &'static str, texts: &[&str], threshold: f64) -> Arc<Alike> {
        self.likeness.borrow_mut().alike(name, texts, threshold)
    }

    /// What is at least so much alike in the names of all steps, by their places in the table.
    pub fn alike_steps(&self, threshold: f64) -> Arc<Alike> {
        let labels: Vec<&str> = self.document.steps().iter().map(|(_, step)| step.name.as_str()).collect();
        self.alike("steps", &labels, threshold)
    }

    /// Criticality of a process.
    pub fn criticality(&self, process: ProcessId) -> Option<u8> {
        self.document.processes().get(process)?.criticality
    }

    /// Criticality of the gravest process that a decision or step belongs to.
    pub fn criticality_of(&self, subject: Subject) -> Option<u8> {
        let process_of = |step: &StepId| self.document.steps().get(*step).map(|step| step.process);
        match subject {
            Subject::Step(step) => process_of(&step).and_then(|process| self.criticality(process)),
            Subject::Decision(id) => {
                let decision = self.document.decisions().get(id)?;
                let gateways = decision.gateways.iter().filter_map(|id| self.document.gateways().get(*id));
                let processes = decision.steps.iter().filter_map(process_of);
                processes.chain(gateways.map(|node| node.process)).filter_map(|id| self.criticality(id)).max()
            }
        }
    }
}

/// Inputs of one kind that a rule lacks, with the words for one and for several.
#[derive(Debug)]
pub(super) struct Lacking {
    pub(super) one: &'static str,
    pub(super) many: &'static str,
    pub(super) elements: Vec<ElementRef>,
}

/// Takes what a rule has to say, and knows its thresholds.
pub struct Sink<'a> {
    meta: &'static Meta,
    document: &'a Document,
    /// The thresholds in force in words, once they were needed: the same for every finding of the rule.
    thresholds: Option<String>,
    pub(super) findings: Vec<Arc<Finding>>,
    pub(super) missing: Vec<Lacking>,
}

impl<'a> Sink<'a> {
    /// The sink of one rule.
    pub(super) fn new(meta: &'static Meta, document: &'a Document) -> Self {
        Self { meta, document, thresholds: None, findings: Vec::new(), missing: Vec::new() }
    }

    /// An empty sink of the same rule.
    pub(super) fn like(&self) -> Self {
        Self::new(self.meta, self.document)
    }

    /// A threshold of the rule: as the project changed it, else its default.
    pub fn threshold(&self, name: &str) -> f64 {
        let Some(threshold) = self.meta.thresholds.iter().find(|threshold| threshold.name == name) else {
            debug_assert!(false, "{} has no threshold {name}", self.meta.id);
            return f64::INFINITY;
        };
        let changed = self.document.thresholds();
        if changed.is_empty() {
            return threshold.default;
        }
        changed.get(&self.meta.threshold_key(name)).copied().unwrap_or(threshold.default)
    }

    /// Reports a finding of the rule's own severity.
    pub fn report(&mut self, finding: Finding) {
        self.report_as(self.meta.severity, finding);
    }

    /// Reports a finding of another severity.
    pub fn report_as(&mut self, severity: super::Severity, mut finding: Finding) {
        finding.rule = self.meta.id;
        finding.title = self.meta.title;
        finding.why = self.meta.why;
        finding.severity = if finding.criticality >= 4 { severity.raised() } else { severity };
        if finding.confidence < 1.0 {
            finding.severity = finding.severity.lowered();
        }
        finding.score =
            finding.severity.base() * (1.0 + f64::from(finding.criticality) / 5.0) * finding.confidence.clamp(0.0, 1.0);
        if finding.formula.text.is_empty() {
            self.meta.formula.clone_into(&mut finding.formula.text);
        }
        finding.formula.source = self.meta.source.text();
        let thresholds = self.thresholds.get_or_insert_with(|| self.meta.thresholds_text(self.document.thresholds()));
        finding.formula.thresholds.clone_from(thresholds);
        self.findings.push(Arc::new(finding));
    }

    /// Says what the rule lacks, with the words for one element and for several:
    /// `("person has no hours per week", "people have no hours per week", …)`. Without elements nothing is said; what
    /// is said in the same words belongs together.
    pub fn missing(
        &mut self,
        one: &'static str,
        many: &'static str,
        elements: impl IntoIterator<Item = impl Into<ElementRef>>,
    ) {
        self.add(one, many, elements.into_iter().map(Into::into));
    }

    /// The same for what a batch lacks.
    pub(super) fn lacks(&mut self, one: &'static str, many: &'static str, elements: &[ElementRef]) {
        self.add(one, many, elements.iter().copied());
    }

    fn add(&mut self, one: &'static str, many: &'static str, elements: impl Iterator<Item = ElementRef>) {
        match self.missing.iter_mut().find(|known| known.one == one && known.many == many) {
            Some(known) => known.elements.extend(elements),
            None => self.missing.push(Lacking { one, many, elements: elements.collect() }),
        }
    }

    /// What was found, and what is lacking in words.
    pub(super) fn into_said(self) -> (Vec<Arc<Finding>>, Vec<Missing>) {
        let missing = self.missing.into_iter().filter_map(|Lacking { one, many, mut elements }| {
            elements.sort_unstable();
            elements.dedup();
            (!elements.is_empty()).then(|| Missing { what: super::words::count(elements.len(), one, many), elements })
        });
        (self.findings, missing.collect())
    }
}
