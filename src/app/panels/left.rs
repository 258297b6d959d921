//! The panel on the left: the whole project, the view in front as a list, or the steps that can be undone.

use egui::Ui;

use super::history::history_ui;
use super::navigator::{NavigatorState, navigator_ui};
use super::outline::{OutlineState, outline_ui};
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::widgets::segmented;

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

/// The names of the lists, of which one is chosen.
fn switch_ui(ui: &mut Ui, core: &Core, commands: &mut Vec<Command>) {
    let choices = LeftList::ALL.map(|list| (list.title(), list.help()));
    let chosen = LeftList::ALL.iter().position(|list| *list == core.left).unwrap_or(0);
    let list = segmented(ui, core.theme(), "left list", &choices, chosen).and_then(|index| LeftList::ALL.get(index));
    commands.extend(list.map(|list| Command::ShowList(*list)));
}
