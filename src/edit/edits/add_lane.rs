//! A new lane of a process view.

use crate::edit::lanes::{lane_after, set_lanes};
use crate::edit::rules::{need, need_view};
use crate::edit::wording::{named, quoted};
use crate::edit::{EditAction, EditError, Transaction, Verdict};
use crate::model::*;

/// Whose a new lane is.
#[derive(Clone, Debug, PartialEq)]
pub enum LaneOf {
    /// Somebody or something that exists.
    Actor(Actor),
    /// A role that is made with this name.
    NewRole(String),
    /// A party outside that is made with this name.
    NewExternal(String),
}

/// Adds a lane to a process view: behind the lane of another actor, in the same pool, or behind all others. A party
/// outside gets a pool of its own, apart from the lanes.
#[derive(Clone, Debug, PartialEq)]
pub struct AddLane {
    /// The process view.
    pub view: ViewId,
    /// Whose lane.
    pub who: LaneOf,
    /// Behind whose lane.
    pub after: Option<Actor>,
}

impl AddLane {
    fn check(&self, document: &Document) -> Result<bool, String> {
        let view = need_view(document, self.view)?;
        if view.process().is_none() {
            return Err("Only process views have lanes.".to_owned());
        }
        match &self.who {
            LaneOf::Actor(actor) => {
                need(document, *actor)?;
                if view.lanes().iter().any(|lane| lane.actor == Some(*actor)) {
                    return Err(format!("There is a lane of {} already.", named(document, (*actor).into())));
                }
            }
            LaneOf::NewRole(name) if name.trim().is_empty() => return Err("A role needs a name.".to_owned()),
            LaneOf::NewExternal(name) if name.trim().is_empty() => {
                return Err("A party outside needs a name.".to_owned());
            }
            LaneOf::NewRole(_) | LaneOf::NewExternal(_) => {}
        }
        Ok(true)
    }
}

impl EditAction for AddLane {
    fn label(&self, document: &Document) -> String {
        match &self.who {
            LaneOf::Actor(actor) => format!("Add a lane of {}", named(document, (*actor).into())),
            LaneOf::NewRole(name) => format!("Add role {} with its lane", quoted(name.trim())),
            LaneOf::NewExternal(name) => format!("Add {} outside with its pool", quoted(name.trim())),
        }
    }

    fn can_apply(&self, document: &Document) -> Verdict {
        self.check(document).into()
    }

    fn apply(&self, transaction: &mut Transaction) -> Result<(), EditError> {
        let actor = match &self.who {
            LaneOf::Actor(actor) => *actor,
            LaneOf::NewRole(name) => Actor::Role(transaction.insert(Role::new(name.trim()))),
            LaneOf::NewExternal(name) => Actor::External(transaction.insert(External::new(name.trim()))),
        };
        let Some(view) = transaction.document().get::<View>(self.view) else { return Err(EditError::Missing("view")) };
        let lanes = lane_after(view.lanes(), actor, self.after);
        set_lanes(transaction, self.view, lanes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::testkit::random_edits::start;

    fn lanes(document: &Document, view: ViewId) -> Vec<String> {
        let name = |lane: &Lane| lane.actor.map_or("", |actor| document.name_of(actor.into())).to_owned();
        document.get::<View>(view).unwrap().lanes().iter().map(name).collect()
    }

    #[test]
    fn a_lane_is_added_behind_another_for_a_role_that_may_be_new() {
        let document = start();
        let (view, record) = document.views().iter().find(|(_, view)| view.lanes().len() == 2).unwrap();
        let first = record.lanes()[0].actor;
        let names = lanes(&document, view);
        let edit = AddLane { view, who: LaneOf::NewRole(" Driver ".to_owned()), after: first };
        let applied = apply(&document, &edit.into()).unwrap();
        assert_eq!(applied.label, "Add role “Driver” with its lane");
        assert_eq!(lanes(&applied.document, view), [names[0].as_str(), "Driver", &names[1]]);
        assert_eq!(document.roles().len() + 1, applied.document.roles().len());
        let again = AddLane { view, who: LaneOf::Actor(first.unwrap()), after: None };
        assert_eq!(again.can_apply(&document), Verdict::No(format!("There is a lane of “{}” already.", names[0])));
    }

    #[test]
    fn a_party_outside_gets_a_pool_apart_and_lanes_stay_together() {
        let document = start();
        let (view, record) = document.views().iter().find(|(_, view)| view.lanes().len() == 2).unwrap();
        let names: Vec<String> = lanes(&document, view);
        let add = |document: &Document, who| apply(document, &AddLane { view, who, after: None }.into()).unwrap().document;
        let outside = add(&document, LaneOf::NewExternal("Customer".to_owned()));
        let gaps = |document: &Document| -> Vec<f64> {
            document.get::<View>(view).unwrap().lanes().iter().map(|lane| lane.gap).collect()
        };
        let first = record.lanes()[0].gap;
        assert_eq!(lanes(&outside, view), [names[0].as_str(), &names[1], "Customer"]);
        assert_eq!(gaps(&outside), [first, record.lanes()[1].gap, POOL_GAP]);
        let again = add(&outside, LaneOf::NewRole("Driver".to_owned()));
        assert_eq!(lanes(&again, view), [names[0].as_str(), &names[1], "Driver", "Customer"]);
        assert_eq!(gaps(&again).last(), Some(&POOL_GAP));
    }

    #[test]
    fn the_first_lane_of_a_drawing_keeps_all_distances() {
        let mut document = Document::default();
        let process = document.insert(Process::new("Answer"));
        let direction = FlowDirection::default();
        let kind = ViewKind::Process { process, lanes: Vec::new(), direction };
        let view = document.insert(View::new("Answer", kind));
        let heights = [40.0, 260.0, 700.0];
        let steps = heights.map(|y| {
            let step = document.insert(Step::new(process, "Work"));
            let center = Some(Point::new(100.0, y));
            document.insert(Placement { center, ..Placement::unplaced(view, step.into()) });
            step
        });
        let gateway = document.insert(Gateway::new(process, GatewayKind::Exclusive, ""));
        let center = Some(Point::new(300.0, 480.0));
        document.insert(Placement { center, ..Placement::unplaced(view, gateway.into()) });
        let edit = AddLane { view, who: LaneOf::NewRole("Clerk".to_owned()), after: None };
        let after = apply(&document, &edit.into()).unwrap().document;
        assert_eq!(lanes(&after, view), ["Clerk", ""], "nobody performs the steps yet");
        let record = after.get::<View>(view).unwrap();
        let place = |element: ElementRef| after.placement_of(view, element).unwrap().1.center.unwrap();
        let at = steps.map(|step| place(step.into()).y);
        let gaps = [at[1] - at[0], at[2] - at[1], place(gateway.into()).y - at[0]];
        assert_eq!(gaps, [220.0, 440.0, 440.0]);
        let band = lane_bands(record.lanes(), direction)[1];
        assert!(band.0 < at[0] && at[2] < band.1, "{at:?} in {band:?}");
    }
}
