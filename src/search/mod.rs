//! Finding elements by what is written about them: names, notes, limits, people, conditions.
//!
//! An [`Index`] is worked out from a document and knows every readable passage of it; [`Index::find`] answers a query
//! with the elements that have all its words, grouped by kind, each with the passage that answers best. Case and
//! accents do not count, a word may be begun only, and longer words forgive a slip of the finger. A later version of
//! the document costs only what was touched. No panel, no file, no clock.

mod find;
mod fold;
mod index;
mod matching;
mod passages;
mod shown;

pub use find::{Found, Group, Hit, excerpt};
pub use index::Index;
pub use matching::Query;
pub use passages::{Field, title};
pub use shown::shown_in;
