//! Process views: nodes in their lanes, flows and links between them, names beside shapes, who decides at gateways.

use emath::{Align, Pos2, Rect, Vec2, pos2, vec2};

use super::arrange::CAPTION_WIDTH;
use super::bands::Bands;
use super::build::{Builder, Node};
use super::captions::Ground;
use super::connectors;
use super::item::*;
use super::kept::Memory;
use super::lanes::{complete_lanes, lane_of_shown, sound};
use super::measures::*;
use super::pen::Pen;
use super::sketch::decision_badges;
use super::text::{Line, Measure};
use crate::model::*;

pub(crate) fn build(
    mut builder: Builder<'_>,
    stored: &[Lane],
    phases: &[Phase],
    direction: FlowDirection,
) -> (Scene, Memory) {
    let document = builder.context.document();
    let nodes = builder.nodes.iter().filter_map(|node| FlowNode::try_from(node.shown.element).ok());
    let lane_of = lane_of_shown(document, nodes);
    let actor_of = |element: ElementRef| FlowNode::try_from(element).ok().and_then(|node| lane_of.get(&node).copied());
    let listed = if stored.is_empty() { std::mem::take(&mut builder.fresh_lanes) } else { stored.to_vec() };
    let is_drawn = !listed.is_empty() && listed.iter().all(|lane| lane.frame.is_some());
    // Only what stands in no sub-flow asks for a lane; a drawing from elsewhere has the lanes it has.
    let outer = builder.nodes.iter().filter(|node| !is_drawn && node.host.is_none() && node.parent.is_none());
    let needed = outer.filter_map(|node| actor_of(node.shown.element));
    let lanes = sound(&complete_lanes(&listed, needed));
    let index_of = |element: ElementRef| {
        let actor = actor_of(element)?;
        lanes.iter().position(|lane| lane.actor == actor)
    };
    let mut counts = vec![0; lanes.len()];
    let steps = builder.nodes.iter().filter(|node| matches!(node.shown.element, ElementRef::Step(_)));
    for index in steps.filter_map(|node| index_of(node.shown.element)) {
        if let Some(count) = counts.get_mut(index) {
            *count += 1;
        }
    }
    move_into_lanes(&mut builder, &lanes, direction, &index_of);
    let parent_of = |_: &Builder<'_>, node: &Node| actor_of(node.shown.element).flatten().map(ElementRef::from);
    let flows = connectors::flows(&builder);
    if !lanes.is_empty() {
        let lines: Vec<&[Pos2]> = flows.iter().map(|flow| flow.points.as_slice()).collect();
        Bands::new(&builder, &lanes, direction, stored.len(), &counts, index_of).draw(
            &mut builder,
            &lines,
            super::phases::reach(phases),
        );
    }
    super::phases::draw(&mut builder, phases, direction);
    builder.add_grounds(parent_of);
    connectors::draw(&mut builder, flows);
    builder.add_note_lines();
    builder.add_nodes(parent_of);
    add_captions(&mut builder);
    builder.finish()
}

/// Keeps every node in its own lane, wherever its stored place is, and leaves out those of folded lanes. What stands in
/// a sub-flow or on a border goes with it; in a drawing from elsewhere nothing moves.
fn move_into_lanes(
    builder: &mut Builder<'_>,
    lanes: &[Lane],
    direction: FlowDirection,
    index_of: &dyn Fn(ElementRef) -> Option<usize>,
) {
    let bands = lane_bands(lanes, direction);
    let upright = direction == FlowDirection::TopToBottom;
    let own = |node: &Node| -> (Vec2, bool) {
        let Some(index) = index_of(node.shown.element) else { return (Vec2::ZERO, true) };
        let (Some(lane), Some((start, end))) = (lanes.get(index), bands.get(index)) else { return (Vec2::ZERO, true) };
        let keeps = !lane.collapsed && !super::lanes::is_hidden(lanes, index);
        if lane.frame.is_some() {
            return (Vec2::ZERO, keeps);
        }
        let (start, end) = (*start as f32, *end as f32);
        let (center, length) = if upright {
            (node.rect.center().x, node.rect.width())
        } else {
            (node.rect.center().y, node.rect.height())
        };
        let half = length / 2.0;
        let inside = if end - start < length { (start + end) / 2.0 } else { center.clamp(start + half, end - half) };
        let by = inside - center;
        (if upright { vec2(by, 0.0) } else { vec2(0.0, by) }, keeps)
    };
    let outermost = |mut at: usize| {
        for _ in 0..builder.nodes.len() {
            let Some(up) = builder.nodes.get(at).and_then(|node| node.host.or(node.parent)) else { break };
            at = up;
        }
        at
    };
    let moves: Vec<(Vec2, bool)> = (0..builder.nodes.len())
        .map(|index| builder.nodes.get(outermost(index)).map_or((Vec2::ZERO, true), own))
        .collect();
    for (node, (by, _)) in builder.nodes.iter_mut().zip(&moves) {
        node.rect = node.rect.translate(*by);
    }
    let keeps: Vec<bool> = moves.into_iter().map(|(_, keeps)| keeps).collect();
    builder.keep(&keeps);
}

/// Names of events, gateways and artefacts beside them, and who decides at gateways.
pub(crate) fn add_captions(builder: &mut Builder<'_>) {
    let mut ground = Ground::default();
    for node in builder.nodes.iter().filter(|node| !node.sketch.form.is_ground()) {
        // The corners of the box around a diamond are free.
        let is_diamond = matches!(node.shown.element, ElementRef::Gateway(_));
        ground.add_box(if is_diamond { node.rect.shrink(9.0) } else { node.rect });
    }
    for (index, edge) in builder.scene.edges.iter().enumerate() {
        ground.add_line(&edge.points, index);
        if let Some(label) = edge.label {
            ground.add_box(label);
        }
    }
    let named: Vec<Caption> = builder.nodes.iter().filter_map(|node| Caption::of(builder, node)).collect();
    // What somebody placed stands there, before anything else looks for a place.
    for caption in &named {
        if let Some(area) = caption.area {
            ground.add_box(area);
        }
    }
    for caption in named {
        let mut pen = Pen::new(Some(caption.element));
        caption.draw(&mut pen, &mut ground);
        for badge in decision_badges(builder.context, caption.element, 220.0) {
            if let Some(place) = ground.take(&places_around(caption.around, badge.size(), 6.0, false), None) {
                pen.badge(&badge, place.center());
            }
        }
        if !pen.is_empty() {
            builder.add(pen.into_group());
        }
    }
}

/// The name of a shape that has no room for it.
struct Caption {
    element: ElementRef,
    around: Rect,
    lines: Vec<Line>,
    size: Vec2,
    /// Where it stands, if somebody placed it.
    area: Option<Rect>,
    /// The step on whose border the shape stands.
    host: Option<Rect>,
}

impl Caption {
    fn of(builder: &Builder<'_>, node: &Node) -> Option<Self> {
        let element = node.shown.element;
        let document = builder.context.document();
        let mut text = match element {
            ElementRef::Event(_) | ElementRef::Gateway(_) => document.name_of(element).to_owned(),
            ElementRef::Artefact(_) if builder.context.in_process => document.name_of(element).to_owned(),
            _ => return None,
        };
        if let ElementRef::Artefact(id) = element
            && let Some(state) = document.get::<Artefact>(id).map(|artefact| &artefact.state)
            && !state.is_empty()
        {
            text = format!("{text}\n[{state}]");
        }
        let placement = node.shown.placement.and_then(|id| document.get::<Placement>(id));
        let stored = placement.and_then(|placement| placement.label);
        let width = stored.map_or(CAPTION_WIDTH, |area| (area.width as f32 + 4.0).clamp(CAPTION_WIDTH, 400.0));
        let most = if stored.is_some() { 6 } else { 3 };
        let lines = if text.is_empty() { Vec::new() } else { Measure::bundled().wrap(&text, CAPTION, width, most) };
        let width = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        let size = vec2(width, Measure::bundled().line_height(CAPTION) * lines.len() as f32);
        let center = stored.map(|area| pos2(area.center().x as f32, area.center().y as f32));
        let area = center.filter(|center| center.is_finite()).map(|center| Rect::from_center_size(center, size));
        let host = match element {
            ElementRef::Event(id) => document.get::<Event>(id).and_then(|event| event.attached),
            _ => None,
        };
        let host = host.and_then(|host| builder.index_of.get(&host.into())).and_then(|host| builder.nodes.get(*host));
        Some(Self { element, around: node.rect, lines, size, area, host: host.map(|host| host.rect) })
    }

    fn draw(&self, pen: &mut Pen, ground: &mut Ground) {
        if self.lines.is_empty() {
            return;
        }
        let is_gateway = matches!(self.element, ElementRef::Gateway(_));
        let free = || {
            let places = match self.host {
                Some(host) => places_off_border(self.around, host, self.size, 3.0),
                None => places_around(self.around, self.size, 3.0, is_gateway),
            };
            ground.take(&places, None)
        };
        if let Some(place) = self.area.or_else(free) {
            let anchor: Pos2 = pos2(place.center().x, place.top());
            pen.lines(Detail::Name, self.lines.clone(), CAPTION, Colour::Ink, anchor, Align::Center);
        }
    }
}

/// Outside of the step on whose border an event stands: left or right of the line that leaves it.
fn places_off_border(rect: Rect, host: Rect, size: Vec2, gap: f32) -> Vec<Rect> {
    let outward = if rect.center().y < host.center().y { -1.0 } else { 1.0 };
    let beside = size.x / 2.0 + gap + 2.0;
    let away = (rect.height() + size.y) / 2.0 + gap;
    let near = [vec2(-beside, away), vec2(beside, away)];
    let level = (rect.width() + size.x) / 2.0 + gap;
    let low = [vec2(-level, size.y / 2.0 + gap + 2.0), vec2(level, size.y / 2.0 + gap + 2.0)];
    let far = near.map(|by| by + vec2(0.0, size.y + 4.0));
    let moves = near.into_iter().chain(low).chain([vec2(0.0, away)]).chain(far);
    moves.map(|by| Rect::from_center_size(rect.center() + vec2(by.x, by.y * outward), size)).collect()
}

/// Below, above, then at the corners of a box; a gateway's lines leave at its tips, so its corners come first.
fn places_around(rect: Rect, size: Vec2, gap: f32, corners_first: bool) -> Vec<Rect> {
    let down = (rect.height() + size.y) / 2.0 + gap;
    let beside = size.x / 2.0 + gap + 3.0;
    let straight = [vec2(0.0, down), vec2(0.0, -down)];
    let corners =
        [vec2(-beside, -down + 5.0), vec2(beside, -down + 5.0), vec2(-beside, down - 5.0), vec2(beside, down - 5.0)];
    let far = [vec2(0.0, down + size.y + 4.0), vec2(0.0, -down - size.y - 4.0)];
    let far_corners = corners.map(|by| by + vec2(0.0, by.y.signum() * (size.y + 4.0)));
    let mut moves: Vec<Vec2> = if corners_first {
        corners.into_iter().chain(straight).collect()
    } else {
        straight.into_iter().chain(corners).collect()
    };
    moves.extend(far_corners);
    moves.extend(far);
    moves.into_iter().map(|by| Rect::from_center_size(rect.center() + by, size)).collect()
}

#[cfg(test)]
mod tests;
