//! What is read at most, so that no file takes all memory or all time.

/// The most bytes of a file, unpacked.
pub(super) const MOST_BYTES: usize = 128 * 1024 * 1024;
/// The most events or rows.
pub(super) const MOST_EVENTS: usize = 500_000;
/// The most cases.
pub(super) const MOST_CASES: usize = 200_000;
/// The most different activities, people and roles, of each.
pub(super) const MOST_NAMES: usize = 2_000;
/// The most tags of an XES file.
pub(super) const MOST_TAGS: usize = 8_000_000;
/// The most bytes of one value of an XES file.
pub(super) const MOST_VALUE: usize = 4_000;
/// The most problems that are kept one by one.
pub(super) const MOST_PROBLEMS: usize = 1_000;
