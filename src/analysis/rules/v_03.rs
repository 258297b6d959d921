//! Roles that have a part in nearly every decision.

use super::{Meta, Threshold};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "V-03",
    title: "Has a part in everything",
    severity: Severity::Medium,
    why: "Who has a part in nearly every row is waited for by everybody.",
    wrong: "Shop lead has letters on 15 of 17 decisions",
    right: "Shop lead has letters on 9 of 17",
    formula: "rows with a letter of the role ÷ all decisions > share, with rows or more",
    source: Source::Literature("vertical analysis of a responsibility matrix"),
    thresholds: &[
        Threshold {
            name: "share",
            default: 0.8,
            unit: "of all decisions",
            meaning: "more is reported",
            source: Source::Ours("four of five"),
        },
        Threshold {
            name: "rows",
            default: 10.0,
            unit: "decisions",
            meaning: "smaller organisations are left alone",
            source: Source::Ours("below that, everybody is in everything"),
        },
    ],
    remedies: &["Ask of each row: must this role be in it? Begin with the most frequent."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let all = context.document.decisions().len();
    if (all as f64) < sink.threshold("rows") {
        return;
    }
    for role in context.document.roles().ids() {
        let mut involved: Vec<DecisionId> = context
            .index
            .rights_of_role(role)
            .filter_map(|held| match held.right.subject {
                Subject::Decision(id) => Some(id),
                Subject::Step(_) => None,
            })
            .collect();
        involved.sort_unstable();
        involved.dedup();
        let share = involved.len() as f64 / all as f64;
        if share <= sink.threshold("share") {
            continue;
        }
        let often = |id: &DecisionId| {
            context.document.decisions().get(*id).and_then(|one| one.frequency).map_or(0.0, Rate::per_week)
        };
        involved.sort_by(|a, b| often(b).total_cmp(&often(a)).then(a.cmp(b)));
        let name = context.name(role);
        let top = words::quoted_list(context.document, involved.iter().take(3).copied());
        sink.report(
            Finding::new(format!("{name} has a part in {} of {all} decisions.", involved.len()))
                .about([role])
                .formula(format!("{} ÷ {all} = {}", involved.len(), words::number(share)))
                .number("decisions", involved.len() as f64)
                .number("share", share)
                .remedy(format!("Ask of each: must {name} be in it? The most frequent are {top}.")),
        );
    }
}
