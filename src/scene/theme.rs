//! The look as named tokens: colours, type scale, spacing, strokes. The only source of them.
//!
//! Values live in `assets/theme_*.ron`, one file for each theme, and are read once. A token says
//! what a colour is for; nothing outside of the theme files names a colour. Colours are plain
//! bytes; the window and the exporters turn them into their own types.
//!
//! Invariants, checked for all four themes in `checks`: ink reads on every ground, lines and icons
//! that carry meaning are visible, and the eight tints stay apart for every kind of colour vision
//! and in grey. An embedded file that cannot be read falls back to `plain`; a test keeps that from
//! ever happening.

#[cfg(test)]
mod checks;
mod colour;
mod file;
mod plain;

use std::sync::LazyLock;

use super::text::TextStyle;
pub use colour::{Rgba, contrast_ratio, relative_luminance};
use file::{FromFile as _, tokens};

/// Number of tints for units.
pub const TINT_COUNT: usize = 8;
/// Number of colours of the overlay ramp.
pub const RAMP_COUNT: usize = 6;

tokens! {
    /// Text or icon of one meaning, and the soft ground it may stand on.
    Chip, ChipFile {
        /// Text, icon, mark. Reads on `fill` and on every ground of the theme.
        ink: Rgba,
        /// Soft ground of a badge.
        fill: Rgba,
    }
}

tokens! {
    /// The colour of a unit and what belongs to it.
    Tint, TintFile {
        /// Soft fill of a box; ink and second ink read on it.
        fill: Rgba,
        /// Edge of the box.
        edge: Rgba,
    }
}

tokens! {
    /// Greys of the theme: they carry the interface.
    Neutral, NeutralFile {
        /// Behind panels: title bar, tabs, status bar.
        background: Rgba,
        /// Navigator, inspector, findings.
        panel: Rgba,
        /// What floats or holds text on the canvas: cards, menus, dialogs.
        raised: Rgba,
        /// The paper of the canvas.
        canvas: Rgba,
        /// Every second lane of a process.
        lane: Rgba,
        /// Fields one can type into, unit headings of the matrix.
        field: Rgba,
        /// Ground of what the pointer is over.
        hover: Rgba,
        /// Ground of what is held down.
        pressed: Rgba,
        /// Hairlines that only divide.
        line: Rgba,
        /// Hairlines around cards and buttons.
        line_strong: Rgba,
        /// Lines that carry meaning: check boxes, fields in need of an outline, untinted nodes.
        border: Rgba,
        /// Flows and other arrows on the canvas.
        flow: Rgba,
        /// Text.
        ink: Rgba,
        /// Secondary text and icons.
        ink_second: Rgba,
        /// Captions, counts, hints; still readable.
        ink_third: Rgba,
        /// Dots of the canvas grid.
        grid_dot: Rgba,
        /// Shadow beneath what floats; transparent.
        shadow: Rgba,
        /// Laid over what is not evidence of the selected finding; transparent.
        dim: Rgba,
        /// Laid over the window behind a dialog; transparent.
        scrim: Rgba,
    }
}

tokens! {
    /// The one accent: selection, focus, primary action.
    Accent, AccentFile {
        /// Selection rings, focus, filled buttons, active marks.
        base: Rgba,
        /// A filled button under the pointer.
        strong: Rgba,
        /// Ground of what is selected in a list.
        soft: Rgba,
        /// Accent as text: links, selected rows; reads on `soft` and on tints.
        ink: Rgba,
        /// Text on `base` and on every filled severity mark.
        on: Rgba,
        /// Soft halo around a selected node; transparent.
        halo: Rgba,
    }
}

tokens! {
    /// How bad a finding is. Never shown by colour alone.
    Severities, SeveritiesFile {
        /// Nothing works while this stands.
        block: Chip,
        /// High.
        high: Chip,
        /// Medium.
        medium: Chip,
        /// Low.
        low: Chip,
        /// For information.
        info: Chip,
    }
}

tokens! {
    /// What a letter of the matrix obliges to.
    Duties, DutiesFile {
        /// Decides.
        decide: Chip,
        /// Must agree.
        agree: Chip,
        /// Prepares and recommends.
        prepare: Chip,
        /// Carries out.
        perform: Chip,
        /// Is asked before.
        consult: Chip,
        /// Is told after.
        inform: Chip,
        /// Checks what was done.
        verify: Chip,
        /// Helps.
        support: Chip,
    }
}

tokens! {
    /// Colours of a share of working time.
    Load, LoadFile {
        /// Below 80 %.
        normal: Rgba,
        /// From 80 %.
        high: Rgba,
        /// From 90 %.
        over: Rgba,
        /// The empty part of the bar.
        track: Rgba,
    }
}

tokens! {
    /// The type scale.
    TypeScale, TypeScaleFile {
        /// 11: counts, figures beneath names. Nothing is smaller.
        caption: TextStyle,
        /// 13: running text.
        body: TextStyle,
        /// 13 medium: names of elements.
        name: TextStyle,
        /// 13 semibold: headings of groups, letters of the matrix.
        label: TextStyle,
        /// 15: headings of sections.
        section: TextStyle,
        /// 20: titles.
        title: TextStyle,
    }
}

tokens! {
    /// Distances, multiples of 4 points.
    Spacing, SpacingFile {
        /// Between an icon and its label.
        tight: f32,
        /// Within a group.
        small: f32,
        /// Padding of panels.
        medium: f32,
        /// Between groups.
        large: f32,
    }
}

tokens! {
    /// Corner radii, in points.
    Radii, RadiiFile {
        /// Controls and nodes.
        control: f32,
        /// Floating surfaces.
        floating: f32,
        /// Bends of flows.
        bend: f32,
    }
}

tokens! {
    /// Line widths, in points.
    Strokes, StrokesFile {
        /// Dividing lines and edges of cards.
        hairline: f32,
        /// Flows and edges of nodes.
        edge: f32,
        /// The ring around a selected node.
        selection: f32,
        /// The halo outside of that ring.
        halo: f32,
    }
}

tokens! {
    /// Sides of icons, in points.
    IconSizes, IconSizesFile {
        /// In rows and beside text.
        small: f32,
        /// In toolbars.
        large: f32,
    }
}

tokens! {
    /// Heights of rows, in points.
    RowHeights, RowHeightsFile {
        /// Lists, fields and matrix rows.
        comfortable: f32,
        /// The same when compact.
        compact: f32,
    }
}

tokens! {
    /// Everything that is a length.
    Sizes, SizesFile {
        /// The type scale.
        text: TypeScale,
        /// Distances.
        space: Spacing,
        /// Corner radii.
        radius: Radii,
        /// Line widths.
        stroke: Strokes,
        /// Sides of icons.
        icon: IconSizes,
        /// Heights of rows.
        row: RowHeights,
        /// Distance of the dots of the canvas grid.
        grid_step: f32,
    }
}

tokens! {
    /// A whole look.
    Theme, ThemeFile {
        /// Whether grounds are darker than text.
        dark: bool,
        /// Greys.
        neutral: Neutral,
        /// The accent.
        accent: Accent,
        /// Severities of findings.
        severity: Severities,
        /// Duties in the matrix.
        duty: Duties,
        /// Tints of units, in the order they are given out.
        tints: [Tint; TINT_COUNT],
        /// Shares of working time.
        load: Load,
        /// Overlay ramp from little to much, in even steps of lightness.
        ramp: [Rgba; RAMP_COUNT],
        /// Lengths.
        sizes: Sizes,
    }
}

macro_rules! embedded {
    ($($(#[$documentation:meta])* $name:ident = $path:literal;)+) => {
        impl Theme {
            $($(#[$documentation])*
            pub fn $name() -> &'static Theme {
                static THEME: LazyLock<Theme> = LazyLock::new(|| {
                    Theme::parse(include_str!($path)).unwrap_or_else(|_| Theme::plain())
                });
                &THEME
            })+
        }

        /// Name and text of every embedded theme.
        #[cfg(test)]
        const EMBEDDED: &[(&str, &str)] = &[$((stringify!($name), include_str!($path)),)+];
    };
}

embedded! {
    /// Paper and ink.
    light = "../../assets/theme_light.ron";
    /// Light text on cool dark greys.
    dark = "../../assets/theme_dark.ron";
    /// Black on white with strong lines.
    contrast = "../../assets/theme_contrast.ron";
    /// For everything exported or printed, whatever the screen shows.
    print = "../../assets/theme_print.ron";
}

impl Theme {
    /// Reads a theme in the form of the embedded files; the error names what is wrong.
    pub fn parse(text: &str) -> Result<Theme, String> {
        let file = ron::from_str(text).map_err(|error| error.to_string())?;
        Theme::from_file(file)
    }

    /// The tint with a number; numbers start again after the last.
    pub fn tint(&self, number: usize) -> Tint {
        let [first, ..] = self.tints;
        self.tints.get(number % TINT_COUNT).copied().unwrap_or(first)
    }

    /// The overlay colour of a value between 0 (little) and 1 (much), mixed between its
    /// neighbours on the ramp. Values outside are moved to the nearer end, no number counts as 0.
    pub fn ramp_at(&self, part: f32) -> Rgba {
        let part = if part.is_nan() { 0.0 } else { part.clamp(0.0, 1.0) };
        let place = part * (RAMP_COUNT - 1) as f32;
        let index = place.floor() as usize;
        let [first, ..] = self.ramp;
        let low = self.ramp.get(index).copied().unwrap_or(first);
        let high = self.ramp.get(index + 1).copied().unwrap_or(low);
        low.mix(high, place - place.floor())
    }

    /// The colour of a load, given as a share of the hours (0.96 is 96 %); the thresholds belong to
    /// the higher colour.
    pub fn load_colour(&self, share: f64) -> Rgba {
        if share >= 0.9 {
            self.load.over
        } else if share >= 0.8 {
            self.load.high
        } else {
            self.load.normal
        }
    }

    /// The theme with all lengths multiplied, as the projector preset wants them.
    pub fn scaled(&self, factor: f32) -> Theme {
        Theme { sizes: self.sizes.scaled(factor), ..*self }
    }
}

impl Sizes {
    /// All lengths multiplied by `factor`.
    pub fn scaled(&self, factor: f32) -> Sizes {
        let Sizes { text, space, radius, stroke, icon, row, grid_step } = *self;
        Sizes {
            text: TypeScale {
                caption: text.caption.scaled(factor),
                body: text.body.scaled(factor),
                name: text.name.scaled(factor),
                label: text.label.scaled(factor),
                section: text.section.scaled(factor),
                title: text.title.scaled(factor),
            },
            space: Spacing {
                tight: space.tight * factor,
                small: space.small * factor,
                medium: space.medium * factor,
                large: space.large * factor,
            },
            radius: Radii {
                control: radius.control * factor,
                floating: radius.floating * factor,
                bend: radius.bend * factor,
            },
            stroke: Strokes {
                hairline: stroke.hairline * factor,
                edge: stroke.edge * factor,
                selection: stroke.selection * factor,
                halo: stroke.halo * factor,
            },
            icon: IconSizes { small: icon.small * factor, large: icon.large * factor },
            row: RowHeights { comfortable: row.comfortable * factor, compact: row.compact * factor },
            grid_step: grid_step * factor,
        }
    }
}
