//! Breaking text into lines and cutting it with an ellipsis. Widths in world units.

use super::face::{MeasuredFace, is_combining, is_invisible, is_wide};

/// One line of text as it is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    /// The text, without line ends and without spaces at its end.
    pub text: String,
    /// Its width in world units.
    pub width: f32,
}

const ELLIPSIS: char = '…';

fn measured(face: &MeasuredFace, text: &str, size: f32) -> Line {
    let text = text.trim_end_matches([' ', '\t', '\u{200b}']);
    let mut pen = face.pen();
    for character in text.chars() {
        pen.push(character);
    }
    Line { text: text.replace('\t', " "), width: pen.width() * size }
}

/// See `Measure::wrap`.
pub(super) fn wrap(face: &MeasuredFace, text: &str, size: f32, max_width: f32, max_lines: usize) -> Vec<Line> {
    let mut lines = Vec::new();
    if max_lines == 0 {
        return lines;
    }
    let mut paragraphs = text.split('\n').map(|part| part.strip_suffix('\r').unwrap_or(part));
    let mut next = paragraphs.next();
    while let Some(paragraph) = next {
        next = paragraphs.next();
        let mut rest = paragraph;
        loop {
            let end = line_end(face, rest, size, max_width);
            let (head, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
            let tail = tail.trim_start_matches([' ', '\t', '\u{200b}']);
            if lines.len() + 1 == max_lines && (!tail.is_empty() || next.is_some()) {
                lines.push(cut(face, rest, size, max_width));
                return lines;
            }
            lines.push(measured(face, head, size));
            if tail.is_empty() {
                break;
            }
            rest = tail;
        }
    }
    lines
}

/// See `Measure::ellipsize`.
pub(super) fn ellipsize(face: &MeasuredFace, text: &str, size: f32, max_width: f32) -> Line {
    let first = text.split(['\n', '\r']).next().unwrap_or_default();
    let line = measured(face, first, size);
    if first.len() == text.len() && fits(line.width, max_width) {
        return line;
    }
    cut(face, first, size, max_width)
}

/// The longest start of `text` that leaves room for an ellipsis, and the ellipsis.
fn cut(face: &MeasuredFace, text: &str, size: f32, max_width: f32) -> Line {
    let mut pen = face.pen();
    let mut end = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((start, character)) = characters.next() {
        pen.push(character);
        if characters.peek().is_some_and(|(_, next)| continues_letter(*next)) {
            continue;
        }
        let mut with_ellipsis = pen;
        with_ellipsis.push(ELLIPSIS);
        if !fits(with_ellipsis.width() * size, max_width) {
            break;
        }
        end = start + character.len_utf8();
    }
    let kept = text.get(..end).unwrap_or_default().trim_end();
    measured(face, &format!("{kept}{ELLIPSIS}"), size)
}

/// Where the first line of `text` ends, in bytes; at least one character in unless it is empty.
fn line_end(face: &MeasuredFace, text: &str, size: f32, max_width: f32) -> usize {
    let mut pen = face.pen();
    let mut word_break = 0;
    let mut letter_break = 0;
    let mut before: Option<char> = None;
    for (start, character) in text.char_indices() {
        if let Some(before) = before {
            if may_break_between(before, character) {
                word_break = start;
            }
            if !continues_letter(character) && before != '\u{200d}' {
                letter_break = start;
            }
        }
        pen.push(character);
        // Spaces at the end of a line may stand over; they are not drawn.
        let too_wide = !is_space(character) && !fits(pen.width() * size, max_width);
        if too_wide && word_break > 0 {
            return word_break;
        }
        if too_wide && letter_break > 0 {
            return letter_break;
        }
        before = Some(character);
    }
    text.len()
}

/// Whether a line may end between two characters.
fn may_break_between(before: char, after: char) -> bool {
    if is_space(after) || continues_letter(after) {
        return false;
    }
    match before {
        ' ' | '\t' | '\u{200b}' | '\u{2002}'..='\u{2006}' | '\u{2008}'..='\u{200a}' => true,
        // A minus sign or a range of numbers stays whole.
        '-' | '‐' | '/' => after.is_alphabetic(),
        '–' | '—' => true,
        _ => is_ideograph(before) && is_ideograph(after),
    }
}

/// Ideographs break anywhere; their punctuation stays with what is before it.
fn is_ideograph(character: char) -> bool {
    is_wide(character) && !('\u{3000}'..='\u{3020}').contains(&character)
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t')
}

fn continues_letter(character: char) -> bool {
    is_combining(character) || (is_invisible(character) && character != '\u{200b}')
}

/// A hair of tolerance, so that text measured to the width of its own box stays in it.
fn fits(width: f32, max_width: f32) -> bool {
    width <= max_width + 0.01
}

#[cfg(test)]
mod tests {
    use super::super::{Line, Measure, TextStyle, Weight};

    const STYLE: TextStyle = TextStyle::new(13.0, Weight::Regular);

    fn texts(lines: &[Line]) -> Vec<&str> {
        lines.iter().map(|line| line.text.as_str()).collect()
    }

    fn wrap(text: &str, width: f32, lines: usize) -> Vec<Line> {
        Measure::bundled().wrap(text, STYLE, width, lines)
    }

    #[test]
    fn words_fill_lines_and_every_line_fits() {
        let text = "Every refund above 200 EUR goes to the owner and waits two days";
        let lines = wrap(text, 120.0, usize::MAX);
        assert!(lines.len() > 2);
        assert_eq!(texts(&lines).join(" "), text);
        for line in &lines {
            assert!(line.width <= 120.0);
            assert!((line.width - Measure::bundled().width(&line.text, STYLE)).abs() < 1e-3);
        }
    }

    #[test]
    fn a_text_as_wide_as_its_box_stays_on_one_line() {
        let width = Measure::bundled().width("Approve refund", STYLE);
        assert_eq!(texts(&wrap("Approve refund", width, 3)), ["Approve refund"]);
    }

    #[test]
    fn line_ends_are_kept_and_empty_text_is_one_empty_line() {
        assert_eq!(texts(&wrap("", 100.0, 3)), [""]);
        assert_eq!(texts(&wrap("a\r\n\nb", 100.0, 5)), ["a", "", "b"]);
        assert!(wrap("a", 100.0, 0).is_empty());
    }

    #[test]
    fn long_words_are_broken_and_nothing_is_lost() {
        let word = "Donaudampfschifffahrtsgesellschaftskapitän".repeat(4);
        let lines = wrap(&format!("Die {word}"), 80.0, usize::MAX);
        assert_eq!(lines[0].text, "Die");
        assert_eq!(texts(&lines[1..]).concat(), word);
        assert!(lines.iter().all(|line| line.width <= 80.01));
    }

    #[test]
    fn an_ellipsis_ends_what_has_no_room() {
        let lines = wrap("Head baker of the night shift and the ovens", 70.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].text.ends_with('…') && lines[1].width <= 70.01);
        assert_eq!(texts(&wrap("one\ntwo", 100.0, 1)), ["one…"]);
        assert_eq!(texts(&wrap("one two", 100.0, 1)), ["one two"]);
    }

    #[test]
    fn ellipsize_keeps_what_fits() {
        let measure = Measure::bundled();
        assert_eq!(measure.ellipsize("Owner", STYLE, 100.0).text, "Owner");
        let cut = measure.ellipsize("Three Corners Bakery", STYLE, 80.0);
        assert!(cut.text.starts_with("Three") && cut.text.ends_with('…') && cut.width <= 80.01);
        assert_eq!(measure.ellipsize("Owner", STYLE, 0.0).text, "…");
        assert_eq!(measure.ellipsize("", STYLE, 0.0).text, "");
        assert_eq!(measure.ellipsize("two\nlines", STYLE, 100.0).text, "two…");
    }

    #[test]
    fn breaks_respect_hard_spaces_hyphens_marks_and_ideographs() {
        let narrow = Measure::bundled().width("200\u{a0}EUR", STYLE);
        assert_eq!(texts(&wrap("up to 200\u{a0}EUR", narrow, 5)), ["up to", "200\u{a0}EUR"]);
        assert_eq!(texts(&wrap("vice-chair", 40.0, 5)), ["vice-", "chair"]);
        assert_eq!(wrap("漢字漢字", 30.0, 5).len(), 2);
        let marked = wrap("e\u{301}e\u{301}e\u{301}", 8.0, 9);
        assert_eq!(texts(&marked), ["e\u{301}", "e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn a_line_holds_at_least_one_character() {
        for width in [0.0, -5.0, 1.0] {
            assert_eq!(texts(&wrap("abc", width, 9)), ["a", "b", "c"]);
        }
        assert_eq!(wrap("abc", f32::INFINITY, 9).len(), 1);
    }

    #[test]
    fn a_thousand_characters_wrap_completely() {
        let text = "abcd efgh ".repeat(100);
        let lines = wrap(&text, 200.0, usize::MAX);
        let letters: usize = lines.iter().map(|line| line.text.replace(' ', "").len()).sum();
        assert_eq!(letters, 800);
        let solid = wrap(&"x".repeat(1000), 200.0, usize::MAX);
        assert_eq!(solid.iter().map(|line| line.text.len()).sum::<usize>(), 1000);
    }
}
