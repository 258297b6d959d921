//! What is drawn, without a window: icons, text metrics, theme tokens and the items of a picture.
//!
//! Nothing here knows egui, files or clocks. The painter of the window and all exporters read the
//! same items, measure with the same fonts and take colours from the same themes.

mod arrange;
mod bands;
mod board;
mod bounds;
mod build;
mod captions;
mod card;
mod changes;
mod chart_forms;
mod connectors;
mod contents;
pub mod display;
mod facts;
mod grid;
pub mod icon;
pub mod item;
pub mod jumps;
mod kept;
pub mod ladder;
mod lanes;
mod letters;
mod matrix;
pub mod measures;
mod nesting;
mod options;
pub mod outline;
mod organisation;
mod overflow;
mod overlay;
mod palette;
pub mod path;
pub(crate) mod pen;
mod phases;
mod plate;
mod pocket;
mod process;
mod register;
mod rerouting;
mod routes;
mod sizes;
mod sketch;
pub mod text;
pub mod theme;
mod words;

pub use arrange::{Arrangement, Mode, arrange, arrange_all, arrange_toward};
pub use bounds::Hit;
pub(crate) use build::draw_mark;
pub use build::{build, build_pages};
pub use card::{ActorCard, CardLine, CardSection};
pub use contents::{contents, contents_inside};
pub use grid::{Head, Line, MatrixGrid};
pub use item::*;
pub use kept::Picture;
pub use lanes::lane_of_nodes;
pub use letters::letter_colours;
pub use options::*;
pub use overflow::is_cut;
pub use overlay::{Overlay, OverlayClass, Reading};
pub use pocket::{PocketCard, PocketDecision, PocketOf, PocketPage, PocketRow};
pub use rerouting::Rerouting;
pub use sizes::natural_size;
pub use sketch::inside_marker;
#[cfg(feature = "window")]
pub(crate) use words::rate_label;
pub use words::{accessible_label, capitalised};
