//! Who is tied to whom: by work that is handed over, by reporting, by being asked, by anything that carries word.
//!
//! Nodes are actors as the model names them. The nets are drawn from what is there, whether or not anybody said how
//! often: figures in hours and cases are those of the hand-overs.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::graph::Graph;
use crate::analysis::Index;
use crate::analysis::ways::is_set_off;
use crate::model::*;

/// Actors and the ties among them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Network {
    /// The actors, sorted: the nodes of both graphs.
    pub actors: Vec<Actor>,
    /// The ties with their directions.
    pub arrows: Graph,
    /// The ties without.
    pub ties: Graph,
}

impl Network {
    /// The net of these arrows. Actors without any are not in it, unless they are named beside.
    fn new(arrows: &BTreeSet<(Actor, Actor)>, others: impl Iterator<Item = Actor>) -> Self {
        let mut actors: Vec<Actor> = arrows.iter().flat_map(|(from, to)| [*from, *to]).chain(others).collect();
        actors.sort_unstable();
        actors.dedup();
        let places: FxHashMap<Actor, u32> =
            actors.iter().enumerate().map(|(place, actor)| (*actor, place as u32)).collect();
        let place = |actor: &Actor| places.get(actor).copied().unwrap_or(u32::MAX);
        let pairs: Vec<(u32, u32)> = arrows.iter().map(|(from, to)| (place(from), place(to))).collect();
        let arrows = Graph::directed(actors.len(), &pairs);
        Self { ties: arrows.without_directions(), arrows, actors }
    }

    /// Place of an actor among the nodes.
    pub fn place(&self, actor: Actor) -> Option<usize> {
        self.actors.binary_search(&actor).ok()
    }
}

/// The nets of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Networks {
    /// Who hands work to whom.
    pub hand_over: Network,
    /// Who reports to whom, the manager first; every role is in it.
    pub reporting: Network,
    /// Who is asked by whom before a decision, the asked one first.
    pub consult: Network,
    /// Between whom word travels: by work handed over, reporting both ways, asking and telling.
    pub information: Network,
}

impl Networks {
    /// The nets of a document.
    pub fn new(document: &Document, index: &Index<'_>) -> Self {
        let hand_over = hand_overs(document, index);
        let mut reporting = BTreeSet::new();
        for (id, role) in document.roles().iter() {
            let managers = role.reports_to.iter().chain(&role.also_reports_to).chain(&role.dotted_to);
            reporting.extend(managers.map(|manager| (Actor::Role(*manager), Actor::Role(id))));
        }
        let (mut consult, mut told) = (BTreeSet::new(), BTreeSet::new());
        for decision in document.decisions().ids() {
            let subject = Subject::Decision(decision);
            let deciders: Vec<Actor> = index.rights_with(subject, Duty::Decide).map(|held| held.right.holder).collect();
            for held in index.rights_on(subject) {
                let other = held.right.holder;
                let gives = [Duty::Consult, Duty::Agree, Duty::Prepare].iter().any(|duty| held.duties.has(*duty));
                let learns = held.duties.has(Duty::Inform) || held.duties.has(Duty::Do);
                let apart = || deciders.iter().filter(|decider| **decider != other);
                if gives {
                    consult.extend(apart().map(|decider| (other, *decider)));
                }
                if learns {
                    told.extend(apart().map(|decider| (*decider, other)));
                }
            }
        }
        let both_ways = reporting.iter().flat_map(|(a, b)| [(*a, *b), (*b, *a)]);
        let information = hand_over.iter().chain(&consult).chain(&told).copied().chain(both_ways).collect();
        let nobody = std::iter::empty;
        Self {
            reporting: Network::new(&reporting, document.roles().ids().map(Actor::Role)),
            hand_over: Network::new(&hand_over, nobody()),
            consult: Network::new(&consult, nobody()),
            information: Network::new(&information, nobody()),
        }
    }
}

/// Pairs of performers of whom the second goes on where the first has ended, gateways and events between them aside.
fn hand_overs(document: &Document, index: &Index<'_>) -> BTreeSet<(Actor, Actor)> {
    let mut pairs = BTreeSet::new();
    let mut seen = vec![u32::MAX; index.node_count()];
    for (round, step) in document.steps().ids().enumerate() {
        let Some(from) = index.performer(step).filter(|_| index.inside(step).is_empty()) else { continue };
        let mut open = next_nodes(document, index, FlowNode::Step(step), true);
        while let Some(node) = open.pop() {
            let Some(slot) = seen.get_mut(index.node(node)).filter(|slot| **slot != round as u32) else { continue };
            *slot = round as u32;
            match node {
                FlowNode::Step(next) if index.inside(next).is_empty() => {
                    let to = index.performer(next).filter(|to| *to != from);
                    pairs.extend(to.map(|to| (from, to)));
                }
                other => open.extend(next_nodes(document, index, other, false)),
            }
        }
    }
    pairs
}

/// Nodes that come next; into a sub-flow by where it begins, and out of one from its last node, or from itself where it
/// was left.
fn next_nodes(document: &Document, index: &Index<'_>, node: FlowNode, leaving: bool) -> Vec<FlowNode> {
    if let FlowNode::Step(step) = node
        && !leaving
    {
        let begins = |inner: &&FlowNode| index.flows_in(**inner).is_empty() && !is_set_off(document, **inner);
        return index.inside(step).iter().filter(begins).copied().collect();
    }
    let mut node = node;
    for _ in 0..=document.steps().len() {
        let flows = index.flows_out(node).iter().filter_map(|flow| document.flows().get(*flow));
        let next: Vec<FlowNode> = flows.map(|flow| flow.to).collect();
        match document.parent_of(node) {
            Some(around) if next.is_empty() => node = FlowNode::Step(around),
            _ => return next,
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::rules::testing::refund_row;

    #[test]
    fn hand_overs_lead_through_gateways_and_sub_flows() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Order"));
        let [clerk, baker, driver] =
            ["Clerk", "Baker", "Driver"].map(|name| Actor::Role(document.insert(Role::new(name))));
        let mut step = |performer, parent, kind| {
            FlowNode::Step(document.insert(Step {
                performer: Some(performer),
                parent,
                kind,
                ..Step::new(process, "Do")
            }))
        };
        let take = step(clerk, None, StepKind::Task);
        let around = step(clerk, None, StepKind::SubFlow);
        let FlowNode::Step(outer) = around else { panic!() };
        let bake = step(baker, Some(outer), StepKind::Task);
        let bring = step(driver, None, StepKind::Task);
        let gateway = FlowNode::Gateway(document.insert(Gateway::new(process, GatewayKind::Exclusive, "")));
        for (from, to) in [(take, gateway), (gateway, around), (gateway, bring), (around, bring)] {
            document.insert(Flow::new(process, from, to));
        }
        let networks = Networks::new(&document, &Index::new(&document));
        let net = &networks.hand_over;
        let places = [clerk, baker, driver].map(|actor| net.place(actor).unwrap() as u32);
        let _ = bake;
        assert_eq!(
            net.arrows,
            Graph::directed(3, &[(places[0], places[1]), (places[0], places[2]), (places[1], places[2])])
        );
        assert_eq!(networks.reporting.actors.len(), 3, "roles that nobody is tied to count there");
    }

    #[test]
    fn who_is_asked_comes_before_who_decides() {
        let (mut document, decision) = refund_row(&["≤ 200 EUR"]);
        let asked = document.insert(Role::new("Baker"));
        document.insert(Right::new(Subject::Decision(decision), Actor::Role(asked), "C"));
        let net = Networks::new(&document, &Index::new(&document)).consult;
        let [from, to] =
            [asked, document.roles().ids().next().unwrap()].map(|role| net.place(Actor::Role(role)).unwrap());
        assert_eq!(net.arrows.of(from), [to as u32]);
    }
}
