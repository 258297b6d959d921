//! A picture that does not move: kept as the triangles of its last painting, as long as picture and camera stay.
//!
//! The first frame paints as always. A second one alike makes triangles of what it paints, and all further ones hand these
//! on without making a shape or asking for a text. So a picture on the move is never turned into triangles twice, and one
//! that rests costs nothing but their copying.

use std::sync::Arc;

use egui::epaint::{ClippedShape, Primitive};
use egui::{Painter, Rect, Shape};

use super::camera::Camera;
use super::texts::Texts;
use crate::scene::Scene;
use crate::scene::theme::Theme;

/// What a painting depends on. The picture is compared by its identity.
pub struct Seen {
    scene: Arc<Scene>,
    theme: &'static Theme,
    world: Rect,
    viewport: Rect,
    pixels_per_point: f32,
    /// Which texts, and where in the texture of letters they lie.
    texts: (u32, u64),
    letters: [usize; 2],
    is_stale: bool,
}

impl Seen {
    /// What is seen in this frame, once its texts have begun.
    pub fn new(painter: &Painter, scene: &Arc<Scene>, camera: &Camera, theme: &'static Theme, texts: &Texts) -> Self {
        Self {
            scene: scene.clone(),
            theme,
            world: camera.world_rect(),
            viewport: camera.viewport(),
            pixels_per_point: painter.pixels_per_point(),
            texts: texts.generation(),
            letters: painter.fonts(|fonts| fonts.font_image_size()),
            is_stale: false,
        }
    }

    /// The same with figures that are those of an older version.
    pub fn stale(self, is_stale: bool) -> Self {
        Self { is_stale, ..self }
    }

    fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.scene, &other.scene)
            && std::ptr::eq(self.theme, other.theme)
            && (self.world, self.viewport) == (other.world, other.viewport)
            && (self.pixels_per_point, self.texts) == (other.pixels_per_point, other.texts)
            && (self.letters, self.is_stale) == (other.letters, other.is_stale)
    }
}

/// What was painted in the frame before.
pub struct Still {
    seen: Seen,
    triangles: Option<Vec<Shape>>,
}

impl Still {
    /// After a painting; where the frame before painted the same, its shapes become triangles.
    pub fn after(before: Option<Self>, seen: Seen, painter: &Painter, shapes: &[Shape]) -> Self {
        let rests = before.is_some_and(|before| before.seen.is_same(&seen));
        Self { triangles: rests.then(|| triangles(painter, shapes)), seen }
    }

    /// The triangles, if the same would be painted again.
    pub fn of(&self, seen: &Seen) -> Option<&[Shape]> {
        self.triangles.as_deref().filter(|_| self.seen.is_same(seen))
    }
}

fn triangles(painter: &Painter, shapes: &[Shape]) -> Vec<Shape> {
    let clip_rect = painter.clip_rect();
    let clipped = shapes.iter().map(|shape| ClippedShape::new(clip_rect, shape.clone())).collect();
    let primitives = painter.ctx().tessellate(clipped, painter.pixels_per_point());
    let mesh = |primitive: Primitive| match primitive {
        Primitive::Mesh(mesh) => Some(Shape::mesh(mesh)),
        Primitive::Callback(_) => None,
    };
    primitives.into_iter().filter_map(|one| mesh(one.primitive)).collect()
}
