//! Delegations passed on again, and whole authority passed on by somebody who is there.

use super::l_15::{Case, givers, own_rights, received};
use super::{Meta, Threshold};
use crate::analysis::figures::delegations::given_by;
use crate::analysis::figures::presence::Presence;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-16",
    title: "Passed on too far",
    severity: Severity::Medium,
    why: "What is passed on again and again, or altogether while one is there, is answered for by nobody.",
    wrong: "The owner, who is there, lets the manager decide everything, and the manager lets the clerk",
    right: "The owner lets the manager decide refunds for the days of a holiday",
    formula: "hand-overs from the holder of the right > most; or everything passed on, without a limit, on a day on \
              which the giver is there",
    source: Source::Literature("limits of authority: written, dated, and sub-delegated once at most"),
    thresholds: &[Threshold {
        name: "depth",
        default: 1.0,
        unit: "hand-overs",
        meaning: "more are reported",
        source: Source::Ours("who received it decides it"),
    }],
    remedies: &["Let the holder of the right name the receiver.", "Pass on single decisions, or only the days away."],
};

/// Days that are looked at, at most: ten years.
const MOST_DAYS: usize = 3660;

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let most = sink.threshold("depth");
    for giver in givers(context) {
        for (place, delegation) in given_by(context.document, giver).iter().enumerate() {
            let case = Case { giver, place, delegation };
            if let Some(finding) = too_deep(context, &case, most) {
                sink.report(finding);
            }
            if let Some(finding) = whole_while_there(context, &case) {
                sink.report(finding);
            }
        }
    }
}

/// The decisions that a delegation passes on: those it names, else all that the giver decides or has received.
fn passed_on(context: &Context<'_>, case: &Case<'_>) -> Vec<DecisionId> {
    if !case.delegation.of.is_empty() {
        return case.delegation.of.clone();
    }
    let Delegation { from, until, .. } = *case.delegation;
    let is_given = |id: &DecisionId| {
        !own_rights(context, case.giver, *id).is_empty() || !received(context, case.giver, *id, from, until).is_empty()
    };
    context.document.decisions().ids().filter(is_given).collect()
}

/// How many hands a decision has gone through with a delegation; 1 from the holder of the right.
fn depth(
    context: &Context<'_>,
    giver: Actor,
    decision: DecisionId,
    (from, until): (Date, Date),
    seen: &mut Vec<Actor>,
) -> usize {
    if !own_rights(context, giver, decision).is_empty() || seen.contains(&giver) {
        return 1;
    }
    seen.push(giver);
    let before = received(context, giver, decision, from, until);
    1 + before
        .into_iter()
        .map(|(earlier, one)| depth(context, earlier, decision, (from.max(one.from), until.min(one.until)), seen))
        .max()
        .unwrap_or(0)
}

fn too_deep(context: &Context<'_>, case: &Case<'_>, most: f64) -> Option<Finding> {
    let days = (case.delegation.from, case.delegation.until);
    let deep: Vec<(DecisionId, usize)> = passed_on(context, case)
        .into_iter()
        .map(|id| (id, depth(context, case.giver, id, days, &mut Vec::new())))
        .filter(|(_, depth)| *depth as f64 > most)
        .collect();
    let hands = deep.iter().map(|(_, depth)| *depth).max()?;
    let ids: Vec<DecisionId> = deep.iter().map(|(id, _)| *id).collect();
    let rows = words::quoted_list(context.document, ids.iter().copied());
    let (giver, receiver) = (context.name(case.giver), context.name(case.delegation.to));
    let own: Vec<DecisionId> = passed_on(context, case).into_iter().filter(|id| !ids.contains(id)).collect();
    let fix = case.fix(context, format!("Let {giver} not pass {rows} on"), |delegation| {
        delegation.of.clone_from(&own);
        !own.is_empty()
    });
    Some(
        Finding::new(format!("{}, as the {}, {rows}, which {giver} has received.", case.words(context), hand(hands)))
            .about([case.giver])
            .about([case.delegation.to])
            .about(ids)
            .formula(format!("{hands} hand-overs > {}", words::number(most)))
            .number("hand_overs", hands as f64)
            .remedy_with(format!("Let who may decide it name {receiver}; {giver} does not pass it on."), fix),
    )
}

fn hand(number: usize) -> String {
    match number {
        2 => "second hand".to_owned(),
        3 => "third hand".to_owned(),
        other => format!("{other}th hand"),
    }
}

fn whole_while_there(context: &Context<'_>, case: &Case<'_>) -> Option<Finding> {
    if !case.delegation.is_whole() || !is_known(context, case.giver) {
        return None;
    }
    let Delegation { from, until, .. } = *case.delegation;
    let days = || std::iter::successors(Some(from), |day| day.tomorrow().ok()).take_while(|day| *day <= until);
    let is_there = |day: Date| {
        let presence = Presence { document: context.document, on: Some(day), away: &[] };
        presence.is_there(case.giver)
    };
    let there = days().take(MOST_DAYS).filter(|day| is_there(*day)).count();
    let first = days().take(MOST_DAYS).find(|day| is_there(*day))?;
    let away: Vec<Date> = days().take(MOST_DAYS).filter(|day| !is_there(*day)).collect();
    let giver = context.name(case.giver);
    let is_one_stretch = away.windows(2).all(|pair| matches!(pair, [a, b] if a.tomorrow().ok() == Some(*b)));
    let fix = away.first().zip(away.last()).filter(|_| is_one_stretch).and_then(|(start, end)| {
        case.fix(context, format!("Let {giver} pass everything on from {start} to {end} only"), |delegation| {
            (delegation.from, delegation.until) = (*start, *end);
            true
        })
    });
    Some(
        Finding::new(format!("{} everything, and is there, for instance on {first}.", case.words(context)))
            .about([case.giver])
            .about([case.delegation.to])
            .formula(format!("days on which {giver} is there = {there} > 0"))
            .number("days", there as f64)
            .remedy_with("Pass it on for the days of the absence only.", fix)
            .remedy("Or name the decisions, or a limit."),
    )
}

/// Whether it is known who is behind an actor.
fn is_known(context: &Context<'_>, actor: Actor) -> bool {
    let is_vacant = |id: RoleId| context.document.roles().get(id).is_some_and(|role| role.vacant);
    !context.index.people_of(actor).is_empty() || matches!(actor, Actor::Role(id) if is_vacant(id))
}
