//! Why a file does not open: where, in which element, what was expected, and what to do.

use std::fmt;

use super::scan::{Place, place_of};
use crate::model::ElementKind;

/// Why a file does not open. The file itself is never changed by an attempt.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The file cannot be read at all.
    #[error("{reason}. {help}. File: {file}")]
    Unreadable {
        /// Path of the file.
        file: String,
        /// What is wrong, in a sentence without its full stop.
        reason: String,
        /// What to do, in a sentence without its full stop.
        help: &'static str,
    },
    /// The file was written by a newer version of the program.
    #[error(
        "This file has format {found}, and this version of Remit knows formats up to {known}. Open it with a newer \
         version of Remit; nothing in it was changed. File: {file}"
    )]
    NewerFormat {
        /// Path of the file.
        file: String,
        /// The format number of the file.
        found: String,
        /// The newest format number that is known.
        known: u32,
    },
    /// Something in the text of the file is wrong.
    #[error(transparent)]
    Content(Box<ContentError>),
}

/// A place in a file where something else was expected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContentError {
    /// Path of the file.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The element around the place: `the role “Owner” (key “owner”)`.
    pub element: Option<String>,
    /// The field of the element around the place.
    pub field: Option<String>,
    /// What is wrong, in a sentence without its full stop.
    pub wrong: String,
    /// What was expected; may be empty.
    pub expected: String,
    /// What to do; may be empty.
    pub help: String,
}

impl std::error::Error for ContentError {}

impl fmt::Display for ContentError {
    /// `FILE:LINE:COLUMN: In ELEMENT, field “FIELD”: WRONG. Expected: EXPECTED. HELP.`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: ", self.file, self.line, self.column)?;
        match (&self.element, &self.field) {
            (Some(element), Some(field)) => write!(f, "In {element}, field “{field}”: ")?,
            (Some(element), None) => write!(f, "In {element}: ")?,
            (None, _) => {}
        }
        let mut wrong = self.wrong.chars();
        match (&self.element, wrong.next()) {
            (None, Some(first)) => write!(f, "{}{}.", first.to_uppercase(), wrong.as_str())?,
            _ => write!(f, "{}.", self.wrong)?,
        }
        if !self.expected.is_empty() {
            write!(f, " Expected: {}.", self.expected)?;
        }
        if !self.help.is_empty() {
            write!(f, " {}.", self.help)?;
        }
        Ok(())
    }
}

impl LoadError {
    /// Line and column of the place, both from 1, where there is one.
    pub fn position(&self) -> Option<(usize, usize)> {
        match self {
            Self::Content(error) => Some((error.line, error.column)),
            _ => None,
        }
    }

    pub(super) fn content(error: ContentError) -> Self {
        Self::Content(Box::new(error))
    }

    /// An error at a byte offset of the text, outside any element.
    pub(super) fn at(file: &str, text: &str, offset: usize, wrong: String, expected: &str, help: &str) -> Self {
        let before = text.get(..offset).unwrap_or("");
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Self::content(ContentError {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).map_or(0, |line| line.chars().count()) + 1,
            element: None,
            field: None,
            wrong,
            expected: expected.to_owned(),
            help: help.to_owned(),
        })
    }

    /// The error of the RON reader, told in the words of the file.
    pub(super) fn from_ron(file: &str, text: &str, error: &ron::error::SpannedError) -> Self {
        let told = tell(&error.code);
        let (line, column) = match told.at_start {
            true => (error.span.start.line, error.span.start.col),
            false => (error.span.end.line, error.span.end.col),
        };
        let place = place_of(text, offset_of(text, line, column));
        let field = place.field.filter(|_| told.in_field).map(str::to_owned);
        Self::content(ContentError {
            file: file.to_owned(),
            line,
            column,
            element: describe_place(&place).filter(|_| told.in_element),
            field,
            wrong: told.wrong,
            expected: told.expected,
            help: told.help,
        })
    }
}

/// Byte offset of a line and a column in characters, both from 1.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let line = text.get(start..).unwrap_or("");
    let within = line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at);
    start + within
}

/// `the role “Owner” (key “owner”)`, or what can be said of an element without a name.
fn describe_place(place: &Place<'_>) -> Option<String> {
    if place.section.is_empty() {
        return None;
    }
    if place.section == "project" {
        return Some("the project".to_owned());
    }
    let kind = ElementKind::ALL.into_iter().find(|kind| kind.plural() == place.section)?;
    let word = kind.word();
    if place.number == 0 {
        return Some(format!("the section “{}”", place.section));
    }
    let text = |field: &str| place.text(field).filter(|text| !text.is_empty()).map(short);
    let names = (text("name").or_else(|| text("text")), text("key"), text("on"), text("who"));
    Some(match names {
        (Some(name), Some(key), ..) => format!("the {word} “{name}” (key “{key}”)"),
        (Some(name), None, ..) | (None, Some(name), ..) => format!("the {word} “{name}”"),
        (None, None, Some(on), Some(who)) => format!("the {word} of “{who}” on “{on}”"),
        _ => format!("the {word} number {} of its section", place.number),
    })
}

struct Told {
    wrong: String,
    expected: String,
    help: String,
    /// Whether the start of what was read is the place, not its end.
    at_start: bool,
    /// Whether the element around the place is what is wrong.
    in_element: bool,
    /// Whether the field around the place is what is wrong.
    in_field: bool,
}

fn tell(error: &ron::Error) -> Told {
    use ron::Error as E;
    let syntax = |wrong: String, expected: &str, help: &str| Told {
        wrong,
        expected: expected.to_owned(),
        help: help.to_owned(),
        at_start: false,
        in_element: true,
        in_field: true,
    };
    match error {
        E::NoSuchStructField { expected, found, outer } => Told {
            wrong: format!("{} has no field “{}”", a_thing(outer.as_deref()), short(found)),
            expected: list_of(expected),
            help: did_you_mean(found, expected)
                .unwrap_or_else(|| "Correct its name or take it out; nothing is dropped silently".to_owned()),
            at_start: true,
            in_element: outer.as_deref() != Some("file"),
            in_field: false,
        },
        E::MissingStructField { field, outer } => Told {
            wrong: format!("{} without its field “{field}”", a_thing(outer.as_deref())),
            expected: format!("a field “{field}”"),
            help: "Add it".to_owned(),
            at_start: true,
            in_element: true,
            in_field: false,
        },
        E::DuplicateStructField { field, .. } => Told {
            wrong: format!("the field “{field}” stands here twice"),
            expected: String::new(),
            help: "Take one of them out".to_owned(),
            at_start: true,
            in_element: true,
            in_field: false,
        },
        E::NoSuchEnumVariant { expected, found, outer } => Told {
            wrong: format!("“{}” is no {}", short(found), outer.as_deref().unwrap_or("word known here")),
            expected: list_of(expected),
            help: did_you_mean(found, expected).unwrap_or_default(),
            at_start: true,
            in_element: true,
            in_field: true,
        },
        E::InvalidValueForType { expected, found } => Told {
            wrong: format!("{} does not fit here", found_value(found)),
            expected: expected.clone(),
            help: String::new(),
            at_start: true,
            in_element: true,
            in_field: true,
        },
        E::ExpectedIdentifier => {
            syntax("something else than a word stands here".to_owned(), "a word without quotes", "")
        }
        E::ExpectedString => {
            syntax("something else than a text stands here".to_owned(), "a text in quotes, such as \"200 EUR\"", "")
        }
        E::IntegerOutOfBounds => {
            Told { at_start: true, ..syntax("the number is too large or too small".to_owned(), "another number", "") }
        }
        E::ExceededRecursionLimit => {
            syntax("brackets are nested too deeply".to_owned(), "at most a few levels of brackets", "")
        }
        E::Eof => syntax(
            "the file ends too early".to_owned(),
            "a closing bracket or quote",
            "Perhaps the file was cut off; look for its backup, which ends in .bak",
        ),
        E::Message(message) => syntax(message.clone(), "", ""),
        other => syntax(syntax_text(other), "", "Compare the line with its neighbours"),
    }
}

/// What was found, in the words of the file: `the string "6 mins"` as `“6 mins”`.
fn found_value(found: &str) -> String {
    let quoted = found.strip_prefix("the string \"").and_then(|rest| rest.strip_suffix('"'));
    match quoted {
        Some(text) => format!("“{}”", short(text)),
        None => found.to_owned(),
    }
}

/// The first line of a text, and not too much of it.
fn short(text: &str) -> String {
    const MOST: usize = 60;
    let line = text.lines().next().unwrap_or("");
    let cut: String = line.chars().take(MOST).collect();
    if cut.len() < text.len() { format!("{cut}…") } else { cut }
}

fn syntax_text(error: &ron::Error) -> String {
    let text = error.to_string();
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn a_thing(outer: Option<&str>) -> String {
    match outer {
        Some("file") | None => "the file".to_owned(),
        Some(word) if word.starts_with(['a', 'e', 'i', 'o', 'u']) => format!("an {word}"),
        Some(word) => format!("a {word}"),
    }
}

fn list_of(words: &[&str]) -> String {
    if words.is_empty() { "nothing".to_owned() } else { words.join(", ") }
}

fn did_you_mean(found: &str, words: &[&str]) -> Option<String> {
    let near = words.iter().map(|word| (strsim::damerau_levenshtein(found, word), word)).min()?;
    (near.0 <= 2).then(|| format!("Perhaps “{}” is meant", near.1))
}
