//! Selects, and moves what is selected: the tool in hand unless another one was chosen.

use egui::CursorIcon;
use emath::Rect;

use super::bend::Bending;
use super::connect::{self, Connecting};
use super::lanes::LaneGesture;
use super::lines::{Labelling, Leading};
use super::moving::Moving;
use super::phases::PhaseGesture;
use super::resize::Resizing;
use super::{Gesture, Input, Outcome, Phase, Situation, Target, ToolSpec, addition};
use crate::app::canvas::append;
use crate::app::canvas::groups;
use crate::app::canvas::pick::{Hit, framed};
use crate::app::canvas::{NewElement, Tool};
use crate::app::command::Command;
use crate::model::{DecisionId, ElementRef, FlowNode};
use crate::scene::NodeShape;

pub(super) const TOOL: ToolSpec = ToolSpec {
    action: "tool.select",
    serves: |tool| tool == Tool::Select,
    on_input,
    hint: |_| String::new(),
    cursor: CursorIcon::Default,
};

fn on_input(gesture: Gesture, input: &Input, situation: &Situation<'_>, out: &mut Outcome) -> Gesture {
    match input.phase {
        Phase::Hover => gesture,
        Phase::Press => press(input, situation, out),
        Phase::DoublePress => double_press(input, situation, out),
        Phase::Drag => match gesture {
            Gesture::Pressed { target, .. } => begin(target, input, situation, out),
            under_way => go_on(under_way, input, situation, out),
        },
        Phase::Release => {
            release(gesture, input, situation, out);
            Gesture::Idle
        }
    }
}

fn press(input: &Input, situation: &Situation<'_>, out: &mut Outcome) -> Gesture {
    let target = situation.target(input.at, situation.hovered);
    let Target::Hit(hit) = target else { return Gesture::Pressed { target, narrows: false } };
    let (adds, toggles) = (input.modifiers.shift, input.modifiers.command);
    let clicked = clicked(situation, hit);
    let still_inside = groups::still_inside(situation, clicked);
    let situation = &Situation { inside: still_inside, ..*situation };
    out.inside = Some(still_inside.to_vec());
    let Some(element) = clicked else {
        if let Hit::LaneHeader(index) = hit
            && !adds
            && !toggles
        {
            select_unperformed(situation, index, out);
            return Gesture::Pressed { target, narrows: false };
        }
        if !adds && !toggles && !situation.selection.is_empty() {
            out.select(Vec::new());
        }
        return Gesture::Pressed { target, narrows: false };
    };
    let whole = groups::clicked(situation, element);
    let is_selected = situation.selection.contains(&element);
    let mut narrows = false;
    if is_selected && toggles {
        out.select(situation.selection.iter().copied().filter(|one| !whole.contains(one)).collect());
        return Gesture::Idle;
    } else if !is_selected && (adds || toggles) {
        let added = whole.into_iter().filter(|one| !situation.selection.contains(one));
        out.select(situation.selection.iter().copied().chain(added).collect());
    } else if !is_selected {
        out.select(whole);
    } else {
        narrows = situation.selection.len() > whole.len() && !adds;
    }
    Gesture::Pressed { target, narrows }
}

/// The element that a click selects: of the header of a lane its actor.
fn clicked(situation: &Situation<'_>, hit: Hit) -> Option<ElementRef> {
    match hit {
        Hit::LaneHeader(index) => situation.scene.lanes.get(index).and_then(|lane| lane.actor).map(ElementRef::from),
        other => other.element(),
    }
}

/// Selects what stands in a lane of nobody, so that it can be given to somebody.
pub(in crate::app::canvas) fn select_unperformed(situation: &Situation<'_>, lane: usize, out: &mut Outcome) {
    let Some(lane) = situation.scene.lanes.get(lane) else { return };
    let stands_in = |node: &&NodeShape| lane.rect.contains(node.rect.center());
    let is_node = |element: &ElementRef| FlowNode::try_from(*element).is_ok();
    let elements: Vec<ElementRef> =
        situation.scene.nodes.iter().filter(stands_in).map(|node| node.element).filter(is_node).collect();
    let is_empty = elements.is_empty();
    out.select(elements);
    if !is_empty {
        let hint = "Choose who performs them in the side panel; the lane goes when nothing is left in it.";
        out.commands.push(Command::Hint(hint.to_owned()));
    }
}

fn double_press(input: &Input, situation: &Situation<'_>, out: &mut Outcome) -> Gesture {
    match situation.target(input.at, None) {
        Target::Hit(Hit::Node(element)) => match groups::entered(situation, element) {
            Some(path) => {
                out.select(groups::clicked(&Situation { inside: path, ..*situation }, element));
                out.inside = Some(path.to_vec());
            }
            None => out.commands.push(Command::Rename(element)),
        },
        Target::Hit(Hit::Flow(element)) | Target::Label(element) => out.commands.push(Command::Rename(element)),
        Target::Hit(Hit::LaneHeader(index)) => {
            let lane = situation.scene.lanes.get(index);
            match lane.and_then(|lane| Some((lane.collapsed, lane.actor?))) {
                Some((true, _)) => out.commands.push(Command::Action("arrange.collapse")),
                Some((false, actor)) => out.commands.push(Command::Rename(actor.into())),
                None => {}
            }
        }
        Target::Hit(Hit::PhaseHeader(index)) => {
            out.phase = situation.scene.phases.get(index).map(|phase| phase.index);
        }
        Target::Hit(Hit::Ground | Hit::Lane(_)) if situation.process().is_some() => {
            if let Some(edit) = addition(situation, NewElement::Step, Some(input.at), None) {
                out.create(edit);
            }
        }
        _ => {}
    }
    Gesture::Idle
}

/// The drag that begins on a target.
fn begin(target: Target, input: &Input, situation: &Situation<'_>, out: &mut Outcome) -> Gesture {
    let gesture = match target {
        Target::Handle(from, side) => Some(Gesture::Connect(Connecting::new(from, Some(side), input.at))),
        Target::Corner(element, corner) => Resizing::start(element, corner, situation).map(Gesture::Resize),
        Target::LineEnd(line, end) => Leading::start(line, end, input.at, situation.scene).map(Gesture::Lead),
        Target::Label(line) => Labelling::start(line, situation.scene).map(Gesture::Label),
        Target::Hit(Hit::Node(element)) => {
            let moving = Moving::start(situation, input.modifiers.alt).map(Gesture::Move);
            if moving.is_none() {
                let name = situation.document.name_of(element);
                out.hint = Some(format!("“{name}” is locked; Ctrl+Shift+L frees it."));
            }
            moving
        }
        Target::Hit(Hit::Flow(line)) => Bending::start(line, input.press, situation).map(Gesture::Bend),
        Target::Hit(Hit::LaneHeader(shape)) => LaneGesture::order(situation.scene, shape).map(Gesture::Lane),
        Target::Hit(Hit::LaneBorder(shape)) => LaneGesture::height(situation.scene, shape).map(Gesture::Lane),
        Target::Hit(Hit::PhaseBorder(shape)) => PhaseGesture::start(situation.scene, shape).map(Gesture::Phase),
        Target::Hit(Hit::PhaseHeader(_) | Hit::LaneFold(_)) => None,
        Target::Hit(Hit::Lane(_) | Hit::Ground) => {
            let keeps = input.modifiers.shift || input.modifiers.command;
            let before = if keeps { situation.selection.to_vec() } else { Vec::new() };
            Some(Gesture::Marquee { from: input.press, to: input.at, before })
        }
    };
    match gesture {
        Some(gesture) => go_on(gesture, input, situation, out),
        None => Gesture::Idle,
    }
}

fn go_on(gesture: Gesture, input: &Input, situation: &Situation<'_>, out: &mut Outcome) -> Gesture {
    match gesture {
        Gesture::Move(moving) => Gesture::Move(moving.drag(input, situation)),
        Gesture::Resize(resizing) => Gesture::Resize(resizing.drag(input, situation)),
        Gesture::Bend(bending) => Gesture::Bend(bending.drag(input)),
        Gesture::Lane(lane) => Gesture::Lane(lane.drag(input, situation.scene)),
        Gesture::Phase(phase) => Gesture::Phase(phase.drag(input, situation.scene)),
        Gesture::Lead(leading) => Gesture::Lead(leading.drag(input, situation, out)),
        Gesture::Label(labelling) => Gesture::Label(labelling.drag(input)),
        Gesture::Connect(connecting) => connect::drag(connecting, input, situation, out),
        Gesture::Marquee { from, before, .. } => {
            let mut selection = before.clone();
            let inside = framed(situation.scene, Rect::from_two_pos(from, input.at));
            let inside = groups::all_clicked(situation, inside);
            selection.extend(inside.into_iter().filter(|element| !before.contains(element)));
            if selection != situation.selection {
                out.select(selection);
            }
            Gesture::Marquee { from, to: input.at, before }
        }
        Gesture::Idle | Gesture::Pressed { .. } | Gesture::Pan | Gesture::Space(_) => gesture,
    }
}

fn release(gesture: Gesture, input: &Input, situation: &Situation<'_>, out: &mut Outcome) {
    match go_on(gesture, input, situation, out) {
        Gesture::Pressed { target: Target::Handle(from, side), .. } => append::at_side(from, side, situation, out),
        Gesture::Pressed { target: Target::Hit(Hit::Node(ElementRef::Step(step))), .. }
            if is_on_marker(step, input, situation) =>
        {
            out.commands.push(Command::OpenInside(step));
        }
        Gesture::Pressed { target: Target::Hit(_), .. } if let Some(decision) = badge(input, situation) => {
            out.commands.push(Command::Reveal(decision.into()));
        }
        Gesture::Pressed { target: Target::Hit(Hit::LaneFold(shape)), .. } => LaneGesture::fold(shape, situation, out),
        Gesture::Pressed { target: Target::Hit(hit), narrows: true } => {
            out.select(hit.element().map(|element| groups::clicked(situation, element)).unwrap_or_default());
        }
        Gesture::Move(moving) => moving.finish(situation, out),
        Gesture::Resize(resizing) => resizing.finish(situation, out),
        Gesture::Bend(bending) => bending.finish(situation, out),
        Gesture::Lane(lane) => lane.finish(situation, out),
        Gesture::Phase(phase) => phase.finish(situation, out),
        Gesture::Connect(connecting) => drop(connect::finish(&connecting, situation, out)),
        Gesture::Lead(leading) => leading.finish(out),
        Gesture::Label(labelling) => labelling.finish(situation, out),
        Gesture::Idle | Gesture::Pressed { .. } | Gesture::Marquee { .. } | Gesture::Pan | Gesture::Space(_) => {}
    }
}

/// The decision whose badge a click meets; what says who decides leads to the row where that is written.
fn badge(input: &Input, situation: &Situation<'_>) -> Option<DecisionId> {
    let at = |point| situation.scene.badge_at(point);
    at(input.at).filter(|decision| at(input.press) == Some(*decision))
}

/// Whether a click meets the marker that says that there is more behind a step.
fn is_on_marker(step: crate::model::StepId, input: &Input, situation: &Situation<'_>) -> bool {
    let node = crate::app::canvas::pick::node_of(situation.scene, step.into());
    let marker = node.and_then(|node| crate::scene::inside_marker(situation.document, situation.view, step, node.rect));
    marker.is_some_and(|marker| marker.contains(input.at) && marker.contains(input.press))
}
