//! Limits as a person types them: `≤ 200 EUR`, `> 200 EUR`, `200 to 500 EUR per week`, `≤ 10 %`.
//!
//! Only the quantity, the bounds and the period are in the text; conditions and co-signers are fields of their own.

use std::fmt;

use super::decision::{Per, Quantity, Tier};
use super::quantity::{Amount, Currency, Period, QuantityError, money_text};

const EXPECTED: &str = "a limit such as ≤ 200 EUR, > 200 EUR, 200 to 500 EUR per week or ≤ 10 %";

/// The limit that a text states. Amounts without a unit are money in `currency`.
pub fn parse_tier(text: &str, currency: Currency) -> Result<Tier, QuantityError> {
    let fail = || QuantityError { text: text.trim().to_owned(), expected: EXPECTED };
    let lower = text.trim().to_lowercase();
    if lower.is_empty() {
        return Err(fail());
    }
    let (bounds, per) = split_period(&lower).ok_or_else(fail)?;
    let (bounds, quantity) = split_quantity(bounds, currency).ok_or_else(fail)?;
    let (above, up_to) = parse_bounds(bounds.trim(), quantity).ok_or_else(fail)?;
    let ordered = above.zip(up_to).is_none_or(|(above, up_to)| above < up_to);
    let positive = above.is_none_or(|above| above >= Amount::ZERO) && up_to.is_none_or(|up_to| up_to > Amount::ZERO);
    if !ordered || !positive {
        return Err(fail());
    }
    Ok(Tier { above, up_to, per, ..Tier::unbounded(quantity) })
}

/// The limits that a text states, parted by `;` or by a comma and a space.
pub fn parse_tiers(text: &str, currency: Currency) -> Result<Vec<Tier>, QuantityError> {
    text.split(';')
        .flat_map(|part| part.split(", "))
        .filter(|part| !part.trim().is_empty())
        .map(|part| parse_tier(part, currency))
        .collect()
}

fn split_period(text: &str) -> Option<(&str, Per)> {
    let Some((bounds, period)) = text.rsplit_once(" per ").or_else(|| text.rsplit_once('/')) else {
        return Some((text, Per::Case));
    };
    let per = match period.trim() {
        "case" => Per::Case,
        "counterparty" | "customer" | "supplier" => Per::Counterparty,
        "contract" | "total contract" => Per::Contract,
        word => Per::Period(*Period::ALL.iter().find(|period| period.word() == word)?),
    };
    Some((bounds, per))
}

fn split_quantity(text: &str, currency: Currency) -> Option<(String, Quantity)> {
    let text = text.trim();
    let endings = [
        ("percent", Quantity::Percent),
        ("%", Quantity::Percent),
        ("days", Quantity::Days),
        ("day", Quantity::Days),
        ("pieces", Quantity::Count),
        ("×", Quantity::Count),
    ];
    for (ending, quantity) in endings {
        if let Some(rest) = text.strip_suffix(ending) {
            return Some((rest.replace(ending, ""), quantity));
        }
    }
    for sign in ["€", "$", "£", "¥"] {
        if text.contains(sign) {
            return Some((text.replace(sign, " "), Quantity::Money(sign.parse().ok()?)));
        }
    }
    let is_code = |word: &&str| word.len() == 3 && word.chars().all(|c| c.is_ascii_alphabetic()) && *word != "any";
    let code = text.split_whitespace().find(is_code);
    match code {
        Some(code) => {
            let rest: Vec<&str> = text.split_whitespace().filter(|word| *word != code).collect();
            Some((rest.join(" "), Quantity::Money(code.parse().ok()?)))
        }
        None => Some((text.to_owned(), Quantity::Money(currency))),
    }
}

type Bounds = (Option<Amount>, Option<Amount>);

fn parse_bounds(text: &str, quantity: Quantity) -> Option<Bounds> {
    let read = |text: &str| match quantity {
        Quantity::Percent => text.trim().parse().ok(),
        _ => Amount::from_typed_money(text).ok(),
    };
    if matches!(text, "any" | "any amount" | "∞" | "unlimited") {
        return Some((None, None));
    }
    let strip = |prefixes: &[&str]| prefixes.iter().find_map(|prefix| text.strip_prefix(prefix));
    if let Some(rest) = strip(&["≤", "<=", "=<", "up to", "at most", "max", "<"]) {
        return Some((None, Some(read(rest)?)));
    }
    if let Some(rest) = strip(&[">", "above", "over", "more than"]) {
        let (above, up_to) = match rest.split_once('≤').or_else(|| rest.split_once("<=")) {
            Some((above, up_to)) => (above, Some(up_to)),
            None => match rest.split_once(" up to ").or_else(|| rest.split_once(" to ")) {
                Some((above, up_to)) => (above, Some(up_to)),
                None => (rest, None),
            },
        };
        let up_to = match up_to {
            Some(text) => Some(read(text)?),
            None => None,
        };
        return Some((Some(read(above)?), up_to));
    }
    let text = text.strip_prefix("from ").unwrap_or(text);
    let parts = text.split_once(" to ").or_else(|| text.split_once('–')).or_else(|| text.split_once(" - "));
    match parts.or_else(|| text.split_once('-')) {
        Some((above, up_to)) => Some((Some(read(above)?), Some(read(up_to)?))),
        None => Some((None, Some(read(text)?))),
    }
}

impl fmt::Display for Tier {
    /// The text that [`parse_tier`] reads back: bounds, unit, period.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |amount: Amount| match self.quantity {
            Quantity::Percent => amount.to_string(),
            _ => money_text(amount),
        };
        match (self.above, self.up_to) {
            (None, None) => f.write_str("any")?,
            (None, Some(up_to)) => write!(f, "≤ {}", text(up_to))?,
            (Some(above), None) => write!(f, "> {}", text(above))?,
            (Some(above), Some(up_to)) => write!(f, "> {} ≤ {}", text(above), text(up_to))?,
        }
        match self.quantity {
            Quantity::Money(currency) => write!(f, " {currency}")?,
            Quantity::Percent => f.write_str(" %")?,
            Quantity::Days => f.write_str(" days")?,
            Quantity::Count => f.write_str(" ×")?,
        }
        match self.per {
            Per::Case => Ok(()),
            Per::Period(period) => write!(f, " per {}", period.word()),
            Per::Counterparty => f.write_str(" per counterparty"),
            Per::Contract => f.write_str(" per contract"),
        }
    }
}

impl Tier {
    /// The bounds without unit and period, for a narrow cell: `≤200`, `>1k`, `∞`.
    pub fn short_label(&self) -> String {
        match (self.above, self.up_to) {
            (None, None) => "∞".to_owned(),
            (_, Some(up_to)) => format!("≤{}{}", short_amount(up_to), self.short_unit()),
            (Some(above), None) => format!(">{}{}", short_amount(above), self.short_unit()),
        }
    }

    fn short_unit(&self) -> &'static str {
        match self.quantity {
            Quantity::Money(_) => "",
            Quantity::Percent => " %",
            Quantity::Days => " d",
            Quantity::Count => " ×",
        }
    }
}

fn short_amount(amount: Amount) -> String {
    let number = amount.to_f64();
    match number.abs() {
        n if n >= 1.0e6 && (n / 1.0e5).fract() == 0.0 => format!("{}M", number / 1.0e6),
        n if n >= 1.0e3 && (n / 1.0e2).fract() == 0.0 => format!("{}k", number / 1.0e3),
        _ => amount.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_in_many_writings_and_printed_in_one() {
        for (text, printed) in [
            ("≤ 200 EUR", "≤ 200 EUR"),
            ("<=200", "≤ 200 EUR"),
            ("200", "≤ 200 EUR"),
            ("up to 1.200,50 €", "≤ 1200.50 EUR"),
            ("≤ 1.200 EUR", "≤ 1200 EUR"),
            ("> 200 EUR", "> 200 EUR"),
            ("> 200 ≤ 500 EUR", "> 200 ≤ 500 EUR"),
            ("200 to 500 USD per week", "> 200 ≤ 500 USD per week"),
            ("200-500", "> 200 ≤ 500 EUR"),
            ("≤ 10 %", "≤ 10 %"),
            ("5% to 10%", "> 5 ≤ 10 %"),
            ("≤ 3 days", "≤ 3 days"),
            ("≤ 2k per month", "≤ 2000 EUR per month"),
            ("any EUR", "any EUR"),
            ("≤ 5000 EUR per contract", "≤ 5000 EUR per contract"),
        ] {
            let tier = parse_tier(text, Currency::EUR).unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(tier.to_string(), printed, "{text}");
            assert_eq!(parse_tier(printed, Currency::EUR).unwrap(), tier);
        }
    }

    #[test]
    fn nonsense_and_impossible_bounds_are_refused() {
        for text in ["", "lots", "≤", "500 to 200 EUR", "≤ 0 EUR", "≤ 200 EUR per fortnight", "≤ -5 EUR"] {
            assert!(parse_tier(text, Currency::EUR).is_err(), "{text}");
        }
    }

    #[test]
    fn several_limits_share_a_line_and_cells_stay_short() {
        let tiers = parse_tiers("≤ 200 EUR per case, ≤ 1000 per week; > 20 %", Currency::EUR).unwrap();
        let printed: Vec<_> = tiers.iter().map(Tier::short_label).collect();
        assert_eq!(printed, ["≤200", "≤1k", ">20 %"]);
    }
}
