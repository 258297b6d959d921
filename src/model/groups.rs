//! Groups of boxes in a view: what is selected and moved as one.
//!
//! A group is known by its path: the numbers of the groups around it, the outermost first, and its own. Numbers mean
//! nothing beyond their view. A group that lost all but one of its boxes is that box.

use rustc_hash::FxHashMap;

use super::document::Document;
use super::ids::ViewId;
use super::view::Placement;

/// The groups that all of some placements are in, the outermost first.
pub fn common<'a>(placements: impl IntoIterator<Item = &'a Placement>) -> &'a [u32] {
    let mut placements = placements.into_iter();
    let Some(first) = placements.next() else { return &[] };
    placements.fold(&first.groups, |common, placement| {
        let length = common.iter().zip(&placement.groups).take_while(|(a, b)| a == b).count();
        common.get(..length).unwrap_or_default()
    })
}

/// A number that no group of a view has.
pub fn free_number(document: &Document, view: ViewId) -> u32 {
    let numbers = document.placements_in(view).flat_map(|(_, placement)| placement.groups.iter().copied());
    numbers.max().map_or(1, |number| number.saturating_add(1))
}

/// How many boxes each group has, by its path.
#[derive(Debug, Default)]
pub struct Sizes<'a>(FxHashMap<&'a [u32], usize>);

impl<'a> Sizes<'a> {
    /// The groups of these placements.
    pub fn of(placements: impl IntoIterator<Item = &'a Placement>) -> Self {
        let mut sizes = Self::default();
        for placement in placements {
            for length in 1..=placement.groups.len() {
                *sizes.0.entry(placement.groups.get(..length).unwrap_or_default()).or_default() += 1;
            }
        }
        sizes
    }

    /// How many boxes a group has.
    pub fn count(&self, path: &[u32]) -> usize {
        self.0.get(path).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ElementRef, TableId as _, UnitId};

    fn placed(groups: &[u32]) -> Placement {
        let unit = ElementRef::Unit(UnitId::from_index(0));
        Placement { groups: groups.to_vec(), ..Placement::unplaced(ViewId::from_index(0), unit) }
    }

    #[test]
    fn groups_are_known_by_their_paths() {
        let all = [placed(&[1, 2]), placed(&[1, 2]), placed(&[1]), placed(&[])];
        assert_eq!(common(&all[..2]), [1, 2]);
        assert_eq!(common(&all[..3]), [1]);
        assert!(common(&all).is_empty());
        let sizes = Sizes::of(&all);
        assert_eq!([sizes.count(&[1]), sizes.count(&[1, 2]), sizes.count(&[2])], [3, 2, 0]);
    }
}
