//! Places of an organisation chart hold for one direction: turned, its boxes wait to be arranged, but for pinned ones.

use crate::edit::{EditError, Transaction};
use crate::model::*;

pub(super) fn run(before: &Document, transaction: &mut Transaction) -> Result<(), EditError> {
    let direction = |document: &Document, id: ViewId| match document.get::<View>(id)?.kind {
        ViewKind::Organisation { direction, .. } => Some(direction),
        _ => None,
    };
    let document = transaction.document();
    let views = document.views().changes_since(before.views()).map(|(id, _)| id);
    let is_turned = |id: &ViewId| {
        let (old, new) = (direction(before, *id), direction(document, *id));
        old.is_some() && new.is_some() && old != new
    };
    let turned: Vec<ViewId> = views.filter(is_turned).collect();
    for view in turned {
        let placements = transaction.document().placements_in(view);
        let loose = placements.filter(|(_, placement)| !placement.pinned && placement.center.is_some());
        let loose: Vec<PlacementId> = loose.map(|(id, _)| id).collect();
        for id in loose {
            transaction.update(id, |placement: &mut Placement| placement.center = None)?;
        }
    }
    Ok(())
}
