//! What is laid over a picture: boxes and headers of lanes take the colour of a class and show their figure.
//!
//! The figures come from outside as plain data; here they are only drawn, the same on the canvas and in exports. Never by
//! colour alone: a figure stands on the box as text, what is not known is hatched, and a legend names every class, its
//! bounds and what is missing. An element the overlay says nothing about loses its tint, so that no other colour
//! competes.

mod dress;
mod legend;

use rustc_hash::FxHashMap;

pub(crate) use self::dress::{dress, dress_band};
use super::item::{Colour, Severity};
use crate::model::ElementRef;

/// An overlay as a picture shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// What it shows: `Load`.
    pub title: String,
    /// What its figures are, with their unit.
    pub unit: String,
    /// The classes, from little to much.
    pub classes: Vec<OverlayClass>,
    readings: FxHashMap<ElementRef, Reading>,
    /// The class of elements without a reading; none where nothing is said about them.
    rest: Option<usize>,
}

/// A class of an overlay.
#[derive(Clone, Debug, PartialEq)]
pub struct OverlayClass {
    /// Its bounds in words.
    pub label: String,
    /// Ground of its boxes; none where they need no colour.
    pub fill: Option<Colour>,
    /// Text on that ground.
    pub ink: Colour,
}

/// What is known of an element.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// Its class, and its figure in words.
    Class(usize, String),
    /// What is missing to say it.
    Missing(&'static str),
}

impl Overlay {
    /// An overlay with the bounds of its classes in words, each with its place on the ramp from 0 (little) to 5 (much) or
    /// the word of a severity, and with the class and figure of each element, or what is missing to say them.
    pub fn new(
        title: &str,
        unit: String,
        classes: impl IntoIterator<Item = (String, Option<u8>, Option<&'static str>)>,
        readings: impl IntoIterator<Item = (ElementRef, Result<(usize, String), &'static str>)>,
        rest: Option<usize>,
    ) -> Self {
        let class = |(label, depth, severity): (String, Option<u8>, Option<&str>)| {
            let severity = severity.and_then(Severity::from_word);
            let fill = match (severity, depth) {
                (Some(severity), _) => Some(Colour::SeveritySoft(severity)),
                (None, depth) => depth.map(Colour::Ramp),
            };
            let ink = match (severity, depth) {
                (None, Some(depth)) => Colour::RampInk(depth),
                _ => Colour::Ink,
            };
            OverlayClass { label, fill, ink }
        };
        let reading = |(element, reading)| match reading {
            Ok((class, figure)) => (element, Reading::Class(class, figure)),
            Err(lack) => (element, Reading::Missing(lack)),
        };
        Self {
            title: title.to_owned(),
            unit,
            classes: classes.into_iter().map(class).collect(),
            readings: readings.into_iter().map(reading).collect(),
            rest,
        }
    }

    /// What is known of an element; none where the overlay says nothing about it.
    pub fn reading(&self, element: ElementRef) -> Option<&Reading> {
        self.readings.get(&element)
    }

    /// Whether an element is drawn alike under another overlay.
    pub(crate) fn is_alike(&self, other: &Self, element: ElementRef) -> bool {
        let class = |overlay: &Self| match overlay.reading(element) {
            Some(Reading::Class(class, _)) => overlay.classes.get(*class).cloned(),
            _ => None,
        };
        self.reading(element) == other.reading(element) && class(self) == class(other)
    }

    /// `Load: 112 %`, `Load: not known, missing: hours a week of people`; none where it says nothing.
    pub fn words(&self, element: ElementRef) -> Option<String> {
        Some(match self.reading(element)? {
            Reading::Class(_, figure) => format!("{}: {figure}", self.title),
            Reading::Missing(lack) => format!("{}: not known, missing: {lack}", self.title),
        })
    }

    /// The class of an element with its figure.
    fn class_of(&self, element: ElementRef) -> Option<(&OverlayClass, &str)> {
        match self.reading(element) {
            Some(Reading::Class(class, figure)) => Some((self.classes.get(*class)?, figure)),
            _ => None,
        }
    }
}

impl Severity {
    /// The severity with this word in lower case.
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "block" => Self::Block,
            "high" => Self::High,
            "medium" => Self::Medium,
            "low" => Self::Low,
            "info" => Self::Info,
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests;
