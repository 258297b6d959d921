//! Roles that spend too much of their time approving.

use super::{Meta, Threshold};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-10",
    title: "Approving fills the desk",
    severity: Severity::High,
    why: "A desk that spends its days approving keeps everybody waiting and does nothing else.",
    wrong: "Owner: 12 of 40 hours a week go into cases above a limit",
    right: "Owner: 3 of 40 hours",
    formula: "minutes a week of the decisions with limits that the role decides ÷ its hours > share",
    source: Source::Literature("load of a role by flow analysis"),
    thresholds: &[Threshold {
        name: "share",
        default: 0.25,
        unit: "of the hours",
        meaning: "more is reported",
        source: Source::Ours("a quarter of a week"),
    }],
    remedies: &["Raise the lower limits.", "Add an approver."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let most = sink.threshold("share");
    let has_limits = |element: &ElementRef| match element {
        ElementRef::Decision(id) => {
            context.index.rights_with(Subject::Decision(*id), Duty::Decide).any(|held| !held.right.tiers.is_empty())
        }
        _ => false,
    };
    let mut gaps = Vec::new();
    for (count, role) in context.document.roles().ids().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let Some(load) = context.loads.of_role(role) else { continue };
        let parts: Vec<(ElementRef, f64)> =
            load.parts.iter().filter(|(element, _)| has_limits(element)).copied().collect();
        if parts.is_empty() {
            continue;
        }
        let hours = match context.loads.hours_of_role(role) {
            Ok(hours) if *hours > 0.0 => *hours,
            Ok(_) => continue,
            Err(missing) => {
                gaps.extend(missing.iter().copied());
                continue;
            }
        };
        let needed = parts.iter().map(|(_, minutes)| minutes).sum::<f64>() / 60.0;
        if needed / hours <= most {
            continue;
        }
        let name = context.name(role);
        sink.report(
            Finding::new(format!(
                "{name} spends {} of {} hours a week on decisions with limits ({}).",
                words::number(needed),
                words::number(hours),
                words::percent(needed / hours)
            ))
            .about([role])
            .about(parts.iter().map(|(element, _)| *element))
            .formula(format!(
                "{} ÷ {} = {}",
                words::number(needed),
                words::number(hours),
                words::number(needed / hours)
            ))
            .number("approval_hours", needed)
            .number("capacity_hours", hours)
            .number("share", needed / hours)
            .costs_hours_per_week(needed)
            .remedy("Raise the limits below, so that fewer cases come here.")
            .remedy("Let somebody else approve a part."),
        );
    }
    super::report_gaps(sink, gaps);
}
