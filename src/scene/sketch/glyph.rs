//! The marks of BPMN 2.0 (table 10.93 and figures of chapter 10): what events are about, and how steps are carried out.
//!
//! They are drawn from lines and convex areas only, as some painters fill nothing else. Coordinates of events are those
//! of a ring of radius 16.

use std::f32::consts::{FRAC_1_SQRT_2, PI, TAU};

use emath::{Pos2, Rect, Vec2, pos2, vec2};

use super::{arc, around};
use crate::model::EventTrigger;
use crate::scene::item::*;
use crate::scene::measures::{EVENT, LINE};
use crate::scene::pen::Pen;

const LEVEL: Detail = Detail::Name;

fn line() -> Style {
    Style::line(Stroke::new(Colour::Connector, LINE))
}

/// An area and the line around it, so that adjoining areas leave no seam.
fn full() -> Style {
    Style { fill: Some(Colour::Connector), ..line() }
}

/// A regular pentagon on its base.
pub(super) fn pentagon(center: Pos2, radius: f32) -> Vec<Pos2> {
    let corner = |index: u16| {
        let angle = f32::from(index) * TAU / 5.0;
        center + radius * vec2(angle.sin(), -angle.cos())
    };
    (0..5).map(corner).collect()
}

/// The mark of what an event is about, in a ring of this radius; filled where it sends.
pub(super) fn draw_trigger(pen: &mut Pen, trigger: EventTrigger, filled: bool, center: Pos2, radius: f32) {
    let scale = 2.0 * radius / EVENT;
    let mut mark = Mark { pen, center, scale, filled };
    match trigger {
        EventTrigger::Plain => {}
        EventTrigger::Message => {
            envelope(mark.pen, Rect::from_center_size(center, vec2(16.0, 11.0) * scale), filled);
        }
        EventTrigger::Timer => mark.clock(),
        EventTrigger::Error => mark.area(
            &[(-7.0, 7.0), (-3.0, -5.0), (2.0, 2.0), (7.0, -7.0), (3.0, 5.0), (-2.0, -2.0)],
            &[&[0, 1, 5], &[1, 2, 4, 5], &[2, 3, 4]],
        ),
        EventTrigger::Escalation => {
            mark.area(&[(0.0, -8.0), (6.0, 7.0), (0.0, 1.5), (-6.0, 7.0)], &[&[0, 1, 2], &[0, 2, 3]]);
        }
        EventTrigger::Cancel => mark.cross(),
        EventTrigger::Compensation => {
            mark.area(&[(-9.0, 0.0), (-0.5, -6.0), (-0.5, 6.0)], &[&[0, 1, 2]]);
            mark.area(&[(-0.5, 0.0), (8.0, -6.0), (8.0, 6.0)], &[&[0, 1, 2]]);
        }
        EventTrigger::Condition => mark.sheet(),
        EventTrigger::Link => mark.area(
            &[(-8.0, -3.5), (1.0, -3.5), (1.0, -7.0), (8.5, 0.0), (1.0, 7.0), (1.0, 3.5), (-8.0, 3.5)],
            &[&[0, 1, 5, 6], &[2, 3, 4]],
        ),
        EventTrigger::Signal => mark.area(&[(0.0, -8.0), (7.5, 5.5), (-7.5, 5.5)], &[&[0, 1, 2]]),
        EventTrigger::Terminate => mark.pen.circle(LEVEL, center, 9.0 * scale, Style::filled(Colour::Connector)),
        EventTrigger::Multiple => {
            let style = if filled { full() } else { line() };
            mark.pen.path(LEVEL, pentagon(center, 8.5 * scale), true, 0.0, style);
        }
        EventTrigger::ParallelMultiple => mark.plus(),
    }
}

struct Mark<'a> {
    pen: &'a mut Pen,
    center: Pos2,
    scale: f32,
    filled: bool,
}

impl Mark<'_> {
    /// An outline, filled by its convex parts where the event sends.
    fn area(&mut self, outline: &[(f32, f32)], parts: &[&[usize]]) {
        let points = around(self.center, self.scale, outline);
        if self.filled {
            for part in parts {
                let corners = part.iter().filter_map(|corner| points.get(*corner).copied()).collect();
                self.pen.path(LEVEL, corners, true, 0.0, full());
            }
        } else {
            self.pen.path(LEVEL, points, true, 0.0, line());
        }
    }

    fn strokes(&mut self, strokes: &[&[(f32, f32)]]) {
        for stroke in strokes {
            self.pen.path(LEVEL, around(self.center, self.scale, stroke), false, 0.0, line());
        }
    }

    fn clock(&mut self) {
        self.pen.circle(LEVEL, self.center, 8.5 * self.scale, line());
        self.strokes(&[&[(0.0, -5.5), (0.0, 0.0), (3.5, 2.0)]]);
        self.strokes(&[&[(0.0, 8.0), (0.0, 6.5)], &[(8.0, 0.0), (6.5, 0.0)], &[(-8.0, 0.0), (-6.5, 0.0)]]);
    }

    fn sheet(&mut self) {
        let style = line();
        self.pen.path(LEVEL, around(self.center, self.scale, &SHEET), true, 0.0, style);
        for y in [-4.5, -1.5, 1.5, 4.5] {
            self.strokes(&[&[(-4.0, y), (4.0, y)]]);
        }
    }

    fn cross(&mut self) {
        let turn = FRAC_1_SQRT_2;
        let turned: Vec<(f32, f32)> = PLUS.iter().map(|(x, y)| ((x - y) * turn, (x + y) * turn)).collect();
        self.area(&turned, &PLUS_PARTS);
    }

    fn plus(&mut self) {
        self.area(&PLUS, &PLUS_PARTS);
    }
}

const SHEET: [(f32, f32); 4] = [(-6.0, -7.5), (6.0, -7.5), (6.0, 7.5), (-6.0, 7.5)];
const PLUS: [(f32, f32); 12] = [
    (-2.2, -8.0),
    (2.2, -8.0),
    (2.2, -2.2),
    (8.0, -2.2),
    (8.0, 2.2),
    (2.2, 2.2),
    (2.2, 8.0),
    (-2.2, 8.0),
    (-2.2, 2.2),
    (-8.0, 2.2),
    (-8.0, -2.2),
    (-2.2, -2.2),
];
const PLUS_PARTS: [&[usize]; 2] = [&[0, 1, 6, 7], &[3, 4, 9, 10]];

/// An envelope: open (in outline) for what comes in, filled for what goes out.
pub(super) fn envelope(pen: &mut Pen, rect: Rect, filled: bool) {
    let style = if filled { full() } else { line() };
    pen.rect(LEVEL, rect, 0.5, style);
    let flap = vec![rect.left_top(), pos2(rect.center().x, rect.top() + rect.height() * 0.55), rect.right_top()];
    let flap_style = if filled { Style::line(Stroke::new(Colour::Raised, LINE)) } else { line() };
    pen.path(LEVEL, flap, false, 0.0, flap_style);
}

/// How a step is carried out: a mark in the row at its bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// Again and again.
    Loop,
    /// Several at once.
    Parallel,
    /// Several in turn.
    Sequential,
    /// Undoes another step.
    Compensation,
    /// In no fixed order.
    AdHoc,
    /// There is more inside.
    Inside,
}

/// Side of a marker.
const MARKER: f32 = 12.0;
/// From the middle of a marker to that of the next one.
const MARKER_STEP: f32 = MARKER + 6.0;
/// Height of the row of markers.
pub(super) const MARKER_ROW: f32 = 16.0;

/// A row of markers above the middle of the bottom of a box.
pub(super) fn draw_markers(pen: &mut Pen, markers: &[Marker], bottom: Pos2) {
    let left = marker_left(markers.len(), bottom);
    for (index, marker) in markers.iter().enumerate() {
        draw_marker(pen, *marker, pos2(left + MARKER_STEP * index as f32, bottom.y - 2.5 - MARKER / 2.0));
    }
}

/// Where a marker of such a row stands.
pub(super) fn marker_area(markers: &[Marker], wanted: Marker, bottom: Pos2) -> Option<Rect> {
    let index = markers.iter().position(|marker| *marker == wanted)?;
    let center = pos2(marker_left(markers.len(), bottom) + MARKER_STEP * index as f32, bottom.y - 2.5 - MARKER / 2.0);
    Some(Rect::from_center_size(center, Vec2::splat(MARKER)))
}

fn marker_left(count: usize, bottom: Pos2) -> f32 {
    bottom.x - MARKER_STEP * (count as f32 - 1.0) / 2.0
}

fn draw_marker(pen: &mut Pen, marker: Marker, center: Pos2) {
    let bars = |pen: &mut Pen, along: Vec2| {
        for offset in [-4.0, 0.0, 4.0] {
            let middle = center + along.rot90() * offset;
            let ends = vec![middle - along * 5.5, middle + along * 5.5];
            pen.path(LEVEL, ends, false, 0.0, Style::line(Stroke::new(Colour::Connector, 2.0)));
        }
    };
    match marker {
        Marker::Loop => {
            // Open at the lower left, from the lower middle round to the arrowhead.
            pen.path(LEVEL, arc(center, Vec2::splat(5.2), PI * 0.45, -PI * 1.2, 24), false, 0.0, line());
            let tip = center + Vec2::angled(-PI * 1.2) * 5.2;
            pen.path(LEVEL, vec![tip + vec2(-3.8, -0.8), tip, tip + vec2(0.6, -3.8)], false, 0.0, line());
        }
        Marker::Parallel => bars(pen, vec2(0.0, 1.0)),
        Marker::Sequential => bars(pen, vec2(1.0, 0.0)),
        Marker::Compensation => {
            for x in [-6.0, 0.0] {
                let triangle = around(center, 1.0, &[(x, 0.0), (x + 5.5, -4.5), (x + 5.5, 4.5)]);
                pen.path(LEVEL, triangle, true, 0.0, line());
            }
        }
        Marker::AdHoc => {
            let wave: Vec<Pos2> = (0..=16u8)
                .map(|piece| {
                    let x = f32::from(piece) / 16.0;
                    center + vec2(12.0 * x - 6.0, -2.5 * (TAU * x).sin())
                })
                .collect();
            pen.path(LEVEL, wave, false, 0.0, Style::line(Stroke::new(Colour::Connector, 2.0)));
        }
        Marker::Inside => {
            pen.rect(LEVEL, Rect::from_center_size(center, Vec2::splat(MARKER)), 0.5, line());
            for arm in [vec2(4.0, 0.0), vec2(0.0, 4.0)] {
                pen.path(LEVEL, vec![center - arm, center + arm], false, 0.0, line());
            }
        }
    }
}
