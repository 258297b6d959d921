//! What the person at the window likes; kept beside the program's data, never in a project.

use egui::Context;

use crate::app::App;
use crate::app::command::Preference;

impl App {
    pub(super) fn set_preference(&mut self, ctx: &Context, preference: Preference) {
        let preferences = &mut self.core.preferences;
        match preference {
            Preference::Theme(choice) => {
                preferences.theme = choice;
            }
            Preference::Scale(scale) => {
                preferences.zoom_factor = scale.clamp(0.75, 3.0);
                if self.is_for_room() {
                    super::window::fill_monitor(ctx);
                }
            }
            Preference::Panel(side, shown) => {
                preferences.set_open(side.id(), shown);
                if shown {
                    self.core.first_side = side;
                }
            }
            Preference::Width(side, width) => preferences.set_extent(side.id(), width),
            Preference::Snapping(snaps) => preferences.snapping = snaps,
            Preference::ReduceMotion(reduce) => preferences.reduce_motion = reduce,
            Preference::Minimap(shown) => preferences.set_open("minimap", shown),
            Preference::Used(id) => preferences.note_use(id),
        }
        self.apply_style(ctx);
        self.keep_preferences();
    }

    pub(super) fn keep_preferences(&self) {
        if let Some(path) = &self.preferences_path
            && let Err(error) = self.core.preferences.save(path)
        {
            log::warn!("preferences were not kept: {error}");
        }
    }

    /// Gives theme, scale and the wish for stillness to the toolkit where they changed.
    pub(super) fn apply_style(&mut self, ctx: &Context) {
        let wanted = (self.core.theme_choice(), self.core.preferences.zoom_factor, self.core.preferences.reduce_motion);
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
        self.core.system_is_dark = ctx.system_theme() == Some(egui::Theme::Dark);
        crate::app::style::apply(ctx, self.core.theme(), self.core.is_dark());
        if self.core.preferences.reduce_motion {
            ctx.all_styles_mut(|style| style.animation_time = 0.0);
        }
        ctx.set_zoom_factor(self.core.preferences.zoom_factor);
        self.styled = Some(wanted);
    }
}
