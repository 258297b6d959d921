//! Who is there on a day: people who are not away, roles with one of their holders, bodies that can decide.
//!
//! Nobody is taken to be away without being known to be. Who holds a role that is not marked vacant need not be known.

use super::power::Vote;
use crate::model::*;

/// A day, and who is known to be away on it beside holidays.
#[derive(Clone, Copy, Debug)]
pub struct Presence<'a> {
    /// The document.
    pub document: &'a Document,
    /// The day; without one, holidays do not count.
    pub on: Option<Date>,
    /// People, or roles as a whole, that are away.
    pub away: &'a [Actor],
}

impl Presence<'_> {
    /// Whether a person is there.
    pub fn person_is_there(&self, person: PersonId) -> bool {
        let on_holiday = self.on.is_some_and(|day| {
            let person = self.document.people().get(person);
            person.is_some_and(|person| person.holidays.iter().any(|away| away.from <= day && day <= away.to))
        });
        !on_holiday && !self.away.contains(&Actor::Person(person))
    }

    /// Whether somebody is there for an actor: one holder of a role, enough members of a body.
    pub fn is_there(&self, actor: Actor) -> bool {
        if self.away.contains(&actor) {
            return false;
        }
        match actor {
            Actor::Person(person) => self.person_is_there(person),
            Actor::Role(role) => self.document.roles().get(role).is_some_and(|role| {
                !role.vacant
                    && (role.holders.is_empty() || role.holders.iter().any(|one| self.person_is_there(one.person)))
            }),
            Actor::Body(body) => self.document.bodies().get(body).is_some_and(|body| self.body_can_decide(body)),
            Actor::Unit(_) | Actor::External(_) | Actor::System(_) => true,
        }
    }

    fn body_can_decide(&self, body: &Body) -> bool {
        let there = |(_, member): &(usize, &Member)| match member.actor {
            // A body within a body would ask in circles.
            Actor::Body(_) => !self.away.contains(&member.actor),
            actor => self.is_there(actor),
        };
        let present: Vec<usize> = body.members.iter().enumerate().filter(there).map(|(place, _)| place).collect();
        let is_quorate = body.quorum.is_none_or(|quorum| present.len() >= quorum as usize);
        let can_win = Vote::of(body, &present).is_none_or(|vote| vote.can_win());
        is_quorate && !present.is_empty() && can_win
    }
}
