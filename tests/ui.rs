//! Tests of the window in the user's words, without a display: one module per part, one driver for all.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test or bench that cannot go on says so by a panic"
)]
#![cfg(feature = "window")]

#[path = "ui/actions.rs"]
mod actions;
#[path = "ui/arranging.rs"]
mod arranging;
#[path = "ui/canvas.rs"]
mod canvas;
#[path = "ui/driver.rs"]
mod driver;
#[path = "ui/elements.rs"]
mod elements;
#[path = "ui/files.rs"]
mod files;
#[path = "ui/matrix.rs"]
mod matrix;
#[path = "ui/panels.rs"]
mod panels;
#[path = "ui/start.rs"]
mod start;
#[path = "ui/sub_flows.rs"]
mod sub_flows;
