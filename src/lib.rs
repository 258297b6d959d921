//! Remit maps how an organisation works and who gets to decide, and says what is stuck on whose desk.
//!
//! A document is a value, an edit makes the next value, everything else is computed from a value and can be thrown
//! away. The modules below stand in reading order; `ARCHITECTURE.md` says which may know which.

#![forbid(unsafe_code)]

pub mod analysis;
#[cfg(feature = "window")]
pub mod app;
pub mod cli;
pub mod edit;
pub mod export;
pub mod import;
pub mod layout;
pub mod model;
pub mod scene;
pub mod storage;
#[cfg(any(test, feature = "testkit"))]
pub mod testkit;
