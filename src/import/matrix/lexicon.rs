//! What the text of a cell says in a framework: letters with their limits, and what stands beside them.
//!
//! Letters stand alone or together in any usual writing: `R/A`, `A,R`, `RA`, `R & A`, one a line; a word may stand for a
//! letter (`Accountable`). Behind a letter stands its limit (`A ≤ 200 EUR`) or a remark, which is kept as note
//! (`A (legal only)`). What is neither is told, never dropped.

use std::collections::BTreeMap;

use super::words;
use crate::import::headings::folded;
use crate::model::*;

/// One letter of a cell.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadLetter {
    /// Its code in the framework.
    pub code: String,
    /// Its limits.
    pub tiers: Vec<Tier>,
    /// What stands beside it.
    pub note: String,
    /// The word it was read from, where only the duty agrees: a guess.
    pub guess: Option<String>,
}

/// What a cell says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// Its letters, each once.
    pub letters: Vec<ReadLetter>,
    /// Parts that were not understood.
    pub unknown: Vec<String>,
    /// Limits that were not understood; they are in the note of their letter, too.
    pub broken_limits: Vec<String>,
}

impl Reading {
    /// Whether everything in the cell is letters, limits and bracketed remarks.
    pub fn is_clean(&self) -> bool {
        !self.letters.is_empty()
            && self.unknown.is_empty()
            && self.broken_limits.is_empty()
            && self.letters.iter().all(|letter| letter.note.split_whitespace().count() < 6)
    }

    /// Whether a text that reads so looks like a cell of letters: clean, and remarks only in brackets or by a mark.
    pub fn is_telling(&self, text: &str) -> bool {
        let is_marked = || text.contains(['(', '[', '*', '†', '¹', '²', '³', ':', '<', '≤', '>']);
        self.is_clean() && (self.letters.iter().all(|letter| letter.note.is_empty()) || is_marked())
    }
}

/// How a phrase names a letter.
#[derive(Clone, Debug, PartialEq)]
struct Known {
    code: String,
    is_guess: bool,
}

/// The letters of a framework by their codes, names and usual words.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    codes: Vec<String>,
    phrases: BTreeMap<String, Known>,
    /// Cells as a whole, compared without case and surplus spaces: what the user says they mean.
    overrides: BTreeMap<String, Vec<String>>,
    footnotes: BTreeMap<String, String>,
    currency: Currency,
}

/// A cell as a key: without case and surplus spaces.
pub(super) fn cell_key(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl Lexicon {
    /// The lexicon of a framework. Words that the framework has no name for, but whose duty one of its letters carries,
    /// are guesses.
    pub fn new(framework: &Framework, currency: Currency) -> Self {
        let mut lexicon = Self { currency, ..Self::default() };
        for letter in &framework.letters {
            lexicon.codes.push(letter.code.clone());
            lexicon.name(&letter.name, &letter.code, false);
            for word in words::synonyms(&letter.name) {
                lexicon.name(word, &letter.code, false);
            }
        }
        for (word, duty) in words::all_words() {
            if let Some(letter) = framework.letter_for(duty) {
                lexicon.name(word, &letter.code, true);
            }
        }
        lexicon
    }

    /// A phrase that stands for a letter; the first meaning of a phrase stays.
    pub fn name(&mut self, phrase: &str, code: &str, is_guess: bool) {
        let phrase = folded(phrase);
        if phrase.chars().count() > 1 {
            self.phrases.entry(phrase).or_insert_with(|| Known { code: code.to_owned(), is_guess });
        }
    }

    /// What a cell with exactly this text means; no letters to pass over it.
    pub fn set(&mut self, cell: &str, codes: Vec<String>) {
        self.overrides.insert(cell_key(cell), codes);
    }

    /// What a footnote mark means.
    pub fn footnote(&mut self, mark: &str, text: &str) {
        self.footnotes.insert(mark.to_owned(), text.to_owned());
    }

    /// Reads a cell.
    pub fn read(&self, text: &str) -> Reading {
        let mut reading = Reading::default();
        if words::is_blank(text) {
            return reading;
        }
        if let Some(codes) = self.overrides.get(&cell_key(text)) {
            reading.letters = codes.iter().map(|code| plain(code, None)).collect();
            return reading;
        }
        for segment in segments(text) {
            self.read_segment(&segment, &mut reading);
        }
        reading
    }

    fn read_segment(&self, segment: &str, reading: &mut Reading) {
        let (rest, remarks) = without_brackets(segment);
        let rest = rest.trim().trim_end_matches(['.', ':']).trim();
        let found = self.leading(rest);
        let Some((codes, tail)) = found else {
            self.read_beside(rest, &remarks, reading);
            return;
        };
        let first = reading.letters.len();
        for known in codes {
            let word = known.is_guess.then(|| rest.strip_suffix(tail).unwrap_or(rest).trim().to_owned());
            add(reading, plain(&known.code, word));
        }
        let at = first.min(reading.letters.len().saturating_sub(1));
        for part in std::iter::once(tail).chain(remarks.iter().map(String::as_str)) {
            self.beside(part, at, reading);
        }
    }

    /// Text that begins with no letter: a further limit or a remark on the letter before, else not understood.
    fn read_beside(&self, rest: &str, remarks: &[String], reading: &mut Reading) {
        if rest.is_empty() && remarks.is_empty() {
            return;
        }
        let Some(at) = reading.letters.len().checked_sub(1) else {
            let mut whole = rest.to_owned();
            remarks.iter().for_each(|remark| whole.push_str(&format!(" ({remark})")));
            reading.unknown.push(whole.trim().to_owned());
            return;
        };
        if !rest.is_empty() && tiers_of(rest, self.currency).is_none() {
            reading.unknown.push(rest.to_owned());
        }
        for part in std::iter::once(rest).chain(remarks.iter().map(String::as_str)) {
            self.beside(part, at, reading);
        }
    }

    /// What stands beside a letter: limits where it reads as such, else a remark.
    fn beside(&self, part: &str, at: usize, reading: &mut Reading) {
        let part = part.trim().trim_start_matches([':', '-', '–']).trim();
        let Some(letter) = reading.letters.get_mut(at) else { return };
        if part.is_empty() {
            return;
        }
        if let Some(tiers) = tiers_of(part, self.currency) {
            letter.tiers.extend(tiers);
            return;
        }
        if looks_like_a_limit(part) {
            reading.broken_limits.push(part.to_owned());
        }
        let text = match self.footnotes.get(part) {
            Some(footnote) => footnote.clone(),
            None => part.to_owned(),
        };
        join_note(&mut letter.note, &text);
    }

    /// The letters at the beginning of a text, and what follows them.
    fn leading<'a>(&self, text: &'a str) -> Option<(Vec<Known>, &'a str)> {
        if text.is_empty() {
            return None;
        }
        if let Some(known) = self.phrases.get(&folded(text)).filter(|_| starts_with_letter(text)) {
            return Some((vec![known.clone()], ""));
        }
        if let Some(found) = self.code_then_tail(text) {
            return Some(found);
        }
        self.phrase_then_tail(text)
    }

    /// One or more codes, then a limit, a footnote mark or a remark.
    fn code_then_tail<'a>(&self, text: &'a str) -> Option<(Vec<Known>, &'a str)> {
        let end = text.find(|c: char| !c.is_alphanumeric() || "¹²³⁴⁵⁶⁷⁸⁹".contains(c)).unwrap_or(text.len());
        let (word, tail) = text.split_at_checked(end)?;
        let mut codes = self.codes_of(word, tail.trim().is_empty())?;
        // “RACI chart” is prose; “A chart” may be a letter with a remark.
        if codes.len() > 1
            && tail.trim_start().starts_with(char::is_alphabetic)
            && self.codes_of(tail.trim(), false).is_none()
        {
            return None;
        }
        // “R A”, but also “A ≤ 200”.
        let mut rest = tail;
        loop {
            let trimmed = rest.trim_start();
            let end = trimmed.find(|c: char| !c.is_alphanumeric()).unwrap_or(trimmed.len());
            let (word, after) = trimmed.split_at_checked(end)?;
            match self.codes_of(word, false) {
                Some(more) if !word.is_empty() && rest.len() > trimmed.len() => {
                    codes.extend(more);
                    rest = after;
                }
                _ => return Some((codes, rest)),
            }
        }
    }

    /// The codes that a word is: one, or several of one character each. Alone, case does not count.
    fn codes_of(&self, word: &str, is_alone: bool) -> Option<Vec<Known>> {
        let known = |code: &String| Known { code: code.clone(), is_guess: false };
        if let Some(code) = self.codes.iter().find(|code| *code == word) {
            return Some(vec![known(code)]);
        }
        if is_alone && let Some(code) = self.codes.iter().find(|code| code.eq_ignore_ascii_case(word)) {
            return Some(vec![known(code)]);
        }
        if word.chars().count() < 2 || self.phrases.contains_key(&folded(word)) {
            return None;
        }
        let one = |character: char| self.codes.iter().find(|code| code.chars().eq([character])).map(known);
        word.chars().map(one).collect()
    }

    /// The longest beginning of up to four words that names a letter, then a remark.
    fn phrase_then_tail<'a>(&self, text: &'a str) -> Option<(Vec<Known>, &'a str)> {
        let mut ends: Vec<usize> = text.match_indices(|c: char| !c.is_alphanumeric()).map(|(at, _)| at).collect();
        ends.truncate(4);
        ends.into_iter().rev().find_map(|end| {
            let (head, tail) = text.split_at_checked(end)?;
            let known = self.phrases.get(&folded(head))?;
            Some((vec![known.clone()], tail))
        })
    }
}

fn starts_with_letter(text: &str) -> bool {
    text.starts_with(char::is_alphanumeric)
}

fn plain(code: &str, guess: Option<String>) -> ReadLetter {
    ReadLetter { code: code.to_owned(), tiers: Vec::new(), note: String::new(), guess }
}

fn add(reading: &mut Reading, letter: ReadLetter) {
    if reading.letters.iter().all(|known| known.code != letter.code) {
        reading.letters.push(letter);
    }
}

/// Adds a sentence to a note.
pub(super) fn join_note(note: &mut String, text: &str) {
    let text = text.trim();
    if text.is_empty() || note.split("; ").any(|part| part == text) {
        return;
    }
    if !note.is_empty() {
        note.push_str("; ");
    }
    note.push_str(text);
}

/// The parts of a cell: parted by `/`, `,`, `;`, `|`, `&`, `+`, a line's end, or the word for “and”; not within
/// brackets or numbers.
pub(super) fn segments(text: &str) -> Vec<String> {
    let mut segments = vec![String::new()];
    let mut depth = 0_usize;
    let characters: Vec<char> = text.chars().collect();
    for (at, character) in characters.iter().copied().enumerate() {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let around =
            |step: isize| at.checked_add_signed(step).and_then(|at| characters.get(at)).copied().unwrap_or(' ');
        let in_number = around(-1).is_ascii_digit() && around(1).is_ascii_digit();
        let per =
            character == '/' && (around(-1).is_ascii_digit() || around(-1) == ' ') && follows_period(&characters, at);
        let parts = matches!(character, '/' | ',' | ';' | '|' | '&' | '+' | '\n' | '\r');
        match segments.last_mut() {
            Some(last) if depth > 0 || !parts || (character == ',' && in_number) || per => last.push(character),
            _ => segments.push(String::new()),
        }
    }
    segments.iter().flat_map(|segment| at_and(segment)).filter(|segment| !segment.trim().is_empty()).collect()
}

fn follows_period(characters: &[char], at: usize) -> bool {
    let word: String =
        characters.iter().skip(at + 1).skip_while(|c| **c == ' ').take_while(|c| c.is_alphabetic()).collect();
    let word = word.to_lowercase();
    matches!(word.as_str(), "case" | "contract" | "counterparty" | "customer" | "supplier")
        || Period::ALL.iter().any(|period| period.word() == word)
}

/// Parts of a segment around the word for “and”.
fn at_and(segment: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0_usize;
    for word in segment.split(' ') {
        depth += word.matches(['(', '[']).count();
        let is_and = depth == 0 && matches!(word, "and" | "und" | "et" | "y" | "And" | "AND" | "Und" | "UND");
        depth = depth.saturating_sub(word.matches([')', ']']).count());
        match parts.last_mut() {
            Some(last) if !is_and => {
                last.push_str(word);
                last.push(' ');
            }
            _ => parts.push(String::new()),
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

/// The text outside of brackets, and what stands in each of them.
pub(super) fn without_brackets(text: &str) -> (String, Vec<String>) {
    let mut outside = String::new();
    let mut inside: Vec<String> = Vec::new();
    let mut depth = 0_usize;
    for character in text.chars() {
        match character {
            '(' | '[' if depth == 0 => {
                depth = 1;
                inside.push(String::new());
                outside.push(' ');
            }
            '(' | '[' => depth += 1,
            ')' | ']' if depth > 0 => depth -= 1,
            _ => match inside.last_mut().filter(|_| depth > 0) {
                Some(last) => last.push(character),
                None => outside.push(character),
            },
        }
    }
    (outside.split_whitespace().collect::<Vec<_>>().join(" "), inside)
}

const LIMIT_WORDS: &[(&str, &str)] = &[
    ("below ", "up to "),
    ("under ", "up to "),
    ("less than ", "up to "),
    ("until ", "up to "),
    ("bis ", "up to "),
    ("über ", "above "),
    ("greater than ", "above "),
];

/// The limits that a text states, if it is nothing but limits.
pub(super) fn tiers_of(text: &str, currency: Currency) -> Option<Vec<Tier>> {
    if !looks_like_a_limit(text) && !text.trim().eq_ignore_ascii_case("any") && !text.starts_with("any ") {
        return None;
    }
    let mut plain = text.trim().to_lowercase();
    for (word, instead) in LIMIT_WORDS {
        if let Some(rest) = plain.strip_prefix(word) {
            plain = format!("{instead}{rest}");
        }
    }
    parse_tiers(&plain, currency).ok().filter(|tiers| !tiers.is_empty())
}

fn looks_like_a_limit(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let signs = ['≤', '<', '>', '≥', '€', '$', '£', '¥', '='];
    let begins = lower.starts_with(signs)
        || lower.starts_with(|c: char| c.is_ascii_digit())
        || ["up to ", "above ", "over ", "at most ", "max ", "more than ", "from "]
            .iter()
            .any(|word| lower.starts_with(word))
        || LIMIT_WORDS.iter().any(|(word, _)| lower.starts_with(word));
    begins && lower.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(name: &str) -> Lexicon {
        let all = crate::storage::built_in_frameworks();
        Lexicon::new(all.iter().find(|framework| framework.name == name).unwrap(), Currency::EUR)
    }

    fn print(reading: &Reading) -> String {
        let mut parts = Vec::new();
        for letter in &reading.letters {
            let mut part = letter.code.clone();
            letter.tiers.iter().for_each(|tier| part.push_str(&format!(" {tier}")));
            if !letter.note.is_empty() {
                part.push_str(&format!(" «{}»", letter.note));
            }
            if letter.guess.is_some() {
                part.push('?');
            }
            parts.push(part);
        }
        parts.extend(reading.unknown.iter().map(|part| format!("!{part}")));
        parts.join("; ")
    }

    #[test]
    fn letters_are_read_in_any_usual_writing() {
        let raci = lexicon("RACI");
        for (text, expected) in [
            ("R/A", "R; A"),
            ("A,R", "A; R"),
            ("RA", "R; A"),
            ("R & A", "R; A"),
            ("R\nA", "R; A"),
            ("R A", "R; A"),
            ("R + A", "R; A"),
            ("r", "R"),
            ("A (legal only)", "A «legal only»"),
            ("A (legal, tax), R", "A «legal, tax»; R"),
            ("A ≤ 200 EUR", "A ≤ 200 EUR"),
            ("A<=1,000 EUR; I", "A ≤ 1000 EUR; I"),
            ("A (up to 5k)", "A ≤ 5000 EUR"),
            ("A ≤ 200/week", "A ≤ 200 EUR per week"),
            ("A > 200 EUR, ≤ 1000 per week", "A > 200 EUR ≤ 1000 EUR per week"),
            ("A under 300 EUR", "A ≤ 300 EUR"),
            ("Accountable", "A"),
            ("Responsible / Consulted", "R; C"),
            ("Responsible and Accountable", "R; A"),
            ("Informed after the fact", "I «after the fact»"),
            ("Approver", "A?"),
            ("-", ""),
            ("n/a", ""),
            ("A*", "A «*»"),
            ("A: legal", "A «legal»"),
            ("A, R, A", "A; R"),
            ("Verantwortlich", "R"),
        ] {
            assert_eq!(print(&raci.read(text)), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_understood_is_told() {
        let raci = lexicon("RACI");
        for (text, expected) in [
            ("Q", "!Q"),
            ("R/Q", "R «Q»; !Q"),
            ("Cloud strategy", "!Cloud strategy"),
            ("has a say", "!has a say"),
            ("CCoE and cloud governance", "!CCoE; !cloud governance"),
            ("RACI chart", "!RACI chart"),
        ] {
            assert_eq!(print(&raci.read(text)), expected, "{text}");
        }
        let reading = raci.read("A ≤ 12x3");
        assert_eq!((reading.broken_limits.len(), print(&reading).as_str()), (1, "A «≤ 12x3»"));
    }

    #[test]
    fn codes_of_two_characters_and_what_the_user_says() {
        let mut raci_vs = lexicon("RACI-VS");
        assert_eq!(print(&raci_vs.read("V/Si")), "V; Si");
        assert_eq!(print(&raci_vs.read("Sign-off")), "Si");
        raci_vs.set("Boss  says", vec!["A".into(), "R".into()]);
        raci_vs.set("see below", vec![]);
        assert_eq!(print(&raci_vs.read("boss says")), "A; R");
        assert_eq!(print(&raci_vs.read("see below")), "");
    }

    #[test]
    fn footnotes_are_put_in() {
        let mut raci = lexicon("RACI");
        raci.footnote("*", "only abroad");
        assert_eq!(print(&raci.read("A*")), "A «only abroad»");
    }
}
