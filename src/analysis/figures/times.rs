//! How long a case takes, how much of that is work, and how much of it is right at the first try.
//!
//! Flow analysis (M. Dumas and others, Fundamentals of Business Process Management, 2018, chapter 7): a node takes its
//! work + wait; of exclusive branches the mean weighted by probability counts, of parallel ones the slowest, a loop
//! with the chance r of another round takes T ÷ (1 − r). In general the time T from a node on solves
//! T = t + Σ p · T of the next node; a parallel split counts as t + the slowest branch up to the node where all its
//! branches have come together (its immediate postdominator), and goes on there. The rolled yield R = y · Σ p · R of
//! the next node, of parallel branches the product, is the share of cases that every step gets right at the first try.
//!
//! Waits and yields that nobody stated count as none: lead times are then lower bounds and yields upper bounds, and
//! the figures name the steps. What the visits cannot say, this cannot say either.

use super::outlook::{Outlook, Part};
use super::visits::Visits;
use crate::analysis::Index;
use crate::analysis::watched::{FigureChanges, InRows, Rows};
use crate::analysis::ways::Scope;
use crate::model::*;

/// Times of one process, each for one case.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProcessTimes {
    /// Minutes from start to end; a lower bound where steps state no wait or no work.
    pub lead: f64,
    /// Minutes of work of all steps together.
    pub work: f64,
    /// Minutes of waiting of all steps and events together; those of parallel branches all count.
    pub wait: f64,
    /// Work minutes for which a customer would pay.
    pub adds_value: f64,
    /// Work minutes that are waste.
    pub waste: f64,
    /// Work minutes of steps that do not say what they do for the customer.
    pub unclassified: f64,
    /// Share of cases that are right at the first try in every step; none where no step says.
    pub rolled_yield: Option<f64>,
    /// What steps cost beside work, by currency, in the order in which the currencies appear.
    pub cost: Vec<(Currency, f64)>,
    /// Steps that case come to and that state no work.
    pub without_work: Vec<StepId>,
    /// Steps that case come to and that state no wait.
    pub without_wait: Vec<StepId>,
    /// Where parallel branches wait for the slowest.
    pub joins: Vec<Synchronisation>,
}

impl ProcessTimes {
    /// Work that adds value ÷ lead time, at most: unclassified work counts as if it did. None without a lead time.
    pub fn cycle_efficiency(&self) -> Option<f64> {
        (self.lead > 0.0).then(|| (self.adds_value + self.unclassified) / self.lead)
    }
}

/// Parallel branches that come together.
#[derive(Clone, Debug, PartialEq)]
pub struct Synchronisation {
    /// Where they part.
    pub split: GatewayId,
    /// Where they come together.
    pub join: GatewayId,
    /// First node of the slowest branch, and of the second slowest.
    pub branches: [FlowNode; 2],
    /// Their minutes.
    pub minutes: [f64; 2],
    /// How often a case comes here.
    pub visits: f64,
}

/// Times of all processes whose visits are known and of which a step states work or wait.
#[derive(Debug, Default, PartialEq)]
pub struct Times {
    of_process: Vec<Option<ProcessTimes>>,
}

impl InRows for Times {
    fn compare(&self, older: &Self, changes: &mut FigureChanges) {
        let counts = (self.of_process.len(), older.of_process.len());
        changes.compare(Rows::Times, counts, |row| {
            self.of_process.get(row as usize) == older.of_process.get(row as usize)
        });
    }
}

impl Times {
    /// Works out the times of every process.
    pub fn new(document: &Document, index: &Index<'_>, visits: &Visits) -> Self {
        let mut inner = vec![None; document.steps().next_index() as usize];
        let mut of_process = vec![None; document.processes().next_index() as usize];
        for process in document.processes().ids().filter(|process| visits.is_known(*process)) {
            if let Some(slot) = of_process.get_mut(process.index() as usize) {
                *slot = process_times(document, index, visits, process, Picks::LIKELY, &mut inner);
            }
        }
        Self { of_process }
    }

    /// Times of a process; none where they are not known.
    pub fn of(&self, process: ProcessId) -> Option<&ProcessTimes> {
        self.of_process.get(process.index() as usize)?.as_ref()
    }
}

/// Which values of steps the times are made of, where there are ranges.
#[derive(Clone, Copy, Debug)]
pub(super) struct Picks {
    /// Of work that adds value, or does not say whether it does.
    pub(super) adding: Estimate,
    /// Of all other work, and of waits.
    pub(super) rest: Estimate,
}

impl Picks {
    /// The likely values.
    const LIKELY: Self = Self { adding: Estimate::Likely, rest: Estimate::Likely };

    /// Minutes of work on a case.
    pub(super) fn work(self, step: &Step) -> Option<f64> {
        let adds = !matches!(step.value, Some(ValueClass::Needed | ValueClass::Waste));
        step.ranged_work().map(|work| work.at(if adds { self.adding } else { self.rest }).0)
    }

    /// Minutes that a case waits.
    pub(super) fn wait(self, step: &Step) -> Option<f64> {
        step.ranged_wait().map(|wait| wait.at(self.rest).0)
    }
}

pub(super) fn process_times(
    document: &Document,
    index: &Index<'_>,
    visits: &Visits,
    process: ProcessId,
    picks: Picks,
    inner: &mut [Option<Outlook>],
) -> Option<ProcessTimes> {
    let mut times = sums(document, index, visits, process, picks)?;
    let mut scopes = Scope::all(document, index, process);
    let above = |step: &StepId| document.steps().get(*step).and_then(|step| step.parent);
    let depth = |scope: &Scope| std::iter::successors(scope.around, above).take(document.steps().len()).count();
    // A sub-flow takes as long as what is inside it.
    scopes.sort_by_cached_key(|scope| std::cmp::Reverse(depth(scope)));
    let mut whole = None;
    for scope in &scopes {
        let part = Part::new(document, index, visits, scope, (picks, &*inner));
        let starts = scope.starts(document);
        let outlook = part.outlook(index, visits, &starts, &mut times.joins);
        match scope.around {
            None => whole = outlook,
            Some(step) => {
                if let Some(slot) = inner.get_mut(step.index() as usize) {
                    *slot = outlook;
                }
            }
        }
    }
    let whole = whole?;
    times.lead = whole.time;
    let says_yield = |step: &StepId| document.steps().get(*step).is_some_and(|step| step.first_time_right.is_some());
    times.rolled_yield =
        index.steps_of(process).iter().any(says_yield).then_some(whole.yielded).filter(|yielded| !yielded.is_nan());
    Some(times)
}

/// What can be added up over the visits; none where no step states work or wait.
fn sums(
    document: &Document,
    index: &Index<'_>,
    visits: &Visits,
    process: ProcessId,
    picks: Picks,
) -> Option<ProcessTimes> {
    let mut times = ProcessTimes::default();
    let mut stated = false;
    for id in index.steps_of(process) {
        let Some(step) = document.steps().get(*id) else { continue };
        let Some(count) = visits.of(index, FlowNode::Step(*id)).filter(|count| *count > 0.0) else { continue };
        stated |= step.work.is_some() || step.wait.is_some();
        let work = count * picks.work(step).unwrap_or(0.0);
        times.work += work;
        times.wait += count * picks.wait(step).unwrap_or(0.0);
        match step.value {
            Some(ValueClass::AddsValue) => times.adds_value += work,
            Some(ValueClass::Waste) => times.waste += work,
            Some(ValueClass::Needed) => {}
            None => times.unclassified += work,
        }
        if let Some(cost) = step.cost {
            let amount = count * cost.amount.to_f64();
            match times.cost.iter_mut().find(|(currency, _)| *currency == cost.currency) {
                Some((_, sum)) => *sum += amount,
                None => times.cost.push((cost.currency, amount)),
            }
        }
        let has_own = index.inside(*id).is_empty() && !step.kind.is_automatic();
        if has_own && step.work.is_none() {
            times.without_work.push(*id);
        }
        if has_own && step.wait.is_none() {
            times.without_wait.push(*id);
        }
    }
    for node in index.nodes_of(process) {
        let FlowNode::Event(id) = node else { continue };
        let wait = document.events().get(*id).and_then(|event| event.wait);
        if let (Some(wait), Some(count)) = (wait, visits.of(index, *node)) {
            times.wait += count * wait.0;
            stated = true;
        }
    }
    stated.then_some(times)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::figures::visits::tests::{REFUND, process};

    /// Times of a process of these arrows whose steps have work, wait and yield.
    fn times(arrows: &[(&str, &str, Option<f64>)], steps: &[(&str, f64, f64, Option<f64>)]) -> Option<ProcessTimes> {
        let mut document = Document::default();
        let nodes = process(&mut document, arrows);
        for (name, work, wait, first_time_right) in steps {
            let Some((_, FlowNode::Step(id))) = nodes.iter().find(|(known, _)| known == name) else { panic!("{name}") };
            let step = document.get_mut::<Step>(*id).unwrap();
            (step.work, step.wait) = (Some(Minutes(*work)), Some(Minutes(*wait)));
            step.first_time_right = *first_time_right;
        }
        let index = Index::new(&document);
        let visits = Visits::new(&document, &index);
        let process = document.processes().ids().next().unwrap();
        Times::new(&document, &index, &visits).of(process).cloned()
    }

    fn lead(arrows: &[(&str, &str, Option<f64>)], steps: &[(&str, f64)]) -> f64 {
        let steps: Vec<_> = steps.iter().map(|(name, work)| (*name, *work, 0.0, None)).collect();
        times(arrows, &steps).unwrap().lead
    }

    const PARALLEL: &[(&str, &str, Option<f64>)] = &[
        ("start", "+", None),
        ("+", "a", None),
        ("+", "b", None),
        ("a", "+join", None),
        ("b", "+join", None),
        ("+join", "c", None),
        ("c", "end", None),
    ];

    #[test]
    fn exclusive_branches_are_weighted_parallel_ones_take_the_slowest_and_loops_repeat() {
        let exclusive = [
            ("start", "?", None),
            ("?", "a", Some(0.7)),
            ("?", "b", Some(0.3)),
            ("a", "?join", None),
            ("b", "?join", None),
            ("?join", "end", None),
        ];
        assert!((lead(&exclusive, &[("a", 5.0), ("b", 15.0)]) - 8.0).abs() < 1e-9);
        assert!((lead(PARALLEL, &[("a", 10.0), ("b", 4.0)]) - 10.0).abs() < 1e-9);
        let rework = [("start", "a", None), ("a", "?", None), ("?", "a", Some(0.2)), ("?", "end", Some(0.8))];
        assert!((lead(&rework, &[("a", 12.0)]) - 15.0).abs() < 1e-9);
    }

    #[test]
    fn refund_flow() {
        let work = [("receive", 4.0), ("check", 10.0), ("clerk", 2.0), ("owner", 6.0), ("pay", 5.0)];
        // 1.1111 × 14 + .7778 × 2 + .2222 × 6 + 5.
        assert!((lead(REFUND, &work) - 23.4444).abs() < 0.00005);
    }

    #[test]
    fn parallel_branches_within_parallel_branches_and_loops() {
        let arrows = [
            ("start", "+", None),
            ("+", "a", None),
            ("+", "+inner", None),
            ("+inner", "b", None),
            ("+inner", "c", None),
            ("b", "+both", None),
            ("c", "+both", None),
            ("+both", "?", None),
            ("?", "+inner2", Some(0.5)),
            ("?", "d", Some(0.5)),
            ("+inner2", "e", None),
            ("+inner2", "f", None),
            ("e", "+ef", None),
            ("f", "+ef", None),
            ("+ef", "d", None),
            ("d", "+join", None),
            ("a", "+join", None),
            ("+join", "end", None),
        ];
        let work = [("a", 20.0), ("b", 3.0), ("c", 8.0), ("d", 4.0), ("e", 10.0), ("f", 2.0)];
        // max(20, max(3, 8) + .5 × max(10, 2) + 4) = 20; with a of 5 minutes the other branch counts: 17.
        assert!((lead(&arrows, &work) - 20.0).abs() < 1e-9);
        let steps: Vec<_> = work.iter().map(|(name, work)| (*name, work.min(8.0), 0.0, None)).collect();
        let times = times(&arrows, &steps).unwrap();
        assert!((times.lead - 16.0).abs() < 1e-9, "max(8, 8 + .5 × 8 + 4)");
        assert_eq!(times.joins.len(), 3);
        let outer = times.joins.last().unwrap();
        assert_eq!((outer.minutes, outer.visits), ([16.0, 8.0], 1.0));
    }

    #[test]
    fn branches_that_never_meet_take_the_slowest() {
        let arrows =
            [("start", "+", None), ("+", "a", None), ("+", "b", None), ("a", "end", None), ("b", "end2", None)];
        assert!((lead(&arrows, &[("a", 3.0), ("b", 7.0)]) - 7.0).abs() < 1e-9);
    }

    #[test]
    fn the_yield_of_branches_that_meet_now_and_then_is_not_said() {
        let arrows = [
            ("start", "+", None),
            ("+", "a", None),
            ("+", "b", None),
            ("a", "?", None),
            ("?", "c", Some(0.9)),
            ("?", "end2", Some(0.1)),
            ("b", "c", None),
            ("c", "end", None),
        ];
        let found = times(&arrows, &[("a", 3.0, 0.0, Some(0.9)), ("b", 5.0, 0.0, None), ("c", 2.0, 0.0, Some(0.9))]);
        let found = found.unwrap();
        assert_eq!((found.lead, found.rolled_yield), (7.0, None));
    }

    #[test]
    fn rolled_yield_and_cycle_efficiency() {
        let line = [("start", "a", None), ("a", "b", None), ("b", "c", None), ("c", "end", None)];
        let steps = [("a", 15.0, 330.0, Some(0.95)), ("b", 15.0, 330.0, Some(0.90)), ("c", 15.0, 330.0, Some(0.80))];
        let found = times(&line, &steps).unwrap();
        assert!((found.rolled_yield.unwrap() - 0.684).abs() < 1e-9);
        assert_eq!((found.lead, found.work, found.wait, found.unclassified), (1035.0, 45.0, 990.0, 45.0));
        assert!((found.cycle_efficiency().unwrap() - 0.0435).abs() < 0.00005);
        let both = times(PARALLEL, &[("a", 1.0, 0.0, Some(0.9)), ("b", 1.0, 0.0, Some(0.8))]).unwrap();
        assert!((both.rolled_yield.unwrap() - 0.72).abs() < 1e-9);
        let half = [("start", "?", None), ("?", "a", Some(0.5)), ("?", "end", Some(0.5)), ("a", "end", None)];
        let half = times(&half, &[("a", 1.0, 0.0, Some(0.8))]).unwrap();
        assert!((half.rolled_yield.unwrap() - 0.9).abs() < 1e-9);
        // Each round has to be right: .9 × (.8 + .2 R) = R.
        let rework = [("start", "a", None), ("a", "?", None), ("?", "a", Some(0.2)), ("?", "end", Some(0.8))];
        let rework = times(&rework, &[("a", 1.0, 0.0, Some(0.9))]).unwrap();
        assert!((rework.rolled_yield.unwrap() - 0.72 / 0.82).abs() < 1e-9);
    }

    #[test]
    fn costs_are_counted_as_often_as_the_step() {
        let mut document = Document::default();
        let arrows = [("start", "a", None), ("a", "?", None), ("?", "a", Some(0.2)), ("?", "end", Some(0.8))];
        let nodes = process(&mut document, &arrows);
        let Some((_, FlowNode::Step(id))) = nodes.iter().find(|(name, _)| name == "a") else { panic!() };
        let step = document.get_mut::<Step>(*id).unwrap();
        (step.work, step.cost) = (Some(Minutes(12.0)), Some("2 EUR".parse().unwrap()));
        let index = Index::new(&document);
        let found = Times::new(&document, &index, &Visits::new(&document, &index));
        let cost = &found.of(document.processes().ids().next().unwrap()).unwrap().cost;
        let [(currency, amount)] = cost.as_slice() else { panic!("{cost:?}") };
        assert!(*currency == Currency::EUR && (amount - 2.5).abs() < 1e-9);
    }

    #[test]
    fn without_any_minutes_there_are_no_times() {
        assert_eq!(times(PARALLEL, &[]), None);
        let found = times(PARALLEL, &[("a", 1.0, 2.0, None)]).unwrap();
        assert_eq!((found.without_work.len(), found.without_wait.len(), found.rolled_yield), (2, 2, None));
    }
}
