//! Exhibits: what the analysis knows about one question, as a drawing and as tables.
//!
//! An exhibit is a file with `META`, `choices` and `show`, and a line in [`EXHIBITS`]. The window makes a tab, a line of
//! the menu and of the palette of it, the command line and the export find it by its id or title. `show` is a pure
//! function of a version and its [`Figures`]; nothing is stored in a project. What is not known is named with those who
//! lack it, and never guessed.

mod coverage;
mod deciders;
mod decentralisation;
mod duties;
mod figures;
mod handovers;
mod kit;
mod limits;
mod load;
mod network;
mod summary;
mod times;

use crate::model::Document;
use crate::scene::display::Display;
use crate::scene::icon::Icon;

pub use figures::Figures;
pub use limits::{LadderRows, ladder_rows};

/// Everything there is to say about an exhibit before it looks at anything.
#[derive(Clone, Copy, Debug)]
pub struct Meta {
    /// Id: `load`.
    pub id: &'static str,
    /// Title: `Load`.
    pub title: &'static str,
    /// The question it answers: `Whose desk is full?`.
    pub question: &'static str,
    /// Its icon.
    pub icon: Icon,
    /// More words by which it is found.
    pub keywords: &'static str,
}

/// One of the ways to look at an exhibit: at roles or at people, at this process or at that one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// Stable name: a word, or the key of an element.
    pub key: String,
    /// What it is called.
    pub label: String,
}

impl Choice {
    fn new(key: &str, label: &str) -> Self {
        Self { key: key.to_owned(), label: label.to_owned() }
    }
}

/// An exhibit.
#[derive(Clone, Copy, Debug)]
pub struct Exhibit {
    /// What there is to say about it.
    pub meta: &'static Meta,
    /// The ways to look at it, the usual one first; empty where there is only one.
    pub choices: fn(&Document) -> Vec<Choice>,
    /// What it shows for the key of a choice.
    pub show: fn(&Figures<'_>, &str) -> Display,
}

impl Exhibit {
    /// What it shows for a choice, by key; for the usual one where there is no such choice.
    pub fn display(&self, figures: &Figures<'_>, wanted: &str) -> Display {
        let choices = (self.choices)(figures.document);
        let chosen = choices.iter().find(|choice| choice.key == wanted).or(choices.first());
        let mut display = (self.show)(figures, chosen.map_or("", |choice| choice.key.as_str()));
        self.meta.title.clone_into(&mut display.title);
        if let Some(choice) = chosen.filter(|_| choices.len() > 1) {
            display.of.clone_from(&choice.label);
        }
        kit::lead_to_inputs(figures.document, &mut display);
        display
    }
}

macro_rules! exhibits {
    ($($module:ident)*) => {
        /// Every exhibit, in the order in which they are offered: the whole, then work, then decisions.
        pub const EXHIBITS: &[Exhibit] =
            &[$(Exhibit { meta: &$module::META, choices: $module::choices, show: $module::show },)*];
    };
}

exhibits! {
    summary
    load
    handovers
    times
    deciders
    limits
    decentralisation
    duties
    coverage
    network
}

/// The exhibit with this id.
pub fn exhibit(id: &str) -> Option<&'static Exhibit> {
    EXHIBITS.iter().find(|exhibit| exhibit.meta.id == id)
}

/// The exhibit with this id or title; the title may differ in case.
pub fn exhibit_named(name: &str) -> Option<&'static Exhibit> {
    let is_meant = |exhibit: &&Exhibit| exhibit.meta.title.to_lowercase() == name.to_lowercase();
    exhibit(name).or_else(|| EXHIBITS.iter().find(is_meant))
}

#[cfg(test)]
mod testing;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{CancelToken, Settings, analyse};
    use crate::scene::display::draw;

    #[test]
    fn exhibits_are_different_and_found_by_id_and_title() {
        let ids: std::collections::BTreeSet<&str> = EXHIBITS.iter().map(|one| one.meta.id).collect();
        assert_eq!(ids.len(), EXHIBITS.len(), "an id is there twice");
        for one in EXHIBITS {
            assert_eq!(exhibit_named(one.meta.id).map(|found| found.meta.id), Some(one.meta.id));
            assert_eq!(exhibit_named(&one.meta.title.to_uppercase()).map(|found| found.meta.id), Some(one.meta.id));
            assert!(one.meta.question.ends_with('?'), "{}", one.meta.question);
        }
        assert!(exhibit("nothing").is_none());
    }

    #[test]
    fn nothing_known_is_said_in_a_sentence_and_everything_is_drawn() {
        let documents = [Document::default(), testing::bakery(), crate::testkit::everything()];
        for document in documents {
            let report = analyse(&document, &Settings::default(), &CancelToken::default()).unwrap();
            let figures = Figures::new(&document, &report, Some(jiff::civil::date(2026, 6, 1)));
            for one in EXHIBITS {
                let mut keys: Vec<String> = (one.choices)(&document).into_iter().map(|choice| choice.key).collect();
                keys.push("no such choice".into());
                for key in keys {
                    let display = one.display(&figures, &key);
                    assert_eq!(display, one.display(&figures, &key), "{}", one.meta.id);
                    assert!(!display.blocks.is_empty(), "{} {key} shows nothing", one.meta.id);
                    assert!(!display.tables.is_empty(), "{} {key} has no table", one.meta.id);
                    for table in &display.tables {
                        let is_even = table.rows.iter().all(|row| row.len() == table.headings.len());
                        assert!(is_even, "{} {key}: {}", one.meta.id, table.name);
                    }
                    for width in [320.0, 960.0] {
                        let drawn = draw(&display, width);
                        let page = emath::Rect::from_min_size(emath::Pos2::ZERO, drawn.size).expand(1.0);
                        for item in &drawn.items {
                            assert!(page.contains_rect(item.bounds), "{} at {width}: {item:?}", one.meta.id);
                        }
                        let within = |spot: &crate::scene::display::Spot| page.contains_rect(spot.rect);
                        assert!(drawn.spots.iter().all(within), "{} at {width}", one.meta.id);
                    }
                    let leads = draw(&display, 960.0).spots.into_iter().filter_map(|spot| spot.target);
                    for target in leads {
                        match target {
                            crate::scene::display::Target::Element(element) => assert!(document.contains(element)),
                            crate::scene::display::Target::Detail(at) => assert!(at < display.details.len()),
                        }
                    }
                }
            }
        }
    }
}
