//! The painter of a scene: one match over the kinds of item, in screen points.
//!
//! What is out of sight is dropped by the bounds of its group, what is too small to read by its detail. Text is laid
//! out at its size on the screen. Nothing here knows the document, the selection or the pointer.

use std::f32::consts::TAU;

use egui::epaint::{PathShape, PathStroke, RectShape, TextShape};
use egui::{Color32, CornerRadius, Mesh, Painter, Pos2, Rect, Shape, StrokeKind, Vec2};
use rustc_hash::FxHashMap;

use super::camera::Camera;
use super::far::{FAR_BELOW, Far};
use super::texts::{Texts, baseline};
use crate::app::style::colour;
use crate::scene::measures::LINE;
use crate::scene::theme::Theme;
use crate::scene::{
    Colour, Dash, Detail, IconItem, Item, ItemKind, PathItem, RectItem, Scene, Stroke, Style, Text, Turn, path,
};

/// Below this zoom, figures, badges and labels of lines are dropped.
pub const NAMES_ONLY_BELOW: f32 = 0.5;
/// Below this zoom, names other than those of units and lanes are dropped.
pub const TITLES_ONLY_BELOW: f32 = 0.25;
/// Text smaller than this on the screen becomes a bar.
const LEAST_TEXT: f32 = 4.5;
/// How much of its ink a bar in the place of text has.
const BAR_STRENGTH: f32 = 0.4;
/// Distance of the dots of the grid in world units.
const GRID: f32 = 24.0;
/// How much of its colour a class of an overlay keeps while it is that of an older version.
const PALE: f32 = 0.3;
/// A line is at least so wide on the screen, so that it does not vanish.
const LEAST_STROKE: f32 = 0.8;

/// Whether an item of this detail is drawn at a zoom.
pub fn is_drawn(detail: Detail, zoom: f32) -> bool {
    match detail {
        Detail::Shape | Detail::Title => true,
        Detail::Name => zoom >= TITLES_ONLY_BELOW,
        Detail::Secondary => zoom >= NAMES_ONLY_BELOW,
    }
}

/// What a preview does with a top-level item of the scene.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shown {
    /// It is drawn elsewhere.
    Moved(Vec2),
    /// It is not drawn.
    Hidden,
}

/// Top-level items that a preview draws otherwise, by their index.
pub type Changed = FxHashMap<usize, Shown>;

/// Paints items of one scene in one frame.
pub struct Brush<'a> {
    painter: &'a Painter,
    camera: &'a Camera,
    theme: &'a Theme,
    texts: &'a mut Texts,
    shapes: Vec<Shape>,
    /// Set where the picture is seen from far away.
    far: Option<Far>,
    offset: Vec2,
    zoom: f32,
    /// Whether figures laid over the picture are those of an older version.
    is_stale: bool,
}

impl<'a> Brush<'a> {
    /// A brush for this frame.
    pub fn new(painter: &'a Painter, camera: &'a Camera, theme: &'a Theme, texts: &'a mut Texts) -> Self {
        let zoom = camera.zoom();
        let far = (zoom < FAR_BELOW).then(|| Far::new(painter));
        Self { painter, camera, theme, texts, shapes: Vec::new(), far, offset: Vec2::ZERO, zoom, is_stale: false }
    }

    /// The same with pale classes of overlays, where they are those of an older version.
    pub fn stale(self, is_stale: bool) -> Self {
        Self { is_stale, ..self }
    }

    /// Hands what was painted to the window.
    pub fn finish(self) {
        let painter = self.painter;
        painter.extend(self.into_shapes());
    }

    /// What was painted, for whoever hands it to the window.
    pub fn into_shapes(mut self) -> Vec<Shape> {
        self.shapes.extend(self.far.as_mut().and_then(Far::take));
        self.shapes
    }

    /// All items in sight, with the changes of a preview.
    pub fn scene(&mut self, scene: &Scene, changed: &Changed) {
        self.still(scene, changed);
        // What moves lies above what stays.
        self.moved(scene, changed);
    }

    /// The items in sight that no preview changes.
    pub fn still(&mut self, scene: &Scene, changed: &Changed) {
        let seen = self.camera.world_rect();
        for (index, item) in scene.items.iter().enumerate() {
            let change = if changed.is_empty() { None } else { changed.get(&index) };
            match change {
                None if seen.intersects(item.bounds) => self.item(item),
                _ => {}
            }
        }
    }

    /// The items that a preview draws elsewhere.
    pub fn moved(&mut self, scene: &Scene, changed: &Changed) {
        if changed.is_empty() {
            return;
        }
        let seen = self.camera.world_rect();
        for (index, item) in scene.items.iter().enumerate() {
            if let Some(Shown::Moved(by)) = changed.get(&index)
                && seen.intersects(item.bounds.translate(*by))
            {
                self.offset = *by;
                self.item(item);
                self.offset = Vec2::ZERO;
            }
        }
    }

    /// A line on its way, without its arrowhead.
    pub fn line(&mut self, points: &[Pos2]) {
        let stroke = Stroke::new(Colour::Connector, LINE);
        let points = points.iter().map(|point| self.at(*point)).collect();
        self.shapes.push(Shape::line(points, self.stroke(stroke)));
    }

    /// One item and what is in it.
    pub fn item(&mut self, item: &Item) {
        if !is_drawn(item.detail, self.zoom) {
            return;
        }
        if self.far_item(item) {
            return;
        }
        match &item.kind {
            ItemKind::Rect(rect) => self.rect(rect),
            ItemKind::Path(path) => self.path(path),
            ItemKind::Text(text) => self.text(text, item.detail),
            ItemKind::Icon(icon) => self.icon(icon),
            ItemKind::Group(items) => {
                if item.bounds.width().max(item.bounds.height()) * self.zoom >= 1.0 {
                    items.iter().for_each(|item| self.item(item));
                }
            }
        }
    }

    /// Paints an item as it is seen from far away; false for what looks the same from everywhere.
    fn far_item(&mut self, item: &Item) -> bool {
        let Some(mut far) = self.far.take() else { return false };
        let is_painted = match &item.kind {
            ItemKind::Rect(rect) => {
                let Style { fill, stroke } = rect.style;
                let area = Rect::from_min_max(self.at(rect.rect.min), self.at(rect.rect.max));
                far.boxed(area, fill.map(|fill| self.ink(fill)), stroke.map(|stroke| self.ink(stroke.colour)));
                true
            }
            ItemKind::Path(path) => {
                let points: Vec<Pos2> = path.points.iter().map(|point| self.at(*point)).collect();
                if let Some(fill) = path.style.fill.filter(|_| path.closed) {
                    far.polygon(&points, self.ink(fill));
                }
                if let Some(stroke) = path.style.stroke.map(|stroke| self.stroke(stroke)) {
                    far.line(&points, stroke.width, stroke.color);
                    if let (true, [first, .., last]) = (path.closed, points.as_slice()) {
                        far.line(&[*last, *first], stroke.width, stroke.color);
                    }
                }
                true
            }
            ItemKind::Text(text) if text.style.size * self.zoom < LEAST_TEXT => {
                let ink = self.ink(text.colour).gamma_multiply(BAR_STRENGTH);
                for line in text.lines.iter().filter(|_| item.detail != Detail::Secondary) {
                    far.area(self.bar_of(line.origin, line.width, text), ink);
                }
                true
            }
            ItemKind::Text(_) | ItemKind::Icon(_) => {
                self.shapes.extend(far.take());
                false
            }
            ItemKind::Group(_) => false,
        };
        self.far = Some(far);
        is_painted
    }

    fn at(&self, world: Pos2) -> Pos2 {
        self.camera.screen_from_world(world + self.offset)
    }

    fn ink(&self, token: Colour) -> Color32 {
        let theme = self.theme;
        colour(match token {
            Colour::Ramp(_) if self.is_stale => theme.neutral.raised.mix(theme.colour(token), PALE),
            Colour::RampInk(_) if self.is_stale => theme.neutral.ink_second,
            token => theme.colour(token),
        })
    }

    fn stroke(&self, stroke: Stroke) -> egui::Stroke {
        egui::Stroke::new((stroke.width * self.zoom).max(LEAST_STROKE), self.ink(stroke.colour))
    }

    fn rect(&mut self, item: &RectItem) {
        let rect = Rect::from_min_max(self.at(item.rect.min), self.at(item.rect.max));
        let fill = item.style.fill.map_or(Color32::TRANSPARENT, |fill| self.ink(fill));
        let dashed = item.style.stroke.filter(|stroke| stroke.dash != Dash::Solid);
        let stroke = match item.style.stroke {
            Some(stroke) if dashed.is_none() => self.stroke(stroke),
            _ => egui::Stroke::NONE,
        };
        let side = item.rect.size().min_elem();
        let is_circle = item.corner * 2.0 >= side - 0.01 && (item.rect.width() - item.rect.height()).abs() < 0.01;
        if is_circle && dashed.is_none() {
            let radius = rect.width() / 2.0;
            self.shapes.push(egui::epaint::CircleShape { center: rect.center(), radius, fill, stroke }.into());
            return;
        }
        let corner = item.corner * self.zoom;
        let radius = CornerRadius::same(corner.round().clamp(0.0, 255.0) as u8);
        self.shapes.push(RectShape::new(rect, radius, fill, stroke, StrokeKind::Middle).into());
        if let Some(dashed) = dashed {
            let outline = rounded_outline(rect, corner.min(rect.size().min_elem() / 2.0));
            self.dashes(&outline, dashed);
        }
    }

    fn path(&mut self, item: &PathItem) {
        let mut points = path::flattened(item, self.pieces_per_bend());
        for point in &mut points {
            *point = self.at(*point);
        }
        let Style { fill, stroke } = item.style;
        let solid = stroke.filter(|stroke| stroke.dash == Dash::Solid).map(|stroke| self.stroke(stroke));
        if let Some(dashed) = stroke.filter(|stroke| stroke.dash != Dash::Solid) {
            self.dashes(&points, dashed);
        }
        if solid.is_none() && fill.is_none() {
            return;
        }
        if item.closed {
            points.pop();
        }
        self.shapes.push(Shape::Path(PathShape {
            points,
            closed: item.closed,
            fill: fill.filter(|_| item.closed).map_or(Color32::TRANSPARENT, |fill| self.ink(fill)),
            stroke: solid.map_or(PathStroke::NONE, PathStroke::from),
        }));
    }

    fn pieces_per_bend(&self) -> usize {
        match self.zoom {
            zoom if zoom < 0.3 => 1,
            zoom if zoom < 0.8 => 2,
            zoom if zoom < 2.0 => 4,
            _ => 8,
        }
    }

    fn dashes(&mut self, points: &[Pos2], stroke: Stroke) {
        let Some(pattern) = stroke.dash.pattern() else { return };
        // Far out, patterns are finer than a pixel and cost more than they show.
        let scale = self.zoom.max(0.4);
        let line = self.stroke(stroke);
        let every_other =
            |first: usize| -> Vec<f32> { pattern.iter().skip(first).step_by(2).map(|length| length * scale).collect() };
        let (drawn, left_out) = (every_other(0), every_other(1));
        Shape::dashed_line_many_with_offset(points, line, &drawn, &left_out, 0.0, &mut self.shapes);
    }

    fn text(&mut self, text: &Text, detail: Detail) {
        let ink = self.ink(text.colour);
        if text.style.size * self.zoom < LEAST_TEXT {
            if detail == Detail::Secondary {
                return;
            }
            text.lines.iter().for_each(|line| self.bar(line.origin, line.width, text, ink));
            return;
        }
        for line in &text.lines {
            let Some(galley) = self.texts.line(self.painter, &line.text, text.style) else {
                self.bar(line.origin, line.width, text, ink);
                continue;
            };
            // A size that went to the next step is a little wider or narrower; the middle stays.
            let aside = (line.width * self.zoom - galley.size().x) / 2.0;
            let origin = self.at(line.origin);
            let base = baseline(&galley);
            let (pos, angle) = match text.turn {
                Turn::None => (origin + Vec2::new(aside, -base), 0.0),
                Turn::Left => (origin + Vec2::new(-base, -aside), -TAU / 4.0),
            };
            self.shapes.push(TextShape { angle, ..TextShape::new(pos, galley, ink) }.into());
        }
    }

    fn bar(&mut self, origin: Pos2, width: f32, text: &Text, ink: Color32) {
        let bar = self.bar_of(origin, width, text);
        self.shapes.push(RectShape::filled(bar, 0.0, ink.gamma_multiply(BAR_STRENGTH)).into());
    }

    /// Where the bar is that stands for a line of text.
    fn bar_of(&self, origin: Pos2, width: f32, text: &Text) -> Rect {
        let (along, across) = match text.turn {
            Turn::None => (Vec2::new(width, 0.0), Vec2::new(0.0, -text.style.size * 0.5)),
            Turn::Left => (Vec2::new(0.0, -width), Vec2::new(-text.style.size * 0.5, 0.0)),
        };
        Rect::from_two_pos(self.at(origin), self.at(origin + along + across))
    }

    fn icon(&mut self, item: &IconItem) {
        let ink = self.ink(item.colour);
        let galley = self.texts.icon(self.painter, item.icon, item.rect.height());
        let center = self.at(item.rect.center());
        let half = galley.size() / 2.0;
        let (pos, angle) = match item.turn {
            Turn::None => (center - half, 0.0),
            Turn::Left => (center + Vec2::new(-half.y, half.x), -TAU / 4.0),
        };
        self.shapes.push(TextShape { angle, ..TextShape::new(pos, galley, ink) }.into());
    }
}

/// The outline of a box with round corners, closed.
fn rounded_outline(rect: Rect, radius: f32) -> Vec<Pos2> {
    const PIECES: usize = 4;
    let inner = rect.shrink(radius);
    let corners = [inner.right_bottom(), inner.left_bottom(), inner.left_top(), inner.right_top()];
    let mut points = Vec::with_capacity(4 * (PIECES + 1) + 1);
    for (quarter, corner) in corners.iter().enumerate() {
        for piece in 0..=PIECES {
            let angle = (quarter as f32 + piece as f32 / PIECES as f32) * TAU / 4.0;
            points.push(*corner + Vec2::angled(angle) * radius);
        }
    }
    points.extend(points.first().copied());
    points
}

/// Paper and grid. The dots fade as they come closer to each other.
pub fn paper(painter: &Painter, camera: &Camera, theme: &Theme) -> Vec<Shape> {
    let ground = RectShape::filled(camera.viewport(), 0.0, colour(theme.neutral.canvas)).into();
    let strength = ((camera.zoom() - 0.25) / 0.35).clamp(0.0, 1.0);
    if strength <= 0.0 {
        return vec![ground];
    }
    let distance = if camera.zoom() > 2.5 { GRID / 3.0 } else { GRID };
    let ink = colour(theme.neutral.grid_dot).gamma_multiply(strength);
    let seen = camera.world_rect();
    let (first_x, first_y) = ((seen.left() / distance).ceil(), (seen.top() / distance).ceil());
    let columns = (seen.right() / distance).floor() - first_x;
    let rows = (seen.bottom() / distance).floor() - first_y;
    let mut dots = Mesh::default();
    let pixels = painter.pixels_per_point();
    let side = Vec2::splat((1.3 * pixels).round() / pixels);
    for row in 0..=rows.max(0.0) as u32 {
        for column in 0..=columns.max(0.0) as u32 {
            let world = Pos2::new(first_x + column as f32, first_y + row as f32) * distance;
            // On whole pixels, so that all dots are equally dark.
            let at = ((camera.screen_from_world(world).to_vec2() * pixels).floor() / pixels).to_pos2();
            dots.add_colored_rect(Rect::from_min_size(at, side), ink);
        }
    }
    vec![ground, Shape::mesh(dots)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn detail_goes_as_the_picture_becomes_small() {
        assert!(is_drawn(Detail::Secondary, 0.5) && !is_drawn(Detail::Secondary, 0.49));
        assert!(is_drawn(Detail::Name, 0.25) && !is_drawn(Detail::Name, 0.24));
        assert!(is_drawn(Detail::Title, 0.05) && is_drawn(Detail::Shape, 0.05));
    }

    #[test]
    fn the_outline_of_a_round_box_stays_in_it_and_is_closed() {
        let rect = Rect::from_min_size(Pos2::ZERO, Vec2::new(100.0, 40.0));
        let points = rounded_outline(rect, 6.0);
        assert!(points.iter().all(|point| rect.expand(0.01).contains(*point)));
        assert_eq!(points.first(), points.last());
        assert!(points.iter().any(|point| point.y == 0.0 || point.y < 0.01));
    }
}
