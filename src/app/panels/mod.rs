//! The panels around the view in front: one file each. They read what the window knows and wish for commands.

mod breadcrumb;
mod findings;
mod history;
mod inspector;
mod left;
mod lookup;
mod navigator;
mod outline;
mod outline_row;
mod side;
mod sides;
mod start;
mod status;
mod tabs;
mod top_bar;

pub use breadcrumb::breadcrumb_ui;
pub use findings::{FindingsState, findings_ui};
pub use inspector::{InspectorState, inspector_ui};
pub use left::{LeftList, left_ui};
pub use lookup::case_words;
pub use navigator::NavigatorState;
pub use outline::OutlineState;
pub use side::{SidePage, side_ui};
pub use sides::{SidePanel, side_panel_ui};
pub use start::start_ui;
pub use status::status_ui;
pub use tabs::{DraggedTab, tabs_ui};
pub use top_bar::{action_item, top_bar_ui};

use crate::model::*;
use crate::scene::icon::Icon;

/// The icon of an element in lists.
pub fn icon_of(document: &Document, element: ElementRef) -> Icon {
    match element {
        ElementRef::Unit(id) => match document.get::<Unit>(id) {
            Some(unit) if unit.parent.is_none() => Icon::Organisation,
            Some(unit) => unit_icon(&unit.kind),
            None => Icon::Department,
        },
        ElementRef::Role(_) => Icon::Person,
        ElementRef::Person(_) => Icon::Badge,
        ElementRef::External(_) => Icon::Globe,
        ElementRef::System(_) => Icon::Server,
        ElementRef::Body(_) => Icon::Committee,
        ElementRef::Process(_) => Icon::Process,
        ElementRef::Step(_) => Icon::Step,
        ElementRef::Gateway(_) => Icon::Gateway,
        ElementRef::Event(_) => Icon::Event,
        ElementRef::Flow(_) => Icon::ArrowRight,
        ElementRef::Link(_) => Icon::ArrowRight,
        ElementRef::Artefact(_) => Icon::FileText,
        ElementRef::Decision(_) => Icon::Decision,
        ElementRef::Right(_) => Icon::Check,
        ElementRef::Framework(_) => Icon::Grid,
        ElementRef::Note(id) if document.get::<Note>(id).is_some_and(|note| note.done) => Icon::CircleCheck,
        ElementRef::Note(_) => Icon::Note,
        ElementRef::View(id) => document.get::<View>(id).map_or(Icon::Layers, |view| view_icon(&view.kind)),
        ElementRef::Placement(_) => Icon::Frame,
    }
}

/// The icon of a unit by what it is called in the firm.
fn unit_icon(kind: &str) -> Icon {
    match kind.to_lowercase().as_str() {
        "shop" | "store" | "branch" => Icon::Shop,
        "bakehouse" | "bakery" | "kitchen" => Icon::Bakery,
        "factory" | "plant" | "workshop" => Icon::Factory,
        "warehouse" => Icon::Warehouse,
        "team" | "group" => Icon::People,
        "committee" => Icon::Committee,
        _ => Icon::Department,
    }
}

/// The icon of a view by what it shows.
pub fn view_icon(kind: &ViewKind) -> Icon {
    match kind {
        ViewKind::Organisation { .. } => Icon::Organisation,
        ViewKind::Process { .. } => Icon::Process,
        ViewKind::Board => Icon::Layers,
        ViewKind::Matrix(_) => Icon::Matrix,
    }
}

/// Gravest severity and number of the findings that are about an element.
pub fn badge_of(core: &super::core::Core, element: ElementRef) -> Option<(usize, crate::scene::theme::Chip)> {
    let (severity, count) = core.tally.about(element)?;
    Some((count, super::widgets::severity_chip(core.theme(), severity)))
}
