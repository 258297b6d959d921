//! What a rule says about the model: findings with their formula, remedies and fixes, and what silent rules lack.
//!
//! A finding is a plain value that panels, the command line and tests read alike. A [`Fix`] describes records to add,
//! put in place of others, or take away; turning it into an edit is the business of who applies it. Invariants: the
//! first evidence is what the finding is about; names in `numbers` are stable and carry their unit.

use crate::edit::{Edit, Insert, Record, Remove, Replace, Sequence};
use crate::model::*;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Untidy.
    Low,
    /// Costs time or clarity.
    Medium,
    /// Work or money will go wrong.
    High,
    /// It cannot work like this.
    Block,
}

impl Severity {
    /// Every severity, gravest first.
    pub const ALL: [Self; 5] = [Self::Block, Self::High, Self::Medium, Self::Low, Self::Info];

    /// The word, in lower case.
    pub fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Block => "block",
        }
    }

    /// The severity with this word; `med` is understood, too.
    pub fn from_word(word: &str) -> Option<Self> {
        let word = word.to_ascii_lowercase();
        Self::ALL.into_iter().find(|severity| severity.word() == word || (word == "med" && *severity == Self::Medium))
    }

    /// Base of the score: each step doubles it (ours).
    pub fn base(self) -> f64 {
        match self {
            Self::Info => 1.0,
            Self::Low => 2.0,
            Self::Medium => 4.0,
            Self::High => 8.0,
            Self::Block => 16.0,
        }
    }

    /// One step graver, for critical processes. High stays high: only a rule itself may say that nothing works.
    pub fn raised(self) -> Self {
        match self {
            Self::Info => Self::Low,
            Self::Low => Self::Medium,
            Self::Medium | Self::High => Self::High,
            Self::Block => Self::Block,
        }
    }

    /// One step milder, for inputs that are known to be guesses.
    pub fn lowered(self) -> Self {
        match self {
            Self::Info | Self::Low => Self::Info,
            Self::Medium => Self::Low,
            Self::High => Self::Medium,
            Self::Block => Self::High,
        }
    }
}

/// Where a definition or a threshold comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Taken from literature or practice: which.
    Literature(&'static str),
    /// Set by Remit: why so.
    Ours(&'static str),
}

impl Source {
    /// The source in words, ours marked as ours.
    pub fn text(self) -> String {
        match self {
            Self::Literature(text) => text.to_owned(),
            Self::Ours(text) => format!("ours: {text}"),
        }
    }
}

/// How a finding was worked out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Formula {
    /// The formula with its numbers put in: `ρ = load ÷ hours = 38.4 ÷ 40 = 0.96`.
    pub text: String,
    /// The thresholds in force, and which of them the project changed.
    pub thresholds: String,
    /// Where formula and thresholds come from.
    pub source: String,
}

/// One change of a fix.
#[derive(Clone, Debug, PartialEq)]
pub enum FixChange {
    /// Adds a record.
    Insert(Record),
    /// Puts a record in the place of the one with this handle, which keeps its key.
    Replace(ElementRef, Record),
    /// Takes an element away.
    Remove(ElementRef),
}

/// A change that would end a finding, made in one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, in the imperative: `Let “Clerk” decide “Grant refund”`.
    pub label: String,
    /// The changes, in the order in which they are made.
    pub changes: Vec<FixChange>,
}

impl Fix {
    /// A fix that adds one record.
    pub fn insert(label: impl Into<String>, record: impl Into<Record>) -> Self {
        Self { label: label.into(), changes: vec![FixChange::Insert(record.into())] }
    }

    /// The edit that makes it, as one step.
    pub fn to_edit(&self) -> Edit {
        let edit = |change: &FixChange| match change.clone() {
            FixChange::Insert(record) => Insert { records: vec![record], show_in: Vec::new() }.into(),
            FixChange::Replace(element, record) => Replace { element, record }.into(),
            FixChange::Remove(element) => Remove { elements: vec![element] }.into(),
        };
        Sequence { label: self.label.clone(), edits: self.changes.iter().map(edit).collect() }.into()
    }

    /// A fix that puts one record in the place of another.
    pub fn replace(label: impl Into<String>, element: impl Into<ElementRef>, record: impl Into<Record>) -> Self {
        Self { label: label.into(), changes: vec![FixChange::Replace(element.into(), record.into())] }
    }
}

/// What could be done about a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Remedy {
    /// The advice, with names.
    pub text: String,
    /// The change, where it can be made mechanically.
    pub fix: Option<Fix>,
}

/// What a finding costs, where it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Impact {
    /// Working hours in a month.
    pub hours_per_month: Option<f64>,
    /// Money in a month.
    pub money_per_month: Option<Money>,
}

/// What a rule says about the model.
///
/// Rules make one with [`Finding::new`] and the methods that follow it; the sink adds what it takes from the rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Id of the rule: `BN-01`.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Title of the rule.
    pub title: &'static str,
    /// One or two sentences that name the elements.
    pub message: String,
    /// Why it matters.
    pub why: &'static str,
    /// What it is about: the main element first.
    pub evidence: Vec<ElementRef>,
    /// How it was worked out.
    pub formula: Formula,
    /// Its numbers under stable names with units: `load_hours`.
    pub numbers: Vec<(&'static str, f64)>,
    /// What could be done.
    pub remedies: Vec<Remedy>,
    /// Weight for ordering: base of the severity × (1 + criticality ÷ 5) × confidence.
    pub score: f64,
    /// What it costs.
    pub impact: Impact,
    /// Criticality of the gravest process concerned, 0 to 5; 0 where it is not known.
    pub criticality: u8,
    /// Trust in the inputs, 0 to 1.
    pub confidence: f64,
    /// The waiver that accepts it.
    pub waived: Option<Waiver>,
}

impl Finding {
    /// A finding with this message and nothing else yet.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            rule: "",
            severity: Severity::Info,
            title: "",
            message: message.into(),
            why: "",
            evidence: Vec::new(),
            formula: Formula::default(),
            numbers: Vec::new(),
            remedies: Vec::new(),
            score: 0.0,
            impact: Impact::default(),
            criticality: 0,
            confidence: 1.0,
            waived: None,
        }
    }

    /// With what it is about: the main element first.
    #[must_use]
    pub fn about(mut self, evidence: impl IntoIterator<Item = impl Into<ElementRef>>) -> Self {
        for element in evidence {
            let element = element.into();
            if !self.evidence.contains(&element) {
                self.evidence.push(element);
            }
        }
        self
    }

    /// With its formula, the numbers put in.
    #[must_use]
    pub fn formula(mut self, text: impl Into<String>) -> Self {
        self.formula.text = text.into();
        self
    }

    /// With a number under a stable name that carries its unit.
    #[must_use]
    pub fn number(mut self, name: &'static str, value: f64) -> Self {
        self.numbers.push((name, value));
        self
    }

    /// With advice.
    #[must_use]
    pub fn remedy(mut self, text: impl Into<String>) -> Self {
        self.remedies.push(Remedy { text: text.into(), fix: None });
        self
    }

    /// With advice that can be followed mechanically, where the fix is known.
    #[must_use]
    pub fn remedy_with(mut self, text: impl Into<String>, fix: impl Into<Option<Fix>>) -> Self {
        self.remedies.push(Remedy { text: text.into(), fix: fix.into() });
        self
    }

    /// With the criticality of the gravest process concerned: from 4 on it raises the severity.
    #[must_use]
    pub fn criticality(mut self, criticality: Option<u8>) -> Self {
        self.criticality = self.criticality.max(criticality.unwrap_or(0).min(5));
        self
    }

    /// With the working hours in a week that it costs.
    #[must_use]
    pub fn costs_hours_per_week(mut self, hours: f64) -> Self {
        self.impact.hours_per_month = Some(hours * 52.0 / 12.0);
        self
    }

    /// The number with this name.
    pub fn number_named(&self, name: &str) -> Option<f64> {
        self.numbers.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }

    /// Keys of the evidence in its order; rights have none and are left out. Waivers and files name findings by them.
    pub fn evidence_keys(&self, document: &Document) -> Vec<Key> {
        self.evidence.iter().filter_map(|element| document.key_of(*element).cloned()).collect()
    }

    /// The waiver that would accept this finding.
    pub fn waiver(&self, document: &Document, reason: String, name: String, expires: Option<Date>) -> Waiver {
        Waiver { rule: self.rule.to_owned(), elements: self.evidence_keys(document), reason, name, expires }
    }
}

/// One input that a rule lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// What is missing, in plain words: `6 people have no hours per week`.
    pub what: String,
    /// Where it is missing.
    pub elements: Vec<ElementRef>,
}

/// That a rule could not say all it might, and what it lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Silence {
    /// Id of the rule.
    pub rule: &'static str,
    /// Title of the rule.
    pub title: &'static str,
    /// What it lacks.
    pub missing: Vec<Missing>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_rise_and_fall_by_one_step_and_keep_their_words() {
        assert_eq!(Severity::Medium.raised(), Severity::High);
        assert_eq!(Severity::High.raised(), Severity::High);
        assert_eq!(Severity::Block.lowered(), Severity::High);
        for severity in Severity::ALL {
            assert_eq!(Severity::from_word(severity.word()), Some(severity));
        }
        assert_eq!(Severity::from_word("MED"), Some(Severity::Medium));
        assert!(Severity::ALL.is_sorted_by(|a, b| a.base() > b.base()));
    }

    #[test]
    fn evidence_is_named_once() {
        let mut document = Document::default();
        let role = document.insert(Role::new("Clerk"));
        let finding = Finding::new("x").about([role, role]);
        assert_eq!(finding.evidence, [role.into()]);
        assert_eq!(finding.evidence_keys(&document).len(), 1);
    }
}
