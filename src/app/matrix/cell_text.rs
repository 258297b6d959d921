//! A cell as a person types it: `D ≤ 200 EUR`, `R`, `A > 200 EUR, ≤ 1000 EUR per week`, `R A`, `D ≤ 200; I`.
//!
//! Letters stand at the beginning or behind a space, comma, semicolon, slash or line break; what follows a letter up to
//! the next one is its limit. What is printed is read back.

use crate::edit::CellLetter;
use crate::model::*;

/// The letters of a text, each with exactly the limits that stand behind it, or what is wrong with the text. Limits
/// that `held` has already keep their conditions and co-signers.
pub fn parse_cell(
    text: &str,
    framework: &Framework,
    currency: Currency,
    held: &[&Right],
) -> Result<Vec<CellLetter>, String> {
    let parts = parts(text.trim(), framework)?;
    let mut letters: Vec<CellLetter> = Vec::new();
    for (code, limits) in parts {
        if letters.iter().any(|letter| letter.code == code) {
            return Err(format!("{code} is there twice."));
        }
        let old = held.iter().find(|right| right.letter == code).map_or(&[][..], |right| right.tiers.as_slice());
        let tiers = parse_tiers(&limits, currency).map_err(|error| format!("Behind {code}: {error}."))?;
        let tiers = tiers.into_iter().enumerate().map(|(at, tier)| keep_conditions(tier, at, old)).collect();
        letters.push(CellLetter { code, tiers: Some(tiers) });
    }
    Ok(letters)
}

/// The text of rights, as [`parse_cell`] reads it.
pub fn print_rights<'a>(rights: impl IntoIterator<Item = &'a Right>) -> String {
    let print = |right: &Right| match right.tiers.as_slice() {
        [] => right.letter.clone(),
        tiers => {
            let tiers: Vec<String> = tiers.iter().map(Tier::to_string).collect();
            format!("{} {}", right.letter, tiers.join(", "))
        }
    };
    let letters: Vec<String> = rights.into_iter().map(print).collect();
    letters.join("; ")
}

/// The letters of a framework for a sentence: `R, A, C or I`.
pub fn allowed_letters(framework: &Framework) -> String {
    let codes: Vec<&str> = framework.letters.iter().map(|letter| letter.code.as_str()).collect();
    match codes.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        _ => codes.concat(),
    }
}

/// Why a letter is refused, with those that are allowed.
pub fn refusal(letter: &str, framework: &Framework) -> String {
    format!("“{letter}” is no letter of {}: use {}.", framework.name, allowed_letters(framework))
}

/// Letters, each with the text of its limits.
fn parts(text: &str, framework: &Framework) -> Result<Vec<(String, String)>, String> {
    let mut parts: Vec<(String, String)> = Vec::new();
    let mut rest = text;
    let mut at_boundary = true;
    while !rest.is_empty() {
        let word = if at_boundary { leading_word(rest) } else { "" };
        if let Some(codes) = codes_of(word, framework) {
            parts.extend(codes.into_iter().map(|code| (code, String::new())));
            rest = rest.get(word.len()..).unwrap_or("");
            at_boundary = false;
            continue;
        }
        let Some((_, limit)) = parts.last_mut() else {
            let wrong = if word.is_empty() { rest } else { word };
            return Err(refusal(wrong.trim(), framework));
        };
        let taken = if word.is_empty() { rest.chars().next().map_or(1, char::len_utf8) } else { word.len() };
        let (head, tail) = rest.split_at_checked(taken).unwrap_or((rest, ""));
        limit.push_str(if head == "\n" || head == "\r" { ";" } else { head });
        at_boundary = word.is_empty() && head.chars().all(is_separator);
        rest = tail;
    }
    for (_, limit) in &mut parts {
        *limit = limit.trim_matches(is_separator).to_owned();
    }
    Ok(parts)
}

fn is_separator(character: char) -> bool {
    character.is_whitespace() || matches!(character, ',' | ';' | '/' | '+' | '&')
}

fn leading_word(text: &str) -> &str {
    let end = text.find(|character: char| !character.is_alphanumeric()).unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

/// The letters that a word stands for: one code, or several of one character each, in capitals.
fn codes_of(word: &str, framework: &Framework) -> Option<Vec<String>> {
    if word.is_empty() {
        return None;
    }
    if let Some(letter) = framework.letter(word) {
        return Some(vec![letter.code.clone()]);
    }
    let of_character = |character: char| {
        let text = character.to_string();
        framework.letters.iter().find(|letter| letter.code == text).map(|letter| letter.code.clone())
    };
    word.chars().map(of_character).collect()
}

/// A tier with what its text does not say, from the one that had the same bounds or stood in the same place.
fn keep_conditions(tier: Tier, at: usize, old: &[Tier]) -> Tier {
    let same = |other: &&Tier| {
        (other.quantity, other.above, other.up_to, other.per) == (tier.quantity, tier.above, tier.up_to, tier.per)
    };
    match old.iter().find(same).or_else(|| old.get(at)) {
        Some(old) => {
            Tier { quantity: tier.quantity, above: tier.above, up_to: tier.up_to, per: tier.per, ..old.clone() }
        }
        None => tier,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub fn framework(name: &str) -> Framework {
        let built_in = crate::storage::built_in_frameworks();
        built_in.into_iter().find(|framework| framework.name == name).unwrap()
    }

    fn check(framework_name: &str, text: &str, expected: &str) {
        let framework = framework(framework_name);
        let letters = parse_cell(text, &framework, Currency::EUR, &[]);
        let printed = match &letters {
            Ok(letters) => print_letters(letters),
            Err(problem) => problem.clone(),
        };
        assert_eq!(printed, expected, "{text}");
        if letters.is_ok() {
            assert_eq!(parse_cell(&printed, &framework, Currency::EUR, &[]), letters, "{printed}");
        }
    }

    pub fn print_letters(letters: &[CellLetter]) -> String {
        let subject = Subject::Decision(TableId::from_index(0));
        let right = |letter: &CellLetter| {
            let tiers = letter.tiers.clone().unwrap_or_default();
            Right { tiers, ..Right::new(subject, Actor::Role(TableId::from_index(0)), &*letter.code) }
        };
        let rights: Vec<Right> = letters.iter().map(right).collect();
        print_rights(&rights)
    }

    #[test]
    fn letters_with_and_without_limits() {
        for (text, expected) in [
            ("", ""),
            (" r ", "R"),
            ("d≤200", "D ≤ 200 EUR"),
            ("D <= 200 EUR", "D ≤ 200 EUR"),
            ("D 200", "D ≤ 200 EUR"),
            ("A > 200 EUR, ≤ 1000 per week", "A > 200 EUR, ≤ 1000 EUR per week"),
            ("D ≤ 200/week", "D ≤ 200 EUR per week"),
            ("D ≤ 200; I", "D ≤ 200 EUR; I"),
            ("D ≤ 200 EUR I", "D ≤ 200 EUR; I"),
            ("R A", "R; A"),
            ("RA", "R; A"),
            ("R/A", "R; A"),
            ("D ≤ 200\nI", "D ≤ 200 EUR; I"),
            ("D up to 10 %", "D ≤ 10 %"),
        ] {
            check("RAPID", text, expected);
        }
    }

    #[test]
    fn codes_of_two_characters_and_digits() {
        check("RACI-VS", "si", "Si");
        check("RACI-VS", "V Si", "V; Si");
        check("RACI-VS", "R Si ≤ 200", "R; Si ≤ 200 EUR");
    }

    #[test]
    fn problems_name_what_is_wrong() {
        check("RACI", "X", "“X” is no letter of RACI: use R, A, C or I.");
        check("RACI", "≤ 200", "“≤ 200” is no letter of RACI: use R, A, C or I.");
        check("RACI", "R, r", "R is there twice.");
        let problem = parse_cell("A ≤ lots", &framework("RACI"), Currency::EUR, &[]).unwrap_err();
        assert!(problem.starts_with("Behind A: ") && problem.contains("≤ 200 EUR"), "{problem}");
    }

    #[test]
    fn what_the_text_does_not_say_is_kept() {
        let subject = Subject::Decision(TableId::from_index(0));
        let limit = parse_tier("≤ 200", Currency::EUR).unwrap();
        let category = vec![Condition::Category("food".into())];
        let tiers = vec![Tier { conditions: category.clone(), ..limit }];
        let right = Right { tiers, ..Right::new(subject, Actor::Role(TableId::from_index(0)), "D") };
        let letters = parse_cell("D ≤ 500", &framework("RAPID"), Currency::EUR, &[&right]).unwrap();
        let tiers = letters[0].tiers.as_ref().unwrap();
        assert_eq!((tiers[0].to_string().as_str(), &tiers[0].conditions), ("≤ 500 EUR", &category));
        let cleared = parse_cell("D", &framework("RAPID"), Currency::EUR, &[&right]).unwrap();
        assert_eq!(cleared[0].tiers.as_deref(), Some(&[][..]));
    }
}
