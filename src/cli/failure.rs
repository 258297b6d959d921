//! Why a command failed: one message, and the exit code.

use std::fmt::Display;
use std::path::Path;

/// Why a command failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The input or the arguments cannot be used.
    #[error("{0}")]
    Input(String),
    /// The output could not be written.
    #[error("{0}")]
    Output(String),
    /// Nobody reads the output any more; not worth a message.
    #[error("nobody reads the output")]
    NobodyReads,
}

impl Failure {
    /// The input at `path` cannot be used.
    pub(super) fn in_file(path: &Path, what: impl Display) -> Self {
        Self::Input(format!("{}: {what}", shown(path)))
    }

    /// The output could not be written to `path`.
    pub(super) fn to_file(path: &Path, what: impl Display) -> Self {
        Self::Output(format!("{}: cannot be written: {what}", shown(path)))
    }

    /// The exit code.
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Input(_) => 2,
            Self::Output(_) => 3,
            Self::NobodyReads => 0,
        }
    }
}

/// The path as a message names it.
pub(super) fn shown(path: &Path) -> String {
    if is_stream(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// Whether the path stands for a standard stream.
pub(super) fn is_stream(path: &Path) -> bool {
    path.as_os_str() == "-"
}
