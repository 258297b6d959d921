//! Who uses each deciding limit on which days: its holder, a delegate, a deputy, somebody in an emergency, or nobody.
//!
//! The order is that of [`who_decides`](crate::analysis::decide::who_decides): a delegation first, then the holder, then the
//! deputy of the limit or of the role, then an emergency limit over the same amounts. Days between two changes (an
//! absence, a delegation, the first or last day of a limit) are one span, so the cost does not grow with the days.
//! Emergency limits have no rows of their own.

use super::delegations::{self, Asked, Reach};
use super::presence::Presence;
use crate::analysis::{Held, Index};
use crate::model::*;

/// Who uses a limit on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    /// Its holder.
    Holder,
    /// Somebody by a delegation.
    Delegate(Actor),
    /// A deputy, because the holder is away.
    Deputy(Actor),
    /// Somebody with a limit for emergencies, because nobody else is there.
    Emergency(Actor),
    /// Somebody by a delegation of only a part of it; nobody for the rest.
    Partly(Actor),
    /// It is not in force.
    NotInForce,
    /// Nobody.
    Nobody,
}

impl Cover {
    /// Whether some case has nobody to decide it, though the limit is in force.
    pub fn is_hole(self) -> bool {
        matches!(self, Self::Nobody | Self::Partly(_))
    }

    /// Who stands in for the holder.
    pub fn stands_in(self) -> Option<Actor> {
        match self {
            Self::Delegate(actor) | Self::Deputy(actor) | Self::Emergency(actor) | Self::Partly(actor) => Some(actor),
            Self::Holder | Self::NotInForce | Self::Nobody => None,
        }
    }
}

/// Days in a row on which the same one uses a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Date,
    /// Who.
    pub by: Cover,
}

/// A deciding limit over some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The decision.
    pub decision: DecisionId,
    /// The right.
    pub right: RightId,
    /// Its holder.
    pub holder: Actor,
    /// Place of the limit among those of the right; none for a right without limits.
    pub tier: Option<usize>,
    /// The days, without gaps between them.
    pub spans: Vec<Span>,
}

impl Coverage {
    /// The first day on which some case has nobody.
    pub fn first_hole(&self) -> Option<Span> {
        self.spans.iter().copied().find(|span| span.by.is_hole())
    }

    /// Who uses it on a day; none outside of the days.
    pub fn on(&self, day: Date) -> Option<Cover> {
        self.spans.iter().find(|span| span.from <= day && day <= span.until).map(|span| span.by)
    }
}

/// Who uses each deciding limit of a decision on the days from a first to a last one.
pub fn coverage(
    document: &Document,
    index: &Index<'_>,
    decision: DecisionId,
    first: Date,
    last: Date,
) -> Vec<Coverage> {
    let held: Vec<Held<'_>> = index.rights_with(Subject::Decision(decision), Duty::Decide).collect();
    let desk = Desk { document, decision, held: &held };
    let mut found = Vec::new();
    for one in &held {
        let tiers = one.right.tiers.iter().enumerate().filter(|(_, tier)| !tier.emergency);
        let places: Vec<Option<usize>> =
            if one.right.tiers.is_empty() { vec![None] } else { tiers.map(|(place, _)| Some(place)).collect() };
        for tier in places {
            let spans = desk.spans(one, tier.and_then(|place| one.right.tiers.get(place)), first, last);
            found.push(Coverage { decision, right: one.id, holder: one.right.holder, tier, spans });
        }
    }
    found
}

struct Desk<'a> {
    document: &'a Document,
    decision: DecisionId,
    held: &'a [Held<'a>],
}

impl Desk<'_> {
    fn spans(&self, one: &Held<'_>, tier: Option<&Tier>, first: Date, last: Date) -> Vec<Span> {
        let mut days = vec![first];
        self.changes_of(one.right.holder, &mut Vec::new(), &mut days);
        let deputies = self.held.iter().flat_map(|held| held.right.tiers.iter().filter_map(|tier| tier.deputy));
        for actor in deputies.chain(self.emergencies().map(|(actor, _)| actor)) {
            self.changes_of(actor, &mut Vec::new(), &mut days);
        }
        for tier in self.held.iter().flat_map(|held| &held.right.tiers) {
            days.extend(tier.valid_from);
            days.extend(tier.valid_to.and_then(|day| day.tomorrow().ok()));
        }
        days.retain(|day| first <= *day && *day <= last);
        days.sort_unstable();
        days.dedup();
        let mut spans: Vec<Span> = Vec::new();
        for (place, day) in days.iter().enumerate() {
            let next = days.get(place + 1).and_then(|next| next.yesterday().ok());
            let (by, until) = (self.cover(one, tier, *day), next.unwrap_or(last));
            match spans.last_mut().filter(|span| span.by == by) {
                Some(span) => span.until = until,
                None => spans.push(Span { from: *day, until, by }),
            }
        }
        spans
    }

    /// The days on which somebody's presence changes, or to whom their authority goes.
    fn changes_of(&self, actor: Actor, seen: &mut Vec<Actor>, days: &mut Vec<Date>) {
        if seen.contains(&actor) {
            return;
        }
        seen.push(actor);
        let mut others: Vec<Actor> = Vec::new();
        match actor {
            Actor::Person(person) => {
                let away = self.document.people().get(person).map_or(&[][..], |person| &person.holidays);
                days.extend(away.iter().map(|absence| absence.from));
                days.extend(away.iter().filter_map(|absence| absence.to.tomorrow().ok()));
            }
            Actor::Role(role) => {
                let role = self.document.roles().get(role);
                others.extend(role.and_then(|role| role.deputy));
                let holders = role.into_iter().flat_map(|role| &role.holders);
                others.extend(holders.map(|holding| Actor::Person(holding.person)));
            }
            Actor::Body(body) => {
                let members = self.document.bodies().get(body).into_iter().flat_map(|body| &body.members);
                others.extend(members.map(|member| member.actor));
            }
            Actor::Unit(_) | Actor::External(_) | Actor::System(_) => {}
        }
        for delegation in delegations::given_by(self.document, actor) {
            days.push(delegation.from);
            days.extend(delegation.until.tomorrow().ok());
            others.push(delegation.to);
        }
        for other in others {
            self.changes_of(other, seen, days);
        }
    }

    fn emergencies(&self) -> impl Iterator<Item = (Actor, &Tier)> {
        self.held
            .iter()
            .flat_map(|held| held.right.tiers.iter().map(move |tier| (held.right.holder, tier)))
            .filter(|(_, tier)| tier.emergency)
    }

    fn cover(&self, one: &Held<'_>, tier: Option<&Tier>, day: Date) -> Cover {
        if tier.is_some_and(|tier| !is_in_force(tier, day)) {
            return Cover::NotInForce;
        }
        let presence = Presence { document: self.document, on: Some(day), away: &[] };
        let holder = one.right.holder;
        let chain = delegations::hand_overs(&presence, self.decision, holder, day, Asked::Limit(tier));
        let given = delegations::delegate(&presence, &chain);
        if let Some((last, Reach::All)) = given {
            return Cover::Delegate(last.delegation.to);
        }
        if presence.is_there(holder) {
            return Cover::Holder;
        }
        let is_reserved = self.document.decisions().get(self.decision).is_some_and(|decision| decision.reserved);
        let of_role = || match holder {
            Actor::Role(role) => self.document.roles().get(role)?.deputy,
            _ => None,
        };
        let deputy = tier.and_then(|tier| tier.deputy).or_else(of_role).filter(|_| !is_reserved);
        if let Some(deputy) = deputy.filter(|deputy| presence.is_there(*deputy)) {
            return Cover::Deputy(deputy);
        }
        let reaches = |emergency: &Tier| match (CaseLimit::of(emergency), tier) {
            (Some(limit), Some(tier)) => limit.covers_all_of(tier),
            (Some(limit), None) => limit.above.is_none() && limit.up_to.is_none(),
            (None, _) => false,
        };
        let mut others = self.emergencies().filter(|(actor, emergency)| {
            is_in_force(emergency, day) && reaches(emergency) && presence.is_there(*actor)
        });
        match (others.next(), given) {
            (Some((actor, _)), _) => Cover::Emergency(actor),
            (None, Some((last, _))) => Cover::Partly(last.delegation.to),
            (None, None) => Cover::Nobody,
        }
    }
}

/// Whether a day is within the validity of a limit.
pub fn is_in_force(tier: &Tier, day: Date) -> bool {
    tier.valid_from.is_none_or(|first| first <= day) && tier.valid_to.is_none_or(|last| last >= day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::refund_row;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// Role 0 decides up to 200 EUR, role 1 above; Rui holds role 0 and is away from 3 to 14 August.
    fn firm() -> (Document, DecisionId, [RoleId; 2]) {
        let (mut document, decision) = refund_row(&["≤ 200 EUR", "> 200 EUR"]);
        let roles: Vec<RoleId> = document.roles().ids().collect();
        let holidays = vec![Absence { from: day("2026-08-03"), to: day("2026-08-14") }];
        let rui = document.insert(Person { holidays, ..Person::new("Rui") });
        document.get_mut::<Role>(roles[0]).unwrap().holders = vec![Holding { person: rui, share: None }];
        (document, decision, [roles[0], roles[1]])
    }

    fn of_first(document: &Document, decision: DecisionId) -> Vec<(String, String, Cover)> {
        let index = Index::new(document);
        let rows = coverage(document, &index, decision, day("2026-08-01"), day("2026-08-31"));
        assert_eq!(rows.len(), 2);
        rows[0].spans.iter().map(|span| (span.from.to_string(), span.until.to_string(), span.by)).collect()
    }

    fn span(from: &str, until: &str, by: Cover) -> (String, String, Cover) {
        (format!("2026-08-{from}"), format!("2026-08-{until}"), by)
    }

    #[test]
    fn a_holiday_is_a_hole_until_somebody_stands_in() {
        let (mut document, decision, [clerk, owner]) = firm();
        let hole = [span("01", "02", Cover::Holder), span("03", "14", Cover::Nobody), span("15", "31", Cover::Holder)];
        assert_eq!(of_first(&document, decision), hole);
        let given = Delegation::new(Actor::Role(owner), day("2026-08-03"), day("2026-08-10"));
        document.get_mut::<Role>(clerk).unwrap().delegations = vec![given];
        let spans = of_first(&document, decision);
        assert_eq!(spans[1], span("03", "10", Cover::Delegate(Actor::Role(owner))));
        assert_eq!(spans[2], span("11", "14", Cover::Nobody));
        document.get_mut::<Role>(clerk).unwrap().deputy = Some(Actor::Role(owner));
        assert_eq!(of_first(&document, decision)[2], span("11", "14", Cover::Deputy(Actor::Role(owner))));
    }

    #[test]
    fn a_delegation_of_less_than_the_limit_leaves_a_part_open() {
        let (mut document, decision, [clerk, owner]) = firm();
        let limit = CaseLimit::of(&parse_tier("≤ 100 EUR", Currency::EUR).unwrap());
        let given = Delegation { limit, ..Delegation::new(Actor::Role(owner), day("2026-08-01"), day("2026-08-31")) };
        document.get_mut::<Role>(clerk).unwrap().delegations = vec![given];
        let spans = of_first(&document, decision);
        assert_eq!(spans[0].2, Cover::Holder, "the holder is there for the rest");
        assert_eq!(spans[1], span("03", "14", Cover::Partly(Actor::Role(owner))));
        assert!(spans[1].2.is_hole());
    }

    #[test]
    fn limits_that_end_and_emergencies_are_seen() {
        let (mut document, decision, [clerk, _]) = firm();
        let right = document.rights().iter().find(|(_, right)| right.holder == Actor::Role(clerk)).unwrap().0;
        document.get_mut::<Right>(right).unwrap().tiers[0].valid_to = Some(day("2026-08-20"));
        assert_eq!(of_first(&document, decision)[3], span("21", "31", Cover::NotInForce));
        let guard = document.insert(Role::new("Guard"));
        let tier = Tier { emergency: true, ..Tier::unbounded(Quantity::Money(Currency::EUR)) };
        let right = Right::new(Subject::Decision(decision), Actor::Role(guard), "A");
        document.insert(Right { tiers: vec![tier], ..right });
        assert_eq!(of_first(&document, decision)[1], span("03", "14", Cover::Emergency(Actor::Role(guard))));
    }
}
