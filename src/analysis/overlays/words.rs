//! Classes and labels of the overlays.

use std::sync::Arc;

use super::{Column, Lack, Number, Overlay, OverlayClass};
use crate::analysis::{Finding, Severity, words};
use crate::model::{Currency, ElementRef};

/// Depths of five classes: the middle of the ramp is left out, where neither dark nor light letters stand out.
const DEPTHS: [u8; 5] = [0, 1, 2, 4, 5];

impl Lack {
    /// What is missing, to stand behind `missing:`.
    pub fn words(self) -> &'static str {
        match self {
            Self::Hours => "hours a week of people",
            Self::Holders => "who holds the role",
            Self::Shares => "shares of time",
            Self::Tasks => "anything that they do or decide",
            Self::Work => "minutes of work",
            Self::Cases => "cases a week",
            Self::Flow => "how often a case comes there",
            Self::Deciding => "how often it is decided",
            Self::Waiting => "the waiting time",
            Self::Cost => "the cost",
            Self::Currency => "the cost in the same currency",
            Self::Duties => "duties",
        }
    }
}

/// How the figures of a kind become classes and labels.
pub(super) struct Scale {
    title: &'static str,
    unit: String,
    /// Where each class but the first begins.
    bounds: Vec<f64>,
    classes: Vec<OverlayClass>,
    label: Box<dyn Fn(&Number) -> String>,
}

impl Scale {
    pub(super) fn overlay(self, column: &Column) -> Overlay {
        let class_of = |value: f64| self.bounds.iter().filter(|bound| value >= **bound - 1e-9).count();
        let reading = |(element, figure): &(ElementRef, super::Figure)| {
            let shown = match figure {
                Ok(number) => {
                    let least = if number.is_least { "≥ " } else { "" };
                    Ok((class_of(number.value), format!("{least}{}", (self.label)(number))))
                }
                Err(lack) => Err(lack.words()),
            };
            (*element, shown)
        };
        let readings = column.iter().map(reading).collect();
        let has_least = column.iter().any(|(_, figure)| figure.is_ok_and(|number| number.is_least));
        let unit = if has_least { format!("{}; ≥ where inputs are missing", self.unit) } else { self.unit };
        Overlay { title: self.title, unit, classes: self.classes, readings, rest: None }
    }
}

fn class(label: impl Into<String>, depth: impl Into<Option<u8>>) -> OverlayClass {
    OverlayClass { label: label.into(), depth: depth.into(), severity: None }
}

/// The classes between bounds, each in words: below the first, between two, from the last on.
fn between(bounds: &[f64], unit: &str, word: impl Fn(f64) -> String) -> Vec<OverlayClass> {
    let labels = (0..=bounds.len()).map(|place| {
        let (from, to) = (place.checked_sub(1).and_then(|at| bounds.get(at)), bounds.get(place));
        match (from, to) {
            (None, Some(to)) => format!("below {}{unit}", word(*to)),
            (Some(from), Some(to)) => format!("{} to {}{unit}", word(*from), word(*to)),
            (Some(from), None) => format!("from {}{unit}", word(*from)),
            (None, None) => String::new(),
        }
    });
    labels.zip(DEPTHS).map(|(label, depth)| class(label, depth)).collect()
}

pub(super) fn load(thresholds: [f64; 3]) -> Scale {
    let [medium, high, block] = thresholds;
    let mut bounds = vec![0.5_f64.min(medium * 0.625), medium, high, block];
    bounds.sort_by(f64::total_cmp);
    let classes = between(&bounds, " %", |share| words::number(share * 100.0));
    let label = |number: &Number| format!("{:.0} %", number.value * 100.0);
    let unit = "work ÷ hours a week; a step shows the load of who performs it".to_owned();
    Scale { title: "Load", unit, bounds, classes, label: Box::new(label) }
}

pub(super) fn waiting() -> Scale {
    let bounds = vec![60.0, 8.0 * 60.0, 24.0 * 60.0, 3.0 * 24.0 * 60.0];
    let classes = between(&bounds, "", minutes);
    let unit = "time a case waits before the work; others show the mean of their steps".to_owned();
    Scale { title: "Waiting", unit, bounds, classes, label: Box::new(|number| minutes(number.value)) }
}

/// `25 min`, `4 h`, `2.1 days`: from a day on in days.
fn minutes(value: f64) -> String {
    const DAY: f64 = 24.0 * 60.0;
    if value < 60.0 {
        format!("{} min", words::number(value.round()))
    } else if value < DAY {
        format!("{} h", words::number(value / 60.0))
    } else if (value - DAY).abs() < 1e-9 {
        "1 day".to_owned()
    } else {
        format!("{} days", words::number((value / DAY * 10.0).round() / 10.0))
    }
}

pub(super) fn cost(column: &Column, currency: Option<Currency>) -> Scale {
    let known = column.iter().filter_map(|(_, figure)| figure.ok());
    let most = known.map(|number| number.value).fold(0.0, f64::max);
    let mut bounds: Vec<f64> = [16.0, 8.0, 4.0, 2.0].iter().map(|part| round(most / part)).collect();
    bounds.dedup();
    bounds.retain(|bound| *bound > 0.0);
    let money = currency.map_or_else(String::new, |currency| format!(" {currency}"));
    let classes = match bounds.is_empty() {
        true => vec![class("no cost", None)],
        false => between(&bounds, &money, words::number),
    };
    let unit = format!("{} a year, beside work", money.trim_start());
    let label = move |number: &Number| format!("{}{money}", words::number(number.value));
    Scale { title: "Cost", unit, bounds, classes, label: Box::new(label) }
}

/// The next lower 1, 2 or 5 with zeroes.
fn round(value: f64) -> f64 {
    if value <= 0.0 || !value.is_finite() {
        return 0.0;
    }
    let ten = 10f64.powf(value.log10().floor());
    match value / ten {
        part if part >= 5.0 => 5.0 * ten,
        part if part >= 2.0 => 2.0 * ten,
        _ => ten,
    }
}

pub(super) fn decisions() -> Scale {
    let classes = vec![
        class("none", None),
        class("1 or 2", 0),
        class("3 to 5", 1),
        class("6 to 10", 4),
        class("more than 10", 5),
    ];
    let label = |number: &Number| match number.beside {
        Some(often) if number.value > 0.0 => format!("{} · {}/week", number.value, words::number(often)),
        _ => format!("{}", number.value),
    };
    let unit = "how many are taken · how often in a week".to_owned();
    Scale { title: "Decisions", unit, bounds: vec![1.0, 3.0, 6.0, 11.0], classes, label: Box::new(label) }
}

pub(super) fn coverage() -> Scale {
    let classes = vec![class("nobody", 5), class("only one", 4), class("two", 1), class("three or more", 0)];
    let label = |number: &Number| match number.value {
        value if value < 1.0 => "nobody".to_owned(),
        value if value < 2.0 => "only 1".to_owned(),
        value => format!("{value}"),
    };
    let unit = "people who can do it: holders and deputies; a unit shows its least covered role".to_owned();
    Scale { title: "Coverage", unit, bounds: vec![1.0, 2.0, 3.0], classes, label: Box::new(label) }
}

pub(super) fn duties() -> Scale {
    let classes = vec![class("kept apart", None), class("one conflict", 2), class("several conflicts", 5)];
    let label = |number: &Number| match number.value {
        value if value < 1.0 => "apart".to_owned(),
        value if value < 2.0 => "1 conflict".to_owned(),
        value => format!("{value} conflicts"),
    };
    let unit = "things on which one person joins duties that should be apart".to_owned();
    Scale { title: "Duty conflicts", unit, bounds: vec![1.0, 2.0], classes, label: Box::new(label) }
}

/// The gravest open finding of each element that one is about.
pub(super) fn findings(all: &[Arc<Finding>]) -> Overlay {
    let mut about: Vec<(ElementRef, Severity)> = all
        .iter()
        .filter(|finding| finding.waived.is_none())
        .filter_map(|finding| Some((*finding.evidence.first()?, finding.severity)))
        .collect();
    // The gravest of an element first.
    about.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
    let mut classes = vec![class("no open finding", None)];
    let milder_first = Severity::ALL.into_iter().rev();
    classes.extend(milder_first.map(|severity| OverlayClass {
        label: severity.word().to_owned(),
        depth: None,
        severity: Some(severity),
    }));
    let readings = about.chunk_by(|a, b| a.0 == b.0).filter_map(|group| {
        let (element, gravest) = *group.first()?;
        let class = classes.iter().position(|class| class.severity == Some(gravest))?;
        let label = match group.len() {
            1 => gravest.word().to_owned(),
            count => format!("{} of {count}", gravest.word()),
        };
        Some((element, Ok((class, label))))
    });
    let readings = readings.collect();
    let unit = "the gravest open finding about it".to_owned();
    Overlay { title: "Findings", unit, classes, readings, rest: Some(0) }
}
