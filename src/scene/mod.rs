//! What is drawn, without a window: icons, text metrics, theme tokens and the items of a picture.
//!
//! Nothing here knows egui, files or clocks. The painter of the window and all exporters read the
//! same items, measure with the same fonts and take colours from the same themes.

pub mod icon;
pub mod text;
pub mod theme;
