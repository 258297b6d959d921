//! From the tokens of a theme to the toolkit's style and fonts. Nothing else in the window names a colour or a size.

use egui::style::{HandleShape, Selection, WidgetVisuals};
use egui::{
    Color32, Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, Stroke, TextStyle, Visuals,
    vec2,
};

use crate::scene::icon::ICON_FONT_BYTES;
use crate::scene::text::Weight;
use crate::scene::theme::{Rgba, Theme};

/// A colour of a token, for the painter.
pub fn colour(rgba: Rgba) -> Color32 {
    #[expect(clippy::disallowed_methods, reason = "the one place where tokens become colours of the toolkit")]
    Color32::from_rgba_unmultiplied(rgba.r, rgba.g, rgba.b, rgba.a)
}

/// The family of a weight of the bundled face.
pub fn family(weight: Weight) -> FontFamily {
    match weight {
        Weight::Regular => FontFamily::Proportional,
        Weight::Medium => FontFamily::Name("medium".into()),
        Weight::Semibold => FontFamily::Name("semibold".into()),
    }
}

/// The font of a text style of the tokens.
pub fn font(style: crate::scene::text::TextStyle) -> FontId {
    FontId::new(style.size, family(style.weight))
}

/// The font of the icons at a size.
pub fn icon_font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name("icons".into()))
}

/// Installs the bundled fonts; call once when the window is made.
pub fn install_fonts(ctx: &Context) {
    let mut fonts = FontDefinitions::empty();
    for weight in Weight::ALL {
        let name = format!("remit-{}", weight.number());
        fonts.font_data.insert(name.clone(), FontData::from_static(weight.font_bytes()).into());
        fonts.families.insert(family(weight), vec![name, "icons".to_owned()]);
    }
    fonts.font_data.insert("icons".to_owned(), FontData::from_static(ICON_FONT_BYTES).into());
    fonts.families.insert(FontFamily::Name("icons".into()), vec!["icons".to_owned()]);
    let regular = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    fonts.families.insert(FontFamily::Monospace, regular);
    ctx.set_fonts(fonts);
}

/// Makes the toolkit look like the theme.
pub fn apply(ctx: &Context, theme: &Theme, dark: bool) {
    ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
    ctx.all_styles_mut(|style| {
        style.visuals = visuals(theme, dark);
        let text = &theme.sizes.text;
        style.text_styles = [
            (TextStyle::Small, font(text.caption)),
            (TextStyle::Body, font(text.body)),
            (TextStyle::Button, font(text.body)),
            (TextStyle::Monospace, font(text.body)),
            (TextStyle::Heading, font(text.title)),
        ]
        .into();
        let spacing = &mut style.spacing;
        spacing.item_spacing = vec2(8.0, 4.0);
        spacing.button_padding = vec2(8.0, 5.0);
        spacing.interact_size = vec2(28.0, theme.sizes.row.comfortable);
        spacing.menu_margin = Margin::same(6);
        spacing.window_margin = Margin::same(16);
        spacing.indent = 14.0;
        spacing.icon_width = 16.0;
        spacing.scroll.bar_width = 6.0;
        spacing.scroll.floating_allocated_width = 0.0;
        style.interaction.tooltip_delay = 0.35;
        style.interaction.selectable_labels = false;
        style.animation_time = 0.12;
    });
}

fn visuals(theme: &Theme, dark: bool) -> Visuals {
    let mut visuals = if dark { Visuals::dark() } else { Visuals::light() };
    let neutral = &theme.neutral;
    let control = CornerRadius::same(theme.sizes.radius.control as u8);
    let floating = CornerRadius::same(theme.sizes.radius.floating as u8);
    let ink = Stroke::new(1.0, colour(neutral.ink));
    let second = Stroke::new(1.0, colour(neutral.ink_second));
    let widget = |fill: Rgba, fg: Stroke| WidgetVisuals {
        bg_fill: colour(fill),
        weak_bg_fill: colour(fill),
        bg_stroke: Stroke::NONE,
        corner_radius: control,
        fg_stroke: fg,
        expansion: 0.0,
    };
    visuals.widgets.noninteractive =
        WidgetVisuals { bg_stroke: Stroke::new(1.0, colour(neutral.line)), ..widget(neutral.panel, ink) };
    visuals.widgets.inactive = widget(neutral.field, second);
    visuals.widgets.hovered = widget(neutral.hover, ink);
    visuals.widgets.active = widget(neutral.pressed, ink);
    visuals.widgets.open = widget(neutral.hover, ink);
    visuals.selection =
        Selection { bg_fill: colour(theme.accent.soft), stroke: Stroke::new(1.0, colour(theme.accent.ink)) };
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(colour(neutral.ink_second));
    visuals.hyperlink_color = colour(theme.accent.ink);
    visuals.warn_fg_color = colour(theme.severity.medium.ink);
    visuals.error_fg_color = colour(theme.severity.high.ink);
    visuals.panel_fill = colour(neutral.panel);
    visuals.window_fill = colour(neutral.raised);
    visuals.window_stroke = Stroke::new(1.0, colour(neutral.line));
    visuals.window_corner_radius = floating;
    visuals.menu_corner_radius = floating;
    visuals.extreme_bg_color = colour(neutral.field);
    visuals.text_edit_bg_color = Some(colour(neutral.field));
    visuals.faint_bg_color = colour(neutral.lane);
    visuals.code_bg_color = colour(neutral.lane);
    let shadow = egui::Shadow { offset: [0, 6], blur: 24, spread: 0, color: colour(neutral.shadow) };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.handle_shape = HandleShape::Circle;
    visuals.text_cursor.stroke = Stroke::new(1.5, colour(theme.accent.base));
    visuals
}
