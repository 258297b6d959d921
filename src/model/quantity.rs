//! Amounts, money, durations, rates: exact where money is concerned, written and read as a person writes them.
//!
//! Every type prints a text that its own parser reads back to the same value.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A calendar date.
pub type Date = jiff::civil::Date;

/// Why a text is no quantity: what was expected instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{text}” is not {expected}")]
pub struct QuantityError {
    /// The text as given.
    pub text: String,
    /// What would have been understood, with an example.
    pub expected: &'static str,
}

fn wrong(text: &str, expected: &'static str) -> QuantityError {
    QuantityError { text: text.trim().to_owned(), expected }
}

/// A decimal number with four exact places, for money, percent, days and counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Amount(i64);

impl Amount {
    /// Zero.
    pub const ZERO: Self = Self(0);
    const SCALE: i64 = 10_000;
    /// The largest magnitude: nine hundred billion.
    const LIMIT: f64 = 9.0e11;

    /// A whole number.
    pub fn whole(number: i32) -> Self {
        Self(i64::from(number) * Self::SCALE)
    }

    /// The nearest amount, or none for numbers that are not finite or above nine hundred billion.
    pub fn from_f64(number: f64) -> Option<Self> {
        (number.is_finite() && number.abs() <= Self::LIMIT).then(|| Self((number * Self::SCALE as f64).round() as i64))
    }

    /// The number.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / Self::SCALE as f64
    }

    /// What a person means who types an amount of money: like the text of a file, but a single point before exactly
    /// three digits groups thousands, as in `1.200`. Money has no three decimals.
    ///
    /// # Errors
    /// The text is no number.
    pub fn from_typed_money(text: &str) -> Result<Self, QuantityError> {
        without_thousands(text.trim()).parse()
    }
}

/// An amount of money as text that [`Amount::from_typed_money`] reads back: three decimals get a fourth.
pub(super) fn money_text(amount: Amount) -> String {
    let mut text = amount.to_string();
    if without_thousands(&text) != text {
        text.push('0');
    }
    text
}

/// The number without the point of its thousands, where it has one.
pub(super) fn without_thousands(digits: &str) -> Cow<'_, str> {
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    match digits.split_once('.') {
        Some((whole, rest))
            if rest.len() == 3
                && (1..=3).contains(&whole.len())
                && !whole.starts_with('0')
                && is_number(whole)
                && is_number(rest) =>
        {
            Cow::Owned(format!("{whole}{rest}"))
        }
        _ => Cow::Borrowed(digits),
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, magnitude) = if self.0 < 0 { ("-", self.0.unsigned_abs()) } else { ("", self.0.unsigned_abs()) };
        let (whole, rest) = (magnitude / Self::SCALE as u64, magnitude % Self::SCALE as u64);
        if rest == 0 {
            return write!(f, "{sign}{whole}");
        }
        let digits = format!("{rest:04}");
        let digits = digits.trim_end_matches('0');
        if digits.len() == 1 { write!(f, "{sign}{whole}.{digits}0") } else { write!(f, "{sign}{whole}.{digits}") }
    }
}

impl FromStr for Amount {
    type Err = QuantityError;

    /// Reads `1200`, `1,200.50`, `1.200,50`, `1 200`, `1'200` and `2k`.
    ///
    /// A single comma or point followed by exactly three digits groups thousands if the number has a group before it
    /// of one to three digits and the mark is a comma; a point followed by three digits is a decimal point.
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        let expected = "a number such as 200, 1,200.50 or 2k";
        let trimmed = text.trim();
        let (body, factor) = match trimmed.strip_suffix(['k', 'K']) {
            Some(body) => (body, 1_000.0),
            None => (trimmed, 1.0),
        };
        let compact: String = body.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\'' | '’')).collect();
        let decimal = decimal_text(&compact).ok_or_else(|| wrong(text, expected))?;
        let number: f64 = decimal.parse().map_err(|_| wrong(text, expected))?;
        Self::from_f64(number * factor).ok_or_else(|| wrong(text, expected))
    }
}

/// The number with a point for its decimals and no grouping marks.
fn decimal_text(compact: &str) -> Option<String> {
    let digits_only = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '+');
    if compact.is_empty() || !compact.chars().all(digits_only) || !compact.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (points, commas) = (compact.matches('.').count(), compact.matches(',').count());
    Some(match (points, commas) {
        (0, 0) | (1, 0) => compact.to_owned(),
        (0, 1) => {
            let after = compact.split(',').nth(1).map_or(0, str::len);
            if after == 3 { compact.replace(',', "") } else { compact.replace(',', ".") }
        }
        (0, _) => compact.replace(',', ""),
        (_, 0) => compact.replace('.', ""),
        _ if compact.rfind('.') > compact.rfind(',') => compact.replace(',', ""),
        _ => compact.replace('.', "").replace(',', "."),
    })
}

/// A currency by its three-letter code (ISO 4217).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// The euro, the currency of a project that names none.
    pub const EUR: Self = Self(*b"EUR");

    /// The code.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("XXX")
    }
}

impl Default for Currency {
    fn default() -> Self {
        Self::EUR
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Currency {
    type Err = QuantityError;

    /// Reads a code, or one of the signs € $ £ ¥.
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        match text.trim() {
            "€" => return Ok(Self::EUR),
            "$" => return Ok(Self(*b"USD")),
            "£" => return Ok(Self(*b"GBP")),
            "¥" => return Ok(Self(*b"JPY")),
            _ => {}
        }
        let upper = text.trim().to_ascii_uppercase();
        match *upper.as_bytes() {
            [a, b, c] if upper.bytes().all(|byte| byte.is_ascii_uppercase()) => Ok(Self([a, b, c])),
            _ => Err(wrong(text, "a currency such as EUR")),
        }
    }
}

/// An amount in a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Money {
    /// How much.
    pub amount: Amount,
    /// Of what.
    pub currency: Currency,
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", money_text(self.amount), self.currency)
    }
}

impl FromStr for Money {
    type Err = QuantityError;

    /// Reads `200 EUR`, `EUR 200`, `200€` and `1.200,50 €`; a currency is required.
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        Self::read(text, str::parse)
    }
}

impl Money {
    /// What a person means who types an amount with its currency: `1.200 EUR` are twelve hundred.
    ///
    /// # Errors
    /// The text is no amount with a currency.
    pub fn from_typed(text: &str) -> Result<Self, QuantityError> {
        Self::read(text, Amount::from_typed_money)
    }

    fn read(text: &str, amount: fn(&str) -> Result<Amount, QuantityError>) -> Result<Self, QuantityError> {
        let expected = "an amount with its currency such as 200 EUR";
        let trimmed = text.trim();
        let is_number =
            |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}');
        let start = trimmed.find(|c: char| c.is_ascii_digit() || c == '-').ok_or_else(|| wrong(text, expected))?;
        let (before, rest) = trimmed.split_at(start);
        let end = rest.find(|c| !is_number(c)).unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let (thousand, after) = match after.strip_prefix(['k', 'K']) {
            Some(after) if !after.starts_with(|c: char| c.is_alphabetic()) => ("k", after),
            _ => ("", after),
        };
        let currency = if before.trim().is_empty() { after } else { before };
        if !before.trim().is_empty() && !after.trim().is_empty() {
            return Err(wrong(text, expected));
        }
        let amount = amount(&format!("{}{thousand}", number.trim())).map_err(|_| wrong(text, expected))?;
        let currency: Currency = currency.parse().map_err(|_| wrong(text, expected))?;
        Ok(Self { amount, currency })
    }
}

/// A duration in minutes: work time, waiting time, target time. A day has 24 hours, a week 7 days.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd)]
pub struct Minutes(pub f64);

impl Minutes {
    pub(super) const UNITS: [(&'static str, f64); 3] = [("d", 1440.0), ("h", 60.0), ("min", 1.0)];

    /// The duration in hours.
    pub fn hours(self) -> f64 {
        self.0 / 60.0
    }
}

impl fmt::Display for Minutes {
    /// The largest unit in which the number is short, else minutes.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (unit, size) in Self::UNITS {
            let number = self.0 / size;
            let tenths = (number * 10.0).round() / 10.0;
            if number.abs() >= 1.0 && tenths * size == self.0 {
                return write!(f, "{tenths} {unit}");
            }
        }
        write!(f, "{} min", self.0)
    }
}

impl FromStr for Minutes {
    type Err = QuantityError;

    /// Reads `6 min`, `1.5 h`, `2 h 30 min`, `2.1 d`, `1 week`, `90 s`; a bare number is minutes.
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        let expected = "a duration such as 6 min, 1.5 h or 2 days";
        let fail = || wrong(text, expected);
        let mut rest = text.trim();
        if rest.is_empty() {
            return Err(fail());
        }
        let mut total = 0.0;
        while !rest.is_empty() {
            let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(rest.len());
            let (number, after) = rest.split_at(end);
            let number: f64 = number.replace(',', ".").parse().map_err(|_| fail())?;
            let after = after.trim_start();
            let end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
            let (unit, after) = after.split_at(end);
            total += number * minutes_of_unit(unit).ok_or_else(fail)?;
            rest = after.trim_start();
        }
        if total.is_finite() { Ok(Self(total)) } else { Err(fail()) }
    }
}

fn minutes_of_unit(unit: &str) -> Option<f64> {
    Some(match unit.to_lowercase().as_str() {
        "s" | "sec" | "second" | "seconds" => 1.0 / 60.0,
        "" | "m" | "min" | "mins" | "minute" | "minutes" => 1.0,
        "h" | "hr" | "hrs" | "hour" | "hours" => 60.0,
        "d" | "day" | "days" => 1440.0,
        "w" | "wk" | "week" | "weeks" => 10_080.0,
        _ => return None,
    })
}

/// The period of a rate or a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// A day, seven to the week.
    Day,
    /// A week.
    Week,
    /// A month: a twelfth of a year.
    Month,
    /// A quarter of a year.
    Quarter,
    /// A year of 52 weeks.
    Year,
}

impl Period {
    /// Every period, shortest first.
    pub const ALL: [Self; 5] = [Self::Day, Self::Week, Self::Month, Self::Quarter, Self::Year];

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Year => "year",
        }
    }

    /// How many of it a week has: 7, 1, 12/52, 4/52, 1/52.
    pub fn per_week(self) -> f64 {
        match self {
            Self::Day => 7.0,
            Self::Week => 1.0,
            Self::Month => 12.0 / 52.0,
            Self::Quarter => 4.0 / 52.0,
            Self::Year => 1.0 / 52.0,
        }
    }
}

/// How often something happens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rate {
    /// How many times.
    pub count: f64,
    /// In which period.
    pub per: Period,
}

impl Rate {
    /// So many times a week.
    pub fn weekly(count: f64) -> Self {
        Self { count, per: Period::Week }
    }

    /// How many times a week.
    pub fn per_week(self) -> f64 {
        self.count * self.per.per_week()
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} per {}", self.count, self.per.word())
    }
}

impl FromStr for Rate {
    type Err = QuantityError;

    /// Reads `60 per week`, `2/month`, `1 a year`, `3x per day`; a bare number is per week.
    fn from_str(text: &str) -> Result<Self, QuantityError> {
        let fail = || wrong(text, "a frequency such as 60 per week");
        let trimmed = text.trim();
        let end = trimmed.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(trimmed.len());
        let (number, after) = trimmed.split_at(end);
        let count: f64 = number.replace(',', ".").parse().map_err(|_| fail())?;
        if !count.is_finite() {
            return Err(fail());
        }
        let after = after.trim().to_lowercase();
        let word = after.trim_start_matches(['x', '×']).trim_start();
        let word = ["per ", "/", "a ", "an ", "times per ", "times a "]
            .iter()
            .find_map(|prefix| word.strip_prefix(prefix))
            .unwrap_or(word)
            .trim();
        let per = match word {
            "day" | "d" => Period::Day,
            "" | "week" | "wk" | "w" => Period::Week,
            "month" | "mo" => Period::Month,
            "quarter" | "qu" | "q" => Period::Quarter,
            "year" | "yr" | "y" => Period::Year,
            _ => return Err(fail()),
        };
        Ok(Self { count, per })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_read_in_the_usual_writings() {
        for (text, expected) in [
            ("200", "200"),
            ("1,200.50", "1200.50"),
            ("1.200,50", "1200.50"),
            ("1 200", "1200"),
            ("2k", "2000"),
            ("0,5", "0.50"),
            ("1,200", "1200"),
            ("12.345", "12.345"),
        ] {
            assert_eq!(text.parse::<Amount>().unwrap().to_string(), expected, "{text}");
        }
        for text in ["", "abc", "-", "1e5", "99999999999999"] {
            assert!(text.parse::<Amount>().is_err(), "{text}");
        }
    }

    #[test]
    fn money_needs_a_currency_on_one_side() {
        for text in ["200 EUR", "EUR 200", "200€", "€200", "0.2k EUR"] {
            assert_eq!(text.parse::<Money>().unwrap().to_string(), "200 EUR", "{text}");
        }
        assert!("200".parse::<Money>().is_err());
        for (text, typed, written) in
            [("1.200 EUR", "1200", "1.20"), ("0.125 EUR", "0.125", "0.125"), ("1.2500 EUR", "1.25", "1.25")]
        {
            assert_eq!(Money::from_typed(text).unwrap().amount.to_string(), typed);
            assert_eq!(text.parse::<Money>().unwrap().amount.to_string(), written);
        }
        let odd = "1.125 EUR".parse::<Money>().unwrap();
        assert_eq!((odd.to_string().as_str(), Money::from_typed(&odd.to_string())), ("1.1250 EUR", Ok(odd)));
        assert!("EUR 200 USD".parse::<Money>().is_err());
    }

    #[test]
    fn durations_read_and_print_the_same_value() {
        for (text, minutes, printed) in [
            ("6 min", 6.0, "6 min"),
            ("90", 90.0, "1.5 h"),
            ("2 h 30 min", 150.0, "2.5 h"),
            ("2.1 days", 3024.0, "2.1 d"),
            ("0", 0.0, "0 min"),
            ("1 week", 10_080.0, "7 d"),
        ] {
            let read: Minutes = text.parse().unwrap();
            assert!((read.0 - minutes).abs() < 1e-9, "{text}");
            assert_eq!(read.to_string(), printed);
            assert_eq!(read.to_string().parse::<Minutes>().unwrap(), read);
        }
        assert!("soon".parse::<Minutes>().is_err());
        assert!("-5 min".parse::<Minutes>().is_err());
    }

    #[test]
    fn rates_keep_the_period_a_person_chose() {
        let monthly: Rate = "2/month".parse().unwrap();
        assert_eq!(monthly.to_string(), "2 per month");
        assert!((monthly.per_week() - 24.0 / 52.0).abs() < 1e-12);
        assert_eq!("60".parse::<Rate>().unwrap(), Rate::weekly(60.0));
        assert!("often".parse::<Rate>().is_err());
    }
}
