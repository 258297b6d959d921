//! Whether a limit matches a case: yes, no, or that depends.

use super::{Candidate, Desk};
use crate::model::*;

/// What a limit says about a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// It matches.
    Yes,
    /// It does not.
    No,
    /// It depends on something that is not known.
    Open,
}

impl Match {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Open,
        }
    }

    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::No, Self::No) => Self::No,
            _ => Self::Open,
        }
    }
}

impl From<Option<bool>> for Match {
    fn from(known: Option<bool>) -> Self {
        match known {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::Open,
        }
    }
}

/// Conditions of one kind are alternatives.
fn are_alternatives(a: &Condition, b: &Condition) -> bool {
    match (a, b) {
        (Condition::Attribute { name: one, .. }, Condition::Attribute { name: two, .. }) => same(one, two),
        (Condition::Text(one), Condition::Text(two)) => one == two,
        _ => std::mem::discriminant(a) == std::mem::discriminant(b),
    }
}

fn same(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

impl Desk<'_> {
    /// Whether bounds, conditions and the holder's own unit match.
    pub(super) fn matched(&self, bounds: Option<&Tier>, conditions: &[Condition], home: Option<UnitId>) -> Match {
        let mut found = bounds.map_or(Match::Yes, |tier| self.amount_matches(tier));
        let asks_unit = conditions.iter().any(|condition| matches!(condition, Condition::Unit(_)));
        if let Some(home) = home.filter(|_| !asks_unit) {
            found = found.and(self.condition_matches(&Condition::Unit(home)));
        }
        for (place, condition) in conditions.iter().enumerate() {
            let is_first = !conditions.iter().take(place).any(|earlier| are_alternatives(earlier, condition));
            if is_first {
                let alternatives = conditions.iter().filter(|other| are_alternatives(condition, other));
                let any = alternatives.map(|one| self.condition_matches(one)).fold(Match::No, Match::or);
                found = found.and(any);
            }
        }
        found
    }

    fn amount_matches(&self, tier: &Tier) -> Match {
        if tier.above.is_none() && tier.up_to.is_none() {
            return Match::Yes;
        }
        match self.question.amount {
            Some((amount, quantity)) if quantity == tier.quantity => Some(tier.covers(amount)).into(),
            _ => Match::Open,
        }
    }

    fn condition_matches(&self, condition: &Condition) -> Match {
        let question = self.question;
        match condition {
            Condition::Unit(unit) => question.unit.map(|own| self.document.unit_is_within(own, *unit)),
            Condition::Category(category) => question.category.as_ref().map(|own| same(own, category)),
            Condition::Budgeted(yes) => question.budgeted.map(|own| own == *yes),
            Condition::NewSupplier(yes) => question.new_supplier.map(|own| own == *yes),
            Condition::Attribute { name, value } => {
                let own = question.attributes.iter().find(|(known, _)| same(known, name));
                own.map(|(_, own)| same(own, value))
            }
            Condition::Text(_) => None,
        }
        .into()
    }

    /// The limit and its conditions in words: `≤ 200 EUR, for Shop North, budgeted`.
    pub(super) fn limit_words(&self, one: &Candidate<'_>) -> String {
        let mut parts = Vec::new();
        let tier = one.tier.filter(|tier| tier.above.is_some() || tier.up_to.is_some());
        parts.extend(tier.map(Tier::to_string));
        let conditions = one.tier.map_or(&[][..], |tier| &tier.conditions);
        let asks_unit = conditions.iter().any(|condition| matches!(condition, Condition::Unit(_)));
        let home = one.home.filter(|_| !asks_unit).map(Condition::Unit);
        parts.extend(conditions.iter().chain(&home).map(|condition| condition_words(self.document, condition)));
        parts.join(", ")
    }
}

/// A condition in words.
pub(super) fn condition_words(document: &Document, condition: &Condition) -> String {
    let yes_no = |yes: bool, one: &str, other: &str| if yes { one.to_owned() } else { other.to_owned() };
    match condition {
        Condition::Unit(unit) => format!("for {}", crate::analysis::words::named(document, *unit)),
        Condition::Category(category) => format!("category {category}"),
        Condition::Budgeted(yes) => yes_no(*yes, "budgeted", "not budgeted"),
        Condition::NewSupplier(yes) => yes_no(*yes, "new supplier", "known supplier"),
        Condition::Attribute { name, value } => format!("{name} {value}"),
        Condition::Text(text) => format!("“{text}”"),
    }
}
