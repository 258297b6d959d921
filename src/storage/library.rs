//! The decisions of small firms that come with the program, as data in `assets/library`.

use std::sync::OnceLock;

use serde::Deserialize;

use super::migrate::options;
use super::values::{Choice, Text};
use crate::model::{Amount, Currency, Decision, DecisionFact, DecisionKind, Minutes, Money, Rate};

const DECISIONS: &str = include_str!("../../assets/library/decisions.ron");

/// A decision of the library.
#[derive(Clone, Debug, PartialEq)]
pub struct LibraryDecision {
    /// Its group: Money, People.
    pub area: String,
    /// Verb and object.
    pub name: String,
    /// What it is, in a sentence.
    pub about: String,
    /// What the row is about.
    pub kind: DecisionKind,
    /// How often small firms take it.
    pub frequency: Option<Rate>,
    /// Half of the amounts are below it; in the currency of the project.
    pub usual: Option<Amount>,
    /// 95 of 100 amounts are below it.
    pub large: Option<Amount>,
    /// How much hangs on it: 1 to 5.
    pub importance: Option<u8>,
    /// Whether it can be undone.
    pub reversible: Option<bool>,
    /// The decider's time for one case.
    pub work: Option<Minutes>,
    /// How long it should take.
    pub target: Option<Minutes>,
    /// Who usually decides it, in words.
    pub decider: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    area: String,
    name: String,
    about: String,
    #[serde(default)]
    kind: Option<Choice<DecisionKind>>,
    #[serde(default)]
    often: Option<Text<Rate>>,
    #[serde(default)]
    usual: Option<f64>,
    #[serde(default)]
    large: Option<f64>,
    #[serde(default)]
    importance: Option<u8>,
    #[serde(default)]
    reversible: Option<bool>,
    #[serde(default)]
    work: Option<Text<Minutes>>,
    #[serde(default)]
    target: Option<Text<Minutes>>,
    decider: String,
}

/// Every decision of the library, area by area. A text that cannot be read gives none and is logged.
pub fn library() -> &'static [LibraryDecision] {
    static LIBRARY: OnceLock<Vec<LibraryDecision>> = OnceLock::new();
    LIBRARY.get_or_init(|| match options().from_str::<Vec<Entry>>(DECISIONS) {
        Ok(entries) => entries.into_iter().map(LibraryDecision::from).collect(),
        Err(error) => {
            log::error!("The library of decisions cannot be read: {error}");
            Vec::new()
        }
    })
}

impl From<Entry> for LibraryDecision {
    fn from(entry: Entry) -> Self {
        Self {
            area: entry.area,
            name: entry.name,
            about: entry.about,
            kind: entry.kind.map_or_else(DecisionKind::default, |kind| kind.0),
            frequency: entry.often.map(|text| text.0),
            usual: entry.usual.and_then(Amount::from_f64),
            large: entry.large.and_then(Amount::from_f64),
            importance: entry.importance,
            reversible: entry.reversible,
            work: entry.work.map(|text| text.0),
            target: entry.target.map(|text| text.0),
            decider: entry.decider,
        }
    }
}

impl LibraryDecision {
    /// The decision as a row of a project: every figure is a guess, who usually decides stands in the description.
    pub fn record(&self, currency: Currency, order: i32) -> Decision {
        let money = |amount: Option<Amount>| amount.map(|amount| Money { amount, currency });
        let mut decision = Decision {
            area: self.area.clone(),
            order,
            kind: self.kind,
            frequency: self.frequency,
            amount_median: money(self.usual),
            amount_p95: money(self.large),
            importance: self.importance,
            reversible: self.reversible,
            work: self.work,
            target_time: self.target,
            description: format!("{} Usually decided by {}.", self.about, self.decider),
            ..Decision::new(self.name.clone())
        };
        let known = |fact: &DecisionFact| match fact {
            DecisionFact::Frequency => decision.frequency.is_some(),
            DecisionFact::Amounts => decision.amount_median.is_some() || decision.amount_p95.is_some(),
            DecisionFact::Importance => decision.importance.is_some(),
            DecisionFact::Reversible => decision.reversible.is_some(),
            DecisionFact::Work => decision.work.is_some(),
            DecisionFact::TargetTime => decision.target_time.is_some(),
        };
        decision.guesses = DecisionFact::ALL.into_iter().filter(known).collect();
        decision
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_covers_every_area_with_sound_decisions() {
        let library = library();
        assert!(library.len() >= 70, "{}", library.len());
        let mut areas: Vec<&str> = library.iter().map(|entry| entry.area.as_str()).collect();
        areas.dedup();
        assert_eq!(
            areas,
            ["Sales", "Customers", "Money", "People", "Purchasing", "Operations", "Technology", "Safety"]
        );
        let mut names: Vec<&str> = library.iter().map(|entry| entry.name.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), library.len(), "each name once");
        let mut document = super::super::new_document("");
        for entry in library {
            assert!(entry.about.ends_with('.') && !entry.decider.is_empty(), "{}", entry.name);
            assert!(entry.name.contains(' '), "{} is verb and object", entry.name);
            assert!(entry.importance.is_some_and(|number| (1..=5).contains(&number)), "{}", entry.name);
            assert!(entry.frequency.is_some() && entry.work.is_some() && entry.target.is_some(), "{}", entry.name);
            document.insert(entry.record(Currency::EUR, 0));
        }
        assert_eq!(crate::model::integrity::check(&document), []);
    }

    #[test]
    fn every_figure_of_a_new_row_is_a_guess() {
        let refund = library().iter().find(|entry| entry.name == "Grant a refund").unwrap();
        let record = refund.record("USD".parse().unwrap(), 7);
        assert_eq!(record.guesses, DecisionFact::ALL);
        assert_eq!(record.amount_median.unwrap().to_string(), "35 USD");
        let plain = library().iter().find(|entry| entry.name == "Swap a shift").unwrap().record(Currency::EUR, 0);
        assert!(!plain.guesses.contains(&DecisionFact::Amounts));
    }
}
