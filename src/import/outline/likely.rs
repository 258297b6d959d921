//! Which existing element is meant by a name that is typed.
//!
//! Same letters, whatever case, accents, spaces and punctuation, are the same name. A slip of the pen, or a name that is
//! contained in the other word by word, makes a likely one: it is offered beside a new element, never taken in silence.

use super::Answers;
use crate::import::headings::folded;

/// From this likeness on, an existing name is offered.
const LIKELY: f64 = 0.75;
/// From this likeness on, it is what is taken unless the user says otherwise.
const PROPOSED: f64 = 0.8;
/// Likeness of a name that is contained in the other word by word.
const CONTAINED: f64 = 0.85;
/// The most that are offered.
const MOST: usize = 3;

/// A name with several meanings, for the user to choose from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The name as written.
    pub written: String,
    /// What it is: `role`, `person`, `unit`.
    pub word: &'static str,
    /// What it may mean, the last one a new element.
    pub options: Vec<String>,
    /// Which of them is taken.
    pub chosen: usize,
}

impl Choice {
    /// By what the answer is remembered.
    pub fn key(&self) -> String {
        key(self.word, &self.written)
    }
}

fn key(word: &str, written: &str) -> String {
    format!("{word} {}", folded(written))
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meaning<T> {
    /// The existing element; none for a new one.
    pub known: Option<T>,
    /// What else it could mean; none where it is plain.
    pub choice: Option<Choice>,
}

/// What a name means among existing names. `names` gives element, name, and what tells it from others of the same name;
/// those that are nearer at hand come first.
pub fn meaning<T: Copy>(
    written: &str,
    word: &'static str,
    names: impl Iterator<Item = (T, String, String)>,
    answers: &Answers,
) -> Meaning<T> {
    let wanted = folded(written);
    if wanted.is_empty() {
        return Meaning { known: None, choice: None };
    }
    let words = words_of(written);
    let mut found: Vec<(f64, T, String)> = Vec::new();
    for (element, name, place) in names {
        let likeness = likeness(&wanted, &words, &name);
        if likeness >= LIKELY {
            let label = if place.is_empty() { name } else { format!("{name} ({place})") };
            found.push((likeness, element, label));
        }
    }
    // The sort keeps the order of equals.
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    if let [(likeness, element, _), rest @ ..] = found.as_slice()
        && *likeness == 1.0
        && rest.first().is_none_or(|(other, ..)| *other < 1.0)
    {
        return Meaning { known: Some(*element), choice: None };
    }
    found.truncate(MOST);
    let Some((best, ..)) = found.first() else { return Meaning { known: None, choice: None } };
    let proposed = if *best >= PROPOSED { 0 } else { found.len() };
    let chosen = answers.get(&key(word, written)).copied().unwrap_or(proposed).min(found.len());
    let known = found.get(chosen).map(|(_, element, _)| *element);
    let new = format!("new {word}");
    let options = found.into_iter().map(|(.., label)| label).chain([new]).collect();
    Meaning { known, choice: Some(Choice { written: written.to_owned(), word, options, chosen }) }
}

fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric()).map(folded).filter(|word| !word.is_empty()).collect()
}

fn likeness(wanted: &str, words: &[String], name: &str) -> f64 {
    let other = folded(name);
    if wanted == other {
        return 1.0;
    }
    let letters = match wanted.chars().count().min(other.chars().count()) {
        0..=3 => 0.0,
        // One below the likeness of the same name.
        _ => strsim::normalized_damerau_levenshtein(wanted, &other).min(0.99),
    };
    let others = words_of(name);
    let (few, many) = if words.len() <= others.len() { (words, &others[..]) } else { (&others[..], words) };
    let is_contained = !few.is_empty() && few.len() < many.len() && few.iter().all(|word| many.contains(word));
    if is_contained { letters.max(CONTAINED) } else { letters }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(written: &str, answers: &Answers) -> Meaning<usize> {
        let names = ["Accountant", "Sales clerk", "Owner", "Owner", "Head baker"];
        let names = names.iter().enumerate().map(|(index, name)| (index, (*name).to_owned(), format!("shop {index}")));
        meaning(written, "role", names, answers)
    }

    #[test]
    fn the_same_letters_are_the_same_name() {
        for written in ["Accountant", "accountant", " ACCOUNTANT.", "Áccountant"] {
            assert_eq!(mean(written, &Answers::new()), Meaning { known: Some(0), choice: None });
        }
        assert_eq!(mean("Driver", &Answers::new()), Meaning { known: None, choice: None });
        assert_eq!(mean("…", &Answers::new()), Meaning { known: None, choice: None });
    }

    #[test]
    fn a_slip_or_a_part_of_the_name_is_offered_and_can_be_refused() {
        let slip = mean("Acountant", &Answers::new());
        assert_eq!(slip.known, Some(0));
        let choice = slip.choice.unwrap();
        assert_eq!(choice.options, ["Accountant (shop 0)", "new role"]);
        assert_eq!(mean("Clerk", &Answers::new()).known, Some(1));
        let answers = Answers::from([(choice.key(), 1)]);
        assert_eq!(mean("Acountant", &answers).known, None);
        assert_eq!(mean("Acountant", &Answers::from([(choice.key(), 9)])).choice.unwrap().chosen, 1);
    }

    #[test]
    fn several_of_the_same_name_are_asked_for() {
        let owner = mean("Owner", &Answers::new());
        assert_eq!(owner.known, Some(2));
        assert_eq!(owner.choice.unwrap().options, ["Owner (shop 2)", "Owner (shop 3)", "new role"]);
    }
}
