//! A question as it is typed, and the reply to it: what is worth asking, what could not be read, who decides.

use super::asks::Asks;
use super::{Answer, Question, who_decides};
use crate::analysis::Index;
use crate::model::*;

/// A question about one decision, as far as it is filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Inquiry {
    /// The decision.
    pub decision: DecisionId,
    /// The amount as it is typed: `250`, `1.200,50 EUR`, `€ 80`, `3 days`; empty where it is not known.
    pub amount: String,
    /// The unit.
    pub unit: Option<UnitId>,
    /// The category; empty where it is not known.
    pub category: String,
    /// Whether it is budgeted.
    pub budgeted: Option<bool>,
    /// Whether the supplier is new.
    pub new_supplier: Option<bool>,
    /// The organisation's own attributes, name and value.
    pub attributes: Vec<(String, String)>,
    /// The day as it is typed; empty for today.
    pub day: String,
    /// Who is away: people, or roles as a whole.
    pub away: Vec<Actor>,
}

/// What is to be said about an inquiry.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// What is worth asking.
    pub asks: Asks,
    /// The question as it was understood.
    pub question: Question,
    /// Why the amount could not be read; then it counts as not known.
    pub amount_problem: Option<String>,
    /// Why the day could not be read; then it is today.
    pub day_problem: Option<String>,
    /// Who decides.
    pub answer: Answer,
}

impl Inquiry {
    /// A question about a decision of which nothing else is known.
    pub fn about(decision: DecisionId) -> Self {
        Self {
            decision,
            amount: String::new(),
            unit: None,
            category: String::new(),
            budgeted: None,
            new_supplier: None,
            attributes: Vec::new(),
            day: String::new(),
            away: Vec::new(),
        }
    }

    /// Reads what was typed and answers it; none where there is no such decision. `today` is the day of an inquiry that
    /// names none.
    pub fn reply(&self, document: &Document, today: Date) -> Option<Reply> {
        let index = Index::new(document);
        let asks = Asks::of(document, &index, self.decision);
        let currency = document.project().currency;
        let (amount, amount_problem) = parted(read_amount(&self.amount, asks.quantity(currency), currency));
        let (day, day_problem) = parted(read_day(&self.day, today));
        let known = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let question = Question {
            amount,
            unit: self.unit,
            category: known(&self.category),
            budgeted: self.budgeted,
            new_supplier: self.new_supplier,
            attributes: self
                .attributes
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), known(value)?)))
                .collect(),
            on: day.or(Some(today)),
            away: self.away.clone(),
        };
        let answer = who_decides(document, &index, self.decision, &question)?;
        Some(Reply { asks, question, amount_problem, day_problem, answer })
    }
}

fn parted<T>(read: Result<Option<T>, String>) -> (Option<T>, Option<String>) {
    match read {
        Ok(value) => (value, None),
        Err(problem) => (None, Some(problem)),
    }
}

/// An amount as people write it; none for an empty text. Without a unit it counts what `quantity` says; with a sign or
/// code of money it is that, else money in `currency`.
///
/// # Errors
/// It is no amount of a case; the text says what would be.
pub fn read_amount(text: &str, quantity: Quantity, currency: Currency) -> Result<Option<(Amount, Quantity)>, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || format!("“{text}” is no amount. Write it as in {}.", example(quantity));
    let plain = if quantity == Quantity::Percent { text.parse() } else { Amount::from_typed_money(text) };
    if let Ok(amount) = plain {
        return if amount < Amount::ZERO { Err(wrong()) } else { Ok(Some((amount, quantity))) };
    }
    if let Some(days) = read_days(text) {
        return Ok(Some((days, Quantity::Days)));
    }
    match parse_tier(text, currency) {
        Ok(Tier { above: None, up_to: Some(amount), per: Per::Case, quantity, .. }) => Ok(Some((amount, quantity))),
        _ => Err(wrong()),
    }
}

/// `3 d`, `2 weeks`, `1.5 days` in days; none for whatever is no duration of at least a day.
fn read_days(text: &str) -> Option<Amount> {
    const DAY: f64 = 1440.0;
    let minutes = text.parse::<Minutes>().ok().filter(|minutes| minutes.0 >= DAY)?;
    let names_days = text.to_lowercase().contains(['d', 'w']);
    names_days.then(|| Amount::from_f64(minutes.0 / DAY)).flatten()
}

fn example(quantity: Quantity) -> String {
    match quantity {
        Quantity::Money(currency) => format!("250, 1,200.50 or 80 {currency}"),
        Quantity::Percent => "15 or 15 %".to_owned(),
        Quantity::Days => "3, 3 days or 2 weeks".to_owned(),
        Quantity::Count => "5 or 5 pieces".to_owned(),
    }
}

/// A day as people write it: `2026-12-24`, `24.12.2026`, `today`, `tomorrow`; none for an empty text.
///
/// # Errors
/// It is no day; the text says what would be.
pub fn read_day(text: &str, today: Date) -> Result<Option<Date>, String> {
    let text = text.trim();
    let wrong = || format!("“{text}” is no day. Write it as in 2026-12-24 or 24.12.2026.");
    match text.to_lowercase().as_str() {
        "" => return Ok(None),
        "today" => return Ok(Some(today)),
        "tomorrow" => return today.tomorrow().map(Some).map_err(|_| wrong()),
        _ => {}
    }
    let parts: Vec<&str> = text.split('.').map(str::trim).collect();
    let read = match parts.as_slice() {
        [day, month, year] if year.len() == 4 => format!("{year}-{month:0>2}-{day:0>2}"),
        _ => text.to_owned(),
    };
    read.parse().map(Some).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::raci;

    const EUR: Quantity = Quantity::Money(Currency::EUR);

    #[test]
    fn amounts_are_read_as_people_write_them() {
        let usd = Quantity::Money("USD".parse().unwrap());
        for (text, quantity, expected) in [
            ("250", EUR, ("250", EUR)),
            ("1.200,50 EUR", EUR, ("1200.50", EUR)),
            ("€ 80", Quantity::Percent, ("80", EUR)),
            ("2k", EUR, ("2000", EUR)),
            ("40 usd", EUR, ("40", usd)),
            ("0", EUR, ("0", EUR)),
            ("3 days", EUR, ("3", Quantity::Days)),
            ("2 weeks", EUR, ("14", Quantity::Days)),
            ("3", Quantity::Days, ("3", Quantity::Days)),
            ("15", Quantity::Percent, ("15", Quantity::Percent)),
            ("15%", EUR, ("15", Quantity::Percent)),
            ("5 pieces", EUR, ("5", Quantity::Count)),
        ] {
            let (amount, counted) = read_amount(text, quantity, Currency::EUR).unwrap().unwrap();
            assert_eq!((amount.to_string().as_str(), counted), expected, "{text}");
        }
        assert_eq!(read_amount("  ", EUR, Currency::EUR), Ok(None));
        for text in ["lots", "-5", "> 200", "200 to 500", "200 per week"] {
            let problem = read_amount(text, EUR, Currency::EUR).unwrap_err();
            assert!(problem.contains(text) && problem.contains("80 EUR"), "{problem}");
        }
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        let today = jiff::civil::date(2026, 2, 28);
        for (text, expected) in [
            ("2026-12-24", "2026-12-24"),
            ("24.12.2026", "2026-12-24"),
            ("3.1.2027", "2027-01-03"),
            ("tomorrow", "2026-03-01"),
        ] {
            assert_eq!(read_day(text, today).unwrap().unwrap().to_string(), expected);
        }
        assert_eq!(read_day("", today), Ok(None));
        assert!(read_day("31.2.2026", today).unwrap_err().contains("2026-12-24"));
    }

    #[test]
    fn only_what_the_limits_ask_is_asked_and_a_bare_amount_counts_what_they_count() {
        let mut document = raci();
        let decision = document.insert(Decision::new("Grant leave"));
        let [clerk, owner] = ["Clerk", "Owner"].map(|name| document.insert(Role::new(name)));
        let mut hold = |role, limit: &str, conditions: Vec<Condition>| {
            let mut tiers = parse_tiers(limit, Currency::EUR).unwrap();
            tiers[0].conditions = conditions;
            document.insert(Right { tiers, ..Right::new(Subject::Decision(decision), Actor::Role(role), "A") });
        };
        let attribute = |value: &str| Condition::Attribute { name: "Season".into(), value: value.into() };
        hold(clerk, "≤ 3 days", vec![attribute("summer"), attribute("Winter"), attribute("winter")]);
        hold(owner, "> 3 days", vec![Condition::Category("Unpaid".into())]);
        let inquiry = Inquiry { amount: "2".into(), ..Inquiry::about(decision) };
        let reply = inquiry.reply(&document, jiff::civil::date(2026, 1, 1)).unwrap();
        assert_eq!(
            reply.asks,
            Asks {
                quantities: vec![Quantity::Days],
                categories: vec!["Unpaid".into()],
                attributes: vec![("Season".into(), vec!["summer".into(), "Winter".into()])],
                ..Asks::default()
            }
        );
        assert_eq!(reply.question.amount, Some((Amount::whole(2), Quantity::Days)));
        assert_eq!(reply.answer.deciders.len(), 1);
        let bad = Inquiry { amount: "soon".into(), ..inquiry };
        let reply = bad.reply(&document, jiff::civil::date(2026, 1, 1)).unwrap();
        assert!(reply.amount_problem.is_some());
        assert_eq!(reply.question.amount, None);
    }
}
