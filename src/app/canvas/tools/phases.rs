//! Phases: dragging a border changes how far the phase before it reaches.

use emath::Pos2;

use super::{Input, Outcome, Situation};
use crate::edit::SetPhases;
use crate::model::{FlowDirection, PHASE_LEAST, View};
use crate::scene::Scene;

/// A phase being made longer or shorter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PhaseGesture {
    /// Which phase.
    pub phase: usize,
    /// Where it ends along the flow.
    pub end: f32,
    /// How far it was dragged.
    by: f32,
}

impl PhaseGesture {
    /// Takes hold of the border at the end of a phase, by its index in the scene.
    pub fn start(scene: &Scene, shape: usize) -> Option<Self> {
        let phase = scene.phases.get(shape)?;
        let end = match scene.direction {
            FlowDirection::LeftToRight => phase.rect.right(),
            FlowDirection::TopToBottom => phase.rect.bottom(),
        };
        Some(Self { phase: phase.index, end, by: 0.0 })
    }

    /// Follows the pointer.
    pub fn drag(self, input: &Input, scene: &Scene) -> Self {
        let along = |at: Pos2| match scene.direction {
            FlowDirection::LeftToRight => at.x,
            FlowDirection::TopToBottom => at.y,
        };
        let by = ((along(input.at) - along(input.press)) / 4.0).round() * 4.0;
        Self { end: self.end - self.by + by, by, ..self }
    }

    /// Makes the change.
    pub fn finish(self, situation: &Situation<'_>, out: &mut Outcome) {
        let Some(view) = situation.document.get::<View>(situation.view) else { return };
        let mut phases = view.phases.clone();
        if let Some(phase) = phases.get_mut(self.phase).filter(|_| self.by != 0.0) {
            phase.extent = (phase.extent + f64::from(self.by)).max(PHASE_LEAST);
            out.edit(SetPhases { view: situation.view, phases });
        }
    }
}
