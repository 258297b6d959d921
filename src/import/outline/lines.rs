//! Lines of a text with their depth, without the marks of lists.
//!
//! A mark is a dash, star, bullet, box to tick, number or single letter as word processors and mail write them, with a
//! space behind it. `1.2` counts as one level deeper than `1`. Limits keep hostile text from taking all time.

/// The most characters of a text that are read.
pub const MOST_CHARACTERS: usize = 40_000;
/// The most lines of a text that are read.
pub const MOST_LINES: usize = 500;

/// Width of a tabulator, in spaces.
const TAB: usize = 4;
/// The deepest that counts: deeper lines are as deep as this.
const DEEPEST: usize = 400;
/// Words before the number of a step: `Step 3: bake`.
const NUMBERED: [&str; 6] = ["step", "schritt", "étape", "etape", "paso", "nr."];

/// A line with text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// How far it is indented, in spaces.
    pub depth: usize,
    /// Its text, without its mark and without spaces around.
    pub text: &'a str,
}

/// The lines of a text that are not empty, and whether some were left out because there are too many.
pub fn lines(text: &str) -> (Vec<Line<'_>>, bool) {
    let end = text.char_indices().nth(MOST_CHARACTERS).map_or(text.len(), |(at, _)| at);
    let read = text.get(..end).unwrap_or(text);
    let mut lines = read.lines().filter_map(line);
    let kept: Vec<Line<'_>> = lines.by_ref().take(MOST_LINES).collect();
    let is_cut = end < text.len() || lines.next().is_some();
    (kept, is_cut)
}

fn line(line: &str) -> Option<Line<'_>> {
    let width = |c: char| if c == '\t' { TAB } else { 1 };
    let indent: usize = line.chars().take_while(|c| c.is_whitespace()).map(width).sum();
    let (levels, text) = without_mark(line.trim());
    let depth = (indent + levels * TAB).min(DEEPEST);
    (!text.is_empty()).then_some(Line { depth, text })
}

/// The text behind the mark of a list, and how many levels deeper the number says that it is.
fn without_mark(text: &str) -> (usize, &str) {
    let text = behind_bullet(text);
    let text = behind_box(text);
    behind_number(text).or_else(|| behind_word_and_number(text)).unwrap_or((0, text))
}

fn behind_bullet(text: &str) -> &str {
    let Some(rest) = text.strip_prefix(['-', '*', '•', '–', '—', '·', '◦', '▪', '‣', '●', '○', '+'])
    else {
        return text;
    };
    if rest.starts_with(char::is_whitespace) || text.starts_with('•') { rest.trim_start() } else { text }
}

fn behind_box(text: &str) -> &str {
    let boxes = ["[ ]", "[x]", "[X]", "☐", "☑", "☒", "✓", "✔"];
    boxes.iter().find_map(|mark| text.strip_prefix(mark)).map_or(text, str::trim_start)
}

/// `3.`, `3)`, `(3)`, `1.2`, `1.2.`, `a)`: the number and a space behind it.
fn behind_number(text: &str) -> Option<(usize, &str)> {
    let inner = text.strip_prefix('(').unwrap_or(text);
    let in_parentheses = inner.len() < text.len();
    let length = inner.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(inner.len());
    let (number, rest) = inner.split_at_checked(length)?;
    let parts = number.split('.').filter(|part| !part.is_empty()).count();
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        let letter = inner.get(..1).filter(|letter| letter.chars().all(|c| c.is_ascii_alphabetic()))?;
        let rest = inner.strip_prefix(letter)?.strip_prefix(')').filter(|_| !in_parentheses)?;
        return rest.starts_with(char::is_whitespace).then(|| (0, rest.trim_start()));
    }
    let rest = match in_parentheses {
        true => rest.strip_prefix(')')?,
        // `1.5 kg` is an amount, `1.5 Knead` a place in a list.
        false => rest.strip_prefix([')', ':']).or_else(|| {
            let is_title = rest.trim_start().chars().next().is_some_and(char::is_uppercase);
            (number.ends_with('.') || (number.contains('.') && is_title)).then_some(rest)
        })?,
    };
    let is_mark = rest.is_empty() || rest.starts_with(char::is_whitespace);
    is_mark.then(|| (parts.saturating_sub(1).min(9), rest.trim_start()))
}

/// `Step 3: bake`.
fn behind_word_and_number(text: &str) -> Option<(usize, &str)> {
    let (word, rest) = text.split_once(char::is_whitespace)?;
    if !NUMBERED.contains(&word.to_lowercase().as_str()) {
        return None;
    }
    let digits = rest.find(|c: char| !c.is_ascii_digit())?;
    let behind = rest.get(digits..).filter(|_| digits > 0)?.strip_prefix([':', '.', ')', '-'])?;
    behind.starts_with(char::is_whitespace).then(|| (0, behind.trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(usize, &str)> {
        lines(text).0.into_iter().map(|line| (line.depth, line.text)).collect()
    }

    #[test]
    fn marks_of_lists_are_taken_off() {
        for marked in [
            "- Bake",
            "* Bake",
            "• Bake",
            "•Bake",
            "– Bake",
            "1. Bake",
            "2) Bake",
            "(3) Bake",
            "a) Bake",
            "[ ] Bake",
            "- [x] Bake",
            "☐ Bake",
            "Step 4: Bake",
            "Schritt 2. Bake",
            "12: Bake",
            "+ Bake",
        ] {
            assert_eq!(read(marked), [(0, "Bake")], "{marked}");
        }
        for plain in
            ["-> Bake", "3 loaves", "10:30 bake", "B2 form", "(yes) bake", "1.5 kg flour", "-5 degrees", "a bake"]
        {
            assert_eq!(read(plain), [(0, plain)]);
        }
    }

    #[test]
    fn depth_comes_from_spaces_tabs_and_numbers() {
        assert_eq!(
            read("Shops\n  North\n\tSouth\n\n    - East"),
            [(0, "Shops"), (2, "North"), (4, "South"), (4, "East")]
        );
        assert_eq!(
            read("1. Bake\n1.1 Knead\n1.1.2. Fold\n2. Sell"),
            [(0, "Bake"), (4, "Knead"), (8, "Fold"), (0, "Sell")]
        );
    }

    #[test]
    fn too_much_is_cut_and_said() {
        let long = "Bake\n".repeat(MOST_LINES + 1);
        let (kept, is_cut) = lines(&long);
        assert_eq!((kept.len(), is_cut), (MOST_LINES, true));
        assert!(lines(&"ä".repeat(MOST_CHARACTERS + 1)).1);
        assert_eq!(lines("\n \n"), (Vec::new(), false));
    }
}
