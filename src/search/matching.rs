//! How well a text answers a query: word by word, beginnings of words, the middle of words, slips of the finger.

use std::ops::Range;

use super::fold::{folded, unfolded};

/// What one word of a query is worth where it is found as it is, as a whole word.
const WHOLE: i32 = 100;
const BEGINNING: i32 = 88;
const MIDDLE: i32 = 58;
/// With one slip, and with two.
const SLIPS: [i32; 2] = [44, 30];
/// Initials and scattered letters, for names of commands.
const SCATTERED: i32 = 24;

/// What somebody is looking for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    whole: String,
    words: Vec<Sought>,
}

/// One word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sought {
    text: String,
    letters: u32,
    /// How many slips it forgives; none for short words and for what is not made of letters.
    slips: usize,
}

/// A text made ready for queries.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    folded: Box<str>,
    words: Box<[Word]>,
}

/// A word of a prepared text.
#[derive(Clone, Copy, Debug)]
struct Word {
    start: u32,
    end: u32,
    /// Which letters it has, a bit for each.
    letters: u32,
}

/// That a text has a word of a query: what that is worth, and where it is in the folded text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Match {
    pub(super) worth: i32,
    pub(super) range: Range<usize>,
}

impl Query {
    /// The query of what was typed.
    pub fn new(typed: &str) -> Self {
        let whole = folded(typed.trim());
        let words = whole.split_whitespace().map(Sought::new).collect();
        Self { whole, words }
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// How well a prepared text answers one word of the query.
    pub(super) fn word_in(&self, index: usize, text: &Prepared) -> Option<Match> {
        self.words.get(index)?.find(text)
    }

    /// Whether a text has all of the query as it was typed.
    pub(super) fn is_phrase_in(&self, text: &Prepared) -> bool {
        self.words.len() > 1 && text.folded.contains(&self.whole)
    }

    /// How well a short text such as a name answers all of the query, and which parts of it do; none where it does not.
    /// Letters scattered over the beginnings of its words count a little: `fs` finds “Fit the selection”.
    pub fn rank(&self, text: &str) -> Option<(i32, Vec<Range<usize>>)> {
        let prepared = Prepared::new(text);
        let found: Option<Vec<Match>> = (0..self.len()).map(|index| self.word_in(index, &prepared)).collect();
        match found {
            Some(found) => {
                let worth: i32 = found.iter().map(|found| found.worth).sum();
                let early = 10 - found.iter().map(|found| found.range.start.min(10) as i32).min().unwrap_or(10);
                let phrase = if self.is_phrase_in(&prepared) { 20 } else { 0 };
                let ranges: Vec<_> = found.into_iter().map(|found| found.range).collect();
                let count = ranges.len().max(1) as i32;
                Some((worth / count + early + phrase, unfolded(text, &ranges)))
            }
            None => scattered(&self.whole, &prepared).map(|ranges| (SCATTERED, unfolded(text, &ranges))),
        }
    }
}

impl Sought {
    fn new(word: &str) -> Self {
        let is_word = word.chars().all(char::is_alphanumeric);
        let has_letters = word.chars().any(char::is_alphabetic);
        let slips = match word.chars().count() {
            0..=3 => 0,
            _ if !is_word || !has_letters => 0,
            4..=7 => 1,
            _ => 2,
        };
        Self { text: word.to_owned(), letters: letters(word), slips }
    }

    fn find(&self, text: &Prepared) -> Option<Match> {
        match self.find_exactly(text) {
            Some(found) => Some(found),
            None if self.slips > 0 => self.find_nearly(text),
            None => None,
        }
    }

    /// The best of the places where the word stands as it is.
    fn find_exactly(&self, text: &Prepared) -> Option<Match> {
        let mut best: Option<Match> = None;
        let is_short = self.text.chars().count() < 2;
        for (start, _) in text.folded.match_indices(self.text.as_str()) {
            let end = start + self.text.len();
            let begins = !text.letter_before(start);
            let worth = match (begins, text.letter_behind(end)) {
                (true, false) => WHOLE,
                (true, true) => BEGINNING,
                // One letter in the middle of a word says nothing.
                (false, _) if is_short => continue,
                (false, _) => MIDDLE,
            };
            if best.as_ref().is_none_or(|best| worth > best.worth) {
                best = Some(Match { worth, range: start..end });
            }
            if worth == WHOLE {
                break;
            }
        }
        best
    }

    /// The word, or the beginning of one, that differs by the fewest slips.
    fn find_nearly(&self, text: &Prepared) -> Option<Match> {
        let mut best: Option<(usize, Range<usize>)> = None;
        for word in &text.words {
            // A slip brings in at most one letter that the word does not have.
            if (self.letters & !word.letters).count_ones() as usize > self.slips {
                continue;
            }
            let range = word.start as usize..word.end as usize;
            let Some(found) = text.folded.get(range.clone()) else { continue };
            if let Some(slips) = slips_to_beginning(&self.text, found, self.slips)
                && best.as_ref().is_none_or(|(fewest, _)| slips < *fewest)
            {
                best = Some((slips, range));
            }
        }
        let (slips, range) = best?;
        Some(Match { worth: SLIPS.get(slips.saturating_sub(1)).copied().unwrap_or(SCATTERED), range })
    }
}

impl Prepared {
    pub(super) fn new(text: &str) -> Self {
        let folded = folded(text);
        let mut words = Vec::new();
        let mut start = None;
        for (at, letter) in folded.char_indices().chain([(folded.len(), ' ')]) {
            match (letter.is_alphanumeric(), start) {
                (true, None) => start = Some(at),
                (false, Some(begun)) => {
                    let letters = folded.get(begun..at).map_or(0, letters);
                    words.push(Word { start: begun as u32, end: at as u32, letters });
                    start = None;
                }
                _ => {}
            }
        }
        Self { folded: folded.into(), words: words.into() }
    }

    fn letter_before(&self, at: usize) -> bool {
        self.folded.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric))
    }

    fn letter_behind(&self, at: usize) -> bool {
        self.folded.get(at..).is_some_and(|behind| behind.starts_with(char::is_alphanumeric))
    }
}

/// A bit for each letter that a word has; letters beyond a to z share the bits.
fn letters(word: &str) -> u32 {
    word.chars().fold(0, |bits, letter| bits | 1 << (u32::from(letter) % 32))
}

/// By how many slips (a letter more, less, another one, two exchanged) a word differs from the beginning of another,
/// if by no more than `most`. The first letter is rarely wrong and must agree, or stand second.
fn slips_to_beginning(word: &str, other: &str, most: usize) -> Option<usize> {
    let (word, other): (Vec<char>, Vec<char>) = (word.chars().collect(), other.chars().collect());
    if other.len() + most < word.len() || (word.first() != other.first() && word.first() != other.get(1)) {
        return None;
    }
    let width = other.len().min(word.len() + most);
    let (mut before, mut last): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=width).collect());
    for (row, letter) in word.iter().enumerate() {
        let mut next = vec![row + 1];
        for (column, seen) in other.iter().take(width).enumerate() {
            let at = |line: &[usize], index: usize| line.get(index).copied().unwrap_or(usize::MAX / 2);
            let change = at(&last, column) + usize::from(letter != seen);
            let mut least = change.min(at(&last, column + 1) + 1).min(at(&next, column) + 1);
            let exchanged =
                row > 0 && column > 0 && word.get(row - 1) == Some(seen) && other.get(column - 1) == Some(letter);
            if exchanged {
                least = least.min(at(&before, column - 1) + 1);
            }
            next.push(least);
        }
        if next.iter().min().is_none_or(|least| *least > most) {
            return None;
        }
        before = std::mem::replace(&mut last, next);
    }
    last.into_iter().min().filter(|slips| *slips <= most)
}

/// Where the letters of a query stand in a text one after the other, each at the beginning of a word or behind the
/// letter before.
fn scattered(query: &str, text: &Prepared) -> Option<Vec<Range<usize>>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    for letter in query.chars().filter(|letter| !letter.is_whitespace()) {
        let follows = text.folded.get(from..).is_some_and(|rest| rest.starts_with(letter) && from > 0);
        let start = if follows {
            from
        } else {
            let begins = |word: &&Word| {
                let start = word.start as usize;
                start >= from && text.folded.get(start..).is_some_and(|rest| rest.starts_with(letter))
            };
            text.words.iter().find(begins)?.start as usize
        };
        from = start + letter.len_utf8();
        match ranges.last_mut().filter(|last| last.end == start) {
            Some(last) => last.end = from,
            None => ranges.push(start..from),
        }
    }
    (ranges.iter().map(ExactSizeIterator::len).sum::<usize>() > 1).then_some(ranges)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(query: &str, text: &str) -> Option<i32> {
        Query::new(query).rank(text).map(|(worth, _)| worth)
    }

    fn marked(query: &str, text: &str) -> Vec<String> {
        let (_, ranges) = Query::new(query).rank(text).unwrap();
        ranges.into_iter().map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn whole_words_beat_beginnings_beat_middles_beat_slips() {
        let ranks: Vec<i32> =
            ["Role", "Roles", "Patrole", "Roel"].iter().map(|text| rank("role", text).unwrap()).collect();
        assert!(ranks.is_sorted_by(|one, next| one > next), "{ranks:?}");
        assert_eq!(rank("xyz", "Role"), None);
    }

    #[test]
    fn slips_of_the_finger_are_forgiven_in_longer_words() {
        for slip in ["refnud", "refumd", "reffund", "rfund", "refunds"] {
            assert!(rank(slip, "Pay the refund").is_some(), "{slip}");
        }
        assert_eq!(marked("acountent", "The accountant pays"), ["accountant"]);
        for other in ["rent", "ref", "pax", "retail"] {
            let found = Query::new(other).rank("Pay the refund").filter(|(worth, _)| *worth > SCATTERED + 20);
            assert_eq!(found.is_some(), other == "ref", "{other}");
        }
    }

    #[test]
    fn every_word_must_be_there_in_any_order() {
        assert!(rank("refund pay", "Pay the refund").is_some());
        assert_eq!(rank("refund cake", "Pay the refund"), None);
        assert!(rank("pay the", "Pay the refund").unwrap() > rank("the pay", "Pay the refund").unwrap());
    }

    #[test]
    fn initials_find_commands() {
        assert_eq!(marked("fs", "Fit the selection"), ["F", "s"]);
        assert_eq!(marked("fise", "Fit the selection"), ["Fi", "se"]);
        assert_eq!(rank("q", "Fit the selection"), None);
    }

    #[test]
    fn amounts_and_signs_are_found_as_they_are_written() {
        assert!(rank("≤ 200", "Shop manager ≤ 200 EUR").is_some());
        assert_eq!(rank("2001", "≤ 200 EUR"), None);
    }
}
