//! The panel on the left: the whole project, the view in front as a list, or the steps that can be undone.

use egui::{Role, Sense, Ui, Vec2, WidgetInfo};

use super::history::history_ui;
use super::navigator::{NavigatorState, navigator_ui};
use super::outline::{OutlineState, outline_ui};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::style::{colour, font};

/// Which list the panel on the left shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LeftList {
    /// Everything in the project.
    #[default]
    Project,
    /// What the view in front shows, in reading order.
    Outline,
    /// The steps that can be undone and done again.
    History,
}

impl LeftList {
    /// Every list, in order.
    pub const ALL: [Self; 3] = [Self::Project, Self::Outline, Self::History];

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Project => "Project",
            Self::Outline => "Outline",
            Self::History => "History",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Project => "Everything in the project",
            Self::Outline => "The view in front as a list",
            Self::History => "Every step since the project was opened",
        }
    }
}

/// Draws the panel.
pub fn left_ui(
    ui: &mut Ui,
    core: &Core,
    navigator: &mut NavigatorState,
    outline: &mut OutlineState,
    commands: &mut Vec<Command>,
) {
    ui.add_space(6.0);
    switch_ui(ui, core, commands);
    match core.left {
        LeftList::Project => navigator_ui(ui, core, navigator, commands),
        LeftList::Outline => outline_ui(ui, core, outline, commands),
        LeftList::History => history_ui(ui, core, commands),
    }
}

/// Three words of which one is chosen.
fn switch_ui(ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
    let theme = core.theme();
    let height = theme.sizes.row.compact;
    let width = ui.available_width() / LeftList::ALL.len() as f32;
    let (whole, _) = ui.allocate_exact_size(Vec2::new(ui.available_width(), height), Sense::hover());
    ui.painter().rect_filled(whole, theme.sizes.radius.control, colour(theme.neutral.field));
    for (index, list) in LeftList::ALL.into_iter().enumerate() {
        let min = whole.min + Vec2::new(width * index as f32, 0.0);
        let rect = egui::Rect::from_min_size(min, Vec2::new(width, height)).shrink(2.0);
        let chosen = core.left == list;
        let response = ui.interact(rect, egui::Id::unique(("left list", index)), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, chosen, list.title()));
        let ground = match (chosen, response.hovered()) {
            (true, _) => Some(theme.neutral.raised),
            (false, true) => Some(theme.neutral.hover),
            (false, false) => None,
        };
        if let Some(ground) = ground {
            ui.painter().rect_filled(rect, theme.sizes.radius.control - 1.0, colour(ground));
        }
        if response.has_focus() {
            let ring = egui::Stroke::new(2.0, colour(theme.accent.base));
            ui.painter().rect_stroke(rect, theme.sizes.radius.control - 1.0, ring, egui::StrokeKind::Inside);
        }
        let ink = if chosen { theme.neutral.ink } else { theme.neutral.ink_second };
        let style = theme.sizes.text.caption;
        let style = if chosen { style.with_weight(crate::scene::text::Weight::Semibold) } else { style };
        ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, list.title(), font(style), colour(ink));
        if response.on_hover_text(list.help()).clicked() {
            commands.push(Command::ShowList(list));
        }
    }
}
