//! Documents and edits for tests and benches.
//!
//! Built for tests, and under the feature `testkit` for benches and the programs in `examples`.

pub mod random_edits;
