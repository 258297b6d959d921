//! Limits in words, as they are echoed to who types them and read out to who cannot see them.

use super::super::decision::{Condition, Per, Quantity, Tier};
use super::super::document::Document;
use super::super::ids::Actor;
use super::super::quantity::{Amount, Period};
use super::{LadderLine, LineSays, LineStatement};

/// An amount with its unit: `1,000 EUR`, `10 %`, `1 day`, `3 pieces`.
pub fn amount_words(amount: Amount, quantity: Quantity) -> String {
    let number = grouped(&amount.to_string());
    let one = amount == Amount::whole(1);
    match quantity {
        Quantity::Money(currency) => format!("{number} {currency}"),
        Quantity::Percent => format!("{number} %"),
        Quantity::Days if one => format!("{number} day"),
        Quantity::Days => format!("{number} days"),
        Quantity::Count if one => format!("{number} piece"),
        Quantity::Count => format!("{number} pieces"),
    }
}

/// A number with commas between its thousands.
fn grouped(text: &str) -> String {
    let (sign, text) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, rest) = text.split_once('.').map_or((text, String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    let mut out = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + &rest
}

/// What is summed: `a case`, `a week`, `per counterparty`, `per total contract`.
pub fn per_words(per: Per) -> &'static str {
    match per {
        Per::Case => "a case",
        Per::Period(Period::Day) => "a day",
        Per::Period(Period::Week) => "a week",
        Per::Period(Period::Month) => "a month",
        Per::Period(Period::Quarter) => "a quarter",
        Per::Period(Period::Year) => "a year",
        Per::Counterparty => "per counterparty",
        Per::Contract => "per total contract",
    }
}

/// A limit in words: `up to 200 EUR a case, if budgeted, together with Finance lead`.
pub fn tier_words(document: &Document, tier: &Tier) -> String {
    let name = |actor: Actor| document.name_of(actor.into()).to_owned();
    format!("{}{}", bounds_words(tier), extras_words(document, tier, &name))
}

fn bounds_words(tier: &Tier) -> String {
    let amount = |amount: Amount| amount_words(amount, tier.quantity);
    let range = match (tier.above, tier.up_to) {
        (None, None) => return format!("any amount {}", per_words(tier.per)),
        (None, Some(up_to)) => format!("up to {}", amount(up_to)),
        (Some(above), None) => format!("above {}", amount(above)),
        (Some(above), Some(up_to)) => {
            format!("above {} and up to {}", grouped(&above.to_string()), amount(up_to))
        }
    };
    format!("{range} {}", per_words(tier.per))
}

fn extras_words(document: &Document, tier: &Tier, name: &dyn Fn(Actor) -> String) -> String {
    let mut parts: Vec<String> = Vec::new();
    let places: Vec<String> = tier
        .conditions
        .iter()
        .filter_map(|condition| match condition {
            Condition::Unit(unit) => Some(document.name_of((*unit).into()).to_owned()),
            _ => None,
        })
        .collect();
    if !places.is_empty() {
        parts.push(format!("in {}", places.join(" or ")));
    }
    let conditions: Vec<String> = tier.conditions.iter().filter_map(condition_words).collect();
    if !conditions.is_empty() {
        parts.push(format!("if {}", conditions.join(" and ")));
    }
    if !tier.co_signers.is_empty() {
        let names: Vec<String> = tier.co_signers.iter().map(|role| name(Actor::Role(*role))).collect();
        parts.push(format!("together with {}", names.join(" and ")));
    }
    parts.extend(tier.deputy.map(|deputy| format!("with {} as deputy", name(deputy))));
    match (tier.valid_from, tier.valid_to) {
        (Some(from), Some(to)) => parts.push(format!("from {from} until {to}")),
        (Some(from), None) => parts.push(format!("from {from} on")),
        (None, Some(to)) => parts.push(format!("until {to}")),
        (None, None) => {}
    }
    parts.extend(tier.sub_delegation.then(|| "and may pass it on".to_owned()));
    parts.extend(tier.escalates_to.map(|role| format!("more goes to {}", name(Actor::Role(role)))));
    parts.extend(tier.emergency.then(|| "in an emergency only".to_owned()));
    parts.extend((!tier.reason.is_empty()).then(|| format!("because {}", tier.reason)));
    parts.iter().map(|part| format!(", {part}")).collect()
}

/// A condition other than a unit, in words.
fn condition_words(condition: &Condition) -> Option<String> {
    Some(match condition {
        Condition::Unit(_) => return None,
        Condition::Category(category) => format!("the category is {category}"),
        Condition::Budgeted(true) => "budgeted".to_owned(),
        Condition::Budgeted(false) => "not budgeted".to_owned(),
        Condition::NewSupplier(true) => "the supplier is new".to_owned(),
        Condition::NewSupplier(false) => "the supplier is known".to_owned(),
        Condition::Attribute { name, value } => format!("{name} is {value}"),
        Condition::Text(text) => text.clone(),
    })
}

impl LadderLine {
    /// Name of somebody whom the text speaks of: also of a role that is not there yet.
    pub fn name_of(&self, document: &Document, actor: Actor) -> String {
        if let (Actor::Role(role), Some(first)) = (actor, self.first_new_role) {
            use super::super::ids::TableId as _;
            let place = role.index().checked_sub(first.index()).map(|place| place as usize);
            if let Some(name) = place.and_then(|place| self.new_roles.get(place)) {
                return name.clone();
            }
        }
        document.name_of(actor.into()).to_owned()
    }

    /// What was understood, a sentence for each statement.
    pub fn sentences(&self, document: &Document) -> Vec<String> {
        self.statements.iter().map(|statement| self.sentence(document, statement)).collect()
    }

    fn sentence(&self, document: &Document, statement: &LineStatement) -> String {
        let name = |actor: Actor| self.name_of(document, actor);
        let who = name(statement.holder);
        match &statement.says {
            LineSays::Nothing => format!("{who} decides nothing any more."),
            LineSays::Everything => format!("{who} decides everything, without a limit."),
            LineSays::Limits(tiers) => {
                let bounds: Vec<String> = tiers.iter().map(bounds_words).collect();
                let bounds = match bounds.split_last() {
                    Some((last, rest)) if !rest.is_empty() => format!("{}, and {last}", rest.join(", ")),
                    _ => bounds.concat(),
                };
                let extras = tiers.first().map(|tier| extras_words(document, tier, &name)).unwrap_or_default();
                format!("{who} decides {bounds}{extras}.")
            }
        }
    }
}
