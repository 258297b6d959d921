//! Where things stand: arrangements of charts and flows, and routes, as pure functions.
//!
//! [`tree::arrange`], [`circles::arrange`] and [`grid::arrange`] lay out organisation charts,
//! [`layered::arrange`] flows with or without lanes. [`layered::tidy`], [`layered::insert`] and
//! [`layered::reroute`] change part of a flow and keep the rest; [`routing::route`] draws single
//! edges around boxes that stay, and [`place_new`] finds a spot for one more box. All of them take a small request of sizes and indices ([`request`])
//! and answer in world units ([`result`], [`geometry`]); they know no model, no toolkit, no
//! files and no clock, and the same request always gives the same result.
//!
//! Indices are checked once, where a request enters; the numeric kernels behind that door index
//! flat arrays they have built themselves.

pub mod circles;
pub mod geometry;
pub mod grid;
pub mod layered;
mod placement;
pub mod request;
pub mod result;
pub mod routing;
pub mod tree;

pub use placement::{PlaceRequest, place_new};
