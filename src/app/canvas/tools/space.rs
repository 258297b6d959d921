//! Makes space: everything beyond the pointer moves with it, sideways or downward.

use egui::CursorIcon;
use emath::{Pos2, Vec2};
use rustc_hash::FxHashSet;

use super::moving::Moving;
use super::{Gesture, Input, Outcome, Phase, Situation, ToolSpec};
use crate::app::canvas::Tool;
use crate::edit::{EditAction as _, MakeSpace, SpaceAxis, Verdict};
use crate::model::ElementRef;

/// Space is made in steps of this, unless Ctrl is held.
const STEP: f32 = 8.0;

pub(super) const TOOL: ToolSpec = ToolSpec {
    action: "tool.space",
    serves: |tool| tool == Tool::Space,
    on_input,
    hint: |_| "Drag right or down to push everything beyond the pointer away; left or up to take space out.".to_owned(),
    cursor: CursorIcon::AllScroll,
};

/// Space being made.
#[derive(Clone, Debug, PartialEq)]
pub struct Spacing {
    /// Which way; that in which the drag began.
    pub axis: SpaceAxis,
    /// Where the line is.
    pub from: Pos2,
    /// What moves, where anything does.
    pub moving: Option<Moving>,
    edit: MakeSpace,
}

impl Spacing {
    fn start(input: &Input, situation: &Situation<'_>) -> Self {
        let by = input.at - input.press;
        let axis = if by.x.abs() >= by.y.abs() { SpaceAxis::Sideways } else { SpaceAxis::Downward };
        let along = |at: Pos2| if axis == SpaceAxis::Sideways { at.x } else { at.y };
        let from = along(input.press);
        let is_beyond = |at: Pos2| along(at) >= from;
        let beyond = situation.scene.nodes.iter().filter(|node| is_beyond(node.rect.center()));
        let beyond: FxHashSet<ElementRef> = beyond.map(|node| node.element).collect();
        let edit = MakeSpace { view: situation.view, axis, from: f64::from(from), by: 0.0 };
        Self { axis, from: input.press, moving: Moving::of(situation, beyond), edit }
    }

    /// How far things go, along the axis.
    pub fn by(&self) -> f32 {
        self.edit.by as f32
    }

    /// The same as a way.
    pub fn way(&self) -> Vec2 {
        match self.axis {
            SpaceAxis::Sideways => Vec2::new(self.by(), 0.0),
            SpaceAxis::Downward => Vec2::new(0.0, self.by()),
        }
    }

    fn drag(mut self, input: &Input, situation: &Situation<'_>, out: &mut Outcome) -> Self {
        let by = input.at - input.press;
        let by = if self.axis == SpaceAxis::Sideways { by.x } else { by.y };
        let step = if input.modifiers.command { 1.0 } else { STEP };
        self.edit.by = f64::from((by / step).round() * step);
        if let Verdict::No(reason) = self.edit.can_apply(situation.document) {
            out.hint = Some(reason);
        }
        self.edit.by = self.edit.possible(situation.document);
        let way = self.way();
        if let Some(moving) = &mut self.moving {
            moving.by = way;
        }
        self
    }
}

fn on_input(gesture: Gesture, input: &Input, situation: &Situation<'_>, out: &mut Outcome) -> Gesture {
    match (gesture, input.phase) {
        (_, Phase::Press | Phase::DoublePress) => {
            Gesture::Pressed { target: situation.target(input.at, None), narrows: false }
        }
        (Gesture::Pressed { .. }, Phase::Drag) => {
            Gesture::Space(Spacing::start(input, situation).drag(input, situation, out))
        }
        (Gesture::Space(spacing), Phase::Drag) => Gesture::Space(spacing.drag(input, situation, out)),
        (Gesture::Space(spacing), Phase::Release) => {
            let spacing = spacing.drag(input, situation, out);
            if spacing.by() != 0.0 {
                out.edit(spacing.edit);
                out.used(situation);
            }
            Gesture::Idle
        }
        (_, Phase::Release) => Gesture::Idle,
        (gesture, Phase::Hover | Phase::Drag) => gesture,
    }
}
