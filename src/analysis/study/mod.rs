//! One ladder looked at closely: what is wrong with it, case by case, what would end it and what that would change,
//! and what the ladder does in a week.
//!
//! The rules say the first thing about every row; this says everything about one. Each remedy was tried on a copy
//! before it is offered: one that only moves the trouble is left out.

mod issues;
mod remedies;
#[cfg(test)]
mod tests;

use crate::analysis::figures::{Ladders, LimitsWeek, Range, Rung, Strips, WeekGap, limits_week};
use crate::analysis::{Fix, Index, Severity};
use crate::model::*;

/// What is found about the limits of one decision.
#[derive(Clone, Debug, PartialEq)]
pub struct LadderStudy {
    /// Who decides along the amounts, for single cases and for whole contracts.
    pub strips: Vec<Strips>,
    /// What a week is like in each strip, in the order of `strips`.
    pub weeks: Vec<Vec<StripWeek>>,
    /// What is wrong, the gravest first.
    pub issues: Vec<LadderIssue>,
    /// Whether the decision says how many minutes a case takes.
    pub has_work: bool,
}

/// A week of a strip, or what is missing to say so.
pub type StripWeek = Result<LimitsWeek, Vec<WeekGap>>;

/// What is wrong with a ladder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LadderIssueKind {
    /// Limits count different things and cannot be compared.
    Units,
    /// Two may decide the same case, and the framework lets only one.
    Conflict,
    /// Nobody may decide a case.
    Gap,
    /// Two may decide the same case, and the framework lets them.
    Overlap,
    /// Somebody may decide more than a superior.
    Inversion,
    /// A limit says nothing new.
    Redundant,
    /// Two limits of one decider could be one.
    Mergeable,
    /// A condition in words, which is taken to hold.
    InWords,
}

impl LadderIssueKind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Units => "different units",
            Self::Conflict => "conflict",
            Self::Gap => "gap",
            Self::Overlap => "overlap",
            Self::Inversion => "inversion",
            Self::Redundant => "redundant",
            Self::Mergeable => "could be one",
            Self::InWords => "in words",
        }
    }

    /// How grave it is: what cannot be decided before what is said twice.
    pub fn severity(self) -> Severity {
        match self {
            Self::Units | Self::Conflict => Severity::Block,
            Self::Gap => Severity::High,
            Self::Overlap | Self::Inversion => Severity::Medium,
            Self::Redundant | Self::Mergeable => Severity::Low,
            Self::InWords => Severity::Info,
        }
    }
}

/// Something that is wrong with a ladder.
#[derive(Clone, Debug, PartialEq)]
pub struct LadderIssue {
    /// What.
    pub kind: LadderIssueKind,
    /// On which axis.
    pub per: Per,
    /// The limits concerned.
    pub rungs: Vec<Rung>,
    /// The amounts concerned.
    pub range: Range,
    /// It in a sentence, with the smallest case that shows it: `200.01 EUR, Shop North: nobody decides.`
    pub sentence: String,
    /// What would end it.
    pub remedies: Vec<LadderRemedy>,
}

/// A change that ends an issue without making another one.
#[derive(Clone, Debug, PartialEq)]
pub struct LadderRemedy {
    /// What it does: `Let Clerk decide up to 500 EUR`.
    pub label: String,
    /// What it would change: `Clerk: up to 200 EUR a case becomes up to 500 EUR a case`.
    pub changes: Vec<String>,
    /// What is left then: `nothing is left open and nobody meets`.
    pub outcome: String,
    /// The change.
    pub fix: Fix,
}

impl LadderStudy {
    /// Looks at the limits of a decision as they are in force on a day; where none is given, validity only keeps
    /// limits apart. `with_remedies` tries out what could be done about each issue, which takes longer.
    pub fn new(document: &Document, decision: DecisionId, on: Option<Date>, with_remedies: bool) -> Self {
        Self::of(document, &Index::new(document), decision, on, with_remedies)
    }

    /// The same with an index that is there already.
    pub fn of(
        document: &Document,
        index: &Index<'_>,
        decision: DecisionId,
        on: Option<Date>,
        with_remedies: bool,
    ) -> Self {
        let strips = Strips::of_decision(document, index, decision, on);
        let record = document.decisions().get(decision);
        let week = |strips: &Strips| -> Vec<StripWeek> {
            let of_strip = |strip| record.map_or(Err(Vec::new()), |record| limits_week(record, strips, strip));
            strips.strips.iter().map(of_strip).collect()
        };
        let weeks = strips.iter().map(week).collect();
        let ladders = Ladders::of_decision(document, index, decision, on);
        let mut issues = issues::issues(document, decision, &ladders);
        if with_remedies {
            remedies::offer(document, index, decision, on, &ladders, &mut issues);
        }
        Self { strips, weeks, issues, has_work: record.is_some_and(|record| record.work.is_some()) }
    }

    /// How many issues of a kind there are.
    pub fn count(&self, kind: LadderIssueKind) -> usize {
        self.issues.iter().filter(|issue| issue.kind == kind).count()
    }
}

/// The right and the limit of a rung.
fn limit_of(document: &Document, rung: Rung) -> Option<(&Right, Option<&Tier>)> {
    let right = document.rights().get(rung.right)?;
    Some((right, rung.tier.and_then(|place| right.tiers.get(place))))
}

/// Who decides up to what: `Clerk (up to 200 EUR a case)`.
fn holder_and_limit(document: &Document, rung: Rung) -> String {
    let Some((right, tier)) = limit_of(document, rung) else { return String::new() };
    let name = super::words::named(document, right.holder);
    match tier {
        Some(tier) => format!("{name} ({})", tier_words(document, tier)),
        None => name,
    }
}
