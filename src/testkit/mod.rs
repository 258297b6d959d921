//! Documents and edits for tests and benches: a document that uses every field, organisations of any size from a
//! seed, random edits.
//!
//! Built for tests, and under the feature `testkit` for benches and the programs in `examples`.

mod everything;
pub mod generate;
pub mod random_edits;

pub use everything::everything;

use crate::model::{Document, Framework, FrameworkId};

/// A document that has the built-in frameworks and nothing else.
pub fn with_frameworks() -> Document {
    crate::storage::new_document("")
}

/// The framework of a document with this key.
///
/// # Panics
/// Where there is none.
#[expect(clippy::panic, reason = "tests ask for what exists")]
pub fn framework_named(document: &Document, key: &str) -> FrameworkId {
    let found = document.frameworks().iter().find(|(_, framework)| framework.key.as_str() == key);
    found.unwrap_or_else(|| panic!("no framework has the key {key}")).0
}

/// A built-in framework by its key.
///
/// # Panics
/// Where there is none.
#[expect(clippy::panic, reason = "tests ask for what exists")]
pub fn built_in_framework(key: &str) -> Framework {
    let document = with_frameworks();
    let id = framework_named(&document, key);
    document.get::<Framework>(id).cloned().unwrap_or_else(|| panic!("no framework has the key {key}"))
}
