//! Ways up that run in a circle or end with nobody.

use super::rows::{role_of, rows, with_tiers};
use super::{Meta, row_name};
use crate::analysis::{Context, Finding, Severity, Sink, Source, words};
use crate::model::*;

pub(super) const META: Meta = Meta {
    id: "X-12",
    title: "Going up leads nowhere",
    severity: Severity::High,
    why: "A case that is sent up has to arrive with somebody.",
    wrong: "Above 500 EUR it goes from Shop lead to Area lead, and from there back",
    right: "it goes to Owner",
    formula: "limits whose way up runs in a circle, or ends in a vacant role without a deputy > 0",
    source: Source::Ours(" every way up ends at a desk"),
    thresholds: &[],
    remedies: &["Say another role to whom it goes up."],
};

pub(super) fn check(context: &Context<'_>, sink: &mut Sink<'_>) {
    for row in rows(context) {
        let next = |role: RoleId| {
            row.letters(context, Actor::Role(role))
                .iter()
                .flat_map(|held| &held.right.tiers)
                .find_map(|tier| tier.escalates_to)
        };
        for held in context.index.rights_with(row.subject(), Duty::Decide) {
            let Some(start) = held.right.tiers.iter().find_map(|tier| tier.escalates_to) else { continue };
            let mut way: Vec<RoleId> = role_of(held.right.holder).into_iter().collect();
            let mut current = Some(start);
            let mut circle = false;
            while let Some(role) = current {
                if way.contains(&role) {
                    circle = true;
                    break;
                }
                way.push(role);
                current = next(role);
            }
            let last = way.last().copied().unwrap_or(start);
            let is_empty = context.document.roles().get(last).is_some_and(|role| role.vacant && role.deputy.is_none());
            let names = words::named_list(context.document, way.iter().copied());
            let why = if circle {
                format!("goes in a circle: {names}")
            } else if is_empty {
                format!("ends with {}, which is vacant", context.name(last))
            } else {
                continue;
            };
            let superior = role_of(held.right.holder).and_then(|role| context.document.roles().get(role)?.reports_to);
            let usable = |role: &RoleId| {
                !way.contains(role)
                    && context.document.roles().get(*role).is_some_and(|record| !record.vacant)
                    && next(*role).is_none()
            };
            let mut finding = Finding::new(format!(
                "What {} sends up on {} {why}.",
                context.name(held.right.holder),
                row_name(context, row.subject())
            ))
            .about([row.id])
            .about([held.right.holder])
            .about(way.iter().copied())
            .formula(format!("roles on the way = {}, desks at its end = 0", way.len()))
            .number("roles", way.len() as f64)
            .criticality(context.criticality_of(row.subject()));
            if let Some(superior) = superior.filter(usable) {
                let label = format!("Let it go up to {}", context.name(superior));
                let fix = with_tiers(context, held.id, label, |tiers| {
                    for tier in tiers.iter_mut().filter(|tier| tier.escalates_to.is_some()) {
                        tier.escalates_to = Some(superior);
                    }
                });
                finding = finding.remedy_with(format!("Let it go up to {}.", context.name(superior)), fix);
            }
            sink.report(finding.remedy("Say another role to whom it goes up."));
            break;
        }
    }
}
