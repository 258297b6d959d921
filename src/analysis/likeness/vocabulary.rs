//! Reading texts: languages, stop words, stems and groups of synonyms. The words themselves are data in
//! `assets/words.ron`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Phrase, Token};

const WORDS: &str = include_str!("../../../assets/words.ron");

/// Language of the labels of a project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 4] = [Self::English, Self::German, Self::French, Self::Spanish];

    /// Its name, in lower case.
    pub fn word(self) -> &'static str {
        match self {
            Self::English => "english",
            Self::German => "german",
            Self::French => "french",
            Self::Spanish => "spanish",
        }
    }

    fn algorithm(self) -> Algorithm {
        match self {
            Self::English => Algorithm::English,
            Self::German => Algorithm::German,
            Self::French => Algorithm::French,
            Self::Spanish => Algorithm::Spanish,
        }
    }
}

/// What a group of synonyms stands for.
#[derive(Clone, Debug)]
struct Concept {
    name: String,
    verb: bool,
}

/// A fixed expression of several words, as stems.
struct Expression {
    stems: Vec<String>,
    concept: Concept,
}

/// What is known of one language; made once and used for many texts.
pub struct Vocabulary {
    language: Language,
    stemmer: Stemmer,
    stop: FxHashSet<String>,
    /// Groups of verbs that mean taking a decision.
    deciding: Vec<String>,
    /// From the stem of a word to its group.
    concepts: FxHashMap<String, Concept>,
    /// From the stem of the first word, longest expression first.
    expressions: FxHashMap<String, Vec<Expression>>,
}

type WordLists = BTreeMap<String, Vec<Vec<String>>>;

impl Vocabulary {
    /// The vocabulary of a language, made once.
    pub fn of(language: Language) -> &'static Self {
        static ALL: [OnceLock<Vocabulary>; 4] = [const { OnceLock::new() }; 4];
        let slot = match language {
            Language::English => &ALL[0],
            Language::German => &ALL[1],
            Language::French => &ALL[2],
            Language::Spanish => &ALL[3],
        };
        slot.get_or_init(|| Self::new(language))
    }

    /// How many texts tell the language of a list.
    pub const SAMPLE: usize = 200;

    /// Its language.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The vocabulary of the language to which most words of the texts belong: its stop words and synonyms are counted
    /// in the first [`Self::SAMPLE`] texts.
    /// English where that does not tell.
    pub fn for_texts<'a>(texts: impl Iterator<Item = &'a str>) -> &'static Self {
        Self::of(Self::language_of(std::iter::once(Self::known_words(texts.take(Self::SAMPLE)))))
    }

    /// How many words of the texts each language knows, in the order of [`Language::ALL`].
    pub fn known_words<'a>(texts: impl Iterator<Item = &'a str>) -> [usize; Language::ALL.len()] {
        let words: Vec<String> = texts.flat_map(words_of).collect();
        Language::ALL.map(|language| {
            let vocabulary = Self::of(language);
            let is_known = |word: &&String| {
                vocabulary.stop.contains(*word) || vocabulary.concepts.contains_key(&*vocabulary.stemmer.stem(word))
            };
            words.iter().filter(is_known).count()
        })
    }

    /// The language that knows most words, where what it knows was counted in parts; English where that does not tell.
    pub fn language_of(known: impl Iterator<Item = [usize; Language::ALL.len()]>) -> Language {
        let mut sums = [0; Language::ALL.len()];
        for part in known {
            sums.iter_mut().zip(part).for_each(|(sum, count)| *sum += count);
        }
        let all = Language::ALL.into_iter().zip(sums).rev();
        all.max_by_key(|(_, count)| *count).map(|(language, _)| language).unwrap_or_default()
    }

    fn new(language: Language) -> Self {
        let mut lists: WordLists = ron::from_str(WORDS).unwrap_or_default();
        let mut list = |kind: &str| lists.remove(&format!("{} {kind}", language.word())).unwrap_or_default();
        let stop = list("stop").into_iter().flatten().collect();
        let deciding = list("deciding");
        let groups = [(true, list("verbs")), (false, list("nouns"))];
        let mut vocabulary = Self {
            language,
            stemmer: Stemmer::create(language.algorithm()),
            stop,
            deciding: Vec::new(),
            concepts: FxHashMap::default(),
            expressions: FxHashMap::default(),
        };
        vocabulary.deciding = deciding.iter().flatten().map(|word| vocabulary.stem(word)).collect();
        for (verb, groups) in groups {
            for group in groups {
                vocabulary.add_group(verb, &group);
            }
        }
        vocabulary
    }

    /// Reads a text.
    pub fn read(&self, text: &str) -> Phrase {
        self.read_with(text, &mut FxHashMap::default())
    }

    /// Whether the verb of a label means taking a decision.
    pub fn is_deciding(&self, label: &str) -> bool {
        let phrase = self.read(label);
        phrase.known_verb().is_some_and(|verb| self.deciding.iter().any(|deciding| deciding == verb))
    }

    /// Reads many texts; each word is stemmed once.
    pub fn read_all(&self, texts: &[&str]) -> Vec<Phrase> {
        let mut stems = FxHashMap::default();
        texts.iter().map(|text| self.read_with(text, &mut stems)).collect()
    }

    fn add_group(&mut self, verb: bool, group: &[String]) {
        let Some(first) = group.first() else { return };
        let concept = Concept { name: self.stem(first), verb };
        for entry in group {
            let stems: Vec<String> = entry.split(' ').map(|word| self.stem(word)).collect();
            let Some(start) = stems.first().cloned() else { continue };
            if stems.len() == 1 {
                self.concepts.entry(start).or_insert_with(|| concept.clone());
            } else {
                let expressions = self.expressions.entry(start).or_default();
                expressions.push(Expression { stems, concept: concept.clone() });
                expressions.sort_by_key(|expression| std::cmp::Reverse(expression.stems.len()));
            }
        }
    }

    fn stem(&self, word: &str) -> String {
        self.stemmer.stem(word).into_owned()
    }

    fn read_with(&self, text: &str, known: &mut FxHashMap<String, String>) -> Phrase {
        let words = words_of(text);
        let stems: Vec<String> = words
            .iter()
            .map(|word| match known.get(word) {
                Some(stem) => stem.clone(),
                None => {
                    let stem = self.stem(word);
                    known.insert(word.clone(), stem.clone());
                    stem
                }
            })
            .collect();
        let all_stop = words.iter().all(|word| self.stop.contains(word));
        let keep = |word: &String| all_stop || !self.stop.contains(word);
        let tokens = self.tokens(&words, &stems, keep);
        let kept = words.iter().filter(|word| keep(word)).cloned().collect();
        Phrase::new(tokens, kept, self.language == Language::German)
    }

    fn tokens(&self, words: &[String], stems: &[String], keep: impl Fn(&String) -> bool) -> Vec<Token> {
        let mut tokens = Vec::with_capacity(words.len());
        let mut at = 0;
        while let (Some(word), Some(stem)) = (words.get(at), stems.get(at)) {
            let rest = stems.get(at..).unwrap_or_default();
            let known = self.expressions.get(stem).into_iter().flatten();
            if let Some(expression) = known.into_iter().find(|expression| rest.starts_with(&expression.stems)) {
                let end = at + expression.stems.len();
                let Concept { name, verb } = expression.concept.clone();
                let word = words.get(at..end).unwrap_or_default().join(" ");
                tokens.push(Token { word, concept: name, verb });
                at = end;
                continue;
            }
            if keep(word) {
                let concept = self.concepts.get(stem);
                let (name, verb) = concept.map_or((stem.clone(), false), |found| (found.name.clone(), found.verb));
                tokens.push(Token { word: word.clone(), concept: name, verb });
            }
            at += 1;
        }
        tokens
    }
}

/// The words of a text in lower case: runs of letters and digits; apostrophes end a word, `'s` is dropped.
fn words_of(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace('’', "'");
    let mut words = Vec::new();
    for chunk in lower.split(|c: char| !(c.is_alphanumeric() || c == '\'')) {
        let chunk = chunk.strip_suffix("'s").unwrap_or(chunk);
        words.extend(chunk.split('\'').filter(|part| !part.is_empty()).map(str::to_owned));
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_lists_are_complete_and_each_word_has_one_group() {
        let lists: WordLists = ron::from_str(WORDS).unwrap();
        assert_eq!(lists.len(), 4 * Language::ALL.len());
        for language in Language::ALL {
            let vocabulary = Vocabulary::of(language);
            let heads: Vec<_> = lists[&format!("{} verbs", language.word())].iter().map(|group| &group[0]).collect();
            let deciding = lists[&format!("{} deciding", language.word())].iter().flatten();
            assert!(deciding.clone().all(|word| heads.contains(&word)) && deciding.count() == 2);
            let mut seen: BTreeMap<String, String> = BTreeMap::new();
            for kind in ["verbs", "nouns"] {
                for group in &lists[&format!("{} {kind}", language.word())] {
                    for entry in group {
                        let stems: Vec<String> = entry.split(' ').map(|word| vocabulary.stem(word)).collect();
                        let before = seen.insert(stems.join(" "), group[0].clone());
                        assert!(before.is_none_or(|before| before == group[0]), "{entry} is in two groups");
                        assert!(!vocabulary.stop.contains(entry), "{entry} is a stop word");
                    }
                }
            }
        }
    }

    #[test]
    fn the_language_is_told_by_the_words() {
        for (language, texts) in [
            (Language::German, ["Rechnung prüfen", "Ware für die Filiale bestellen"]),
            (Language::French, ["Vérifier la facture", "Compter les pains"]),
            (Language::Spanish, ["Revisar la factura", "Contar el pan"]),
            (Language::English, ["Check invoice", "Bake bread"]),
            (Language::English, ["xyzzy", ""]),
        ] {
            assert_eq!(Vocabulary::for_texts(texts.into_iter()).language, language, "{texts:?}");
        }
    }

    #[test]
    fn verbs_of_deciding_are_known_by_their_synonyms() {
        let english = Vocabulary::of(Language::English);
        assert!(english.is_deciding("Sign off the refund") && english.is_deciding("Decide on refund"));
        assert!(!english.is_deciding("Pay refund"));
    }

    #[test]
    fn words_are_cut_at_everything_but_letters_and_digits() {
        assert_eq!(
            words_of("Check the vendor's R&D-bill (no. 7)"),
            ["check", "the", "vendor", "r", "d", "bill", "no", "7"]
        );
        assert_eq!(words_of("l’été"), ["l", "été"]);
        assert!(words_of(" – ").is_empty());
    }
}
