//! A colour as bytes, and how well two colours are told apart.

/// A colour of the sRGB space; alpha is not multiplied in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rgba {
    /// Red.
    pub r: u8,
    /// Green.
    pub g: u8,
    /// Blue.
    pub b: u8,
    /// Opacity; 255 is opaque.
    pub a: u8,
}

impl Rgba {
    /// An opaque colour.
    pub const fn opaque(r: u8, g: u8, b: u8) -> Self {
        Self { r, g, b, a: 255 }
    }

    /// Reads `RRGGBB` or `RRGGBBAA`, in either case of letters.
    pub fn from_hex(text: &str) -> Option<Self> {
        if !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let byte = |start: usize| u8::from_str_radix(text.get(start..start + 2)?, 16).ok();
        match text.len() {
            6 => Some(Self::opaque(byte(0)?, byte(2)?, byte(4)?)),
            8 => Some(Self { r: byte(0)?, g: byte(2)?, b: byte(4)?, a: byte(6)? }),
            _ => None,
        }
    }

    /// `#RRGGBB` as SVG and HTML write it; opacity is written apart there.
    pub fn hex(self) -> String {
        format!("#{:02X}{:02X}{:02X}", self.r, self.g, self.b)
    }

    /// Opacity between 0 and 1.
    pub fn opacity(self) -> f32 {
        f32::from(self.a) / 255.0
    }

    /// The same colour with its opacity multiplied by a part between 0 and 1.
    pub fn faded(self, part: f32) -> Self {
        let a = (f32::from(self.a) * part.clamp(0.0, 1.0)).round() as u8;
        Self { a, ..self }
    }

    /// This colour with a part (0 to 1) of another one mixed in, byte by byte.
    pub fn mix(self, other: Rgba, part: f32) -> Self {
        let part = part.clamp(0.0, 1.0);
        let mix = |from: u8, to: u8| (f32::from(from) + (f32::from(to) - f32::from(from)) * part).round() as u8;
        Self { r: mix(self.r, other.r), g: mix(self.g, other.g), b: mix(self.b, other.b), a: mix(self.a, other.a) }
    }

    /// What is seen when this colour lies over an opaque ground.
    pub fn over(self, ground: Rgba) -> Self {
        let covered = ground.mix(Self { a: 255, ..self }, self.opacity());
        Self { a: 255, ..covered }
    }

    /// Red, green and blue in linear light, 0 to 1 (IEC 61966-2-1).
    pub(super) fn linear(self) -> [f64; 3] {
        [self.r, self.g, self.b].map(|byte| {
            let value = f64::from(byte) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        })
    }
}

/// Relative luminance between 0 (black) and 1 (white), as WCAG 2.2 defines it. Opacity is ignored.
pub fn relative_luminance(colour: Rgba) -> f64 {
    let [red, green, blue] = colour.linear();
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// Contrast of two opaque colours between 1 and 21: (lighter + 0.05) / (darker + 0.05), the
/// contrast ratio of WCAG 2.2. Its success criteria 1.4.3, 1.4.6 and 1.4.11 ask for 4.5 (text),
/// 7 (text, enhanced) and 3 (signs and controls).
pub fn contrast_ratio(first: Rgba, second: Rgba) -> f64 {
    let (first, second) = (relative_luminance(first), relative_luminance(second));
    (first.max(second) + 0.05) / (first.min(second) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLACK: Rgba = Rgba::opaque(0, 0, 0);
    const WHITE: Rgba = Rgba::opaque(255, 255, 255);

    #[test]
    fn hex_is_read_and_written() {
        assert_eq!(Rgba::from_hex("F6F5F2"), Some(Rgba::opaque(0xf6, 0xf5, 0xf2)));
        assert_eq!(Rgba::from_hex("0f6e6e80").map(|c| c.a), Some(0x80));
        assert_eq!(Rgba::opaque(15, 110, 110).hex(), "#0F6E6E");
        for wrong in ["", "#F6F5F2", "F6F5F", "F6F5F2F", "+6F5F2", "gggggg", "ééé"] {
            assert_eq!(Rgba::from_hex(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrast_has_the_known_values() {
        assert!((contrast_ratio(BLACK, WHITE) - 21.0).abs() < 1e-9);
        assert!((contrast_ratio(WHITE, WHITE) - 1.0).abs() < 1e-9);
        let grey = Rgba::opaque(0x76, 0x76, 0x76);
        assert!((contrast_ratio(grey, WHITE) - 4.54).abs() < 0.01);
        assert_eq!(contrast_ratio(grey, BLACK), contrast_ratio(BLACK, grey));
    }

    #[test]
    fn colours_mix_and_lie_over_each_other() {
        assert_eq!(BLACK.mix(WHITE, 0.5), Rgba::opaque(128, 128, 128));
        assert_eq!(BLACK.mix(WHITE, 2.0), WHITE);
        assert_eq!(BLACK.faded(0.0).over(WHITE), WHITE);
        assert_eq!(BLACK.faded(0.5).over(WHITE), Rgba::opaque(127, 127, 127));
    }
}
