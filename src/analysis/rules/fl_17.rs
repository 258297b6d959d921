//! Steps that a machine could do: much time, clear rules, digital input, few exceptions.

use super::Meta;
use super::flows::ours;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "FL-17",
    title: "Worth automating",
    severity: Severity::Info,
    why: "What rules decide from digital input takes hours that nobody is thanked for; what customers value is \
              the hand of a person, and stays.",
    wrong: "“Book the invoice”: 5 hours a week, rules decide 90 %, 80 % come as files, 10 % are exceptions",
    right: "The files are booked by the program, the accountant looks at the exceptions",
    formula: "score = cases a week × visits × work minutes × share decided by rules × share of digital input ÷ \
              the larger of the share of exceptions and floor, over steps that no system performs and that are \
              not marked “human touch”. The best so many from a least score on",
    source: Source::Ours(
        "ranks by time that follows rules; a few exceptions in a hundred are taken as floor, \
              since with none the score would have no end",
    ),
    thresholds: &[
        ours("best", 5.0, "steps", "so many are reported, the highest scores first", "a list that fits a talk"),
        ours("floor", 0.05, "of the cases", "fewer exceptions count as so many", "nothing is without exceptions"),
        ours(
            "least",
            300.0,
            "minutes of score a week",
            "lower scores are left out",
            "a quarter of an hour a week without doubt",
        ),
    ],
    remedies: &[
        "Let a system do the cases that rules decide.",
        "Get the input as data first.",
        "Leave the exceptions to a person.",
    ],
};

/// A step whose score is known.
struct Candidate<'c> {
    id: StepId,
    step: &'c Step,
    minutes: f64,
    shares: [f64; 3],
    score: f64,
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let floor = sink.threshold("floor").max(f64::EPSILON);
    let (mut found, mut unsaid, mut timeless) = (Vec::new(), Vec::new(), Vec::new());
    for (count, (id, step)) in context.document.steps().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        if step.human_touch || is_done_by_system(context, id, step) {
            continue;
        }
        let shares = step.rule_based.zip(step.digital_input).zip(step.exceptions);
        match (shares, minutes_a_week(context, id, step)) {
            (Some(((rules, digital), exceptions)), Some(minutes)) => {
                let score = minutes * rules * digital / exceptions.max(floor);
                found.push(Candidate { id, step, minutes, shares: [rules, digital, exceptions], score });
            }
            (None, Some(minutes)) if minutes > 0.0 => unsaid.push(id),
            (Some(_), None) => timeless.push(id),
            (None, _) => {}
        }
    }
    found.retain(|one| one.score >= sink.threshold("least"));
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
    found.truncate(sink.threshold("best").max(0.0) as usize);
    for (place, one) in found.iter().enumerate() {
        report(context, sink, one, place + 1, found.len());
    }
    sink.missing(
        "step does not say which share of it rules decide, is digital and is an exception",
        "steps do not say which share of them rules decide, is digital and is an exception",
        unsaid,
    );
    sink.missing(
        "step that rules decide in part has no known minutes a week",
        "steps that rules decide in part have no known minutes a week",
        timeless,
    );
}

/// Whether a system does the step, or a process that it calls, or steps inside it.
fn is_done_by_system(context: &Context<'_>, id: StepId, step: &Step) -> bool {
    let by_system = matches!(context.index.performer(id), Some(Actor::System(_)));
    by_system || step.kind.is_automatic() || step.calls.is_some() || step.kind.has_inside()
}

/// Minutes a week: cases × visits × work, where all three are known.
fn minutes_a_week(context: &Context<'_>, id: StepId, step: &Step) -> Option<f64> {
    let cases = context.document.processes().get(step.process)?.cases?.per_week();
    Some(cases * context.visits.of(&context.index, FlowNode::Step(id))? * step.work?.0)
}

fn report(context: &Context<'_>, sink: &mut Sink<'_>, one: &Candidate<'_>, place: usize, all: usize) {
    let [rules, digital, exceptions] = one.shares;
    let name = context.quoted(one.id);
    let floor = sink.threshold("floor");
    let below = if exceptions < floor { format!(" (counted as {})", words::percent(floor)) } else { String::new() };
    let performer = context.index.performer(one.id);
    let who = performer.map_or_else(|| "Somebody".to_owned(), |actor| context.name(actor));
    sink.report(
        Finding::new(format!(
            "{who} spends {} h a week on {name}: rules decide {} of it, {} of the input is digital, {} are \
             exceptions{below}. Place {place} of {all}.",
            words::number(one.minutes / 60.0),
            words::percent(rules),
            words::percent(digital),
            words::percent(exceptions),
        ))
        .about([one.id])
        .about(performer.map(ElementRef::from))
        .formula(format!(
            "{} min × {} × {} ÷ {} = {}",
            words::number(one.minutes),
            words::number(rules),
            words::number(digital),
            words::number(exceptions.max(floor)),
            words::number(one.score)
        ))
        .number("score", one.score)
        .number("minutes_per_week", one.minutes)
        .number("place", place as f64)
        .criticality(context.criticality(one.step.process))
        .costs_hours_per_week(one.minutes * rules * digital / 60.0)
        .remedy(format!("Let a system do what rules decide in {name}, and leave the exceptions to {who}."))
        .remedy("If the customer values that a person does it, mark it as “human touch”."),
    );
}
