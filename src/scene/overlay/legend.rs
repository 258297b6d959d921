//! The legend of an overlay: the unit of its figures, its classes, and how much of a picture it cannot tell.

use emath::{Align, Pos2, Rect, pos2, vec2};
use rustc_hash::FxHashMap;

use super::dress::hatch;
use super::{Overlay, Reading};
use crate::model::ElementRef;
use crate::scene::item::*;
use crate::scene::measures::CAPTION;
use crate::scene::pen::Pen;
use crate::scene::text::Measure;

/// Size of a sample of a class.
const SAMPLE: (f32, f32) = (20.0, 13.0);
/// Distance of the text from its sample.
const TEXT: f32 = 26.0;
/// Distance of two entries.
const GAP: f32 = 14.0;
/// Height of a row of entries.
const ROW: f32 = 19.0;

impl Overlay {
    /// How many elements of a picture have no figure, by what is missing: the most first.
    pub fn unknown(&self, scene: &Scene) -> Vec<(&'static str, usize)> {
        let mut elements: Vec<ElementRef> = scene.nodes.iter().map(|node| node.element).collect();
        elements.extend(scene.lanes.iter().filter_map(|lane| lane.actor).map(ElementRef::from));
        elements.sort_unstable();
        elements.dedup();
        let mut counts: FxHashMap<&'static str, usize> = FxHashMap::default();
        for element in elements {
            if let Some(Reading::Missing(lack)) = self.reading(element) {
                *counts.entry(lack).or_default() += 1;
            }
        }
        let mut counts: Vec<(&'static str, usize)> = counts.into_iter().collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        counts
    }

    /// `Not known: 3 (hours a week of people), 2 (cases a week)`; none where everything is known.
    pub fn unknown_words(&self, scene: &Scene) -> Option<String> {
        let counts = self.unknown(scene);
        let parts: Vec<String> = counts.iter().map(|(lack, count)| format!("{count} ({lack})")).collect();
        (!parts.is_empty()).then(|| format!("not known, something is missing: {}", parts.join(", ")))
    }

    /// The legend without its title, its corner at the origin, not wider than `width`.
    pub fn legend(&self, scene: &Scene, width: f32) -> Vec<Item> {
        let measure = Measure::bundled();
        let mut pen = Pen::new(None);
        let unit = measure.wrap(&self.unit, CAPTION, width, 4);
        let mut top = measure.line_height(CAPTION) * unit.len() as f32 + 5.0;
        pen.lines(Detail::Shape, unit, CAPTION, Colour::InkSecond, Pos2::ZERO, Align::Min);
        let mut left = 0.0;
        for class in &self.classes {
            let length = TEXT + measure.width(&class.label, CAPTION);
            if left > 0.0 && left + length > width {
                (left, top) = (0.0, top + ROW);
            }
            let style = Style::card(class.fill.unwrap_or(Colour::Raised), Colour::Border);
            pen.rect(Detail::Shape, sample(left, top), 3.0, style);
            let anchor = pos2(left + TEXT, top + (ROW - measure.line_height(CAPTION)) / 2.0);
            pen.text(Detail::Shape, &class.label, CAPTION, Colour::Ink, anchor, Align::Min);
            left += length + GAP;
        }
        if let Some(words) = self.unknown_words(scene) {
            top += if left > 0.0 { ROW } else { 0.0 };
            let rect = sample(0.0, top);
            pen.rect(Detail::Shape, rect, 3.0, Style::card(Colour::Raised, Colour::Border));
            pen.extend(hatch(None, rect, NodeForm::Card));
            let lines = measure.wrap(&words, CAPTION, width - TEXT, 6);
            let anchor = pos2(TEXT, top + (ROW - measure.line_height(CAPTION)) / 2.0);
            pen.lines(Detail::Shape, lines, CAPTION, Colour::Ink, anchor, Align::Min);
        }
        pen.finish()
    }
}

fn sample(left: f32, top: f32) -> Rect {
    Rect::from_min_size(pos2(left, top + (ROW - SAMPLE.1) / 2.0), vec2(SAMPLE.0, SAMPLE.1))
}
