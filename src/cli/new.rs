//! `remit new`: an empty project, or a copy of a sample.

use std::path::PathBuf;

use clap::Args;

use super::failure::{Failure, is_stream, shown};
use super::output;
use crate::storage::{self, SAMPLES, SaveError};

/// Write an empty project, or a copy of a sample; an existing file is never overwritten
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// File to write; `-` for standard output
    file: PathBuf,
    /// Copy this sample
    #[arg(long, value_name = "NAME")]
    sample: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<u8, Failure> {
    let path = &arguments.file;
    let text = match &arguments.sample {
        Some(name) => sample(name)?.to_owned(),
        None => storage::to_string(&storage::new_document("")),
    };
    if is_stream(path) {
        output::print(text.as_bytes())?;
        return Ok(0);
    }
    storage::write_new(path, text.as_bytes()).map_err(|error| match error {
        SaveError::AlreadyThere { .. } => Failure::Input(error.to_string()),
        _ => Failure::Output(error.to_string()),
    })?;
    output::tell(&format!("Wrote {}.", shown(path)));
    Ok(0)
}

fn sample(name: &str) -> Result<&'static str, Failure> {
    storage::sample(name).ok_or_else(|| {
        let names: Vec<String> = SAMPLES.iter().map(|sample| format!("{} ({})", sample.name, sample.about)).collect();
        Failure::Input(format!("there is no sample “{name}”; the samples are: {}", names.join(", ")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_that_does_not_exist_is_refused_with_the_names_of_those_that_do() {
        assert!(sample("bakery").is_ok());
        let Err(Failure::Input(message)) = sample("brewery") else { panic!() };
        assert!(message.contains("brewery") && message.contains("webshop (a webshop"), "{message}");
    }
}
