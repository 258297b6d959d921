//! The theme of last resort: black on white, without any file. It takes part in no design; it
//! keeps the program readable if an embedded theme could not be read.

use super::super::text::{TextStyle, Weight};
use super::*;

const BLACK: Rgba = Rgba::opaque(0, 0, 0);
const WHITE: Rgba = Rgba::opaque(255, 255, 255);
const DARK: Rgba = Rgba::opaque(64, 64, 64);
const PALE: Rgba = Rgba::opaque(236, 236, 236);
const CHIP: Chip = Chip { ink: BLACK, fill: PALE };

impl Theme {
    /// Black on white.
    pub(super) fn plain() -> Theme {
        Theme {
            dark: false,
            neutral: plain_neutral(),
            accent: Accent { base: DARK, strong: BLACK, soft: PALE, ink: BLACK, on: WHITE, halo: DARK.faded(0.2) },
            severity: Severities { block: CHIP, high: CHIP, medium: CHIP, low: CHIP, info: CHIP },
            duty: Duties {
                decide: CHIP,
                agree: CHIP,
                prepare: CHIP,
                perform: CHIP,
                consult: CHIP,
                inform: CHIP,
                verify: CHIP,
                support: CHIP,
            },
            tints: [Tint { fill: WHITE, edge: DARK }; TINT_COUNT],
            load: Load { normal: DARK, high: DARK, over: BLACK, track: PALE },
            ramp: [0.0, 0.2, 0.4, 0.6, 0.8, 1.0].map(|part| PALE.mix(BLACK, part)),
            sizes: plain_sizes(),
        }
    }
}

fn plain_neutral() -> Neutral {
    Neutral {
        background: WHITE,
        panel: WHITE,
        raised: WHITE,
        canvas: WHITE,
        lane: PALE,
        field: PALE,
        hover: PALE,
        pressed: PALE,
        line: DARK,
        line_strong: DARK,
        border: DARK,
        flow: DARK,
        ink: BLACK,
        ink_second: DARK,
        ink_third: DARK,
        grid_dot: PALE,
        shadow: BLACK.faded(0.2),
        dim: WHITE.faded(0.55),
        scrim: BLACK.faded(0.5),
    }
}

fn plain_sizes() -> Sizes {
    Sizes {
        text: TypeScale {
            caption: TextStyle::new(11.0, Weight::Regular),
            body: TextStyle::new(13.0, Weight::Regular),
            name: TextStyle::new(13.0, Weight::Medium),
            label: TextStyle::new(13.0, Weight::Semibold),
            section: TextStyle::new(15.0, Weight::Semibold),
            title: TextStyle::new(20.0, Weight::Semibold),
        },
        space: Spacing { tight: 4.0, small: 8.0, medium: 12.0, large: 16.0 },
        radius: Radii { control: 6.0, floating: 10.0, bend: 8.0 },
        stroke: Strokes { hairline: 1.0, edge: 1.5, selection: 2.0, halo: 5.0 },
        icon: IconSizes { small: 16.0, large: 20.0 },
        row: RowHeights { comfortable: 28.0, compact: 24.0 },
        grid_step: 16.0,
    }
}
