//! Reserved decisions that are passed on.

use super::rows::{role_of, rows, with_tiers, without};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "X-10",
    title: "Reserved, but passed on",
    severity: Severity::High,
    why: "What is reserved is not to be delegated; a right that is passed on undoes that without anybody \
              having said so.",
    wrong: "“Dismiss staff” is reserved, and the shop lead decides for trainees",
    right: "the owner decides all of them",
    formula: "reserved decisions whose limits may be passed on, have a deputy, or are held by somebody who \
              reports to another decider > 0",
    source: Source::Ours(" reserved means never delegated"),
    thresholds: &[],
    remedies: &["Take the lower right away, or unreserve the decision with a reason."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context).filter(|row| row.decision.reserved) {
        let deciders = row.holders(context, Duty::Decide);
        for held in context.index.rights_with(row.subject(), Duty::Decide) {
            let above = deciders.iter().find(|other| {
                role_of(held.right.holder)
                    .zip(role_of(**other))
                    .is_some_and(|(own, other)| context.index.reports_to(own, other))
            });
            let passed_on = held.right.tiers.iter().any(|tier| tier.sub_delegation || tier.deputy.is_some());
            let (name, row_label) = (context.name(held.right.holder), row_name(context, row.subject()));
            let (message, fix) = match above {
                Some(other) => (
                    format!("{row_label} is reserved, and {name} decides it below {}.", context.name(*other)),
                    Some(without(format!("Take the right of {name} to decide {row_label} away"), [held.id])),
                ),
                None if passed_on => (
                    format!("{row_label} is reserved, and {name} may pass it on."),
                    with_tiers(context, held.id, format!("Let {name} not pass {row_label} on"), |tiers| {
                        for tier in tiers {
                            (tier.sub_delegation, tier.deputy) = (false, None);
                        }
                    }),
                ),
                None => continue,
            };
            sink.report(
                Finding::new(message)
                    .about([row.id])
                    .about([held.right.holder])
                    .formula("rights below the reserved one = 1")
                    .number("rights", 1.0)
                    .criticality(context.criticality_of(row.subject()))
                    .remedy_with("Take it away.", fix)
                    .remedy("Or unreserve the decision, with a reason."),
            );
        }
    }
}
