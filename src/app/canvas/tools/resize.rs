//! Changes the size of the selected box by one of its corners.

use emath::{Rect, Vec2};

use super::{Input, Outcome, Situation, kept};
use crate::app::canvas::pick::{Corner, node_of};
use crate::edit::Resize;
use crate::model::{ElementRef, Size};

/// Least size of a box in world units.
const LEAST: Vec2 = Vec2::new(48.0, 28.0);

/// A box whose size changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resizing {
    /// Of what.
    pub element: ElementRef,
    /// Held by.
    pub corner: Corner,
    /// As it was.
    pub before: Rect,
    /// As it would be.
    pub after: Rect,
}

impl Resizing {
    /// Takes hold of a corner.
    pub fn start(element: ElementRef, corner: Corner, situation: &Situation<'_>) -> Option<Self> {
        let before = node_of(situation.scene, element)?.rect;
        Some(Self { element, corner, before, after: before })
    }

    /// Follows the pointer, in steps of the grid unless Ctrl is held.
    pub fn drag(mut self, input: &Input) -> Self {
        let step = if input.modifiers.command { 1.0 } else { 4.0 };
        let by = ((input.at - input.press) / step).round() * step;
        self.after = self.corner.moved(self.before, by, LEAST);
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
