//! What the reading of every element has in common: names without prefix, attributes known and unknown, what is kept.
//!
//! An element belongs to BPMN when its namespace is that of the outermost element, none at all, or one of the Object
//! Management Group; everything else is foreign. Comments and processing instructions are dropped.

use std::collections::BTreeMap;

use super::limits::{DEEPEST, MOST_PROBLEMS};
use super::tree::Base;
use super::xml::{Attribute, Tree, Xml};
use super::{Kept, Problem};

/// Attributes of the outermost element that say nothing to a reader of the report.
const UNTOLD: &[&str] = &["targetNamespace", "expressionLanguage", "typeLanguage", "schemaLocation"];

/// Whose names stand in a namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Namespace {
    /// Those of the Object Management Group, of any version of BPMN.
    Standard,
    /// Those of the outermost element, where they are not the standard's.
    Model,
    /// All others.
    Foreign,
}

/// What each declaration of a namespace declares.
pub(super) fn namespaces(tree: &Tree<'_>, root: Xml<'_>) -> Vec<Namespace> {
    let all = tree.declarations();
    let model = root.namespace().and_then(|place| all.get(place)).map(|model| &model.uri);
    let namespace = |uri| match model {
        _ if is_of_omg(uri) => Namespace::Standard,
        Some(model) if model == uri => Namespace::Model,
        _ => Namespace::Foreign,
    };
    all.iter().map(|declaration| namespace(&declaration.uri)).collect()
}

/// Reads elements and remembers what it did not understand.
pub(super) struct Reader<'a> {
    text: &'a str,
    /// What each declaration of a namespace in the file declares.
    namespaces: &'a [Namespace],
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
    /// A reader of a text, with what its declarations of namespaces declare.
    pub(super) fn new(text: &'a str, namespaces: &'a [Namespace]) -> Self {
        Self {
            text,
            namespaces,
            line: (0, 1),
            depth: (0, 0),
            kept: BTreeMap::new(),
            problems: Vec::new(),
            more_problems: 0,
        }
    }

    /// Child elements, each with its name without prefix; the name is empty where it is foreign.
    pub(super) fn children(&self, node: Xml<'a>) -> impl Iterator<Item = (&'a str, Xml<'a>)> + use<'a> {
        let namespaces = self.namespaces;
        let is_foreign = move |place: usize| namespaces.get(place) == Some(&Namespace::Foreign);
        node.children()
            .map(move |child| (if child.namespace().is_some_and(is_foreign) { "" } else { child.name() }, child))
    }

    /// Id, name, place and unknown attributes of an element; `known` are the attributes that its reader uses beside id
    /// and name.
    pub(super) fn base(&mut self, node: Xml<'a>, known: &[&str]) -> Base {
        let mut base = Base { line: self.line_of(node), ..Base::default() };
        for attribute in node.attributes() {
            let is_standard = |place: usize| self.namespaces.get(place) == Some(&Namespace::Standard);
            let name = if attribute.namespace().is_none_or(is_standard) { attribute.name } else { "" };
            match name {
                "id" => attribute.value.trim().clone_into(&mut base.id),
                "name" => attribute.value.trim().clone_into(&mut base.name),
                _ if known.contains(&name) => {}
                _ => self.keep_attribute(&mut base, attribute),
            }
        }
        keep_namespaces(&mut base, node);
        base
    }

    fn keep_attribute(&mut self, base: &mut Base, attribute: &Attribute<'a>) {
        if !base.kept.is_empty() {
            base.kept.push(' ');
        }
        let raw = attribute.raw(self.text);
        base.kept.push_str(raw);
        if !UNTOLD.contains(&attribute.name) {
            self.count(raw.split('=').next().unwrap_or_default().trim_end(), true);
        }
    }

    /// A child that the reader of its parent does not use: documentation is added, all else is kept as it stands.
    pub(super) fn rest(&mut self, base: &mut Base, name: &str, child: Xml<'a>) {
        if name == "documentation" && child.attributes().iter().all(|attribute| attribute.name == "id") {
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
    pub(super) fn keep(&self, base: &mut Base, child: Xml<'a>) {
        if !base.kept.is_empty() {
            base.kept.push('\n');
        }
        base.kept.push_str(child.raw());
    }

    /// Counts an element as not understood: by its name, foreign ones with their prefix.
    pub(super) fn count_element(&mut self, name: &str, node: Xml<'a>) {
        let full = || {
            let tag = node.raw().trim_start_matches('<');
            tag.split(|c: char| c.is_whitespace() || c == '/' || c == '>').next().unwrap_or_default()
        };
        let name = if name.is_empty() { full() } else { name };
        self.count(name, false);
    }

    fn count(&mut self, name: &str, is_attribute: bool) {
        *self.kept.entry((name.to_owned(), is_attribute)).or_default() += 1;
    }

    /// The line in which an element begins, the first one 1. Elements are asked for in the order of the text.
    pub(super) fn line_of(&mut self, node: Xml<'a>) -> usize {
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

/// Adds the namespaces that an element declares anew.
fn keep_namespaces(base: &mut Base, node: Xml<'_>) {
    for namespace in node.declarations().iter().filter(|namespace| namespace.is_new && namespace.prefix != "xml") {
        if !base.kept.is_empty() {
            base.kept.push(' ');
        }
        let uri = namespace.uri.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        let colon = if namespace.prefix.is_empty() { "" } else { ":" };
        base.kept.push_str(&format!("xmlns{colon}{}=\"{uri}\"", namespace.prefix));
    }
}

/// The text within an element, without spaces around.
pub(super) fn text_of(node: Xml<'_>) -> String {
    node.text().to_owned()
}

/// The value of an attribute without prefix, empty where it is missing.
pub(super) fn attribute<'a>(node: Xml<'a>, name: &str) -> &'a str {
    node.attribute(name).unwrap_or_default().trim()
}

/// Whether an attribute says yes; none where it is missing or says neither.
pub(super) fn flag(node: Xml<'_>, name: &str) -> Option<bool> {
    match attribute(node, name) {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}
