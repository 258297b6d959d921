//! The panel on the right: what is selected and what is found, or who decides a case.

use egui::{CentralPanel, Frame, Id, Margin, Panel, Ui};

use super::lookup::lookup_ui;
use super::{findings_ui, inspector_ui};
use crate::app::Parts;
use crate::app::command::Command;
use crate::app::core::Core;
use crate::app::widgets::segmented;
use crate::model::ElementRef;

/// Which page the panel on the right shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SidePage {
    /// The selection above, findings below.
    #[default]
    Details,
    /// Who decides a case.
    WhoDecides,
}

impl SidePage {
    /// Every page, in order.
    pub const ALL: [Self; 2] = [Self::Details, Self::WhoDecides];

    /// Its title.
    pub fn title(self) -> &'static str {
        match self {
            Self::Details => "Details and findings",
            Self::WhoDecides => "Who decides?",
        }
    }

    /// Its title where there is little room.
    fn short_title(self) -> &'static str {
        match self {
            Self::Details => "Details",
            Self::WhoDecides => "Who decides?",
        }
    }

    fn help(self) -> &'static str {
        match self {
            Self::Details => "What is selected, and what is stuck",
            Self::WhoDecides => "Who decides a case, whom they ask and tell, and why",
        }
    }
}

/// A panel narrower than this, in points, has no room for the whole titles.
const NARROW: f32 = 300.0;

/// The fields grow by so many points at once where findings leave room.
const FREE_STEP: f32 = 24.0;

/// Draws the panel.
pub fn side_ui(ui: &mut Ui, core: &Core, parts: &mut Parts, commands: &mut Vec<Command>) {
    ui.add_space(6.0);
    let is_narrow = ui.available_width() < NARROW;
    let choices = SidePage::ALL.map(|page| (if is_narrow { page.short_title() } else { page.title() }, page.help()));
    let chosen = SidePage::ALL.iter().position(|page| *page == core.side).unwrap_or(0);
    let page = segmented(ui, core.theme(), "side page", &choices, chosen).and_then(|index| SidePage::ALL.get(index));
    commands.extend(page.map(|page| Command::ShowSide(*page)));
    match core.side {
        SidePage::Details => details_ui(ui, core, parts, commands),
        SidePage::WhoDecides => lookup_ui(ui, core, &mut parts.lookup, commands),
    }
}

/// Inspector above, findings below.
fn details_ui(ui: &mut Ui, core: &Core, parts: &mut Parts, commands: &mut Vec<Command>) {
    let inspects = core.single_selection().is_some_and(|element| !matches!(element, ElementRef::Placement(_)));
    // What a finding names is selected so that it is seen: the list stays as it is until somebody asks for the fields.
    if !core.shows_evidence() && (inspects || core.selection().len() > 1) {
        let height = ui.available_height();
        let frame = Frame::new().inner_margin(Margin::symmetric(0, 4));
        // Whatever few findings leave free, the fields take. Each height is a panel of its own, which keeps what is
        // made of it by hand.
        let free = ((height - parts.findings.height - 12.0) / FREE_STEP).floor() * FREE_STEP;
        let (name, size) = match free > height * 0.46 {
            true => (Id::unique(("inspector above few findings", free as i32)), free),
            false => (Id::unique("inspector"), height * 0.46),
        };
        Panel::top(name)
            .frame(frame)
            .default_size(size)
            .size_range(120.0..=(height - 140.0).max(121.0))
            .show(ui, |ui| inspector_ui(ui, core, &mut parts.inspector, commands));
    }
    CentralPanel::no_frame().show(ui, |ui| findings_ui(ui, core, &mut parts.findings, commands));
}
