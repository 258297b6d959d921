//! A tolerant look at the text of a file that may be broken: its format number, and the element around a place.
//!
//! Knows brackets, quotes and comments only. Takes time linear in the text and never fails.

/// A piece of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'t> {
    Open(u8),
    Close,
    Colon,
    Comma,
    Word(&'t str),
    /// What stands between quotes, with its escapes.
    Quoted(&'t str),
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Iterator for Scanner<'t> {
    type Item = (usize, Token<'t>);

    fn next(&mut self) -> Option<Self::Item> {
        self.skip_blanks();
        let start = self.at;
        let first = *self.text.as_bytes().get(start)?;
        let token = match first {
            b'(' | b'[' | b'{' => self.single(Token::Open(first)),
            b')' | b']' | b'}' => self.single(Token::Close),
            b':' => self.single(Token::Colon),
            b',' => self.single(Token::Comma),
            b'"' => self.quoted(),
            b'r' if self.raw_hashes().is_some() => self.raw_quoted(),
            _ => self.word(),
        };
        Some((start, token))
    }
}

impl<'t> Scanner<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn slice(&self, start: usize, end: usize) -> &'t str {
        self.text.get(start..end).unwrap_or("")
    }

    fn single(&mut self, token: Token<'t>) -> Token<'t> {
        self.at += 1;
        token
    }

    fn skip_blanks(&mut self) {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            self.at += rest.len() - trimmed.len();
            if trimmed.starts_with("//") {
                self.at += trimmed.find('\n').unwrap_or(trimmed.len());
            } else if trimmed.starts_with("/*") {
                self.skip_block_comment();
            } else {
                return;
            }
        }
    }

    fn skip_block_comment(&mut self) {
        let mut depth = 0_usize;
        let bytes = self.text.as_bytes();
        while self.at < bytes.len() {
            match bytes.get(self.at..self.at + 2) {
                Some(b"/*") => {
                    depth += 1;
                    self.at += 2;
                }
                Some(b"*/") => {
                    depth -= 1;
                    self.at += 2;
                    if depth == 0 {
                        return;
                    }
                }
                _ => self.at += 1,
            }
        }
    }

    fn quoted(&mut self) -> Token<'t> {
        let start = self.at + 1;
        let mut escaped = false;
        for (offset, byte) in self.text.as_bytes().get(start..).unwrap_or(&[]).iter().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    self.at = start + offset + 1;
                    return Token::Quoted(self.slice(start, start + offset));
                }
                _ => {}
            }
        }
        self.at = self.text.len();
        Token::Quoted(self.slice(start, self.at))
    }

    /// Number of `#` in `r##"`, if that stands here.
    fn raw_hashes(&self) -> Option<usize> {
        let after = self.rest().strip_prefix('r')?;
        let hashes = after.bytes().take_while(|byte| *byte == b'#').count();
        (after.as_bytes().get(hashes) == Some(&b'"')).then_some(hashes)
    }

    fn raw_quoted(&mut self) -> Token<'t> {
        let hashes = self.raw_hashes().unwrap_or(0);
        let start = self.at + 2 + hashes;
        let close = format!("\"{}", "#".repeat(hashes));
        let end = self.text.get(start..).and_then(|rest| rest.find(&close)).map(|offset| start + offset);
        self.at = end.map_or(self.text.len(), |end| end + close.len());
        Token::Quoted(self.slice(start, end.unwrap_or(self.text.len())))
    }

    fn word(&mut self) -> Token<'t> {
        let rest = self.rest();
        let ends =
            |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | ':' | ',' | '"' | '/');
        let first = rest.chars().next().map_or(1, char::len_utf8);
        let length = rest.get(first..).and_then(|rest| rest.find(ends)).map_or(rest.len(), |end| first + end);
        self.at += length;
        Token::Word(self.slice(self.at - length, self.at))
    }
}

/// What a file says its format number is, and where it says so.
pub(super) fn format_number(text: &str) -> Option<(usize, &str)> {
    let mut open: Vec<u8> = Vec::new();
    let mut field = None;
    let mut word = "";
    for (start, token) in (Scanner { text, at: 0 }) {
        let at_top = open.as_slice() == [b'('];
        match token {
            Token::Open(bracket) => open.push(bracket),
            Token::Close => {
                open.pop();
            }
            Token::Colon if at_top => field = Some(word),
            Token::Comma => field = None,
            Token::Word(number) if at_top && field == Some("format") => return Some((start, number)),
            Token::Word(name) => word = name,
            Token::Quoted(_) | Token::Colon => {}
        }
    }
    None
}

/// The element and field around a place in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place<'t> {
    /// The section: `units`.
    pub section: &'t str,
    /// Which element of its section, from 1; 0 between elements.
    pub number: usize,
    /// The texts of the element's own fields, as they stand in quotes.
    pub texts: Vec<(&'t str, &'t str)>,
    /// The element's field.
    pub field: Option<&'t str>,
}

impl<'t> Place<'t> {
    /// The text of a field, if the element has it.
    pub(super) fn text(&self, field: &str) -> Option<&'t str> {
        self.texts.iter().find(|(name, _)| *name == field).map(|(_, text)| *text)
    }
}

/// The element and field around a byte offset.
pub(super) fn place_of(text: &str, offset: usize) -> Place<'_> {
    let mut place = Place::default();
    let mut depth = 0_usize;
    let mut element_depth = 3;
    let mut word = "";
    let mut current_field = None;
    for (start, token) in (Scanner { text, at: 0 }) {
        let before = start <= offset;
        if !before && place.number == 0 {
            break;
        }
        match token {
            Token::Open(bracket) => {
                depth += 1;
                if depth == 2 {
                    element_depth = if bracket == b'(' { 2 } else { 3 };
                }
                if depth == element_depth {
                    place.number += 1;
                    place.texts.clear();
                    (place.field, current_field) = (None, None);
                }
            }
            Token::Close => {
                if depth == element_depth && !before {
                    break;
                }
                if depth == element_depth && start < offset {
                    current_field = None;
                    place.field = None;
                }
                depth = depth.saturating_sub(1);
            }
            Token::Colon if depth == 1 && before => (place.section, place.number) = (word, 0),
            Token::Colon if depth == element_depth => {
                current_field = Some(word);
                if before {
                    place.field = current_field;
                }
            }
            Token::Comma if depth == element_depth => current_field = None,
            Token::Word(name) => {
                word = name;
                if depth == element_depth && before && current_field.is_none() {
                    place.field = None;
                }
            }
            Token::Quoted(quoted) if depth == element_depth => {
                if let Some(field) = current_field {
                    place.texts.push((field, quoted));
                }
            }
            _ => {}
        }
    }
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r##"#![enable(implicit_some)]
// format: 7 in a comment
(
    /* (format: 8) */
    project: (name: "a \" (format: 9"),
    format: 1,
    units: [
        (key: "shop", name: r#"The "shop""#),
        (key: "office", kpis: [(name: "speed")], tint: 3, name: "Office"),
    ],
)"##;

    #[test]
    fn the_format_number_is_found_beside_comments_and_texts() {
        assert_eq!(format_number(TEXT).map(|(_, number)| number), Some("1"));
        assert_eq!(format_number("(units: [(format: 3)])"), None);
        assert_eq!(format_number("\"((((format: 3"), None);
    }

    #[test]
    fn the_element_around_a_place_is_found() {
        let place = place_of(TEXT, TEXT.find("3,").unwrap());
        assert_eq!((place.section, place.number, place.field), ("units", 2, Some("tint")));
        assert_eq!((place.text("key"), place.text("name")), (Some("office"), Some("Office")));
        let place = place_of(TEXT, TEXT.find("The").unwrap());
        assert_eq!((place.number, place.text("name"), place.field), (1, Some("The \"shop\""), Some("name")));
        let place = place_of(TEXT, TEXT.find("speed").unwrap());
        assert_eq!((place.text("name"), place.field), (Some("Office"), Some("kpis")));
        let place = place_of(TEXT, TEXT.find("a \\").unwrap());
        assert_eq!((place.section, place.number), ("project", 1));
    }

    #[test]
    fn broken_texts_are_looked_at_without_harm() {
        for text in ["", "(", ")))", "\"", "r#\"", "/*", "(a: [(", "'", "(units: [(key: \"", "é(ü:"] {
            for offset in 0..=text.len() + 1 {
                place_of(text, offset);
            }
            format_number(text);
        }
    }
}
