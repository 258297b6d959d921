//! The window on its monitor.

use egui::{Context, Vec2, ViewportCommand};

use crate::app::App;
use crate::app::core::Core;

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

    /// Keeps the title of the window: the name of the file, a star before it while something is unsaved.
    pub(super) fn keep_title(&mut self, ctx: &Context) {
        let title = title(&self.core);
        if self.core.window_title != title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.core.window_title = title;
        }
    }
}

/// `*bakery.ron - Remit`; the program alone where nothing is begun.
fn title(core: &Core) -> String {
    let name = core.path.as_ref().and_then(|path| path.file_name()).map(|name| name.to_string_lossy().into_owned());
    let name = match name {
        Some(name) => name,
        None if core.document().element_count() > 0 => core.title(),
        None => return "Remit".to_owned(),
    };
    let star = if core.editor.is_unsaved() { "*" } else { "" };
    format!("{star}{name} - Remit")
}

/// Makes the window as large as the desktop lets it be.
pub(super) fn fill_monitor(ctx: &Context) {
    ctx.send_viewport_cmd(ViewportCommand::Maximized(true));
}
