//! Reading and writing of files, or of standard input and output for `-`.

use std::io::Read as _;
use std::path::Path;

use super::failure::{Failure, is_stream, shown};
use super::output;
use crate::model::Document;
use crate::model::integrity::Problem;
use crate::storage;

/// The largest standard input that is read, in bytes.
const LARGEST_INPUT: u64 = 256 * 1024 * 1024;

/// Name of a file for results: as it was given, `-` for standard input.
pub(super) fn name(path: &Path) -> String {
    path.display().to_string()
}

/// Reads a project and what is wrong in it, a sentence each.
///
/// # Errors
/// The file cannot be used at all.
pub fn open(path: &Path) -> Result<(Document, Vec<String>), Failure> {
    if is_stream(path) {
        return read_text(&read_input(path)?, path);
    }
    storage::load(path).map(described).map_err(|error| Failure::Input(error.to_string()))
}

/// Reads a project. What is wrong in it but does not keep it from being used is told on standard error.
pub(super) fn load(path: &Path) -> Result<Document, Failure> {
    open(path).map(|loaded| told(loaded, path))
}

/// The project in the bytes of a file.
pub(super) fn parse(bytes: &[u8], path: &Path) -> Result<Document, Failure> {
    read_text(bytes, path).map(|loaded| told(loaded, path))
}

fn read_text(bytes: &[u8], path: &Path) -> Result<(Document, Vec<String>), Failure> {
    let text = std::str::from_utf8(bytes)
        .map_err(|_| Failure::in_file(path, "this is not UTF-8 text; expected a project of Remit"))?;
    storage::load_str(text, &shown(path)).map(described).map_err(|error| Failure::Input(error.to_string()))
}

fn described((document, problems): (Document, Vec<Problem>)) -> (Document, Vec<String>) {
    let described = problems.iter().map(|problem| problem.describe(&document)).collect();
    (document, described)
}

fn told((document, problems): (Document, Vec<String>), path: &Path) -> Document {
    for problem in &problems {
        output::tell(&format!("{}: {problem}", shown(path)));
    }
    document
}

/// Reads a foreign file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    if is_stream(path) {
        return read_input(path);
    }
    std::fs::read(path).map_err(|error| {
        Failure::in_file(path, format!("the file cannot be read: {error}; check the path and the permissions"))
    })
}

fn read_input(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut input = std::io::stdin().lock().take(LARGEST_INPUT + 1);
    input.read_to_end(&mut bytes).map_err(|error| Failure::in_file(path, error))?;
    if bytes.len() as u64 > LARGEST_INPUT {
        return Err(Failure::in_file(path, format!("more than {LARGEST_INPUT} bytes; give a smaller input")));
    }
    Ok(bytes)
}

/// Writes a project in its canonical form.
pub(super) fn save(document: &Document, path: &Path) -> Result<(), Failure> {
    if is_stream(path) {
        return output::print(storage::to_string(document).as_bytes());
    }
    storage::save(path, document).map_err(|error| Failure::Output(error.to_string()))
}

/// Writes anything else.
pub(super) fn write(bytes: &[u8], path: &Path) -> Result<(), Failure> {
    if is_stream(path) {
        return output::print(bytes);
    }
    storage::write_over(path, bytes).map_err(|error| Failure::Output(error.to_string()))
}
