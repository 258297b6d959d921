//! Metrics of one font file: advances, pair kerning, outlines, in parts of an em.
//!
//! ASCII is answered from flat tables; other characters from a map built once. Kerning follows
//! the rules of pair adjustment in the OpenType specification, table GPOS, lookup type 2: within a
//! lookup the first subtable that knows the pair decides. A file that cannot be read measures
//! every character with the estimate for missing ones, so that nothing above has to handle errors.

use rustc_hash::FxHashMap;
use ttf_parser::gpos::{PairAdjustment, PositioningSubtable};
use ttf_parser::{Face, GlyphId, OutlineBuilder, Tag};

/// Number of characters with flat tables.
const FLAT: usize = 128;
/// Advance of a missing character, in em; about a letter wide.
const MISSING_ADVANCE: f32 = 0.6;
/// Advance of a missing ideograph or pictograph, in em.
const MISSING_WIDE_ADVANCE: f32 = 1.0;

/// Metrics of one face; lengths are parts of an em unless said otherwise.
pub(super) struct MeasuredFace {
    face: Option<Face<'static>>,
    pub(super) units_per_em: f32,
    pub(super) ascent: f32,
    pub(super) descent: f32,
    pub(super) cap_height: f32,
    flat_advances: [f32; FLAT],
    /// Row: first character; column: second.
    flat_kerning: Vec<f32>,
    others: FxHashMap<char, (GlyphId, f32)>,
    /// Lookups of the feature `kern`, each with its subtables in order.
    kerning: Vec<Vec<PairAdjustment<'static>>>,
}

impl MeasuredFace {
    /// Reads the metrics of a font file.
    pub(super) fn read(bytes: &'static [u8]) -> Self {
        let face = Face::parse(bytes, 0).ok();
        let units_per_em = face.as_ref().map_or(1000.0, |f| f32::from(f.units_per_em()));
        let part = |value: Option<i16>, fallback: f32| value.map_or(fallback, |units| f32::from(units) / units_per_em);
        let mut measured = Self {
            ascent: part(face.as_ref().map(Face::ascender), 0.97),
            descent: -part(face.as_ref().map(Face::descender), -0.24),
            cap_height: part(face.as_ref().and_then(Face::capital_height), 0.73),
            kerning: face.as_ref().map(kerning_lookups).unwrap_or_default(),
            others: face.as_ref().map(all_advances).unwrap_or_default(),
            flat_advances: [0.0; FLAT],
            flat_kerning: Vec::new(),
            units_per_em,
            face,
        };
        measured.fill_flat_tables();
        measured
    }

    fn fill_flat_tables(&mut self) {
        let ascii = || (0..FLAT as u8).map(char::from);
        let mut advances = [0.0; FLAT];
        for (slot, character) in advances.iter_mut().zip(ascii()) {
            *slot = self.look_up_advance(character);
        }
        self.flat_advances = advances;
        self.flat_kerning = ascii()
            .flat_map(|first| ascii().map(move |second| (first, second)))
            .map(|(first, second)| self.look_up_kerning(first, second))
            .collect();
    }

    /// Advance of a character without kerning, in em.
    pub(super) fn advance(&self, character: char) -> f32 {
        match self.flat_advances.get(character as usize) {
            Some(advance) => *advance,
            None => self.look_up_advance(character),
        }
    }

    fn look_up_advance(&self, character: char) -> f32 {
        if is_invisible(character) {
            return 0.0;
        }
        // A tab is one space: a line of a picture has no stops.
        let character = if character == '\t' { ' ' } else { character };
        match self.others.get(&character) {
            Some((_, units)) => units / self.units_per_em,
            None if is_wide(character) => MISSING_WIDE_ADVANCE,
            None => MISSING_ADVANCE,
        }
    }

    /// What the distance of two neighbours differs from the first one's advance, in em.
    pub(super) fn kerning(&self, first: char, second: char) -> f32 {
        let (row, column) = (first as usize, second as usize);
        if row < FLAT && column < FLAT {
            return self.flat_kerning.get(row * FLAT + column).copied().unwrap_or(0.0);
        }
        self.look_up_kerning(first, second)
    }

    fn look_up_kerning(&self, first: char, second: char) -> f32 {
        let (Some(first), Some(second)) = (self.others.get(&first), self.others.get(&second)) else {
            return 0.0;
        };
        let units: f32 = self
            .kerning
            .iter()
            .filter_map(|subtables| subtables.iter().find_map(|subtable| adjustment(subtable, first.0, second.0)))
            .map(f32::from)
            .sum();
        units / self.units_per_em
    }

    /// Whether the face can show the character, or need not because it is invisible.
    pub(super) fn draws(&self, character: char) -> bool {
        is_invisible(character) || character == '\t' || self.others.contains_key(&character)
    }

    /// The glyph of a visible character.
    pub(super) fn glyph(&self, character: char) -> Option<u16> {
        if is_invisible(character) {
            return None;
        }
        self.others.get(&character).map(|(glyph, _)| glyph.0)
    }

    /// Draws the outline in font units; see `Measure::outline`.
    pub(super) fn outline(&self, character: char, builder: &mut dyn OutlineBuilder) -> bool {
        let (Some(face), Some(glyph)) = (&self.face, self.glyph(character)) else {
            return false;
        };
        face.outline_glyph(GlyphId(glyph), builder).is_some()
    }

    /// A pen at the start of a line.
    pub(super) fn pen(&self) -> Pen<'_> {
        Pen { face: self, x: 0.0, last: None }
    }
}

/// Walks along a line and adds up advances and kerning.
#[derive(Clone, Copy)]
pub(super) struct Pen<'face> {
    face: &'face MeasuredFace,
    x: f32,
    last: Option<char>,
}

impl Pen<'_> {
    /// Sets the next character; gives back where it starts, in em.
    pub(super) fn push(&mut self, character: char) -> f32 {
        if is_invisible(character) || is_combining(character) {
            let start = self.x;
            self.x += self.face.advance(character);
            return start;
        }
        if let Some(last) = self.last {
            self.x += self.face.kerning(last, character);
        }
        let start = self.x;
        self.x += self.face.advance(character);
        self.last = Some(character);
        start
    }

    /// Where the next character would start without kerning, in em.
    pub(super) fn width(&self) -> f32 {
        self.x
    }
}

/// Characters that show nothing and take no room.
pub(super) fn is_invisible(character: char) -> bool {
    match character {
        '\t' => false,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' => true,
        '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' => true,
        _ => character.is_control(),
    }
}

/// Combining marks, which belong to the letter before them.
pub(super) fn is_combining(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{20d0}'..='\u{20ff}')
}

/// Characters that are about one em wide where they exist: East Asian scripts and pictographs.
pub(super) fn is_wide(character: char) -> bool {
    matches!(
        character,
        '\u{1100}'..='\u{115f}'
            | '\u{2e80}'..='\u{a4cf}'
            | '\u{ac00}'..='\u{d7a3}'
            | '\u{f900}'..='\u{faff}'
            | '\u{fe30}'..='\u{fe4f}'
            | '\u{ff00}'..='\u{ff60}'
            | '\u{1f300}'..='\u{1faff}'
            | '\u{20000}'..='\u{3fffd}'
    )
}

fn all_advances(face: &Face<'static>) -> FxHashMap<char, (GlyphId, f32)> {
    let mut advances = FxHashMap::default();
    let Some(table) = face.tables().cmap else {
        return advances;
    };
    for subtable in table.subtables.into_iter().filter(|subtable| subtable.is_unicode()) {
        subtable.codepoints(|code| {
            let Some(character) = char::from_u32(code) else {
                return;
            };
            let Some(glyph) = face.glyph_index(character) else {
                return;
            };
            let units = face.glyph_hor_advance(glyph).map_or(0.0, f32::from);
            advances.insert(character, (glyph, units));
        });
    }
    advances
}

fn kerning_lookups(face: &Face<'static>) -> Vec<Vec<PairAdjustment<'static>>> {
    let Some(table) = face.tables().gpos else {
        return Vec::new();
    };
    let mut numbers: Vec<u16> = table
        .features
        .into_iter()
        .filter(|feature| feature.tag == Tag::from_bytes(b"kern"))
        .flat_map(|feature| feature.lookup_indices.into_iter())
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
        .into_iter()
        .filter_map(|number| table.lookups.get(number))
        .map(|lookup| {
            lookup
                .subtables
                .into_iter::<PositioningSubtable<'static>>()
                .filter_map(|subtable| match subtable {
                    PositioningSubtable::Pair(pair) => Some(pair),
                    _ => None,
                })
                .collect()
        })
        .collect()
}

/// What a subtable adds to the first glyph's advance; none if it does not know the pair.
fn adjustment(subtable: &PairAdjustment<'_>, first: GlyphId, second: GlyphId) -> Option<i16> {
    match subtable {
        PairAdjustment::Format1 { coverage, sets } => {
            let set = sets.get(coverage.get(first)?)?;
            set.get(second).map(|(value, _)| value.x_advance)
        }
        PairAdjustment::Format2 { coverage, classes, matrix } => {
            coverage.get(first)?;
            let pair = (classes.0.get(first), classes.1.get(second));
            matrix.get(pair).map(|(value, _)| value.x_advance)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_file_still_measures() {
        let face = MeasuredFace::read(b"not a font");
        assert_eq!(face.advance('a'), MISSING_ADVANCE);
        assert_eq!(face.advance('漢'), MISSING_WIDE_ADVANCE);
        assert_eq!(face.kerning('A', 'V'), 0.0);
        assert_eq!(face.glyph('a'), None);
        assert!(face.ascent > face.descent && face.descent > 0.0);
    }

    #[test]
    fn flat_tables_say_what_the_file_says() {
        let bytes = super::super::Weight::Regular.font_bytes();
        let measured = MeasuredFace::read(bytes);
        let file = Face::parse(bytes, 0).unwrap();
        for character in (0x20..0x7f_u8).map(char::from) {
            let units = file.glyph_hor_advance(file.glyph_index(character).unwrap()).unwrap();
            assert_eq!(measured.advance(character), f32::from(units) / measured.units_per_em);
        }
        assert!(measured.kerning('A', 'V') < -0.01);
        assert!(measured.kerning('T', 'ö') < -0.01, "kerning reaches beyond ASCII");
        assert_eq!(measured.kerning('漢', 'V'), 0.0);
    }
}
