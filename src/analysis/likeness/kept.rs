//! Likeness of many texts, of which few change from one time to the next.
//!
//! What was found out about a list of texts is kept under a name. When the list comes again, only phrases that are new
//! are compared, each with every other one in turn: an edit costs one look through the list. Many new phrases at once
//! are found by the [index](mod@super::pairs) instead. Either way the result is that of comparing all afresh: it follows from
//! the texts alone, whatever was kept before, which the tests compare.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::pairs::{Entry, Numbers, Pair, alike, alike_to, alphabet_size, expanded, finish};
use super::{Language, Phrase, Vocabulary, compare};
use crate::analysis::index::Grouped;

/// As many new phrases as this are looked up one by one, beside one in a hundred of those known.
const FEW: usize = 8;
/// For so many thresholds a list is kept.
const THRESHOLDS: usize = 2;

/// Two crowds, or one and the same, whose texts are alike.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crowds {
    /// The crowds, the one with the earlier text first, and how alike they are.
    pub pair: Pair,
    /// Whether their labels have the same object, see [`Phrase::has_same_object`].
    pub same_object: bool,
}

/// What is alike in a list of texts. Texts that say the same are one **crowd**.
#[derive(Debug, Default, PartialEq)]
pub struct Alike {
    crowd_of: Vec<usize>,
    crowds: Grouped<usize>,
    pairs: Vec<Crowds>,
}

impl Alike {
    /// The crowd of a text, by its place in the list.
    pub fn crowd_of(&self, text: usize) -> Option<usize> {
        self.crowd_of.get(text).copied()
    }

    /// The texts of a crowd, in their order.
    pub fn texts_of(&self, crowd: usize) -> &[usize] {
        self.crowds.of(crowd)
    }

    /// Alike crowds, sorted; a crowd of several texts is alike with itself.
    pub fn crowds(&self) -> &[Crowds] {
        &self.pairs
    }

    /// All pairs of alike texts, in the order of their places.
    pub fn pairs(&self) -> Vec<Pair> {
        expanded(|crowd| self.crowds.of(crowd), self.pairs.iter().map(|found| &found.pair))
    }
}

/// Everything known of the texts of one list.
#[derive(Debug, Default)]
struct Known {
    language: Language,
    threshold: f64,
    texts: Vec<Box<str>>,
    /// The phrase of each text, by its place in `phrases`.
    phrase_of: Vec<usize>,
    phrases: Vec<Phrase>,
    places: FxHashMap<Phrase, usize>,
    /// The phrases with words in them, and the places of theirs among all.
    entries: Vec<Entry>,
    /// See [`alphabet_size`].
    alphabet: usize,
    numbers: Numbers,
    /// Alike phrases, by their places.
    pairs: Vec<Crowds>,
    result: Arc<Alike>,
}

/// Likeness of lists of texts, kept under their names.
#[derive(Debug, Default)]
pub struct Likeness {
    /// Most recently used last; rules that look at one list may have thresholds of their own.
    known: BTreeMap<&'static str, Vec<Known>>,
}

impl Likeness {
    /// What is at least so much alike in a list of texts. The name only says which list is to be compared with which;
    /// texts of one list are taken to be in one language.
    pub fn alike(&mut self, name: &'static str, texts: &[&str], threshold: f64) -> Arc<Alike> {
        let lists = self.known.entry(name).or_default();
        // Taken out, so that nothing half done is left behind.
        let older = lists.iter().position(|known| known.threshold == threshold).map(|place| lists.remove(place));
        let sampled = older.as_ref().filter(|known| known.begins_like(texts));
        let language =
            sampled.map_or_else(|| Vocabulary::for_texts(texts.iter().copied()).language(), |known| known.language);
        let fresh = || Known { language, threshold, ..Known::default() };
        let mut known = older.filter(|known| known.language == language).unwrap_or_else(fresh);
        if !known.has(texts) {
            known.take(texts);
        }
        let result = known.result.clone();
        lists.push(known);
        if lists.len() > THRESHOLDS {
            lists.remove(0);
        }
        result
    }
}

impl Known {
    /// Whether the texts that tell the language are those known.
    fn begins_like(&self, texts: &[&str]) -> bool {
        let mut sample = texts.iter().take(Vocabulary::SAMPLE).enumerate();
        let as_many = self.texts.len().min(Vocabulary::SAMPLE) == texts.len().min(Vocabulary::SAMPLE);
        as_many && sample.all(|(place, text)| self.is_at(place, text))
    }

    fn is_at(&self, place: usize, text: &str) -> bool {
        self.texts.get(place).is_some_and(|known| **known == *text)
    }

    fn has(&self, texts: &[&str]) -> bool {
        self.texts.len() == texts.len() && texts.iter().enumerate().all(|(place, text)| self.is_at(place, text))
    }

    fn take(&mut self, texts: &[&str]) {
        let before = self.phrases.len();
        self.read(texts);
        let fresh = self.phrases.len() - before;
        if fresh > FEW + before / 100 {
            self.compare_all();
        } else {
            self.compare_from(before);
        }
        if self.phrases.len() > 2 * texts.len() + FEW {
            self.forget_unused();
        }
        self.result = Arc::new(self.tell());
    }

    /// Reads the texts that were not there before, and says which phrase each text has.
    fn read(&mut self, texts: &[&str]) {
        let same =
            |place: usize, text: &str| self.is_at(place, text).then(|| self.phrase_of.get(place).copied()).flatten();
        let mut found: Vec<Option<usize>> = texts.iter().enumerate().map(|(place, text)| same(place, text)).collect();
        let changed: Vec<usize> = (0..found.len()).filter(|place| found.get(*place) == Some(&None)).collect();
        if changed.len() > FEW {
            // Many texts that stand in another place than before; a few are sooner read once more than looked for.
            let known: FxHashMap<&str, usize> =
                self.texts.iter().map(|text| &**text).zip(self.phrase_of.iter().copied()).collect();
            for (text, slot) in texts.iter().zip(&mut found).filter(|(_, slot)| slot.is_none()) {
                *slot = known.get(text).copied();
            }
        }
        let unread: Vec<&str> =
            texts.iter().zip(&found).filter(|(_, found)| found.is_none()).map(|(text, _)| *text).collect();
        let mut read = Vocabulary::of(self.language).read_all(&unread).into_iter();
        let phrase_of = found.into_iter().map(|known| match known {
            Some(place) => place,
            None => self.place(read.next().unwrap_or_default()),
        });
        self.phrase_of = phrase_of.collect();
        self.texts.truncate(texts.len());
        for place in changed {
            let text = Box::from(texts.get(place).copied().unwrap_or_default());
            match self.texts.get_mut(place) {
                Some(known) => *known = text,
                None => self.texts.push(text),
            }
        }
    }

    /// The place of a phrase, a new one for one that is new.
    fn place(&mut self, phrase: Phrase) -> usize {
        let next = self.phrases.len();
        match self.places.get(&phrase) {
            Some(place) => *place,
            None => {
                self.places.insert(phrase.clone(), next);
                self.phrases.push(phrase);
                next
            }
        }
    }

    /// Compares all phrases with each other.
    fn compare_all(&mut self) {
        self.numbers = Numbers::ranked(&self.phrases.iter().collect::<Vec<_>>());
        self.entries.clear();
        self.alphabet = 0;
        self.pairs.clear();
        self.enter(0);
        let found = alike(&self.entries, self.threshold);
        self.add(&found);
    }

    /// Compares the phrases from a place on with each other and with those before.
    fn compare_from(&mut self, first: usize) {
        let known = self.entries.len();
        self.enter(first);
        let to = |at| alike_to(&self.entries, self.alphabet, at, self.threshold);
        let mut found: Vec<(usize, usize)> = (known..self.entries.len()).flat_map(to).collect();
        found.sort_unstable();
        found.dedup();
        self.add(&found);
    }

    fn enter(&mut self, first: usize) {
        let fresh = self.phrases.iter().enumerate().skip(first).filter(|(_, phrase)| !phrase.is_empty());
        let known = self.entries.len();
        self.entries.extend(fresh.map(|(index, phrase)| self.numbers.entry(index, phrase)));
        self.alphabet = self.alphabet.max(alphabet_size(self.entries.get(known..).unwrap_or_default()));
    }

    fn add(&mut self, found: &[(usize, usize)]) {
        for pair in finish(&self.entries, self.alphabet, found) {
            let (Some(a), Some(b)) = (self.phrases.get(pair.a), self.phrases.get(pair.b)) else { continue };
            self.pairs.push(Crowds { pair, same_object: a.has_same_object(b, self.threshold) });
        }
    }

    /// Lets go of phrases that no text has any more.
    fn forget_unused(&mut self) {
        let texts = std::mem::take(&mut self.texts);
        *self = Self { language: self.language, threshold: self.threshold, ..Self::default() };
        self.read(&texts.iter().map(|text| &**text).collect::<Vec<_>>());
        self.compare_all();
    }

    /// The crowds in the order of their first texts, and their pairs.
    fn tell(&self) -> Alike {
        let mut told = Alike { crowd_of: Vec::with_capacity(self.phrase_of.len()), ..Alike::default() };
        told.pairs.reserve(self.pairs.len());
        let mut crowd_of_phrase: Vec<Option<usize>> = vec![None; self.phrases.len()];
        let mut count = 0;
        for phrase in &self.phrase_of {
            let Some(slot) = crowd_of_phrase.get_mut(*phrase) else { continue };
            let crowd = *slot.get_or_insert(count);
            count = count.max(crowd + 1);
            told.crowd_of.push(crowd);
        }
        if count == 0 {
            return told;
        }
        told.crowds = Grouped::new(count, told.crowd_of.iter().enumerate().map(|(text, crowd)| (*crowd, text)));
        let crowd = |phrase: usize| crowd_of_phrase.get(phrase).copied().flatten();
        for found in &self.pairs {
            let (Some(a), Some(b)) = (crowd(found.pair.a), crowd(found.pair.b)) else { continue };
            told.pairs.push(Crowds { pair: Pair { a: a.min(b), b: a.max(b), ..found.pair }, ..*found });
        }
        let crowded = (0..count).map(|crowd| (crowd, told.crowds.of(crowd))).filter(|(_, texts)| texts.len() > 1);
        let with_itself: Vec<Crowds> = crowded
            .filter_map(|(crowd, texts)| {
                let phrase = self.phrases.get(*self.phrase_of.get(*texts.first()?)?)?;
                let why = compare(phrase, phrase);
                let pair = Pair { a: crowd, b: crowd, likeness: why.likeness(), why };
                (!phrase.is_empty()).then_some(Crowds { pair, same_object: true })
            })
            .collect();
        told.pairs.extend(with_itself);
        told.pairs.sort_unstable_by_key(|found| (found.pair.a, found.pair.b));
        told
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::pairs_of;
    use super::*;

    const LIST: &str = "labels";

    fn pairs(texts: &[&str], threshold: f64) -> Vec<Pair> {
        let phrases = Vocabulary::for_texts(texts.iter().copied()).read_all(texts);
        pairs_of(&phrases, threshold)
    }

    proptest! {
        #[test]
        fn what_is_kept_tells_the_same_as_comparing_all_afresh(
            texts in prop::collection::vec("((check|count|order|bake|sign off|approve|chekc) )?(the )?[a-c]{1,4}( [a-d]{1,3}){0,3}|count stock|the stock count|Ware prüfen|die Ware", 0..40),
            edits in prop::collection::vec((0_usize..40, 0_u8..4, "(check |the check of )?[a-c]{1,4}( [a-d]{1,3}){0,2}|–|count stock"), 1..12),
            threshold in 0.3_f64..1.0,
        ) {
            let mut texts = texts;
            let mut likeness = Likeness::default();
            for (place, kind, text) in edits {
                match kind {
                    0 => texts.insert(place.min(texts.len()), text),
                    1 if place < texts.len() => drop(texts.remove(place)),
                    2 => texts.push(text),
                    _ => if let Some(slot) = texts.get_mut(place) { *slot = text },
                }
                let now: Vec<&str> = texts.iter().map(String::as_str).collect();
                let kept = likeness.alike(LIST, &now, threshold);
                prop_assert_eq!(kept.pairs(), pairs(&now, threshold));
                prop_assert_eq!(&*kept, &*Likeness::default().alike(LIST, &now, threshold));
            }
        }
    }

    #[test]
    fn another_threshold_or_language_starts_over() {
        let mut likeness = Likeness::default();
        let texts = ["Check invoice", "Check invoise", "Count stock"];
        assert_eq!(likeness.alike(LIST, &texts, 0.8).pairs().len(), 1);
        assert!(likeness.alike(LIST, &texts, 0.999).pairs().is_empty());
        let german = ["Rechnung prüfen", "Prüfen der Rechnungen", "Ware für die Filiale bestellen"];
        assert_eq!(likeness.alike(LIST, &german, 0.8).pairs(), pairs(&german, 0.8));
    }

    #[test]
    fn phrases_that_no_text_has_any_more_are_let_go() {
        let mut likeness = Likeness::default();
        for number in 0..500 {
            let text = format!("Check part{number}");
            likeness.alike(LIST, &["Count stock", &text], 0.8);
        }
        assert!(likeness.known.values().flatten().all(|known| known.phrases.len() <= 4 + FEW));
    }
}
