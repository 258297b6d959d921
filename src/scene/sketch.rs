//! The drawing of one element by itself, its top left corner at the origin: what all views share.
//!
//! A card is at least as large as asked for and grows with its text; a shape of a flow (step, event, gateway, artefact,
//! annotation, frame) is exactly as large, and its text is broken or cut to fit. The natural size is that of a sketch
//! nothing was asked of. Captions and badges outside of the box (names of events and gateways) are the business of
//! views.

mod artefact;
mod chart;
mod event;
mod gateway;
mod glyph;
mod note;
mod step;

use emath::{Pos2, Vec2};

pub(crate) use self::chart::load_bar;
pub use self::step::inside_marker;
pub(crate) use self::step::{container, decision_badges};
use super::facts::Facts;
use super::item::*;
use super::options::Options;
use super::plate::{Plate, draw_plate};
use super::text::{Line, Measure, TextStyle};
use crate::model::*;

/// A document and what is shown beside it.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) facts: &'a Facts<'a>,
    pub(crate) options: &'a Options,
    /// Whether artefacts are drawn by the shapes of flows, their names beneath.
    pub(crate) in_process: bool,
}

impl<'a> Context<'a> {
    pub(crate) fn document(&self) -> &'a Document {
        self.facts.document
    }
}

/// The drawing of one element.
#[derive(Debug)]
pub(crate) struct Sketch {
    pub(crate) size: Vec2,
    pub(crate) form: NodeForm,
    pub(crate) items: Vec<Item>,
}

/// The drawing of an element of the size `asked` (0 in a direction that asks for nothing); none for elements that have
/// no box.
pub(crate) fn sketch(context: Context<'_>, element: ElementRef, asked: Option<Vec2>) -> Option<Sketch> {
    let document = context.document();
    let asked = asked.unwrap_or(Vec2::ZERO);
    Some(match element {
        ElementRef::Unit(id) => chart::unit(context, id, document.get(id)?, asked),
        ElementRef::Role(id) => chart::role(context, id, document.get(id)?, asked),
        ElementRef::Step(id) => step::step(context, id, document.get(id)?, asked),
        ElementRef::Gateway(id) => gateway::gateway(document.get(id)?, asked),
        ElementRef::Event(id) => event::event(document.get(id)?, asked),
        ElementRef::Note(id) => note::note(document.get(id)?, asked),
        ElementRef::Artefact(id) if context.in_process => artefact::artefact(document.get(id)?, asked),
        ElementRef::Person(_)
        | ElementRef::External(_)
        | ElementRef::System(_)
        | ElementRef::Body(_)
        | ElementRef::Process(_)
        | ElementRef::Artefact(_)
        | ElementRef::Decision(_) => draw_plate(&Plate::of(context, element)?, element, asked),
        ElementRef::Flow(_)
        | ElementRef::Link(_)
        | ElementRef::Right(_)
        | ElementRef::Framework(_)
        | ElementRef::View(_)
        | ElementRef::Placement(_) => return None,
    })
}

/// Least side of a shape of a flow: smaller ones could not be seen or taken hold of.
const LEAST_SIDE: f32 = 12.0;

/// The length asked for, or the natural one where nothing (of use) was asked for.
fn asked_or(asked: f32, natural: f32) -> f32 {
    if asked >= LEAST_SIDE { asked } else { natural }
}

/// The side of a form that is as wide as it is high.
fn asked_side(asked: Vec2, natural: f32) -> f32 {
    match (asked.x >= LEAST_SIDE, asked.y >= LEAST_SIDE) {
        (true, true) => asked.min_elem(),
        (true, false) => asked.x,
        (false, true) => asked.y,
        (false, false) => natural,
    }
}

/// The next even number, so that centres lie on whole units.
pub(super) fn even(length: f32) -> f32 {
    (length / 2.0).ceil() * 2.0
}

pub(super) fn line_height(style: TextStyle) -> f32 {
    Measure::bundled().line_height(style)
}

pub(super) fn height_of(lines: &[Line], style: TextStyle) -> f32 {
    lines.len() as f32 * line_height(style)
}

/// Points around a centre, given for a form of which `scale` is 1.
fn around(center: Pos2, scale: f32, points: &[(f32, f32)]) -> Vec<Pos2> {
    points.iter().map(|(x, y)| center + Vec2::new(*x, *y) * scale).collect()
}

/// Points on an arc around a centre from one angle to another in radians, clockwise from the right.
fn arc(center: Pos2, radius: Vec2, from: f32, to: f32, pieces: u16) -> Vec<Pos2> {
    let at = |piece: u16| from + (to - from) * f32::from(piece) / f32::from(pieces);
    (0..=pieces).map(|piece| center + Vec2::angled(at(piece)) * radius).collect()
}

#[cfg(test)]
mod tests;
