//! Who decides in whose place by delegation, on a day.
//!
//! A delegation of a role counts for the role; one of a person counts for the rights that the person has by name and
//! for the roles that nobody else holds, or of which nobody else is there. What is received may be passed on again:
//! the hand-overs are followed to their end, each giver once. A delegation reaches no further than the limit that it
//! states, and never further than the giver's own limit, since a case has to fit that one first. Reserved decisions
//! are never delegated.

use super::presence::Presence;
use crate::model::*;

/// How much of what is asked for a delegation reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Nothing of it.
    Nothing,
    /// Some of it, or what is asked for is not known well enough to say.
    Part,
    /// All of it.
    All,
}

/// What is to be decided in somebody's place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Asked<'a> {
    /// All cases within a limit; all cases at all where there is none.
    Limit(Option<&'a Tier>),
    /// One case; its amount where it is known.
    Case(Option<(Amount, Quantity)>),
}

/// One hand-over from a giver to a receiver.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HandOver<'a> {
    /// Who passes it on: a role or a person.
    pub giver: Actor,
    /// The delegation.
    pub delegation: &'a Delegation,
    /// How much of what is asked for it reaches.
    pub reach: Reach,
}

/// The delegations that stand with an actor.
pub fn given_by(document: &Document, actor: Actor) -> &[Delegation] {
    match actor {
        Actor::Role(id) => document.roles().get(id).map_or(&[], |role| &role.delegations),
        Actor::Person(id) => document.people().get(id).map_or(&[], |person| &person.delegations),
        Actor::Unit(_) | Actor::External(_) | Actor::System(_) | Actor::Body(_) => &[],
    }
}

impl Asked<'_> {
    /// How much of it a delegation reaches, its days and decisions aside.
    pub fn reach_of(&self, delegation: &Delegation) -> Reach {
        let Some(limit) = delegation.limit else { return Reach::All };
        match self {
            Self::Case(Some((amount, quantity))) => {
                let fits = *quantity == limit.quantity && limit.covers(*amount);
                if fits { Reach::All } else { Reach::Nothing }
            }
            Self::Case(None) | Self::Limit(None) => Reach::Part,
            Self::Limit(Some(tier)) if limit.covers_all_of(tier) => Reach::All,
            Self::Limit(Some(tier)) if limit.quantity == tier.quantity && meets(&limit, tier) => Reach::Part,
            Self::Limit(Some(_)) => Reach::Nothing,
        }
    }
}

/// Whether some amount lies in both.
fn meets(limit: &CaseLimit, tier: &Tier) -> bool {
    let below = |above: Option<Amount>, up_to: Option<Amount>| match (above, up_to) {
        (Some(above), Some(up_to)) => above < up_to,
        (None, Some(up_to)) => up_to >= Amount::ZERO,
        _ => true,
    };
    below(limit.above, tier.up_to) && below(tier.above, limit.up_to)
}

/// The hand-overs by which what a holder may decide comes to somebody else on a day, the first one first.
///
/// Empty where nothing is passed on, and for reserved decisions.
pub fn hand_overs<'a>(
    presence: &Presence<'a>,
    decision: DecisionId,
    holder: Actor,
    day: Date,
    asked: Asked<'_>,
) -> Vec<HandOver<'a>> {
    let document = presence.document;
    let mut chain: Vec<HandOver<'a>> = Vec::new();
    if document.decisions().get(decision).is_none_or(|decision| decision.reserved) {
        return chain;
    }
    let mut now = holder;
    let mut seen = vec![holder];
    loop {
        let mut best: Option<HandOver<'a>> = None;
        for giver in givers(presence, now) {
            for delegation in given_by(document, giver) {
                let reach = asked.reach_of(delegation);
                let is_better = best.is_none_or(|best| reach > best.reach);
                let counts = delegation.is_on(day) && delegation.is_of(decision) && reach > Reach::Nothing;
                if counts && is_better && !seen.contains(&delegation.to) {
                    best = Some(HandOver { giver, delegation, reach });
                }
            }
        }
        let Some(best) = best else { break };
        now = best.delegation.to;
        seen.push(now);
        chain.push(best);
    }
    chain
}

/// By whose delegations an actor's authority is passed on: the actor itself, and for a role its only holder, or all of
/// them where nobody is there.
fn givers(presence: &Presence<'_>, actor: Actor) -> Vec<Actor> {
    let mut givers = vec![actor];
    if let Actor::Role(role) = actor
        && let Some(role) = presence.document.roles().get(role)
        && (role.holders.len() == 1 || !presence.is_there(actor))
    {
        givers.extend(role.holders.iter().map(|holding| Actor::Person(holding.person)));
    }
    givers
}

/// The last hand-over whose receiver is there, and how far the hand-overs to it reach together.
pub fn delegate<'a>(presence: &Presence<'a>, chain: &[HandOver<'a>]) -> Option<(HandOver<'a>, Reach)> {
    let place = chain.iter().rposition(|one| presence.is_there(one.delegation.to))?;
    let reach = chain.iter().take(place + 1).map(|one| one.reach).min()?;
    chain.get(place).map(|one| (*one, reach))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::refund_row;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    /// Role 0 decides up to 200 EUR; what it passes on, and the chain on 5 August.
    fn chain(change: impl FnOnce(&mut Document, &[RoleId]), asked: Asked<'_>) -> Vec<(Actor, Reach)> {
        let (mut document, decision) = refund_row(&["≤ 200 EUR", "> 200 EUR", "> 900 EUR"]);
        let roles: Vec<RoleId> = document.roles().ids().collect();
        change(&mut document, &roles);
        let presence = Presence { document: &document, on: Some(day("2026-08-05")), away: &[] };
        let found = hand_overs(&presence, decision, Actor::Role(roles[0]), day("2026-08-05"), asked);
        found.iter().map(|one| (one.delegation.to, one.reach)).collect()
    }

    fn give(document: &mut Document, from: RoleId, to: RoleId, limit: &str) {
        let tier = parse_tier(limit, Currency::EUR).unwrap();
        let given = Delegation {
            limit: CaseLimit::of(&tier).filter(|limit| limit.above.is_some() || limit.up_to.is_some()),
            ..Delegation::new(Actor::Role(to), day("2026-08-03"), day("2026-08-14"))
        };
        document.get_mut::<Role>(from).unwrap().delegations.push(given);
    }

    const EUROS: Quantity = Quantity::Money(Currency::EUR);

    #[test]
    fn a_limit_of_the_delegation_bounds_what_it_reaches() {
        let case = |amount| Asked::Case(Some((Amount::whole(amount), EUROS)));
        let to_one = |document: &mut Document, roles: &[RoleId]| give(document, roles[0], roles[1], "≤ 100 EUR");
        assert_eq!(chain(to_one, case(100)).len(), 1);
        assert_eq!(chain(to_one, case(101)).len(), 0);
        let tier = parse_tier("≤ 200 EUR", Currency::EUR).unwrap();
        assert_eq!(chain(to_one, Asked::Limit(Some(&tier)))[0].1, Reach::Part);
        assert_eq!(chain(to_one, Asked::Case(None))[0].1, Reach::Part);
        let higher = parse_tier("> 100 EUR", Currency::EUR).unwrap();
        assert_eq!(chain(to_one, Asked::Limit(Some(&higher))).len(), 0);
    }

    #[test]
    fn what_is_received_is_passed_on_and_circles_end() {
        let round = |document: &mut Document, roles: &[RoleId]| {
            give(document, roles[0], roles[1], "any EUR");
            give(document, roles[1], roles[2], "any EUR");
            give(document, roles[2], roles[0], "any EUR");
        };
        assert_eq!(chain(round, Asked::Limit(None)).len(), 2);
    }

    #[test]
    fn reserved_decisions_and_other_decisions_are_not_passed_on() {
        let reserved = |document: &mut Document, roles: &[RoleId]| {
            give(document, roles[0], roles[1], "any EUR");
            let decision = document.decisions().ids().next().unwrap();
            document.get_mut::<Decision>(decision).unwrap().reserved = true;
        };
        assert_eq!(chain(reserved, Asked::Limit(None)).len(), 0);
        let other = |document: &mut Document, roles: &[RoleId]| {
            give(document, roles[0], roles[1], "any EUR");
            let other = document.insert(Decision::new("Hire"));
            document.get_mut::<Role>(roles[0]).unwrap().delegations[0].of = vec![other];
        };
        assert_eq!(chain(other, Asked::Limit(None)).len(), 0);
    }

    #[test]
    fn a_person_passes_on_a_role_that_nobody_else_holds() {
        let held = |count: usize| {
            move |document: &mut Document, roles: &[RoleId]| {
                let people: Vec<PersonId> = (0..count).map(|_| document.insert(Person::new("Somebody"))).collect();
                let holders = people.iter().map(|person| Holding { person: *person, share: None }).collect();
                document.get_mut::<Role>(roles[0]).unwrap().holders = holders;
                let given = Delegation::new(Actor::Role(roles[1]), day("2026-08-01"), day("2026-08-31"));
                document.get_mut::<Person>(people[0]).unwrap().delegations = vec![given];
            }
        };
        assert_eq!(chain(held(1), Asked::Limit(None)).len(), 1);
        assert_eq!(chain(held(2), Asked::Limit(None)).len(), 0);
    }
}
