//! What can be laid over a picture: a figure for each element, in classes that a legend explains.
//!
//! [`Overlays`] are plain numbers, worked out with every report; [`Overlays::shown`] puts those of one kind into classes
//! and words. An element that a kind says nothing about (a gateway has no load) is left out; one that lacks an input
//! is there with what it lacks, so that nobody takes a gap for a zero.

mod figures;
mod words;

use std::sync::Arc;

use super::rules::{RULES, Rule};
use super::{Context, Finding, Report, Severity};
use crate::model::*;

/// What is laid over a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OverlayKind {
    /// Work ÷ hours a week.
    Load,
    /// How long a case waits before the work.
    Waiting,
    /// What steps cost beside work, in a year.
    Cost,
    /// How many decisions are taken, and how often.
    Decisions,
    /// How many people can do it.
    Coverage,
    /// Where one person joins duties that should be apart.
    Duties,
    /// The gravest open finding.
    Findings,
}

impl OverlayKind {
    /// Every kind, in the order of menus.
    pub const ALL: [Self; 7] =
        [Self::Load, Self::Waiting, Self::Cost, Self::Decisions, Self::Coverage, Self::Duties, Self::Findings];

    /// The word by which the command line and files name it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Waiting => "waiting",
            Self::Cost => "cost",
            Self::Decisions => "decisions",
            Self::Coverage => "coverage",
            Self::Duties => "duties",
            Self::Findings => "findings",
        }
    }

    /// The kind with this word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word().eq_ignore_ascii_case(word))
    }
}

/// What an element counts, or the input that it lacks.
pub type Figure = Result<Number, Lack>;

/// A figure of an element.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Number {
    /// The figure, in the unit of its kind: share of the hours, minutes, money a year, count.
    pub value: f64,
    /// A second one that is written behind it: decisions a week.
    pub beside: Option<f64>,
    /// Whether inputs are missing, so that it may be more.
    pub is_least: bool,
}

/// An input that a figure lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lack {
    /// Hours a week of a person.
    Hours,
    /// Who holds a role.
    Holders,
    /// Which share of time goes to a role.
    Shares,
    /// What somebody does and decides.
    Tasks,
    /// Minutes of work.
    Work,
    /// Cases a week of a process.
    Cases,
    /// How often a case comes to a step.
    Flow,
    /// How often something is decided, and by whom of several.
    Deciding,
    /// How long a case waits.
    Waiting,
    /// What a step costs.
    Cost,
    /// What a step costs in the currency of the others.
    Currency,
    /// Which duties a step has, and on what.
    Duties,
}

/// Figures of one kind, sorted by element.
pub type Column = Vec<(ElementRef, Figure)>;

/// The figures of every kind but findings, which a report has anyway.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlays {
    load: Arc<Column>,
    waiting: Arc<Column>,
    cost: Arc<Column>,
    currency: Option<Currency>,
    decisions: Arc<Column>,
    coverage: Arc<Column>,
    duties: Arc<Column>,
}

/// The class of an element and its label, or what it lacks.
pub type OverlayReading = Result<(usize, String), &'static str>;

/// An overlay in classes and words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overlay {
    /// What it shows: `Load`.
    pub title: &'static str,
    /// What its figures are, with their unit: `work ÷ hours a week`.
    pub unit: String,
    /// The classes, from little to much.
    pub classes: Vec<OverlayClass>,
    /// The class and the label of each element, or what it lacks; sorted by element.
    pub readings: Vec<(ElementRef, OverlayReading)>,
    /// The class of elements that have no reading; none where the overlay says nothing about them.
    pub rest: Option<usize>,
}

/// A class of an overlay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlayClass {
    /// Its bounds in words: `80 to 90 %`.
    pub label: String,
    /// How much it is, 0 to 5; none for what needs no colour.
    pub depth: Option<u8>,
    /// The severity that it stands for.
    pub severity: Option<Severity>,
}

/// A column that was made, with the currency of costs.
pub(super) type Made = (Column, Option<Currency>);

impl Overlays {
    /// How many columns there are: one of each kind but findings.
    pub(super) const COLUMNS: usize = OverlayKind::ALL.len() - 1;

    /// The place of loads among them.
    pub(super) const LOAD: usize = OverlayKind::Load as usize;

    /// The figures of a document.
    pub fn new(context: &Context<'_>) -> Self {
        let mut all = Self::default();
        (0..Self::COLUMNS).for_each(|column| all.put(column, Self::made(context, column)));
        all
    }

    /// The column of the kind at this place.
    pub(super) fn made(context: &Context<'_>, column: usize) -> Made {
        OverlayKind::ALL.get(column).map_or_else(Made::default, |kind| figures::column_of(context, *kind))
    }

    /// Whether the column of the kind at this place says this.
    pub(super) fn has(&self, column: usize, (made, currency): &Made) -> bool {
        let kind = OverlayKind::ALL.get(column).copied();
        kind.is_some_and(|kind| self.column(kind) == made && (kind != OverlayKind::Cost || self.currency == *currency))
    }

    /// Puts a column in the place of that of the kind at this place.
    pub(super) fn put(&mut self, column: usize, (made, currency): Made) {
        let made = Arc::new(made);
        match OverlayKind::ALL.get(column) {
            Some(OverlayKind::Load) => self.load = made,
            Some(OverlayKind::Waiting) => self.waiting = made,
            Some(OverlayKind::Cost) => (self.cost, self.currency) = (made, currency),
            Some(OverlayKind::Decisions) => self.decisions = made,
            Some(OverlayKind::Coverage) => self.coverage = made,
            Some(OverlayKind::Duties) => self.duties = made,
            Some(OverlayKind::Findings) | None => {}
        }
    }

    /// One kind in classes and words; `findings` are those of the same report.
    fn shown(&self, document: &Document, kind: OverlayKind, findings: &[Arc<Finding>]) -> Overlay {
        let (column, scale) = match kind {
            OverlayKind::Load => (&self.load, load_scale(document)),
            OverlayKind::Waiting => (&self.waiting, words::waiting()),
            OverlayKind::Cost => (&self.cost, words::cost(&self.cost, self.currency)),
            OverlayKind::Decisions => (&self.decisions, words::decisions()),
            OverlayKind::Coverage => (&self.coverage, words::coverage()),
            OverlayKind::Duties => (&self.duties, words::duties()),
            OverlayKind::Findings => return words::findings(findings),
        };
        scale.overlay(column)
    }

    /// The figures of one kind; empty for findings.
    pub fn column(&self, kind: OverlayKind) -> &[(ElementRef, Figure)] {
        match kind {
            OverlayKind::Load => &self.load,
            OverlayKind::Waiting => &self.waiting,
            OverlayKind::Cost => &self.cost,
            OverlayKind::Decisions => &self.decisions,
            OverlayKind::Coverage => &self.coverage,
            OverlayKind::Duties => &self.duties,
            OverlayKind::Findings => &[],
        }
    }

    /// The figure of an element; none where the kind says nothing about it.
    pub fn figure(&self, kind: OverlayKind, element: ElementRef) -> Option<Figure> {
        let column = self.column(kind);
        let place = column.binary_search_by_key(&element, |(one, _)| *one).ok()?;
        column.get(place).map(|(_, figure)| *figure)
    }
}

impl Report {
    /// An overlay of the document that the report is about.
    pub fn overlay(&self, document: &Document, kind: OverlayKind) -> Overlay {
        self.overlays.shown(document, kind, &self.findings)
    }
}

/// The classes of loads end where rule BN-01 begins to speak, as the project says.
fn load_scale(document: &Document) -> words::Scale {
    const RULE: &str = "BN-01";
    let meta = RULES.iter().map(|Rule { meta, .. }| meta).find(|meta| meta.id == RULE);
    let bound = |name: &str| {
        let own = meta.and_then(|meta| document.project().thresholds.get(&meta.threshold_key(name)));
        let usual = meta.and_then(|meta| meta.thresholds.iter().find(|threshold| threshold.name == name));
        own.copied().or(usual.map(|threshold| threshold.default)).unwrap_or(1.0)
    };
    words::load([bound("medium"), bound("high"), bound("block")])
}

#[cfg(test)]
mod tests;
