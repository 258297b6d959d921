//! Limits as geometry: what the deciding limits of a decision leave open, and where they meet.
//!
//! A limit is a box: a range of amounts (above < amount ≤ up to) times, for each question that conditions ask (unit,
//! category, budgeted, new supplier, the organisation's own), the set of answers for which it applies. Conditions on
//! the same question are alternatives, those on different questions must all hold. Answers that no limit tells apart
//! are one: what is not mentioned is "another one". Cases belong to units without sub-units in the decision's scope;
//! where the scope names several units, roles in different ones decide each for their own, unless one reports to the
//! other. Boxes meet when they do in every direction, so overlaps are exact pair by pair; gaps are found by splitting
//! only on what the limits in force at an amount ask. Both are complete.
//!
//! What is summed over a period or a counterparty is an axis of its own, on which only gaps, repetitions and
//! inversions mean something: caps of two holders do not meet. Emergency limits, and such that are not in force on
//! the day, are left out. A condition in words cannot be evaluated: its limit is taken to cover what it might, meets
//! nothing, and is listed.

mod space;
mod strips;
mod sweep;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use super::reach::Range;
use crate::analysis::Index;
use crate::model::*;

pub use space::{Answer, Question, home};
pub use strips::{Strip, StripPart, Strips};

/// One limit of a right, or the whole right where it has none on the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rung {
    /// The right.
    pub right: RightId,
    /// Place of the limit among those of the right; none for the right as a whole.
    pub tier: Option<usize>,
}

/// A case that shows what is meant: the smallest amount, and one answer to each question that matters.
#[derive(Clone, Debug, PartialEq)]
pub struct Witness {
    /// The amount.
    pub amount: Amount,
    /// What it counts; none where no limit says.
    pub quantity: Option<Quantity>,
    /// Answers, in the order of the questions.
    pub answers: Vec<(Question, Answer)>,
}

impl Witness {
    /// The answers as conditions of a limit; none where one cannot be written down, as for “any other”.
    pub fn conditions(&self) -> Option<Vec<Condition>> {
        let condition = |(question, answer): &(Question, Answer)| match (question, answer) {
            (_, Answer::Unit(unit)) => Some(Condition::Unit(*unit)),
            (Question::Budgeted, Answer::Is(yes)) => Some(Condition::Budgeted(*yes)),
            (Question::NewSupplier, Answer::Is(yes)) => Some(Condition::NewSupplier(*yes)),
            (Question::Category, Answer::Value(value)) => Some(Condition::Category(value.clone())),
            (Question::Own(name), Answer::Value(value)) => {
                Some(Condition::Attribute { name: name.clone(), value: value.clone() })
            }
            _ => None,
        };
        self.answers.iter().map(condition).collect()
    }
}

/// Amounts that nobody decides under some answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    /// The amounts.
    pub range: Range,
    /// The smallest case.
    pub case: Witness,
}

/// Two limits of different deciders that match the same case.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlap {
    /// The limit with the lower start.
    pub first: Rung,
    /// The other one.
    pub second: Rung,
    /// The amounts that both match.
    pub range: Range,
    /// The smallest case.
    pub case: Witness,
}

/// A role that may decide more than somebody it reports to.
#[derive(Clone, Debug, PartialEq)]
pub struct Inversion {
    /// The limit of the subordinate.
    pub lower: Rung,
    /// The highest limit of the superior there.
    pub upper: Rung,
    /// A case that the subordinate may decide and the superior may not.
    pub case: Witness,
}

/// What the deciding limits of one decision do on one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Ladder {
    /// The decision.
    pub decision: DecisionId,
    /// What is summed.
    pub per: Per,
    /// Everything that its limits count; more than one kind cannot be compared, and only overlaps within a kind are
    /// looked for then.
    pub quantities: Vec<Quantity>,
    /// What nobody decides.
    pub gaps: Vec<Gap>,
    /// What two decide.
    pub overlaps: Vec<Overlap>,
    /// Limits of one right that are one: the same but for bounds that touch or overlap, neither within the other.
    pub mergeable: Vec<(Rung, Rung)>,
    /// Limits that lie within another one of the same decider: the inner one first.
    pub subsumed: Vec<(Rung, Rung)>,
    /// Limits that several others of the same decider cover together.
    pub redundant: Vec<Rung>,
    /// Roles that may decide more than a superior.
    pub inversions: Vec<Inversion>,
    /// Limits with a condition in words.
    pub unevaluated: Vec<Rung>,
}

/// The ladders of all decisions that somebody decides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ladders {
    /// In the order of the decisions.
    rows: Vec<Arc<Ladder>>,
}

impl Ladders {
    /// Works out all ladders as they are in force on a day; where none is given, validity only keeps limits apart.
    pub fn new(document: &Document, index: &Index<'_>, on: Option<Date>) -> Self {
        let rows = document.decisions().ids().flat_map(|decision| Self::of_decision(document, index, decision, on));
        Self::of_rows(rows.map(Arc::new))
    }

    /// The ladders of all decisions, in their order.
    pub(in crate::analysis) fn of_rows(rows: impl Iterator<Item = Arc<Ladder>>) -> Self {
        Self { rows: rows.collect() }
    }

    /// The ladders of one decision, one for each axis that its limits use, single cases first.
    pub fn of_decision(document: &Document, index: &Index<'_>, decision: DecisionId, on: Option<Date>) -> Vec<Ladder> {
        let spans = space::Spans::new(document, index, decision, on);
        spans.axes().into_iter().map(|per| sweep::ladder(index, &spans, decision, per)).collect()
    }

    /// Every ladder, in the order of the decisions.
    pub fn iter(&self) -> impl Iterator<Item = &Ladder> {
        self.rows.iter().map(|row| &**row)
    }

    /// The ladders of a decision.
    pub fn of(&self, decision: DecisionId) -> impl Iterator<Item = &Ladder> {
        let start = self.rows.partition_point(|row| row.decision < decision);
        self.rows.iter().skip(start).map(|row| &**row).take_while(move |row| row.decision == decision)
    }
}

impl Witness {
    /// The case in words: `200.01 EUR, Shop North, category IT, not budgeted`.
    pub fn words(&self, document: &Document) -> String {
        let unit = Range { above: None, up_to: Some(self.amount) }.words(self.quantity);
        let amount = self.quantity.map(|_| unit.trim_start_matches("up to ").to_owned());
        let answers = self.answers.iter().map(|(question, answer)| answer.words(question, document));
        let parts: Vec<String> = amount.into_iter().chain(answers).collect();
        if parts.is_empty() { "any case".to_owned() } else { parts.join(", ") }
    }

    /// The unit of the case, where it matters.
    pub fn unit(&self) -> Option<UnitId> {
        self.answers.iter().find_map(|(_, answer)| match answer {
            Answer::Unit(unit) => Some(*unit),
            _ => None,
        })
    }
}
