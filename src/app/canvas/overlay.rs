//! What lies above the picture: selection, hover, handles, frames, guides, previews, the dimming of a finding.
//!
//! Everything is in screen points and of the same width at every zoom.

use egui::epaint::PathShape;
use egui::{Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2};
use rustc_hash::FxHashSet;

use super::camera::Camera;
use super::paint::Brush;
use super::pick::{Corner, Side};
use super::preview::Preview;
use super::texts::Texts;
use super::tools::connect::Connecting;
use super::tools::lanes::LaneGesture;
use super::tools::phases::PhaseGesture;
use super::tools::{Gesture, Situation, can_resize, can_start};
use crate::app::style::{colour, font, icon_font};
use crate::model::{ElementRef, FlowDirection};
use crate::scene::icon::Icon;
use crate::scene::theme::Theme;
use crate::scene::{EdgeMeaning, EdgeShape, NodeForm, NodeShape, Scene};

/// Radius of a connecting handle in screen points.
const HANDLE: f32 = 6.0;
/// Below this zoom there is no room for handles.
const HANDLES_FROM: f32 = 0.35;

/// Paints above the picture of one frame.
pub struct Overlay<'a> {
    /// Where to.
    pub painter: &'a Painter,
    /// From the world to the screen.
    pub camera: &'a Camera,
    /// Colours.
    pub theme: &'a Theme,
    /// What the tools see.
    pub situation: Situation<'a>,
}

impl Overlay<'_> {
    /// Dims everything but the evidence of a finding.
    pub fn focus(&self, evidence: &[ElementRef], texts: &mut Texts) {
        self.painter.rect_filled(self.camera.viewport(), 0.0, colour(self.theme.neutral.dim));
        let evidence: FxHashSet<ElementRef> = evidence.iter().copied().collect();
        let scene = self.situation.scene;
        let mut lines: FxHashSet<usize> = scene.edges.iter().map(|edge| edge.item).collect();
        for edge in self.flows().filter(|edge| evidence.contains(&edge.element)) {
            lines.remove(&edge.item);
        }
        let is_lane = |rect: Rect| scene.lanes.iter().any(|lane| rect.expand(1.0).contains_rect(lane.rect));
        let mut brush = Brush::new(self.painter, self.camera, self.theme, texts);
        let seen = self.camera.world_rect();
        for (index, item) in scene.items.iter().enumerate() {
            let is_evidence = item.element.is_some_and(|element| evidence.contains(&element));
            if is_evidence && !lines.contains(&index) && seen.intersects(item.bounds) && !is_lane(item.bounds) {
                brush.item(item);
            }
        }
        brush.finish();
    }

    /// Dashed frames around what is not there yet.
    pub fn ghosts(&self, new: &FxHashSet<ElementRef>) {
        let line = Stroke::new(1.5, colour(self.theme.accent.base));
        for node in self.situation.scene.nodes.iter().filter(|node| new.contains(&node.element)) {
            let rect = self.camera.screen_rect(node.rect).expand(3.0);
            let frame = match node.form {
                NodeForm::Diamond => [
                    rect.center_top(),
                    rect.right_center(),
                    rect.center_bottom(),
                    rect.left_center(),
                    rect.center_top(),
                ],
                _ => [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()],
            };
            self.painter.extend(Shape::dashed_line(&frame, line, 5.0, 4.0));
        }
    }

    /// Selection, hover and handles while nothing is under way.
    pub fn marks(&self, hovered: Option<ElementRef>, gesture: &Gesture) {
        let moved = match gesture {
            Gesture::Move(moving) if !moving.duplicates => Some(moving),
            _ => None,
        };
        let selected: FxHashSet<ElementRef> = self.situation.selection.iter().copied().collect();
        let seen = self.camera.world_rect().expand(40.0);
        if !selected.is_empty() {
            for node in self.situation.scene.nodes.iter().filter(|node| selected.contains(&node.element)) {
                let by = moved.filter(|moving| moving.moves(node.element)).map_or(Vec2::ZERO, |moving| moving.by);
                if seen.intersects(node.rect.translate(by)) {
                    self.ring(node, by, true);
                }
            }
            for edge in self.flows().filter(|edge| selected.contains(&edge.element)) {
                self.line(&edge.points, 2.5, colour(self.theme.accent.base));
            }
            for lane in &self.situation.scene.lanes {
                if lane.actor.is_some_and(|actor| selected.contains(&ElementRef::from(actor))) {
                    let rect = self.camera.screen_rect(lane.header);
                    let ring = Stroke::new(self.theme.sizes.stroke.selection, colour(self.theme.accent.base));
                    self.painter.rect_stroke(rect, 0.0, ring, StrokeKind::Inside);
                }
            }
        }
        if gesture.is_busy() {
            return;
        }
        if let Some(hovered) = hovered.filter(|hovered| !selected.contains(hovered)) {
            if let Some(node) = self.node(hovered) {
                self.ring(node, Vec2::ZERO, false);
            }
            if let Some(edge) = self.flows().find(|edge| edge.element == hovered) {
                self.line(&edge.points, 2.0, colour(self.theme.accent.base).gamma_multiply(0.6));
            }
        }
        if self.camera.zoom() >= HANDLES_FROM && self.situation.tool == super::Tool::Select {
            self.handles(hovered);
        }
    }

    fn flows(&self) -> impl Iterator<Item = &EdgeShape> {
        self.situation.scene.edges.iter().filter(|edge| edge.meaning.is_element())
    }

    fn node(&self, element: ElementRef) -> Option<&NodeShape> {
        super::pick::node_of(self.situation.scene, element)
    }

    fn ring(&self, node: &NodeShape, by: Vec2, selected: bool) {
        let rect = self.camera.screen_rect(node.rect.translate(by));
        let sizes = &self.theme.sizes;
        let accent = colour(self.theme.accent.base);
        let ring = match selected {
            true => Stroke::new(sizes.stroke.selection, accent),
            false => Stroke::new(1.5, accent.gamma_multiply(0.5)),
        };
        let halo = Stroke::new(sizes.stroke.halo, colour(self.theme.accent.halo));
        match node.form {
            NodeForm::Diamond => {
                let grown = rect.expand(1.0);
                let tips = vec![grown.center_top(), grown.right_center(), grown.center_bottom(), grown.left_center()];
                if selected {
                    self.painter.add(Shape::Path(PathShape::closed_line(
                        tips.clone(),
                        Stroke::new(halo.width * 2.0, halo.color),
                    )));
                }
                self.painter.add(Shape::Path(PathShape::closed_line(tips, ring)));
            }
            form => {
                let corner = match form {
                    NodeForm::Pill | NodeForm::Circle => rect.height() / 2.0,
                    _ => sizes.radius.control * self.camera.zoom(),
                };
                let radius = |more: f32| CornerRadius::same((corner + more).clamp(0.0, 255.0) as u8);
                if selected {
                    self.painter.rect_stroke(rect.expand(1.0), radius(1.0), halo, StrokeKind::Outside);
                }
                self.painter.rect_stroke(rect, radius(0.0), ring, StrokeKind::Middle);
            }
        }
    }

    fn line(&self, points: &[Pos2], width: f32, ink: Color32) {
        let points = points.iter().map(|point| self.camera.screen_from_world(*point)).collect();
        self.painter.add(Shape::line(points, Stroke::new(width, ink)));
    }

    /// Handles of the only selected box and of the box under the pointer.
    fn handles(&self, hovered: Option<ElementRef>) {
        let single = self.situation.single();
        let accent = colour(self.theme.accent.base);
        let raised = colour(self.theme.neutral.raised);
        if let Some(node) = single.and_then(|single| self.node(single))
            && can_resize(node.element)
        {
            let rect = self.camera.screen_rect(node.rect);
            for corner in Corner::ALL {
                let handle = Rect::from_center_size(corner.of(rect), Vec2::splat(7.0));
                self.painter.rect(handle, 1.5, raised, Stroke::new(1.25, accent), StrokeKind::Middle);
            }
        }
        let hovered = hovered.filter(|hovered| Some(*hovered) != single);
        for element in single.into_iter().chain(hovered).filter(|element| can_start(*element)) {
            let Some(node) = self.node(element) else { continue };
            for side in Side::ALL {
                let in_world = super::tools::handle_of(node.rect, side, self.camera.zoom());
                let room = Rect::from_center_size(in_world, Vec2::splat(HANDLE * 2.0 / self.camera.zoom()));
                if self.situation.scene.nodes_touching(room).next().is_some() {
                    continue;
                }
                let at = self.camera.screen_from_world(in_world);
                self.painter.circle(at, HANDLE, raised, Stroke::new(1.25, accent));
                self.painter.text(at, egui::Align2::CENTER_CENTER, Icon::Plus.glyph(), icon_font(9.0), accent);
            }
        }
    }

    /// What a gesture would do.
    pub fn gesture(&self, gesture: &Gesture, preview: &Preview) {
        let accent = colour(self.theme.accent.base);
        for (meaning, line) in &preview.lines {
            let ink = match meaning {
                EdgeMeaning::Flow | EdgeMeaning::Link => colour(self.theme.neutral.flow),
                _ => colour(self.theme.neutral.line_strong),
            };
            self.line(line, 1.5, ink);
            if *meaning == EdgeMeaning::Flow {
                self.arrow(line, ink);
            }
        }
        for rect in &preview.boxes {
            let rect = self.camera.screen_rect(*rect);
            let fill = colour(self.theme.accent.halo);
            self.painter.rect(
                rect,
                self.theme.sizes.radius.control,
                fill,
                Stroke::new(1.5, accent),
                StrokeKind::Middle,
            );
        }
        match gesture {
            Gesture::Marquee { from, to, .. } => {
                let frame = self.camera.screen_rect(Rect::from_two_pos(*from, *to));
                let fill = colour(self.theme.accent.halo).gamma_multiply(0.5);
                self.painter.rect(frame, 0.0, fill, Stroke::new(1.0, accent), StrokeKind::Inside);
            }
            Gesture::Move(moving) => {
                for guide in &moving.guides {
                    let ends = [self.camera.screen_from_world(guide.from), self.camera.screen_from_world(guide.to)];
                    self.painter.line_segment(ends, Stroke::new(1.0, accent));
                }
                if let Some(node) = moving.onto.and_then(|onto| self.node(onto)) {
                    self.ring(node, Vec2::ZERO, true);
                }
                if let Some(lane) = moving.lane.and_then(|lane| self.situation.scene.lanes.get(lane)) {
                    let rect = self.camera.screen_rect(lane.rect);
                    let fill = self.theme.accent.base.faded(0.08);
                    self.painter.rect(rect, 0.0, colour(fill), Stroke::new(2.0, accent), StrokeKind::Inside);
                }
            }
            Gesture::Connect(connecting) => self.connection(connecting),
            Gesture::Lane(lane) => self.lane(*lane, self.situation.scene),
            Gesture::Phase(phase) => self.phase(*phase, self.situation.scene),
            _ => {}
        }
    }

    fn connection(&self, connecting: &Connecting) {
        let Some(node) = self.node(connecting.from) else { return };
        let is_refused = connecting.refusal.is_some();
        let ink = colour(if is_refused { self.theme.severity.high.ink } else { self.theme.accent.base });
        let over = connecting.over.and_then(|over| self.node(over));
        let to = match over {
            Some(over) => nearest_side(over.rect, node.rect.center()),
            None => connecting.to,
        };
        let side = connecting.side.unwrap_or_else(|| side_towards(node.rect, to));
        let line = elbow(side.middle(node.rect), side, to);
        let points: Vec<Pos2> = line.iter().map(|point| self.camera.screen_from_world(*point)).collect();
        if is_refused {
            self.painter.extend(Shape::dashed_line(&points, Stroke::new(2.0, ink), 5.0, 4.0));
        } else {
            self.painter.add(Shape::line(points, Stroke::new(2.0, ink)));
        }
        self.arrow(&line, ink);
        if let Some(over) = over {
            let rect = self.camera.screen_rect(over.rect).expand(2.0);
            self.painter.rect_stroke(rect, self.theme.sizes.radius.control, Stroke::new(2.0, ink), StrokeKind::Outside);
        }
        if let Some(reason) = &connecting.refusal {
            self.words(self.camera.screen_from_world(connecting.to) + Vec2::new(14.0, 18.0), reason);
        }
    }

    /// A short text on a raised ground.
    fn words(&self, at: Pos2, text: &str) {
        let ink = colour(self.theme.neutral.ink);
        let galley = self.painter.layout(text.to_owned(), font(self.theme.sizes.text.caption), ink, 260.0);
        let rect = Rect::from_min_size(at, galley.size()).expand2(Vec2::new(8.0, 5.0));
        let line = Stroke::new(1.0, colour(self.theme.neutral.line_strong));
        let radius = self.theme.sizes.radius.control;
        self.painter.rect(rect, radius, colour(self.theme.neutral.raised), line, StrokeKind::Inside);
        self.painter.galley(at, galley, ink);
    }

    /// An arrowhead at the end of a line.
    fn arrow(&self, line: &[Pos2], ink: Color32) {
        let (Some(tip), Some(before)) = (line.last(), line.iter().rev().nth(1)) else { return };
        let tip = self.camera.screen_from_world(*tip);
        let along = (tip - self.camera.screen_from_world(*before)).normalized();
        let size = 8.0 * self.camera.zoom().clamp(0.4, 2.0);
        let across = along.rot90() * size * 0.45;
        let back = tip - along * size;
        let points = vec![tip, back + across, back - across];
        self.painter.add(Shape::convex_polygon(points, ink, Stroke::NONE));
    }

    fn lane(&self, gesture: LaneGesture, scene: &Scene) {
        let shape = |index: usize| scene.lanes.iter().find(|shape| shape.index == Some(index));
        let upright = scene.direction == FlowDirection::TopToBottom;
        let across = |rect: Rect| if upright { rect.x_range() } else { rect.y_range() };
        let place = match gesture {
            LaneGesture::Order { before, .. } => match shape(before) {
                Some(lane) => Some((lane.rect, across(lane.rect).min)),
                None => scene.lanes.last().map(|lane| (lane.rect, across(lane.rect).max)),
            },
            LaneGesture::Height { lane, height } => shape(lane).map(|lane| (lane.rect, across(lane.rect).min + height)),
        };
        let Some((rect, at)) = place else { return };
        let ends = match upright {
            true => [Pos2::new(at, rect.top()), Pos2::new(at, rect.bottom())],
            false => [Pos2::new(rect.left(), at), Pos2::new(rect.right(), at)],
        };
        self.line(&ends, 2.0, colour(self.theme.accent.base));
    }
}

impl Overlay<'_> {
    /// A small mark at boxes in which the name has no room.
    pub fn cut_names(&self) {
        if self.camera.zoom() < HANDLES_FROM {
            return;
        }
        let scene = self.situation.scene;
        for (_, node) in scene.nodes_touching(self.camera.world_rect()) {
            if !crate::scene::is_cut(scene, node, self.situation.document.name_of(node.element)) {
                continue;
            }
            let corner = self.camera.screen_rect(node.rect).right_bottom() - Vec2::splat(3.0);
            let points = vec![corner, corner - Vec2::new(7.0, 0.0), corner - Vec2::new(0.0, 7.0)];
            self.painter.add(Shape::convex_polygon(points, colour(self.theme.accent.base), Stroke::NONE));
        }
    }

    /// Where a phase would end.
    fn phase(&self, gesture: PhaseGesture, scene: &Scene) {
        let Some(shape) = scene.phases.get(gesture.phase) else { return };
        let ends = match scene.direction {
            FlowDirection::TopToBottom => {
                [Pos2::new(shape.rect.left(), gesture.end), Pos2::new(shape.rect.right(), gesture.end)]
            }
            FlowDirection::LeftToRight => {
                [Pos2::new(gesture.end, shape.rect.top()), Pos2::new(gesture.end, shape.rect.bottom())]
            }
        };
        self.line(&ends, 2.0, colour(self.theme.accent.base));
    }
}

/// The middle of the side of a box that is nearest to a point.
fn nearest_side(rect: Rect, to: Pos2) -> Pos2 {
    side_towards(rect, to).middle(rect)
}

fn side_towards(rect: Rect, to: Pos2) -> Side {
    let away = to - rect.center();
    let (x, y) = (away.x / rect.width().max(1.0), away.y / rect.height().max(1.0));
    match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
        (true, true, _) => Side::Right,
        (true, false, _) => Side::Left,
        (false, _, true) => Side::Bottom,
        (false, _, false) => Side::Top,
    }
}

/// A line at right angles that leaves a box by a side.
fn elbow(from: Pos2, side: Side, to: Pos2) -> Vec<Pos2> {
    match side {
        Side::Left | Side::Right => {
            let middle = f32::midpoint(from.x, to.x);
            vec![from, Pos2::new(middle, from.y), Pos2::new(middle, to.y), to]
        }
        Side::Top | Side::Bottom => {
            let middle = f32::midpoint(from.y, to.y);
            vec![from, Pos2::new(from.x, middle), Pos2::new(to.x, middle), to]
        }
    }
}
