//! How far times and loads may lie off where inputs have ranges: the same figures from the low and from the high values.
//!
//! Times and loads only grow with work, waits and arrivals: sums and means with fixed weights do, the slowest branch does,
//! and so does a loop, whose rounds have a fixed chance. So all low values together give the least, all high values
//! together the most. These are bounds, no confidence interval: that everything is low at once is rare. The likely
//! figures are those of the likely values alone, as if there were no ranges.

use super::times::{Picks, ProcessTimes, process_times};
use super::visits::Visits;
use super::{Load, Loads};
use crate::analysis::Index;
use crate::model::*;

/// Bounds of the times of a process, each for one case. Work and waits that nobody stated count as none, as in
/// [`ProcessTimes`]: both ends are then lower bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct TimesSpan {
    /// Minutes from start to end.
    pub lead: Range<f64>,
    /// Minutes of work of all steps together.
    pub work: Range<f64>,
    /// Minutes of waiting of all steps and events together.
    pub wait: Range<f64>,
    /// Work minutes for which a customer would pay.
    pub adds_value: Range<f64>,
    /// Work minutes that are waste.
    pub waste: Range<f64>,
    /// Work that adds value ÷ lead time, as [`ProcessTimes::cycle_efficiency`] says it. It grows with the work that adds
    /// value and falls with all else, so its least comes from the low values of the former and the high ones of the
    /// latter, and its most the other way round.
    pub efficiency: Option<Range<f64>>,
}

impl TimesSpan {
    /// The bounds; none where no step of the process has a range, or where its times are not known.
    pub fn new(document: &Document, index: &Index<'_>, visits: &Visits, process: ProcessId) -> Option<Self> {
        let mut steps = index.steps_of(process).iter().filter_map(|id| document.steps().get(*id));
        if !visits.is_known(process) || !steps.any(|step| step.work_range.is_some() || step.wait_range.is_some()) {
            return None;
        }
        let at = |adding: Estimate, rest: Estimate| {
            let mut inner = vec![None; document.steps().next_index() as usize];
            process_times(document, index, visits, process, Picks { adding, rest }, &mut inner)
        };
        let [low, likely, high] = [Estimate::Low, Estimate::Likely, Estimate::High].map(|all| at(all, all));
        let (low, likely, high) = (low?, likely?, high?);
        let range = |figure: fn(&ProcessTimes) -> f64| Range { low: figure(&low), high: figure(&high) };
        let corners = [at(Estimate::Low, Estimate::High)?, at(Estimate::High, Estimate::Low)?];
        Some(Self {
            lead: range(|times| times.lead),
            work: range(|times| times.work),
            wait: range(|times| times.wait),
            adds_value: range(|times| times.adds_value),
            waste: range(|times| times.waste),
            efficiency: efficiency(&low, &likely, &high, &corners),
        })
    }
}

/// Bounds of the share that adds value. Where branches run beside each other, more work than time may add value; a share
/// above 1 no longer grows with that work, so there the bound is the most work in the least time, or the least in the
/// most.
fn efficiency(
    low: &ProcessTimes,
    likely: &ProcessTimes,
    high: &ProcessTimes,
    corners: &[ProcessTimes; 2],
) -> Option<Range<f64>> {
    let share = |work: &ProcessTimes, time: &ProcessTimes| {
        (time.lead > 0.0).then(|| (work.adds_value + work.unclassified) / time.lead)
    };
    let known = likely.cycle_efficiency()?;
    let [least, most] = corners.each_ref().map(ProcessTimes::cycle_efficiency);
    let least = least.filter(|share| *share <= 1.0).or_else(|| share(low, high))?;
    let most = most.filter(|share| *share <= 1.0 + 1e-9).or_else(|| share(high, low))?;
    Some(Range { low: least.min(known), high: most.max(known) })
}

/// Bounds of the work that lands on roles and people in a week.
#[derive(Debug, PartialEq)]
pub struct LoadsSpan {
    low: Loads,
    high: Loads,
}

impl LoadsSpan {
    /// The bounds; none where neither a step nor a process has a range.
    pub fn new(document: &Document, index: &Index<'_>, visits: &Visits) -> Option<Self> {
        let in_steps = document.steps().iter().any(|(_, step)| step.work_range.is_some());
        let in_cases = document.processes().iter().any(|(_, process)| process.cases_range.is_some());
        let at = |estimate| Loads::at(document, index, visits, estimate);
        (in_steps || in_cases).then(|| Self { low: at(Estimate::Low), high: at(Estimate::High) })
    }

    /// Hours a week of all holders of a role together.
    pub fn of_role(&self, role: RoleId) -> Option<Range<f64>> {
        Some(Range { low: self.low.of_role(role)?, high: self.high.of_role(role)? }.map(Load::hours))
    }

    /// Hours a week of a person in all roles and by name.
    pub fn of_person(&self, person: PersonId) -> Option<Range<f64>> {
        Some(Range { low: self.low.of_person(person)?, high: self.high.of_person(person)? }.map(Load::hours))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::figures::Times;
    use crate::analysis::figures::visits::tests::{REFUND, process};

    fn range(low: f64, high: f64) -> Option<Range<Minutes>> {
        Some(Range { low: Minutes(low), high: Minutes(high) })
    }

    /// A process of these arrows, with (name, value class, work, wait), each low, likely, high.
    type Given<'a> = (&'a str, Option<ValueClass>, [f64; 3], [f64; 3]);

    fn document(arrows: &[(&str, &str, Option<f64>)], steps: &[Given<'_>]) -> Document {
        let mut document = Document::default();
        let nodes = process(&mut document, arrows);
        for (name, value, work, wait) in steps {
            let Some((_, FlowNode::Step(id))) = nodes.iter().find(|(known, _)| known == name) else { panic!("{name}") };
            let step = document.get_mut::<Step>(*id).unwrap();
            (step.value, step.work, step.wait) = (*value, Some(Minutes(work[1])), Some(Minutes(wait[1])));
            (step.work_range, step.wait_range) = (range(work[0], work[2]), range(wait[0], wait[2]));
        }
        document
    }

    fn span(document: &Document) -> Option<TimesSpan> {
        let index = Index::new(document);
        let visits = Visits::new(document, &index);
        TimesSpan::new(document, &index, &visits, document.processes().ids().next().unwrap())
    }

    fn is(found: Range<f64>, low: f64, high: f64) -> bool {
        (found.low - low).abs() < 1e-9 && (found.high - high).abs() < 1e-9
    }

    const ADDS: Option<ValueClass> = Some(ValueClass::AddsValue);
    const WASTE: Option<ValueClass> = Some(ValueClass::Waste);
    const LINE: &[(&str, &str, Option<f64>)] = &[("start", "a", None), ("a", "b", None), ("b", "end", None)];

    #[test]
    fn a_line_adds_up_and_its_efficiency_is_made_of_opposite_ends() {
        let given = [("a", ADDS, [8.0, 12.0, 20.0], [30.0, 60.0, 120.0]), ("b", WASTE, [2.0, 4.0, 10.0], [0.0; 3])];
        let found = span(&document(LINE, &given)).unwrap();
        assert!(is(found.work, 10.0, 30.0) && is(found.wait, 30.0, 120.0) && is(found.lead, 40.0, 150.0), "{found:?}");
        assert!(is(found.adds_value, 8.0, 20.0) && is(found.waste, 2.0, 10.0));
        // 8 ÷ (8 + 10 + 120) and 20 ÷ (20 + 2 + 30).
        assert!(is(found.efficiency.unwrap(), 8.0 / 138.0, 20.0 / 52.0), "{found:?}");
    }

    #[test]
    fn work_that_is_all_there_is_stays_all_of_the_time() {
        let found = span(&document(LINE, &[("a", ADDS, [8.0, 12.0, 20.0], [0.0; 3])])).unwrap();
        assert!(is(found.efficiency.unwrap(), 1.0, 1.0));
    }

    #[test]
    fn the_slowest_branch_may_be_another_one_and_loops_repeat_the_range() {
        let parallel = [
            ("start", "+", None),
            ("+", "a", None),
            ("+", "b", None),
            ("a", "+join", None),
            ("b", "+join", None),
            ("+join", "end", None),
        ];
        let given = [("a", ADDS, [1.0, 10.0, 12.0], [0.0; 3]), ("b", ADDS, [4.0, 5.0, 30.0], [0.0; 3])];
        let found = span(&document(&parallel, &given)).unwrap();
        assert!(is(found.lead, 4.0, 30.0) && is(found.work, 5.0, 42.0), "{found:?}");
        // More work than time adds value: the least work in the most time, and the other way round.
        assert!(is(found.efficiency.unwrap(), 5.0 / 30.0, 42.0 / 4.0), "{found:?}");
        let rework = [("start", "a", None), ("a", "?", None), ("?", "a", Some(0.2)), ("?", "end", Some(0.8))];
        let found = span(&document(&rework, &[("a", None, [8.0, 12.0, 20.0], [0.0; 3])])).unwrap();
        assert!(is(found.lead, 10.0, 25.0), "{found:?}");
    }

    #[test]
    fn without_ranges_or_visits_there_are_no_bounds() {
        let mut document = document(LINE, &[("a", ADDS, [8.0, 12.0, 20.0], [0.0; 3])]);
        let first = document.steps().ids().next().unwrap();
        let step = document.get_mut::<Step>(first).unwrap();
        (step.work_range, step.wait_range) = (None, None);
        assert_eq!(span(&document), None);
        let split = [("start", "a", None), ("a", "b", None), ("a", "c", None)];
        assert_eq!(span(&self::document(&split, &[("a", ADDS, [8.0, 12.0, 20.0], [0.0; 3])])), None);
    }

    #[test]
    fn loads_go_from_few_cases_with_little_work_to_many_with_much() {
        let mut document = document(REFUND, &[("pay", None, [3.0, 5.0, 9.0], [0.0; 3])]);
        let role = document.insert(Role::new("Accountant"));
        let (process, pay) = (document.processes().ids().next().unwrap(), document.steps().iter());
        let pay = pay.filter(|(_, step)| step.name == "pay").map(|(id, _)| id).next().unwrap();
        document.get_mut::<Step>(pay).unwrap().performer = Some(Actor::Role(role));
        let index = Index::new(&document);
        let visits = Visits::new(&document, &index);
        let found = LoadsSpan::new(&document, &index, &visits).unwrap().of_role(role).unwrap();
        assert!(is(found, 60.0 * 3.0 / 60.0, 60.0 * 9.0 / 60.0), "{found:?}");
        let weekly = Range { low: Rate::weekly(40.0), high: Rate::weekly(90.0) };
        document.get_mut::<Process>(process).unwrap().cases_range = Some(weekly);
        let index = Index::new(&document);
        let found = LoadsSpan::new(&document, &index, &visits).unwrap().of_role(role).unwrap();
        assert!(is(found, 40.0 * 3.0 / 60.0, 90.0 * 9.0 / 60.0), "{found:?}");
    }

    #[test]
    fn likely_figures_lie_between_their_bounds_and_do_not_move() {
        for seed in 0..12 {
            let mut document = crate::testkit::generate::organisation(400, seed);
            let steps: Vec<StepId> = document.steps().ids().collect();
            for (place, id) in steps.into_iter().enumerate() {
                let step = document.get_mut::<Step>(id).unwrap();
                let spread = 0.1 * (1 + (place + seed as usize) % 9) as f64;
                step.work_range = step.work.map(|Minutes(work)| Range {
                    low: Minutes(work * (1.0 - spread)),
                    high: Minutes(work * (1.0 + 2.0 * spread)),
                });
                step.wait_range =
                    step.wait.map(|Minutes(wait)| Range { low: Minutes(0.0), high: Minutes(wait * (1.0 + spread)) });
                step.value = [None, ADDS, Some(ValueClass::Needed), WASTE][place % 4];
            }
            let mut unranged = document.clone();
            for id in unranged.steps().ids().collect::<Vec<_>>() {
                let step = unranged.get_mut::<Step>(id).unwrap();
                (step.work_range, step.wait_range) = (None, None);
            }
            let index = Index::new(&document);
            let visits = Visits::new(&document, &index);
            let times = Times::new(&document, &index, &visits);
            assert_eq!(times, Times::new(&unranged, &Index::new(&unranged), &visits), "seed {seed}");
            let mut seen = 0;
            for process in document.processes().ids() {
                let Some(span) = TimesSpan::new(&document, &index, &visits, process) else { continue };
                let likely = times.of(process).unwrap();
                let holds = |range: Range<f64>, value: f64| range.low <= value + 1e-9 && value <= range.high + 1e-9;
                assert!(holds(span.lead, likely.lead) && holds(span.work, likely.work), "{span:?} {likely:?}");
                assert!(holds(span.wait, likely.wait) && holds(span.waste, likely.waste), "{span:?} {likely:?}");
                assert!(
                    span.efficiency.zip(likely.cycle_efficiency()).is_none_or(|(range, share)| holds(range, share))
                );
                seen += usize::from(span.lead.high > span.lead.low);
            }
            assert!(seen > 0, "seed {seed} has a process whose times are known");
            let (loads, bounds) =
                (Loads::new(&document, &index, &visits), LoadsSpan::new(&document, &index, &visits).unwrap());
            for role in document.roles().ids() {
                let (hours, range) = (loads.of_role(role).unwrap().hours(), bounds.of_role(role).unwrap());
                assert!(range.low <= hours + 1e-9 && hours <= range.high + 1e-9, "seed {seed}: {range:?} {hours}");
            }
        }
    }
}
