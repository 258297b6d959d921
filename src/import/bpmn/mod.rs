//! Business Process Model and Notation (BPMN 2.0): XML into a tree of its own, and that into one edit.
//!
//! [`read_definitions`] knows nothing of Remit's model: bytes to text ([`text`]), that to
//! elements and attributes ([`xml`]) within the [`limits`], the tree ([`tree`], [`drawing`]) by the reader of each part,
//! references settled ([`resolve`]). Elements
//! and attributes without a meaning here are kept as they stand in the file, with the element they belong to, and
//! counted by name.

mod collaboration;
mod counts;
mod diagram;
pub mod drawing;
mod flow;
pub mod limits;
mod plan;
mod reader;
mod resolve;
mod source;
mod text;
pub mod tree;
mod xml;

use std::fmt;

pub use counts::{counts, element_name};
use reader::Reader;
pub(super) use source::SOURCE;
use tree::Definitions;
use xml::{Tree, Xml};

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
    let tree = xml::parse(&text.text)?;
    let root = definitions_of(&tree)?;
    let namespaces = reader::namespaces(&tree, root);
    let mut reader = Reader::new(&text.text, &namespaces);
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

/// The outermost element, if it is that of BPMN, of whatever version or without namespace. Decision models, case models
/// and web services have `definitions`, too, in other namespaces.
fn definitions_of<'a>(tree: &'a Tree<'a>) -> Result<Xml<'a>, BpmnError> {
    let root = tree.root().ok_or(BpmnError::Empty)?;
    let namespace = root.namespace().and_then(|place| tree.declarations().get(place)).map(|namespace| &namespace.uri);
    let is_bpmn = namespace.is_none_or(|namespace| namespace.to_uppercase().contains("BPMN"));
    if root.name() == "definitions" && is_bpmn {
        return Ok(root);
    }
    let namespace = namespace.map(|namespace| format!(" of “{}”", shortened(namespace))).unwrap_or_default();
    Err(BpmnError::NotBpmn { found: format!("“{}”{namespace}", shortened(root.name())) })
}

/// A text from the file, cut so that a message stays readable.
fn shortened(text: &str) -> String {
    const MOST: usize = 120;
    if text.chars().count() <= MOST { text.to_owned() } else { text.chars().take(MOST).chain(['…']).collect() }
}

#[cfg(test)]
mod tests;
