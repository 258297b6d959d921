//! The hand: drag moves the paper.

use egui::CursorIcon;

use super::{Gesture, Input, Outcome, Phase, Situation, ToolSpec};
use crate::app::canvas::Tool;

pub(super) const TOOL: ToolSpec = ToolSpec {
    action: "tool.hand",
    serves: |tool| tool == Tool::Hand,
    on_input,
    hint: |_| "Drag to move the paper.".to_owned(),
    cursor: CursorIcon::Grab,
};

/// Moves the paper; also while Space or the middle button is held with another tool.
pub fn on_input(gesture: Gesture, input: &Input, _situation: &Situation<'_>, out: &mut Outcome) -> Gesture {
    match (gesture, input.phase) {
        (_, Phase::Press | Phase::DoublePress) => Gesture::Pan,
        (Gesture::Pan, Phase::Drag) => {
            out.pan += input.screen_delta;
            Gesture::Pan
        }
        (_, Phase::Release) => Gesture::Idle,
        (gesture, _) => gesture,
    }
}
