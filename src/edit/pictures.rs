//! Finding and changing the placements of one view, with one pass over the table however many are asked for.

use rustc_hash::{FxHashMap, FxHashSet};

use super::rules::{is_line, need, need_view};
use super::wording::named;
use super::{EditError, Transaction};
use crate::model::*;

/// The boxes of elements in a view, in the order of the elements; what the view does not show is passed over.
pub(super) fn boxes_of<'a>(
    document: &'a Document,
    view: ViewId,
    elements: &[ElementRef],
) -> Result<Vec<(PlacementId, &'a Placement)>, String> {
    need_view(document, view)?;
    let pictures = Pictures::of(document, view);
    let mut found: Vec<(PlacementId, &Placement)> = Vec::with_capacity(elements.len());
    let mut seen: FxHashSet<ElementRef> = FxHashSet::default();
    for element in elements {
        need(document, *element)?;
        if !is_line(*element)
            && seen.insert(*element)
            && let Some(id) = pictures.get(*element)
            && let Some(placement) = document.get::<Placement>(id)
        {
            found.push((id, placement));
        }
    }
    Ok(found)
}

/// Fails where one of these boxes is locked.
pub(super) fn none_locked(
    document: &Document,
    pictures: &Pictures,
    elements: impl IntoIterator<Item = ElementRef>,
) -> Result<(), String> {
    let is_locked = |element: &ElementRef| {
        pictures.get(*element).and_then(|id| document.get::<Placement>(id)).is_some_and(|placement| placement.locked)
    };
    match elements.into_iter().find(is_locked) {
        Some(element) => Err(format!("{} is locked; unlock it to move it.", named(document, element))),
        None => Ok(()),
    }
}

/// The placements of a view by what they show.
pub(super) struct Pictures {
    view: ViewId,
    by_element: FxHashMap<ElementRef, PlacementId>,
}

impl Pictures {
    /// Those of this view.
    pub(super) fn of(document: &Document, view: ViewId) -> Self {
        let by_element = document.placements_in(view).map(|(id, placement)| (placement.element, id)).collect();
        Self { view, by_element }
    }

    /// The placement that shows an element.
    pub(super) fn get(&self, element: ElementRef) -> Option<PlacementId> {
        self.by_element.get(&element).copied()
    }

    /// Whether the element is shown.
    pub(super) fn shows(&self, element: ElementRef) -> bool {
        self.by_element.contains_key(&element)
    }

    /// The nodes of processes that are shown, in order, with their placement and centre where they have one.
    pub(super) fn nodes(&self, document: &Document) -> Vec<(FlowNode, Option<(PlacementId, Point)>)> {
        let centered = |id: PlacementId| document.get::<Placement>(id)?.center.map(|center| (id, center));
        let node = |(element, id): (&ElementRef, &PlacementId)| {
            FlowNode::try_from(*element).ok().map(|node| (node, centered(*id)))
        };
        let mut nodes: Vec<_> = self.by_element.iter().filter_map(node).collect();
        nodes.sort_unstable_by_key(|(node, _)| *node);
        nodes
    }

    /// Changes the placement of an element; makes one where there is none.
    pub(super) fn change(
        &mut self,
        transaction: &mut Transaction,
        element: ElementRef,
        change: impl FnOnce(&mut Placement),
    ) -> Result<(), EditError> {
        if let Some(id) = self.get(element) {
            return transaction.update(id, change);
        }
        let mut placement = Placement::unplaced(self.view, element);
        change(&mut placement);
        let id = transaction.insert(placement);
        self.by_element.insert(element, id);
        Ok(())
    }
}
