//! placeholder
use super::Failure;
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    file: std::path::PathBuf,
}
pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let _ = &arguments.file;
    Ok(0)
}
