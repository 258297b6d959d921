//! Tests of the window in the user's words, without a display: one module per part, one driver for all.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]
#![cfg(feature = "window")]

#[path = "ui/absence.rs"]
mod absence;
#[path = "ui/actions.rs"]
mod actions;
#[path = "ui/arrange_tools.rs"]
mod arrange_tools;
#[path = "ui/arranging.rs"]
mod arranging;
#[path = "ui/boards.rs"]
mod boards;
#[path = "ui/bodies.rs"]
mod bodies;
#[path = "ui/canvas.rs"]
mod canvas;
#[path = "ui/capture.rs"]
mod capture;
#[path = "ui/driver.rs"]
mod driver;
#[path = "ui/elements.rs"]
mod elements;
#[path = "ui/exhibits.rs"]
mod exhibits;
#[path = "ui/exporting.rs"]
mod exporting;
#[path = "ui/files.rs"]
mod files;
#[path = "ui/findings.rs"]
mod findings;
#[path = "ui/find.rs"]
mod find;
#[path = "ui/help.rs"]
mod help;
#[path = "ui/import_log.rs"]
mod import_log;
#[path = "ui/import_table.rs"]
mod import_table;
#[path = "ui/ladder.rs"]
mod ladder;
#[path = "ui/lanes.rs"]
mod lanes;
#[path = "ui/gestures.rs"]
mod gestures;
#[path = "ui/groups.rs"]
mod groups;
#[path = "ui/hands.rs"]
mod hands;
#[path = "ui/lines.rs"]
mod lines;
#[path = "ui/lookup.rs"]
mod lookup;
#[path = "ui/matrix.rs"]
mod matrix;
#[path = "ui/minimap.rs"]
mod minimap;
#[path = "ui/notes.rs"]
mod notes;
#[path = "ui/outline.rs"]
mod outline;
#[path = "ui/overlays.rs"]
mod overlays;
#[path = "ui/panels.rs"]
mod panels;
#[path = "ui/panes.rs"]
mod panes;
#[path = "ui/paste.rs"]
mod paste;
#[path = "ui/places.rs"]
mod places;
#[path = "ui/register.rs"]
mod register;
#[path = "ui/start.rs"]
mod start;
#[path = "ui/sub_flows.rs"]
mod sub_flows;
#[path = "ui/text.rs"]
mod text;
