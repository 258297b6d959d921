//! The panels at both sides of the window: how wide they are, and which one gives way where there is no room for both.

use std::ops::RangeInclusive;

use egui::{PointerButton, Ui};

use crate::app::command::{Command, Preference};
use crate::app::core::Core;

/// Points that the view in front needs to be worked in.
const LEAST_MIDDLE: f32 = 560.0;

/// A panel at a side of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SidePanel {
    /// Left: the lists.
    Navigator,
    /// Right: inspector and findings.
    Inspector,
}

impl SidePanel {
    /// Both, from left to right.
    pub const ALL: [Self; 2] = [Self::Navigator, Self::Inspector];

    /// Its name among the panels of the toolkit and of the preferences.
    pub fn id(self) -> &'static str {
        match self {
            Self::Navigator => "navigator",
            Self::Inspector => "side panel",
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Navigator => Self::Inspector,
            Self::Inspector => Self::Navigator,
        }
    }

    /// Least and most width in points.
    fn limits(self) -> (f32, f32) {
        match self {
            Self::Navigator => (180.0, 420.0),
            Self::Inspector => (276.0, 560.0),
        }
    }

    /// Width in points before anybody changed it.
    fn usual(self) -> f32 {
        match self {
            Self::Navigator => 244.0,
            Self::Inspector => 340.0,
        }
    }
}

impl Core {
    /// Whether a panel is seen: it was not hidden, and it does not give way to the one that was asked for last.
    pub fn shows(&self, side: SidePanel) -> bool {
        let is_open = |side: SidePanel| self.preferences.is_open(side.id());
        let needed = side.limits().0 + side.other().limits().0 + LEAST_MIDDLE;
        let gives_way = is_open(side.other()) && self.first_side != side && self.width < needed;
        is_open(side) && !gives_way
    }

    /// How wide a panel may be where so many points are left for it and all that follows.
    fn range(&self, side: SidePanel, available: f32) -> RangeInclusive<f32> {
        let (least, most) = side.limits();
        let reserved = match side {
            SidePanel::Navigator if self.shows(SidePanel::Inspector) => SidePanel::Inspector.limits().0,
            _ => 0.0,
        };
        least..=(available - reserved - LEAST_MIDDLE).clamp(least, most)
    }
}

/// Draws a panel at its side, if it is seen; a width that is given by hand is kept.
pub fn side_panel_ui(
    ui: &mut Ui,
    core: &Core,
    side: SidePanel,
    frame: egui::Frame,
    commands: &mut Vec<Command>,
    content: impl FnOnce(&mut Ui, &mut Vec<Command>),
) {
    if !core.shows(side) {
        return;
    }
    let range = core.range(side, ui.available_width());
    // Where it was squeezed nobody gave it that width.
    let may_be_wished = |width: f32| width < range.end() - 0.5 || *range.end() >= side.limits().1;
    let kept = core.preferences.extent(side.id());
    let panel = match side {
        SidePanel::Navigator => egui::Panel::left(side.id()),
        SidePanel::Inspector => egui::Panel::right(side.id()),
    };
    let panel = panel.frame(frame).default_size(kept.unwrap_or(side.usual())).size_range(range.clone());
    let width = panel.show(ui, |ui| content(ui, commands)).response.rect.width();
    let is_let_go = ui.input(|input| input.pointer.button_released(PointerButton::Primary));
    if is_let_go && may_be_wished(width) && (width - kept.unwrap_or(side.usual())).abs() > 1.0 {
        commands.push(Command::Preference(Preference::Width(side, width)));
    }
}
