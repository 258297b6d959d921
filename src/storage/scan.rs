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
    let mut inside = false;
    let mut count = 0;
    let mut word = "";
    let mut field = None;
    for (start, token) in (Scanner { text, at: 0 }) {
        let before = start <= offset;
        if !before && !inside {
            break;
        }
        let own = inside && depth == element_depth;
        match token {
            Token::Open(bracket) => {
                depth += 1;
                if depth == 2 {
                    // A section is a list of elements, but for the project, which is one.
                    element_depth = if bracket == b'(' { 2 } else { 3 };
                }
                if depth == element_depth {
                    count += 1;
                    inside = true;
                    (place.number, place.field, field) = (count, None, None);
                    place.texts.clear();
                }
            }
            Token::Close => {
                if own && start >= offset {
                    break;
                }
                if own {
                    inside = false;
                    (place.number, place.field) = (0, None);
                    place.texts.clear();
                }
                depth = depth.saturating_sub(1);
            }
            Token::Colon if depth == 1 => (place.section, place.number, count) = (word, 0, 0),
            Token::Colon if own => {
                field = Some(word);
                place.field = if before { field } else { place.field };
            }
            Token::Comma if own => field = None,
            Token::Word(name) => {
                word = name;
                if own && before && field.is_none() {
                    place.field = None;
                }
            }
            Token::Quoted(quoted) if own => place.texts.extend(field.map(|field| (field, quoted))),
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
        let closing = TEXT.find("),\n    ]").unwrap();
        assert_eq!(place_of(TEXT, closing).text("key"), Some("office"));
        let between = TEXT.find("(key: \"office").unwrap() - 3;
        assert_eq!((place_of(TEXT, between).section, place_of(TEXT, between).number), ("units", 0));
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
