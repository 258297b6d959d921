//! Process views: lanes with their headers, nodes, flows with labels, and who decides at gateways.

use emath::{Align, Pos2, Rect, pos2, vec2};
use rustc_hash::FxHashMap;

use super::build::{Builder, Node};
use super::captions::Ground;
use super::icon::Icon;
use super::item::*;
use super::jumps::{jumps, with_jumps};
use super::lanes::{complete_lanes, extents, lane_of_nodes};
use super::measures::*;
use super::pen::Pen;
use super::routes;
use super::sketch::decision_badges;
use super::text::{Line, Measure};
use super::words::{accessible_label, counted, flow_label, joined, percent};
use crate::model::*;

pub(crate) fn build(builder: &mut Builder<'_>, process: ProcessId, stored: &[Lane]) -> Scene {
    let document = builder.context.document();
    let lane_of = lane_of_nodes(document, process);
    let actor_of = |element: ElementRef| FlowNode::try_from(element).ok().and_then(|node| lane_of.get(&node).copied());
    let listed = if stored.is_empty() { std::mem::take(&mut builder.fresh_lanes) } else { stored.to_vec() };
    let needed = builder.nodes.iter().filter_map(|node| actor_of(node.shown.element));
    let lanes = complete_lanes(&listed, needed);
    move_into_lanes(builder, &lanes, &actor_of);
    let flows = shown_flows(builder, Some(process));
    let lines = flow_lines(builder, &flows);
    add_lanes(builder, &lanes, stored.len(), &lines);
    draw_flows(builder, &flows, lines);
    builder.add_note_lines();
    builder.add_nodes(|_, node: &Node| actor_of(node.shown.element).flatten().map(ElementRef::from));
    add_captions(builder);
    builder.finish()
}

/// Keeps every node in its own lane, wherever its stored place is, and leaves out those of folded lanes.
fn move_into_lanes(builder: &mut Builder<'_>, lanes: &[Lane], actor_of: &dyn Fn(ElementRef) -> Option<Option<Actor>>) {
    let extents = extents(lanes);
    builder.nodes.retain_mut(|node| {
        let Some(actor) = actor_of(node.shown.element) else { return true };
        let Some(index) = lanes.iter().position(|lane| lane.actor == actor) else { return true };
        let (Some(lane), Some(extent)) = (lanes.get(index), extents.get(index)) else { return true };
        let (top, bottom) = (extent.offset as f32, extent.end() as f32);
        let half = node.rect.height() / 2.0;
        let center = node.rect.center();
        let inside = if bottom - top < node.rect.height() {
            (top + bottom) / 2.0
        } else {
            center.y.clamp(top + half, bottom - half)
        };
        node.rect = node.rect.translate(vec2(0.0, inside - center.y));
        !lane.collapsed
    });
    builder.index_of = builder.nodes.iter().enumerate().map(|(index, node)| (node.shown.element, index)).collect();
}

/// The bands from the leftmost node to the rightmost node or line.
fn add_lanes(builder: &mut Builder<'_>, lanes: &[Lane], stored: usize, lines: &[Vec<Pos2>]) {
    if lanes.is_empty() {
        return;
    }
    let extents = extents(lanes);
    let nodes = || builder.nodes.iter().filter(|node| FlowNode::try_from(node.shown.element).is_ok());
    let first = nodes().map(|node| node.rect.left()).fold(f32::INFINITY, f32::min);
    let last = nodes().map(|node| node.rect.right()).fold(f32::NEG_INFINITY, f32::max);
    let last = lines.iter().flatten().map(|point| point.x).fold(last, f32::max);
    let left = (first - LANE_HEADER - LANE_PADDING).min(0.0).floor();
    let right = if last.is_finite() { (last + LANE_PADDING).max(left + 640.0).ceil() } else { left + 960.0 };
    let bottom = extents.last().map_or(0.0, |extent| extent.end() as f32);
    let frame = Rect::from_min_max(pos2(left, 0.0), pos2(right, bottom));
    let mut pen = Pen::new(None);
    pen.card(frame, Style::card(Colour::Raised, Colour::LineStrong));
    builder.add(pen.into_group());
    let count = lanes.len();
    for (index, (lane, extent)) in lanes.iter().zip(&extents).enumerate() {
        let rect = Rect::from_min_max(pos2(left, extent.offset as f32), pos2(right, extent.end() as f32));
        let header = Rect::from_min_max(rect.min, pos2(left + LANE_HEADER, rect.bottom()));
        let element = lane.actor.map(ElementRef::from);
        let mut pen = Pen::new(element);
        if index % 2 == 1 {
            lane_ground(&mut pen, rect, index + 1 == count);
        }
        if index > 0 {
            let line = Style::line(Stroke::new(Colour::Line, HAIRLINE));
            pen.path(Detail::Shape, vec![rect.left_top(), rect.right_top()], false, 0.0, line);
        }
        let line = Style::line(Stroke::new(Colour::Line, HAIRLINE));
        pen.path(Detail::Shape, vec![header.right_top(), header.right_bottom()], false, 0.0, line);
        lane_header(builder, &mut pen, lane, header);
        let document = builder.context.document();
        builder.scene.lanes.push(LaneShape {
            actor: lane.actor,
            index: (index < stored).then_some(index),
            rect,
            header,
            collapsed: lane.collapsed,
            label: element.map_or_else(|| "Nobody".to_owned(), |element| accessible_label(document, element)),
        });
        builder.add(pen.into_group());
    }
    let mut pen = Pen::new(None);
    pen.card(frame, Style::line(Stroke::new(Colour::LineStrong, HAIRLINE)));
    builder.add(pen.into_group());
}

/// The faint ground of every other lane; the last one follows the round corners of the frame.
fn lane_ground(pen: &mut Pen, rect: Rect, is_last: bool) {
    pen.rect(Detail::Shape, rect, if is_last { CORNER } else { 0.0 }, Style::filled(Colour::Lane));
    if is_last {
        let upper = Rect::from_min_max(rect.min, pos2(rect.right(), rect.center().y));
        pen.rect(Detail::Shape, upper, 0.0, Style::filled(Colour::Lane));
    }
}

fn lane_header(builder: &Builder<'_>, pen: &mut Pen, lane: &Lane, header: Rect) {
    let room = header.height() - 12.0;
    let (name, caption, ink) = lane_texts(builder, lane, room);
    if lane.collapsed {
        let middle = header.center();
        pen.icon(Detail::Secondary, Icon::ChevronRight, pos2(middle.x, middle.y), SMALL_ICON, Colour::InkSecond);
        let top = middle.y - Measure::bundled().line_height(LABEL) / 2.0;
        pen.text(Detail::Title, &name, LABEL, Colour::Ink, pos2(header.right() + 8.0, top), Align::Min);
        return;
    }
    let x = if caption.is_empty() { 22.0 } else { 15.0 };
    let center = pos2(header.left() + x, header.center().y);
    pen.upward_text(Detail::Title, &name, LABEL, Colour::Ink, center, room);
    let center = pos2(header.left() + 31.0, header.center().y);
    pen.upward_text(Detail::Secondary, &caption, CAPTION, ink, center, room);
}

/// Name, caption and colour of the caption. Holders whose names do not fit into the room are counted.
fn lane_texts(builder: &Builder<'_>, lane: &Lane, room: f32) -> (String, String, Colour) {
    let document = builder.context.document();
    let Some(actor) = lane.actor else { return ("Nobody yet".to_owned(), String::new(), Colour::InkSecond) };
    let name = document.name_of(actor.into()).to_owned();
    let load = builder.context.options.loads.get(&actor.into());
    let mut ink = load.filter(|load| load.level != LoadLevel::Usual).map(|load| Colour::Load(load.level));
    let who = match actor {
        Actor::Role(id) => {
            if document.get::<Role>(id).is_some_and(|role| role.vacant) {
                ink = Some(Colour::Severity(Severity::High));
            }
            let names = document.holders_label(id);
            let holders = document.get::<Role>(id).map_or(0, |role| role.holders.len());
            let with_load = joined([Some(names.clone()), load.map(|load| percent(load.share))]);
            let fits = Measure::bundled().width(&with_load, CAPTION) <= room;
            if fits || holders < 2 { names } else { counted(holders, "person", "people") }
        }
        Actor::Unit(id) => match builder.context.facts.counts(id).people {
            0 => "unit".to_owned(),
            people => counted(people, "person", "people"),
        },
        Actor::Person(_) => "person".to_owned(),
        Actor::External(_) => "external".to_owned(),
        Actor::System(_) => "system".to_owned(),
        Actor::Body(_) => "body".to_owned(),
    };
    let caption = joined([Some(who), load.map(|load| percent(load.share))]);
    (name, caption, ink.unwrap_or(Colour::InkSecond))
}

/// Draws the flows of all processes between nodes that are shown.
pub(crate) fn add_flows(builder: &mut Builder<'_>) {
    let flows = shown_flows(builder, None);
    let lines = flow_lines(builder, &flows);
    draw_flows(builder, &flows, lines);
}

/// Flows whose two ends are shown: of one process, or all of them.
fn shown_flows<'a>(builder: &Builder<'a>, process: Option<ProcessId>) -> Vec<(FlowId, &'a Flow)> {
    let is_shown = |node: FlowNode| builder.index_of.contains_key(&node.into());
    let flows = builder.context.document().flows().iter();
    flows
        .filter(|(_, flow)| process.is_none_or(|process| flow.process == process))
        .filter(|(_, flow)| is_shown(flow.from) && is_shown(flow.to))
        .collect()
}

fn draw_flows(builder: &mut Builder<'_>, flows: &[(FlowId, &Flow)], lines: Vec<Vec<Pos2>>) {
    let labels = place_labels(builder, flows, &lines);
    let mut pills = Vec::new();
    let passed = if builder.context.options.jumps { jumps(&lines) } else { vec![Vec::new(); lines.len()] };
    for ((((id, flow), points), jumps), label) in flows.iter().zip(lines).zip(passed).zip(labels) {
        let element = ElementRef::Flow(*id);
        let mut pen = Pen::new(Some(element));
        draw_flow(&mut pen, &with_jumps(&points, &jumps));
        let rect = label.as_ref().map(|(rect, _)| *rect);
        if let Some((rect, line)) = label {
            let mut pill = Pen::new(Some(element));
            draw_label(&mut pill, rect, line);
            pills.push(pill.into_group());
        }
        let (from, to) = (flow.from.into(), flow.to.into());
        let edge = EdgeShape { element, from, to, meaning: EdgeMeaning::Flow, points, label: rect, item: 0 };
        builder.add_edge(pen.into_group(), edge);
    }
    // Above all lines, so that none runs through a label.
    pills.into_iter().for_each(|pill| builder.add(pill));
}

/// The lines of flows, each ending on the outline of its nodes.
fn flow_lines(builder: &Builder<'_>, flows: &[(FlowId, &Flow)]) -> Vec<Vec<Pos2>> {
    let known = |id: &FlowId| match builder.flows.get(id) {
        Some(placement) if !placement.bends.is_empty() => Some(&placement.bends),
        _ => builder.fresh_bends.get(id),
    };
    let mut lines: Vec<Option<Vec<Pos2>>> =
        flows.iter().map(|(id, flow)| routes::stored(builder, flow.from.into(), flow.to.into(), known(id)?)).collect();
    let open: Vec<(ElementRef, ElementRef)> = flows
        .iter()
        .zip(&lines)
        .filter(|(_, line)| line.is_none())
        .map(|((_, flow), _)| (flow.from.into(), flow.to.into()))
        .collect();
    let mut routed = routes::between(builder, &open, 12.0).into_iter();
    for line in lines.iter_mut().filter(|line| line.is_none()) {
        *line = routed.next();
    }
    let finished = |(line, (_, flow)): (Option<Vec<Pos2>>, &(FlowId, &Flow))| {
        let mut points = line.unwrap_or_default();
        let end = |node: FlowNode| Some((form_of(node), builder.rect_of(node.into())?));
        if let ([first, second, ..], Some((form, rect))) = (points.as_mut_slice(), end(flow.from)) {
            *first = routes::meet_outline(form, rect, *second, *first);
        }
        if let ([.., before, last], Some((form, rect))) = (points.as_mut_slice(), end(flow.to)) {
            *last = routes::meet_outline(form, rect, *before, *last);
        }
        points
    };
    lines.into_iter().zip(flows).map(finished).collect()
}

fn form_of(node: FlowNode) -> NodeForm {
    match node {
        FlowNode::Step(_) => NodeForm::Card,
        FlowNode::Gateway(_) => NodeForm::Diamond,
        FlowNode::Event(_) => NodeForm::Circle,
    }
}

fn draw_flow(pen: &mut Pen, points: &[Pos2]) {
    let [.., before, tip] = points else { return };
    let mut line = points.to_vec();
    if let Some(last) = line.last_mut() {
        let room = (*tip - *before).length();
        *last = *tip - (*tip - *before).normalized() * (ARROW - 1.0).min(room * 0.9);
    }
    pen.path(Detail::Shape, line, false, BEND, Style::line(Stroke::new(Colour::Connector, LINE)));
    pen.arrow(*before, *tip, Colour::Connector);
}

fn draw_label(pen: &mut Pen, rect: Rect, line: Line) {
    pen.pill(Detail::Secondary, rect, Style::card(Colour::Raised, Colour::Line));
    let top = rect.center().y - Measure::bundled().line_height(CAPTION) / 2.0;
    let anchor = pos2(rect.center().x, top);
    pen.lines(Detail::Secondary, vec![line], CAPTION, Colour::InkSecond, anchor, Align::Center);
}

/// Places for the labels of flows, on their lines and off boxes and other labels.
fn place_labels(builder: &Builder<'_>, flows: &[(FlowId, &Flow)], lines: &[Vec<Pos2>]) -> Vec<Option<(Rect, Line)>> {
    let mut ground = Ground::default();
    builder.nodes.iter().for_each(|node| ground.add_box(node.rect));
    lines.iter().enumerate().for_each(|(index, points)| ground.add_line(points, index));
    flows
        .iter()
        .zip(lines)
        .enumerate()
        .map(|(index, ((_, flow), points))| {
            let text = flow_label(flow);
            let line = Measure::bundled().ellipsize(&text, CAPTION, 140.0);
            if line.text.is_empty() || points.len() < 2 {
                return None;
            }
            let size = vec2((line.width + 16.0).ceil(), 18.0);
            ground.take(&label_places(points, size), Some(index)).map(|rect| (rect, line))
        })
        .collect()
}

/// On each piece of a line that is long enough: near its start, in its middle; the pieces from the start on.
fn label_places(points: &[Pos2], size: emath::Vec2) -> Vec<Rect> {
    let mut places = Vec::new();
    let pieces = points.iter().zip(points.iter().skip(1));
    for (from, to) in pieces {
        let way = *to - *from;
        let needed = if way.x.abs() > way.y.abs() { size.x } else { size.y };
        let length = way.length();
        if length < needed + 12.0 {
            continue;
        }
        let along = way.normalized();
        for at in [needed / 2.0 + 14.0, length / 2.0, length - needed / 2.0 - 16.0] {
            if at <= length {
                places.push(Rect::from_center_size(*from + along * at, size));
            }
        }
    }
    if places.is_empty() {
        let middle = points.get(points.len() / 2).copied().unwrap_or_default();
        let lifted = middle - vec2(0.0, size.y / 2.0 + 4.0);
        places.push(Rect::from_center_size(lifted, size));
        places.push(Rect::from_center_size(middle + vec2(0.0, size.y / 2.0 + 4.0), size));
    }
    places
}

/// Names of events and gateways beside them, and who decides at gateways.
pub(crate) fn add_captions(builder: &mut Builder<'_>) {
    let mut ground = Ground::default();
    for node in &builder.nodes {
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
    let mut captions: FxHashMap<usize, Pen> = FxHashMap::default();
    for (index, node) in builder.nodes.iter().enumerate() {
        let element = node.shown.element;
        if !matches!(element, ElementRef::Event(_) | ElementRef::Gateway(_)) {
            continue;
        }
        let mut pen = Pen::new(Some(element));
        draw_name(builder, &mut pen, &mut ground, node);
        for badge in decision_badges(builder.context, element, 220.0) {
            if let Some(place) = ground.take(&places_around(node.rect, badge.size(), 6.0, false), None) {
                pen.badge(&badge, place.center());
            }
        }
        captions.insert(index, pen);
    }
    for index in 0..builder.nodes.len() {
        if let Some(pen) = captions.remove(&index).filter(|pen| !pen.is_empty()) {
            builder.add(pen.into_group());
        }
    }
}

fn draw_name(builder: &Builder<'_>, pen: &mut Pen, ground: &mut Ground, node: &Node) {
    let name = builder.context.document().name_of(node.shown.element);
    if name.is_empty() {
        return;
    }
    let lines = Measure::bundled().wrap(name, CAPTION, super::arrange::CAPTION_WIDTH, 3);
    let width = lines.iter().map(|line| line.width).fold(0.0, f32::max);
    let size = vec2(width, Measure::bundled().line_height(CAPTION) * lines.len() as f32);
    if let Some(place) =
        ground.take(&places_around(node.rect, size, 3.0, matches!(node.shown.element, ElementRef::Gateway(_))), None)
    {
        let anchor = pos2(place.center().x, place.top());
        pen.lines(Detail::Name, lines, CAPTION, Colour::Ink, anchor, Align::Center);
    }
}

/// Below, above, then at the corners of a box; a gateway's lines leave at its tips, so its corners come first.
fn places_around(rect: Rect, size: emath::Vec2, gap: f32, corners_first: bool) -> Vec<Rect> {
    let down = (rect.height() + size.y) / 2.0 + gap;
    let beside = size.x / 2.0 + gap + 3.0;
    let straight = [vec2(0.0, down), vec2(0.0, -down)];
    let corners =
        [vec2(-beside, -down + 5.0), vec2(beside, -down + 5.0), vec2(-beside, down - 5.0), vec2(beside, down - 5.0)];
    let far = [vec2(0.0, down + size.y + 4.0), vec2(0.0, -down - size.y - 4.0)];
    let far_corners = corners.map(|by| by + vec2(0.0, by.y.signum() * (size.y + 4.0)));
    let mut moves: Vec<emath::Vec2> = if corners_first {
        corners.into_iter().chain(straight).collect()
    } else {
        straight.into_iter().chain(corners).collect()
    };
    moves.extend(far_corners);
    moves.extend(far);
    moves.into_iter().map(|by| Rect::from_center_size(rect.center() + by, size)).collect()
}
