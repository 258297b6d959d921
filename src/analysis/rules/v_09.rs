//! Processes whose single owner has other things to do.

use super::{Meta, Threshold};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "V-09",
    title: "Single owner is not free",
    severity: Severity::Medium,
    why: "An owner whose only job it is keeps a matter moving; with other jobs beside it, it waits for a free day.",
    wrong: "“Open the webshop” has a single owner, the shop lead, who gives it half a day a week",
    right: "“Open the webshop” has a single owner who does nothing else",
    formula: "for a process marked as having a single owner: holders of the owner role ≠ 1, or their share of time < \
              share, or deciding letters elsewhere ≥ rows",
    source: Source::Literature("single-threaded owner: one person whose only job it is"),
    thresholds: &[
        Threshold {
            name: "share",
            default: 0.8,
            unit: "of the time",
            meaning: "less is reported",
            source: Source::Literature("single-threaded owner: nearly all of their time"),
        },
        Threshold {
            name: "rows",
            default: 3.0,
            unit: "decisions elsewhere",
            meaning: "from here on it is reported",
            source: Source::Ours("one or two come with any seat"),
        },
    ],
    remedies: &["Free the owner of the other work.", "Take the mark away, if it is one of many jobs."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let (share, rows) = (sink.threshold("share"), sink.threshold("rows"));
    let mut unknown: Vec<RoleId> = Vec::new();
    for (id, process) in context.document.processes().iter().filter(|(_, process)| process.single_threaded) {
        // A process without an owner is the matter of GA-04.
        let Some(owner) = process.owner else { continue };
        let Some(role) = context.document.roles().get(owner) else { continue };
        let (name, label) = (context.name(owner), context.quoted(id));
        let about = |message: String| Finding::new(message).about([id]).about([owner]).criticality(process.criticality);
        let [holding] = role.holders.as_slice() else {
            let held = words::count(role.holders.len(), "person holds", "people hold");
            if !role.holders.is_empty() {
                sink.report(
                    about(format!("{label} is to have a single owner, and {held} {name}."))
                        .formula(format!("holders of {name} = {}, exactly 1 needed", role.holders.len()))
                        .number("holders", role.holders.len() as f64)
                        .remedy("Name one of them."),
                );
            }
            continue;
        };
        let roles = context.index.roles_of_person(holding.person);
        let time = holding.share.or_else(|| (roles.len() == 1).then_some(1.0));
        let elsewhere = elsewhere(context, id, holding.person);
        if time.is_none() {
            unknown.push(owner);
        }
        let (is_short, is_torn) = (time.is_some_and(|time| time < share), elsewhere.len() as f64 >= rows);
        if !is_short && !is_torn {
            continue;
        }
        let person = context.name(holding.person);
        let mut causes = Vec::new();
        if let Some(time) = time.filter(|_| is_short) {
            causes.push(format!("gives {} of the time to {name}", words::percent(time)));
        }
        if is_torn {
            let others = words::quoted_list(context.document, elsewhere.iter().copied());
            causes.push(format!("decides {others} as well"));
        }
        let shown = time.map_or_else(|| "?".to_owned(), words::number);
        let mut finding = about(format!("{label} is to have a single owner, and {person} {}.", causes.join(" and ")))
            .formula(format!(
                "share {shown}, at least {} needed; decisions elsewhere {}, fewer than {} allowed",
                words::number(share),
                elsewhere.len(),
                words::number(rows)
            ))
            .number("decisions_elsewhere", elsewhere.len() as f64);
        if let Some(time) = time {
            finding = finding.number("share", time);
        }
        sink.report(finding.remedy(format!("Free {person} of the other work, or take the mark away.")));
    }
    sink.missing(
        "owner of a process does not say which share of the time goes to it",
        "owners of processes do not say which share of the time goes to them",
        unknown,
    );
}

/// The decisions of a person that belong to no step or gateway of a process.
fn elsewhere(context: &Context<'_>, process: ProcessId, person: PersonId) -> Vec<DecisionId> {
    let document = context.document;
    let is_inside = |decision: &Decision| {
        let step = |id: &StepId| document.steps().get(*id).is_some_and(|step| step.process == process);
        let gateway = |id: &GatewayId| document.gateways().get(*id).is_some_and(|node| node.process == process);
        decision.steps.iter().any(step) || decision.gateways.iter().any(gateway)
    };
    let mut actors: Vec<Actor> =
        context.index.roles_of_person(person).iter().map(|(role, _)| Actor::Role(*role)).collect();
    actors.push(Actor::Person(person));
    let decides = |id: &DecisionId| {
        let mut deciding = context.index.rights_with(Subject::Decision(*id), Duty::Decide);
        deciding.any(|held| actors.contains(&held.right.holder))
    };
    let outside = document.decisions().iter().filter(|(_, decision)| !is_inside(decision)).map(|(id, _)| id);
    outside.filter(decides).collect()
}
