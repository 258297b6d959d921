//! How long a case of a process takes: work, waiting, what adds value, how much is right at the first try.
//!
//! The figures are those of [`Times`](crate::analysis::figures::Times). Beneath them stands the time ladder of value
//! streams (M. Rother, J. Shook, Learning to See, 1999): each step with its wait on the upper and its work on the lower
//! rail. Branches that run at once are marked; the lead time counts the slowest of them. Where steps state ranges, every
//! figure has its bounds in brackets, those of [`TimesSpan`].

mod tables;
#[cfg(test)]
mod tests;

use super::kit::{duration, ends_of, lacking, missing, name, nothing, ranged_duration, to};
use super::{Choice, Figures, Meta};
use crate::analysis::figures::{LoadGap, ProcessTimes, TimesSpan};
use crate::analysis::rules::missing_inputs;
use crate::analysis::words;
use crate::model::*;
use crate::scene::Severity;
use crate::scene::display::*;
use crate::scene::icon::Icon;
use tables::HEADINGS;

pub(super) const META: Meta = Meta {
    id: "times",
    title: "Time ladder",
    question: "How long does a case take, and how much of that is work?",
    icon: Icon::Hourglass,
    keywords: "value stream lead time waiting work yield vsm process efficiency quality",
};

pub(super) fn choices(document: &Document) -> Vec<Choice> {
    let with_steps: std::collections::BTreeSet<ProcessId> =
        document.steps().iter().map(|(_, step)| step.process).collect();
    let mut processes: Vec<(i32, ProcessId)> =
        document.processes().iter().filter(|(id, _)| with_steps.contains(id)).map(|(id, it)| (it.order, id)).collect();
    processes.sort_unstable();
    let choice = |(_, id): (i32, ProcessId)| {
        let key = document.key_of(id.into()).map(ToString::to_string).unwrap_or_default();
        Choice { key, label: name(document, id) }
    };
    processes.into_iter().map(choice).collect()
}

/// A step with what a case spends in it.
struct Stop {
    id: StepId,
    visits: f64,
    /// Minutes of one visit.
    wait: Option<f64>,
    work: Option<f64>,
    /// Minutes of one visit, where the step states a range.
    wait_range: Option<Range<f64>>,
    work_range: Option<Range<f64>>,
    branch: usize,
}

impl Stop {
    /// Minutes of a case: waiting and work.
    fn of_case(&self) -> (f64, f64) {
        (self.visits * self.wait.unwrap_or(0.0), self.visits * self.work.unwrap_or(0.0))
    }

    fn has_range(&self) -> bool {
        self.wait_range.is_some() || self.work_range.is_some()
    }

    /// Bounds of the minutes of a case, waiting and work together; none where nothing has a range.
    fn range_of_case(&self) -> Option<Range<f64>> {
        let point = |minutes: Option<f64>| {
            let minutes = minutes.unwrap_or(0.0);
            Range { low: minutes, high: minutes }
        };
        let wait = self.wait_range.unwrap_or_else(|| point(self.wait));
        let work = self.work_range.unwrap_or_else(|| point(self.work));
        let both = Range { low: wait.low + work.low, high: wait.high + work.high };
        self.has_range().then(|| both.map(|minutes| self.visits * minutes))
    }
}

pub(super) fn show(figures: &Figures<'_>, choice: &str) -> Display {
    let document = figures.document;
    let process = match document.by_key(choice) {
        Some(ElementRef::Process(process)) => Some(process),
        _ => None,
    };
    let Some(process) = process else {
        return nothing("No process has steps yet.", Records::new("Steps", HEADINGS));
    };
    let Some(times) = figures.times().of(process) else { return unknown(figures, process) };
    let span = figures.times_span(process);
    let stops = stops(figures, process);
    let mut display = Display::default();
    display.blocks.push(Block::Tiles(tiles(document, process, times, span.as_ref())));
    display.blocks.push(Block::Prose(sentences(document, times, &stops)));
    display.blocks.push(Block::Heading("Step by step".to_owned()));
    display.blocks.push(Block::Steps(Steps { boxes: stops.iter().map(|stop| step_box(figures, stop)).collect() }));
    display.blocks.push(Block::Heading("Where the time goes".to_owned()));
    display.blocks.push(Block::Bars(bars(document, &stops)));
    let mut legend = vec![
        (LegendSign::Fill(Fill::Waiting), "waiting".to_owned()),
        (LegendSign::Fill(Fill::Accent), "work".to_owned()),
    ];
    if stops.iter().any(Stop::has_range) {
        legend.push((LegendSign::Whisker, "from all low to all high".to_owned()));
    }
    display.blocks.push(Block::Legend(legend));
    display.blocks.push(Block::Prose(formulas(times, span.as_ref(), &stops)));
    display.missing = gaps(figures, process, times);
    display.tables = vec![tables::steps(figures, &stops), tables::totals(times, span.as_ref())];
    display
}

/// Why nothing can be said about a process.
fn unknown(figures: &Figures<'_>, process: ProcessId) -> Display {
    let document = figures.document;
    let mut display = nothing(
        &format!("How long a case of {} takes cannot be said yet.", name(document, process)),
        Records::new("Steps", HEADINGS),
    );
    let gaps = figures.visits().gaps(process).iter().map(|gap| LoadGap::Flow(*gap)).collect();
    display.missing = missing(missing_inputs(gaps));
    let steps = figures.index.steps_of(process).iter().copied();
    let without =
        steps.filter(|id| document.steps().get(*id).is_some_and(|step| step.work.is_none() && step.wait.is_none()));
    let text = ("step has neither work nor wait", "steps have neither work nor wait");
    display.missing.extend(lacking(text.0, text.1, without));
    display
}

/// Steps that a case comes to, in the order of the flow; what is inside a sub-flow behind it.
fn stops(figures: &Figures<'_>, process: ProcessId) -> Vec<Stop> {
    let document = figures.document;
    let branches = branches(figures, process);
    let stop = |id: StepId| {
        let step = document.steps().get(id)?;
        let visits = figures.visits().of(&figures.index, FlowNode::Step(id)).filter(|visits| *visits > 0.0)?;
        let has_own = step.work.is_some() || step.wait.is_some();
        let (wait, work) = (step.wait.map(|wait| wait.0), step.work.map(|work| work.0));
        let range = |ranged: Option<Ranged<Minutes>>| {
            let ranged = ranged.filter(|ranged| ranged.range.is_some())?;
            Some(Range { low: ranged.at(Estimate::Low).0, high: ranged.at(Estimate::High).0 })
        };
        let (wait_range, work_range) = (range(step.ranged_wait()), range(step.ranged_work()));
        let branch = branches.iter().find(|(step, _)| *step == id).map_or(0, |(_, branch)| *branch);
        let stop = Stop { id, visits, wait, work, wait_range, work_range, branch };
        (figures.index.inside(id).is_empty() || has_own).then_some(stop)
    };
    in_order(figures, process, None).into_iter().filter_map(stop).collect()
}

/// Steps of one level of a process in the order of the flow, those inside behind the one around them.
fn in_order(figures: &Figures<'_>, process: ProcessId, around: Option<StepId>) -> Vec<StepId> {
    let (document, index) = (figures.document, &figures.index);
    let mut level: Vec<FlowNode> = match around {
        Some(step) => index.inside(step).to_vec(),
        None => index.nodes_of(process).iter().copied().filter(|node| document.parent_of(*node).is_none()).collect(),
    };
    level.sort_by_key(|node| !index.flows_in(*node).is_empty());
    let mut seen: std::collections::BTreeSet<FlowNode> = std::collections::BTreeSet::new();
    let mut parts: Vec<Vec<FlowNode>> = Vec::new();
    for start in level {
        if !seen.insert(start) {
            continue;
        }
        // Reverse postorder: nobody stands before what leads there, loops aside.
        let mut order = Vec::new();
        let mut calls = vec![(start, next(figures, start))];
        while let Some((node, ahead)) = calls.last_mut() {
            match ahead.pop() {
                Some(to) if seen.insert(to) => calls.push((to, next(figures, to))),
                Some(_) => {}
                None => {
                    order.push(*node);
                    calls.pop();
                }
            }
        }
        order.reverse();
        parts.push(order);
    }
    let mut steps = Vec::new();
    for node in parts.into_iter().flatten() {
        if let FlowNode::Step(id) = node {
            steps.push(id);
            if !index.inside(id).is_empty() {
                steps.extend(in_order(figures, process, Some(id)));
            }
        }
    }
    steps
}

fn next(figures: &Figures<'_>, node: FlowNode) -> Vec<FlowNode> {
    let flows = figures.index.flows_out(node).iter().filter_map(|flow| figures.document.flows().get(*flow));
    flows.map(|flow| flow.to).collect()
}

/// Steps that run beside others, with the branch they stand in.
fn branches(figures: &Figures<'_>, process: ProcessId) -> Vec<(StepId, usize)> {
    let mut found: Vec<(StepId, usize)> = Vec::new();
    let joins = figures.times().of(process).map_or(&[][..], |times| times.joins.as_slice());
    for join in joins {
        for (place, first) in next(figures, FlowNode::Gateway(join.split)).into_iter().enumerate() {
            let mut open = vec![first];
            let mut seen =
                std::collections::BTreeSet::from([FlowNode::Gateway(join.join), FlowNode::Gateway(join.split)]);
            while let Some(node) = open.pop() {
                if !seen.insert(node) {
                    continue;
                }
                if let FlowNode::Step(id) = node
                    && found.iter().all(|(known, _)| *known != id)
                {
                    found.push((id, place + 1));
                }
                open.extend(next(figures, node));
            }
        }
    }
    found
}

fn tiles(document: &Document, process: ProcessId, times: &ProcessTimes, span: Option<&TimesSpan>) -> Vec<Tile> {
    let goal = document.processes().get(process).and_then(|process| process.lead_time_goal);
    let late = goal.is_some_and(|goal| times.lead > goal.0 + 1e-9);
    let bound = if times.without_wait.is_empty() && times.without_work.is_empty() { "" } else { "at least " };
    let tile =
        |label: &str, value: String, detail: String| Tile { value, label: label.to_owned(), detail, ..Tile::default() };
    let share = |part: f64| if times.work > 0.0 { words::percent(part / times.work) } else { "not known".to_owned() };
    let mut tiles = vec![
        Tile {
            severity: late.then_some(Severity::High),
            ..tile(
                "Lead time of a case",
                format!("{bound}{}", duration(times.lead)),
                format!("{}{}", before(span.map(|span| span.lead), duration, "; "), goal_words(goal, span, late)),
            )
        },
        tile(
            "Work on a case",
            duration(times.work),
            format!("{}of all steps together", before(span.map(|span| span.work), duration, "; ")),
        ),
        tile(
            "Waiting",
            duration(times.wait),
            format!("{}of all steps and events together", before(span.map(|span| span.wait), duration, "; ")),
        ),
    ];
    let adds = tile(
        "Adding value",
        times.cycle_efficiency().map_or_else(
            || "not known".to_owned(),
            |share| {
                let bound = if times.unclassified > 0.0 { "at most " } else { "" };
                format!("{bound}{}", words::percent(share))
            },
        ),
        format!(
            "{}of the lead time; {} of the work, {} is waste",
            before(span.and_then(|span| span.efficiency), words::percent, " "),
            share(times.adds_value),
            share(times.waste)
        ),
    );
    tiles.push(adds);
    let yielded = times.rolled_yield.map_or_else(|| "not known".to_owned(), words::percent);
    tiles.push(tile("Right at the first try", yielded, "in every step, one after the other".to_owned()));
    for (currency, cost) in &times.cost {
        tiles.push(tile("Cost of a case", super::kit::money(*cost, *currency), "beside work".to_owned()));
    }
    tiles
}

/// `2.9 h to 27 h; ` before what else is said of a figure; nothing where there is no range.
fn before(range: Option<Range<f64>>, say: fn(f64) -> String, after: &str) -> String {
    let range = range.filter(|range| !range.is_point());
    range.map_or_else(String::new, |range| format!("{} to {}{after}", say(range.low), say(range.high)))
}

fn goal_words(goal: Option<Minutes>, span: Option<&TimesSpan>, late: bool) -> String {
    let Some(goal) = goal else { return "no goal is set".to_owned() };
    let missed = !late && span.is_some_and(|span| span.lead.high > goal.0 + 1e-9);
    format!("the goal is {}{}", duration(goal.0), if missed { ", missed if all is high" } else { "" })
}

fn sentences(document: &Document, times: &ProcessTimes, stops: &[Stop]) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let longest = stops.iter().max_by(|a, b| a.of_case().0.total_cmp(&b.of_case().0).then(b.id.cmp(&a.id)));
    if let Some(stop) = longest.filter(|stop| stop.of_case().0 > 0.0 && times.wait > 0.0) {
        let (wait, _) = stop.of_case();
        let text = format!(
            "Most of the waiting, {}, is before {}: {} of {}.",
            words::percent(wait / times.wait),
            words::quoted(document, stop.id),
            duration(wait),
            duration(times.wait)
        );
        sentences.push(Sentence::plain(text).to(to(stop.id)));
    }
    for join in &times.joins {
        let [slow, fast] = join.minutes;
        let text = format!(
            "Branches run at once: that of {} takes {}, the next one {}, so the others wait {} for it.",
            branch_name(document, join.branches[0]),
            duration(slow),
            duration(fast),
            duration((slow - fast).max(0.0))
        );
        sentences.push(Sentence::plain(text));
    }
    sentences
}

fn branch_name(document: &Document, node: FlowNode) -> String {
    words::quoted(document, ElementRef::from(node))
}

fn value_word(value: ValueClass) -> &'static str {
    match value {
        ValueClass::AddsValue => "adds value",
        ValueClass::Needed => "needed",
        ValueClass::Waste => "waste",
    }
}

fn step_box(figures: &Figures<'_>, stop: &Stop) -> StepBox {
    let document = figures.document;
    let step = document.steps().get(stop.id);
    let performer = figures.index.performer(stop.id);
    let yielded = step.and_then(|step| step.first_time_right).filter(|share| *share < 1.0);
    let visits = if (stop.visits - 1.0).abs() < 1e-9 {
        String::new()
    } else {
        format!("{} × a case", words::number(stop.visits))
    };
    let yielded = yielded.map(|share| format!("{} right at once", words::percent(share)));
    let notes: Vec<String> = [Some(visits).filter(|text| !text.is_empty()), yielded].into_iter().flatten().collect();
    StepBox {
        name: name(document, stop.id),
        detail: performer.map_or_else(|| "nobody".to_owned(), |actor| name(document, actor)),
        visits: notes.join(" · "),
        wait: stop.wait.map(duration).unwrap_or_default(),
        work: stop.work.map(duration).unwrap_or_default(),
        wait_range: ends_of(stop.wait, stop.wait_range),
        work_range: ends_of(stop.work, stop.work_range),
        value: step.and_then(|step| step.value).map(value_word).unwrap_or_default().to_owned(),
        branch: stop.branch,
        severity: (step.and_then(|step| step.value) == Some(ValueClass::Waste)).then_some(Severity::Medium),
        target: to(stop.id),
    }
}

fn bars(document: &Document, stops: &[Stop]) -> Bars {
    let longest = |stop: &Stop| stop.range_of_case().map_or(stop.of_case().0 + stop.of_case().1, |range| range.high);
    let most = stops.iter().map(longest).fold(0.0, f64::max);
    let all: f64 = stops.iter().map(|stop| stop.of_case().0 + stop.of_case().1).sum();
    let row = |stop: &Stop| {
        let (wait, work) = stop.of_case();
        let share = if all > 0.0 { words::percent((wait + work) / all) } else { String::new() };
        BarRow {
            name: name(document, stop.id),
            parts: vec![(wait, Fill::Waiting), (work, Fill::Accent)],
            range: stop.range_of_case(),
            text: format!("{} · {share}", ranged_duration(wait + work, stop.range_of_case())),
            note: format!("{} wait, {} work", duration(wait), duration(work)),
            target: to(stop.id),
            ..BarRow::default()
        }
    };
    Bars { most, marks: Vec::new(), rows: stops.iter().map(row).collect() }
}

fn formulas(times: &ProcessTimes, span: Option<&TimesSpan>, stops: &[Stop]) -> Vec<Sentence> {
    let all: f64 = stops.iter().map(|stop| stop.of_case().0 + stop.of_case().1).sum();
    let beside = (times.work + times.wait - times.lead).max(0.0);
    let mut lines = vec![Sentence::small(format!(
        "Lead time = work + waiting − what runs beside other things = {} + {} − {} = {}.",
        duration(times.work),
        duration(times.wait),
        duration(beside),
        duration(times.lead)
    ))];
    if times.lead > 0.0 {
        lines.push(Sentence::small(format!(
            "Adding value = (work that adds value + work that does not say) ÷ lead time = ({} + {}) ÷ {} = {}.",
            duration(times.adds_value),
            duration(times.unclassified),
            duration(times.lead),
            words::percent(times.cycle_efficiency().unwrap_or(0.0))
        )));
    }
    if all < times.work + times.wait - 1e-6 {
        lines.push(Sentence::small("Waiting for events counts in the lead time and is not among the steps."));
    }
    if span.is_some() {
        lines.push(Sentence::small(
            "Ranges go from the figure with all values low to that with all values high. These are bounds; that everything \
             is low at once, or high, is rare. What adds value is least with its work low and all else high.",
        ));
    }
    lines
}

fn gaps(figures: &Figures<'_>, process: ProcessId, times: &ProcessTimes) -> Vec<MissingInput> {
    let document = figures.document;
    let gaps = figures.visits().gaps(process).iter().map(|gap| LoadGap::Flow(*gap)).collect();
    let mut found = missing(missing_inputs(gaps));
    let steps = figures.index.steps_of(process);
    let works = |id: &StepId| document.steps().get(*id).is_some_and(|step| step.work.is_some());
    let without = |lacks: fn(&Step) -> bool| {
        steps.iter().copied().filter(works).filter(move |id| document.steps().get(*id).is_some_and(lacks))
    };
    let inputs = [
        lacking("step has no work time", "steps have no work time", times.without_work.iter().copied()),
        lacking("step has no wait", "steps have no wait", times.without_wait.iter().copied()),
        lacking(
            "step does not say whether its work adds value",
            "steps do not say whether their work adds value",
            without(|step| step.value.is_none()),
        ),
        lacking(
            "step does not say how often it is right at the first try",
            "steps do not say how often they are right at the first try",
            without(|step| step.first_time_right.is_none()),
        ),
    ];
    found.extend(inputs.into_iter().flatten());
    found
}
