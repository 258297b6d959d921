//! Documents for tests and benches: one that uses every field, and organisations of any size from a seed.
//!
//! Built for tests, and under the feature `testkit` for benches and the programs in `examples`.

mod everything;
pub mod generate;

pub use everything::everything;
