//! The frameworks that come with the program, as data in `assets/schemes`.

use super::convert_v1::framework;
use super::format_v1::FrameworkV1;
use super::migrate::options;
use crate::model::{Document, Framework, Profile};

/// Every built-in framework: its key and its text, sorted by key.
pub const SCHEMES: &[(&str, &str)] = &[
    ("charting", include_str!("../../assets/schemes/charting.ron")),
    ("daci", include_str!("../../assets/schemes/daci.ron")),
    ("dare", include_str!("../../assets/schemes/dare.ron")),
    ("delegation", include_str!("../../assets/schemes/delegation.ron")),
    ("ovis", include_str!("../../assets/schemes/ovis.ron")),
    ("raci", include_str!("../../assets/schemes/raci.ron")),
    ("raci-vs", include_str!("../../assets/schemes/raci-vs.ron")),
    ("rapid", include_str!("../../assets/schemes/rapid.ron")),
    ("rasci", include_str!("../../assets/schemes/rasci.ron")),
];

/// The framework of rows and projects that name none.
const FIRST: &str = "raci";

/// The built-in frameworks: RACI, then the others by key. A text that cannot be read is left out and logged.
pub fn built_in_frameworks() -> Vec<Framework> {
    let first = SCHEMES.iter().filter(|(key, _)| *key == FIRST);
    let others = SCHEMES.iter().filter(|(key, _)| *key != FIRST);
    let read = |(key, text): &(&str, &str)| match options().from_str::<FrameworkV1>(text) {
        Ok(row) => Some(framework(row, true)),
        Err(error) => {
            log::error!("The built-in framework {key} cannot be read: {error}");
            None
        }
    };
    first.chain(others).filter_map(read).collect()
}

/// A document without a name that has the built-in frameworks and nothing else.
pub(super) fn base() -> Document {
    let mut document = Document::default();
    for framework in built_in_frameworks() {
        document.insert(framework);
    }
    document
}

/// A new project with this name: the built-in frameworks, RACI for its rows, and nothing else.
pub fn new_document(name: &str) -> Document {
    let mut document = base();
    let raci = document.frameworks().iter().find(|(_, framework)| framework.key.as_str() == FIRST).map(|(id, _)| id);
    let project = document.project_mut();
    project.name = name.to_owned();
    project.framework = raci;
    document
}

/// The same without a name, for somebody who begins to draw: only what is broken or goes wrong is found in a sketch.
pub fn new_sketch() -> Document {
    let mut document = new_document("");
    document.project_mut().profile = Profile::Sketch;
    document
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Duty;

    #[test]
    fn every_scheme_is_read_and_has_its_own_key() {
        assert!(SCHEMES.is_sorted());
        let mut keys: Vec<_> = built_in_frameworks().iter().map(|framework| framework.key.to_string()).collect();
        assert_eq!(keys.first().map(String::as_str), Some(FIRST));
        keys.sort();
        assert_eq!(keys, SCHEMES.iter().map(|(key, _)| (*key).to_owned()).collect::<Vec<_>>());
    }

    #[test]
    fn letters_are_short_distinct_and_explained() {
        for framework in built_in_frameworks() {
            assert!(!framework.name.is_empty() && !framework.description.is_empty());
            let mut codes: Vec<_> = framework.letters.iter().map(|letter| letter.code.as_str()).collect();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), framework.letters.len(), "{}", framework.name);
            for letter in &framework.letters {
                assert!((1..=3).contains(&letter.code.chars().count()), "{}", letter.code);
                assert!(!letter.meaning.is_empty() && !letter.duties.is_empty(), "{}", letter.code);
                assert!(letter.at_most.is_none_or(|most| most >= letter.at_least));
            }
            assert!(framework.letter_for(Duty::Decide).is_some(), "{} has a decider", framework.name);
        }
    }
}
