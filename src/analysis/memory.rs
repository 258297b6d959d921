//! What an analysis leaves behind for the next one, so that after an edit only what depends on it is worked out again.
//!
//! Figures and rules are **pieces of work**. While one runs, everything it looks at is noted: rows and tables of the
//! document (see [`Document::watched`]), lists of the index and earlier figures (see [`Watched`]). Its result is used
//! again where none of that changed, as the same questions would get the same answers. A figure that is worked out
//! again and comes out equal counts as unchanged, so that what only depends on the figure rests too. Figures, lists and
//! overlays look at no name, so that a new one does not concern them; nor do most of them look at the minutes of work
//! (see [`Blind`]). Within a rule, batches of elements are kept by themselves (see [`batches`](super::batches)).
//! Profile, day and waivers of a report are no part of it: the first two start over, and waivers are applied to every
//! report anew.
//!
//! Invariant: a [`State`] is complete. A run that was cancelled, or whose figures failed, leaves the state before as it
//! was; a rule that failed leaves no result.

use std::sync::Arc;

use super::batches;
use super::context::{CancelToken, Settings};
use super::figures::network::Networks;
use super::figures::{Handovers, Ladder, Ladders, Loads, Overview, Times, Visits};
use super::finding::{Finding, Silence};
use super::index::{Index, Parts};
use super::likeness::Likeness;
use super::overlays::Overlays;
use super::rules::{RULES, Rule};
use super::runner::{Cancelled, Laid, Pieces, Report, run};
use super::watched::{FigureChanges, InRows, Sources, Uses, Watched};
use crate::model::*;

/// A result and what it was made of.
#[derive(Debug)]
pub(super) struct Kept<T> {
    value: Arc<T>,
    /// The bit by which its use is noted.
    bit: u64,
    sources: Arc<Sources>,
}

impl<T> Clone for Kept<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), bit: self.bit, sources: self.sources.clone() }
    }
}

impl<T> Kept<T> {
    /// The result, its use noted.
    pub(super) fn watched(&self, uses: &Uses) -> Watched<T> {
        Watched::new(self.value.clone(), self.bit, uses)
    }
}

/// The run before and how its document differs, while a new one is under way.
pub(super) struct Before<'a> {
    state: Option<(&'a State, Changes)>,
    /// Which figures are not as they were.
    changed: FigureChanges,
}

/// What something never looks at.
#[derive(Clone, Copy)]
enum Blind {
    /// Names.
    ToNames,
    /// Names and the minutes of work.
    ToWork,
}

impl<'a> Before<'a> {
    /// No run before.
    pub(super) fn nothing() -> Self {
        Self { state: None, changed: FigureChanges::default() }
    }

    fn of(state: &'a State, document: &Document) -> Self {
        Self { state: Some((state, Changes::between(&state.document, document))), changed: FigureChanges::default() }
    }

    /// Whether something made of these sources would come out the same.
    pub(super) fn holds(&self, sources: &Sources) -> bool {
        self.state.as_ref().is_some_and(|(_, changes)| !sources.meet(changes, &self.changed))
    }

    /// The same for something that is blind to some of it.
    fn holds_for(&self, blind: Blind, sources: &Sources) -> bool {
        self.state.as_ref().is_some_and(|(_, changes)| match blind {
            Blind::ToNames => !sources.meet_beyond_names(changes, &self.changed),
            Blind::ToWork => !sources.meet_beyond_work(changes, &self.changed),
        })
    }

    fn kept<T>(&self, of: impl Fn(&Figures) -> &Kept<T>) -> Option<Kept<T>> {
        self.state.as_ref().map(|(state, _)| of(&state.pieces.figures).clone())
    }

    /// What a rule, by its place in the list, said before, where it would say the same.
    pub(super) fn said(&self, place: usize) -> Option<Said> {
        self.kept_of(place).filter(|said| self.holds(&said.sources)).cloned()
    }

    /// The batches of a rule, by its place in the list.
    pub(super) fn batches(&self, place: usize) -> Arc<Vec<batches::Kept>> {
        self.kept_of(place).map(|said| said.batches.clone()).unwrap_or_default()
    }

    fn kept_of(&self, place: usize) -> Option<&Said> {
        self.state.as_ref()?.0.pieces.said.get(place)?.as_ref()
    }

    /// The overlays of before, where they were made.
    pub(super) fn laid(&self) -> Option<&Laid> {
        self.state.as_ref()?.0.pieces.overlays.as_ref()
    }

    /// Whether the column of overlays at this place would come out the same.
    pub(super) fn has_column(&self, place: usize) -> bool {
        let sources = self.laid().and_then(|laid| laid.sources.get(place));
        // Loads alone are made of work.
        let blind = if place == Overlays::LOAD { Blind::ToNames } else { Blind::ToWork };
        sources.is_some_and(|sources| self.holds_for(blind, sources))
    }

    /// The figure of before where it holds, else a new one.
    fn figure<T: PartialEq + InRows>(
        &mut self,
        (document, uses, bit, blind): (&Document, &Uses, u64, Blind),
        of: impl Fn(&Figures) -> &Kept<T>,
        make: impl FnOnce() -> T,
    ) -> Kept<T> {
        let older = self.kept(of);
        if let Some(kept) = older.as_ref().filter(|kept| self.holds_for(blind, &kept.sources)) {
            return kept.clone();
        }
        drop(Sources::take(document, uses));
        let made = make();
        let sources = Arc::new(Sources::take(document, uses));
        match older {
            Some(same) if *same.value == made => return Kept { sources, ..same },
            Some(older) => made.compare(&older.value, &mut self.changed),
            None => {}
        }
        self.changed.bits |= bit;
        Kept { value: Arc::new(made), bit, sources }
    }
}

/// The figures that all rules share.
#[derive(Debug)]
pub(super) struct Figures {
    parts: Parts,
    parts_sources: Arc<Sources>,
    pub(super) visits: Kept<Visits>,
    pub(super) loads: Kept<Loads>,
    pub(super) handovers: Kept<Handovers>,
    pub(super) times: Kept<Times>,
    pub(super) networks: Kept<Networks>,
    pub(super) ladders: Kept<Ladders>,
    ladders_of: Vec<OfDecision>,
    overview: Kept<Overview>,
}

/// The bit of a figure, behind those of the lists of the index.
const fn bit(place: u32) -> u64 {
    1 << (Parts::COUNT + place)
}

impl Figures {
    /// Works out all figures, those of before used again where they hold. Notes in `before` which of them changed.
    pub(super) fn new(document: &Document, settings: &Settings, before: &mut Before<'_>) -> Self {
        let (parts, parts_sources) = lists(document, before);
        let index = &Index::of_parts(document, &parts);
        let uses = index.uses();
        let worked = |place: u32| (document, uses, bit(place), Blind::ToNames);
        let structural = |place: u32| (document, uses, bit(place), Blind::ToWork);
        let visits = before.figure(structural(0), |older| &older.visits, || Visits::new(document, index));
        let known = &visits.watched(uses);
        let loads = before.figure(worked(1), |older| &older.loads, || Loads::new(document, index, known));
        let handovers =
            before.figure(structural(2), |older| &older.handovers, || Handovers::new(document, index, known));
        let times = before.figure(worked(3), |older| &older.times, || Times::new(document, index, known));
        let networks = before.figure(structural(4), |older| &older.networks, || Networks::new(document, index));
        let (ladders, ladders_of) = ladders(document, index, settings.today, before);
        let known_loads = &loads.watched(uses);
        let overview =
            before.figure(worked(6), |older| &older.overview, || Overview::new(document, index, known, known_loads));
        Self { parts, parts_sources, visits, loads, handovers, times, networks, ladders, ladders_of, overview }
    }

    /// The index over a document that does not differ in its lists.
    pub(super) fn index<'a>(&self, document: &'a Document) -> Index<'a> {
        Index::of_parts(document, &self.parts)
    }

    /// What a report shows of the figures.
    pub(super) fn overview(&self) -> &Overview {
        &self.overview.value
    }
}

/// The lists of the index; a list that comes out equal counts as unchanged.
fn lists(document: &Document, before: &mut Before<'_>) -> (Parts, Arc<Sources>) {
    let older = before.state.as_ref().map(|(state, _)| &state.pieces.figures);
    if let Some(older) = older.filter(|older| before.holds_for(Blind::ToWork, &older.parts_sources)) {
        return (older.parts.clone(), older.parts_sources.clone());
    }
    let nothing = Uses::default();
    drop(Sources::take(document, &nothing));
    let parts = Parts::new(document);
    let sources = Arc::new(Sources::take(document, &nothing));
    if let Some(older) = older {
        before.changed.bits |= parts.differences(&older.parts);
    }
    (parts, sources)
}

/// The ladders of one decision, and what they were made of.
#[derive(Clone, Debug)]
struct OfDecision {
    decision: DecisionId,
    rows: Vec<Arc<Ladder>>,
    sources: Arc<Sources>,
}

/// All ladders, each decision by itself: a limit concerns those of its own decision.
fn ladders(
    document: &Document,
    index: &Index<'_>,
    today: Option<Date>,
    before: &mut Before<'_>,
) -> (Kept<Ladders>, Vec<OfDecision>) {
    let older = before.state.as_ref().map(|(state, _)| &state.pieces.figures);
    let older_rows = older.map_or(&[][..], |older| older.ladders_of.as_slice());
    drop(Sources::take(document, index.uses()));
    let mut made = false;
    let rows = document.decisions().ids().map(|decision| {
        let place = older_rows.binary_search_by_key(&decision, |row| row.decision).ok();
        let known = place
            .and_then(|place| older_rows.get(place))
            .filter(|known| before.holds_for(Blind::ToNames, &known.sources));
        if let Some(known) = known {
            return known.clone();
        }
        made = true;
        let rows = Ladders::of_decision(document, index, decision, today).into_iter().map(Arc::new).collect();
        OfDecision { decision, rows, sources: Arc::new(Sources::take(document, index.uses())) }
    });
    let rows: Vec<OfDecision> = rows.collect();
    let bit = bit(5);
    let sources = Arc::new(Sources::default());
    if let Some(older) = older.filter(|older| !made && older.ladders_of.len() == rows.len()) {
        return (Kept { sources, ..older.ladders.clone() }, rows);
    }
    let all = Ladders::of_rows(rows.iter().flat_map(|row| row.rows.iter().cloned()));
    if older.is_none_or(|older| *older.ladders.value != all) {
        before.changed.bits |= bit;
    }
    (Kept { value: Arc::new(all), bit, sources }, rows)
}

/// What a rule said, and what made it say so.
#[derive(Clone, Debug)]
pub(super) struct Said {
    pub(super) findings: Arc<Vec<Arc<Finding>>>,
    pub(super) silence: Option<Arc<Silence>>,
    pub(super) sources: Arc<Sources>,
    pub(super) batches: Arc<Vec<batches::Kept>>,
}

/// Everything about one version of a document.
#[derive(Debug)]
pub(super) struct State {
    document: Document,
    settings: Settings,
    pieces: Pieces,
}

impl State {
    /// The state of a run that has come to its end. The document is not the one that was watched.
    pub(super) fn new(document: &Document, settings: &Settings, pieces: Pieces) -> Self {
        Self { document: document.clone(), settings: settings.clone(), pieces }
    }
}

/// What is remembered from one analysis to the next. One for each row of versions; any document gives the right report.
#[derive(Debug)]
pub struct Memory {
    rules: Vec<Rule>,
    state: Option<State>,
    likeness: Likeness,
}

impl Default for Memory {
    fn default() -> Self {
        Self::with_rules(RULES)
    }
}

impl Memory {
    /// A memory for other rules than all.
    pub fn with_rules(rules: &[Rule]) -> Self {
        Self { rules: rules.to_vec(), state: None, likeness: Likeness::default() }
    }

    /// What the rules say about a document: the same as [`analyse`](super::analyse) says, sooner where the document differs
    /// little from the one before.
    ///
    /// # Errors
    /// Only where the token was cancelled; what is remembered stays as it was.
    pub fn analyse(
        &mut self,
        document: &Document,
        settings: &Settings,
        cancel: &CancelToken,
    ) -> Result<Report, Cancelled> {
        let state = self.state.as_ref().filter(|state| state.settings == *settings);
        let mut before = state.map_or_else(Before::nothing, |state| Before::of(state, document));
        let watched = document.watched();
        let ran = run(&self.rules, &watched, settings, cancel, &mut before, &mut self.likeness)?;
        self.state = ran.pieces.map(|pieces| State::new(document, settings, pieces));
        Ok(ran.report)
    }
}

#[cfg(test)]
mod tests;
