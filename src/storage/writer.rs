//! The canonical text of a file: blocks with one field a line, and lines with one element each.
//!
//! Knows RON's quoting and this format's indents, and nothing of the model. The same calls give the same bytes.

use std::fmt::{Display, Write as _};

/// Lists and structs in one line are broken into one item a line when they would end beyond this column.
const WIDTH: usize = 110;
const INDENT: usize = 4;

/// Writes a text in quotes, so that a RON reader gives the same text back.
pub(super) fn push_quoted(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c == '"' || c == '\\' || c.is_control()) {
        let (plain, special) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = special.chars();
        match chars.next() {
            Some('"') => out.push_str("\\\""),
            Some('\\') => out.push_str("\\\\"),
            Some('\n') => out.push_str("\\n"),
            Some('\r') => out.push_str("\\r"),
            Some('\t') => out.push_str("\\t"),
            Some(other) => push_display(out, format_args!("\\u{{{:x}}}", u32::from(other))),
            None => {}
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

/// Writes a number; RON has words for those that are not finite.
pub(super) fn push_number(out: &mut String, number: f64) {
    if number.is_nan() {
        out.push_str("NaN");
    } else if number.is_infinite() {
        out.push_str(if number > 0.0 { "inf" } else { "-inf" });
    } else {
        push_display(out, number + 0.0);
    }
}

/// Writes a coordinate with at most one decimal.
pub(super) fn push_coordinate(out: &mut String, number: f64) {
    let exact = number.abs() > 1.0e15 || !number.is_finite();
    push_number(out, if exact { number } else { (number * 10.0).round() / 10.0 + 0.0 });
}

fn push_display(out: &mut String, value: impl Display) {
    // Writing into a string cannot fail.
    let _ = write!(out, "{value}");
}

/// The fields of one struct, in a block or in a line.
pub(super) struct Fields<'o> {
    out: &'o mut String,
    /// Spaces before each field; none in a line.
    indent: Option<usize>,
    first: bool,
}

impl<'o> Fields<'o> {
    /// Writes `(…)` with one field a line; the opening bracket stands where the caller is.
    pub(super) fn block(out: &mut String, indent: usize, write: impl FnOnce(&mut Fields<'_>)) {
        out.push_str("(\n");
        write(&mut Fields { out, indent: Some(indent + INDENT), first: true });
        push_spaces(out, indent);
        out.push(')');
    }

    /// Writes `(…)` in one line.
    pub(super) fn line(out: &mut String, write: impl FnOnce(&mut Fields<'_>)) {
        out.push('(');
        write(&mut Fields { out, indent: None, first: true });
        out.push(')');
    }

    /// Writes one field, whatever its value.
    pub(super) fn field(&mut self, name: &str, write: impl FnOnce(&mut String)) {
        match self.indent {
            Some(indent) => push_spaces(self.out, indent),
            None if self.first => {}
            None => self.out.push_str(", "),
        }
        self.first = false;
        self.out.push_str(name);
        self.out.push_str(": ");
        write(self.out);
        if self.indent.is_some() {
            self.out.push_str(",\n");
        }
    }

    /// Writes a text that is not empty.
    pub(super) fn text(&mut self, name: &str, text: &str) {
        if !text.is_empty() {
            self.field(name, |out| push_quoted(out, text));
        }
    }

    /// Writes a value by the text a person writes for it.
    pub(super) fn shown(&mut self, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.field(name, |out| push_quoted(out, &value.to_string()));
        }
    }

    /// Writes a word without quotes.
    pub(super) fn word(&mut self, name: &str, word: Option<&str>) {
        if let Some(word) = word {
            self.field(name, |out| out.push_str(word));
        }
    }

    /// Writes a whole number or a yes or no.
    pub(super) fn plain(&mut self, name: &str, value: Option<impl Display>) {
        if let Some(value) = value {
            self.field(name, |out| push_display(out, value));
        }
    }

    /// Writes a number.
    pub(super) fn number(&mut self, name: &str, number: Option<f64>) {
        if let Some(number) = number {
            self.field(name, |out| push_number(out, number));
        }
    }

    /// Writes `true`, or nothing.
    pub(super) fn flag(&mut self, name: &str, set: bool) {
        self.plain(name, set.then_some(true));
    }

    /// Writes a list that is not empty: in this line if it fits, else one item a line.
    pub(super) fn list<T>(&mut self, name: &str, items: &[T], push: impl Fn(&mut String, &T)) {
        if !items.is_empty() {
            self.any_list(name, items, push);
        }
    }

    /// Writes a list even if it is empty.
    pub(super) fn any_list<T>(&mut self, name: &str, items: &[T], push: impl Fn(&mut String, &T)) {
        let indent = self.indent;
        self.field(name, |out| {
            let start = out.len();
            push_items(out, items, &push);
            let Some(indent) = indent else { return };
            let width = indent + name.len() + 3 + out.get(start..).map_or(0, |list| list.chars().count());
            if width > WIDTH {
                out.truncate(start);
                push_item_lines(out, indent, items, &push);
            }
        });
    }

    /// Writes a list that is not empty with one item a line.
    pub(super) fn lines<T>(&mut self, name: &str, items: &[T], push: impl Fn(&mut String, &T)) {
        if !items.is_empty() {
            let indent = self.indent.unwrap_or(0);
            self.field(name, |out| push_item_lines(out, indent, items, &push));
        }
    }

    /// Writes a list of texts.
    pub(super) fn texts(&mut self, name: &str, texts: &[impl AsRef<str>]) {
        self.list(name, texts, |out, text| push_quoted(out, text.as_ref()));
    }

    /// Spaces before a field of this struct; 0 in a line.
    pub(super) fn indent(&self) -> usize {
        self.indent.unwrap_or(0)
    }
}

fn push_items<T>(out: &mut String, items: &[T], push: &impl Fn(&mut String, &T)) {
    out.push('[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        push(out, item);
    }
    out.push(']');
}

fn push_item_lines<T>(out: &mut String, indent: usize, items: &[T], push: &impl Fn(&mut String, &T)) {
    out.push_str("[\n");
    for item in items {
        push_spaces(out, indent + INDENT);
        push(out, item);
        out.push_str(",\n");
    }
    push_spaces(out, indent);
    out.push(']');
}

pub(super) fn push_spaces(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n(' ', count));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn special_characters_are_read_back() {
        let all: String = (0..0x300).filter_map(char::from_u32).chain("“漢字”\u{feff}\u{2028}🥐".chars()).collect();
        let mut out = String::new();
        push_quoted(&mut out, &all);
        assert_eq!(ron::from_str::<String>(&out).unwrap(), all);
        assert_eq!(out.lines().count(), 1);
    }

    #[test]
    fn numbers_are_read_back_and_coordinates_are_short() {
        for number in [0.0, -0.0, 0.1, 1.0 / 3.0, 1e300, f64::INFINITY, f64::NEG_INFINITY] {
            let mut out = String::new();
            push_number(&mut out, number);
            assert_eq!(ron::from_str::<f64>(&out).unwrap(), number, "{out}");
        }
        let mut out = String::new();
        for number in [120.0, 0.25, -0.04, 99.96] {
            push_coordinate(&mut out, number);
            out.push(' ');
        }
        assert_eq!(out, "120 0.3 0 100 ");
    }

    #[test]
    fn long_lists_are_broken_and_short_ones_are_not() {
        let mut out = String::new();
        Fields::block(&mut out, 0, |fields| {
            fields.texts("short", &["a", "b"]);
            fields.texts("long", &["x".repeat(60), "y".repeat(60)]);
            fields.texts("none", &[] as &[&str]);
        });
        let (x, y) = ("x".repeat(60), "y".repeat(60));
        let long = format!("    long: [\n        \"{x}\",\n        \"{y}\",\n    ],\n");
        assert_eq!(out, format!("(\n    short: [\"a\", \"b\"],\n{long})"));
    }
}
