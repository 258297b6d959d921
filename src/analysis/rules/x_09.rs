//! Units that answer for a place or product and decide little.

use super::rows::{Row, rows};
use super::{Meta, Threshold};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "X-09",
    title: "Decentralised in name",
    severity: Severity::Medium,
    why: "A unit that was made to answer for a place, product or market, and whose matters are decided \
              elsewhere, only answers.",
    wrong: "Shop North, by place; three of four of its decisions are taken in the office",
    right: "one of four is",
    formula: "decisions scoped to a unit cut by place, product, market or as a network team that are taken \
              outside of it ÷ all scoped to it ≥ share, with least or more",
    source: Source::Ours(" decide where one answers"),
    thresholds: &[
        Threshold {
            name: "share",
            default: 0.5,
            unit: "of the decisions for the unit",
            meaning: "from here on it is reported",
            source: Source::Ours("half"),
        },
        Threshold {
            name: "rows",
            default: 3.0,
            unit: "decisions",
            meaning: "units with fewer are left alone",
            source: Source::Ours("one or two say nothing"),
        },
    ],
    remedies: &["Move the rows that can be undone into the unit."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let (most, least) = (sink.threshold("share"), sink.threshold("rows"));
    let is_own = |model: ModelType| {
        matches!(model, ModelType::Geographic | ModelType::Product | ModelType::Market | ModelType::NetworkTeam)
    };
    for (id, _) in context.document.units().iter().filter(|(_, unit)| unit.model_type.is_some_and(is_own)) {
        let scoped: Vec<Row<'_>> = rows(context).filter(|row| row.decision.scope.contains(&id)).collect();
        let inside = |row: &Row<'_>| {
            row.holders(context, Duty::Decide).into_iter().any(|actor| {
                context.document.unit_of_actor(actor).is_some_and(|unit| context.document.unit_is_within(unit, id))
            })
        };
        let outside: Vec<DecisionId> = scoped
            .iter()
            .filter(|row| !row.holders(context, Duty::Decide).is_empty() && !inside(row) && !row.decision.reserved)
            .map(|row| row.id)
            .collect();
        let share = outside.len() as f64 / scoped.len().max(1) as f64;
        if (scoped.len() as f64) < least || share < most {
            continue;
        }
        let names = words::quoted_list(context.document, outside.iter().copied());
        sink.report(
            Finding::new(format!(
                "{} of {} decisions for {} are taken outside of it: {names}.",
                outside.len(),
                scoped.len(),
                context.name(id)
            ))
            .about([id])
            .about(outside.iter().copied())
            .formula(format!("{} ÷ {} = {}", outside.len(), scoped.len(), words::number(share)))
            .number("share", share)
            .number("decisions", scoped.len() as f64)
            .remedy("Move into the unit what can be undone."),
        );
    }
}
