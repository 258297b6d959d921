//! What a rule is given: the document with everything worked out about it, and the sink for what it has to say.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::figures::network::Networks;
use super::figures::{Handovers, Ladders, Loads, Times, Visits};
use super::finding::{Finding, Missing};
use super::index::Index;
use super::likeness::{Pair, Phrase, Vocabulary, pairs_of};
use super::rules::Meta;
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
pub struct Context<'a> {
    /// The document.
    pub document: &'a Document,
    /// What the caller decided.
    pub settings: &'a Settings,
    /// Who belongs to whom.
    pub index: Index<'a>,
    /// How often a case comes to each node.
    pub visits: Visits,
    /// Work and hours of roles and people.
    pub loads: Loads,
    /// Work passing from one performer to another.
    pub handovers: Handovers,
    /// How long a case takes.
    pub times: Times,
    /// Who is tied to whom.
    pub networks: Networks,
    /// What the deciding limits leave open, and where they meet.
    pub ladders: Ladders,
    alike_steps: RefCell<Option<(f64, Rc<AlikeSteps>)>>,
    cancel: &'a CancelToken,
}

/// Steps whose names are alike.
#[derive(Debug, Default)]
pub struct AlikeSteps {
    /// The names of all steps as they are compared, in the order of the table.
    pub phrases: Vec<Phrase>,
    /// Pairs of places in that list.
    pub pairs: Vec<Pair>,
}

impl<'a> Context<'a> {
    /// Works out what the rules share.
    pub fn new(document: &'a Document, settings: &'a Settings, cancel: &'a CancelToken) -> Self {
        let index = Index::new(document);
        let visits = Visits::new(document, &index);
        let loads = Loads::new(document, &index, &visits);
        let handovers = Handovers::new(document, &index, &visits);
        let times = Times::new(document, &index, &visits);
        let networks = Networks::new(document, &index);
        let ladders = Ladders::new(document, &index, settings.today);
        Self {
            document,
            settings,
            index,
            visits,
            loads,
            handovers,
            times,
            networks,
            ladders,
            alike_steps: RefCell::default(),
            cancel,
        }
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

    /// Pairs of steps whose names are at least so much alike; worked out once for each value in turn.
    pub fn alike_steps(&self, threshold: f64) -> Rc<AlikeSteps> {
        if let Some((known, pairs)) = &*self.alike_steps.borrow()
            && *known == threshold
        {
            return Rc::clone(pairs);
        }
        let labels: Vec<&str> = self.document.steps().iter().map(|(_, step)| step.name.as_str()).collect();
        let phrases = Vocabulary::for_texts(labels.iter().copied()).read_all(&labels);
        let pairs = pairs_of(&phrases, threshold);
        let found = Rc::new(AlikeSteps { phrases, pairs });
        *self.alike_steps.borrow_mut() = Some((threshold, Rc::clone(&found)));
        found
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

/// Takes what a rule has to say, and knows its thresholds.
pub struct Sink<'a> {
    meta: &'static Meta,
    document: &'a Document,
    pub(super) findings: Vec<Finding>,
    pub(super) missing: Vec<Missing>,
}

impl<'a> Sink<'a> {
    /// The sink of one rule.
    pub(super) fn new(meta: &'static Meta, document: &'a Document) -> Self {
        Self { meta, document, findings: Vec::new(), missing: Vec::new() }
    }

    /// A threshold of the rule: as the project changed it, else its default.
    pub fn threshold(&self, name: &str) -> f64 {
        let Some(threshold) = self.meta.thresholds.iter().find(|threshold| threshold.name == name) else {
            debug_assert!(false, "{} has no threshold {name}", self.meta.id);
            return f64::INFINITY;
        };
        let changed = self.document.project().thresholds.get(&self.meta.threshold_key(name));
        changed.copied().unwrap_or(threshold.default)
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
        finding.formula.thresholds = self.meta.thresholds_text(&self.document.project().thresholds);
        self.findings.push(finding);
    }

    /// Says what the rule lacks, with the words for one element and for several:
    /// `("person has no hours per week", "people have no hours per week", …)`. Without elements nothing is said.
    pub fn missing(&mut self, one: &str, many: &str, elements: impl IntoIterator<Item = impl Into<ElementRef>>) {
        let mut elements: Vec<ElementRef> = elements.into_iter().map(Into::into).collect();
        elements.sort_unstable();
        elements.dedup();
        if !elements.is_empty() {
            self.missing.push(Missing { what: super::words::count(elements.len(), one, many), elements });
        }
    }
}
