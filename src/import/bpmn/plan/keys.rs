//! Keys of imported elements: the name of the file and the id within it, so that a second import finds them again.

use std::hash::Hasher as _;

use rustc_hash::{FxHashSet, FxHasher};

use crate::edit::Target;
use crate::model::{Document, Element, Key, TableId as _};

/// Longest part of a key that comes from the name of the file, in bytes.
const LONGEST_STEM: usize = 28;
/// Longest part that comes from an id, in bytes.
const LONGEST_ID: usize = 44;
/// How many keys are tried for an element before it gets one made of its name.
const TRIES: usize = 8;

/// Keys of the elements of one file.
pub(in crate::import::bpmn) struct Keys {
    stem: String,
    /// How many elements without an id there were.
    nameless: usize,
    used: FxHashSet<String>,
}

impl Keys {
    /// Keys for a file of this name; its extensions do not count.
    pub(in crate::import::bpmn) fn of_file(name: &str) -> Self {
        let bare = name.split(['/', '\\']).next_back().unwrap_or(name);
        let bare = ["xml", "bpmn20", "bpmn2", "bpmn"].iter().fold(bare, |bare, extension| {
            bare.strip_suffix(extension).and_then(|bare| bare.strip_suffix('.')).unwrap_or(bare)
        });
        // Spaces and the like are common in names of files.
        let plain: String = bare.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' }).collect();
        let stem = fitted(&plain, LONGEST_STEM);
        Self { stem: if stem.is_empty() { "import".to_owned() } else { stem }, nameless: 0, used: FxHashSet::default() }
    }

    /// The name of the file as it stands in keys.
    pub(super) fn stem(&self) -> &str {
        &self.stem
    }

    /// Whether a key was made for an element of a file of this name.
    pub(in crate::import::bpmn) fn is_of_file(&self, key: &Key) -> bool {
        key.as_str().strip_prefix(self.stem.as_str()).is_some_and(|rest| rest.starts_with('.'))
    }

    /// Which element of a document an id of the file means; a new one with a key for it where there is none.
    pub(super) fn target<E: Element>(&mut self, document: &Document, id: &str) -> Target<E::Id> {
        let own = if id.is_empty() {
            self.nameless += 1;
            format!("{}-{}", E::KIND.word(), self.nameless)
        } else {
            fitted(id, LONGEST_ID)
        };
        // An id may have stood for something of another kind before, or look like a made one.
        let mut text = format!("{}.{own}", self.stem);
        for _ in 0..TRIES {
            let holder = document.by_key(&text);
            let is_usable = holder.is_none_or(|element| element.kind() == E::KIND);
            if is_usable && self.used.insert(text.clone()) {
                return match holder {
                    Some(element) => Target::Existing(E::Id::from_index(element.index())),
                    None => Target::New(Key::new(&text).unwrap_or_default()),
                };
            }
            text.push('_');
        }
        Target::New(Key::unset())
    }
}

/// A text of letters, digits, `-` and `_`, cut to a length. What is replaced or cut off leaves a trace, so that texts that
/// differ stay different.
fn fitted(text: &str, longest: usize) -> String {
    let allowed = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    if text.len() <= longest && text.chars().all(allowed) {
        return text.to_owned();
    }
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    let trace = hasher.finish();
    let mut fitted = String::new();
    for c in text.chars().filter(|c| allowed(*c)) {
        if fitted.len() + c.len_utf8() + 9 > longest {
            break;
        }
        fitted.push(c);
    }
    format!("{fitted}-{:08x}", (trace ^ (trace >> 32)) & 0xffff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Role, Step, Unit};

    fn key<E: Element>(keys: &mut Keys, document: &Document, id: &str) -> String {
        match keys.target::<E>(document, id) {
            Target::New(key) => key.to_string(),
            Target::Existing(_) => "known".to_owned(),
        }
    }

    #[test]
    fn keys_name_the_file_and_the_id() {
        let document = Document::default();
        let mut keys = Keys::of_file("C:\\flows\\Order 7.bpmn20.xml");
        assert_eq!(key::<Step>(&mut keys, &document, "Task_1"), "Order-7.Task_1");
        assert_eq!(key::<Step>(&mut keys, &document, ""), "Order-7.step-1");
        assert!(key::<Step>(&mut keys, &document, "{a:b}").starts_with("Order-7.ab-"));
        assert_ne!(fitted("a:b", 40), fitted("a;b", 40));
        let long = key::<Step>(&mut keys, &document, &"x".repeat(500));
        assert!(long.len() <= 80 && long != key::<Step>(&mut keys, &document, &"x".repeat(501)), "{long}");
        assert_eq!(Keys::of_file("-").stem(), "-");
        assert_eq!(Keys::of_file("").stem(), "import");
    }

    #[test]
    fn what_is_there_is_found_again_unless_it_is_of_another_kind() {
        let mut document = Document::default();
        document.insert(Unit { key: Key::new("a.x").unwrap(), ..Unit::new("X") });
        let mut keys = Keys::of_file("a.bpmn");
        assert_eq!(key::<Role>(&mut keys, &document, "x"), "a.x_");
        assert_eq!(key::<Unit>(&mut keys, &document, "x"), "known");
        assert_eq!(key::<Unit>(&mut keys, &document, "x"), "a.x__", "only once");
    }
}
