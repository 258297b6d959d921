//! Everything that a name typed for a node may say: name, condition, performer, and whether it is a question.

use super::{WrittenPerformer, add_node::node_of};
use crate::edit::removal::remove_all;
use crate::edit::rules::{can_rename, need, problems_with_new};
use crate::edit::wording::{named, quoted};
use crate::edit::{EditAction, EditError, Record, Transaction, Verdict};
use crate::model::*;

/// Names a node of a process and takes up what else its name said.
#[derive(Clone, Debug, PartialEq)]
pub struct NameNode {
    /// The node.
    pub node: FlowNode,
    /// Its name; none to leave it.
    pub name: Option<String>,
    /// The condition under which the flow that leads to it is taken, and how often.
    pub condition: Option<(String, Option<f64>)>,
    /// Who performs it; the place of a new role is of no meaning.
    pub performer: Option<WrittenPerformer>,
    /// The new role, where the performer is new.
    pub role: Option<Role>,
    /// Whether a step becomes the exclusive gateway that asks its name.
    pub asks: bool,
}

impl NameNode {
    fn becomes_gateway(&self) -> Option<StepId> {
        match self.node {
            FlowNode::Step(step) if self.asks => Some(step),
            _ => None,
        }
    }

    /// The flow that leads to the node, if there is exactly one.
    fn way_in(&self, document: &Document) -> Result<FlowId, String> {
        let mut ways = document.flows().iter().filter(|(_, flow)| flow.to == self.node).map(|(id, _)| id);
        let first = ways.next().ok_or_else(|| {
            format!("Nothing leads to {}; a condition belongs to the line that leads there.", self.named(document))
        })?;
        match ways.next() {
            None => Ok(first),
            Some(_) => Err(format!("Several lines lead to {}; name the one that is meant.", self.named(document))),
        }
    }

    fn named(&self, document: &Document) -> String {
        match &self.name {
            Some(name) if !name.is_empty() => quoted(name),
            _ => named(document, self.node.into()),
        }
    }

    fn check(&self, document: &Document) -> Result<bool, String> {
        need(document, self.node)?;
        let mut changes = self.asks && self.becomes_gateway().is_some();
        if let Some(name) = &self.name {
            match can_rename(document, self.node.into(), name) {
                Verdict::Yes => changes = true,
                Verdict::Ignore => {}
                Verdict::No(reason) => return Err(reason),
            }
        }
        if let Some((_, probability)) = &self.condition {
            self.way_in(document)?;
            if probability.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
                return Err("A probability lies between 0 and 1.".to_owned());
            }
            changes = true;
        }
        match (self.performer, &self.role) {
            (Some(WrittenPerformer::Known(actor)), _) => {
                need(document, actor)?;
                changes |= document.performer_of(self.node) != Some(actor);
            }
            (Some(WrittenPerformer::New(_)), Some(role)) => {
                problems_with_new(document, &role.clone().into())?;
                changes = true;
            }
            (Some(WrittenPerformer::New(_)), None) => return Err(EditError::Missing("role").to_string()),
            (None, _) => {}
        }
        if let Some(step) = self.becomes_gateway() {
            may_become_gateway(document, step)?;
        }
        Ok(changes)
    }

    fn performer(&self, transaction: &mut Transaction) -> Option<Actor> {
        match (self.performer?, &self.role) {
            (WrittenPerformer::Known(actor), _) => Some(actor),
            (WrittenPerformer::New(_), Some(role)) => {
                let orders = transaction.document().roles().iter().map(|(_, role)| role.order);
                let order = orders.max().map_or(0, |last| last.saturating_add(1));
                Some(Actor::Role(transaction.insert(Role { order, ..role.clone() })))
            }
            (WrittenPerformer::New(_), None) => None,
        }
    }
}

/// Fails where more hangs on a step than a gateway can carry.
fn may_become_gateway(document: &Document, id: StepId) -> Result<(), String> {
    let Some(step) = document.get::<Step>(id) else { return Err(EditError::Missing("step").to_string()) };
    let name = named(document, id.into());
    let holds_others = document.steps().iter().any(|(_, other)| other.parent == Some(id))
        || document.gateways().iter().any(|(_, other)| other.parent == Some(id))
        || document.events().iter().any(|(_, other)| other.parent == Some(id) || other.attached == Some(id));
    if step.kind.has_inside() || holds_others {
        return Err(format!("{name} holds other steps or events, so it cannot become a decision."));
    }
    if document.rights_on(Subject::Step(id)).next().is_some() {
        return Err(format!("Rights are given on {name}, so it cannot become a decision."));
    }
    if document.links().iter().any(|(_, link)| link.from == id.into() || link.to == id.into()) {
        return Err(format!("Messages or papers belong to {name}, so it cannot become a decision."));
    }
    Ok(())
}

impl EditAction for NameNode {
    fn label(&self, document: &Document) -> String {
        let old = named(document, self.node.into());
        match (&self.name, self.becomes_gateway()) {
            (_, Some(_)) => format!("Make {} a decision", self.named(document)),
            (Some(name), None) => format!("Rename {old} to {}", quoted(name)),
            (None, None) => format!("Change {old}"),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        if let Some((name, probability)) = &self.condition {
            let way = self.way_in(transaction.document()).map_err(EditError::Refused)?;
            transaction.update(way, |flow: &mut Flow| {
                flow.name.clone_from(name);
                flow.probability = probability.or(flow.probability);
            })?;
        }
        let performer = self.performer(transaction);
        let element: ElementRef = self.node.into();
        let Some(mut record) = Record::of(transaction.document(), element) else {
            return Err(EditError::Missing("node"));
        };
        match &mut record {
            Record::Step(step) => set(&mut step.name, &mut step.performer, self.name.as_deref(), performer),
            Record::Gateway(gate) => set(&mut gate.name, &mut gate.performer, self.name.as_deref(), performer),
            Record::Event(event) => set(&mut event.name, &mut event.performer, self.name.as_deref(), performer),
            _ => {}
        }
        match (record, self.becomes_gateway()) {
            (Record::Step(step), Some(id)) => turn(transaction, id, *step),
            (record, _) => record.replace(transaction, element),
        }
    }
}

fn set(name: &mut String, performer: &mut Option<Actor>, new: Option<&str>, actor: Option<Actor>) {
    if let Some(new) = new {
        new.clone_into(name);
    }
    *performer = actor.or(*performer);
}

/// Puts a gateway in the place of a step: in flows, pictures and decisions.
fn turn(transaction: &mut Transaction, id: StepId, step: Step) -> Result<(), EditError> {
    let gateway = Gateway::new(step.process, GatewayKind::Exclusive, step.name);
    let gateway = Gateway { description: step.description, ..gateway };
    let Some(record) = node_of(&gateway.into(), step.process, || step.parent, |_| step.performer) else {
        return Err(EditError::Missing("node"));
    };
    let ElementRef::Gateway(new) = record.insert(transaction) else { return Err(EditError::Missing("gateway")) };
    let (old_node, new_node) = (FlowNode::Step(id), FlowNode::Gateway(new));
    let document = transaction.document();
    let touches = |flow: &Flow| flow.from == old_node || flow.to == old_node;
    let flows: Vec<FlowId> = document.flows().iter().filter(|(_, flow)| touches(flow)).map(|(id, _)| id).collect();
    let shown: Vec<Placement> = document
        .placements()
        .iter()
        .filter(|(_, placement)| placement.element == id.into())
        .map(|(_, placement)| placement.clone())
        .collect();
    let taken_in = |decision: &Decision| decision.steps.contains(&id);
    let decisions: Vec<DecisionId> =
        document.decisions().iter().filter(|(_, decision)| taken_in(decision)).map(|(id, _)| id).collect();
    for flow in flows {
        transaction.update(flow, |flow: &mut Flow| {
            for end in [&mut flow.from, &mut flow.to] {
                if *end == old_node {
                    *end = new_node;
                }
            }
        })?;
    }
    for placement in shown {
        let picture = Placement { center: placement.center, ..Placement::unplaced(placement.view, new.into()) };
        transaction.insert(picture);
    }
    for decision in decisions {
        transaction.update(decision, |decision: &mut Decision| decision.gateways.push(new))?;
    }
    remove_all(transaction, &[id.into()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Insert, apply};

    fn chain() -> (Document, Vec<FlowNode>) {
        let mut document = Document::default();
        let process = document.insert(Process::new("Refund"));
        let names = ["Check", "Approve", "Pay"];
        let nodes = names.map(|name| FlowNode::Step(document.insert(Step::new(process, name))));
        for pair in nodes.windows(2) {
            document.insert(Flow::new(process, pair[0], pair[1]));
        }
        (document, nodes.to_vec())
    }

    fn name(node: FlowNode) -> NameNode {
        NameNode { node, name: None, condition: None, performer: None, role: None, asks: false }
    }

    #[test]
    fn a_question_turns_a_step_into_a_gateway_in_the_same_place_of_the_flow() {
        let (mut document, nodes) = chain();
        let view = document.insert(View::new("Board", ViewKind::Board));
        let center = Some(Point::new(40.0, 50.0));
        document.insert(Placement { center, ..Placement::unplaced(view, nodes[1].into()) });
        let edit = NameNode {
            name: Some("Approve?".to_owned()),
            role: Some(Role::new("Owner")),
            performer: Some(WrittenPerformer::New(0)),
            asks: true,
            ..name(nodes[1])
        };
        assert_eq!(edit.label(&document), "Make “Approve?” a decision");
        let after = apply(&document, &edit.into()).unwrap().document;
        let (id, gateway) = after.gateways().iter().next().unwrap();
        assert_eq!((gateway.name.as_str(), after.steps().len(), after.flows().len()), ("Approve?", 2, 2));
        assert_eq!(after.name_of(gateway.performer.unwrap().into()), "Owner");
        assert_eq!(after.placement_of(view, id.into()).unwrap().1.center, center);
        assert_eq!(integrity::check(&after), []);
    }

    #[test]
    fn a_condition_names_the_line_that_leads_to_the_node() {
        let (document, nodes) = chain();
        let edit = NameNode { condition: Some(("yes".to_owned(), Some(0.7))), ..name(nodes[2]) };
        let after = apply(&document, &edit.into()).unwrap().document;
        let (_, flow) = after.flows().iter().find(|(_, flow)| flow.to == nodes[2]).unwrap();
        assert_eq!((flow.name.as_str(), flow.probability), ("yes", Some(0.7)));
        let first = NameNode { condition: Some(("yes".to_owned(), None)), ..name(nodes[0]) };
        assert!(matches!(first.can_apply(&document), Verdict::No(_)));
    }

    #[test]
    fn a_step_with_rights_stays_a_step() {
        let (document, nodes) = chain();
        let FlowNode::Step(step) = nodes[1] else { panic!("it is a step") };
        let role = Insert::one(Role::new("Owner"));
        let document = apply(&document, &role.into()).unwrap().document;
        let owner = document.roles().ids().next().unwrap();
        let mut with_right = document.clone();
        with_right.insert(Right::new(Subject::Step(step), Actor::Role(owner), "A"));
        let edit = NameNode { asks: true, ..name(nodes[1]) };
        assert!(matches!(edit.can_apply(&with_right), Verdict::No(_)));
        assert_eq!(edit.can_apply(&document), Verdict::Yes);
        assert_eq!(name(nodes[1]).can_apply(&document), Verdict::Ignore);
    }
}
