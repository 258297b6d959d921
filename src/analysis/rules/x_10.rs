//! Reserved decisions that are passed on.

use super::l_15::{Case, givers};
use super::rows::{Row, role_of, rows, with_tiers, without};
use super::{Meta, row_name};
use crate::analysis::figures::delegations::given_by;
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
    formula: "reserved decisions whose limits may be passed on, have a deputy, are named in a delegation, or are held by \
              somebody who reports to another decider > 0",
    source: Source::Ours(" reserved means never delegated"),
    thresholds: &[],
    remedies: &["Take the lower right away, or unreserve the decision with a reason."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context).filter(|row| row.decision.reserved) {
        report_delegations(context, &row, sink);
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

/// Delegations that name the decision: they give nothing, but somebody believes that they do.
fn report_delegations(context: &Context<'_>, row: &Row<'_>, sink: &mut Sink<'_>) {
    for giver in givers(context) {
        let named = given_by(context.document, giver).iter().enumerate().filter(|(_, one)| one.of.contains(&row.id));
        for (place, delegation) in named {
            let row_label = row_name(context, row.subject());
            let (name, receiver) = (context.name(giver), context.name(delegation.to));
            let case = Case { giver, place, delegation };
            let fix = case.fix(context, format!("Take {row_label} out of what {name} passes on"), |delegation| {
                delegation.of.retain(|id| *id != row.id);
                !delegation.of.is_empty()
            });
            sink.report(
                Finding::new(format!("{row_label} is reserved, and {name} has passed it on to {receiver}."))
                    .about([row.id])
                    .about([giver, delegation.to])
                    .formula("delegations of a reserved decision = 1")
                    .number("delegations", 1.0)
                    .criticality(context.criticality_of(row.subject()))
                    .remedy_with("Take it out of the delegation.", fix)
                    .remedy("Or unreserve the decision, with a reason."),
            );
        }
    }
}
