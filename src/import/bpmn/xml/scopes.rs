//! What prefixes stand for, element by element.

use rustc_hash::FxHashMap;

use super::NO_NAMESPACE;

/// The declarations in scope. Looking one up takes the same time however many there are.
pub(super) struct Scopes<'a> {
    /// For each prefix the declarations of the open elements, the innermost last.
    known: FxHashMap<&'a str, Vec<u32>>,
    /// Prefixes in the order of their declarations.
    declared: Vec<&'a str>,
}

impl<'a> Scopes<'a> {
    /// Nothing but the prefix that needs no declaration, which stands for the one at this place.
    pub fn new(xml: u32) -> Self {
        let known = [("xml", vec![xml])].into_iter().collect();
        Self { known, declared: Vec::new() }
    }

    /// Lets a prefix stand for a declaration, or for nothing, until the scope is left.
    pub fn declare(&mut self, prefix: &'a str, declaration: u32) {
        self.known.entry(prefix).or_default().push(declaration);
        self.declared.push(prefix);
    }

    /// The declaration that a prefix stands for, [`NO_NAMESPACE`] where names without prefix have none; none at all
    /// where the prefix is not declared.
    pub fn resolve(&self, prefix: &str) -> Option<u32> {
        let innermost = self.known.get(prefix).and_then(|declarations| declarations.last().copied());
        match innermost {
            None if prefix.is_empty() => Some(NO_NAMESPACE),
            Some(NO_NAMESPACE) if !prefix.is_empty() => None,
            found => found,
        }
    }

    /// How many declarations are in scope; with it a scope can be left.
    pub fn depth(&self) -> usize {
        self.declared.len()
    }

    /// Takes back all declarations beyond a depth.
    pub fn leave(&mut self, depth: usize) {
        for prefix in self.declared.drain(depth.min(self.declared.len())..) {
            if let Some(declarations) = self.known.get_mut(prefix) {
                declarations.pop();
            }
        }
    }
}
