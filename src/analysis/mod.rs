//! What the program finds out about a document: figures, rules, findings.
//!
//! [`analyse`] turns one document into a [`Report`]; it changes nothing, starts no thread and knows no clock. The
//! [`Index`] and the [figures] are worked out once per document on flat arrays and shared by all [rules]. A rule that
//! lacks an input says so and stays silent about what would need it; nothing is guessed.

mod batches;
mod catalogue;
mod context;
pub mod decide;
pub mod figures;
mod finding;
mod index;
pub mod likeness;
mod memory;
pub mod log;
mod order;
pub mod overlays;
pub mod rules;
mod runner;
pub mod soundness;
pub mod standing;
mod study;
pub mod trial;
mod watched;
pub mod ways;
pub mod words;

/// A record that a fix adds or puts in the place of another one.
pub use crate::edit::Record as FixRecord;
pub use catalogue::catalogue_markdown;
pub use context::{CancelToken, Context, Settings, Sink};
pub use finding::*;
pub use index::{Duties, Grouped, Held, Index};
pub use memory::Memory;
pub use overlays::{Overlay, OverlayKind, Overlays};
pub use rules::{Meta, RULES, Rule, Threshold};
pub use runner::{Cancelled, Report, analyse, analyse_with};
pub use study::{LadderIssue, LadderIssueKind, LadderRemedy, LadderStudy, StripWeek};
pub use watched::Watched;
