//! Connecting two elements.

use crate::edit::pictures::Pictures;
use crate::edit::rules::{Connection, can_connect, connection, need_view};
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
        match connection(self.from, self.to) {
            Some(Connection::ReportsTo(..)) => format!("Let {from} report to {to}"),
            Some(Connection::PartOf(..) | Connection::RoleToUnit(..) | Connection::BodyToUnit(..)) => {
                format!("Move {from} to {to}")
            }
            Some(Connection::Holds(..)) => format!("Let {from} hold {to}"),
            Some(Connection::TakenInStep(..) | Connection::ChoosesAt(..)) => format!("Link {from} to {to}"),
            Some(Connection::Flow(..)) | None => format!("Connect {from} to {to}"),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        if let Some(Err(reason)) = self.view.map(|view| need_view(document, view)) {
            return Verdict::No(reason);
        }
        can_connect(document, self.from, self.to)
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let Some(connection) = connection(self.from, self.to) else { return Err(EditError::Missing("connection")) };
        make(transaction, connection)?;
        let Some(view) = self.view else { return Ok(()) };
        let mut pictures = Pictures::of(transaction.document(), view);
        for end in [self.from, self.to] {
            if !pictures.shows(end) && super::fits_view(transaction.document(), view, end) {
                pictures.change(transaction, end, |_| {})?;
            }
        }
        Ok(())
    }
}

fn make(transaction: &mut Transaction, connection: Connection) -> Result<(), EditError> {
    match connection {
        Connection::Flow(from, to) => {
            let process = transaction.document().process_of(from).ok_or(EditError::Missing("process"))?;
            transaction.insert(Flow::new(process, from, to));
            Ok(())
        }
        Connection::ReportsTo(from, to) => transaction.update(from, |role: &mut Role| {
            role.reports_to = Some(to);
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
