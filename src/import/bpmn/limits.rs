//! What is read at most, so that no file takes all memory or all time.

/// The largest file, in bytes.
pub const LARGEST_FILE: usize = 64 * 1024 * 1024;
/// The most tags, comments and processing instructions: about 150,000 nodes of a flow with their drawing.
pub const MOST_TAGS: usize = 2_000_000;
/// The most attributes, declarations of namespaces among them.
pub const MOST_ATTRIBUTES: usize = 5_000_000;
/// The most attributes of one element.
pub const MOST_ATTRIBUTES_OF_ELEMENT: usize = 500;
/// The deepest nesting of sub-processes and of lanes, whose reading recurs; this keeps it within the stack.
pub const DEEPEST: usize = 100;
/// The most diagrams.
pub const MOST_DIAGRAMS: usize = 1_000;
/// The farthest coordinate and the largest width, in pixels; a drawing beyond it has no usable place.
pub const FARTHEST: f64 = 10_000_000.0;
/// The most problems that are told one by one.
pub const MOST_PROBLEMS: usize = 1_000;
