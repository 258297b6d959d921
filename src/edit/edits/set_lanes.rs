//! Order and height of lanes.

use crate::edit::lanes::{nesting_fits, nodes_in};
use crate::edit::rules::{lanes_fit, need_view};
use crate::edit::wording::named;
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Gives a process view these lanes from top to bottom: reordered (see [`moved_lane`](crate::edit::moved_lane)),
/// resized, folded, or with new ones. Pictures move with their lanes. Lanes that a foreign drawing has placed freely are
/// stacked from now on. Lanes with nodes in them cannot be left out; see [`RemoveLane`](super::RemoveLane).
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
        if view.process().is_none() {
            return Err("Only process views have lanes.".to_owned());
        }
        lanes_fit(document, &self.lanes)?;
        nesting_fits(view.lanes(), &self.lanes)?;
        let stays = |lane: &&Lane| self.lanes.iter().any(|new| new.actor == lane.actor);
        for lane in view.lanes().iter().filter(|lane| !stays(lane)) {
            let Some(actor) = lane.actor else { continue };
            let performs = |node: &FlowNode| document.performer_of(*node) == Some(actor);
            if nodes_in(document, self.view).iter().any(performs) {
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
            let folds = |(old, new): (&Lane, &Lane)| old.collapsed != new.collapsed;
            match old.iter().zip(&self.lanes).find(|(old, new)| folds((old, new))) {
                Some((_, lane)) => {
                    let name = lane.actor.map_or_else(String::new, |actor| format!(" of {}", named(document, actor.into())));
                    format!("{} the lane{name}", if lane.collapsed { "Fold" } else { "Unfold" })
                }
                None => "Resize lanes".to_owned(),
            }
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        crate::edit::lanes::set_lanes(transaction, self.view, self.lanes.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::{RemoveLane, apply};

    /// Two drawn pools, the second with two lanes, and a step of each lane.
    fn pools() -> (Document, ViewId, Vec<Actor>, Vec<StepId>) {
        let mut document = Document::default();
        let actors: Vec<Actor> =
            ["Customer", "Shop", "Clerk", "Owner"].map(|name| Actor::Role(document.insert(Role::new(name)))).to_vec();
        let [order, refund] = ["Order", "Refund"].map(|name| document.insert(Process::new(name)));
        let frames = [(0, 0, 50.0, 100.0), (1, 0, 180.0, 220.0), (2, 1, 180.0, 100.0), (3, 1, 280.0, 120.0)];
        let lane = |(actor, depth, y, height): (usize, u8, f64, f64)| Lane {
            frame: Some(Area::new(100.0, y, 800.0, height)),
            depth,
            ..Lane::new(Some(actors[actor]))
        };
        let lanes = frames.map(lane).to_vec();
        let kind = ViewKind::Process { process: refund, lanes, direction: FlowDirection::default() };
        let view = document.insert(View::new("Refund", kind));
        let steps = [(order, 0, 110.0), (refund, 2, 190.0), (refund, 3, 340.0)].map(|(process, actor, y)| {
            let step = document.insert(Step { performer: Some(actors[actor]), ..Step::new(process, "Work") });
            let center = Some(Point::new(300.0, y));
            document.insert(Placement { center, ..Placement::unplaced(view, step.into()) });
            step
        });
        (document, view, actors, steps.to_vec())
    }

    fn heights(document: &Document, view: ViewId, steps: &[StepId]) -> Vec<f64> {
        let height = |step: &StepId| document.placement_of(view, (*step).into()).unwrap().1.center.unwrap().y;
        steps.iter().map(height).collect()
    }

    #[test]
    fn drawn_pools_are_stacked_by_the_first_change_and_nothing_else_moves() {
        let (document, view, actors, steps) = pools();
        let mut lanes = document.get::<View>(view).unwrap().lanes().to_vec();
        lanes[2].collapsed = false;
        lanes[2].extent = 150.0;
        let after = apply(&document, &SetLanes { view, lanes: lanes.clone() }.into()).unwrap().document;
        let record = after.get::<View>(view).unwrap();
        assert!(record.lanes().iter().all(|lane| lane.frame.is_none()));
        let bands = lane_bands(record.lanes(), record.direction());
        assert_eq!(bands, [(50.0, 150.0), (180.0, 450.0), (180.0, 330.0), (330.0, 450.0)]);
        assert_eq!(heights(&after, view, &steps), [110.0, 190.0, 390.0]);
        lanes.swap(2, 3);
        lanes[3].extent = 120.0;
        let after = apply(&document, &SetLanes { view, lanes: lanes.clone() }.into()).unwrap().document;
        assert_eq!(heights(&after, view, &steps), [110.0, 310.0, 240.0]);
        lanes.swap(0, 1);
        let refused = SetLanes { view, lanes }.can_apply(&document);
        assert_eq!(refused, Verdict::No("A lane stays in the pool that it is in.".to_owned()));
        let after = apply(&document, &RemoveLane { view, actor: actors[1] }.into()).unwrap().document;
        let depths: Vec<u8> = after.get::<View>(view).unwrap().lanes().iter().map(|lane| lane.depth).collect();
        assert_eq!((depths, heights(&after, view, &steps)), (vec![0, 0, 0], vec![110.0, 190.0, 340.0]));
    }

    #[test]
    fn the_last_lane_of_a_pool_leaves_its_place_to_the_pool() {
        let (document, view, actors, steps) = pools();
        let mut now = document;
        for actor in [actors[3], actors[2]] {
            now = apply(&now, &RemoveLane { view, actor }.into()).unwrap().document;
        }
        let lanes = now.get::<View>(view).unwrap().lanes();
        let owners: Vec<(Option<Actor>, u8)> = lanes.iter().map(|lane| (lane.actor, lane.depth)).collect();
        assert_eq!(owners, [(Some(actors[0]), 0), (Some(actors[1]), 0), (None, 1)]);
        assert!(steps[1..].iter().all(|step| now.get::<Step>(*step).unwrap().performer.is_none()));
    }
}
