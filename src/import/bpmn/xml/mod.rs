//! XML text as a lean tree: elements with their attributes and text, namespaces resolved.
//!
//! Names and values are slices of the text, elements stand in one list in the order of their start tags, so that what an
//! element holds follows it. Comments and processing instructions are dropped. [`parse`] makes the tree; it does so
//! without recursion, in time and memory that grow with the text alone, whatever the text is.

mod parse;
mod scopes;

use std::borrow::Cow;
use std::ops::Range;

pub(super) use parse::parse;

/// Stands for no namespace where one is named by its place.
const NO_NAMESPACE: u32 = u32::MAX;

/// A whole text.
pub(super) struct Tree<'a> {
    text: &'a str,
    elements: Vec<Element<'a>>,
    attributes: Vec<Attribute<'a>>,
    declarations: Vec<Declaration<'a>>,
}

struct Element<'a> {
    /// Name without prefix.
    name: &'a str,
    /// The text directly within it, put together; empty where it is nothing but spaces.
    text: Cow<'a, str>,
    /// Where its start tag begins.
    start: u32,
    /// Where its end tag ends.
    end: u32,
    /// The place in the list behind all that it holds.
    after: u32,
    namespace: u32,
    /// Its attributes end where those of the next element begin; so do its declarations.
    first_attribute: u32,
    first_declaration: u32,
}

/// An attribute that declares no namespace.
pub(super) struct Attribute<'a> {
    /// Name without prefix.
    pub name: &'a str,
    /// Value with its references resolved.
    pub value: Cow<'a, str>,
    namespace: u32,
    start: u32,
    end: u32,
}

/// The declaration of a namespace.
pub(super) struct Declaration<'a> {
    /// The prefix that stands for it; empty for names without prefix.
    pub prefix: &'a str,
    /// Its name.
    pub uri: Cow<'a, str>,
    /// Whether the prefix stood for something else, or for nothing, around the element.
    pub is_new: bool,
}

/// An element of a tree.
#[derive(Clone, Copy)]
pub(super) struct Xml<'a> {
    tree: &'a Tree<'a>,
    place: u32,
    element: &'a Element<'a>,
}

impl<'a> Tree<'a> {
    /// The outermost element; none only of an empty tree, which the parser does not make.
    pub fn root(&'a self) -> Option<Xml<'a>> {
        self.element(0)
    }

    /// Every declaration of a namespace; [`Xml::namespace`] and [`Attribute::namespace`] are places in it.
    pub fn declarations(&self) -> &[Declaration<'a>] {
        &self.declarations
    }

    fn element(&'a self, place: u32) -> Option<Xml<'a>> {
        self.elements.get(place as usize).map(|element| Xml { tree: self, place, element })
    }
}

impl<'a> Xml<'a> {
    /// Name without prefix.
    pub fn name(self) -> &'a str {
        self.element.name
    }

    /// The declaration of its namespace.
    pub fn namespace(self) -> Option<usize> {
        (self.element.namespace != NO_NAMESPACE).then_some(self.element.namespace as usize)
    }

    /// The text directly within, without spaces around.
    pub fn text(self) -> &'a str {
        self.element.text.trim()
    }

    /// Its attributes in the order of the text, without those that declare namespaces.
    pub fn attributes(self) -> &'a [Attribute<'a>] {
        let end = self.next().map_or(self.tree.attributes.len(), |next| next.element.first_attribute as usize);
        self.tree.attributes.get(self.element.first_attribute as usize..end).unwrap_or_default()
    }

    /// The value of an attribute without prefix.
    pub fn attribute(self, name: &str) -> Option<&'a str> {
        let named = |attribute: &&Attribute<'_>| attribute.name == name && attribute.namespace == NO_NAMESPACE;
        self.attributes().iter().find(named).map(|attribute| attribute.value.as_ref())
    }

    /// The namespaces that it declares, in the order of the text.
    pub fn declarations(self) -> &'a [Declaration<'a>] {
        let end = self.next().map_or(self.tree.declarations.len(), |next| next.element.first_declaration as usize);
        self.tree.declarations.get(self.element.first_declaration as usize..end).unwrap_or_default()
    }

    /// The elements directly within.
    pub fn children(self) -> impl Iterator<Item = Self> + use<'a> {
        let within = move |place: u32| (place < self.element.after).then(|| self.tree.element(place)).flatten();
        std::iter::successors(within(self.place + 1), move |child| within(child.element.after))
    }

    /// Where it stands in the text.
    pub fn range(self) -> Range<usize> {
        self.element.start as usize..self.element.end as usize
    }

    /// It as it stands in the text.
    pub fn raw(self) -> &'a str {
        self.tree.text.get(self.range()).unwrap_or_default()
    }

    /// The element whose start tag follows.
    fn next(self) -> Option<Self> {
        self.tree.element(self.place + 1)
    }
}

impl Attribute<'_> {
    /// The declaration of its namespace; one without prefix has none.
    pub fn namespace(&self) -> Option<usize> {
        (self.namespace != NO_NAMESPACE).then_some(self.namespace as usize)
    }

    /// It as it stands in a text, the one it was read from.
    pub fn raw<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
