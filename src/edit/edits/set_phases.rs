//! Columns of a process view.

use crate::edit::lanes::set_lanes;
use crate::edit::pictures::Pictures;
use crate::edit::rules::{is_line, need_view};
use crate::edit::wording::quoted;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Gives a process view these phases: new ones, renamed, longer or shorter, or fewer of them.
///
/// Where a phase only changes its length, what stands behind it moves along. Where phases come or go, nothing moves:
/// the caller says how far those that stay reach.
#[derive(Clone, Debug, PartialEq)]
pub struct SetPhases {
    /// The process view.
    pub view: ViewId,
    /// All its phases, along the flow.
    pub phases: Vec<Phase>,
}

impl SetPhases {
    fn check(&self, document: &Document) -> Result<bool, String> {
        let view = need_view(document, self.view)?;
        if view.process().is_none() {
            return Err("Only process views have phases.".to_owned());
        }
        if !self.phases.iter().all(|phase| phase.extent.is_finite() && phase.extent >= PHASE_LEAST) {
            return Err("The phase would be too short for its name.".to_owned());
        }
        Ok(view.phases != self.phases)
    }

    /// How far each present phase moves along; nothing where phases come or go.
    fn shifts(&self, old: &[Phase]) -> Vec<f64> {
        if old.len() != self.phases.len() {
            return Vec::new();
        }
        let mut by = 0.0;
        let shift = |(old, new): (&Phase, &Phase)| {
            let own = by;
            by += new.extent - old.extent;
            own
        };
        old.iter().zip(&self.phases).map(shift).collect()
    }
}

impl EditAction for SetPhases {
    fn label(&self, document: &Document) -> String {
        let old = document.get::<View>(self.view).map_or(&[][..], |view| view.phases.as_slice());
        let renamed = old.iter().zip(&self.phases).find(|(old, new)| old.name != new.name);
        match (old.len().cmp(&self.phases.len()), renamed) {
            (std::cmp::Ordering::Less, _) => "Add phase".to_owned(),
            (std::cmp::Ordering::Greater, _) => "Remove phase".to_owned(),
            (std::cmp::Ordering::Equal, Some((_, new))) => format!("Name phase {}", quoted(&new.name)),
            (std::cmp::Ordering::Equal, None) => "Resize phase".to_owned(),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let Some(view) = transaction.document().get::<View>(self.view) else { return Err(EditError::Missing("view")) };
        let (old, direction, lanes) = (view.phases.clone(), view.direction(), view.lanes().to_vec());
        if lanes.iter().any(|lane| lane.frame.is_some()) {
            // Lanes of a drawing from elsewhere may lie anywhere; phases go through all of them.
            set_lanes(transaction, self.view, lanes)?;
        }
        let shifts = self.shifts(&old);
        let document = transaction.document();
        let mut moves: Vec<(ElementRef, Point)> = Vec::new();
        for (_, placement) in document.placements_in(self.view).filter(|(_, shown)| !is_line(shown.element)) {
            let Some(center) = placement.center else { continue };
            let phase = phase_at(&old, direction.along(center));
            let by = phase.and_then(|phase| shifts.get(phase)).copied().unwrap_or(0.0);
            if by != 0.0 {
                moves.push((placement.element, direction.moved_along(center, by)));
            }
        }
        let mut pictures = Pictures::of(transaction.document(), self.view);
        for (element, center) in moves {
            pictures.change(transaction, element, |placement| placement.center = Some(center))?;
        }
        transaction.update(self.view, |view: &mut View| view.phases.clone_from(&self.phases))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::testkit::random_edits::start;

    #[test]
    fn what_stands_behind_a_longer_phase_moves_along() {
        let mut document = start();
        let view = document.views().iter().find(|(_, view)| view.process().is_some()).unwrap().0;
        let steps: Vec<StepId> = document.steps().ids().take(2).collect();
        let old: Vec<PlacementId> = document.placements_in(view).map(|(id, _)| id).collect();
        old.into_iter().for_each(|id| drop(document.remove::<Placement>(id)));
        for (step, x) in steps.iter().zip([100.0, 400.0]) {
            let center = Some(Point::new(x, 60.0));
            document.insert(Placement { center, ..Placement::unplaced(view, (*step).into()) });
        }
        let phases = |first: f64| vec![Phase { extent: first, ..Phase::new("Ask") }, Phase::new("Answer")];
        let added = apply(&document, &SetPhases { view, phases: phases(250.0) }.into()).unwrap();
        assert_eq!(added.label, "Add phase");
        let longer = apply(&added.document, &SetPhases { view, phases: phases(300.0) }.into()).unwrap();
        assert_eq!(longer.label, "Resize phase");
        let along = |document: &Document| -> Vec<f64> {
            let place = |step: &StepId| document.placement_of(view, (*step).into()).unwrap().1.center.unwrap().x;
            steps.iter().map(place).collect()
        };
        assert_eq!((along(&added.document), along(&longer.document)), (vec![100.0, 400.0], vec![100.0, 450.0]));
        let refused = SetPhases { view, phases: phases(20.0) }.can_apply(&added.document);
        assert_eq!(refused, Verdict::No("The phase would be too short for its name.".to_owned()));
    }
}
