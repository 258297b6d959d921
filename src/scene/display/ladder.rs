//! The ladder of a decision, as the window shows it.

use emath::vec2;

use super::Target;
use super::draw::Page;
use crate::scene::ladder::{LadderLook, LadderSketch, draw_ladder};
use crate::scene::pen::Pen;

/// A ladder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ladder {
    /// What is drawn.
    pub sketch: LadderSketch,
    /// Where its rows lead to.
    pub target: Option<Target>,
}

impl Page {
    pub(super) fn ladder(&mut self, ladder: &Ladder) {
        let picture = draw_ladder(&ladder.sketch, LadderLook { width: self.width, is_compact: false });
        let down = vec2(0.0, self.top);
        let mut items = picture.items;
        items.iter_mut().for_each(|item| item.shift(down));
        let mut pen = Pen::new(None);
        pen.extend(items);
        self.put(pen);
        for (axis, drawn) in ladder.sketch.axes.iter().zip(&picture.axes) {
            for (row, place) in axis.rows.iter().zip(&drawn.rows) {
                let words = [&row.name, &row.label, &row.detail].map(String::as_str);
                let words: Vec<&str> = words.into_iter().filter(|text| !text.is_empty()).collect();
                self.spot(place.rect.translate(down), ladder.target, words.join(", "));
            }
            for (strip, (_, parts)) in axis.strips.iter().zip(&drawn.strips) {
                for (part, place) in strip.parts.iter().zip(parts) {
                    self.short_spot(place.translate(down), ladder.target, format!("{}: {}", strip.label, part.label));
                }
            }
        }
        self.top += picture.size.y;
    }
}
