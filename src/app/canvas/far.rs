//! Pictures from far away: boxes of a few pixels, painted as plain areas on whole pixels, all in one mesh.
//!
//! So small, nobody sees round corners or soft edges, but thousands of them cost more than all else in a frame. What
//! lies on whole pixels is as sharp without them.

use egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Vec2};

/// Below this zoom pictures are painted so.
pub const FAR_BELOW: f32 = 0.16;
/// Boxes with less room inside of their edge than this, in pixels, are painted in one colour.
const LEAST_INSIDE: f32 = 1.5;

/// The mesh of a frame.
pub struct Far {
    mesh: Mesh,
    pixels_per_point: f32,
}

impl Far {
    /// An empty one for a painter.
    pub fn new(painter: &Painter) -> Self {
        Self { mesh: Mesh::default(), pixels_per_point: painter.pixels_per_point() }
    }

    /// What was painted so far as a shape; nothing remains.
    pub fn take(&mut self) -> Option<Shape> {
        let mesh = std::mem::take(&mut self.mesh);
        (!mesh.is_empty()).then(|| Shape::mesh(mesh))
    }

    /// An area without an edge.
    pub fn area(&mut self, rect: Rect, ink: Color32) {
        let rect = self.on_pixels(rect);
        self.mesh.add_colored_rect(rect, ink);
    }

    /// A box; where its edge leaves no room inside it is one area, lighter than the edge by itself.
    pub fn boxed(&mut self, rect: Rect, fill: Option<Color32>, edge: Option<Color32>) {
        let rect = self.on_pixels(rect);
        let inside = rect.shrink(1.0 / self.pixels_per_point);
        let is_wide = inside.size().min_elem() * self.pixels_per_point >= LEAST_INSIDE;
        match (fill, edge) {
            (Some(fill), Some(edge)) if is_wide => {
                self.mesh.add_colored_rect(rect, edge);
                self.mesh.add_colored_rect(inside, fill);
            }
            (Some(fill), Some(edge)) => self.mesh.add_colored_rect(rect, fill.lerp_to_gamma(edge, 0.6)),
            (Some(ink), None) => self.mesh.add_colored_rect(rect, ink),
            (None, Some(edge)) => {
                let middle = rect.shrink(0.5 / self.pixels_per_point);
                let corners = [middle.left_top(), middle.right_top(), middle.max, middle.left_bottom(), middle.min];
                self.line(&corners, 1.0, edge);
            }
            (None, None) => {}
        }
    }

    /// An area around a middle, filled from its corners.
    pub fn polygon(&mut self, corners: &[Pos2], ink: Color32) {
        let first = self.mesh.vertices.len() as u32;
        corners.iter().for_each(|corner| self.mesh.colored_vertex(*corner, ink));
        for corner in 2..corners.len() as u32 {
            self.mesh.add_triangle(first, first + corner - 1, first + corner);
        }
    }

    /// A line of a width in points; level and upright pieces lie on whole pixels and are at least one wide.
    pub fn line(&mut self, points: &[Pos2], width: f32, ink: Color32) {
        let pixel = 1.0 / self.pixels_per_point;
        let ink = ink.gamma_multiply((width / pixel).clamp(0.3, 1.0));
        let width = width.max(pixel);
        for (from, to) in points.iter().zip(points.iter().skip(1)) {
            let way = *to - *from;
            if way.x.abs() < 0.01 || way.y.abs() < 0.01 {
                let piece = Rect::from_two_pos(*from, *to).expand2(Vec2::splat(width / 2.0 - 0.01));
                self.area(piece, ink);
                continue;
            }
            let aside = way.normalized().rot90() * (width / 2.0);
            self.polygon(&[*from + aside, *to + aside, *to - aside, *from - aside], ink);
        }
    }

    /// Moved to the nearest pixels, at least one wide and high.
    fn on_pixels(&self, rect: Rect) -> Rect {
        let snapped = |value: f32| (value * self.pixels_per_point).round() / self.pixels_per_point;
        let pixel = 1.0 / self.pixels_per_point;
        let min = Pos2::new(snapped(rect.left()), snapped(rect.top()));
        let size = Vec2::new(snapped(rect.width()), snapped(rect.height())).max(Vec2::splat(pixel));
        Rect::from_min_size(min, size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn far() -> Far {
        Far { mesh: Mesh::default(), pixels_per_point: 1.0 }
    }

    #[test]
    fn boxes_and_level_lines_lie_on_whole_pixels_and_never_vanish() {
        let mut far = far();
        far.boxed(Rect::from_min_size(Pos2::new(3.3, 4.6), Vec2::new(0.2, 7.9)), Some(Color32::WHITE), None);
        far.line(&[Pos2::new(2.2, 9.4), Pos2::new(8.1, 9.4), Pos2::new(8.1, 20.7)], 0.1, Color32::BLACK);
        let whole = |position: Pos2| position.x.fract() == 0.0 && position.y.fract() == 0.0;
        assert!(far.mesh.vertices.iter().all(|vertex| whole(vertex.pos)));
        for piece in far.mesh.vertices.chunks(4) {
            let area = Rect::from_points(&[piece[0].pos, piece[1].pos, piece[2].pos, piece[3].pos]);
            assert!(area.width() >= 1.0 && area.height() >= 1.0, "{area:?}");
        }
        assert!(far.take().is_some() && far.take().is_none());
    }

    #[test]
    fn a_box_without_room_inside_its_edge_is_one_area() {
        let edge = Some(Color32::BLACK);
        let mut small = far();
        small.boxed(Rect::from_min_size(Pos2::ZERO, Vec2::new(8.0, 3.0)), Some(Color32::WHITE), edge);
        let mut wide = far();
        wide.boxed(Rect::from_min_size(Pos2::ZERO, Vec2::new(8.0, 6.0)), Some(Color32::WHITE), edge);
        assert_eq!((small.mesh.vertices.len(), wide.mesh.vertices.len()), (4, 8));
    }
}
