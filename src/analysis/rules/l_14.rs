//! Days on which a right to decide has nobody to use it.

use super::rows::{role_of, rows};
use super::{Meta, Threshold, row_name};
use crate::analysis::figures::coverage::{Cover, Coverage, Span, coverage};
use crate::analysis::figures::delegations;
use crate::analysis::{Context, Finding, Severity, Sink, Source};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "L-14",
    title: "Nobody may decide on some day",
    severity: Severity::High,
    why: "On a day on which everybody who may decide is away or no longer may, the work stops or goes on \
              without a right.",
    wrong: "Accountant on holiday from 3 to 14 August, no deputy",
    right: "Accountant on holiday, Office clerk is the deputy",
    formula: "days within the window on which a decider’s holders, deputies and delegates are all away, or no limit \
              is in force > 0; needs the present day",
    source: Source::Literature("absence calendar over limits of authority"),
    thresholds: &[Threshold {
        name: "days",
        default: 90.0,
        unit: "days ahead",
        meaning: "later days are not looked at",
        source: Source::Ours("a quarter can still be planned"),
    }],
    remedies: &["Name a deputy, or delegate for those days.", "Renew the limit before it ends."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(today) = context.settings.today else { return };
    let days = sink.threshold("days").clamp(0.0, 3660.0) as i64;
    let Ok(last) = today.checked_add(jiff::Span::new().days(days)) else { return };
    for row in rows(context) {
        let covered = coverage(context.document, &context.index, row.id, today, last);
        for held in context.index.rights_with(row.subject(), Duty::Decide) {
            let own: Vec<&Coverage> = covered.iter().filter(|one| one.right == held.id).collect();
            let Some(hole) = first_hole(context, held.right, &own) else { continue };
            let (name, row_label) = (context.name(held.right.holder), row_name(context, row.subject()));
            let day = hole.from;
            let mut finding = Finding::new(format!(
                "On {day} nobody may decide {row_label} for {name}: {}.",
                reason(context, hole.by)
            ))
            .about([row.id])
            .about([held.right.holder])
            .formula(format!("deciders on {day} = 0, at least 1 needed"))
            .number("deciders", 0.0)
            .criticality(context.criticality_of(row.subject()));
            if hole.by != Cover::NotInForce && hole.until > hole.from && hole.until < last {
                finding = finding.remedy(format!("Delegate it from {day} to {}.", hole.until));
            }
            sink.report(finding.remedy(format!("Let somebody decide for {name} on those days, or renew the limit.")));
        }
    }
}

fn reason(context: &Context<'_>, by: Cover) -> String {
    match by {
        Cover::NotInForce => "no limit is in force".to_owned(),
        Cover::Partly(actor) => format!("all who could are away, and {} may decide only a part", context.name(actor)),
        _ => "all who could are away".to_owned(),
    }
}

/// The first days on which a right has nobody to use it: a limit without anybody, or no limit in force any more.
fn first_hole(context: &Context<'_>, right: &Right, own: &[&Coverage]) -> Option<Span> {
    let lapsed = || {
        let was_in_force = |one: &Coverage, day: Date| {
            one.tier
                .and_then(|place| right.tiers.get(place))
                .is_some_and(|tier| tier.valid_to.is_some_and(|end| end < day))
        };
        let ends = own.iter().flat_map(|one| one.spans.iter().filter(|span| span.by == Cover::NotInForce));
        let mut ends: Vec<&Span> = ends.collect();
        ends.sort_by_key(|span| span.from);
        ends.into_iter().copied().find(|span| {
            let none = own.iter().all(|one| one.on(span.from) == Some(Cover::NotInForce));
            none && own.iter().any(|one| was_in_force(one, span.from))
        })
    };
    let away = own.iter().filter_map(|one| one.first_hole()).min_by_key(|span| span.from);
    // An empty chair without anybody to stand in is the matter of X-07.
    let away = away.filter(|_| has_somebody(context, right));
    away.into_iter().chain(lapsed()).min_by_key(|span| span.from)
}

/// Whether anybody is known behind a right: a holder, a deputy, or somebody to whom it was passed on.
fn has_somebody(context: &Context<'_>, right: &Right) -> bool {
    let mut names = vec![right.holder];
    names.extend(right.tiers.iter().filter_map(|tier| tier.deputy));
    if let Some(role) = role_of(right.holder).and_then(|role| context.document.roles().get(role)) {
        names.extend(role.deputy);
    }
    names.extend(delegations::given_by(context.document, right.holder).iter().map(|given| given.to));
    names.iter().any(|actor| !context.index.people_of(*actor).is_empty())
}
