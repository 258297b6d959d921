//! Changes the size of the selected box by one of its corners.

use emath::{Rect, Vec2};

use super::{Input, Outcome, Situation, kept};
use crate::app::canvas::pick::{Corner, node_of};
use crate::app::canvas::snap::{self, Guide};
use crate::edit::Resize;
use crate::model::{ElementRef, Size};

/// Least size of a box in world units.
const LEAST: Vec2 = Vec2::new(48.0, 28.0);

/// Neighbours farther than this from the box are not aligned to, in world units.
const NEIGHBOURHOOD: f32 = 1600.0;

/// A box whose size changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Resizing {
    /// Of what.
    pub element: ElementRef,
    /// Held by.
    pub corner: Corner,
    /// As it was.
    pub before: Rect,
    /// As it would be.
    pub after: Rect,
    neighbours: Vec<Rect>,
    /// What its sides align with.
    pub guides: Vec<Guide>,
}

impl Resizing {
    /// Takes hold of a corner.
    pub fn start(element: ElementRef, corner: Corner, situation: &Situation<'_>) -> Option<Self> {
        let before = node_of(situation.scene, element)?.rect;
        let near = before.expand(NEIGHBOURHOOD);
        let others = situation.scene.nodes.iter().filter(|node| node.element != element && near.intersects(node.rect));
        let neighbours = others.map(|node| node.rect).collect();
        Some(Self { element, corner, before, after: before, neighbours, guides: Vec::new() })
    }

    /// Follows the pointer: its sides meet those of neighbours, else in steps of the grid; Ctrl suspends both.
    pub fn drag(mut self, input: &Input, situation: &Situation<'_>) -> Self {
        let step = if input.modifiers.command { 1.0 } else { 4.0 };
        let mut by = ((input.at - input.press) / step).round() * step;
        let held = self.corner.of(self.before);
        let snaps = situation.snaps && !input.modifiers.command;
        let reach = if snaps { snap::REACH / situation.zoom } else { 0.0 };
        let found = snap::sides(held + (input.at - input.press), &self.neighbours, reach);
        if let Some((x, _)) = found.x {
            by.x = x - held.x;
        }
        if let Some((y, _)) = found.y {
            by.y = y - held.y;
        }
        self.after = self.corner.moved(self.before, by, LEAST);
        self.guides = found.guides(self.after, self.corner.of(self.after));
        self
    }

    /// Makes the change.
    pub fn finish(self, situation: &Situation<'_>, out: &mut Outcome) {
        if self.after != self.before {
            let size = Size::new(f64::from(self.after.width().round()), f64::from(self.after.height().round()));
            let center = kept(self.after.center());
            out.edit(Resize { view: situation.view, element: self.element, center, size: Some(size) });
        }
    }
}
