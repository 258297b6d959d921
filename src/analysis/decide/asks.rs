//! What the limits of a decision ask about a case: only that is worth asking whoever wants to know who decides.

use crate::analysis::Index;
use crate::analysis::figures::ladder;
use crate::model::*;

/// What decides between the limits of a decision, each list in the order of its limits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asks {
    /// What bounded limits of a single case count.
    pub quantities: Vec<Quantity>,
    /// Whether the unit of the case matters.
    pub unit: bool,
    /// Categories that limits name.
    pub categories: Vec<String>,
    /// Whether it matters that a case is budgeted.
    pub budgeted: bool,
    /// Whether it matters that a supplier is new.
    pub new_supplier: bool,
    /// The organisation's own attributes, with the values that limits name.
    pub attributes: Vec<(String, Vec<String>)>,
}

impl Asks {
    /// What the limits of all rights on a decision ask, in force or not.
    pub fn of(document: &Document, index: &Index<'_>, decision: DecisionId) -> Self {
        let mut asks = Self::default();
        let subject = Subject::Decision(decision);
        for held in index.rights_on(subject) {
            for tier in &held.right.tiers {
                asks.take(tier);
            }
        }
        let scope = document.decisions().get(decision).map_or(&[][..], |decision| decision.scope.as_slice());
        let held: Vec<_> = index.rights_with(subject, Duty::Decide).collect();
        asks.unit |= held.iter().any(|one| ladder::home(document, index, scope, one, &held).is_some());
        asks
    }

    /// What an amount counts that comes without a unit: what the only kind of limits counts, else money.
    pub fn quantity(&self, currency: Currency) -> Quantity {
        match self.quantities.as_slice() {
            [only] => *only,
            _ => Quantity::Money(currency),
        }
    }

    fn take(&mut self, tier: &Tier) {
        let is_bounded = tier.above.is_some() || tier.up_to.is_some();
        if is_bounded && matches!(tier.per, Per::Case | Per::Contract) && !self.quantities.contains(&tier.quantity) {
            self.quantities.push(tier.quantity);
        }
        for condition in &tier.conditions {
            match condition {
                Condition::Unit(_) => self.unit = true,
                Condition::Category(category) => push_new(&mut self.categories, category),
                Condition::Budgeted(_) => self.budgeted = true,
                Condition::NewSupplier(_) => self.new_supplier = true,
                Condition::Attribute { name, value } => self.take_attribute(name, value),
                Condition::Text(_) => {}
            }
        }
    }

    fn take_attribute(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(known, _)| is_same(known, name)) {
            Some((_, values)) => push_new(values, value),
            None => self.attributes.push((name.trim().to_owned(), vec![value.trim().to_owned()])),
        }
    }
}

fn push_new(texts: &mut Vec<String>, text: &str) {
    if !texts.iter().any(|known| is_same(known, text)) {
        texts.push(text.trim().to_owned());
    }
}

fn is_same(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}
