//! Files: the only layer that knows how a document is stored, and the only one that touches files.
//!
//! [`load`] and [`save`] are its doors, [`load_str`] and [`to_string`] the same without a file. The model derives
//! nothing for this; `format_v1` has structs of its own, and `docs/file-format.md` describes them for people.
//! Invariants: the same document gives the same bytes; what was loaded and saved again loses nothing; a failed save
//! leaves the old file as it was; no text, however broken, makes loading panic.

pub mod autosave;
mod convert_v1;
mod format_v1;
mod library;
mod limit_v1;
mod load_error;
mod migrate;
pub mod preferences;
mod samples;
pub use samples::{SAMPLES, Sample, sample};
mod save;
mod scan;
mod schemes;
mod values;
mod write_v1;
mod writer;

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

pub use library::{LibraryDecision, library};
pub use load_error::{ContentError, LoadError};
pub use save::{FileStamp, SaveError, backup_path, file_stamp, save, save_new, save_unchanged, write_new, write_over};
pub use schemes::{SCHEMES, built_in_frameworks, new_document, new_sketch};

use crate::model::Document;
use crate::model::integrity::{self, Problem};

/// The largest file that is opened, in bytes.
const LARGEST: u64 = 256 * 1024 * 1024;

/// File name extensions of projects, the one that is proposed first.
pub const EXTENSIONS: [&str; 2] = ["ron", "remit"];

/// Reads a project and names what is wrong with it; what is wrong is kept as it is.
pub fn load(path: &Path) -> Result<(Document, Vec<Problem>), LoadError> {
    let name = path.display().to_string();
    let text = read_text(path, &name)?;
    load_str(&text, &name)
}

/// Reads a project from its text; `name` stands for it in errors.
pub fn load_str(text: &str, name: &str) -> Result<(Document, Vec<Problem>), LoadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (document, mut problems) = migrate::read(text, name, schemes::base())?;
    problems.extend(integrity::check(&document));
    Ok((document, problems))
}

/// The canonical text of a project: the same document always gives the same text.
pub fn to_string(document: &Document) -> String {
    write_v1::to_text(document)
}

fn read_text(path: &Path, name: &str) -> Result<String, LoadError> {
    let unreadable = |reason: String, help: &'static str| LoadError::Unreadable { file: name.to_owned(), reason, help };
    let io = |error: std::io::Error| {
        let help = match error.kind() {
            std::io::ErrorKind::NotFound => "Check the path; perhaps the file was moved or renamed",
            std::io::ErrorKind::PermissionDenied => "Ask whoever owns the file for permission to read it",
            _ => "Check that the disk or network folder is there, and try again",
        };
        unreadable(format!("The file cannot be read: {error}"), help)
    };
    let metadata = std::fs::metadata(path).map_err(io)?;
    if metadata.is_dir() {
        return Err(unreadable("This is a folder, not a file".to_owned(), "Choose a .ron or .remit file in it"));
    }
    if metadata.len() > LARGEST {
        return Err(too_large(name));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    File::open(path).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes)).map_err(io)?;
    if bytes.len() as u64 > LARGEST {
        return Err(too_large(name));
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(valid).filter(|byte| **byte == b'\n').count() + 1;
        let reason = format!("The file is not UTF-8 text; the first wrong byte is in line {line}");
        unreadable(reason, "Save it as UTF-8 in the editor it was last changed with, or open its backup (.bak)")
    })
}

fn too_large(name: &str) -> LoadError {
    LoadError::Unreadable {
        file: name.to_owned(),
        reason: format!("The file is larger than {} MB", LARGEST / 1024 / 1024),
        help: "Check that this is a Remit project",
    }
}
