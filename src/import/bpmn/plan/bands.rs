//! Pools and lanes of a BPMN model into the lanes of a view, nested by depth.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Planner;
use crate::import::bpmn::drawing::Shape;
use crate::import::bpmn::tree::{self, Collaboration, Definitions};
use crate::model::*;

/// Space between two pools when they are arranged.
const POOL_GAP: f64 = 32.0;

/// A pool or lane and what it encloses.
pub(super) struct Band {
    actor: Option<Actor>,
    inside: Vec<Self>,
}

impl<'a> Planner<'a> {
    /// Every pool with its lanes, and the lanes of processes without a pool.
    pub(super) fn bands_of_all(&self, definitions: &'a Definitions) -> Vec<Band> {
        let mut all = Vec::new();
        let mut pooled: FxHashSet<&str> = FxHashSet::default();
        for collaboration in &definitions.collaborations {
            all.extend(self.bands_of_collaboration(collaboration, definitions));
            pooled.extend(collaboration.participants.iter().map(|pool| pool.process.as_str()));
        }
        let alone = definitions.processes.iter().filter(|process| !pooled.contains(process.base.id.as_str()));
        all.extend(alone.flat_map(|process| &process.content.lane_sets).flat_map(|lanes| self.bands_of_lanes(lanes)));
        all
    }

    pub(super) fn bands_of_collaboration(
        &self,
        collaboration: &'a Collaboration,
        definitions: &'a Definitions,
    ) -> Vec<Band> {
        let band = |pool: &'a tree::Participant| {
            let process = self.process_of(&pool.process);
            let process = process.and_then(|id| definitions.processes.get(id.index() as usize));
            let lanes = process.into_iter().flat_map(|process| &process.content.lane_sets);
            Band {
                actor: self.actor_of(&pool.base.id),
                inside: lanes.flat_map(|lanes| self.bands_of_lanes(lanes)).collect(),
            }
        };
        collaboration.participants.iter().map(band).collect()
    }

    pub(super) fn bands_of_lanes(&self, lanes: &'a tree::LaneSet) -> Vec<Band> {
        let band = |lane: &'a tree::Lane| Band {
            actor: self.actor_of(&lane.base.id),
            inside: lane.children.iter().flat_map(|children| self.bands_of_lanes(children)).collect(),
        };
        lanes.lanes.iter().map(band).collect()
    }

    fn actor_of(&self, id: &str) -> Option<Actor> {
        self.elements.get(id).and_then(|element| Actor::try_from(*element).ok())
    }
}

/// Which way the flow of a drawing runs: downward where a pool or lane is said to stand.
pub(super) fn direction(frames: &FxHashMap<Actor, &Shape>) -> FlowDirection {
    let stands = frames.values().filter(|shape| shape.is_horizontal == Some(false)).count();
    if stands * 2 > frames.len() { FlowDirection::TopToBottom } else { FlowDirection::LeftToRight }
}

/// Whose lane it is, and where a drawing has it.
type Drawn = (Actor, Option<Area>);

/// The lanes of a view, those that enclose others before them; by their place where they have one.
///
/// `place` tells of an actor whether the view shows it, and where. What it does not show is left out, and what is inside
/// moves one level up.
pub(super) fn lanes(
    bands: &[Band],
    direction: FlowDirection,
    place: &impl Fn(Actor) -> Option<Option<Area>>,
) -> Vec<Lane> {
    let mut lanes = Vec::new();
    let mut seen = FxHashSet::default();
    add(bands, 0, direction, place, &mut seen, &mut lanes);
    lanes
}

fn add(
    bands: &[Band],
    depth: u8,
    direction: FlowDirection,
    place: &impl Fn(Actor) -> Option<Option<Area>>,
    seen: &mut FxHashSet<Actor>,
    lanes: &mut Vec<Lane>,
) {
    let across = |area: &Area| match direction {
        FlowDirection::LeftToRight => (area.y, area.height),
        FlowDirection::TopToBottom => (area.x, area.width),
    };
    let mut shown: Vec<(Option<Drawn>, &Band)> =
        bands.iter().map(|band| (band.actor.and_then(|actor| Some((actor, place(actor)?))), band)).collect();
    let start = |area: &Option<Area>| area.as_ref().map_or(f64::INFINITY, |area| across(area).0);
    shown.sort_by(|(a, _), (b, _)| {
        let start = |one: &Option<Drawn>| one.as_ref().map_or(f64::INFINITY, |(_, area)| start(area));
        start(a).total_cmp(&start(b))
    });
    for (band_place, band) in shown {
        let inner = match band_place {
            Some((actor, frame)) if seen.insert(actor) => {
                // Lanes whose pool is not drawn touch, pools stand apart.
                let is_plain = |actor: Option<Actor>| matches!(actor, Some(Actor::Role(_)));
                let before = lanes.iter().rev().find(|lane| depth == 0 && lane.depth == 0);
                let is_apart = before.is_some_and(|before| !(is_plain(before.actor) && is_plain(Some(actor))));
                let gap = if is_apart { POOL_GAP } else { 0.0 };
                let extent = frame.as_ref().map_or(LANE_EXTENT, |area| across(area).1);
                lanes.push(Lane { frame, extent, depth, gap, ..Lane::new(Some(actor)) });
                depth.saturating_add(1)
            }
            _ => depth,
        };
        add(&band.inside, inner, direction, place, seen, lanes);
    }
}
