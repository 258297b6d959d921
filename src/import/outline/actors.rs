//! Who is meant by the names of performers in a text: somebody who exists, or a new role.

use std::collections::{BTreeMap, BTreeSet};

use super::Answers;
use super::likely::{Choice, Meaning, meaning};
use crate::edit::WrittenPerformer;
use crate::import::headings::folded;
use crate::model::*;

/// The performers of a text, found or new.
pub struct Actors<'a> {
    document: &'a Document,
    answers: &'a Answers,
    /// Who performs something in the process already: nearer at hand than others of the same name.
    near: BTreeSet<Actor>,
    known: BTreeMap<String, WrittenPerformer>,
    /// New roles, in the order in which they were named.
    pub new: Vec<Role>,
    /// Names that could mean several.
    pub choices: Vec<Choice>,
}

impl<'a> Actors<'a> {
    /// Nobody named yet; performers of the process are near.
    pub fn new(document: &'a Document, answers: &'a Answers, process: ProcessId) -> Self {
        let nodes = document.nodes_of(process);
        let near = nodes.into_iter().filter_map(|node| document.performer_of(node)).collect();
        Self { document, answers, near, known: BTreeMap::new(), new: Vec::new(), choices: Vec::new() }
    }

    /// Who is meant by a name.
    pub fn find(&mut self, written: &str) -> WrittenPerformer {
        let key = folded(written);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let Meaning { known, choice } = meaning(written, "role", self.names().into_iter(), self.answers);
        self.choices.extend(choice);
        let performer = match known {
            Some(actor) => WrittenPerformer::Known(self.seat(actor)),
            None => {
                self.new.push(Role::new(written));
                WrittenPerformer::New(self.new.len() - 1)
            }
        };
        self.known.insert(key, performer);
        performer
    }

    /// A person who holds one role only works in that role.
    fn seat(&self, actor: Actor) -> Actor {
        let Actor::Person(person) = actor else { return actor };
        let holds = |role: &Role| role.holders.iter().any(|holding| holding.person == person);
        let mut roles = self.document.roles().iter().filter(|(_, role)| holds(role)).map(|(id, _)| id);
        match (roles.next(), roles.next()) {
            (Some(only), None) => Actor::Role(only),
            _ => actor,
        }
    }

    /// Everybody who can perform: those of the process first, then roles, parties outside, systems, bodies, people, units.
    fn names(&self) -> Vec<(Actor, String, String)> {
        let document = self.document;
        let name = |actor: Actor| document.name_of(actor.into()).to_owned();
        let place = |actor: Actor| {
            document.unit_of_actor(actor).map_or_else(String::new, |unit| document.name_of(unit.into()).to_owned())
        };
        let others = document.roles().ids().map(Actor::Role);
        let others = others.chain(document.externals().ids().map(Actor::External));
        let others = others.chain(document.systems().ids().map(Actor::System));
        let others = others.chain(document.bodies().ids().map(Actor::Body));
        let others = others.chain(document.people().ids().map(Actor::Person));
        let others = others.chain(document.units().ids().map(Actor::Unit));
        let others = others.filter(|actor| !self.near.contains(actor));
        self.near.iter().copied().chain(others).map(|actor| (actor, name(actor), place(actor))).collect()
    }
}
