//! Tests of the window in the user's words, without a display: one module per part, one driver for all.
#![cfg(feature = "window")]

#[path = "ui/canvas.rs"]
mod canvas;
#[path = "ui/driver.rs"]
mod driver;
#[path = "ui/matrix.rs"]
mod matrix;
