//! Laid-out texts kept between frames, by content, weight and size.
//!
//! The toolkit forgets a text that was not asked for in the frame before and hashes whole layout jobs; a canvas with
//! thousands of names needs more. While the zoom changes, sizes go in steps, so that a glide lays out a few times and
//! not in each frame. In one frame only so many texts are laid out; the others keep the size before or wait as bars, and
//! follow in the next frames. Kept texts point into the font texture: they are dropped when it was started anew.

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

/// So many texts are laid out in one frame.
const MOST_AT_ONCE: usize = 500;

/// Texts kept between frames.
#[derive(Default)]
pub struct Texts {
    kept: FxHashMap<u64, Arc<Galley>>,
    /// Those of the scale before, until all of the present one are there.
    older: FxHashMap<u64, Arc<Galley>>,
    scale: f32,
    /// How often the texts were begun anew.
    fresh_starts: u64,
    /// How many were laid out in this frame.
    laid_out: usize,
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
        if texture_is_new || self.kept.len() > CAPACITY {
            self.kept.clear();
            self.older.clear();
            self.fresh_starts += 1;
        } else if scale != self.scale {
            self.older = std::mem::take(&mut self.kept);
        } else if !self.is_starved() {
            self.older.clear();
        }
        self.scale = scale;
        self.laid_out = 0;
        self.witness = Some(witness);
    }

    /// Which texts are painted: those of a size, and since which start of the texture of letters.
    pub fn generation(&self) -> (u32, u64) {
        (self.scale.to_bits(), self.fresh_starts)
    }

    /// Whether texts still wait to be laid out: another frame is needed.
    pub fn is_starved(&self) -> bool {
        self.laid_out > MOST_AT_ONCE
    }

    /// A line of text; its letters take the colour with which it is painted. None where it has to wait for another
    /// frame.
    pub fn line(&mut self, painter: &Painter, text: &str, style: TextStyle) -> Option<Arc<Galley>> {
        let mut hasher = FxHasher::default();
        text.hash(&mut hasher);
        (style.weight.number(), style.size.to_bits()).hash(&mut hasher);
        let key = hasher.finish();
        if let Some(galley) = self.kept.get(&key).filter(|galley| galley.text() == text) {
            return Some(galley.clone());
        }
        self.laid_out += 1;
        if self.is_starved() {
            return self.older.get(&key).filter(|galley| galley.text() == text).cloned();
        }
        let font = FontId::new(style.size * self.scale, family(style.weight));
        let galley = painter.layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
        self.kept.insert(key, galley.clone());
        Some(galley)
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
