//! What lies above what in a picture.

use crate::edit::pictures::boxes_of;
use crate::edit::wording::several;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Brings boxes of a view before all others, or behind them; among themselves they keep their order. Frames and open
/// sub-flows stay below what stands in them.
#[derive(Clone, Debug, PartialEq)]
pub struct Restack {
    /// The view.
    pub view: ViewId,
    /// The boxes; what the view does not show is passed over.
    pub elements: Vec<ElementRef>,
    /// Whether they come before all others.
    pub to_front: bool,
}

impl Restack {
    /// The layers that the boxes would have; nothing where they lie there already.
    fn layers(&self, document: &Document) -> Result<Vec<(PlacementId, i32)>, String> {
        let mut boxes = boxes_of(document, self.view, &self.elements)?;
        boxes.sort_by_key(|(id, placement)| (placement.layer, *id));
        let (Some((_, first)), Some((_, last))) = (boxes.first(), boxes.last()) else { return Ok(Vec::new()) };
        let is_held = |id: PlacementId| boxes.iter().any(|(held, _)| *held == id);
        let others = document.placements_in(self.view).filter(|(id, _)| !is_held(*id));
        let layers = others.map(|(_, placement)| placement.layer);
        let count = i32::try_from(boxes.len()).unwrap_or(i32::MAX);
        let start = match self.to_front {
            true => layers.max().filter(|highest| *highest >= first.layer).map(|highest| highest.saturating_add(1)),
            false => layers.min().filter(|lowest| *lowest <= last.layer).map(|lowest| lowest.saturating_sub(count)),
        };
        let Some(start) = start else { return Ok(Vec::new()) };
        Ok(boxes.iter().zip(start..).map(|((id, _), layer)| (*id, layer)).collect())
    }
}

impl EditAction for Restack {
    fn label(&self, document: &Document) -> String {
        let several = several(document, &self.elements);
        match self.to_front {
            true => format!("Bring {several} to the front"),
            false => format!("Send {several} to the back"),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.layers(document).map(|layers| !layers.is_empty()).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        for (id, layer) in self.layers(transaction.document()).map_err(EditError::Refused)? {
            transaction.update(id, |placement: &mut Placement| placement.layer = layer)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::testkit::random_edits::start;

    #[test]
    fn to_the_front_and_to_the_back_and_no_step_where_it_lies_there() {
        let document = start();
        let view = document.views().ids().next().unwrap();
        let steps: Vec<ElementRef> = document.steps().ids().map(ElementRef::from).collect();
        let restack = |elements: &[ElementRef], to_front| Restack { view, elements: elements.to_vec(), to_front };
        let layers = |document: &Document| -> Vec<i32> {
            document.placements_in(view).map(|(_, placement)| placement.layer).collect()
        };
        let after = apply(&document, &restack(&steps[..2], true).into()).unwrap();
        assert_eq!((layers(&after.document), after.label.as_str()), (vec![1, 2, 0], "Bring 2 steps to the front"));
        assert_eq!(restack(&steps[..2], true).can_apply(&after.document), Verdict::Ignore);
        let back = apply(&after.document, &restack(&steps[..1], false).into()).unwrap().document;
        assert_eq!(layers(&back), [-1, 2, 0]);
    }
}
