//! `remit fmt`: the file in its canonical form.

use std::path::PathBuf;

use clap::Args;

use super::failure::{Failure, is_stream, shown};
use super::{FOUND, files, output};
use crate::storage;

/// Write the file in its canonical form
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Project to write anew; `-` reads standard input and writes standard output
    file: PathBuf,
    /// Change nothing; exit with 1 if the file is not in its canonical form
    #[arg(long)]
    check: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let path = &arguments.file;
    let before = files::read(path)?;
    let document = files::parse(&before, path)?;
    let is_canonical = storage::to_string(&document).as_bytes() == before;
    if arguments.check {
        if !is_canonical {
            let hint =
                if is_stream(path) { String::new() } else { format!("; remit fmt {} writes it so", shown(path)) };
            output::tell(&format!("{}: not in canonical form{hint}", shown(path)));
        }
        return Ok(if is_canonical { 0 } else { FOUND });
    }
    if is_stream(path) || !is_canonical {
        files::save(&document, path)?;
    }
    Ok(0)
}
