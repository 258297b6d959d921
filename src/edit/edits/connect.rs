//! Connecting two elements.

use crate::edit::pictures::Pictures;
use crate::edit::rules::{Connection, can_connect, connection, is_line, need_view};
use crate::edit::wording::named;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Connects two elements; what that means is a [`Connection`]. May I: [`can_connect`].
#[derive(Clone, Debug, PartialEq)]
pub struct Connect {
    /// Where the connection starts: the node before, the role that reports, the unit or role that moves, the person
    /// who holds, the decision.
    pub from: ElementRef,
    /// Where it leads: the node after, the boss, the unit above, the role held, the step or gateway.
    pub to: ElementRef,
    /// The view in which it is drawn: both ends are shown there where it can show them.
    pub view: Option<ViewId>,
}

impl EditAction for Connect {
    fn label(&self, document: &Document) -> String {
        let (from, to) = (named(document, self.from), named(document, self.to));
        match connection(document, self.from, self.to) {
            Some(Connection::ReportsTo(..)) => format!("Let {from} report to {to}"),
            Some(Connection::PartOf(..) | Connection::RoleToUnit(..) | Connection::BodyToUnit(..)) => {
                format!("Move {from} to {to}")
            }
            Some(Connection::Holds(..)) => format!("Let {from} hold {to}"),
            Some(Connection::TakenInStep(..) | Connection::ChoosesAt(..)) => format!("Link {from} to {to}"),
            Some(Connection::Message(..)) => format!("Send a message from {from} to {to}"),
            Some(Connection::Needs(..)) => format!("Let {to} need {from}"),
            Some(Connection::Makes(..)) => format!("Let {from} make {to}"),
            Some(
                Connection::Flow(..) | Connection::Belongs(..) | Connection::About(..) | Connection::TakesBack(..),
            )
            | None => format!("Connect {from} to {to}"),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        if let Some(Err(reason)) = self.view.map(|view| need_view(document, view)) {
            return Verdict::No(reason);
        }
        can_connect(document, self.from, self.to)
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let Some(connection) = connection(transaction.document(), self.from, self.to) else {
            return Err(EditError::Missing("connection"));
        };
        make(transaction, connection)?;
        let Some(view) = self.view else { return Ok(()) };
        let mut pictures = Pictures::of(transaction.document(), view);
        for end in [self.from, self.to] {
            if !is_line(end) && !pictures.shows(end) && super::fits_view(transaction.document(), view, end) {
                pictures.change(transaction, end, |_| {})?;
            }
        }
        shown_on_board(transaction, view)
    }
}

/// A board that hides connections would hide the one just drawn, so from now on it draws them.
fn shown_on_board(transaction: &mut Transaction, view: ViewId) -> Result<(), EditError> {
    let hides = |view: &View| matches!(view.kind, ViewKind::Board) && !view.connections;
    if transaction.document().get(view).is_some_and(hides) {
        transaction.update(view, |view: &mut View| view.connections = true)?;
    }
    Ok(())
}

fn make(transaction: &mut Transaction, connection: Connection) -> Result<(), EditError> {
    match connection {
        Connection::Flow(from, to) => {
            let process = transaction.document().process_of(from).ok_or(EditError::Missing("process"))?;
            transaction.insert(Flow::new(process, from, to));
            Ok(())
        }
        Connection::Message(from, to) => link(transaction, Link::new(LinkKind::Message, from, to)),
        Connection::Needs(node, artefact) => link(transaction, Link::new(LinkKind::Input, artefact, node)),
        Connection::Makes(node, artefact) => link(transaction, Link::new(LinkKind::Output, node, artefact)),
        Connection::Belongs(from, to) => link(transaction, Link::new(LinkKind::Association, from, to)),
        Connection::TakesBack(event, step) => {
            let association = Link::new(LinkKind::Association, event, step);
            link(transaction, Link { directed: true, ..association })
        }
        Connection::About(note, about) => transaction.update(note, |note: &mut Note| note.about = Some(about)),
        Connection::ReportsTo(from, to) => transaction.update(from, |role: &mut Role| {
            role.reports_to = Some(to);
            role.also_reports_to.retain(|further| *further != to);
            role.dotted_to.retain(|dotted| *dotted != to);
        }),
        Connection::PartOf(from, to) => transaction.update(from, |unit: &mut Unit| unit.parent = Some(to)),
        Connection::RoleToUnit(role, unit) => transaction.update(role, |role: &mut Role| role.unit = Some(unit)),
        Connection::BodyToUnit(body, unit) => transaction.update(body, |body: &mut Body| body.unit = Some(unit)),
        Connection::Holds(person, role) => {
            transaction.update(role, |role: &mut Role| role.holders.push(Holding { person, share: None }))
        }
        Connection::TakenInStep(decision, step) => {
            transaction.update(decision, |decision: &mut Decision| decision.steps.push(step))
        }
        Connection::ChoosesAt(decision, gateway) => {
            transaction.update(decision, |decision: &mut Decision| decision.gateways.push(gateway))
        }
    }
}

fn link(transaction: &mut Transaction, link: Link) -> Result<(), EditError> {
    transaction.insert(link);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Remove, Replace, apply};
    use crate::testkit::random_edits::start;

    fn connected(document: &Document, from: impl Into<ElementRef>, to: impl Into<ElementRef>) -> (String, Document) {
        let edit = Connect { from: from.into(), to: to.into(), view: document.views().ids().next() };
        let applied = apply(document, &edit.into()).unwrap();
        (applied.label, applied.document)
    }

    #[test]
    fn a_message_to_a_party_shows_it_and_needs_no_picture_of_its_own() {
        let document = start();
        let (step, supplier) = (document.steps().ids().next().unwrap(), document.externals().ids().next().unwrap());
        let (label, after) = connected(&document, step, supplier);
        assert_eq!(label, "Send a message from “Check” to “Supplier”");
        let (id, link) = after.links().iter().next().unwrap();
        assert_eq!((link.kind, link.from, link.to), (LinkKind::Message, step.into(), supplier.into()));
        let view = after.views().ids().next().unwrap();
        assert!(after.placement_of(view, supplier.into()).is_some());
        assert!(after.placement_of(view, id.into()).is_none());
    }

    #[test]
    fn lines_to_artefacts_and_the_fields_of_the_step_say_the_same() {
        let document = start();
        let (step, receipt) = (document.steps().ids().next().unwrap(), document.artefacts().ids().next().unwrap());
        let (label, after) = connected(&document, receipt, step);
        assert_eq!(label, "Let “Check” need “Receipt”");
        assert_eq!(after.get::<Step>(step).unwrap().inputs, [receipt]);
        let (_, after) = connected(&after, step, receipt);
        assert_eq!(after.get::<Step>(step).unwrap().outputs, [receipt]);
        assert_eq!(after.links().len(), 2);
        let edit = Replace::with(&after, step, |step: &mut Step| step.inputs.clear()).unwrap();
        let after = apply(&after, &edit.into()).unwrap().document;
        assert_eq!(after.links().len(), 1);
        let line: ElementRef = after.links().ids().next().unwrap().into();
        let after = apply(&after, &Remove { elements: vec![line] }.into()).unwrap().document;
        assert_eq!(after.get::<Step>(step).unwrap().outputs, []);
        let edit = Replace::with(&after, step, |step: &mut Step| step.outputs.push(receipt)).unwrap();
        let after = apply(&after, &edit.into()).unwrap().document;
        let link = after.links().iter().next().unwrap().1;
        assert_eq!((link.kind, link.from, link.to), (LinkKind::Output, step.into(), receipt.into()));
    }

    #[test]
    fn a_note_is_about_the_first_thing_and_joined_to_the_second() {
        let mut document = start();
        let note = document.insert(Note::new("Why?"));
        let steps: Vec<StepId> = document.steps().ids().collect();
        let (_, after) = connected(&document, note, steps[0]);
        assert_eq!(after.get::<Note>(note).unwrap().about, Some(steps[0].into()));
        let (_, after) = connected(&after, steps[1], note);
        assert_eq!(after.get::<Note>(note).unwrap().about, Some(steps[0].into()));
        let link = after.links().iter().next().unwrap().1;
        assert_eq!((link.kind, link.from, link.to), (LinkKind::Association, steps[1].into(), note.into()));
    }

    #[test]
    fn a_first_line_to_a_role_takes_the_place_of_the_lines_beside() {
        let mut document = start();
        let (boss, lead) = (document.insert(Role::new("Boss")), document.insert(Role::new("Lead")));
        let lines = Role { also_reports_to: vec![boss, lead], dotted_to: vec![boss], ..Role::new("Clerk") };
        let clerk = document.insert(lines);
        let (_, after) = connected(&document, clerk, boss);
        let role = after.get::<Role>(clerk).unwrap();
        assert_eq!((role.reports_to, &role.also_reports_to), (Some(boss), &vec![lead]));
        assert!(role.dotted_to.is_empty());
    }

    #[test]
    fn what_takes_back_is_joined_to_its_event_and_not_by_a_flow() {
        let mut document = start();
        let (id, step) = document.steps().iter().next().unwrap();
        let process = step.process;
        let event = Event {
            attached: Some(id),
            trigger: EventTrigger::Compensation,
            ..Event::new(process, EventKind::Intermediate, "")
        };
        let event = document.insert(event);
        let undo = document.insert(Step { compensates: true, ..Step::new(process, "Take back") });
        let (_, after) = connected(&document, event, undo);
        let link = after.links().iter().next().unwrap().1;
        assert_eq!((link.kind, link.directed, after.flows().len()), (LinkKind::Association, true, 2));
    }
}
