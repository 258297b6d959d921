//! Elements that move with the pointer: aligned to their neighbours, in a chart with all that hangs below them.

use std::sync::Arc;

use emath::{Pos2, Rect, Vec2};
use rustc_hash::FxHashSet;

use super::{Input, Outcome, Situation, kept};
use crate::app::canvas::snap::{self, Guide};
use crate::app::command::{Arranging, Command};
use crate::edit::rules::can_drop;
use crate::edit::{Clip, Connect, Edit, EditAction as _, MoveInView, Paste, Sequence, SetLanes, grown_lanes};
use crate::model::{Actor, ElementRef, FlowDirection, FlowNode, Point, View};
use crate::scene::Rerouting;

/// Neighbours farther than this from where the elements were are not aligned to, in world units.
const NEIGHBOURHOOD: f32 = 1600.0;

/// Elements that move.
#[derive(Clone, Debug, PartialEq)]
pub struct Moving {
    /// What was taken hold of.
    pub held: Vec<ElementRef>,
    /// All that moves: what is held, and in a chart all below it. Sorted.
    pub moved: Vec<ElementRef>,
    /// The box around it, as it was.
    bounds: Rect,
    neighbours: Vec<Rect>,
    /// How far it moves.
    pub by: Vec2,
    /// What it aligns with.
    pub guides: Vec<Guide>,
    /// Whether a copy stays behind.
    pub duplicates: bool,
    /// The element into which it would be put.
    pub onto: Option<ElementRef>,
    /// The lane of another performer into which it would go, as an index among the lanes of the scene.
    pub lane: Option<usize>,
    /// Routes the lines of what moves.
    pub lines: Arc<Rerouting>,
}

impl Moving {
    /// Takes hold of the selected boxes; none where no box is among them.
    pub fn start(situation: &Situation<'_>, duplicates: bool) -> Option<Self> {
        let scene = situation.scene;
        let selected: FxHashSet<ElementRef> = situation.selection.iter().copied().collect();
        let held: Vec<ElementRef> =
            scene.nodes.iter().map(|node| node.element).filter(|element| selected.contains(element)).collect();
        let mut all: FxHashSet<ElementRef> = held.iter().copied().collect();
        if !duplicates {
            // Parents are drawn before what hangs below them, but not always: repeat until nothing is added. What
            // stands in a sub-flow or on the border of a step goes with it; the actor of a lane takes nothing along.
            let takes_along = |parent: ElementRef| situation.is_chart() || matches!(parent, ElementRef::Step(_));
            loop {
                let before = all.len();
                for node in &scene.nodes {
                    if node.parent.is_some_and(|parent| takes_along(parent) && all.contains(&parent)) {
                        all.insert(node.element);
                    }
                }
                if all.len() == before {
                    break;
                }
            }
        }
        let boxes = scene.nodes.iter().filter(|node| all.contains(&node.element)).map(|node| node.rect);
        let bounds = boxes.reduce(|all, one| all.union(one))?;
        let near = bounds.expand(NEIGHBOURHOOD);
        let others = scene.nodes.iter().filter(|node| !all.contains(&node.element) && near.intersects(node.rect));
        let neighbours = others.map(|node| node.rect).collect();
        let moved = scene.nodes.iter().map(|node| node.element).filter(|element| all.contains(element));
        let mut moved: Vec<ElementRef> = moved.collect();
        moved.sort_unstable();
        let (document, view) = (situation.document, situation.view);
        let is_pinned =
            |line: ElementRef| document.placement_of(view, line).is_some_and(|(_, placement)| placement.pinned);
        let lines = Arc::new(Rerouting::new(scene, is_pinned));
        let (by, guides) = (Vec2::ZERO, Vec::new());
        Some(Self { held, moved, bounds, neighbours, by, guides, duplicates, onto: None, lane: None, lines })
    }

    /// Whether an element moves.
    pub fn moves(&self, element: ElementRef) -> bool {
        self.moved.binary_search(&element).is_ok()
    }

    /// Follows the pointer. Ctrl suspends alignment; a held Alt leaves a copy behind.
    pub fn drag(mut self, input: &Input, situation: &Situation<'_>) -> Self {
        let by = input.at - input.press;
        let snapped = if input.modifiers.command {
            snap::Snapped { by, guides: Vec::new() }
        } else {
            snap::snap(self.bounds, by, &self.neighbours, snap::REACH / situation.zoom)
        };
        self.by = snapped.by.round();
        self.guides = snapped.guides;
        self.onto = self.target(input.at, situation);
        if self.onto.is_some() {
            self.guides.clear();
        }
        self.lane = self.lane_ahead(situation);
        self
    }

    /// The lane into which the first of what is held would go, where that changes who performs it.
    fn lane_ahead(&self, situation: &Situation<'_>) -> Option<usize> {
        situation.process()?;
        let scene = situation.scene;
        let node = scene.nodes.iter().find(|node| self.held.first() == Some(&node.element))?;
        FlowNode::try_from(node.element).ok()?;
        let center = node.rect.center() + self.by;
        let index = scene.lanes.iter().rposition(|lane| lane.rect.contains(center))?;
        let actor = scene.lanes.get(index)?.actor.map(ElementRef::from);
        // Inside a sub-flow it stays with that.
        let in_lane = node.parent.is_none_or(|parent| Actor::try_from(parent).is_ok());
        (in_lane && !self.duplicates && actor != node.parent).then_some(index)
    }

    /// The element under the pointer that would take in all that is held.
    fn target(&self, at: Pos2, situation: &Situation<'_>) -> Option<ElementRef> {
        if self.duplicates || !situation.is_chart() {
            return None;
        }
        let below = situation.scene.nodes.iter().rev().find(|node| !self.moves(node.element) && node.contains(at))?;
        let takes = |element: &ElementRef| can_drop(situation.document, *element, below.element).is_yes();
        (!self.held.is_empty() && self.held.iter().all(takes)).then_some(below.element)
    }

    /// Makes the change.
    pub fn finish(self, situation: &Situation<'_>, out: &mut Outcome) {
        if let Some(onto) = self.onto {
            let connect = |from: &ElementRef| Connect { from: *from, to: onto, view: Some(situation.view) }.into();
            let edits: Vec<Edit> = self.held.iter().map(connect).collect();
            out.edit(Sequence { label: String::new(), edits });
            out.commands.push(Command::Arrange { view: situation.view, how: Arranging::EVERYTHING });
            return;
        }
        if self.by == Vec2::ZERO || situation.arranges_itself() && !self.duplicates {
            return;
        }
        if self.duplicates {
            let clip = Clip::copy(situation.document, Some(situation.view), &self.held);
            let at = Some(kept(self.bounds.center() + self.by));
            let edit = Paste { clip, view: Some(situation.view), at, as_new: true };
            out.commands.push(Command::Create { edit: Box::new(edit.into()), rename: false });
            return;
        }
        out.edit(moved_in_view(situation, moves(situation, &self.moved, self.by)));
    }
}

/// The move, and where boxes of a process view are dropped over the end of their lane, a longer lane.
pub fn moved_in_view(situation: &Situation<'_>, moves: Vec<(ElementRef, Point)>) -> Edit {
    let view = situation.view;
    let Some(record) = situation.document.get::<View>(view).filter(|record| !record.lanes().is_empty()) else {
        return MoveInView { view, moves }.into();
    };
    let direction = record.direction();
    let half = |element: ElementRef| {
        // What stands on the border of a box or is no node asks for no room.
        let node = FlowNode::try_from(element).ok().filter(|node| situation.document.host_of(*node).is_none());
        let rect = node.and_then(|_| super::node_of(situation.scene, element)).map_or(Rect::ZERO, |node| node.rect);
        f64::from(match direction {
            FlowDirection::LeftToRight => rect.height() / 2.0,
            FlowDirection::TopToBottom => rect.width() / 2.0,
        })
    };
    let boxes: Vec<(Point, f64)> = moves.iter().map(|(element, center)| (*center, half(*element))).collect();
    let (lanes, centers) = grown_lanes(record.lanes(), direction, &boxes);
    if lanes == record.lanes() {
        return MoveInView { view, moves }.into();
    }
    let moves = moves.into_iter().zip(centers).map(|((element, _), center)| (element, center)).collect();
    let moving = MoveInView { view, moves };
    let label = moving.label(situation.document);
    Sequence { label, edits: vec![SetLanes { view, lanes }.into(), moving.into()] }.into()
}

/// The new centres of boxes that move by the same distance.
pub fn moves(situation: &Situation<'_>, elements: &[ElementRef], by: Vec2) -> Vec<(ElementRef, Point)> {
    let set: FxHashSet<ElementRef> = elements.iter().copied().collect();
    let nodes = situation.scene.nodes.iter().filter(|node| set.contains(&node.element));
    nodes.map(|node| (node.element, kept(node.rect.center() + by))).collect()
}
