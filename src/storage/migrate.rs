//! The door of every text: its format number decides which structs read it.
//!
//! The number is found by a tolerant look before anything else is read, so that a newer format is refused as such and
//! not for the first field that this version does not know. A new format gets structs of its own and a conversion
//! from the one before; the old structs stay.

use ron::extensions::Extensions;
use ron::options::Options;

use super::format_v1::FileV1;
use super::load_error::LoadError;
use super::write_v1::FORMAT;
use super::{convert_v1, scan};
use crate::model::Document;
use crate::model::integrity::Problem;

/// Brackets within brackets, more than any valid file has.
const DEEPEST: usize = 24;

/// Reads the text of a file of any known format on top of a document with the built-in frameworks.
pub(super) fn read(text: &str, file: &str, base: Document) -> Result<(Document, Vec<Problem>), LoadError> {
    if text.trim().is_empty() {
        return Err(LoadError::Unreadable {
            file: file.to_owned(),
            reason: "The file is empty".to_owned(),
            help: "Look for its backup, which ends in .bak, or start a new project",
        });
    }
    let expected = "“(” and then “format: 1,”";
    let Some((offset, number)) = scan::format_number(text) else {
        let wrong = "this is no Remit file, or its format number is missing".to_owned();
        return Err(LoadError::at(file, text, 0, wrong, expected, "Check that this is the right file"));
    };
    match number.parse::<u64>() {
        Ok(1) => {
            let rows: FileV1 = options().from_str(text).map_err(|error| LoadError::from_ron(file, text, &error))?;
            Ok(convert_v1::into_document(rows, base))
        }
        Ok(newer) if newer > u64::from(FORMAT) => {
            Err(LoadError::NewerFormat { file: file.to_owned(), found: number.to_owned(), known: FORMAT })
        }
        _ => {
            let number: String = number.chars().take(20).collect();
            let wrong = format!("“{number}” is no format number");
            Err(LoadError::at(file, text, offset, wrong, "format: 1", ""))
        }
    }
}

/// How RON is read: options without `Some(…)`, and brackets not too deep.
pub(super) fn options() -> Options {
    Options::default().with_default_extension(Extensions::IMPLICIT_SOME).with_recursion_limit(DEEPEST)
}
