//! Makes the tree of a text: the parser finds tags, attributes and texts, here they are checked and put together.
//!
//! The parser (quick-xml) checks quotes, comments, and that end tags match. What else makes a text well-formed is checked
//! here: names, prefixes, attributes given twice, references, characters, and one outermost element. Declarations of
//! document types are refused, so that there are no entities but the five of XML.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::errors::Error;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::attributes::{AttrError, Attributes};
use quick_xml::events::{BytesRef, Event};

use super::scopes::Scopes;
use super::{Attribute, Declaration, Element, NO_NAMESPACE, Tree};
use crate::import::bpmn::limits::{MOST_ATTRIBUTES, MOST_ATTRIBUTES_OF_ELEMENT, MOST_TAGS};
use crate::import::bpmn::{BpmnError, shortened};

/// The namespace of the prefix that needs no declaration.
const XML: &str = "http://www.w3.org/XML/1998/namespace";
/// Bytes of a usual file for each element and for each attribute, so that lists have room from the start.
const BYTES_OF_ELEMENT: usize = 80;
const BYTES_OF_ATTRIBUTE: usize = 32;

/// Reads a text; it is cheap to refuse, too.
///
/// # Errors
/// The text is not well-formed, declares a document type, or has more tags or attributes than are read.
pub(in crate::import::bpmn) fn parse(text: &str) -> Result<Tree<'_>, BpmnError> {
    let mut builder = Builder::new(text);
    builder.check_characters()?;
    let mut events = quick_xml::Reader::from_str(text);
    events.config_mut().check_comments = true;
    loop {
        let start = offset(events.buffer_position());
        let event = match events.read_event() {
            Ok(event) => event,
            Err(error) => return Err(builder.broken(offset(events.error_position()), &reason(&error))),
        };
        let end = offset(events.buffer_position());
        if !matches!(event, Event::Text(_) | Event::CData(_) | Event::GeneralRef(_) | Event::Eof) {
            builder.count_tag()?;
        }
        match event {
            Event::Start(tag) => builder.open(start, end, tag.name().as_ref().len())?,
            Event::Empty(tag) => {
                builder.open(start, end, tag.name().as_ref().len())?;
                builder.close(end);
            }
            Event::End(_) => builder.close(end),
            Event::Text(text) => builder.add_text(start, text.xml10_content())?,
            Event::CData(text) => builder.add_text(start, text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let character = builder.referred(start, &reference)?;
                builder.add_text(start, character)?;
            }
            Event::DocType(_) => return Err(BpmnError::DocumentType),
            Event::Decl(_) if start > 0 => {
                return Err(builder.broken(start, "the XML declaration stands in the middle of the file"));
            }
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
            Event::Eof => return builder.finish(end),
        }
    }
}

struct Builder<'a> {
    tree: Tree<'a>,
    scopes: Scopes<'a>,
    /// The prefix that was looked up last, and what it stands for; mostly the next one is the same.
    last: Option<(&'a str, u32)>,
    /// Elements that are not closed yet, each with the depth of the scopes around it.
    open: Vec<(u32, usize)>,
    /// Tags, comments and processing instructions so far.
    tags: usize,
}

impl<'a> Builder<'a> {
    fn new(text: &'a str) -> Self {
        let xml = Declaration { prefix: "xml", uri: Cow::Borrowed(XML), is_new: false };
        let tree = Tree {
            text,
            elements: Vec::with_capacity(text.len() / BYTES_OF_ELEMENT),
            attributes: Vec::with_capacity(text.len() / BYTES_OF_ATTRIBUTE),
            declarations: vec![xml],
        };
        Self { tree, scopes: Scopes::new(0), last: None, open: Vec::new(), tags: 0 }
    }

    /// Refuses characters that XML does not know.
    fn check_characters(&self) -> Result<(), BpmnError> {
        let is_control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
        let text = self.tree.text;
        // Block by block, which the machine does many bytes at a time.
        let mut blocks = text.as_bytes().chunks(4096);
        let has_control = blocks.any(|block| block.iter().fold(false, |found, byte| found | is_control(byte)));
        let control = has_control.then(|| text.as_bytes().iter().position(is_control)).flatten();
        let beyond = || if text.is_ascii() { None } else { text.find(['\u{fffe}', '\u{ffff}']) };
        let found = control.or_else(beyond);
        match found.and_then(|place| Some((place, text.get(place..)?.chars().next()?))) {
            Some((place, character)) => {
                let reason = format!("the character U+{:04X} may not be in XML", u32::from(character));
                Err(self.broken(place, &reason))
            }
            None => Ok(()),
        }
    }

    fn count_tag(&mut self) -> Result<(), BpmnError> {
        self.tags += 1;
        if self.tags > MOST_TAGS { Err(BpmnError::TooLarge { what: "tags", limit: MOST_TAGS }) } else { Ok(()) }
    }

    /// Adds the element of a start tag, whose name has so many bytes.
    fn open(&mut self, start: usize, end: usize, name_length: usize) -> Result<(), BpmnError> {
        if self.open.is_empty() && !self.tree.elements.is_empty() {
            return Err(self.broken(start, "a second element stands behind the outermost one"));
        }
        let tag = self.tree.text.get(start + 1..end - 1).unwrap_or_default();
        let tag = tag.strip_suffix('/').unwrap_or(tag);
        if tag.bytes().fold(false, |found, byte| found | (byte == b'<')) {
            let place = tag.find('<').unwrap_or(0);
            return Err(self.broken(start + 1 + place, "“<” stands within a tag"));
        }
        let place = index(self.tree.elements.len());
        let depth = self.scopes.depth();
        let (first_attribute, first_declaration) =
            (index(self.tree.attributes.len()), index(self.tree.declarations.len()));
        let has_prefixes = self.attributes(start + 1, tag, name_length)?;
        let (namespace, name) = self.resolved(start + 1, tag.get(..name_length).unwrap_or_default())?;
        self.resolve_attributes(first_attribute as usize, has_prefixes)?;
        self.tree.elements.push(Element {
            name,
            text: Cow::Borrowed(""),
            start: index(start),
            end: index(end),
            after: place + 1,
            namespace,
            first_attribute,
            first_declaration,
        });
        self.open.push((place, depth));
        Ok(())
    }

    /// Adds the attributes of a tag, those that declare namespaces to the declarations. Whether some have a prefix.
    fn attributes(&mut self, tag_start: usize, tag: &'a str, name_length: usize) -> Result<bool, BpmnError> {
        let (first, first_declaration) = (self.tree.attributes.len(), self.tree.declarations.len());
        let mut has_prefixes = false;
        let mut attributes = Attributes::new(tag, name_length);
        // Attributes given twice are found below, without a list of names for each tag.
        attributes.with_checks(false);
        for attribute in attributes {
            let attribute = attribute.map_err(|error| {
                let (place, reason) = reason_of_attribute(&error);
                self.broken(tag_start + place, reason)
            })?;
            let name = attribute.key.0;
            let start = self.offset_of(name);
            let end = self.offset_of(&attribute.value) + attribute.value.len() + 1;
            let value = if is_plain(&attribute.value) {
                attribute.value
            } else {
                let value = attribute.normalized_value(XmlVersion::Implicit1_0);
                value.map_err(|error| self.broken(start, &reason(&error)))?
            };
            let prefix = name.strip_prefix("xmlns").filter(|rest| rest.is_empty() || rest.starts_with(':'));
            let is_second = match prefix.map(|rest| rest.trim_start_matches(':')) {
                Some(prefix) => {
                    let of_tag = self.tree.declarations.get(first_declaration..).unwrap_or_default();
                    let is_second = of_tag.iter().any(|known| known.prefix == prefix);
                    self.declare(prefix, value);
                    is_second
                }
                None => {
                    let of_tag = self.tree.attributes.get(first..).unwrap_or_default();
                    let is_second = of_tag.iter().any(|known| known.name == name);
                    has_prefixes |= colon_in(name).is_some();
                    let (start, end) = (index(start), index(end));
                    self.tree.attributes.push(Attribute { name, value, namespace: NO_NAMESPACE, start, end });
                    is_second
                }
            };
            if is_second {
                return Err(self.broken(start, "an attribute is given twice"));
            }
            let count = self.tree.attributes.len() - first + self.tree.declarations.len() - first_declaration;
            if count > MOST_ATTRIBUTES_OF_ELEMENT {
                let (what, limit) = ("attributes of one element", MOST_ATTRIBUTES_OF_ELEMENT);
                return Err(BpmnError::TooLarge { what, limit });
            }
        }
        let (all, limit) = (self.tree.attributes.len() + self.tree.declarations.len(), MOST_ATTRIBUTES);
        if all > limit { Err(BpmnError::TooLarge { what: "attributes", limit }) } else { Ok(has_prefixes) }
    }

    fn declare(&mut self, prefix: &'a str, uri: Cow<'a, str>) {
        let around = self.scopes.resolve(prefix).and_then(|around| self.tree.declarations.get(around as usize));
        let is_new = around.is_none_or(|around| around.uri != uri);
        let means = if uri.is_empty() { NO_NAMESPACE } else { index(self.tree.declarations.len()) };
        self.scopes.declare(prefix, means);
        self.last = None;
        self.tree.declarations.push(Declaration { prefix, uri, is_new });
    }

    /// Checks the names of the attributes from a place on and settles those with a prefix; only now are all declarations
    /// of their tag known.
    fn resolve_attributes(&mut self, first: usize, has_prefixes: bool) -> Result<(), BpmnError> {
        for place in first..self.tree.attributes.len() {
            let Some(attribute) = self.tree.attributes.get(place) else { break };
            let (start, written) = (attribute.start as usize, attribute.name);
            // Names without prefix belong to their element, not to its namespace.
            if !has_prefixes || colon_in(written).is_none() {
                self.check_name(start, written, written)?;
                continue;
            }
            let (namespace, name) = self.resolved(start, written)?;
            if let Some(attribute) = self.tree.attributes.get_mut(place) {
                (attribute.namespace, attribute.name) = (namespace, name);
            }
        }
        Ok(())
    }

    /// The namespace of a name, and the name without prefix.
    fn resolved(&mut self, start: usize, name: &'a str) -> Result<(u32, &'a str), BpmnError> {
        let (prefix, local) = match colon_in(name).and_then(|colon| Some((name.get(..colon)?, name.get(colon + 1..)?)))
        {
            Some((prefix, local)) => {
                self.check_name(start, prefix, name)?;
                (prefix, local)
            }
            None => ("", name),
        };
        self.check_name(start, local, name)?;
        if let Some((known, namespace)) = self.last
            && known == prefix
        {
            return Ok((namespace, local));
        }
        match self.scopes.resolve(prefix) {
            Some(namespace) => {
                self.last = Some((prefix, namespace));
                Ok((namespace, local))
            }
            None => Err(self.broken(start, &format!("nothing says what the prefix “{prefix}” stands for"))),
        }
    }

    /// Refuses a part of a name that can be none.
    fn check_name(&self, start: usize, part: &str, name: &str) -> Result<(), BpmnError> {
        if is_name(part) { Ok(()) } else { Err(self.broken(start, &format!("“{name}” is no name"))) }
    }

    /// Closes the innermost element; the parser has seen to it that this is the one meant.
    fn close(&mut self, end: usize) {
        let after = index(self.tree.elements.len());
        let Some((place, depth)) = self.open.pop() else { return };
        if self.scopes.depth() > depth {
            self.scopes.leave(depth);
            self.last = None;
        }
        if let Some(element) = self.tree.elements.get_mut(place as usize) {
            (element.end, element.after) = (index(end), after);
        }
    }

    /// Adds a piece of text to the innermost element.
    fn add_text(&mut self, start: usize, piece: Cow<'a, str>) -> Result<(), BpmnError> {
        let innermost = self.open.last().and_then(|(place, _)| self.tree.elements.get_mut(*place as usize));
        let is_blank = piece.trim().is_empty();
        match innermost {
            Some(element) if !element.text.is_empty() => element.text.to_mut().push_str(&piece),
            Some(_) if is_blank => {}
            Some(element) => element.text = piece,
            None if is_blank => {}
            None => return Err(self.broken(start, "text stands outside of the outermost element")),
        }
        Ok(())
    }

    /// What a reference in a text stands for.
    fn referred(&self, start: usize, reference: &BytesRef<'a>) -> Result<Cow<'a, str>, BpmnError> {
        match reference.resolve_char_ref() {
            Ok(Some(character)) => Ok(Cow::Owned(character.to_string())),
            Ok(None) => match resolve_predefined_entity(reference) {
                Some(text) => Ok(Cow::Borrowed(text)),
                None => {
                    let named: &str = reference;
                    Err(self.broken(start, &format!("nothing says what “&{named};” stands for")))
                }
            },
            Err(error) => Err(self.broken(start, &reason(&error))),
        }
    }

    fn finish(self, end: usize) -> Result<Tree<'a>, BpmnError> {
        if let Some(element) = self.open.last().and_then(|(place, _)| self.tree.elements.get(*place as usize)) {
            return Err(self.broken(element.start as usize, &format!("“{}” is never closed", element.name)));
        }
        if self.tree.elements.is_empty() { Err(self.broken(end, "there is no element")) } else { Ok(self.tree) }
    }

    /// Where a part of the text begins.
    fn offset_of(&self, part: &str) -> usize {
        part.as_ptr().addr().wrapping_sub(self.tree.text.as_ptr().addr())
    }

    fn broken(&self, place: usize, reason: &str) -> BpmnError {
        let before = self.tree.text.get(..place).unwrap_or(self.tree.text);
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        BpmnError::Broken { line: index(line), column: index(column), reason: shortened(reason) }
    }
}

/// A place in a list or text as it is kept; texts are far shorter than this can count.
fn index(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn offset(place: u64) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}

/// The first colon of a name.
fn colon_in(name: &str) -> Option<usize> {
    name.bytes().position(|byte| byte == b':')
}

/// Whether a value means what it says: no references, no spaces but plain ones.
fn is_plain(value: &str) -> bool {
    !value.bytes().fold(false, |found, byte| found | matches!(byte, b'&' | b'\t' | b'\n' | b'\r'))
}

/// Whether a text is a name without a colon, as far as letters of ASCII tell.
fn is_name(text: &str) -> bool {
    let is_first = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_' || !byte.is_ascii();
    let is_further = |byte: &u8| is_first(byte) || byte.is_ascii_digit() || matches!(byte, b'-' | b'.');
    text.as_bytes().first().is_some_and(is_first) && text.as_bytes().iter().all(is_further)
}

/// What is wrong, without what the message says beside it.
fn reason(error: &Error) -> String {
    match error {
        Error::Syntax(error) => error.to_string(),
        Error::IllFormed(error) => error.to_string(),
        Error::Escape(error) => error.to_string(),
        other => other.to_string(),
    }
}

/// Where in the tag something is wrong, and what.
fn reason_of_attribute(error: &AttrError) -> (usize, &'static str) {
    match *error {
        AttrError::ExpectedEq(place) => (place, "an attribute has no value"),
        AttrError::ExpectedValue(place) => (place, "the value of an attribute is missing"),
        AttrError::UnquotedValue(place) => (place, "the value of an attribute is not in quotes"),
        AttrError::ExpectedQuote(place, _) => (place, "the value of an attribute does not end"),
        AttrError::Duplicated(place, _) => (place, "an attribute is given twice"),
    }
}
