//! Looks over XML text before it is parsed: size, attributes and namespaces within the limits.
//!
//! The parser reads without recursion, but keeps room for every `<` and `=` from the start, compares the attributes of an
//! element pair by pair, and copies the namespaces in scope for each element that declares one; those are the costs that
//! are bounded here. An ordinary text passes by its counts alone; only one with a very long tag, or with namespaces
//! declared below the outermost element, is looked at tag by tag. Where the text is no well-formed XML, the parser says so
//! better: this pass then stops.

use super::BpmnError;
use super::limits::{MOST_ATTRIBUTES, MOST_ATTRIBUTES_OF_ELEMENT, MOST_NAMESPACE_WORK, MOST_TAGS};

/// An element with more than the most attributes has more bytes than twice this without a `<`.
const BLOCK: usize = MOST_ATTRIBUTES_OF_ELEMENT * 2;

/// Refuses a text that would cost too much; else gives the places of the tags below the outermost that declare
/// namespaces, in order.
pub(super) fn look_over(text: &str) -> Result<Vec<usize>, BpmnError> {
    let count = |bytes: &[u8], wanted: u8| bytes.iter().filter(|byte| **byte == wanted).count();
    let (mut tags, mut attributes, mut has_long_tag) = (0, 0, false);
    for block in text.as_bytes().chunks(BLOCK) {
        let (starts, equals) = (count(block, b'<'), count(block, b'='));
        tags += starts;
        attributes += equals;
        has_long_tag |= starts == 0 && equals > 0;
    }
    if tags > MOST_TAGS {
        return Err(BpmnError::TooLarge { what: "tags", limit: MOST_TAGS });
    }
    if attributes > MOST_ATTRIBUTES {
        return Err(BpmnError::TooLarge { what: "attributes", limit: MOST_ATTRIBUTES });
    }
    if has_long_tag || declares_within(text) { look_at_tags(text) } else { Ok(Vec::new()) }
}

/// Whether there may be a declaration of a namespace behind the first start tag.
fn declares_within(text: &str) -> bool {
    let is_name = |byte: &u8| byte.is_ascii_alphabetic() || *byte == b'_' || !byte.is_ascii();
    let first = text.match_indices('<').find(|(at, _)| text.as_bytes().get(at + 1).is_some_and(is_name));
    let rest = first.and_then(|(at, _)| text.get(at + 1..)).unwrap_or_default();
    // The first tag ends before the next one begins.
    rest.find('<').and_then(|next| rest.get(next..)).is_some_and(|rest| rest.contains("xmlns"))
}

fn look_at_tags(text: &str) -> Result<Vec<usize>, BpmnError> {
    let mut scan = Scan { scopes: vec![0], work: 0, inner: Vec::new() };
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        let at = rest.get(start..).unwrap_or_default();
        match scan.markup(at, text.len() - at.len())? {
            Some(length) => rest = at.get(length..).unwrap_or_default(),
            None => break,
        }
    }
    Ok(scan.inner)
}

struct Scan {
    /// For each open element, how many namespaces are in scope.
    scopes: Vec<usize>,
    /// What the declarations of namespaces have cost so far.
    work: usize,
    /// Places of the tags of elements within others that declare namespaces.
    inner: Vec<usize>,
}

impl Scan {
    /// Reads what begins with a `<`; gives its length, or none where the text is broken.
    fn markup(&mut self, at: &str, place: usize) -> Result<Option<usize>, BpmnError> {
        let until =
            |end: &str, from: usize| at.get(from..).and_then(|rest| rest.find(end)).map(|n| from + n + end.len());
        let bytes = at.as_bytes();
        match bytes.get(1) {
            Some(b'!') if at.starts_with("<!--") => Ok(until("-->", 4)),
            Some(b'!') if at.starts_with("<![CDATA[") => Ok(until("]]>", 9)),
            Some(b'?') => Ok(until("?>", 2)),
            Some(b'/') => {
                self.scopes.pop();
                Ok(until(">", 2).filter(|_| !self.scopes.is_empty()))
            }
            Some(b'!') | None => Ok(None),
            Some(_) => self.start_tag(bytes, place),
        }
    }

    fn start_tag(&mut self, bytes: &[u8], start: usize) -> Result<Option<usize>, BpmnError> {
        let (mut quote, mut attributes, mut declared, mut word) = (None, 0_usize, 0_usize, 0);
        let mut length = None;
        for (place, byte) in bytes.iter().enumerate() {
            match (quote, byte) {
                (Some(open), _) if open == *byte => quote = None,
                (Some(_), _) => {}
                (None, b'"' | b'\'') => quote = Some(*byte),
                (None, b'=') => {
                    attributes += 1;
                    declared += usize::from(bytes.get(word..).is_some_and(|name| name.starts_with(b"xmlns")));
                }
                (None, b' ' | b'\t' | b'\r' | b'\n') if bytes.get(place + 1) != Some(&b'=') => word = place + 1,
                (None, b'>') => {
                    length = Some(place + 1);
                    break;
                }
                _ => {}
            }
        }
        if attributes > MOST_ATTRIBUTES_OF_ELEMENT {
            return Err(BpmnError::TooLarge { what: "attributes of one element", limit: MOST_ATTRIBUTES_OF_ELEMENT });
        }
        let Some(length) = length else { return Ok(None) };
        let scope = self.scopes.last().copied().unwrap_or(0) + declared;
        if declared > 0 {
            if self.scopes.len() > 1 {
                self.inner.push(start);
            }
            self.work = self.work.saturating_add(scope.saturating_mul(scope));
        }
        if self.work > MOST_NAMESPACE_WORK {
            return Err(BpmnError::TooManyNamespaces);
        }
        if bytes.get(length.saturating_sub(2)) != Some(&b'/') {
            self.scopes.push(scope);
        }
        Ok(Some(length))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> &'static str {
        match look_over(text) {
            Err(BpmnError::TooLarge { what, .. }) => what,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn ordinary_text_passes() {
        let text = "<?xml version='1.0'?><!-- <a><b --><a x='>' y=\"<'\"><b/><![CDATA[<c><c>]]></a>";
        assert_eq!(look_over(text), Ok(vec![]));
        assert_eq!(look_over("<a><b></a></b></c></c>"), Ok(vec![]), "the parser tells what is wrong");
        assert_eq!(look_over("<a b='"), Ok(vec![]));
    }

    #[test]
    fn tags_that_declare_namespaces_are_found() {
        let text = "<a xmlns='u'><!-- xmlns=\"\" --><b c='xmlns='/><d xmlns:e='u'/></a>";
        assert_eq!(look_over(text), Ok(vec![text.find("<d").unwrap()]));
    }

    #[test]
    fn what_costs_too_much_is_refused() {
        assert_eq!(refused(&"<".repeat(MOST_TAGS + 1)), "tags");
        assert_eq!(refused(&"=".repeat(MOST_ATTRIBUTES + 1)), "attributes");
        let attributes: String = (0..=MOST_ATTRIBUTES_OF_ELEMENT).map(|n| format!(" a{n}=''")).collect();
        assert_eq!(refused(&format!("<a{attributes}/>")), "attributes of one element");
        let declared: String = (0..400).map(|n| format!(" xmlns:a{n} = 'u'")).collect();
        let nested = format!("<a{declared}>").repeat(40);
        assert_eq!(look_over(&nested), Err(BpmnError::TooManyNamespaces));
    }
}
