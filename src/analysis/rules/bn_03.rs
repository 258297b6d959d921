//! Queues that take a large part of the time a case may take.

use super::Meta;
use super::flows::{desk_minutes, duration, ours};
use crate::analysis::figures::{Load, queue};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "BN-03",
    title: "Long queue",
    severity: Severity::Medium,
    why: "Cases come by chance and not one after the other, so they queue long before a desk is full.",
    wrong: "A refund that needs the owner waits 9.7 working hours in her queue; it should take a day in all",
    right: "The shop decides; its queue takes four minutes",
    formula: "Wq = P(wait) ÷ (c · (1 − ρ)) · work time with ρ = work ÷ hours, c holders, and the mean work time of what comes to the \
              desk, for random arrivals and work times (Erlang C). Reported where Wq > share of the lead-time goal of a \
              process that comes there (medium), or > multiple of the work time while BN-01 is silent (low). Holders of one role \
              work off one queue",
    source: Source::Literature("queues of random arrivals (Erlang, M/M/c)"),
    thresholds: &[
        ours("goal_share", 0.25, "of the lead-time goal", "above it is reported", "a quarter for one queue is much"),
        ours("work_times", 2.0, "work times", "above it is reported", "twice the work itself"),
    ],
    remedies: &[
        "Pool the queue with that of a second holder.",
        "Let cases come evenly: fixed hours, batches by agreement.",
    ],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.people().ids(), |context, sink, (), &id| {
        if context.index.roles_of_person(id).iter().all(|(role, _)| !is_shared(context, *role)) {
            check_desk(context, sink, Actor::Person(id));
        }
    });
    context.each(sink, &(), context.document.roles().ids(), |context, sink, (), &id| {
        if context.document.roles().get(id).is_some_and(|role| role.holders.len() > 1) {
            check_desk(context, sink, Actor::Role(id));
        }
    });
}

/// Whether a role with work has several holders: they work off one queue.
fn is_shared(context: &Context<'_>, role: RoleId) -> bool {
    let several = context.document.roles().get(role).is_some_and(|role| role.holders.len() > 1);
    several && context.loads.of_role(role).is_some_and(|load| !load.parts.is_empty())
}

fn check_desk(context: &Context<'_>, sink: &mut Sink<'_>, desk: Actor) {
    let (Some(load), Some((minutes, capacity, holders))) = (load_of(context, desk), desk_minutes(context, desk)) else {
        return;
    };
    let utilisation = minutes / capacity;
    // From 1 on the queue never ends, and BN-01 says so.
    if minutes <= 0.0 || utilisation >= 1.0 {
        return;
    }
    let Some(work_time) = mean_work_time(context, load, minutes) else { return };
    let wait_in_work_times = queue::wait_in_work_times(utilisation, holders);
    let wait = wait_in_work_times * work_time;
    let mut slow: Vec<(ProcessId, f64)> = Vec::new();
    for (part, _) in &load.parts {
        let ElementRef::Step(step) = part else { continue };
        let Some(process) = context.document.steps().get(*step).map(|step| step.process) else { continue };
        let goal = context.document.processes().get(process).and_then(|process| process.lead_time_goal);
        if let Some(goal) = goal.filter(|goal| wait > sink.threshold("goal_share") * goal.0)
            && slow.iter().all(|(known, _)| *known != process)
        {
            slow.push((process, goal.0));
        }
    }
    let is_long = wait_in_work_times > sink.threshold("work_times") && utilisation < 0.8 - 1e-9;
    if slow.is_empty() && !is_long {
        return;
    }
    let name = context.name(desk);
    let goals: Vec<String> = slow
        .iter()
        .map(|(process, goal)| format!("{} should take {} in all", context.quoted(*process), duration(*goal)))
        .collect();
    let message = if goals.is_empty() {
        format!(
            "What comes to {name} waits about {}, {} times as long as the work on it takes.",
            duration(wait),
            words::number(wait_in_work_times)
        )
    } else {
        format!("What comes to {name} waits about {} of working time; {}.", duration(wait), words::joined(&goals))
    };
    let mut finding = Finding::new(message)
        .about([desk])
        .about(slow.iter().map(|(process, _)| *process))
        .about(load.largest(3).iter().map(|(part, _)| *part))
        .formula(format!(
            "ρ = {} ÷ {} = {}; Wq = {} work times = {} × {} min = {} min",
            words::number(minutes / 60.0),
            words::number(capacity / 60.0),
            words::number(utilisation),
            words::number(wait_in_work_times),
            words::number(wait_in_work_times),
            words::number(work_time),
            words::number(wait)
        ))
        .number("wait_minutes", wait)
        .number("work_time_minutes", work_time)
        .number("utilisation", utilisation)
        .number("holders", f64::from(holders));
    for (process, _) in &slow {
        finding = finding.criticality(context.criticality(*process));
    }
    let severity = if slow.is_empty() { Severity::Low } else { Severity::Medium };
    sink.report_as(
        severity,
        finding.remedy(format!("Let somebody else take the small cases that come to {name}.")).remedy(format!(
            "Share the queue of {name} with a second holder: two at one queue wait far less than two at two."
        )),
    );
}

/// The work of a person or role in a week.
pub(super) fn load_of<'a>(context: &'a Context<'_>, desk: Actor) -> Option<&'a Load> {
    match desk {
        Actor::Person(id) => context.loads.of_person(id),
        Actor::Role(id) => context.loads.of_role(id),
        _ => None,
    }
}

/// Minutes that what comes to a desk takes on average; none where nothing comes.
pub(super) fn mean_work_time(context: &Context<'_>, load: &Load, minutes: f64) -> Option<f64> {
    let arrivals: f64 = load.parts.iter().filter_map(|(part, minutes)| Some(minutes / work_of(context, *part)?)).sum();
    (arrivals > 0.0).then(|| minutes / arrivals)
}

/// Minutes of one case of a part of a load.
fn work_of(context: &Context<'_>, part: ElementRef) -> Option<f64> {
    let work = match part {
        ElementRef::Step(id) => context.document.steps().get(id)?.work,
        ElementRef::Decision(id) => context.document.decisions().get(id)?.work,
        _ => None,
    };
    work.map(|work| work.0).filter(|work| *work > 0.0)
}
