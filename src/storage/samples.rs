//! The sample organisations that come with the program.

/// Text of the sample with this name.
pub fn sample(_name: &str) -> Option<&'static str> {
    None
}
