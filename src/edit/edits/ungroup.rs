//! Dissolving groups of pictures.

use std::collections::BTreeSet;

use crate::edit::pictures::boxes_of;
use crate::edit::wording::several;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Dissolves the groups of a view that are wholly among these boxes: of groups within groups the outer one.
#[derive(Clone, Debug, PartialEq)]
pub struct Ungroup {
    /// The view.
    pub view: ViewId,
    /// The boxes; what the view does not show is passed over.
    pub elements: Vec<ElementRef>,
}

impl Ungroup {
    /// The paths of the groups that would be dissolved.
    fn whole_groups(&self, document: &Document) -> Result<BTreeSet<Vec<u32>>, String> {
        let boxes = boxes_of(document, self.view, &self.elements)?;
        let all = groups::Sizes::of(document.placements_in(self.view).map(|(_, placement)| placement));
        let held = groups::Sizes::of(boxes.iter().map(|(_, placement)| *placement));
        let outermost = |placement: &Placement| {
            let mut paths = (1..=placement.groups.len()).filter_map(|length| placement.groups.get(..length));
            paths.find(|path| all.count(path) == held.count(path)).map(<[u32]>::to_vec)
        };
        Ok(boxes.iter().filter_map(|(_, placement)| outermost(placement)).collect())
    }
}

impl EditAction for Ungroup {
    fn label(&self, document: &Document) -> String {
        format!("Ungroup {}", several(document, &self.elements))
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        match self.whole_groups(document) {
            Ok(whole) if whole.is_empty() => Verdict::No("Select a group first.".to_owned()),
            Ok(_) => Verdict::Yes,
            Err(reason) => Verdict::No(reason),
        }
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let document = transaction.document();
        let whole = self.whole_groups(document).map_err(EditError::Refused)?;
        let dissolved = |placement: &Placement| {
            let length = (1..=placement.groups.len()).find(|length| {
                placement.groups.get(..*length).is_some_and(|path| whole.contains(path))
            })?;
            let mut left = placement.groups.clone();
            left.remove(length - 1);
            Some(left)
        };
        let placed = document.placements_in(self.view);
        let left: Vec<(PlacementId, Vec<u32>)> =
            placed.filter_map(|(id, placement)| Some((id, dissolved(placement)?))).collect();
        for (id, left) in left {
            transaction.update(id, |placement: &mut Placement| placement.groups = left)?;
        }
        Ok(())
    }
}
