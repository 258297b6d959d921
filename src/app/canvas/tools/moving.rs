//! Elements that move with the pointer: aligned to their neighbours, in a chart with all that hangs below them.

use std::sync::Arc;

use emath::{Pos2, Rect, Vec2};
use rustc_hash::FxHashSet;

use super::{Input, Outcome, Situation, kept};
use crate::app::canvas::snap::{self, Guide};
use crate::app::canvas::spacing::Gap;
use crate::app::command::{Arranging, Command};
use crate::edit::rules::can_drop;
use crate::edit::{Connect, Edit, EditAction as _, MoveInView, Sequence, SetLanes, grown_lanes};
use crate::model::{Actor, ElementRef, FlowDirection, FlowNode, Point, View, ViewKind};
use crate::scene::{NodeShape, Rerouting, Scene};

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
    /// Which gaps become equal.
    pub gaps: Vec<Gap>,
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
    /// Takes hold of the selected boxes; none where no box is among them that may move.
    pub fn start(situation: &Situation<'_>, duplicates: bool) -> Option<Self> {
        let selected: FxHashSet<ElementRef> = situation.selection.iter().copied().collect();
        let is_held =
            |node: &&NodeShape| selected.contains(&node.element) && (duplicates || !situation.is_locked(node));
        let held: FxHashSet<ElementRef> =
            situation.scene.nodes.iter().filter(is_held).map(|node| node.element).collect();
        let all = if duplicates { held.clone() } else { taken_along(situation.scene, situation.kind, held.clone()) };
        Some(Self { duplicates, ..Self::of_all(situation, &held, all)? })
    }

    /// Takes hold of these boxes and of nothing else.
    pub fn of(situation: &Situation<'_>, mut held: FxHashSet<ElementRef>) -> Option<Self> {
        for node in situation.scene.nodes.iter().filter(|node| situation.is_locked(node)) {
            held.remove(&node.element);
        }
        Self::of_all(situation, &held.clone(), held)
    }

    fn of_all(situation: &Situation<'_>, held: &FxHashSet<ElementRef>, all: FxHashSet<ElementRef>) -> Option<Self> {
        let scene = situation.scene;
        let held: Vec<ElementRef> =
            scene.nodes.iter().map(|node| node.element).filter(|element| held.contains(element)).collect();
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
        Some(Self {
            held,
            moved,
            bounds,
            neighbours,
            by: Vec2::ZERO,
            guides: Vec::new(),
            gaps: Vec::new(),
            duplicates: false,
            onto: None,
            lane: None,
            lines,
        })
    }

    /// Whether an element moves.
    pub fn moves(&self, element: ElementRef) -> bool {
        self.moved.binary_search(&element).is_ok()
    }

    /// Follows the pointer. Ctrl suspends alignment; a held Alt leaves a copy behind.
    pub fn drag(mut self, input: &Input, situation: &Situation<'_>) -> Self {
        let by = input.at - input.press;
        let snapped = match situation.snaps && !input.modifiers.command {
            true => snap::snap(self.bounds, by, &self.neighbours, snap::REACH / situation.zoom),
            false => snap::Snapped { by, ..snap::Snapped::default() },
        };
        self.by = snapped.by.round();
        self.guides = snapped.guides;
        self.gaps = snapped.gaps;
        self.onto = self.target(input.at, situation);
        if self.onto.is_some() {
            self.guides.clear();
            self.gaps.clear();
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
            let by = kept(self.by.to_pos2());
            out.commands.push(Command::Duplicate { elements: self.held, by: Some(by) });
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

/// Boxes with all that goes where they go: in a chart what hangs below them; what stands in a sub-flow or on the border of
/// a step. The actor of a lane takes nothing along.
pub fn taken_along(scene: &Scene, kind: &ViewKind, mut held: FxHashSet<ElementRef>) -> FxHashSet<ElementRef> {
    let is_chart = matches!(kind, ViewKind::Organisation { .. });
    let takes_along = |parent: ElementRef| is_chart || matches!(parent, ElementRef::Step(_));
    // Parents are drawn before what hangs below them, but not always: repeat until nothing is added.
    loop {
        let before = held.len();
        for node in &scene.nodes {
            if node.parent.is_some_and(|parent| takes_along(parent) && held.contains(&parent)) {
                held.insert(node.element);
            }
        }
        if held.len() == before {
            return held;
        }
    }
}

/// The new centres of boxes that move by the same distance.
pub fn moves(situation: &Situation<'_>, elements: &[ElementRef], by: Vec2) -> Vec<(ElementRef, Point)> {
    let set: FxHashSet<ElementRef> = elements.iter().copied().collect();
    let nodes = situation.scene.nodes.iter().filter(|node| set.contains(&node.element));
    nodes.map(|node| (node.element, kept(node.rect.center() + by))).collect()
}
