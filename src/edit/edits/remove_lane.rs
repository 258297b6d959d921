//! Taking a lane away.

use crate::edit::lanes;
use crate::edit::rules::{need, need_view};
use crate::edit::wording::named;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Takes the lane of an actor out of a process view; the actor stays. Nodes of the process (and of others that the view
/// shows) that the actor performs become unassigned and stay to be seen in a lane of nobody; in other views of the
/// process, too. The lanes inside a pool stay, without the pool.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoveLane {
    /// The process view.
    pub view: ViewId,
    /// Whose lane.
    pub actor: Actor,
}

impl RemoveLane {
    fn check(&self, document: &Document) -> Result<bool, String> {
        let view = need_view(document, self.view)?;
        need(document, self.actor)?;
        if view.process().is_none() {
            return Err("Only process views have lanes.".to_owned());
        }
        Ok(view.lanes().iter().any(|lane| lane.actor == Some(self.actor)))
    }
}

impl EditAction for RemoveLane {
    fn label(&self, document: &Document) -> String {
        format!("Remove the lane of {}", named(document, self.actor.into()))
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let Some(view) = transaction.document().get::<View>(self.view) else { return Err(EditError::Missing("view")) };
        if !view.lanes().iter().any(|lane| lane.actor == Some(self.actor)) {
            return Ok(());
        }
        let nodes = lanes::nodes_in(transaction.document(), self.view);
        lanes::unassign(transaction, nodes, self.actor)?;
        lanes::remove_lane(transaction, self.view, self.actor)
    }
}
