//! Roles whose day goes by being asked.

use super::{Meta, Threshold};
use crate::analysis::{Context, Finding, Held, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "V-06",
    title: "Asked all day",
    severity: Severity::Medium,
    why: "Who is asked in everything has no time for what is theirs, and everybody waits for the answer.",
    wrong: "Accountant: 7 of 10 letters are C, 6 of 40 hours a week",
    right: "Accountant: office hours on Tuesday, and a page that answers most of it",
    formula: "consulting letters ÷ letters of the role ≥ share, and Σ frequency per week × minutes of each one asked > \
              part of the hours of the role",
    source: Source::Literature("vertical analysis of a responsibility matrix: many C in a column"),
    thresholds: &[
        Threshold {
            name: "share",
            default: 0.6,
            unit: "of the letters",
            meaning: "from here on it is looked at",
            source: Source::Ours("more asking than doing"),
        },
        Threshold {
            name: "hours",
            default: 0.1,
            unit: "of the hours",
            meaning: "more is reported",
            source: Source::Ours("half a day a week"),
        },
    ],
    remedies: &["Keep office hours.", "Write down what is asked most.", "Take away letters that change nothing."],
};

/// Whether this rule speaks of a role that is asked for so many minutes of those that it has: where most of its letters
/// ask it.
pub(super) fn says(context: &Context<'_>, role: RoleId, minutes: f64, capacity: f64) -> bool {
    let threshold = |name: &str| {
        let own = META.thresholds.iter().find(|threshold| threshold.name == name);
        let changed = context.document.thresholds().get(&META.threshold_key(name)).copied();
        changed.or(own.map(|own| own.default)).unwrap_or(f64::INFINITY)
    };
    let on_decisions = |held: &Held<'_>| matches!(held.right.subject, Subject::Decision(_));
    let letters = || context.index.rights_of_role(role).filter(on_decisions);
    let asked = letters().filter(|held| held.duties.has(Duty::Consult)).count();
    asked as f64 >= threshold("share") * letters().count() as f64 && minutes > threshold("hours") * capacity
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let (share, part) = (sink.threshold("share"), sink.threshold("hours"));
    let mut unknown: Vec<DecisionId> = Vec::new();
    let mut gaps = Vec::new();
    for role in context.document.roles().ids() {
        let on_decisions = |held: &Held<'_>| matches!(held.right.subject, Subject::Decision(_));
        let letters: Vec<Held<'_>> = context.index.rights_of_role(role).filter(on_decisions).collect();
        let asked: Vec<&Held<'_>> = letters.iter().filter(|held| held.duties.has(Duty::Consult)).collect();
        if asked.is_empty() || (asked.len() as f64) < share * letters.len() as f64 {
            continue;
        }
        let (mut minutes, mut known) = (0.0, true);
        for held in &asked {
            let Subject::Decision(id) = held.right.subject else { continue };
            let record = context.document.decisions().get(id);
            match record.and_then(|record| Some(record.frequency?.per_week() * record.consult_work?.0)) {
                Some(more) => minutes += more,
                None => {
                    known = false;
                    unknown.push(id);
                }
            }
        }
        let hours = match context.loads.hours_of_role(role) {
            Ok(hours) => *hours,
            Err(missing) => {
                gaps.extend(missing.iter().copied());
                continue;
            }
        };
        // What is known may be enough already.
        let spent = minutes / 60.0;
        if hours <= 0.0 || spent <= part * hours {
            continue;
        }
        let name = context.name(role);
        let at_least = if known { "" } else { "at least " };
        sink.report(
            Finding::new(format!(
                "{name} is asked on {} of {} rows, {at_least}{} of {} hours a week.",
                asked.len(),
                letters.len(),
                words::number(spent),
                words::number(hours)
            ))
            .about([role])
            .formula(format!(
                "{} ÷ {} = {}; {} ÷ {} = {}",
                asked.len(),
                letters.len(),
                words::percent(asked.len() as f64 / letters.len() as f64),
                words::number(spent),
                words::number(hours),
                words::percent(spent / hours)
            ))
            .number("consult_hours", spent)
            .number("capacity_hours", hours)
            .number("share", asked.len() as f64 / letters.len() as f64)
            .costs_hours_per_week(spent)
            .remedy(format!("Let {name} keep office hours, and write down what is asked most."))
            .remedy("Take away letters that change nothing."),
        );
    }
    sink.missing(
        "decision does not say how often it is taken and how long each one asked needs",
        "decisions do not say how often they are taken and how long each one asked needs",
        unknown,
    );
    super::report_gaps(sink, gaps);
}
