//! Another type for an element: a gateway instead of a step, a frame instead of a sticky note.

use std::collections::BTreeSet;

use crate::edit::fields::differing_fields;
use crate::edit::nest::Nest;
use crate::edit::redirect::referring_to;
use crate::edit::rules::{ElementType, as_type, flows_still_fit, message_fits, need, other_party, problems_with_new};
use crate::edit::wording::{a, named, quoted, with_kind};
use crate::edit::{EditAction, EditError, Record, Replace, Transaction, Verdict};
use crate::model::*;

/// Gives an element another type and keeps all its connections. It is refused where one of them would not be valid any
/// more, and where something would be lost that is not of the element itself: rights, and what stands inside it or on
/// its border.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeType {
    /// The element.
    pub element: ElementRef,
    /// What it is to be.
    pub to: ElementType,
}

impl ChangeType {
    fn check(&self, document: &Document) -> Result<bool, String> {
        need(document, self.element)?;
        let Some(record) = as_type(document, self.element, self.to) else {
            return Err(format!("A {} cannot become a {}.", self.element.kind().word(), self.to.word()));
        };
        if record.kind() == self.element.kind() {
            return match (Replace { element: self.element, record }).can_apply(document) {
                Verdict::No(reason) => Err(reason),
                verdict => Ok(verdict == Verdict::Yes),
            };
        }
        if Actor::try_from(self.element).is_ok() {
            return self.check_party(document, record);
        }
        self.loses_nothing(document, &record)?;
        problems_with_new(document, &record)?;
        let mut draft = Transaction::new(document);
        let node = self.exchange(&mut draft, record).map_err(|error| error.to_string())?;
        let after = draft.document();
        flows_still_fit(document, after, |other| ElementRef::from(other) == node)?;
        let mut links = after.links().iter().filter(|(_, link)| link.from == node || link.to == node);
        links.try_for_each(|(id, link)| link_fits(after, id, link))?;
        Ok(true)
    }

    /// Fails where a unit, role, body, external or system has something that it would lose, or stands where nothing of
    /// the new type can.
    fn check_party(&self, document: &Document, record: Record) -> Result<bool, String> {
        let name = || named(document, self.element);
        let (is, becomes) = (self.element.kind().word(), a(self.to.word(), false));
        let plain = ElementType::of(document, self.element)
            .and_then(|kind| Some((Record::of(document, self.element)?, kind)))
            .and_then(|(old, kind)| Some((other_party(&old, kind)?, old)));
        if let Some((plain, old)) = plain
            && let Some(field) = differing_fields(&plain, &old).first()
        {
            return Err(format!("{} has a value for “{}”; {becomes} has none. Empty it first.", name(), field.name));
        }
        let old = BTreeSet::from([self.element]);
        let mut draft = Transaction::new(document);
        let new = self.exchange_party(&mut draft, record).map_err(|error| error.to_string())?;
        let draft = draft.document();
        for element in referring_to(document, &old) {
            let count = |document: &Document, of: ElementRef| {
                let references = Record::of(document, element).map(|record| record.references()).unwrap_or_default();
                references.into_iter().filter(|other| *other == of).count()
            };
            if count(document, self.element) != count(draft, new) {
                let place = with_kind(document, element);
                return Err(format!("In {place}, {} is meant as a {is}; {becomes} cannot stand there.", name()));
            }
            let known = integrity::check_element(document, element).len();
            if let Some(problem) = integrity::check_element(draft, element).get(known..).and_then(<[_]>::first) {
                return Err(crate::edit::rules::reason(draft, problem));
            }
        }
        Ok(true)
    }

    /// Puts the new unit, role, body, external or system in the place of the old one. Its key stays.
    fn exchange_party(&self, transaction: &mut Transaction, mut record: Record) -> Result<ElementRef, EditError> {
        if let Some(key) = transaction.document().key_of(self.element).cloned() {
            record.set_key(key);
        }
        let old = BTreeSet::from([self.element]);
        let referring = referring_to(transaction.document(), &old);
        // The key is free for the new one only when the old one is gone.
        transaction.remove(self.element);
        let new = record.insert(transaction);
        for element in referring {
            let Some(mut record) = Record::of(transaction.document(), element) else { continue };
            record.redirect(&old, new);
            if let Record::Placement(placement) = &mut record {
                placement.size = None;
            }
            record.replace(transaction, element)?;
        }
        Ok(new)
    }

    /// Fails where something would be lost that is not of the element itself.
    fn loses_nothing(&self, document: &Document, record: &Record) -> Result<(), String> {
        let name = || named(document, self.element);
        let is_attached = |id| document.get::<Event>(id).is_some_and(|event| event.attached.is_some());
        let decides = document.decisions().iter().any(|(_, decision)| self.concerns(decision));
        if decides && record.kind() == ElementKind::Event {
            return Err(format!("A decision is taken at {}; an event decides nothing.", name()));
        }
        let step = match self.element {
            ElementRef::Step(id) => id,
            ElementRef::Event(id) if is_attached(id) => {
                return Err(format!("{} stands on the border of a step; take it off first.", name()));
            }
            _ => return Ok(()),
        };
        let nest = Nest::of(document);
        if !nest.inside(step).is_empty() || !nest.attached(step).is_empty() {
            return Err(format!("Something stands inside {} or on its border; take it out first.", name()));
        }
        if document.rights().iter().any(|(_, right)| right.subject == Subject::Step(step)) {
            return Err(format!("There are rights on {}; only a step has rights.", name()));
        }
        let has_artefacts =
            document.get::<Step>(step).is_some_and(|step| !step.inputs.is_empty() || !step.outputs.is_empty());
        if has_artefacts && record.kind() == ElementKind::Gateway {
            return Err(format!("{} needs or makes something; a gateway does not.", name()));
        }
        Ok(())
    }

    /// Puts the new node in the place of the old one; all that refers to that refers to it. Its key stays.
    fn exchange(&self, transaction: &mut Transaction, mut record: Record) -> Result<ElementRef, EditError> {
        let before = transaction.document().clone();
        if let Some(key) = before.key_of(self.element) {
            record.set_key(key.clone());
        }
        transaction.remove(self.element);
        let node = record.insert(transaction);
        self.lead_lines(transaction, &before, node)?;
        for (id, _) in before.placements().iter().filter(|(_, placement)| placement.element == self.element) {
            transaction.update(id, |placement: &mut Placement| {
                placement.element = node;
                placement.size = None;
                placement.label = None;
            })?;
        }
        for (id, _) in before.notes().iter().filter(|(_, note)| note.about == Some(self.element)) {
            transaction.update(id, |note: &mut Note| note.about = Some(node))?;
        }
        for (id, decision) in before.decisions().iter() {
            if self.concerns(decision) {
                transaction.update(id, |decision: &mut Decision| self.led_to(decision, node))?;
            }
        }
        Ok(node)
    }

    fn lead_lines(
        &self,
        transaction: &mut Transaction,
        before: &Document,
        node: ElementRef,
    ) -> Result<(), EditError> {
        let (Ok(old), Ok(new)) = (FlowNode::try_from(self.element), FlowNode::try_from(node)) else { return Ok(()) };
        for (id, _) in before.flows().iter().filter(|(_, flow)| flow.from == old || flow.to == old) {
            transaction.update(id, |flow: &mut Flow| {
                flow.from = if flow.from == old { new } else { flow.from };
                flow.to = if flow.to == old { new } else { flow.to };
            })?;
        }
        let element = self.element;
        for (id, _) in before.links().iter().filter(|(_, link)| link.from == element || link.to == element) {
            transaction.update(id, |link: &mut Link| {
                link.from = if link.from == element { node } else { link.from };
                link.to = if link.to == element { node } else { link.to };
            })?;
        }
        Ok(())
    }

    fn concerns(&self, decision: &Decision) -> bool {
        let in_steps = decision.steps.iter().any(|step| ElementRef::from(*step) == self.element);
        in_steps || decision.gateways.iter().any(|gateway| ElementRef::from(*gateway) == self.element)
    }

    /// A decision is taken in the new step, or chooses at the new gateway.
    fn led_to(&self, decision: &mut Decision, node: ElementRef) {
        decision.steps.retain(|step| ElementRef::from(*step) != self.element);
        decision.gateways.retain(|gateway| ElementRef::from(*gateway) != self.element);
        match node {
            ElementRef::Step(step) => decision.steps.push(step),
            ElementRef::Gateway(gateway) => decision.gateways.push(gateway),
            _ => {}
        }
    }
}

/// Fails where a link does not fit its ends, with the reason.
fn link_fits(document: &Document, id: LinkId, link: &Link) -> Result<(), String> {
    if link.kind == LinkKind::Message {
        message_fits(document, link.from, link.to)?;
    }
    match integrity::check_element(document, id.into()).first() {
        Some(problem) => Err(crate::edit::rules::reason(document, problem)),
        None => Ok(()),
    }
}

impl EditAction for ChangeType {
    fn label(&self, document: &Document) -> String {
        match document.name_of(self.element) {
            "" => format!("Change {} to {}", self.element.kind().word(), self.to.word()),
            name => format!("Change {} to {}", quoted(name), self.to.word()),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let Some(record) = as_type(transaction.document(), self.element, self.to) else {
            return Err(EditError::Missing(self.element.kind().word()));
        };
        if record.kind() == self.element.kind() {
            return record.replace(transaction, self.element);
        }
        match Actor::try_from(self.element) {
            Ok(_) => self.exchange_party(transaction, record).map(|_| ()),
            Err(_) => self.exchange(transaction, record).map(|_| ()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::edit::rules::types_for;
    use crate::testkit::random_edits::start;

    fn changed(document: &Document, element: ElementRef, to: ElementType) -> Result<Document, String> {
        let applied = apply(document, &ChangeType { element, to }.into());
        applied.map(|applied| applied.document).map_err(|error| error.to_string())
    }

    #[test]
    fn a_step_becomes_a_gateway_with_its_flows_its_place_its_key_and_its_decision() {
        let document = start();
        let view = document.views().ids().next().unwrap();
        let allow: ElementRef = document.steps().ids().nth(1).unwrap().into();
        let place = document.placement_of(view, allow).unwrap().1.center;
        let after = changed(&document, allow, ElementType::Gateway(GatewayKind::Exclusive)).unwrap();
        let gateway = after.gateways().ids().next().unwrap();
        assert_eq!((after.name_of(gateway.into()), after.key_of(gateway.into())), ("Allow", document.key_of(allow)));
        assert_eq!(after.placement_of(view, gateway.into()).unwrap().1.center, place);
        let node = FlowNode::Gateway(gateway);
        let ends: Vec<bool> = after.flows().iter().map(|(_, flow)| flow.from == node || flow.to == node).collect();
        assert_eq!(ends, [true, true]);
        let decision = after.decisions().iter().next().unwrap().1;
        assert_eq!((decision.steps.as_slice(), decision.gateways.as_slice()), (&[][..], &[gateway][..]));
        assert_eq!(after.performer_of(node), document.performer_of(FlowNode::try_from(allow).unwrap()));
    }

    #[test]
    fn only_types_that_keep_the_connections_are_offered() {
        let document = start();
        let steps: Vec<StepId> = document.steps().ids().collect();
        let offered = |document: &Document, step: StepId| types_for(document, step.into());
        let middle = offered(&document, steps[1]);
        assert!(middle.contains(&ElementType::Gateway(GatewayKind::Parallel)));
        assert!(!middle.contains(&ElementType::Event(EventKind::Intermediate)), "a decision is taken there");
        assert!(!middle.contains(&ElementType::Event(EventKind::Start)), "a flow leads to it");
        assert!(!middle.contains(&ElementType::Step(StepKind::Task)), "it is that already");
        assert!(!middle.contains(&ElementType::Gateway(GatewayKind::EventBased)), "a plain step comes after it");
        assert!(offered(&document, steps[0]).contains(&ElementType::Event(EventKind::Start)));
        assert!(offered(&document, steps[2]).contains(&ElementType::Event(EventKind::End)));
    }

    #[test]
    fn nothing_is_lost_by_it() {
        let mut document = start();
        let step = document.steps().ids().next().unwrap();
        let owner = document.roles().ids().next().unwrap();
        let gateway = ElementType::Gateway(GatewayKind::Parallel);
        let receipt = document.artefacts().ids().next().unwrap();
        document.get_mut::<Step>(step).unwrap().inputs.push(receipt);
        document.insert(Link::new(LinkKind::Input, receipt, step));
        let refused = changed(&document, step.into(), gateway).unwrap_err();
        assert_eq!(refused, "“Check” needs or makes something; a gateway does not.");
        document.insert(Right::new(Subject::Step(step), Actor::Role(owner), "R"));
        let refused = changed(&document, step.into(), gateway).unwrap_err();
        assert_eq!(refused, "There are rights on “Check”; only a step has rights.");
        let note = document.insert(Note::new("Mind"));
        let frame = changed(&document, note.into(), ElementType::Note(NoteForm::Frame)).unwrap();
        assert_eq!(frame.get::<Note>(note).unwrap().form, NoteForm::Frame);
    }

    #[test]
    fn what_was_entered_as_a_role_becomes_the_unit_that_was_meant() {
        let mut document = Document::default();
        let firm = document.insert(Unit::new("Firm"));
        let shop = document.insert(Role { unit: Some(firm), order: 3, ..Role::new("Shop") });
        let decision = document.insert(Decision::new("Hire"));
        document.insert(Right::new(Subject::Decision(decision), Actor::Role(shop), "A"));
        let view = document.insert(View::new("Firm", ViewKind::organisation(None)));
        document.insert(Placement::unplaced(view, shop.into()));
        let key = document.key_of(shop.into()).cloned();
        let after = changed(&document, shop.into(), ElementType::Unit).unwrap();
        let (unit, record) = after.units().iter().find(|(_, unit)| unit.name == "Shop").unwrap();
        assert_eq!((record.parent, record.order), (Some(firm), 3));
        assert_eq!(after.key_of(unit.into()).cloned(), key);
        assert_eq!(after.rights().iter().next().unwrap().1.holder, Actor::Unit(unit));
        assert!(after.placement_of(view, unit.into()).is_some());
        assert_eq!(after.roles().len(), 0);
        let back = changed(&after, unit.into(), ElementType::Role).unwrap();
        assert_eq!(back.roles().iter().map(|(_, role)| role.unit).collect::<Vec<_>>(), [Some(firm)]);
    }

    #[test]
    fn a_party_does_not_lose_what_only_its_kind_has() {
        let mut document = Document::default();
        let boss = document.insert(Role::new("Owner"));
        let clerk = document.insert(Role { reports_to: Some(boss), ..Role::new("Clerk") });
        let refused = changed(&document, boss.into(), ElementType::Unit).unwrap_err();
        assert_eq!(refused, "In role “Clerk”, “Owner” is meant as a role; a unit cannot stand there.");
        let refused = changed(&document, clerk.into(), ElementType::External).unwrap_err();
        assert_eq!(refused, "“Clerk” has a value for “reporting line”; an external has none. Empty it first.");
        let person = document.insert(Person::new("Ana"));
        assert!(types_for(&document, person.into()).is_empty());
    }
}
