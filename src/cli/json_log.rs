//! What `remit import --format json` prints about a log of cases, as `docs/json.md` describes it.

use serde::Serialize;

use super::Failure;
use super::json::{Element, Number, text};
use crate::analysis::log::{HandoverFigures, Spread};
use crate::import::event_log::{ActivityLine, Match, Told, WhoLine};
use crate::model::{Document, ElementRef, Minutes, WaitCause};

#[derive(Debug, Serialize)]
struct Log {
    file: String,
    process: Process,
    cases: usize,
    work_items: usize,
    from: String,
    to: String,
    cases_per_week: Change,
    activities: Vec<Activity>,
    branches: Vec<Branch>,
    followed: Option<Followed>,
    follows: Vec<Follow>,
    waits: Vec<Wait>,
    hand_overs: HandOvers,
    role_hand_overs: HandOvers,
    people: Vec<Who>,
    roles: Vec<Who>,
    steps_without_log: Vec<String>,
    problems: Vec<String>,
    notes: Vec<String>,
}

#[derive(Debug, Serialize)]
struct Process {
    name: String,
    new: bool,
}

/// A figure before and as measured.
#[derive(Debug, Serialize)]
struct Change {
    before: Option<Number>,
    measured: Option<Number>,
}

#[derive(Debug, Serialize)]
struct Activity {
    name: String,
    step: Option<String>,
    r#match: &'static str,
    likeness: Option<Number>,
    times: usize,
    cases: usize,
    visits: Number,
    work_minutes: Option<Figures>,
    work_before: Option<Number>,
    wait_minutes: Option<Figures>,
    wait_before: Option<Number>,
    gap_minutes: Option<Figures>,
    wait_causes: Option<Causes>,
    people: Vec<Share>,
    roles: Vec<Share>,
}

#[derive(Debug, Serialize)]
struct Figures {
    times: usize,
    mean: Number,
    median: Number,
    p95: Number,
}

#[derive(Debug, Default, Serialize)]
struct Causes {
    batching: Option<Number>,
    contention: Option<Number>,
    prioritisation: Option<Number>,
    unavailability: Option<Number>,
    extraneous: Option<Number>,
}

#[derive(Debug, Serialize)]
struct Share {
    name: String,
    times: usize,
    share: Number,
}

#[derive(Debug, Serialize)]
struct Branch {
    gateway: String,
    branch: String,
    before: Option<Number>,
    measured: Number,
    choices: usize,
}

#[derive(Debug, Serialize)]
struct Followed {
    work_items: usize,
    of: usize,
}

#[derive(Debug, Serialize)]
struct Follow {
    from: String,
    to: String,
    times: usize,
    gap_minutes: Number,
}

#[derive(Debug, Serialize)]
struct Wait {
    from: String,
    to: String,
    times: usize,
    wait_minutes: Number,
    wait_causes: Causes,
}

#[derive(Debug, Serialize)]
struct HandOvers {
    neighbours: usize,
    same: usize,
    handed_over: usize,
    per_week: Option<Number>,
    between: Vec<HandOver>,
}

#[derive(Debug, Serialize)]
struct HandOver {
    from: String,
    to: String,
    times: usize,
}

#[derive(Debug, Serialize)]
struct Who {
    name: String,
    r#match: &'static str,
    element: Option<Element>,
    times: usize,
    work_minutes: Number,
    work_minutes_per_week: Option<Number>,
}

/// What a log tells and came to, as a document.
pub(super) fn log(file: &str, told: &Told, document: &Document) -> Result<String, Failure> {
    let (read, summary) = (&told.file, &told.summary);
    let (log, figures) = (&read.log, &read.figures);
    let activity_name = |place: u32| at(&log.activities, place);
    text(&Log {
        file: file.to_owned(),
        process: Process { name: summary.process_name.clone(), new: summary.process.is_none() },
        cases: log.cases.len(),
        work_items: log.instances(),
        from: read.from.to_string(),
        to: read.to.to_string(),
        cases_per_week: Change {
            before: summary.cases.0.map(|rate| Number(rate.per_week())),
            measured: figures.cases_per_week.map(Number),
        },
        activities: summary
            .activities
            .iter()
            .enumerate()
            .map(|(place, line)| activity(told, document, place, line))
            .collect(),
        branches: summary
            .flows
            .iter()
            .map(|line| Branch {
                gateway: line.gateway.clone(),
                branch: line.branch.clone(),
                before: line.before.map(Number),
                measured: Number(line.after),
                choices: line.count,
            })
            .collect(),
        followed: summary.followed.map(|(work_items, of)| Followed { work_items, of }),
        follows: figures
            .follows
            .iter()
            .map(|follow| Follow {
                from: activity_name(follow.from),
                to: activity_name(follow.to),
                times: follow.count,
                gap_minutes: Number(follow.gap),
            })
            .collect(),
        waits: figures
            .transitions
            .iter()
            .map(|transition| Wait {
                from: activity_name(transition.from),
                to: activity_name(transition.to),
                times: transition.count,
                wait_minutes: Number(transition.wait),
                wait_causes: causes(WaitCause::ALL.into_iter().zip(transition.causes)),
            })
            .collect(),
        hand_overs: hand_overs(&figures.handovers, &log.resources),
        role_hand_overs: hand_overs(&figures.role_handovers, &log.roles),
        people: (0..).zip(&summary.people).map(|(place, line)| who(told, document, Some(place), line)).collect(),
        roles: summary.roles.iter().map(|line| who(told, document, None, line)).collect(),
        steps_without_log: summary.steps_without.clone(),
        problems: read.problems.iter().map(ToString::to_string).collect(),
        notes: read.notes.iter().chain(&summary.notes).cloned().collect(),
    })
}

fn at(names: &[String], place: u32) -> String {
    names.get(place as usize).cloned().unwrap_or_default()
}

fn activity(told: &Told, document: &Document, place: usize, line: &ActivityLine) -> Activity {
    let default = crate::analysis::log::ActivityFigures::default();
    let figures = told.file.figures.activities.get(place).unwrap_or(&default);
    let shares = |counts: &[(u32, usize)], names: &[String]| {
        let share = |count: usize| Number(count as f64 / figures.count.max(1) as f64);
        counts.iter().map(|(who, times)| Share { name: at(names, *who), times: *times, share: share(*times) }).collect()
    };
    let number = |minutes: Option<Minutes>| minutes.map(|minutes| Number(minutes.0));
    Activity {
        name: line.activity.clone(),
        step: line.step.and_then(|step| document.key_of(step.into())).map(ToString::to_string),
        r#match: line.how.word(),
        likeness: if let Match::Alike(percent) = line.how { Some(Number(f64::from(percent) / 100.0)) } else { None },
        times: figures.count,
        cases: figures.cases,
        visits: Number(figures.visits),
        work_minutes: figures.work.map(spread),
        work_before: number(line.work.0),
        wait_minutes: figures.wait.map(spread),
        wait_before: number(line.wait.0),
        gap_minutes: figures.gap.map(spread),
        wait_causes: (!figures.causes.is_empty()).then(|| causes(figures.causes.iter().copied())),
        people: shares(&figures.resources, &told.file.log.resources),
        roles: shares(&figures.roles, &told.file.log.roles),
    }
}

fn spread(spread: Spread) -> Figures {
    let Spread { count, mean, median, p95 } = spread;
    Figures { times: count, mean: Number(mean), median: Number(median), p95: Number(p95) }
}

fn causes(parts: impl Iterator<Item = (WaitCause, f64)>) -> Causes {
    let mut causes = Causes::default();
    for (cause, minutes) in parts {
        let slot = match cause {
            WaitCause::Batching => &mut causes.batching,
            WaitCause::Contention => &mut causes.contention,
            WaitCause::Prioritisation => &mut causes.prioritisation,
            WaitCause::Unavailability => &mut causes.unavailability,
            WaitCause::Extraneous => &mut causes.extraneous,
        };
        *slot = Some(Number(minutes));
    }
    causes
}

fn hand_overs(figures: &HandoverFigures, names: &[String]) -> HandOvers {
    let between = figures.flows.iter();
    HandOvers {
        neighbours: figures.pairs,
        same: figures.same,
        handed_over: figures.between,
        per_week: figures.per_week.map(Number),
        between: between
            .map(|(from, to, times)| HandOver { from: at(names, *from), to: at(names, *to), times: *times })
            .collect(),
    }
}

fn who(told: &Told, document: &Document, resource: Option<usize>, line: &WhoLine) -> Who {
    let figures = resource.and_then(|place| told.file.figures.resources.get(place)).copied().unwrap_or_default();
    let roles = || told.file.figures.activities.iter().flat_map(|activity| &activity.roles);
    let role = told.file.log.roles.iter().position(|name| *name == line.name);
    let of_role = || roles().filter(|(place, _)| Some(*place as usize) == role).map(|(_, count)| count).sum();
    let element = |element: ElementRef| Element {
        kind: element.kind().word(),
        key: document.path_of(element),
        name: document.name_of(element).to_owned(),
    };
    Who {
        name: line.name.clone(),
        r#match: line.how.word(),
        element: line.who.map(element),
        times: if resource.is_some() { figures.count } else { of_role() },
        work_minutes: Number(figures.minutes),
        work_minutes_per_week: figures.minutes_per_week.map(Number),
    }
}
