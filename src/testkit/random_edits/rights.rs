//! Random edits of rows and their letters: agreements, conversions between frameworks, revisions of one; delegations.

use super::Choices;
use crate::edit::*;
use crate::model::*;

/// An edit of rows or of the letters on them.
pub(super) fn edit_of_rows(document: &Document, choices: &mut Choices<'_>) -> Edit {
    match choices.below(3) {
        0 => Agree {
            decisions: (0..1 + choices.below(2)).map(|_| choices.id::<Decision>(document)).collect(),
            on: day(choices),
            by: vec![choices.word(), choices.word()],
        }
        .into(),
        1 => {
            let rows = match choices.below(3) {
                0 => ConvertedRows::All,
                1 => ConvertedRows::Kind(DecisionKind::Decision),
                _ => ConvertedRows::Decisions(vec![choices.id::<Decision>(document)]),
            };
            let to = choices.id::<Framework>(document);
            let codes = codes(document, to);
            let from = choices.id::<Framework>(document);
            let instead = |letter: String, choices: &mut Choices<'_>| {
                let becomes = if choices.chance(30) { None } else { choices.pick(&codes) };
                Instead { from, letter, becomes: becomes.into_iter().collect() }
            };
            let letters = self::codes(document, from);
            let instead = letters.into_iter().map(|letter| instead(letter, choices)).collect();
            ConvertFramework { rows, to, instead }.into()
        }
        _ => revise_framework(document, choices).into(),
    }
}

fn codes(document: &Document, framework: FrameworkId) -> Vec<String> {
    let letters = document.get::<Framework>(framework).map_or(&[][..], |framework| &framework.letters);
    letters.iter().map(|letter| letter.code.clone()).collect()
}

fn revise_framework(document: &Document, choices: &mut Choices<'_>) -> ReviseFramework {
    let framework = choices.id::<Framework>(document);
    let known = document.get::<Framework>(framework).cloned();
    let mut record = known.unwrap_or_else(|| Framework {
        key: Key::unset(),
        name: choices.word(),
        description: String::new(),
        letters: Vec::new(),
        built_in: false,
    });
    let mut moved = Vec::new();
    let at = choices.below(record.letters.len());
    match choices.below(4) {
        0 => record.letters.push(Letter::new(choices.letter(), choices.word())),
        1 if at < record.letters.len() => {
            let gone = record.letters.remove(at);
            let to = choices.chance(50).then(|| choices.letter());
            moved.push(MovedLetter { from: gone.code, to });
        }
        2 => {
            let code = choices.letter();
            if let Some(letter) = record.letters.get_mut(at) {
                moved.push(MovedLetter { from: std::mem::replace(&mut letter.code, code.clone()), to: Some(code) });
            }
        }
        _ => record.description = choices.word(),
    }
    ReviseFramework { framework, record: Box::new(record), moved }
}

/// A day of the summer of 2026.
fn day(choices: &mut Choices<'_>) -> Date {
    let number = choices.below(80) as i64;
    let first = jiff::civil::date(2026, 7, 1);
    first.checked_add(jiff::Span::new().days(number)).unwrap_or(first)
}

/// What somebody passes on for a time, mostly so that it makes sense.
pub(super) fn delegation(document: &Document, choices: &mut Choices<'_>) -> Delegation {
    let (from, until) = (day(choices), day(choices));
    let (from, until) = if choices.chance(90) { (from.min(until), from.max(until)) } else { (from, until) };
    let of = if choices.chance(60) { vec![choices.id::<Decision>(document)] } else { Vec::new() };
    let limit = choices.tiers(document).first().and_then(CaseLimit::of);
    Delegation { of, limit, reason: choices.word(), ..Delegation::new(choices.actor(document), from, until) }
}
