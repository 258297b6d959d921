//! Deciders for whom nobody stands in.

use super::{Meta, Threshold};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "X-08",
    title: "Nobody stands in for a decider",
    severity: Severity::Medium,
    why: "What is decided every week, or in a critical process, stops when the only one who may is away.",
    wrong: "Owner alone decides refunds, 60 a week, no deputy",
    right: "Accountant is the owner’s deputy",
    formula: "deciding roles with one holder and no deputy on decisions with frequency ≥ often a week, or in a \
              process of criticality ≥ 4 (High) > 0",
    source: Source::Ours(" everybody is away some day"),
    thresholds: &[Threshold {
        name: "per_week",
        default: 1.0,
        unit: "cases a week",
        meaning: "rarer decisions can wait",
        source: Source::Ours("a week is not long"),
    }],
    remedies: &["Name a deputy with a limit of their own."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    context.each(sink, &(), context.document.roles().ids(), check_role);
}

fn check_role(context: &Context<'_>, sink: &mut Sink<'_>, (): &(), &id: &RoleId) {
    let often = sink.threshold("per_week");
    let Some(role) = context.document.roles().get(id) else { return };
    if role.deputy.is_some() || role.holders.len() != 1 {
        return;
    }
    let mut decisions: Vec<(DecisionId, f64)> = Vec::new();
    let mut gravest = 0;
    for held in context.index.rights_of_role(id).filter(|held| held.duties.has(Duty::Decide)) {
        let Subject::Decision(decision) = held.right.subject else { continue };
        if !held.right.tiers.is_empty() && held.right.tiers.iter().all(|tier| tier.deputy.is_some()) {
            continue;
        }
        let Some(record) = context.document.decisions().get(decision).filter(|one| !one.reserved) else { continue };
        let per_week = record.frequency.map_or(0.0, Rate::per_week);
        let criticality = context.criticality_of(held.right.subject).unwrap_or(0);
        if per_week >= often || criticality >= 4 {
            decisions.push((decision, per_week));
            gravest = gravest.max(criticality);
        }
    }
    if decisions.is_empty() {
        return;
    }
    decisions.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    decisions.dedup_by_key(|(decision, _)| *decision);
    let name = context.name(id);
    let rows = words::quoted_list(context.document, decisions.iter().map(|(decision, _)| *decision));
    let severity = if gravest >= 4 { Severity::High } else { Severity::Medium };
    sink.report_as(
        severity,
        Finding::new(format!("Nobody stands in for {name}, who decides {rows}."))
            .about([id])
            .about(decisions.iter().map(|(decision, _)| *decision))
            .formula(format!("deputies = 0, decisions that wait = {}", decisions.len()))
            .number("decisions", decisions.len() as f64)
            .number("cases_per_week", decisions.iter().map(|(_, per_week)| per_week).sum())
            .remedy("Name a deputy, with a limit of their own."),
    );
}
