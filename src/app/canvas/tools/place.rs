//! Places a new element: a click puts it there and opens its name.

use egui::CursorIcon;
use emath::Pos2;

use super::{Gesture, Input, Outcome, Phase, Situation, ToolSpec, addition, kept};
use crate::app::canvas::pick::{Hit, hit};
use crate::app::canvas::{NewElement, Tool};
use crate::edit::{Edit, InsertOnFlow};
use crate::model::{ElementRef, Flow};

pub(super) const TOOL: ToolSpec = ToolSpec {
    action: "tool.place",
    serves: |tool| matches!(tool, Tool::Place(_)),
    on_input,
    hint: |tool| match tool {
        Tool::Place(new) => format!(
            "Click where the {} goes (on a line, it is put between), or press Enter for the usual place. Esc gives up.",
            new.word()
        ),
        _ => String::new(),
    },
    cursor: CursorIcon::Crosshair,
};

/// Why nothing was placed: every other element needs no process.
const NO_PROCESS: &str = "Of which process? Select one of its steps first.";

fn on_input(gesture: Gesture, input: &Input, situation: &Situation<'_>, out: &mut Outcome) -> Gesture {
    match input.phase {
        Phase::Release => {
            if let Tool::Place(new) = situation.tool {
                match edit_at(situation, new, input.at) {
                    Some(edit) => {
                        out.create(edit);
                        out.used(situation);
                    }
                    None => out.hint = Some(NO_PROCESS.to_owned()),
                }
            }
            Gesture::Idle
        }
        Phase::Hover => gesture,
        // The press is kept, so that a release without one places nothing.
        Phase::Press | Phase::DoublePress | Phase::Drag => Gesture::Idle,
    }
}

/// On a line it is put between, on a unit into it, on a step behind it, anywhere else where the pointer is.
fn edit_at(situation: &Situation<'_>, new: NewElement, at: Pos2) -> Option<Edit> {
    match hit(situation.scene, at, situation.zoom) {
        Hit::Flow(ElementRef::Flow(flow)) if can_split(new) => {
            let process = situation.document.get::<Flow>(flow).map(|flow| flow.process);
            let record = new.record(process, None)?;
            Some(InsertOnFlow { flow, record, view: Some(situation.view), center: Some(kept(at)) }.into())
        }
        Hit::Node(element) => addition(situation, new, None, Some(element)),
        _ => addition(situation, new, Some(at), None),
    }
}

fn can_split(new: NewElement) -> bool {
    new.is_node() && !matches!(new, NewElement::StartEvent | NewElement::EndEvent)
}
