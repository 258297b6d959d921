//! Documents and edits for tests and benches: a document that uses every field, organisations of any size from a
//! seed, random edits.
//!
//! Built for tests, and under the feature `testkit` for benches and the programs in `examples`.

mod everything;
pub mod generate;
pub mod random_edits;

pub use everything::everything;
