//! Selects, and moves what is selected: the tool in hand unless another one was chosen.

use egui::CursorIcon;
use emath::Rect;

use super::bend::Bending;
use super::connect::{self, Connecting};
use super::lanes::LaneGesture;
use super::moving::Moving;
use super::resize::Resizing;
use super::{Gesture, Input, Outcome, Phase, Situation, Target, ToolSpec, addition};
use crate::app::canvas::pick::{Hit, framed};
use crate::app::canvas::{NewElement, Tool};
use crate::app::command::Command;
use crate::model::{ElementRef, FlowNode};

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
    let target = situation.target(input.at, hovered(situation, input));
    let adds = input.modifiers.shift;
    let toggles = input.modifiers.command;
    let mut narrows = false;
    if let Target::Hit(hit) = target {
        let clicked = match hit {
            Hit::LaneHeader(index) => {
                situation.scene.lanes.get(index).and_then(|lane| lane.actor).map(ElementRef::from)
            }
            other => other.element(),
        };
        match clicked {
            Some(element) => {
                let is_selected = situation.selection.contains(&element);
                if is_selected && toggles {
                    out.select(situation.selection.iter().copied().filter(|one| *one != element).collect());
                    return Gesture::Idle;
                } else if !is_selected && (adds || toggles) {
                    out.select(situation.selection.iter().copied().chain([element]).collect());
                } else if !is_selected {
                    out.select(vec![element]);
                } else {
                    narrows = situation.selection.len() > 1 && !adds;
                }
            }
            None if !adds && !toggles && !situation.selection.is_empty() => out.select(Vec::new()),
            None => {}
        }
    }
    Gesture::Pressed { target, narrows }
}

/// The box whose handles are in reach, even where the pointer is beside it.
fn hovered(situation: &Situation<'_>, input: &Input) -> Option<ElementRef> {
    let reach = super::HANDLE_GAP * 1.8 / situation.zoom;
    let near = |node: &&crate::scene::NodeShape| node.rect.expand(reach).contains(input.at);
    situation.scene.nodes.iter().rev().find(near).map(|node| node.element)
}

fn double_press(input: &Input, situation: &Situation<'_>, out: &mut Outcome) -> Gesture {
    match situation.target(input.at, None) {
        Target::Hit(Hit::Node(element) | Hit::Flow(element)) => out.commands.push(Command::Rename(element)),
        Target::Hit(Hit::LaneHeader(index)) => {
            if let Some(actor) = situation.scene.lanes.get(index).and_then(|lane| lane.actor) {
                out.commands.push(Command::Rename(actor.into()));
            }
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
        Target::Hit(Hit::Node(_)) => Moving::start(situation, input.modifiers.alt).map(Gesture::Move),
        Target::Hit(Hit::Flow(ElementRef::Flow(flow))) => {
            Bending::start(flow, input.press, situation).map(Gesture::Bend)
        }
        Target::Hit(Hit::LaneHeader(shape)) => LaneGesture::order(situation.scene, shape).map(Gesture::Lane),
        Target::Hit(Hit::LaneBorder(shape)) => LaneGesture::height(situation.scene, shape).map(Gesture::Lane),
        Target::Hit(Hit::Flow(_)) => None,
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
        Gesture::Resize(resizing) => Gesture::Resize(resizing.drag(input)),
        Gesture::Bend(bending) => Gesture::Bend(bending.drag(input)),
        Gesture::Lane(lane) => Gesture::Lane(lane.drag(input, situation.scene)),
        Gesture::Connect(connecting) => connect::drag(connecting, input, situation, out),
        Gesture::Marquee { from, before, .. } => {
            let mut selection = before.clone();
            let inside = framed(situation.scene, Rect::from_two_pos(from, input.at));
            selection.extend(inside.into_iter().filter(|element| !before.contains(element)));
            if selection != situation.selection {
                out.select(selection);
            }
            Gesture::Marquee { from, to: input.at, before }
        }
        Gesture::Idle | Gesture::Pressed { .. } | Gesture::Pan => gesture,
    }
}

fn release(gesture: Gesture, input: &Input, situation: &Situation<'_>, out: &mut Outcome) {
    match go_on(gesture, input, situation, out) {
        Gesture::Pressed { target: Target::Handle(from, side), .. } => append(from, side, situation, out),
        Gesture::Pressed { target: Target::Hit(Hit::Node(ElementRef::Step(step))), .. }
            if is_on_marker(step, input, situation) =>
        {
            out.commands.push(Command::OpenInside(step));
        }
        Gesture::Pressed { target: Target::Hit(hit), narrows: true } => {
            out.select(hit.element().into_iter().collect());
        }
        Gesture::Move(moving) => moving.finish(situation, out),
        Gesture::Resize(resizing) => resizing.finish(situation, out),
        Gesture::Bend(bending) => bending.finish(situation, out),
        Gesture::Lane(lane) => lane.finish(situation, out),
        Gesture::Connect(connecting) => drop(connect::finish(&connecting, situation, out)),
        Gesture::Idle | Gesture::Pressed { .. } | Gesture::Marquee { .. } | Gesture::Pan => {}
    }
}

/// Whether a click meets the marker that says that there is more behind a step.
fn is_on_marker(step: crate::model::StepId, input: &Input, situation: &Situation<'_>) -> bool {
    let node = crate::app::canvas::pick::node_of(situation.scene, step.into());
    let marker = node.and_then(|node| crate::scene::inside_marker(situation.document, situation.view, step, node.rect));
    marker.is_some_and(|marker| marker.contains(input.at) && marker.contains(input.press))
}

/// A click on a handle adds what usually comes there: the next step, the role below.
pub fn append(from: ElementRef, side: crate::app::canvas::pick::Side, situation: &Situation<'_>, out: &mut Outcome) {
    let new = match from {
        ElementRef::Unit(_) | ElementRef::Role(_) => NewElement::Role,
        _ if FlowNode::try_from(from).is_ok() => NewElement::Step,
        _ => return,
    };
    let at = match situation.process() {
        Some(_) => place_beside(from, side, situation),
        None => None,
    };
    if let Some(edit) = addition(situation, new, at, Some(from)) {
        out.create(edit);
    }
}

/// Where a new step goes on a side of a node: the usual distance away if that is free, else wherever the layout finds
/// room.
fn place_beside(
    from: ElementRef,
    side: crate::app::canvas::pick::Side,
    situation: &Situation<'_>,
) -> Option<emath::Pos2> {
    let rect = super::node_of(situation.scene, from)?.rect;
    let size = emath::vec2(crate::scene::measures::STEP_WIDTH.0, crate::scene::measures::STEP_HEIGHT);
    let reach = (rect.size() + size) / 2.0 + emath::Vec2::splat(40.0);
    let outward = side.outward();
    let center = rect.center() + emath::vec2(outward.x * reach.x, outward.y * reach.y);
    let place = Rect::from_center_size(center, size).expand(8.0);
    let is_free = situation.scene.nodes_touching(place).next().is_none();
    is_free.then_some(center)
}
