//! Bodies over several units without a way out of a conflict.

use super::rows::rows;
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "GV-07",
    title: "No way out of a conflict",
    severity: Severity::Medium,
    why: "What two units decide together needs a way out when they want different things.",
    wrong: "Shops and bakehouse decide together, nothing says what if they differ",
    right: "the owner decides after two rounds",
    formula: "deciding bodies without a rule for conflicts on decisions whose scope or linked steps span ≥ 2 \
              units",
    source: Source::Ours(" name the path before it is needed"),
    thresholds: &[],
    remedies: &["Write down what happens when members differ."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        let performers = row.decision.steps.iter().filter_map(|step| context.index.performer(*step));
        let mut units: Vec<UnitId> = performers.filter_map(|actor| context.document.unit_of_actor(actor)).collect();
        units.extend(&row.decision.scope);
        units.sort_unstable();
        units.dedup();
        if units.len() < 2 {
            continue;
        }
        for held in context.index.rights_with(row.subject(), Duty::Decide) {
            let Actor::Body(id) = held.right.holder else { continue };
            let Some(body) = context.document.bodies().get(id) else { continue };
            if !body.conflict_rule.trim().is_empty() || held.right.tiers.iter().any(|tier| tier.escalates_to.is_some())
            {
                continue;
            }
            sink.report(
                Finding::new(format!(
                    "{} decides {} for {}, and nothing says what happens when they differ.",
                    context.name(id),
                    row_name(context, row.subject()),
                    words::named_list(context.document, units.iter().copied())
                ))
                .about([row.id])
                .about([id])
                .formula(format!("units = {}, rules for conflicts = 0", units.len()))
                .number("units", units.len() as f64)
                .remedy("Write down what happens when members differ, or to whom it goes up."),
            );
        }
    }
}
