//! The meaning of an organisation and the pictures drawn of it, as plain values.
//!
//! This layer knows no file, no window, no clock and no undo. Handles ([`UnitId`], …) are dense indexes, keys
//! ([`Key`]) are the stable names that files use. A [`Document`] is a persistent value.

mod agreement;
mod appearances;
mod bends;
mod daytime;
mod decision;
mod decision_text;
mod delegation;
mod document;
pub mod groups;
mod ids;
mod inside;
pub mod integrity;
mod key;
mod ladder_line;
mod measurement;
mod new;
mod organisation;
mod process;
mod project;
mod quantity;
mod queries;
mod range;
mod reads;
mod register;
mod table;
mod tier_columns;
mod tier_text;
mod view;

pub use agreement::AGREEMENT_MONTHS;
pub use bends::*;
pub use daytime::*;
pub use decision::*;
pub use decision_text::*;
pub use delegation::*;
pub use document::*;
pub use ids::*;
pub use inside::*;
pub use key::Key;
pub use ladder_line::*;
pub use measurement::*;
pub use organisation::*;
pub use process::*;
pub use project::*;
pub use quantity::*;
pub use range::*;
pub use reads::{Changes, Reads};
pub(crate) use reads::{Depth, TableChanges, TableReads, Watch};
pub use register::{RegisterColumn, RegisterKey, RegisterRow, Registered};
pub use table::*;
pub use tier_columns::*;
pub use tier_text::*;
pub use view::*;
#[cfg(test)]
pub(crate) mod testing {
    //! Shorthand for the tests of this layer.
    pub(crate) fn unit(name: &str) -> super::Unit {
        super::Unit::new(name)
    }
}
