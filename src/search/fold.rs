//! Letters as a query compares them: without case and accents. And the way back to the letters as they were written.

use std::ops::Range;

/// Letters with a mark and what they are without it.
const PLAIN: &[(&str, &str)] = &[
    ("àáâãåāăąǎ", "a"),
    ("çćčĉċ", "c"),
    ("ďđ", "d"),
    ("èéêëēĕėęě", "e"),
    ("ğĝġģ", "g"),
    ("ìíîïīĭįı", "i"),
    ("łĺļľ", "l"),
    ("ñńņň", "n"),
    ("òóôõøōŏő", "o"),
    ("ŕřŗ", "r"),
    ("śšşșŝ", "s"),
    ("ťţțŧ", "t"),
    ("ùúûūŭůűų", "u"),
    ("ýÿŷ", "y"),
    ("źżž", "z"),
    ("äæ", "ae"),
    ("öœ", "oe"),
    ("ü", "ue"),
    ("ß", "ss"),
];

/// A text without case and accents.
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|letter| push(&mut out, letter));
    out
}

fn push(out: &mut String, letter: char) {
    if letter.is_ascii() {
        out.push(letter.to_ascii_lowercase());
        return;
    }
    // Marks that stand by themselves behind their letter.
    if ('\u{300}'..='\u{36f}').contains(&letter) {
        return;
    }
    for lower in letter.to_lowercase() {
        match PLAIN.iter().find(|(marked, _)| marked.contains(lower)) {
            Some((_, plain)) => out.push_str(plain),
            None => out.push(lower),
        }
    }
}

/// The ranges of a text that ranges of its folded form stand for.
pub fn unfolded(text: &str, ranges: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut starts: Vec<(usize, usize)> = Vec::with_capacity(text.len() + 1);
    let mut out = String::with_capacity(text.len());
    for (at, letter) in text.char_indices() {
        starts.push((out.len(), at));
        push(&mut out, letter);
    }
    starts.push((out.len(), text.len()));
    // The last letter that begins at or before a place, and the first one that begins at or behind it.
    let begin = |place: usize| starts.iter().rev().find(|(folded, _)| *folded <= place).map_or(0, |(_, at)| *at);
    let end = |place: usize| starts.iter().find(|(folded, _)| *folded >= place).map_or(text.len(), |(_, at)| *at);
    ranges.iter().map(|range| begin(range.start)..end(range.end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_accents_do_not_count() {
        assert_eq!(folded("Crème BRÛLÉE"), "creme brulee");
        assert_eq!(folded("Größe Łódź"), "groesse lodz");
        assert_eq!(folded("e\u{301}"), "e");
        assert_eq!(folded("Ωμέγα 受注"), "ωμέγα 受注");
    }

    #[test]
    fn ranges_lead_back_to_the_letters_as_written() {
        let text = "Die Größe";
        let folded = folded(text);
        let at = folded.find("groesse").unwrap();
        let back = unfolded(text, std::slice::from_ref(&(at..at + 7)));
        assert_eq!(&text[back[0].clone()], "Größe");
        let inner = unfolded(text, std::slice::from_ref(&(at + 3..at + 4)));
        assert_eq!(&text[inner[0].clone()], "ö", "half of a letter marks the whole");
    }
}
