//! Consequences of edits: one file each, one line here, in the order in which they run.
//!
//! A behaviour compares the version before with the transaction after the edit and adds to the same transaction, so
//! that undo takes both back at once.

mod artefacts_follow_links;
mod clear_vacant;
mod confirm_guesses;
mod drop_lane_of_nobody;
mod drop_stale_bends;
mod forget_measurements;
mod frames_hold_insides;
mod free_notes;
mod heal_flow;
mod inner_views_follow;
mod insides_follow;
mod lanes_follow_performers;
mod nodes_follow_lanes;
mod rename_process_views;
mod show_in_followers;
mod turn_charts;

use super::{EditError, Transaction};
use crate::model::*;

/// A consequence of edits.
pub struct Behavior {
    /// Its name, for tests and traces.
    pub name: &'static str,
    /// Adds the consequence; does nothing where there is none.
    pub run: fn(&Document, &mut Transaction) -> Result<(), EditError>,
}

/// All behaviours, in the order in which they run.
pub const BEHAVIORS: &[Behavior] = &[
    Behavior { name: "clear_vacant", run: clear_vacant::run },
    Behavior { name: "confirm_guesses", run: confirm_guesses::run },
    Behavior { name: "forget_measurements", run: forget_measurements::run },
    Behavior { name: "heal_flow", run: heal_flow::run },
    Behavior { name: "artefacts_follow_links", run: artefacts_follow_links::run },
    Behavior { name: "rename_process_views", run: rename_process_views::run },
    Behavior { name: "inner_views_follow", run: inner_views_follow::run },
    Behavior { name: "performers_follow_containers", run: insides_follow::performers },
    Behavior { name: "show_in_followers", run: show_in_followers::run },
    Behavior { name: "lanes_follow_performers", run: lanes_follow_performers::run },
    Behavior { name: "nodes_follow_lanes", run: nodes_follow_lanes::run },
    Behavior { name: "drop_lane_of_nobody", run: drop_lane_of_nobody::run },
    Behavior { name: "turn_charts", run: turn_charts::run },
    Behavior { name: "contents_follow_containers", run: insides_follow::places },
    Behavior { name: "frames_hold_insides", run: frames_hold_insides::run },
    Behavior { name: "events_stay_on_borders", run: insides_follow::borders },
    Behavior { name: "drop_stale_bends", run: drop_stale_bends::run },
    Behavior { name: "free_notes", run: free_notes::run },
];

/// Nodes that are new or have another performer than before, in order.
fn touched_nodes(before: &Document, document: &Document) -> Vec<FlowNode> {
    let steps = document.steps().changes_since(before.steps()).map(|(id, _)| FlowNode::Step(id));
    let gateways = document.gateways().changes_since(before.gateways()).map(|(id, _)| FlowNode::Gateway(id));
    let events = document.events().changes_since(before.events()).map(|(id, _)| FlowNode::Event(id));
    let is_touched = |node: &FlowNode| {
        let element: ElementRef = (*node).into();
        document.contains(element)
            && (!before.contains(element) || document.performer_of(*node) != before.performer_of(*node))
    };
    steps.chain(gateways).chain(events).filter(is_touched).collect()
}
