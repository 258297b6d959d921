//! How labels and refusals name elements. No rule lives here.

use crate::model::*;

/// The name in quotes, or what stands in for it where there is none: `“Clerk”`, `the gateway`.
pub(super) fn named(document: &Document, element: ElementRef) -> String {
    match element {
        ElementRef::Placement(id) => match document.get::<Placement>(id) {
            Some(placement) => named(document, placement.element),
            None => "the placement".to_owned(),
        },
        ElementRef::Right(id) => match document.get::<Right>(id) {
            Some(right) => format!(
                "{} of {} on {}",
                right.letter,
                named(document, right.holder.into()),
                named(document, right.subject.into())
            ),
            None => "the right".to_owned(),
        },
        ElementRef::Flow(id) => match document.get::<Flow>(id) {
            Some(flow) if flow.name.is_empty() => {
                format!("the flow from {} to {}", named(document, flow.from.into()), named(document, flow.to.into()))
            }
            Some(flow) => quoted(&flow.name),
            None => "the flow".to_owned(),
        },
        ElementRef::Link(id) => match document.get::<Link>(id) {
            Some(link) if link.name.is_empty() => {
                let word = if link.kind == LinkKind::Message { "message" } else { "line" };
                format!("the {word} from {} to {}", end_named(document, link.from), end_named(document, link.to))
            }
            Some(link) => quoted(&link.name),
            None => "the link".to_owned(),
        },
        other => match document.name_of(other) {
            "" => format!("the {}", other.kind().word()),
            name => quoted(name),
        },
    }
}

/// An end of a link by name; not that of another link, which could lead back.
fn end_named(document: &Document, end: ElementRef) -> String {
    match end {
        ElementRef::Link(_) => "the link".to_owned(),
        other => named(document, other),
    }
}

/// A word with its article: `a step`, `An event`.
pub(super) fn a(word: &str, begins_sentence: bool) -> String {
    let article = match (word.starts_with(['a', 'e', 'i', 'o']), begins_sentence) {
        (true, true) => "An",
        (true, false) => "an",
        (false, true) => "A",
        (false, false) => "a",
    };
    format!("{article} {word}")
}

/// Kind and name: `role “Clerk”`, `gateway`, `flow from “A” to “B”`.
pub(super) fn with_kind(document: &Document, element: ElementRef) -> String {
    let named = named(document, element);
    match named.strip_prefix("the ") {
        Some(rest) => rest.to_owned(),
        None => format!("{} {named}", element.kind().word()),
    }
}

/// One by name, many by number: `“Clerk”`, `3 roles`, `5 elements`.
pub(super) fn several(document: &Document, elements: &[ElementRef]) -> String {
    match elements {
        [one] => named(document, *one),
        many => counted(many),
    }
}

/// `3 roles`, `5 elements`.
pub(super) fn counted(elements: &[ElementRef]) -> String {
    let Some(first) = elements.first().map(|element| element.kind()) else { return "nothing".to_owned() };
    let alike = elements.iter().all(|element| element.kind() == first);
    format!("{} {}", elements.len(), if alike { first.plural() } else { "elements" })
}

/// The text in quotes, shortened to sixty characters and one line.
pub(super) fn quoted(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= 60 && line.len() == text.len() {
        return format!("“{line}”");
    }
    let short: String = line.chars().take(59).collect();
    format!("“{}…”", short.trim_end())
}

/// The words joined for a sentence: `R, A or C`.
pub(super) fn joined(words: &[&str], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [all @ .., end] => format!("{} {last} {end}", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_are_shortened_and_lists_are_joined() {
        assert_eq!(quoted("Clerk"), "“Clerk”");
        assert_eq!(quoted("First line\nsecond"), "“First line…”");
        assert_eq!(quoted(&"x".repeat(80)).chars().count(), 62);
        assert_eq!(joined(&["R", "A", "C"], "or"), "R, A or C");
    }

    #[test]
    fn elements_are_named_by_kind_and_number() {
        let mut document = Document::default();
        let role: ElementRef = document.insert(Role::new("Clerk")).into();
        let unit: ElementRef = document.insert(Unit::new("")).into();
        assert_eq!(with_kind(&document, role), "role “Clerk”");
        assert_eq!(with_kind(&document, unit), "unit");
        assert_eq!(several(&document, &[role, unit]), "2 elements");
        assert_eq!(several(&document, &[role, role]), "2 roles");
    }
}
