//! Order and height of lanes.

use crate::edit::rules::{lanes_fit, need_view};
use crate::edit::wording::named;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Gives a process view these lanes from top to bottom: reordered, resized, folded, or with new ones. Pictures move
/// with their lanes. Lanes with nodes in them cannot be left out; see [`RemoveLane`](super::RemoveLane).
#[derive(Clone, Debug, PartialEq)]
pub struct SetLanes {
    /// The process view.
    pub view: ViewId,
    /// All its lanes.
    pub lanes: Vec<Lane>,
}

impl SetLanes {
    fn check(&self, document: &Document) -> Result<bool, String> {
        let view = need_view(document, self.view)?;
        let Some(process) = view.process() else { return Err("Only process views have lanes.".to_owned()) };
        lanes_fit(document, &self.lanes)?;
        let stays = |lane: &&Lane| self.lanes.iter().any(|new| new.actor == lane.actor);
        for lane in view.lanes().iter().filter(|lane| !stays(lane)) {
            let Some(actor) = lane.actor else { continue };
            let performs = |node: &FlowNode| document.performer_of(*node) == Some(actor);
            if document.nodes_of(process).iter().any(performs) {
                return Err(format!("The lane of {} is not empty.", named(document, actor.into())));
            }
        }
        Ok(view.lanes() != self.lanes)
    }

    fn is_reordering(&self, document: &Document) -> bool {
        let actors = |lanes: &[Lane]| lanes.iter().map(|lane| lane.actor).collect::<Vec<_>>();
        document.get::<View>(self.view).is_some_and(|view| actors(view.lanes()) != actors(&self.lanes))
    }
}

impl EditAction for SetLanes {
    fn label(&self, document: &Document) -> String {
        let old = document.get::<View>(self.view).map_or(&[][..], View::lanes);
        if self.lanes.len() > old.len() {
            "Add lane".to_owned()
        } else if self.lanes.len() < old.len() {
            "Remove empty lanes".to_owned()
        } else if self.is_reordering(document) {
            "Reorder lanes".to_owned()
        } else {
            "Resize lanes".to_owned()
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        crate::edit::lanes::set_lanes(transaction, self.view, self.lanes.clone())
    }
}
