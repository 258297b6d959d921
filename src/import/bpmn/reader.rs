//! What the reading of every element has in common: names without prefix, attributes known and unknown, what is kept.
//!
//! An element belongs to BPMN when its namespace is that of the outermost element, none at all, or one of the Object
//! Management Group; everything else is foreign. Comments and processing instructions are dropped.

use std::collections::BTreeMap;

use roxmltree::{Attribute, Node as Xml};

use super::limits::{DEEPEST, MOST_PROBLEMS};
use super::tree::Base;
use super::{Kept, Problem};

/// Attributes of the outermost element that say nothing to a reader of the report.
const UNTOLD: &[&str] = &["targetNamespace", "expressionLanguage", "typeLanguage", "schemaLocation"];

/// Reads elements and remembers what it did not understand.
pub(super) struct Reader<'a> {
    text: &'a str,
    /// Namespace of the outermost element.
    model: Option<&'a str>,
    /// Places of the tags below the outermost that declare namespaces, in order.
    inner_namespaces: Vec<usize>,
    /// A place in the text and the line that it is in.
    line: (usize, usize),
    /// How many sub-processes and lanes are being read, each within the one before, and the most there were.
    depth: (usize, usize),
    /// What was kept without being understood.
    kept: BTreeMap<(String, bool), usize>,
    /// What could not be used, in the order in which it was found.
    problems: Vec<Problem>,
    /// How many more there were.
    more_problems: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, root: Xml<'a, 'a>, inner_namespaces: Vec<usize>) -> Self {
        Self {
            text,
            model: root.tag_name().namespace(),
            inner_namespaces,
            line: (0, 1),
            depth: (0, 0),
            kept: BTreeMap::new(),
            problems: Vec::new(),
            more_problems: 0,
        }
    }

    /// Child elements, each with its name without prefix; the name is empty where it is foreign.
    pub(super) fn children(&self, node: Xml<'a, 'a>) -> impl Iterator<Item = (&'a str, Xml<'a, 'a>)> + use<'a> {
        let model = self.model;
        node.children().filter(Xml::is_element).map(move |child| (name_of(model, child), child))
    }

    /// Id, name, place and unknown attributes of an element; `known` are the attributes that its reader uses beside id
    /// and name.
    pub(super) fn base(&mut self, node: Xml<'a, 'a>, known: &[&str]) -> Base {
        let at = node.range().start;
        let mut base = Base { line: self.line_of(node), ..Base::default() };
        for attribute in node.attributes() {
            let name = if attribute.namespace().is_none_or(is_of_omg) { attribute.name() } else { "" };
            match name {
                "id" => base.id = attribute.value().trim().to_owned(),
                "name" => base.name = attribute.value().trim().to_owned(),
                _ if known.contains(&name) => {}
                _ => self.keep_attribute(&mut base, &attribute),
            }
        }
        if node.parent_element().is_none() || self.inner_namespaces.binary_search(&at).is_ok() {
            keep_namespaces(&mut base, node);
        }
        base
    }

    fn keep_attribute(&mut self, base: &mut Base, attribute: &Attribute<'a, 'a>) {
        if !base.kept.is_empty() {
            base.kept.push(' ');
        }
        base.kept.push_str(self.text.get(attribute.range()).unwrap_or_default());
        if !UNTOLD.contains(&attribute.name()) {
            let name = self.text.get(attribute.range_qname()).unwrap_or_default();
            self.count(name, true);
        }
    }

    /// A child that the reader of its parent does not use: documentation is added, all else is kept as it stands.
    pub(super) fn rest(&mut self, base: &mut Base, name: &str, child: Xml<'a, 'a>) {
        if name == "documentation" && child.attributes().all(|attribute| attribute.name() == "id") {
            let text = text_of(child);
            if !base.documentation.is_empty() && !text.is_empty() {
                base.documentation.push('\n');
            }
            base.documentation.push_str(&text);
            return;
        }
        self.keep(base, child);
        if name == "extensionElements" || name == "extension" {
            for (name, foreign) in self.children(child) {
                self.count_element(name, foreign);
            }
        } else {
            self.count_element(name, child);
        }
    }

    /// Keeps an element as it stands, without counting it.
    pub(super) fn keep(&self, base: &mut Base, child: Xml<'a, 'a>) {
        if !base.kept.is_empty() {
            base.kept.push('\n');
        }
        base.kept.push_str(self.raw(child));
    }

    /// An element as it stands in the file.
    pub(super) fn raw(&self, node: Xml<'a, 'a>) -> &'a str {
        self.text.get(node.range()).unwrap_or_default()
    }

    /// Counts an element as not understood: by its name, foreign ones with their prefix.
    pub(super) fn count_element(&mut self, name: &str, node: Xml<'a, 'a>) {
        let full = || {
            let tag = self.raw(node).trim_start_matches('<');
            tag.split(|c: char| c.is_whitespace() || c == '/' || c == '>').next().unwrap_or_default()
        };
        let name = if name.is_empty() { full() } else { name };
        self.count(name, false);
    }

    fn count(&mut self, name: &str, is_attribute: bool) {
        *self.kept.entry((name.to_owned(), is_attribute)).or_default() += 1;
    }

    /// The line in which an element begins, the first one 1. Elements are asked for in the order of the text.
    pub(super) fn line_of(&mut self, node: Xml<'a, 'a>) -> usize {
        let at = node.range().start;
        let (from, line) = if at < self.line.0 { (0, 1) } else { self.line };
        let between = self.text.as_bytes().get(from..at).unwrap_or_default();
        self.line = (at, line + between.iter().filter(|byte| **byte == b'\n').count());
        self.line.1
    }

    /// Goes into a sub-process or lane; false, and nothing may be read, where that is too deep.
    pub(super) fn enter(&mut self) -> bool {
        self.depth = (self.depth.0 + 1, self.depth.1.max(self.depth.0 + 1));
        self.depth.0 <= DEEPEST
    }

    /// Comes back from one.
    pub(super) fn leave(&mut self) {
        self.depth.0 -= 1;
    }

    /// Whether something was too deep to be read.
    pub(super) fn is_too_deep(&self) -> bool {
        self.depth.1 > DEEPEST
    }

    /// Notes that something could not be used.
    pub(super) fn problem(&mut self, base: &Base, element: &'static str, what: String, consequence: &'static str) {
        if self.problems.len() >= MOST_PROBLEMS {
            self.more_problems += 1;
            return;
        }
        let line = base.line;
        let named = if base.name.is_empty() { &base.id } else { &base.name };
        self.problems.push(Problem { line, element, named: named.clone(), what, consequence });
    }

    /// What was kept, and the problems by line.
    pub(super) fn finish(self) -> (Vec<Kept>, Vec<Problem>, usize) {
        let kept = self.kept.into_iter().map(|((name, is_attribute), count)| Kept { name, is_attribute, count });
        let mut problems = self.problems;
        problems.sort_by_key(|problem| problem.line);
        (kept.collect(), problems, self.more_problems)
    }
}

/// Whether a namespace is one of the standard, of any version.
fn is_of_omg(namespace: &str) -> bool {
    namespace.contains("omg.org/")
        && (namespace.contains("BPMN") || namespace.contains("/DD/") || namespace.contains("bpmn"))
}

/// The name without prefix of an element of BPMN, and an empty one of a foreign element.
fn name_of<'a>(model: Option<&str>, node: Xml<'a, 'a>) -> &'a str {
    let tag = node.tag_name();
    match tag.namespace() {
        Some(namespace) if Some(namespace) != model && !is_of_omg(namespace) => "",
        _ => tag.name(),
    }
}

/// Adds the namespaces that an element declares; all in scope for the outermost one.
fn keep_namespaces<'a>(base: &mut Base, node: Xml<'a, 'a>) {
    let above = node.parent_element();
    for namespace in node.namespaces() {
        let is_known = above.is_some_and(|above| above.lookup_namespace_uri(namespace.name()) == Some(namespace.uri()));
        if is_known || namespace.name() == Some("xml") {
            continue;
        }
        if !base.kept.is_empty() {
            base.kept.push(' ');
        }
        let uri = namespace.uri().replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        match namespace.name() {
            Some(prefix) => base.kept.push_str(&format!("xmlns:{prefix}=\"{uri}\"")),
            None => base.kept.push_str(&format!("xmlns=\"{uri}\"")),
        }
    }
}

/// The text within an element, without spaces around.
pub(super) fn text_of(node: Xml<'_, '_>) -> String {
    let mut texts = node.children().filter(Xml::is_text).filter_map(|text| text.text());
    let first = texts.next().unwrap_or_default();
    let rest: String = texts.collect();
    if rest.is_empty() { first.trim().to_owned() } else { format!("{first}{rest}").trim().to_owned() }
}

/// The value of an attribute without prefix, empty where it is missing.
pub(super) fn attribute<'a>(node: Xml<'a, '_>, name: &str) -> &'a str {
    node.attribute(name).unwrap_or_default().trim()
}

/// Whether an attribute says yes; none where it is missing or says neither.
pub(super) fn flag(node: Xml<'_, '_>, name: &str) -> Option<bool> {
    match attribute(node, name) {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}
