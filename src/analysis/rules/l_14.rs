//! Days on which a right to decide has nobody to use it.

use super::rows::{role_of, rows};
use super::{Meta, Threshold, row_name};
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
    formula: "days within the window on which a decider’s holders and deputies are all away, or no limit is in \
              force > 0; needs the present day",
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
        for held in context.index.rights_with(row.subject(), Duty::Decide) {
            let Some(day) = first_day_without(context, held.right, today, last) else { continue };
            let name = context.name(held.right.holder);
            let row_label = row_name(context, row.subject());
            sink.report(
                Finding::new(format!(
                    "On {day} nobody may decide {row_label} for {name}: {}.",
                    reason(held.right, day)
                ))
                .about([row.id])
                .about([held.right.holder])
                .formula(format!("deciders on {day} = 0, at least 1 needed"))
                .number("deciders", 0.0)
                .criticality(context.criticality_of(row.subject()))
                .remedy(format!("Let somebody decide for {name} on those days, or renew the limit.")),
            );
        }
    }
}

fn reason(right: &Right, day: Date) -> &'static str {
    if is_in_force(right, day) { "all who could are away" } else { "no limit is in force" }
}

fn is_in_force(right: &Right, day: Date) -> bool {
    right.tiers.is_empty()
        || right.tiers.iter().any(|tier| {
            tier.valid_from.is_none_or(|first| first <= day) && tier.valid_to.is_none_or(|last| last >= day)
        })
}

/// The first day from today on which nobody is there; only days on which something changes are looked at.
fn first_day_without(context: &Context<'_>, right: &Right, today: Date, last: Date) -> Option<Date> {
    let mut days = vec![today];
    let mut names = vec![right.holder];
    names.extend(right.tiers.iter().filter_map(|tier| tier.deputy));
    if let Some(role) = role_of(right.holder).and_then(|role| context.document.roles().get(role)) {
        names.extend(role.deputy);
    }
    for person in names.iter().flat_map(|actor| context.index.people_of(*actor)) {
        let away = context.document.people().get(person).map_or(&[][..], |person| &person.holidays);
        days.extend(away.iter().map(|absence| absence.from));
    }
    days.extend(right.tiers.iter().filter_map(|tier| tier.valid_to).filter_map(|day| day.tomorrow().ok()));
    days.retain(|day| *day >= today && *day <= last);
    days.sort_unstable();
    // An empty chair without anybody to stand in is the matter of X-07.
    let somebody = names.iter().any(|actor| !context.index.people_of(*actor).is_empty());
    let was_ever =
        is_in_force(right, today) || right.tiers.iter().any(|tier| tier.valid_from.is_some_and(|day| day <= last));
    days.into_iter().find(|day| {
        (was_ever
            && !is_in_force(right, *day)
            && right.tiers.iter().any(|tier| tier.valid_to.is_some_and(|end| end < *day)))
            || (somebody && names.iter().all(|actor| is_away(context, *actor, *day)))
    })
}

/// Whether everybody known behind an actor is on holiday, or its role is vacant.
fn is_away(context: &Context<'_>, actor: Actor, day: Date) -> bool {
    let people = context.index.people_of(actor);
    let away = |person: &PersonId| {
        let person = context.document.people().get(*person);
        person.is_some_and(|person| person.holidays.iter().any(|absence| absence.from <= day && day <= absence.to))
    };
    let is_vacant = role_of(actor).and_then(|role| context.document.roles().get(role)).is_some_and(|role| role.vacant);
    is_vacant && people.is_empty() || (!people.is_empty() && people.iter().all(away))
}
