//! What is drawn, without a window: icons, text metrics, theme tokens and the items of a picture.
//!
//! Nothing here knows egui, files or clocks. The painter of the window and all exporters read the
//! same items, measure with the same fonts and take colours from the same themes.

mod facts;
pub mod icon;
pub mod item;
pub mod measures;
mod options;
pub mod path;
mod palette;
mod pen;
mod sketch;
pub mod text;
pub mod theme;
mod words;

pub use item::*;
pub use options::*;
pub use words::accessible_label;
