//! Buttons.

use egui::containers::menu::{MenuConfig, SubMenuButton};
use egui::{Button, Response, Role, Ui, Vec2, WidgetInfo, WidgetText};

use super::{icon_text, text};
use crate::app::style::colour;
use crate::scene::icon::Icon;
use crate::scene::theme::Theme;

/// How much a button stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ButtonLook {
    /// The one thing a surface is for.
    Primary,
    /// Anything else, with a hairline around it.
    Plain,
    /// Nothing but its label until the pointer is on it.
    Quiet,
}

/// A square button with an icon; `label` names it for assistive technology and in the tooltip.
pub fn icon_button(ui: &mut Ui, theme: &Theme, icon: Icon, label: &str, selected: bool, enabled: bool) -> Response {
    let tint = match (enabled, selected) {
        (false, _) => theme.neutral.ink_third.faded(0.5),
        (true, true) => theme.accent.ink,
        (true, false) => theme.neutral.ink_second,
    };
    let fill = if selected { colour(theme.accent.soft) } else { egui::Color32::TRANSPARENT };
    let content = icon_text(icon, theme.sizes.icon.small).color(colour(tint));
    let mut button = Button::new(content).min_size(Vec2::splat(30.0)).corner_radius(theme.sizes.radius.control);
    button = if selected { button.fill(fill) } else { button.frame_when_inactive(false) };
    let response = ui.add_enabled(enabled, button);
    response.widget_info(|| WidgetInfo::selected(Role::Button, enabled, selected, label));
    response.on_hover_text(label)
}

/// A button with a text, and an icon before it on request.
pub fn text_button(ui: &mut Ui, theme: &Theme, look: ButtonLook, icon: Option<Icon>, label: &str) -> Response {
    let ink = match look {
        ButtonLook::Primary => theme.accent.on,
        ButtonLook::Plain | ButtonLook::Quiet => theme.neutral.ink,
    };
    let words: WidgetText = text(label, theme.sizes.text.name).color(colour(ink)).into();
    let button = match icon {
        Some(icon) => Button::new((icon_text(icon, theme.sizes.icon.small).color(colour(ink)), words)),
        None => Button::new(words),
    };
    let button = button.corner_radius(theme.sizes.radius.control).min_size(Vec2::new(0.0, theme.sizes.row.comfortable));
    let button = match look {
        ButtonLook::Primary => button.fill(colour(theme.accent.base)),
        ButtonLook::Plain => {
            button.fill(colour(theme.neutral.raised)).stroke(egui::Stroke::new(1.0, colour(theme.neutral.line_strong)))
        }
        ButtonLook::Quiet => button.frame_when_inactive(false),
    };
    let response = ui.add(button);
    let enabled = response.enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, label));
    response
}

/// An entry of a menu that opens a menu beside it, which closes as the menu around it does unless told otherwise.
pub fn submenu_item(
    ui: &mut Ui,
    theme: &Theme,
    label: &str,
    config: Option<MenuConfig>,
    contents: impl FnOnce(&mut Ui),
) -> Response {
    let glyph = icon_text(Icon::Minus, 16.0).color(egui::Color32::TRANSPARENT);
    let words = text(label, theme.sizes.text.body);
    let mut button = SubMenuButton::from_button(
        Button::new((glyph, words))
            .right_text(SubMenuButton::arrow_atom(Some(colour(theme.neutral.ink_second))))
            .min_size(Vec2::new(220.0, theme.sizes.row.compact))
            .frame_when_inactive(false),
    );
    if let Some(config) = config {
        button = button.config(config);
    }
    let response = button.ui(ui, contents).0;
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, label));
    response
}

/// An entry of a menu: icon or check mark, label, shortcut.
pub fn menu_item(
    ui: &mut Ui,
    theme: &Theme,
    icon: Option<Icon>,
    label: &str,
    shortcut: &str,
    enabled: bool,
) -> Response {
    let glyph = icon.map_or_else(
        || icon_text(Icon::Minus, 16.0).color(egui::Color32::TRANSPARENT),
        |icon| icon_text(icon, theme.sizes.icon.small).color(colour(theme.neutral.ink_second)),
    );
    let button = Button::new((glyph, text(label, theme.sizes.text.body)))
        .shortcut_text(text(shortcut, theme.sizes.text.caption))
        .min_size(Vec2::new(220.0, theme.sizes.row.compact))
        .frame_when_inactive(false);
    let response = ui.add_enabled(enabled, button);
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, enabled, label));
    response
}
