//! Process views: nodes in their lanes, flows and links between them, names beside shapes, who decides at gateways.

use std::sync::Arc;

use emath::{Align, Pos2, Rect, Vec2, pos2, vec2};
use rustc_hash::FxHashMap;

use super::arrange::CAPTION_WIDTH;
use super::bands::Bands;
use super::build::{Builder, Node};
use super::captions::Ground;
use super::changes::{Changes, pieces};
use super::connectors;
use super::item::*;
use super::kept::Memory;
use super::lanes::{complete_lanes, lane_of_shown, sound};
use super::measures::*;
use super::pen::{Badge, Pen};
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
    let mut lane_of = lane_of_shown(document, nodes);
    keep_drawn_lanes(&builder, stored, direction, &mut lane_of);
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

/// Gateways and events of nobody stay in the lane that they are drawn in: a step that moves takes none along.
fn keep_drawn_lanes(
    builder: &Builder<'_>,
    stored: &[Lane],
    direction: FlowDirection,
    lane_of: &mut FxHashMap<FlowNode, Option<Actor>>,
) {
    let document = builder.context.document();
    for node in builder.nodes.iter().filter(|node| node.host.is_none() && node.parent.is_none()) {
        let Ok(flow_node) = FlowNode::try_from(node.shown.element) else { continue };
        if matches!(flow_node, FlowNode::Step(_)) || document.performer_of(flow_node).is_some() {
            continue;
        }
        let center = node.rect.center();
        let drawn = lane_at(stored, direction, Point::new(center.x.into(), center.y.into()));
        let is_inner = |index: &usize| !encloses_lanes(stored, *index);
        if let Some(lane) = drawn.filter(is_inner).and_then(|index| stored.get(index)) {
            lane_of.insert(flow_node, lane.actor);
        }
    }
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

/// Names of events, gateways and artefacts beside them, and who decides at gateways. What saw nothing but what is the
/// same in the picture before has its place again.
pub(crate) fn add_captions(builder: &mut Builder<'_>) {
    let mut captions: Vec<Caption<'_>> = builder.nodes.iter().filter_map(|node| Caption::of(builder, node)).collect();
    let mut changes = builder.box_changes().clone();
    if let Some(before) = builder.before {
        changes.add_edges(&before.scene.edges, &builder.scene.edges);
        let headers = |scene: &Scene| scene.lanes.iter().map(|lane| lane.header).collect::<Vec<_>>();
        let (were, are) = (headers(before.scene), headers(&builder.scene));
        if were != are {
            were.into_iter().chain(are).for_each(|header| changes.add(header));
        }
        compare(&captions, &before.memory.captions, &mut changes);
    }
    captions.iter_mut().for_each(Caption::put_by_hand);
    let mut surroundings = Surroundings { builder, area: None, ground: Ground::default() };
    let mut kept: Vec<KeptCaption> = Vec::with_capacity(captions.len());
    for at in 0..captions.len() {
        let Some(caption) = captions.get(at) else { break };
        let stays = caption.was.filter(|was| !was.looked_at.is_some_and(|area| changes.touch(area)));
        kept.push(match stays {
            Some(was) => {
                was.taken.iter().for_each(|taken| surroundings.take(*taken));
                was.clone()
            }
            None => {
                let placed = caption.place(&mut surroundings, &captions, &kept, &changes);
                if caption.was.is_none_or(|was| was.taken != placed.taken) {
                    let before = caption.was.map_or(&[][..], |was| was.taken.as_slice());
                    placed.taken.iter().chain(before).for_each(|taken| changes.add(*taken));
                }
                placed
            }
        });
    }
    drop(captions);
    builder.scene.items.extend(kept.iter().filter_map(|caption| caption.item.clone()));
    builder.memory.captions = kept;
}

/// What stands beside a shape: its name and badges.
#[derive(Clone, Debug)]
pub(crate) struct KeptCaption {
    pub(crate) element: ElementRef,
    asked: AskedCaption,
    badges: Vec<Badge>,
    /// What of it was put in its place by hand.
    area: Option<Rect>,
    /// Where its parts are that looked for a place.
    taken: Vec<Rect>,
    /// The box around all places that were looked at.
    looked_at: Option<Rect>,
    item: Option<Arc<Item>>,
}

/// What of a view a caption depends on, beside what it says.
#[derive(Clone, Copy, Debug, PartialEq)]
struct AskedCaption {
    around: Rect,
    /// The step on whose border the shape stands.
    host: Option<Rect>,
    /// Where somebody put it.
    stored: Option<Area>,
}

/// Notes where captions were that are gone or will be placed anew whatever lies around them.
fn compare(captions: &[Caption<'_>], before: &[KeptCaption], changes: &mut Changes) {
    let mut is_met = vec![false; before.len()];
    let mut next = 0;
    for caption in captions {
        let Some(index) = caption.was_at else { continue };
        if index < next {
            // In another order another one would have the first choice.
            changes.add_everything();
        }
        next = index;
        if caption.was.is_some() {
            is_met.get_mut(index).into_iter().for_each(|met| *met = true);
        }
    }
    for (was, _) in before.iter().zip(is_met).filter(|(_, met)| !met) {
        was.taken.iter().chain(&was.area).for_each(|rect| changes.add(*rect));
    }
}

/// The name of a shape that has no room for it.
struct Caption<'a> {
    element: ElementRef,
    text: String,
    asked: AskedCaption,
    badges: Vec<Badge>,
    /// Its place among those before.
    was_at: Option<usize>,
    /// The one before, if it says and depends on the same.
    was: Option<&'a KeptCaption>,
    /// Its lines and place, where somebody put it.
    by_hand: Option<(Vec<Line>, Rect)>,
}

impl<'a> Caption<'a> {
    fn of(builder: &Builder<'a>, node: &Node) -> Option<Self> {
        let element = node.shown.element;
        let document = builder.context.document();
        let text = match element {
            ElementRef::Event(_) | ElementRef::Gateway(_) => document.name_of(element).to_owned(),
            ElementRef::Artefact(id) if builder.context.in_process => {
                let name = document.name_of(element);
                match document.get::<Artefact>(id).map(|artefact| artefact.state.as_str()).unwrap_or_default() {
                    "" => name.to_owned(),
                    state => format!("{name}\n[{state}]"),
                }
            }
            _ => return None,
        };
        let placement = node.shown.placement.and_then(|id| document.get::<Placement>(id));
        let host = match element {
            ElementRef::Event(id) => document.get::<Event>(id).and_then(|event| event.attached),
            _ => None,
        };
        let host = host.and_then(|host| builder.index_of.get(&host.into())).and_then(|host| builder.nodes.get(*host));
        let asked = AskedCaption {
            around: node.rect,
            host: host.map(|host| host.rect),
            stored: placement.and_then(|placement| placement.label),
        };
        let badges = decision_badges(builder.context, element, 220.0);
        let found = builder.before.and_then(|before| Some((before.caption(element)?, before.context.document())));
        let is_same = |(at, was): (usize, &'a KeptCaption), old: &Document| {
            let is_equal = old.is_same(document, element) && was.asked == asked && was.badges == badges;
            (Some(at), Some(was).filter(|_| is_equal))
        };
        let (was_at, was) = found.map_or((None, None), |(found, old)| is_same(found, old));
        Some(Self { element, text, asked, badges, was_at, was, by_hand: None })
    }

    /// Its lines and their size.
    fn lines(&self) -> (Vec<Line>, Vec2) {
        let measure = Measure::bundled();
        let stored = self.asked.stored;
        let width = stored.map_or(CAPTION_WIDTH, |area| (area.width as f32 + 4.0).clamp(CAPTION_WIDTH, 400.0));
        let most = if stored.is_some() { 6 } else { 3 };
        let lines = if self.text.is_empty() { Vec::new() } else { measure.wrap(&self.text, CAPTION, width, most) };
        let width = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        let size = vec2(width, measure.line_height(CAPTION) * lines.len() as f32);
        (lines, size)
    }

    /// What somebody placed stands there, before anything else looks for a place.
    fn put_by_hand(&mut self) {
        let center = self.asked.stored.map(|area| pos2(area.center().x as f32, area.center().y as f32));
        if let Some(center) = center.filter(|center| center.is_finite()) {
            let (lines, size) = self.lines();
            self.by_hand = Some((lines, Rect::from_center_size(center, size)));
        }
    }

    fn area(&self) -> Option<Rect> {
        self.by_hand.as_ref().map(|(_, area)| *area)
    }

    /// Finds places for the name and the badges.
    fn place(
        &self,
        surroundings: &mut Surroundings<'_, '_>,
        captions: &[Self],
        kept: &[KeptCaption],
        changes: &Changes,
    ) -> KeptCaption {
        let mut pen = Pen::new(Some(self.element));
        let (mut taken, mut looked_at) = (Vec::new(), None);
        let mut take = |places: &[Rect]| {
            let wanted = places.iter().fold(Rect::NOTHING, |all, place| all.union(*place)).expand(2.0);
            let (rect, seen) = surroundings.around(wanted, captions, kept, &taken, changes).take(places, None)?;
            taken.push(rect);
            looked_at = Some(looked_at.unwrap_or(Rect::NOTHING).union(seen));
            Some(rect)
        };
        let AskedCaption { around, host, .. } = self.asked;
        let (lines, size) =
            self.by_hand.as_ref().map_or_else(|| self.lines(), |(lines, area)| (lines.clone(), area.size()));
        if !lines.is_empty() {
            let is_gateway = matches!(self.element, ElementRef::Gateway(_));
            let places = || match host {
                Some(host) => places_off_border(around, host, size, 3.0),
                None => places_around(around, size, 3.0, is_gateway),
            };
            if let Some(place) = self.area().or_else(|| take(&places())) {
                let anchor: Pos2 = pos2(place.center().x, place.top());
                pen.lines(Detail::Name, lines, CAPTION, Colour::Ink, anchor, Align::Center);
            }
        }
        for badge in &self.badges {
            if let Some(place) = take(&places_around(around, badge.size(), 6.0, false)) {
                pen.badge(badge, place.center());
            }
        }
        let item = (!pen.is_empty()).then(|| Arc::new(pen.into_group()));
        let (element, asked, badges, area) = (self.element, self.asked, self.badges.clone(), self.area());
        KeptCaption { element, asked, badges, area, taken, looked_at, item }
    }
}

/// What lies around captions that have to be placed; gathered for a part of the picture once one has to be.
struct Surroundings<'a, 'b> {
    builder: &'a Builder<'b>,
    /// Of which part; none before anything was asked for.
    area: Option<Rect>,
    ground: Ground,
}

impl Surroundings<'_, '_> {
    /// The ground of a part that holds an area, with what is placed so far.
    fn around(
        &mut self,
        wanted: Rect,
        captions: &[Caption<'_>],
        kept: &[KeptCaption],
        own: &[Rect],
        changes: &Changes,
    ) -> &mut Ground {
        if !self.area.is_some_and(|area| area.contains_rect(wanted)) {
            let is_first = self.area.is_none() && !changes.is_everywhere();
            self.gather(if is_first { changes.surroundings(wanted) } else { Rect::EVERYTHING });
            captions.iter().filter_map(Caption::area).for_each(|area| self.take(area));
            kept.iter().flat_map(|kept| &kept.taken).chain(own).for_each(|taken| self.take(*taken));
        }
        &mut self.ground
    }

    /// What has its place already.
    fn take(&mut self, rect: Rect) {
        if self.area.is_some_and(|area| area.intersects(rect)) {
            self.ground.add_box(rect);
        }
    }

    fn gather(&mut self, area: Rect) {
        self.area = Some(area);
        self.ground = Ground::default();
        for node in self.builder.nodes.iter().filter(|node| !node.sketch.form.is_ground()) {
            // The corners of the box around a diamond are free.
            let is_diamond = matches!(node.shown.element, ElementRef::Gateway(_));
            self.take(if is_diamond { node.rect.shrink(9.0) } else { node.rect });
        }
        self.builder.scene.lanes.iter().for_each(|lane| self.take(lane.header));
        for (index, edge) in self.builder.scene.edges.iter().enumerate() {
            for (piece, ends) in pieces(&edge.points).zip(edge.points.windows(2)) {
                if area.intersects(piece) {
                    self.ground.add_line(ends, index);
                }
            }
            edge.label.into_iter().for_each(|label| self.take(label));
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
