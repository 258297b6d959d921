//! Edit distance of texts, many times in a row.
//!
//! Texts up to 128 letters use the bit-parallel algorithm (G. Myers, A fast bit-vector algorithm for approximate
//! string matching based on dynamic programming, 1999, in the form of H. Hyyrö, 2003, for whole texts); longer ones the
//! table of `strsim`. Both give the same number.

use rustc_hash::FxHashMap;

/// Longest text of the bit-parallel algorithm, in letters.
const WORD: usize = 128;

/// Letters as small numbers, the same for all texts of one comparison.
#[derive(Debug, Default)]
pub(super) struct Alphabet {
    codes: FxHashMap<char, u32>,
}

impl Alphabet {
    /// The text in codes.
    pub(super) fn encode(&mut self, text: &str) -> Vec<u32> {
        let codes = &mut self.codes;
        let mut code_of = |letter| {
            let next = codes.len() as u32;
            *codes.entry(letter).or_insert(next)
        };
        text.chars().map(&mut code_of).collect()
    }

    /// Number of different letters so far.
    pub(super) fn len(&self) -> usize {
        self.codes.len()
    }
}

/// One text, prepared to be compared with many.
pub(super) struct Matcher {
    /// For each letter the places where the text has it; letters that it lacks are zero.
    places: Vec<u128>,
    text: Vec<u32>,
}

impl Matcher {
    /// A matcher for texts of an alphabet with `letters` letters.
    pub(super) fn new(letters: usize) -> Self {
        Self { places: vec![0; letters], text: Vec::new() }
    }

    /// Takes another text to compare with.
    pub(super) fn set(&mut self, text: &[u32]) {
        for code in &self.text {
            if let Some(place) = self.places.get_mut(*code as usize) {
                *place = 0;
            }
        }
        self.text.clear();
        self.text.extend_from_slice(text);
        if text.len() <= WORD {
            for (index, code) in text.iter().enumerate() {
                if let Some(place) = self.places.get_mut(*code as usize) {
                    *place |= 1 << index;
                }
            }
        }
    }

    /// Fewest insertions, removals and replacements that turn one text into the other, or none if above `most`.
    pub(super) fn distance(&self, other: &[u32], most: usize) -> Option<u32> {
        let found = match self.text.len() {
            0 => other.len(),
            1..=64 => self.narrow(other, most)?,
            65..=WORD => self.wide(other, most)?,
            _ => strsim::generic_levenshtein(&self.text, &other.to_vec()),
        };
        (found <= most).then_some(found as u32)
    }
}

macro_rules! bit_parallel {
    ($name:ident, $Bits:ty) => {
        fn $name(&self, other: &[u32], most: usize) -> Option<usize> {
            let last: $Bits = 1 << (self.text.len() - 1);
            let (mut up, mut down): ($Bits, $Bits) = (!0, 0);
            let mut distance = self.text.len();
            for (index, code) in other.iter().enumerate() {
                let equal = self.places.get(*code as usize).copied().unwrap_or(0) as $Bits;
                let diagonal = (((equal & up).wrapping_add(up)) ^ up) | equal | down;
                let (rise, fall) = (down | !(diagonal | up), up & diagonal);
                if rise & last != 0 {
                    distance += 1;
                } else if fall & last != 0 {
                    distance -= 1;
                }
                // Each letter still to come lowers the last row by one at most.
                if distance > most + (other.len() - 1 - index) {
                    return None;
                }
                let (rise, fall) = ((rise << 1) | 1, fall << 1);
                up = fall | !(diagonal | rise);
                down = rise & diagonal;
            }
            Some(distance)
        }
    };
}

impl Matcher {
    bit_parallel!(narrow, u64);
    bit_parallel!(wide, u128);
}

/// Edit distance of two texts and the length of the longer one, in letters.
pub(super) fn distance(a: &str, b: &str) -> (u32, u32) {
    let mut alphabet = Alphabet::default();
    let (a, b) = (alphabet.encode(a), alphabet.encode(b));
    let longer = a.len().max(b.len());
    let mut matcher = Matcher::new(alphabet.len());
    matcher.set(&a);
    let edits = matcher.distance(&b, longer).unwrap_or(longer as u32);
    (edits, longer as u32)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn known_distances() {
        for (a, b, expected) in [("kitten", "sitting", 3), ("", "abc", 3), ("abc", "", 3), ("größe", "grösse", 2)] {
            assert_eq!(distance(a, b).0, expected, "{a}, {b}");
        }
    }

    proptest! {
        #[test]
        fn the_bits_agree_with_the_table(a in "[a-d ]{0,140}", b in "[a-d ]{0,140}", most in 0_usize..140) {
            let expected = strsim::levenshtein(&a, &b);
            prop_assert_eq!(distance(&a, &b).0 as usize, expected);
            let mut alphabet = Alphabet::default();
            let (a, b) = (alphabet.encode(&a), alphabet.encode(&b));
            let mut matcher = Matcher::new(alphabet.len());
            matcher.set(&b);
            matcher.set(&a);
            let bounded = matcher.distance(&b, most);
            prop_assert_eq!(bounded, (expected <= most).then_some(expected as u32));
        }
    }
}
