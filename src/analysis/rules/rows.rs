//! What rules about rows of the matrix ask again and again.

use crate::analysis::figures::{Rung, ladder};
use crate::analysis::{Context, Fix, FixChange, Held};
use crate::model::*;

/// A row of the matrix about a decision.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub id: DecisionId,
    pub decision: &'a Decision,
}

impl<'a> Row<'a> {
    pub fn subject(&self) -> Subject {
        Subject::Decision(self.id)
    }

    /// Holders of a letter with a duty, each once, in the order of the rights.
    pub fn holders(&self, context: &Context<'_>, duty: Duty) -> Vec<Actor> {
        distinct(context.index.rights_with(self.subject(), duty).map(|held| held.right.holder))
    }

    /// Everybody with a letter, each once.
    pub fn everybody(&self, context: &Context<'_>) -> Vec<Actor> {
        distinct(context.index.rights_on(self.subject()).map(|held| held.right.holder))
    }

    /// Letters of one holder.
    pub fn letters<'c>(&self, context: &'c Context<'_>, holder: Actor) -> Vec<Held<'c>> {
        context.index.rights_on(self.subject()).filter(|held| held.right.holder == holder).collect()
    }

    /// Whether nobody has confirmed one of these facts: less is said then.
    pub fn trust(&self, facts: &[DecisionFact]) -> f64 {
        if facts.iter().any(|fact| self.decision.guesses.contains(fact)) { 0.5 } else { 1.0 }
    }
}

/// Every decision, as long as nobody asks to stop.
pub(super) fn rows<'c>(context: &'c Context<'_>) -> impl Iterator<Item = Row<'c>> {
    let all = context.document.decisions().iter().enumerate();
    all.take_while(|(count, _)| !context.is_cancelled(*count)).map(|(_, (id, decision))| Row { id, decision })
}

/// The row of a decision.
pub(super) fn row<'c>(context: &'c Context<'_>, id: DecisionId) -> Option<Row<'c>> {
    context.document.decisions().get(id).map(|decision| Row { id, decision })
}

/// Everybody with a letter on a decision: the columns of the matrix.
pub(super) fn columns(context: &Context<'_>) -> Vec<Actor> {
    let on_decisions = |right: &Right| matches!(right.subject, Subject::Decision(_));
    let mut holders: Vec<Actor> = context
        .document
        .rights()
        .iter()
        .filter(|(_, right)| on_decisions(right))
        .map(|(_, right)| right.holder)
        .collect();
    holders.sort_unstable();
    holders.dedup();
    holders
}

pub(super) fn distinct(actors: impl Iterator<Item = Actor>) -> Vec<Actor> {
    let mut found = Vec::new();
    for actor in actors {
        if !found.contains(&actor) {
            found.push(actor);
        }
    }
    found
}

/// The right and the limit of a rung.
pub(super) fn limit_of<'c>(context: &'c Context<'_>, rung: Rung) -> Option<(&'c Right, Option<&'c Tier>)> {
    let right = context.document.rights().get(rung.right)?;
    Some((right, rung.tier.and_then(|place| right.tiers.get(place))))
}

/// Who decides up to what: `Clerk (≤ 200 EUR)`.
pub(super) fn holder_and_limit(context: &Context<'_>, rung: Rung) -> String {
    match limit_of(context, rung) {
        Some((right, Some(tier))) => format!("{} ({tier})", context.name(right.holder)),
        Some((right, None)) => context.name(right.holder),
        None => String::new(),
    }
}

/// A fix that changes the limits of a right.
pub(super) fn with_tiers(
    context: &Context<'_>,
    right: RightId,
    label: String,
    change: impl FnOnce(&mut Vec<Tier>),
) -> Option<Fix> {
    let mut changed = context.document.rights().get(right)?.clone();
    change(&mut changed.tiers);
    Some(Fix::replace(label, right, changed))
}

/// A fix that takes letters away.
pub(super) fn without(label: String, rights: impl IntoIterator<Item = RightId>) -> Fix {
    Fix { label, changes: rights.into_iter().map(|right| FixChange::Remove(right.into())).collect() }
}

/// A fix that gives a letter with its limits to another role.
pub(super) fn handed_over(label: String, held: &Held<'_>, role: RoleId) -> Fix {
    let right = Right { holder: Actor::Role(role), ..held.right.clone() };
    Fix { label, changes: vec![FixChange::Remove(held.id.into()), FixChange::Insert(right.into())] }
}

/// The role behind an actor.
pub(super) fn role_of(actor: Actor) -> Option<RoleId> {
    match actor {
        Actor::Role(role) => Some(role),
        _ => None,
    }
}

/// Whether a limit of a single case in money has an upper bound, and which.
pub(super) fn money_ceiling(tier: &Tier) -> Option<Money> {
    match (tier.quantity, tier.up_to, tier.per) {
        (Quantity::Money(currency), Some(amount), Per::Case) if !tier.emergency => Some(Money { amount, currency }),
        _ => None,
    }
}

/// Whether the framework of a row lets any number decide.
pub(super) fn several_may_decide(context: &Context<'_>, subject: Subject) -> bool {
    let framework = context.document.framework_of(subject);
    let letters = framework.map_or(&[][..], |(_, framework)| &framework.letters);
    let mut deciding = letters.iter().filter(|letter| letter.duties.contains(&Duty::Decide)).peekable();
    deciding.peek().is_some() && deciding.any(|letter| letter.at_most.is_none())
}

/// The key of the framework of a row.
pub(super) fn framework_key<'c>(context: &'c Context<'_>, subject: Subject) -> &'c str {
    context.document.framework_of(subject).map_or("", |(_, framework)| framework.key.as_str())
}

/// Those who perform the steps that a decision is linked to, each once.
pub(super) fn performers_of(context: &Context<'_>, decision: &Decision) -> Vec<Actor> {
    distinct(decision.steps.iter().filter_map(|step| context.index.performer(*step)))
}

/// How many hold a letter that does not decide.
pub(super) struct Count<'a> {
    pub letter: &'a Letter,
    /// Each once, in the order of the rights.
    pub holders: Vec<Actor>,
    /// The most that meet in one of the units for which the row is decided apart; all of them where it is not.
    pub most_in_a_scope: usize,
}

impl Count<'_> {
    /// Whether the letter prepares, and neither does it nor decides.
    pub fn prepares_only(&self) -> bool {
        let has = |duty: Duty| self.letter.duties.contains(&duty);
        has(Duty::Prepare) && !has(Duty::Do) && !has(Duty::Decide) && self.letter.at_least > 0
    }

    /// Whether exactly one prepares.
    pub fn is_single_preparer(&self) -> bool {
        self.prepares_only() && self.letter.at_most == Some(1)
    }
}

/// The letters of a row's framework that do not decide, with who holds them; nothing for a row without letters.
pub(super) fn counts<'c>(context: &'c Context<'_>, row: &Row<'_>) -> Vec<Count<'c>> {
    let Some((_, framework)) = context.document.framework_of(row.subject()) else { return Vec::new() };
    let all: Vec<Held<'_>> = context.index.rights_on(row.subject()).collect();
    if all.is_empty() {
        return Vec::new();
    }
    let of_letter = |letter: &'c Letter| {
        let is_it = |held: &&Held<'_>| framework.letter(&held.right.letter).is_some_and(|own| own.code == letter.code);
        let held: Vec<Held<'_>> = all.iter().filter(is_it).copied().collect();
        let holders = distinct(held.iter().map(|held| held.right.holder));
        Count { letter, holders, most_in_a_scope: most_in_a_scope(context, row, &held) }
    };
    framework.letters.iter().filter(|letter| !letter.duties.contains(&Duty::Decide)).map(of_letter).collect()
}

/// How many letters meet in one of the units for which a row is decided apart; all of them where it is not.
pub(super) fn most_in_a_scope(context: &Context<'_>, row: &Row<'_>, held: &[Held<'_>]) -> usize {
    let home = |one: &Held<'_>| ladder::home(context.document, &context.index, &row.decision.scope, one, held);
    let homes: Vec<Option<UnitId>> = held.iter().map(home).collect();
    let everywhere = homes.iter().filter(|home| home.is_none()).count();
    let at = |unit: &UnitId| homes.iter().filter(|home| **home == Some(*unit)).count();
    everywhere + homes.iter().flatten().map(at).max().unwrap_or(0)
}
