//! Draws connections: from a handle, or from an element with the connect tool.

use egui::CursorIcon;
use emath::Pos2;

use super::{Gesture, Input, NewMenu, Outcome, Phase, Situation, Target, ToolSpec, can_start};
use crate::app::canvas::Tool;
use crate::app::canvas::pick::{Hit, Side, hit};
use crate::edit::rules::can_connect;
use crate::edit::{Connect, Verdict};
use crate::model::{Actor, ElementRef};

pub(super) const TOOL: ToolSpec = ToolSpec {
    action: "tool.connect",
    serves: |tool| tool == Tool::Connect,
    on_input,
    hint: |_| {
        "Drag from one element to another, or to the pool of a party outside; on empty ground, a new one is offered."
            .to_owned()
    },
    cursor: CursorIcon::Crosshair,
};

/// A connection being drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Connecting {
    /// Where it starts.
    pub from: ElementRef,
    /// The handle it was pulled from.
    pub side: Option<Side>,
    /// Where its other end is.
    pub to: Pos2,
    /// The element under it.
    pub over: Option<ElementRef>,
    /// Why it may not end there.
    pub refusal: Option<String>,
}

impl Connecting {
    /// A connection that has just been pulled from an element.
    pub fn new(from: ElementRef, side: Option<Side>, to: Pos2) -> Self {
        Self { from, side, to, over: None, refusal: None }
    }

    /// The same with its end at another place, and the answer of the rules.
    pub fn led_to(mut self, at: Pos2, situation: &Situation<'_>) -> Self {
        self.to = at;
        self.over = match hit(situation.scene, at, situation.zoom) {
            Hit::Node(element) if element != self.from => Some(element),
            other => party_at(situation, other).filter(|party| *party != self.from),
        };
        self.refusal = match self.over.map(|over| can_connect(situation.document, self.from, over)) {
            Some(Verdict::No(reason)) => Some(reason),
            _ => None,
        };
        self
    }
}

/// The party outside whose pool this is, as far as nothing is drawn in it: a message goes to all of it.
pub fn party_at(situation: &Situation<'_>, hit: Hit) -> Option<ElementRef> {
    let (Hit::Lane(index) | Hit::LaneHeader(index) | Hit::LaneFold(index)) = hit else { return None };
    let lane = situation.scene.lanes.get(index)?;
    let outside = lane.actor.filter(|actor| matches!(actor, Actor::External(_)))?;
    let is_header = !matches!(hit, Hit::Lane(_));
    let is_empty = || !situation.scene.nodes.iter().any(|node| lane.rect.contains(node.rect.center()));
    (is_header || is_empty()).then_some(outside.into())
}

fn on_input(gesture: Gesture, input: &Input, situation: &Situation<'_>, out: &mut Outcome) -> Gesture {
    match (gesture, input.phase) {
        (_, Phase::Press | Phase::DoublePress) => match hit(situation.scene, input.at, situation.zoom) {
            Hit::Node(element) if can_start(element) => {
                Gesture::Pressed { target: Target::Hit(Hit::Node(element)), narrows: false }
            }
            Hit::Node(element) => {
                out.hint = Some(format!("Connections do not start from a {}.", element.kind().word()));
                Gesture::Idle
            }
            other => match party_at(situation, other) {
                Some(party) => Gesture::Pressed { target: Target::Hit(Hit::Node(party)), narrows: false },
                None => Gesture::Idle,
            },
        },
        (Gesture::Pressed { target: Target::Hit(Hit::Node(from)), .. }, Phase::Drag) => {
            drag(Connecting::new(from, None, input.at), input, situation, out)
        }
        (Gesture::Connect(connecting), Phase::Drag) => drag(connecting, input, situation, out),
        (Gesture::Connect(connecting), Phase::Release) => {
            let connecting = connecting.led_to(input.at, situation);
            if finish(&connecting, situation, out) {
                out.used(situation);
            }
            Gesture::Idle
        }
        (_, Phase::Release) => Gesture::Idle,
        (gesture, _) => gesture,
    }
}

/// Leads a connection to the pointer; says why it may not end there.
pub fn drag(connecting: Connecting, input: &Input, situation: &Situation<'_>, out: &mut Outcome) -> Gesture {
    let connecting = connecting.led_to(input.at, situation);
    out.hint = connecting.refusal.clone();
    Gesture::Connect(connecting)
}

/// Ends a connection: makes it, says why not, or offers new elements. Whether it led to something.
pub fn finish(connecting: &Connecting, situation: &Situation<'_>, out: &mut Outcome) -> bool {
    match (connecting.over, &connecting.refusal) {
        (Some(_), Some(reason)) => {
            out.hint = Some(reason.clone());
            false
        }
        (Some(to), None) => {
            out.edit(Connect { from: connecting.from, to, view: Some(situation.view) });
            true
        }
        (None, _) => {
            let stays_inside = super::node_of(situation.scene, connecting.from)
                .is_some_and(|node| node.rect.expand(super::HANDLE_GAP * 1.5 / situation.zoom).contains(connecting.to));
            if !stays_inside {
                out.menu = Some(NewMenu { from: connecting.from, at: connecting.to });
            }
            !stays_inside
        }
    }
}
