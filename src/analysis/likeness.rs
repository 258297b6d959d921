//! How alike two short texts are: labels of steps, sentences of responsibility.
//!
//! A text is read once into a [`Phrase`]: lower-case words without stop words, their stems, and for each stem its
//! concept, which is the stem itself or the group of synonyms it belongs to (`assets/words.ron`). The likeness of two
//! phrases is the larger of two numbers between 0 and 1: the Jaccard share of their concepts, and the edit likeness of
//! their words in alphabetical order, 1 − Levenshtein distance / length of the longer text. [`Pairs`](pairs) finds all
//! alike ones of many without comparing each with each in full.
//!
//! Invariant: likeness is symmetric, and 1 for texts of the same words in any order. Nothing here knows the document.

mod kept;
mod letters;
mod pairs;
mod vocabulary;

use std::fmt;

pub use kept::{Alike, Crowds, Likeness};
pub use pairs::{Pair, pairs, pairs_of};
pub use vocabulary::{Language, Vocabulary};

/// One meaningful word (or fixed expression) of a text.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Token {
    /// As written, in lower case.
    word: String,
    /// Its stem, or the stem that stands for its group of synonyms.
    concept: String,
    /// Whether the concept is a group of verbs.
    verb: bool,
}

/// A short text, read for comparison.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// In the order of the text.
    tokens: Vec<Token>,
    /// The words in alphabetical order, joined by spaces.
    sorted: String,
    /// The distinct concepts in alphabetical order.
    concepts: Vec<String>,
    /// Whether a verb that no group knows is to be expected at the end.
    verb_last: bool,
}

impl Phrase {
    fn new(tokens: Vec<Token>, mut words: Vec<String>, verb_last: bool) -> Self {
        words.sort_unstable();
        let mut concepts: Vec<String> = tokens.iter().map(|token| token.concept.clone()).collect();
        concepts.sort_unstable();
        concepts.dedup();
        Self { tokens, sorted: words.join(" "), concepts, verb_last }
    }

    /// Whether there is no word in it.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The distinct concepts in alphabetical order.
    pub fn concepts(&self) -> &[String] {
        &self.concepts
    }

    /// What the verb of a label is done to: its concepts without the verb, in alphabetical order.
    ///
    /// The verb is the first word of a known group of verbs, else the first word (in German the last one).
    pub fn object(&self) -> Vec<&str> {
        let known = self.tokens.iter().position(|token| token.verb);
        let verb = known.unwrap_or(if self.verb_last { self.tokens.len().saturating_sub(1) } else { 0 });
        let others = self.tokens.iter().enumerate().filter(|(index, _)| *index != verb);
        let mut object: Vec<&str> = others.map(|(_, token)| token.concept.as_str()).collect();
        object.sort_unstable();
        object.dedup();
        object
    }

    /// Whether two labels have the same object, or differ by nothing but a slip of the pen in one word: letters at least
    /// `threshold` alike, no digits.
    pub fn has_same_object(&self, other: &Self, threshold: f64) -> bool {
        let alone = |a: &Self, b: &Self| {
            a.concepts.iter().filter(|concept| b.concepts.binary_search(concept).is_err()).cloned().collect::<Vec<_>>()
        };
        let is_slip = || match (alone(self, other).as_slice(), alone(other, self).as_slice()) {
            ([a], [b]) if !a.contains(numeric) && !b.contains(numeric) => {
                let (edits, longer) = letters::distance(a, b);
                f64::from(edits) <= (1.0 - threshold) * f64::from(longer)
            }
            _ => false,
        };
        self.tokens == other.tokens || self.object() == other.object() || is_slip()
    }

    /// The concept of the verb of a label, if it belongs to a known group; see [`Phrase::object`].
    pub fn known_verb(&self) -> Option<&str> {
        self.tokens.iter().find(|token| token.verb).map(|token| token.concept.as_str())
    }
}

fn numeric(letter: char) -> bool {
    letter.is_numeric()
}

/// Why two texts are alike: the numbers that make the likeness.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Why {
    /// Concepts in both.
    pub shared: u32,
    /// Concepts in either.
    pub all: u32,
    /// Letters to insert, remove or replace to make one sorted text the other.
    pub edits: u32,
    /// Letters of the longer sorted text.
    pub longer: u32,
}

impl Why {
    /// Share of the concepts that both have (Jaccard).
    pub fn word_likeness(self) -> f64 {
        f64::from(self.shared) / f64::from(self.all.max(1))
    }

    /// 1 − edits / length of the longer text (normalised Levenshtein).
    pub fn letter_likeness(self) -> f64 {
        if self.longer == 0 { 0.0 } else { 1.0 - f64::from(self.edits) / f64::from(self.longer) }
    }

    /// The larger of the two.
    pub fn likeness(self) -> f64 {
        self.word_likeness().max(self.letter_likeness())
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.word_likeness() >= self.letter_likeness() {
            write!(f, "{} of {} words shared", self.shared, self.all)
        } else {
            write!(f, "{} of {} letters differ", self.edits, self.longer)
        }
    }
}

/// What two alike texts have in common, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Common {
    /// Words in both, as the first one writes them.
    pub words: Vec<String>,
    /// Different words that mean the same: of the first text, of the second.
    pub synonyms: Vec<(String, String)>,
}

/// Compares two phrases. Two empty ones are not alike.
pub fn compare(a: &Phrase, b: &Phrase) -> Why {
    let shared = a.concepts.iter().filter(|concept| b.concepts.binary_search(concept).is_ok()).count();
    let (edits, longer) = letters::distance(&a.sorted, &b.sorted);
    let all = a.concepts.len() + b.concepts.len() - shared;
    Why { shared: shared as u32, all: all as u32, edits, longer }
}

/// Names the shared words and the synonyms that make two phrases alike.
pub fn common(a: &Phrase, b: &Phrase) -> Common {
    let mut common = Common::default();
    for concept in &a.concepts {
        let of_a: Vec<&Token> = a.tokens.iter().filter(|token| token.concept == *concept).collect();
        let of_b: Vec<&Token> = b.tokens.iter().filter(|token| token.concept == *concept).collect();
        let (Some(first), Some(second)) = (of_a.first(), of_b.first()) else { continue };
        let same = of_a.iter().any(|token| of_b.iter().any(|other| token.word == other.word || !differs(token, other)));
        if same {
            common.words.push(first.word.clone());
        } else {
            common.synonyms.push((first.word.clone(), second.word.clone()));
        }
    }
    common
}

/// Whether two words of one concept are different words and not two forms of one: their first halves differ.
fn differs(a: &Token, b: &Token) -> bool {
    let same_start = a.word.chars().zip(b.word.chars()).take_while(|(x, y)| x == y).count();
    same_start * 2 < a.word.chars().count().min(b.word.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Phrase {
        Vocabulary::of(Language::English).read(text)
    }

    fn why(a: &str, b: &str) -> Why {
        compare(&read(a), &read(b))
    }

    /// Jaccard share of the words as written, in lower case: the measure of the golden numbers.
    fn plain_jaccard(a: &str, b: &str) -> f64 {
        let words = |text: &str| text.to_lowercase().split(' ').map(str::to_owned).collect::<Vec<_>>();
        let (a, b) = (words(a), words(b));
        let shared = a.iter().filter(|word| b.contains(word)).count();
        shared as f64 / (a.len() + b.len() - shared) as f64
    }

    #[test]
    fn the_golden_labels_have_the_golden_likeness() {
        for (a, b, jaccard, stemmed, edit) in [
            ("Check invoice", "Invoice check", "1.00", "1.00", "1.00"),
            ("Approve refund", "Approve refunds", "0.33", "1.00", "0.93"),
            ("Check stock", "Count stock", "0.33", "0.33", "0.64"),
            ("Order flour", "Order boxes", "0.33", "0.33", "0.55"),
        ] {
            let why = why(a, b);
            assert_eq!(format!("{:.2}", plain_jaccard(a, b)), jaccard, "{a}, {b}");
            assert_eq!(format!("{:.2}", why.word_likeness()), stemmed, "{a}, {b}");
            assert_eq!(format!("{:.2}", why.letter_likeness()), edit, "{a}, {b}");
        }
    }

    #[test]
    fn a_threshold_of_four_fifths_parts_the_golden_labels() {
        let texts =
            ["Check invoice", "Invoice check", "Approve refund", "Approve refunds", "Check stock", "Count stock"];
        let found: Vec<_> = pairs(&texts, 0.8).iter().map(|pair| (pair.a, pair.b)).collect();
        assert_eq!(found, [(0, 1), (2, 3)]);
    }

    #[test]
    fn synonyms_and_fixed_expressions_count_as_one_word_and_are_named() {
        let (a, b) = (read("Sign off the vendor's bill"), read("Approve supplier invoices"));
        assert_eq!(compare(&a, &b).to_string(), "3 of 3 words shared");
        let common = common(&a, &b);
        assert!(common.words.is_empty());
        assert!(common.synonyms.contains(&("sign off".into(), "approve".into())));
        assert!(common.synonyms.contains(&("vendor".into(), "supplier".into())));
        assert_eq!(super::common(&read("Checking stock"), &read("Check stocks")).words, ["checking", "stock"]);
    }

    #[test]
    fn the_object_is_what_is_left_without_the_verb() {
        for (a, b) in
            [("Check invoice", "Invoice check"), ("Bake the bread", "Knead bread"), ("Pack parcel", "Wrap package")]
        {
            assert_eq!(read(a).object(), read(b).object(), "{a}, {b}");
        }
        assert_ne!(read("Check stock of shop 1").object(), read("Check stock of shop 2").object());
        assert!(read("Approve refund").has_same_object(&read("Aprove refund"), 0.8));
        assert!(!read("Check oven 1001").has_same_object(&read("Check oven 1002"), 0.7));
        assert!(!read("Check stock").has_same_object(&read("Check bread"), 0.8));
        assert!(read("Bake").object().is_empty());
        let german = Vocabulary::of(Language::German);
        assert_eq!(german.read("Teig kneten").object(), german.read("Teig ruhen").object());
    }

    #[test]
    fn empty_texts_are_not_alike() {
        assert_eq!(why("", "").likeness(), 0.0);
        assert_eq!(why("  – ", "Check").likeness(), 0.0);
        assert!(!read("To be").is_empty(), "stop words count where there is nothing else");
    }

    #[test]
    fn other_languages_have_their_own_stems_and_synonyms() {
        for (language, a, b) in [
            (Language::German, "Rechnungen prüfen", "Rechnung kontrollieren"),
            (Language::French, "Vérifier les factures", "Contrôler la facture"),
            (Language::Spanish, "Revisar las facturas", "Comprobar factura"),
        ] {
            let vocabulary = Vocabulary::of(language);
            assert_eq!(compare(&vocabulary.read(a), &vocabulary.read(b)).likeness(), 1.0, "{a}, {b}");
        }
    }
}
