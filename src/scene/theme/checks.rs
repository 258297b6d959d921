//! What holds for every theme: it can be read, its text can be read, its tints stay apart.

use super::*;

fn themes() -> Vec<(&'static str, Theme)> {
    let mut themes: Vec<_> = EMBEDDED
        .iter()
        .map(|(name, text)| (*name, Theme::parse(text).unwrap_or_else(|e| panic!("{name}: {e}"))))
        .collect();
    themes.push(("plain", Theme::plain()));
    themes
}

/// Every ground text may stand on.
fn grounds(theme: &Theme) -> Vec<(&'static str, Rgba)> {
    let neutral = &theme.neutral;
    vec![
        ("background", neutral.background),
        ("panel", neutral.panel),
        ("raised", neutral.raised),
        ("canvas", neutral.canvas),
        ("lane", neutral.lane),
        ("field", neutral.field),
        ("hover", neutral.hover),
    ]
}

fn severities(theme: &Theme) -> [(&'static str, Chip); 5] {
    let Severities { block, high, medium, low, info } = theme.severity;
    [("block", block), ("high", high), ("medium", medium), ("low", low), ("info", info)]
}

fn duties(theme: &Theme) -> [(&'static str, Chip); 8] {
    let Duties { decide, agree, prepare, perform, consult, inform, verify, support } = theme.duty;
    [
        ("decide", decide),
        ("agree", agree),
        ("prepare", prepare),
        ("perform", perform),
        ("consult", consult),
        ("inform", inform),
        ("verify", verify),
        ("support", support),
    ]
}

#[track_caller]
fn assert_contrast(what: &str, first: Rgba, second: Rgba, least: f64) {
    let ratio = contrast_ratio(first, second);
    assert!(ratio >= least, "{what}: {} on {}: {ratio:.2}", first.hex(), second.hex());
}

#[test]
fn embedded_themes_are_read_and_not_replaced() {
    assert_eq!(EMBEDDED.len(), 4);
    for theme in [Theme::light(), Theme::dark(), Theme::contrast(), Theme::print()] {
        assert_ne!(*theme, Theme::plain());
    }
    assert!(Theme::dark().dark && !Theme::print().dark);
}

#[test]
fn wrong_files_are_refused_with_a_reason() {
    let (_, light) = EMBEDDED[0];
    let refuse = |text: String| Theme::parse(&text).expect_err("must be refused");
    assert!(refuse(light.replace("canvas:", "kanvas:")).contains("kanvas"));
    let reason = refuse(light.replace("\"1F2328\"", "\"1F232\""));
    assert!(reason.contains("ink") && reason.contains("no colour"), "{reason}");
    assert!(refuse(light.replace("\"E0F1F0\", ", "")).contains("instead of 6"));
    assert!(refuse(light.replace("grid_step: 16.0", "grid_step: -1.0")).contains("no length"));
    assert!(refuse(String::new()).len() > 3);
}

#[test]
fn ink_reads_on_every_ground() {
    for (name, theme) in themes() {
        let neutral = &theme.neutral;
        let mut all = grounds(&theme);
        all.push(("pressed", neutral.pressed));
        all.push(("selected", theme.accent.soft));
        all.extend(theme.tints.iter().map(|tint| ("tint", tint.fill)));
        all.extend(severities(&theme).map(|(severity, chip)| (severity, chip.fill)));
        for (ground, colour) in all {
            assert_contrast(&format!("{name} ink {ground}"), neutral.ink, colour, 7.0);
            assert_contrast(&format!("{name} second {ground}"), neutral.ink_second, colour, 4.5);
        }
        for (ground, colour) in grounds(&theme) {
            assert_contrast(&format!("{name} third {ground}"), neutral.ink_third, colour, 4.5);
        }
        assert_contrast(name, neutral.ink_third, theme.accent.soft, 4.5);
    }
}

#[test]
fn lines_and_marks_with_meaning_are_seen() {
    for (name, theme) in themes() {
        for (ground, colour) in grounds(&theme) {
            let what = format!("{name} {ground}");
            assert_contrast(&what, theme.neutral.border, colour, 3.0);
            assert_contrast(&what, theme.neutral.flow, colour, 3.0);
            assert_contrast(&what, theme.accent.base, colour, 3.0);
            assert_contrast(&what, theme.accent.ink, colour, 4.5);
            for load in [theme.load.normal, theme.load.high, theme.load.over] {
                assert_contrast(&what, load, colour, 4.5);
                assert_contrast(&what, load, theme.load.track, 3.0);
            }
        }
        let neutral = &theme.neutral;
        for tint in theme.tints {
            for ground in [neutral.canvas, neutral.raised, neutral.lane] {
                assert_contrast(name, tint.edge, ground, 3.0);
            }
            assert_contrast(name, theme.accent.ink, tint.fill, 4.5);
        }
    }
}

#[test]
fn badges_and_buttons_read() {
    for (name, theme) in themes() {
        for (severity, chip) in severities(&theme) {
            let what = format!("{name} {severity}");
            assert_contrast(&what, chip.ink, chip.fill, 4.5);
            assert_contrast(&what, theme.accent.on, chip.ink, 4.5);
            for (_, ground) in grounds(&theme) {
                assert_contrast(&what, chip.ink, ground, 4.5);
            }
        }
        for (duty, chip) in duties(&theme) {
            assert_contrast(&format!("{name} {duty}"), chip.ink, chip.fill, 4.5);
        }
        assert_contrast(name, theme.accent.on, theme.accent.base, 4.5);
        assert_contrast(name, theme.accent.on, theme.accent.strong, 4.5);
        assert_contrast(name, theme.accent.ink, theme.accent.soft, 4.5);
    }
}

/// Linear light as seen without one of the three cones: Machado, Oliveira and Fernandes, "A
/// Physiologically-based Model for Simulation of Color Vision Deficiency", 2009, severity 1.
const VISION: [(&str, [[f64; 3]; 3]); 4] = [
    ("full", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    ("protanopia", [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]),
    (
        "deuteranopia",
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    ),
    ("tritanopia", [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]),
];

fn apply(matrix: &[[f64; 3]; 3], [x, y, z]: [f64; 3]) -> [f64; 3] {
    matrix.map(|[a, b, c]| a * x + b * y + c * z)
}

/// CIE 1976 L*a*b* of linear sRGB light, white point D65.
fn lab(linear: [f64; 3]) -> [f64; 3] {
    let to_xyz =
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]];
    let [x, y, z] = apply(&to_xyz, linear);
    let curve = |value: f64| {
        let edge = 6.0_f64 / 29.0;
        if value > edge.powi(3) { value.cbrt() } else { value / (3.0 * edge * edge) + 4.0 / 29.0 }
    };
    let (x, y, z) = (curve(x / 0.95047), curve(y), curve(z / 1.08883));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

fn distance(first: [f64; 3], second: [f64; 3]) -> f64 {
    first.iter().zip(second).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
}

/// CIE 1976 distance the edges of two tints keep at least, for each kind of colour vision.
const TINT_DISTANCE: f64 = 15.0;
/// Steps of lightness L* they keep in a grey print.
const TINT_GREY_DISTANCE: f64 = 3.5;

#[test]
fn tints_stay_apart_for_every_vision_and_in_grey() {
    for (name, text) in EMBEDDED {
        let tints = Theme::parse(text).unwrap().tints;
        for (vision, matrix) in VISION {
            let seen = tints.map(|tint| lab(apply(&matrix, tint.edge.linear()).map(|light| light.clamp(0.0, 1.0))));
            for (index, first) in seen.iter().enumerate() {
                for second in &seen[..index] {
                    let apart = distance(*first, *second);
                    assert!(apart >= TINT_DISTANCE, "{name} {vision} {index}: {apart:.1}");
                }
            }
        }
        let mut grey = tints.map(|tint| lab(tint.edge.linear())[0]);
        grey.sort_by(f64::total_cmp);
        for pair in grey.windows(2) {
            assert!(pair[1] - pair[0] >= TINT_GREY_DISTANCE, "{name}: {pair:?}");
        }
    }
}

#[test]
fn the_ramp_climbs_in_even_steps() {
    for (name, text) in EMBEDDED {
        let theme = Theme::parse(text).unwrap();
        let light = theme.ramp.map(|colour| lab(colour.linear())[0]);
        let steps: Vec<f64> = light.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let mean = steps.iter().sum::<f64>() / steps.len() as f64;
        assert_eq!(mean > 0.0, theme.dark, "{name}: much stands out from the ground");
        assert!(steps.iter().all(|step| (step - mean).abs() < 1.0), "{name}: {steps:?}");
        assert_eq!(theme.ramp_at(-1.0), theme.ramp[0]);
        assert_eq!(theme.ramp_at(f32::NAN), theme.ramp[0]);
        assert_eq!(theme.ramp_at(0.4), theme.ramp[2]);
        assert_eq!(theme.ramp_at(7.0), theme.ramp[5]);
    }
}

#[test]
fn letters_read_on_every_class_of_an_overlay() {
    use crate::scene::Colour;
    for (name, theme) in themes() {
        // The middle of the ramp carries no letters.
        for depth in [0, 1, 2, 4, 5] {
            let (ink, ground) = (theme.colour(Colour::RampInk(depth)), theme.colour(Colour::Ramp(depth)));
            assert_contrast(&format!("{name} ramp {depth}"), ink, ground, 4.5);
        }
    }
}

#[test]
fn print_saves_ink_and_shows_no_interface_marks() {
    let print = Theme::print();
    for mark in [print.neutral.shadow, print.neutral.grid_dot, print.accent.halo] {
        assert_eq!(mark.a, 0);
    }
    for paper in [print.neutral.canvas, print.neutral.raised, print.neutral.background] {
        assert_eq!(paper, Rgba::opaque(255, 255, 255));
    }
    assert!(print.tints.iter().all(|tint| relative_luminance(tint.fill) > 0.84));
}

#[test]
fn lengths_are_those_of_the_design_in_every_theme() {
    for (name, theme) in themes() {
        let Sizes { text, space, row, .. } = theme.sizes;
        let sizes = [text.caption, text.body, text.label, text.section, text.title];
        assert_eq!(sizes.map(|style| style.size), [11.0, 13.0, 13.0, 15.0, 20.0], "{name}");
        assert!(sizes.iter().all(|style| (1.35..=1.45).contains(&style.line_height)));
        for length in [space.tight, space.small, space.medium, space.large, row.compact] {
            assert_eq!(length % 4.0, 0.0, "{name}");
        }
    }
    let scaled = Theme::light().scaled(1.5);
    assert_eq!(scaled.sizes.text.body.size, 19.5);
    assert_eq!(scaled.sizes.row.comfortable, 42.0);
    assert_eq!(scaled.neutral, Theme::light().neutral);
}

#[test]
fn tints_and_loads_are_looked_up() {
    let theme = Theme::light();
    assert_eq!(theme.tint(0), theme.tint(TINT_COUNT));
    assert_ne!(theme.tint(1), theme.tint(2));
    assert_eq!(theme.load_colour(0.79), theme.load.normal);
    assert_eq!(theme.load_colour(0.80), theme.load.high);
    assert_eq!(theme.load_colour(0.96), theme.load.over);
}
