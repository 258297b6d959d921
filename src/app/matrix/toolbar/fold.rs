//! What of the line above the grid becomes a menu when the window is narrow.

use egui::containers::menu::{MenuButton, MenuConfig, is_in_menu};
use egui::{Button, PopupCloseBehavior, Response, Role, Ui, Vec2, WidgetInfo};

use crate::app::command::CameraMove;
use crate::app::style::colour;
use crate::app::widgets::{icon_text, menu_item, submenu_item, text};
use crate::scene::icon::Icon;
use crate::scene::text::Measure;
use crate::scene::theme::Theme;

/// Between the buttons at the right end, in points.
pub const GAP: f32 = 2.0;
/// Width of a filter's field without its margins, in points: enough for its hint.
pub const FIELD: f32 = 76.0;
/// A button with an icon, and the gap after it.
pub const ICON: f32 = 32.0 + GAP;
/// What the margins of a field add to its width, and the gap after it.
pub const FIELD_MARGINS: f32 = 16.0 + GAP;
/// Free at the right end.
pub const END: f32 = 8.0;

/// The longest name on a button, in points.
const LONGEST: f32 = 100.0;
/// What a button with a menu adds to its words: margins, chevron, the gap after it.
const MENU: f32 = 40.0;
/// The switch between decisions, steps and both, with the gap after it.
const SWITCH: f32 = 190.0;

/// How much of the line is folded; each includes those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rights {
    /// Nothing.
    Full,
    /// The fields of the filters.
    Filters,
    /// Zoom and the help about keys.
    Tools,
    /// The switch of rows is a menu of its own.
    Rows,
    /// The menus of letters and columns.
    Menus,
    /// All but filter and new decision.
    Narrowest,
}

impl Rights {
    const ALL: [Self; 6] = [Self::Full, Self::Filters, Self::Tools, Self::Rows, Self::Menus, Self::Narrowest];

    /// The least folded form that fits `width` points after the first switch, `names` being the words on the menus
    /// of letters and columns.
    pub fn of(theme: &Theme, width: f32, names: [&str; 2]) -> Self {
        let menus: f32 = names.iter().map(|name| menu_width(theme, name) + 4.0).sum();
        let rows = menu_width(theme, "Decisions");
        let need = |form: &Self| {
            let left = match form {
                Self::Full | Self::Filters | Self::Tools => SWITCH + menus,
                Self::Rows => rows + menus,
                Self::Menus => rows,
                Self::Narrowest => 0.0,
            };
            left + form.right()
        };
        Self::ALL.into_iter().find(|form| need(form) <= width).unwrap_or(Self::Narrowest)
    }

    /// Width of what stands at the right end, in points.
    pub fn right(self) -> f32 {
        let icons = match self {
            Self::Full => 5.0 * ICON + 2.0 * (FIELD + FIELD_MARGINS + 4.0 + GAP),
            Self::Filters => 6.0 * ICON,
            Self::Tools | Self::Rows | Self::Menus => 4.0 * ICON,
            Self::Narrowest => 3.0 * ICON,
        };
        icons + END
    }
}

/// Width of a button that [`chosen_menu`] draws, with the gap after it, in points.
pub fn menu_width(theme: &Theme, words: &str) -> f32 {
    Measure::bundled().width(words, theme.sizes.text.name).min(LONGEST) + MENU
}

/// A button with a menu that shows what is chosen; in another menu, an entry that opens to the side.
pub fn chosen_menu(ui: &mut Ui, theme: &Theme, what: &str, chosen: &str, contents: impl FnOnce(&mut Ui)) -> Response {
    chosen_menu_with(ui, theme, what, chosen, PopupCloseBehavior::CloseOnClick, contents)
}

/// As [`chosen_menu`], with a word on what closes it.
pub fn chosen_menu_with(
    ui: &mut Ui,
    theme: &Theme,
    what: &str,
    chosen: &str,
    close: PopupCloseBehavior,
    contents: impl FnOnce(&mut Ui),
) -> Response {
    let whole = match (what, chosen) {
        ("", chosen) => chosen.to_owned(),
        (what, chosen) if chosen.ends_with(&what.to_lowercase()) => chosen.to_owned(),
        (what, chosen) => format!("{what}: {chosen}"),
    };
    let config = MenuConfig::new().close_behavior(close);
    let response = if is_in_menu(ui) {
        let words = Measure::bundled().ellipsize(&whole, theme.sizes.text.body, 200.0);
        submenu_item(ui, theme, &words.text, Some(config), contents)
    } else {
        let words = Measure::bundled().ellipsize(chosen, theme.sizes.text.name, LONGEST);
        let label = (
            text(words.text, theme.sizes.text.name).color(colour(theme.neutral.ink)),
            icon_text(Icon::ChevronDown, 12.0).color(colour(theme.neutral.ink_second)),
        );
        MenuButton::new(label).config(config).ui(ui, contents).0
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &whole));
    response
}

/// A square button with an icon that opens a menu.
pub fn menu(
    ui: &mut Ui,
    theme: &Theme,
    icon: Icon,
    label: &str,
    selected: bool,
    close: PopupCloseBehavior,
    contents: impl FnOnce(&mut Ui),
) {
    let ink = if selected { theme.accent.ink } else { theme.neutral.ink_second };
    let content = icon_text(icon, theme.sizes.icon.small).color(colour(ink));
    let button = Button::new(content).min_size(Vec2::splat(30.0)).corner_radius(theme.sizes.radius.control);
    let button = if selected { button.fill(colour(theme.accent.soft)) } else { button.frame_when_inactive(false) };
    let (response, _) =
        MenuButton::from_button(button).config(MenuConfig::new().close_behavior(close)).ui(ui, contents);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, label));
    response.on_hover_text(label);
}

/// An entry that opens a page about the keys.
pub fn keys_item(ui: &mut Ui, theme: &Theme, label: &str, help: &str) {
    chosen_menu(ui, theme, "", label, |ui| {
        ui.label(text(help, theme.sizes.text.body));
    });
}

/// The entries for larger and smaller; the one that was clicked.
pub fn zoom_items(ui: &mut Ui, theme: &Theme) -> Option<CameraMove> {
    let mut chosen = None;
    for (icon, label, way) in
        [(Icon::ZoomIn, "Larger", CameraMove::ZoomIn), (Icon::ZoomOut, "Smaller", CameraMove::ZoomOut)]
    {
        if menu_item(ui, theme, Some(icon), label, "", true).clicked() {
            chosen = Some(way);
        }
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_narrower_the_line_the_more_is_folded_and_what_is_left_fits() {
        let theme = Theme::light();
        let names = ["Our rights, from RAPID", "14 columns"];
        let forms: Vec<Rights> = (100..1000).rev().map(|width| Rights::of(theme, width as f32, names)).collect();
        assert!(forms.is_sorted(), "never less folded on a narrower line");
        for form in Rights::ALL {
            assert!(forms.contains(&form), "{form:?} has its turn");
        }
        assert_eq!(Rights::of(theme, 670.0, names), Rights::Filters, "a usual window");
        assert_eq!(Rights::of(theme, 300.0, names), Rights::Menus, "a small one");
        assert!(Rights::of(theme, 560.0, ["RACI", "Roles"]) < Rights::of(theme, 560.0, names), "words count");
    }
}
