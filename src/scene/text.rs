//! Measuring and breaking text with the bundled fonts, and their outlines for exporters.
//!
//! Widths hold for every place that draws with the bundled fonts: advances and pair kerning are
//! read from the same files the window loads, and those files carry no feature that would change
//! glyphs behind the reader's back (see `assets/fonts/README.md`). Not covered: the placing of
//! combining marks over letters that have no composed character, and scripts the fonts lack;
//! `missing_glyphs` names the latter and `width` estimates them.
//!
//! Invariants: no state changes after the first use; equal input gives equal output; digits of one
//! weight are equally wide.

mod face;
mod wrap;

use std::sync::OnceLock;

use face::MeasuredFace;
pub use ttf_parser::OutlineBuilder;
pub use wrap::Line;

use super::icon::{ICON_FONT_BYTES, Icon};

/// A weight of the text face.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// 400: running text.
    #[default]
    Regular,
    /// 500: names of elements, buttons.
    Medium,
    /// 600: labels and titles.
    Semibold,
}

impl Weight {
    /// All weights, lightest first.
    pub const ALL: [Weight; 3] = [Weight::Regular, Weight::Medium, Weight::Semibold];

    /// The bytes of the font file of this weight.
    pub const fn font_bytes(self) -> &'static [u8] {
        match self {
            Weight::Regular => include_bytes!("../../assets/fonts/remit-sans-regular.otf"),
            Weight::Medium => include_bytes!("../../assets/fonts/remit-sans-medium.otf"),
            Weight::Semibold => include_bytes!("../../assets/fonts/remit-sans-semibold.otf"),
        }
    }

    /// The weight as CSS and SVG write it.
    pub const fn number(self) -> u16 {
        match self {
            Weight::Regular => 400,
            Weight::Medium => 500,
            Weight::Semibold => 600,
        }
    }
}

/// The family names for text that stays text in an exported picture, best first.
pub const FONT_FAMILIES: [&str; 3] = ["Remit Sans", "Inter", "sans-serif"];

/// How a text is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TextStyle {
    /// Em size in world units (points at zoom 1).
    pub size: f32,
    /// Weight of the face.
    pub weight: Weight,
    /// Distance of two baselines as a multiple of `size`.
    pub line_height: f32,
}

impl TextStyle {
    /// A style with the usual line height of 1.4.
    pub const fn new(size: f32, weight: Weight) -> Self {
        Self { size, weight, line_height: 1.4 }
    }

    /// The same style with another weight.
    pub const fn with_weight(self, weight: Weight) -> Self {
        Self { weight, ..self }
    }

    /// The same style enlarged, as the projector preset does.
    pub fn scaled(self, factor: f32) -> Self {
        Self { size: self.size * factor, ..self }
    }
}

/// One character where it is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlacedCharacter {
    /// The character.
    pub character: char,
    /// Its glyph in the font of the style; none if the font lacks it or it is invisible.
    pub glyph: Option<u16>,
    /// Distance of its origin from the start of the line, in world units.
    pub x: f32,
    /// Its advance without kerning, in world units.
    pub advance: f32,
}

/// Measures text in the three weights of the bundled face. Built once; see `Measure::bundled`.
pub struct Measure {
    regular: MeasuredFace,
    medium: MeasuredFace,
    semibold: MeasuredFace,
    icons: MeasuredFace,
}

impl Measure {
    /// The measure of the bundled fonts, built at the first call.
    pub fn bundled() -> &'static Measure {
        static BUNDLED: OnceLock<Measure> = OnceLock::new();
        BUNDLED.get_or_init(|| Measure {
            regular: MeasuredFace::read(Weight::Regular.font_bytes()),
            medium: MeasuredFace::read(Weight::Medium.font_bytes()),
            semibold: MeasuredFace::read(Weight::Semibold.font_bytes()),
            icons: MeasuredFace::read(ICON_FONT_BYTES),
        })
    }

    fn face(&self, weight: Weight) -> &MeasuredFace {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Medium => &self.medium,
            Weight::Semibold => &self.semibold,
        }
    }

    /// The width of `text` on one line, in world units; line ends count as nothing.
    pub fn width(&self, text: &str, style: TextStyle) -> f32 {
        let mut pen = self.face(style.weight).pen();
        for character in text.chars() {
            pen.push(character);
        }
        pen.width() * style.size
    }

    /// Breaks `text` into at most `max_lines` lines no wider than `max_width` world units.
    ///
    /// Lines break at spaces, after hyphens, dashes and slashes, and between ideographs; a word
    /// longer than a line is broken anywhere. Line ends in `text` are kept, so an empty text gives
    /// one empty line. What does not fit is replaced by an ellipsis in the last line. A line holds
    /// at least one character, however narrow it is.
    pub fn wrap(&self, text: &str, style: TextStyle, max_width: f32, max_lines: usize) -> Vec<Line> {
        wrap::wrap(self.face(style.weight), text, style.size, max_width, max_lines)
    }

    /// `text` on one line, cut with an ellipsis if it is wider than `max_width` world units.
    pub fn ellipsize(&self, text: &str, style: TextStyle, max_width: f32) -> Line {
        wrap::ellipsize(self.face(style.weight), text, style.size, max_width)
    }

    /// The visible characters of `text` the bundled face lacks, each once, in order of appearance.
    pub fn missing_glyphs(&self, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        for character in text.chars() {
            if !self.regular.draws(character) && !missing.contains(&character) {
                missing.push(character);
            }
        }
        missing
    }

    /// Every character of `text` with its place on one line, kerned as `width` measures it.
    pub fn place(&self, text: &str, style: TextStyle) -> Vec<PlacedCharacter> {
        let face = self.face(style.weight);
        let mut pen = face.pen();
        text.chars()
            .map(|character| {
                let advance = face.advance(character) * style.size;
                let x = pen.push(character) * style.size;
                PlacedCharacter { character, glyph: face.glyph(character), x, advance }
            })
            .collect()
    }

    /// Distance of two baselines, in world units.
    pub fn line_height(&self, style: TextStyle) -> f32 {
        style.size * style.line_height
    }

    /// Height of the face above the baseline, in world units.
    pub fn ascent(&self, style: TextStyle) -> f32 {
        self.face(style.weight).ascent * style.size
    }

    /// Depth of the face below the baseline, in world units; positive.
    pub fn descent(&self, style: TextStyle) -> f32 {
        self.face(style.weight).descent * style.size
    }

    /// Height of capitals, in world units.
    pub fn cap_height(&self, style: TextStyle) -> f32 {
        self.face(style.weight).cap_height * style.size
    }

    /// Distance from the top of a line to its baseline, in world units: the face stands in the
    /// middle of the line.
    pub fn baseline(&self, style: TextStyle) -> f32 {
        let leading = self.line_height(style) - self.ascent(style) - self.descent(style);
        leading / 2.0 + self.ascent(style)
    }

    /// Font units per em of a weight: the scale of `outline`.
    pub fn units_per_em(&self, weight: Weight) -> f32 {
        self.face(weight).units_per_em
    }

    /// Draws the outline of a character in font units, y upwards, origin on the baseline. Gives
    /// back whether there is one (not for spaces and missing characters).
    pub fn outline(&self, character: char, weight: Weight, builder: &mut dyn OutlineBuilder) -> bool {
        self.face(weight).outline(character, builder)
    }

    /// Draws the outline of an icon in units of the icon font, y upwards, as `outline` does.
    pub fn icon_outline(&self, icon: Icon, builder: &mut dyn OutlineBuilder) -> bool {
        self.icons.outline(icon.glyph(), builder)
    }

    /// Units per em of the icon font: the scale of `icon_outline`.
    pub fn icon_units_per_em(&self) -> f32 {
        self.icons.units_per_em
    }

    /// Distance from the top of an icon's square to the baseline of its outline, for an icon of
    /// `size` world units.
    pub fn icon_baseline(&self, size: f32) -> f32 {
        self.icons.ascent * size
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(weight: Weight) -> TextStyle {
        TextStyle::new(13.0, weight)
    }

    /// Widths in font units that HarfBuzz gives for the three weights.
    const SHAPED: &[(&str, [f32; 3])] = &[
        ("AVATAR To Type WAVE", [30384.0, 30816.0, 31243.0]),
        ("Tomorrow, 1,234.50 EUR (≤ 200)", [44552.0, 45028.0, 45499.0]),
        ("Żółć Ünïcödé Ελληνικά Τάξη Вы Тут Гу", [52280.0, 52771.0, 53258.0]),
        ("Yo. We, P.A. \"L'T\" f) r. -> fi ffi", [37804.0, 37881.0, 37947.0]),
        ("1111 8888 0.70", [22424.0, 22705.0, 22984.0]),
        ("Đường ta Ťažký L’T", [25424.0, 25712.0, 25998.0]),
        ("a\u{a0}b\u{2009}c\u{202f}d\u{200b}e\u{ad}f", [11128.0, 11137.0, 11146.0]),
        ("Shop manager ≤ 200 EUR", [34600.0, 34809.0, 35016.0]),
    ];

    #[test]
    fn widths_equal_those_of_a_full_shaper() {
        let measure = Measure::bundled();
        for (text, widths) in SHAPED {
            for (weight, expected) in Weight::ALL.into_iter().zip(widths) {
                let style = TextStyle::new(measure.units_per_em(weight), weight);
                let width = measure.width(text, style);
                assert!((width - expected).abs() < 1.0, "{text} {weight:?} {width} {expected}");
            }
        }
    }

    #[test]
    fn combining_marks_add_nothing_to_their_letters() {
        let measure = Measure::bundled();
        for weight in Weight::ALL {
            let composed = measure.width("Åpent é", body(weight));
            let combined = measure.width("A\u{30a}pent e\u{301}", body(weight));
            assert!((composed - combined).abs() < 0.1, "{composed} {combined}");
        }
    }

    #[test]
    fn digits_are_equally_wide_in_each_weight() {
        let measure = Measure::bundled();
        for weight in Weight::ALL {
            let one = measure.width("1", body(weight));
            for digit in '0'..='9' {
                assert_eq!(measure.width(&digit.to_string(), body(weight)), one);
            }
            assert_eq!(measure.width("", body(weight)), 0.0);
        }
    }

    #[test]
    fn heavier_text_is_wider_and_size_scales_widths() {
        let measure = Measure::bundled();
        let widths = Weight::ALL.map(|weight| measure.width("Shop manager", body(weight)));
        assert!(widths[0] < widths[1] && widths[1] < widths[2]);
        let doubled = measure.width("Shop manager", body(Weight::Regular).scaled(2.0));
        assert!((doubled - 2.0 * widths[0]).abs() < 1e-3);
    }

    #[test]
    fn missing_characters_are_named_once_and_still_take_room() {
        let measure = Measure::bundled();
        assert_eq!(measure.missing_glyphs("Grüße 漢字漢 Ωμέγα Việt → ≥ ✓"), vec!['漢', '字']);
        assert!(measure.missing_glyphs("a\u{200b}b\u{ad}\t\n\u{a0}\u{202f}").is_empty());
        let wide = measure.width("漢", body(Weight::Regular));
        assert!((wide - 13.0).abs() < 1e-3);
    }

    #[test]
    fn all_weights_hold_the_same_characters() {
        let faces = Weight::ALL.map(|w| ttf_parser::Face::parse(w.font_bytes(), 0).unwrap());
        for code in (0x20..0x3000).filter_map(char::from_u32) {
            let known = faces.each_ref().map(|face| face.glyph_index(code).is_some());
            assert!(known == [known[0]; 3], "{code:?}");
        }
    }

    #[test]
    fn placed_characters_end_where_the_width_says() {
        let measure = Measure::bundled();
        let style = body(Weight::Medium);
        let placed = measure.place("AVA To", style);
        assert_eq!(placed.len(), 6);
        assert_eq!(placed[0].x, 0.0);
        assert!(placed[1].x < placed[0].advance, "A and V are kerned together");
        let end = placed[5].x + placed[5].advance;
        assert!((end - measure.width("AVA To", style)).abs() < 1e-3);
        assert!(placed.iter().all(|p| p.glyph.is_some()));
    }

    #[test]
    fn lines_stand_in_the_middle_of_their_height() {
        let measure = Measure::bundled();
        let style = body(Weight::Regular);
        let baseline = measure.baseline(style);
        let below = measure.line_height(style) - baseline;
        let above_face = baseline - measure.ascent(style);
        assert!((above_face - (below - measure.descent(style))).abs() < 1e-3);
        assert!(measure.cap_height(style) > 0.7 * 13.0 && measure.cap_height(style) < 0.75 * 13.0);
    }

    #[derive(Default)]
    struct Extent {
        points: usize,
        top: f32,
    }

    impl OutlineBuilder for Extent {
        fn move_to(&mut self, _: f32, y: f32) {
            self.points += 1;
            self.top = self.top.max(y);
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.move_to(x, y);
        }
        fn quad_to(&mut self, _: f32, _: f32, x: f32, y: f32) {
            self.move_to(x, y);
        }
        fn curve_to(&mut self, _: f32, _: f32, _: f32, _: f32, x: f32, y: f32) {
            self.move_to(x, y);
        }
        fn close(&mut self) {}
    }

    #[test]
    fn outlines_of_letters_and_icons_are_drawn() {
        let measure = Measure::bundled();
        let mut letter = Extent::default();
        assert!(measure.outline('H', Weight::Regular, &mut letter));
        let capital = measure.cap_height(TextStyle::new(measure.units_per_em(Weight::Regular), Weight::Regular));
        assert!(letter.points >= 12 && (letter.top - capital).abs() < 2.0);
        assert!(!measure.outline(' ', Weight::Regular, &mut Extent::default()));
        assert!(!measure.outline('漢', Weight::Regular, &mut Extent::default()));
        let mut icon = Extent::default();
        assert!(measure.icon_outline(Icon::Decision, &mut icon));
        assert!(icon.top <= measure.icon_baseline(measure.icon_units_per_em()));
    }
}
