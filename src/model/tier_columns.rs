//! A limit as texts in columns, for tables that go out and come back with all of it.

use super::decision::{Per, Quantity, Tier};
use super::decision_text::{condition_text, find_reference, parse_condition, reference_text};
use super::document::Document;
use super::ids::{Actor, ElementKind, ElementRef, RoleId};
use super::quantity::{Amount, Period};

/// Headings of the columns of a limit.
pub const TIER_HEADINGS: [&str; 14] = [
    "Counted",
    "Above",
    "Up to",
    "Per",
    "Conditions",
    "Co-signers",
    "From day",
    "To day",
    "May pass on",
    "Escalates to",
    "Deputy",
    "Emergency only",
    "Set on day",
    "Why so",
];

/// The texts of a limit, by [`TIER_HEADINGS`].
pub fn tier_columns(document: &Document, tier: &Tier) -> [String; 14] {
    let amount = |amount: Option<Amount>| amount.map_or_else(String::new, |amount| amount.to_string());
    let role = |role: &RoleId| reference_text(document, (*role).into());
    let counted = match tier.quantity {
        Quantity::Money(currency) => currency.to_string(),
        Quantity::Percent => "%".to_owned(),
        Quantity::Days => "days".to_owned(),
        Quantity::Count => "pieces".to_owned(),
    };
    let per = match tier.per {
        Per::Case => "case",
        Per::Period(period) => period.word(),
        Per::Counterparty => "counterparty",
        Per::Contract => "contract",
    };
    let conditions: Vec<String> = tier.conditions.iter().map(|condition| condition_text(document, condition)).collect();
    let day = |day: Option<super::quantity::Date>| day.map_or_else(String::new, |day| day.to_string());
    [
        counted,
        amount(tier.above),
        amount(tier.up_to),
        per.to_owned(),
        conditions.join("\n"),
        tier.co_signers.iter().map(role).collect::<Vec<_>>().join("\n"),
        day(tier.valid_from),
        day(tier.valid_to),
        if tier.sub_delegation { "yes".to_owned() } else { String::new() },
        tier.escalates_to.as_ref().map_or_else(String::new, role),
        tier.deputy.map_or_else(String::new, |deputy| reference_text(document, deputy.into())),
        if tier.emergency { "yes".to_owned() } else { String::new() },
        day(tier.set_on),
        tier.reason.clone(),
    ]
}

/// The limit that such texts state; none where nothing is counted.
///
/// # Errors
/// The place of the column that could not be read, and what was expected there.
pub fn tier_from_columns(document: &Document, texts: &[&str; 14]) -> Result<Option<Tier>, (usize, &'static str)> {
    let [counted, above, up_to, per, conditions, co_signers, from, to, pass_on, escalates, ..] = *texts;
    let [.., deputy, emergency, set_on, reason] = *texts;
    if counted.is_empty() {
        return Ok(None);
    }
    let quantity = match counted {
        "%" => Quantity::Percent,
        "days" => Quantity::Days,
        "pieces" => Quantity::Count,
        code => Quantity::Money(code.parse().map_err(|_| (0, "a currency such as EUR, %, days or pieces"))?),
    };
    let amount = |at: usize, text: &str| match text {
        "" => Ok(None),
        text => text.parse::<Amount>().map(Some).map_err(|_| (at, "an amount")),
    };
    let day = |at: usize, text: &str| match text {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| (at, "a day such as 2026-11-22")),
    };
    let role = |at: usize, text: &str| match find_reference(document, text, &[ElementKind::Role]) {
        Some(ElementRef::Role(role)) => Ok(role),
        _ => Err((at, "a role of the project")),
    };
    let holder = |at: usize, text: &str| {
        let found = find_reference(document, text, &[ElementKind::Role, ElementKind::Person]);
        found.and_then(|element| Actor::try_from(element).ok()).ok_or((at, "a role or person of the project"))
    };
    let per = match per {
        "" | "case" => Per::Case,
        "counterparty" => Per::Counterparty,
        "contract" => Per::Contract,
        word => {
            let period = Period::ALL.into_iter().find(|period| period.word() == word);
            Per::Period(period.ok_or((3, "case, day, week, month, quarter, year, counterparty or contract"))?)
        }
    };
    Ok(Some(Tier {
        quantity,
        above: amount(1, above)?,
        up_to: amount(2, up_to)?,
        per,
        conditions: conditions.lines().map(|line| parse_condition(document, line)).collect(),
        co_signers: co_signers.lines().map(|line| role(5, line)).collect::<Result<_, _>>()?,
        valid_from: day(6, from)?,
        valid_to: day(7, to)?,
        sub_delegation: pass_on == "yes",
        escalates_to: if escalates.is_empty() { None } else { Some(role(9, escalates)?) },
        deputy: if deputy.is_empty() { None } else { Some(holder(10, deputy)?) },
        emergency: emergency == "yes",
        set_on: day(12, set_on)?,
        reason: reason.to_owned(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testkit::everything;

    #[test]
    fn every_limit_comes_back() {
        let document = everything();
        let mut count = 0;
        for tier in document.rights().iter().flat_map(|(_, right)| &right.tiers) {
            let texts = tier_columns(&document, tier);
            let texts = texts.each_ref().map(String::as_str);
            assert_eq!(tier_from_columns(&document, &texts), Ok(Some(tier.clone())));
            count += 1;
        }
        assert!(count > 0);
        assert_eq!(tier_from_columns(&document, &[""; 14]), Ok(None));
        let mut wrong = [""; 14];
        (wrong[0], wrong[2]) = ("EUR", "lots");
        assert_eq!(tier_from_columns(&document, &wrong), Err((2, "an amount")));
    }
}
