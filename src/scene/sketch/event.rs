//! Events: a thin ring starts, a double ring waits or sends, a thick ring ends; the mark in it says what it is about.

use emath::{Vec2, pos2};

use super::glyph::draw_trigger;
use super::{Sketch, asked_side};
use crate::model::*;
use crate::scene::icon::Icon;
use crate::scene::item::*;
use crate::scene::measures::*;
use crate::scene::pen::Pen;

pub(super) fn event(event: &Event, asked: Vec2) -> Sketch {
    let side = asked_side(asked, EVENT);
    let radius = side / 2.0;
    let center = pos2(radius, radius);
    let dash = if event.keeps_running { Dash::Dashed } else { Dash::Solid };
    let ring = |width: f32| Style::line(Stroke { dash, ..Stroke::new(Colour::Connector, width) });
    let filled = |width: f32| Style { fill: Some(Colour::Raised), ..ring(width) };
    let mut pen = Pen::new(None);
    match event.kind {
        EventKind::Start => pen.circle(Detail::Shape, center, radius, filled(LINE)),
        EventKind::End => pen.circle(Detail::Shape, center, radius - 1.0, filled(3.0)),
        EventKind::Intermediate => {
            pen.circle(Detail::Shape, center, radius, filled(LINE));
            pen.circle(Detail::Name, center, radius - 3.5, ring(LINE));
        }
    }
    let throws = event.kind == EventKind::End || (event.kind == EventKind::Intermediate && event.throws);
    match event.trigger {
        EventTrigger::Plain if event.kind == EventKind::Intermediate && event.wait.is_some() => {
            pen.icon(Detail::Name, Icon::Clock, center, SMALL_ICON, Colour::InkSecond);
        }
        trigger => draw_trigger(&mut pen, trigger, throws, center, radius),
    }
    Sketch { size: Vec2::splat(side), form: NodeForm::Circle, items: pen.finish() }
}
