//! Roles that lose much of their time to questions before decisions.

use super::flows::ours;
use super::{Meta, v_06};
use crate::analysis::{Context, Finding, Fix, Held, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "BN-14",
    title: "Much time for questions",
    severity: Severity::Medium,
    why: "Every question before a decision interrupts the work of who is asked, and the decision waits for the \
              answer.",
    wrong: "The accountant is asked before 40 purchases a week, 12 minutes each: 8 of her 40 hours",
    right: "A page says which purchases need no question; 5 a week are asked",
    formula: "Σ frequency per week × minutes of each one asked over the decisions on which a role is to be asked \
              ÷ its minutes a week > share. Where most of its letters are such letters, V-06 says it; rows of \
              steps do not say how long those asked need",
    source: Source::Ours("load of asking, as that of deciding"),
    thresholds: &[ours("share", 0.1, "of the time", "above it is reported", "half a day a week, as in V-06")],
    remedies: &["Write down what is asked most.", "Tell the role afterwards instead of asking before."],
};

/// A decision before which the role is asked, and what that takes.
struct Asked<'c> {
    held: Held<'c>,
    decision: DecisionId,
    minutes: f64,
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let mut unknown: Vec<DecisionId> = Vec::new();
    let mut gaps = Vec::new();
    for (count, role) in context.document.roles().ids().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let (asked, lacking) = asked(context, role);
        let is_whole = lacking.is_empty();
        unknown.extend(lacking);
        let minutes: f64 = asked.iter().map(|one| one.minutes).sum();
        if minutes <= 0.0 {
            continue;
        }
        let capacity = match context.loads.hours_of_role(role) {
            Ok(hours) => hours * 60.0,
            Err(missing) => {
                gaps.extend(missing.iter().copied());
                continue;
            }
        };
        let over = capacity > 0.0 && minutes / capacity > sink.threshold("share");
        if over && !v_06::says(context, role, minutes, capacity) {
            report(context, sink, role, &asked, capacity, is_whole);
        }
    }
    sink.missing(
        "decision does not say how often it is taken and how long each one asked needs",
        "decisions do not say how often they are taken and how long each one asked needs",
        unknown,
    );
    super::report_gaps(sink, gaps);
}

/// The decisions before which a role is asked, the one that takes most first, and those that do not say what it takes.
fn asked<'c>(context: &'c Context<'_>, role: RoleId) -> (Vec<Asked<'c>>, Vec<DecisionId>) {
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    for held in context.index.rights_of_role(role).filter(|held| held.duties.has(Duty::Consult)) {
        let Subject::Decision(decision) = held.right.subject else { continue };
        let record = context.document.decisions().get(decision);
        match record.and_then(|record| Some(record.frequency?.per_week() * record.consult_work?.0)) {
            Some(minutes) => found.push(Asked { held, decision, minutes }),
            None => unknown.push(decision),
        }
    }
    found.sort_by(|a, b| b.minutes.total_cmp(&a.minutes).then(a.decision.cmp(&b.decision)));
    (found, unknown)
}

fn report(
    context: &Context<'_>,
    sink: &mut Sink<'_>,
    role: RoleId,
    asked: &[Asked<'_>],
    capacity: f64,
    is_whole: bool,
) {
    let minutes: f64 = asked.iter().map(|one| one.minutes).sum();
    let name = context.name(role);
    let rows = words::quoted_list(context.document, asked.iter().map(|one| one.decision));
    let at_least = if is_whole { "" } else { "at least " };
    let parts: Vec<String> = asked.iter().take(4).map(|one| words::number(one.minutes)).collect();
    let rest = if asked.len() > parts.len() { " + …" } else { "" };
    let guessed = |one: &Asked<'_>| {
        let record = context.document.decisions().get(one.decision);
        record.is_some_and(|record| record.guesses.contains(&DecisionFact::Frequency))
    };
    let mut finding = Finding::new(format!(
        "{name} spends {at_least}{} of {} hours a week on questions before {rows}.",
        words::number(minutes / 60.0),
        words::number(capacity / 60.0)
    ))
    .about([ElementRef::from(role)])
    .about(asked.iter().map(|one| one.decision))
    .formula(format!(
        "({}{rest}) ÷ {} min = {}",
        parts.join(" + "),
        words::number(capacity),
        words::percent(minutes / capacity)
    ))
    .number("consult_hours", minutes / 60.0)
    .number("capacity_hours", capacity / 60.0)
    .number("share", minutes / capacity)
    .costs_hours_per_week(minutes / 60.0);
    for one in asked {
        finding = finding.criticality(context.criticality_of(Subject::Decision(one.decision)));
    }
    if asked.iter().any(guessed) {
        finding.confidence = 0.5;
    }
    let Some(first) = asked.first() else { return };
    let row = context.quoted(first.decision);
    let is_enough = (minutes - first.minutes) / capacity <= sink.threshold("share");
    let fix = if is_enough { told_instead(context, role, first) } else { None };
    sink.report(
        finding
            .remedy(format!("Write down what {name} is asked most about {row}, so that fewer ask."))
            .remedy_with(format!("Tell {name} about {row} afterwards instead of asking before."), fix),
    );
}

/// The change of the letter on a decision from asked to told, where its framework has such a letter and the role does
/// not hold it yet.
fn told_instead(context: &Context<'_>, role: RoleId, asked: &Asked<'_>) -> Option<Fix> {
    let right = asked.held.right;
    let (_, framework) = context.document.framework_of(right.subject)?;
    let only_told = |letter: &&Letter| letter.duties == [Duty::Inform];
    let letter = framework.letters.iter().find(only_told)?;
    let has_it = context.index.rights_on(right.subject).any(|other| {
        other.right.holder == right.holder
            && framework.letter(&other.right.letter).map(|own| &own.code) == Some(&letter.code)
    });
    let label = format!("Tell {} about {} afterwards", context.name(role), context.quoted(asked.decision));
    (!has_it).then(|| Fix::replace(label, asked.held.id, Right { letter: letter.code.clone(), ..right.clone() }))
}
