//! What the person at the window likes; kept beside the program's data, never in a project.

use egui::Context;

use crate::app::App;
use crate::app::command::{Preference, ThemeChoice};
use crate::storage::{self, Preferences};

/// The theme named in the preferences; light where the name is not known.
pub fn theme_choice(preferences: &Preferences) -> ThemeChoice {
    match preferences.theme.as_str() {
        "dark" => ThemeChoice::Dark,
        "contrast" => ThemeChoice::Contrast,
        _ => ThemeChoice::Light,
    }
}

impl App {
    pub(super) fn set_preference(&mut self, ctx: &Context, preference: Preference) {
        let preferences = &mut self.core.preferences;
        match preference {
            Preference::Theme(choice) => {
                self.core.theme_choice = choice;
                preferences.theme = match choice {
                    ThemeChoice::Light => "light",
                    ThemeChoice::Dark => "dark",
                    ThemeChoice::Contrast => "contrast",
                }
                .to_owned();
            }
            Preference::Scale(scale) => preferences.scale = scale.clamp(0.75, 3.0),
            Preference::Navigator(shown) => preferences.navigator = shown,
            Preference::SidePanel(shown) => preferences.side_panel = shown,
        }
        self.apply_style(ctx);
        self.keep_preferences();
    }

    pub(super) fn keep_preferences(&self) {
        if let Some(path) = &self.preferences_path
            && let Err(error) = storage::save_preferences(path, &self.core.preferences)
        {
            log::warn!("preferences were not kept: {error}");
        }
    }

    /// Gives theme and scale to the toolkit where they changed.
    pub(super) fn apply_style(&mut self, ctx: &Context) {
        let wanted = (self.core.theme_choice, self.core.preferences.scale);
        if self.styled == Some(wanted) {
            return;
        }
        if self.styled.is_none() {
            crate::app::style::install_fonts(ctx);
            ctx.options_mut(|options| {
                options.zoom_with_keyboard = false;
                options.quit_shortcuts.clear();
            });
        }
        crate::app::style::apply(ctx, self.core.theme(), self.core.theme_choice == ThemeChoice::Dark);
        ctx.set_zoom_factor(self.core.preferences.scale);
        self.styled = Some(wanted);
    }
}
