//! Remit maps how an organisation works and who gets to decide, and says what is stuck on whose desk.
//!
//! A document is a value, an edit makes the next value, everything else is computed from a value and can be thrown
//! away. The modules below stand in reading order; `ARCHITECTURE.md` says which may know which.

pub mod model;
pub mod storage;
pub mod edit;
pub mod layout;
pub mod analysis;
pub mod scene;
pub mod exhibits;
pub mod search;
pub mod export;
pub mod import;
pub mod cli;
#[cfg(feature = "window")]
pub mod app;
#[cfg(any(test, feature = "testkit"))]
pub mod testkit;
