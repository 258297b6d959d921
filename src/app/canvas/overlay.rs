//! What lies above the picture: selection, hover, handles, frames, guides, previews, the dimming of a finding.
//!
//! Everything is in screen points and of the same width at every zoom.

mod under_way;

use egui::epaint::PathShape;
use egui::{Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2};
use rustc_hash::FxHashSet;

use super::append;
use super::camera::Camera;
use super::paint::Brush;
use super::pick::{Corner, Hit, Side, fold_of};
use super::texts::Texts;
use super::tools::lines;
use super::tools::{Gesture, Situation, Target, can_resize, can_start};
use crate::app::style::{colour, font, icon_font};
use crate::model::{ElementRef, FlowDirection};
use crate::scene::icon::Icon;
use crate::scene::theme::Theme;
use crate::scene::{EdgeShape, NodeForm, NodeShape};

/// Radius of a connecting handle in screen points.
const HANDLE: f32 = 6.0;
/// Radius of the handle at the end of a line in screen points.
const LINE_END: f32 = 5.0;
/// Radius of the mark of a locked box in screen points.
const LOCK: f32 = 8.0;
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
        let evidence: FxHashSet<ElementRef> = evidence.iter().copied().collect();
        let scene = self.situation.scene;
        let is_evidence = |element: Option<ElementRef>| element.is_some_and(|element| evidence.contains(&element));
        // Where nothing of it is drawn, as of a whole process, all of the picture is meant.
        if !scene.items.iter().any(|item| is_evidence(item.element)) {
            return;
        }
        self.painter.rect_filled(self.camera.viewport(), 0.0, colour(self.theme.neutral.dim));
        let mut lines: FxHashSet<usize> = scene.edges.iter().map(|edge| edge.item).collect();
        for edge in self.flows().filter(|edge| evidence.contains(&edge.element)) {
            lines.remove(&edge.item);
        }
        let is_lane = |rect: Rect| scene.lanes.iter().any(|lane| rect.expand(1.0).contains_rect(lane.rect));
        let mut brush = Brush::new(self.painter, self.camera, self.theme, texts);
        let seen = self.camera.world_rect();
        for (index, item) in scene.items.iter().enumerate() {
            if is_evidence(item.element)
                && !lines.contains(&index)
                && seen.intersects(item.bounds)
                && !is_lane(item.bounds)
            {
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
        let lanes = self.situation.scene.lanes.iter();
        for lane in lanes.filter(|lane| lane.actor.is_some_and(|actor| new.contains(&actor.into()))) {
            let rect = self.camera.screen_rect(lane.header).shrink(1.0);
            let frame = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
            self.painter.extend(Shape::dashed_line(&frame, line, 5.0, 4.0));
        }
    }

    /// Selection, hover and handles while nothing is under way; `aimed` is the handle under the pointer.
    pub fn marks(&self, hovered: Option<ElementRef>, aimed: Option<(ElementRef, Side)>, gesture: &Gesture) {
        self.locks();
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
            let led = |line: ElementRef| matches!(gesture, Gesture::Lead(leading) if leading.line == line);
            for edge in self.flows().filter(|edge| selected.contains(&edge.element) && !led(edge.element)) {
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
        if self.situation.tool == super::Tool::Select {
            self.line_handles();
            if self.camera.zoom() >= HANDLES_FROM {
                self.handles(hovered, aimed);
            }
        }
    }

    /// The triangle that folds the lane under the pointer.
    pub fn fold_of_lane(&self, target: Option<Target>) {
        let (Some(Target::Hit(Hit::Lane(index) | Hit::LaneHeader(index) | Hit::LaneFold(index))), false) =
            (target, self.situation.tool != super::Tool::Select)
        else {
            return;
        };
        let scene = self.situation.scene;
        let lane = scene.lanes.get(index).filter(|lane| !lane.collapsed && self.camera.zoom() >= HANDLES_FROM);
        let Some(fold) = lane.and_then(|lane| fold_of(scene, lane, self.camera.zoom())) else { return };
        let fold = self.camera.screen_rect(fold);
        let (at, side) = (fold.center(), fold.width());
        let is_aimed = matches!(target, Some(Target::Hit(Hit::LaneFold(_))));
        let ink = if is_aimed { self.theme.accent.ink } else { self.theme.neutral.ink_second };
        self.painter.circle_filled(at, side * 0.45, colour(self.theme.neutral.raised));
        let icon = match scene.direction {
            FlowDirection::LeftToRight => Icon::ChevronDown,
            FlowDirection::TopToBottom => Icon::ChevronRight,
        };
        self.painter.text(at, egui::Align2::CENTER_CENTER, icon.glyph(), icon_font(side * 0.75), colour(ink));
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

    /// A small lock at the corner of each box that is locked.
    fn locks(&self) {
        if self.camera.zoom() < HANDLES_FROM {
            return;
        }
        let seen = self.camera.world_rect();
        let ink = colour(self.theme.neutral.ink_second);
        let nodes = self.situation.scene.nodes.iter();
        for node in nodes.filter(|node| seen.intersects(node.rect) && self.situation.is_locked(node)) {
            let at = self.camera.screen_from_world(node.rect.left_bottom());
            self.painter.circle(at, LOCK, colour(self.theme.neutral.raised), Stroke::new(1.0, ink));
            self.painter.text(at, egui::Align2::CENTER_CENTER, Icon::Lock.glyph(), icon_font(LOCK * 1.2), ink);
        }
    }

    /// Handles at the ends of the only selected line.
    fn line_handles(&self) {
        let edge = self.situation.single().and_then(|line| lines::edge_of(self.situation.scene, line));
        let Some(ends) = edge.and_then(lines::ends_of) else { return };
        for end in ends {
            let at = self.camera.screen_from_world(end);
            let ring = Stroke::new(1.5, colour(self.theme.accent.base));
            self.painter.circle(at, LINE_END, colour(self.theme.neutral.raised), ring);
        }
    }

    /// Where a click on a handle would put the next element, and the line to it.
    fn ghost(&self, from: &NodeShape, side: Side) {
        let Some(place) = append::place(from.element, side, &self.situation) else { return };
        let accent = colour(self.theme.accent.base);
        let start = self.camera.screen_from_world(side.middle(from.rect));
        let end = self.camera.screen_from_world(opposite(side).middle(place));
        self.painter.extend(Shape::dashed_line(&[start, end], Stroke::new(1.5, accent), 5.0, 4.0));
        let rect = self.camera.screen_rect(place);
        let radius = self.theme.sizes.radius.control * self.camera.zoom();
        let fill = colour(self.theme.accent.halo).gamma_multiply(0.6);
        self.painter.rect(rect, radius, fill, Stroke::new(1.0, accent), StrokeKind::Middle);
        if let Some(new) = append::likely(from.element) {
            let style = self.theme.sizes.text.caption;
            self.painter.text(rect.center(), egui::Align2::CENTER_CENTER, new.word(), font(style), accent);
        }
    }

    /// Handles of the only selected box and of the box under the pointer.
    fn handles(&self, hovered: Option<ElementRef>, aimed: Option<(ElementRef, Side)>) {
        let single = self.situation.single();
        let accent = colour(self.theme.accent.base);
        let raised = colour(self.theme.neutral.raised);
        if let Some(node) = single.and_then(|single| self.node(single))
            && can_resize(node.element)
            && !self.situation.is_locked(node)
            && !self.situation.arranges_itself()
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
                let (radius, fill, ink) = match aimed == Some((element, side)) {
                    true => (HANDLE + 3.0, accent, colour(self.theme.accent.on)),
                    false => (HANDLE, raised, accent),
                };
                if aimed == Some((element, side)) {
                    self.ghost(node, side);
                }
                self.painter.circle(at, radius, fill, Stroke::new(1.25, accent));
                let plus = Icon::Plus.glyph();
                self.painter.text(at, egui::Align2::CENTER_CENTER, plus, icon_font(radius * 1.5), ink);
            }
        }
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
}

fn opposite(side: Side) -> Side {
    match side {
        Side::Left => Side::Right,
        Side::Right => Side::Left,
        Side::Top => Side::Bottom,
        Side::Bottom => Side::Top,
    }
}
