//! Business Process Model and Notation (BPMN 2.0): XML into a tree of its own, and that into one edit.
//!
//! [`read_definitions`] knows nothing of Remit's model: bytes to text ([`text`]), a look at the cost ([`guard`],
//! [`limits`]), the tree ([`tree`], [`drawing`]) by the reader of each part, references settled ([`resolve`]). Elements
//! and attributes without a meaning here are kept as they stand in the file, with the element they belong to, and
//! counted by name.

mod collaboration;
mod counts;
mod diagram;
pub mod drawing;
mod flow;
mod guard;
pub mod limits;
mod plan;
mod reader;
mod resolve;
mod source;
mod text;
pub mod tree;

use std::fmt;

pub use counts::{counts, element_name};
use reader::Reader;
pub(super) use source::SOURCE;
use tree::Definitions;

/// What the reading of a file gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Name of the encoding: `UTF-8`, `windows-1252`.
    pub encoding: &'static str,
    /// Whether some bytes were no text in that encoding and were replaced by `�`.
    pub has_replaced_bytes: bool,
    /// The file.
    pub definitions: Definitions,
    /// What was kept without being understood, by name.
    pub kept: Vec<Kept>,
    /// What could not be used, by line.
    pub problems: Vec<Problem>,
    /// How many more problems there were beyond [`limits::MOST_PROBLEMS`].
    pub more_problems: usize,
}

/// Elements or attributes of one name that were kept without being understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Name: without prefix for elements of BPMN, with it for others.
    pub name: String,
    /// Whether it is an attribute.
    pub is_attribute: bool,
    /// How many.
    pub count: usize,
}

/// Something in a BPMN file that could not be used as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line of the file, the first one 1.
    pub line: usize,
    /// Which element: its name in BPMN, or a word for several of them.
    pub element: &'static str,
    /// Its name, else its id; empty where it has neither.
    pub named: String,
    /// What is wrong.
    pub what: String,
    /// What was done instead.
    pub consequence: &'static str,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, {}", self.line, self.element)?;
        if !self.named.is_empty() {
            write!(f, " “{}”", self.named)?;
        }
        write!(f, ": {}; {}", self.what, self.consequence)
    }
}

/// Why a file cannot be read as BPMN at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BpmnError {
    /// Nothing in it.
    #[error("the file is empty; expected BPMN 2.0 XML")]
    Empty,
    /// Over a limit.
    #[error("the file has too many {what}: at most {limit} are read; split it, or leave out what is not the process")]
    TooLarge {
        /// What is too many.
        what: &'static str,
        /// The most that is read.
        limit: usize,
    },
    /// Over the limit of namespaces.
    #[error("the file declares too many XML namespaces; declare them once, in the first element")]
    TooManyNamespaces,
    /// An encoding nobody knows.
    #[error("the file says that its encoding is “{0}”, which is not known; save it as UTF-8")]
    UnknownEncoding(String),
    /// A document type declaration, which BPMN has no use for and attacks have.
    #[error("the file has a document type declaration (<!DOCTYPE …>), which is not read; take it out")]
    DocumentType,
    /// Not well-formed.
    #[error("line {line}, column {column}: the XML is broken: {reason}")]
    Broken {
        /// Line, the first one 1.
        line: u32,
        /// Column, the first one 1.
        column: u32,
        /// What is wrong.
        reason: String,
    },
    /// Some other XML.
    #[error("the file is XML, but no BPMN 2.0: its outermost element is {found}, expected definitions of BPMN")]
    NotBpmn {
        /// Name and namespace of the outermost element.
        found: String,
    },
}

/// Reads BPMN 2.0 XML.
///
/// # Errors
/// The bytes are no text, no well-formed XML, no BPMN, or over a limit.
pub fn read_definitions(bytes: &[u8]) -> Result<Reading, BpmnError> {
    let text = text::decode(bytes)?;
    let inner_namespaces = guard::look_over(&text.text)?;
    let document = roxmltree::Document::parse(&text.text).map_err(broken)?;
    let root = document.root_element();
    if !is_definitions(root.tag_name()) {
        let tag = root.tag_name();
        let namespace = tag.namespace().map(|namespace| format!(" of “{}”", shortened(namespace))).unwrap_or_default();
        return Err(BpmnError::NotBpmn { found: format!("“{}”{namespace}", shortened(tag.name())) });
    }
    let mut reader = Reader::new(&text.text, root, inner_namespaces);
    let mut definitions = reader.definitions(root);
    if reader.is_too_deep() {
        return Err(BpmnError::TooLarge { what: "sub-processes or lanes within each other", limit: limits::DEEPEST });
    }
    if definitions.diagrams.len() > limits::MOST_DIAGRAMS {
        return Err(BpmnError::TooLarge { what: "diagrams", limit: limits::MOST_DIAGRAMS });
    }
    resolve::resolve(&mut definitions, &mut reader);
    let (kept, problems, more_problems) = reader.finish();
    let (encoding, has_replaced_bytes) = (text.encoding, text.has_replaced_bytes);
    Ok(Reading { encoding, has_replaced_bytes, definitions, kept, problems, more_problems })
}

/// Whether an outermost element is that of BPMN, of whatever version or without namespace. Decision models, case models
/// and web services have `definitions`, too, in other namespaces.
fn is_definitions(tag: roxmltree::ExpandedName<'_, '_>) -> bool {
    let is_bpmn = tag.namespace().is_none_or(|namespace| namespace.to_uppercase().contains("BPMN"));
    tag.name() == "definitions" && is_bpmn
}

fn broken(error: roxmltree::Error) -> BpmnError {
    if error == roxmltree::Error::DtdDetected {
        return BpmnError::DocumentType;
    }
    let place = error.pos();
    let reason = error.to_string();
    let reason = reason.replace(&format!(" at {place}"), "");
    BpmnError::Broken { line: place.row, column: place.col, reason: shortened(&reason) }
}

/// A text from the file, cut so that a message stays readable.
fn shortened(text: &str) -> String {
    const MOST: usize = 120;
    if text.chars().count() <= MOST { text.to_owned() } else { text.chars().take(MOST).chain(['…']).collect() }
}

#[cfg(test)]
mod tests;
