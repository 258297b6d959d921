//! Phases of a process view: a band of their names before the first lane, and their borders through all lanes.

use emath::{Pos2, Rangef, Rect, pos2, vec2};

use super::build::Builder;
use super::item::*;
use super::measures::*;
use super::pen::Pen;
use super::text::Measure;
use crate::model::*;

/// Height of the band of names (width where the flow runs downward).
const BAND: f32 = 28.0;

/// How far all phases reach together.
pub(crate) fn reach(phases: &[Phase]) -> f32 {
    phase_ends(phases).last().map_or(0.0, |end| *end as f32)
}

/// Draws the phases over the lanes, or over the nodes where there are none. The first one begins where the headers of
/// lanes end, the last one reaches as far as the lanes.
pub(crate) fn draw(builder: &mut Builder<'_>, phases: &[Phase], direction: FlowDirection) {
    let lanes = builder.scene.lanes.iter().map(|lane| lane.rect).reduce(Rect::union);
    let nodes = || builder.nodes.iter().map(|node| node.rect).reduce(Rect::union);
    let Some(ground) = lanes.or_else(|| nodes().map(|all| all.expand(LANE_PADDING))) else { return };
    let upright = direction == FlowDirection::TopToBottom;
    let along = |rect: Rect| if upright { rect.y_range() } else { rect.x_range() };
    let across = |rect: Rect| if upright { rect.x_range() } else { rect.y_range() };
    let open = builder.scene.lanes.iter().filter(|lane| lane.header != lane.rect);
    let headers = open.map(|lane| along(lane.header).max).fold(along(ground).min, f32::max);
    let body = across(ground);
    let band = Rangef::new(body.min - BAND, body.min);
    let rect = |along: Rangef, across: Rangef| match upright {
        true => Rect::from_x_y_ranges(across, along),
        false => Rect::from_x_y_ranges(along, across),
    };
    let last = phases.len().saturating_sub(1);
    let mut start = headers;
    for (index, (phase, end)) in phases.iter().zip(phase_ends(phases)).enumerate() {
        let end = if index == last { (end as f32).max(along(ground).max) } else { end as f32 };
        let reach = Rangef::new(start, end.max(start));
        let header = rect(reach, band);
        let mut pen = Pen::new(None);
        pen.rect(Detail::Shape, header, 0.0, Style::card(Colour::Lane, Colour::LineStrong));
        name(&mut pen, &phase.name, header, upright);
        if index < last {
            let ends = match upright {
                true => [pos2(body.min, reach.max), pos2(body.max, reach.max)],
                false => [pos2(reach.max, body.min), pos2(reach.max, body.max)],
            };
            let line = Style::line(Stroke::new(Colour::LineStrong, LINE)).dashed(Dash::Dashed);
            pen.path(Detail::Shape, ends.to_vec(), false, 0.0, line);
        }
        builder.add(pen.into_group());
        let whole = header.union(rect(reach, body));
        builder.scene.phases.push(PhaseShape { index, rect: whole, header, label: phase.name.clone() });
        start = reach.max;
    }
}

fn name(pen: &mut Pen, name: &str, header: Rect, upright: bool) {
    if upright {
        return pen.upward_text(Detail::Title, name, LABEL, Colour::Ink, header.center(), header.height() - 12.0);
    }
    let measure = Measure::bundled();
    let line = measure.ellipsize(name, LABEL, (header.width() - 16.0).max(0.0));
    let top: Pos2 = header.center() - vec2(0.0, measure.line_height(LABEL) / 2.0);
    pen.lines(Detail::Title, vec![line], LABEL, Colour::Ink, top, emath::Align::Center);
}
