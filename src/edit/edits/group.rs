//! Grouping pictures, so that they are selected and moved as one.

use crate::edit::pictures::boxes_of;
use crate::edit::wording::several;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Makes one group of boxes of a view. Groups that are wholly among them stay within it; out of others they are taken,
/// but not out of those that all of them are in.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The view.
    pub view: ViewId,
    /// The boxes; what the view does not show is passed over.
    pub elements: Vec<ElementRef>,
}

impl Group {
    fn check(&self, document: &Document) -> Result<bool, String> {
        let boxes = boxes_of(document, self.view, &self.elements)?;
        if boxes.len() < 2 {
            return Err("Select two or more boxes to group them.".to_owned());
        }
        let common = groups::common(boxes.iter().map(|(_, placement)| *placement));
        let all = groups::Sizes::of(document.placements_in(self.view).map(|(_, placement)| placement));
        if !common.is_empty() && all.count(common) == boxes.len() {
            return Err("They are a group already.".to_owned());
        }
        Ok(true)
    }
}

impl EditAction for Group {
    fn label(&self, document: &Document) -> String {
        format!("Group {}", several(document, &self.elements))
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let document = transaction.document();
        let number = groups::free_number(document, self.view);
        let boxes = boxes_of(document, self.view, &self.elements).map_err(EditError::Refused)?;
        let depth = groups::common(boxes.iter().map(|(_, placement)| *placement)).len();
        let all = groups::Sizes::of(document.placements_in(self.view).map(|(_, placement)| placement));
        let held = groups::Sizes::of(boxes.iter().map(|(_, placement)| *placement));
        let path = |placement: &Placement| {
            let groups = &placement.groups;
            let is_whole = |length: usize| {
                groups.get(..=length).is_some_and(|path| all.count(path) == held.count(path))
            };
            let inner = (depth..groups.len()).filter(|length| is_whole(*length)).filter_map(|at| groups.get(at));
            groups.iter().take(depth).chain([&number]).chain(inner).copied().collect::<Vec<u32>>()
        };
        let paths: Vec<(PlacementId, Vec<u32>)> = boxes.iter().map(|(id, placement)| (*id, path(placement))).collect();
        for (id, path) in paths {
            transaction.update(id, |placement: &mut Placement| placement.groups = path)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{Ungroup, apply};
    use crate::testkit::random_edits::start;

    fn groups_of(document: &Document, view: ViewId) -> Vec<Vec<u32>> {
        document.placements_in(view).map(|(_, placement)| placement.groups.clone()).collect()
    }

    #[test]
    fn groups_nest_and_dissolve_from_the_outside() {
        let document = start();
        let view = document.views().ids().next().unwrap();
        let steps: Vec<ElementRef> = document.steps().ids().map(ElementRef::from).collect();
        let group = |document: &Document, elements: &[ElementRef]| {
            let edit = Group { view, elements: elements.to_vec() };
            apply(document, &edit.into()).map(|applied| applied.document).map_err(|error| error.to_string())
        };
        let pair = group(&document, &steps[..2]).unwrap();
        assert_eq!(groups_of(&pair, view), [vec![1], vec![1], vec![]]);
        assert_eq!(group(&pair, &steps[..2]).unwrap_err(), "They are a group already.");
        assert_eq!(group(&pair, &steps[..1]).unwrap_err(), "Select two or more boxes to group them.");
        let nested = group(&pair, &steps).unwrap();
        assert_eq!(groups_of(&nested, view), [vec![2, 1], vec![2, 1], vec![2]]);
        // One is taken out of the group that the other stays in.
        let torn = group(&pair, &steps[1..]).unwrap();
        assert_eq!(groups_of(&torn, view), [vec![1], vec![2], vec![2]]);
        let ungroup = |document: &Document| apply(document, &Ungroup { view, elements: steps.clone() }.into());
        let once = ungroup(&nested).unwrap().document;
        assert_eq!(groups_of(&once, view), [vec![1], vec![1], vec![]]);
        let twice = ungroup(&once).unwrap().document;
        assert_eq!(groups_of(&twice, view), groups_of(&document, view));
        assert_eq!(ungroup(&twice).unwrap_err().to_string(), "Select a group first.");
    }
}
