//! Authority that somebody passes on for a time: to whom, of what, up to how much, on which days, and why.
//!
//! A delegation stands with its giver, a role or a person. It never gives more than the giver has: a case has to fit
//! the giver's own limit and that of the delegation.

use super::decision::{Per, Quantity, Tier};
use super::ids::{Actor, DecisionId};
use super::quantity::{Amount, Date};

/// Bounds of single cases: above the lower one, up to and including the upper one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseLimit {
    /// What is counted.
    pub quantity: Quantity,
    /// Lower bound, itself excluded; none for zero and up.
    pub above: Option<Amount>,
    /// Upper bound, itself included; none for no bound.
    pub up_to: Option<Amount>,
}

impl CaseLimit {
    /// The bounds of a tier; none where it does not bound single cases but their sum.
    pub fn of(tier: &Tier) -> Option<Self> {
        let Tier { quantity, above, up_to, per, .. } = *tier;
        (per == Per::Case).then_some(Self { quantity, above, up_to })
    }

    /// A tier with these bounds and nothing else.
    pub fn tier(&self) -> Tier {
        Tier { above: self.above, up_to: self.up_to, ..Tier::unbounded(self.quantity) }
    }

    /// Whether an amount lies within: above < amount ≤ up to.
    pub fn covers(&self, amount: Amount) -> bool {
        self.tier().covers(amount)
    }

    /// Whether every amount of a tier lies within; not where the two count different things.
    pub fn covers_all_of(&self, tier: &Tier) -> bool {
        let from_below = self.above.is_none_or(|above| tier.above.is_some_and(|own| own >= above));
        let to_above = self.up_to.is_none_or(|up_to| tier.up_to.is_some_and(|own| own <= up_to));
        self.quantity == tier.quantity && from_below && to_above
    }
}

/// That the one with whom it stands lets another decide in their place, on some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// Who receives it: a role or a person.
    pub to: Actor,
    /// The decisions that are passed on; the whole authority of the giver where it is empty.
    pub of: Vec<DecisionId>,
    /// The cases that are passed on; all that the giver may decide where it is none.
    pub limit: Option<CaseLimit>,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Why.
    pub reason: String,
    /// The day on which it was written down.
    pub written_on: Option<Date>,
}

impl Delegation {
    /// The whole authority of the giver, without a reason, from one day to another.
    pub fn new(to: Actor, from: Date, until: Date) -> Self {
        Self { to, of: Vec::new(), limit: None, from, until, reason: String::new(), written_on: None }
    }

    /// Whether a day is one of its days.
    pub fn is_on(&self, day: Date) -> bool {
        self.from <= day && day <= self.until
    }

    /// Whether a decision is passed on.
    pub fn is_of(&self, decision: DecisionId) -> bool {
        self.of.is_empty() || self.of.contains(&decision)
    }

    /// Whether it passes on everything that the giver may.
    pub fn is_whole(&self) -> bool {
        self.of.is_empty() && self.limit.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Currency, RoleId, TableId as _, parse_tier};

    fn tier(text: &str) -> Tier {
        parse_tier(text, Currency::EUR).unwrap()
    }

    #[test]
    fn a_limit_covers_tiers_within_it_only() {
        let limit = CaseLimit::of(&tier("≤ 500 EUR")).unwrap();
        assert!(limit.covers_all_of(&tier("≤ 500 EUR")) && limit.covers_all_of(&tier("> 100 ≤ 200 EUR")));
        assert!(!limit.covers_all_of(&tier("> 200 EUR")) && !limit.covers_all_of(&tier("≤ 5 %")));
        assert!(limit.covers(Amount::whole(500)) && !limit.covers(Amount::whole(501)));
        assert_eq!(CaseLimit::of(&tier("≤ 500 EUR per week")), None);
    }

    #[test]
    fn both_ends_count() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let given = Delegation::new(Actor::Role(RoleId::from_index(0)), day("2026-08-03"), day("2026-08-14"));
        assert!(given.is_on(day("2026-08-03")) && given.is_on(day("2026-08-14")));
        assert!(!given.is_on(day("2026-08-02")) && !given.is_on(day("2026-08-15")));
    }
}
