//! Ladders of limits as people type them: `Clerk: ≤ 200 EUR per case, ≤ 1000 per week; above: Owner`.
//!
//! Statements are parted by `;` or line ends. Each says who, and behind a colon (or simply behind the name) the limits
//! and what holds for all of them, parted by commas: conditions (`if budgeted`, `category IT`, `in Shop North`, `country
//! = France`), second names (`with Finance lead`), `deputy Ana`, `from 2026-01-01 until 2026-12-31`, `may pass on`,
//! `escalates to Owner`, `emergency`, `because …`. The order may be turned round: `above 200 EUR: Owner`. A statement
//! that names nobody goes on about the one before it. `above` alone begins where the limits before it end, and so does
//! an upper bound of somebody else (`Clerk: ≤ 200; Manager: ≤ 1000` leaves the Manager what is above 200); whoever
//! means an overlap writes `0 to 1000`. Names with commas or colons stand in quotes.
//!
//! What is not understood is named with its place. [`print_ladder`] prints what this reads back.

mod bounds;
mod extras;
mod names;
mod print;
mod reader;
mod statement;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use super::decision::{Condition, Quantity, Tier};
use super::document::Document;
use super::ids::{Actor, DecisionId, RoleId};
use super::quantity::Amount;
use bounds::read_bound;
use reader::{Draft, Reader, parts};

pub use names::{complete_names, deciding_rights, likely_holders, telling_name};
pub use print::{print_ladder, print_tier};
pub use words::{amount_words, per_words, tier_words};

/// What is known beside the text.
#[derive(Clone, Debug, Default)]
pub struct LineContext {
    /// Whom a statement is about that names nobody, until one is named.
    pub holder: Option<Actor>,
    /// Roles that are to be made, in this order, and may be named.
    pub new_roles: Vec<String>,
}

/// A text as it was understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LadderLine {
    /// What it says, in its order.
    pub statements: Vec<LineStatement>,
    /// What was not understood, from left to right.
    pub problems: Vec<LineProblem>,
    /// Roles that are to be made: those of the context that the text names.
    pub new_roles: Vec<String>,
    /// Handle that the first of them will have.
    pub first_new_role: Option<RoleId>,
}

/// What a text says about one decider.
#[derive(Clone, Debug, PartialEq)]
pub struct LineStatement {
    /// Who.
    pub holder: Actor,
    /// Up to what.
    pub says: LineSays,
    /// Its place in the text, in bytes.
    pub at: Range<usize>,
}

/// Up to what somebody decides.
#[derive(Clone, Debug, PartialEq)]
pub enum LineSays {
    /// Within these limits.
    Limits(Vec<Tier>),
    /// Everything: `no limit`.
    Everything,
    /// Nothing any more: `nothing`.
    Nothing,
}

/// Something that was not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineProblem {
    /// Its place in the text, in bytes.
    pub at: Range<usize>,
    /// What is wrong and what was expected, in a sentence.
    pub message: String,
    /// The name that is meant, where a name is the matter.
    pub name: Option<LineName>,
}

/// A name that leads to nobody, or to several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineName {
    /// The name.
    pub name: String,
    /// Who is called so; empty for nobody.
    pub several: Vec<Actor>,
    /// Whether a role of that name would do.
    pub may_be_role: bool,
}

/// Reads a text about the limits of a decision.
pub fn read_ladder_line(document: &Document, decision: DecisionId, text: &str, context: &LineContext) -> LadderLine {
    let mut reader =
        Reader { document, decision, context, text, line: LadderLine::default(), quantity: None, last: context.holder };
    for clause in parts(text, 0..text.len(), |c| matches!(c, ';' | '\n')) {
        reader.clause(clause);
    }
    reader.finish()
}

/// An amount of a limit as a person writes it, with or without its unit; none for what is no amount of this kind.
pub fn read_limit_amount(text: &str, quantity: Quantity) -> Option<Amount> {
    let bound = read_bound(text.trim()).ok()?;
    let fits = bound.quantity.is_none_or(|read| read == quantity) && bound.end == text.trim().len();
    let amount = bound.up_to.or(bound.above)?;
    (fits && bound.above.is_none_or(|_| bound.up_to.is_none())).then_some(amount)
}

/// Conditions as a person writes them, parted by commas: `budgeted, category IT, in Shop North`.
///
/// # Errors
/// What was not understood.
pub fn read_conditions(document: &Document, decision: DecisionId, text: &str) -> Result<Vec<Condition>, String> {
    let context = LineContext::default();
    let mut reader = Reader::new(document, decision, text, &context);
    let mut draft = Draft::default();
    for item in reader.split_items(0..text.len()) {
        let known = draft.extras.conditions.len();
        if !reader.extra(item.clone(), &mut draft) || draft.extras.conditions.len() == known {
            let message = reader.line.problems.first().map(|problem| problem.message.clone());
            let said = text.get(item).unwrap_or("");
            return Err(message.unwrap_or_else(|| {
                format!("“{said}” is no condition: write budgeted, category IT, in a unit, country = France, or if …")
            }));
        }
    }
    Ok(draft.extras.conditions)
}
