//! The window on its monitor.

use egui::{Context, Vec2, ViewportCommand};

use crate::app::App;

/// What title bar, frame and task bar take of a monitor, in points.
const AROUND: Vec2 = Vec2::new(16.0, 80.0);
/// A scale above this one is for a room, which sees the window as large as it gets.
const ROOM_SCALE: f32 = 1.2;

impl App {
    /// Whether everything is enlarged for a room.
    pub(super) fn is_for_room(&self) -> bool {
        self.core.preferences.zoom_factor > ROOM_SCALE
    }

    /// Once, as soon as the monitor is known: fills it where the window would not fit, or is for a room.
    ///
    /// A window as high as its monitor would have its foot below the border.
    pub(super) fn fit_monitor(&mut self, ctx: &Context) {
        if self.fitted_monitor {
            return;
        }
        let Some(monitor) = ctx.input(|input| input.viewport().monitor_size) else { return };
        self.fitted_monitor = true;
        let free = monitor - ctx.content_rect().size();
        if self.is_for_room() || free.x < AROUND.x || free.y < AROUND.y {
            fill_monitor(ctx);
        }
    }
}

/// Makes the window as large as the desktop lets it be.
pub(super) fn fill_monitor(ctx: &Context) {
    ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
}
