//! Laid-out texts kept between frames, by content, weight and size.
//!
//! The toolkit forgets a text that was not asked for in the frame before and hashes whole layout jobs; a canvas with
//! thousands of names needs more. While the zoom changes, sizes go in steps, so that a glide lays out a few times and
//! not in each frame. Kept texts point into the font texture: they are dropped when it was started anew.

use std::hash::{Hash as _, Hasher as _};
use std::sync::Arc;

use egui::{Color32, FontId, Galley, Painter};
use rustc_hash::{FxHashMap, FxHasher};

use crate::app::style::{family, icon_font};
use crate::scene::icon::Icon;
use crate::scene::text::TextStyle;

/// More texts than this are not kept.
const CAPACITY: usize = 40_000;
/// Ratio of neighbouring sizes while the zoom changes.
const COARSE: f32 = 1.09;

/// Texts kept between frames.
#[derive(Default)]
pub struct Texts {
    kept: FxHashMap<u64, Arc<Galley>>,
    scale: f32,
    /// A text that the toolkit itself keeps as long as its fonts stay: another one means that the font texture, into
    /// which kept texts point, was started anew.
    witness: Option<Arc<Galley>>,
}

impl Texts {
    /// Begins a frame at a zoom; `coarse` while the zoom is changing.
    pub fn begin(&mut self, painter: &Painter, zoom: f32, coarse: bool) {
        let scale = if coarse { COARSE.powf(zoom.log(COARSE).round()) } else { zoom };
        let witness = painter.layout_no_wrap("Remit".to_owned(), FontId::proportional(12.0), Color32::PLACEHOLDER);
        let texture_is_new = !self.witness.as_ref().is_some_and(|kept| Arc::ptr_eq(kept, &witness));
        let is_stale = scale != self.scale || texture_is_new;
        if is_stale || self.kept.len() > CAPACITY {
            self.kept.clear();
        }
        self.scale = scale;
        self.witness = Some(witness);
    }

    /// A line of text; its letters take the colour with which it is painted.
    pub fn line(&mut self, painter: &Painter, text: &str, style: TextStyle) -> Arc<Galley> {
        let mut hasher = FxHasher::default();
        text.hash(&mut hasher);
        (style.weight.number(), style.size.to_bits()).hash(&mut hasher);
        let key = hasher.finish();
        match self.kept.get(&key) {
            Some(galley) if galley.text() == text => galley.clone(),
            _ => {
                let font = FontId::new(style.size * self.scale, family(style.weight));
                let galley = painter.layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
                self.kept.insert(key, galley.clone());
                galley
            }
        }
    }

    /// An icon of this size in world units.
    pub fn icon(&mut self, painter: &Painter, icon: Icon, size: f32) -> Arc<Galley> {
        let mut hasher = FxHasher::default();
        (icon.glyph(), size.to_bits(), "icon").hash(&mut hasher);
        let key = hasher.finish();
        let scale = self.scale;
        let make = || painter.layout_no_wrap(icon.glyph().to_string(), icon_font(size * scale), Color32::PLACEHOLDER);
        self.kept.entry(key).or_insert_with(make).clone()
    }
}

/// Height of the baseline of the first row below the top of the text.
pub fn baseline(galley: &Galley) -> f32 {
    let Some(row) = galley.rows.first() else { return 0.0 };
    row.pos.y + row.row.glyphs.first().map_or(0.0, |glyph| glyph.pos.y)
}
