//! Roles with several bosses.

use super::Meta;
use crate::analysis::{Context, Finding, Fix, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "DU-10",
    title: "Two bosses",
    severity: Severity::Medium,
    why: "With two solid lines everybody waits for both, or follows the one who shouts; what they do not settle \
              is carried by the role below.",
    wrong: "The project baker reports to the head baker and to the project lead, both in solid lines",
    right: "Solid to the head baker, dotted to the project lead, and it is written down who decides what",
    formula: "roles that a role reports to in solid lines ≥ 2",
    source: Source::Literature(
        "unity of command (Krackhardt, graph theoretical dimensions of informal \
              organisations)",
    ),
    thresholds: &[],
    remedies: &["Keep one solid line, make the other one dotted.", "Write down which of them decides what."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for (count, (id, role)) in context.document.roles().iter().enumerate() {
        if context.is_cancelled(count) {
            return;
        }
        let mut bosses: Vec<RoleId> = Vec::new();
        for boss in role.reports_to.iter().chain(&role.also_reports_to) {
            if *boss != id && !bosses.contains(boss) {
                bosses.push(*boss);
            }
        }
        if bosses.len() < 2 {
            continue;
        }
        let name = context.name(id);
        let all = words::named_list(context.document, bosses.iter().copied());
        let mut finding = Finding::new(format!("{name} reports to {all} in solid lines."))
            .about([id])
            .about(bosses.iter().copied())
            .formula(format!("solid lines = {} ≥ 2", bosses.len()))
            .number("solid_lines", bosses.len() as f64);
        for boss in bosses.iter().take(2) {
            // A line down to the own reports would be a circle.
            let fix =
                (!context.index.reports_to(*boss, id)).then(|| with_one_solid(context, (id, role), *boss, &bosses));
            let text = format!("Keep the solid line to {}, and make the others dotted.", context.name(*boss));
            finding = finding.remedy_with(text, fix);
        }
        sink.report(finding.remedy(format!("Write down which of them decides what about the work of {name}.")));
    }
}

/// The change that leaves one solid line, and makes the others dotted.
fn with_one_solid(context: &Context<'_>, (id, role): (RoleId, &Role), kept: RoleId, bosses: &[RoleId]) -> Fix {
    let others: Vec<RoleId> = bosses.iter().copied().filter(|boss| *boss != kept).collect();
    let mut dotted_to: Vec<RoleId> = role.dotted_to.iter().copied().filter(|boss| *boss != kept).collect();
    dotted_to.extend(others.iter().filter(|boss| !role.dotted_to.contains(boss)));
    let label = format!(
        "Make the line of {} to {} dotted",
        context.name(id),
        words::named_list(context.document, others.iter().copied())
    );
    Fix::replace(label, id, Role { reports_to: Some(kept), also_reports_to: Vec::new(), dotted_to, ..role.clone() })
}
