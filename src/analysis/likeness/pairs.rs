//! All alike pairs among many phrases, exactly: the same pairs as comparing each with each, found through an index.
//!
//! Equal phrases are a **crowd**: its first member is compared for all of them, as in large organisations the same few
//! sentences come back hundreds of times.
//!
//! Two ways lead to a pair, so there are two passes. Pairs that share words come from an inverted index of the rarest
//! concepts of each phrase (prefix filter: R. Bayardo, Y. Ma, R. Srikant, Scaling up all pairs similarity search,
//! 2007). Pairs that share letters come from a walk over phrases sorted by length, where cheap lower bounds of the
//! edit distance go first: the difference in length, in letters, in pairs of neighbouring letters (E. Ukkonen,
//! Approximate string matching with q-grams, 1992). Only what passes them is compared letter by letter.

use rustc_hash::FxHashMap;

use super::letters::{Alphabet, Matcher};
use super::{Language, Phrase, Vocabulary, Why};

/// Two alike texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Index of the first text.
    pub a: usize,
    /// Index of the second text, larger than `a`.
    pub b: usize,
    /// How alike, 0 to 1.
    pub likeness: f64,
    /// The numbers behind it.
    pub why: Why,
}

/// All pairs of English texts whose likeness is at least `threshold`, in the order of their indexes.
pub fn pairs(texts: &[&str], threshold: f64) -> Vec<Pair> {
    pairs_of(&Vocabulary::of(Language::English).read_all(texts), threshold)
}

/// All pairs of phrases whose likeness is at least `threshold` (above 0), in the order of their indexes.
pub fn pairs_of(phrases: &[Phrase], threshold: f64) -> Vec<Pair> {
    let crowds = crowds(phrases);
    let firsts: Vec<&Phrase> =
        crowds.iter().filter_map(|crowd| crowd.first().and_then(|index| phrases.get(*index))).collect();
    let mut numbers = Numbers::ranked(&firsts);
    let filled = firsts.iter().enumerate().filter(|(_, phrase)| !phrase.is_empty());
    let entries: Vec<Entry> = filled.map(|(index, phrase)| numbers.entry(index, phrase)).collect();
    let mut found = alike(&entries, threshold);
    let is_crowded =
        |at: &usize| entries.get(*at).and_then(|entry| crowds.get(entry.index)).is_some_and(|crowd| crowd.len() > 1);
    found.extend((0..entries.len()).filter(is_crowded).map(|at| (at, at)));
    found.sort_unstable();
    let finished = finish(&entries, alphabet_size(&entries), &found);
    expanded(|crowd| crowds.get(crowd).map_or(&[][..], Vec::as_slice), finished.iter())
}

/// The pairs of texts behind pairs of crowds, in the order of their indexes; a crowd with itself gives each two of its
/// texts once.
pub(super) fn expanded<'a>(
    texts_of: impl Fn(usize) -> &'a [usize],
    found: impl Iterator<Item = &'a Pair>,
) -> Vec<Pair> {
    let mut pairs = Vec::new();
    for pair in found {
        let (one, other) = (texts_of(pair.a), texts_of(pair.b));
        for (place, a) in one.iter().enumerate() {
            let rest = other.get(if pair.a == pair.b { place + 1 } else { 0 }..).unwrap_or_default();
            pairs.extend(rest.iter().map(|b| Pair { a: *a.min(b), b: *a.max(b), ..*pair }));
        }
    }
    pairs.sort_unstable_by_key(|pair| (pair.a, pair.b));
    pairs
}

/// The indexes of phrases by what they say, in the order of their first.
fn crowds(phrases: &[Phrase]) -> Vec<Vec<usize>> {
    let mut known: FxHashMap<(&str, &[String]), usize> = FxHashMap::default();
    let mut crowds: Vec<Vec<usize>> = Vec::new();
    for (index, phrase) in phrases.iter().enumerate() {
        let crowd = *known.entry((phrase.sorted.as_str(), phrase.concepts.as_slice())).or_insert(crowds.len());
        match crowds.get_mut(crowd) {
            Some(crowd) => crowd.push(index),
            None => crowds.push(vec![index]),
        }
    }
    crowds
}

/// Slack of comparisons with the threshold, for sums such as 1 − 0.2.
const SLACK: f64 = 1e-9;
const LETTERS: usize = 32;
const NEIGHBOURS: usize = 256;

/// A phrase in numbers.
#[derive(Debug)]
pub(super) struct Entry {
    /// Index of its crowd.
    index: usize,
    /// Its concepts as numbers, in their order.
    concepts: Vec<u32>,
    /// One bit for each concept; several concepts may have the same.
    signature: u128,
    /// Its sorted text in codes of the alphabet.
    text: Vec<u32>,
    /// How often each letter occurs, letters folded into few counters.
    letters: [u8; LETTERS],
    /// How often each two neighbouring letters occur, folded likewise.
    neighbours: [u8; NEIGHBOURS],
}

/// The numbers of letters and concepts; what is new gets the next one.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    alphabet: Alphabet,
    concepts: FxHashMap<String, u32>,
}

impl Numbers {
    /// Numbers by which the rarest concepts of these phrases come first, which makes the index of words short.
    pub(super) fn ranked(phrases: &[&Phrase]) -> Self {
        let mut uses: FxHashMap<&str, u32> = FxHashMap::default();
        for concept in phrases.iter().flat_map(|phrase| &phrase.concepts) {
            *uses.entry(concept).or_default() += 1;
        }
        let mut by_rarity: Vec<(u32, &str)> = uses.into_iter().map(|(concept, uses)| (uses, concept)).collect();
        by_rarity.sort_unstable();
        let ranks = by_rarity.into_iter().enumerate().map(|(rank, (_, concept))| (concept.to_owned(), rank as u32));
        Self { alphabet: Alphabet::default(), concepts: ranks.collect() }
    }

    /// A phrase in numbers.
    pub(super) fn entry(&mut self, index: usize, phrase: &Phrase) -> Entry {
        let mut concepts: Vec<u32> = Vec::with_capacity(phrase.concepts.len());
        for concept in &phrase.concepts {
            let next = self.concepts.len() as u32;
            let number = match self.concepts.get(concept) {
                Some(number) => *number,
                None => *self.concepts.entry(concept.clone()).or_insert(next),
            };
            concepts.push(number);
        }
        concepts.sort_unstable();
        let signature = concepts.iter().fold(0, |bits, concept| bits | 1_u128 << (concept % 128));
        let text = self.alphabet.encode(&phrase.sorted);
        let (letters, neighbours) = (letter_counts(&text), neighbour_counts(&text));
        Entry { index, concepts, signature, text, letters, neighbours }
    }
}

/// All alike pairs of entries, the earlier index first, sorted by their places.
pub(super) fn alike(entries: &[Entry], threshold: f64) -> Vec<(usize, usize)> {
    let mut found = alike_by_words(entries, threshold);
    found.extend(alike_by_letters(entries, threshold));
    found.sort_unstable();
    found.dedup();
    found
}

/// The pairs of one entry, by its place, with all others that are alike, looked at one by one. For the alphabet see
/// [`alphabet_size`].
pub(super) fn alike_to(entries: &[Entry], alphabet: usize, at: usize, threshold: f64) -> Vec<(usize, usize)> {
    let Some(entry) = entries.get(at) else { return Vec::new() };
    let mut matcher = Matcher::new(alphabet);
    matcher.set(&entry.text);
    let is_alike = |other: &Entry| {
        may_share_words(entry, other, threshold) && share_words(entry, other, threshold) || {
            let most = most_edits(entry.text.len().max(other.text.len()), threshold);
            may_share_letters(entry, other, most) && matcher.distance(&other.text, most).is_some()
        }
    };
    let others = entries.iter().enumerate().filter(|(place, other)| *place != at && is_alike(other));
    others.map(|(other, _)| ordered(entries, at, other)).collect()
}

/// Fewest edits that two texts, of which the longer has so many letters, may not exceed to be alike.
fn most_edits(longer: usize, threshold: f64) -> usize {
    ((1.0 - threshold) * longer as f64 + SLACK).floor().max(0.0) as usize
}

/// A quick no for texts that differ by more edits: one changes two counts of letters at most, and with q = 2 four counts
/// of neighbours.
fn may_share_letters(a: &Entry, b: &Entry, most: usize) -> bool {
    let unequal = a.text.len().abs_diff(b.text.len());
    unequal <= most
        && difference(&a.letters, &b.letters) + unequal <= 2 * most
        && difference(&a.neighbours, &b.neighbours) + unequal <= 4 * most
}

/// A quick no for sets of concepts too different to be alike: each bit that one of them lacks is a concept that only
/// one has.
fn may_share_words(a: &Entry, b: &Entry, threshold: f64) -> bool {
    let apart = f64::from((a.signature ^ b.signature).count_ones());
    let sizes = (a.concepts.len() + b.concepts.len()) as f64;
    (1.0 + threshold) * apart <= (1.0 - threshold) * sizes + SLACK
}

fn share_words(a: &Entry, b: &Entry, threshold: f64) -> bool {
    let both = f64::from(shared(&a.concepts, &b.concepts));
    let all = (a.concepts.len() + b.concepts.len()) as f64 - both;
    both >= threshold * all - SLACK
}

fn letter_counts(text: &[u32]) -> [u8; LETTERS] {
    let mut counts = [0_u8; LETTERS];
    for code in text {
        if let Some(count) = counts.get_mut(*code as usize % LETTERS) {
            *count = count.saturating_add(1);
        }
    }
    counts
}

fn neighbour_counts(text: &[u32]) -> [u8; NEIGHBOURS] {
    let mut counts = [0_u8; NEIGHBOURS];
    for (first, second) in text.iter().zip(text.iter().skip(1)) {
        let mixed = first.wrapping_mul(0x9E37_79B1) ^ second.wrapping_mul(0x85EB_CA6B);
        if let Some(count) = counts.get_mut((mixed >> 16) as usize % NEIGHBOURS) {
            *count = count.saturating_add(1);
        }
    }
    counts
}

/// Sum of the differences of two counts.
fn difference<const N: usize>(a: &[u8; N], b: &[u8; N]) -> usize {
    a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(*b))).sum::<u32>() as usize
}

/// Positions of entries with the earlier index first.
fn ordered(entries: &[Entry], a: usize, b: usize) -> (usize, usize) {
    let index = |at: usize| entries.get(at).map(|entry| entry.index);
    if index(a) < index(b) { (a, b) } else { (b, a) }
}

/// Number of concepts in both; both lists are sorted.
fn shared(a: &[u32], b: &[u32]) -> u32 {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut shared = 0;
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => drop(a.next()),
            std::cmp::Ordering::Greater => drop(b.next()),
            std::cmp::Ordering::Equal => {
                shared += 1;
                a.next();
                b.next();
            }
        }
    }
    shared
}

fn alike_by_words(entries: &[Entry], threshold: f64) -> Vec<(usize, usize)> {
    let mut by_size: Vec<usize> = (0..entries.len()).collect();
    by_size.sort_by_key(|at| entries.get(*at).map_or(0, |entry| entry.concepts.len()));
    let concepts = entries.iter().flat_map(|entry| &entry.concepts).max().map_or(0, |most| *most as usize + 1);
    let mut index: Vec<Vec<usize>> = vec![Vec::new(); concepts];
    let mut seen_by: Vec<usize> = vec![usize::MAX; entries.len()];
    let mut found = Vec::new();
    for at in by_size {
        let Some(entry) = entries.get(at) else { continue };
        let size = entry.concepts.len() as f64;
        // Two sets that are alike share one of the rarest this many.
        let prefix = entry.concepts.len() + 1 - (threshold * size - SLACK).ceil().max(1.0) as usize;
        for concept in entry.concepts.iter().take(prefix) {
            let Some(list) = index.get_mut(*concept as usize) else { continue };
            for other in list.iter().copied() {
                let Some(second) = entries.get(other) else { continue };
                let Some(seen) = seen_by.get_mut(other) else { continue };
                if *seen == at || (second.concepts.len() as f64) < threshold * size - SLACK {
                    continue;
                }
                *seen = at;
                if may_share_words(entry, second, threshold) && share_words(entry, second, threshold) {
                    found.push(ordered(entries, at, other));
                }
            }
            list.push(at);
        }
    }
    found
}

fn alike_by_letters(entries: &[Entry], threshold: f64) -> Vec<(usize, usize)> {
    let mut by_length: Vec<usize> = (0..entries.len()).collect();
    by_length.sort_by_key(|at| entries.get(*at).map_or(0, |entry| entry.text.len()));
    // Beside each other in memory, for the walk.
    let rows: Vec<(usize, &Entry)> = by_length.iter().filter_map(|at| Some((*at, entries.get(*at)?))).collect();
    let letters: Vec<[u8; LETTERS]> = rows.iter().map(|(_, entry)| entry.letters).collect();
    let mut matcher = Matcher::new(alphabet_size(entries));
    let mut found = Vec::new();
    let mut start = 0;
    for (row, (at, entry)) in rows.iter().enumerate() {
        let most = most_edits(entry.text.len(), threshold);
        while rows.get(start).is_some_and(|(_, shorter)| shorter.text.len() + most < entry.text.len()) {
            start += 1;
        }
        let mut is_set = false;
        let candidates =
            rows.get(start..row).unwrap_or_default().iter().zip(letters.get(start..row).unwrap_or_default());
        for ((other, second), second_letters) in candidates {
            // As in `may_share_letters`, with the letters beside each other.
            let unequal = entry.text.len() - second.text.len();
            if difference(&entry.letters, second_letters) + unequal > 2 * most
                || difference(&entry.neighbours, &second.neighbours) + unequal > 4 * most
            {
                continue;
            }
            if !is_set {
                matcher.set(&entry.text);
                is_set = true;
            }
            if matcher.distance(&second.text, most).is_some() {
                found.push(ordered(entries, *at, *other));
            }
        }
    }
    found
}

pub(super) fn alphabet_size(entries: &[Entry]) -> usize {
    entries.iter().flat_map(|entry| &entry.text).max().map_or(0, |most| *most as usize + 1)
}

/// Puts the numbers to the pairs; they are sorted, so the first text of a pair is prepared once.
pub(super) fn finish(entries: &[Entry], alphabet: usize, found: &[(usize, usize)]) -> Vec<Pair> {
    let mut matcher = Matcher::new(alphabet);
    let mut current = None;
    let pair = |(first, second): &(usize, usize)| {
        let (a, b) = (entries.get(*first)?, entries.get(*second)?);
        if current != Some(*first) {
            matcher.set(&a.text);
            current = Some(*first);
        }
        let both = shared(&a.concepts, &b.concepts);
        let longer = a.text.len().max(b.text.len());
        let edits = matcher.distance(&b.text, longer).unwrap_or(longer as u32);
        let all = (a.concepts.len() + b.concepts.len()) as u32 - both;
        let why = Why { shared: both, all, edits, longer: longer as u32 };
        Some(Pair { a: a.index, b: b.index, likeness: why.likeness(), why })
    };
    found.iter().filter_map(pair).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::compare;
    use super::*;

    /// Every pair, by comparing each with each.
    fn each_with_each(phrases: &[Phrase], threshold: f64) -> Vec<Pair> {
        let mut found = Vec::new();
        for (a, first) in phrases.iter().enumerate() {
            for (b, second) in phrases.iter().enumerate().skip(a + 1) {
                let why = compare(first, second);
                if why.likeness() >= threshold - SLACK {
                    found.push(Pair { a, b, likeness: why.likeness(), why });
                }
            }
        }
        found
    }

    proptest! {
        #[test]
        fn the_index_finds_what_comparing_each_with_each_finds(
            texts in prop::collection::vec("((check|count|order|bake|sign off|approve|chekc) )?(the )?[a-c]{1,4}( [a-d]{1,3}){0,3}|count stock|the stock count", 0..30),
            threshold in 0.3_f64..1.0,
        ) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let phrases = Vocabulary::of(Language::English).read_all(&texts);
            prop_assert_eq!(pairs_of(&phrases, threshold), each_with_each(&phrases, threshold));
        }
    }

    #[test]
    fn pairs_are_numbered_by_the_texts_given_even_where_some_are_empty() {
        let found = pairs(&["", "Order flour", "–", "Bake bread", "Flour order"], 0.8);
        assert_eq!(found.len(), 1);
        assert_eq!(found.first().map(|pair| (pair.a, pair.b, pair.likeness)), Some((1, 4, 1.0)));
    }

    #[test]
    fn long_texts_are_compared_too() {
        let long = "Keep the oven clean and report every fault ".repeat(12);
        let typed = long.replacen("oven", "ovne", 1);
        assert_eq!(pairs(&[&long, &typed], 0.8).len(), 1);
    }
}
