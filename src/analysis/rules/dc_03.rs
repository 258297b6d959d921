//! How far those who do the work have to go for a decision.

use super::Meta;
use super::flows::ours;
use crate::analysis::figures::case_shares;
use crate::analysis::figures::decentral::reporting_distance;
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "DC-03",
    title: "Long way to a decision",
    severity: Severity::Medium,
    why: "Every reporting line between the work and the decision costs a wait and a part of what was known.",
    wrong: "The fitter asks the foreman, who asks the manager, who asks the owner",
    right: "The foreman decides",
    formula: "mean over cases of the reporting lines from who performs the step (or carries it out) to who decides, weighted by \
              frequency and part of the cases, > lines",
    source: Source::Ours("distance along the reporting lines"),
    thresholds: &[ours("lines", 2.0, "lines", "above it is reported", "further than the manager’s manager")],
    remedies: &["Let a role nearer to the work decide, up to a limit."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let document = context.document;
    let (mut cases, mut lines) = (0.0, 0.0);
    let mut far: Vec<(DecisionId, f64)> = Vec::new();
    for row in super::rows::rows(context) {
        let Some(per_week) = row.decision.frequency.map(Rate::per_week) else { continue };
        let Ok(shares) = case_shares(document, &context.index, row.id) else { continue };
        let performers = performers(context, row.id, row.decision);
        if performers.is_empty() {
            continue;
        }
        let mut own = 0.0;
        let mut all = 0.0;
        for (decider, share) in shares {
            let Actor::Role(decider) = decider else { continue };
            let distances = performers.iter().filter_map(|role| reporting_distance(document, *role, decider));
            let Some(distance) = distances.map(|(distance, _)| distance).min() else { continue };
            own += share * f64::from(distance);
            all += share;
        }
        if all > 0.0 {
            cases += per_week * all;
            lines += per_week * own;
            far.push((row.id, own / all));
        }
    }
    if cases <= 0.0 || lines / cases <= sink.threshold("lines") {
        return;
    }
    far.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    far.truncate(5);
    let names = words::quoted_list(document, far.iter().map(|(id, _)| *id));
    sink.report(
        Finding::new(format!(
            "A case goes over {} reporting lines on average before it is decided; furthest go {names}.",
            words::number(lines / cases)
        ))
        .about(far.iter().map(|(id, _)| *id))
        .formula(format!(
            "Σ cases × lines ÷ Σ cases = {} ÷ {} = {}",
            words::number(lines),
            words::number(cases),
            words::number(lines / cases)
        ))
        .number("lines", lines / cases)
        .number("cases_per_week", cases)
        .remedy(format!("Let somebody nearer to the work decide {names}, up to a limit.")),
    );
}

/// Roles that perform the steps of a decision; where it has none, those who carry it out.
fn performers(context: &Context<'_>, id: DecisionId, decision: &Decision) -> Vec<RoleId> {
    let role = |actor: Actor| match actor {
        Actor::Role(role) => Some(role),
        _ => None,
    };
    let of_steps: Vec<RoleId> =
        decision.steps.iter().filter_map(|step| context.index.performer(*step)).filter_map(role).collect();
    if !of_steps.is_empty() {
        return of_steps;
    }
    context.index.rights_with(Subject::Decision(id), Duty::Do).filter_map(|held| role(held.right.holder)).collect()
}
