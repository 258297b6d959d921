//! Rules in batches: of a rule that looks at many elements one after the other, only what an edit concerns runs again.
//!
//! A rule hands the elements that it goes through to [`Context::each`], which groups them into batches of neighbours and
//! keeps of each batch what it said together with what it looked at. In the next run a batch of the same elements whose
//! sources did not change is used again. Two things keep this sound: what is done for one element is a plain function
//! that captures nothing, and everything that a rule worked out beforehand is handed over as `shared`, which is kept and
//! compared. So a batch can depend on nothing but its elements, `shared`, and what is noted while it runs.
//!
//! Batches within batches are run as they come; only the outer ones are kept.

use std::any::Any;
use std::sync::Arc;

use super::context::{Context, Lacking, Sink};
use super::finding::Finding;
use super::watched::Sources;
use crate::model::*;

/// What batches are made of: a handle, or anything that a rule worked out, as it is compared as a whole.
pub trait Batched: Clone + PartialEq + Send + Sync + 'static {
    /// Neighbours with the same number share a batch.
    fn batch(&self) -> u32;
}

/// How many handles in a row share a batch. Few in tests, so that small documents have many.
const ROWS: u32 = if cfg!(test) { 3 } else { 32 };
/// The same of processes, each of which stands for many rows.
const PROCESSES: u32 = if cfg!(test) { 1 } else { 4 };

macro_rules! batched {
    ($($Id:ident: $rows:expr,)*) => {
        $(impl Batched for $Id {
            fn batch(&self) -> u32 {
                self.index() / $rows
            }
        })*
    };
}

batched! {
    RoleId: ROWS,
    PersonId: ROWS,
    StepId: ROWS,
    DecisionId: ROWS,
    FlowId: ROWS,
    GatewayId: ROWS,
    EventId: ROWS,
    UnitId: ROWS,
    ProcessId: PROCESSES,
}

/// All there is in one batch.
impl Batched for () {
    fn batch(&self) -> u32 {
        0
    }
}

/// Something with what was worked out about it.
impl<I: Batched, T: Clone + PartialEq + Send + Sync + 'static> Batched for (I, T) {
    fn batch(&self) -> u32 {
        self.0.batch()
    }
}

impl Batched for Subject {
    fn batch(&self) -> u32 {
        match self {
            Self::Decision(id) => id.batch() * 2,
            Self::Step(id) => id.batch() * 2 + 1,
        }
    }
}

/// One batch: its elements, what came of them, and what it was made of.
struct Batch<I, R> {
    ids: Vec<I>,
    result: Arc<R>,
    sources: Sources,
}

/// All batches of one call of a rule.
struct Call<I, S, R> {
    /// Where the function begins, which is the same only for the same code.
    code: usize,
    shared: S,
    batches: Vec<Arc<Batch<I, R>>>,
}

/// A call whose types are known to whoever makes the same call again.
pub(super) type Kept = Arc<dyn Any + Send + Sync>;

/// The calls of a piece of work: those of before, and those of now.
#[derive(Default)]
pub(super) struct Calls {
    before: Arc<Vec<Kept>>,
    now: Vec<Kept>,
    /// Whether a batch is under way.
    inside: bool,
}

#[cfg(test)]
thread_local! {
    /// How many batches ran, and how many were used again.
    pub(super) static COUNTS: std::cell::Cell<(usize, usize)> = const { std::cell::Cell::new((0, 0)) };
}

impl Calls {
    /// Begins a piece of work that made these calls before.
    pub(super) fn begin(&mut self, before: Arc<Vec<Kept>>) {
        self.before = before;
        self.now = Vec::new();
        self.inside = false;
    }

    /// The calls of the piece of work that has come to its end.
    pub(super) fn end(&mut self) -> Arc<Vec<Kept>> {
        self.before = Arc::default();
        Arc::new(std::mem::take(&mut self.now))
    }
}

/// What a batch of a rule said.
struct Said {
    findings: Vec<Arc<Finding>>,
    missing: Vec<Lacking>,
}

impl Context<'_> {
    /// Runs `one` for each of `ids`, which should be sorted, as far as what it said before does not hold.
    ///
    /// `one` must not capture anything: what it needs of the rule is `shared`. Whether somebody asks to stop is looked
    /// for here.
    pub fn each<I: Batched, S: Clone + PartialEq + Send + Sync + 'static>(
        &self,
        sink: &mut Sink<'_>,
        shared: &S,
        ids: impl Iterator<Item = I>,
        one: fn(&Context<'_>, &mut Sink<'_>, &S, &I),
    ) {
        let empty = sink.like();
        let said = self.batches(shared, ids, one as *const () as usize, |ids| {
            let mut sink = empty.like();
            ids.iter().for_each(|id| one(self, &mut sink, shared, id));
            Said { findings: sink.findings, missing: sink.missing }
        });
        for said in said {
            sink.findings.extend(said.findings.iter().cloned());
            said.missing.iter().for_each(|lacking| sink.lacks(lacking.one, lacking.many, &lacking.elements));
        }
    }

    /// What `all` makes of each batch of `ids`, which should be sorted, as far as what it made before does not hold.
    ///
    /// As in [`each`](Self::each), `all` must not capture anything.
    pub fn gather<I: Batched, S: Clone + PartialEq + Send + Sync + 'static, R: Send + Sync + 'static>(
        &self,
        shared: &S,
        ids: impl Iterator<Item = I>,
        all: fn(&Context<'_>, &S, &[I]) -> R,
    ) -> Vec<Arc<R>> {
        self.batches(shared, ids, all as *const () as usize, |ids| all(self, shared, ids))
    }

    /// What `make` makes, as far as what it made before does not hold.
    ///
    /// As in [`each`](Self::each), `make` must not capture anything.
    pub fn once<S: Clone + PartialEq + Send + Sync + 'static, R: Send + Sync + 'static>(
        &self,
        shared: &S,
        make: fn(&Context<'_>, &S) -> R,
    ) -> Arc<R> {
        let all = self.batches(shared, std::iter::once(()), make as *const () as usize, |_| make(self, shared));
        // Nothing is made where somebody asks to stop.
        all.into_iter().next().unwrap_or_else(|| Arc::new(make(self, shared)))
    }

    fn batches<I: Batched, S: Clone + PartialEq + Send + Sync + 'static, R: Send + Sync + 'static>(
        &self,
        shared: &S,
        ids: impl Iterator<Item = I>,
        code: usize,
        run: impl Fn(&[I]) -> R,
    ) -> Vec<Arc<R>> {
        let ids: Vec<I> = ids.collect();
        let groups = ids.chunk_by(|a, b| a.batch() == b.batch());
        if self.calls.borrow().inside {
            return groups.map(|ids| Arc::new(run(ids))).collect();
        }
        let older = {
            let mut calls = self.calls.borrow_mut();
            calls.inside = true;
            calls.before.get(calls.now.len()).cloned()
        };
        let older = older.and_then(|older| older.downcast::<Call<I, S, R>>().ok());
        let older = older.filter(|older| older.code == code && older.shared == *shared);
        let mut known = older.as_ref().map_or(&[][..], |older| older.batches.as_slice());
        let mut batches: Vec<Arc<Batch<I, R>>> = Vec::new();
        // What the rule looked at itself is no part of any batch.
        drop(Sources::take_part(self.document, self.index.uses()));
        for ids in groups {
            if self.is_cancelled(0) {
                break;
            }
            let group = ids.first().map(|id| id.batch());
            let place = known.iter().position(|batch| batch.ids.first().map(|id| id.batch()) == group);
            let found = place.and_then(|place| {
                let (first, rest) = known.get(place..)?.split_first()?;
                known = rest;
                Some(first)
            });
            let holds = found
                .filter(|batch| batch.ids == ids && self.before.is_some_and(|before| before.holds(&batch.sources)));
            #[cfg(test)]
            COUNTS.with(|counts| {
                let (ran, again) = counts.get();
                counts.set(if holds.is_none() { (ran + 1, again) } else { (ran, again + 1) });
            });
            batches.push(match holds {
                Some(batch) => {
                    batch.sources.note(self.document, self.index.uses());
                    batch.clone()
                }
                None => {
                    let result = Arc::new(run(ids));
                    let sources = Sources::take_part(self.document, self.index.uses());
                    Arc::new(Batch { ids: ids.to_vec(), result, sources })
                }
            });
        }
        let results = batches.iter().map(|batch| batch.result.clone()).collect();
        let mut calls = self.calls.borrow_mut();
        calls.inside = false;
        calls.now.push(Arc::new(Call { code, shared: shared.clone(), batches }));
        results
    }
}
