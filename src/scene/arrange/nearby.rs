//! A place for what is new, found among its neighbours: in a large view the rest is not looked at.
//!
//! The usual search runs on a part of the view: the boxes around those that the new ones are tied to. What comes out
//! counts if nothing in it reaches the edge of that part; else the whole view is looked at, as it is where what is new
//! stands by itself, and in small views.

use rustc_hash::{FxHashMap, FxHashSet};

use super::plan::is_frame;
use super::{Arrangement, Mode, arrange_part};
use crate::layout::geometry::{Point, Rect};
use crate::model::{Document, ElementRef, Flow, FlowNode, Note, Step, View, ViewId};
use crate::scene::contents::{Shown, parents_of};
use crate::scene::facts::Facts;
use crate::scene::lanes::step_around;

/// Smaller views are looked at as a whole.
const SMALL: usize = 400;
/// More new boxes at once are no matter of a neighbourhood.
const MOST_NEW: usize = 24;
/// How far around the neighbours the part reaches, in world units.
const REACH: f64 = 1_200.0;
/// How far from the edge of the part everything must stay that is placed or laid.
const MARGIN: f64 = 360.0;
/// Neighbours farther apart than this are no neighbourhood.
const WIDEST: f64 = 2_400.0;

/// Places for what is new by a look at its neighbourhood; none where that is not enough.
pub(super) fn place(facts: &Facts<'_>, view_id: ViewId, view: &View, shown: &[Shown]) -> Option<Arrangement> {
    let new: Vec<usize> = (0..shown.len()).filter(|index| shown[*index].center.is_none()).collect();
    if shown.len() < SMALL || new.is_empty() || new.len() > MOST_NEW || needs_all(facts.document, shown) {
        return None;
    }
    let surroundings = Surroundings::new(facts.document, shown);
    let neighbours = surroundings.neighbours(&new)?;
    let area = neighbours.iter().filter_map(|index| surroundings.at(*index)).reduce(|all, one| all.union(&one))?;
    if area.width().max(area.height()) > WIDEST {
        return None;
    }
    let part = surroundings.part(&new, &area.grown(REACH));
    if part.len() * 2 > shown.len() {
        return None;
    }
    let found = arrange_part(facts, view_id, view, &part, &Mode::OnlyNew);
    stays(&found, &area.grown(REACH - MARGIN)).then_some(found)
}

/// Whether boxes depend on others that may be far away: frames on all that they enclose, open calls on what is drawn in
/// them.
fn needs_all(document: &Document, shown: &[Shown]) -> bool {
    shown.iter().any(|one| match one.element {
        ElementRef::Step(id) => !one.collapsed && document.get::<Step>(id).is_some_and(|step| step.calls.is_some()),
        element => is_frame(document, element),
    })
}

/// Whether an arrangement changes nothing but places and lines in an area.
fn stays(found: &Arrangement, area: &Rect) -> bool {
    let is_inside = |point: &crate::model::Point| area.contains(Point::new(point.x, point.y));
    found.lanes.is_none()
        && found.direction.is_none()
        && found.sizes.is_empty()
        && found.centers.iter().all(|(_, center)| is_inside(center))
        && found.bends.iter().flat_map(|(_, bends)| bends).all(is_inside)
}

struct Surroundings<'a> {
    document: &'a Document,
    shown: &'a [Shown],
    index_of: FxHashMap<ElementRef, usize>,
    /// What each box hangs below, stands in or stands on, by index.
    around: Vec<Option<usize>>,
}

impl<'a> Surroundings<'a> {
    fn new(document: &'a Document, shown: &'a [Shown]) -> Self {
        let index_of: FxHashMap<ElementRef, usize> =
            shown.iter().enumerate().map(|(index, one)| (one.element, index)).collect();
        let around = |(one, above): (&Shown, Option<usize>)| match FlowNode::try_from(one.element) {
            Ok(node) => step_around(document, node).and_then(|step| index_of.get(&step.into()).copied()).or(above),
            Err(_) => above,
        };
        let around = shown.iter().zip(parents_of(document, shown)).map(around).collect();
        Self { document, shown, index_of, around }
    }

    fn at(&self, index: usize) -> Option<Rect> {
        let center = self.shown.get(index)?.center?;
        let point = Point::new(center.x, center.y);
        Some(Rect::new(point, point))
    }

    /// What stands and is tied to what is new; none where something new is tied to nothing.
    fn neighbours(&self, new: &[usize]) -> Option<FxHashSet<usize>> {
        let mut ties: Vec<(usize, usize)> = Vec::new();
        let mut tie = |one: ElementRef, other: ElementRef| {
            if let (Some(one), Some(other)) = (self.index_of.get(&one), self.index_of.get(&other)) {
                ties.push((*one, *other));
            }
        };
        self.document.flows().iter().for_each(|(_, Flow { from, to, .. })| tie((*from).into(), (*to).into()));
        self.document.links().iter().for_each(|(_, link)| tie(link.from, link.to));
        for one in new.iter().filter_map(|index| self.shown.get(*index)) {
            if let ElementRef::Note(id) = one.element
                && let Some(about) = self.document.get::<Note>(id).and_then(|note| note.about)
            {
                tie(one.element, about);
            }
        }
        ties.extend(new.iter().filter_map(|index| Some((*index, (*self.around.get(*index)?)?))));
        let new: FxHashSet<usize> = new.iter().copied().collect();
        let (mut tied, mut neighbours) = (FxHashSet::default(), FxHashSet::default());
        for (one, other) in ties.iter().flat_map(|(one, other)| [(*one, *other), (*other, *one)]) {
            if new.contains(&one) {
                tied.insert(one);
                neighbours.extend(Some(other).filter(|other| !new.contains(other)));
            }
        }
        (tied.len() == new.len()).then_some(neighbours)
    }

    /// What is new, what stands in the window, and the whole of every sub-flow, host and branch that is touched by it.
    fn part(&self, new: &[usize], window: &Rect) -> Vec<Shown> {
        let mut takes: Vec<bool> =
            (0..self.shown.len()).map(|index| self.at(index).is_some_and(|at| window.contains(at.min))).collect();
        // Of a chart the branches in which something is new, for these are arranged.
        let mut whole: FxHashSet<usize> = FxHashSet::default();
        for index in new {
            takes[*index] = true;
            whole.extend(self.around.get(*index).copied().flatten());
        }
        let is_node = |index: usize| FlowNode::try_from(self.shown[index].element).is_ok();
        loop {
            let before = takes.iter().filter(|takes| **takes).count();
            for (index, up) in self.around.iter().enumerate() {
                let Some(up) = *up else { continue };
                if whole.contains(&up) {
                    whole.insert(index);
                    (takes[index], takes[up]) = (true, true);
                } else if is_node(index) && (takes[index] || takes[up]) {
                    (takes[index], takes[up]) = (true, true);
                }
            }
            if takes.iter().filter(|takes| **takes).count() == before {
                break;
            }
        }
        self.shown.iter().zip(takes).filter(|(_, takes)| *takes).map(|(one, _)| one.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{AddNode, ApplyArrangement, Edit, Insert, apply};
    use crate::model::{Point, *};
    use crate::scene::arrange::{arrange, arrange_part};
    use crate::scene::contents::cast;
    use crate::testkit::generate;

    fn arranged(document: &Document, view: ViewId, mode: &Mode) -> Document {
        let Arrangement { centers, sizes, lanes, direction, bends, phases } = arrange(document, view, mode);
        let label = String::new();
        let edit = ApplyArrangement { view, centers, sizes, lanes, direction, bends, phases, label };
        apply(document, &edit.into()).unwrap().document
    }

    /// The document with a change, what it made, and the arrangement of what is new by its neighbours.
    fn after(document: &Document, view: ViewId, edit: Edit) -> (Document, ElementRef, Option<Arrangement>) {
        let applied = apply(document, &edit).unwrap();
        let document = applied.document;
        let shown = cast(&document, view).shown;
        let found = place(&Facts::new(&document), view, document.get::<View>(view).unwrap(), &shown);
        (document, applied.created[0], found)
    }

    #[test]
    fn a_new_step_of_a_large_flow_is_placed_beside_its_neighbours_and_next_to_nothing_moves() {
        let document = generate::process(600, 3);
        let view = document.views().ids().next().unwrap();
        let document = arranged(&document, view, &Mode::Everything);
        let (before, step) = document.steps().iter().nth(200).unwrap();
        let new = Step { performer: step.performer, ..Step::new(step.process, "Look again") };
        let edit = AddNode { view: Some(view), ..AddNode::new(step.process, new, Some(FlowNode::Step(before))) };
        let (document, step, found) = after(&document, view, edit.into());
        let found = found.unwrap();
        let center = |document: &Document, element| document.placement_of(view, element).unwrap().1.center.unwrap();
        let (_, place) = found.centers.iter().find(|(element, _)| *element == step).unwrap();
        let neighbour = center(&document, before.into());
        assert!(place.x > neighbour.x && place.x < neighbour.x + 800.0, "{place:?} behind {neighbour:?}");
        assert!(found.centers.len() < 12, "{}", found.centers.len());
        assert!(!found.bends.is_empty());
        let after = arranged(&document, view, &Mode::OnlyNew);
        let rect = |element: ElementRef| {
            let size = crate::scene::natural_size(&after, element).unwrap();
            super::super::rect_at(center(&after, element), size).grown(-1.0)
        };
        let others = after.placements_in(view).filter(|(_, placement)| placement.center.is_some());
        let mut others = others.map(|(_, placement)| placement.element).filter(|other| *other != step);
        assert!(others.all(|other| !rect(other).overlaps(&rect(step))));
    }

    #[test]
    fn a_new_role_of_a_large_chart_stands_at_its_unit_as_it_does_by_a_look_at_everything() {
        let document = generate::chart(600, 3);
        let view = document.views().ids().next().unwrap();
        let document = arranged(&document, view, &Mode::Everything);
        let unit = document.units().ids().last();
        let (document, role, found) =
            after(&document, view, Insert::one(Role { unit, order: 999, ..Role::new("Clerk") }).into());
        let found = found.unwrap();
        assert_eq!(found.centers.iter().map(|(element, _)| *element).collect::<Vec<_>>(), [role]);
        let shown = cast(&document, view).shown;
        let facts = Facts::new(&document);
        let whole = arrange_part(&facts, view, document.get::<View>(view).unwrap(), &shown, &Mode::OnlyNew);
        let distance = |at: Point| {
            let unit = document.placement_of(view, unit.unwrap().into()).unwrap().1.center.unwrap();
            (at.x - unit.x).hypot(at.y - unit.y)
        };
        assert!(distance(found.centers[0].1) < distance(whole.centers[0].1) + 200.0);
    }

    #[test]
    fn what_stands_by_itself_is_placed_by_a_look_at_everything() {
        let document = generate::chart(600, 3);
        let view = document.views().ids().next().unwrap();
        let document = arranged(&document, view, &Mode::Everything);
        let edit = Insert { records: vec![External::new("Customer").into()], show_in: vec![(view, None)] };
        assert_eq!(after(&document, view, edit.into()).2, None);
    }
}
