//! Roles with more to do than there are hours.

use super::{Meta, Threshold};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "V-01",
    title: "More work than hours",
    severity: Severity::Medium,
    why: "A role with more to do than hours lets things lie, and nobody has chosen which.",
    wrong: "Office clerk: steps for 46 hours a week, 30 hours there",
    right: "two office clerks",
    formula: "hours of the steps performed > hours of the role (High); else doing letters > mean + 2 σ over \
              roles and ≥ least",
    source: Source::Literature("vertical analysis of a responsibility matrix"),
    thresholds: &[Threshold {
        name: "letters",
        default: 8.0,
        unit: "doing letters",
        meaning: "fewer are left alone",
        source: Source::Ours("what one desk can keep in mind"),
    }],
    remedies: &["Give work to somebody else, split the role, add a holder."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let least = sink.threshold("letters");
    let roles: Vec<(RoleId, f64)> = context.document.roles().ids().map(|role| (role, doing(context, role))).collect();
    let counted: Vec<f64> = roles.iter().map(|(_, count)| *count).filter(|count| *count > 0.0).collect();
    let mean = counted.iter().sum::<f64>() / counted.len().max(1) as f64;
    let variance = counted.iter().map(|count| (count - mean).powi(2)).sum::<f64>() / counted.len().max(1) as f64;
    let bound = mean + 2.0 * variance.sqrt();
    context.each(sink, &[least, mean, variance, bound], roles.into_iter(), check_role);
}

/// How many rows a role carries out.
fn doing(context: &Context<'_>, role: RoleId) -> f64 {
    context.index.rights_of_role(role).filter(|held| held.duties.has(Duty::Do)).count() as f64
}

fn check_role(context: &Context<'_>, sink: &mut Sink<'_>, bounds: &[f64; 4], &(role, count): &(RoleId, f64)) {
    let [least, mean, variance, bound] = *bounds;
    let name = context.name(role);
    let steps = |element: &ElementRef| matches!(element, ElementRef::Step(_));
    let load = context.loads.of_role(role);
    let hours = load.map_or(0.0, |load| {
        load.parts.iter().filter(|(element, _)| steps(element)).map(|(_, minutes)| minutes).sum::<f64>() / 60.0
    });
    let there = context.loads.hours_of_role(role).as_ref().ok().copied().filter(|hours| *hours > 0.0);
    if let Some(there) = there.filter(|there| hours > *there) {
        sink.report_as(
            Severity::High,
            Finding::new(format!(
                "{name} has steps for {} hours a week and {} hours.",
                words::number(hours),
                words::number(there)
            ))
            .about([role])
            .formula(format!("{} > {}", words::number(hours), words::number(there)))
            .number("work_hours", hours)
            .number("capacity_hours", there)
            .remedy("Give work to somebody else, split the role, or add a holder."),
        );
    } else if count >= least && count > bound {
        sink.report(
            Finding::new(format!("{name} carries out {} rows, far more than others.", words::number(count)))
                .about([role])
                .formula(format!(
                    "{} > {} + 2 × {} = {}",
                    words::number(count),
                    words::number(mean),
                    words::number(variance.sqrt()),
                    words::number(bound)
                ))
                .number("doing_letters", count)
                .number("bound", bound)
                .remedy("Give rows to somebody else, or split the role."),
        );
    }
}
