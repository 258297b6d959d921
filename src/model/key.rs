//! Stable text keys, and the index from key to element.
//!
//! A key names an element in files and in references between them; it stays the same when the element is renamed.
//! Invariant: within one document no two elements have the same key.

use std::borrow::Borrow;
use std::fmt;
use std::hash::Hasher as _;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHasher};

use super::ids::ElementRef;

const SHARDS: usize = 256;
const LONGEST_STEM: usize = 32;

/// A short stable text key such as `payroll-7f3a`: lower-case letters, digits and hyphens.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(Arc<str>);

impl Key {
    /// The key with exactly this text, or none if the text is no key.
    ///
    /// A key has 1 to 80 characters out of letters, digits, `-`, `_` and `.`.
    pub fn new(text: &str) -> Option<Self> {
        let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        let fits = !text.is_empty() && text.len() <= 80 && text.chars().all(allowed);
        fits.then(|| Self(text.into()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The key of a record that is not in a document yet; adding it gives it a free one.
    pub fn unset() -> Self {
        Self("".into())
    }

    /// Whether this is [`Key::unset`].
    pub fn is_unset(&self) -> bool {
        self.0.is_empty()
    }

    /// A key made of a name and four hexadecimal digits of `salt`.
    pub(crate) fn made_of(name: &str, salt: u64) -> Self {
        let mut stem = String::new();
        for c in name.chars().flat_map(char::to_lowercase) {
            if c.is_ascii_alphanumeric() {
                stem.push(c);
            } else if !stem.is_empty() && !stem.ends_with('-') {
                stem.push('-');
            }
            if stem.len() >= LONGEST_STEM {
                break;
            }
        }
        let stem = stem.trim_matches('-');
        let stem = if stem.is_empty() { "element" } else { stem };
        Self(format!("{stem}-{:04x}", salt & 0xffff).into())
    }
}

impl Borrow<str> for Key {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl Default for Key {
    fn default() -> Self {
        Self::unset()
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.as_str())
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

pub(crate) fn hash_of(text: &str, number: u64) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.write_u64(number);
    let h = hasher.finish();
    h ^ (h >> 32) ^ (h >> 17)
}

/// From key to element, shared by pointer between versions of a document.
#[derive(Clone, Debug)]
pub(crate) struct KeyIndex {
    shards: Vec<Arc<FxHashMap<Key, ElementRef>>>,
}

impl Default for KeyIndex {
    fn default() -> Self {
        let empty = Arc::new(FxHashMap::default());
        Self { shards: vec![empty; SHARDS] }
    }
}

impl KeyIndex {
    fn shard(text: &str) -> usize {
        hash_of(text, 0) as usize % SHARDS
    }

    pub(crate) fn get(&self, text: &str) -> Option<ElementRef> {
        self.shards.get(Self::shard(text))?.get(text).copied()
    }

    /// Whether it is the same as in another version, by pointer.
    pub(crate) fn is_shared_with(&self, other: &Self) -> bool {
        self.shards.iter().zip(&other.shards).all(|(one, other)| Arc::ptr_eq(one, other))
    }

    /// Registers a key; false, and nothing done, if another element has it.
    pub(crate) fn insert(&mut self, key: &Key, element: ElementRef) -> bool {
        let Some(shard) = self.shards.get_mut(Self::shard(key.as_str())) else { return false };
        if shard.get(key).is_some_and(|holder| *holder != element) {
            return false;
        }
        Arc::make_mut(shard).insert(key.clone(), element);
        true
    }

    pub(crate) fn remove(&mut self, key: &Key) {
        if let Some(shard) = self.shards.get_mut(Self::shard(key.as_str()))
            && shard.contains_key(key)
        {
            Arc::make_mut(shard).remove(key);
        }
    }

    /// A key for a new element, not taken by any other; the same name and number give the same key.
    pub(crate) fn free_key(&self, name: &str, number: u64) -> Key {
        let mut attempt = 0_u64;
        loop {
            let key = Key::made_of(name, hash_of(name, number.wrapping_add(attempt << 32)));
            if self.get(key.as_str()).is_none() {
                return key;
            }
            attempt += 1;
            if attempt > 64 {
                let key = Key(format!("{}{}", Key::made_of(name, attempt), number.wrapping_add(attempt)).into());
                if self.get(key.as_str()).is_none() {
                    return key;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{TableId as _, UnitId};

    #[test]
    fn keys_are_readable_and_refuse_spaces() {
        assert!(Key::made_of("Shop Market Square!", 0x7f3a).as_str().starts_with("shop-market-square-7f3a"));
        assert_eq!(Key::made_of("漢字", 1).as_str(), "element-0001");
        assert_eq!(Key::new("two words"), None);
        assert_eq!(Key::new(""), None);
    }

    #[test]
    fn the_index_refuses_a_second_holder_and_finds_free_keys() {
        let mut index = KeyIndex::default();
        let first = ElementRef::Unit(UnitId::from_index(0));
        let key = index.free_key("Office", 0);
        assert!(index.insert(&key, first));
        assert!(!index.insert(&key, ElementRef::Unit(UnitId::from_index(1))));
        assert_ne!(index.free_key("Office", 0), key);
        index.remove(&key);
        assert_eq!(index.get(key.as_str()), None);
    }
}
