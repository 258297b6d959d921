//! Questions in one line: `refund 250`, `who decides refund 250 EUR shop north`, `discount 15 % station without Ana`.
//!
//! The amount is what begins with a digit or a sign of money. Of the other words some must be in the name of a decision
//! (or begin one of its words), and all others in the name of a unit, or of who is away behind “without”. A line in
//! which a word is left over is no question.

use super::inquiry::Inquiry;
use crate::model::*;

/// How many decisions a line may mean.
const MOST: usize = 3;
const OPENINGS: [&[&str]; 4] = [&["who", "may", "decide"], &["who", "decides"], &["who", "can", "decide"], &["decide"]];
/// Words that say nothing by themselves.
const FILLERS: [&str; 8] = ["a", "an", "the", "of", "for", "in", "at", "up"];
const AWAY: [&str; 2] = ["without", "away"];
const SIGNS: [char; 4] = ['€', '$', '£', '¥'];
/// Words that belong to the number before them.
const COUNTED: [&str; 9] = ["%", "percent", "day", "days", "d", "week", "weeks", "pieces", "×"];
/// Currencies that are taken for such beside a number; others are written without a space, or by their sign.
const CODES: [&str; 12] = ["eur", "usd", "gbp", "chf", "sek", "nok", "dkk", "pln", "czk", "jpy", "cad", "aud"];

/// The questions that a line may ask, the likeliest first; none where it is no question.
///
/// A line is a question when it says so (`who decides …`), or names a decision and an amount or a unit.
pub fn read_line(document: &Document, line: &str) -> Vec<Inquiry> {
    let lower = line.trim().trim_end_matches('?').to_lowercase();
    let all: Vec<&str> = lower.split_whitespace().collect();
    let opening = OPENINGS.iter().find(|opening| all.starts_with(opening));
    let Some(rest) = all.get(opening.map_or(0, |opening| opening.len())..) else { return Vec::new() };
    let (rest, absent) = match rest.iter().position(|word| AWAY.contains(word)) {
        Some(at) => (rest.get(..at).unwrap_or_default(), rest.get(at + 1..).unwrap_or_default()),
        None => (rest, &[][..]),
    };
    let Some(away) = who_is_away(document, absent) else { return Vec::new() };
    let (amount, words) = part_amount(rest);
    let words: Vec<&str> = words.into_iter().filter(|word| !FILLERS.contains(word)).collect();
    let mut found: Vec<(usize, Inquiry)> = Vec::new();
    for (id, decision) in document.decisions().iter() {
        let name = Name::of(&decision.name);
        let (own, other): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| name.has(word));
        if own.is_empty() {
            continue;
        }
        let Some(unit) = unit_of(document, &other) else { continue };
        let asks = opening.is_some() || !amount.is_empty() || unit.is_some();
        if asks {
            let inquiry = Inquiry { amount: amount.clone(), unit, away: away.clone(), ..Inquiry::about(id) };
            found.push((own.len(), inquiry));
        }
    }
    // Sorting keeps the order of equals: that of the decisions.
    found.sort_by_key(|(words, _)| std::cmp::Reverse(*words));
    let best = found.first().map_or(0, |(words, _)| *words);
    found.into_iter().filter(|(words, _)| *words == best).take(MOST).map(|(_, inquiry)| inquiry).collect()
}

/// A name in lower case, with its words.
struct Name {
    words: Vec<String>,
}

impl Name {
    fn of(name: &str) -> Self {
        let lower = name.to_lowercase();
        let words = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        Self { words: words.map(str::to_owned).collect() }
    }

    /// Whether a word of the name begins so; plural and singular are alike.
    fn has(&self, typed: &str) -> bool {
        let begins = |typed: &str| self.words.iter().any(|word| word.starts_with(typed));
        let singular = typed.strip_suffix('s').filter(|rest| rest.chars().count() > 2);
        begins(typed) || singular.is_some_and(begins)
    }
}

/// The unit whose name has all of these words; `Some(None)` for no words, none where there is no such unit or several.
///
/// Where several have them, the one with the shortest name is meant if it stands alone.
fn unit_of(document: &Document, words: &[&str]) -> Option<Option<UnitId>> {
    if words.is_empty() {
        return Some(None);
    }
    let fits = |unit: &Unit| {
        let name = Name::of(&format!("{} {}", unit.kind, unit.name));
        words.iter().all(|word| name.has(word))
    };
    let mut found: Vec<(usize, UnitId)> = document
        .units()
        .iter()
        .filter(|(_, unit)| fits(unit))
        .map(|(id, unit)| (unit.name.chars().count(), id))
        .collect();
    found.sort_unstable();
    match found.as_slice() {
        [(_, only)] => Some(Some(*only)),
        [(length, first), (next, _), ..] if length < next => Some(Some(*first)),
        _ => None,
    }
}

/// Who is meant behind “without”: people or roles, parted by “and”; none where a name is not known.
fn who_is_away(document: &Document, words: &[&str]) -> Option<Vec<Actor>> {
    let mut away = Vec::new();
    for name in words.split(|word| *word == "and").filter(|name| !name.is_empty()) {
        let fits = |known: &str| {
            let known = Name::of(known);
            name.iter().all(|word| known.has(word.trim_end_matches(',')))
        };
        let person = document.people().iter().find(|(_, person)| fits(&person.name)).map(|(id, _)| Actor::Person(id));
        let role = || document.roles().iter().find(|(_, role)| fits(&role.name)).map(|(id, _)| Actor::Role(id));
        away.push(person.or_else(role)?);
    }
    Some(away)
}

/// The amount in its own writing, and the words beside it.
fn part_amount<'a>(words: &[&'a str]) -> (String, Vec<&'a str>) {
    let is_amount = |word: &str| {
        let bare = word.trim_start_matches(SIGNS);
        bare.starts_with(|letter: char| letter.is_ascii_digit())
    };
    let Some(at) = words.iter().position(|word| is_amount(word)) else { return (String::new(), words.to_vec()) };
    let is_money = |word: &str| word.chars().all(|letter| SIGNS.contains(&letter)) || CODES.contains(&word);
    let has = |place: usize, is: &dyn Fn(&str) -> bool| words.get(place).is_some_and(|word| is(word));
    let start = at.checked_sub(1).filter(|before| has(*before, &is_money)).unwrap_or(at);
    let is_behind = has(at + 1, &is_money) || has(at + 1, &|word| COUNTED.contains(&word));
    let end = if is_behind { at + 2 } else { at + 1 };
    let amount = words.get(start..end).unwrap_or_default().join(" ");
    let beside = words.iter().take(start).chain(words.iter().skip(end)).copied();
    (amount, beside.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn firm() -> Document {
        let mut document = Document::default();
        for name in ["Grant refund", "Grant discount", "Refund a supplier"] {
            document.insert(Decision::new(name));
        }
        let firm = document.insert(Unit::new("Bakery"));
        for name in ["North", "South", "South Quay"] {
            document.insert(Unit { parent: Some(firm), kind: "shop".into(), ..Unit::new(name) });
        }
        document.insert(Person::new("Ana Costa"));
        document.insert(Role::new("Owner"));
        document
    }

    /// `Grant refund|250 eur|North|Ana Costa`, parted by `;`.
    fn read(line: &str) -> String {
        let document = firm();
        let name = |element: ElementRef| document.name_of(element).to_owned();
        let shown = read_line(&document, line).into_iter().map(|inquiry| {
            let away: Vec<String> = inquiry.away.iter().map(|actor| name((*actor).into())).collect();
            let unit = inquiry.unit.map_or_else(String::new, |unit| name(unit.into()));
            format!("{}|{}|{unit}|{}", name(inquiry.decision.into()), inquiry.amount, away.join(","))
        });
        shown.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn questions_are_read_in_one_line() {
        for (line, expected) in [
            ("discount 25", "Grant discount|25||"),
            ("grant refund 250", "Grant refund|250||"),
            ("Refund 250", "Grant refund|250||; Refund a supplier|250||"),
            ("who decides discounts 1.200,50 EUR shop north?", "Grant discount|1.200,50 eur|North|"),
            ("discount € 80 south", "Grant discount|€ 80|South|"),
            ("discount €80 quay", "Grant discount|€80|South Quay|"),
            ("discount 3 days", "Grant discount|3 days||"),
            ("who decides discount", "Grant discount|||"),
            ("discount north", "Grant discount||North|"),
            ("discount 25 without ana and owner", "Grant discount|25||Ana Costa,Owner"),
        ] {
            assert_eq!(read(line), expected, "{line}");
        }
    }

    #[test]
    fn what_is_no_question_is_not_taken_for_one() {
        for line in [
            "",
            "discount",
            "export",
            "zoom 100",
            "250",
            "who decides",
            "discount 25 moon",
            "undo",
            "discount 25 without xx",
        ] {
            assert_eq!(read(line), "", "{line}");
        }
    }
}
