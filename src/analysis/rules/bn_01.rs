//! People and pools of holders with more work than their hours can bear.

use super::{Meta, Threshold, announce_gaps, report_gaps};
use crate::analysis::figures::Load;
use crate::analysis::figures::{LoadGap, queue};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

const WAIT: Source = Source::Literature("waiting in a queue of random arrivals (M/M/1): 4 and 9 work times");

pub(super) const META: Meta = Meta {
    id: "BN-01",
    title: "Too busy",
    severity: Severity::Medium,
    why: "The wait for a desk grows much faster than its work: at 80 % a case waits four times as long as it takes, at \
          90 % nine times, and from 100 % on the queue never ends.",
    wrong: "Clerk: 38.4 hours of work a week, 40 hours there",
    right: "Two clerks: 38.4 hours of work a week, 80 hours there",
    formula: "ρ = load ÷ hours; load = Σ cases per week × visits × work minutes over the steps performed + Σ frequency \
              × share × minutes over the decisions taken (those taken within an own step are in its minutes); hours = \
              Σ hours × share over the holders − reserved minutes; for each role with several holders, for each \
              person over all roles where that says more, and for a role held alone where its share of time is short. Wait = P(wait) ÷ (c · (1 − ρ)) work times with c holders",
    source: WAIT,
    thresholds: &[
        Threshold {
            name: "medium",
            default: 0.8,
            unit: "of the hours",
            meaning: "from here on it is medium: four work times of waiting",
            source: WAIT,
        },
        Threshold {
            name: "high",
            default: 0.9,
            unit: "of the hours",
            meaning: "from here on it is high: nine work times of waiting",
            source: WAIT,
        },
        Threshold {
            name: "block",
            default: 1.0,
            unit: "of the hours",
            meaning: "from here on the queue never ends",
            source: WAIT,
        },
    ],
    remedies: &[
        "A second holder, or another share of time.",
        "Move steps to a role with time left.",
        "Raise the limit of the role below, so that fewer cases come up.",
        "Let fewer cases arrive, or automate a step.",
    ],
};

struct Desk<'a> {
    actor: Actor,
    load: &'a Load,
    hours: f64,
    holders: u32,
}

impl Desk<'_> {
    fn utilisation(&self) -> f64 {
        if self.hours > 0.0 { self.load.hours() / self.hours } else { f64::INFINITY }
    }
}

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    announce_gaps(sink);
    context.each(sink, &(), context.document.people().ids(), check_person);
    context.each(sink, &(), context.document.roles().ids(), check_role);
}

fn has_work(load: &&Load) -> bool {
    !load.parts.is_empty() || !load.gaps.is_empty()
}

/// The desk of a person whose hours are known.
fn desk_of<'a>(context: &'a Context<'_>, id: PersonId) -> Option<Desk<'a>> {
    let load = context.loads.of_person(id).filter(has_work)?;
    let hours = *context.loads.hours_of_person(id).as_ref().ok()?;
    Some(Desk { actor: Actor::Person(id), load, hours, holders: 1 })
}

fn check_person(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &id: &PersonId) {
    let Some(load) = context.loads.of_person(id).filter(has_work) else { return };
    report_gaps(sink, load.gaps.clone());
    if let Err(missing) = context.loads.hours_of_person(id) {
        report_gaps(sink, missing.clone());
    }
    let Some(desk) = desk_of(context, id) else { return };
    let Some(severity) = severity_of(sink, &desk) else { return };
    let of_pool = only_pool(context, id).and_then(|pool| severity_of(sink, &pool));
    if of_pool < Some(severity) {
        sink.report_as(severity, finding(context, sink, &desk));
    }
}

fn check_role(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &id: &RoleId) {
    let Some(role) = context.document.roles().get(id) else { return };
    let Some(load) = context.loads.of_role(id).filter(has_work) else { return };
    report_gaps(sink, load.gaps.clone());
    match context.loads.hours_of_role(id) {
        Ok(hours) if !role.holders.is_empty() => {
            let desk = Desk { actor: Actor::Role(id), load, hours: *hours, holders: role.holders.len() as u32 };
            let already = match role.holders.as_slice() {
                [only] => desk_of(context, only.person).and_then(|desk| severity_of(sink, &desk)),
                _ => None,
            };
            if let Some(severity) = severity_of(sink, &desk).filter(|severity| Some(*severity) > already) {
                sink.report_as(severity, finding(context, sink, &desk));
            }
        }
        Ok(_) => {}
        // The only holder of a role is judged by all hours and all roles; no share is needed for that.
        Err(missing) => {
            let counts = |gap: &&LoadGap| role.holders.len() > 1 || !matches!(gap, LoadGap::HolderShare(_));
            report_gaps(sink, missing.iter().filter(counts).copied().collect());
        }
    }
}

/// The role with several holders that all work of a person comes from: what is said of it need not be said again.
fn only_pool<'a>(context: &'a Context<'_>, person: PersonId) -> Option<Desk<'a>> {
    let has_work = |role: &&(RoleId, Option<f64>)| {
        context.loads.of_role(role.0).is_some_and(|load| !load.parts.is_empty() || !load.gaps.is_empty())
    };
    let mut roles = context.index.roles_of_person(person).iter().filter(has_work);
    let (Some((role, _)), None) = (roles.next(), roles.next()) else { return None };
    let holders = context.document.roles().get(*role)?.holders.len() as u32;
    let load = context.loads.of_role(*role)?;
    let own_parts = context.loads.of_person(person)?.parts.len();
    let hours = *context.loads.hours_of_role(*role).as_ref().ok()?;
    let wholly = holders > 1 && own_parts == load.parts.len();
    wholly.then_some(Desk { actor: Actor::Role(*role), load, hours, holders })
}

fn severity_of(sink: &Sink<'_>, desk: &Desk<'_>) -> Option<Severity> {
    let utilisation = desk.utilisation();
    if desk.load.parts.iter().all(|(_, minutes)| *minutes <= 0.0) {
        return None;
    }
    [("block", Severity::Block), ("high", Severity::High), ("medium", Severity::Medium)]
        .into_iter()
        // A hair below a threshold that was meant to be met counts as met.
        .find(|(name, _)| utilisation >= sink.threshold(name) - 1e-9)
        .map(|(_, severity)| severity)
}

fn finding(context: &Context<'_>, sink: &Sink<'_>, desk: &Desk<'_>) -> Finding {
    let name = context.name(desk.actor);
    let (load, hours, utilisation) = (desk.load.hours(), desk.hours, desk.utilisation());
    let at_least = if desk.load.gaps.is_empty() { "" } else { "at least " };
    let wait = queue::wait_in_work_times(utilisation, desk.holders);
    let whose = match desk.actor {
        Actor::Role(_) if desk.holders > 1 => {
            format!("the {} hours a week of its {} holders", words::number(hours), desk.holders)
        }
        Actor::Role(_) => format!("the {} hours a week given to it", words::number(hours)),
        _ => format!("{} hours a week", words::number(hours)),
    };
    let message = if utilisation >= 1.0 {
        format!("{name} has {at_least}{} hours of work for {whose}: the queue never ends.", words::number(load))
    } else {
        format!(
            "{name} is busy {at_least}{} of {whose}: a case that comes here waits about {} times as long as the work \
             on it takes.",
            words::percent(utilisation),
            words::number(wait)
        )
    };
    let largest = desk.load.largest(5);
    let mut finding = Finding::new(message)
        .about([desk.actor])
        .about(largest.iter().map(|(element, _)| *element))
        .formula(format!(
            "ρ = load ÷ hours = {} ÷ {} = {}",
            words::number(load),
            words::number(hours),
            words::number(utilisation)
        ))
        .number("load_hours", load)
        .number("capacity_hours", hours)
        .number("utilisation", utilisation)
        .number("holders", f64::from(desk.holders));
    if utilisation < 1.0 {
        finding = finding.number("wait_in_work_times", wait);
    }
    for (element, _) in &desk.load.parts {
        let subject = match element {
            ElementRef::Step(step) => Subject::Step(*step),
            ElementRef::Decision(decision) => Subject::Decision(*decision),
            _ => continue,
        };
        finding = finding.criticality(context.criticality_of(subject));
    }
    let surplus = (load - sink.threshold("medium") * hours).max(0.0);
    with_remedies(context, desk, &largest, surplus, finding.costs_hours_per_week(surplus))
}

fn with_remedies(
    context: &Context<'_>,
    desk: &Desk<'_>,
    largest: &[(ElementRef, f64)],
    surplus: f64,
    finding: Finding,
) -> Finding {
    let name = context.name(desk.actor);
    let shown: Vec<_> = largest
        .iter()
        .take(3)
        .map(|(element, minutes)| format!("{} ({} h a week)", context.quoted(*element), words::number(minutes / 60.0)))
        .collect();
    let mut finding = finding.remedy(format!(
        "Move about {} hours a week from {name} to somebody with time left. The most time goes into {}.",
        words::number(surplus),
        words::joined(&shown)
    ));
    let decision = largest.iter().find(|(element, _)| matches!(element, ElementRef::Decision(_)));
    if let Some((decision, _)) = decision {
        let row = context.quoted(*decision);
        finding = finding.remedy(if has_limit(context, *decision) {
            format!("Raise the limit of the roles below for {row}, so that fewer cases come up to {name}.")
        } else {
            format!("Let others decide {row} up to a limit, so that fewer cases come up to {name}.")
        });
    }
    match desk.actor {
        Actor::Role(_) => finding.remedy(format!("Find another holder for {name}, or give it more of their time.")),
        Actor::Person(person) => match context.index.roles_of_person(person) {
            [(only, _)] => finding.remedy(format!("Find a second holder for {}.", context.name(*only))),
            _ => finding.remedy(format!("Let somebody else hold one of the roles of {name}.")),
        },
        _ => finding,
    }
}

/// Whether somebody decides a decision within a limit.
fn has_limit(context: &Context<'_>, decision: ElementRef) -> bool {
    let ElementRef::Decision(decision) = decision else { return false };
    let mut deciding = context.index.rights_with(Subject::Decision(decision), Duty::Decide);
    deciding.any(|held| !held.right.tiers.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::{findings, raci, silence};

    /// A clerk who does one step of so many minutes, sixty times a week, in 40 hours.
    fn clerk(minutes: f64) -> (Document, PersonId, RoleId, StepId) {
        let mut document = raci();
        let person = document.insert(Person { hours_per_week: Some(40.0), ..Person::new("Rui Alves") });
        let holders = vec![Holding { person, share: Some(1.0) }];
        let role = document.insert(Role { holders, ..Role::new("Clerk") });
        let process = document.insert(Process { cases: Some(Rate::weekly(60.0)), ..Process::new("Refund") });
        let performer = Some(Actor::Role(role));
        let step =
            document.insert(Step { performer, work: Some(Minutes(minutes)), ..Step::new(process, "Check refund") });
        (document, person, role, step)
    }

    #[test]
    fn the_thresholds_and_the_words() {
        for (minutes, severity) in
            [(31.0, None), (32.0, Some(Severity::Medium)), (36.0, Some(Severity::High)), (40.0, Some(Severity::Block))]
        {
            let found = findings("BN-01", &clerk(minutes).0);
            assert_eq!(found.first().map(|finding| finding.severity), severity, "{minutes} minutes");
            assert!(found.len() <= 1, "role and only holder are one desk");
        }
        let (document, person, _, step) = clerk(38.4);
        let finding = &findings("BN-01", &document)[0];
        assert_eq!(
            finding.message,
            "Rui Alves is busy 96 % of 40 hours a week: a case that comes here waits about 24 times as long as the \
             work on it takes."
        );
        assert_eq!(finding.formula.text, "ρ = load ÷ hours = 38.4 ÷ 40 = 0.96");
        assert_eq!(finding.evidence, [person.into(), ElementRef::from(step)]);
        assert!((finding.number_named("utilisation").unwrap() - 0.96).abs() < 1e-9);
        assert!(silence("BN-01", &document).is_none());
    }

    #[test]
    fn a_pool_is_judged_as_a_whole() {
        let (mut document, _, role, _) = clerk(72.0);
        let second = document.insert(Person { hours_per_week: Some(40.0), ..Person::new("Eva Reis") });
        document.get_mut::<Role>(role).unwrap().holders.push(Holding { person: second, share: Some(1.0) });
        let found = findings("BN-01", &document);
        let pool = found.iter().find(|finding| finding.evidence[0] == role.into()).unwrap();
        assert!((pool.number_named("utilisation").unwrap() - 0.9).abs() < 1e-9);
        assert!((pool.number_named("wait_in_work_times").unwrap() - 4.2632).abs() < 0.00005);
        assert_eq!(found.len(), 1, "both holders are as busy as the pool");
    }

    #[test]
    fn a_part_time_role_of_a_free_person_is_judged_by_itself() {
        let (mut document, _, role, _) = clerk(20.0);
        document.get_mut::<Role>(role).unwrap().holders[0].share = Some(0.5);
        let found = findings("BN-01", &document);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].evidence[0], found[0].severity), (role.into(), Severity::Block));
    }

    #[test]
    fn a_critical_process_raises_it() {
        let (mut document, _, _, step) = clerk(32.0);
        let process = document.get::<Step>(step).unwrap().process;
        document.get_mut::<Process>(process).unwrap().criticality = Some(4);
        assert_eq!(findings("BN-01", &document)[0].severity, Severity::High);
    }

    #[test]
    fn missing_inputs_are_named() {
        let (mut document, person, _, step) = clerk(50.0);
        document.get_mut::<Person>(person).unwrap().hours_per_week = None;
        let process = document.get::<Step>(step).unwrap().process;
        document.get_mut::<Process>(process).unwrap().cases = None;
        assert!(findings("BN-01", &document).is_empty());
        let missing: Vec<_> = silence("BN-01", &document).unwrap().missing.into_iter().map(|part| part.what).collect();
        assert_eq!(missing, ["1 process has no number of cases", "1 person has no hours per week"]);
    }
}
