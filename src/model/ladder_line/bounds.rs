//! Amounts, units and periods of a typed line, wherever people put signs, separators and words.

use std::borrow::Cow;
use std::ops::Range;

use super::super::decision::{Per, Quantity};
use super::super::quantity::{Amount, Currency, Period, without_thousands};

const UP_TO: [&str; 16] = [
    "≤",
    "<=",
    "=<",
    "up to and including",
    "up to",
    "at most",
    "no more than",
    "not more than",
    "maximum",
    "max.",
    "max",
    "below",
    "under",
    "less than",
    "until",
    "<",
];
const ABOVE: [&str; 12] = [
    "everything above",
    "anything above",
    "whatever is above",
    "all above",
    "≥",
    ">=",
    ">",
    "above",
    "over",
    "more than",
    "beyond",
    "from",
];
const ANY: [&str; 6] = ["any amount", "any", "unlimited", "no limit", "without limit", "∞"];
const AND_UP_TO: [&str; 9] = ["≤", "<=", "and up to", "but up to", "up to", "to", "–", "—", "-"];
/// Currencies whose code is understood in small letters, too.
const COMMON: [&str; 16] =
    ["eur", "usd", "gbp", "chf", "jpy", "sek", "nok", "dkk", "pln", "czk", "huf", "cad", "aud", "nzd", "cny", "inr"];
const PERIODS: [(&str, Per); 18] = [
    ("total contract", Per::Contract),
    ("whole contract", Per::Contract),
    ("contract", Per::Contract),
    ("case", Per::Case),
    ("time", Per::Case),
    ("order", Per::Case),
    ("day", Per::Period(Period::Day)),
    ("week", Per::Period(Period::Week)),
    ("month", Per::Period(Period::Month)),
    ("quarter", Per::Period(Period::Quarter)),
    ("year", Per::Period(Period::Year)),
    ("annum", Per::Period(Period::Year)),
    ("counterparty", Per::Counterparty),
    ("customer", Per::Counterparty),
    ("client", Per::Counterparty),
    ("supplier", Per::Counterparty),
    ("vendor", Per::Counterparty),
    ("partner", Per::Counterparty),
];
const ADVERBS: [(&str, Per); 7] = [
    ("daily", Per::Period(Period::Day)),
    ("weekly", Per::Period(Period::Week)),
    ("monthly", Per::Period(Period::Month)),
    ("quarterly", Per::Period(Period::Quarter)),
    ("yearly", Per::Period(Period::Year)),
    ("annually", Per::Period(Period::Year)),
    ("p.a.", Per::Period(Period::Year)),
];

/// What a period may be.
pub(super) const PERIOD_EXPECTED: &str = "case, day, week, month, quarter, year, counterparty or contract";
/// What a limit may be.
pub(super) const LIMIT_EXPECTED: &str = "a limit such as ≤ 200 EUR, > 200 EUR, 200 to 500 EUR per week or ≤ 10 %";

/// A limit as it was read.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Bound {
    pub above: Option<Amount>,
    pub up_to: Option<Amount>,
    pub quantity: Option<Quantity>,
    pub per: Per,
    /// Whether it begins above what stands before it: `above: Owner`.
    pub continues: bool,
    /// Where it ends.
    pub end: usize,
}

/// Where a text cannot be read, and what was expected there.
pub(super) type Unread = (Range<usize>, &'static str);

/// A reader of a text from left to right.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub fn skip_space(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// Takes the first of these words that comes next; a word ends where its letters do.
    pub fn eat(&mut self, words: &[&str]) -> bool {
        self.skip_space();
        let rest = self.rest();
        let found = words.iter().find(|word| starts_with_word(rest, word));
        self.at += found.map_or(0, |word| word.len());
        found.is_some()
    }

    /// What stands before the next space.
    fn piece(&self) -> &'a str {
        self.rest().split(char::is_whitespace).next().unwrap_or("")
    }

    fn word(&self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        rest.get(..end).unwrap_or("")
    }
}

/// Whether a text begins with a word, large and small letters alike, and the word ends there.
pub(super) fn starts_with_word(text: &str, word: &str) -> bool {
    let Some(head) = text.get(..word.len()) else { return false };
    let next = text.get(word.len()..).and_then(|rest| rest.chars().next());
    let ends = !word.ends_with(char::is_alphanumeric) || next.is_none_or(|next| !next.is_alphanumeric());
    head.eq_ignore_ascii_case(word) && ends
}

/// Whether a text begins as a limit does: with a sign, a word such as “up to”, or an amount.
pub(super) fn begins_bound(text: &str) -> bool {
    let text = text.trim_start();
    let words = UP_TO.iter().chain(&ABOVE).chain(&ANY);
    words.into_iter().any(|word| starts_with_word(text, word)) || begins_amount(text)
}

fn begins_amount(text: &str) -> bool {
    let mut scan = Scan::new(text);
    currency(&mut scan);
    scan.skip_space();
    scan.rest().starts_with(|c: char| c.is_ascii_digit())
}

/// Reads a limit from the beginning of a text.
pub(super) fn read_bound(text: &str) -> Result<Bound, Unread> {
    let mut scan = Scan::new(text);
    let mut bound = Bound::default();
    if scan.eat(&ANY) {
        bound.quantity = unit(&mut scan);
    } else if scan.eat(&UP_TO) {
        bound.up_to = Some(amount(&mut scan, &mut bound.quantity)?);
    } else if scan.eat(&ABOVE) {
        scan.skip_space();
        if begins_amount(scan.rest()) {
            bound.above = Some(amount(&mut scan, &mut bound.quantity)?);
            if scan.eat(&AND_UP_TO) {
                bound.up_to = Some(amount(&mut scan, &mut bound.quantity)?);
            }
        } else {
            bound.continues = true;
        }
    } else {
        let first = amount(&mut scan, &mut bound.quantity)?;
        if scan.eat(&AND_UP_TO) {
            bound.above = Some(first);
            bound.up_to = Some(amount(&mut scan, &mut bound.quantity)?);
        } else {
            bound.up_to = Some(first);
        }
    }
    bound.per = period(&mut scan)?.unwrap_or_default();
    bound.end = scan.at;
    Ok(bound)
}

/// Reads an amount with its unit before or behind it.
fn amount(scan: &mut Scan<'_>, quantity: &mut Option<Quantity>) -> Result<Amount, Unread> {
    scan.skip_space();
    let start = scan.at;
    let before = currency(scan);
    scan.skip_space();
    let digits = digits(scan);
    let factor = factor(scan);
    let behind = unit(scan);
    *quantity = before.map(Quantity::Money).or(behind).or(*quantity);
    let here = (start..(start + Scan { at: start, ..*scan }.piece().len()).max(scan.at), LIMIT_EXPECTED);
    let plain = match *quantity {
        Some(Quantity::Percent) => Cow::Borrowed(digits),
        _ => without_thousands(digits),
    };
    let number: Amount = plain.parse().map_err(|_| here.clone())?;
    Amount::from_f64(number.to_f64() * factor).ok_or(here)
}

/// The digits of a number with whatever groups them: a mark belongs to it when a digit follows, a space when exactly
/// three do.
fn digits<'a>(scan: &mut Scan<'a>) -> &'a str {
    let rest = scan.rest();
    let mut end = 0;
    for (at, c) in rest.char_indices() {
        let behind = rest.get(at + c.len_utf8()..).unwrap_or("");
        let following = behind.chars().take_while(char::is_ascii_digit).count();
        let belongs = match c {
            '0'..='9' => true,
            '.' | ',' | '\'' | '’' => end > 0 && following > 0,
            ' ' | '\u{a0}' | '\u{202f}' => end > 0 && following == 3,
            _ => false,
        };
        if !belongs {
            break;
        }
        end = at + c.len_utf8();
    }
    scan.at += end;
    rest.get(..end).unwrap_or("")
}

fn factor(scan: &mut Scan<'_>) -> f64 {
    for (word, factor) in [
        ("k", 1.0e3),
        ("thousand", 1.0e3),
        ("m", 1.0e6),
        ("mio.", 1.0e6),
        ("mio", 1.0e6),
        ("million", 1.0e6),
        ("millions", 1.0e6),
    ] {
        if scan.eat(&[word]) {
            return factor;
        }
    }
    1.0
}

fn unit(scan: &mut Scan<'_>) -> Option<Quantity> {
    for (words, quantity) in [
        (&["%", "percent", "per cent", "pct"][..], Quantity::Percent),
        (&["days", "day"], Quantity::Days),
        (&["pieces", "piece", "pcs", "items", "item", "times", "×", "x"], Quantity::Count),
    ] {
        if scan.eat(words) {
            return Some(quantity);
        }
    }
    currency(scan).map(Quantity::Money)
}

/// A currency by sign, word or code.
fn currency(scan: &mut Scan<'_>) -> Option<Currency> {
    for (words, code) in [
        (&["€", "euros", "euro"][..], "EUR"),
        (&["us$", "$", "dollars", "dollar"], "USD"),
        (&["£", "pounds", "pound"], "GBP"),
        (&["¥", "yen"], "JPY"),
        (&["francs", "franc", "sfr.", "fr."], "CHF"),
    ] {
        if scan.eat(words) {
            return code.parse().ok();
        }
    }
    scan.skip_space();
    let word = scan.word();
    let is_code = word.len() == 3 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_code && !COMMON.iter().any(|code| word.eq_ignore_ascii_case(code)) {
        return None;
    }
    scan.at += word.len();
    word.parse().ok()
}

/// The period or whatever else the amounts are summed over; none where nothing is said.
fn period(scan: &mut Scan<'_>) -> Result<Option<Per>, Unread> {
    for (word, per) in ADVERBS {
        if scan.eat(&[word]) {
            return Ok(Some(per));
        }
    }
    let before = *scan;
    let strict = scan.eat(&["per", "/", "for each", "in each", "for the", "over the"]);
    if !strict && !scan.eat(&["a", "an", "each", "every", "in a", "within a"]) {
        return Ok(None);
    }
    for (word, per) in PERIODS {
        if scan.eat(&[word]) {
            return Ok(Some(per));
        }
    }
    scan.skip_space();
    let said = before.rest().trim_start();
    if strict && (starts_with_word(said, "per") || said.starts_with('/')) {
        return Err((scan.at..scan.at + scan.piece().len(), PERIOD_EXPECTED));
    }
    *scan = before;
    Ok(None)
}
